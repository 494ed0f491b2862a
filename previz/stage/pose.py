"""From what a body does to where its bones are: turns, limbs reaching, feet down."""

from __future__ import annotations

from dataclasses import dataclass, field

import numba
import numpy as np
from numpy.typing import NDArray

from previz.stage.skeleton import BONES, PARENTS, Skeleton

__all__ = ["TURNED", "Pose", "about_y", "solve", "turn"]

TURNED: tuple[str, ...] = (
    "spine",
    "chest",
    "neck",
    "head",
    "jaw",
    "eye_l",
    "eye_r",
    "clavicle_l",
    "clavicle_r",
)
"""The bones that a pose turns directly; limbs follow from where they reach."""

_TURNED_BONES = np.array([BONES.index(name) for name in TURNED])
_PARENTS = np.array(PARENTS)
_CHEST = BONES.index("chest")
_ARMS = np.array([BONES.index("upper_arm_l"), BONES.index("upper_arm_r")])
_LEGS = np.array([BONES.index("thigh_l"), BONES.index("thigh_r")])
_FINGERS = np.array([BONES.index("thumb_l"), BONES.index("thumb_r")])
_CURL_RAD = np.radians((35.0, 80.0, 80.0))
"""Bend of each joint of thumb, index and other fingers in a fist."""


def _zeros(*shape: int) -> NDArray[np.float64]:
    return np.zeros(shape)


@dataclass
class Pose:
    """What a body does at one instant. Left is row 0, right is row 1.

    Turns are (yaw, pitch, roll) in radians in the parent's axes, applied roll
    first; positive pitch bows forward.

    Attributes:
        root: The pelvis joint in the world, metres, shape (3,).
        facing: Rotation of the pelvis, shape (3, 3).
        turns: Of the bones `TURNED`, shape (9, 3).
        ankles: Where the ankle joints are in the world, shape (2, 3).
        feet: Yaw and pitch of the feet in the world and pitch of the toes against
            the foot, shape (2, 3). Positive pitch points the foot down.
        knees: Direction in the world that the knees point in, shape (2, 3).
        hands: Where the wrists are, in the chest's rest space, shape (2, 3).
        elbows: Direction that the elbows point in, in chest axes, shape (2, 3).
        wrists: Pronation about the forearm (thumb inwards) and flexion towards the
            palm, shape (2, 2).
        on_thighs: Share in which the wrists rest on the thighs, shape (2,).
        curls: Of thumb, index and the other fingers, 0 straight to 1 in a fist,
            shape (2, 3).
    """

    root: NDArray[np.float64] = field(default_factory=lambda: _zeros(3))
    facing: NDArray[np.float64] = field(default_factory=lambda: np.eye(3))
    turns: NDArray[np.float64] = field(default_factory=lambda: _zeros(9, 3))
    ankles: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    feet: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    knees: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    hands: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    elbows: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    wrists: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 2))
    on_thighs: NDArray[np.float64] = field(default_factory=lambda: _zeros(2))
    curls: NDArray[np.float64] = field(default_factory=lambda: np.full((2, 3), 0.2))


def solve(pose: Pose, skeleton: Skeleton) -> NDArray[np.float64]:
    """Return the bones in the world, shape (b, 4, 4).

    Elbows and knees follow from where hands and feet are (two-bone inverse
    kinematics); a target out of reach is reached for as far as the limb goes.
    """
    return np.asarray(
        _solve(
            skeleton.joints,
            pose.root,
            pose.facing,
            pose.turns,
            pose.ankles,
            pose.feet,
            pose.knees,
            pose.hands,
            pose.elbows,
            pose.wrists,
            pose.on_thighs,
            pose.curls,
            0.052 * skeleton.height_m * (1 + 0.5 * skeleton.build),
        )
    )


def turn(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    """Return the rotation that rolls about z, pitches about x, then yaws about y."""
    return np.asarray(_turn(float(yaw), float(pitch), float(roll)))


def about_y(yaw: float) -> NDArray[np.float64]:
    """Return the rotation about y that takes +z to facing `yaw` (radians)."""
    c, s = np.cos(yaw), np.sin(yaw)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


@numba.njit(cache=True, nogil=True)
def _turn(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    cy, sy = np.cos(yaw), np.sin(yaw)
    cx, sx = np.cos(pitch), np.sin(pitch)
    cz, sz = np.cos(roll), np.sin(roll)
    out = np.empty((3, 3))
    out[0, 0] = cy * cz + sy * sx * sz
    out[0, 1] = -cy * sz + sy * sx * cz
    out[0, 2] = sy * cx
    out[1, 0] = cx * sz
    out[1, 1] = cx * cz
    out[1, 2] = -sx
    out[2, 0] = -sy * cz + cy * sx * sz
    out[2, 1] = sy * sz + cy * sx * cz
    out[2, 2] = cy * cx
    return out


@numba.njit(cache=True, nogil=True)
def _cross(a: NDArray, b: NDArray) -> NDArray:
    return np.array(
        [
            a[1] * b[2] - a[2] * b[1],
            a[2] * b[0] - a[0] * b[2],
            a[0] * b[1] - a[1] * b[0],
        ]
    )


@numba.njit(cache=True, nogil=True)
def _unit(a: NDArray) -> NDArray:
    unit: NDArray = a / max(np.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]), 1e-12)
    return unit


@numba.njit(cache=True, nogil=True)
def _times(a: NDArray, b: NDArray) -> NDArray:
    out = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            out[i, j] = a[i, 0] * b[0, j] + a[i, 1] * b[1, j] + a[i, 2] * b[2, j]
    return out


@numba.njit(cache=True, nogil=True)
def _apply(a: NDArray, v: NDArray) -> NDArray:
    out = np.empty(3)
    for i in range(3):
        out[i] = a[i, 0] * v[0] + a[i, 1] * v[1] + a[i, 2] * v[2]
    return out


@numba.njit(cache=True, nogil=True)
def _basis(along: NDArray, hinge: NDArray) -> NDArray:
    """Return axes (along, hinge made square to it, their cross) as columns."""
    x = _unit(along)
    dot = hinge[0] * x[0] + hinge[1] * x[1] + hinge[2] * x[2]
    y = _unit(hinge - dot * x)
    z = _cross(x, y)
    out = np.empty((3, 3))
    out[:, 0] = x
    out[:, 1] = y
    out[:, 2] = z
    return out


@numba.njit(cache=True, nogil=True)
def _around(axis: NDArray, angle: float) -> NDArray:
    c, s = np.cos(angle), np.sin(angle)
    x, y, z = axis[0], axis[1], axis[2]
    out = np.empty((3, 3))
    out[0, 0], out[0, 1], out[0, 2] = (
        c + x * x * (1 - c),
        x * y * (1 - c) - z * s,
        x * z * (1 - c) + y * s,
    )
    out[1, 0], out[1, 1], out[1, 2] = (
        y * x * (1 - c) + z * s,
        c + y * y * (1 - c),
        y * z * (1 - c) - x * s,
    )
    out[2, 0], out[2, 1], out[2, 2] = (
        z * x * (1 - c) - y * s,
        z * y * (1 - c) + x * s,
        c + z * z * (1 - c),
    )
    return out


@numba.njit(cache=True, nogil=True)
def _wrist(forearm: NDArray, turns: NDArray, side: int) -> NDArray:
    mirror = 1.0 if side == 0 else -1.0
    twist = _around(_unit(forearm), mirror * turns[0])
    flex = _around(np.array([0.0, 0.0, 1.0]), -mirror * turns[1])
    return _times(twist, flex)


@numba.njit(cache=True, nogil=True)
def _limb(
    start: NDArray,
    target: NDArray,
    pole: NDArray,
    rest_start: NDArray,
    rest_middle: NDArray,
    rest_end: NDArray,
    rest_pole: NDArray,
) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Return rotation of both bones, the middle joint and the end joint."""
    d1, d2 = rest_middle - rest_start, rest_end - rest_middle
    l1 = np.sqrt((d1 * d1).sum())
    l2 = np.sqrt((d2 * d2).sum())
    reach = target - start
    far = np.sqrt((reach * reach).sum())
    along = reach / max(far, 1e-9)
    span = min(max(far, abs(l1 - l2) + 0.02 * l1), (l1 + l2) * 0.99999)
    cosine = (l1 * l1 + span * span - l2 * l2) / (2 * l1 * span)
    cosine = min(max(cosine, -1.0), 1.0)
    sine = np.sqrt(1 - cosine * cosine)
    hinge = _unit(_cross(along, pole))
    bend = _cross(hinge, along)
    middle = start + l1 * (cosine * along + sine * bend)
    end = start + span * along
    rest_hinge = _unit(_cross(_unit(rest_end - rest_start), rest_pole))
    upper = _times(_basis(middle - start, hinge), _basis(d1, rest_hinge).T)
    lower = _times(_basis(end - middle, hinge), _basis(d2, rest_hinge).T)
    return upper, lower, middle, end


@numba.njit(cache=True, nogil=True)
def _solve(
    rest: NDArray,
    root: NDArray,
    facing: NDArray,
    turns: NDArray,
    ankles: NDArray,
    feet: NDArray,
    knees: NDArray,
    hands: NDArray,
    elbows: NDArray,
    wrists: NDArray,
    on_thighs: NDArray,
    curls: NDArray,
    thigh_m: float,
) -> NDArray:
    count = rest.shape[0]
    rotation = np.zeros((count, 3, 3))
    place = np.zeros((count, 3))
    rotation[0] = facing
    place[0] = root
    for i in range(_TURNED_BONES.shape[0]):
        bone = _TURNED_BONES[i]
        up = _PARENTS[bone]
        local = _turn(turns[i, 0], turns[i, 1], turns[i, 2])
        rotation[bone] = _times(rotation[up], local)
        place[bone] = place[up] + _apply(rotation[up], rest[bone] - rest[up])
    for side in range(2):
        thigh = _LEGS[side]
        hip = root + _apply(facing, rest[thigh] - rest[0])
        upper, lower, knee, ankle = _limb(
            hip,
            ankles[side],
            knees[side],
            rest[thigh],
            rest[thigh + 1],
            rest[thigh + 2],
            np.array([0.0, 0.0, 1.0]),
        )
        foot = _turn(feet[side, 0], feet[side, 1], 0.0)
        rotation[thigh], place[thigh] = upper, hip
        rotation[thigh + 1], place[thigh + 1] = lower, knee
        rotation[thigh + 2], place[thigh + 2] = foot, ankle
        rotation[thigh + 3] = _times(foot, _turn(0.0, feet[side, 2], 0.0))
        place[thigh + 3] = ankle + _apply(foot, rest[thigh + 3] - rest[thigh + 2])
    for side in range(2):
        arm = _ARMS[side]
        collar = _PARENTS[arm]
        shoulder = place[collar] + _apply(rotation[collar], rest[arm] - rest[collar])
        wrist = place[_CHEST] + _apply(rotation[_CHEST], hands[side] - rest[_CHEST])
        if on_thighs[side] > 0.0:
            thigh = _LEGS[side]
            above = _apply(rotation[thigh], np.array([0.0, 0.0, 1.0]))
            resting = place[thigh] + 0.47 * (place[thigh + 1] - place[thigh])
            resting = resting + above * thigh_m * 1.55
            wrist = wrist + on_thighs[side] * (resting - wrist)
        upper, lower, elbow, end = _limb(
            shoulder,
            wrist,
            _apply(rotation[_CHEST], elbows[side]),
            rest[arm],
            rest[arm + 1],
            rest[arm + 2],
            np.array([0.0, 0.0, -1.0]),
        )
        rotation[arm], place[arm] = upper, shoulder
        rotation[arm + 1], place[arm + 1] = lower, elbow
        hand = _wrist(rest[arm + 2] - rest[arm + 1], wrists[side], side)
        rotation[arm + 2], place[arm + 2] = _times(lower, hand), end
        mirror = 1.0 if side == 0 else -1.0
        for finger in range(3):
            angle = -mirror * curls[side, finger] * _CURL_RAD[finger]
            bend = _around(np.array([0.0, 0.0, 1.0]), angle)
            for joint in range(2):
                bone = _FINGERS[side] + 2 * finger + joint
                up = _PARENTS[bone]
                rotation[bone] = _times(rotation[up], bend)
                place[bone] = place[up] + _apply(rotation[up], rest[bone] - rest[up])
    out = np.zeros((count, 4, 4))
    out[:, :3, :3] = rotation
    out[:, :3, 3] = place
    out[:, 3, 3] = 1.0
    return out
