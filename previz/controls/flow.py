"""Where everything that is seen at one frame is at another: exact optical flow.

Nothing is estimated from pictures: the stage knows where each vertex is at both frames.
"""

from __future__ import annotations

import colorsys
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.controls.footage import Footage
from previz.stage import Geometry, StageState

__all__ = ["exact_flow", "flow_picture", "follow", "placed_as", "still_seen"]

_LEAST_SPREAD_PX = 1.0
_AGREE_PX, _AGREE_SHARE = 0.5, 0.02
_WHEEL = (15, 6, 4, 11, 13, 6)
"""Steps from red over yellow, green, cyan, blue and magenta back to red (Baker et al.
2011, "A Database and Evaluation Methodology for Optical Flow")."""


def exact_flow(
    footage: Footage, frame: int, *, to_frame: int, size: tuple[int, int]
) -> NDArray[np.float32]:
    """Return how far what each pixel sees lies elsewhere at another frame.

    A point seen at pixel centre x of `frame` is at x + flow at `to_frame`, also where
    it is hidden there. Before the lens bends the picture; mirrors and shadows are not
    followed.

    Args:
        footage: The shot.
        frame: Whose pixels are asked, of the shot.
        to_frame: Where they went, of the shot.
        size: Width and height in pixels.

    Returns:
        Pixels right and down, shape (h, w, 2); 0 for what is behind the camera then.
    """
    now, then = (footage.state(n, width_px=size[0]) for n in (frame, to_frame))
    if not _alike(now.moving, then.moving):
        # Figures have other triangles where they are small: here all have all.
        now, then = (
            footage.stage.at(footage.shot, number) for number in (frame, to_frame)
        )
    asked = replace(now, camera_before=then.camera, moving_before=placed_as(now, then))
    return -footage.renderer_of(size).buffers(asked).motion_px


def _alike(one: Geometry, other: Geometry) -> bool:
    return len(one.positions) == len(other.positions) and np.array_equal(
        one.triangles, other.triangles
    )


def placed_as(
    now: StageState, then: StageState, *, otherwise: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """Return the vertices of one state where they are at another, shape (n, 3).

    Args:
        now: Whose vertices.
        then: Where they are asked for.
        otherwise: Where those are put who are not there at the other, or as small that
            they have other triangles; by default they stay where they are.
    """
    if _alike(now.moving, then.moving):
        return then.moving.positions
    out = (now.moving.positions if otherwise is None else otherwise).copy()
    there = _spans(then.moving)
    for number, here in _spans(now.moving).items():
        span = there.get(number)
        if span is not None and span.stop - span.start == here.stop - here.start:
            out[here] = then.moving.positions[span]
    return out


def _spans(moving: Geometry) -> dict[int, slice]:
    """Return which vertices belong to each object: one run each."""
    out: dict[int, slice] = {}
    for number in np.unique(moving.triangle_object):
        corners = moving.triangles[moving.triangle_object == number]
        out[int(number)] = slice(int(corners.min()), int(corners.max()) + 1)
    return out


def follow(
    picture: NDArray[np.generic], flow: NDArray[np.floating]
) -> NDArray[np.float32]:
    """Return what another frame's picture shows where each pixel went.

    Args:
        picture: Of the frame that the flow leads to, shape (h, w) or (h, w, c).
        flow: From `exact_flow`, shape (h, w, 2).

    Returns:
        Bilinear, edges repeated, in the picture's shape.
    """
    height, width = flow.shape[:2]
    rows, cols = np.mgrid[0:height, 0:width]
    x = np.clip(cols + flow[..., 0], 0.0, width - 1.0)
    y = np.clip(rows + flow[..., 1], 0.0, height - 1.0)
    left = np.minimum(x.astype(np.intp), max(width - 2, 0))
    top = np.minimum(y.astype(np.intp), max(height - 2, 0))
    right, low = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    dx, dy = (x - left).astype(np.float32), (y - top).astype(np.float32)
    if picture.ndim == 3:
        dx, dy = dx[..., None], dy[..., None]
    values = picture.astype(np.float32)
    above = values[top, left] * (1 - dx) + values[top, right] * dx
    below = values[low, left] * (1 - dx) + values[low, right] * dx
    return np.asarray(above * (1 - dy) + below * dy, np.float32)


def still_seen(
    flow: NDArray[np.floating], back: NDArray[np.floating]
) -> NDArray[np.bool_]:
    """Return which pixels' points are seen at the other frame too, shape (h, w).

    Those whose way there and back ends where it began: what is hidden there comes
    back to something else.

    Args:
        flow: From one frame to the other, shape (h, w, 2).
        back: From the other to the one, shape (h, w, 2).
    """
    height, width = flow.shape[:2]
    rows, cols = np.mgrid[0:height, 0:width]
    x, y = cols + flow[..., 0], rows + flow[..., 1]
    inside = (x >= 0) & (y >= 0) & (x <= width - 1) & (y <= height - 1)
    gap = np.linalg.norm(flow + follow(back, flow), axis=2)
    way = np.linalg.norm(flow, axis=2)
    return np.asarray(inside & (gap < _AGREE_PX + _AGREE_SHARE * way))


def flow_picture(
    flow: NDArray[np.floating], *, full_px: float | None = None
) -> NDArray[np.uint8]:
    """Return flow on the colour wheel of Baker et al.: hue is where to, white is still.

    Args:
        flow: Shape (h, w, 2).
        full_px: What is drawn in full colour; by default the longest way in it.

    Returns:
        sRGB code values, shape (h, w, 3).
    """
    length = np.linalg.norm(flow, axis=2)
    full = full_px if full_px is not None else float(length.max(initial=0.0))
    share = np.clip(length / max(full, _LEAST_SPREAD_PX), 0.0, 1.0)[..., None]
    wheel = _wheel()
    angle = np.arctan2(-flow[..., 1], -flow[..., 0]) / np.pi
    place = (angle + 1.0) / 2.0 * (len(wheel) - 1)
    low = np.floor(place).astype(np.intp)
    mixed = place - low
    colour = (1 - mixed)[..., None] * wheel[low]
    colour += mixed[..., None] * wheel[(low + 1) % len(wheel)]
    return np.asarray(np.rint((1 - share * (1 - colour)) * 255), np.uint8)


@lru_cache(maxsize=1)
def _wheel() -> NDArray[np.float64]:
    """Return the wheel's colours, 0 to 1, shape (55, 3)."""
    hues = [
        (sector + step / count) / len(_WHEEL)
        for sector, count in enumerate(_WHEEL)
        for step in range(count)
    ]
    return np.array([colorsys.hsv_to_rgb(hue, 1.0, 1.0) for hue in hues])
