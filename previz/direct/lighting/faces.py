"""Soft lamps for the faces of a scene, where its people came to stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.direct.lighting.meter import bounced_lx, lux_at
from previz.direct.lighting.ways import direction, rounded, unit
from previz.model import (
    Character,
    Light,
    LightKind,
    LightRole,
    Rate,
    Scene,
    Set,
    ShotSize,
    TimeOfDay,
    Vec3,
)
from previz.stage import Obstacles, Stage, camera_at

__all__ = ["Face", "faces_in", "reached", "stops_on"]

Floats = NDArray[np.float64]

_METER = 2.5
_LUMA = np.array([0.2126, 0.7152, 0.0722])
_FAR = (ShotSize.LS, ShotSize.FS)
_FARTHER_STOPS = 1.0
"""How much darker whole figures may be than faces, seen from where the camera is."""
_FAR_COUNTS = 0.5
"""What a whole figure counts against a face, once the faces have their lamps."""
_OUTSIDE = (LightRole.SKY, LightRole.BACKING, LightRole.SUN)
_CHEEKS_DEG = (-50.0, 0.0, 50.0)
_LEAST_STOPS = {
    TimeOfDay.DAY: 0.7,
    TimeOfDay.DAWN: 0.5,
    TimeOfDay.DUSK: 0.2,
    TimeOfDay.NIGHT: -0.1,
}
"""How far above a metered card the seen side of a face is at the least."""
_MOST_STOPS = {
    TimeOfDay.DAY: 1.5,
    TimeOfDay.DAWN: 1.3,
    TimeOfDay.DUSK: 1.2,
    TimeOfDay.NIGHT: 0.9,
}
"""And at the most."""
_BESIDE_STOPS = 1.2
"""How far above the most a lamp may light what turns to it where a face is."""
_BURNS = 4.0
"""How much worse a stop too much is than a stop too little."""
_SKIN = 0.25
_FOLLOWS_SKIN = 0.7
"""Share of the stops between a skin and a middling one that the lamp makes up for."""
_MOST_LAMPS = 2
"""For faces; one more serves whole figures."""
_WORTH = 0.25
"""What a lamp must mend, in squared stops over all faces, to be rigged."""
_TURNS_DEG = (50.0, -50.0, 30.0, -30.0, 75.0, -75.0)
_RISES_DEG = (28.0, 12.0)
_MOST_PLACES = 72
_KELVIN = {
    TimeOfDay.DAY: 5600.0,
    TimeOfDay.DAWN: 5200.0,
    TimeOfDay.DUSK: 4300.0,
    TimeOfDay.NIGHT: 3200.0,
}
_OPEN_NIGHT_K = 5200.0
_ROOF_K = 3300.0
"""Outdoors under a roof, whose own lamps are then what lights the faces."""
_UP = np.array([0.0, 6.0, 0.0])


@dataclass(frozen=True)
class Face:
    """A face as a shot sees it.

    Attributes:
        eyes_m: Between the eyes, world metres.
        ahead: Where the face points, of unit length.
        camera_m: Where the camera is, world metres.
        skin: How much light the skin gives back, 0 to 1.
        far: Whether it is a whole figure, of which the near side counts.
    """

    eyes_m: Vec3
    ahead: Vec3
    camera_m: Vec3
    skin: float = _SKIN
    far: bool = False


def stops_on(
    set_: Set,
    lights: Sequence[Light],
    faces: Sequence[Face],
    *,
    exposure_ev100: float,
    obstacles: Obstacles,
) -> Floats:
    """Return how far above a metered card the seen side of each face is lit.

    Args:
        set_: The set.
        lights: What lights it.
        faces: Whom cameras see.
        exposure_ev100: Of the picture, at ISO 100.
        obstacles: The set's solids.

    Returns:
        Stops, shape (faces,).
    """
    return _stops(_on(set_, lights, faces, obstacles), exposure_ev100)


def faces_in(
    scene: Scene, characters: tuple[Character, ...], *, rate: Rate
) -> tuple[Face, ...]:
    """Return the faces of a scene's shots, at the middle of each.

    Of whole figures what turns to the camera stands for the face; crowds seen from
    far away are left out.

    Args:
        scene: With its shots.
        characters: The film's characters.
        rate: Frames a second.
    """
    shots = [shot for shot in scene.shots if shot.size is not ShotSize.EWS]
    if not shots:
        return ()
    wanted = {b.character for b in scene.blocking}
    people = tuple(c for c in characters if c.id in wanted)
    skins = {c.id: c.skin for c in people}
    stage = Stage(scene, people, rate=rate)
    faces = []
    for shot in shots:
        frame = shot.length_frames // 2
        camera = camera_at(
            shot.camera, length_frames=shot.length_frames, frame=frame, rate=rate
        )
        for who in shot.subjects:
            marks = stage.landmarks(who, shot.first_frame + frame)
            if marks is not None:
                far = shot.size in _FAR
                skin = max(float(np.array(skins[who]) @ _LUMA), 0.02)
                place = np.array(camera.position_m)
                ahead = unit(place - marks.eyes) if far else marks.face
                faces.append(
                    Face(rounded(marks.eyes), rounded(ahead), rounded(place), skin, far)
                )
    return tuple(faces)


def reached(
    set_: Set,
    lights: tuple[Light, ...],
    faces: Sequence[Face],
    *,
    time_of_day: TimeOfDay,
    exposure_ev100: float,
    obstacles: Obstacles,
) -> tuple[Light, ...]:
    """Return the lights with up to two soft lamps more for faces that are lost.

    And with one for whole figures, once the faces have theirs.

    A lamp stands off the lens of a shot whose face is dark, in the room and in sight
    of the face, and is as strong as serves all faces best: what it lifts from the
    dark against what it would burn out. Nor does it burn out what stands by a face
    and turns to the lamp. The stop stays, and so does the mood.

    Args:
        set_: The set.
        lights: What lights it.
        faces: Whom cameras see.
        time_of_day: The hour; a night's faces may be darker than a day's.
        exposure_ev100: Of the picture, at ISO 100.
        obstacles: The set's solids.
    """
    if not faces:
        return lights
    far = np.array([face.far for face in faces])
    least = _LEAST_STOPS[time_of_day] - _FARTHER_STOPS * far
    most = _MOST_STOPS[time_of_day]
    burns = _METER * 2.0 ** (exposure_ev100 + most + _BESIDE_STOPS)
    follows = np.array([face.skin / _SKIN for face in faces]) ** _FOLLOWS_SKIN
    lux = _on(set_, lights, faces, obstacles) * follows
    wanted = _METER * 2.0 ** (exposure_ev100 + least)
    for number in range(1, _MOST_LAMPS + 2):
        whole = number > _MOST_LAMPS
        counts = np.where(far, _FAR_COUNTS * whole, 1.0)
        best: tuple[float, Light, Floats] | None = None
        now = _lost(_stops(lux, exposure_ev100), least, most, counts)
        dark = (lux < wanted) & (far == whole)
        for lamp in _places(set_, faces, dark, obstacles, time_of_day, number):
            gain = _on(set_, [lamp], faces, obstacles) * follows
            limit = burns / _nearest_lux(lamp, faces)
            for strength in _strengths(gain, wanted - lux, limit=limit):
                then = lux + gain * strength
                lost = _lost(_stops(then, exposure_ev100), least, most, counts)
                if best is None or lost < best[0] - 1e-9:
                    lit = lamp.changed(intensity=round(strength, 2))
                    best = (lost, lit, then)
        if best is not None and now - best[0] >= _WORTH:
            lights, lux = (*lights, best[1]), best[2]
    return lights


def _stops(lux: Floats, exposure_ev100: float) -> Floats:
    metered = _METER * 2.0**exposure_ev100
    return np.asarray(np.log2(np.maximum(lux, 1e-4) / metered))


def _lost(stops: Floats, least: Floats, most: float, counts: Floats) -> float:
    """Return squared stops out of the range, over all faces, each as it counts."""
    under, over = np.maximum(least - stops, 0.0), np.maximum(stops - most, 0.0)
    return float((counts * (under**2 + _BURNS * over**2)).sum())


def _nearest_lux(lamp: Light, faces: Sequence[Face]) -> float:
    """Return the most light that a lamp lays on what turns to it where a face is."""
    away = np.array([face.eyes_m for face in faces]) - lamp.position_m
    square = (away**2).sum(axis=1) + lamp.width_m * lamp.height_m / math.pi
    aimed = np.maximum(away @ unit(np.array(lamp.aim_m) - lamp.position_m), 0.0)
    emitted = aimed / np.maximum(np.linalg.norm(away, axis=1), 1e-6)
    return max(float((lamp.intensity * emitted / square).max()), 1e-9)


def _strengths(gain: Floats, lacking: Floats, *, limit: float) -> list[float]:
    """Return intensities that just serve one face each, few and none too strong."""
    dark = (lacking > 0.0) & (gain > 1e-6)
    if not dark.any():
        return []
    each = lacking[dark] / gain[dark]
    served = (float(np.quantile(each, share)) for share in (0.25, 0.5, 0.75, 1.0))
    return list(dict.fromkeys(min(strength, limit) for strength in served))


def _on(
    set_: Set, lights: Sequence[Light], faces: Sequence[Face], obstacles: Obstacles
) -> Floats:
    """Return the light on what cameras see of each face, in lux, bounce and all."""
    lights = [x for x in lights if not (set_.interior and x.role in _OUTSIDE)]
    points = np.array([face.eyes_m for face in faces])
    normals, weights = _seen_sides(faces)
    lux = lux_at(
        points, normals.reshape(-1, 3), lights=lights, set_=set_, obstacles=obstacles
    ).reshape(len(faces), len(faces), len(_CHEEKS_DEG))
    own = lux[np.arange(len(faces)), np.arange(len(faces))]
    return np.asarray((own * weights).sum(axis=1) + bounced_lx(lights, set_=set_))


def _seen_sides(faces: Sequence[Face]) -> tuple[Floats, Floats]:
    """Return the headings of brow and cheeks, (f, 3, 3), and how much of each shows."""
    ahead = np.array([face.ahead for face in faces])
    away = np.array([face.camera_m for face in faces]) - [f.eyes_m for f in faces]
    away /= np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
    yaw = np.degrees(np.arctan2(ahead[:, 0], ahead[:, 2]))
    normals = np.array(
        [[direction(turn + y, 0.0) for turn in _CHEEKS_DEG] for y in yaw]
    )
    shows = np.maximum(np.einsum("fkc,fc->fk", normals, away), 0.02)
    return normals, shows / shows.sum(axis=1, keepdims=True)


def _places(
    set_: Set,
    faces: Sequence[Face],
    dark: NDArray[np.bool_],
    obstacles: Obstacles,
    time_of_day: TimeOfDay,
    number: int,
) -> list[Light]:
    """Return lamps of one candela that may serve the faces that are dark."""
    found: list[Light] = []
    seen: set[Vec3] = set()
    for face, lost in zip(faces, dark, strict=True):
        if not lost:
            continue
        eyes = np.array(face.eyes_m)
        roofed = not set_.interior and obstacles.blocked(eyes, eyes + _UP)
        # Under a roof there is as little room as in one.
        away = (1.5, 2.2) if set_.interior or roofed else (2.5, 4.0)
        size = 1.1 if set_.interior or roofed else 2.0
        offset = np.array(face.camera_m) - eyes
        lens = math.degrees(math.atan2(offset[0], offset[2]))
        for far in away:
            for rise in _RISES_DEG:
                for turn in _TURNS_DEG:
                    place = eyes + direction(lens + turn, rise) * far
                    key = rounded(np.round(place / 0.4) * 0.4)
                    if key in seen or not _stands(set_, place, size, obstacles):
                        continue
                    seen.add(key)
                    lamp = _lamp(set_, place, eyes, size, time_of_day, number)
                    if roofed and time_of_day is not TimeOfDay.DAY:
                        lamp = lamp.changed(color_temperature_k=_ROOF_K)
                    found.append(lamp)
    step = -(-len(found) // _MOST_PLACES) if found else 1
    return found[::step]


def _stands(set_: Set, place: Floats, size_m: float, obstacles: Obstacles) -> bool:
    w, h, d = set_.size_m
    if set_.interior:
        inside = abs(place[0]) < w / 2 - 0.3 and abs(place[2]) < d / 2 - 0.3
        if not inside or place[1] > h - 0.2:
            return False
    return not obstacles.inside(tuple(place), margin_m=0.1 * size_m)


def _lamp(
    set_: Set,
    place: Floats,
    eyes: Floats,
    size_m: float,
    time_of_day: TimeOfDay,
    number: int,
) -> Light:
    night = time_of_day is TimeOfDay.NIGHT
    open_night = night and not set_.interior
    return Light(
        id=f"face-fill-{number}",
        kind=LightKind.AREA,
        role=LightRole.FILL,
        position_m=rounded(place),
        aim_m=rounded(eyes),
        width_m=size_m,
        height_m=size_m,
        intensity=1.0,
        color_temperature_k=_OPEN_NIGHT_K if open_night else _KELVIN[time_of_day],
    )
