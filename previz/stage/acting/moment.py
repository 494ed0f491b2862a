"""A body at an instant, as its hands and its head see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import cos, sin

import numpy as np
from numpy.typing import NDArray

from previz.stage.chain import trunk_of
from previz.stage.pose import Pose, Rig
from previz.stage.skeleton import BONE_INDEX, Skeleton

__all__ = ["Moment"]

_Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Moment:
    """A trunk and a head that are set, before the arms are.

    Attributes:
        skeleton: Whose body.
        rotation: Of the pelvis and the bones above it in the world, shape (b, 3, 3).
        place: Where these begin, metres, shape (b, 3).
        yaw: Where the body faces, radians.
        reach_m: Shoulder to palm of a stretched arm.
        root: The pelvis joint.
    """

    skeleton: Skeleton
    rotation: NDArray[np.float64]
    place: NDArray[np.float64]
    yaw: float
    reach_m: float
    root: _Vector

    @classmethod
    def of(cls, pose: Pose, skeleton: Skeleton, rig: Rig, *, yaw: float) -> Moment:
        """Return the trunk and head of a pose."""
        rotation, place = trunk_of(rig.rest, pose.root, pose.facing, pose.turns)
        reach = sum(skeleton.arm_m) + rig.palm_m
        return cls(skeleton, rotation, place, yaw, reach, pose.root)

    @property
    def height_m(self) -> float:
        """The body's height, standing."""
        return self.skeleton.height_m

    @cached_property
    def ahead(self) -> _Vector:
        """Level, where the chest faces; where the body faces when it lies."""
        x, _, z = self.chest[:, 2]
        flat = float(np.hypot(x, z))
        if flat < 0.4:
            return np.array([sin(self.yaw), 0.0, cos(self.yaw)])
        return np.array([x / flat, 0.0, z / flat])

    @property
    def left(self) -> _Vector:
        """Level, to the body's left."""
        return np.array([self.ahead[2], 0.0, -self.ahead[0]])

    @property
    def chest(self) -> NDArray[np.float64]:
        """World from chest axes, shape (3, 3)."""
        return np.asarray(self.rotation[BONE_INDEX["chest"]])

    @property
    def head(self) -> NDArray[np.float64]:
        """World from head axes, shape (3, 3)."""
        return np.asarray(self.rotation[BONE_INDEX["head"]])

    def outward(self, side: int) -> _Vector:
        """Return the direction away from the body on a side."""
        return self.left if side == 0 else -self.left

    def shoulder(self, side: int) -> _Vector:
        """Return the joint of an arm."""
        collar = BONE_INDEX[f"clavicle_{'lr'[side]}"]
        joint = self.skeleton.joints
        arm = BONE_INDEX[f"upper_arm_{'lr'[side]}"]
        return np.asarray(
            self.place[collar] + self.rotation[collar] @ (joint[arm] - joint[collar])
        )

    def on_head(self, x: float, y: float, z: float) -> _Vector:
        """Return a point of the head: shares of its height from between the eyes."""
        offset = self.head @ np.array([x, y, z]) * self.skeleton.head_m
        return np.asarray(self.eyes + offset)

    @cached_property
    def eyes(self) -> _Vector:
        """Between the eyes."""
        left, right = BONE_INDEX["eye_l"], BONE_INDEX["eye_r"]
        return np.asarray((self.place[left] + self.place[right]) / 2)
