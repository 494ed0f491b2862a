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
Picture = NDArray[np.float64]


class Textures(NamedTuple):
    """One tileable picture a matter class with its coarser levels.

    Attributes:
        texel: Multiplier of the base colour times 128, all levels after each other,
            shape (matters, sum of edge²), uint8.
        first: Where each level begins, shape (levels,).
        period_m: How many metres one picture spans, shape (matters,).
    """

    texel: Array
    first: Array
    period_m: Array


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
    return (1.0 + 0.025 * value) * (1 - 0.3 * joint)


def _stone() -> Picture:
    value, joint = _courses(
        "stone", across=4, up=4, shift=0.5, joint_m=0.012, period_m=2.4
    )
    body = 1.0 + 0.06 * value + 0.06 * _noise("stone", slope=1.0)
    return body * (1 - 0.35 * joint)


def _wood() -> Picture:
    value, joint = _courses(
        "wood", across=1, up=10, shift=0.37, joint_m=0.008, period_m=1.4, ends=False
    )
    grain = _noise("grain", slope=0.75, across=14.0)
    figure = _noise("figure", slope=1.6, across=6.0)
    return (1.0 + 0.05 * value + 0.06 * grain + 0.06 * figure) * (1 - 0.12 * joint)


def _cloth() -> Picture:
    u, v = _grid()
    weave = np.sin(2 * np.pi * 64 * u) * np.sin(2 * np.pi * 64 * v)
    return 1.0 + 0.05 * weave + 0.05 * _noise("cloth", slope=1.3)


_PICTURES: dict[str, tuple[float, Callable[[], Picture]]] = {
    "plaster": (2.5, lambda: 1 + 0.025 * _noise("plaster", slope=1.4)
                + 0.012 * _noise("plaster grain", slope=0.2)),
    "wood": (1.4, _wood),
    "brick": (1.8, _brick),
    "tile": (2.0, _tile),
    "stone": (2.4, _stone),
    "asphalt": (3.0, lambda: 1 + 0.07 * _noise("asphalt", slope=0.15)
                + 0.08 * _noise("stains", slope=1.5)),
    "ground": (3.0, lambda: 1 + 0.14 * _noise("ground", slope=1.1)
               + 0.05 * _noise("grit", slope=0.2)),
    "grass": (2.0, lambda: 1 + 0.14 * _noise("blades", slope=0.5)
              + 0.12 * _noise("tufts", slope=1.4)),
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
    for index, matter in enumerate(MATTERS):
        if matter.value not in _PICTURES:
            continue
        period[index], draw = _PICTURES[matter.value]
        picture = np.clip(draw(), 0.0, 1.95)
        picture = picture / picture.mean()
        for level, edge in enumerate(edges):
            stored = np.clip(np.rint(picture * 128.0), 0, 255).astype(np.uint8)
            texel[index, first[level] : first[level] + edge * edge] = stored.ravel()
            if edge > 1:
                picture = picture.reshape(edge // 2, 2, edge // 2, 2).mean(axis=(1, 3))
    return Textures(texel=texel, first=first[:-1].astype(np.int64), period_m=period)


@woven
def texture_at(
    texel: Array,
    first: Array,
    period_m: Array,
    matter: int,
    u: float,
    v: float,
    width_m: float,
) -> float:
    """Return by what matter's unevenness multiplies the base colour.

    Args:
        texel: As in `Textures`.
        first: As in `Textures`.
        period_m: As in `Textures`.
        matter: Which one.
        u: Surface coordinate in metres.
        v: Surface coordinate in metres.
        width_m: How wide a pixel is on the surface.
    """
    scale = 1.0 / period_m[matter]
    wide = width_m * EDGE * scale
    coarse = 0
    while wide >= 2.0:
        wide *= 0.5
        coarse += 1
        if coarse == _LEVELS - 1:
            return 1.0
    x, y = u * scale, v * scale
    # Straight between powers of two instead of the logarithm; most places are near
    # enough to one level to read that one only.
    blend = (wide - 1.25) * 2.0
    texels = texel[matter]
    if blend >= 1.0:
        coarse, blend = coarse + 1, 0.0
    fine = _bilinear(texels, first[coarse], x, y, coarse)
    if blend <= 0.0:
        return fine
    rough = _bilinear(texels, first[coarse + 1], x, y, coarse + 1)
    return float(fine + (rough - fine) * blend)


@woven
def _bilinear(texels: Array, base: int, u: float, v: float, level: int) -> float:
    edge = EDGE >> level
    x, y = u * edge - 0.5, v * edge - 0.5
    left, top = np.floor(x), np.floor(y)
    fx, fy = np.float32(x - left), np.float32(y - top)
    mask = edge - 1
    i, j = int(left), int(top)
    i0, i1 = i & mask, (i + 1) & mask
    j0, j1 = base + (j & mask) * edge, base + ((j + 1) & mask) * edge
    a, b = np.float32(texels[j0 + i0]), np.float32(texels[j0 + i1])
    c, d = np.float32(texels[j1 + i0]), np.float32(texels[j1 + i1])
    upper = a + (b - a) * fx
    lower = c + (d - c) * fx
    return float((upper + (lower - upper) * fy) * np.float32(1.0 / 128.0))
