"""The light that stands still in a scene, worked out in slices and kept on the set.

Kept at the lattice's samples: indirect light (sky and bounces) and, for each lamp,
which share of it the set lets through. Kept in probes for what moves: the same, with
the indirect light from six sides. What a set, a lamp or the sky decides alone is
remembered under its content, so a lamp that moves costs its own share, the bounces and
the probes, and one that is dimmed no ray on the set.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.gathered import (
    add_sky,
    bounce,
    lender_of,
    shoot,
    smoothed,
    uncover,
)
from previz.render.kernel import Array
from previz.render.lattice import Lattice, lattice_of
from previz.render.lights import INTENSITY, KIND, SUN, Lamps
from previz.render.probes import Probes, empty_probes, fill_holes, trace_probes
from previz.render.rays import Tree, build_tree
from previz.render.shadow import Shadows, no_shadows, shade_sun, shadows_of
from previz.render.shares import lay_lamps, share_lamp
from previz.render.sky import Sky
from previz.stage import Geometry

__all__ = ["Bake", "Baked", "Effort", "LightCache", "Lit"]

_BOUNCES, _SMOOTHINGS, _UNCOVERINGS = 4, 5, 8
_SHOT, _SHARED, _LAID, _PROBED = 256, 768, 2048, 12
"""Samples, or probes, to a slice: each of a few milliseconds."""
_REMEMBERED_SETS, _REMEMBERED_LAMPS = 2, 96


class Effort(NamedTuple):
    """How much is spent on a bake.

    Attributes:
        spacing_m: Between samples on the set.
        most_points: About how many lattice points.
        gather_rays: Rays per sample for indirect light.
        lamp_rays: Shadow rays per sample and area light (a square number).
        probes: About how many probes.
        probe_rays: Rays per probe.
        shadow_px: Edge of the sun's shadow map of the set.
    """

    spacing_m: float
    most_points: int
    gather_rays: int
    lamp_rays: int
    probes: int
    probe_rays: int
    shadow_px: int


@dataclass(frozen=True)
class Lit:
    """What is baked: a set under its lights.

    Attributes:
        geometry: The set in world space.
        opaque: Which triangles stop light, shape (m,).
        shuts_out_sun: Which triangles stop the first sun, shape (m,): outdoors panes
            as well, since shallow rooms stand behind them for deep and dim ones.
        lamps: All lamps, the strongest first.
        kept: For how many lamps the visible share is kept; the light of the others
            goes into the indirect light.
        sky: The sky.
        sky_enters: Share of the sky that rays bring into the room: 0 where lamps at
            the windows stand for it.
        low: Lowest corner of the playing area, world metres, shape (3,).
        high: Highest corner; beyond, the whole sky is seen.
        coarser_beyond: As `lattice_of` takes it.
        effort: How much to spend.
    """

    geometry: Geometry
    opaque: NDArray[np.bool_]
    shuts_out_sun: NDArray[np.bool_]
    lamps: Lamps
    kept: int
    sky: Sky
    sky_enters: float
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    coarser_beyond: float
    effort: Effort


class Baked(NamedTuple):
    """The light of a set.

    Attributes:
        lattice: Where light is kept.
        kept: For each sample indirect illuminance in lux (linear Rec.709) and then
            the visible share of each lamp, shape (s, 3 + k), float32.
        probes: The light in the air.
        sun: Which lamp has `sun_map`, or -1.
        sun_map: The set's shadow for that sun.
        tree: The set's triangles that stop light.
        exitance: What each sample throws back, lux, shape (s, 3), float32.
    """

    lattice: Lattice
    kept: Array
    probes: Probes
    sun: int
    sun_map: Shadows
    tree: Tree
    exitance: Array


class _Set(NamedTuple):
    """What a set decides alone."""

    tree: Tree
    lattice: Lattice
    hits: Array
    covered: Array
    lender: Array


@dataclass
class LightCache:
    """Parts of bakes under the hash of what decides them; the least used goes first.

    One may serve many renderers of one thread at a time.
    """

    sets: OrderedDict[bytes, _Set] = field(default_factory=OrderedDict)
    shares: OrderedDict[bytes, Array] = field(default_factory=OrderedDict)
    suns: OrderedDict[bytes, Shadows] = field(default_factory=OrderedDict)
    done: OrderedDict[bytes, Baked] = field(default_factory=OrderedDict)


class Bake:
    """A bake that goes on slice by slice. The result does not depend on the slices.

    Args:
        lit: The set and its lights.
        cache: Where parts are looked up and left; None begins with an empty one.
    """

    def __init__(self, lit: Lit, cache: LightCache | None = None) -> None:
        self._lit = lit
        self._cache = cache or LightCache()
        self._made: Baked | None = None
        self._steps = self._all_steps()

    def advance(self, budget_ms: float) -> bool:
        """Work for about so long, at least one slice; return whether it is done.

        A slice takes a few milliseconds, but for three of a new set: spreading its
        samples, building the tree and drawing the sun's shadow.
        """
        end = time.perf_counter() + budget_ms * 1e-3
        longest = 0.0
        while self._made is None:
            begun = time.perf_counter()
            if next(self._steps, None) is None:
                break
            now = time.perf_counter()
            longest = max(longest, now - begun)
            if now + longest > end:
                break
        return self._made is not None

    def whole(self) -> Baked:
        """Work to the end; return the light."""
        while self._made is None:
            next(self._steps, None)
        return self._made

    def _all_steps(self) -> Iterator[bool]:
        lit, cache = self._lit, self._cache
        of_set = _hash_of_set(lit)
        name = _hash(of_set, lit.shuts_out_sun, lit.lamps, np.array(lit.kept), lit.sky,
                     np.array(lit.sky_enters))  # fmt: skip
        if name in cache.done:
            self._made = cache.done[name]
            return
        if of_set not in cache.sets:
            made: list[_Set] = []
            yield from _set_steps(lit, made)
            _keep(cache.sets, of_set, made[0], _REMEMBERED_SETS)
        known = cache.sets[of_set]
        share = yield from self._lamp_steps(known, of_set)
        sun, sun_map = _first_sun(lit.lamps, lit.kept), no_shadows()
        if sun >= 0:
            sun_map = yield from self._sun_steps(known, of_set, sun, share[sun])
        kept, total = np.empty(0), np.empty(0)
        for step in _light_steps(lit, known, share):
            kept, total = step
            yield True
        probes = empty_probes(lit.low, lit.high, about=lit.effort.probes, kept=lit.kept)
        exitance = _albedo(lit)[known.lattice.triangle] * total
        yield from _probe_steps(lit, known, exitance, probes)
        self._made = Baked(
            known.lattice, kept, probes, sun, sun_map, known.tree,
            exitance.astype(np.float32),
        )  # fmt: skip
        _keep(cache.done, name, self._made, _REMEMBERED_SETS)

    def _lamp_steps(
        self, known: _Set, of_set: bytes
    ) -> Generator[bool, None, NDArray[np.float32]]:
        """Work out which share of each lamp's light reaches each place of the set."""
        lit, cache = self._lit, self._cache
        count = len(known.lattice.position)
        share = np.ones((len(lit.lamps), count), np.float32)
        for i in range(len(lit.lamps)):
            rays = lit.effort.lamp_rays if i < lit.kept else 1
            # Neither intensity nor flags stop a ray.
            key = _hash(of_set, lit.lamps[i, :INTENSITY], np.array(rays))
            if key not in cache.shares:
                alone = np.ones(count, np.float32)
                yield from _share_steps(lit, known, i, rays, alone)
                _keep(cache.shares, key, alone, _REMEMBERED_LAMPS)
            share[i] = cache.shares[key]
        return share

    def _sun_steps(
        self, known: _Set, of_set: bytes, sun: int, share: NDArray[np.float32]
    ) -> Generator[bool, None, Shadows]:
        """Work out the sun's shadows, and take them off its share."""
        lit, cache = self._lit, self._cache
        key = _hash(of_set, lit.shuts_out_sun, lit.lamps[sun, :INTENSITY])
        if key not in cache.suns:
            yield True
            _keep(cache.suns, key, _sun_map(lit, sun), _REMEMBERED_SETS)
        sun_map = cache.suns[key]
        if (lit.shuts_out_sun & ~lit.opaque).any():
            lattice = known.lattice
            shade_sun(*sun_map, lattice.position, lattice.normal, share)
        return sun_map


def _keep(where: OrderedDict[bytes, Any], key: bytes, made: Any, most: int) -> None:
    where[key] = made
    while len(where) > most:
        where.popitem(last=False)


def _hash(*parts: bytes | NDArray[Any]) -> bytes:
    made = hashlib.sha256()
    for part in parts:
        if not isinstance(part, bytes):
            made.update(f"{part.dtype}{part.shape}".encode())
            part = np.ascontiguousarray(part).tobytes()
        made.update(part)
    return made.digest()


def _hash_of_set(lit: Lit) -> bytes:
    """Return the hash of what decides all that lights do not."""
    geometry, materials = lit.geometry, lit.geometry.materials
    return _hash(
        geometry.positions, geometry.normals, geometry.triangles,
        geometry.triangle_object, geometry.triangle_material, materials.base_color,
        lit.opaque, lit.low, lit.high, np.array(lit.coarser_beyond),
        np.array(lit.effort, np.float64),
    )  # fmt: skip


def _slices(count: int, size: int) -> Iterator[tuple[int, int]]:
    for first in range(0, count, size):
        yield first, min(first + size, count)


def _set_steps(lit: Lit, out: list[_Set]) -> Iterator[bool]:
    """Spread samples, shoot their rays and see which are covered."""
    effort = lit.effort
    lattice = lattice_of(
        lit.geometry, spacing_m=effort.spacing_m, most=effort.most_points,
        low=lit.low, high=lit.high, coarser_beyond=lit.coarser_beyond,
    )  # fmt: skip
    yield True
    tree = build_tree(
        lit.geometry.positions, lit.geometry.triangles, np.flatnonzero(lit.opaque)
    )
    yield True
    count = len(lattice.position)
    hits = np.empty((count, effort.gather_rays), np.int32)
    covered = np.zeros(count, np.uint8)
    for first, last in _slices(count, _SHOT):
        shoot(
            tree.nodes, tree.corners, lattice.charts, lattice.sample, lattice.position,
            lattice.normal, lattice.inward, lattice.near, first, last, hits, covered,
        )  # fmt: skip
        yield True
    lender = np.full(count, -1, np.int64)
    order = np.argsort(lattice.position[:, 0], kind="stable")
    for first, last in _slices(count, _SHOT):
        lender_of(lattice.position, lattice.normal, covered, order, first, last, lender)
        yield True
    out.append(_Set(tree, lattice, hits, covered, lender))


def _share_steps(
    lit: Lit, known: _Set, i: int, rays: int, share: Array
) -> Iterator[bool]:
    lattice, side = known.lattice, round(rays**0.5)
    for first, last in _slices(len(lattice.position), _SHARED):
        share_lamp(
            known.tree.nodes, known.tree.corners, lattice.position, lattice.normal,
            lattice.inward, lit.lamps, i, side, first, last, share,
        )  # fmt: skip
        yield True


def _light_steps(lit: Lit, known: _Set, share: Array) -> Iterator[tuple[Array, Array]]:
    """Yield what is kept on the samples and all their light; the last is finished."""
    lattice = known.lattice
    count = len(lattice.position)
    direct, extra = np.zeros((count, 3)), np.zeros((count, 3))
    from_sky, bounced = np.zeros((count, 3)), np.zeros((count, 3))
    place, margin = lattice.position, np.array([0.25, 4.0, 0.25])
    indoors = ((place > lit.low - 0.25) & (place < lit.high + margin)).all(axis=1)
    enters = np.where(indoors, lit.sky_enters, 1.0)
    for first, last in _slices(count, _LAID):
        lay_lamps(
            place, lattice.normal, lattice.inward, lit.lamps, lit.kept, first, last,
            share, direct, extra,
        )  # fmt: skip
        add_sky(lattice.normal, known.hits, lit.sky, enters, first, last, from_sky)
        yield direct, extra
    surface = _albedo(lit)[lattice.triangle]
    total = direct + extra + from_sky
    for _ in range(_BOUNCES):
        bounce(known.hits, surface * total, bounced)
        total = direct + extra + from_sky + bounced
        yield direct, total
    values = np.concatenate([from_sky + bounced, extra, share[: lit.kept].T], axis=1)
    covered = known.covered.copy()
    for _ in range(_UNCOVERINGS):
        if uncover(lattice.charts, lattice.sample, covered, values) == 0:
            break
        yield values, total
    lent = (covered == 1) & (known.lender >= 0)
    values[lent] = values[known.lender[lent]]
    indirect = values[:, :3]
    for _ in range(_SMOOTHINGS):
        indirect = smoothed(
            lattice.charts, lattice.sample, place, indirect, lattice.spacing_m
        )
        yield values, total
    kept = np.concatenate([indirect + values[:, 3:6], values[:, 6:]], axis=1)
    yield np.ascontiguousarray(kept, np.float32), total


def _probe_steps(
    lit: Lit, known: _Set, exitance: Array, probes: Probes
) -> Iterator[bool]:
    lattice, values = known.lattice, probes.values
    good = np.zeros(values.shape[:3], np.uint8)
    for first, last in _slices(good.size, _PROBED):
        trace_probes(
            known.tree.nodes, known.tree.corners, lattice.charts, lattice.sample,
            probes.low, probes.step, exitance, lit.lamps, lit.kept, lit.sky,
            lit.sky_enters, lit.effort.probe_rays, first, last, values, good,
        )  # fmt: skip
        yield True
    fill_holes(values, good)
    yield True


def _albedo(lit: Lit) -> NDArray[np.float64]:
    geometry = lit.geometry
    color = geometry.materials.base_color[geometry.triangle_material]
    return np.asarray(color, np.float64)


def _sun_map(lit: Lit, sun: int) -> Shadows:
    return shadows_of(
        lit.geometry.positions, lit.geometry.triangles,
        (~lit.shuts_out_sun).astype(np.uint8),
        lamps=lit.lamps, chosen=[sun], edge_px=lit.effort.shadow_px,
    )  # fmt: skip


def _first_sun(lamps: Lamps, kept: int) -> int:
    suns = np.flatnonzero(lamps[:kept, KIND] == SUN)
    return int(suns[0]) if len(suns) else -1
