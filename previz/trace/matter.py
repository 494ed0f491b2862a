"""Fine detail of matter: colour, gloss and relief over one period of its surface.

The colour is the preview's own picture drawn finer, at the same scale and phase, so
that a trace and a preview agree on where a plank ends; what a preview is too coarse
to show comes on top: mortar that is not brick, grain that shines less, waves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.texture import PERIODS_M, courses, matter_picture, noise

__all__ = ["EDGE", "Detail", "coarser", "detail_of", "edge_for", "has_detail"]

EDGE = 512
_SMALL_PX = 400

Picture = NDArray[np.float64]


class Detail(NamedTuple):
    """One period of a matter's surface, columns along u, rows along v.

    Attributes:
        color: Multiplies the base colour, mean 1, shape (n, n, 3).
        gloss: Multiplies the roughness, shape (n, n).
        height_m: Relief, shape (n, n); rises outward.
        period_m: After how many metres it repeats.
    """

    color: NDArray[np.float32]
    gloss: NDArray[np.float32]
    height_m: NDArray[np.float32]
    period_m: float


_FINER = {"bark": "wood", "garment": "cloth"}
"""What a tree's wood and a person's cloth are close by, and of which matter."""


def has_detail(matter: str) -> bool:
    """Return whether a matter has any; emitters and glass are even."""
    return matter in PERIODS_M or matter in _FINER


@cache
def detail_of(matter: str) -> Detail:
    """Return the detail of a matter that `has_detail`."""
    known = _FINER.get(matter, matter)
    base, period_m = matter_picture(known, edge=EDGE), PERIODS_M[known]
    color, gloss, height = _MADE.get(matter, _plain)(base, period_m)
    color = np.clip(color, 0.0, None)
    color = color / color.mean()
    return Detail(
        np.ascontiguousarray(color, np.float32),
        np.ascontiguousarray(gloss, np.float32),
        np.ascontiguousarray(height - height.mean(), np.float32),
        period_m,
    )


def edge_for(width_px: int) -> int:
    """Return how many texels a detail needs along its edge in a picture this wide."""
    return EDGE if width_px > _SMALL_PX else EDGE // 4


def coarser(detail: Detail, *, edge: int) -> Detail:
    """Return a detail averaged over squares of texels, to this many along an edge."""
    if len(detail.color) == edge:
        return detail
    return Detail(
        _averaged(detail.color, edge),
        _averaged(detail.gloss, edge),
        _averaged(detail.height_m, edge),
        detail.period_m,
    )


def _averaged(picture: NDArray[np.float32], edge: int) -> NDArray[np.float32]:
    share = len(picture) // edge
    squares = picture.reshape(edge, share, edge, share, *picture.shape[2:])
    return np.ascontiguousarray(squares.mean(axis=(1, 3)), np.float32)


_Made = tuple[Picture, Picture, Picture]


def _grey(value: Picture) -> Picture:
    return np.repeat(value[..., None], 3, axis=2)


def _relief(shape: Picture, period_m: float, *, slope: float) -> Picture:
    """Return heights in metres whose slope has this root mean square."""
    step = period_m / len(shape)
    across = (np.roll(shape, -1, 1) - np.roll(shape, 1, 1)) / (2 * step)
    along = (np.roll(shape, -1, 0) - np.roll(shape, 1, 0)) / (2 * step)
    steep = float(np.sqrt(np.mean(across**2 + along**2)))
    return np.asarray(shape * (slope / max(steep, 1e-12)))


def _grain(name: str, *, slope: float, across: float = 1.0, least: float = 0.0
           ) -> Picture:  # fmt: skip
    return noise(name, slope=slope, across=across, least=least, edge=EDGE)


def _grit(name: str) -> Picture:
    """Return noise as fine as the picture, finer than the preview's."""
    rng = np.random.default_rng([13, *name.encode()])
    white = rng.standard_normal((EDGE, EDGE))
    soft = white + 0.5 * (np.roll(white, 1, 0) + np.roll(white, 1, 1))
    return np.asarray(soft / soft.std())


def _plain(base: Picture, period_m: float) -> _Made:
    return _grey(base), np.ones_like(base), np.zeros_like(base)


def _plaster(base: Picture, period_m: float) -> _Made:
    trowel = _grain("plaster trowel", slope=1.3, least=3.0)
    height = trowel + 0.25 * _grit("plaster")
    return _grey(base), np.ones_like(base), _relief(height, period_m, slope=0.035)


def _wood(base: Picture, period_m: float) -> _Made:
    value, joint = courses("wood", edge=EDGE)
    grain = _grain("grain", slope=0.75, across=14.0)
    pores = _grain("pores", slope=0.1, across=24.0, least=12.0)
    warm = np.stack([0.02 * value, 0.0 * value, -0.04 * value], axis=-1)
    color = _grey(base * (1 + 0.05 * np.minimum(pores, 0.0))) * (1 + warm)
    gloss = 1.0 + 0.12 * grain + 0.1 * value + 0.5 * joint
    height = _relief(0.6 * grain + pores, period_m, slope=0.03) - 0.0012 * joint
    return color, gloss, height


def _masonry(name: str, base: Picture, period_m: float, *, depth_m: float,
             slope: float, pale: float, dull: float) -> _Made:  # fmt: skip
    """Return bricks or slabs: joints lie deeper, are greyer and shine less."""
    value, joint = courses(name, edge=EDGE)
    edge = joint * joint * (3 - 2 * joint)
    tint = _grain(f"{name} fire", slope=0.9)
    hue = np.stack([0.05 * value + 0.02 * tint, 0 * value, -0.05 * value], axis=-1)
    color = _grey(base) * (1 + hue * (1 - joint)[..., None])
    color = color * (1 + 0.05 * _grit(name) * (1 - 0.5 * joint))[..., None]
    grey = np.array([0.96, 1.0, 1.06]) * (1 + pale)
    color = color * (1 + (grey - 1) * edge[..., None])
    rough = _relief(tint + 0.6 * _grit(name + " face"), period_m, slope=slope)
    # Each lies a little askew.
    lean = 0.0006 * value
    return color, 1 + dull * edge, (rough + lean) * (1 - edge) - depth_m * edge


def _brick(base: Picture, period_m: float) -> _Made:
    return _masonry("brick", base, period_m, depth_m=0.004, slope=0.14, pale=0.25,
                    dull=0.05)  # fmt: skip


def _tile(base: Picture, period_m: float) -> _Made:
    return _masonry("tile", base, period_m, depth_m=0.0012, slope=0.006, pale=-0.12,
                    dull=2.4)  # fmt: skip


def _stone(base: Picture, period_m: float) -> _Made:
    return _masonry("stone", base, period_m, depth_m=0.003, slope=0.06, pale=-0.05,
                    dull=0.1)  # fmt: skip


def _asphalt(base: Picture, period_m: float) -> _Made:
    grit = _grit("asphalt")
    chips = np.clip(_grit("chips") - 1.7, 0.0, None)
    color = _grey(base * (1 + 0.16 * grit + 0.6 * chips))
    gloss = 1.0 - 0.12 * np.clip(_grain("worn", slope=1.4), -1, 1)
    height = grit + 0.6 * _grain("asphalt", slope=0.15)
    return color, gloss, _relief(height, period_m, slope=0.3)


def _loose(name: str, base: Picture, period_m: float, *, slope: float, hue: float,
           grit: float) -> _Made:  # fmt: skip
    """Return earth, grass or leaves: mottled, speckled, rough."""
    fine = _grit(name)
    mottle = _grain(f"{name} hue", slope=1.0)
    shift = np.stack([hue * mottle, 0.2 * hue * fine, -0.7 * hue * mottle], axis=-1)
    color = _grey(base * (1 + grit * fine)) * (1 + shift)
    height = _relief(_grain(f"{name} lie", slope=0.6, least=2.0) + fine, period_m,
                     slope=slope)  # fmt: skip
    return color, np.ones_like(base), height


def _ground(base: Picture, period_m: float) -> _Made:
    return _loose("ground", base, period_m, slope=0.3, hue=0.04, grit=0.1)


def _grass(base: Picture, period_m: float) -> _Made:
    return _loose("grass", base, period_m, slope=0.7, hue=0.1, grit=0.2)


def _foliage(base: Picture, period_m: float) -> _Made:
    return _loose("foliage", base, period_m, slope=0.8, hue=0.1, grit=0.16)


def _metal(base: Picture, period_m: float) -> _Made:
    brushed = _grain("brushed fine", slope=0.2, across=40.0, least=6.0)
    smudge = _grain("smudges", slope=1.5)
    gloss = 1 + 0.12 * smudge + 0.06 * brushed
    return _grey(base), gloss, _relief(brushed, period_m, slope=0.012)


def _cloth(base: Picture, period_m: float) -> _Made:
    at = (np.arange(EDGE) + 0.5) / EDGE
    over = np.abs(np.sin(np.pi * 128 * at))
    warp, weft = over[None, :], over[:, None]
    check = np.sign(
        np.sin(np.pi * 128 * at[None, :]) * np.sin(np.pi * 128 * at[:, None])
    )
    weave = np.where(check > 0, warp, weft)
    crease = _grain("creases", slope=1.7, across=0.6)
    thread = 0.9 + 0.14 * weave
    height = _relief(weave, period_m, slope=0.2) + _relief(crease, period_m, slope=0.09)
    return _grey(base * thread), np.ones_like(base), height


def _garment(base: Picture, period_m: float) -> _Made:
    """Return cloth that is worn: it falls in folds and gathers in creases."""
    color, gloss, weave = _cloth(base, period_m)
    falls = _grain("folds", slope=1.5, across=0.4, least=3.0)
    gathers = _grain("gathers", slope=1.6, across=2.2, least=4.0)
    # Folds are round above and sharp below.
    folds = np.abs(falls) ** 0.8 + 0.6 * np.abs(gathers) ** 0.8
    return color, gloss, weave + _relief(folds, period_m, slope=0.4)


def _bark(base: Picture, period_m: float) -> _Made:
    """Return bark: long plates with furrows between them."""
    plates = np.abs(_grain("bark", slope=1.1, across=0.16, least=3.0))
    furrow = np.clip(1.0 - 2.2 * plates, 0.0, 1.0)
    rough = _grit("bark") + 2.0 * _grain("bark face", slope=0.8, across=0.4)
    moss = np.clip(_grain("moss", slope=1.5) - 0.6, 0.0, 1.0)
    color = 1.0 + 0.07 * rough - 0.55 * furrow
    hue = 1.0 + moss[..., None] * np.array([-0.12, 0.1, -0.1])
    height = _relief(np.minimum(plates, 0.5) + 0.012 * rough, period_m, slope=0.5)
    return _grey(np.clip(color, 0.2, None)) * hue, np.ones_like(base), height


def _leather(base: Picture, period_m: float) -> _Made:
    cells = np.abs(_grain("hide", slope=0.9, least=14.0))
    crease = np.minimum(cells, 0.6)
    color = _grey(base * (0.9 + 0.2 * crease))
    return color, 1.25 - 0.5 * crease, _relief(crease, period_m, slope=0.14)


def _paper(base: Picture, period_m: float) -> _Made:
    return (
        _grey(base),
        np.ones_like(base),
        _relief(_grain("paper", slope=0.5), period_m, slope=0.03),
    )


def _water(base: Picture, period_m: float) -> _Made:
    waves = _grain("waves", slope=1.8, across=1.6) + 0.3 * _grain("ripples", slope=1.1)
    return _grey(base), np.ones_like(base), _relief(waves, period_m, slope=0.09)


def _skin(base: Picture, period_m: float) -> _Made:
    flush = _grain("flush", slope=1.4)
    shift = np.stack([0.015 * flush, -0.02 * flush, -0.02 * flush], axis=-1)
    pores = _grit("pores")
    gloss = 1 + 0.1 * _grain("oil", slope=1.2)
    return _grey(base) * (1 + shift), gloss, _relief(pores, period_m, slope=0.05)


def _hair(base: Picture, period_m: float) -> _Made:
    strands = _grain("strands", slope=0.3, across=0.05, least=2.0)
    color = _grey(base * (1 + 0.12 * strands))
    return color, np.ones_like(base), _relief(strands, period_m, slope=0.3)


_MADE: dict[str, Callable[[Picture, float], _Made]] = {
    "plaster": _plaster,
    "wood": _wood,
    "brick": _brick,
    "tile": _tile,
    "stone": _stone,
    "asphalt": _asphalt,
    "ground": _ground,
    "grass": _grass,
    "foliage": _foliage,
    "metal": _metal,
    "cloth": _cloth,
    "garment": _garment,
    "bark": _bark,
    "leather": _leather,
    "paper": _paper,
    "water": _water,
    "skin": _skin,
    "hair": _hair,
}
