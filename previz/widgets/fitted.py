"""Pictures in a page that a notebook keeps: as large as all of them may be together."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from previz.widgets.proof_html import Pair
from previz.widgets.queue_messages import QueueCard

__all__ = ["LARGEST_BYTES", "fitted"]

LARGEST_BYTES = 4_000_000
"""Of a page's HTML, its pictures in it: a notebook of larger cells opens slowly."""

_SIZES = ((320, 85), (256, 80), (208, 76), (168, 72), (136, 68), (112, 64))
"""Longest sides of pictures in pixels and their JPEG quality, the largest first."""

Draw = Callable[[QueueCard, Pair, int], str]
"""Returns the HTML of a card, with pictures of the longest side in pixels."""


def fitted(
    cards: Sequence[QueueCard],
    draw: Draw,
    pair: Pair,
    *,
    most_bytes: int = LARGEST_BYTES,
) -> tuple[list[str], int]:
    """Return the HTML of cards with the largest pictures that leave room for all.

    Where there is none with the smallest pictures either, the last cards are missing.

    Args:
        cards: What is drawn.
        draw: Draws one.
        pair: Their pictures, at most 320 pixels long.
        most_bytes: What all of it may be.

    Returns:
        Each card's HTML, and the longest side of the pictures in pixels.
    """
    pair = cache(pair)
    drawn: list[str] = []
    longest_px = _SIZES[0][0]
    for longest_px, quality in _SIZES:
        small = partial(_smaller, pair, longest_px, quality)
        drawn = _while_room(
            (draw(card, small, longest_px) for card in cards), most_bytes
        )
        if len(drawn) == len(cards):
            break
    return drawn, longest_px


def _while_room(parts: Iterable[str], most_bytes: int) -> list[str]:
    kept: list[str] = []
    for part in parts:
        most_bytes -= len(part.encode())
        if most_bytes < 0:
            break
        kept.append(part)
    return kept


def _smaller(
    pair: Pair, longest_px: int, quality: int, job: str, frame: int
) -> tuple[bytes, bytes] | None:
    both = pair(job, frame)
    if both is None or longest_px == _SIZES[0][0]:
        return both
    made, preview = (_jpeg(jpeg, longest_px, quality) for jpeg in both)
    return made, preview


def _jpeg(jpeg: bytes, longest_px: int, quality: int) -> bytes:
    from PIL import Image

    raw = io.BytesIO()
    with Image.open(io.BytesIO(jpeg)) as image:
        image.thumbnail((longest_px, longest_px))
        image.convert("RGB").save(raw, "JPEG", quality=quality, optimize=True)
    return raw.getvalue()
