"""Whatever a page sends, it is answered, and the film is as before."""

import math

import pytest
import small_film
from small_film import FIRST

from previz.edits.kinds import KINDS
from previz.session import Session
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing

MARKUP = "<img src=x onerror=alert(1)>"
HOSTILE = (
    math.nan,
    math.inf,
    -1e308,
    10**40,
    MARKUP,
    "../../etc/passwd",
    "\0",
    "𝕏" * 100_000,
    [],
    [[math.nan] * 3] * 1000,
    {"a": {"b": {}}},
    None,
)


@pytest.fixture
def session():
    return Session(small_film.small_film())


@pytest.fixture
def page(session):
    page = small_film.Page()
    page.desk = Desk(session, page.take, playing=Playing(session))
    return page


def refused(page, session, /, **fields):
    """Ask what must be refused; return the text."""
    before = session.value
    (answer,) = page.ask(**fields)
    assert answer.kind == "refused"
    assert session.value is before
    assert session.history == ()
    assert 10 < len(answer.text) < 1000
    return answer.text


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_no_edit_takes_hostile_fields(page, session, kind, value):
    needed = [n for n, f in KINDS[kind].model_fields.items() if f.is_required()]
    refused(page, session, kind="edit", edit=dict.fromkeys(needed, value) | {"x": 1})
    edit = dict.fromkeys(needed, value) | {"kind": kind}
    refused(page, session, kind="edit", edit=edit)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "open_shot", "shot": "9Z"},
        {"kind": "ask_picture", "number": 1, "shot": "9Z", "frame": 0},
        {"kind": "ask_picture", "number": 1, "shot": FIRST, "frame": 14},
        {"kind": "ask_picture", "number": math.nan, "shot": FIRST, "frame": 0},
        {"kind": "pick", "shot": FIRST, "frame": 0, "x": math.nan, "y": 0.5},
        {"kind": "pick", "shot": FIRST, "frame": 0, "x": 1.5, "y": 0.5},
        {"kind": "snapshot", "shot": FIRST, "frame": 10**9},
        {"kind": "open_shot", "shot": MARKUP},
        {"kind": "cancel", "drag": "x" * 10_000},
        {"kind": MARKUP},
        {"kind": "undo", "page": MARKUP},
    ],
)
def test_no_message_takes_what_the_film_has_not(page, session, fields):
    refused(page, session, **fields)


@pytest.mark.parametrize("version", [2, 0, "1", None])
def test_a_page_of_another_version_is_told_what_to_do(page, session, version):
    text = refused(page, session, v=version, kind="undo")
    assert "reload the page" in text


def test_a_hundred_megabytes_are_refused_beside_a_message_and_in_it(page, session):
    page.desk.hear({"v": 1, "kind": "undo"}, [memoryview(bytes(100 << 20))])
    assert page.kinds() == ["refused"]
    note = {"kind": "add_note", "shot": FIRST, "frame": 0, "text": "x" * (100 << 20)}
    refused(page, session, kind="edit", edit=note)


def test_markup_in_a_note_is_kept_as_the_text_it_is(page, session):
    page.edit(kind="add_note", shot=FIRST, frame=0, text=MARKUP)
    film, _ = page.ask(kind="hello")
    assert film.film.scenes[0].shots[0].notes[0].text == MARKUP
    assert film.film.title == "<b>Small</b>"
