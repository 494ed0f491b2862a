"""The bones of a figure and how long they are for a character."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.model import Character

__all__ = ["BONES", "BONE_INDEX", "PARENTS", "Skeleton", "skeleton_of"]

_TREE: tuple[tuple[str, str], ...] = (
    ("pelvis", ""),
    ("spine", "pelvis"),
    ("chest", "spine"),
    ("neck", "chest"),
    ("head", "neck"),
    ("jaw", "head"),
    ("eye_l", "head"),
    ("eye_r", "head"),
    ("clavicle_l", "chest"),
    ("upper_arm_l", "clavicle_l"),
    ("forearm_l", "upper_arm_l"),
    ("hand_l", "forearm_l"),
    ("clavicle_r", "chest"),
    ("upper_arm_r", "clavicle_r"),
    ("forearm_r", "upper_arm_r"),
    ("hand_r", "forearm_r"),
    ("thigh_l", "pelvis"),
    ("shin_l", "thigh_l"),
    ("foot_l", "shin_l"),
    ("toe_l", "foot_l"),
    ("thigh_r", "pelvis"),
    ("shin_r", "thigh_r"),
    ("foot_r", "shin_r"),
    ("toe_r", "foot_r"),
    ("thumb_l", "hand_l"),
    ("thumb_tip_l", "thumb_l"),
    ("index_l", "hand_l"),
    ("index_tip_l", "index_l"),
    ("fingers_l", "hand_l"),
    ("fingers_tip_l", "fingers_l"),
    ("thumb_r", "hand_r"),
    ("thumb_tip_r", "thumb_r"),
    ("index_r", "hand_r"),
    ("index_tip_r", "index_r"),
    ("fingers_r", "hand_r"),
    ("fingers_tip_r", "fingers_r"),
)

BONES: tuple[str, ...] = tuple(name for name, _ in _TREE)
"""The bones in the order of `FigureState.world_from_bone`, parents first."""

BONE_INDEX: dict[str, int] = {name: i for i, name in enumerate(BONES)}

PARENTS: tuple[int, ...] = tuple(BONE_INDEX.get(parent, -1) for _, parent in _TREE)
"""Index of each bone's parent; -1 for the root."""

# Share of the height by age: head, hip joint above the floor.
# Source: Stratz' proportion table and Snyder et al. 1977 (child anthropometry).
_AGES = (1.0, 2.0, 5.0, 10.0, 15.0, 20.0)
_HEAD_SHARE = (0.225, 0.208, 0.176, 0.152, 0.138, 0.131)
_HIP_SHARE = (0.40, 0.43, 0.470, 0.505, 0.522, 0.522)


@dataclass(frozen=True)
class Skeleton:
    """Joints at rest: standing, arms 30° from the sides, facing +z, left at +x.

    Every bone's own axes are the world's at rest, so a rest transform is a shift.

    Attributes:
        joints: Where each bone begins, metres, shape (b, 3).
        height_m: Crown above the soles.
        head_m: Chin to crown.
        maturity: 0 for a toddler to 1 for an adult.
        femininity: As of the character.
        build: As of the character.
        sole_m: Heel height of the shoes.
        rest_arm_rad: Angle between a hanging arm and the rest arm.
        heel_m: Horizontal distance from the ankle back to the heel.
        ball_m: Horizontal distance from the ankle forward to the ball.
        toe_m: From the ball forward to the tip.
    """

    joints: NDArray[np.float64]
    height_m: float
    head_m: float
    maturity: float
    femininity: float
    build: float
    sole_m: float
    rest_arm_rad: float
    heel_m: float
    ball_m: float
    toe_m: float

    def joint(self, name: str) -> NDArray[np.float64]:
        """Return where the bone `name` begins at rest, shape (3,)."""
        return np.asarray(self.joints[BONE_INDEX[name]])

    def length(self, start: str, end: str) -> float:
        """Return the distance between two joints at rest, in metres."""
        return float(np.linalg.norm(self.joint(end) - self.joint(start)))

    @cached_property
    def arm_m(self) -> tuple[float, float]:
        """Length of upper arm and forearm."""
        return (
            self.length("upper_arm_l", "forearm_l"),
            self.length("forearm_l", "hand_l"),
        )

    @cached_property
    def leg_m(self) -> float:
        """Hip joint to ankle joint, stretched."""
        return self.length("thigh_l", "shin_l") + self.length("shin_l", "foot_l")


@lru_cache(maxsize=256)
def skeleton_of(character: Character) -> Skeleton:
    """Return the skeleton that fits a character's height, age, build and sex.

    Source of the adult shares: Drillis and Contini 1966; ANSUR II for breadths.
    """
    height, fem = character.height_m, character.femininity
    build = character.build
    head = float(np.interp(character.age, _AGES, _HEAD_SHARE)) * height
    hip = float(np.interp(character.age, _AGES, _HIP_SHARE)) * height
    mature = float(np.clip((character.age - 2) / 16, 0, 1))
    grown = mature * mature * (3 - 2 * mature)
    chin = height - head
    shoulder = chin - (0.052 - 0.016 * (1 - grown)) * height
    shoulder_x = height * (0.103 - 0.012 * fem * grown + 0.004 * build)
    hip_x = height * (0.0495 + 0.002 * fem * grown + 0.005 * build)
    ankle, knee = 0.047 * height, 0.545 * (hip - 0.047 * height) * 0.96
    knee += ankle * 0.55
    angle = np.radians(30.0)
    arm = np.array([np.sin(angle), -np.cos(angle), 0.0])
    upper, lower = 0.172 * height, 0.148 * height
    arm_scale = 0.88 + 0.12 * grown
    waist = hip + 0.30 * (shoulder - hip)
    sides: dict[str, tuple[float, float, float]] = {
        "pelvis": (0.0, hip + 0.035 * height, -0.004 * height),
        "spine": (0.0, waist, -0.010 * height),
        "chest": (0.0, hip + 0.58 * (shoulder - hip), -0.014 * height),
        "neck": (0.0, shoulder + 0.022 * height, -0.016 * height),
        "head": (0.0, chin + 0.13 * head, -0.006 * height),
        "jaw": (0.0, chin + 0.30 * head, 0.010 * height),
    }
    elbow = np.array([shoulder_x, shoulder, -0.012 * height]) + arm * upper * arm_scale
    wrist = elbow + (arm + np.array([0, 0, 0.10])) * lower * arm_scale
    palm = 0.048 * height * (arm + np.array([0, 0, 0.10]))
    across = np.array([0.0, 0.0, 0.011 * height])
    pairs: dict[str, tuple[float, float, float]] = {
        "eye": (0.148 * head, chin + 0.505 * head, 0.243 * head),
        "clavicle": (0.018 * height, shoulder + 0.012 * height, 0.004 * height),
        "upper_arm": (shoulder_x, shoulder, -0.012 * height),
        "forearm": _xyz(elbow),
        "hand": _xyz(wrist),
        "thigh": (hip_x, hip, 0.0),
        "shin": (hip_x * 0.97, knee, 0.004 * height),
        "foot": (hip_x * 0.94, ankle, -0.008 * height),
        "toe": (hip_x * 0.98, 0.018 * height, 0.070 * height),
        "thumb": _xyz(wrist + 0.35 * palm + 1.6 * across),
        "thumb_tip": _xyz(wrist + 0.80 * palm + 2.6 * across),
        "index": _xyz(wrist + palm + across),
        "index_tip": _xyz(wrist + 1.5 * palm + across),
        "fingers": _xyz(wrist + palm - 0.6 * across),
        "fingers_tip": _xyz(wrist + 1.5 * palm - 0.6 * across),
    }
    joints = np.array([_place(name, sides, pairs) for name in BONES])
    return Skeleton(
        joints=joints,
        height_m=height,
        head_m=head,
        maturity=grown,
        femininity=fem * (0.35 + 0.65 * grown),
        build=build,
        sole_m=0.012 * height,
        rest_arm_rad=float(angle),
        heel_m=0.036 * height,
        ball_m=0.078 * height,
        toe_m=0.040 * height,
    )


def _xyz(point: NDArray[np.float64]) -> tuple[float, float, float]:
    return float(point[0]), float(point[1]), float(point[2])


def _place(
    name: str,
    middle: dict[str, tuple[float, float, float]],
    pairs: dict[str, tuple[float, float, float]],
) -> tuple[float, float, float]:
    if name in middle:
        return middle[name]
    stem, side = name.rsplit("_", 1)
    x, y, z = pairs[stem]
    return (x if side == "l" else -x, y, z)
