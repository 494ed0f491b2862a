"""One part of a shot: asked for, waited for, brought home, paid for once."""

from __future__ import annotations

import re
import time
from functools import partial
from pathlib import Path

from previz.errors import GenerateError
from previz.promote.runway import clips
from previz.promote.runway.asking import ask_for
from previz.promote.runway.fetching import fetch
from previz.promote.runway.models import Fit
from previz.promote.runway.service import Seen, Service, Trouble
from previz.promote.runway.sitting import Sitting

__all__ = ["clip_of", "is_paid"]

_MOST_FAILURES = 2


def is_paid(sitting: Sitting, number: int) -> bool:
    """Return whether a part is home, or being made at the service."""
    live = any(entry.is_live for _, entry in sitting.purse.of(number))
    return live or sitting.clip_path(number).exists()


def clip_of(sitting: Sitting, number: int) -> Path:
    """Return a part's clip: from disk, from the service, or made and paid for.

    Raises:
        GenerateError: If there will be none.
    """
    path = sitting.clip_path(number)
    if path.exists():
        return path
    service = sitting.connect()
    first: list[Seen] = [_made(sitting, service, number)]

    def address() -> str:
        seen = first.pop() if first else _made(sitting, service, number)
        if not seen.output:
            raise GenerateError(
                f"Service.output must be an address, got none of task {seen.task}. "
                "Promote again later."
            )
        return seen.output[0]

    sitting.task.report(f"fetching from {sitting.row.name}", 99, 100)
    fetch(address, path, patience=service.patience, wait=service.wait)
    return path


def _made(sitting: Sitting, service: Service, number: int) -> Seen:
    """Return a part's finished task, asking for one where there is none."""
    while True:
        booked = sitting.purse.of(number)
        for _, entry in booked:
            if entry.code.startswith("SAFETY"):
                raise _refusal(entry.code)
        live = [(at, entry.task) for at, entry in booked if entry.is_live]
        if not live:
            seam = partial(_seam, sitting, number)
            live = [ask_for(sitting, service, number, seam=seam)]
        seen = _follow(sitting, service, number, *live[-1])
        if seen is not None:
            return seen


def _follow(
    sitting: Sitting, service: Service, number: int, at: int, task: str
) -> Seen | None:
    """Return a task once it has succeeded; None if it failed and may be tried again.

    Raises:
        GenerateError: If it failed for good, or the take is stopped.
    """
    since = time.monotonic()
    while True:
        seen = service.look(task)
        if isinstance(seen, Trouble):
            sitting.purse.book(at, "lost")
            raise GenerateError(
                f"Task {task} must be known to the service, got {seen.words}. It is "
                "counted as paid. Promote again to have it made anew."
            )
        if seen.is_over:
            return _settled(sitting, number, at, seen)
        said = "made by" if seen.status == "RUNNING" else "queued at"
        sitting.task.report(f"{said} {sitting.row.name}", int(seen.progress * 98), 100)
        if time.monotonic() - since > service.patience.task_s:
            raise GenerateError(
                f"Task {task} must end within {service.patience.task_s / 60:.0f} "
                f"minutes, got {seen.status}. Promote again: it is asked for by its "
                "name and not paid again."
            )
        try:
            service.wait(service.patience.poll_s)
        except GenerateError:
            # What runs is paid for, and there the next time; what waits need not run.
            if seen.status != "RUNNING":
                service.cancel(task)
                sitting.purse.book(at, "failed", code="CANCELLED")
            raise


def _settled(sitting: Sitting, number: int, at: int, seen: Seen) -> Seen | None:
    """Book what a finished task cost; say what it came to."""
    if seen.status == "SUCCEEDED":
        sitting.purse.book(at, "made", credits=seen.credits)
        return seen
    code = _term(seen.code or seen.status)
    sitting.purse.book(at, "failed", credits=seen.credits, code=code)
    if code.startswith("SAFETY"):
        raise _refusal(code)
    failed = sum(entry.state == "failed" for _, entry in sitting.purse.of(number))
    if code.startswith("INTERNAL") and failed < _MOST_FAILURES:
        sitting.task.note(
            f"{sitting.row.name} failed once ({code}) and was asked again"
        )
        return None
    raise GenerateError(
        f"Task {seen.task} must succeed, got {seen.status} ({code}). "
        "Promote with another seed, size or model."
    )


def _term(code: str) -> str:
    """Return a code of failure as it is booked: plain capitals, digits and dots."""
    return re.sub(r"[^A-Z0-9._]", "", code.upper())[:80] or "UNKNOWN"


def _refusal(code: str) -> GenerateError:
    what = "what was sent" if ".INPUT" in code else "what was made"
    if ".TEXT" in code:
        what = "the shot's words"
    return GenerateError(
        f"Order must pass the service's content moderation, got a refusal of {what} "
        f"({code}). It is not asked again. Change action, dialogue or pictures of the "
        "shot, or choose another backend."
    )


def _seam(sitting: Sitting, number: int) -> bytes:
    """Return the last picture of the part before, whole, as PNG."""
    made = sitting.fit.made
    reel = clips.Reel(clip_of(sitting, number - 1), fit=Fit(made, made[1]), size=made)
    pick = reel.picks(sitting.times(reel, number - 1))[-1]
    return clips.png_bytes(next(iter(reel.pictures((pick,)))))
