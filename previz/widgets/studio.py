"""The studio widget: a film directed in a cell, whole or one part of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import anywidget
import traitlets

from previz.errors import UnknownNameError
from previz.model import Film
from previz.session import Session
from previz.widgets.bundle import bundle
from previz.widgets.cells import Unowned, beside, needs_kernel
from previz.widgets.desk import Desk
from previz.widgets.messages import PARTS, Part, ToPage
from previz.widgets.playing import Playing
from previz.widgets.queue_desk import QueueDesk
from previz.widgets.stills import studio_still

__all__ = ["StudioPart", "StudioWidget"]

_FAR = 10_000_000
"""No shot has so many frames."""

_LISTS = ("outliner", "boards", "history", "cast")
"""They show no shot at first."""

StudioPart: TypeAlias = Part | Literal["studio"]
"""A part that stands alone, or all of them."""


class StudioWidget(Unowned, anywidget.AnyWidget):
    """A film's studio: what is edited in it is in the film, and the other way round.

    Any number of widgets over one film stay in step; so do the pages that show one.

    Args:
        session: The film being directed.
        part: One of `previz.widgets.messages.PARTS` alone, or "studio" for all.
        shot: Id of the shot that it opens on; empty for the first.
        character: Id of who is fitted first; empty for the first of the cast.
        playing: Its scenes, which other widgets over it may share; None for plain
            pictures of its own.
        queue: Its promotions; None where nothing can be promoted.
        height_px: Height of the whole.

    Raises:
        UnknownNameError: If there is no such part.
        MissingRuntimeError: If the front end was not built.
    """

    _part = traitlets.Unicode("studio").tag(sync=True)
    _shot = traitlets.Unicode("").tag(sync=True)
    _character = traitlets.Unicode("").tag(sync=True)
    _height_px = traitlets.Int(760).tag(sync=True)
    _at = traitlets.Dict().tag(sync=True, echo_update=False)
    _go = traitlets.Dict().tag(sync=True)
    _locked_seeds = traitlets.List(traitlets.Unicode()).tag(sync=True)
    _followed = traitlets.Bool(default_value=False).tag(sync=True)
    _desk: Desk | None = None
    _leave: Callable[[], None] | None = None

    def __init__(
        self,
        session: Session,
        *,
        part: StudioPart = "studio",
        shot: str = "",
        character: str = "",
        playing: Playing | None = None,
        queue: QueueDesk | None = None,
        height_px: int = 760,
    ) -> None:
        if part not in (*PARTS, "studio"):
            raise UnknownNameError("StudioWidget.part", part, (*PARTS, "studio"))
        self._esm = bundle("studio.js")
        self._css = bundle("studio.css")
        self._session, self._queue = session, queue
        self._playing = playing or Playing(session)
        desk = Desk(session, self._say, playing=self._playing, queue=queue)
        self._desk = desk
        super().__init__(
            _part=part, _shot=shot, _character=character, _height_px=height_px
        )
        self._playhead = session.playhead
        self._leave = session.playhead.join(self.go, self._follow)
        self._follow()
        self.on_msg(lambda _, content, buffers: desk.hear(content, buffers))
        if part not in _LISTS:
            desk.get_ready(shot)

    def close(self) -> None:
        """Close the widget in all pages; it hears of no more changes."""
        if self._desk is not None:
            self._desk.close()
        if self._leave is not None:
            self._leave()
        super().close()

    def go(self, shot: str, frame: int) -> None:
        """Move to a frame of a shot, by its id, on all pages that show the widget."""
        self._go = {"shot": shot, "frame": frame, "asked": self._go.get("asked", 0) + 1}

    def _follow(self) -> None:
        self._followed = self._playhead.followed

    @traitlets.observe("_at")
    def _moved(self, change: Any) -> None:
        at = change["new"]
        shot, frame = at.get("shot"), at.get("frame")
        if isinstance(shot, str) and isinstance(frame, int) and 0 <= frame < _FAR:
            self._playhead.moved(shot, frame)

    def _say(self, message: ToPage, payload: bytes) -> None:
        # The page reads fields that are null as such, so none is left out.
        self.send(message.model_dump(mode="json"), [payload] if payload else None)

    def __repr__(self) -> str:
        film, shot = self._session.value, self._open_shot
        many = len(film.shots)
        said = (
            f"{self._part.capitalize()} {film.title}",
            *(slate for name, slate in _slates(film) if name == shot),
            f"{many} shot{'' if many == 1 else 's'}",
        )
        return f"<{' · '.join(said)}>"

    @property
    def _open_shot(self) -> str:
        """Id of the shot that pages show, or would show; empty for none."""
        known = [name for name, _ in _slates(self._session.value)]
        first = [] if self._part in (*_LISTS, "queue") else known[:1]
        asked = (self._at.get("shot"), self._shot, *first)
        return next((name for name in asked if name in known), "")

    def _still(self) -> str:
        with self._session.held():
            html = studio_still(
                self._session.value,
                self._part,
                playing=self._playing,
                shot=self._open_shot,
                character=self._character,
                steps=self._session.history,
                queued=None if self._queue is None else self._queue.queued,
            )
        return needs_kernel(html, what="The studio")

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return beside(super()._repr_mimebundle_(**kwargs), self._still)


def _slates(film: Film) -> list[tuple[str, str]]:
    return [(shot.id, shot.slate) for _, shot in film.shots]
