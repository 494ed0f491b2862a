"""What the camera department costs and how true its solvers are."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from previz.camera import camera_at, handheld_path
from previz.camera import moves as mv
from previz.camera.gear import our_gear
from previz.camera.path import along_path
from previz.model import (
    Aim,
    Camera,
    CameraPose,
    Control,
    ControlKey,
    FocusKey,
    Lens,
    Rate,
    Rig,
    RigKind,
    Sensor,
    TimingKey,
    Track,
)

_LENGTH = 240
_WIDTH, _HEIGHT = 1920, 1080
_ZOOM = Lens(focal_length_mm=20, longest_mm=120, breathing=0.05)


def keyed_camera() -> Camera:
    """Return a camera with 40 keys: poses, timing, focus and four tracks."""
    rng = np.random.default_rng(0)
    tracked = {
        Control.T_STOP: 2.8,
        Control.GRAIN: 0.1,
        Control.VIGNETTE: 1.0,
        Control.BREATHING: 0.05,
    }
    return Camera(
        poses=tuple(
            CameraPose(
                position_m=(0.5 * i, 1.5, float(rng.normal())),
                target_m=(0.5 * i, 1.4, -5.0),
            )
            for i in range(10)
        ),
        timing=tuple(TimingKey(frame=26 * i, travel=i / 9) for i in range(10)),
        focus=tuple(FocusKey(frame=60 * i, subject="ann") for i in range(4)),
        tracks=tuple(
            Track(
                control=control,
                keys=tuple(ControlKey(frame=60 * i, value=value) for i in range(4)),
            )
            for control, value in tracked.items()
        ),
        lens=_ZOOM,
        rig=Rig(kind=RigKind.HANDHELD),
        aim=Aim(subjects=("ann",), at=((0.4, 0.35),)),
        iso=800,
    )


def walking(subject: str, part: str, frame: int) -> tuple[float, float, float]:
    """Say where somebody is who walks across; the others stand beyond."""
    if subject == "ann":
        return (1.5 + 0.01 * frame, 1.6, -4.0)
    return (4.0, 1.7, -6.0)


def frame_ms(camera: Camera) -> list[float]:
    """Time each frame of a shot after the first, in milliseconds."""
    values = []
    for frame in range(_LENGTH):
        begun = time.perf_counter()
        camera_at(camera, length_frames=_LENGTH, frame=frame, where=walking)
        values.append((time.perf_counter() - begun) * 1e3)
    return values[1:]


def handheld_hour_s() -> float:
    """Time one hour of a walking operator's unrest at 24 frames a second."""
    frames = 24 * 3600
    begun = time.perf_counter()
    handheld_path(1, frames, rate=Rate(), speed_mps=np.full(frames, 1.2))
    return time.perf_counter() - begun


def aim_error_px(aim: Aim) -> float:
    """Return how far from their places subjects are held at worst, at 1920 × 1080."""
    camera = keyed_camera().changed(aim=aim, rig=Rig(), focus=())
    worst = 0.0
    for frame in range(0, _LENGTH, 5):
        state = camera_at(camera, length_frames=_LENGTH, frame=frame, where=walking)
        points = np.array([walking(s, aim.part, frame) for s in aim.subjects])
        high = _WIDTH * state.sensor.height_mm / state.sensor.width_mm
        found, _ = state.project(points, width_px=_WIDTH, height_px=1)
        found[:, 1] += (high - 1) / 2
        wanted = np.array(aim.at) * (_WIDTH, high)
        worst = max(worst, float(np.linalg.norm(found - wanted, axis=1).max()))
    return worst


def dolly_zoom_error() -> float:
    """Return the greatest error in size of somebody who walks, as a share of it."""
    pose = CameraPose(position_m=(1.5, 1.5, 2), target_m=(1.5, 1.5, -4))
    camera = mv.dolly_zoom(
        Camera(poses=(pose,), lens=_ZOOM, aim=Aim(subjects=("ann",))),
        2.5,
        subject="ann",
    )
    sizes = []
    for frame in range(_LENGTH):
        state = camera_at(camera, length_frames=_LENGTH, frame=frame, where=walking)
        eyes = np.array([walking("ann", "eyes", frame)])
        depth = state.project(eyes, width_px=_WIDTH, height_px=_HEIGHT)[1][0]
        sizes.append(state.focal_length_mm / depth)
    return float(np.abs(np.array(sizes) / sizes[0] - 1).max())


def speed_spread() -> float:
    """Return how much an even move along a bent path varies in speed, as a share."""
    camera = keyed_camera()
    length = 20_001
    keys = (TimingKey(frame=0, travel=0), TimingKey(frame=length - 1, travel=1))
    at = along_path(camera.changed(timing=keys), length_frames=length).position
    steps = np.linalg.norm(np.diff(at, axis=0), axis=1)
    return float((steps.max() - steps.min()) / steps.mean())


def gear_round_trips() -> dict[str, int]:
    """Return how many gates and lenses there are, and how many JSON does not keep."""
    gear = our_gear()
    values = [body.sensor(gate.mode) for body in gear.bodies for gate in body.gates]
    lenses = [
        set_.lens(one.focal_length_mm) for set_ in gear.lens_sets for one in set_.lenses
    ]
    lost = sum(Sensor.from_json(v.to_json()) != v for v in values)
    lost += sum(Lens.from_json(v.to_json()) != v for v in lenses)
    return {
        "gear_gates": len(values),
        "gear_lenses": len(lenses),
        "gear_not_exact": lost,
    }


def figures() -> dict[str, Any]:
    """Return all of it: times as lists of runs, errors as numbers."""
    camera = keyed_camera()
    one = Aim(subjects=("ann",), at=((0.33, 0.3),))
    two = Aim(subjects=("ann", "bob"), at=((0.3, 0.4), (0.7, 0.4)), solve="position")
    frame_ms(camera)
    return {
        **gear_round_trips(),
        "frame_ms": frame_ms(camera),
        "frame_without_aim_ms": frame_ms(camera.changed(aim=None)),
        "two_subjects_by_position_ms": frame_ms(camera.changed(aim=two)),
        "handheld_hour_s": [handheld_hour_s() for _ in range(5)],
        "aim_error_px": aim_error_px(one),
        "two_subject_error_px": aim_error_px(two),
        "dolly_zoom_size_error": dolly_zoom_error(),
        "even_speed_spread": speed_spread(),
    }
