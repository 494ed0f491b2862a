"""The one display transform: scene-linear light to the picture on a screen."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.errors import MissingRuntimeError, PrevizError
from previz.render.kernel import Array, kernel

__all__ = ["display"]

_CONFIG = "cg-config-v4.0.0_aces-v2.0_ocio-v2.5"
_INPUT = "Linear Rec.709 (sRGB)"
_DISPLAY = "sRGB - Display"
_VIEW = "ACES 2.0 - SDR 100 nits (Rec.709)"

_CELLS_PER_OCTAVE = 3
_LEAST, _MOST = 2.0**-10, 2.0**6
_FIRST_BITS = int(np.float32(_LEAST).view(np.int32))
_OCTAVE_BITS = 1 << 23
_NODES = 16 * _CELLS_PER_OCTAVE + 1


def display(linear: NDArray[np.floating], *, exact: bool = False) -> NDArray[np.uint8]:
    """Turn exposed linear Rec.709 into sRGB code values with the ACES 2.0 SDR view.

    Args:
        linear: Picture values, shape (h, w, 3); grey is 0.18.
        exact: Run OpenColorIO on every pixel (finals) instead of the baked cube
            (previews; within 2 code values nearly everywhere).

    Returns:
        sRGB code values, shape (h, w, 3).

    Raises:
        PrevizError: If `linear` has another shape.
    """
    pixels = np.ascontiguousarray(linear, dtype=np.float32)
    if pixels.ndim != 3 or pixels.shape[2] != 3:
        raise PrevizError(
            f"display.linear must be of shape (h, w, 3), got {pixels.shape}. "
            "Pass a colour picture."
        )
    if exact:
        clean = np.nan_to_num(pixels, nan=0.0, posinf=_MOST, neginf=0.0).copy()
        _processor().applyRGB(clean)
        return (np.clip(clean, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    out = np.empty(pixels.shape, np.uint8)
    _look_up(pixels, _cube(), out)
    return out


@lru_cache(maxsize=1)
def _processor() -> Any:
    try:
        import PyOpenColorIO as ocio  # noqa: N813
    except ImportError as error:
        raise MissingRuntimeError(
            "display must have OpenColorIO, got no PyOpenColorIO. "
            "Run pip install opencolorio."
        ) from error
    config = ocio.Config.CreateFromBuiltinConfig(_CONFIG)
    view = ocio.DisplayViewTransform(src=_INPUT, display=_DISPLAY, view=_VIEW)
    return config.getProcessor(view).getDefaultCPUProcessor()


@lru_cache(maxsize=1)
def _cube() -> NDArray[np.float32]:
    """Return the view at the shaper's nodes, code values, shape (n, n, n, 3)."""
    steps = np.arange(_NODES) * (_OCTAVE_BITS / _CELLS_PER_OCTAVE) + _FIRST_BITS
    axis = np.rint(steps).astype(np.int32).view(np.float32).astype(np.float64) - _LEAST
    grid = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1)
    values = np.ascontiguousarray(grid.reshape(-1, 1, 3), np.float32)
    _processor().applyRGB(values)
    cube = np.clip(values, 0.0, 1.0).reshape(_NODES, _NODES, _NODES, 3) * 255.0
    return np.ascontiguousarray(cube, np.float32)


@kernel
def _look_up(linear: Array, cube: Array, out: Array) -> None:
    """Interpolate the cube over tetrahedra (Kasson et al. 1995).

    The shaper reads the bits of the float32 x + least as a number: log2, straight
    within each octave, so that its inverse is exact. A dither of half a code value,
    fixed to the pixel, keeps slow gradients from banding.
    """
    height, width = linear.shape[0], linear.shape[1]
    n = cube.shape[0]
    scale = np.float32(_CELLS_PER_OCTAVE / _OCTAVE_BITS)
    last = np.float32(n - 1) - np.float32(1e-3)
    shifted = np.empty(3, np.float32)
    bits = shifted.view(np.int32)
    f = np.empty(3, np.float32)
    cell = np.empty(3, np.int64)
    for row in range(height):
        for col in range(width):
            for c in range(3):
                x = linear[row, col, c]
                if not x > np.float32(0.0):
                    x = np.float32(0.0)
                shifted[c] = min(x, np.float32(_MOST)) + np.float32(_LEAST)
                at = min(np.float32(bits[c] - _FIRST_BITS) * scale, last)
                cell[c] = np.int64(at)
                f[c] = at - np.float32(cell[c])
            r, g, b = cell[0], cell[1], cell[2]
            fr, fg, fb = f[0], f[1], f[2]
            # The path from the cell's low corner to its high one, largest step first.
            if fr >= fg:
                if fg >= fb:
                    r1, g1, b1, r2, g2, b2, hi, mid, lo = 1, 0, 0, 1, 1, 0, fr, fg, fb
                elif fr >= fb:
                    r1, g1, b1, r2, g2, b2, hi, mid, lo = 1, 0, 0, 1, 0, 1, fr, fb, fg
                else:
                    r1, g1, b1, r2, g2, b2, hi, mid, lo = 0, 0, 1, 1, 0, 1, fb, fr, fg
            elif fb >= fg:
                r1, g1, b1, r2, g2, b2, hi, mid, lo = 0, 0, 1, 0, 1, 1, fb, fg, fr
            elif fb >= fr:
                r1, g1, b1, r2, g2, b2, hi, mid, lo = 0, 1, 0, 0, 1, 1, fg, fb, fr
            else:
                r1, g1, b1, r2, g2, b2, hi, mid, lo = 0, 1, 0, 1, 1, 0, fg, fr, fb
            # Interleaved gradient noise (Jimenez 2014).
            noise = 0.06711056 * col + 0.00583715 * row
            noise = 52.9829189 * (noise - np.floor(noise))
            noise = noise - np.floor(noise)
            for c in range(3):
                value = (
                    cube[r, g, b, c] * (1 - hi)
                    + cube[r + r1, g + g1, b + b1, c] * (hi - mid)
                    + cube[r + r2, g + g2, b + b2, c] * (mid - lo)
                    + cube[r + 1, g + 1, b + 1, c] * lo
                )
                out[row, col, c] = np.uint8(min(max(value + noise, 0.0), 255.0))
