"""Large pictures answered at half their size.

The network says by what light is multiplied. That is smooth on a surface and jumps
where one ends, and the full picture knows where that is: so each of its pixels takes
the answers of those pixels nearby that see the same surface (joint bilateral
upsampling, Kopf et al. 2007). It costs a quarter, and the network sees things about
as large as those it was trained on: of 512×288 pixels its picture differs by FLIP 0.04
from the one that is made at 256×144, by 0.11 when the network is run at full size.
Detail and edges stay the full picture's own.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.render.anchored import View
from previz.render.buffers import Buffers
from previz.render.hands import shared
from previz.render.kernel import Array, lean, woven
from previz.render.plates import Plates

__all__ = ["doubled", "halved"]

_OTHER_THING, _TURNED, _APART, _PAINTED = 300.0, 12.0, 1.0, 6.0
"""How unlike two pixels are that see different things; for each unit by which the
cosine between their normals falls short of 1; for each two pixels' widths between
their planes; and for each unit between their colours."""
_ALIKE = 0.05
"""Of the weights that neighbours would have if all were alike: with less, pixels
farther away are asked too."""

_EVEN = 0.01
"""Logarithm of light: a step of this is less than one of 255 on the display."""


def halved(plates: Plates) -> Plates:
    """Return plates of half the size, odd ones rounded up.

    Light is the mean of two by two pixels, all else the upper left one's.
    """
    seen = plates.buffers
    return plates._replace(
        lit=_mean(plates.lit),
        buffers=Buffers(**{name: _picked(x) for name, x in vars(seen).items()}),
        pane=_picked(plates.pane),
        view=View(plates.view.world_from_camera, plates.view.focal_px / 2.0),
    )


def doubled(answer: NDArray[np.float32], plates: Plates) -> NDArray[np.float32]:
    """Return the answer for plates, by that for their `halved`.

    Args:
        answer: Shape (3, h / 2, w / 2), rounded up.
        plates: Of the full size.

    Returns:
        Shape (3, h, w).
    """
    seen = plates.buffers
    out = np.empty((3, *seen.object_id.shape), np.float32)
    small = np.ascontiguousarray(answer.transpose(1, 2, 0))

    def some(first: int, last: int) -> None:
        _double(
            small, seen.object_id, seen.matter, seen.depth_m, seen.normal_world,
            seen.position_world, seen.base_color, float(plates.view.focal_px), first,
            last, out,
        )  # fmt: skip

    shared(some, out.shape[1])
    return out


def _picked(x: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(x[::2, ::2])


def _mean(lit: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = lit.shape[:2]
    if height % 2 or width % 2:
        lit = np.pad(lit, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    pairs = lit[0::2] + lit[1::2]
    return np.asarray((pairs[:, 0::2] + pairs[:, 1::2]) * np.float32(0.25))


@lean
def _double(
    small: Array, object_id: Array, matter: Array, depth: Array, normal: Array,
    position: Array, base: Array, focal_px: float, first: int, last: int, out: Array,
) -> None:  # fmt: skip
    """Fill the rows from first to last."""
    width, rows, cols = object_id.shape[1], small.shape[0], small.shape[1]
    for row in range(first, last):
        i, other_i = row // 2, row // 2 + (1 if row % 2 else -1)
        other_i = min(max(other_i, 0), rows - 1)
        for col in range(width):
            j, other_j = col // 2, col // 2 + (1 if col % 2 else -1)
            other_j = min(max(other_j, 0), cols - 1)
            if _even(small, i, j, other_i, other_j):
                for k in range(3):
                    near = 9.0 * small[i, j, k] + 3.0 * small[i, other_j, k]
                    far = 3.0 * small[other_i, j, k] + small[other_i, other_j, k]
                    out[k, row, col] = (near + far) / 16.0
                continue
            total, s0, s1, s2 = 0.0, 0.0, 0.0, 0.0
            for k in range(4):
                a, b = other_i if k & 1 else i, other_j if k & 2 else j
                share = (0.25 if k & 1 else 0.75) * (0.25 if k & 2 else 0.75)
                share *= _likeness(
                    object_id, matter, depth, normal, position, base, focal_px,
                    row, col, 2 * a, 2 * b,
                )  # fmt: skip
                total += share
                s0 += share * small[a, b, 0]
                s1 += share * small[a, b, 1]
                s2 += share * small[a, b, 2]
            if total < _ALIKE:
                for a in range(max(i - 2, 0), min(i + 3, rows)):
                    for b in range(max(j - 2, 0), min(j + 3, cols)):
                        share = 0.1 * _likeness(
                            object_id, matter, depth, normal, position, base,
                            focal_px, row, col, 2 * a, 2 * b,
                        )  # fmt: skip
                        total += share
                        s0 += share * small[a, b, 0]
                        s1 += share * small[a, b, 1]
                        s2 += share * small[a, b, 2]
            scale = 1.0 / max(total, 1e-20)
            out[0, row, col] = s0 * scale
            out[1, row, col] = s1 * scale
            out[2, row, col] = s2 * scale


@woven
def _even(small: Array, i: int, j: int, other_i: int, other_j: int) -> bool:
    """Return whether four answers are so alike that nobody sees which counts."""
    apart = 0.0
    for k in range(3):
        a, b = small[i, j, k], small[i, other_j, k]
        c, d = small[other_i, j, k], small[other_i, other_j, k]
        most, least = max(max(a, b), max(c, d)), min(min(a, b), min(c, d))
        apart = max(apart, most - least)
    return apart < _EVEN


@woven
def _likeness(
    object_id: Array, matter: Array, depth: Array, normal: Array, position: Array,
    base: Array, focal_px: float, row: int, col: int, r: int, c: int,
) -> float:  # fmt: skip
    """Return how much two pixels see of the same surface, 0 to 1."""
    other = object_id[r, c] != object_id[row, col]
    unlike = _OTHER_THING if other or matter[r, c] != matter[row, col] else 0.0
    away = depth[row, col]
    n, m = normal[row, col], normal[r, c]
    if away < 1e9 and depth[r, c] < 1e9:
        p, q = position[row, col], position[r, c]
        unlike += _TURNED * (1.0 - (n[0] * m[0] + n[1] * m[1] + n[2] * m[2]))
        apart = (q[0] - p[0]) * n[0] + (q[1] - p[1]) * n[1] + (q[2] - p[2]) * n[2]
        unlike += _APART * abs(apart) * focal_px / (2.0 * away)
    u, v = base[row, col], base[r, c]
    unlike += _PAINTED * (abs(u[0] - v[0]) + abs(u[1] - v[1]) + abs(u[2] - v[2]))
    return float(1.0 / (1.0 + unlike * unlike))
