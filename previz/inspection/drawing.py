"""Values on a plan and in a section of a set, as a drawing."""

from __future__ import annotations

import base64
import io
from html import escape

import numpy as np
from numpy.typing import NDArray

from previz.inspection.grid import Grid
from previz.inspection.palette import colored, css_gradient
from previz.model import Scene
from previz.report.plan_set import draw_set
from previz.report.sheet import Sheet
from previz.stage import Geometry

__all__ = ["legend_html", "plan_sheet", "section_sheet", "sheets_html"]

_FINER = 4
_OPACITY = 0.8
_CUT_INK = "#d6d4ce"


def plan_sheet(
    scene: Scene,
    grid: Grid,
    share: NDArray[np.float64],
    palette: NDArray[np.float64],
    *,
    lines: int,
) -> Sheet:
    """Return the plan of a set with values laid over it.

    Args:
        scene: The scene.
        grid: A flat grid, `Grid.flat(1, …)`.
        share: 0 to 1 at its points, NaN where there is none, shape (n,).
        palette: Their colours.
        lines: In how many steps lines of equal value part them.
    """
    (left, _, top), (right, _, bottom) = grid.low_m, grid.high_m
    pad = 0.35
    sheet = Sheet((left - pad, top - pad, right + pad, bottom + pad))
    draw_set(sheet, scene.set)
    png = _picture(share.reshape(grid.shape)[:, 0].T, palette, lines)
    sheet.picture(png, (left, top, right, bottom), opacity=_OPACITY)
    return sheet


def section_sheet(
    grid: Grid,
    share: NDArray[np.float64],
    palette: NDArray[np.float64],
    *,
    lines: int,
    cut: list[Geometry],
) -> Sheet:
    """Return a section along x with values in it, and what it cuts as lines.

    Args:
        grid: A flat grid, `Grid.flat(2, …)`.
        share: As for `plan_sheet`.
        palette: Their colours.
        lines: As for `plan_sheet`.
        cut: What the section cuts through.
    """
    (left, low, at), (right, high, _) = grid.low_m, grid.high_m
    pad = 0.35
    sheet = Sheet((left - pad, -high - pad, right + pad, -low + pad))
    png = _picture(share.reshape(grid.shape)[:, ::-1, 0].T, palette, lines)
    sheet.picture(png, (left, -high, right, -low), opacity=_OPACITY)
    for geometry in cut:
        for a, b in _cut_lines(geometry, float(at)):
            if max(a[0], b[0]) > left - pad and min(a[0], b[0]) < right + pad:
                start, end = (a[0], 0.0, -a[1]), (b[0], 0.0, -b[1])
                sheet.line(start, end, stroke=_CUT_INK, width=1.1)
    return sheet


def sheets_html(sheets: dict[str, Sheet], legend: str, caption: str) -> str:
    """Return drawings above each other, by what they show, with their legend."""
    drawn = "".join(
        f'<div style="margin-bottom:6px">{sheet.svg(title)}</div>'
        for title, sheet in sheets.items()
    )
    return (
        '<figure style="margin:0;max-width:860px;font:12px/1.5 system-ui,sans-serif">'
        f'{drawn}{legend}<figcaption style="opacity:.7">{escape(caption)}'
        "</figcaption></figure>"
    )


def legend_html(palette: NDArray[np.float64], ticks: list[tuple[float, str]]) -> str:
    """Return a bar of the palette with words at places from 0 to 1."""
    words = "".join(
        f'<span style="position:absolute;left:{share:.1%};white-space:nowrap;'
        f'transform:translateX(-50%)">'
        f"{escape(word)}</span>"
        for share, word in ticks
    )
    return (
        '<div style="margin:2px 36px 8px;font-variant-numeric:tabular-nums">'
        f'<div style="height:8px;background:{css_gradient(palette)}"></div>'
        f'<div style="position:relative;height:18px">{words}</div></div>'
    )


def _picture(
    share: NDArray[np.float64], palette: NDArray[np.float64], lines: int
) -> str:
    """Return a PNG as a data URL; rows go down, what is NaN is clear."""
    from PIL import Image

    fine = _finer(share)
    rgb = colored(fine, palette)
    step = np.floor(np.nan_to_num(fine) * lines * 0.9999)
    edge = np.zeros(fine.shape, bool)
    edge[:, 1:] |= step[:, 1:] != step[:, :-1]
    edge[1:] |= step[1:] != step[:-1]
    rgb[edge] = (0.55 * rgb[edge] + 0.45 * 255).astype(np.uint8)
    clear = np.where(np.isnan(fine), 0, 255).astype(np.uint8)
    raw = io.BytesIO()
    Image.fromarray(np.dstack([rgb, clear])).save(raw, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(raw.getvalue()).decode()


def _finer(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values four times as fine, straight between points, holes kept."""
    known = np.isfinite(share)
    filled = np.where(known, share, 0.0)
    weight = known.astype(np.float64)
    for axis in (0, 1):
        count = share.shape[axis]
        at = (np.arange(count * _FINER) + 0.5) / _FINER - 0.5
        below = np.clip(np.floor(at).astype(int), 0, count - 1)
        above = np.minimum(below + 1, count - 1)
        part = np.clip(at - below, 0, 1)
        part = part[:, None] if axis == 0 else part[None]
        filled, weight = (
            np.take(v, below, axis) * (1 - part) + np.take(v, above, axis) * part
            for v in (filled, weight)
        )
    return np.where(weight > 0.5, filled / np.maximum(weight, 1e-9), np.nan)


def _cut_lines(
    geometry: Geometry, z_m: float
) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Return where the plane z cuts the triangles: pairs of world points."""
    corners = geometry.positions[geometry.triangles].astype(np.float64)
    away = corners[:, :, 2] - z_m
    # A corner in the plane counts as behind it, so that each cut has two ends.
    ahead = away > 0
    across = np.flatnonzero(ahead.any(axis=1) & ~ahead.all(axis=1))
    found = []
    for t in across:
        ends = []
        for i in range(3):
            k = (i + 1) % 3
            if ahead[t, i] != ahead[t, k]:
                part = away[t, i] / (away[t, i] - away[t, k])
                ends.append(corners[t, i] + part * (corners[t, k] - corners[t, i]))
        found.append((ends[0], ends[1]))
    return found
