"""Control pictures from buffers, as the control models in print were trained on them.

All are sRGB code values of shape (h, w, 3), without noise, and the same from frame to
frame where nothing moves: nothing in them is estimated from a picture.
"""

from __future__ import annotations

import colorsys
import math
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from previz.render import SKY_MATTER, Buffers

__all__ = [
    "SIGNALS",
    "DepthRange",
    "Signal",
    "depth_picture",
    "depth_range",
    "edges_picture",
    "matte",
    "mattes_picture",
    "normals_picture",
]

Signal = Literal[
    "depth",
    "normal",
    "edges",
    "soft_edges",
    "canny",
    "mattes",
    "pose",
    "flow",
    "preview",
    "first",
    "last",
    "references",
    "camera",
    "rays",
    "prompt",
]
SIGNALS: tuple[Signal, ...] = get_args(Signal)
"""All that a shot can tell a model; which model takes what is in the table of
`previz.generate.pipelines`."""

_CREASE = np.cos(np.radians(32.0))
_BENT = 0.02
"""Share of its value by which inverse depth, straight on any plane, may bend."""
_TONE = 0.12
"""Step of base colour, as its cube root, that counts as a line."""
_MOST_DEPTHS = 2**17
"""Of a frame that are looked at for the range of a clip."""
_SKY_NORMAL = (128, 128, 255)


class DepthRange(NamedTuple):
    """Between what distances depth is spread over grey, in metres."""

    near_m: float
    far_m: float


def depth_range(depths_m: Iterable[NDArray[np.floating]]) -> DepthRange:
    """Return the range of a whole clip, so that grey means one distance throughout.

    The nearest and farthest hundredth are clipped. Infinite where the sky is seen in
    any frame: then black is the sky alone.

    Args:
        depths_m: Depth of each frame, shape (h, w); infinite in the sky.
    """
    parts = [_thinned(np.asarray(depth)) for depth in depths_m]
    every = np.concatenate(parts) if parts else np.zeros(0)
    solid = every[np.isfinite(every) & (every > 0)]
    if len(solid) == 0:
        return DepthRange(1.0, np.inf)
    near, far = np.quantile(solid, (0.01, 0.99))
    open_air = len(solid) < len(every)
    return DepthRange(float(near), np.inf if open_air else float(max(far, near * 1.01)))


def _thinned(depth_m: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return some of a frame's depths: all of a shot in 4K would take gigabytes."""
    step = max(2, math.ceil(math.sqrt(depth_m.size / _MOST_DEPTHS)))
    return depth_m[::step, ::step].ravel()


def depth_picture(
    depth_m: NDArray[np.floating], spread: DepthRange
) -> NDArray[np.uint8]:
    """Return depth as the monocular estimators give it: inverse, near is white.

    Args:
        depth_m: Distance along the axis, shape (h, w); infinite in the sky.
        spread: What is white and what is black.
    """
    depth = np.maximum(np.nan_to_num(np.asarray(depth_m, np.float64), nan=np.inf), 1e-6)
    near, far = 1.0 / spread.near_m, 1.0 / spread.far_m
    grey = np.clip((1.0 / depth - far) / max(near - far, 1e-9), 0.0, 1.0)
    return _grey(grey)


def normals_picture(
    buffers: Buffers, world_from_camera: NDArray[np.floating]
) -> NDArray[np.uint8]:
    """Return normals seen from the camera: red right, green up, blue to the viewer.

    Args:
        buffers: What each pixel sees.
        world_from_camera: Shape (4, 4), of a camera that looks down -z.
    """
    turned = buffers.normal_world @ np.asarray(world_from_camera)[:3, :3]
    length = np.linalg.norm(turned, axis=-1, keepdims=True)
    unit = turned / np.maximum(length, 1e-6)
    out = np.asarray(np.rint((unit + 1.0) * 127.5), np.uint8)
    out[buffers.matter == SKY_MATTER] = _SKY_NORMAL
    return out


def edges_picture(buffers: Buffers) -> NDArray[np.uint8]:
    """Return white lines a pixel wide on black, as an edge detector gives them.

    Drawn where another object or matter begins, where a surface bends or stops, and
    where its base colour changes; shadows draw none.
    """
    inverse = 1.0 / np.maximum(buffers.depth_m.astype(np.float64), 1e-6)
    tone = np.cbrt(buffers.base_color)
    line = np.zeros(buffers.object_id.shape, np.bool_)
    for axis in (0, 1):
        ahead, here = _neighbours(axis)
        other = buffers.object_id[ahead] != buffers.object_id[here]
        other |= buffers.matter[ahead] != buffers.matter[here]
        facing = (buffers.normal_world[ahead] * buffers.normal_world[here]).sum(axis=-1)
        solid = (buffers.matter[ahead] != SKY_MATTER) & (
            buffers.matter[here] != SKY_MATTER
        )
        other |= solid & (facing < _CREASE)
        other |= np.abs(tone[ahead] - tone[here]).max(axis=-1) > _TONE
        line[here] |= other
        line |= _broken(inverse, axis)
    return _grey(line.astype(np.float64))


def matte(buffers: Buffers, object_ids: Collection[int]) -> NDArray[np.bool_]:
    """Return where any of these objects is seen, shape (h, w)."""
    wanted = np.array(sorted(object_ids), np.int32)
    return np.isin(buffers.object_id, wanted)


def mattes_picture(buffers: Buffers) -> NDArray[np.uint8]:
    """Return each object in one flat colour of its own; the sky is black."""
    ids, rows = np.unique(buffers.object_id, return_inverse=True)
    colours = np.array([_colour_of(int(number)) for number in ids], np.uint8)
    return np.asarray(colours[rows.reshape(buffers.object_id.shape)], np.uint8)


def _colour_of(number: int) -> tuple[int, int, int]:
    """Return the colour of an object id: hues that follow each other are far apart."""
    if number == 0:
        return (0, 0, 0)
    hue = (number * 0.61803398875) % 1.0
    value = 0.65 + 0.35 * ((number * 0.7548776662) % 1.0)
    red, green, blue = colorsys.hsv_to_rgb(hue, 0.75, value)
    return (round(red * 255), round(green * 255), round(blue * 255))


def _neighbours(axis: int) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
    """Return the places below (0) or right (1) of others, and those others."""
    whole = slice(None)
    if axis == 0:
        return (slice(1, None), whole), (slice(None, -1), whole)
    return (whole, slice(1, None)), (whole, slice(None, -1))


def _broken(inverse: NDArray[np.float64], axis: int) -> NDArray[np.bool_]:
    """Return where inverse depth bends, on the nearer side, shape (h, w)."""
    out = np.zeros(inverse.shape, np.bool_)
    if inverse.shape[axis] < 3:
        return out
    rows = np.moveaxis(inverse, axis, 0)
    bend = 2.0 * rows[1:-1] - rows[:-2] - rows[2:]
    np.moveaxis(out, axis, 0)[1:-1] = bend > _BENT * rows[1:-1]
    return out


def _grey(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    codes = np.rint(values * 255.0).astype(np.uint8)
    return np.repeat(codes[:, :, None], 3, axis=2)
