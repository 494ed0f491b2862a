"""Leaves on masses of foliage: thousands where blocking has a lump or a kite.

What is loose of a proxy (kites that stand for clusters) becomes the leaves of a twig;
what is closed stays as a darker, smaller core under leaves, so that a crown's body is
dense and its edge is open. The n-th leaf of a triangle is always at the same place:
a nearer camera sees more and smaller leaves among the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.stage import Geometry
from previz.trace.growth.chance import bell, share, ways
from previz.trace.growth.cloud import Cloud, Points, spots_on, unit
from previz.trace.growth.eye import Eye

__all__ = ["FOLIAGE", "Foliage", "Grown", "leaves_of"]

_LEAST_PX = 2.2
"""A leaf is at least so long in the picture: smaller ones are fewer and larger."""
_LEAST_COUNT = 2.0
"""What would carry fewer leaves a triangle stays as it is."""
_FURTHEST_UNSEEN_M = 30.0
_CHROMA = 0.86
_SHRUNK = 0.5
"""By how much a core is smaller than its proxy, over the root of a triangle's area."""
_UP = np.array([0.0, 1.0, 0.0])


@dataclass(frozen=True)
class Foliage:
    """How a kind of plant is in leaf.

    Attributes:
        long_m: Length of a leaf.
        wide: Width over length.
        cover: Area of the leaves over the area they grow on.
        splay: 0 turns leaves along their twig, 1 anyhow.
        droop: How far their tips hang.
        gain: By how much brighter a leaf is than the proxy, since leaves shade each
            other; measured against it.
        loose_m2: Triangles above this area are never loose.
    """

    long_m: float
    wide: float = 0.6
    cover: float = 1.1
    splay: float = 0.8
    droop: float = 0.35
    gain: float = 1.46
    loose_m2: float = 1e9


FOLIAGE: dict[str, Foliage] = {
    "tree": Foliage(0.10, gain=1.46),
    "poplar": Foliage(0.08, splay=0.6, droop=-0.4),
    "bush": Foliage(0.055, gain=1.45),
    "hedge": Foliage(0.042, wide=0.55, loose_m2=0.02),
    "conifer": Foliage(0.16, wide=0.14, cover=0.7, splay=0.35, droop=0.15, gain=1.7),
}
"""By kind of set piece; all others stay as they are built."""


class Grown(NamedTuple):
    """Leaves, and what is left of their proxies.

    Attributes:
        cloud: The leaves.
        rest: The geometry, its cores smaller and darker.
        gone: Which of its triangles the leaves replace, shape (m,).
    """

    cloud: Cloud
    rest: Geometry
    gone: NDArray[np.bool_]


def leaves_of(
    geometry: Geometry,
    chosen: NDArray[np.int64],
    *,
    styles: list[Foliage],
    style: NDArray[np.int64],
    keys: NDArray[np.uint64],
    eye: Eye,
    most: int,
) -> Grown | None:
    """Grow leaves on triangles; None where all are too far off to show any.

    Args:
        geometry: In the world.
        chosen: Triangles under foliage, shape (t,).
        styles: How it can be in leaf.
        style: Which of them each triangle has, shape (t,).
        keys: Of each triangle, shape (t,).
        eye: Who sees them.
        most: How many leaves at most.
    """
    corners = geometry.positions[geometry.triangles[chosen]].astype(np.float64)
    traits = _traits(styles)[style]
    area = _areas(corners)
    middle, around = corners.mean(axis=1), np.sqrt(area)
    long = np.maximum(traits[:, 0], _LEAST_PX * eye.pixels_m(middle, around))
    count = _counts(area, long, traits)
    far = (eye.away(middle) > _FURTHEST_UNSEEN_M) & ~eye.sees(middle, around)
    bare = (count < _LEAST_COUNT) | far
    count[bare] = 0.0
    crowd = max(float(count.sum()) / most, 1.0)
    long, count = long * np.sqrt(crowd), count / crowd
    counts = np.floor(count + share(keys, 7)).astype(np.int64)
    counts[bare] = 0
    if counts.sum() == 0:
        return None
    roots = spots_on(keys, counts)
    loose = _loose(geometry, chosen) & (area < traits[:, 6])
    color = geometry.materials.base_color[geometry.triangle_material[chosen]]
    cloud = _leaves(
        _Twigs(
            at=roots.at(corners),
            out=unit(roots.at(geometry.normals[geometry.triangles[chosen]])),
            along=unit(_longest(corners))[roots.triangle],
            long=(long[roots.triangle] * np.exp(0.22 * bell(roots.keys, 4))),
            loose=loose[roots.triangle],
            thick=np.sqrt(area)[roots.triangle],
            color=color[roots.triangle].astype(np.float64),
            traits=traits[roots.triangle],
            keys=roots.keys,
        )
    )
    gone = np.zeros(len(geometry.triangles), bool)
    gone[chosen[loose & ~bare]] = True
    inward = _SHRUNK * around
    return Grown(cloud, _pulled_in(geometry, chosen, ~loose & ~bare, inward), gone)


class _Twigs(NamedTuple):
    """Where leaves grow, each of shape (n,) or (n, 3), traits (n, 7)."""

    at: Points
    out: Points
    along: Points
    long: Points
    loose: NDArray[np.bool_]
    thick: Points
    color: Points
    traits: Points
    keys: NDArray[np.uint64]


def _traits(styles: list[Foliage]) -> Points:
    rows = [
        (s.long_m, s.wide, s.cover, s.splay, s.droop, s.gain, s.loose_m2)
        for s in styles
    ]
    return np.array(rows, np.float64).reshape(-1, 7)


def _areas(corners: Points) -> Points:
    b, c = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    return np.asarray(0.5 * np.linalg.norm(np.cross(b, c), axis=1))


def _counts(area: Points, long: Points, traits: Points) -> Points:
    each = 0.5 * long * long * traits[:, 1]
    return np.asarray(area * traits[:, 2] / each)


def _longest(corners: Points) -> Points:
    """Return the longer edge from each triangle's first corner: a kite's spine."""
    b, c = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    longer = np.linalg.norm(b, axis=1) > np.linalg.norm(c, axis=1)
    return np.where(longer[:, None], b, c)


def _loose(geometry: Geometry, chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which triangles belong to single kites: no corner meets a third."""
    triangles = geometry.triangles[chosen]
    met = np.bincount(triangles.ravel(), minlength=len(geometry.positions))
    return np.asarray(met[triangles].max(axis=1) <= 2)


def _leaves(twigs: _Twigs) -> Cloud:
    keys, out = twigs.keys, twigs.out
    splay, droop = twigs.traits[:, 3:4], twigs.traits[:, 4:5]
    face = unit(0.7 * out + 0.8 * ways(keys, 0) + 0.4 * _UP)
    way = (1.0 - splay) * twigs.along + splay * ways(keys, 1) + 0.25 * out
    way = unit(way - droop * _UP)
    way = unit(way - (way * face).sum(axis=1, keepdims=True) * face)
    # A twig has depth; round a core, leaves fill what it leaves of the proxy.
    sunk = np.sqrt(share(keys, 5)) - 1.0
    depth = np.where(
        twigs.loose, 0.16 * twigs.thick * bell(keys, 0),
        _SHRUNK * twigs.thick * sunk + 0.4 * twigs.long,
    )  # fmt: skip
    root = twigs.at + out * depth[:, None] - 0.4 * twigs.long[:, None] * way
    return _shaped(root, way, face, twigs)


def _shaped(root: Points, way: Points, face: Points, twigs: _Twigs) -> Cloud:
    """Return leaves folded along their midribs: root, left, tip and right."""
    long, half = twigs.long[:, None], (0.5 * twigs.long * twigs.traits[:, 1])[:, None]
    side = np.cross(face, way)
    fold = (0.1 + 0.25 * share(twigs.keys, 6))[:, None]
    widest = root + 0.45 * long * way + fold * half * face
    tip = root + long * way - 0.12 * long * face
    spots = [root, widest + half * side, tip, widest - half * side]
    leans = [face, unit(face - fold * side), face, unit(face + fold * side)]
    count = len(root)
    along = np.outer(twigs.long, [0.0, 0.45, 1.0, 0.45])
    across = np.outer(half[:, 0], [0.0, 1.0, 0.0, -1.0])
    first = np.arange(count)[:, None, None] * 4
    return Cloud(
        positions=np.stack(spots, axis=1).reshape(-1, 3),
        normals=np.stack(leans, axis=1).reshape(-1, 3),
        coordinates=np.stack([along, across], axis=-1).reshape(-1, 2),
        colors=np.repeat(_colors(twigs), 4, axis=0),
        triangles=(first + np.array([[0, 2, 1], [0, 3, 2]])).reshape(-1, 3),
    )


def _colors(twigs: _Twigs) -> Points:
    """Return each leaf's colour: its proxy's, some lighter, some yellower."""
    keys = twigs.keys
    light = np.exp(0.2 * bell(keys, 2) - 0.02) * twigs.traits[:, 5]
    # A core is dark for want of light; its leaves are not.
    light = np.where(twigs.loose, light, 1.35 * light)
    hue = np.clip(0.3 * bell(keys, 3), -0.6, 0.9)
    tint = np.stack([1.0 + 0.3 * hue, 1.0 + 0.05 * hue, 1.0 - 0.25 * hue], axis=1)
    # What passes leaf after leaf grows greener: each is a little greyer.
    grey = twigs.color.mean(axis=1, keepdims=True)
    color = grey + _CHROMA * (twigs.color - grey)
    return np.asarray(np.clip(color * tint * light[:, None], 0.0, 0.6))


def _pulled_in(
    geometry: Geometry,
    chosen: NDArray[np.int64],
    core: NDArray[np.bool_],
    inward_m: Points,
) -> Geometry:
    """Return the geometry with its cores pulled in under their leaves, and darker."""
    positions = geometry.positions.copy()
    corners = geometry.triangles[chosen[core]]
    inward = np.zeros(len(positions))
    np.maximum.at(inward, corners.ravel(), np.repeat(inward_m[core], 3))
    positions -= geometry.normals * inward[:, None].astype(np.float32)
    table = geometry.materials
    rows = np.unique(geometry.triangle_material[chosen[core]])
    base = table.base_color.copy()
    base[rows] *= 0.7
    return replace(
        geometry, positions=positions, materials=replace(table, base_color=base)
    )
