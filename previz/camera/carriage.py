"""Moves laid on a path: where the camera is taken and how its head is turned."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from previz.camera.aim import Where, rotation, seen_at
from previz.camera.limits import usual_arm_m
from previz.camera.path import Along
from previz.camera.timing import eased, minimum_jerk
from previz.model import Camera, CameraMove, Move

__all__ = ["Carriage", "Laid", "carried", "progress"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Carriage:
    """A camera frame by frame after some of its moves; n is the shot's length.

    The base (a dolly, an arm, legs) has a place and a heading; the head on it pans,
    tilts and rolls. A pan is of the head: rails laid along the heading stay as they
    are, so a truck and a pan are the same in either order.

    Attributes:
        position: In metres, shape (n, 3).
        heading: Yaw of the base, turned by the path, arcs and orbits; radians, (n,).
        pan: Of the head, left; radians, shape (n,).
        tilt: Up, radians, shape (n,).
        roll: Clockwise from behind, radians, shape (n,).
        reach_m: To what the path looks at, shape (n,).
    """

    position: Floats
    heading: Floats
    pan: Floats
    tilt: Floats
    roll: Floats
    reach_m: Floats


@dataclass(frozen=True)
class Laid:
    """A move as it was laid out.

    Attributes:
        move: The move.
        first: Shot frame at which it begins, within the shot.
        last: Shot frame at which it ends, within the shot.
        done: Share of it that is done at each frame, shape (n,).
        point: What it goes for, as it begins; shape (3,).
    """

    move: CameraMove
    first: int
    last: int
    done: Floats
    point: Floats


def progress(move: CameraMove, *, length_frames: int) -> Floats:
    """Return the share of a move that is done at each frame of the shot, shape (n,)."""
    last = length_frames - 1
    span = move.length_frames or max(last - move.start_frame, 1)
    share = (np.arange(length_frames) - move.start_frame) / span
    if move.kind is Move.WHIP_PAN:
        return minimum_jerk(share)
    return eased(share, ease_in=move.ease_in, ease_out=move.ease_out)


def carried(
    camera: Camera, along: Along, where: Where | None
) -> tuple[Carriage, tuple[Laid, ...]]:
    """Return the camera after its moves, in order, and how each was laid out.

    A move is laid out as it begins, on what the path and the moves before it in the
    list have done by then.

    Args:
        camera: Whose moves.
        along: The camera on its path.
        where: Where people are.
    """
    zero = np.zeros_like(along.yaw)
    state = Carriage(
        along.position, along.yaw, zero, along.tilt, along.roll, along.reach_m
    )
    laid = []
    frames = len(zero)
    for move in camera.moves:
        first = min(move.start_frame, frames - 1)
        ends = frames - 1
        if move.length_frames is not None:
            ends = min(ends, move.start_frame + move.length_frames)
        plan = Laid(
            move,
            first,
            ends,
            progress(move, length_frames=frames),
            _goal(state, move, first, where),
        )
        laid.append(plan)
        take = _TAKES.get(move.kind)
        if take is not None:
            state = take(state, plan, camera)
    return state, tuple(laid)


def _goal(state: Carriage, move: CameraMove, at: int, where: Where | None) -> Floats:
    """Return the subject's eyes, else what the camera looks at, as the move begins."""
    if move.subject and where is not None:
        found = seen_at(where, move.subject, "eyes", at)
        if found is not None:
            return found
    yaw = float(state.heading[at] + state.pan[at])
    ahead = -rotation(yaw, float(state.tilt[at]), 0.0)[:, 2]
    return np.asarray(state.position[at] + ahead * state.reach_m[at], np.float64)


def _amount(plan: Laid) -> Floats:
    return math.radians(plan.move.amount) * plan.done


def _pan(state: Carriage, plan: Laid, _: Camera) -> Carriage:
    return replace(state, pan=state.pan + _amount(plan))


def _tilt(state: Carriage, plan: Laid, _: Camera) -> Carriage:
    return replace(state, tilt=state.tilt + _amount(plan))


def _roll(state: Carriage, plan: Laid, _: Camera) -> Carriage:
    return replace(state, roll=state.roll + _amount(plan))


def _shifted(state: Carriage, plan: Laid, direction: Floats) -> Carriage:
    way = plan.move.amount * plan.done[:, None] * direction
    return replace(state, position=state.position + way)


def _truck(state: Carriage, plan: Laid, _: Camera) -> Carriage:
    yaw = float(state.heading[plan.first])
    right = np.array([math.cos(yaw), 0.0, -math.sin(yaw)])
    return _shifted(state, plan, right)


def _ahead(state: Carriage, at: int) -> Floats:
    yaw = float(state.heading[at])
    return np.array([-math.sin(yaw), 0.0, -math.cos(yaw)])


def _dolly(state: Carriage, plan: Laid, _: Camera) -> Carriage:
    return _shifted(state, plan, _ahead(state, plan.first))


def _pedestal(state: Carriage, plan: Laid, _: Camera) -> Carriage:
    return _shifted(state, plan, np.array([0.0, 1.0, 0.0]))


def _towards(state: Carriage, plan: Laid) -> Floats:
    way = np.asarray(plan.point - state.position[plan.first])
    length = float(np.linalg.norm(way))
    return np.asarray(way / length) if length > 1e-9 else _ahead(state, plan.first)


def _push(state: Carriage, plan: Laid, _: Camera) -> Carriage:
    return _shifted(state, plan, _towards(state, plan))


def _pull(state: Carriage, plan: Laid, _: Camera) -> Carriage:
    return _shifted(state, plan, -_towards(state, plan))


def _crane(state: Carriage, plan: Laid, camera: Camera) -> Carriage:
    """Swing on the arm: level at mid-height, so it starts and ends as far out."""
    arm = usual_arm_m(camera.rig)
    half = math.asin(min(max(plan.move.amount / (2.0 * arm), -1.0), 1.0))
    swing = half * (2.0 * plan.done - 1.0)
    out = arm * (np.cos(swing) - math.cos(half))
    rise = arm * (np.sin(swing) + math.sin(half))
    way = out[:, None] * _ahead(state, plan.first) + rise[:, None] * (0.0, 1.0, 0.0)
    return replace(state, position=state.position + way)


def _arc(state: Carriage, plan: Laid, _: Camera) -> Carriage:
    """Turn the base about the vertical through the pivot."""
    turn = _amount(plan)
    c, s = np.cos(turn), np.sin(turn)
    x, y, z = (state.position - plan.point).T
    around = np.stack([c * x + s * z, y, c * z - s * x], axis=1)
    still = plan.done[:, None] == 0.0
    place = np.where(still, state.position, plan.point + around)
    return replace(state, position=place, heading=state.heading + turn)


_TAKES: dict[Move, Callable[[Carriage, Laid, Camera], Carriage]] = {
    Move.PAN: _pan,
    Move.WHIP_PAN: _pan,
    Move.TILT: _tilt,
    Move.ROLL: _roll,
    Move.TRUCK: _truck,
    Move.DOLLY: _dolly,
    Move.PEDESTAL: _pedestal,
    Move.CRANE: _crane,
    Move.PUSH_IN: _push,
    Move.PULL_OUT: _pull,
    Move.DOLLY_ZOOM: _push,
    Move.ARC: _arc,
    Move.ORBIT: _arc,
}
