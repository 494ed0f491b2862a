"""The studio widget's comm: messages in, messages and bytes out."""

import pytest
from small_film import FIRST

from previz.edits import SetLens
from previz.errors import MissingRuntimeError, UnknownNameError
from previz.widgets import StudioWidget


@pytest.fixture
def widget(static, session):
    made = StudioWidget(session, part="monitor")
    made.sent = []
    made.send = lambda content, buffers=None: made.sent.append((content, buffers))
    yield made
    made.close()


def arrive(widget, content, buffers=()):
    """Deliver a custom message as the comm does."""
    widget._handle_msg(
        {
            "content": {"data": {"method": "custom", "content": content}},
            "buffers": list(buffers),
        }
    )


def test_messages_go_out_as_json_with_their_bytes_beside_them(widget):
    arrive(
        widget,
        {"v": 1, "kind": "ask_picture", "number": 1, "shot": FIRST, "frame": 0,
         "width_px": 64},
    )  # fmt: skip
    ((content, buffers),) = widget.sent
    assert (content["v"], content["kind"], content["number"]) == (1, "picture", 1)
    assert buffers[0][:2] == b"\xff\xd8"
    arrive(widget, {"v": 1, "kind": "hello"})
    assert [(c["kind"], b) for c, b in widget.sent[1:]] == [
        ("film", None),
        ("history", None),
    ]


def test_a_broken_message_is_answered_and_a_picture_dropped_in_is_refused(widget):
    for content in (None, [], {"v": 9}, {"v": 1, "kind": "edit", "edit": {}}):
        arrive(widget, content)
    arrive(widget, {"v": 1, "kind": "undo"}, [memoryview(bytes(1_000_000))])
    assert [content["kind"] for content, _ in widget.sent] == ["refused"] * 5


def test_a_closed_widget_is_told_nothing(widget, session):
    widget.close()
    session.apply(SetLens(shot="1A", focal_length_mm=85))
    assert widget.sent == []


def test_state_names_the_part(widget):
    assert widget.get_state("_part") == {"_part": "monitor"}


def test_unknown_part_and_missing_bundle_are_named(static, session):
    with pytest.raises(UnknownNameError, match="timeline"):
        StudioWidget(session, part="kitchen")
    (static / "studio.js").unlink()
    with pytest.raises(MissingRuntimeError, match=r"python widgets/build\.py"):
        StudioWidget(session)
