"""One thing let go: its way step by step, its hits, and the keys it leaves."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from previz.errors import ModelError
from previz.model import Matter, PlaceKey, Rate
from previz.simulate.bodies import STUFF
from previz.simulate.world import GRAVITY_M_S2, STEP_S, Loose, World, world_of
from previz.stage import Stage
from previz.stage.rotation import slerp

__all__ = ["Fall", "Hit", "baked", "fall_of", "fly", "simulate"]

_FASTEST = {"velocity_m_s": 100.0, "spin_deg_s": 36_000.0}
"""What the solver's steps are short enough for."""

LONGEST_S = 6.0
"""A thing that has not come to rest by then is left where it is."""
_STILL, _STILL_S = 0.03, 0.25
"""What moves by less, in metres and radians a second, for so long, rests."""
_SOONER_S = 0.002
"""A hit is judged by the speed this long before, when the solver has not braked it."""


@dataclass(frozen=True)
class Hit:
    """The first touch after a flight.

    Attributes:
        time_s: After the start.
        speed_m_s: Of the thing's middle against what it hits, along the normal.
        point: Where, shape (3,).
        normal: Out of what was hit, shape (3,).
        matter: What was hit.
    """

    time_s: float
    speed_m_s: float
    point: NDArray[np.float64]
    normal: NDArray[np.float64]
    matter: Matter


@dataclass(frozen=True)
class Fall:
    """The way of loose bodies, one row a step of `STEP_S`.

    Attributes:
        places: Origins of the bodies' own spaces, metres, shape (steps, bodies, 3).
        rotations: As quaternions (x, y, z, w), shape (steps, bodies, 4).
        velocities: Of the bodies' middles, m/s, shape (steps, bodies, 3).
        spins: About world axes, radians a second, shape (steps, bodies, 3).
        energies_j: Kinetic and potential energy together, shape (steps,).
        depths_m: How deep the deepest touch of a step goes in, shape (steps,).
        hits: Of the first body, in order of time, where it was free before.
    """

    places: NDArray[np.float64]
    rotations: NDArray[np.float64]
    velocities: NDArray[np.float64]
    spins: NDArray[np.float64]
    energies_j: NDArray[np.float64]
    depths_m: NDArray[np.float64]
    hits: tuple[Hit, ...]

    @property
    def length_s(self) -> float:
        """How long it lasts."""
        return (len(self.places) - 1) * STEP_S


def fall_of(
    stage: Stage,
    prop_id: str,
    *,
    start_frame: int,
    velocity_m_s: ArrayLike = (0.0, 0.0, 0.0),
    spin_deg_s: ArrayLike = (0.0, 0.0, 0.0),
) -> Fall:
    """Let a prop go at a frame, where it is then, and follow it to rest.

    Args:
        stage: The scene played.
        prop_id: Which prop.
        start_frame: Scene frame.
        velocity_m_s: Of the middle of its mass, shape (3,).
        spin_deg_s: About world axes, shape (3,).

    Raises:
        UnknownNameError: If the scene has no such prop.
        ModelError: If it is not there at that frame, or a number is none.
        MissingRuntimeError: If the physics engine is not installed.
    """
    place = stage.prop_at(prop_id, start_frame)
    if place is None:
        raise ModelError(
            f"simulate.start_frame must be a frame at which {prop_id!r} is there, got "
            f"{start_frame}. Pass one from its first frame on."
        )
    piece = next(prop.piece for prop in stage.scene.props if prop.id == prop_id)
    start = Loose(
        piece,
        place,
        _vector("velocity_m_s", velocity_m_s),
        np.radians(_vector("spin_deg_s", spin_deg_s)),
    )
    world = world_of(stage, [start], frame=start_frame, without=[prop_id])
    return fly(world)


def simulate(
    stage: Stage,
    prop_id: str,
    *,
    start_frame: int,
    velocity_m_s: ArrayLike = (0.0, 0.0, 0.0),
    spin_deg_s: ArrayLike = (0.0, 0.0, 0.0),
) -> tuple[PlaceKey, ...]:
    """Return keys of a prop let go at a frame: one a frame until it rests.

    Args:
        stage: The scene played; its rate is the keys'.
        prop_id: Which prop.
        start_frame: Scene frame of the first key.
        velocity_m_s: Of the middle of its mass, shape (3,).
        spin_deg_s: About world axes, shape (3,).

    Raises:
        UnknownNameError: If the scene has no such prop.
        ModelError: If it is not there at that frame, or a number is none.
        MissingRuntimeError: If the physics engine is not installed.
    """
    fall = fall_of(
        stage,
        prop_id,
        start_frame=start_frame,
        velocity_m_s=velocity_m_s,
        spin_deg_s=spin_deg_s,
    )
    return baked(fall, rate=stage.rate, start_frame=start_frame)


def baked(
    fall: Fall,
    *,
    rate: Rate,
    start_frame: int,
    body: int = 0,
    late_s: float = 0.0,
    until_s: float = math.inf,
) -> tuple[PlaceKey, ...]:
    """Return one body's way as keys, one a frame.

    Args:
        fall: The way.
        rate: Of the frames.
        start_frame: Scene frame of the first key.
        body: Which body.
        late_s: How far into the fall the first key is.
        until_s: Time of the fall after which no key is needed.
    """
    last = min(fall.length_s, until_s)
    count = max(math.ceil((last - late_s) / rate.seconds(1) - 1e-6), 0)
    keys = []
    for k in range(count + 1):
        step = min(late_s + rate.seconds(k), fall.length_s) / STEP_S
        low = min(int(step), len(fall.places) - 1)
        high = min(low + 1, len(fall.places) - 1)
        share = step - low
        a, b = fall.places[low, body], fall.places[high, body]
        turn = slerp(
            tuple(fall.rotations[low, body]), tuple(fall.rotations[high, body]), share
        )
        x, y, z = (a + (b - a) * share).tolist()
        keys.append(
            PlaceKey(frame=start_frame + k, position_m=(x, y, z), rotation=turn)
        )
    return tuple(keys)


def fly(world: World, *, longest_s: float = LONGEST_S) -> Fall:
    """Step a world until all that is loose rests."""
    engine, model, state = world.engine, world.model, world.state
    bodies = len(world.masses)
    poses, speeds, depths = [state.qpos.copy()], [state.qvel.copy()], [0.0]
    touches: list[tuple[int, list[_Touch]]] = []
    free, still = True, 0
    for step in range(1, round(longest_s / STEP_S) + 1):
        engine.mj_step(model, state)
        poses.append(state.qpos.copy())
        speeds.append(state.qvel.copy())
        depth = -float(state.contact.dist.min()) if state.ncon else 0.0
        depths.append(max(depth, 0.0))
        if depth > 0 and free:
            touches.append((step, _touch(world)))
        free = depth <= 0
        calm = np.abs(speeds[-1]).max() < _STILL and (bodies > 1 or not free)
        still = still + 1 if calm else 0
        if still * STEP_S >= _STILL_S:
            break
    return _way(world, np.array(poses), np.array(speeds), np.array(depths), touches)


_Touch = tuple[NDArray[np.float64], NDArray[np.float64], Matter]
"""Place, normal out of what was hit, and its matter."""


def _way(
    world: World,
    poses: NDArray[np.float64],
    speeds: NDArray[np.float64],
    depths: NDArray[np.float64],
    touches: list[tuple[int, list[_Touch]]],
) -> Fall:
    """Return the way from the solver's own numbers, shape (steps, 7 or 6 * bodies)."""
    steps, bodies = len(poses), len(world.masses)
    pose, speed = poses.reshape(steps, bodies, 7), speeds.reshape(steps, bodies, 6)
    rotations = pose[..., [4, 5, 6, 3]]
    spins = _turned(rotations, speed[..., 3:])
    middles = np.array([mass.middle for mass in world.masses])
    arms = _turned(rotations, np.broadcast_to(middles, spins.shape))
    velocities = speed[..., :3]
    energy = np.zeros(steps)
    for k, mass in enumerate(world.masses):
        own = speed[:, k, 3:]
        energy += mass.mass_kg * GRAVITY_M_S2 * pose[:, k, 1]
        energy += mass.mass_kg * (velocities[:, k] ** 2).sum(axis=1) / 2
        energy += np.einsum("ni,ij,nj->n", own, mass.inertia, own) / 2
    fall = Fall(
        places=pose[..., :3] - arms,
        rotations=rotations,
        velocities=velocities,
        spins=spins,
        energies_j=energy,
        depths_m=depths,
        hits=(),
    )
    return replace(
        fall, hits=tuple(_hit(fall, step, touch, middles[0]) for step, touch in touches)
    )


def _turned(q: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return vectors turned by quaternions (x, y, z, w), shape (..., 3)."""
    axis, w = q[..., :3], q[..., 3:]
    twice = 2 * np.cross(axis, v)
    return np.asarray(v + w * twice + np.cross(axis, twice))


def _touch(world: World) -> list[_Touch]:
    """Return what loose bodies touch."""
    found: list[_Touch] = []
    contact = world.state.contact
    for dist, (one, other), frame, place in zip(
        contact.dist, contact.geom, contact.frame, contact.pos, strict=True
    ):
        if dist < 0:
            loose = world.owner[one] >= 0
            normal = np.array(frame[:3]) * (-1.0 if loose else 1.0)
            matter = world.matters[other if loose else one]
            found.append((np.array(place), normal, matter))
    return found


def _hit(
    fall: Fall, step: int, touch: list[_Touch], middle: NDArray[np.float64]
) -> Hit:
    """Return the hit on the hardest of what is touched."""
    point, normal, matter = min(touch, key=lambda t: STUFF[t[2]].soft)
    before = max(step - round(_SOONER_S / STEP_S), 0)
    arm = point - fall.places[before, 0]
    arm = arm - _turned(fall.rotations[before, 0], middle)
    speed = fall.velocities[before, 0] + np.cross(fall.spins[before, 0], arm)
    return Hit(
        time_s=step * STEP_S,
        speed_m_s=max(-float(speed @ normal), 0.0),
        point=point,
        normal=normal,
        matter=matter,
    )


def _vector(name: str, value: ArrayLike) -> NDArray[np.float64]:
    vector = np.asarray(value, float)
    if vector.shape != (3,) or not np.isfinite(vector).all():
        raise ModelError(
            f"simulate.{name} must be three finite numbers, got {vector.tolist()}. "
            "Pass such as (0.0, 1.0, 0.0)."
        )
    fast, most = float(np.linalg.norm(vector)), _FASTEST[name]
    if fast > most:
        raise ModelError(
            f"simulate.{name} must be <= {most:g} together, got {fast:g}. Pass a "
            "slower one, or a nearer target."
        )
    return vector
