"""While a page paints a picture, the kernel makes the one it said it asks for next."""

import pytest
from small_film import FIRST, SECOND, Page, small_film

from previz.render import Renderer
from previz.session import Session
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing


@pytest.fixture
def session():
    return Session(small_film())


@pytest.fixture
def page(session):
    made = Page()
    made.desk = Desk(session, made.take, playing=Playing(session))
    return made


@pytest.fixture
def drawn(monkeypatch):
    """Return the shot frames that are drawn from now on."""
    frames = []
    picture = Renderer.picture

    def noted(self, state, **how):
        frames.append(state.frame)
        return picture(self, state, **how)

    monkeypatch.setattr(Renderer, "picture", noted)
    return frames


def ask(page, number, frame, **more):
    fields = {"shot": FIRST, "frame": frame, "width_px": 64} | more
    return page.ask(kind="ask_picture", number=number, **fields)


def test_what_was_announced_is_made_ahead_and_sent_when_it_is_asked_for(page, drawn):
    ask(page, 1, 3, then_frame=5)
    assert drawn == [3, 5]
    (sent,) = ask(page, 2, 5, painted=1)
    assert (sent.number, sent.frame) == (2, 5)
    assert sent.ms > 0
    assert drawn == [3, 5]


def test_a_question_that_says_what_is_painted_is_answered(page):
    ask(page, 1, 3)
    assert ask(page, 2, 4) == []
    (sent,) = ask(page, 3, 5, painted=1)
    assert (sent.number, sent.frame) == (3, 5)


def test_what_was_made_ahead_of_an_edit_is_not_shown_after_it(page, drawn):
    ask(page, 1, 3, then_frame=5)
    page.edit(kind="move_key", shot="1A", index=0, position_m=(-1.6, 1.5, 4))
    (sent,) = [m for m in ask(page, 2, 5, painted=1) if m.kind == "picture"]
    assert sent.revision == 1
    assert drawn == [3, 5, 5]


def test_another_question_than_the_announced_one_has_its_own_picture(page, drawn):
    ask(page, 1, 3, then_frame=5)
    (sent,) = ask(page, 2, 6, painted=1)
    assert sent.frame == 6
    assert drawn == [3, 5, 6]


def test_a_frame_beyond_the_shot_is_announced_in_vain(page, drawn):
    kinds = [message.kind for message in ask(page, 1, 3, then_frame=500)]
    assert kinds == ["picture"]
    assert drawn == [3]


def drag(page, x, **how):
    edit = {"kind": "move_key", "shot": FIRST, "index": 0, "position_m": (x, 1.5, 4)}
    return page.ask(kind="edit", edit=edit, drag="d", last=False, **how)


def test_the_picture_of_an_edit_is_made_while_the_one_before_is_painted(page, drawn):
    ask(page, 1, 3)
    drag(page, -1.6, pictured=True, ahead=True)
    assert drawn == [3, 3]
    (sent, *_) = ask(page, 2, 3, painted=1)
    assert (sent.number, sent.revision) == (2, 1)
    assert drawn == [3, 3]


def test_an_edit_has_no_picture_before_anybody_asked_for_one(page, drawn):
    drag(page, -1.6, pictured=True, ahead=True)
    ask(page, 1, 3)
    drag(page, -1.5, pictured=True)
    assert drawn == [3]


def test_of_a_shot_that_an_edit_took_away_nothing_is_made(page, drawn):
    ask(page, 1, 3, shot=SECOND)
    edit = {"kind": "merge_shots", "shot": FIRST}
    page.ask(kind="edit", edit=edit, drag="", last=True, pictured=True, ahead=True)
    assert drawn == [3]
