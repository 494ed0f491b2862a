"""Noise that sticks to surfaces: standard normal, white at every scale.

What is invented from it stays where it was invented: each value is a hash of an
object's seed, a place on its surface and a level of detail, so it needs no history
and no motion, and it is the same from every camera.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.errors import PrevizError
from previz.render.buffers import Buffers
from previz.render.kernel import Array, lean, woven

__all__ = ["MOST_CHANNELS", "View", "anchored_noise", "noise_at", "view_of"]

MOST_CHANNELS = 8
"""One hash has 128 bits: eight values of 16."""

_TOGETHER = 1023
"""Keys are made for so many objects at once, and kept."""
_STEEPEST = 0.06
"""Cosine below which a surface counts as no steeper; coarser would be mush."""


class View(NamedTuple):
    """From where and how finely a picture sees.

    Attributes:
        world_from_camera: Shape (4, 4), as of a camera that looks down -z.
        focal_px: Focal length in pixels of the picture.
    """

    world_from_camera: NDArray[np.float64]
    focal_px: float


def view_of(camera: CameraState, *, width_px: int, height_px: int) -> View:
    """Return the view of a camera in a picture of this size."""
    return View(camera.world_from_camera, camera.focal_px(width_px, height_px)[0])


def anchored_noise(
    buffers: Buffers,
    view: View,
    *,
    channels: int = 4,
    seed: int = 0,
    object_seeds: Mapping[int, int] | None = None,
    cell_px: float = 1.0,
    out: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Return noise for each pixel that is anchored to what the pixel sees.

    The surface is divided into cells whose edge is a power of two in metres. A pixel
    mixes the two levels whose cells are about `cell_px` pixels wide, with weights
    whose squares sum to 1, so that it stays standard normal while levels change
    without a jump. A slanting surface's level follows the area that a pixel covers,
    which a walk round it changes least. The sky carries it by direction.

    Args:
        buffers: What each pixel sees, of shape (h, w).
        view: Of the same picture.
        channels: How many independent values a pixel, 1 to 8.
        seed: Of the film; >= 0.
        object_seeds: Another seed, other values, for single objects, by object id.
        cell_px: Edge of a cell in pixels.
        out: Where to write it, shape (h, w, channels), in any order of memory.

    Returns:
        Standard normal values, shape (h, w, channels), none beyond 4.3.

    Raises:
        PrevizError: If `channels` or `cell_px` is out of range.
    """
    if not 1 <= channels <= MOST_CHANNELS:
        raise PrevizError(
            f"anchored_noise.channels must be 1 to {MOST_CHANNELS}, got {channels}. "
            "Call again with another seed for more."
        )
    if not 1e-3 <= cell_px <= 1e4:
        raise PrevizError(
            f"anchored_noise.cell_px must be 0.001 to 10000 px, got {cell_px}. "
            "Pass such as 1.0."
        )
    if out is None:
        out = np.empty((*buffers.object_id.shape, channels), np.float32)
    last = int(buffers.object_id.max(initial=0)) | _TOGETHER
    keys = _keys(last, seed, tuple((object_seeds or {}).items()))
    matrix = np.ascontiguousarray(view.world_from_camera, np.float64)
    _fill(
        buffers.object_id, buffers.surface_m, buffers.depth_m, buffers.normal_world,
        matrix, view.focal_px, float(cell_px), keys, _quantiles(), out,
    )  # fmt: skip
    return out


def noise_at(
    cells: NDArray[np.integer], *, level: int, seed: int = 0, object_id: int = 1
) -> NDArray[np.float32]:
    """Return the noise of cells of one level on one object's surface.

    Args:
        cells: Which cells, counted from the surface's origin, shape (n, 2).
        level: Their edge is 2 to the power of this in metres.
        seed: Of the object.
        object_id: Of the object.

    Returns:
        Standard normal values, shape (n, `MOST_CHANNELS`).
    """
    out = np.empty((len(cells), MOST_CHANNELS), np.float32)
    key = _keys(object_id, 0, ((object_id, seed),))[object_id]
    _fill_cells(np.asarray(cells, np.int64), level, key, _quantiles(), out)
    return out


@lru_cache(maxsize=1)
def _quantiles() -> NDArray[np.float32]:
    """Return the standard normal's quantiles in the middle of 65,536 equal shares."""
    half = [NormalDist().inv_cdf((i + 0.5) / 65536) for i in range(32768, 65536)]
    upper = np.array(half) / np.sqrt(np.mean(np.square(half)))
    return np.concatenate([-upper[::-1], upper]).astype(np.float32)


@lru_cache(maxsize=8)
def _keys(last: int, seed: int, own: tuple[tuple[int, int], ...]) -> NDArray[np.uint32]:
    """Return what tells objects apart, by object id, shape (last + 1,)."""
    keys = _mixed(np.arange(last + 1, dtype=np.uint64) + np.uint64(seed << 20))
    for object_id, other in own:
        if 0 <= object_id <= last:
            keys[object_id] = _mixed(np.array([keys[object_id] + (other << 32)]))[0]
    return keys.astype(np.uint32)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return 32 well mixed bits of each number (splitmix64's finaliser, Vigna 2015)."""
    z = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray((z ^ (z >> np.uint64(31))) & np.uint64(0xFFFFFFFF))


@woven
def _hashed(
    x: np.uint32, y: np.uint32, z: np.uint32, w: np.uint32
) -> tuple[np.uint32, np.uint32, np.uint32, np.uint32]:
    """Return four hashes: pcg4d of Jarzynski and Olano 2020 (JCGT 9.3, listing 17)."""
    # Products are of 64 bits here: each is cut back to 32.
    factor, step, half = np.uint32(1664525), np.uint32(1013904223), np.uint32(16)
    x, y = np.uint32(x * factor + step), np.uint32(y * factor + step)
    z, w = np.uint32(z * factor + step), np.uint32(w * factor + step)
    x = np.uint32(x + y * w)
    y = np.uint32(y + z * x)
    z = np.uint32(z + x * y)
    w = np.uint32(w + y * z)
    x, y = np.uint32(x ^ (x >> half)), np.uint32(y ^ (y >> half))
    z, w = np.uint32(z ^ (z >> half)), np.uint32(w ^ (w >> half))
    x = np.uint32(x + y * w)
    y = np.uint32(y + z * x)
    z = np.uint32(z + x * y)
    return x, y, z, np.uint32(w + y * z)


@woven
def _add(
    i: int, j: int, key: np.uint32, level: int, weight: float, quantiles: Array,
    out: Array,
) -> None:  # fmt: skip
    """Add one cell's values, weighted."""
    a, b, c, d = _hashed(np.uint32(i), np.uint32(j), key, np.uint32(level))
    count, low, half = out.shape[0], np.uint32(0xFFFF), np.uint32(16)
    share = np.float32(weight)
    out[0] += share * quantiles[a & low]
    if count > 1:
        out[1] += share * quantiles[b & low]
    if count > 2:
        out[2] += share * quantiles[c & low]
    if count > 3:
        out[3] += share * quantiles[d & low]
    if count > 4:
        out[4] += share * quantiles[a >> half]
    if count > 5:
        out[5] += share * quantiles[b >> half]
    if count > 6:
        out[6] += share * quantiles[c >> half]
    if count > 7:
        out[7] += share * quantiles[d >> half]


@lean
def _fill_cells(
    cells: Array, level: int, key: np.uint32, quantiles: Array, out: Array
) -> None:
    for row in range(cells.shape[0]):
        out[row] = 0.0
        _add(cells[row, 0], cells[row, 1], key, level, 1.0, quantiles, out[row])


@lean
def _fill(
    object_id: Array, surface: Array, depth: Array, normal: Array, m: Array,
    focal_px: float, cell_px: float, keys: Array, quantiles: Array, out: Array,
) -> None:  # fmt: skip
    height, width = object_id.shape
    pixel = 1.0 / focal_px
    edge, level = 1.0, 0
    for row in range(height):
        dy = (0.5 * height - (row + 0.5)) * pixel
        for col in range(width):
            dx = (col + 0.5 - 0.5 * width) * pixel
            away = np.sqrt(dx * dx + dy * dy + 1.0)
            r0 = (m[0, 0] * dx + m[0, 1] * dy - m[0, 2]) / away
            r1 = (m[1, 0] * dx + m[1, 1] * dy - m[1, 2]) / away
            r2 = (m[2, 0] * dx + m[2, 1] * dy - m[2, 2]) / away
            out[row, col] = 0.0
            if depth[row, col] < 1e9:
                n = normal[row, col]
                facing = abs(n[0] * r0 + n[1] * r1 + n[2] * r2)
                wide = depth[row, col] * pixel / np.sqrt(max(facing, _STEEPEST))
                u, v = float(surface[row, col, 0]), float(surface[row, col, 1])
            else:
                u, v = _sky_place(r0, r1, r2)
                wide = pixel
            size = max(wide * cell_px, 1e-6)
            # From the last pixel's level: the next is rarely far from it.
            while edge > size:
                edge *= 0.5
                level -= 1
            while 2.0 * edge <= size:
                edge *= 2.0
                level += 1
            coarse = size / edge - 1.0
            fine = 1.0 - coarse
            unit = 1.0 / np.sqrt(fine * fine + coarse * coarse)
            key, at = keys[object_id[row, col]], out[row, col]
            u, v = u / edge, v / edge
            _add(int(np.floor(u)), int(np.floor(v)), key, level, fine * unit,
                 quantiles, at)  # fmt: skip
            _add(int(np.floor(0.5 * u)), int(np.floor(0.5 * v)), key, level + 1,
                 coarse * unit, quantiles, at)  # fmt: skip


@woven
def _sky_place(x: float, y: float, z: float) -> tuple[float, float]:
    """Return a direction's place on the octahedral map of the sphere, in radians.

    Cigolle et al. 2014 (JCGT 3.2), scaled so that lengths are about angles.
    """
    total = abs(x) + abs(y) + abs(z)
    a, b = x / total, z / total
    if y < 0.0:
        a, b = (
            (1.0 - abs(b)) * (1.0 if a >= 0.0 else -1.0),
            (1.0 - abs(a)) * (1.0 if b >= 0.0 else -1.0),
        )
    return a * 1.5, b * 1.5
