"""Lines as a pen draws them: outlines, folds, and where one matter ends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.buffers import Buffers
from previz.render.kernel import Array, lean, woven
from previz.stage import FIGURE_OBJECT_BASE, MATTERS, PROP_OBJECT_BASE

__all__ = ["Lines", "Pen", "draw_lines", "swing"]

_FOLIAGE = next(i for i, matter in enumerate(MATTERS) if matter == "foliage")
_SKIN = next(i for i, matter in enumerate(MATTERS) if matter == "skin")
_HAIR = next(i for i, matter in enumerate(MATTERS) if matter == "hair")
_BLOCK = 8
"""Edge in pixels of the blocks in which lines are counted."""

_CROWDED = 0.16
"""Share of a block's pixels from which on lines get thinner."""


class Pen(NamedTuple):
    """How lines are drawn; widths in pixels of the finished picture.

    Attributes:
        width_px: Of an outline three metres away.
        outline: Width of an outline as a share of it.
        contact: Where two things touch.
        fold: Within one thing: creases and one part before another.
        patch: Where colours of one thing meet.
        wobble_px: How far the hand strays.
        nearness: How much thicker near lines are, as a power of distance.
    """

    width_px: float
    outline: float = 1.0
    contact: float = 0.7
    fold: float = 0.55
    patch: float = 0.42
    wobble_px: float = 0.3
    nearness: float = 0.35


class Lines(NamedTuple):
    """Drawn lines, each of the buffers' shape.

    Attributes:
        ink: How much of a pixel they cover, 0 to 1.
        halo: Where something farther is left empty round what is nearer, 0 to 1.
    """

    ink: NDArray[np.float32]
    halo: NDArray[np.float32]


def draw_lines(buffers: Buffers, pen: Pen, *, fine: int = 2) -> Lines:
    """Draw the lines of what is seen.

    Lines stand between pixels that see other things, other parts of a thing (depth
    jumps, normals turn: Saito and Takahashi 1990; Decaudin 1996) or other colours of
    it. Each is stamped with a soft round nib whose place and size stray with the
    surface coordinate of the nearer side, so a line trembles in space, not in time.
    Where many lines crowd they get thinner, as far things are drawn with fewer.

    Args:
        buffers: What is seen, `fine` times as fine as the finished picture.
        pen: How it is drawn.
        fine: Buffer pixels a picture pixel.
    """
    h, w = buffers.object_id.shape
    marks = np.zeros((h, w, 2), np.float32)
    crowd = np.zeros((h // _BLOCK + 3, w // _BLOCK + 3), np.float32)
    _mark(
        buffers.object_id, buffers.depth_m, buffers.normal_world, buffers.base_color,
        buffers.matter, np.array(pen), marks, crowd,
    )  # fmt: skip
    lines = Lines(np.zeros((h, w), np.float32), np.zeros((h, w), np.float32))
    _stamp(
        marks, _neighbourly(crowd), buffers.object_id, buffers.depth_m,
        buffers.surface_m, np.array(pen), float(fine), *lines,
    )  # fmt: skip
    return lines


def _neighbourly(crowd: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean share of marked pixels in a block and its neighbours."""
    out = np.zeros_like(crowd)
    inner = sum(
        crowd[1 + i : crowd.shape[0] - 1 + i, 1 + j : crowd.shape[1] - 1 + j]
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
    )
    out[1:-1, 1:-1] = inner / np.float32(9 * _BLOCK * _BLOCK)
    return out


@woven
def swing(turns: float) -> float:
    """Return a swing from -1 to 1 like a sine's, of parabolas: cheap."""
    t = turns - np.floor(turns)
    return float(16.0 * t * (0.5 - t) if t < 0.5 else -16.0 * (t - 0.5) * (1.0 - t))


@lean
def _mark(
    owner: Array, depth: Array, normal: Array, base: Array, matter: Array, pen: Array,
    marks: Array, crowd: Array,
) -> None:  # fmt: skip
    height, width = owner.shape
    for row in range(height):
        for col in range(width):
            for side in range(2):
                r, c = (row, col + 1) if side == 0 else (row + 1, col)
                if r >= height or c >= width:
                    continue
                weight = 0.0
                if owner[row, col] != owner[r, c]:
                    z0, z1 = depth[row, col], depth[r, c]
                    near = min(z0, z1)
                    apart = abs(z0 - z1) > 0.04 * near
                    weight = pen[1] if apart else -pen[2]
                    if matter[row, col] == _FOLIAGE and matter[r, c] == _FOLIAGE:
                        weight *= 0.5
                elif owner[row, col] != 0:
                    weight = -_within(
                        depth, normal, base, matter, row, col, r - row, c - col, pen
                    )
                if weight != 0.0:
                    marks[row, col, side] = weight
                    crowd[row // _BLOCK + 1, col // _BLOCK + 1] += abs(weight)


@woven
def _within(
    depth: Array, normal: Array, base: Array, matter: Array, row: int, col: int,
    down: int, right: int, pen: Array,
) -> float:  # fmt: skip
    """Return how strong a line between two neighbours of one thing is, 0 for none."""
    height, width = depth.shape
    r, c = row + down, col + right
    n, m = normal[row, col], normal[r, c]
    turn = n[0] * m[0] + n[1] * m[1] + n[2] * m[2]
    kind = matter[row, col]
    found = 0.0
    z0, z1 = depth[row, col], depth[r, c]
    if abs(z1 - z0) > 0.02 * min(z0, z1):
        d0, d1 = 1.0 / z0, 1.0 / z1
        # 1/depth is straight over a plane: only a jump leaves its neighbours' slope.
        a, b = max(row - down, 0), max(col - right, 0)
        e, f = min(r + down, height - 1), min(c + right, width - 1)
        slope = max(abs(d0 - 1.0 / depth[a, b]), abs(d1 - 1.0 / depth[e, f]))
        if abs(d1 - d0) > 3.0 * slope + 0.02 * max(d0, d1):
            found = pen[3] * 1.3
    if found == 0.0 and turn < 0.6 and kind != _FOLIAGE and kind != _HAIR:
        found = pen[3] * (0.5 if kind == _SKIN else 1.0)
    p, q = base[row, col], base[r, c]
    step = 0.0
    for k in range(3 if p[0] != q[0] or p[1] != q[1] or p[2] != q[2] else 0):
        step = max(step, abs(np.sqrt(p[k]) - np.sqrt(q[k])))
    if step > 0.14:
        weight = pen[4] * min(1.0, 0.5 + step)
        found = max(found, weight)
    return found * (0.4 if kind == _FOLIAGE else 1.0)


@lean
def _stamp(
    marks: Array, crowd: Array, owner: Array, depth: Array, surface: Array,
    pen: Array, fine: float, ink: Array, halo: Array,
) -> None:  # fmt: skip
    height, width = owner.shape
    for row in range(height):
        for col in range(width):
            for side in range(2):
                weight = marks[row, col, side]
                if weight == 0.0:
                    continue
                r, c = (row, col + 1) if side == 0 else (row + 1, col)
                nr, nc = (row, col) if depth[row, col] <= depth[r, c] else (r, c)
                z, thing = depth[nr, nc], owner[nr, nc]
                near = min(max((3.0 / z) ** pen[6], 0.45), 1.5)
                if FIGURE_OBJECT_BASE <= thing < PROP_OBJECT_BASE:
                    near = max(near * 1.2, 0.7)
                else:
                    share = crowd[row // _BLOCK + 1, col // _BLOCK + 1]
                    near *= min(1.0, _CROWDED / max(share, 1e-6))
                u, v, turn = surface[nr, nc, 0], surface[nr, nc, 1], 0.38 * thing
                # Slower where it is far: the hand strays by the picture's measure.
                pace = 2.2 * min(1.0, 2.5 / z) ** 0.5
                sway = swing(pace * u + 0.7 * pace * v + turn)
                lift = swing(0.63 * pace * u - 1.1 * pace * v + 1.7 * turn)
                radius = 0.5 * fine * pen[0] * abs(weight) * near * (1.0 + 0.25 * lift)
                stray = fine * pen[5] * sway
                y = 0.5 * (row + r) + (stray if side == 1 else 0.3 * stray * lift)
                x = 0.5 * (col + c) + (stray if side == 0 else 0.3 * stray * lift)
                _touch(ink, y, x, radius)
                if weight > 0.0:
                    _clear(halo, depth, y, x, radius + 1.3 * fine, 1.06 * z)


@woven
def _touch(ink: Array, y: float, x: float, radius: float) -> None:
    """Put a soft round nib down."""
    press = min(1.0, 2.0 * radius)
    radius = max(radius, 0.5)
    reach = radius + 0.5
    for i in range(max(int(y - reach), 0), min(int(y + reach) + 2, ink.shape[0])):
        for j in range(max(int(x - reach), 0), min(int(x + reach) + 2, ink.shape[1])):
            away = np.sqrt((i - y) ** 2 + (j - x) ** 2)
            cover = min(max(reach - away, 0.0), 1.0) * press
            if cover > ink[i, j]:
                ink[i, j] = cover


@woven
def _clear(
    halo: Array, depth: Array, y: float, x: float, reach: float, beyond_m: float
) -> None:
    """Leave what is farther empty round a place."""
    for i in range(max(int(y - reach), 0), min(int(y + reach) + 2, halo.shape[0])):
        for j in range(max(int(x - reach), 0), min(int(x + reach) + 2, halo.shape[1])):
            if depth[i, j] < beyond_m:
                continue
            away = np.sqrt((i - y) ** 2 + (j - x) ** 2)
            cover = min(max(reach - away, 0.0), 1.0)
            if cover > halo[i, j]:
                halo[i, j] = cover
