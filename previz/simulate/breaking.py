"""What brittle things do at a hit: the whole ends, its shards fly."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from previz.model import PlaceKey, Prop, Rate
from previz.simulate.bodies import STUFF, Mass, mass_of, stuff_of
from previz.simulate.fall import Fall, Hit, baked, fly
from previz.simulate.world import STEP_S, Loose, world_of
from previz.stage import Stage
from previz.stage.pieces import shards_of
from previz.stage.rotation import matrix_of, rigid

__all__ = ["breaks_at", "shattered"]

_KEPT, _THROWN, _SHARE = 0.75, 0.3, 0.85
"""Of the speed along what was hit; of the hit's speed outwards; of the energy left."""
_SPREAD_RAD_S = 9.0
_LONGEST_S = 3.5


def breaks_at(prop: Prop, fall: Fall) -> Hit | None:
    """Return the hit that breaks a falling prop, or None where it stays whole."""
    limit = stuff_of(prop.piece).breaks_m_s
    if limit is None or not shards_of(prop.piece):
        return None
    for hit in fall.hits:
        if hit.speed_m_s > limit * STUFF[hit.matter].soft:
            return hit
    return None


def shattered(
    stage: Stage, prop: Prop, fall: Fall, hit: Hit, *, start_frame: int
) -> tuple[Prop, ...]:
    """Return the prop until it breaks, then its shards, each with its own way.

    Args:
        stage: The scene played.
        prop: The prop as it is before the fall: with no key from `start_frame` on.
        fall: How it falls while it stays whole.
        hit: What breaks it.
        start_frame: Scene frame of the fall's start.
    """
    rate = stage.rate
    broken = start_frame + max(math.ceil(hit.time_s / rate.seconds(1) - 1e-6), 1)
    whole = prop.changed(
        keys=prop.keys
        + baked(fall, rate=rate, start_frame=start_frame, until_s=hit.time_s)[
            : broken - start_frame
        ],
        until_frame=broken,
    )
    loose = _loose(prop, fall, hit)
    world = world_of(stage, loose, frame=broken, without=[prop.id])
    way = fly(world, longest_s=_LONGEST_S)
    late = rate.seconds(broken - start_frame) - hit.time_s
    shards = [
        _shard(one, way, k, rate=rate, frame=broken, late_s=late)
        for k, one in enumerate(loose)
    ]
    return whole, *shards


def _shard(
    one: Loose, way: Fall, body: int, *, rate: Rate, frame: int, late_s: float
) -> Prop:
    keys = baked(way, rate=rate, start_frame=frame, body=body, late_s=late_s)
    return Prop(piece=one.piece, keys=_thinned(keys), from_frame=frame)


def _thinned(keys: tuple[PlaceKey, ...]) -> tuple[PlaceKey, ...]:
    """Return the keys without those after it has come to rest."""
    end = np.array(keys[-1].position_m)
    last = len(keys) - 1
    while last > 0:
        key = keys[last - 1]
        turned = abs(float(np.dot(key.rotation, keys[-1].rotation))) < 1 - 1e-6
        if turned or np.abs(np.array(key.position_m) - end).max() > 5e-4:
            break
        last -= 1
    return (*keys[:last], keys[-1].changed(frame=keys[last].frame))


def _loose(prop: Prop, fall: Fall, hit: Hit) -> list[Loose]:
    """Return the shards at the moment of the hit, with the speed that is left them."""
    step = round(hit.time_s / STEP_S)
    before = max(step - 4, 0)
    turn = matrix_of(tuple(fall.rotations[step, 0]))
    place = rigid(turn, fall.places[step, 0])
    speed, spin = fall.velocities[before, 0], fall.spins[before, 0]
    rng = np.random.default_rng(prop.piece.seed)
    pieces = shards_of(prop.piece)
    masses = [mass_of(piece) for piece in pieces]
    whole = mass_of(prop.piece)
    centre = place[:3, :3] @ whole.middle + place[:3, 3]
    velocities = []
    for mass in masses:
        middle = turn @ mass.middle + place[:3, 3]
        own = speed + np.cross(spin, middle - centre)
        into = min(float(own @ hit.normal), 0.0)
        own = (own - into * hit.normal) * _KEPT - 0.12 * into * hit.normal
        out = middle - hit.point
        out = out - (out @ hit.normal) * hit.normal * 0.5
        out /= max(float(np.linalg.norm(out)), 1e-6)
        own += out * hit.speed_m_s * _THROWN * float(rng.uniform(0.4, 1.3))
        velocities.append(own)
    spins = rng.normal(0.0, _SPREAD_RAD_S, (len(pieces), 3))
    weights = np.array([mass.mass_kg for mass in masses])
    limit = whole.mass_kg * float(speed @ speed) / 2 * _SHARE
    calmed = _calmed(np.array(velocities), spins, weights, masses, limit)
    return [
        Loose(piece, place, velocity, turning)
        for piece, velocity, turning in zip(pieces, *calmed, strict=True)
    ]


def _calmed(
    velocities: NDArray[np.float64],
    spins: NDArray[np.float64],
    weights: NDArray[np.float64],
    masses: list[Mass],
    limit_j: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slow shards down to the energy that the whole had left."""
    energy = float((weights * (velocities**2).sum(axis=1)).sum()) / 2
    for spin, mass in zip(spins, masses, strict=True):
        energy += float(np.trace(mass.inertia)) / 3 * float(spin @ spin) / 2
    share = math.sqrt(min(1.0, limit_j / max(energy, 1e-12)))
    return velocities * share, spins * share
