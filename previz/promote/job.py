"""A job as the ledger tells it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType, NoneType
from typing import Any, Literal, get_args

from previz.errors import PromoteError
from previz.promote.lease import Owner
from previz.promote.proof import Frames, frames_in

__all__ = ["NOTHING", "OVER", "Claim", "Job", "State", "job_of", "tries_of"]

State = Literal[
    "queued", "running", "checking", "proof", "done", "review", "failed", "cancelled"
]
"""Waits; frames are made; files are written and measured; the frames of a proof are
there and the take is not whole; it is whole; it is whole and somebody should look; it
could not be made; somebody stopped it."""

NOTHING: Mapping[str, Any] = MappingProxyType({})

OVER = frozenset({"proof", "done", "review", "failed", "cancelled"})
"""States in which nothing goes on by itself."""


@dataclass(frozen=True)
class Claim:
    """A worker's right to make a job, and that of nobody else.

    Attributes:
        take: The job's name.
        attempt: How often it was begun.
        owner: Who works on it.
        frames: Those that are asked for; none for all.
    """

    take: str
    attempt: int
    owner: Owner
    frames: Frames = ()


@dataclass(frozen=True)
class Job:
    """How a take stands.

    Attributes:
        take: Its hash, which is also the job's name.
        shot: Id of the shot.
        slate: Of the shot, as it was called then.
        backend: What makes the frames.
        quality: The tier.
        engine: Where it runs.
        follows: The take that this is another try of, or empty.
        state: What goes on. A job whose worker died is "queued".
        length_frames: Of the take.
        made_frames: Finished ones of those that are asked for; they are kept, whatever
            happens.
        doing: What the worker is at, in words.
        steps_done: Of what it is at.
        steps_all: Of what it is at; 0 where that is not counted.
        error: Why it failed.
        interrupted: Whether its last worker died.
        attempts: How often it was begun.
        deaths: Workers in a row that died without a finished frame; those that were
            killed within their first seconds are not counted.
        spent_usd: What it cost.
        queued_s: When it was queued, seconds since the epoch.
        began_s: When its first worker began.
        ended_s: When it was over.
        asked: The frames of a proof, as "0,18,35"; empty for the whole take.
        told_json: What a queue shows of it before it is made.
        came_json: What a queue shows of it once it is whole, or its proof is there.
    """

    take: str
    shot: str
    slate: str
    backend: str
    quality: str
    engine: str
    follows: str
    state: State
    length_frames: int
    made_frames: int
    doing: str
    steps_done: int
    steps_all: int
    error: str
    interrupted: bool
    attempts: int
    deaths: int
    spent_usd: float
    queued_s: float
    began_s: float | None
    ended_s: float | None
    asked: str = ""
    told_json: str = field(default="{}", repr=False)
    came_json: str = field(default="{}", repr=False)

    @property
    def told(self) -> dict[str, Any]:
        """What a queue shows of it before it is made."""
        return _object(self.told_json)

    @property
    def came(self) -> dict[str, Any]:
        """What a queue shows of it once it is whole, or its proof is there."""
        return _object(self.came_json)

    @property
    def proof(self) -> Frames:
        """The frames that are asked of the take; none where it is asked for whole."""
        return frames_in(self.asked) or ()

    @property
    def asked_frames(self) -> int:
        """How many frames are asked of the take."""
        return len(self.proof) or self.length_frames

    @property
    def is_over(self) -> bool:
        """Whether nothing goes on by itself."""
        return self.state in OVER

    @property
    def is_made(self) -> bool:
        """Whether the take is whole."""
        return self.state in ("done", "review")


def tries_of(jobs: Iterable[Job], take: str) -> tuple[Job, ...]:
    """Return a take's job and those that it is another try of, newest first."""
    known = {job.take: job for job in jobs}
    line: list[Job] = []
    # A ledger may come from anybody: one whose jobs follow each other in a ring ends.
    while take in known:
        line.append(job := known.pop(take))
        take = job.follows
    return tuple(line)


def job_of(row: Mapping[str, Any], *, alive: bool) -> Job:
    """Return a row of the ledger as a job; `alive` unless its worker died.

    Raises:
        PromoteError: If a value is none that a ledger of previz holds.
    """
    died = not alive and row["token"] is not None
    told = {name: row[name] for name in Job.__dataclass_fields__ if name in row}
    told |= {"told_json": row["told"], "came_json": row["came"]}
    for name, value in told.items():
        if not _is_sound(name, value):
            raise PromoteError(
                f"Ledger.jobs.{name} must be {Job.__dataclass_fields__[name].type}, "
                f"got {str(value)[:40]!r}. Move ledger.sqlite away; finished takes are "
                "kept without it."
            )
    told["state"] = "queued" if died else row["state"]
    return Job(**told, interrupted=died)


_TAKE = re.compile(r"[0-9a-f]{64}")
_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "State": (str,),
    "int": (int,),
    "float": (int, float),
    "float | None": (int, float, NoneType),
}


def _is_sound(name: str, value: object) -> bool:
    """Tell whether SQLite, which keeps anything anywhere, kept what belongs there."""
    if not isinstance(value, _KINDS[str(Job.__dataclass_fields__[name].type)]):
        return False
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return value >= 0
    match name:
        case "take":  # it names a folder
            return _TAKE.fullmatch(str(value)) is not None
        case "state":
            return value in get_args(State)
        case "asked":
            return frames_in(str(value)) is not None
        case _:
            return True


def _object(text: str) -> dict[str, Any]:
    """Return a JSON object; an empty one where there is none."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
