"""Watercolour: flat washes, dark edges, pigment in the paper's valleys."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.anchored import View, anchored_noise
from previz.render.buffers import Buffers
from previz.render.kernel import Array, lean, woven
from previz.render.looks.lines import Pen, draw_lines
from previz.render.looks.sheet import FINE, Sheet, halved, paper_tooth, rises
from previz.render.looks.tone import lightness, twice_as_fine

__all__ = ["kuwahara", "watercolour"]

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
_PAPER = np.array([0.985, 0.975, 0.95], np.float32)
_UNDERDRAWING = np.array([0.27, 0.25, 0.27], np.float32)


def watercolour(sheet: Sheet) -> NDArray[np.uint8]:
    """Paint in transparent washes over a pencil line.

    The pigment model is Bousseau et al. 2006 (Interactive watercolor rendering,
    eq. 1): density d turns a colour C into C - (C - C²)(d - 1). Density gathers at
    the edges of a wash, pools by a noise that lies on the surfaces, and settles in
    the paper's valleys. Away from people colours run a little into each other where
    that noise says.
    """
    h, w = sheet.lit.shape[:2]
    pools = _pools(sheet)
    lines = draw_lines(sheet.buffers, Pen(0.4 + h / 420, patch=0.3, wobble_px=0.4))
    halo, drawn = (
        halved(lines.halo),
        halved(np.maximum(lines.ink, 0.8 * sheet.features)),
    )
    runs = ~sheet.is_figure[::FINE, ::FINE]
    mixed = _run(_pigments(sheet), pools, np.ascontiguousarray(runs), h / 240)
    flat = kuwahara(mixed, reach=max(2, round(h / 110)))
    density = 1 + 0.38 * _rims(flat, max(1, round(h / 220)))
    density += 0.1 * pools[..., 0] + 0.22 * (paper_tooth(h, w, blur=1) - 0.5)
    density = np.clip(density, 0.35, 2.2)[..., None]
    painted = flat - (flat - flat * flat) * (density - 1)
    painted = painted + (1 - painted) * (0.3 * halo)[..., None]
    grain = 1 + 0.02 * (paper_tooth(h, w, blur=2) - 0.5)[..., None]
    out = np.clip(painted, 0, 1) * _PAPER * grain
    out = out + (_UNDERDRAWING - out) * (0.62 * drawn)[..., None]
    return np.asarray(np.clip(out, 0, 1) * 255 + 0.5, np.uint8)


def _pigments(sheet: Sheet) -> NDArray[np.float32]:
    """Return colours as painted, display values: lighter and a little brighter."""
    lit = np.nan_to_num(np.minimum(sheet.lit, 64.0))
    shining = np.maximum(lit @ _LUMINANCE, 1e-5)[..., None]
    light = lightness(lit, middle=0.5, surroundings=0.085, detail=0.115)
    value = np.clip(0.06 + 1.16 * light, 0.06, 0.96)
    skin = sheet.is_skin[::FINE, ::FINE]
    value[skin] = value[skin] * 0.8 + 0.16
    # Washes are laid in few tones: pulled towards the nearest of five.
    steps = np.round(value * 5 - 0.3) / 5 + 0.06
    value = (value + 0.2 * (steps - value))[..., None]
    hue = np.clip(np.maximum(lit, 1e-5) / shining, 0.05, 4.0) ** 0.4
    hue /= np.maximum(hue @ _LUMINANCE, 1e-3)[..., None]
    return np.asarray(np.clip(value * hue, 0.03, 0.98), np.float32)


def _pools(sheet: Sheet) -> NDArray[np.float32]:
    """Return smooth anchored noise of deviation about 1, shape (h, w, 2)."""
    full, (h, w) = sheet.buffers, sheet.lit.shape[:2]
    step = 2 * FINE
    coarse = Buffers(
        **{
            name: np.ascontiguousarray(getattr(full, name)[::step, ::step])
            for name in Buffers.__dataclass_fields__
        }
    )
    view = View(sheet.view.world_from_camera, sheet.view.focal_px / step)
    noise = anchored_noise(
        coarse, view, channels=2, seed=sheet.seed, cell_px=max(1.0, h / 40)
    )
    reach = max(1, h // 100)
    noise = np.float32(1.5) * _spread(_spread(noise, reach), reach)
    fine = [twice_as_fine(np.ascontiguousarray(noise[..., k])) for k in range(2)]
    return np.ascontiguousarray(np.stack(fine, axis=2)[:h, :w])


def _spread(picture: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """Return the mean over a square of 2 · reach + 1 pixels."""
    size = 2 * reach + 1
    for axis in (0, 1):
        pad = [(0, 0)] * picture.ndim
        pad[axis] = (reach + 1, reach)
        total = np.cumsum(
            np.pad(picture, pad, mode="edge"), axis=axis, dtype=np.float64
        )
        length = picture.shape[axis]
        high = total.take(np.arange(size, size + length), axis=axis)
        low = total.take(np.arange(length), axis=axis)
        picture = ((high - low) / size).astype(np.float32)
    return picture


def _rims(flat: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """Return where a wash ends: darker just inside of where it is the darker one."""
    tone = flat @ _LUMINANCE
    around = _spread(tone, 2 * reach)
    edge = rises(around - tone, 0.012, 0.1)
    return np.asarray(edge, np.float32)


def _run(
    picture: NDArray[np.float32], pools: NDArray[np.float32],
    runs: NDArray[np.bool_], far_px: float,
) -> NDArray[np.float32]:  # fmt: skip
    out = np.empty_like(picture)
    _move(picture, pools, runs, far_px, out)
    return out


@lean
def _move(picture: Array, pools: Array, runs: Array, far_px: float, out: Array) -> None:
    height, width = runs.shape
    for row in range(height):
        for col in range(width):
            r, c = row, col
            if runs[row, col]:
                r = int(np.rint(row + far_px * pools[row, col, 0]))
                c = int(np.rint(col + far_px * pools[row, col, 1]))
                r = min(max(r, 0), height - 1)
                c = min(max(c, 0), width - 1)
                if not runs[r, c]:
                    r, c = row, col
            for k in range(3):
                out[row, col, k] = picture[r, c, k]


def kuwahara(picture: NDArray[np.float32], *, reach: int) -> NDArray[np.float32]:
    """Return flat patches with sharp edges (Kuwahara et al. 1976).

    Of the four squares that meet at a pixel the most even gives its mean; weighted
    by evenness instead of picked, so that nothing flips from frame to frame.

    Args:
        picture: Shape (h, w, 3).
        reach: Edge of the squares less one.
    """
    height, width = picture.shape[:2]
    size = reach + 1
    padded = np.pad(picture, ((reach, reach), (reach, reach), (0, 0)), mode="edge")
    sums = np.zeros((height + reach + 1 + reach, width + reach + 1 + reach, 4))
    sums[1:, 1:, :3] = padded
    sums[1:, 1:, 3] = (padded @ _LUMINANCE) ** 2
    sums = sums.cumsum(axis=0).cumsum(axis=1)
    out = np.empty_like(picture)
    _flatten(sums, reach, 1.0 / (size * size), out)
    return out


@lean
def _flatten(sums: Array, reach: int, share: float, out: Array) -> None:
    height, width = out.shape[0], out.shape[1]
    for row in range(height):
        for col in range(width):
            red, green, blue, weights = 0.0, 0.0, 0.0, 0.0
            for quarter in range(4):
                r = row + (reach if quarter & 1 else 0)
                c = col + (reach if quarter & 2 else 0)
                a = share * _inside(sums, r, c, reach + 1, 0)
                b = share * _inside(sums, r, c, reach + 1, 1)
                d = share * _inside(sums, r, c, reach + 1, 2)
                tone = 0.2126 * a + 0.7152 * b + 0.0722 * d
                spread = share * _inside(sums, r, c, reach + 1, 3) - tone * tone
                weight = 1.0 / (1e-5 + max(spread, 0.0))
                weight *= weight
                red += weight * a
                green += weight * b
                blue += weight * d
                weights += weight
            out[row, col, 0], out[row, col, 1] = red / weights, green / weights
            out[row, col, 2] = blue / weights


@woven
def _inside(sums: Array, row: int, col: int, size: int, channel: int) -> float:
    """Return the sum over a square from its running sums."""
    return float(
        sums[row + size, col + size, channel] - sums[row, col + size, channel]
        - sums[row + size, col, channel] + sums[row, col, channel]
    )  # fmt: skip
