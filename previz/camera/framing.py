"""Sizes and the exact place of a camera for a framing.

Frame coordinates are in heights of the frame: y from -0.5 (bottom) to 0.5 (top), x
from -aspect/2 (left) to aspect/2. A size says which height of the body lies at which
height of the frame; with the direction of view and the lens given, the camera's place
follows in closed form (two points on the picture fix distance and height exactly).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from previz.camera.state import CameraState
from previz.model import Angle, Sensor, ShotSize, Vec3

__all__ = [
    "PITCH_DEG",
    "Body",
    "View",
    "fit",
    "frame_single",
    "shown_gate",
    "size_of",
    "span",
    "tightness",
]

PITCH_DEG: dict[Angle, float] = {
    Angle.EYE: 0.0,
    Angle.LOW: 12.0,
    Angle.HIGH: -14.0,
    Angle.OVERHEAD: -60.0,
    Angle.DUTCH: 0.0,
}
"""How far the camera looks up."""


_UPRIGHT = 0.85
"""How tall an upright head is, as a share of the way from crown to chin."""


@dataclass(frozen=True)
class Body:
    """Heights of a body that framing knows, world metres; see `Stage.landmarks`."""

    id: str
    eyes: Vec3
    head_top: Vec3
    chin: Vec3
    shoulders: Vec3
    waist: Vec3
    hips: Vec3
    knees: Vec3
    feet: Vec3
    facing_deg: float
    face: Vec3

    @property
    def lies(self) -> bool:
        """Whether the head is no higher than the chin: somebody on a bed."""
        return self.head_top[1] - self.chin[1] < 0.08

    def away_deg(self, camera: Vec3) -> float:
        """Return how far the face is turned from a camera: 0 looks into it."""
        way = [c - e for c, e in zip(camera, self.eyes, strict=True)]
        along = _dot(way, self.face) / (math.hypot(*way) or 1.0)
        return math.degrees(math.acos(max(-1.0, min(1.0, along))))


@dataclass(frozen=True)
class View:
    """A camera's place, direction and lens.

    Attributes:
        position: World metres.
        yaw_deg: Where it looks on the floor: 0 is +z, 90 is +x.
        pitch_deg: How far it looks up.
        focal_mm: Focal length.
        sensor: The gate.
    """

    position: Vec3
    yaw_deg: float
    pitch_deg: float
    focal_mm: float
    sensor: Sensor

    @classmethod
    def of(cls, camera: CameraState, *, aspect: float) -> Self:
        """Return where a camera stands and looks; its roll is left out.

        Args:
            camera: The camera.
            aspect: Width over height of the picture that is shown.
        """
        back = camera.world_from_camera[:3, 2]
        x, y, z = (float(v) for v in camera.position_m)
        return cls(
            position=(x, y, z),
            yaw_deg=math.degrees(math.atan2(-back[0], -back[2])),
            pitch_deg=math.degrees(math.asin(max(-1.0, min(1.0, -float(back[1]))))),
            focal_mm=camera.focal_length_mm / camera.squeeze,
            sensor=shown_gate(camera.sensor, aspect=aspect),
        )

    @property
    def forward(self) -> Vec3:
        """Unit direction of view."""
        return self._axes[0]

    @property
    def right(self) -> Vec3:
        """Unit direction to the right of the picture."""
        return self._axes[1]

    @cached_property
    def _axes(self) -> tuple[Vec3, Vec3, Vec3]:
        return _axes(self.yaw_deg, self.pitch_deg)

    @property
    def half_width(self) -> float:
        """Half of the frame's width, in frame heights."""
        return self.sensor.width_mm / self.sensor.height_mm / 2

    def project(self, point: Vec3) -> tuple[float, float, float]:
        """Return frame x and y (frame heights, from the middle) and depth in metres."""
        forward, right, up = self._axes
        at = self.position
        local = (point[0] - at[0], point[1] - at[1], point[2] - at[2])
        depth = _dot(local, forward)
        scale = self.focal_mm / self.sensor.height_mm / max(depth, 1e-6)
        return _dot(local, right) * scale, _dot(local, up) * scale, depth

    def at(self, x: float, y: float, depth_m: float) -> Vec3:
        """Return the point that projects to x and y (frame heights) at a depth."""
        forward, right, up = self._axes
        scale = self.sensor.height_mm / self.focal_mm * depth_m
        px, py, pz = (
            p + f * depth_m + (r * x + u * y) * scale
            for p, f, r, u in zip(self.position, forward, right, up, strict=True)
        )
        return (px, py, pz)

    def sees(self, point: Vec3, *, margin: float = 0.0) -> bool:
        """Whether a point lies in the frame, `margin` frame heights from its edge."""
        x, y, depth = self.project(point)
        return (
            depth > 0.05
            and abs(x) <= self.half_width - margin
            and abs(y) <= 0.5 - margin
        )


def shown_gate(sensor: Sensor, *, aspect: float) -> Sensor:
    """Return the part of a gate that a picture shows: its width, and height to suit.

    Args:
        sensor: The gate; with an anamorphic, the focal length that goes with it here
            is the engraved one over the squeeze, so that both axes scale alike.
        aspect: Width over height of the picture.
    """
    return sensor.changed(height_mm=sensor.width_mm / aspect)


def span(body: Body, size: ShotSize) -> tuple[Vec3, float, Vec3, float]:
    """Return what a size shows: the upper point and its frame height, and the lower.

    Head room falls from 9 % of the frame in a medium shot to 5 % in a close-up; an
    extreme close-up cuts the forehead.
    """
    top = body.head_top
    crown, eyes, chin = _upright(body)
    match size:
        case ShotSize.ECU:
            return _between(eyes, crown, 0.55), 0.5, chin, -0.40
        case ShotSize.BCU:
            return _between(eyes, crown, 0.8), 0.5, chin, -0.33
        case ShotSize.CU:
            return crown, 0.45, chin, -0.21
        case ShotSize.MCU:
            return top, 0.42, _between(body.shoulders, body.waist, 0.35), -0.5
        case ShotSize.MS:
            return top, 0.41, _between(body.waist, body.hips, 0.3), -0.5
        case ShotSize.COWBOY:
            return top, 0.41, _between(body.hips, body.knees, 0.45), -0.5
        case ShotSize.MLS:
            return top, 0.41, _between(body.knees, body.feet, 0.1), -0.5
        case ShotSize.FS:
            return top, 0.41, body.feet, -0.43
        case ShotSize.LS:
            return top, 0.21, body.feet, -0.30
    return top, 0.04, body.feet, -0.18


def _upright(body: Body) -> tuple[Vec3, Vec3, Vec3]:
    """Return crown, eyes and chin; of a head that is thrown back, as if it were not.

    Else a face that looks up, lower than it is long, would be shown too tight.
    """
    top, chin = body.head_top, body.chin
    tall = top[1] - chin[1]
    length = _UPRIGHT * math.dist(top, chin)
    if body.lies or tall >= length:
        return top, body.eyes, chin
    middle = (top[1] + chin[1]) / 2
    crown = (body.eyes[0], middle + length / 2, body.eyes[2])
    low = (body.eyes[0], middle - length / 2, body.eyes[2])
    return crown, (body.eyes[0], middle, body.eyes[2]), low


def tightness(view: View, body: Body, size: ShotSize) -> float:
    """Return how much tighter a view shows a body than a size does; 1 is exact."""
    top, top_y, bottom, bottom_y = span(body, size)
    if body.lies:
        depth = max(view.project(body.chin)[2], 1e-6)
        shown = math.dist(top, bottom) * view.focal_mm / view.sensor.height_mm / depth
    else:
        shown = view.project(top)[1] - view.project(bottom)[1]
    return max(shown, 1e-6) / (top_y - bottom_y)


def size_of(view: View, body: Body) -> ShotSize:
    """Name the size in which a view shows a body: the one it is nearest to."""
    return min(ShotSize, key=lambda size: abs(math.log(tightness(view, body, size))))


def frame_single(
    body: Body,
    size: ShotSize,
    *,
    yaw_deg: float,
    pitch_deg: float,
    focal_mm: float,
    sensor: Sensor,
    eyes_x: float = 0.0,
    loose: float = 1.0,
) -> View:
    """Place a camera that shows a body in a size, exactly.

    Args:
        body: Who.
        size: How tight.
        yaw_deg: Where the camera looks on the floor.
        pitch_deg: How far it looks up.
        focal_mm: The lens.
        sensor: The gate.
        eyes_x: Where the eyes lie across the frame, in frame heights.
        loose: How much farther than exact to stand; 1.2 shows 1.2 times as much.

    Returns:
        The view; its upper and lower points project where `span` says (at `loose` 1).
    """
    top, top_y, bottom, bottom_y = span(body, size)
    forward, right, up = _axes(yaw_deg, pitch_deg)
    lens = focal_mm / sensor.height_mm * loose
    top_z, bottom_z = _dot(top, forward), _dot(bottom, forward)
    top_u, bottom_u = _dot(top, up), _dot(bottom, up)
    away = (lens * (top_u - bottom_u) - top_y * top_z + bottom_y * bottom_z) / (
        top_y - bottom_y
    )
    height = top_u - top_y * (top_z + away) / lens
    across = _dot(body.eyes, right) - eyes_x * (_dot(body.eyes, forward) + away) / lens
    return View(
        _world(-away, across, height, yaw_deg, pitch_deg),
        yaw_deg,
        pitch_deg,
        focal_mm,
        sensor,
    )


def fit(
    points: Sequence[Vec3],
    *,
    yaw_deg: float,
    pitch_deg: float,
    focal_mm: float,
    sensor: Sensor,
    margin: float = 0.08,
    head_room: float = 0.1,
    least_m: float = 0.0,
) -> View:
    """Place a camera as near as it can be with all points in the frame.

    Args:
        points: What must be seen, world metres.
        yaw_deg: Where the camera looks on the floor.
        pitch_deg: How far it looks up.
        focal_mm: The lens.
        sensor: The gate.
        margin: Room at the sides and below, in frame heights.
        head_room: Room above.
        least_m: Least depth of the nearest point.
    """
    axes = _axes(yaw_deg, pitch_deg)
    z, x, y = ([_dot(p, axis) for p in points] for axis in axes)
    lens = focal_mm / sensor.height_mm
    side = (sensor.width_mm / sensor.height_mm / 2 - margin) / lens
    top, bottom = (0.5 - head_room) / lens, (-0.5 + margin) / lens
    right = max(a - side * d for a, d in zip(x, z, strict=True))
    left = min(a + side * d for a, d in zip(x, z, strict=True))
    upper = max(a - top * d for a, d in zip(y, z, strict=True))
    lower = min(a - bottom * d for a, d in zip(y, z, strict=True))
    away = max(
        (right - left) / (2 * side), (upper - lower) / (top - bottom), least_m - min(z)
    )
    across = ((right - side * away) + (left + side * away)) / 2
    height = upper - top * away
    return View(
        _world(-away, across, height, yaw_deg, pitch_deg),
        yaw_deg,
        pitch_deg,
        focal_mm,
        sensor,
    )


def _axes(yaw_deg: float, pitch_deg: float) -> tuple[Vec3, Vec3, Vec3]:
    """Return forward, right and up of a camera that looks this way."""
    yaw, pitch = math.radians(yaw_deg), math.radians(pitch_deg)
    s, c, level, rise = math.sin(yaw), math.cos(yaw), math.cos(pitch), math.sin(pitch)
    return (s * level, rise, c * level), (-c, 0.0, s), (-s * rise, level, -c * rise)


def _world(
    along: float, across: float, height: float, yaw_deg: float, pitch_deg: float
) -> Vec3:
    forward, right, up = _axes(yaw_deg, pitch_deg)
    x, y, z = (
        along * f + across * r + height * u
        for f, r, u in zip(forward, right, up, strict=True)
    )
    return (x, y, z)


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _between(a: Vec3, b: Vec3, share: float) -> Vec3:
    return (
        a[0] + (b[0] - a[0]) * share,
        a[1] + (b[1] - a[1]) * share,
        a[2] + (b[2] - a[2]) * share,
    )
