"""Cameras as the crew sets them: gear, poses along a path, and their timing."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from previz.model.base import Model, Vec3

__all__ = ["Camera", "CameraPose", "Lens", "Move", "Sensor", "TimingKey"]


class Sensor(Model):
    """A camera body's gate: the part of the sensor that makes the picture."""

    name: Annotated[str, Field(examples=["Super 35 3-perf"])] = "Super 35, 16:9"
    width_mm: Annotated[float, Field(gt=0, le=200, examples=[24.89])] = 24.89
    height_mm: Annotated[float, Field(gt=0, le=200, examples=[14.0])] = 14.0


class Lens(Model):
    """The glass. The field of view is never stored: it follows from gate and focal."""

    name: Annotated[str, Field(examples=["35 mm T2"])] = "35 mm"
    focal_length_mm: Annotated[float, Field(gt=0, le=2000, examples=[35.0])] = 35.0
    squeeze: Annotated[float, Field(ge=1, le=2, examples=[1.0])] = 1.0
    t_stop: Annotated[float, Field(gt=0, le=64, examples=[2.8])] = 2.8
    close_focus_m: Annotated[float, Field(ge=0, examples=[0.35])] = 0.35


class Move(StrEnum):
    """What the camera does during a shot."""

    STATIC = "static"
    PAN = "pan"
    TILT = "tilt"
    PUSH_IN = "push in"
    PULL_OUT = "pull out"
    TRUCK = "truck"
    TRACK = "track"
    CRANE = "crane"
    ARC = "arc"
    HANDHELD = "handheld"


class CameraPose(Model):
    """Where the camera is and what it looks at, at one point of its path."""

    position_m: Vec3
    target_m: Vec3
    roll_deg: Annotated[float, Field(ge=-180, le=180, examples=[0.0])] = 0.0
    focal_length_mm: Annotated[float, Field(gt=0, le=2000, examples=[35.0])] = 35.0
    focus_distance_m: Annotated[float, Field(gt=0, examples=[2.5])] = 2.5

    @model_validator(mode="after")
    def _looks_somewhere(self) -> Self:
        gap = sum(
            (a - b) ** 2 for a, b in zip(self.position_m, self.target_m, strict=True)
        )
        if gap < 1e-8:
            raise ValueError(
                "CameraPose.target_m must be >= 0.1 mm from position_m, "
                f"got {self.target_m}. Move the target or the camera."
            )
        return self


class TimingKey(Model):
    """At shot frame `frame` the camera has travelled this share of its path."""

    frame: Annotated[int, Field(ge=0, examples=[0])]
    travel: Annotated[float, Field(ge=0, le=1, examples=[0.0])]


class Camera(Model):
    """A camera over a shot: geometry (poses) and, separately, timing.

    The path is a spline through the poses, measured by arc length; timing is a
    monotone curve from shot frame to share of the path. Endpoints are reached.
    """

    sensor: Sensor = Sensor()
    lens: Lens = Lens()
    move: Move = Move.STATIC
    support: Annotated[str, Field(examples=["sticks", "dolly"])] = "sticks"
    poses: Annotated[tuple[CameraPose, ...], Field(min_length=1)]
    timing: tuple[TimingKey, ...] = ()
    shutter_deg: Annotated[float, Field(gt=0, le=360, examples=[180.0])] = 180.0
    seed: Annotated[int, Field(ge=0, description="Seeds handheld unrest.")] = 0

    @model_validator(mode="after")
    def _timing_runs_forward(self) -> Self:
        frames = [key.frame for key in self.timing]
        travels = [key.travel for key in self.timing]
        if frames != sorted(set(frames)) or travels != sorted(travels):
            raise ValueError(
                "Camera.timing must be keys of rising frame and non-falling travel, "
                f"got frames {frames} and travels {travels}. Sort the keys and drop "
                "the second key of a frame."
            )
        return self
