"""What people do to things, as a scene with the props and swings that follow.

Each takes the scene played and returns the scene changed. What stands in the set and
is named becomes a prop.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from previz.curves import smoothstep
from previz.errors import ModelError, UnknownNameError
from previz.model import (
    Hold,
    PlaceKey,
    Prop,
    Scene,
    SetPiece,
    Swing,
    SwingKey,
    Vec3,
)
from previz.simulate.bodies import mass_of
from previz.simulate.breaking import breaks_at, shattered
from previz.simulate.fall import baked, fall_of
from previz.simulate.world import GRAVITY_M_S2
from previz.stage import Stage
from previz.stage.pieces import opening_parts
from previz.stage.rotation import quaternion_of

__all__ = ["carry", "drop", "open_part", "push", "throw", "topple"]

_THROW_M_S, _SHORTEST_S, _LONGEST_S = 6.0, 0.2, 1.4
_PUSH_M_S = 0.7
_LONGEST_PUSH_FRAMES = 100_000
_LONGEST_SWING_S = 3600.0


def drop(
    stage: Stage, thing: str, *, at_frame: int, spin_deg_s: ArrayLike = (0.0, 0.0, 0.0)
) -> Scene:
    """Let a thing fall at a frame from where it is.

    Args:
        stage: The scene played.
        thing: A prop or set piece.
        at_frame: Scene frame.
        spin_deg_s: About world axes.

    Raises:
        UnknownNameError: If the scene has no such thing.
        ModelError: If it is not there at that frame.
        MissingRuntimeError: If the physics engine is not installed.
    """
    return _let_go(stage, thing, at_frame, (0.0, 0.0, 0.0), spin_deg_s)


def throw(
    stage: Stage,
    thing: str,
    *,
    at_frame: int,
    toward: str | Vec3,
    flight_frames: int | None = None,
    spin_deg_s: ArrayLike = (-200.0, 40.0, 60.0),
) -> Scene:
    """Throw a thing so that its free arc passes through a target.

    Args:
        stage: The scene played.
        thing: A prop or set piece.
        at_frame: Scene frame at which it leaves the hand.
        toward: A place, or the id of a character (their chest) or thing.
        flight_frames: How long it flies to the target; by default as a throw of 6 m/s.
        spin_deg_s: About world axes.

    Raises:
        UnknownNameError: If the scene has no such thing or target.
        ModelError: If one of them is not there then, or the flight is no flight.
        MissingRuntimeError: If the physics engine is not installed.
    """
    stage = _with_prop(stage, thing)
    start = _middle_of_mass(stage, thing, at_frame)
    second = 1.0 / stage.rate.seconds(1)
    if flight_frames is None:
        far = math.dist(start, _target(stage, "throw", toward, at_frame))
        flight = min(max(far / _THROW_M_S, _SHORTEST_S), _LONGEST_S)
        flight_frames = max(round(flight * second), 1)
    if flight_frames < 1:
        raise ModelError(
            f"throw.flight_frames must be >= 1 frame, got {flight_frames}. "
            "Pass such as 12."
        )
    flight = stage.rate.seconds(flight_frames)
    goal = _target(stage, "throw", toward, at_frame + flight_frames)
    velocity = (goal - start) / flight
    velocity[1] += GRAVITY_M_S2 * flight / 2
    return _let_go(stage, thing, at_frame, velocity, spin_deg_s)


def topple(
    stage: Stage,
    thing: str,
    *,
    at_frame: int,
    toward: str | Vec3,
    speed_m_s: float = 1.0,
) -> Scene:
    """Knock a thing over, or off what it stands on.

    Args:
        stage: The scene played.
        thing: A prop or set piece.
        at_frame: Scene frame of the knock.
        toward: A place, or the id of a character or thing, towards which it goes.
        speed_m_s: What the knock gives its middle; its top moves half as fast again.

    Raises:
        UnknownNameError: If the scene has no such thing or target.
        ModelError: If one of them is not there then.
        MissingRuntimeError: If the physics engine is not installed.
    """
    stage = _with_prop(stage, thing)
    start = _middle_of_mass(stage, thing, at_frame)
    way = _target(stage, "topple", toward, at_frame) - start
    way[1] = 0.0
    way /= max(float(np.linalg.norm(way)), 1e-9)
    tall = _prop(stage.scene, thing).piece.size_m[1]
    spin = np.degrees(np.cross((0.0, 1.0, 0.0), way) * speed_m_s / max(tall, 0.05))
    return _let_go(stage, thing, at_frame, way * speed_m_s, spin)


def push(
    stage: Stage,
    thing: str,
    *,
    from_frame: int,
    to: Vec3,
    until_frame: int | None = None,
) -> Scene:
    """Slide a thing over the floor to a place, with a soft start and end.

    Args:
        stage: The scene played.
        thing: A prop or set piece.
        from_frame: Scene frame at which it starts.
        to: Where its base ends.
        until_frame: When it is there; by default as fast as one pushes.

    Raises:
        UnknownNameError: If the scene has no such thing.
        ModelError: If it is not there then, or the frames run backwards.
    """
    stage = _with_prop(stage, thing)
    place = _place(stage, thing, from_frame)
    start, end = place[:3, 3], _point("push.to", to)
    if until_frame is None:
        takes = float(np.linalg.norm(end - start)) / _PUSH_M_S
        until_frame = from_frame + max(round(takes / stage.rate.seconds(1)), 2)
    if not from_frame < until_frame <= from_frame + _LONGEST_PUSH_FRAMES:
        raise ModelError(
            f"push.until_frame must be after frame {from_frame} and at most "
            f"{_LONGEST_PUSH_FRAMES} frames later, got {until_frame}. Pass such as "
            f"{from_frame + 48}, or a nearer place."
        )
    turn = quaternion_of(place[:3, :3])
    keys = []
    for frame in range(from_frame, until_frame + 1):
        share = smoothstep((frame - from_frame) / (until_frame - from_frame))
        x, y, z = (start + (end - start) * share).tolist()
        keys.append(PlaceKey(frame=frame, position_m=(x, y, z), rotation=turn))
    prop = _before(_prop(stage.scene, thing), from_frame)
    return _changed(stage.scene, thing, prop.changed(keys=(*prop.keys, *keys)))


def carry(
    stage: Stage,
    thing: str,
    *,
    by: str,
    from_frame: int,
    until_frame: int | None = None,
    hand: Literal["left", "right", "both"] = "right",
    to: Vec3 | None = None,
) -> Scene:
    """Let somebody hold a thing from a frame on, and put it down at another.

    Args:
        stage: The scene played.
        thing: A prop or set piece.
        by: Id of a character.
        from_frame: Scene frame at which the hand takes it.
        until_frame: Scene frame at which the hand lets go; None holds on.
        hand: Which hand, or both.
        to: Where its base is put; by default upright below where the hand is then,
            on what is there.

    Raises:
        UnknownNameError: If the scene has no such thing or the film no such character.
        ModelError: If the frames run backwards.
    """
    stage = _with_prop(stage, thing)
    if until_frame is not None and until_frame <= from_frame:
        raise ModelError(
            f"carry.until_frame must be after frame {from_frame}, got {until_frame}. "
            "Pass a later one."
        )
    known = {character.id for character in stage.characters}
    if by in known and stage.bones(by, from_frame) is None:
        raise _not_there(thing, by, from_frame)
    prop = _before(_prop(stage.scene, thing), from_frame)
    hold = Hold(frame=from_frame, character=by, hand=hand)
    held = prop.changed(holds=(*prop.holds, hold))
    scene = _changed(stage.scene, thing, held)
    played = _played(stage, scene)
    _carried(played, thing, by, from_frame)
    if until_frame is None:
        return scene
    place = _carried(played, thing, by, until_frame)
    base = _below(played, place) if to is None else _point("carry.to", to)
    yaw = math.atan2(place[0, 2], place[2, 2]) / 2
    x, y, z = base.tolist()
    key = PlaceKey(
        frame=until_frame,
        position_m=(x, y, z),
        rotation=(0.0, math.sin(yaw), 0.0, math.cos(yaw)),
    )
    return _changed(scene, thing, held.changed(keys=(*held.keys, key)))


def open_part(
    stage: Stage,
    piece: str,
    *,
    part: str = "",
    at_frame: int,
    seconds: float = 0.8,
    to: float = 1.0,
) -> Scene:
    """Open or shut a door, drawer or lid.

    Args:
        stage: The scene played.
        piece: Id of a set piece.
        part: Which of its parts; empty is the first.
        at_frame: Scene frame at which it starts to move.
        seconds: How long it moves.
        to: How far open it ends: 0 shut to 1 wide open.

    Raises:
        UnknownNameError: If the set has no such piece, or it no such part.
        ModelError: If a number is out of range.
    """
    scene = stage.scene
    found = next((p for p in scene.set.pieces if p.id == piece), None)
    if found is None:
        ids = [p.id for p in scene.set.pieces]
        raise UnknownNameError("Swing.piece", piece, ids)
    if not 0 <= seconds <= _LONGEST_SWING_S:
        raise ModelError(
            f"open_part.seconds must be 0 to {_LONGEST_SWING_S:g} s, got {seconds}. "
            "Pass such as 0.8."
        )
    named = next(iter(opening_parts(found, part)))
    part = part or named.partition("/")[0]
    old = next((s for s in scene.swings if (s.piece, s.part) == (piece, part)), None)
    keys = [key for key in old.keys if key.frame < at_frame] if old else []
    now = keys[-1].open if keys else 0.0 if to > 0 else 1.0
    takes = max(round(seconds / stage.rate.seconds(1)), 1)
    keys += [
        SwingKey(frame=at_frame, open=now),
        SwingKey(frame=at_frame + takes, open=to),
    ]
    swing = Swing(piece=piece, part=part, keys=tuple(keys))
    rest = tuple(s for s in scene.swings if s is not old)
    return scene.changed(swings=(*rest, swing))


def _let_go(
    stage: Stage, thing: str, frame: int, velocity: ArrayLike, spin: ArrayLike
) -> Scene:
    """Simulate a thing from a frame on, and break it where it breaks."""
    stage = _with_prop(stage, thing)
    fall = fall_of(
        stage, thing, start_frame=frame, velocity_m_s=velocity, spin_deg_s=spin
    )
    prop = _before(_prop(stage.scene, thing), frame)
    hit = breaks_at(prop, fall)
    if hit is not None:
        made = shattered(stage, prop, fall, hit, start_frame=frame)
        return _changed(stage.scene, thing, *made)
    keys = baked(fall, rate=stage.rate, start_frame=frame)
    return _changed(stage.scene, thing, prop.changed(keys=(*prop.keys, *keys)))


def _before(prop: Prop, frame: int) -> Prop:
    """Return the prop as it is until a frame; what was planned after it is undone."""
    return prop.changed(
        holds=tuple(hold for hold in prop.holds if hold.frame < frame),
        keys=tuple(key for key in prop.keys if key.frame < frame),
        until_frame=None,
    )


def _changed(scene: Scene, thing: str, *props: Prop) -> Scene:
    """Return the scene with these props for one, and without its earlier shards."""
    kept = [
        prop
        for prop in scene.props
        if prop.id != thing and not prop.id.startswith(f"{thing}-shard-")
    ]
    return scene.changed(props=(*kept, *props))


def _with_prop(stage: Stage, thing: str) -> Stage:
    """Return the stage with a set piece of that name lifted out of the set."""
    scene = stage.scene
    if any(prop.id == thing for prop in scene.props):
        return stage
    found: SetPiece | None = next((p for p in scene.set.pieces if p.id == thing), None)
    if found is None:
        names = [prop.id for prop in scene.props] + [p.id for p in scene.set.pieces]
        raise UnknownNameError("Scene.props", thing, names)
    left = tuple(piece for piece in scene.set.pieces if piece is not found)
    set_ = scene.set.changed(pieces=left)
    return _played(
        stage, scene.changed(set=set_, props=(*scene.props, Prop(piece=found)))
    )


def _played(stage: Stage, scene: Scene) -> Stage:
    return Stage(scene, stage.characters, rate=stage.rate, assets=stage.assets)


def _prop(scene: Scene, thing: str) -> Prop:
    return next(prop for prop in scene.props if prop.id == thing)


def _place(stage: Stage, thing: str, frame: int) -> NDArray[np.float64]:
    place = stage.prop_at(thing, frame)
    if place is None:
        raise ModelError(
            f"Scene.props must have {thing!r} there at the frame, got none at {frame}. "
            "Pass another frame."
        )
    return place


def _carried(stage: Stage, thing: str, by: str, frame: int) -> NDArray[np.float64]:
    place = stage.prop_at(thing, frame)
    if place is None:
        raise _not_there(thing, by, frame)
    return place


def _not_there(thing: str, by: str, frame: int) -> ModelError:
    return ModelError(
        f"carry.by must be on the set with {thing!r} at frame {frame}, got {by!r}. "
        "Pass somebody who is, or another frame."
    )


def _middle_of_mass(stage: Stage, thing: str, frame: int) -> NDArray[np.float64]:
    place = _place(stage, thing, frame)
    middle = mass_of(_prop(stage.scene, thing).piece).middle
    return np.asarray(place[:3, :3] @ middle + place[:3, 3])


def _point(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """Return a place as an array, shape (3,).

    Raises:
        ModelError: If it is none.
    """
    try:
        place = np.asarray(value, float)
    except (TypeError, ValueError):
        place = np.zeros(0)
    if place.shape != (3,) or not np.isfinite(place).all():
        raise ModelError(
            f"{name} must be (x, y, z) in metres, got {value!r}. Pass such as "
            "(1.0, 0.0, -0.5)."
        )
    return place


def _target(
    stage: Stage, deed: str, toward: str | Vec3, frame: int
) -> NDArray[np.float64]:
    if not isinstance(toward, str):
        return _point(f"{deed}.toward", toward)
    if any(c.id == toward for c in stage.characters):
        marks = stage.landmarks(toward, frame)
        found = None if marks is None else marks.shoulders
    else:
        found = stage.middle_of(toward, frame)
    if found is None:
        raise ModelError(
            f"{deed}.toward must be there at frame {frame}, got {toward!r}. "
            "Pass a place or another frame."
        )
    return np.array(found)


def _below(stage: Stage, place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the place of a base on the highest level top below a thing."""
    x, y, z = place[:3, 3]
    best = 0.0
    for piece in stage.scene.set.pieces:
        px, py, pz = piece.position_m
        yaw = math.radians(piece.yaw_deg)
        c, s = math.cos(yaw), math.sin(yaw)
        along, across = c * (x - px) - s * (z - pz), s * (x - px) + c * (z - pz)
        on = abs(along) < piece.size_m[0] / 2 and abs(across) < piece.size_m[2] / 2
        top = py + piece.size_m[1]
        if on and best < top <= y + 0.15:
            best = top
    return np.array([x, best, z])
