"""The picture of an edit comes before all else that follows from it."""

import pytest
from small_film import FIRST, Page, small_film

from previz.session import Session
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing

ANN = {"scene": "1", "character": "ann", "index": 1}


@pytest.fixture
def page():
    """Return a page that has the first shot open and has painted a picture of it."""
    made = Page()
    session = Session(small_film())
    made.desk = Desk(session, made.take, playing=Playing(session))
    made.ask(kind="open_shot", shot=FIRST)
    ask(made, 1)
    made.ask(kind="painted", number=1)
    return made


def ask(page, number):
    """Ask for a small picture; return the kinds of all that is told."""
    page.ask(kind="ask_picture", number=number, shot=FIRST, frame=3, width_px=64)
    return page.kinds()


def drag(page, x, **how):
    """Say where a drag of Ann's mark stands; return the kinds of all that is told."""
    edit = {"kind": "move_mark", **ANN, "position_m": (x, 0, 1.0)}
    page.ask(kind="edit", edit=edit, drag="d", **how)
    return page.kinds()


def test_of_a_pictured_edit_nothing_is_told_before_its_picture(page):
    assert drag(page, 0.3, last=False, pictured=True) == []
    assert ask(page, 2) == ["picture", "tracks", "place", "figures"]
    assert page.only("picture")[0].revision == page.only("tracks")[0].revision


def test_what_many_pictured_edits_changed_is_told_once(page):
    for x in (0.3, 0.4, 0.5):
        assert drag(page, x, last=False, pictured=True) == []
    assert ask(page, 2) == ["picture", "tracks", "place", "figures"]
    (blocking, _) = page.only("place")[0].blocking
    assert blocking.marks[1].position_m[0] == 0.5


def test_the_stage_is_baked_after_the_last_picture_of_a_drag(page):
    drag(page, 0.3, last=False, pictured=True)
    ask(page, 2)
    page.ask(kind="painted", number=2)
    assert drag(page, 0.6, last=True, pictured=True) == ["history"]
    assert ask(page, 3) == ["picture", "tracks", "place", "stage"]


def test_a_picture_on_its_way_comes_before_too(page):
    ask(page, 2)
    assert drag(page, 0.3, last=False, pictured=True) == []
    assert ask(page, 3) == []
    page.ask(kind="painted", number=2)
    assert page.kinds() == ["picture", "tracks", "place", "figures"]


def test_a_page_that_asks_for_no_picture_is_told_at_once(page):
    assert drag(page, 0.3, last=False) == ["tracks", "place", "figures"]
    assert drag(page, 0.4, last=True) == ["tracks", "place", "stage", "history"]


def test_an_edit_of_a_cell_tells_what_waited_for_a_picture(page):
    drag(page, 0.3, last=False, pictured=True)
    page.ask(kind="undo")
    assert page.kinds() == ["tracks", "place", "stage", "history"]
