"""What a shot's camera cannot do on its set: rig, lens, walls and people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.camera import RigFault, rig_faults
from previz.model import Shot
from previz.stage.landmarks import Landmarks
from previz.stage.occlusion import Obstacles
from previz.stage.stage import Stage

__all__ = ["camera_faults", "stands_in"]

_BODY_M = 0.18
"""From the line through a body, or the set's surface, to the lens: nearer is in it."""
_WALL_M = 0.02


def camera_faults(
    stage: Stage, shot: Shot, *, obstacles: Obstacles | None = None
) -> tuple[RigFault, ...]:
    """Return what a shot's camera cannot do, each with its frame; empty if all is well.

    Args:
        stage: The scene played.
        shot: A shot of it.
        obstacles: Of the scene's set, where they are at hand.
    """
    solid = obstacles or Obstacles(
        stage.scene.set, opened=stage.opened, assets=stage.assets
    )

    def inside(point: NDArray[np.float64], frame: int) -> str:
        return stands_in(stage, point, shot.first_frame + frame, obstacles=solid)

    return rig_faults(
        shot.camera,
        length_frames=shot.length_frames,
        rate=stage.rate,
        where=stage.where(shot),
        inside=inside,
    )


def stands_in(
    stage: Stage, point: NDArray[np.float64], scene_frame: int, *, obstacles: Obstacles
) -> str:
    """Return in what or whom a camera at a place stands: "the set", an id, or "".

    Args:
        stage: The scene played.
        point: World metres, shape (3,).
        scene_frame: When.
        obstacles: Of the scene's set.
    """
    if obstacles.inside(point, margin_m=_WALL_M):
        return "the set"
    for blocking in stage.scene.blocking:
        marks = stage.landmarks(blocking.character, scene_frame)
        if marks is not None and _in_body(point, marks):
            return blocking.character
    return ""


def _in_body(point: NDArray[np.float64], marks: Landmarks) -> bool:
    line = np.array(
        [marks.head_top, marks.chin, marks.waist, marks.hips, marks.knees, marks.feet]
    )
    start, way = line[:-1], np.diff(line, axis=0)
    along = np.sum((point - start) * way, axis=1) / np.maximum(
        np.sum(way * way, axis=1), 1e-12
    )
    nearest = start + np.clip(along, 0.0, 1.0)[:, None] * way
    return bool(np.linalg.norm(point - nearest, axis=1).min() < _BODY_M)
