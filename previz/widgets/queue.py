"""The queue widget: promoted shots as a render queue, live while they are made."""

from __future__ import annotations

import hashlib
from typing import Any, Protocol

import anywidget
import traitlets
from pydantic import TypeAdapter, ValidationError

from previz.errors import PrevizError
from previz.widgets.bundle import bundle
from previz.widgets.queue_html import queue_html
from previz.widgets.queue_messages import (
    AskPair,
    AskQueue,
    AskThumb,
    CancelJob,
    FromQueuePage,
    PairSent,
    QueueCard,
    QueueSent,
    ThumbSent,
    ToQueuePage,
)

__all__ = ["QueueWidget", "Queued"]

_OPEN = frozenset({"queued", "running", "checking"})
_HEARD: TypeAdapter[AskQueue | AskThumb | AskPair | CancelJob] = TypeAdapter(
    FromQueuePage
)


class Queued(Protocol):
    """Jobs as a queue shows them."""

    def cards(self) -> tuple[QueueCard, ...]:
        """Return the jobs, newest first."""

    def thumb(self, job: str, frame: int) -> bytes | None:
        """Return a finished frame as a small JPEG, or None if it is not there."""

    def pair(self, job: str, frame: int) -> tuple[bytes, bytes] | None:
        """Return a frame and its preview as JPEG, or None if it is not there."""

    def cancel(self, job: str) -> None:
        """Stop a job within a step."""


class QueueWidget(anywidget.AnyWidget):
    """Promoted shots: plan, progress, pictures, checks; cancel stops one.

    The page asks how they stand for as long as it is looked at, so that nothing goes on
    in a kernel whose notebook is closed.

    Args:
        queued: The jobs.
        alone: Whether it is one job's card, which is opened at once.

    Raises:
        MissingRuntimeError: If the front end was not built.
    """

    _alone = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(self, queued: Queued, *, alone: bool = False) -> None:
        self._esm = bundle("queue.js")
        self._css = bundle("queue.css")
        self._queued = queued
        super().__init__(_alone=alone)
        self.on_msg(lambda _, content, __: self.hear(content))

    def hear(self, content: object) -> None:
        """Answer a page; what is no question is not answered."""
        try:
            asked = _HEARD.validate_python(content)
        except ValidationError:
            return
        match asked:
            case AskQueue(seen=seen):
                self._tell_queue(seen)
            case AskThumb(job=job, frame=frame):
                thumb = self._queued.thumb(job, frame)
                answer = ThumbSent(job=job, frame=frame)
                self._say(answer, () if thumb is None else (thumb,))
            case AskPair(job=job, frame=frame):
                pair = self._queued.pair(job, frame)
                self._say(PairSent(job=job, frame=frame), pair or ())
            case CancelJob(job=job):
                self._cancel(job)

    def _cancel(self, job: str) -> None:
        try:
            self._queued.cancel(job)
        except PrevizError:
            # A job that is no more needs no stopping: the next look says so.
            return

    def _tell_queue(self, seen: str) -> None:
        cards = self._queued.cards()
        told = "".join(card.model_dump_json() for card in cards)
        revision = hashlib.sha256(told.encode()).hexdigest()[:16]
        answer = QueueSent(
            revision=revision,
            cards=None if revision == seen else cards,
            active=any(card.state in _OPEN for card in cards),
        )
        self._say(answer, ())

    def _say(self, message: ToQueuePage, buffers: tuple[bytes, ...]) -> None:
        self.send(message.model_dump(mode="json"), list(buffers) or None)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        shown = super()._repr_mimebundle_(**kwargs)
        if shown is None:
            return shown
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        return data | {"text/html": queue_html(self._queued)}, metadata
