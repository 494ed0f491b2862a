"""A take goes out as the film is cut now, not as it was when the take was made."""

from dataclasses import replace

import av
import numpy as np
import pytest

from previz.deliver import id_of, read_exr
from previz.promote.backends import add_backend
from previz.promote.finishing import film_take
from previz.promote.work import work
from previz.promotion import Promotion


@pytest.fixture
def recut(shop, cards):
    """A take of 2A in a film that lost its first scene since, and calls it 1X."""

    class Layered(cards):
        def frame(self, task, number):
            made = super().frame(task, number)
            height, width = made.picture.shape[:2]
            ids = np.full((height, width, 2), id_of("ann"), np.uint32)
            share = np.full((height, width, 2), 0.5, np.float32)
            layers = {**made.layers, "ids": ids, "coverage": share}
            return replace(made, layers=layers, names=("ann",))

    add_backend("cards", Layered)
    take = shop.queue("2A", width_px=80, height_px=64)
    work(shop.place.path, take, finisher=film_take)
    scene = shop.film.scenes[1]
    first, *others = scene.shots
    shots = (first.changed(slate="1X"), *others)
    shop.place.save(shop.film.changed(scenes=(scene.changed(shots=shots),)))
    return Promotion(shop.place.path, take)


def test_slate_and_timecode_of_a_sequence_go_by_the_cut(recut, tmp_path):
    assert recut.frozen.record_frame > 0
    out = recut.deliver(tmp_path, form="exr")
    path = sorted(out.iterdir())[1]
    made, own = read_exr(path), read_exr(recut.frames.paths()[1])
    assert own.attributes["timeCode"] != "00:00:00:01"
    assert path.name == f"1X_{recut.hash[:8]}.1002.exr"
    said = [made.attributes[name] for name in ("slate", "timeCode", "imageCounter")]
    assert said == ["1X", "00:00:00:01", 1]
    assert made.picture.tobytes() == own.picture.tobytes()
    for name, layer in own.layers.items():
        assert made.layers[name].tobytes() == layer.tobytes()
    assert made.names == own.names == ("ann",)


def test_timecode_of_a_movie_goes_by_the_cut(recut, tmp_path):
    with av.open(str(recut.deliver(tmp_path, form="prores-hq"))) as movie:
        assert movie.streams.video[0].metadata["timecode"] == "00:00:00:00"
        assert movie.metadata["slate"] == "1X"
