"""The stage widget: one shot in 3D, to look round in and to play; read-only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from previz.model import Shot
from previz.session import Playhead
from previz.widgets.baking import bake
from previz.widgets.bundle import bundle
from previz.widgets.cells import Unowned, beside, needs_kernel
from previz.widgets.payload import StageLike
from previz.widgets.protocol import StageAnswer, StageHeader

__all__ = ["StageWidget"]

# What the browser sends is not echoed to it: a late echo would undo the next step.
_FROM_BROWSER = {"sync": True, "echo_update": False}


def _binary() -> traitlets.Bytes:
    # The browser sends a memoryview, which Bytes refuses without a word.
    return traitlets.Bytes().tag(
        from_json=lambda value, _: bytes(value), **_FROM_BROWSER
    )


class StageWidget(Unowned, anywidget.AnyWidget):
    """One shot on its stage: orbit round it, look through the lens, play it.

    Args:
        stage: The stage of the shot's scene.
        shot: A shot of that scene.
        fallback_html: What a page without a kernel shows instead, such as an inline
            poster or clip; it is put into the page as it is.
        height_px: Height of the picture area.
        playhead: Of the film's session: what follows it follows this widget too.

    Attributes:
        frame: The shot frame that is shown; set it to move there.
        header: The shot, as `previz.widgets.protocol.StageHeader`.
        still: PNG of the last still that was grabbed in the browser.
        answer: What the browser decoded, or None before it has painted.
    """

    frame = traitlets.Int(0).tag(**_FROM_BROWSER)
    still = _binary()
    _header = traitlets.Unicode().tag(sync=True)
    _payload = _binary()
    _answer = traitlets.Dict().tag(**_FROM_BROWSER)
    _height_px = traitlets.Int(450).tag(sync=True)
    _leave: Callable[[], None] | None = None

    def __init__(
        self,
        stage: StageLike,
        shot: Shot,
        *,
        fallback_html: str = "",
        height_px: int = 450,
        playhead: Playhead | None = None,
    ) -> None:
        self._esm = bundle("stage.js")
        self._css = bundle("stage.css")
        self._fallback_html = fallback_html
        header, payload = bake(stage, shot)
        super().__init__(
            _header=header.model_dump_json(), _payload=payload, _height_px=height_px
        )
        self._leave = None if playhead is None else self._join(playhead, shot.id)

    def close(self) -> None:
        """Close the widget in all pages; no curve moves it any more."""
        if self._leave is not None:
            self._leave()
        super().close()

    def _join(self, playhead: Playhead, shot: str) -> Callable[[], None]:
        def go(to: str, frame: int) -> None:
            if to == shot:
                self.frame = frame

        self.observe(lambda change: playhead.moved(shot, change["new"]), "frame")
        return playhead.join(go, lambda: None)

    @property
    def header(self) -> StageHeader:
        """The shot as the browser got it."""
        return StageHeader.from_json(self._header)

    @property
    def answer(self) -> StageAnswer | None:
        """What the browser decoded and painted, or None before it has."""
        return StageAnswer(**self._answer) if self._answer else None

    @traitlets.validate("frame")
    def _frame_within_shot(self, proposal: Any) -> int:
        last = self.header.shot.length_frames - 1 if self._header else 0
        return min(max(int(proposal["value"]), 0), last)

    def __repr__(self) -> str:
        if not self._header:
            return "<Stage>"
        shot = self.header.shot
        return f"<Stage {shot.slate} · {shot.length_frames} frames>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        html = needs_kernel(self._fallback_html, what="The shot's stage")
        return beside(super()._repr_mimebundle_(**kwargs), lambda: html)
