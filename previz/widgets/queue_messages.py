"""What the queue's page and the kernel say to each other, as comm messages.

The page asks, the kernel answers; pictures travel in the buffers beside a message.
After an edit run `python -m previz.widgets.schema`.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from previz.model import Model
from previz.model.limits import LARGEST_PX

__all__ = [
    "AskChoices",
    "AskFrame",
    "AskPair",
    "AskPlan",
    "AskPromote",
    "AskQueue",
    "AskThumb",
    "CancelJob",
    "ChoicesSent",
    "FrameSent",
    "FromQueuePage",
    "LeftOutShot",
    "Ordered",
    "PairSent",
    "PlanSent",
    "PlannedShot",
    "PromotedSent",
    "QueueCard",
    "QueueSent",
    "Row",
    "SignalUse",
    "ThumbSent",
    "Tier",
    "ToQueuePage",
]

JobId = Annotated[str, Field(max_length=64, pattern=r"^[0-9A-Za-z_-]*$")]
Number = Annotated[int, Field(ge=0, le=1_000_000)]
Pixels = Annotated[int, Field(ge=16, le=LARGEST_PX)]
Shots = Annotated[
    tuple[Annotated[str, Field(max_length=80)], ...],
    Field(min_length=1, max_length=1000),
]
Quality = Literal["draft", "standard", "final"]


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


class AskFrame(Model):
    """Show a finished frame large."""

    kind: Literal["frame"] = "frame"
    job: JobId
    frame: Number


class Ordered(Model):
    """How shots are to be made.

    Attributes:
        quality: The tier.
        backend: By its name.
        size_px: Width and height; None as the tier has it.
        budget_usd: What all of it may cost; None where nothing may be charged.
        proof: Whether the first, the middle and the last frame of each are made alone.
    """

    quality: Quality = "standard"
    backend: Annotated[str, Field(max_length=80)] = "path"
    size_px: tuple[Pixels, Pixels] | None = None
    budget_usd: Annotated[float, Field(gt=0, le=100_000)] | None = None
    proof: bool = False


class AskChoices(Model):
    """Which tiers and backends are there?"""

    kind: Literal["choices"] = "choices"


class AskPlan(Model):
    """What would be done with these shots? Nothing is begun."""

    kind: Literal["plan"] = "plan"
    number: Number
    shots: Shots
    order: Ordered


class AskPromote(Model):
    """Make these shots at full quality, those that are not made or being made."""

    kind: Literal["promote"] = "promote"
    number: Number
    shots: Shots
    order: Ordered


class SignalUse(Model):
    """A control signal and what becomes of it."""

    signal: str
    fate: Literal["used", "merged", "dropped"]
    how: str


class Row(Model):
    """A line of a table: what, and how much in words.

    Attributes:
        name: What.
        value: How much.
        good: Whether it is within its limit; None where nothing is judged.
    """

    name: str
    value: str
    good: bool | None = None


class ProofFrame(Model):
    """A frame of a proof.

    Attributes:
        frame: Of the shot.
        framing: How far it is off, in words; empty where that was not measured.
        good: Whether that passes, where it was measured.
    """

    frame: int
    framing: str = ""
    good: bool | None = None


class QueueCard(Model):
    """A job as its card shows it.

    Attributes:
        job: Its id in the ledger.
        shot: Id of the shot.
        slate: Of the shot when it was promoted.
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
        proof: The frames of a proof; none of a take that is asked for whole.
        made: Numbers of finished frames, as spans of first and last.
        made_frames: How many of those that are asked for are finished.
        step: What is being done just now.
        steps_done: Of that.
        steps: Of that, in all.
        elapsed_s: How long workers were at it, in all.
        left_s: Forecast of what is left; None where nothing was measured yet.
        attempts: How often it was begun.
        plan: The plan in lines.
        uses: Every control signal.
        warnings: What to know before it is spent.
        error: Why it failed; empty if it did not.
        verdict: Of the adherence; empty before it was measured.
        adherence: Its figures.
        figures_of: What verdict and figures are of, in words, where that is a proof
            and the whole take, or a larger proof, is asked for since; else empty.
        manifest: What the take is made of, in lines.
        files: What was delivered, by name.
    """

    job: str
    shot: str = ""
    slate: str
    words: str = ""
    state: Literal[
        "queued",
        "running",
        "checking",
        "proof",
        "done",
        "review",
        "failed",
        "cancelled",
    ]
    engine: str = ""
    backend: str
    quality: str
    model: str = ""
    width_px: int
    height_px: int
    length_frames: int
    rate_fps: float
    proof: tuple[ProofFrame, ...] = ()
    made: tuple[tuple[int, int], ...] = ()
    made_frames: int = 0
    step: str = ""
    steps_done: int = 0
    steps: int = 0
    elapsed_s: float = 0.0
    left_s: float | None = None
    attempts: int = 0
    plan: tuple[Row, ...] = ()
    uses: tuple[SignalUse, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str = ""
    verdict: str = ""
    adherence: tuple[Row, ...] = ()
    figures_of: str = ""
    manifest: tuple[Row, ...] = ()
    files: tuple[str, ...] = ()


class LeftOutShot(Model):
    """A shot that a limit did not hold when the others were ordered.

    Attributes:
        slate: Of the shot.
        by: What left it out, such as "the budget".
        needs: What it would have taken, in words.
        left: What was left for it, in words.
    """

    slate: str
    by: str
    needs: str
    left: str


class QueueSent(Model):
    """How the jobs stand.

    Attributes:
        revision: Names this state.
        cards: The jobs, newest first; None where the page has this revision.
        left_out: Shots that were not ordered beside them.
        active: Whether anything goes on, so that asking again is worth it.
    """

    kind: Literal["queue"] = "queue"
    revision: str
    cards: tuple[QueueCard, ...] | None = None
    left_out: tuple[LeftOutShot, ...] = ()
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


class FrameSent(Model):
    """A finished frame; one buffer with a JPEG, or none if it is not there."""

    kind: Literal["frame"] = "frame"
    job: str
    frame: int


class Tier(Model):
    """A tier, and the size it makes where none is asked for."""

    quality: Quality
    width_px: int
    height_px: int


class ChoicesSent(Model):
    """Tiers and backends that may be ordered."""

    kind: Literal["choices"] = "choices"
    tiers: tuple[Tier, ...]
    backends: tuple[str, ...]


class PlannedShot(Model):
    """One shot of a plan.

    Attributes:
        slate: Of the shot.
        length_frames: Of its take.
        seconds: Forecast; None where nothing like it was made yet.
        cost_usd: Forecast; None where it costs nothing.
    """

    slate: str
    length_frames: int
    seconds: float | None = None
    cost_usd: float | None = None


class PlanSent(Model):
    """What an order would do.

    Attributes:
        number: Of the question.
        shots: The shots, each with its forecast.
        rows: The plan in lines, of all shots together.
        uses: Every control signal.
        warnings: What to know before it is spent.
        refused: Why the order cannot be carried out; empty if it can.
    """

    kind: Literal["plan"] = "plan"
    number: int
    shots: tuple[PlannedShot, ...] = ()
    rows: tuple[Row, ...] = ()
    uses: tuple[SignalUse, ...] = ()
    warnings: tuple[str, ...] = ()
    refused: str = ""


class PromotedSent(Model):
    """Shots are in the queue.

    Attributes:
        number: Of the question.
        jobs: Their jobs.
        left_out: Those that the budget does not hold.
        refused: Why one could not be promoted, and those after it; empty if all were.
    """

    kind: Literal["promoted"] = "promoted"
    number: int
    jobs: tuple[str, ...] = ()
    left_out: tuple[LeftOutShot, ...] = ()
    refused: str = ""


FromQueuePage: TypeAlias = Annotated[
    AskQueue | AskThumb | AskPair | AskFrame | CancelJob | AskChoices | AskPlan
    | AskPromote,
    Field(discriminator="kind"),
]  # fmt: skip
ToQueuePage: TypeAlias = (
    QueueSent | ThumbSent | PairSent | FrameSent | ChoicesSent | PlanSent | PromotedSent
)
