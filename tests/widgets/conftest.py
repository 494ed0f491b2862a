"""A page before a desk, and what is drawn for it."""

import pytest
from small_film import Page, small_film

from previz.render import Renderer
from previz.session import Session
from previz.widgets import bundle
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


@pytest.fixture
def static(tmp_path, monkeypatch):
    """Stand in for the bundles, so that these tests need no Node."""
    for name in ("studio", "stage"):
        (tmp_path / f"{name}.js").write_text("export default {}", encoding="utf-8")
        (tmp_path / f"{name}.css").write_text(f".{name} {{}}", encoding="utf-8")
    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    return tmp_path
