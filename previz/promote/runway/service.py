"""The wire: uploads, tasks and files of Runway's API, through its own SDK.

The SDK's own retries are off: it would send a paid request again after an answer that
was lost, without asking what that costs.
"""

from __future__ import annotations

import inspect
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import urlsplit

from previz.errors import GenerateError, MissingRuntimeError, PrevizError
from previz.promote.runway.keys import Secret

if TYPE_CHECKING:
    from runwayml import RunwayML

__all__ = ["BASE_VARIABLE", "Patience", "Seen", "Service", "Trouble"]

BASE_VARIABLE = "RUNWAYML_BASE_URL"
"""Environment variable of the SDK's that names another server."""

T = TypeVar("T")
Kind = Literal["busy", "unsent", "unknown", "gone", "denied", "refused"]

_MOST_WORDS = 300
_SHORT_S = 0.25


@dataclass(frozen=True)
class Trouble:
    """Why a request has no answer.

    Attributes:
        kind: busy (not taken, try later), unsent, unknown (it may have been taken),
            gone (no such thing), denied (the key), refused (what was asked).
        words: For people.
        wait_s: How long the service asks to wait; None if it does not say.
    """

    kind: Kind
    words: str
    wait_s: float | None = None


@dataclass(frozen=True)
class Seen:
    """A task as the service reports it.

    Attributes:
        task: Its name.
        status: PENDING, THROTTLED, RUNNING, SUCCEEDED, FAILED or CANCELLED.
        progress: 0 to 1.
        credits: What it costs, or may; None if the service does not say.
        output: Addresses of what it made.
        code: Of its failure.
    """

    task: str
    status: str
    progress: float = 0.0
    credits: float | None = None
    output: tuple[str, ...] = ()
    code: str = ""

    @property
    def is_over(self) -> bool:
        """Whether its status is its last."""
        return self.status in ("SUCCEEDED", "FAILED", "CANCELLED")


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds.

    Attributes:
        poll_s: Between two looks at a task; the service wants at least five.
        retry_s: Before the first try again; doubled each time.
        longest_s: Of one wait.
        silence_s: Without any answer, until the take is given up for now.
        answer_s: For one answer.
        task_s: For one task, until the take is given up for now.
    """

    poll_s: float = 5.0
    retry_s: float = 1.0
    longest_s: float = 60.0
    silence_s: float = 600.0
    answer_s: float = 60.0
    task_s: float = 5400.0

    def after(self, tried: int, trouble: Trouble) -> float:
        """Return how long to wait after so many tries in vain.

        At least so long as the service asks: one that asks for nothing is not hammered.
        """
        own_s = min(self.retry_s * 2.0**tried, self.longest_s)
        return float(max(own_s, min(trouble.wait_s or 0.0, self.silence_s)))


class Service:
    """A connection to the service.

    Args:
        key: Sent to the service alone.
        patience: How long to wait.
        stopped: Asked while waiting.

    Raises:
        MissingRuntimeError: If the SDK is not installed.
        PrevizError: If the named server would be sent the key in the clear.
    """

    def __init__(
        self, key: Secret, *, patience: Patience, stopped: Callable[[], bool]
    ) -> None:
        self.patience = patience
        self._key = key
        self._stopped = stopped
        self._client = _client(key, patience)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def upload(self, name: str, data: bytes, kind: str) -> str:
        """Send a file for this take's requests; return its address at the service."""

        def send() -> str:
            return self._client.uploads.create_ephemeral(file=(name, data, kind)).uri

        uri: str = self._patiently(send, f"an upload of {name}")
        return uri

    def check(self, endpoint: str, arguments: Mapping[str, Any]) -> None:
        """Make sure that the SDK sends a request of this form, before it is paid for.

        Raises:
            MissingRuntimeError: If it is too old or too new for that.
        """
        try:
            create = getattr(self._client, endpoint).create
            inspect.signature(create).bind(**arguments)
        except (AttributeError, TypeError) as error:
            raise MissingRuntimeError(
                f"Order.backend hosted must have an SDK of Runway's that knows "
                f"{endpoint}, got another ({error}). Run: pip install -U previz[hosted]"
            ) from None

    def ask(self, endpoint: str, arguments: Mapping[str, Any]) -> Seen | Trouble:
        """Send one paid request, once."""

        def send() -> Seen | Trouble:
            made: Any = getattr(self._client, endpoint).create(**arguments)
            if not isinstance(made.id, str):
                return Trouble("unknown", "an answer without a task")
            credits = _number(made, "estimated_cost")
            return Seen(task=made.id, status="PENDING", credits=credits)

        return self._once(send)

    def look(self, task: str) -> Seen | Trouble:
        """Look at a task, however long the service takes to answer.

        Returns:
            Trouble only if it is gone.
        """

        def send() -> Seen:
            return _seen(task, self._client.tasks.retrieve(task))

        seen: Seen | Trouble = self._patiently(send, f"task {task}", gone=True)
        return seen

    def cancel(self, task: str) -> None:
        """Ask the service to give a task up, as far as it still can."""
        self._once(lambda: self._client.tasks.delete(task))

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than until the take is stopped.

        Raises:
            GenerateError: If it is stopped.
        """
        until = time.monotonic() + seconds
        while True:
            if self._stopped():
                raise GenerateError(
                    "Task.frames must be let finish, got a task that was stopped. "
                    "Promote again to go on."
                )
            left = until - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, _SHORT_S))

    def _patiently(
        self, send: Callable[[], T], what: str, *, gone: bool = False
    ) -> Any:
        """Repeat what costs nothing until it is answered."""
        tried, since = 0, time.monotonic()
        while isinstance(answer := self._once(send), Trouble):
            if gone and answer.kind == "gone":
                return answer
            raise_if_final(answer)
            if time.monotonic() - since > self.patience.silence_s:
                raise GenerateError(
                    f"Service.answer must come within {self.patience.silence_s:.0f} s, "
                    f"got none to {what} ({answer.words}). Promote again later: what "
                    "is paid for is kept there, and asked for by its name."
                )
            self.wait(self.patience.after(tried, answer))
            tried += 1
        return answer

    def _once(self, send: Callable[[], T]) -> T | Trouble:
        """Call the SDK; what it raises becomes words without key and headers."""
        try:
            return send()
        except Exception as error:
            return _trouble(error, self._key)


def raise_if_final(trouble: Trouble) -> None:
    """Raise what no patience mends.

    Raises:
        GenerateError: If the service refuses the key or what is asked.
    """
    if trouble.kind == "denied":
        raise GenerateError(
            f"RUNWAYML_API_SECRET must be a key that Runway takes, got one that it "
            f"refuses ({trouble.words}). Make a new key in the developer portal."
        )
    if trouble.kind in ("refused", "gone"):
        raise GenerateError(
            f"Order.options must be what Runway takes, got a refusal: {trouble.words}. "
            "Change the order, or install a newer previz."
        )


def _client(key: Secret, patience: Patience) -> RunwayML:
    try:
        import httpx
        import runwayml
    except ImportError:
        raise MissingRuntimeError(
            "Order.backend hosted must have Runway's SDK, got none. "
            "Run: pip install previz[hosted]"
        ) from None
    server = os.environ.get(BASE_VARIABLE, "")
    parts = urlsplit(server)
    if server and parts.scheme != "https" and parts.hostname not in _HERE:
        raise PrevizError(
            f"{BASE_VARIABLE} must begin with https://, got {server[:80]}. The key "
            "would be sent in the clear."
        )
    return runwayml.RunwayML(
        api_key=key.reveal(),
        max_retries=0,
        timeout=httpx.Timeout(patience.answer_s, connect=min(patience.answer_s, 10.0)),
    )


_HERE = ("localhost", "127.0.0.1", "::1")


def _seen(task: str, answer: Any) -> Seen:
    over = answer.status in ("SUCCEEDED", "FAILED", "CANCELLED")
    return Seen(
        task=task,
        status=str(answer.status),
        progress=float(getattr(answer, "progress", 0.0) or 0.0),
        credits=_number(answer, "cost" if over else "estimated_cost"),
        output=tuple(getattr(answer, "output", ()) or ()),
        code=str(getattr(answer, "failure_code", "") or ""),
    )


def _number(answer: Any, field: str) -> float | None:
    credits = getattr(getattr(answer, field, None), "credits", None)
    return float(credits) if isinstance(credits, int | float) else None


def _trouble(error: Exception, key: Secret) -> Trouble:
    import httpx
    import runwayml

    if isinstance(error, runwayml.APIStatusError):
        return _status_trouble(error, key)
    if isinstance(error, runwayml.APIConnectionError | httpx.TransportError):
        cause = error.__cause__ or error
        early = httpx.ConnectError | httpx.ConnectTimeout | httpx.UnsupportedProtocol
        kind: Kind = "unsent" if isinstance(cause, early) else "unknown"
        return Trouble(kind, "no connection" if kind == "unsent" else "no answer")
    # An answer that is no JSON, or lacks what it must have.
    return Trouble("unknown", f"an answer that cannot be read, {type(error).__name__}")


def _status_trouble(error: Any, key: Secret) -> Trouble:
    status = int(error.status_code)
    words = f"HTTP {status}"
    if status in (401, 403):
        # What a server says of a key may hold a part of it.
        return Trouble("denied", words)
    body = error.body
    told = body.get("error") if isinstance(body, dict) else None
    if isinstance(told, str):
        words += ": " + key.hidden_in(told)[:_MOST_WORDS]
    wait_s = _retry_after(error.response.headers)
    if status in (429, 503):
        return Trouble("busy", words, wait_s)
    if status == 404:
        return Trouble("gone", words)
    if status < 500 and status != 408:
        return Trouble("refused", words)
    return Trouble("unknown", words, wait_s)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return what RFC 9110, 10.2.3 says to wait: seconds, or until a date."""
    told = headers.get("retry-after", "")
    with suppress(ValueError):
        return max(0.0, float(told))
    with suppress(ValueError):
        until = parsedate_to_datetime(told).timestamp()
        return max(0.0, until - time.time())
    return None
