"""Light kept in the air of the playing area, for what moves.

From six sides (ambient cube, McTaggart 2004), and which share of each lamp is seen.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, kernel
from previz.render.lattice import sample_at
from previz.render.rays import DEPTH_LIMIT, first_hit
from previz.render.shares import fraction, share_seen
from previz.render.sky import sky_luminance

__all__ = ["Probes", "empty_probes", "fill_holes", "trace_probes"]

_ROWS, _LEAST_M = 4, 0.3
_SIDE = 4
"""Rays along the side of an area light: a quarter of its light would be half a stop."""


class Probes(NamedTuple):
    """Light kept in the air of the playing area.

    Attributes:
        low: Place of the first probe, world metres, shape (3,).
        step: Metres between probes, shape (3,).
        values: Illuminance on the six sides +x -x +y -y +z -z in lux (18 values) and
            then the visible share of each lamp, shape (nx, ny, nz, 18 + k), float32.
    """

    low: Array
    step: Array
    values: Array


def empty_probes(
    low: NDArray[np.float64], high: NDArray[np.float64], *, about: int, kept: int
) -> Probes:
    """Return probes between two corners, all dark.

    Args:
        low: Lowest corner, world metres, shape (3,).
        high: Highest corner.
        about: About how many probes.
        kept: For how many lamps the visible share is kept.
    """
    size = np.maximum(high - low, 0.01)
    pace = max(float(np.sqrt(size[0] * size[2] * _ROWS / about)), _LEAST_M)
    nx = int(np.clip(np.ceil(size[0] / pace), 1, 64)) + 1
    nz = int(np.clip(np.ceil(size[2] / pace), 1, 64)) + 1
    shape = (nx, _ROWS, nz)
    step = size / (np.array(shape) - 1)
    return Probes(low=low, step=step, values=np.zeros((*shape, 18 + kept), np.float32))


@kernel
def trace_probes(
    nodes: Array, corners: Array, charts: Array, sample: Array, low: Array,
    step: Array, reflected: Array, lamps: Array, kept: int, sky: Array,
    sky_enters: float, rays: int, first: int, last: int, values: Array, good: Array,
) -> None:  # fmt: skip
    """Fill the probes from first to last, counted along z, then y, then x."""
    ny, nz = values.shape[1], values.shape[2]
    p, ray, hit, rgb = np.empty(3), np.empty(3), np.empty(4), np.empty(3)
    stack = np.empty(DEPTH_LIMIT, np.int64)
    golden = np.pi * (3.0 - np.sqrt(5.0))
    for seed in range(first, last):
        a, b, c = seed // (ny * nz), seed // nz % ny, seed % nz
        p[0] = low[0] + a * step[0]
        p[1] = low[1] + b * step[1]
        p[2] = low[2] + c * step[2]
        backs = 0
        turn = 2.0 * np.pi * fraction(seed, 5)
        cube = values[a, b, c]
        for r in range(rays):
            y = 1.0 - (2.0 * r + 1.0) / rays
            radius = np.sqrt(1.0 - y * y)
            ray[0] = radius * np.cos(golden * r + turn)
            ray[1] = y
            ray[2] = radius * np.sin(golden * r + turn)
            t = first_hit(nodes, corners, p, ray, 1e4, stack, hit)
            if t < 0:
                sky_luminance(sky, ray[0], ray[1], ray[2], rgb)
                for k in range(3):
                    rgb[k] *= sky_enters
            elif hit[3] < 0:
                backs += 1
                continue
            else:
                met = sample_at(charts, sample, t, hit[1], hit[2])
                for k in range(3):
                    rgb[k] = reflected[met, k] / np.pi
            for axis in range(3):
                side = 2 * axis + (0 if ray[axis] > 0 else 1)
                form = abs(ray[axis]) * 4.0 * np.pi / rays
                for k in range(3):
                    cube[3 * side + k] += rgb[k] * form
        good[a, b, c] = 1 if 5 * backs < rays else 0
        for i in range(kept):
            cube[18 + i] = share_seen(
                nodes, corners, lamps, i, p, _SIDE, seed, stack, ray
            )


@kernel
def fill_holes(values: Array, good: Array) -> None:
    """Give probes inside furniture the mean of their nearest good neighbours."""
    nx, ny, nz, width = values.shape
    for _ in range(nx + ny + nz):
        changed = 0
        now = good.copy()
        for a in range(nx):
            for b in range(ny):
                for c in range(nz):
                    if now[a, b, c] == 1:
                        continue
                    number = 0
                    total = np.zeros(width)
                    for da in range(max(a - 1, 0), min(a + 2, nx)):
                        for db in range(max(b - 1, 0), min(b + 2, ny)):
                            for dc in range(max(c - 1, 0), min(c + 2, nz)):
                                if now[da, db, dc] == 1:
                                    number += 1
                                    for k in range(width):
                                        total[k] += values[da, db, dc, k]
                    if number > 0:
                        for k in range(width):
                            values[a, b, c, k] = total[k] / number
                        good[a, b, c] = 1
                        changed += 1
        if changed == 0:
            return
