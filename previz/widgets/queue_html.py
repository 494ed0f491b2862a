"""The queue where there is no kernel: as it stood when its cell was run."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from previz.widgets.fitted import fitted
from previz.widgets.proof_html import Pair, proof_html
from previz.widgets.queue_messages import LeftOutShot, QueueCard, Row

if TYPE_CHECKING:
    from previz.widgets.queue_desk import Queued

__all__ = ["duration", "left_out_html", "queue_html"]

_MOST_CARDS = 24
"""With pictures: a page of a hundred takes would not open."""
_STATES = {
    "queued": ("Waiting", "#777"),
    "running": ("Running", "#b06a00"),
    "checking": ("Checking", "#b06a00"),
    "proof": ("Proof", "#17784c"),
    "done": ("Done", "#17784c"),
    "review": ("Review", "#b06a00"),
    "failed": ("Failed", "#b3261e"),
    "cancelled": ("Cancelled", "#777"),
}
_STYLE = "font:12px/1.5 system-ui,sans-serif"
_QUIET = "opacity:.7"


def queue_html(queued: Queued, left_out: tuple[LeftOutShot, ...] = ()) -> str:
    """Return the jobs as HTML that needs no script and no style sheet, 4 MB at most.

    Args:
        queued: The jobs.
        left_out: Shots that were not ordered beside them.
    """
    cards = queued.cards()
    drawn, _ = fitted(
        cards[:_MOST_CARDS],
        lambda card, pair, longest_px: _row(card, queued, pair, longest_px),
        queued.small_pair,
    )
    rows, more = "".join(drawn), len(cards) - len(drawn)
    if more > 0:
        rows += f'<p style="{_QUIET}">and {more} older</p>'
    rows += left_out_html(left_out)
    return f'<div style="{_STYLE}">{rows or "Nothing is promoted yet."}</div>'


def left_out_html(left_out: tuple[LeftOutShot, ...]) -> str:
    """Return shots that limits left out, each with what it would take, as HTML."""
    return "".join(
        _left_out_by(by, [shot for shot in left_out if shot.by == by])
        for by in dict.fromkeys(shot.by for shot in left_out)
    )


def _left_out_by(by: str, shots: Sequence[LeftOutShot]) -> str:
    rows = "".join(
        f'<tr><td style="text-align:left;padding:0 12px 0 0"><b>{escape(shot.slate)}'
        f'</b></td><td style="text-align:left">{escape(shot.needs)} '
        f'<span style="{_QUIET}">· {escape(shot.left)}</span></td></tr>'
        for shot in shots
    )
    return (
        '<div style="padding:8px 0;border-top:1px solid rgba(128,128,128,.35)">'
        f'<b style="color:#b06a00">Left out by {escape(by)}</b> '
        f'<span style="{_QUIET}">{len(shots)} shot{"" if len(shots) == 1 else "s"}, '
        f'not in the queue</span><table style="{_STYLE}">{rows}</table></div>'
    )


def duration(seconds: float) -> str:
    """Return a length of time as people say it: 45 s, 3:20, 2:05:10."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    hours, minutes = whole // 3600, whole // 60 % 60
    if hours:
        return f"{hours}:{minutes:02d}:{whole % 60:02d}"
    return f"{minutes}:{whole % 60:02d}"


def _row(card: QueueCard, queued: Queued, pair: Pair, longest_px: int) -> str:
    word, color = _STATES[card.state]
    asked = len(card.proof) or card.length_frames
    done = 100 * card.made_frames / max(asked, 1)
    maker = "" if card.model.startswith(card.backend) else card.backend
    spec = (maker, card.model, card.quality, _size(card), card.engine)
    told = [f"{card.made_frames} of {asked} frames"]
    if card.proof:
        told.append(f"proof of {card.length_frames}")
    if card.elapsed_s:
        told.append(duration(card.elapsed_s))
    if card.left_s is not None:
        told.append(f"{duration(card.left_s)} left")
    proof = proof_html(card, pair, longest_px) if card.proof and card.made else ""
    return (
        '<div style="display:flex;align-items:flex-start;gap:12px;padding:8px 0;'
        'border-top:1px solid rgba(128,128,128,.35)">'
        f"{'' if proof else _picture(card, queued)}"
        '<div style="flex:1;min-width:0">'
        f'<b style="font-size:14px">{escape(card.slate)}</b> '
        f'<span style="{_QUIET}">{escape(card.words)}</span> '
        f'<b style="color:{color}">{word}</b>'
        f'<div style="{_QUIET}">{_dotted(spec)}</div>'
        '<div style="height:5px;margin:5px 0;background:rgba(128,128,128,.25)">'
        f'<div style="height:5px;width:{done:.1f}%;background:{color}"></div></div>'
        f'<div style="{_QUIET}">{_dotted(told)}</div>'
        f"{_error(card)}{proof}{_tables(card)}</div></div>"
    )


def _size(card: QueueCard) -> str:
    return f"{card.width_px} × {card.height_px}"


def _dotted(parts: Iterable[str]) -> str:
    return escape(" · ".join(part for part in parts if part))


def _picture(card: QueueCard, queued: Queued) -> str:
    last = card.made[-1][1] if card.made else None
    jpeg = None if last is None else queued.thumb(card.job, last)
    ratio = f"width:160px;aspect-ratio:{card.width_px}/{card.height_px}"
    if jpeg is None:
        return f'<div style="flex:none;{ratio};background:#0c0d0e"></div>'
    source = base64.b64encode(jpeg).decode()
    return (
        f'<img alt="{escape(card.slate)}" style="flex:none;margin:0;{ratio}" '
        f'src="data:image/jpeg;base64,{source}">'
    )


def _error(card: QueueCard) -> str:
    if not card.error:
        return ""
    return f'<div style="color:#b3261e">{escape(card.error)}</div>'


def _tables(card: QueueCard) -> str:
    uses = tuple(
        Row(name=use.signal, value=f"{use.fate}: {use.how}") for use in card.uses
    )
    return "".join(
        _table(title, rows)
        for title, rows in (
            (f"{_adherence(card)}: {card.verdict}", card.adherence),
            ("Plan", card.plan),
            ("Control signals", uses),
            ("Manifest", card.manifest),
        )
        if rows
    )


def _adherence(card: QueueCard) -> str:
    return f"Adherence of {card.figures_of}" if card.figures_of else "Adherence"


def _table(title: str, rows: tuple[Row, ...]) -> str:
    lines = "".join(
        f'<tr><td style="text-align:left;{_QUIET}">{escape(row.name)}</td>'
        f'<td style="text-align:left">{escape(row.value)}</td></tr>'
        for row in rows
    )
    return (
        f"<details><summary>{escape(title)}</summary>"
        f'<table style="{_STYLE}">{lines}</table></details>'
    )
