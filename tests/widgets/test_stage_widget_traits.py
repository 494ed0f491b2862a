"""The widget's Python half: state in, events out."""

import zlib

import hand_stage
import pytest

from previz.errors import MissingRuntimeError
from previz.widgets import StageWidget, bundle


@pytest.fixture
def static(tmp_path, monkeypatch):
    """Stand in for the bundle, so that these tests need no Node."""
    (tmp_path / "stage.js").write_text("export default {}", encoding="utf-8")
    (tmp_path / "stage.css").write_text(".pv-stage {}", encoding="utf-8")
    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    return tmp_path


@pytest.fixture
def widget(static):
    made = hand_stage.HandStage(length_frames=12)
    return StageWidget(made, made.scene.shots[0], fallback_html="<p>poster</p>")


def test_frame_stays_within_the_shot(widget):
    widget.frame = 500
    assert widget.frame == 11
    widget.frame = -3
    assert widget.frame == 0


def test_bytes_from_the_browser_arrive_although_they_come_as_a_memoryview(widget):
    widget.set_state({"still": memoryview(b"\x89PNG")})
    assert widget.still == b"\x89PNG"


def test_answer_of_the_browser_is_read_as_a_value(widget):
    assert widget.answer is None
    crc = zlib.crc32(widget._payload)
    widget.set_state(
        {
            "_answer": {
                "protocol_version": 1,
                "payload_bytes": len(widget._payload),
                "payload_crc32": crc,
                "triangles": 12,
            }
        }
    )
    assert widget.answer is not None
    assert widget.answer.payload_crc32 == crc


def test_without_a_fallback_there_is_no_html(static):
    made = hand_stage.HandStage(length_frames=2)
    bundle = StageWidget(made, made.scene.shots[0])._repr_mimebundle_()
    shown = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "text/html" not in shown


def test_missing_bundle_says_how_to_build_it(static):
    (static / "stage.js").unlink()
    made = hand_stage.HandStage(length_frames=2)
    with pytest.raises(MissingRuntimeError, match=r"python widgets/build\.py"):
        StageWidget(made, made.scene.shots[0])


def test_header_reads_back_as_the_shot(widget):
    assert widget.header.shot == hand_stage.the_scene(length_frames=12).shots[0]
