"""Keyframes and references that an order names by paths: kept, named and sent."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from previz.errors import FilmFolderError, GenerateError
from previz.film import Film
from previz.folder import FilmFolder
from previz.promote.engines.parcel import Parcel, assets_of, made_of
from previz.promote.frozen import Order
from previz.promote.pictures import keep_pictures, kept_names


@pytest.fixture
def red(tmp_path):
    path = tmp_path / "Red Card.PNG"
    Image.new("RGB", (40, 30), (200, 20, 20)).save(path)
    return path


@pytest.fixture
def place(tmp_path):
    made = FilmFolder(tmp_path / "kept")
    made.prepare()
    return made


def ordered(path, **more):
    options = {"keyframes": {"0": str(path)}, "references": {"ann": str(path)}} | more
    return Order(backend="wan-vace", options=options)


def test_an_order_names_what_is_in_its_pictures_and_not_where_they_lie(place, red):
    first = keep_pictures(place, ordered(red))
    other = red.with_name("other.jpg")
    shutil.copy(red, other)
    assert keep_pictures(place, ordered(other)).options == first.options
    Image.new("RGB", (40, 30), (20, 20, 200)).save(red)
    assert keep_pictures(place, ordered(red)).options != first.options
    (name,) = kept_names(first)
    assert (place.assets / f"{name}.png").read_bytes() == other.read_bytes()
    assert keep_pictures(place, first) == first


def test_a_backend_that_is_given_no_pictures_keeps_its_own_options(place, red):
    order = ordered(red).changed(backend="cards")
    assert keep_pictures(place, order) == order


@pytest.mark.parametrize("raw", [b"", None])
def test_a_picture_that_is_empty_or_gone_is_named(place, tmp_path, raw):
    path = tmp_path / "none.png"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises((GenerateError, FilmFolderError), match=r"none\.png"):
        keep_pictures(place, ordered(path))


def elsewhere(frozen, folder, tmp_path):
    """Make a take where nothing is but what travels; return its frames."""
    files = assets_of(folder, frozen)
    away = Path(tempfile.mkdtemp(dir=tmp_path))
    (away / "assets").mkdir()
    for name, path in files.items():
        shutil.copy(path, away / "assets" / name)
    parcel = Parcel(frozen, tuple(range(frozen.shot.length_frames)), tuple(files))
    told = {"made": None, "stopped": lambda: False, "report": lambda *_: None}
    frames = made_of(
        Parcel.from_bytes(parcel.to_bytes()), folder=away, scratch=away, **told
    )
    return np.stack([frame.picture for frame in frames])


def test_pictures_travel_with_a_shot_to_a_machine_that_has_none_of_them(
    shop, tiny, red, tmp_path
):
    def frozen(**told):
        order = Order(**tiny(**told))
        kept = keep_pictures(shop.place, order)
        return shop.freeze(**kept.model_dump())

    held, plain = frozen(keyframes={"0": str(red)}), frozen()
    red.unlink()
    folder = shop.place.path
    made = elsewhere(held, folder, tmp_path)
    assert (made != elsewhere(plain, folder, tmp_path)).any()
    for path in shop.place.assets.iterdir():
        path.write_bytes(b"another picture")
    with pytest.raises(GenerateError, match="must have come with the shot"):
        elsewhere(held, folder, tmp_path)


def test_promoting_keeps_the_pictures_that_are_given(shop, tiny, red, monkeypatch):
    from previz.promote.backends.models import AbstractModelBackend

    class Waits:
        name = "waits"

        def start(self, folder, job):
            """Leave it in the queue."""

    order = tiny(references={"ann": str(red)})
    asked = order.pop("options") | {"backend": "wan-vace", "size": (50, 31)}
    film = Film.open(shop.place.path)
    monkeypatch.setattr(AbstractModelBackend, "weights", lambda self, order: {})
    take = film["1A"].promote(engine=Waits(), **asked)
    (name,) = kept_names(take.frozen.order)
    assert take.frozen.told["reference ann"] == name
    assert (shop.place.assets / f"{name}.png").is_file()
