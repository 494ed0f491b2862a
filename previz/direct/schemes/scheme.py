"""A scheme's lights for a set, a camera and a face; a scene lit so for a shot."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from previz.direct.lighting import light
from previz.direct.schemes.laws import LAWS, Law
from previz.direct.schemes.placing import Room
from previz.direct.schemes.solving import Subject, behind_m, lamps_for
from previz.errors import ModelError, UnknownNameError
from previz.model import (
    Character,
    Light,
    LightRole,
    Rate,
    Scene,
    Set,
    Shot,
    TimeOfDay,
)
from previz.stage import BONES, NO_ASSETS, Assets, CameraState, Obstacles, Stage

__all__ = ["relight", "scheme", "scheme_exposure"]

_METER = 2.5
"""Lux at EV 0 and ISO 100 of an incident meter (ISO 2720, C = 250)."""
_LAMPLIGHT_K = 3400.0
_HEAD = BONES.index("head")
_ALIASES = {"noir": "low_key", "three-point": "three_point", "high-key": "high_key"}
_KEPT_INDOORS = (
    LightRole.SKY,
    LightRole.WINDOW,
    LightRole.PRACTICAL,
    LightRole.SCREEN,
    LightRole.BACKING,
)
_NEAR_M = 12.0


def _law(name: str) -> Law:
    written = str(name).strip().lower().replace(" ", "_")
    law = LAWS.get(_ALIASES.get(written, written))
    if law is None:
        raise UnknownNameError("scheme.name", name, [*LAWS, "noir"])
    return law


def scheme(
    name: str,
    *,
    camera: CameraState | tuple[CameraState, ...],
    subject: Subject,
    set_: Set,
    time_of_day: TimeOfDay = TimeOfDay.DAY,
    seed: int = 0,
    assets: Assets = NO_ASSETS,
) -> tuple[Light, ...]:
    """Return a scheme's lights: the named lamps first, then what the set keeps lit.

    Lamps stand out of the picture, out of walls and in sight of the subject. Key and
    fill are solved so that the two cheeks differ by the scheme's ratio.

    Args:
        name: A name of `LAWS`, such as "rembrandt"; "noir" is low_key.
        camera: What sees the shot; several where the camera moves. The first decides
            the angles, none sees a lamp.
        subject: Who is lit.
        set_: Where.
        time_of_day: The scene's, for schemes that have none of their own.
        seed: Chooses the key's side for a face that looks into the lens.
        assets: Imported meshes.

    Raises:
        UnknownNameError: If there is no such scheme.
        ModelError: If a camera stands where the eyes are.
    """
    law = _law(name)
    cameras = camera if isinstance(camera, tuple) else (camera,)
    eyes = np.array(subject.eyes_m)
    if float(np.linalg.norm(cameras[0].position_m - eyes)) < 0.05:
        raise ModelError(
            "scheme.camera must stand away from the subject's eyes, got a camera at "
            f"{tuple(round(float(v), 2) for v in eyes)}. Move the camera back."
        )
    room = Room(set_=set_, obstacles=Obstacles(set_, assets=assets), cameras=cameras)
    hour = law.hour or time_of_day
    first, exposure = light(set_, time_of_day=hour, seed=seed)
    walled = set_.interior or (
        law.key_to_fill_stops == 0.0 and behind_m(eyes, room) < _NEAR_M
    )
    parts = law.indoors if walled else law.outdoors
    if set_.interior and law.hour is None and hour is TimeOfDay.NIGHT:
        parts = tuple(
            replace(part, kelvin=min(part.kelvin, _LAMPLIGHT_K)) for part in parts
        )
    return lamps_for(
        law,
        parts,
        subject=subject,
        room=room,
        key_lx=_METER * 2.0 ** (exposure + law.key_stops),
        base=_base(first, set_),
        seed=seed,
    )


def scheme_exposure(
    name: str,
    *,
    set_: Set,
    time_of_day: TimeOfDay = TimeOfDay.DAY,
    seed: int = 0,
) -> float:
    """Return the exposure value at ISO 100 that a scheme is lit for.

    It is that of the set's first-choice light at the scheme's hour, so that what the
    set itself gives out reads as it did.

    Raises:
        UnknownNameError: If there is no such scheme.
    """
    hour = _law(name).hour or time_of_day
    return light(set_, time_of_day=hour, seed=seed)[1]


def _base(first: tuple[Light, ...], set_: Set) -> tuple[Light, ...]:
    """Return one of each of the lights that belong to the set, not to the crew."""
    kept: dict[LightRole, Light] = {}
    for lamp in first:
        own = lamp.role in _KEPT_INDOORS if set_.interior else (
            lamp.role is LightRole.PRACTICAL
        )  # fmt: skip
        if own:
            kept.setdefault(lamp.role, lamp)
    return tuple(kept.values())


def _subject(stage: Stage, shot: Shot, who: str, frame: int) -> Subject:
    """Return where somebody's eyes are at a frame of a shot, and where they face.

    Raises:
        ModelError: If they are not there.
    """
    bones = stage.bones(who, shot.first_frame + frame)
    marks = stage.landmarks(who, shot.first_frame + frame)
    if bones is None or marks is None:
        raise ModelError(
            f"relight.character must be on the set at frame {frame} of shot "
            f"{shot.slate}, got {who!r}, who is not. Pass another frame."
        )
    ahead = bones[_HEAD][:3, 2]
    x, y, z = (float(v) for v in marks.eyes)
    return Subject((x, y, z), math.degrees(math.atan2(ahead[0], ahead[2])))


def relight(
    scene: Scene,
    shot: Shot,
    name: str,
    *,
    characters: tuple[Character, ...],
    rate: Rate,
    character: str | None = None,
    frame: int | None = None,
    seed: int = 0,
    assets: Assets = NO_ASSETS,
) -> Scene:
    """Return the scene lit by a scheme for one of its shots, and exposed for it.

    Args:
        scene: The scene.
        shot: The shot whose camera must not see a lamp, at its start, middle and end.
        name: The scheme.
        characters: The film's characters.
        rate: Frames a second.
        character: Who is lit; the shot's first subject by default.
        frame: Shot frame at which they are measured; the middle by default.
        seed: As in `scheme`.
        assets: Imported meshes and motion.

    Raises:
        UnknownNameError: If there is no such scheme or character.
        ModelError: If nobody is there to be lit.
    """
    stage = Stage(scene, characters, rate=rate, assets=assets)
    at = shot.length_frames // 2 if frame is None else frame
    who = character or (shot.subjects[0] if shot.subjects else None)
    if who is None:
        raise ModelError(
            f"relight.character must be given for shot {shot.slate}, which has no "
            "subject, got None. Name who is lit."
        )
    subject = _subject(stage, shot, who, at)
    frames = dict.fromkeys((at, 0, shot.length_frames - 1))
    lights = scheme(
        name,
        camera=tuple(stage.at(shot, f).camera for f in frames),
        subject=subject,
        set_=scene.set,
        time_of_day=scene.time_of_day,
        seed=seed,
        assets=assets,
    )
    exposure = scheme_exposure(
        name, set_=scene.set, time_of_day=scene.time_of_day, seed=seed
    )
    return scene.changed(lights=lights, exposure_ev100=exposure)
