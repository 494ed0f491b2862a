"""What is dragged where nobody can stand is refused in the words of a set."""

import hand_stage
import pytest
from small_film import Page, small_film

from previz.direct.floor import Floor
from previz.direct.in_the_way import no_room, no_time
from previz.edits import MoveMark
from previz.errors import ModelError, UnknownNameError
from previz.session import Session
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing


def onto_the_table():
    film = small_film()
    (scene,) = film.scenes
    table = next(piece for piece in scene.set.pieces if "table" in piece.kind)
    return MoveMark(
        scene=scene.id, character="bo", index=0, position_m=table.position_m
    )


def test_a_cell_reads_the_field_and_the_rule_the_page_what_stands_there():
    with pytest.raises(ModelError, match=r"^Mark\.position_m must be") as refused:
        onto_the_table().apply(small_film())
    assert refused.value.plain.startswith(
        "Nobody can stand there: the table is in the way. There is room 0."
    )
    session, page = Session(small_film()), Page()
    page.desk = Desk(session, page.take, playing=Playing(session))
    told = page.edit(**onto_the_table().model_dump())
    assert [one.text for one in told if one.kind == "refused"] == [refused.value.plain]


def test_beyond_the_walls_is_outside_of_the_set():
    floor = Floor(hand_stage.the_scene(length_frames=2).set)
    assert "outside of the set" in no_room(floor, (50.0, 0.0, 0.0), (2.0, 0.0, 0.0))
    assert "48.0 m off" in no_room(floor, (50.0, 0.0, 0.0), (2.0, 0.0, 0.0))


def test_too_long_a_way_names_frames_and_no_field():
    said = no_time(6.24, arrive=30, leave=24, earliest=120)
    assert "walk the 6.2 m" in said
    assert "frame 120 or later" in said
    assert "_" not in said


def test_an_error_without_plain_words_is_told_as_it_is():
    assert UnknownNameError("Film.shot", "9Z", ["1A"]).plain == ""
