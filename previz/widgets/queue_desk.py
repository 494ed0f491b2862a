"""A queue without its comm: what a page asks of promotions is answered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from typing import Protocol

from previz.errors import PrevizError
from previz.widgets.queue_messages import (
    AskChoices,
    AskFrame,
    AskPair,
    AskPlan,
    AskPromote,
    AskQueue,
    AskThumb,
    CancelJob,
    ChoicesSent,
    FrameSent,
    FromQueuePage,
    LeftOutShot,
    PairSent,
    PlanSent,
    PromotedSent,
    QueueCard,
    QueueSent,
    ThumbSent,
    ToQueuePage,
)
from previz.widgets.slices import Slices

__all__ = ["Orders", "QueueDesk", "Queued"]

_OPEN = frozenset({"queued", "running", "checking"})

Say = Callable[[ToQueuePage, Sequence[bytes]], None]
"""Takes a message to the page, and the pictures beside it."""


class Queued(Protocol):
    """Jobs as a queue shows them."""

    def cards(self) -> tuple[QueueCard, ...]:
        """Return the jobs, newest first."""

    def thumb(self, job: str, frame: int) -> bytes | None:
        """Return a finished frame as a small JPEG, or None if it is not there."""

    def frame(self, job: str, frame: int) -> bytes | None:
        """Return a finished frame as a large JPEG, or None if it is not there."""

    def pair(self, job: str, frame: int) -> tuple[bytes, bytes] | None:
        """Return a frame and its preview as JPEG, or None if it is not there."""

    def small_pair(self, job: str, frame: int) -> tuple[bytes, bytes] | None:
        """Return the same as small JPEG."""

    def cancel(self, job: str) -> None:
        """Stop a job within a step."""


class Orders(Protocol):
    """A film whose shots a page may promote."""

    def choices(self) -> ChoicesSent:
        """Return the tiers and backends there are."""

    def plan(self, asked: AskPlan) -> PlanSent:
        """Return what an order would do; nothing is begun."""

    def promote(self, asked: AskPromote) -> Generator[None, None, PromotedSent]:
        """Queue shots, and have them made, in steps of some milliseconds."""


class QueueDesk:
    """Answers a queue's page, in a cell of its own or in the studio.

    Args:
        queued: The jobs.
        orders: Where more may be promoted; None where the page only looks on.
        left_out: Shots that were not ordered beside the jobs.
        held: Keeps other threads from the film while a shot is read in steps.
    """

    def __init__(
        self,
        queued: Queued,
        orders: Orders | None = None,
        *,
        left_out: tuple[LeftOutShot, ...] = (),
        held: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._queued, self._orders, self._left_out = queued, orders, left_out
        self._orderings = count()
        # What was asked for is begun, also where its page is closed meanwhile.
        self._slices = Slices(held, _ignored)

    @property
    def queued(self) -> Queued:
        """The jobs."""
        return self._queued

    def answer(self, asked: FromQueuePage, say: Say) -> None:
        """Answer a question."""
        match asked:
            case AskQueue(seen=seen):
                say(self._queue(seen), ())
            case AskThumb(job=job, frame=frame):
                thumb = self._queued.thumb(job, frame)
                say(ThumbSent(job=job, frame=frame), () if thumb is None else (thumb,))
            case AskFrame(job=job, frame=frame):
                large = self._queued.frame(job, frame)
                say(FrameSent(job=job, frame=frame), () if large is None else (large,))
            case AskPair(job=job, frame=frame):
                pair = self._queued.pair(job, frame)
                say(PairSent(job=job, frame=frame), pair or ())
            case CancelJob(job=job):
                self._cancel(job)
            case _:
                self._order(asked, say)

    def _order(self, asked: AskChoices | AskPlan | AskPromote, say: Say) -> None:
        orders = self._orders
        if orders is None:
            return
        match asked:
            case AskChoices():
                say(orders.choices(), ())
            case AskPlan():
                try:
                    say(orders.plan(asked), ())
                except PrevizError as error:
                    say(PlanSent(number=asked.number, refused=str(error)), ())
            case AskPromote():
                steps = _promoting(orders, asked, say)
                self._slices.start(f"promote {next(self._orderings)}", steps)

    def _cancel(self, job: str) -> None:
        try:
            self._queued.cancel(job)
        except PrevizError:
            # A job that is no more needs no stopping: the next look says so.
            return

    def _queue(self, seen: str) -> QueueSent:
        cards = self._queued.cards()
        told = "".join(card.model_dump_json() for card in cards)
        revision = hashlib.sha256(told.encode()).hexdigest()[:16]
        return QueueSent(
            revision=revision,
            cards=None if revision == seen else cards,
            left_out=self._left_out,
            active=any(card.state in _OPEN for card in cards),
        )


def _promoting(
    orders: Orders, asked: AskPromote, say: Say
) -> Generator[None, None, None]:
    """Promote shots; whatever comes of it, the page that waits hears of it."""
    try:
        made = yield from orders.promote(asked)
    except PrevizError as error:
        made = PromotedSent(number=asked.number, refused=str(error))
    except Exception as error:
        text = f"previz failed at a promotion: {error!r:.200}. Please report it."
        say(PromotedSent(number=asked.number, refused=text), ())
        raise
    say(made, ())


def _ignored(error: Exception) -> None:
    """Hear of an error that the page was told of."""
