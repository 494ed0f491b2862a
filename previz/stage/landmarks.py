"""The places of a body that cameras are framed on."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees

import numpy as np
from numpy.typing import NDArray

from previz.camera.framing import Body
from previz.model import Vec3
from previz.stage.skeleton import BONE_INDEX, Skeleton

__all__ = ["Landmarks", "landmarks_of"]


@dataclass(frozen=True)
class Landmarks:
    """Where parts of a posed body are in the world, metres, shape (3,) each.

    Attributes:
        eyes: Between the eyes.
        head_top: Crown of the head, without hair and hat.
        chin: Point of the chin.
        shoulders: Middle of the chest at the armpits.
        waist: Middle of the body at the navel.
        hips: Between the hip joints.
        knees: Between the knees.
        feet: On the floor below the middle of the feet.
        facing_deg: Where the chest points: 0 is +z, 90 is +x.
        face: Where the face points, of unit length.
    """

    eyes: NDArray[np.float64]
    head_top: NDArray[np.float64]
    chin: NDArray[np.float64]
    shoulders: NDArray[np.float64]
    waist: NDArray[np.float64]
    hips: NDArray[np.float64]
    knees: NDArray[np.float64]
    feet: NDArray[np.float64]
    facing_deg: float
    face: NDArray[np.float64]

    def body(self, character: str) -> Body:
        """Return the same as a body to frame, under a character's id."""
        return Body(
            id=character,
            eyes=_point(self.eyes),
            head_top=_point(self.head_top),
            chin=_point(self.chin),
            shoulders=_point(self.shoulders),
            waist=_point(self.waist),
            hips=_point(self.hips),
            knees=_point(self.knees),
            feet=_point(self.feet),
            facing_deg=float(self.facing_deg),
            face=_point(self.face),
        )


def landmarks_of(bones: NDArray[np.float64], skeleton: Skeleton) -> Landmarks:
    """Return the landmarks of a posed body.

    Args:
        bones: World from bone, shape (b, 4, 4).
        skeleton: Whose bones.
    """

    def on(bone: str, rest: NDArray[np.float64]) -> NDArray[np.float64]:
        frame = bones[BONE_INDEX[bone]]
        offset = rest - skeleton.joint(bone)
        return np.asarray(frame[:3, :3] @ offset + frame[:3, 3])

    def between(bone: str) -> NDArray[np.float64]:
        left, right = BONE_INDEX[f"{bone}_l"], BONE_INDEX[f"{bone}_r"]
        return np.asarray((bones[left, :3, 3] + bones[right, :3, 3]) / 2)

    arms = float(skeleton.joint("upper_arm_l")[1])
    armpits = np.array([0.0, arms - 0.05 * skeleton.height_m, 0.0])
    navel = skeleton.joint("spine") * (0.0, 1.0, 0.0)
    feet = (between("foot") + between("toe")) / 2
    lowest = min(
        float(
            bones[BONE_INDEX[f"{bone}_{side}"], 1, 3] - skeleton.joint(f"{bone}_l")[1]
        )
        for bone in ("foot", "toe")
        for side in "lr"
    )
    ahead = bones[BONE_INDEX["chest"], :3, 2]
    if abs(ahead[1]) > 0.9:
        ahead = -bones[BONE_INDEX["chest"], :3, 1] * np.sign(ahead[1])
    return Landmarks(
        eyes=between("eye"),
        head_top=on("head", skeleton.crown),
        chin=on("head", skeleton.chin),
        shoulders=on("chest", armpits),
        waist=on("spine", navel),
        hips=between("thigh"),
        knees=between("shin"),
        feet=np.array([feet[0], lowest, feet[2]]),
        facing_deg=degrees(atan2(ahead[0], ahead[2])),
        face=bones[BONE_INDEX["head"], :3, 2],
    )


def _point(value: NDArray[np.float64]) -> Vec3:
    return (float(value[0]), float(value[1]), float(value[2]))
