"""Softer and rougher lines than `edges_picture`, as other line models were trained."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.controls.opencv import opencv
from previz.controls.signals import edges_picture
from previz.render import Buffers

__all__ = ["canny_picture", "soft_edges_picture"]

_SOFT = 1.6 / 512
"""Spread of a soft line, for a shorter side of 512 pixels."""
_CANNY = (100, 200)
"""Thresholds of ControlNet's own preprocessor."""


def soft_edges_picture(buffers: Buffers) -> NDArray[np.uint8]:
    """Return the exact lines a few pixels wide with soft flanks, as HED draws them.

    Args:
        buffers: What each pixel sees.

    Returns:
        sRGB code values, shape (h, w, 3).
    """
    line = edges_picture(buffers)[..., 0].astype(np.float64) / 255
    spread = max(_SOFT * min(line.shape), 0.7)
    reach = int(np.ceil(3 * spread))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2)
    for axis in (0, 1):
        # A line keeps its full brightness in its middle.
        line = _blurred(line, kernel / kernel.sum(), axis)
    grey = np.clip(line * np.sqrt(2 * np.pi) * spread, 0.0, 1.0)
    return np.repeat(np.rint(grey * 255).astype(np.uint8)[..., None], 3, axis=2)


def _blurred(
    values: NDArray[np.float64], kernel: NDArray[np.float64], axis: int
) -> NDArray[np.float64]:
    reach = len(kernel) // 2
    width = [(reach, reach) if k == axis else (0, 0) for k in range(2)]
    padded = np.pad(values, width, mode="edge")
    out = np.zeros_like(values)
    for shift, share in enumerate(kernel):
        rows = [slice(None), slice(None)]
        rows[axis] = slice(shift, shift + values.shape[axis])
        out += share * padded[tuple(rows)]
    return out


def canny_picture(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the lines that the Canny detector finds in a picture, white on black.

    Unlike `edges_picture` these are estimated: shadows and texture draw lines too.

    Args:
        picture: sRGB code values, shape (h, w, 3).

    Raises:
        MissingRuntimeError: If the extra `promote` is not installed.
    """
    cv2 = opencv()
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
    lines = np.asarray(cv2.Canny(grey, *_CANNY), np.uint8)
    return np.repeat(lines[..., None], 3, axis=2)
