"""Clouds in the sky of a trace: detail whose mean, all round at any height, is nought.

So the sky lights as it does in the preview and is as bright; only its blue parts are
bluer and its clouds whiter.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.render.texture import noise
from previz.trace.growth.chance import keys_of, share

__all__ = ["clouded"]

_EDGE = 512
_PERIOD = 9.0
"""Of the field of clouds, over the height it is seen at."""
_FLAT = 0.16
"""Keeps the field finite at the horizon, where clouds are thin bands."""
_BRIGHT, _DULL = 0.85, 0.3
"""How much brighter than its sky a cloud is under the sun, and without it."""
_LEAST_LUX = 300.0
_EVENED_ROWS = 61
"""Over how many rows the mean is kept: over one, bands would show."""
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])

Field = NDArray[np.float64]


def clouded(
    picture: NDArray[np.float32], *, seed: int, sun: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return a sky with clouds.

    Args:
        picture: Luminance in cd/m², equirectangular, rows from straight up to straight
            down, columns from -z by +x, shape (h, w, 3).
        seed: Of the clouds; >= 0.
        sun: Unit direction to the sun, zeros for none, shape (3,).
    """
    half = len(picture) // 2
    above = picture[:half].astype(np.float64)
    level = above @ _LUMINANCE
    # At night there is nothing to light them.
    day = np.clip(np.log10(max(float(level.mean()) * np.pi, 1.0) / _LEAST_LUX), 0, 1)
    if day == 0.0:
        return picture
    facing = tuple(np.round(sun, 2).tolist())
    dense, lit = _clouds(seed, facing, picture.shape[1], half)
    if sun.any():
        white = level[..., None] * (1.0 + _BRIGHT) * np.array([1.02, 1.0, 0.98])
    else:
        white, lit = above * (1.0 + _DULL), np.ones_like(lit)
    more = dense[..., None] * (white * lit[..., None] - above)
    more -= _evened(more.mean(axis=1))[:, None]
    out = picture.copy()
    out[:half] = np.maximum(above + day * more, 0.35 * above)
    return out


def _evened(rows: Field) -> Field:
    """Return running means down the rows, shape (h, 3)."""
    side = min(_EVENED_ROWS, len(rows)) // 2
    wide = np.pad(rows, ((side + 1, side), (0, 0)), mode="edge")
    total = np.cumsum(wide, axis=0)
    return np.asarray((total[2 * side + 1 :] - total[: -2 * side - 1]) / (2 * side + 1))


@lru_cache(maxsize=16)
def _clouds(
    seed: int, sun: tuple[float, float, float], wide: int, half: int
) -> tuple[Field, Field]:
    """Return how dense clouds are, 0 to 1, and how lit, shape (half, wide) each."""
    across = (np.arange(wide) + 0.5) / wide * 2 * np.pi
    down = (np.arange(half) + 0.5)[:, None] / half * np.pi / 2
    key = keys_of(seed)
    shift = [float(share(key, k)[0]) * _PERIOD for k in range(2)]
    much = 0.15 + 0.5 * float(share(key, 2)[0])
    height = np.cos(down) + _FLAT
    x = np.sin(across) * np.sin(down) / height + shift[0]
    z = -np.cos(across) * np.sin(down) / height + shift[1]
    here = _billows(x, z, much)
    towards = _billows(x + 0.12 * sun[0], z + 0.12 * sun[2], much)
    low = np.clip((np.cos(down) - 0.02) / 0.12, 0.0, 1.0)
    # Thick parts and those behind others as seen from the sun are greyer.
    lit = 1.06 - 0.1 * here * here - 0.16 * towards * here
    return np.asarray(0.8 * here * (0.25 + 0.75 * low)), np.asarray(lit)


def _billows(x: Field, z: Field, much: float) -> Field:
    field = _field()
    value = _bilinear(field, x / _PERIOD, z / _PERIOD)
    # Fine edges from the same field, smaller.
    value = value + 0.22 * _bilinear(field, 5.0 * z / _PERIOD, 5.0 * x / _PERIOD)
    edge = float(np.quantile(field, 1.0 - much))
    t = np.clip((value - edge + 0.5) / 1.8, 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


@lru_cache(maxsize=1)
def _field() -> Field:
    return noise("clouds", slope=1.75, least=2.0, edge=_EDGE)


def _bilinear(field: Field, u: Field, v: Field) -> Field:
    """Return a tileable field at places in periods."""
    edge = len(field)
    x, y = u * edge, v * edge
    i, j = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    fx, fy = x - i, y - j
    a, b = i % edge, j % edge
    right, below = (a + 1) % edge, (b + 1) % edge
    upper = field[b, a] * (1 - fx) + field[b, right] * fx
    lower = field[below, a] * (1 - fx) + field[below, right] * fx
    return np.asarray(upper * (1 - fy) + lower * fy)
