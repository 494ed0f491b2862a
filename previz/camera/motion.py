"""Where the camera is and what it is set to at a frame of its shot."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from previz.camera.aim import Ray, Stand, Where, aimed, rotation, seen_at
from previz.camera.carriage import Carriage, Laid, carried
from previz.camera.exposure import exposure_ev100 as settings_ev100
from previz.camera.handheld import handheld_path, is_carried
from previz.camera.optics import breathed_focal_mm
from previz.camera.path import along_path
from previz.camera.state import CameraState
from previz.curves import Monotone
from previz.errors import PrevizError
from previz.model import Camera, Control, FocusKey, Lens, Look, Move, Rate

__all__ = [
    "FOCAL_GIVE",
    "Course",
    "camera_at",
    "course_of",
    "focal_range",
    "stand_at",
    "state_at",
]

Floats = NDArray[np.float64]
AnyModel = TypeVar("AnyModel", Lens, Look)

FOCAL_GIVE = 1e-3
"""Share by which a focal length may miss the lens's: no eye sees so little."""

_REMEMBERED = 64
_AGREED = 1e-8
_ROUNDS = 8
"""Most passes in which aim, focus, breathing and a held size come to agree."""
_LENS = (Control.T_STOP, Control.SQUEEZE, Control.BREATHING, Control.CATS_EYE)
_LOOK = tuple(c for c in Control if str(c) in Look.model_fields)


@dataclass(frozen=True)
class Course:
    """A camera's way through its shot, worked out once; n is the shot's length.

    Attributes:
        camera: The camera.
        fps: Frames a second.
        where: Where people are.
        carriage: Place and head before the aim, frame by frame.
        focal_mm: Of the path, shape (n,).
        focus_m: Of the path, shape (n,).
        laid: Its moves, laid out.
        tracks: Value of each keyed control at each frame, shape (n,).
        unrest: Of a carried rig, shape (n, 6).
        changes_focal: Whether a move or track changes the focal length.
    """

    camera: Camera
    fps: float
    where: Where | None
    carriage: Carriage
    focal_mm: Floats
    focus_m: Floats
    laid: tuple[Laid, ...]
    tracks: dict[Control, Floats]
    unrest: Floats | None
    changes_focal: bool

    @property
    def length_frames(self) -> int:
        """Of the shot."""
        return len(self.focal_mm)


class _Same:
    """A value that equals another only if it is the same object: quick to look up."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


def camera_at(
    camera: Camera,
    *,
    length_frames: int,
    frame: int,
    rate: Rate | None = None,
    where: Where | None = None,
    exposure_ev100: float | None = None,
) -> CameraState:
    """Return the camera at shot frame `frame`.

    The path by its timing, then the moves in order, then keyed tracks, focus, the
    lens's breathing, the aim, and last the rig's unrest. Pure: the same in any order
    of frames, bit by bit.

    Args:
        camera: Gear, path, timing and moves.
        length_frames: Of the shot; the path ends at its last frame.
        frame: From 0; held to the shot at both ends.
        rate: What lag and unrest are timed by; 24 frames a second if not given.
        where: Where people are at a shot frame; a pure function. Without it, and
            where nobody is, aim and focus stay as stored.
        exposure_ev100: The scene's meter reading, taken where no ISO is set.

    Raises:
        PrevizError: If a move asks the lens for a focal length that it has not, or a
            dolly zoom holds somebody who is behind the camera; it names the frame.
    """
    course = course_of(camera, length_frames=length_frames, rate=rate, where=where)
    at = min(max(frame, 0), course.length_frames - 1)
    state = state_at(course, at, exposure_ev100=exposure_ev100)
    if course.changes_focal:
        _check_focal(course, at)
    return state


def course_of(
    camera: Camera,
    *,
    length_frames: int,
    rate: Rate | None = None,
    where: Where | None = None,
) -> Course:
    """Return a camera's way through its shot; worked out once for the same values."""
    timed = rate or Rate()
    return _course(
        _Same(camera),
        max(length_frames, 1),
        timed.numerator,
        timed.denominator,
        _Same(where if _asks(camera) else None),
    )


def _asks(camera: Camera) -> bool:
    """Return whether anything of a camera depends on where people are."""
    return (
        camera.aim is not None
        or any(move.subject for move in camera.moves)
        or any(key.subject for key in camera.focus)
    )


@lru_cache(maxsize=_REMEMBERED)
def _course(
    same: _Same, length_frames: int, numerator: int, denominator: int, whose: _Same
) -> Course:
    camera: Camera = same.value
    rate = Rate(numerator=numerator, denominator=denominator)
    along = along_path(camera, length_frames=length_frames)
    carriage, laid = carried(camera, along, whose.value)
    frames = np.arange(length_frames)
    tracks = {
        track.control: Monotone.through(
            [key.frame for key in track.keys], [[key.value] for key in track.keys]
        ).over(frames)[:, 0]
        for track in camera.tracks
    }
    unrest = None
    if is_carried(camera.rig):
        speed = np.zeros(length_frames)
        if length_frames > 1:
            steps = np.linalg.norm(np.diff(carriage.position, axis=0), axis=1)
            speed[1:] = steps * (numerator / denominator)
            speed[0] = speed[1]
        unrest = handheld_path(
            camera.seed, length_frames, rate=rate, rig=camera.rig, speed_mps=speed
        )
    zooms = any(p.move.kind in (Move.ZOOM, Move.DOLLY_ZOOM) for p in laid)
    return Course(
        camera=camera,
        fps=numerator / denominator,
        where=whose.value,
        carriage=carriage,
        focal_mm=along.focal_mm,
        focus_m=along.focus_m,
        laid=laid,
        tracks=tracks,
        unrest=unrest,
        changes_focal=zooms or Control.FOCAL_LENGTH in tracks,
    )


def state_at(
    course: Course, frame: int, *, exposure_ev100: float | None = None
) -> CameraState:
    """Return the camera of a course at a frame within it, whatever its limits.

    Args:
        course: The camera's way.
        frame: 0 to the course's last.
        exposure_ev100: The scene's meter reading, taken where no ISO is set.
    """
    camera = course.camera
    lens, look, sensor = _glass(course, frame), camera.look, camera.sensor
    stand, focal, focus = _settled(course, frame, _engraved(course, frame), lens)
    world = np.eye(4)
    world[:3, :3] = stand.turn
    world[:3, 3] = stand.position
    if course.unrest is not None:
        world = world @ _shaken(course.unrest[frame])
    if course.tracks:
        look = _with(look, course, frame, _LOOK)
    if look.gate_crop != 1.0:
        crop = look.gate_crop
        width, height = sensor.width_mm * crop, sensor.height_mm * crop
        sensor = sensor.model_copy(update={"width_mm": width, "height_mm": height})
    shutter = _keyed(course, Control.SHUTTER, frame, camera.shutter_deg)
    return CameraState(
        world_from_camera=world,
        sensor=sensor,
        focal_length_mm=focal,
        squeeze=lens.squeeze,
        t_stop=lens.t_stop,
        focus_distance_m=focus,
        shutter_deg=shutter,
        exposure_ev100=_exposure(course, frame, lens.t_stop, shutter, exposure_ev100),
        white_balance_k=_optional(
            course, Control.WHITE_BALANCE, frame, camera.white_balance_k
        ),
        lens=lens,
        look=look,
    )


def _glass(course: Course, frame: int) -> Lens:
    """Return the lens with this frame's stop, squeeze, breathing and cat's eye."""
    lens = course.camera.lens
    return _with(lens, course, frame, _LENS) if course.tracks else lens


def _with(
    model: AnyModel, course: Course, frame: int, controls: tuple[Control, ...]
) -> AnyModel:
    """Return a model with its tracked fields; track values are already validated."""
    tracks = course.tracks
    update = {str(c): float(tracks[c][frame]) for c in controls if c in tracks}
    return model.model_copy(update=update) if update else model


def _keyed(course: Course, control: Control, frame: int, stored: float) -> float:
    values = course.tracks.get(control)
    return stored if values is None else float(values[frame])


def _optional(
    course: Course, control: Control, frame: int, stored: float | None
) -> float | None:
    values = course.tracks.get(control)
    return stored if values is None else float(values[frame])


def _exposure(
    course: Course, frame: int, t_stop: float, shutter_deg: float, read: float | None
) -> float | None:
    """Return the EV at ISO 100 that stop, shutter, ISO and ND are set for."""
    iso = _optional(course, Control.ISO, frame, course.camera.iso)
    if iso is None:
        return read
    nd = _keyed(course, Control.ND, frame, course.camera.nd_stops)
    seconds = shutter_deg / 360.0 / course.fps
    return settings_ev100(t_stop=t_stop, shutter_s=seconds, iso=iso, nd_stops=nd)


def _settled(
    course: Course, frame: int, engraved: float, lens: Lens
) -> tuple[Stand, float, float]:
    """Return the stand, the focal length in use and the focus at a frame."""
    rounds = _ROUNDS if course.camera.aim is not None and lens.breathing else 1
    focal = engraved
    for _ in range(rounds):
        before = focal
        stand = _stand(course, frame, before)
        focus = _focus(course, frame, stand)
        focal = breathed_focal_mm(
            lens, focal_length_mm=engraved, focus_distance_m=focus
        )
        if abs(focal - before) < _AGREED * focal:
            break
    return stand, focal, focus


def _stand(course: Course, frame: int, focal_mm: float) -> Stand:
    held = course.carriage
    roll = float(held.roll[frame])
    if Control.ROLL in course.tracks:
        roll = math.radians(course.tracks[Control.ROLL][frame])
    aim = course.camera.aim
    found = None
    if aim is not None and course.where is not None:
        found = aimed(
            aim,
            held.position[frame],
            roll=roll,
            ray_of=lambda at: _ray(course, frame, focal_mm, at),
            where=course.where,
            frame=frame,
            fps=course.fps,
        )
    if found is not None:
        return found
    yaw = float(held.heading[frame] + held.pan[frame])
    return Stand(held.position[frame], rotation(yaw, float(held.tilt[frame]), roll))


def _ray(course: Course, frame: int, focal_mm: float, at: tuple[float, float]) -> Ray:
    """Return the slopes of the line of sight through a place of the gate's frame."""
    camera, look = course.camera, course.camera.look
    squeeze = _keyed(course, Control.SQUEEZE, frame, camera.lens.squeeze)
    crop = _keyed(course, Control.GATE_CROP, frame, look.gate_crop)
    shift_x = _keyed(course, Control.SHIFT_X, frame, look.shift_x)
    shift_y = _keyed(course, Control.SHIFT_Y, frame, look.shift_y)
    across = camera.sensor.width_mm * squeeze / focal_mm
    high = camera.sensor.height_mm / focal_mm
    x, y = crop * (at[0] - 0.5) + shift_x, crop * (0.5 - at[1]) + shift_y
    return x * across, y * high


def _engraved(course: Course, frame: int) -> float:
    values = course.tracks.get(Control.FOCAL_LENGTH)
    if values is not None:
        return float(values[frame])
    return _focal_after(course, frame, len(course.laid))


def _focal_after(course: Course, frame: int, count: int) -> float:
    """Return the focal length after the first `count` moves, in mm."""
    for i in range(count - 1, -1, -1):
        plan = course.laid[i]
        if frame <= plan.first:
            continue
        if plan.move.kind is Move.ZOOM:
            done = float(plan.done[frame])
            before = _focal_after(course, frame, i)
            return float(before ** (1.0 - done) * plan.move.amount**done)
        if plan.move.kind is Move.DOLLY_ZOOM:
            return _held_size(course, min(frame, plan.last), i)
    return float(course.focal_mm[frame])


def _held_size(course: Course, frame: int, index: int) -> float:
    """Return the focal length that shows a dolly zoom's subject as large as before.

    Size in the picture is focal length in use over depth; both depend on where the
    aim turns the camera, which depends on the focal length, so they are solved
    together.
    """
    plan = course.laid[index]
    start = _focal_after(course, plan.first, index)
    size, breath = _size_and_breath(course, plan, plan.first, start)
    focal = start
    wanted = size * start * breath
    for _ in range(_ROUNDS):
        before = focal
        now, breath = _size_and_breath(course, plan, frame, before)
        focal = wanted / (now * breath)
        if abs(focal - before) < _AGREED * focal:
            break
    return focal


def _size_and_breath(
    course: Course, plan: Laid, frame: int, focal_mm: float
) -> tuple[float, float]:
    """Return 1 over the depth of a dolly zoom's subject, and the lens's breath."""
    point = plan.point
    if plan.move.subject and course.where is not None:
        found = seen_at(course.where, plan.move.subject, "eyes", frame)
        point = point if found is None else found
    lens = _glass(course, frame)
    stand, focal, _ = _settled(course, frame, focal_mm, lens)
    depth = stand.depth_to(point)
    if depth <= 1e-3:
        raise PrevizError(
            "Camera.moves must keep the subject of a dolly zoom before the camera, "
            f"got a depth of {depth:.2f} m at frame {frame}. Shorten the move or turn "
            "the camera to the subject."
        )
    return 1.0 / depth, focal / focal_mm


def stand_at(course: Course, frame: int) -> tuple[Stand, float]:
    """Return the stand before the rig's unrest, and the engraved focal length in mm.

    Args:
        course: The camera's way.
        frame: 0 to the course's last.
    """
    engraved = _engraved(course, frame)
    return _settled(course, frame, engraved, _glass(course, frame))[0], engraved


def _check_focal(course: Course, frame: int) -> None:
    lens, focal = course.camera.lens, _engraved(course, frame)
    widest, longest = focal_range(course)
    if not widest * (1 - FOCAL_GIVE) <= focal <= longest * (1 + FOCAL_GIVE):
        glass = "zoom's" if lens.longest_mm is not None else "prime's"
        reach = f"{widest:g} to {longest:g}" if longest > widest else f"{widest:g}"
        raise PrevizError(
            f"Camera.moves must stay within the {glass} {reach} mm, got {focal:.4g} mm "
            f"at frame {frame}. Put on a zoom that reaches, or move less."
        )


def focal_range(course: Course) -> tuple[float, float]:
    """Return the focal lengths that the lens has, in mm.

    A prime has the one that the path stores, or, where a track decides over the path,
    its own.
    """
    lens = course.camera.lens
    if lens.longest_mm is not None or Control.FOCAL_LENGTH in course.tracks:
        return lens.focal_length_mm, lens.longest_mm or lens.focal_length_mm
    return float(course.focal_mm.min()), float(course.focal_mm.max())


def _focus(course: Course, frame: int, stand: Stand) -> float:
    """Return the focus in metres, never nearer than the lens focuses.

    Pulls run evenly in dioptres, as a focus ring does (thin lens equation). Somebody
    who is not there, or is behind the camera, leaves the ring at what the path
    stores or at close focus.
    """
    dioptres = 1.0 / float(course.focus_m[frame])
    if course.camera.focus:
        dioptres = _pulled(course, frame, stand, dioptres)
    for plan in course.laid:
        if plan.move.kind is Move.RACK_FOCUS and frame > plan.first:
            end = 1.0 / plan.move.amount
            if plan.move.subject:
                end = _dioptres_to(course, plan.move.subject, frame, stand, end)
            dioptres += float(plan.done[frame]) * (end - dioptres)
    return max(1.0 / dioptres, course.camera.lens.close_focus_m)


def _pulled(course: Course, frame: int, stand: Stand, stored: float) -> float:
    keys = course.camera.focus

    def sharp(key: FocusKey) -> float:
        if key.distance_m is not None:
            return 1.0 / key.distance_m
        return _dioptres_to(course, key.subject, frame, stand, stored)

    after = next((i for i, key in enumerate(keys) if key.frame > frame), len(keys))
    if after == 0:
        return sharp(keys[0])
    if after == len(keys):
        return sharp(keys[-1])
    here, there = keys[after - 1], keys[after]
    span = there.frame - here.frame
    pull = min(there.pull_frames or span, span)
    share = (frame - (there.frame - pull)) / pull
    if share <= 0:
        return sharp(here)
    eased = share * share * (3.0 - 2.0 * share)
    begin = sharp(here)
    return begin + eased * (sharp(there) - begin)


def _dioptres_to(
    course: Course, subject: str, frame: int, stand: Stand, otherwise: float
) -> float:
    if course.where is None:
        return otherwise
    point = seen_at(course.where, subject, "eyes", frame)
    if point is None:
        return otherwise
    depth = stand.depth_to(point)
    return 1.0 / max(depth, course.camera.lens.close_focus_m, 1e-3)


def _shaken(unrest: Floats) -> Floats:
    """Return a rig's unrest as a rigid motion in the camera's axes, shape (4, 4)."""
    pan, tilt, roll = (math.radians(v) for v in unrest[3:])
    result = np.eye(4)
    result[:3, :3] = rotation(pan, tilt, -roll)
    result[:3, 3] = unrest[:3]
    return result
