"""What joints can do, and how deep a body's arms are in the rest of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from previz.stage.pose import rig_of
from previz.stage.skeleton import BONE_INDEX, Skeleton

__all__ = ["RANGES_DEG", "JointFault", "joint_angles", "joint_faults", "self_depth_m"]

RANGES_DEG: dict[str, tuple[float, float]] = {
    "spine yaw": (-50, 50),
    "spine bow": (-35, 95),
    "spine lean": (-45, 45),
    "neck yaw": (-80, 80),
    "neck bow": (-65, 60),
    "neck lean": (-45, 45),
    "shoulder behind": (-90, 60),
    "shoulder across": (-90, 50),
    "elbow": (-2, 152),
    "forearm twist": (-86, 92),
    "wrist": (0, 82),
    "hip": (-30, 130),
    "hip aside": (-30, 50),
    "knee": (-2, 155),
    "ankle": (-38, 58),
}
"""How far each joint goes, degrees; elbow and knee never bend the other way.

Source: American Academy of Orthopaedic Surgeons 1965, Joint Motion; for trunk and
shoulder girdle, of which ours have fewer joints, Kapandji 2008, The Physiology of the
Joints. An ankle that carries goes on to 38 degrees.
"""

_SLACK_DEG = 1.0


@dataclass(frozen=True)
class JointFault:
    """A joint past what it can.

    Attributes:
        joint: Which, with its side.
        angle_deg: How far it goes.
        past_deg: How much too far.
    """

    joint: str
    angle_deg: float
    past_deg: float


def joint_faults(
    bones: NDArray[np.float64], skeleton: Skeleton
) -> tuple[JointFault, ...]:
    """Return the joints of a posed body that go further than they can.

    Args:
        bones: World from bone, shape (b, 4, 4).
        skeleton: Whose body.
    """
    found = []
    for joint, angle in joint_angles(bones, skeleton).items():
        low, high = RANGES_DEG[joint.removesuffix(" left").removesuffix(" right")]
        past = max(low - angle, angle - high)
        if past > _SLACK_DEG:
            found.append(JointFault(joint, angle, past))
    return tuple(found)


def joint_angles(bones: NDArray[np.float64], skeleton: Skeleton) -> dict[str, float]:
    """Return how far each joint goes, degrees, by the names of `RANGES_DEG`."""
    turn = {name: bones[i, :3, :3] for name, i in BONE_INDEX.items()}
    out: dict[str, float] = {}
    for name, lower, upper in (("spine", "pelvis", "chest"), ("neck", "chest", "head")):
        yaw, bow, lean = _euler(turn[lower].T @ turn[upper])
        out |= {f"{name} yaw": yaw, f"{name} bow": bow, f"{name} lean": lean}
    for k, side in enumerate(("left", "right")):
        out |= {
            f"{name} {side}": angle
            for name, angle in _limbs(bones, turn, skeleton, k).items()
        }
    return out


def _limbs(
    bones: NDArray[np.float64],
    turn: dict[str, NDArray[np.float64]],
    skeleton: Skeleton,
    k: int,
) -> dict[str, float]:
    letter, out = "lr"[k], 1.0 if k == 0 else -1.0

    def along(start: str, end: str) -> NDArray[np.float64]:
        gap = bones[BONE_INDEX[f"{end}_{letter}"], :3, 3]
        gap = gap - bones[BONE_INDEX[f"{start}_{letter}"], :3, 3]
        return np.asarray(gap / np.linalg.norm(gap))

    upper, fore = along("upper_arm", "forearm"), along("forearm", "hand")
    arm = turn["chest"].T @ upper
    thigh, shin = along("thigh", "shin"), along("shin", "foot")
    leg = turn["pelvis"].T @ thigh
    _, bow, _ = _euler(turn[f"shin_{letter}"].T @ turn[f"foot_{letter}"])
    rig = rig_of(skeleton)
    hand = turn[f"hand_{letter}"] @ rig.axes[k][:, 0]
    rest_hand = rig.axes[k][:, 0]
    rest_fore = skeleton.joint(f"hand_{letter}") - skeleton.joint(f"forearm_{letter}")
    rest_fore = rest_fore / np.linalg.norm(rest_fore)
    half = turn[f"forearm_{letter}"].T @ turn[f"hand_{letter}"]
    return {
        "shoulder behind": _deg(np.arcsin(np.clip(-arm[2], -1, 1))),
        "shoulder across": _deg(np.arcsin(np.clip(-out * arm[0], -1, 1))),
        "elbow": _hinge(
            upper, fore, turn[f"upper_arm_{letter}"], skeleton, k, arm=True
        ),
        "forearm twist": 2 * out * _twist(half, rest_fore),
        "wrist": max(_between(fore, hand) - _between(rest_fore, rest_hand), 0.0),
        "hip": _deg(np.arctan2(leg[2], -leg[1])),
        "hip aside": _deg(np.arcsin(np.clip(out * leg[0], -1, 1))),
        "knee": _hinge(thigh, shin, turn[f"thigh_{letter}"], skeleton, k, arm=False),
        "ankle": bow,
    }


def _hinge(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    turn: NDArray[np.float64],
    skeleton: Skeleton,
    k: int,
    *,
    arm: bool,
) -> float:
    """Return how far a hinge is bent; negative the wrong way."""
    names = ("upper_arm", "hand") if arm else ("thigh", "foot")
    start, end = (skeleton.joint(f"{name}_{'lr'[k]}") for name in names)
    pole = np.array([0.0, 0.0, -1.0 if arm else 1.0])
    axis = turn @ np.cross((end - start) / np.linalg.norm(end - start), pole)
    wrong = float(np.cross(first, second) @ axis) > 1e-3
    angle = _between(first, second)
    return -angle if wrong else angle


def _euler(turn: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return yaw, pitch (positive bows) and roll of a turn, degrees."""
    ahead = turn[:, 2]
    yaw = np.arctan2(ahead[0], ahead[2])
    pitch = -np.arcsin(np.clip(ahead[1], -1, 1))
    roll = np.arctan2(turn[1, 0], turn[1, 1])
    return _deg(yaw), _deg(pitch), _deg(roll)


def _twist(turn: NDArray[np.float64], axis: NDArray[np.float64]) -> float:
    """Return how far a turn goes about an axis, degrees."""
    w = 1.0 + float(np.trace(turn))
    sine = np.array(
        [turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]]
    )
    return _deg(2 * np.arctan2(float(sine @ axis), w))


def _between(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    return _deg(np.arccos(np.clip(float(a @ b), -1, 1)))


def _deg(radians: float) -> float:
    return float(np.degrees(radians))


def self_depth_m(bones: NDArray[np.float64], skeleton: Skeleton) -> float:
    """Return how deep forearms and hands are in trunk, head and thighs, metres.

    Arms are lines; the trunk is an elliptic cylinder, the head a ball, thighs are
    capsules, all a little slimmer than the flesh, which gives way.

    Args:
        bones: World from bone, shape (b, 4, 4).
        skeleton: Whose body.
    """
    rig = rig_of(skeleton)
    deepest = 0.0
    for side in (0, 1):
        letter = "lr"[side]
        line = [
            bones[BONE_INDEX[f"{name}_{letter}"], :3, 3]
            for name in ("forearm", "hand", "fingers")
        ]
        share = np.linspace(0.25, 1.0, 6)[:, None]
        points = np.concatenate([a + share * (b - a) for a, b in pairwise(line)])
        deepest = max(
            deepest,
            _in_trunk(points, bones, 0.92 * rig.trunk),
            _in_head(points, bones, skeleton),
            *(_in_thigh(points, bones, t, 0.9 * rig.thigh_m) for t in "lr"),
        )
    return deepest


def _in_trunk(
    points: NDArray[np.float64], bones: NDArray[np.float64], half: NDArray[np.float64]
) -> float:
    chest, pelvis = bones[BONE_INDEX["chest"]], bones[0]
    up = chest[:3, 3] - pelvis[:3, 3]
    share = np.clip((points - pelvis[:3, 3]) @ up / (up @ up), -0.2, 1.5)
    away = points - (pelvis[:3, 3] + share[:, None] * up)
    level = (share > -0.1) & (share < 1.45)
    local = away @ chest[:3, :3]
    ring = np.hypot(local[:, 0] / half[0], (local[:, 2] - half[3]) / half[1])
    deep = (1.0 - ring) * min(half[0], half[1])
    return float(np.max(np.where(level, deep, 0.0), initial=0.0))


def _in_head(
    points: NDArray[np.float64], bones: NDArray[np.float64], skeleton: Skeleton
) -> float:
    eyes = (bones[BONE_INDEX["eye_l"], :3, 3] + bones[BONE_INDEX["eye_r"], :3, 3]) / 2
    head = bones[BONE_INDEX["head"], :3, :3]
    middle = (
        eyes - 0.36 * skeleton.head_m * head[:, 2] + 0.06 * skeleton.head_m * head[:, 1]
    )
    far = np.linalg.norm(points - middle, axis=1)
    return float(np.max(0.36 * skeleton.head_m - far, initial=0.0))


def _in_thigh(
    points: NDArray[np.float64],
    bones: NDArray[np.float64],
    letter: str,
    radius: float,
) -> float:
    hip, knee = (
        bones[BONE_INDEX[f"{name}_{letter}"], :3, 3] for name in ("thigh", "shin")
    )
    way = knee - hip
    share = np.clip((points - hip) @ way / (way @ way), 0.0, 1.0)
    far = np.linalg.norm(points - hip - share[:, None] * way, axis=1)
    return float(np.max(radius - far, initial=0.0))
