"""Somebody alone on a turntable: what a page is shown follows who is cast."""

import io

import numpy as np
import pytest
import small_film
from PIL import Image

from previz.direct.fitting import FITTINGS, fitting
from previz.edits import SetBody, SetWardrobe
from previz.errors import UnknownNameError
from previz.session import Session
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing

ASKED = {"kind": "ask_fitting", "number": 1, "character": "ann", "height_px": 128}


@pytest.fixture(scope="module")
def playing_over():
    """Return scenes over a film; who was fitted once is lit already."""
    kept = Playing(Session(small_film.small_film()))

    def over(session):
        playing = Playing(session)
        playing.fittings = kept.fittings
        return playing

    return over


@pytest.fixture
def page(playing_over):
    session = Session(small_film.small_film())
    page = small_film.Page()
    page.session = session
    page.desk = Desk(session, page.take, playing=playing_over(session))
    return page


def seen(page, **asked):
    """Ask for a picture; return the message and its pixels."""
    page.ask(**(ASKED | asked))
    sent, jpeg = page.only("fitting")
    return sent, np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"), np.int16)


def standing(pixels):
    """Return the rows of the picture that somebody dark stands in."""
    backdrop = pixels[:, :3].mean(axis=1, keepdims=True)
    other = (np.abs(pixels - backdrop).max(axis=2) > 40).any(axis=1)
    return np.flatnonzero(other[: int(len(other) * 0.85)])


def test_a_picture_is_told_with_its_number_and_the_scale_it_stands_on(page):
    sent, pixels = seen(page, number=7, yaw_deg=90)
    assert (sent.number, sent.character, sent.yaw_deg) == (7, "ann", 90)
    assert pixels.shape == (128, 96, 3) == (sent.height_px, sent.width_px, 3)
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 300


def test_who_is_made_taller_stands_taller_and_undo_makes_them_small_again(page):
    _, first = seen(page)
    page.session.apply(SetBody(character="ann", height_m=1.2))
    sent, small = seen(page)
    shorter_px = standing(small)[0] - standing(first)[0]
    assert shorter_px == pytest.approx((1.72 - 1.2) / sent.field_m * 128, abs=5)
    page.session.undo()
    assert np.array_equal(seen(page)[1], first)


def test_what_is_worn_is_seen_and_a_turn_shows_another_side(page):
    _, first = seen(page)
    page.session.apply(SetWardrobe(character="ann", top=(0.8, 0.02, 0.02)))
    _, red = seen(page)
    middle = slice(45, 60), slice(40, 56)
    redder = (red - first)[middle].mean(axis=(0, 1))
    assert redder[0] > 40 > redder[1]
    _, turned = seen(page, yaw_deg=180)
    assert np.abs(turned - red).max(axis=2).mean() > 2


def test_bust_and_face_come_nearer_to_the_face_of_anybody():
    for who in small_film.small_film().characters:
        spans = []
        for fitted in FITTINGS:
            _, shot = fitting(who, fitted=fitted)
            pose = shot.camera.poses[0]
            spans.append(pose.position_m[2] / pose.focal_length_mm)
        assert spans == sorted(spans, reverse=True)
    with pytest.raises(UnknownNameError, match="bust"):
        fitting(who, fitted="feet")


@pytest.mark.parametrize(
    "asked",
    [
        {"character": "<b>nobody</b>"},
        {"yaw_deg": float("nan")},
        {"yaw_deg": 1e9},
        {"height_px": 100_000},
        {"height_px": -1},
        {"fitted": "feet"},
        {"number": "one"},
    ],
)
def test_a_picture_that_cannot_be_made_is_refused_by_its_kind(page, asked):
    (answer,) = page.ask(**(ASKED | asked))
    assert (answer.kind, answer.asked) == ("refused", "ask_fitting")
    assert page.session.history == ()


def test_the_backdrop_is_even_from_side_to_side(page):
    _, pixels = seen(page)
    left, right = pixels[4:40, 3:20].mean(), pixels[4:40, -20:-3].mean()
    assert right == pytest.approx(left, rel=0.06)
