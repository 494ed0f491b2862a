"""The bones of a figure and how long they are for a character."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.model import Character
from previz.stage.bones import BONE_INDEX as BONE_INDEX
from previz.stage.bones import BONES as BONES
from previz.stage.bones import PARENTS as PARENTS
from previz.stage.figure import REST_ARM_RAD, figure_of

__all__ = ["BONES", "BONE_INDEX", "PARENTS", "Skeleton", "skeleton_of"]


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
        chin: Point of the chin at rest, shape (3,).
        crown: Top of the skull at rest, shape (3,).
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
    chin: NDArray[np.float64]
    crown: NDArray[np.float64]

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
    """Return the skeleton that fits a character's body."""
    figure = figure_of(character)
    joints = figure.joints
    foot, toe = (joints[BONE_INDEX[name], 2] for name in ("foot_l", "toe_l"))
    fem = character.femininity
    return Skeleton(
        joints=joints,
        height_m=character.height_m,
        head_m=float(character.height_m - figure.chin[1]),
        maturity=figure.maturity,
        femininity=fem * (0.35 + 0.65 * figure.maturity),
        build=character.build,
        sole_m=figure.sole_m,
        rest_arm_rad=REST_ARM_RAD,
        heel_m=float(foot - figure.heel_z),
        ball_m=float(toe - foot),
        toe_m=float(figure.tip_z - toe),
        chin=figure.chin,
        crown=figure.crown,
    )
