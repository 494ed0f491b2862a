"""The cameras on a plan: where each setup stands, what it sees, how it moves."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from previz.model import Shot, Vec3
from previz.report.sheet import Sheet
from previz.stage import CameraState, camera_at

__all__ = ["draw_cameras"]

_INK = "#e9e7e1"
_SHOWN = 4
_STATIONS = 9


def draw_cameras(sheet: Sheet, *, shots: Sequence[Shot]) -> None:
    """Draw one camera for each setup, labelled with the slates shot from it."""
    setups: dict[tuple[float, ...], list[Shot]] = {}
    for shot in shots:
        track = _track(shot)
        ahead = -track[0].world_from_camera[:3, 2]
        place = (*track[0].position_m, *ahead, *track[-1].position_m)
        focal = shot.camera.poses[0].focal_length_mm
        key = (*(round(float(value), 1) for value in place), focal)
        setups.setdefault(key, []).append(shot)
    for alike in setups.values():
        _camera(sheet, alike)


def _camera(sheet: Sheet, shots: list[Shot]) -> None:
    shot = shots[0]
    poses = shot.camera.poses
    track = [_point(state.position_m) for state in _track(shot)]
    (x, _, z), (tx, _, tz) = track[0], poses[0].target_m
    away = math.hypot(tx - x, tz - z)
    back = _track(shot)[0].world_from_camera[:3, 2]
    yaw = math.atan2(-back[0], -back[2])
    half = math.atan(
        shot.camera.sensor.width_mm
        * shot.camera.lens.squeeze
        / (2 * poses[0].focal_length_mm)
    )
    reach = min(max(away, sheet.px(50)), sheet.px(230)) / math.cos(half)
    rays = [
        (
            x + math.sin(yaw + side * half) * reach,
            0.0,
            z + math.cos(yaw + side * half) * reach,
        )
        for side in (-1, 1)
    ]
    slates = [s.slate for s in shots]
    words = ", ".join(slates[:_SHOWN]) + (
        f" +{len(slates) - _SHOWN}" if len(slates) > _SHOWN else ""
    )
    title = f"{', '.join(slates)}: {poses[0].focal_length_mm:g} mm, {shot.camera.move}"
    sheet.polygon([(x, 0, z), *rays], fill=_INK, opacity=0.035, title=title)
    for ray in rays:
        sheet.line((x, 0, z), ray, stroke="#6d7074", width=0.8)
    if math.dist(track[0][::2], track[-1][::2]) > 0.1:
        sheet.path(track, stroke=_INK, width=1.4, dash="5 3", round_=False)
        sheet.head(track[-2], track[-1], fill=_INK, back_m=0)
    _body(sheet, x, z, yaw)
    behind = sheet.px(10)
    at = (x - math.sin(yaw) * behind, 0.0, z - math.cos(yaw) * behind)
    sheet.label(at, words, fill=_INK, px=11, bold=True)


def _track(shot: Shot) -> list[CameraState]:
    """Return the camera at a few frames, first and last among them."""
    last = shot.length_frames - 1
    frames = sorted({round(last * i / (_STATIONS - 1)) for i in range(_STATIONS)})
    return [
        camera_at(shot.camera, length_frames=shot.length_frames, frame=frame)
        for frame in frames
    ]


def _point(value: NDArray[np.float64]) -> Vec3:
    return (float(value[0]), float(value[1]), float(value[2]))


def _body(sheet: Sheet, x: float, z: float, yaw: float) -> None:
    """Draw a camera from above: body and matte box."""
    ux, uz = math.sin(yaw), math.cos(yaw)

    def at(forward: float, side: float) -> tuple[float, float, float]:
        f, s = sheet.px(forward), sheet.px(side)
        return (x + ux * f - uz * s, 0.0, z + uz * f + ux * s)

    sheet.polygon([at(-13, -4.5), at(-2, -4.5), at(-2, 4.5), at(-13, 4.5)], fill=_INK)
    sheet.polygon([at(-2, -2), at(4, -6), at(4, 6), at(-2, 2)], fill=_INK)
