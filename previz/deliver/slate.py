"""What a delivered file says of itself: whose it is, when it plays, how it was shot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.model import Rate

__all__ = ["Attribute", "Slate", "camera_attributes", "slate_attributes"]

Attribute = str | int | float | Fraction | NDArray[np.float32]
"""What an attribute of a picture may be; a matrix is of shape (4, 4)."""


@dataclass(frozen=True)
class Slate:
    """A take as files name it.

    Attributes:
        film: The film's title.
        shot: The shot's slate, such as "12A".
        take: The take's name.
        rate: Frames a second.
        first_frame: At which frame of the film's day its first picture stands.
    """

    film: str = ""
    shot: str = ""
    take: str = ""
    rate: Rate = field(default_factory=Rate)
    first_frame: int = 0

    def timecode(self, frame: int = 0) -> str:
        """Return the SMPTE timecode of a picture, counted from 0."""
        return self.rate.timecode(self.first_frame + frame)

    def texts(self) -> dict[str, str]:
        """Return what is not empty, by the name that files have for it."""
        named = {"film": self.film, "slate": self.shot, "take": self.take}
        return {name: text for name, text in named.items() if text}


def slate_attributes(slate: Slate, frame: int) -> dict[str, Attribute]:
    """Return the attributes of one picture of a take.

    Args:
        slate: The take.
        frame: The picture, counted from 0.
    """
    return {
        **slate.texts(),
        "timeCode": slate.timecode(frame),
        "framesPerSecond": slate.rate.fraction,
        "imageCounter": slate.first_frame + frame,
    }


def camera_attributes(camera: CameraState) -> Mapping[str, Attribute]:
    """Return how a picture was shot, under OpenEXR's standard names.

    `worldToCamera` multiplies rows from the left, as Imath has it; the camera looks
    down -z, y up.
    """
    said: dict[str, Attribute] = {
        "nominalFocalLength": float(camera.focal_length_mm),
        "tStop": float(camera.t_stop),
        "focus": float(camera.focus_distance_m),
        "shutterAngle": float(camera.shutter_deg),
        "sensorWidthMm": float(camera.sensor.width_mm),
        "sensorHeightMm": float(camera.sensor.height_mm),
        "squeeze": float(camera.squeeze),
        "worldToCamera": np.asarray(camera.camera_from_world.T, np.float32),
    }
    if camera.white_balance_k is not None:
        said["cameraCCTSetting"] = float(camera.white_balance_k)
    if camera.exposure_ev100 is not None:
        said["exposureEv100"] = float(camera.exposure_ev100)
    return said
