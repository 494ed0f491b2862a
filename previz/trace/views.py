"""The camera of a trace: where it looks, its pupil, and where it is between frames."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.render.lens.passage import Passage
from previz.stage import StageState
from previz.trace.order import View

__all__ = ["shutter_times", "view_of"]

_MOST_INSTANTS = 16


def shutter_times(
    state: StageState,
    *,
    set_corners: NDArray[np.float64],
    width_px: int,
    height_px: int,
    samples: int,
) -> list[float]:
    """Return at which times to trace while the shutter is open, in frames.

    As many as what moves fastest passes pixels, at most 16 and one a sample, evenly
    about the frame's instant; [0.0] where nothing moves or motion stays sharp.

    Args:
        state: The frame.
        set_corners: Some points of the set, for what the camera's move does to them.
        width_px: Of the picture.
        height_px: Of the picture.
        samples: Paths a pixel.
    """
    if not state.camera.look.motion_blur:
        return [0.0]
    size = {"width_px": width_px, "height_px": height_px}
    now = np.concatenate([state.moving.positions.astype(np.float64), set_corners])
    before = np.concatenate([state.moving_before.astype(np.float64), set_corners])
    here, depth = state.camera.project(now, **size)
    there, earlier = state.camera_before.project(before, **size)
    seen = (depth > 0.1) & (earlier > 0.1)
    seen &= (here > 0).all(axis=1) & (here < (width_px, height_px)).all(axis=1)
    way = np.linalg.norm(here - there, axis=1)[seen]
    share = state.camera.shutter_deg / 360.0
    longest = float(way.max(initial=0.0)) * share
    count = min(max(math.ceil(longest), 1), _MOST_INSTANTS, samples)
    return [((k + 0.5) / count - 0.5) * share for k in range(count)]


def view_of(
    state: StageState, passage: Passage, time: float, *, size: tuple[int, int]
) -> View:
    """Return the camera of a frame at a time of its shutter.

    The thin lens of `previz.camera.optics`; an anamorphic's oval pupil counts as the
    circle of its area. A shift is kept to whole pixels.

    Args:
        state: The frame.
        passage: What the light passes, for the overscan and the axis.
        time: In frames; the camera moves on as it did since the frame before.
        size: Width and height of the picture.
    """
    camera, before = state.camera, state.camera_before
    focal_px = camera.focal_px(*size)[0]
    focal_px += time * (focal_px - before.focal_px(*size)[0])
    (left, top), whole = _film(passage.drawn.centre_px, size)
    focal_m = camera.focal_length_mm * 1e-3
    focus_m = 1.0 / passage.drawn.focus_per_m
    pupil = 0.5 * focal_m / camera.t_stop / (1.0 - focal_m / focus_m)
    return View(
        world_from_camera=_between(before, camera, time),
        fov_x_deg=2 * math.degrees(math.atan(whole[0] * passage.wider / 2 / focal_px)),
        film_px=whole,
        crop_px=(left, top),
        focus_m=focus_m,
        pupil_m=pupil / math.sqrt(camera.squeeze) if camera.look.depth_of_field else 0,
    )


def _film(
    centre_px: tuple[float, float], size: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where the picture begins on a film centred on the axis; its size."""
    starts, wholes = [], []
    for centre, length in zip(centre_px, size, strict=True):
        off = round(2.0 * (centre - length / 2))
        wholes.append(length + abs(off))
        starts.append(max(-off, 0))
    return (starts[0], starts[1]), (wholes[0], wholes[1])


def _between(before: CameraState, now: CameraState, time: float) -> NDArray[np.float64]:
    """Return where the camera is, going on as it came; shape (4, 4)."""
    if time == 0.0:
        return now.world_from_camera
    out = np.eye(4)
    turn = before.world_from_camera[:3, :3].T @ now.world_from_camera[:3, :3]
    out[:3, :3] = now.world_from_camera[:3, :3] @ _power(turn, time)
    out[:3, 3] = now.position_m + time * (now.position_m - before.position_m)
    return out


def _power(turn: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Return a share of a rotation, about its own axis (Rodrigues)."""
    cosine = float(np.clip((np.trace(turn) - 1.0) / 2.0, -1.0, 1.0))
    axis = np.array(
        [turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]]
    )
    length = float(np.linalg.norm(axis))
    if length < 1e-12:
        return np.eye(3)
    x, y, z = axis / length
    angle = math.atan2(length / 2.0, cosine) * share
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.asarray(
        np.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
    )
