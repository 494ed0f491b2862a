"""The stick figures that pose models were trained on, in OpenPose's own colours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from previz.controls.keypoints import Keypoints

__all__ = ["pose_picture"]

_LIMBS = (
    (1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11),
    (11, 12), (12, 13), (1, 0), (0, 14), (14, 16), (0, 15), (15, 17),
)  # fmt: skip
"""In the order in which OpenPose draws and colours them."""
_COLOURS = np.array(
    [
        (255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0),
        (85, 255, 0), (0, 255, 0), (0, 255, 85), (0, 255, 170), (0, 255, 255),
        (0, 170, 255), (0, 85, 255), (0, 0, 255), (85, 0, 255), (170, 0, 255),
        (255, 0, 255), (255, 0, 170), (255, 0, 85),
    ],
    np.uint8,
)  # fmt: skip
_LIMB_SHADE = 0.6
_STICK, _DOT, _FACE_DOT = 4 / 512, 4 / 512, 3 / 512
"""Half widths at the shorter side of 512 pixels that the models are trained at."""


def pose_picture(
    people: Sequence[Keypoints], *, size: tuple[int, int]
) -> NDArray[np.uint8]:
    """Draw body and face points on black, who stands nearest last.

    Args:
        people: Of one frame.
        size: Width and height in pixels.

    Returns:
        sRGB code values, shape (h, w, 3).
    """
    width, height = size
    out = np.zeros((height, width, 3), np.uint8)
    scale = min(size)
    for one in people:
        for limb, (start, end) in enumerate(_LIMBS):
            if one.body_seen[start] and one.body_seen[end]:
                colour = (_COLOURS[limb] * _LIMB_SHADE).astype(np.uint8)
                ends = one.body_px[start], one.body_px[end]
                _stick(out, *ends, half_px=max(_STICK * scale, 1.0), colour=colour)
        for number in np.flatnonzero(one.body_seen):
            dot = max(_DOT * scale, 1.0)
            _stick(out, one.body_px[number], one.body_px[number], half_px=dot,
                   colour=_COLOURS[number])  # fmt: skip
        white = np.full(3, 255, np.uint8)
        for place in one.face_px[one.face_seen]:
            _stick(out, place, place, half_px=_face_dot(one, scale), colour=white)
    return out


def _face_dot(one: Keypoints, scale: int) -> float:
    """Return how large a face's dots are: small faces would else be one blot."""
    across = float(np.ptp(one.face_px[one.face_seen, 0]))
    return float(np.clip(_FACE_DOT * scale, 0.5, max(across / 40, 0.5)))


def _stick(
    out: NDArray[np.uint8],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    *,
    half_px: float,
    colour: NDArray[np.uint8],
) -> None:
    """Fill the ellipse between two points; a disc where they are one."""
    middle, along = (start + end) / 2, (end - start) / 2
    reach = float(np.hypot(*along))
    low = np.floor(middle - reach - half_px).astype(int)
    high = np.ceil(middle + reach + half_px).astype(int) + 1
    left, top = np.maximum(low, 0)
    right, bottom = np.minimum(high, (out.shape[1], out.shape[0]))
    if left >= right or top >= bottom:
        return
    rows, cols = np.mgrid[top:bottom, left:right] + 0.5
    dx, dy = cols - middle[0], rows - middle[1]
    long = max(reach, half_px)
    ahead = along / reach if reach > 0 else np.array([1.0, 0.0])
    u, v = dx * ahead[0] + dy * ahead[1], -dx * ahead[1] + dy * ahead[0]
    inside = (u / long) ** 2 + (v / half_px) ** 2 <= 1.0
    out[top:bottom, left:right][inside] = colour
