"""How good pictures are, in numbers: on what the display shows."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render import Buffers, display
from previz.stage import FIGURE_OBJECT_BASE

__all__ = [
    "Score",
    "detail_energy",
    "flip",
    "psnr",
    "score_of",
    "static_flicker",
    "warp_error",
]

_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_SAME_DEPTH = 0.05


class Score(NamedTuple):
    """How near a picture is to the truth.

    Attributes:
        psnr_db: Over what the display shows.
        flip: Andersson et al. 2020, mean, at 67 pixels a degree.
        detail: Energy of detail over that of the truth.
    """

    psnr_db: float
    flip: float
    detail: float


def score_of(made: NDArray[np.float32], truth: NDArray[np.float32]) -> Score:
    """Compare two exposed linear pictures, shape (h, w, 3)."""
    seen, true = display(made, exact=True), display(truth, exact=True)
    detail = detail_energy(seen) / max(detail_energy(true), 1e-12)
    return Score(psnr(seen, true), flip(seen, true), detail)


def psnr(made: NDArray[np.uint8], truth: NDArray[np.uint8]) -> float:
    """Return the peak signal to noise ratio of code values in dB, at most 99."""
    error = float(np.mean((made.astype(np.float64) - truth) ** 2))
    return min(20.0 * math.log10(255.0) - 10.0 * math.log10(max(error, 1e-9)), 99.0)


def flip(made: NDArray[np.uint8], truth: NDArray[np.uint8]) -> float:
    """Return the mean FLIP error of code values, 0 to 1."""
    import flip_evaluator

    pair = [np.ascontiguousarray(x, np.float32) / 255.0 for x in (truth, made)]
    return float(flip_evaluator.evaluate(*pair, "LDR")[1])


def detail_energy(shown: NDArray[np.uint8]) -> float:
    """Return the mean square of what a mean over 3×3 pixels takes off the luma."""
    luma = shown.astype(np.float32) @ _LUMA / 255.0
    padded = np.pad(luma, 1, mode="edge")
    rows, cols = luma.shape
    mean = sum(padded[i : i + rows, j : j + cols] for i in range(3) for j in range(3))
    return float(np.mean((luma - np.asarray(mean) / 9.0) ** 2))


def warp_error(
    before: NDArray[np.uint8],
    now: NDArray[np.uint8],
    seen_before: Buffers,
    seen: Buffers,
) -> float:
    """Return how much a picture changes along the exact motion, in code values.

    The root mean square over pixels that show the same place in both frames.

    Args:
        before: The frame before, shape (h, w, 3).
        now: The frame.
        seen_before: What the pixels saw then.
        seen: What they see now.
    """
    rows, cols = seen.object_id.shape
    y, x = np.mgrid[0:rows, 0:cols].astype(np.float64)
    u, v = x - seen.motion_px[..., 0], y - seen.motion_px[..., 1]
    inside = (u >= 0) & (v >= 0) & (u <= cols - 1.001) & (v <= rows - 1.001)
    u, v = np.clip(u, 0, cols - 1.001), np.clip(v, 0, rows - 1.001)
    near = np.rint(v).astype(int), np.rint(u).astype(int)
    known = inside & (seen_before.object_id[near] == seen.object_id)
    known &= seen.object_id > 0
    depth = np.where(known, seen.depth_m, 1.0)
    away = np.abs(np.where(known, seen_before.depth_m[near], 1.0) - depth)
    known &= away < _SAME_DEPTH * depth
    i, j = v.astype(int), u.astype(int)
    a, b = (v - i)[..., None], (u - j)[..., None]
    old = before.astype(np.float64)
    come = (old[i, j] * (1 - a) + old[i + 1, j] * a) * (1 - b)
    come += (old[i, j + 1] * (1 - a) + old[i + 1, j + 1] * a) * b
    if not known.any():
        return 0.0
    return float(np.sqrt(np.mean((come - now)[known] ** 2)))


def static_flicker(
    before: NDArray[np.uint8], now: NDArray[np.uint8], seen: Buffers
) -> float:
    """Return the mean change, in code values, of what stands still before the camera.

    People and what they cast shadows on change; of the set, the half that changes
    least is looked at.
    """
    still = (np.abs(seen.motion_px).max(axis=-1) < 1e-3) & (
        seen.object_id < FIGURE_OBJECT_BASE
    )
    if not still.any():
        return 0.0
    change = np.abs(now.astype(np.float64) - before).mean(axis=-1)[still]
    return float(np.sort(change)[: max(len(change) // 2, 1)].mean())
