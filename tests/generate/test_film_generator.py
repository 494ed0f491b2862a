"""`film.generator`: who makes the pictures of a film."""

import io
import json

import av
import numpy as np
import pytest
from nets import small_network

import previz as pv
from previz.doctor import examine
from previz.errors import PrevizError, UnknownNameError
from previz.generate import generator as shipping
from previz.generate import shipped_generator
from previz.generate.pipeline import write_weights
from previz.generate.weights import INDEX_FILE, WEIGHTS_FILE
from previz.makers import frame_maker
from previz.stage import FIGURE_OBJECT_BASE

SMALL = {"size": (64, 36), "quality": "board"}


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Stand random weights in for those that come with previz."""
    folder = tmp_path / "generator"
    write_weights(small_network(), folder)
    monkeypatch.setattr(shipping, "SHIPPED", folder)
    shipped_generator.cache_clear()
    yield folder
    shipped_generator.cache_clear()


@pytest.fixture
def none_shipped(tmp_path, monkeypatch):
    monkeypatch.setattr(shipping, "SHIPPED", tmp_path)
    shipped_generator.cache_clear()
    yield
    shipped_generator.cache_clear()


@pytest.fixture
def film(short_film):
    return pv.Film(short_film(lengths=((3,),)))


def picture(film, **how):
    return np.asarray(film["1A"].frame(1, **SMALL, **how)).astype(int)


def test_frames_are_generated_unless_they_are_to_stay_plain(film, shipped):
    made = picture(film)
    film.generator = "plain"
    assert film.generator is None
    plain = picture(film)
    assert np.abs(made - plain).mean() > 1
    film.generator = "preview"
    assert np.array_equal(picture(film), made)


def test_a_film_made_from_another_keeps_its_generator(film, shipped):
    film.generator = None
    assert film.with_look("noir").generator is None


def test_a_plain_shot_says_so_in_its_caption(film, shipped):
    assert "plain shading" not in film["1A"].caption()
    film.generator = None
    assert "plain shading" in film["1A"].caption()
    assert "plain shading" not in film.with_look("ink")["1A"].caption()


def test_without_weights_pictures_are_plain_and_say_so(film, none_shipped):
    assert frame_maker(film.generator) is None
    assert "plain shading" in film["1A"].caption()
    made = picture(film)
    film.generator = None
    assert np.array_equal(picture(film), made)


def test_broken_weights_are_no_silent_loss(film, shipped):
    path = shipped / WEIGHTS_FILE
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(PrevizError, match=r"SHA-256.*film\.generator = None"):
        picture(film)


def test_a_preview_plays_the_generated_shot(film, shipped):
    clip = film["1A"].preview(size=(64, 36))
    with av.open(io.BytesIO(clip.video)) as video:
        frames = [x.to_ndarray(format="rgb24") for x in video.decode(video=0)]
    film.generator = None
    plain = film["1A"].clip(size=(64, 36))
    with av.open(io.BytesIO(plain.video)) as video:
        others = [x.to_ndarray(format="rgb24") for x in video.decode(video=0)]
    assert len(frames) == len(others) == 3
    assert np.abs(frames[1].astype(int) - others[1]).mean() > 1


def test_an_object_of_ones_own_makes_the_pictures(film):
    class Green:
        key, label = "green", "all green"

        def __call__(self, plates):
            return np.full_like(plates.lit, (0.0, 1.0, 0.0))

    film.generator = Green()
    red, green, _ = picture(film).mean(axis=(0, 1))
    assert green > red + 60
    assert "plain" not in film["1A"].caption()


def test_words_and_objects_that_make_nothing_are_refused(film):
    with pytest.raises(UnknownNameError, match=r"Film\.generator"):
        film.generator = "prewiew"
    for bad in (5, lambda plates: plates.lit, object()):
        with pytest.raises(PrevizError, match=r"Film\.generator must be"):
            film.generator = bad


def test_another_seed_of_a_character_is_another_picture_of_them(film, shipped):
    scene = film.value.scenes[0]
    state = film.stage_of(scene).at(scene.shots[0], 1)
    seen = film.renderer_of(scene, (64, 36), "board").buffers(state).object_id
    number = seen[seen >= FIGURE_OBJECT_BASE].min()
    mine = seen == number
    cast = list(film.value.characters)
    who = number - FIGURE_OBJECT_BASE
    cast[who] = cast[who].changed(seed=3)
    other = pv.Film(film.value.changed(characters=tuple(cast)))
    gap = np.abs(picture(film) - picture(other)).max(axis=2)
    assert gap[mine].mean() > 4 * gap[~mine].mean()


def test_the_doctor_names_weights_and_runtime():
    found = {x.name: x for x in examine()}
    row = found["preview generator"]
    index = shipping.SHIPPED / INDEX_FILE
    if index.is_file():
        sha256 = json.loads(index.read_text())["weights_sha256"]
        assert row.found == f"weights {sha256[:8]}, by openvino"
    else:
        assert (row.state, row.found) == ("optional", "no weights")
    assert found["openvino"].state == "ok"
