"""A studio that is not on a page yet uses the time to get its first picture ready."""

import asyncio

import pytest
from small_film import FIRST, Page, small_film

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


def spare_time(desk):
    async def spend():
        desk.get_ready("")
        for _ in range(400):
            await asyncio.sleep(0.005)
            if not desk._slices._work:
                return

    asyncio.run(spend())


def test_the_first_frame_is_drawn_before_anybody_asks_and_nothing_is_told(page, drawn):
    spare_time(page.desk)
    assert drawn == [0]
    assert page.heard == []


def test_an_edit_meanwhile_ends_it(page, drawn):
    steps = page.desk._first_steps("")
    next(steps)
    page.edit(kind="set_lens", shot=FIRST, focal_length_mm=85)
    assert list(steps) == []
    assert drawn == []


def test_where_no_loop_runs_there_is_no_spare_time(page, drawn):
    page.desk.get_ready("")
    assert drawn == []
