"""The one display transform: scene-linear light to the picture on a screen."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from previz.errors import MissingRuntimeError, PrevizError
from previz.render.kernel import Array, kernel, lean

__all__ = ["COLOR_CONFIG", "Display", "code_values", "display"]

Display = Literal["srgb", "rec1886"]
"""A computer's screen, or a grading monitor (ITU-R BT.1886)."""

_CONFIG = "cg-config-v4.0.0_aces-v2.0_ocio-v2.5"
_INPUT = "Linear Rec.709 (sRGB)"
_DISPLAYS = {"srgb": "sRGB - Display", "rec1886": "Rec.1886 Rec.709 - Display"}
_VIEW = "ACES 2.0 - SDR 100 nits (Rec.709)"

COLOR_CONFIG = f"{_CONFIG}, {_DISPLAYS['srgb']}, {_VIEW}"
"""By which light becomes a picture on a screen."""

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
    if exact:
        return (code_values(linear) * 255.0 + 0.5).astype(np.uint8)
    pixels = _checked(linear)
    out = np.empty(pixels.shape, np.uint8)
    _look_up(pixels, _cube(), _dither(*out.shape[:2]), out)
    return out


def code_values(
    linear: NDArray[np.floating], *, display: Display = "srgb"
) -> NDArray[np.float32]:
    """Turn exposed linear Rec.709 into code values, by OpenColorIO at every pixel.

    Args:
        linear: Picture values, shape (h, w, 3); grey is 0.18.
        display: What they are shown on.

    Returns:
        0 to 1, shape (h, w, 3).

    Raises:
        PrevizError: If `linear` has another shape.
    """
    pixels = _checked(linear)
    clean = np.nan_to_num(pixels, nan=0.0, posinf=_MOST, neginf=0.0).copy()
    _processor(display).applyRGB(clean)
    return np.clip(clean, 0.0, 1.0)


def _checked(linear: NDArray[np.floating]) -> NDArray[np.float32]:
    pixels = np.ascontiguousarray(linear, dtype=np.float32)
    if pixels.ndim != 3 or pixels.shape[2] != 3:
        raise PrevizError(
            f"display.linear must be of shape (h, w, 3), got {pixels.shape}. "
            "Pass a colour picture."
        )
    return pixels


@lru_cache(maxsize=2)
def _processor(display: Display) -> Any:
    try:
        import PyOpenColorIO as ocio  # noqa: N813
    except ImportError as error:
        raise MissingRuntimeError(
            "display must have OpenColorIO, got no PyOpenColorIO. "
            "Run pip install opencolorio."
        ) from error
    config = ocio.Config.CreateFromBuiltinConfig(_CONFIG)
    view = ocio.DisplayViewTransform(src=_INPUT, display=_DISPLAYS[display], view=_VIEW)
    return config.getProcessor(view).getDefaultCPUProcessor()


@lru_cache(maxsize=1)
def _cube() -> NDArray[np.float32]:
    """Return the view at the shaper's nodes, code values, shape (n³, 4).

    The fourth number of each node pads it to one load.
    """
    steps = np.arange(_NODES) * (_OCTAVE_BITS / _CELLS_PER_OCTAVE) + _FIRST_BITS
    axis = np.rint(steps).astype(np.int32).view(np.float32).astype(np.float64) - _LEAST
    grid = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1)
    values = np.ascontiguousarray(grid.reshape(-1, 1, 3), np.float32)
    _processor("srgb").applyRGB(values)
    cube = np.zeros((_NODES**3, 4), np.float32)
    cube[:, :3] = np.clip(values[:, 0], 0.0, 1.0) * 255.0
    return cube


@lru_cache(maxsize=8)
def _dither(height: int, width: int) -> NDArray[np.float32]:
    """Return what is added before rounding down, 0 to 1, shape (height, width).

    Half a code value either way, fixed to the pixel, keeps slow gradients from
    banding: interleaved gradient noise (Jimenez 2014).
    """
    rows, cols = np.mgrid[0:height, 0:width].astype(np.float64)
    at = 0.06711056 * cols + 0.00583715 * rows
    at = 52.9829189 * (at - np.floor(at))
    return np.asarray(at - np.floor(at), np.float32)


@kernel
def _look_up(linear: Array, cube: Array, noise: Array, out: Array) -> None:
    """Interpolate the cube over tetrahedra (Kasson et al. 1995)."""
    height, width = linear.shape[0], linear.shape[1]
    line = np.empty(width * 3, np.float32)
    red, green, blue = np.uint32(_NODES * _NODES), np.uint32(_NODES), np.uint32(1)
    whole = red + green + blue
    one, top = np.float32(1.0), np.float32(255.0)
    for row in range(height):
        _shape(linear[row].reshape(-1), line, line.view(np.int32))
        for col in range(width):
            r, g, b = line[3 * col], line[3 * col + 1], line[3 * col + 2]
            i, j, k = np.uint32(r), np.uint32(g), np.uint32(b)
            r, g, b = r - np.float32(i), g - np.float32(j), b - np.float32(k)
            # The path from the cell's low corner to its high one, largest step first.
            hi, lo = max(max(r, g), b), min(min(r, g), b)
            mid = max(min(r, g), min(max(r, g), b))
            step = red if r == hi else (green if g == hi else blue)
            last = blue if b == lo else (green if g == lo else red)
            base = i * red + j * green + k
            p, q = cube[base], cube[base + step]
            s, t = cube[base + whole - last], cube[base + whole]
            wp, wq, ws = one - hi, hi - mid, mid - lo
            for c in range(3):
                value = p[c] * wp + q[c] * wq + s[c] * ws + t[c] * lo
                out[row, col, c] = np.uint8(min(value + noise[row, col], top))


@lean
def _shape(linear: Array, line: Array, bits: Array) -> None:
    """Write where values lie on the cube's axis.

    The bits of the float32 x + least are read as a number: log2, straight within
    each octave, so that its inverse is exact.

    Args:
        linear: Shape (n,).
        line: Filled, shape (n,), float32.
        bits: The same memory as `line`, int32.
    """
    none, most = np.float32(0.0), np.float32(_MOST)
    scale = np.float32(_CELLS_PER_OCTAVE / _OCTAVE_BITS)
    last = np.float32(_NODES - 1) - np.float32(1e-3)
    for i in range(line.shape[0]):
        x = linear[i] if linear[i] > none else none
        line[i] = (x if x < most else most) + np.float32(_LEAST)
    for i in range(line.shape[0]):
        at = np.float32(bits[i] - np.int32(_FIRST_BITS)) * scale
        line[i] = at if at < last else last
