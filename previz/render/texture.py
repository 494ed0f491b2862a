"""Small unevenness of matter: grain, joints and mottling over the surface.

One tileable picture a matter class multiplies the base colour; its coarser levels
are averages, so that what lies far away is even and does not shimmer.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, woven
from previz.stage import MATTERS

__all__ = ["EDGE", "Textures", "matter_textures", "texture_at"]

EDGE = 256
_LEVELS = 9
_SHIFT = _LEVELS - 1
_LEAST_CONTRAST = 0.008
"""Levels whose standard deviation is below this count as even."""
Picture = NDArray[np.float64]


class Textures(NamedTuple):
    """One tileable picture a matter class with its coarser levels.

    Attributes:
        texel: Multiplier of the base colour times 128, all levels after each other,
            shape (matters, sum of edge²), uint8.
        first: Where each level begins, shape (levels,).
        per_m: How many texels of the finest level a metre spans, shape (matters,).
        flat: From which level on a matter is even, shape (matters,).
    """

    texel: Array
    first: Array
    per_m: Array
    flat: Array


def _noise(
    name: str, *, slope: float, across: float = 1.0, least: float = 0.0
) -> Picture:
    """Return tileable noise of standard deviation 1.

    Args:
        name: Seeds it.
        slope: How fast amplitude falls with frequency.
        across: > 1 draws it out along u.
        least: Frequencies below this many a period are left out.
    """
    rng = np.random.default_rng([7, zlib.crc32(name.encode())])
    white = np.fft.fft2(rng.standard_normal((EDGE, EDGE)))
    f = np.fft.fftfreq(EDGE) * EDGE
    radius = np.hypot(f[:, None], f[None, :] * across)
    gain = np.where(radius > max(least, 0.5), np.maximum(radius, 0.5) ** -slope, 0.0)
    made = np.real(np.fft.ifft2(white * gain))
    return np.asarray(made / made.std())


def _grid() -> tuple[Picture, Picture]:
    at = (np.arange(EDGE) + 0.5) / EDGE
    return np.meshgrid(at, at)


def _courses(
    name: str, *, across: int, up: int, shift: float, joint_m: float, period_m: float,
    ends: bool = True,
) -> tuple[Picture, Picture]:  # fmt: skip
    """Return a value from -1 to 1 for each brick or slab, and where the joints are.

    Without `ends` only the joints along u are kept: board ends read as dashes.
    """
    u, v = _grid()
    rng = np.random.default_rng([11, zlib.crc32(name.encode())])
    row = np.floor(v * up).astype(int)
    along = u * across + shift * (row % 2)
    column = np.floor(along).astype(int) % across
    value = rng.uniform(-1, 1, (up, across))[row, column]
    width, height = period_m / across, period_m / up
    fu, fv = along - np.floor(along), v * up - row
    edge = np.minimum(fv, 1 - fv) * height
    if ends:
        edge = np.minimum(np.minimum(fu, 1 - fu) * width, edge)
    joint = np.clip(1.5 - edge / (joint_m / 2), 0.0, 1.0)
    return value, joint


def _brick() -> Picture:
    value, joint = _courses(
        "brick", across=8, up=24, shift=0.5, joint_m=0.011, period_m=1.8
    )
    body = 1.0 + 0.13 * value + 0.05 * _noise("brick", slope=0.8)
    return body * (1 - joint) + joint * (1.18 + 0.04 * _noise("mortar", slope=0.4))


def _tile() -> Picture:
    value, joint = _courses(
        "tile", across=10, up=10, shift=0.0, joint_m=0.008, period_m=2.0
    )
    return (1.0 + 0.03 * value) * (1 - 0.45 * joint)


def _stone() -> Picture:
    value, joint = _courses(
        "stone", across=4, up=4, shift=0.5, joint_m=0.012, period_m=2.4
    )
    body = 1.0 + 0.05 * value + 0.045 * _noise("stone", slope=0.9, least=3.0)
    body += 0.03 * _noise("pores", slope=0.1)
    return body * (1 - 0.4 * joint)


def _wood() -> Picture:
    value, joint = _courses(
        "wood", across=1, up=10, shift=0.37, joint_m=0.008, period_m=1.4, ends=False
    )
    grain = _noise("grain", slope=0.75, across=14.0)
    figure = _noise("figure", slope=1.6, across=6.0)
    return (1.0 + 0.09 * value + 0.075 * grain + 0.05 * figure) * (1 - 0.34 * joint)


def _cloth() -> Picture:
    u, v = _grid()
    weave = np.sin(2 * np.pi * 64 * u) * np.sin(2 * np.pi * 64 * v)
    return 1.0 + 0.05 * weave + 0.05 * _noise("cloth", slope=1.3)


_PICTURES: dict[str, tuple[float, Callable[[], Picture]]] = {
    "plaster": (1.8, lambda: 1 + 0.012 * _noise("plaster", slope=1.2, least=3.0)
                + 0.014 * _noise("plaster grain", slope=0.2)),
    "wood": (1.4, _wood),
    "brick": (1.8, _brick),
    "tile": (2.0, _tile),
    "stone": (2.4, _stone),
    "asphalt": (3.0, lambda: 1 + 0.11 * _noise("asphalt", slope=0.1)
                + 0.04 * _noise("stains", slope=1.3)),
    "ground": (3.0, lambda: 1 + 0.09 * _noise("ground", slope=1.0, least=2.0)
               + 0.05 * _noise("grit", slope=0.2)),
    "grass": (2.0, lambda: 1 + 0.14 * _noise("blades", slope=0.5)
              + 0.12 * _noise("tufts", slope=1.2, least=3.0)),
    "foliage": (1.2, lambda: 1 + 0.26 * _noise("leaves", slope=0.75, least=4.0)),
    "metal": (1.0, lambda: 1 + 0.025 * _noise("brushed", slope=0.5, across=20.0)),
    "cloth": (0.6, _cloth),
    "leather": (0.5, lambda: 1 + 0.06 * _noise("leather", slope=0.8, least=6.0)),
    "paper": (1.0, lambda: 1 + 0.015 * _noise("paper", slope=0.5)),
    "water": (3.0, lambda: 1 + 0.06 * _noise("water", slope=1.3, across=2.0)),
    "skin": (0.4, lambda: 1 + 0.02 * _noise("skin", slope=1.2)),
    "hair": (0.3, lambda: 1 + 0.16 * _noise("hair", slope=0.6, across=0.08)),
}  # fmt: skip


@lru_cache(maxsize=1)
def matter_textures() -> Textures:
    """Return the pictures of all matter classes."""
    edges = [EDGE >> level for level in range(_LEVELS)]
    first = np.concatenate([[0], np.cumsum([e * e for e in edges])])
    texel = np.full((len(MATTERS), first[-1]), 128, np.uint8)
    period = np.ones(len(MATTERS))
    flat = np.zeros(len(MATTERS), np.int64)
    for index, matter in enumerate(MATTERS):
        if matter.value not in _PICTURES:
            continue
        period[index], draw = _PICTURES[matter.value]
        picture = np.clip(draw(), 0.0, 1.95)
        picture = picture / picture.mean()
        for level, edge in enumerate(edges):
            if picture.std() < _LEAST_CONTRAST:
                break
            flat[index] = level + 1
            stored = np.clip(np.rint(picture * 128.0), 0, 255).astype(np.uint8)
            texel[index, first[level] : first[level] + edge * edge] = stored.ravel()
            if edge > 1:
                picture = picture.reshape(edge // 2, 2, edge // 2, 2).mean(axis=(1, 3))
    return Textures(texel, first[:-1].astype(np.int64), EDGE / period, flat)


@woven
def texture_at(
    texels: Array, first: Array, flat: int, x: float, y: float, wide: float
) -> float:
    """Return by what matter's unevenness multiplies the base colour.

    Args:
        texels: The matter's row of `Textures.texel`.
        first: As in `Textures`.
        flat: The matter's entry of `Textures.flat`.
        x: Surface coordinate in texels of the finest level.
        y: Surface coordinate in texels of the finest level.
        wide: How many of those texels a pixel covers.
    """
    level, scale = 0, 1.0
    while wide * scale >= 2.0:
        scale *= 0.5
        level += 1
        if level == flat:
            return 1.0
    # Straight between powers of two instead of the logarithm; most places are near
    # enough to one level to read that one only.
    blend = (wide * scale - 1.25) * 2.0
    if blend >= 1.0:
        level, scale, blend = level + 1, scale * 0.5, 0.0
        if level == flat:
            return 1.0
    fine = _bilinear(texels, first[level], x * scale, y * scale, level)
    if blend <= 0.0:
        return fine
    rough = 1.0
    if level + 1 < flat:
        scale *= 0.5
        rough = _bilinear(texels, first[level + 1], x * scale, y * scale, level + 1)
    return float(fine + (rough - fine) * blend)


@woven
def _bilinear(texels: Array, base: int, x: float, y: float, level: int) -> float:
    """Return the picture at a place in texels of one level."""
    right, down = np.float32(x - 0.5), np.float32(y - 0.5)
    left, top = np.floor(right), np.floor(down)
    fx, fy = right - left, down - top
    shift = _SHIFT - level
    mask = (1 << shift) - 1
    i, j = int(np.int32(left)), int(np.int32(top))
    i0, i1 = i & mask, (i + 1) & mask
    j0, j1 = base + ((j & mask) << shift), base + (((j + 1) & mask) << shift)
    a, b = np.float32(texels[j0 + i0]), np.float32(texels[j0 + i1])
    c, d = np.float32(texels[j1 + i0]), np.float32(texels[j1 + i1])
    upper = a + (b - a) * fx
    lower = c + (d - c) * fx
    return float((upper + (lower - upper) * fy) * np.float32(1.0 / 128.0))
