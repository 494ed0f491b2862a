"""The gear: a camera body's gate and the glass in front of it, as engraved."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from previz.model.base import Model

__all__ = ["Lens", "Sensor"]


class Sensor(Model):
    """A camera body's gate: the part of the sensor that makes the picture."""

    name: Annotated[str, Field(examples=["Super 35 3-perf"])] = "Super 35, 16:9"
    width_mm: Annotated[float, Field(ge=1, le=200, examples=[24.89])] = 24.89
    height_mm: Annotated[float, Field(ge=1, le=200, examples=[14.0])] = 14.0
    native_iso: Annotated[float, Field(ge=1, le=409600, examples=[800.0])] = 800.0


class Lens(Model):
    """The glass. The field of view is never stored: it follows from gate and focal.

    Attributes:
        focal_length_mm: As engraved; a zoom's wide end.
        longest_mm: A zoom's long end; None for a prime.
        squeeze: Of an anamorphic; 1 for spherical glass.
        t_stop: As set.
        widest_t_stop: As far as it opens.
        close_focus_m: From the sensor.
        blades: Of the iris; 0 is a perfect circle.
        breathing: By how much the focal length falls from infinity to close focus,
            as a share of it.
        cats_eye: How much the barrel clips the pupil at the picture's corner, as a
            share of the pupil.
        image_circle_mm: Diameter that it covers; None if not published.
    """

    name: Annotated[str, Field(examples=["35 mm T2"])] = "35 mm"
    focal_length_mm: Annotated[float, Field(ge=1, le=2000, examples=[35.0])] = 35.0
    longest_mm: Annotated[float, Field(gt=0, le=2000, examples=[70.0])] | None = None
    squeeze: Annotated[float, Field(ge=1, le=2, examples=[1.0])] = 1.0
    t_stop: Annotated[float, Field(ge=0.5, le=64, examples=[2.8])] = 2.8
    widest_t_stop: Annotated[float, Field(ge=0.5, le=64, examples=[1.3])] = 0.5
    close_focus_m: Annotated[float, Field(ge=0, le=100, examples=[0.35])] = 0.35
    blades: Annotated[int, Field(ge=0, le=24, examples=[9])] = 0
    breathing: Annotated[float, Field(ge=-0.5, le=0.5)] = 0.0
    cats_eye: Annotated[float, Field(ge=0, le=1)] = 0.0
    image_circle_mm: Annotated[float, Field(gt=0, le=400)] | None = None

    @model_validator(mode="after")
    def _glass_is_possible(self) -> Self:
        if self.longest_mm is not None and self.longest_mm < self.focal_length_mm:
            raise ValueError(
                f"Lens.longest_mm must be >= the wide end {self.focal_length_mm:g} mm, "
                f"got {self.longest_mm:g}. Swap the two ends."
            )
        if self.t_stop < self.widest_t_stop - 1e-9:
            raise ValueError(
                f"Lens.t_stop must be >= T{self.widest_t_stop:g}, as far as "
                f"{self.name} opens, got {self.t_stop:g}. Stop down or add light."
            )
        return self
