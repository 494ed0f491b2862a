"""What carries the camera, and what it can do."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from previz.model.base import Model

__all__ = ["Rig", "RigKind"]


class RigKind(StrEnum):
    """What carries the camera."""

    STICKS = "sticks"
    SLIDER = "slider"
    DOLLY = "dolly"
    TRACK = "curved track"
    PEDESTAL = "pedestal"
    JIB = "jib"
    CRANE = "crane"
    STEADICAM = "steadicam"
    GIMBAL = "gimbal"
    HANDHELD = "handheld"
    DRONE = "drone"
    CAR_MOUNT = "car mount"


class Rig(Model):
    """A rig. A limit that is None is the usual one of its kind (`previz.camera`).

    Attributes:
        kind: What it is.
        arm_m: Length of a jib's or crane's arm, from pivot to camera.
        track_m: Length of the rail or track.
        lowest_m: Lowest height of the lens.
        highest_m: Greatest height of the lens.
        top_speed_mps: Fastest travel.
        unrest: Of a handheld, Steadicam or drone, against a usual operator; 0 none.
    """

    kind: RigKind = RigKind.STICKS
    arm_m: Annotated[float, Field(gt=0, le=50, examples=[3.0])] | None = None
    track_m: Annotated[float, Field(gt=0, le=500, examples=[6.0])] | None = None
    lowest_m: Annotated[float, Field(ge=0, le=500)] | None = None
    highest_m: Annotated[float, Field(gt=0, le=1000)] | None = None
    top_speed_mps: Annotated[float, Field(gt=0, le=100)] | None = None
    unrest: Annotated[float, Field(ge=0, le=5)] = 1.0
