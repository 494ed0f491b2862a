"""The queue widget: promoted shots as a render queue, live while they are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import anywidget
import traitlets
from pydantic import TypeAdapter, ValidationError

from previz.widgets.bundle import bundle
from previz.widgets.cells import Unowned, beside, needs_kernel
from previz.widgets.queue_desk import Queued, QueueDesk
from previz.widgets.queue_html import queue_html
from previz.widgets.queue_messages import FromQueuePage, LeftOutShot, ToQueuePage

__all__ = ["QueueWidget", "Queued"]

_HEARD: TypeAdapter[FromQueuePage] = TypeAdapter(FromQueuePage)


class QueueWidget(Unowned, anywidget.AnyWidget):
    """Promoted shots: plan, progress, pictures, checks; cancel stops one.

    The page asks how they stand for as long as it is looked at, so that nothing goes on
    in a kernel whose notebook is closed.

    Args:
        queued: The jobs.
        alone: Whether it is one job's card, which is opened at once.
        left_out: Shots that a budget or hours left out beside them.

    Raises:
        MissingRuntimeError: If the front end was not built.
    """

    _alone = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(
        self,
        queued: Queued,
        *,
        alone: bool = False,
        left_out: tuple[LeftOutShot, ...] = (),
    ) -> None:
        self._esm = bundle("queue.js")
        self._css = bundle("queue.css")
        self._queued, self._left_out = queued, left_out
        self._desk = QueueDesk(queued, left_out=left_out)
        super().__init__(_alone=alone)
        self.on_msg(lambda _, content, __: self.hear(content))

    def hear(self, content: object) -> None:
        """Answer a page; what is no question is not answered."""
        try:
            asked = _HEARD.validate_python(content)
        except ValidationError:
            return
        self._desk.answer(asked, self._say)

    def _say(self, message: ToQueuePage, buffers: Sequence[bytes]) -> None:
        self.send(message.model_dump(mode="json"), list(buffers) or None)

    def __repr__(self) -> str:
        states = Counter(card.state for card in self._queued.cards())
        said = ", ".join(f"{many} {state}" for state, many in states.items())
        told = [said or "nothing promoted yet"]
        for by in dict.fromkeys(shot.by for shot in self._left_out):
            slates = [shot.slate for shot in self._left_out if shot.by == by]
            told.append(f"left out by {by}: {', '.join(slates)}")
        return f"<Queue · {' · '.join(told)}>"

    def _still(self) -> str:
        return needs_kernel(queue_html(self._queued, self._left_out), what="The queue")

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return beside(super()._repr_mimebundle_(**kwargs), self._still)
