"""Panes of glass over the lit picture: their tint, and the set that they mirror."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, kernel, woven
from previz.render.lattice import Lattice, sample_at
from previz.render.points import pixel_ray
from previz.render.rays import DEPTH_LIMIT, Tree, first_hit
from previz.render.shade import EXPOSURE, Surfaces
from previz.render.sky import Sky, sky_luminance
from previz.render.visibility import NOTHING

__all__ = ["Mirrored", "lay_panes"]

_CELL = 2
"""Edge in pixels of what shares one ray: a pane mirrors a twelfth at most head on."""


class Mirrored(NamedTuple):
    """What panes mirror.

    Attributes:
        tree: The set's triangles that stop light.
        lattice: Where its light is kept.
        exitance: What each sample throws back, lux, shape (s, 3).
        sky: Seen past the set.
        sky_enters: Share of the sky that is there to be mirrored.
    """

    tree: Tree
    lattice: Lattice
    exitance: Array
    sky: Sky
    sky_enters: float


def lay_panes(
    pane: NDArray[np.int32],
    inverse_depth: NDArray[np.float32],
    surfaces: Surfaces,
    mirrored: Mirrored,
    air: NDArray[np.float64],
    out: NDArray[np.float32],
) -> None:
    """Lay the tint and the faint reflection of panes over the lit picture.

    Args:
        pane: Nearest glass triangle in front of all else, or `NOTHING`, (h, w).
        inverse_depth: Of the panes, 1/m, shape (h, w).
        surfaces: The triangles.
        mirrored: What is mirrored; nothing that moves.
        air: As made by `shade.air_of`.
        out: The picture, changed in place, shape (h, w, 3).
    """
    tree, lattice = mirrored.tree, mirrored.lattice
    _lay(
        pane, inverse_depth, surfaces.normals, surfaces.triangles, surfaces.materials,
        tree.nodes, tree.corners, lattice.charts, lattice.sample, mirrored.exitance,
        mirrored.sky, mirrored.sky_enters, air, out,
    )  # fmt: skip


@kernel
def _lay(
    pane: Array, inverse_depth: Array, normals: Array, triangles: Array,
    materials: Array, nodes: Array, corners: Array, charts: Array, sample: Array,
    exitance: Array, sky: Array, sky_enters: float, air: Array, out: Array,
) -> None:  # fmt: skip
    height, width = pane.shape
    ray, p, rgb, hit = np.empty(3), np.empty(3), np.empty(3), np.empty(4)
    stack = np.empty(DEPTH_LIMIT, np.int64)
    cells = width // _CELL + 1
    seen, owner = np.empty((cells, 3)), np.full(cells, NOTHING)
    for row in range(height):
        if row % _CELL == 0:
            owner[:] = NOTHING
        for col in range(width):
            t = int(pane[row, col])
            if t == NOTHING:
                continue
            x, y, z = pixel_ray(air, height, width, row, col)
            length, n = np.sqrt(x * x + y * y + z * z), normals[triangles[t, 0]]
            facing = (x * n[0] + y * n[1] + z * n[2]) / length
            there, cell = seen[col // _CELL], col // _CELL
            if owner[cell] != t:
                owner[cell] = t
                depth = 1.0 / max(inverse_depth[row, col], 1e-6)
                ray[0], ray[1], ray[2] = x / length, y / length, z / length
                p[0] = air[3] + depth * x
                p[1] = air[7] + depth * y
                p[2] = air[11] + depth * z
                for c in range(3):
                    ray[c] -= 2.0 * facing * n[c]
                    p[c] += 0.02 * ray[c]
                met = first_hit(nodes, corners, p, ray, 1e4, stack, hit)
                if met < 0:
                    sky_luminance(sky, ray[0], ray[1], ray[2], rgb)
                    _copy(rgb, sky_enters, there)
                else:
                    s = sample_at(charts, sample, met, hit[1], hit[2])
                    _copy(exitance[s], 1.0 / np.pi, there)
            # Schlick 1994 for both faces of a pane.
            mirror = 0.08 + 0.92 * (1.0 - min(abs(facing), 1.0)) ** 5
            look = materials[triangles[t, 4]]
            for c in range(3):
                shown = out[row, col, c] * (0.75 + 0.25 * look[c]) * (1.0 - mirror)
                out[row, col, c] = shown + there[c] * mirror * air[EXPOSURE]


@woven
def _copy(source: Array, scale: float, to: Array) -> None:
    to[0], to[1], to[2] = source[0] * scale, source[1] * scale, source[2] * scale
