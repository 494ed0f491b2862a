"""Framings by name: a size on somebody, a two-shot, an over, a point of view."""

from __future__ import annotations

import math
from collections.abc import Sequence

from previz.camera.framing import PITCH_DEG, Body, View, fit, frame_single, span
from previz.errors import PrevizError, UnknownNameError
from previz.model import Angle, Sensor, ShotSize, Vec3

__all__ = ["FRAMINGS", "frame_insert", "framed", "framing_of", "lead_room", "people_in"]

FRAMINGS = (
    *(str(size) for size in ShotSize),
    "two-shot",
    "three-shot",
    "OTS",
    "POV",
)
"""Every framing that `framed` knows, but the insert, which is of a thing."""

_SPOKEN = {
    "extreme wide shot": "EWS", "wide": "LS", "wide shot": "LS", "long shot": "LS",
    "full": "FS", "full shot": "FS", "medium long shot": "MLS", "american": "cowboy",
    "medium": "MS", "medium shot": "MS", "medium close up": "MCU", "close up": "CU",
    "big close up": "BCU", "extreme close up": "ECU", "two shot": "two-shot",
    "three shot": "three-shot", "over the shoulder": "OTS", "point of view": "POV",
}  # fmt: skip
"""Framings as people say them, without hyphens."""

_PEOPLE = {"two-shot": 2, "three-shot": 3, "OTS": 2, "POV": 2}
_HEAD_M = 0.09
"""Half the width of a head."""
_EDGE_AT = 0.52
"""Where the near head of an over ends, as a share of the way from middle to edge."""
_BEHIND_M = 0.55
"""Least distance from the lens to the head it looks past."""
_DOWN_DEG = -38.0
"""How far a camera looks up at somebody who lies: down, past the edge of a bed."""


def framing_of(name: str) -> str:
    """Return the framing that is meant by "close-up", "ms" or "MS"; else the name."""
    said = " ".join(str(name).casefold().replace("-", " ").split())
    written = {framing.casefold().replace("-", " "): framing for framing in FRAMINGS}
    return _SPOKEN.get(said) or written.get(said, name)


def people_in(framing: str) -> int:
    """Return of how many a framing is; 0 if there is no such framing."""
    return _PEOPLE.get(framing, 1) if framing in FRAMINGS else 0


def framed(
    name: str,
    bodies: Sequence[Body],
    *,
    focal_mm: float,
    sensor: Sensor,
    angle: Angle = Angle.EYE,
    turn_deg: float = 25.0,
    size: ShotSize | None = None,
) -> View:
    """Solve the camera for a framing that a call sheet would name.

    A single leaves lead room: eyes in the middle when the face is frontal, on a third
    when it is a profile. An over puts the far face opposite the near head, whose edge
    the frame cuts. Somebody who lies is seen from above, the head up in the frame.

    Args:
        name: One of `FRAMINGS`.
        bodies: Who: one for a size; two or three for the shots named so; for "OTS"
            whose shoulder, then whose face; for "POV" whose eyes, then what they see.
        focal_mm: The lens.
        sensor: The gate.
        angle: From what height.
        turn_deg: How far round the face the camera stands: 0 frontal, positive to
            the subject's left, 90 a profile.
        size: How tight a two-shot, three-shot or over is; MS, MLS and MCU if None.

    Raises:
        UnknownNameError: If there is no such framing.
        PrevizError: If it needs another number of people, or an angle or focal
            length is none, or the face of an over lies.
    """
    _check_asked(name, len(bodies), focal_mm=focal_mm, turn_deg=turn_deg)
    pitch = PITCH_DEG[angle]
    match name:
        case "two-shot" | "three-shot":
            usual = ShotSize.MS if name == "two-shot" else ShotSize.MLS
            view = _group(bodies, size or usual, turn_deg, pitch, focal_mm, sensor)
        case "OTS":
            over, on = bodies
            _check_upright(on)
            tight = size or ShotSize.MCU
            view = _over(over, on, tight, turn_deg, pitch, focal_mm, sensor)
        case "POV":
            view = _seen_by(bodies[0], bodies[1].eyes, focal_mm, sensor)
        case _:
            body = bodies[0]
            if body.lies:
                return _reclined(body, ShotSize(name), turn_deg, focal_mm, sensor)
            yaw = body.facing_deg + turn_deg + 180.0
            view = frame_single(
                body, ShotSize(name), yaw_deg=yaw, pitch_deg=pitch, focal_mm=focal_mm,
                sensor=sensor, eyes_x=lead_room(body, yaw_deg=yaw, sensor=sensor),
            )  # fmt: skip
    return view


def _check_asked(name: str, people: int, *, focal_mm: float, turn_deg: float) -> None:
    """Raise if a framing is unknown, or is asked for of too few or on no lens."""
    if name not in FRAMINGS:
        raise UnknownNameError("framing", name, FRAMINGS)
    if not math.isfinite(turn_deg):
        raise PrevizError(
            f"framed.turn_deg must be a finite angle, got {turn_deg}. Pass such as 25."
        )
    if not 1 <= focal_mm <= 2000:
        raise PrevizError(
            f"framed.focal_mm must be 1 to 2000 mm, got {focal_mm}. Pass such as 35."
        )
    wanted = people_in(name)
    if people != wanted:
        raise PrevizError(
            f"framed.bodies must be {wanted} for {name!r}, got {people}. "
            f"Pass {'one body' if wanted == 1 else f'{wanted} bodies'}."
        )


def frame_insert(
    point: Vec3,
    *,
    extent_m: float,
    yaw_deg: float,
    pitch_deg: float,
    focal_mm: float,
    sensor: Sensor,
) -> View:
    """Solve the camera for an insert: a thing that fills 60 % of the frame's height.

    Args:
        point: Its middle, world metres.
        extent_m: Its height or width, whichever is more.
        yaw_deg: Where the camera looks on the floor.
        pitch_deg: How far it looks up.
        focal_mm: The lens.
        sensor: The gate.

    Raises:
        PrevizError: If the extent is not positive.
    """
    if extent_m <= 0:
        raise PrevizError(
            f"frame_insert.extent_m must be > 0 m, got {extent_m}. Pass such as 0.2."
        )
    away = extent_m / 0.6 * focal_mm / sensor.height_mm
    forward = View(point, yaw_deg, pitch_deg, focal_mm, sensor).forward
    x, y, z = (p - f * away for p, f in zip(point, forward, strict=True))
    return View((x, y, z), yaw_deg, pitch_deg, focal_mm, sensor)


def lead_room(body: Body, *, yaw_deg: float, sensor: Sensor) -> float:
    """Return where the eyes lie across the frame, in frame heights, to look into it.

    The middle for a face to the lens or away from it, a third for a profile.
    """
    look_right = -math.sin(math.radians(body.facing_deg - yaw_deg))
    return -look_right * sensor.width_mm / sensor.height_mm / 6


def _group(
    bodies: Sequence[Body],
    size: ShotSize,
    turn_deg: float,
    pitch_deg: float,
    focal_mm: float,
    sensor: Sensor,
) -> View:
    """Return a view square to the line of people, on the side that their faces are."""
    first, last = bodies[0], bodies[-1]
    along = math.degrees(
        math.atan2(last.eyes[0] - first.eyes[0], last.eyes[2] - first.eyes[2])
    )
    faces = sum(math.cos(math.radians(b.facing_deg - along - 90.0)) for b in bodies)
    wished = 1.0 if turn_deg >= 0 else -1.0
    side = wished if abs(faces) < 1e-3 else math.copysign(1.0, faces)
    yaw = along + side * 90.0 + 180.0
    points: list[Vec3] = []
    for body in bodies:
        top, _, bottom, _ = span(body, size)
        points += [top, bottom, *_beside(body.head_top, yaw, 0.25)]
    return fit(
        points, yaw_deg=yaw, pitch_deg=pitch_deg, focal_mm=focal_mm, sensor=sensor,
        margin=0.0, head_room=0.09,
    )  # fmt: skip


def _reclined(
    body: Body, size: ShotSize, turn_deg: float, focal_mm: float, sensor: Sensor
) -> View:
    """Return a view of somebody who lies; the turn is round them from their feet."""
    top, top_y, bottom, bottom_y = span(body, size)
    along = math.degrees(
        math.atan2(body.head_top[0] - body.feet[0], body.head_top[2] - body.feet[2])
    )
    share = math.dist(top, bottom) / (top_y - bottom_y)
    away = max(share * focal_mm / sensor.height_mm, _BEHIND_M)
    yaw = along + turn_deg
    forward = View(body.eyes, yaw, _DOWN_DEG, focal_mm, sensor).forward
    x, y, z = (
        (a + b) / 2 - f * away for a, b, f in zip(top, bottom, forward, strict=True)
    )
    return View((x, y, z), yaw, _DOWN_DEG, focal_mm, sensor)


def _check_upright(on: Body) -> None:
    """Raise if an over is asked for on somebody who lies."""
    if on.lies:
        raise PrevizError(
            f"framed.bodies must not lie for 'OTS', got {on.id}, who does. Frame "
            "them alone, or as a two-shot."
        )


def _beside(point: Vec3, yaw_deg: float, reach_m: float) -> tuple[Vec3, Vec3]:
    c, s = math.cos(math.radians(yaw_deg)), math.sin(math.radians(yaw_deg))
    x, y, z = point
    return (x - c * reach_m, y, z + s * reach_m), (x + c * reach_m, y, z - s * reach_m)


def _over(
    over: Body,
    on: Body,
    size: ShotSize,
    turn_deg: float,
    pitch_deg: float,
    focal_mm: float,
    sensor: Sensor,
) -> View:
    """Return a view past a head: the angle off the axis is solved by bisection."""
    side = 1.0 if turn_deg >= 0 else -1.0
    axis = math.degrees(
        math.atan2(on.eyes[0] - over.eyes[0], on.eyes[2] - over.eyes[2])
    )
    half = sensor.width_mm / sensor.height_mm / 2

    def view_at(off_deg: float) -> View:
        return frame_single(
            on, size, yaw_deg=axis + side * off_deg, pitch_deg=pitch_deg,
            focal_mm=focal_mm, sensor=sensor, eyes_x=side * half / 3,
        )  # fmt: skip

    def beyond(off_deg: float) -> float:
        """How far outside its place the near head ends, in frame heights."""
        view = view_at(off_deg)
        x, _, depth = view.project(over.eyes)
        reach = _HEAD_M * focal_mm / sensor.height_mm / max(depth, 1e-6)
        return -side * x - reach - _EDGE_AT * half

    low, high = 0.0, 60.0
    _check_room(over, on, view_at(low), size)
    for _ in range(48):
        middle = (low + high) / 2
        low, high = (middle, high) if beyond(middle) < 0 else (low, middle)
    view = view_at((low + high) / 2)
    _check_room(over, on, view, size)
    return view


def _check_room(over: Body, on: Body, view: View, size: ShotSize) -> None:
    """Raise if an over's lens would stand in or before the head it looks past."""
    near, far = view.project(over.eyes)[2], view.project(on.eyes)[2]
    if near >= _BEHIND_M:
        return
    needed = math.ceil(view.focal_mm * (far - near + _BEHIND_M) / far)
    raise PrevizError(
        f"framed.focal_mm must be about {needed} mm or longer for an OTS at {size} "
        f"over people {math.dist(over.eyes, on.eyes):.1f} m apart, got "
        f"{view.focal_mm:g}. Pass a longer lens or a wider size."
    )


def _seen_by(eyes: Body, target: Vec3, focal_mm: float, sensor: Sensor) -> View:
    """Return what somebody sees: from between the eyes, just in front of the face."""
    step = [b - a for a, b in zip(eyes.eyes, target, strict=True)]
    away = math.hypot(*step)
    if away < 0.3:
        raise PrevizError(
            f"framed.bodies must be >= 0.3 m apart for 'POV', got {away:.2f} m. "
            "Move one of them."
        )
    x, y, z = (p + 0.12 * s / away for p, s in zip(eyes.eyes, step, strict=True))
    yaw = math.degrees(math.atan2(step[0], step[2]))
    pitch = math.degrees(math.atan2(step[1], math.hypot(step[0], step[2])))
    return View((x, y, z), yaw, pitch, focal_mm, sensor)
