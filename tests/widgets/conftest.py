"""A page before a desk, and what is drawn for it."""

import pytest
from small_film import Page, small_film

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
