"""What a draughtsman has before them: the lit scene, and what lies where in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.render.anchored import View
from previz.render.buffers import Buffers
from previz.render.kernel import Array, lean
from previz.render.looks.tone import lightness, twice_as_fine
from previz.stage import FIGURE_OBJECT_BASE, MATTERS, PROP_OBJECT_BASE

__all__ = ["FINE", "SKIN", "Sheet", "halved", "paper_tooth", "rises"]

FINE = 2
"""Buffer pixels a picture pixel: strokes are drawn fine and then averaged."""

SKIN = next(i for i, matter in enumerate(MATTERS) if matter == "skin")
_SKY_RADIUS_M = 4.0
"""At what distance the sky's hatching would lie."""


@dataclass(frozen=True)
class Sheet:
    """One frame, ready to be drawn.

    Attributes:
        lit: Linear Rec.709 as it left the lens, shape (h, w, 3).
        buffers: What is seen, shape (2h, 2w); the sky has surface coordinates too.
        view: Of the buffers.
        seed: Of the film.
    """

    lit: NDArray[np.float32]
    buffers: Buffers
    view: View
    seed: int = 0

    @cached_property
    def light(self) -> NDArray[np.float32]:
        """Lightness under local exposure, 0 to 1, shape (h, w)."""
        return lightness(self.lit)

    @cached_property
    def is_figure(self) -> NDArray[np.bool_]:
        """Where people are, of the buffers' shape."""
        thing = self.buffers.object_id
        return np.asarray((thing >= FIGURE_OBJECT_BASE) & (thing < PROP_OBJECT_BASE))

    @cached_property
    def is_skin(self) -> NDArray[np.bool_]:
        """Where skin is, of the buffers' shape."""
        return np.asarray(self.buffers.matter == SKIN)

    @cached_property
    def darkness(self) -> NDArray[np.float32]:
        """0 paper to 1 black, of the buffers' shape; skin is left lighter.

        A face is drawn by its features and left paper where it can be.
        """
        return _darkness(self)

    @cached_property
    def features(self) -> NDArray[np.float32]:
        """Small dark things on people, 0 to 1, of the buffers' shape.

        Eyes, brows, nostrils, mouth, and the depth of folds: what is darker than what
        is round it on the same person (difference of means, as in Winnemoeller et al.
        2012, XDoG).
        """
        thing = np.ascontiguousarray(self.buffers.object_id[::FINE, ::FINE])
        skin = np.ascontiguousarray(self.is_skin[::FINE, ::FINE])
        out = np.zeros(thing.shape, np.float32)
        reach = max(2, round(self.lit.shape[0] / 72))
        _features(self.light, thing, skin, reach, out)
        return twice_as_fine(out)

    @property
    def height_px(self) -> int:
        """Of the finished picture."""
        return int(self.lit.shape[0])


def _darkness(sheet: Sheet) -> NDArray[np.float32]:
    dark = np.float32(1.0) - twice_as_fine(sheet.light)
    dark[sheet.is_skin] *= np.float32(0.72)
    return dark


def with_sky(buffers: Buffers, view: View) -> Buffers:
    """Return buffers whose sky has surface coordinates: azimuth and height."""
    sky = buffers.object_id == 0
    if not sky.any():
        return buffers
    rows, cols = np.nonzero(sky)
    h, w = sky.shape
    right = (cols + 0.5 - w / 2) / view.focal_px
    up = (h / 2 - rows - 0.5) / view.focal_px
    ray = np.stack([right, up, -np.ones_like(up)], axis=1)
    ray = ray @ view.world_from_camera[:3, :3].T
    flat = np.hypot(ray[:, 0], ray[:, 2])
    surface = buffers.surface_m.copy()
    surface[rows, cols, 0] = _SKY_RADIUS_M * np.arctan2(ray[:, 0], -ray[:, 2])
    surface[rows, cols, 1] = _SKY_RADIUS_M * np.arctan2(ray[:, 1], flat)
    return replace(buffers, surface_m=surface)


@lean
def _features(
    light: Array, thing: Array, skin: Array, reach: int, out: Array
) -> None:  # fmt: skip
    height, width = light.shape
    for row in range(height):
        for col in range(width):
            mine = thing[row, col]
            if not FIGURE_OBJECT_BASE <= mine < PROP_OBJECT_BASE:
                continue
            total, count = 0.0, 0
            for r in range(max(row - reach, 0), min(row + reach + 1, height)):
                for c in range(max(col - reach, 0), min(col + reach + 1, width)):
                    if thing[r, c] == mine:
                        total += light[r, c]
                        count += 1
            below = total / count - light[row, col]
            least = 0.035 if skin[row, col] else 0.09
            out[row, col] = min(max((below - least) / 0.07, 0.0), 1.0)


def halved(fine: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of each two by two pixels, shape (2h, 2w) to (h, w)."""
    out = fine[::2, ::2] + fine[1::2, ::2] + fine[::2, 1::2] + fine[1::2, 1::2]
    return np.asarray(out * np.float32(0.25))


def rises(values: NDArray[np.float32], low: float, high: float) -> NDArray[np.float32]:
    """Return 0 below `low`, 1 above `high`, and a smooth rise between."""
    t = np.clip((values - np.float32(low)) * np.float32(1 / (high - low)), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


@lru_cache(maxsize=8)
def paper_tooth(height: int, width: int, *, blur: int = 1) -> NDArray[np.float32]:
    """Return the height of the paper, evenly spread over 0 to 1; the same each frame.

    Args:
        height: Rows.
        width: Columns.
        blur: How often it is smoothed: coarser paper.
    """
    rough = np.random.default_rng(1871).standard_normal((height, width))
    coarse = rough.copy()
    for _ in range(blur):
        for axis in (0, 1):
            rough = rough + np.roll(rough, 1, axis) + np.roll(rough, -1, axis)
    for _ in range(4 * blur):
        for axis in (0, 1):
            coarse = coarse + np.roll(coarse, 1, axis) + np.roll(coarse, -1, axis)
    mixed = rough / (rough.std() + 1e-9)
    if blur:
        mixed += 0.5 * coarse / (coarse.std() + 1e-9)
    order = np.argsort(np.argsort(mixed, axis=None), axis=None)
    return (order.reshape(height, width) / max(order.size - 1, 1)).astype(np.float32)
