"""Drawn in lines: ink, pencil, and a board artist's marker."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.looks.hatch import Strokes, hatch
from previz.render.looks.lines import Lines, Pen, draw_lines
from previz.render.looks.sheet import Sheet, halved, paper_tooth, rises
from previz.render.looks.wash import kuwahara

__all__ = ["ink", "pencil", "storyboard"]

_Colour = tuple[float, float, float]
_CREAM, _BLACK = (250.0, 247.0, 240.0), (20.0, 20.0, 26.0)
_WHITE, _GRAPHITE = (247.0, 246.0, 242.0), (46.0, 46.0, 52.0)


def ink(sheet: Sheet) -> NDArray[np.uint8]:
    """Draw with a brush pen: outlines, two layers of hatching, solid blacks."""
    lines = draw_lines(sheet.buffers, Pen(0.5 + sheet.height_px / 300))
    dark = _spared(sheet, lines)
    spacing = 2.2 + sheet.height_px / 150
    first = hatch(sheet.buffers, dark, Strokes(spacing, 38, 0.42, 0.76, 0.6))
    second = hatch(sheet.buffers, dark, Strokes(spacing, -26, 0.6, 0.85, 0.7))
    solid = rises(dark, 0.66, 0.71)
    bare = (1 - lines.ink) * (1 - np.maximum(first, second)) * (1 - solid)
    bare *= 1 - sheet.features
    return _on_paper(1 - halved(bare), paper=_CREAM, pigment=_BLACK)


def pencil(sheet: Sheet) -> NDArray[np.uint8]:
    """Draw with graphite: soft shading, strokes and lines that catch the tooth."""
    pen = Pen(0.55 + sheet.height_px / 340, outline=0.85, wobble_px=0.5)
    lines = draw_lines(sheet.buffers, pen)
    dark = _spared(sheet, lines)
    spacing = 2.0 + sheet.height_px / 170
    strokes = hatch(sheet.buffers, dark, Strokes(spacing, 41, 0.3, 0.7, 0.75))
    crossed = hatch(sheet.buffers, dark, Strokes(spacing, 12, 0.58, 0.9, 0.8))
    pressed = 0.62 * rises(dark, 0.34, 1.0) + 0.2 * strokes + 0.22 * crossed
    pressed = np.maximum(pressed, 0.8 * sheet.features)
    pressed = np.maximum(pressed + 0.3 * lines.ink, 0.86 * lines.ink)
    tooth = paper_tooth(*pressed.shape)
    caught = np.clip(pressed * (0.8 + 0.8 * tooth), 0, 1)
    cover = halved(np.asarray(caught, np.float32))
    return _on_paper(0.94 * cover, paper=_WHITE, pigment=_GRAPHITE)


def storyboard(sheet: Sheet) -> NDArray[np.uint8]:
    """Draw as boards are: a black line over three greys of marker."""
    lines = draw_lines(sheet.buffers, Pen(0.6 + sheet.height_px / 260))
    dark = halved(sheet.darkness)
    flat = kuwahara(np.repeat(dark[..., None], 3, axis=2), reach=2)[..., 0]
    grey = 0.2 * rises(flat, 0.4, 0.44) + 0.24 * rises(flat, 0.56, 0.6)
    grey = grey + 0.34 * rises(flat, 0.72, 0.76)
    streaks = halved(
        hatch(
            sheet.buffers,
            np.ones_like(sheet.darkness),
            Strokes(7.0 + sheet.height_px / 50, 33, 0.0, 1.0, 0.5),
        )
    )
    grey = grey * (0.94 + 0.1 * streaks) * (1 - 0.8 * halved(lines.halo))
    drawn = halved(np.maximum(lines.ink, sheet.features))
    cover = 1 - (1 - grey) * (1 - drawn)
    return _on_paper(cover, paper=_WHITE, pigment=(24.0, 26.0, 32.0))


def _spared(sheet: Sheet, lines: Lines) -> NDArray[np.float32]:
    """Return the darkness, lighter where a rim of paper parts near from far."""
    return np.asarray(sheet.darkness * (1 - 0.85 * lines.halo), np.float32)


def _on_paper(
    cover: NDArray[np.float32], *, paper: _Colour, pigment: _Colour
) -> NDArray[np.uint8]:
    tooth = paper_tooth(*cover.shape, blur=2)
    ground = np.array(paper) + 4.0 * (tooth[..., None] - 0.5)
    mixed = ground + (np.array(pigment) - ground) * cover[..., None]
    return np.asarray(np.clip(mixed, 0, 255) + 0.5, np.uint8)
