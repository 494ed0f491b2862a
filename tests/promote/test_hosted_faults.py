"""A hosted model through its SDK, against a server that fails in every known way."""

import io
import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from runway_server import HASTY_S, KEY, QUICK, Service, clip, made, served, task_of

from previz import cut
from previz.errors import (
    FilmFolderError,
    GenerateError,
    MissingRuntimeError,
    PromoteError,
)
from previz.promote.backends.hosted import HostedBackend
from previz.promote.fit import frame_check

PICTURE = "POST /v1/image_to_video"


@pytest.fixture
def service(tmp_path_factory):
    service = Service()
    with served(service, tmp_path_factory.mktemp("served")):
        yield service


def grey(frame):
    return int(frame.picture.mean().round())


def test_frames_come_back_in_order_and_each_is_its_own(service, tmp_path):
    task, told = task_of(tmp_path)
    frames = made(task)
    assert [frame.number for frame in frames] == list(range(24))
    assert all(frame.picture.shape == (36, 64, 3) for frame in frames)
    assert all(abs(grey(frame) - 40 - 3 * frame.number) <= 1 for frame in frames)
    assert told.spent[-1] == pytest.approx(0.10)  # 2 s at 5 credits, a cent each


def test_a_request_says_what_the_plan_says(service, tmp_path):
    made(task_of(tmp_path, seed=11)[0])
    (asked,) = service.asked
    assert asked == {
        "model": "gen4_turbo",
        "promptImage": [{"uri": "runway://first.png", "position": "first"}],
        "promptText": "Cinematic film still, medium shot of a woman",
        "ratio": "1280:720",
        "duration": 2,
        "seed": 18,
    }
    assert list(service.uploads) == ["first.png"]
    paths = [line for line, _ in service.seen]
    assert paths[:3] == ["POST /v1/uploads", "POST /bucket", PICTURE]


def test_a_clip_model_is_shown_the_preview_as_a_clip(service, tmp_path):
    task, _ = task_of(tmp_path, model="aleph2", length=12)
    assert len(made(task)) == 12
    (asked,) = service.asked
    assert asked["videoUri"] == "runway://preview.mp4"
    assert not asked.keys() & {"duration", "ratio"}
    sent = tmp_path / "shown.mp4"
    sent.write_bytes(service.uploads["preview.mp4"])
    shown = list(cut.read_frames(sent))
    assert len(shown) == 48  # the least it takes is two seconds
    assert (shown[0].width, shown[0].height) == (1280, 720)


def test_both_ends_are_met_where_a_model_takes_both(service, tmp_path):
    service.output = clip(96, paint=lambda number: 40 + 2 * number)
    task, _ = task_of(tmp_path, model="veo3.1_fast", length=48)
    frames = made(task)
    assert list(service.uploads) == ["first.png", "last.png"]
    assert service.asked[0]["duration"] == 4
    assert service.asked[0]["audio"] is False
    assert abs(grey(frames[0]) - 40) <= 1
    assert abs(grey(frames[-1]) - 230) <= 1


def test_a_long_shot_goes_on_from_the_last_picture_of_the_part_before(
    service, tmp_path
):
    service.output = clip(30, rate=2)
    task, told = task_of(tmp_path, length=25, rate=2)
    frames = made(task)
    assert [frame.number for frame in frames] == list(range(25))
    assert len(service.asked) == 2
    seam = Image.open(io.BytesIO(service.uploads["first.png"]))
    assert abs(int(np.asarray(seam).mean()) - grey(frames[12])) <= 2
    assert told.spent[-1] == pytest.approx(0.05 * 7 * 2)


@pytest.mark.parametrize("after", ["0.05", "Sun, 29 Nov 2020 00:00:00 GMT"])
def test_too_many_requests_waits_as_told_and_pays_once(service, tmp_path, after):
    busy = (429, {"Retry-After": after}, {"error": "slow down"})
    service.faults = {PICTURE: [busy, busy], "GET /v1/tasks/task-0": [busy]}
    task, told = task_of(tmp_path, budget=0.10)
    began = time.monotonic()
    assert len(made(task)) == 24
    if after == "0.05":
        assert time.monotonic() - began >= 0.15
    assert len(service.tasks) == 1
    assert told.spent[-1] == pytest.approx(0.10)


@pytest.mark.parametrize("fault", [(500, {}, {"error": "oops"}), "hang", "drop"])
def test_a_paid_request_without_an_answer_is_not_sent_again_beyond_the_budget(
    service, tmp_path, fault
):
    service.faults = {PICTURE: [fault]}
    task, told = task_of(tmp_path, budget=0.15)
    patience = replace(QUICK, answer_s=HASTY_S) if fault == "hang" else QUICK
    with pytest.raises(GenerateError, match=r"at least \$0\.20, got \$0\.15"):
        made(task, patience)
    assert len(service.asked) == 1
    assert told.spent[-1] == pytest.approx(0.10)
    with pytest.raises(GenerateError, match="budget_usd"):  # nor after a restart
        made(task_of(tmp_path, budget=0.15)[0])
    assert len(service.asked) == 1


def test_a_paid_request_without_an_answer_is_sent_once_more_within_the_budget(
    service, tmp_path
):
    service.faults = {PICTURE: [(500, {}, {})]}
    task, told = task_of(tmp_path, budget=0.20)
    assert len(made(task)) == 24
    assert told.spent[-1] == pytest.approx(0.20)
    assert "counted as paid" in told.notes[0]


def test_looks_outlast_errors_and_dropped_connections(service, tmp_path):
    look = "GET /v1/tasks/task-0"
    service.faults = {
        look: [(500, {}, {}), "drop", (502, {}, {})],
        "POST /v1/uploads": [(503, {}, {}), "drop"],
        "POST /bucket": [(500, {}, {})],
    }
    task, told = task_of(tmp_path, budget=0.10)
    assert len(made(task)) == 24
    assert told.spent[-1] == pytest.approx(0.10)


def test_a_look_that_is_not_answered_is_given_up_and_repeated(service, tmp_path):
    look = "GET /v1/tasks/task-0"
    service.faults = {look: ["hang"]}
    task, _ = task_of(tmp_path)
    assert len(made(task, replace(QUICK, answer_s=HASTY_S))) == 24
    assert [line for line, _ in service.seen].count(look) > service.looks["task-0"]


@pytest.mark.parametrize(
    ("code", "words"),
    [("SAFETY.INPUT.TEXT", "the shot's words"), ("SAFETY.OUTPUT.VIDEO", "was made")],
)
def test_a_refusal_by_moderation_is_final(service, tmp_path, code, words):
    service.failure = code
    with pytest.raises(GenerateError, match=words):
        made(task_of(tmp_path)[0])
    with pytest.raises(GenerateError, match="content moderation"):
        made(task_of(tmp_path)[0])
    assert len(service.asked) == 1


def test_a_failure_inside_the_service_is_tried_once_more_with_another_seed(
    service, tmp_path
):
    service.failure, service.failing = "INTERNAL.BAD_OUTPUT.CODE01", 1
    task, told = task_of(tmp_path, budget=0.10)  # the failed one was not charged
    assert len(made(task)) == 24
    assert [asked["seed"] for asked in service.asked] == [7, 8]
    assert told.spent[-1] == pytest.approx(0.10)


def test_two_failures_are_enough(service, tmp_path):
    service.failure = "INTERNAL.BAD_OUTPUT.CODE01"
    with pytest.raises(GenerateError, match=r"INTERNAL\.BAD_OUTPUT"):
        made(task_of(tmp_path)[0])
    assert len(service.asked) == 2


def test_half_a_download_goes_on_where_it_broke_off(service, tmp_path):
    service.faults = {"GET /output/task-0.mp4": ["half", "half", (503, {}, {})]}
    assert len(made(task_of(tmp_path)[0])) == 24
    asked = [
        h.get("Range") for path, h in service.headers if path.startswith("/output")
    ]
    half = len(service.output) // 2
    assert asked[:2] == [None, f"bytes={half}-"]
    assert (tmp_path / "clip-0.mp4").read_bytes() == service.output


def test_a_server_without_ranges_sends_it_all_again(service, tmp_path):
    service.ranges = False
    service.faults = {"GET /output/task-0.mp4": ["half"]}
    assert len(made(task_of(tmp_path)[0])) == 24
    assert (tmp_path / "clip-0.mp4").read_bytes() == service.output


def test_a_download_that_never_comes_is_given_up_and_found_again(service, tmp_path):
    service.faults = {"GET /output/task-0.mp4": [(403, {}, {})] * 20}
    with pytest.raises(GenerateError, match="paid for and kept"):
        made(task_of(tmp_path)[0])
    service.faults = {}
    assert len(made(task_of(tmp_path)[0])) == 24
    assert len(service.asked) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_said_without_what_the_server_says(service, tmp_path, status):
    echo = {"error": f"Incorrect API key provided: {KEY[:12]}"}
    service.faults = {"POST /v1/uploads": [(status, {}, echo)]}
    with pytest.raises(GenerateError, match="developer portal") as caught:
        made(task_of(tmp_path)[0])
    assert KEY[:12] not in str(caught.value)


def test_what_the_service_refuses_costs_nothing_and_says_why(service, tmp_path):
    service.faults = {PICTURE: [(400, {}, {"error": "ratio must be one of these"})]}
    task, told = task_of(tmp_path)
    with pytest.raises(GenerateError, match="ratio must be one of these"):
        made(task)
    assert told.spent[-1] == 0


def test_a_task_that_the_service_forgot_is_named(service, tmp_path):
    service.faults = {"GET /v1/tasks/task-0": [(404, {}, {})]}
    with pytest.raises(GenerateError, match="counted as paid"):
        made(task_of(tmp_path)[0])


def test_a_stop_leaves_what_runs_to_be_fetched_later(service, tmp_path):
    service.polls = 10**9
    task, told = task_of(tmp_path)
    told.reports = Stopper(told)
    with pytest.raises(GenerateError, match="was stopped"):
        made(task)
    assert service.cancelled == []
    service.polls = 1
    assert len(made(task_of(tmp_path)[0])) == 24
    assert len(service.asked) == 1


class Stopper(list):
    def __init__(self, told):
        super().__init__()
        self.told = told

    def append(self, said):
        self.told.stop = True


def test_a_killed_process_pays_once(service, tmp_path):
    service.polls = 10**9
    script = Path(__file__).with_name("hosted_process.py")
    process = subprocess.Popen([sys.executable, script, tmp_path])
    until = time.monotonic() + 300
    while service.looks["task-0"] < 3:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    service.polls = 1
    task, told = task_of(tmp_path, budget=0.10)
    assert len(made(task)) == 24
    assert len(service.asked) == 1
    assert told.spent[0] == told.spent[-1] == pytest.approx(0.10)


def test_frames_that_are_made_are_not_made_again(service, tmp_path):
    task, _ = task_of(tmp_path, made=range(20))
    assert [frame.number for frame in made(task)] == [20, 21, 22, 23]
    task, _ = task_of(tmp_path, made=range(24))
    assert made(task) == []
    assert len(service.asked) == 1


def test_a_clip_at_home_needs_neither_key_nor_service(service, tmp_path, monkeypatch):
    made(task_of(tmp_path)[0])
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    monkeypatch.setenv("RUNWAYML_BASE_URL", "https://nowhere.invalid")
    assert len(made(task_of(tmp_path)[0])) == 24


def test_a_clip_that_is_too_short_names_both_lengths(service, tmp_path):
    service.output = clip(14)
    with pytest.raises(GenerateError, match=r"got 14 frames of 0\.58 s"):
        made(task_of(tmp_path)[0])


def test_one_missing_frame_is_held(service, tmp_path):
    service.output = clip(23)
    task, told = task_of(tmp_path)
    assert len(made(task)) == 24
    assert told.notes == ["1 of 24 frames repeat: the clip has 23"]


def test_another_shape_is_refused(service, tmp_path):
    service.output = clip(48, size=(64, 64))
    with pytest.raises(GenerateError, match="got 64 × 64"):
        made(task_of(tmp_path)[0])


def test_black_is_refused_unless_the_preview_is_black(service, tmp_path):
    service.output = clip(48, paint=lambda number: 0 if number == 9 else 90)
    task, _ = task_of(tmp_path)
    frames = made(task)
    check = frame_check(task.plan, task.footage)
    for frame in frames[:9]:
        check(frame)
    with pytest.raises(PromoteError, match="black frame 9"):
        check(frames[9])
    task.footage.grey = 0
    check(frames[9])


def test_what_is_no_clip_is_refused(service, tmp_path):
    service.output = b"<html>Sorry</html>"
    with pytest.raises(GenerateError, match="must be a clip"):
        made(task_of(tmp_path)[0])


def test_without_a_budget_nothing_is_sent(service, tmp_path):
    with pytest.raises(GenerateError, match=r"got none\. Pass a budget"):
        made(task_of(tmp_path, budget=None)[0])
    assert service.seen == []


def test_a_shot_whose_parts_do_not_all_fit_is_not_begun(service, tmp_path):
    with pytest.raises(GenerateError, match=r"\$0\.70"):
        made(task_of(tmp_path, length=25, rate=2, budget=0.5)[0])
    assert service.seen == []


def test_a_price_above_the_table_is_cancelled_when_it_breaks_the_budget(
    service, tmp_path
):
    service.credits = 50
    task, told = task_of(tmp_path, budget=0.5)
    with pytest.raises(GenerateError, match="budget"):
        made(task)
    assert service.cancelled == ["task-0"]
    assert "asks $1.00 where the table of prices says $0.10" in told.notes[0]


def test_without_a_key_the_message_says_where_to_put_it(service, tmp_path, monkeypatch):
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    monkeypatch.setattr("previz.promote.runway.keys._from_keyring", lambda: "")
    with pytest.raises(MissingRuntimeError, match="keyring set previz runwayml"):
        made(task_of(tmp_path)[0])
    assert service.seen == []


@pytest.mark.parametrize(
    "entry",
    [
        {"chunk": 0, "state": "taken", "credits": 1, "task": "../organization"},
        {"chunk": 0, "state": "taken", "credits": -1, "task": "a"},
        {"chunk": 0, "state": "spent", "credits": 1},
    ],
)
def test_a_forged_book_sends_the_key_nowhere(service, tmp_path, entry):
    (tmp_path / "hosted.json").write_text(json.dumps({"entries": [entry]}))
    with pytest.raises(FilmFolderError, match="book of what was paid"):
        made(task_of(tmp_path)[0])
    assert service.seen == []


def test_an_answer_of_another_form_is_no_crash(service, tmp_path):
    service.faults = {PICTURE: [(200, {}, {"hello": 1})] * 2}
    with pytest.raises(GenerateError, match="may be charged"):
        made(task_of(tmp_path)[0])


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://10.0.0.8/x", "https://169.254.169.254/latest"],
)
def test_a_clip_is_fetched_from_no_address_within_the_network(
    service, tmp_path, monkeypatch, address
):
    look = service.look
    monkeypatch.setattr(
        service, "look", lambda *said: look(*said) | {"output": [address]}
    )
    with pytest.raises(GenerateError, match="https address in the open"):
        made(task_of(tmp_path)[0])


def test_the_key_goes_to_no_other_server_in_the_clear(tmp_path, monkeypatch):
    monkeypatch.setenv("RUNWAYML_API_SECRET", KEY)
    monkeypatch.setenv("RUNWAYML_BASE_URL", "http://example.org")
    with pytest.raises(ValueError, match="must begin with https"):
        made(task_of(tmp_path)[0])


def test_silence_is_waited_out_so_long_and_no_longer(service, tmp_path):
    service.faults = {"GET /v1/tasks/task-0": ["drop"] * 1000}
    task, _ = task_of(tmp_path)
    patience = type(QUICK)(poll_s=0.01, retry_s=0.01, longest_s=0.02, silence_s=0.1)
    with pytest.raises(GenerateError, match="asked for by its name"):
        list(HostedBackend(patience).frames(task))
