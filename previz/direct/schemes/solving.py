"""Stand a scheme's lamps round a subject and solve their strengths for its ratio."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.direct.lighting.meter import bounced_lx, lux_at
from previz.direct.lighting.ways import rounded
from previz.direct.schemes.laws import Law, Part
from previz.direct.schemes.placing import ABOUT_M, Room, place_lamp, way_of
from previz.model import Flag, Light, LightKind, LightRole, Vec3

__all__ = ["CHEEK_DEG", "Subject", "behind_m", "lamps_for"]

Floats = NDArray[np.float64]

CHEEK_DEG = 50.0
"""How far a cheek is turned from where the face looks."""

_FRONTAL_DEG = 8.0
_AWAY_DEG = 112.0
_MOST_TURNED_DEG = 40.0
_CLEAR_OF_KEY_DEG = 104.0
_SUN_FAR_M = 40.0
_FROM_WALL_M = 0.5
_NAMES = {LightRole.BOUNCE: "background"}
_LUMA = np.array([0.2126, 0.7152, 0.0722])


@dataclass(frozen=True)
class Subject:
    """Who is lit.

    Attributes:
        eyes_m: Between the eyes, world metres.
        facing_deg: Where the face looks: 0 is +z, 90 is +x.
    """

    eyes_m: Vec3
    facing_deg: float


@dataclass(frozen=True)
class _Bearings:
    """Yaws that the parts count from, and the key side: 1 or -1.

    `face` is at most 40° from the camera.
    """

    face: float
    camera: float
    side: float


def _bearings(subject: Subject, room: Room, *, seed: int) -> _Bearings:
    """Take the side that the face turns to: its shadow side then faces the camera."""
    offset = room.cameras[0].position_m - np.array(subject.eyes_m)
    camera = math.degrees(math.atan2(offset[0], offset[2]))
    turned = (subject.facing_deg - camera + 180.0) % 360.0 - 180.0
    side = math.copysign(1.0, turned)
    if abs(turned) < _FRONTAL_DEG:
        side = 1.0 if seed % 2 else -1.0
    # Of a profile the camera sees the near half: what it meters is turned less.
    seen = 0.0 if abs(turned) > _AWAY_DEG else min(abs(turned), _MOST_TURNED_DEG)
    return _Bearings(face=camera + side * seen, camera=camera, side=side)


def lamps_for(
    law: Law,
    parts: Sequence[Part],
    *,
    subject: Subject,
    room: Room,
    key_lx: float,
    base: tuple[Light, ...],
    seed: int,
) -> tuple[Light, ...]:
    """Return a scheme's lamps, the set's own with them.

    Two equations in two unknowns: key and fill are as strong as makes a meter read
    `key_lx` on the key cheek and the law's ratio less on the other, over what the
    other lamps, the set's and the bounce bring to both.

    Args:
        law: The scheme.
        parts: Its lamps here, key first and fill second where it has them.
        subject: Who is lit.
        room: What the lamps must respect.
        key_lx: What a meter reads on the key side.
        base: The set's own lights.
        seed: Breaks ties.
    """
    to = _bearings(subject, room, seed=seed)
    stood = [_stand(part, subject, room, to) for part in parts]
    face = np.array([subject.eyes_m])
    turns = (CHEEK_DEG, -CHEEK_DEG)
    cheeks = np.stack([way_of(to.face + turn * to.side, 0.0) for turn in turns])

    def lit(lamps: Sequence[Light]) -> Floats:
        lights = [x for x in lamps if not _outside(x, room)]
        direct = lux_at(
            face, cheeks, lights=lights, set_=room.set_, obstacles=room.obstacles,
            about_m=ABOUT_M,
        )[0]  # fmt: skip
        return np.asarray(direct + bounced_lx(lights, set_=room.set_))

    base = _dimmed(base, key_lx * 2.0**law.lamps_stops)
    base = _scaled_base(base, lit, key_lx * 2.0**law.base_stops, room)
    solved = {LightRole.KEY, LightRole.FILL}
    fixed = [
        _aimed_at_level(lamp, part, key_lx * 2.0**part.stops, subject)
        for lamp, part in zip(stood, parts, strict=True)
        if part.role not in solved or law.key_to_fill_stops == 0.0
    ]
    if law.key_to_fill_stops <= 0.0:
        return (*fixed, *base)
    key, fill = stood[0], stood[1]
    wanted = np.array([key_lx, key_lx / 2.0**law.key_to_fill_stops])
    k, f = _strengths(lit([key]), lit([fill]), wanted - lit([*fixed, *base]))
    key = key.changed(intensity=_written(k))
    fill = fill.changed(intensity=_written(f))
    return (key, fill, *fixed, *base)


def _strengths(key: Floats, fill: Floats, wanted: Floats) -> tuple[float, float]:
    """Solve k·key + f·fill = wanted for the two cheeks; neither is below nothing."""
    k, f = np.linalg.lstsq(np.stack([key, fill], axis=1), wanted, rcond=None)[0]
    if f < 0.0:
        return max(float(wanted[0] / max(key[0], 1e-9)), 1e-3), 1e-3
    if k < 0.0:
        return 1e-3, max(float(wanted[0] / max(fill[0], 1e-9)), 1e-3)
    return max(float(k), 1e-3), max(float(f), 1e-3)


def _written(value: float) -> float:
    return float(f"{value:.4g}")


def _dimmed(base: tuple[Light, ...], most_lx: float) -> tuple[Light, ...]:
    """Dim the set's bare lamps to what they may lay on a wall half a metre away."""
    most = _written(most_lx * _FROM_WALL_M**2)
    return tuple(
        x.changed(intensity=min(x.intensity, most))
        if x.role is LightRole.PRACTICAL and x.kind is LightKind.POINT
        else x
        for x in base
    )


def _scaled_base(
    base: tuple[Light, ...],
    lit: Callable[[Sequence[Light]], Floats],
    most_lx: float,
    room: Room,
) -> tuple[Light, ...]:
    """Dim the set's windows and lamps to what the scheme lets them bring to a face.

    What stands outside the windows keeps its light: it is seen, not seen by.
    """
    there = float(np.max(lit(base))) if base else 0.0
    share = min(1.0, most_lx / there) if there > 0.0 else 1.0
    return tuple(
        x if _outside(x, room) else x.changed(intensity=_written(x.intensity * share))
        for x in base
    )


def _outside(lamp: Light, room: Room) -> bool:
    """Return whether a lamp shines on what the windows of a room look out on."""
    outside = (LightRole.SKY, LightRole.BACKING)
    return room.set_.interior and lamp.role in outside


def _stand(part: Part, subject: Subject, room: Room, to: _Bearings) -> Light:
    """Return a part's lamp where it stands, at an intensity of 1."""
    eyes = np.array(subject.eyes_m)
    yaw = _yaw_of(part, to)
    target = eyes - (0.0, 0.05, 0.0)
    flags: tuple[Flag, ...] = ()
    if part.kind is LightKind.SKY:
        place = np.array([0.0, 10.0, 0.0])
    elif part.kind is LightKind.SUN:
        place = target + _free_way(target, yaw, part.rise_deg, room) * _SUN_FAR_M
    elif part.anchor == "wall":
        target = _wall_behind(eyes, room, to)
        # Nearer the wall than the subject is, so that none of it falls on the face.
        ahead = 0.7 * math.hypot(*(eyes - target)[[0, 2]]) / (2.2 * 0.87)
        graze = math.degrees(math.acos(min(max(ahead, 0.1), 0.8)))
        side = to.side * math.copysign(1.0, part.yaw_deg)
        place = place_lamp(
            target, yaw_deg=to.camera + side * graze, rise_deg=30.0, distance_m=2.2,
            radius_m=max(part.size_m), room=room,
        )  # fmt: skip
        flags = _gobo_before(part, place, target)
    else:
        place = place_lamp(
            target, yaw_deg=yaw, rise_deg=part.rise_deg, distance_m=part.distance_m,
            radius_m=math.hypot(*part.size_m) / 2, room=room,
        )  # fmt: skip
    return Light(
        id=_name_of(part),
        kind=part.kind,
        role=part.role,
        position_m=rounded(place),
        aim_m=rounded(target),
        width_m=part.size_m[0],
        height_m=part.size_m[1],
        intensity=1.0,
        color_temperature_k=part.kelvin,
        gel=part.gel,
        beam_deg=part.beam_deg,
        flags=flags,
    )


def _name_of(part: Part) -> str:
    """Return a lamp's name: one for each wall lamp of two."""
    name = _NAMES.get(part.role, part.role.value)
    return f"{name}-2" if part.anchor == "wall" and part.yaw_deg < 0.0 else name


def _yaw_of(part: Part, to: _Bearings) -> float:
    """Return where a part stands; a back light keeps clear of the key cheek."""
    anchor = to.face if part.anchor == "face" else to.camera
    yaw = anchor + to.side * part.yaw_deg
    if part.role is LightRole.BACK:
        cheek = to.face + to.side * CHEEK_DEG
        apart = to.side * ((yaw - cheek + 180.0) % 360.0 - 180.0)
        if abs(apart) < _CLEAR_OF_KEY_DEG:
            yaw = cheek + to.side * math.copysign(_CLEAR_OF_KEY_DEG, apart)
    return yaw


def _free_way(target: Floats, yaw: float, rise: float, room: Room) -> Floats:
    """Return the way to a sun nearest to what is asked that nothing stands in."""
    for more in (0.0, 8.0, 18.0, 30.0):
        for turn in (0.0, 15.0, -15.0, 30.0, -30.0, 50.0, -50.0):
            way = way_of(yaw + turn, rise + more)
            if not room.obstacles.blocked(target, target + way * 60.0):
                return way
    return way_of(yaw, rise)


def behind_m(eyes: Floats, room: Room, *, most_m: float = 15.0) -> float:
    """Return how far behind a subject, seen from the camera, something solid stands."""
    away = eyes - room.cameras[0].position_m
    away = away * (1.0, 0.0, 1.0) / max(float(np.hypot(away[0], away[2])), 1e-6)
    steps = np.arange(0.3, most_m, 0.1)
    hit = room.obstacles.blocked_each(eyes, eyes + steps[:, None] * away)
    return float(steps[int(np.argmax(hit))]) if hit.any() else most_m


def _wall_behind(eyes: Floats, room: Room, to: _Bearings) -> Floats:
    """Return what the background lamp is aimed at, just before the wall."""
    far = min(behind_m(eyes, room), 6.0) - 0.08
    away = -way_of(to.camera, 0.0)
    return np.asarray(eyes + away * max(far, 0.3) + (0.0, 0.1, 0.0))


def _gobo_before(part: Part, place: Floats, target: Floats) -> tuple[Flag, ...]:
    """Return a pattern two fifths of the way to the wall, two metres wide there."""
    if part.gobo is None:
        return ()
    middle = place + 0.4 * (target - place)
    back = place - target
    normal = back / max(float(np.linalg.norm(back)), 1e-9)
    return (
        Flag(
            position_m=rounded(middle),
            normal=rounded(normal),
            width_m=0.95,
            height_m=0.85,
            gobo=part.gobo,
        ),
    )


def _aimed_at_level(lamp: Light, part: Part, lux: float, subject: Subject) -> Light:
    """Return a lamp that lays some lux on what it is aimed at and what faces it."""
    passed = max(float(np.array(lamp.gel) @ _LUMA), 1e-3)
    if lamp.kind in (LightKind.SUN, LightKind.SKY):
        return lamp.changed(intensity=_written(lux / passed))
    away = np.array(lamp.position_m) - np.array(lamp.aim_m)
    square = float(away @ away)
    facing = 1.0
    if part.anchor == "wall":
        out = np.array(subject.eyes_m) - np.array(lamp.aim_m)
        length = max(float(np.linalg.norm(out)) * math.sqrt(square), 1e-9)
        facing = max(abs(float(away @ out)) / length, 0.3)
    area = 0.0
    if lamp.kind is LightKind.AREA:
        area = lamp.width_m * lamp.height_m / math.pi
    return lamp.changed(intensity=_written(lux * (square + area) / passed / facing))
