"""The façade: a film in which people do things to things."""

import pytest
from rooms import CAST, scene, thing

from previz import model
from previz.direct.hand_props import hand_prop
from previz.errors import ModelError, UnknownNameError
from previz.film import Film


@pytest.fixture
def film():
    return Film(model.Film(characters=CAST, scenes=(scene(thing("vase")),)))


def test_deeds_follow_each_other_and_leave_the_film_before(film):
    before = film.value
    after = (
        film.carry("1", "vase", by="ann", from_frame=10)
        .throw("1", "vase", at_frame=60, toward="bo", flight_frames=14)
        .swing("1", "wall", part="door-1", at_frame=80)
        .push("1", "table", from_frame=100, to=(0.5, 0, 0.5))
    )
    ids = [prop.id for prop in after.value.scenes[0].props]
    assert {"vase", "table"} <= set(ids)
    assert after.value.scenes[0].swings[0].piece == "wall"
    assert film.value == before
    assert after["1A"].frame(70, size=(64, 36), quality="board").size == (64, 36)


def test_things_are_placed_and_dropped(film):
    ball = hand_prop("ball", id="ball", seed=1).changed(position_m=(2, 1, 1))
    after = film.place("1", ball).drop("1", "ball", at_frame=5)
    assert len(after.value.scenes[0].props[1].keys) > 20
    assert len(film.topple("1", "table", at_frame=0, toward="bo").value.scenes) == 1


def test_what_is_not_there_is_said(film):
    with pytest.raises(
        UnknownNameError, match=r"Film\.scene must be one of 1, got '9'"
    ):
        film.drop("9", "vase", at_frame=0)
    with pytest.raises(ModelError, match=r"Scene\.props.*'vase' twice"):
        film.place("1", thing("vase").piece)
    with pytest.raises(ModelError, match=r"Prop\.id must differ .* 'ann'"):
        film.place("1", thing("vase").piece.changed(id="ann"))
    with pytest.raises(UnknownNameError, match=r"SetPiece\.kind must be one of"):
        film.place("1", thing("vase").piece.changed(id="odd", kind="odd"))
    absent = film.value.scenes[0].blocking[:1]
    alone = Film(
        film.value.changed(scenes=(film.value.scenes[0].changed(blocking=absent),))
    )
    away = next(c.id for c in CAST if c.id != absent[0].character)
    with pytest.raises(ModelError, match=r"carry\.by must be on the set"):
        alone.carry("1", "vase", by=away, from_frame=3)
