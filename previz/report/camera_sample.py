"""What the camera answers at the first, middle and last frame of a shot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState, Where, camera_at
from previz.camera.optics import DepthOfField, circle_of_confusion_mm, depth_of_field
from previz.model import Character, FocusKey, Scene, Shot
from previz.render.lights import white_balance_of
from previz.stage import Stage

__all__ = ["Sample", "sample_shot"]

_NEAREST_FOCUS_M = 0.05
_IN_PLANE = 0.5
"""Share of the depth of field about the focus in which somebody is meant."""


@dataclass(frozen=True)
class Sample:
    """A shot's camera at its first, middle and last frame.

    Attributes:
        frames: The shot frames.
        states: The camera there.
        sharp: Depth of field there.
        sharp_on: Who is in focus there, by id; empty if nobody.
        subject: The shot's first subject that is there; empty if none.
        distances_m: From the lens to the subject's eyes; None while it is away.
        depths_m: The same along the axis, as focus is measured.
        crew_balance_k: What the crew balances the scene for.
    """

    frames: tuple[int, ...]
    states: tuple[CameraState, ...]
    sharp: tuple[DepthOfField, ...]
    sharp_on: tuple[str, ...]
    subject: str
    distances_m: tuple[float | None, ...]
    depths_m: tuple[float | None, ...]
    crew_balance_k: float

    @property
    def tilts_deg(self) -> tuple[float, ...]:
        """How far the camera looks up at each frame."""
        return tuple(
            math.degrees(
                math.asin(max(-1.0, min(1.0, -float(s.world_from_camera[1, 2]))))
            )
            for s in self.states
        )

    @property
    def pans_deg(self) -> tuple[float, ...]:
        """Where the camera looks on the floor: 0 is +z, 90 +x, without jumps."""
        turns = [
            math.atan2(-s.world_from_camera[0, 2], -s.world_from_camera[2, 2])
            for s in self.states
        ]
        return tuple(float(v) for v in np.degrees(np.unwrap(turns)))

    @property
    def rolls_deg(self) -> tuple[float, ...]:
        """How far the camera is rolled clockwise at each frame."""
        return tuple(
            math.degrees(
                math.atan2(-s.world_from_camera[1, 0], s.world_from_camera[1, 1])
            )
            for s in self.states
        )

    def balance_k(self, state: CameraState) -> float:
        """Return what the body is balanced for: by itself or by the crew."""
        return state.white_balance_k or self.crew_balance_k


def sample_shot(
    scene: Scene, shot: Shot, stage: Stage, characters: Sequence[Character]
) -> Sample:
    """Ask a shot's camera what it does at the first, middle and last frame.

    Args:
        scene: The shot's scene.
        shot: The shot.
        stage: Of the scene.
        characters: The film's.
    """
    last = shot.length_frames - 1
    frames = (0, last // 2, last)
    where = stage.where(shot)
    states = tuple(
        camera_at(
            shot.camera,
            length_frames=shot.length_frames,
            frame=frame,
            rate=stage.rate,
            where=where,
            exposure_ev100=scene.exposure_ev100,
        )
        for frame in frames
    )
    known = {c.id for c in characters}
    there = [b.character for b in scene.blocking if b.character in known]
    subject = next((s for s in shot.subjects if s in there), "")
    eyes = [_eyes(where, subject, frame) for frame in frames]
    seen = list(zip(states, frames, strict=True))
    return Sample(
        frames=frames,
        states=states,
        sharp=tuple(_sharp(state) for state in states),
        sharp_on=tuple(_sharp_on(shot, s, f, where, there) for s, f in seen),
        subject=subject,
        distances_m=tuple(
            None if e is None else float(np.linalg.norm(e - s.position_m))
            for e, s in zip(eyes, states, strict=True)
        ),
        depths_m=tuple(
            None if e is None else _depth(s, e)
            for e, s in zip(eyes, states, strict=True)
        ),
        crew_balance_k=round(white_balance_of(scene), -2),
    )


def _eyes(where: Where, character: str, frame: int) -> NDArray[np.float64] | None:
    found = where(character, "eyes", frame) if character else None
    return None if found is None else np.asarray(found, np.float64)


def _depth(state: CameraState, point: NDArray[np.float64]) -> float:
    return float((state.position_m - point) @ state.world_from_camera[:3, 2])


def _sharp(state: CameraState) -> DepthOfField:
    return depth_of_field(
        state.focal_length_mm,
        t_stop=state.t_stop,
        focus_m=max(
            state.focus_distance_m, _NEAREST_FOCUS_M, state.focal_length_mm * 1.2e-3
        ),
        circle_mm=circle_of_confusion_mm(state.sensor),
    )


def _sharp_on(
    shot: Shot, state: CameraState, frame: int, where: Where, there: Sequence[str]
) -> str:
    """Return who is in focus: whom the puller is on, or who stands in the plane."""
    pulled = _pulled_to(shot.camera.focus, frame)
    if pulled:
        return pulled
    sharp = _sharp(state)
    reach = 1 / sharp.near_m - 1 / state.focus_distance_m
    offs: dict[str, float] = {}
    for character in dict.fromkeys((*shot.subjects, *there)):
        eyes = _eyes(where, character, frame) if character in there else None
        if eyes is not None and _framed(state, eyes):
            off = abs(1 / _depth(state, eyes) - 1 / state.focus_distance_m) / reach
            offs[character] = off
    # Of several in the plane, whom the shot is about comes first.
    in_plane = [who for who, off in offs.items() if off < _IN_PLANE]
    nearest = min(offs, key=offs.__getitem__, default="")
    if in_plane:
        return in_plane[0]
    return nearest if nearest and offs[nearest] <= 1 else ""


def _framed(state: CameraState, point: NDArray[np.float64]) -> bool:
    """Tell whether a point lies in the frame, or just outside its edge."""
    pixels, depths = state.project(point[None], width_px=1600, height_px=900)
    x, y = (float(v) for v in pixels[0])
    return float(depths[0]) > 0.1 and -80 < x < 1680 and -80 < y < 980


def _pulled_to(keys: Sequence[FocusKey], frame: int) -> str:
    """Return whom the last key up to a frame is on; empty between two pulls' ends."""
    passed = [key for key in keys if key.frame <= frame]
    return passed[-1].subject if passed else ""
