"""Pages are told which shots lose somebody, once a recast is over."""

import pytest
from directed import directed
from small_film import Page

from previz.edits import SetBody, edit_of
from previz.session import Session
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing


@pytest.fixture
def told():
    """Return a session, and what its page was told of lost shots."""
    session, page = Session(directed()), Page()
    page.desk = Desk(session, page.take, playing=Playing(session))
    page.ask(kind="hello")
    page.heard.clear()
    told = lambda: [one for one, _ in page.heard if one.kind == "lost"]  # noqa: E731
    return session, told


def tall(height_m):
    return SetBody(character="mara", height_m=height_m)


def test_a_drag_is_looked_at_once_it_is_over_and_as_a_whole(told):
    session, lost = told
    for height_m in (1.55, 1.45, 1.35):
        session.apply(tall(height_m), drag="d")
        assert lost() == []
    session.apply(tall(1.2), drag="d", last=True)
    (message,) = lost()
    assert "no longer frame Mara" in message.text
    assert "1Z" in {session.value.find_shot(s.shot)[1].slate for s in message.shots}


def test_its_offer_is_an_edit_that_is_undone_at_once(told):
    session, lost = told
    session.apply(tall(1.2))
    (message,) = lost()
    shots = [one.model_dump() for one in message.shots]
    before = session.value
    session.apply(edit_of({"kind": "frame_again", "shots": shots}))
    assert session.value.scenes != before.scenes
    session.undo()
    assert session.value == before
    session.undo()
    assert len(lost()) == 1
