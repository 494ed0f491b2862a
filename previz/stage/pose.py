"""What a body does at one instant, and the bones that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from previz.stage.chain import TURNED, solve_chain, turned
from previz.stage.grip import palm_of
from previz.stage.skeleton import Skeleton

__all__ = ["TURNED", "Pose", "Rig", "about_y", "rig_of", "solve", "turn"]


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
        turns: Of the bones `TURNED`, shape (8, 3).
        ankles: Where the ankle joints are in the world, shape (2, 3).
        feet: Yaw and pitch of the feet in the world and pitch of the toes against
            the foot, shape (2, 3). Positive pitch points the foot down.
        knees: Direction in the world that the knees point in, shape (2, 3).
        hands: Where the wrists are, in the chest's rest space, shape (2, 3).
        elbows: Direction that the elbows point in, in chest axes, shape (2, 3).
        wrists: Pronation about the forearm (thumb inwards), flexion towards the
            palm and deviation towards the thumb, shape (2, 3).
        on_thighs: Share in which the wrists rest on the thighs, shape (2,).
        curls: Of thumb, index and the other fingers, 0 straight to 1 in a fist,
            shape (2, 3).
        reaching: Share in which a palm is at `palms` rather than idle, shape (2,).
        palms: Where the grips of the hands shall be in the world, shape (2, 3).
        palms_face: Where palm, thumb and fingers shall point in the world, a row
            each, zeros where it is all the same, shape (2, 3, 3).
    """

    root: NDArray[np.float64] = field(default_factory=lambda: _zeros(3))
    facing: NDArray[np.float64] = field(default_factory=lambda: np.eye(3))
    turns: NDArray[np.float64] = field(default_factory=lambda: _zeros(8, 3))
    ankles: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    feet: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    knees: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    hands: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    elbows: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    wrists: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    on_thighs: NDArray[np.float64] = field(default_factory=lambda: _zeros(2))
    curls: NDArray[np.float64] = field(default_factory=lambda: np.full((2, 3), 0.2))
    reaching: NDArray[np.float64] = field(default_factory=lambda: _zeros(2))
    palms: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3))
    palms_face: NDArray[np.float64] = field(default_factory=lambda: _zeros(2, 3, 3))


@dataclass(frozen=True)
class Rig:
    """What a skeleton's limbs are measured by.

    Attributes:
        rest: The joints at rest, shape (b, 3).
        axes: Of each hand at rest, as columns: along, to the thumb, out of the palm,
            shape (2, 3, 3).
        grips: Middle of the fist from the wrist at rest, shape (2, 3).
        trunk: Half width, half depth and half height of the trunk, and how far its
            middle is ahead of the spine, shape (4,).
        thigh_m: Radius of a thigh.
        palm_m: Wrist to the middle of the fist.
    """

    rest: NDArray[np.float64]
    axes: NDArray[np.float64]
    grips: NDArray[np.float64]
    trunk: NDArray[np.float64]
    thigh_m: float
    palm_m: float


def rig_of(skeleton: Skeleton) -> Rig:
    """Return the measures of a skeleton's limbs."""
    axes, grips = np.empty((2, 3, 3)), np.empty((2, 3))
    for side in (0, 1):
        palm = palm_of(skeleton, side)
        out = -palm[:3, 0] if side == 0 else palm[:3, 0]
        axes[side] = np.stack([palm[:3, 2], palm[:3, 1], out], axis=1)
        grips[side] = palm[:3, 3]
    height, stout = skeleton.height_m, 1 + 0.35 * skeleton.build
    return Rig(
        rest=np.ascontiguousarray(skeleton.joints),
        axes=axes,
        grips=grips,
        trunk=np.array([0.088 * stout, 0.064 * stout, 0.17, 0.032]) * height,
        thigh_m=0.052 * height * (1 + 0.5 * skeleton.build),
        palm_m=float(np.linalg.norm(grips[0])),
    )


def solve(pose: Pose, rig: Rig) -> NDArray[np.float64]:
    """Return the bones in the world, shape (b, 4, 4).

    Elbows and knees follow from where hands and feet are (two-bone inverse
    kinematics); a target out of reach is reached for as far as the limb goes.
    """
    return np.asarray(
        solve_chain(
            rig.rest,
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
            pose.palms,
            pose.palms_face,
            pose.reaching,
            rig.axes,
            rig.grips,
            rig.trunk,
            rig.thigh_m,
        )
    )


def turn(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    """Return the rotation that rolls about z, pitches about x, then yaws about y."""
    return np.asarray(turned(float(yaw), float(pitch), float(roll)))


def about_y(yaw: float) -> NDArray[np.float64]:
    """Return the rotation about y that takes +z to facing `yaw` (radians)."""
    c, s = np.cos(yaw), np.sin(yaw)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])
