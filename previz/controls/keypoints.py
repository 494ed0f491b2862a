"""Body and face as the points that pose models are told: exact, from bones.

The body's 18 points are those of OpenPose's COCO model, the face's 70 those of its
face model: 68, then both pupils. Fingers are left out: a hand of ours has three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.controls.face_points import face_points, head_points
from previz.model import Character
from previz.render import Buffers
from previz.stage import FigureState, StageState
from previz.stage.bones import BONE_INDEX

__all__ = ["BODY_POINTS", "Keypoints", "body_world", "keypoints_of", "openpose_json"]

BODY_POINTS: tuple[str, ...] = (
    "nose", "neck", "right shoulder", "right elbow", "right wrist", "left shoulder",
    "left elbow", "left wrist", "right hip", "right knee", "right ankle", "left hip",
    "left knee", "left ankle", "right eye", "left eye", "right ear", "left ear",
)  # fmt: skip
"""In OpenPose's order; right is the person's own."""

_LIMBS = (
    "upper_arm_r", "forearm_r", "hand_r", "upper_arm_l", "forearm_l", "hand_l",
    "thigh_r", "shin_r", "foot_r", "thigh_l", "shin_l", "foot_l",
)  # fmt: skip
_HEAD = [0, *range(14, 18)]
_FLESH_M, _SKIN_M = 0.30, 0.035
"""How far behind what is seen a joint, and a point of the skin, may lie."""


@dataclass(frozen=True)
class Keypoints:
    """Somebody's points in one picture.

    Attributes:
        character: Their id.
        object_id: Theirs in the buffers.
        body_px: From the top left corner, right and down, shape (18, 2).
        body_seen: Which of them the picture shows, shape (18,).
        face_px: Shape (70, 2).
        face_seen: Shape (70,).
    """

    character: str
    object_id: int
    body_px: NDArray[np.float64]
    body_seen: NDArray[np.bool_]
    face_px: NDArray[np.float64]
    face_seen: NDArray[np.bool_]


def body_world(figure: FigureState, character: Character) -> NDArray[np.float64]:
    """Return the body's 18 points in the world, metres, shape (18, 3).

    Args:
        figure: At one instant.
        character: Whose.
    """
    bones = figure.world_from_bone
    limbs = np.array([bones[BONE_INDEX[name], :3, 3] for name in _LIMBS])
    nose, *rest = head_points(character, bones, figure.face)
    neck = (limbs[0] + limbs[3]) / 2
    return np.concatenate([[nose, neck], limbs, rest])


def keypoints_of(
    state: StageState, characters: Sequence[Character], buffers: Buffers
) -> tuple[Keypoints, ...]:
    """Return the points of everybody of whom a picture shows any, nearest last.

    A joint counts as seen in the picture unless somebody else or a thing hides it, as
    a pose estimator finds it through its owner's own body; what is on the face only
    where the face itself is seen.

    Args:
        state: The frame.
        characters: The film's.
        buffers: What each pixel of the picture sees.
    """
    known = {character.id: character for character in characters}
    found = []
    for figure in state.figures:
        character = known[figure.character]
        body = body_world(figure, character)
        face = _face_world(figure, character)
        body_px, body_m, loose = _projected(state.camera, body, buffers)
        _, _, tight = _projected(state.camera, body, buffers, slack_m=_SKIN_M)
        face_px, _, face_seen = _projected(state.camera, face, buffers, slack_m=_SKIN_M)
        mine = _owned(buffers, body_px, figure.object_id)
        hidden = ~mine & ~tight
        seen = loose & ~hidden
        seen[_HEAD] = tight[_HEAD]
        if _looks_away(state.camera, figure):
            seen[[0, 14, 15]] = False
            face_seen[:] = False
        if seen.any() or face_seen.any():
            points = Keypoints(
                figure.character, figure.object_id, body_px, seen, face_px, face_seen
            )
            found.append((float(body_m[1]), points))
    return tuple(points for _, points in sorted(found, key=lambda item: -item[0]))


def _face_world(figure: FigureState, character: Character) -> NDArray[np.float64]:
    face = face_points(character, figure.world_from_bone, figure.face)
    pupils = head_points(character, figure.world_from_bone, figure.face)[1:3]
    return np.concatenate([face, pupils])


def _projected(
    camera: CameraState,
    points: NDArray[np.float64],
    buffers: Buffers,
    *,
    slack_m: float = _FLESH_M,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Return pixels, depths, and what lies in the picture no deeper than is seen."""
    height, width = buffers.object_id.shape
    px, depth = camera.project(points, width_px=width, height_px=height)
    inside = (px >= 0).all(axis=1) & (px < (width, height)).all(axis=1) & (depth > 0.05)
    cols, rows = _pixels(px, buffers)
    return px, depth, inside & (depth < buffers.depth_m[rows, cols] + slack_m)


def _pixels(
    px: NDArray[np.float64], buffers: Buffers
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    height, width = buffers.object_id.shape
    cols = np.clip(np.nan_to_num(px[:, 0]), 0, width - 1).astype(np.intp)
    rows = np.clip(np.nan_to_num(px[:, 1]), 0, height - 1).astype(np.intp)
    return cols, rows


def _owned(
    buffers: Buffers, px: NDArray[np.float64], object_id: int
) -> NDArray[np.bool_]:
    """Return which points lie where the picture shows their owner."""
    cols, rows = _pixels(px, buffers)
    return np.asarray(buffers.object_id[rows, cols] == object_id)


def _looks_away(camera: CameraState, figure: FigureState) -> bool:
    """Return whether a face is turned so far from the camera that none is seen."""
    head = figure.world_from_bone[BONE_INDEX["head"]]
    towards = camera.position_m - head[:3, 3]
    return bool(head[:3, 2] @ towards < -0.25 * np.linalg.norm(towards))


def openpose_json(people: Sequence[Keypoints]) -> dict[str, Any]:
    """Return the points as OpenPose writes them: x, y, confidence, flat.

    What is not seen is 0, 0, 0.
    """

    def flat(px: NDArray[np.float64], seen: NDArray[np.bool_]) -> list[float]:
        rows = np.concatenate([px, np.ones((len(px), 1))], axis=1) * seen[:, None]
        return [round(float(value), 2) for value in rows.ravel()]

    return {
        "version": 1.3,
        "people": [
            {
                "person_id": [one.object_id],
                "character": one.character,
                "pose_keypoints_2d": flat(one.body_px, one.body_seen),
                "face_keypoints_2d": flat(one.face_px, one.face_seen),
                "hand_left_keypoints_2d": [],
                "hand_right_keypoints_2d": [],
            }
            for one in people
        ],
    }
