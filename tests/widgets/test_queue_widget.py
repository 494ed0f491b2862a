"""The queue: a page asks, and is told what is so."""

import pytest

from previz.errors import UnknownNameError
from previz.widgets import bundle
from previz.widgets.queue import QueueWidget
from previz.widgets.queue_html import duration, queue_html
from previz.widgets.queue_messages import QueueCard, Row, SignalUse

MARKUP = "<img src=x onerror=alert(1)>"


class Jobs:
    """One job whose first three frames are there."""

    def __init__(self, **fields):
        self.fields = {
            "job": "a1", "slate": "2B", "state": "running", "backend": "path",
            "quality": "final", "width_px": 960, "height_px": 540,
            "length_frames": 48, "rate_fps": 24.0, "made": ((0, 2),),
            "made_frames": 3,
        } | fields  # fmt: skip
        self.stopped = []

    def cards(self):
        return (QueueCard(**self.fields),)

    def thumb(self, job, frame):
        return b"small" if (job, frame < 3) == ("a1", True) else None

    def pair(self, job, frame):
        return (b"take", b"preview") if (job, frame < 3) == ("a1", True) else None

    small_pair = pair

    def cancel(self, job):
        if job != "a1":
            raise UnknownNameError("Ledger.job", job, ["a1"])
        self.stopped.append(job)


@pytest.fixture
def jobs():
    return Jobs()


@pytest.fixture
def ask(jobs, tmp_path, monkeypatch):
    """Return a way to ask the widget, which returns what it sends."""
    for name in ("queue.js", "queue.css"):
        (tmp_path / name).write_text("export default {}")
    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    widget = QueueWidget(jobs)
    sent = []
    monkeypatch.setattr(widget, "send", lambda *told: sent.append(told))

    def ask(content):
        sent.clear()
        widget.hear(content)
        return list(sent)

    ask.widget = widget
    return ask


def test_the_page_is_told_how_the_jobs_stand_and_once_only(ask, jobs):
    ((first, _),) = ask({"kind": "queue"})
    assert first["active"]
    assert first["cards"][0]["slate"] == "2B"
    assert first["cards"][0]["made"] == [[0, 2]]
    ((second, _),) = ask({"kind": "queue", "seen": first["revision"]})
    assert second["cards"] is None
    jobs.fields["made_frames"] = 4
    ((third, _),) = ask({"kind": "queue", "seen": first["revision"]})
    assert third["cards"][0]["made_frames"] == 4


@pytest.mark.parametrize("state", ["done", "review", "failed", "cancelled"])
def test_what_is_over_is_not_asked_for_in_haste(ask, jobs, state):
    jobs.fields["state"] = state
    ((sent, _),) = ask({"kind": "queue"})
    assert not sent["active"]


def test_finished_frames_are_shown_beside_the_preview(ask):
    assert ask({"kind": "thumb", "job": "a1", "frame": 2})[0][1] == [b"small"]
    assert ask({"kind": "pair", "job": "a1", "frame": 2})[0][1] == [b"take", b"preview"]
    ((sent, buffers),) = ask({"kind": "pair", "job": "a1", "frame": 3})
    assert sent["frame"] == 3
    assert buffers is None


def test_a_job_is_stopped_and_one_that_is_none_is_not(ask, jobs):
    ask({"kind": "cancel", "job": "a1"})
    ask({"kind": "cancel", "job": "gone"})
    assert jobs.stopped == ["a1"]


@pytest.mark.parametrize(
    "content",
    [None, [], "queue", {}, {"kind": "run", "code": "1"}, {"kind": "thumb", "job": 1},
     {"kind": "cancel", "job": "x" * 65},
     {"kind": "thumb", "job": "a1", "frame": -1}],
)  # fmt: skip
def test_what_is_no_question_is_not_answered(ask, jobs, content):
    assert ask(content) == []
    assert jobs.stopped == []


def test_a_page_without_a_kernel_sees_plan_progress_and_picture():
    jobs = Jobs(
        uses=(SignalUse(signal="depth", fate="used", how="as it is"),),
        plan=(Row(name="Steps", value="256 paths a pixel"),),
        left_s=125.0,
    )
    page = queue_html(jobs)
    for told in ("2B", "Running", "3 of 48 frames", "2:05 left", "256 paths", "used"):
        assert told in page
    assert "data:image/jpeg;base64,c21hbGw=" in page


def test_no_word_of_a_job_becomes_markup():
    jobs = Jobs(slate=MARKUP, words=MARKUP, error=MARKUP, engine=MARKUP)
    assert "<img src=x" not in queue_html(jobs)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59.4, "59 s"), (200, "3:20"), (7510, "2:05:10")]
)
def test_times_are_said_as_people_say_them(seconds, words):
    assert duration(seconds) == words
