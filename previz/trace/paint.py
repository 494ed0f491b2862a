"""What patches look like where no light falls on them: tables for loops.

The colours are those of the materials in `previz.trace.surfaces`, so that what the
denoiser is told of a picture is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.gloss import DIFFUSE_GAIN, LEAST_MATT, SHINES
from previz.trace.matter import EDGE, coarser, detail_of, has_detail
from previz.trace.order import Patch, Surface

__all__ = ["BRIGHTEST", "GROWN", "THIN", "Paint", "Paints", "matt_color"]

BRIGHTEST = 0.97
"""No surface throws back more."""

THIN: dict[str, dict[str, float]] = {
    "leaf": {"diff_trans": 0.6, "roughness": 0.5, "eta": 1.3},
    "blade": {"diff_trans": 0.7, "roughness": 0.5, "eta": 1.25},
}
"""What light passes: of the thin principled material; transmission from 0 to 2."""
GROWN = (*THIN, "strand", "pane")
"""What grows; its colours are those of its vertices."""


def matt_color(surface: Surface) -> NDArray[np.float64]:
    """Return the part of a surface's colour that is not its gloss, shape (3,)."""
    color = np.asarray(surface.color)
    if surface.metalness > 0:
        return color
    level = max(float(color.mean()), 1e-3)
    matt = (1.0 - SHINES.get(surface.matter, 0.0) / level) / DIFFUSE_GAIN
    return np.asarray(color * max(matt, LEAST_MATT))


class Paint(NamedTuple):
    """How patches look, a row each.

    Attributes:
        color: Reflectance, shape (k, 3).
        emission: Luminance in cd/m², shape (k, 3).
        period_m: After how many metres a picture repeats; 1 where there is none,
            shape (k,).
        picture: Which of `pictures` multiplies the colour, or -1, shape (k,).
        by_vertex: Whether the vertices tell the colour, or the emission of what glows,
            shape (k,).
        glows: Whether light comes from it, shape (k,).
        pictures: Of matter, mean 1, shape (p, n, n, 3).
    """

    color: NDArray[np.float32]
    emission: NDArray[np.float32]
    period_m: NDArray[np.float32]
    picture: NDArray[np.int32]
    by_vertex: NDArray[np.bool_]
    glows: NDArray[np.bool_]
    pictures: NDArray[np.float32]


class Paints:
    """The pictures of matter that a process has used so far.

    Args:
        edge: Of the pictures, in texels; a part of `EDGE`.
    """

    def __init__(self, *, edge: int = EDGE) -> None:
        self._edge = edge
        self._rows: dict[str, int] = {}
        self._pictures = np.ones((0, edge, edge, 3), np.float32)

    def of(self, patches: Sequence[Patch]) -> Paint:
        """Return how patches look."""
        surfaces = [patch.surface for patch in patches]
        return Paint(
            color=np.array([_color(x) for x in surfaces], np.float32).reshape(-1, 3),
            emission=np.array([x.emission for x in surfaces], np.float32).reshape(
                -1, 3
            ),
            period_m=np.array([_period_m(x) for x in surfaces], np.float32),
            picture=np.array([self._row(x) for x in surfaces], np.int32),
            by_vertex=np.array([_by_vertex(x) for x in patches], np.bool_),
            glows=np.array([x.glows for x in surfaces], np.bool_),
            pictures=self._pictures,
        )

    def _row(self, surface: Surface) -> int:
        if not _is_detailed(surface):
            return -1
        matter = surface.matter
        if matter not in self._rows:
            self._rows[matter] = len(self._pictures)
            made = coarser(detail_of(matter), edge=self._edge).color
            self._pictures = np.concatenate([self._pictures, made[None]])
        return self._rows[matter]


def _color(surface: Surface) -> NDArray[np.float64]:
    return np.ones(3) if surface.glows else matt_color(surface)


def _is_detailed(surface: Surface) -> bool:
    grown = surface.matter in GROWN
    return not surface.glows and not grown and has_detail(surface.matter)


def _period_m(surface: Surface) -> float:
    return detail_of(surface.matter).period_m if _is_detailed(surface) else 1.0


def _by_vertex(patch: Patch) -> bool:
    glows, grown = patch.surface.glows, patch.surface.matter in GROWN
    return patch.colors is not None and (glows or grown)
