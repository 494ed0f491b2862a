"""A model of the user's in `film.generator`."""

import io

import av
import numpy as np
import pytest

import previz as pv
from previz.errors import GenerateError, PrevizError


@pytest.fixture
def film(short_film):
    return pv.Film(short_film(lengths=((9, 5),)))


@pytest.fixture
def still_model(saved):
    return pv.generators.diffusers(
        saved("still"), controlnet=saved("controlnet"), size=(64, 64), steps=2
    )


def test_a_frame_is_made_by_the_generator_and_says_so(film, still_model):
    plain = film["1A"].frame(2, size=(64, 36), quality="board")
    assert "generator" not in plain.info
    film.generator = still_model
    made = film["1A"].frame(2, size=(64, 36))
    assert made.size == (64, 36)
    assert made.info["generator"] == still_model.label
    assert (np.asarray(made) != np.asarray(plain)).any()
    film.generator = "preview"
    again = film["1A"].frame(2, size=(64, 36), quality="board")
    assert (np.asarray(again) == np.asarray(plain)).all()


def test_a_cell_names_what_made_its_picture(film, still_model):
    film.generator = still_model
    assert still_model.label in film["1A"]._repr_html_()


def test_thumbnails_and_drawn_looks_stay_the_previews(film, still_model):
    before = film["1A"].data_url()
    film.generator = still_model
    assert film["1A"].data_url() == before
    inked = film["1A"].frame(2, size=(64, 36), look="ink", quality="board")
    assert "generator" not in inked.info


def test_a_preview_plays_for_the_shots_length_and_names_its_maker(film, saved):
    film.generator = pv.generators.diffusers(saved("vace"), size=(64, 64), steps=2)
    clip = film["1A"].preview(size=(64, 36))
    with av.open(io.BytesIO(clip.video)) as video:
        pictures = list(video.decode(video=0))
    assert len(pictures) == film["1A"].length_frames == 9
    assert (pictures[0].width, pictures[0].height) == (64, 36)
    assert film.generator.label in clip._repr_html_()


def test_an_edited_film_keeps_its_generator(film, still_model):
    film.generator = still_model
    assert film.with_look("noir").generator is still_model


def test_a_generator_of_stills_alone_makes_no_preview(film):
    class Stills:
        label, key = "stills", "0"

        def still(self, footage, frame, *, size, report=None):
            return np.zeros((size[1], size[0], 3), np.uint8)

    film.generator = Stills()
    assert film["1A"].frame(0, size=(64, 36)).info["generator"] == "stills"
    with pytest.raises(PrevizError, match=r"must make clips for a preview, got stills"):
        film["1A"].preview(size=(64, 36))


def test_a_reference_that_is_no_picture_is_refused(saved, tmp_path):
    wrong = tmp_path / "ann.png"
    wrong.write_text("no picture")
    with pytest.raises(GenerateError, match=r"Generator\.references must be pictures"):
        pv.generators.diffusers(saved("vace"), references={"ann": wrong})
