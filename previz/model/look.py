"""What lens, body and filters do to the picture, and how it changes over time."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from previz.model.base import Model

__all__ = [
    "LAST_FRAME",
    "Control",
    "ControlKey",
    "FocusDistance",
    "FocusKey",
    "FrameNumber",
    "Look",
    "Track",
]


LAST_FRAME = 10_000_000
"""No shot is longer: four and a half days at 24 frames a second."""

FrameNumber = Annotated[int, Field(ge=0, le=LAST_FRAME, examples=[0])]
"""A shot frame, from 0."""

FocusDistance = Annotated[float, Field(ge=1e-3, le=10_000, examples=[2.5])]
"""Metres from the sensor."""


class Look(Model):
    """The character of the picture beyond framing. Every control at 0 does nothing.

    Attributes:
        depth_of_field: Whether what is off the focus plane blurs, by the lens's real
            circle of confusion.
        motion_blur: Whether what moves blurs, by the shutter's angle.
        distortion: How far a point at the frame's corner is displaced outward, as a
            share of its distance from the centre; negative is barrel.
        chromatic_aberration: Lateral colour at the frame's corner: red against blue,
            as a share of the distance from the centre.
        vignette_stops: Light lost at the frame's corner.
        bloom: Share of bright light that veils around it.
        halation: Share of bright light that scatters back red from the film base.
        flare: Strength of the ghosts and streak of a light in the frame.
        diffusion: A diffusion filter in front of the lens, in its strength grade: 1
            is a full, 0.25 a quarter.
        grain: Noise at middle grey as a share of it.
        exposure_stops: Brighter in post, without touching stop or shutter.
        tint: Green (negative) to magenta (positive).
        gate_crop: Share of the gate's width and height in use; 1 is all of it.
        tilt_deg: Of the focus plane about the horizontal (tilt-shift).
        swing_deg: Of the focus plane about the vertical.
        shift_x: Of the optical axis, as a share of the gate's width.
        shift_y: Of the optical axis, as a share of the gate's height.
    """

    depth_of_field: bool = True
    motion_blur: bool = False
    distortion: Annotated[float, Field(ge=-0.5, le=0.5)] = 0.0
    chromatic_aberration: Annotated[float, Field(ge=-0.05, le=0.05)] = 0.0
    vignette_stops: Annotated[float, Field(ge=0, le=6)] = 0.0
    bloom: Annotated[float, Field(ge=0, le=1)] = 0.05
    halation: Annotated[float, Field(ge=0, le=1)] = 0.0
    flare: Annotated[float, Field(ge=0, le=1)] = 0.0
    diffusion: Annotated[float, Field(ge=0, le=2)] = 0.0
    grain: Annotated[float, Field(ge=0, le=1)] = 0.0
    exposure_stops: Annotated[float, Field(ge=-10, le=10)] = 0.0
    tint: Annotated[float, Field(ge=-1, le=1)] = 0.0
    gate_crop: Annotated[float, Field(ge=0.05, le=1)] = 1.0
    tilt_deg: Annotated[float, Field(ge=-15, le=15)] = 0.0
    swing_deg: Annotated[float, Field(ge=-15, le=15)] = 0.0
    shift_x: Annotated[float, Field(ge=-0.5, le=0.5)] = 0.0
    shift_y: Annotated[float, Field(ge=-0.5, le=0.5)] = 0.0


class Control(StrEnum):
    """What a track can key over time: a field of the camera, lens or look."""

    FOCAL_LENGTH = "focal_length_mm"
    T_STOP = "t_stop"
    ROLL = "roll_deg"
    SQUEEZE = "squeeze"
    SHUTTER = "shutter_deg"
    ISO = "iso"
    ND = "nd_stops"
    WHITE_BALANCE = "white_balance_k"
    DISTORTION = "distortion"
    CHROMATIC_ABERRATION = "chromatic_aberration"
    VIGNETTE = "vignette_stops"
    BREATHING = "breathing"
    CATS_EYE = "cats_eye"
    BLOOM = "bloom"
    HALATION = "halation"
    FLARE = "flare"
    DIFFUSION = "diffusion"
    GRAIN = "grain"
    EXPOSURE = "exposure_stops"
    TINT = "tint"
    GATE_CROP = "gate_crop"
    TILT = "tilt_deg"
    SWING = "swing_deg"
    SHIFT_X = "shift_x"
    SHIFT_Y = "shift_y"


_BOUNDS: dict[Control, tuple[float, float]] = {
    Control.FOCAL_LENGTH: (1.0, 2000.0),
    Control.T_STOP: (0.5, 64.0),
    Control.ROLL: (-180.0, 180.0),
    Control.SQUEEZE: (1.0, 2.0),
    Control.SHUTTER: (1.0, 360.0),
    Control.ISO: (1.0, 409600.0),
    Control.ND: (0.0, 20.0),
    Control.WHITE_BALANCE: (1000.0, 40000.0),
    Control.BREATHING: (-0.5, 0.5),
    Control.CATS_EYE: (0.0, 1.0),
}
"""Least and greatest value of the controls that are not fields of `Look`."""


class ControlKey(Model):
    """A control's value at a shot frame."""

    frame: FrameNumber
    value: float


class Track(Model):
    """One control keyed over the shot: a curve through its keys that never overshoots.

    Before the first and after the last key their values hold. The track decides over
    the value that camera, lens or look store.
    """

    control: Control
    keys: Annotated[tuple[ControlKey, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _keys_run_forward(self) -> Self:
        frames = [key.frame for key in self.keys]
        for key in self.keys:
            _check(self.control, key)
        if frames != sorted(set(frames)):
            raise ValueError(
                f"Track.keys must be of rising frame, got frames {frames}. "
                "Sort the keys and drop the second key of a frame."
            )
        return self


class FocusKey(Model):
    """What is sharp at a shot frame: a distance, or somebody, wherever they go.

    Between two keys the puller moves over `pull_frames` that end at the later key;
    None pulls all the way between the two.
    """

    frame: FrameNumber
    distance_m: FocusDistance | None = None
    subject: str = ""
    pull_frames: Annotated[int, Field(ge=1, le=LAST_FRAME)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.distance_m is None) == (not self.subject):
            raise ValueError(
                "FocusKey must have either distance_m or subject, got "
                f"{self.distance_m} and {self.subject!r}. Pass one of them."
            )
        return self


def _check(control: Control, key: ControlKey) -> None:
    """Raise if a keyed value is none that the control can take."""
    if control not in _BOUNDS:
        Look(**{str(control): key.value})
        return
    least, greatest = _BOUNDS[control]
    if not least <= key.value <= greatest:
        raise ValueError(
            f"ControlKey.value must be {least:g} to {greatest:g} for {control}, got "
            f"{key.value:g} at frame {key.frame}. Pass a value within the rule."
        )
