"""Motion that a user brought, and how a body of another build plays it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from previz.model import Rate
from previz.stage.chain import limb
from previz.stage.joint_names import bones_by_name
from previz.stage.skeleton import BONE_INDEX, BONES, PARENTS, Skeleton

__all__ = ["Motion", "retarget"]

_ENDS = {
    "clavicle": "upper_arm", "upper_arm": "forearm", "forearm": "hand",
    "thigh": "shin", "shin": "foot", "foot": "toe",
}  # fmt: skip
"""Where the bones of limbs end: these keep the file's directions."""
_CONTACT_M, _CONTACT_M_S = 0.035, 0.25
"""A foot that is as low (for a leg of 0.85 m) and as slow stands."""
_FADE = 4
"""Frames over which a foot is let go."""


@dataclass(frozen=True)
class Motion:
    """A skeleton and what it does, as a motion file says it.

    Attributes:
        names: The joints, parents before their children.
        parents: Index of each joint's parent, -1 for the root.
        offsets_m: Each joint from its parent at rest, metres, y up, shape (j, 3).
        positions_m: Where the root is at each frame, metres, shape (f, 3).
        rotations: Each joint's turn in its parent (x, y, z, w), shape (f, j, 4).
        seconds_a_frame: How long a frame lasts.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    offsets_m: NDArray[np.float64]
    positions_m: NDArray[np.float64]
    rotations: NDArray[np.float64]
    seconds_a_frame: float

    @cached_property
    def rest_m(self) -> NDArray[np.float64]:
        """Where the joints are at rest, metres, shape (j, 3)."""
        rest = np.zeros((len(self.names), 3))
        for i, parent in enumerate(self.parents):
            rest[i] = self.offsets_m[i] + (rest[parent] if parent >= 0 else 0.0)
        return rest


_Place = tuple[float, float, float, float]


def retarget(
    motion: Motion, skeleton: Skeleton, *, rate: Rate, length_frames: int, place: _Place
) -> NDArray[np.float64]:
    """Return a body's bones as it plays a motion, shape (length_frames, b, 4, 4).

    Directions of limbs and turns of the trunk are the file's, lengths are the body's.
    Feet that stand in the file stand here too. Past its end the motion holds.

    Args:
        motion: What is played.
        skeleton: Who plays it.
        rate: Of the film.
        length_frames: How much of it, in frames of the film.
        place: Where it begins: x, y, z and heading, radians.

    Raises:
        AssetError: If a bone that a body cannot do without has no joint.
    """
    of = bones_by_name(motion.names)
    at = np.array([rate.seconds(f) for f in range(length_frames)])
    turns, joints = _sampled(motion, at / motion.seconds_a_frame)
    axes = _axes(motion, of)
    turned = _turned(motion, of, turns, axes, skeleton)
    low = min(float(joints[:, of[f"foot_{s}"], 1].min()) for s in "lr")
    scale = skeleton.leg_m / _leg(motion, of)
    root = _root(joints[:, of["pelvis"]], low, scale, axes, skeleton, of, motion)
    bones = _assembled(turned, root, skeleton)
    bones = _at(bones, place)
    for side in "lr":
        stands = _standing(joints[:, of[f"foot_{side}"]], low, scale, at)
        _plant(bones, skeleton, side, stands, place[1])
    return bones


def _sampled(
    motion: Motion, at: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the joints' turns in the world and places at frames of the file."""
    last = len(motion.positions_m) - 1
    low = np.clip(at.astype(int), 0, last)
    high = np.minimum(low + 1, last)
    share = np.clip(at - low, 0.0, 1.0)
    a, b = motion.rotations[low], motion.rotations[high]
    b = np.where((a * b).sum(axis=2, keepdims=True) < 0, -b, b)
    local = a + share[:, None, None] * (b - a)
    local /= np.linalg.norm(local, axis=2, keepdims=True)
    own = _matrices(local)
    start = motion.positions_m
    places = start[low] + share[:, None] * (start[high] - start[low])
    turns = np.empty_like(own)
    joints = np.empty((len(at), len(motion.names), 3))
    for i, parent in enumerate(motion.parents):
        if parent < 0:
            turns[:, i], joints[:, i] = own[:, i], places
            continue
        turns[:, i] = turns[:, parent] @ own[:, i]
        joints[:, i] = joints[:, parent] + turns[:, parent] @ motion.offsets_m[i]
    return turns, joints


def _axes(motion: Motion, of: dict[str, int]) -> NDArray[np.float64]:
    """Return the file's world from ours at rest: which way its body faces."""
    rest = motion.rest_m
    left = rest[of["thigh_l"]] - rest[of["thigh_r"]]
    yaw = float(np.arctan2(-left[2], left[0]))
    c, s = np.cos(yaw), np.sin(yaw)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def _turned(
    motion: Motion,
    of: dict[str, int],
    turns: NDArray[np.float64],
    axes: NDArray[np.float64],
    skeleton: Skeleton,
) -> NDArray[np.float64]:
    """Return how our bones are turned in our world at rest heading, (f, b, 3, 3)."""
    out = np.empty((len(turns), len(BONES), 3, 3))
    for i, bone in enumerate(BONES):
        if bone not in of:
            out[:, i] = out[:, PARENTS[i]]
            continue
        aligned = axes
        stem, _, side = bone.rpartition("_")
        end = f"{_ENDS.get(stem, '')}_{side}"
        if end in of and stem in _ENDS:
            theirs = motion.rest_m[of[end]] - motion.rest_m[of[bone]]
            ours = axes @ (skeleton.joint(end) - skeleton.joint(bone))
            aligned = _between(ours, theirs) @ axes
        elif bone.startswith(("hand", "toe")):
            # Leaves keep to what they hang on, and turn as the file turns them.
            held = out[:, PARENTS[i]]
            own = turns[:, motion.parents[of[bone]]].swapaxes(1, 2) @ turns[:, of[bone]]
            up = turns[:, motion.parents[of[bone]]].swapaxes(1, 2) @ (axes @ held)
            out[:, i] = held @ (up.swapaxes(1, 2) @ own @ up)
            continue
        out[:, i] = axes.T @ turns[:, of[bone]] @ aligned
    return out


def _root(
    pelvis: NDArray[np.float64],
    low: float,
    scale: float,
    axes: NDArray[np.float64],
    skeleton: Skeleton,
    of: dict[str, int],
    motion: Motion,
) -> NDArray[np.float64]:
    """Return where our pelvis is, from where the motion begins, (f, 3)."""
    rest = motion.rest_m
    hips = (rest[of["thigh_l"], 1] + rest[of["thigh_r"], 1]) / 2
    above = hips - rest[of["pelvis"], 1]
    moved = (pelvis - pelvis[0]) * scale @ axes
    ankle = float(skeleton.joint("foot_l")[1])
    hip = float(skeleton.joint("thigh_l")[1] - skeleton.joint("pelvis")[1])
    moved[:, 1] = (pelvis[:, 1] + above - low) * scale + ankle - hip
    return np.asarray(moved)


def _assembled(
    turned: NDArray[np.float64], root: NDArray[np.float64], skeleton: Skeleton
) -> NDArray[np.float64]:
    """Return bones from their turns and the root's place, shape (f, b, 4, 4)."""
    out = np.zeros((*turned.shape[:2], 4, 4))
    out[..., :3, :3] = turned
    out[..., 3, 3] = 1.0
    out[:, 0, :3, 3] = root
    for i, parent in enumerate(PARENTS):
        if parent >= 0:
            step = skeleton.joints[i] - skeleton.joints[parent]
            out[:, i, :3, 3] = out[:, parent, :3, 3] + turned[:, parent] @ step
    return out


def _at(bones: NDArray[np.float64], place: _Place) -> NDArray[np.float64]:
    """Return the bones so that they begin at a place, with its heading."""
    x, y, z, yaw = place
    ahead = bones[0, 0, :3, 2]
    turn = yaw - float(np.arctan2(ahead[0], ahead[2]))
    c, s = np.cos(turn), np.sin(turn)
    move = np.array(
        [[c, 0.0, s, x], [0.0, 1.0, 0.0, y], [-s, 0.0, c, z], [0.0, 0.0, 0.0, 1.0]]
    )
    return np.asarray(move @ bones)


def _standing(
    foot: NDArray[np.float64], low: float, scale: float, at: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return at which frames a foot of the file stands, shape (f,)."""
    step = max(float(at[1] - at[0]), 1e-6) if len(at) > 1 else 1.0
    speed = np.linalg.norm(np.gradient(foot, axis=0), axis=1) if len(at) > 1 else 0.0
    slow = np.asarray(speed) * scale / step < _CONTACT_M_S
    return np.asarray(((foot[:, 1] - low) * scale < _CONTACT_M) & slow)


def _plant(
    bones: NDArray[np.float64],
    skeleton: Skeleton,
    side: str,
    stands: NDArray[np.bool_],
    floor: float,
) -> None:
    """Hold a foot where it stands, and let it go within a few frames."""
    foot = BONE_INDEX[f"foot_{side}"]
    own = bones[:, foot, :3, 3].copy()
    goals = own.copy()
    weight = np.zeros(len(bones))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], stands.astype(int), [0]])))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        middle = own[(start + end) // 2].copy()
        middle[1] = max(middle[1], floor + float(skeleton.joint(f"foot_{side}")[1]))
        first, last = max(int(start) - _FADE, 0), min(int(end) + _FADE, len(bones))
        for f in range(first, last):
            near = max(int(start) - f, f - int(end) + 1, 0) / (_FADE + 1)
            share = 1.0 - near * near * (3 - 2 * near)
            if share > weight[f]:
                weight[f] = share
                # Beyond its stance a foot keeps to its course, by less and less.
                nearest = min(max(f, int(start)), int(end) - 1)
                goals[f] = own[f] + share * (middle - own[nearest])
    for f in np.flatnonzero(weight).tolist():
        _stretch(bones[f], skeleton, side, goals[f])


def _stretch(
    bones: NDArray[np.float64],
    skeleton: Skeleton,
    side: str,
    goal: NDArray[np.float64],
) -> None:
    """Bring an ankle to a place by hip and knee; the foot keeps its turn."""
    thigh, shin, foot, toe = (
        BONE_INDEX[f"{name}_{side}"] for name in ("thigh", "shin", "foot", "toe")
    )
    rest = skeleton.joints
    pole = bones[thigh, :3, 2] + bones[shin, :3, 2]
    upper, lower, knee, ankle = limb(
        bones[thigh, :3, 3].copy(), goal, pole, rest[thigh], rest[shin], rest[foot],
        np.array([0.0, 0.0, 1.0]),
    )  # fmt: skip
    bones[thigh, :3, :3], bones[shin, :3, :3] = upper, lower
    bones[shin, :3, 3] = knee
    shift = ankle - bones[foot, :3, 3]
    bones[[foot, toe], :3, 3] += shift


def _leg(motion: Motion, of: dict[str, int]) -> float:
    rest = motion.rest_m
    thigh, shin, foot = (rest[of[f"{n}_l"]] for n in ("thigh", "shin", "foot"))
    return float(np.linalg.norm(shin - thigh) + np.linalg.norm(foot - shin))


def _between(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shortest rotation that takes a direction to another, (3, 3)."""
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    v, c = np.cross(a, b), float(a @ b)
    if c < -0.999:
        return np.diag([-1.0, -1.0, 1.0])
    skew = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    return np.asarray(np.eye(3) + skew + skew @ skew / (1 + c))


def _matrices(q: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return quaternions (x, y, z, w) as matrices, shape (..., 3, 3)."""
    x, y, z, w = np.moveaxis(q, -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)
