"""The compiled half of a pose: a spine that turns, limbs that reach, palms that face.

Everything here is small and exact; `previz.stage.pose` says what the numbers mean.
"""

from __future__ import annotations

from math import radians

import numba
import numpy as np
from numpy.typing import NDArray

from previz.stage.skeleton import BONES, PARENTS

__all__ = ["TURNED", "around", "limb", "solve_chain", "times", "trunk_of", "turned"]

TURNED: tuple[str, ...] = (
    "spine",
    "chest",
    "neck",
    "head",
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

_TWIST = (radians(-80.0), radians(85.0))
_FLEX = (radians(-65.0), radians(75.0))
_DEVIATE = (radians(-28.0), radians(18.0))
"""How far a hand turns about the forearm, bends to the palm and to the thumb.

Source: American Academy of Orthopaedic Surgeons 1965, Joint Motion."""

_ANKLE = (radians(-36.0), radians(56.0))
"""How far a foot bends up and down against the shin, while it carries."""

_ANKLE_ROUNDS = 4
_ROUNDS = 6
"""Of an arm's solution: the palm's place depends on the forearm that it ends."""


@numba.njit(cache=True, nogil=True)
def turned(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    """Return the rotation that rolls about z, pitches about x, then yaws about y."""
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
def _dot(a: NDArray, b: NDArray) -> float:
    dot: float = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    return dot


@numba.njit(cache=True, nogil=True)
def _unit(a: NDArray) -> NDArray:
    unit: NDArray = a / max(np.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]), 1e-12)
    return unit


@numba.njit(cache=True, nogil=True)
def times(a: NDArray, b: NDArray) -> NDArray:
    """Return a product of rotations; numba's own needs SciPy, which is no part here."""
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
    y = _unit(hinge - _dot(hinge, x) * x)
    z = _cross(x, y)
    out = np.empty((3, 3))
    out[:, 0] = x
    out[:, 1] = y
    out[:, 2] = z
    return out


@numba.njit(cache=True, nogil=True)
def around(axis: NDArray, angle: float) -> NDArray:
    """Return the rotation about a unit axis, radians."""
    c, s = np.cos(angle), np.sin(angle)
    x, y, z = axis[0], axis[1], axis[2]
    out = np.empty((3, 3))
    out[0, 0] = c + x * x * (1 - c)
    out[0, 1] = x * y * (1 - c) - z * s
    out[0, 2] = x * z * (1 - c) + y * s
    out[1, 0] = y * x * (1 - c) + z * s
    out[1, 1] = c + y * y * (1 - c)
    out[1, 2] = y * z * (1 - c) - x * s
    out[2, 0] = z * x * (1 - c) - y * s
    out[2, 1] = z * y * (1 - c) + x * s
    out[2, 2] = c + z * z * (1 - c)
    return out


@numba.njit(cache=True, nogil=True)
def _within(angle: float, low: float, high: float) -> float:
    """Return the nearest angle of a range, round the circle."""
    angle = (angle + np.pi) % (2 * np.pi) - np.pi
    if low <= angle <= high:
        return angle
    under = (low - angle) % (2 * np.pi)
    over = (angle - high) % (2 * np.pi)
    return low if under < over else high


@numba.njit(cache=True, nogil=True)
def _hand(
    lower: NDArray,
    forearm: NDArray,
    axes: NDArray,
    facing: NDArray,
    idle: NDArray,
    share: float,
    mirror: float,
) -> NDArray:
    """Return (twist, flexion, deviation) that turns a hand as asked, radians.

    Each of the three is chosen in turn, where it brings the hand closest, within what
    a wrist can; what is not asked for stays as in `idle`.

    Args:
        lower: World from forearm.
        forearm: Its direction at rest, unit.
        axes: Along the hand, to the thumb, out of the palm, at rest, as columns.
        facing: Where palm, thumb and fingers shall point in the world, as rows; a row
            of zeros leaves it free.
        idle: The three angles of a hand that is not asked.
        share: 0 idle to 1 as asked.
        mirror: 1 left, -1 right.
    """
    out = idle.copy()
    if share <= 0.0:
        return out
    palm, thumb, along = (
        _apply(lower.T, facing[0]),
        _apply(lower.T, facing[1]),
        _apply(lower.T, facing[2]),
    )
    a, t, n = axes[:, 0].copy(), axes[:, 1].copy(), axes[:, 2].copy()
    wanted = idle.copy()
    even = _dot(palm, n - forearm * _dot(forearm, n))
    even += _dot(thumb, t - forearm * _dot(forearm, t))
    odd = _dot(palm, _cross(forearm, n)) + _dot(thumb, _cross(forearm, t))
    if np.sqrt(even * even + odd * odd) > 0.05:
        wanted[0] = _within(mirror * np.arctan2(odd, even), _TWIST[0], _TWIST[1])
    twist = around(forearm, mirror * wanted[0])
    a, t, n = _apply(twist, a), _apply(twist, t), _apply(twist, n)
    even, odd = _dot(palm, n) + _dot(along, a), 0.0
    odd = _dot(palm, _cross(t, n)) + _dot(along, _cross(t, a))
    if np.sqrt(even * even + odd * odd) > 0.05:
        angle = -mirror * np.arctan2(odd, max(even, 0.0) + 0.15)
        wanted[1] = _within(angle, _FLEX[0], _FLEX[1])
    flex = around(t, -mirror * wanted[1])
    a, n = _apply(flex, a), _apply(flex, n)
    even = _dot(thumb, t) + _dot(along, a)
    odd = _dot(thumb, _cross(n, t)) + _dot(along, _cross(n, a))
    if np.sqrt(even * even + odd * odd) > 0.05:
        angle = mirror * np.arctan2(odd, max(even, 0.0) + 0.15)
        wanted[2] = _within(angle, _DEVIATE[0], _DEVIATE[1])
    angles: NDArray = idle + share * (wanted - idle)
    return angles


@numba.njit(cache=True, nogil=True)
def _wrist(
    forearm: NDArray, axes: NDArray, angles: NDArray, mirror: float
) -> tuple[NDArray, NDArray]:
    """Return the forearm's own twist and the hand's turn, both in the forearm."""
    half = around(forearm, 0.5 * mirror * angles[0])
    twist = around(forearm, mirror * angles[0])
    flex = around(axes[:, 1].copy(), -mirror * angles[1])
    bend = around(axes[:, 2].copy(), mirror * angles[2])
    return half, times(twist, times(flex, bend))


@numba.njit(cache=True, nogil=True)
def limb(
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
    # A joint folds to 30 degrees between its bones and no further.
    nearest = np.sqrt(l1 * l1 + l2 * l2 - 2 * l1 * l2 * 0.866)
    span = min(max(far, nearest), (l1 + l2) * 0.99999)
    cosine = (l1 * l1 + span * span - l2 * l2) / (2 * l1 * span)
    cosine = min(max(cosine, -1.0), 1.0)
    sine = np.sqrt(1 - cosine * cosine)
    hinge = _unit(_cross(along, pole))
    bend = _cross(hinge, along)
    middle = start + l1 * (cosine * along + sine * bend)
    end = start + span * along
    rest_hinge = _unit(_cross(_unit(rest_end - rest_start), rest_pole))
    upper = times(_basis(middle - start, hinge), _basis(d1, rest_hinge).T)
    lower = times(_basis(end - middle, hinge), _basis(d2, rest_hinge).T)
    return upper, lower, middle, end


@numba.njit(cache=True, nogil=True)
def trunk_of(
    rest: NDArray, root: NDArray, facing: NDArray, turns: NDArray
) -> tuple[NDArray, NDArray]:
    """Return rotations (b, 3, 3) and joints (b, 3) of pelvis and the turned bones."""
    count = rest.shape[0]
    rotation = np.zeros((count, 3, 3))
    place = np.zeros((count, 3))
    rotation[0] = facing
    place[0] = root
    for i in range(_TURNED_BONES.shape[0]):
        bone = _TURNED_BONES[i]
        up = _PARENTS[bone]
        local = turned(turns[i, 0], turns[i, 1], turns[i, 2])
        rotation[bone] = times(rotation[up], local)
        place[bone] = place[up] + _apply(rotation[up], rest[bone] - rest[up])
    return rotation, place


@numba.njit(cache=True, nogil=True)
def _clear_of_trunk(
    elbow: NDArray, chest: NDArray, axes: NDArray, half: NDArray, side: float
) -> float:
    """Return how far an elbow is inside the trunk, 0 outside to 1 at its middle."""
    local = _apply(axes.T, elbow - chest)
    if local[0] * side < -half[0]:
        return 1.0
    ahead = local[2] - half[3]
    deep = 1.0 - np.sqrt((local[0] / half[0]) ** 2 + (ahead / half[1]) ** 2)
    level = 1.0 - max(abs(local[1]) / half[2] - 0.7, 0.0) / 0.3
    inside: float = max(deep, 0.0) * max(level, 0.0)
    return inside


@numba.njit(cache=True, nogil=True)
def _fingers(
    rotation: NDArray,
    place: NDArray,
    rest: NDArray,
    curls: NDArray,
    across: NDArray,
    side: int,
) -> None:
    mirror = 1.0 if side == 0 else -1.0
    for finger in range(3):
        bend = around(across, -mirror * curls[finger] * _CURL_RAD[finger])
        for joint in range(2):
            bone = _FINGERS[side] + 2 * finger + joint
            up = _PARENTS[bone]
            rotation[bone] = times(rotation[up], bend)
            place[bone] = place[up] + _apply(rotation[up], rest[bone] - rest[up])


@numba.njit(cache=True, nogil=True)
def _leg(
    rotation: NDArray,
    place: NDArray,
    rest: NDArray,
    ankle_at: NDArray,
    knee_to: NDArray,
    foot_turn: NDArray,
    side: int,
) -> None:
    thigh = _LEGS[side]
    hip = place[0] + _apply(rotation[0], rest[thigh] - rest[0])
    pitch, bent, goal = foot_turn[1], foot_turn[2], ankle_at.copy()
    ball = rest[thigh + 3] - rest[thigh + 2]
    ahead = np.array([0.0, 0.0, 1.0])
    for k in range(_ANKLE_ROUNDS + 1):
        upper, lower, knee, ankle = limb(
            hip, goal, knee_to, rest[thigh], rest[thigh + 1], rest[thigh + 2], ahead
        )
        foot = turned(foot_turn[0], pitch, 0.0)
        # What an ankle cannot do the foot does: its heel comes up over the ball.
        local = _apply(lower.T, _apply(foot, ahead))
        bow = -np.arcsin(min(max(local[1], -1.0), 1.0))
        more = max(_ANKLE[0] - bow, 0.0) - max(bow - _ANKLE[1], 0.0)
        if abs(more) < 1e-6 or k == _ANKLE_ROUNDS:
            break
        at = goal + _apply(foot, ball)
        pitch, bent = pitch + more, bent - more
        goal = at - _apply(turned(foot_turn[0], pitch, 0.0), ball)
    rotation[thigh], place[thigh] = upper, hip
    rotation[thigh + 1], place[thigh + 1] = lower, knee
    rotation[thigh + 2], place[thigh + 2] = foot, ankle
    rotation[thigh + 3] = times(foot, turned(0.0, bent, 0.0))
    place[thigh + 3] = ankle + _apply(foot, rest[thigh + 3] - rest[thigh + 2])


@numba.njit(cache=True, nogil=True)
def _arm(
    rotation: NDArray,
    place: NDArray,
    rest: NDArray,
    wrist: NDArray,
    pole: NDArray,
    wrists: NDArray,
    palm: NDArray,
    facing: NDArray,
    share: float,
    axes: NDArray,
    grip: NDArray,
    trunk: NDArray,
    side: int,
) -> None:
    """Set an arm: the wrist where it idles, by `share` the palm where it is asked."""
    mirror = 1.0 if side == 0 else -1.0
    arm = _ARMS[side]
    collar = _PARENTS[arm]
    shoulder = place[collar] + _apply(rotation[collar], rest[arm] - rest[collar])
    forearm = _unit(rest[arm + 2] - rest[arm + 1])
    behind = np.array([0.0, 0.0, -1.0])
    outward = mirror * rotation[_CHEST][:, 0]
    goal, rounds = wrist.copy(), 1
    if share > 0.0:
        rounds = _ROUNDS
        goal = wrist + share * (palm - wrist)
    middle = (place[_CHEST] + place[0]) / 2 + 0.35 * (place[_CHEST] - place[0])
    for k in range(rounds + 2):
        upper, lower, elbow, end = limb(
            shoulder, goal, pole, rest[arm], rest[arm + 1], rest[arm + 2], behind
        )
        angles = _hand(lower, forearm, axes, facing, wrists, share, mirror)
        half, hand = _wrist(forearm, axes, angles, mirror)
        if share > 0.0:
            held = palm - _apply(times(lower, hand), grip)
            goal = wrist + share * (held - wrist)
        if k < 2:
            deep = _clear_of_trunk(elbow, middle, rotation[_CHEST], trunk, mirror)
            pole = pole + 2.5 * deep * outward
    rotation[arm], place[arm] = upper, shoulder
    rotation[arm + 1], place[arm + 1] = times(lower, half), elbow
    rotation[arm + 2], place[arm + 2] = times(lower, hand), end


@numba.njit(cache=True, nogil=True)
def _on_thigh(
    rotation: NDArray,
    place: NDArray,
    wrist: NDArray,
    thigh: int,
    share: float,
    thigh_m: float,
) -> NDArray:
    """Return a wrist on its way onto a thigh, or over the knee of who crouches."""
    above = _apply(rotation[thigh], np.array([0.0, 0.0, 1.0]))
    along = place[thigh + 1] - place[thigh]
    folded = max(_dot(_unit(along), rotation[_CHEST][:, 1]), 0.0)
    resting = place[thigh] + (0.60 + 0.40 * folded) * along
    resting = resting + above * thigh_m * 1.60
    far = np.sqrt(_dot(along, along))
    resting = resting + 0.9 * folded * far * rotation[0][:, 2]
    # It goes round the thigh's flesh, not through it.
    round_m = 5.2 * share * (1 - share) * thigh_m
    at: NDArray = wrist + share * (resting - wrist) + round_m * above
    return at


@numba.njit(cache=True, nogil=True)
def solve_chain(
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
    palms: NDArray,
    palms_face: NDArray,
    reaching: NDArray,
    axes: NDArray,
    grips: NDArray,
    trunk: NDArray,
    thigh_m: float,
) -> NDArray:
    """Return the bones in the world, shape (b, 4, 4); see `previz.stage.pose`."""
    count = rest.shape[0]
    rotation, place = trunk_of(rest, root, facing, turns)
    for side in range(2):
        _leg(rotation, place, rest, ankles[side], knees[side], feet[side], side)
    for side in range(2):
        wrist = place[_CHEST] + _apply(rotation[_CHEST], hands[side] - rest[_CHEST])
        if on_thighs[side] > 0.0:
            wrist = _on_thigh(
                rotation, place, wrist, _LEGS[side], on_thighs[side], thigh_m
            )
        _arm(
            rotation,
            place,
            rest,
            wrist,
            _apply(rotation[_CHEST], elbows[side]),
            wrists[side],
            palms[side],
            palms_face[side],
            reaching[side],
            axes[side],
            grips[side],
            trunk,
            side,
        )
        _fingers(rotation, place, rest, curls[side], axes[side][:, 1].copy(), side)
    out = np.zeros((count, 4, 4))
    out[:, :3, :3] = rotation
    out[:, :3, 3] = place
    out[:, 3, 3] = 1.0
    return out
