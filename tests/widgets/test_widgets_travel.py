"""What a widget is where there is no kernel: HTML beside its view, a line of text."""

import re

import pytest
from hand_stage import HandStage
from small_film import FIRST, SECOND

from previz.edits import SetLens
from previz.widgets import StageWidget, StudioWidget
from previz.widgets.messages import PARTS

VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = "It needs a kernel"


@pytest.fixture
def studio(static, session):
    """Return a way to open a part of the studio, closed at the end."""
    opened = []

    def studio(part="studio", **how):
        opened.append(StudioWidget(session, part=part, **how))
        return opened[-1]

    yield studio
    for widget in opened:
        widget.close()


def html_of(widget):
    """Return what a page without a kernel shows; the view stands beside it."""
    data, _ = widget._repr_mimebundle_()
    assert VIEW in data
    return data["text/html"]


@pytest.mark.parametrize("part", ["studio", *PARTS])
def test_every_part_of_the_studio_is_html_of_some_kilobytes(studio, part):
    html = html_of(studio(part))
    assert "&lt;b&gt;Small&lt;/b&gt;</b> · 2 shots" in html
    assert KERNEL in html
    assert "<script" not in html
    assert len(html) < 60_000


def test_a_page_sees_the_shot_that_was_open_and_boards_show_both(studio):
    assert re.findall(r'alt="(\w+)"', html_of(studio("monitor"))) == ["1A"]
    widget = studio("monitor", shot=SECOND)
    assert re.findall(r'alt="(\w+)"', html_of(widget)) == ["1B"]
    widget.set_state({"_at": {"shot": FIRST, "frame": 3}})
    assert re.findall(r'alt="(\w+)"', html_of(widget)) == ["1A"]
    assert re.findall(r'alt="(\w+)"', html_of(studio("boards"))) == ["1A", "1B"]


def test_history_lists_what_was_edited_and_the_cast_is_seen(studio, session):
    assert "Nothing edited yet" in html_of(studio("history"))
    session.apply(SetLens(shot="1A", focal_length_mm=85))
    assert "85 mm" in html_of(studio("history"))
    assert html_of(studio("cast", character="bo")).count("<img") == 3


def test_a_stage_shows_what_it_was_given_and_says_that_it_needs_a_kernel(static):
    made = HandStage(length_frames=2)
    poster = StageWidget(made, made.scene.shots[0], fallback_html="<p>poster</p>")
    assert html_of(poster).startswith("<p>poster</p>")
    assert KERNEL in html_of(poster)


def test_a_widget_is_one_line_of_text(studio, session):
    assert repr(studio()) == "<Studio <b>Small</b> · 1A · 2 shots>"
    assert (
        repr(studio("monitor", shot=SECOND)) == "<Monitor <b>Small</b> · 1B · 2 shots>"
    )
    assert repr(studio("boards")) == "<Boards <b>Small</b> · 2 shots>"
    made = HandStage(length_frames=2)
    assert repr(StageWidget(made, made.scene.shots[0])) == "<Stage 1A · 2 frames>"
    shown, _ = studio()._repr_mimebundle_()
    assert shown["text/plain"] == "<Studio <b>Small</b> · 1A · 2 shots>"
