"""Frames of a proof, each beside its preview, where there is no script to draw them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape

from previz.widgets.queue_messages import ProofFrame, QueueCard

__all__ = ["Pair", "proof_html"]

Pair = Callable[[str, int], tuple[bytes, bytes] | None]
"""Returns a job's frame and its preview as JPEG, or None if it is not there."""

_TAG = (
    "position:absolute;left:6px;bottom:5px;padding:1px 5px;border-radius:3px;"
    "background:rgba(0,0,0,.55);color:#eee;font-size:10px;line-height:1.4"
)
_SMALL_PX = 200
"""Pictures less long have smaller words below, which stand in one line then."""
_GOOD = {True: "#3f9b6b", False: "#d9822b", None: "inherit"}


def proof_html(card: QueueCard, pair: Pair, longest_px: int) -> str:
    """Return the frames of a proof side by side, the preview above, as HTML.

    Args:
        card: The job.
        pair: Its pictures.
        longest_px: The longest side of those in pixels.
    """
    cells = "".join(
        _cell(card, frame, pair, longest_px, tagged=number == 0)
        for number, frame in enumerate(card.proof)
    )
    return (
        f'<div style="display:flex;flex-wrap:wrap;gap:6px;margin:7px 0">{cells}</div>'
    )


def _cell(
    card: QueueCard, frame: ProofFrame, pair: Pair, longest_px: int, *, tagged: bool
) -> str:
    both = pair(card.job, frame.frame)
    made, preview = (None, None) if both is None else both
    names = ("preview", "promoted") if tagged else ("", "")
    pictures = "".join(
        _picture(card, jpeg, name)
        for jpeg, name in ((preview, names[0]), (made, names[1]))
    )
    framing = (
        f' · <span style="color:{_GOOD[frame.good]}">framing {escape(frame.framing)}'
        "</span>"
        if frame.framing
        else ""
    )
    return (
        f'<div style="flex:1 1 {min(140, longest_px * 3 // 4)}px;min-width:0;'
        f'max-width:{min(320, longest_px + longest_px // 4)}px">'
        f'{pictures}<div style="font-size:{10 if longest_px < _SMALL_PX else 11}px">'
        f"{frame.frame}{framing}</div></div>"
    )


def _picture(card: QueueCard, jpeg: bytes | None, name: str) -> str:
    ratio = f"aspect-ratio:{card.width_px}/{card.height_px}"
    tag = f'<span style="{_TAG}">{name}</span>' if name else ""
    if jpeg is None:
        shown = f'<div style="{ratio};background:#0c0d0e"></div>'
    else:
        source = base64.b64encode(jpeg).decode()
        shown = (
            f'<img alt="{escape(card.slate)}" style="display:block;width:100%;margin:0;'
            f'{ratio}" src="data:image/jpeg;base64,{source}">'
        )
    return f'<div style="position:relative;margin-bottom:2px">{shown}{tag}</div>'
