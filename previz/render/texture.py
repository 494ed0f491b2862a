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

__all__ = [
    "EDGE",
    "PERIODS_M",
    "Textures",
    "courses",
    "matter_picture",
    "matter_textures",
    "noise",
    "texture_at",
]

EDGE = 256
_LEVELS = 9
_SHIFT = _LEVELS - 1
_LEAST_CONTRAST = 0.008
"""Levels whose standard deviation is below this count as even."""
Picture = NDArray[np.float64]
Drawing = Callable[[int], Picture]


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


def noise(
    name: str,
    *,
    slope: float,
    across: float = 1.0,
    least: float = 0.0,
    edge: int = EDGE,
) -> Picture:
    """Return tileable noise of standard deviation 1.

    Args:
        name: Seeds it.
        slope: How fast amplitude falls with frequency.
        across: > 1 draws it out along u.
        least: Frequencies below this many a period are left out.
        edge: Of the picture; a larger one shows the same, drawn finer.
    """
    rng = np.random.default_rng([7, zlib.crc32(name.encode())])
    white = np.fft.fft2(rng.standard_normal((EDGE, EDGE)))
    f = np.fft.fftfreq(EDGE) * EDGE
    radius = np.hypot(f[:, None], f[None, :] * across)
    gain = np.where(radius > max(least, 0.5), np.maximum(radius, 0.5) ** -slope, 0.0)
    spectrum = white * gain
    if edge > EDGE:
        wide, margin = np.fft.fftshift(spectrum), (edge - EDGE) // 2
        spectrum = np.fft.ifftshift(np.pad(wide, margin))
    made = np.real(np.fft.ifft2(spectrum))
    return np.asarray(made / made.std())


class Courses(NamedTuple):
    """How bricks, slabs or boards lie: how many a period each way, shift, joints."""

    across: int
    up: int
    shift: float
    joint_m: float
    ends: bool = True


COURSES: dict[str, Courses] = {
    "brick": Courses(across=8, up=24, shift=0.5, joint_m=0.011),
    "tile": Courses(across=10, up=10, shift=0.0, joint_m=0.008),
    "stone": Courses(across=4, up=4, shift=0.5, joint_m=0.012),
    "wood": Courses(across=1, up=10, shift=0.37, joint_m=0.008, ends=False),
}
"""Without `ends` only the joints along u are kept: board ends read as dashes."""


def courses(name: str, *, edge: int = EDGE) -> tuple[Picture, Picture]:
    """Return a value from -1 to 1 for each brick or slab, and where the joints are."""
    lie, period_m = COURSES[name], PERIODS_M[name]
    at = (np.arange(edge) + 0.5) / edge
    u, v = np.meshgrid(at, at)
    rng = np.random.default_rng([11, zlib.crc32(name.encode())])
    row = np.floor(v * lie.up).astype(int)
    along = u * lie.across + lie.shift * (row % 2)
    column = np.floor(along).astype(int) % lie.across
    value = rng.uniform(-1, 1, (lie.up, lie.across))[row, column]
    width, height = period_m / lie.across, period_m / lie.up
    fu, fv = along - np.floor(along), v * lie.up - row
    near = np.minimum(fv, 1 - fv) * height
    if lie.ends:
        near = np.minimum(np.minimum(fu, 1 - fu) * width, near)
    joint = np.clip(1.5 - near / (lie.joint_m / 2), 0.0, 1.0)
    return value, joint


def _brick(edge: int) -> Picture:
    value, joint = courses("brick", edge=edge)
    body = 1.0 + 0.13 * value + 0.05 * noise("brick", slope=0.8, edge=edge)
    mortar = 1.18 + 0.04 * noise("mortar", slope=0.4, edge=edge)
    return body * (1 - joint) + joint * mortar


def _tile(edge: int) -> Picture:
    value, joint = courses("tile", edge=edge)
    return (1.0 + 0.03 * value) * (1 - 0.45 * joint)


def _stone(edge: int) -> Picture:
    value, joint = courses("stone", edge=edge)
    body = 1.0 + 0.05 * value
    body = body + 0.045 * noise("stone", slope=0.9, least=3.0, edge=edge)
    body += 0.03 * noise("pores", slope=0.1, edge=edge)
    return body * (1 - 0.4 * joint)


def _wood(edge: int) -> Picture:
    value, joint = courses("wood", edge=edge)
    grain = noise("grain", slope=0.75, across=14.0, edge=edge)
    figure = noise("figure", slope=1.6, across=6.0, edge=edge)
    return (1.0 + 0.09 * value + 0.075 * grain + 0.05 * figure) * (1 - 0.34 * joint)


def _cloth(edge: int) -> Picture:
    at = (np.arange(edge) + 0.5) / edge
    wave = np.sin(2 * np.pi * 64 * at)
    weave = wave[None, :] * wave[:, None]
    return 1.0 + 0.018 * weave + 0.022 * noise("cloth", slope=1.3, edge=edge)


def _mottled(*layers: tuple[float, str, float, float, float]) -> Drawing:
    """Return what draws layers of noise: amount, name, slope, across and least."""

    def draw(edge: int) -> Picture:
        made = np.ones((edge, edge))
        for amount, name, slope, across, least in layers:
            made = made + amount * noise(
                name, slope=slope, across=across, least=least, edge=edge
            )
        return made

    return draw


_DRAWINGS: dict[str, Drawing] = {
    "plaster": _mottled(
        (0.012, "plaster", 1.2, 1.0, 3.0), (0.014, "plaster grain", 0.2, 1.0, 0.0)
    ),
    "wood": _wood,
    "brick": _brick,
    "tile": _tile,
    "stone": _stone,
    "asphalt": _mottled(
        (0.11, "asphalt", 0.1, 1.0, 0.0), (0.04, "stains", 1.3, 1.0, 0.0)
    ),
    "ground": _mottled((0.09, "ground", 1.0, 1.0, 2.0), (0.05, "grit", 0.2, 1.0, 0.0)),
    "grass": _mottled((0.14, "blades", 0.5, 1.0, 0.0), (0.12, "tufts", 1.2, 1.0, 3.0)),
    "foliage": _mottled((0.26, "leaves", 0.75, 1.0, 4.0)),
    "metal": _mottled((0.025, "brushed", 0.5, 20.0, 0.0)),
    "cloth": _cloth,
    "leather": _mottled((0.06, "leather", 0.8, 1.0, 6.0)),
    "paper": _mottled((0.015, "paper", 0.5, 1.0, 0.0)),
    "water": _mottled((0.06, "water", 1.3, 2.0, 0.0)),
    "skin": _mottled((0.02, "skin", 1.2, 1.0, 0.0)),
    "hair": _mottled((0.16, "hair", 0.6, 0.08, 0.0)),
}

PERIODS_M: dict[str, float] = {
    "plaster": 1.8, "wood": 1.4, "brick": 1.8, "tile": 2.0, "stone": 2.4,
    "asphalt": 3.0, "ground": 3.0, "grass": 2.0, "foliage": 1.2, "metal": 1.0,
    "cloth": 0.6, "leather": 0.5, "paper": 1.0, "water": 3.0, "skin": 0.4, "hair": 0.3,
}  # fmt: skip
"""After how many metres the picture of a matter repeats."""


def matter_picture(matter: str, *, edge: int = EDGE) -> Picture:
    """Return what multiplies a matter's base colour, of mean 1, shape (edge, edge).

    Args:
        matter: One of `PERIODS_M`, after whose length it repeats; columns run along
            the first surface coordinate, rows along the second.
        edge: `EDGE`, or a multiple of it that shows the same, drawn finer.
    """
    picture = np.clip(_DRAWINGS[matter](edge), 0.0, 1.95)
    return np.asarray(picture / picture.mean())


@lru_cache(maxsize=1)
def matter_textures() -> Textures:
    """Return the pictures of all matter classes."""
    edges = [EDGE >> level for level in range(_LEVELS)]
    first = np.concatenate([[0], np.cumsum([e * e for e in edges])])
    texel = np.full((len(MATTERS), first[-1]), 128, np.uint8)
    period = np.ones(len(MATTERS))
    flat = np.zeros(len(MATTERS), np.int64)
    for index, matter in enumerate(MATTERS):
        if matter.value not in PERIODS_M:
            continue
        period[index] = PERIODS_M[matter.value]
        picture = matter_picture(matter.value)
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
