"""The stage's answer: what is where at one frame of a shot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.model import Light
from previz.stage.face import FACE_ACTIONS
from previz.stage.geometry import Geometry

__all__ = [
    "FIGURE_OBJECT_BASE",
    "PART_OBJECT_BASE",
    "PROP_OBJECT_BASE",
    "FigureState",
    "StageState",
    "ThingState",
]

FIGURE_OBJECT_BASE = 1000
"""Object id of the film's first character; set pieces count from 1."""
PROP_OBJECT_BASE = 20_000
"""Object id of the scene's first prop."""
PART_OBJECT_BASE = 40_000
"""Object id of the first part of a set piece that opens."""


@dataclass(frozen=True)
class FigureState:
    """A character at one instant.

    Attributes:
        character: The character's id.
        object_id: `FIGURE_OBJECT_BASE` plus the character's place in the film.
        world_from_bone: Bone transforms, shape (b, 4, 4), float64; the bones are
            named in `previz.stage.BONES`.
        speaking: Whether a speech of theirs runs at this frame.
        face: How far each of `FACE_ACTIONS` is, 0 to 1, shape (52,).
    """

    character: str
    object_id: int
    world_from_bone: NDArray[np.float64]
    speaking: bool
    face: NDArray[np.float32] = field(
        default_factory=lambda: np.zeros(len(FACE_ACTIONS), np.float32)
    )


@dataclass(frozen=True)
class ThingState:
    """A prop, or a part of a set piece that opens, at one instant.

    Attributes:
        name: The prop's id; of a part, its piece's id and its own name.
        object_id: From `PROP_OBJECT_BASE` or `PART_OBJECT_BASE` on.
        world_from_thing: Where its own space is, shape (4, 4).
    """

    name: str
    object_id: int
    world_from_thing: NDArray[np.float64]


@dataclass(frozen=True)
class StageState:
    """Everything at one frame of a shot.

    Attributes:
        frame: Shot frame, from 0.
        scene_frame: The same instant, in frames of the scene.
        camera: The camera.
        camera_before: The camera one frame earlier (at frame 0: the same camera).
        figures: Who is on the set.
        moving: What does not stand still, in world space: all of `figures` in that
            order, then props and parts of the set that open.
        moving_before: The vertices of `moving` one frame earlier, shape (n, 3), for
            motion vectors.
        lights: The scene's lights.
        moving_shadows: Fewer triangles over the vertices of `moving` that throw about
            the same shadows, shape (k, 3); None where only its own do.
        moving_parts: Which compact part of its shape each vertex of `moving` belongs
            to, shape (n,), the same from frame to frame; None where that is unknown.
        things: The props and opening parts in `moving`, in that order.
        object_seeds: Seeds of set pieces, people and props by object id, where they
            are not 0: what is invented for an object follows its own.
    """

    frame: int
    scene_frame: int
    camera: CameraState
    camera_before: CameraState
    figures: tuple[FigureState, ...]
    moving: Geometry
    moving_before: NDArray[np.float32]
    lights: tuple[Light, ...]
    moving_shadows: NDArray[np.int32] | None = None
    moving_parts: NDArray[np.int32] | None = None
    things: tuple[ThingState, ...] = ()
    object_seeds: Mapping[int, int] = field(default_factory=dict)
