"""One courier an engine, until there is something in the environment that it lacks."""

import io

import pytest

from previz.promote.engines import post

OPENING = {"engine": "kernel", "kernelspec": "python3", "server": "", "token": ""}
KEY = "key_live_4f1d9c0b7a6e"


class Courier:
    """A process that never ends and keeps what it is told."""

    def __init__(self):
        self.stdin = io.StringIO()

    def poll(self):
        return None


@pytest.fixture
def sent(monkeypatch, tmp_path):
    monkeypatch.delenv("RUNWAYML_API_SECRET", raising=False)
    monkeypatch.setattr(post, "_couriers", {})
    started = []
    monkeypatch.setattr(
        post, "_started", lambda told: started.append(told) or Courier()
    )

    def send(job):
        post.send(OPENING, folder=tmp_path, job=job)
        return len(started)

    return send


def test_a_key_that_came_later_reaches_a_courier_of_its_own(sent, monkeypatch):
    assert sent("a") == sent("b") == 1
    monkeypatch.setenv("SOMETHING_ELSE", "1")
    assert sent("c") == 1
    monkeypatch.setenv("RUNWAYML_API_SECRET", KEY)
    assert sent("d") == sent("e") == 2
    first, second = post.couriers()
    assert first.stdin.getvalue().count("\n") == 3
    assert second.stdin.getvalue().count("\n") == 2
    assert KEY not in str(post._couriers.keys()) + second.stdin.getvalue()
