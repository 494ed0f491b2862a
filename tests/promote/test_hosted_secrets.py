"""The key of a hosted service: found, used, and seen by nobody."""

import logging
import pickle
import sys
import traceback
from types import ModuleType

import pytest
from runway_server import KEY, Service, made, served, task_of

from previz.errors import MissingRuntimeError, PrevizError
from previz.promote.runway.keys import Secret, find_key


def chained(error):
    """Return all that a traceback of an error can show: causes, contexts, locals."""
    inside = error.__traceback__.tb_next  # the test's own locals hold the key
    shown = traceback.TracebackException(
        type(error), error, inside, capture_locals=True
    )
    return "".join(shown.format())


def test_no_file_log_error_or_message_holds_the_key(tmp_path, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    seen = []
    picture, output = "POST /v1/image_to_video", "GET /output/task-0.mp4"
    faults = [
        {},
        {picture: [(500, {}, {"error": f"bad {KEY}"})] * 2},
        {picture: [(400, {}, {"error": f"bad {KEY}"})]},
        {picture: [(401, {}, {"error": f"bad {KEY}"})]},
        {"POST /v1/uploads": ["drop", (429, {}, {}), (401, {}, {"error": KEY})]},
        {output: ["half", (403, {}, {})]},
    ]
    service = Service()
    with served(service, tmp_path):
        for number, these in enumerate(faults):
            service.faults = {line: [*answers] for line, answers in these.items()}
            task, told = task_of(tmp_path / f"take-{number}")
            try:
                made(task)
            except PrevizError as error:
                seen.append(chained(error))
                seen.append(repr(error))
            seen.extend(map(str, (told.notes, told.reports, task)))
    assert len([text for text in seen if "Error" in text]) >= 3
    authorized = [told for _, told in service.headers if "Authorization" in told]
    assert all(told["Authorization"] == f"Bearer {KEY}" for told in authorized)
    seen += [caplog.text, *capsys.readouterr()]
    assert not any(KEY in text for text in seen)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) > 5
    assert not any(KEY.encode() in file.read_bytes() for file in files)
    assert not any(b"signature=" in file.read_bytes() for file in files)


def test_the_key_goes_to_the_service_alone(tmp_path):
    service = Service()
    with served(service, tmp_path):
        made(task_of(tmp_path / "take")[0])
    for path, told in service.headers:
        assert ("Authorization" in told) == path.startswith("/v1/")
        assert KEY not in str({**told, "Authorization": ""})


def test_a_secret_shows_and_leaves_nothing():
    secret = Secret(KEY)
    assert KEY not in repr(secret) + str(secret) + f"{secret}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_the_environment_goes_before_the_keyring(monkeypatch):
    ring = ModuleType("keyring")
    ring.get_password = lambda service, user: f"ring-{service}-{user}"
    errors = ModuleType("keyring.errors")
    errors.KeyringError = RuntimeError
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    monkeypatch.setenv("RUNWAYML_API_SECRET", KEY)
    assert find_key().reveal() == KEY
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    assert find_key().reveal() == "ring-previz-runwayml"

    def locked(service, user):
        raise RuntimeError

    ring.get_password = locked
    with pytest.raises(MissingRuntimeError, match="RUNWAYML_API_SECRET"):
        find_key()


@pytest.mark.parametrize("key", ["two words", "naïve", "line\nbreak"])
def test_a_key_that_no_header_can_hold_is_refused_unseen(monkeypatch, key):
    monkeypatch.setenv("RUNWAYML_API_SECRET", key)
    with pytest.raises(MissingRuntimeError, match="printable ASCII") as caught:
        find_key()
    assert key not in str(caught.value)
