"""What the queue's page and the kernel say to each other, as comm messages.

The page asks, the kernel answers; pictures travel in the buffers beside a message.
After an edit run `python -m previz.widgets.schema`.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from previz.model import Model

__all__ = [
    "AskPair",
    "AskQueue",
    "AskThumb",
    "CancelJob",
    "Figure",
    "FromQueuePage",
    "PairSent",
    "QueueCard",
    "QueueSent",
    "SignalUse",
    "ThumbSent",
    "ToQueuePage",
]

JobId = Annotated[str, Field(max_length=64)]
Number = Annotated[int, Field(ge=0, le=1_000_000)]


class AskQueue(Model):
    """How do the jobs stand? Asked again and again while something is looked at.

    Attributes:
        seen: The revision the page has; the same one is not sent again.
    """

    kind: Literal["queue"] = "queue"
    seen: str = ""


class AskThumb(Model):
    """Show a finished frame small."""

    kind: Literal["thumb"] = "thumb"
    job: JobId
    frame: Number


class AskPair(Model):
    """Show a finished frame and the preview's of the same moment."""

    kind: Literal["pair"] = "pair"
    job: JobId
    frame: Number


class CancelJob(Model):
    """Stop a job within a step; its finished frames are kept."""

    kind: Literal["cancel"] = "cancel"
    job: JobId


class SignalUse(Model):
    """A control signal and what becomes of it."""

    signal: str
    fate: Literal["used", "merged", "dropped"]
    how: str


class Figure(Model):
    """A line of a table: what, and how much in words.

    Attributes:
        name: What.
        value: How much.
        good: Whether it is within its limit; None where nothing is judged.
    """

    name: str
    value: str
    good: bool | None = None


class QueueCard(Model):
    """A job as its card shows it.

    Attributes:
        job: Its id in the ledger.
        slate: Of the shot.
        words: The shot in film words.
        state: As in the ledger.
        engine: Where it is made.
        backend: What makes it.
        quality: The tier.
        model: Weights, or paths a pixel.
        width_px: Of the pictures.
        height_px: Of the pictures.
        length_frames: Of the take.
        rate_fps: Of the film.
        made: Numbers of finished frames, as spans of first and last.
        made_frames: How many those are.
        step: What is being done just now.
        steps_done: Of that.
        steps: Of that, in all.
        elapsed_s: Since it began to be made; 0 while it waits.
        left_s: Forecast of what is left; None where nothing was measured yet.
        attempts: How often it was begun.
        plan: The plan in lines.
        uses: Every control signal.
        warnings: What to know before it is spent.
        error: Why it failed; empty if it did not.
        verdict: Of the adherence; empty before it was measured.
        adherence: Its figures.
        manifest: What the take is made of, in lines.
        files: What was delivered, by name.
    """

    job: str
    slate: str
    words: str = ""
    state: Literal[
        "queued", "running", "checking", "done", "review", "failed", "cancelled"
    ]
    engine: str = ""
    backend: str
    quality: str
    model: str = ""
    width_px: int
    height_px: int
    length_frames: int
    rate_fps: float
    made: tuple[tuple[int, int], ...] = ()
    made_frames: int = 0
    step: str = ""
    steps_done: int = 0
    steps: int = 0
    elapsed_s: float = 0.0
    left_s: float | None = None
    attempts: int = 0
    plan: tuple[Figure, ...] = ()
    uses: tuple[SignalUse, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str = ""
    verdict: str = ""
    adherence: tuple[Figure, ...] = ()
    manifest: tuple[Figure, ...] = ()
    files: tuple[str, ...] = ()


class QueueSent(Model):
    """How the jobs stand.

    Attributes:
        revision: Names this state.
        cards: The jobs, newest first; None where the page has this revision.
        active: Whether anything goes on, so that asking again is worth it.
    """

    kind: Literal["queue"] = "queue"
    revision: str
    cards: tuple[QueueCard, ...] | None = None
    active: bool = False


class ThumbSent(Model):
    """A finished frame, small; one buffer with a JPEG, or none if it is not there."""

    kind: Literal["thumb"] = "thumb"
    job: str
    frame: int


class PairSent(Model):
    """Two buffers of JPEG: the take's frame and the preview's; none if not there."""

    kind: Literal["pair"] = "pair"
    job: str
    frame: int


FromQueuePage: TypeAlias = Annotated[
    AskQueue | AskThumb | AskPair | CancelJob, Field(discriminator="kind")
]
ToQueuePage: TypeAlias = QueueSent | ThumbSent | PairSent
