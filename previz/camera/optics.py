"""What the lens does on its gate: sharpness, depth of field, angle of view, breathing.

The thin lens throughout. Distances are metres along the axis from the lens; between
lens and gate lies less than the length of a lens, which no focus puller measures in a
previz. The T-stop counts as the f-number, as on a depth-of-field slide rule for motion
pictures: a lens of T1.3 is about f/1.24 (US patent 2007/0236805), 4 % wider, so a
real depth of field is up to that much shallower.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from previz.errors import PrevizError
from previz.model import Lens, Sensor

__all__ = [
    "Blur",
    "DepthOfField",
    "angle_of_view_deg",
    "blur_on_gate",
    "breathed_focal_mm",
    "circle_of_confusion_mm",
    "depth_of_field",
    "hyperfocal_m",
]

DIAGONAL_TO_CIRCLE = 1500.0
"""Gate diagonals to a circle of confusion."""


@dataclass(frozen=True)
class DepthOfField:
    """Between where and where a picture is sharp.

    Attributes:
        near_m: From the lens to the nearest sharp point.
        far_m: To the farthest; infinite from the hyperfocal distance on.
    """

    near_m: float
    far_m: float

    @property
    def total_m(self) -> float:
        """From the nearest to the farthest sharp point."""
        return self.far_m - self.near_m


@dataclass(frozen=True)
class Blur:
    """The disc that a point images as.

    Attributes:
        height_mm: On the gate.
        width_mm: On the gate; an anamorphic's is narrower by the square of the
            squeeze, and by the squeeze after the picture has been widened.
        height_share: Of the gate's height.
        width_share: Of the gate's width, which the widened picture keeps.
    """

    height_mm: float
    width_mm: float
    height_share: float
    width_share: float


def circle_of_confusion_mm(sensor: Sensor) -> float:
    """Return the largest disc that still counts as a point.

    A fifteen-hundredth of the gate's diagonal: 0.019 mm on 24.9 x 14 mm, 0.029 mm on
    full frame. A picture seen at the distance of its own diagonal (a front seat, a
    monitor on set) shows such a disc at 2.3 minutes of arc, just above what the eye
    resolves. Following the diagonal and not a fixed 0.025 mm keeps the criterion one
    of the picture, whatever gate is behind the lens.

    Source: Ray, Applied Photographic Optics, 3rd edition, 22.3 (d/1000 to d/1500);
    American Cinematographer Manual, 10th edition, depth of field (0.025 mm for the
    4-perf frame of 31 mm diagonal, d/1245).
    """
    return math.hypot(sensor.width_mm, sensor.height_mm) / DIAGONAL_TO_CIRCLE


def hyperfocal_m(focal_length_mm: float, *, t_stop: float, circle_mm: float) -> float:
    """Return the focus from which on infinity is sharp: H = f² / (N c) + f.

    Source: Ray, Applied Photographic Optics, 3rd edition, 22.5.

    Args:
        focal_length_mm: As engraved; > 0.
        t_stop: As set; > 0.
        circle_mm: Circle of confusion; > 0.

    Raises:
        PrevizError: If a figure is not above 0.
    """
    _above_zero("focal_length_mm", focal_length_mm, "mm", 35.0)
    _above_zero("t_stop", t_stop, "", 2.8)
    _above_zero("circle_mm", circle_mm, "mm", 0.019)
    return (focal_length_mm**2 / (t_stop * circle_mm) + focal_length_mm) * 1e-3


def depth_of_field(
    focal_length_mm: float, *, t_stop: float, focus_m: float, circle_mm: float
) -> DepthOfField:
    """Return the limits of depth of field.

    With focus s, focal length f and hyperfocal distance H, the near limit is
    s (H - f) / (H + s - 2f) and the far one s (H - f) / (H - s), infinite for s >= H:
    where the disc of `blur_on_gate` is exactly the circle of confusion.

    Source: Ray, Applied Photographic Optics, 3rd edition, 22.4.

    Args:
        focal_length_mm: As engraved; > 0.
        t_stop: As set; > 0.
        focus_m: Beyond the focal length.
        circle_mm: Circle of confusion; > 0.

    Raises:
        PrevizError: If a figure is outside its range.
    """
    hyperfocal = hyperfocal_m(focal_length_mm, t_stop=t_stop, circle_mm=circle_mm)
    focal = focal_length_mm * 1e-3
    _beyond_focal(focus_m, focal)
    room = hyperfocal - focal
    far = focus_m * room / (hyperfocal - focus_m) if focus_m < hyperfocal else math.inf
    return DepthOfField(focus_m * room / (room + focus_m - focal), far)


def blur_on_gate(
    depth_m: float,
    *,
    focal_length_mm: float,
    t_stop: float,
    focus_m: float,
    sensor: Sensor,
    squeeze: float = 1.0,
) -> Blur:
    """Return the disc that a point at a depth images as.

    Its height is f² / N · |d - s| / (d (s - f)) for depth d, focus s, focal length f
    and f-number N. Across, an anamorphic is a lens of f / squeeze at the same
    f-number; widened again, the disc is a tall oval, `squeeze` times as high as wide.

    Source: Potmesil and Chakravarty 1981, Synthetic image generation with a lens and
    aperture camera model, eq. 3.

    Args:
        depth_m: Of the point; > 0, infinite for the sky.
        focal_length_mm: As engraved; > 0.
        t_stop: As set; > 0.
        focus_m: Beyond the focal length.
        sensor: The gate.
        squeeze: 1 to 2.

    Raises:
        PrevizError: If a figure is outside its range.
    """
    _above_zero("focal_length_mm", focal_length_mm, "mm", 35.0)
    _above_zero("t_stop", t_stop, "", 2.8)
    _above_zero("depth_m", depth_m, "m", 4.0)
    focal = focal_length_mm * 1e-3
    _beyond_focal(focus_m, focal)
    off = 1.0 if math.isinf(depth_m) else abs(depth_m - focus_m) / depth_m
    height = focal_length_mm * focal / t_stop * off / (focus_m - focal)
    width = height / squeeze**2
    return Blur(height, width, height / sensor.height_mm, width / sensor.width_mm)


def angle_of_view_deg(
    sensor: Sensor, *, focal_length_mm: float, squeeze: float = 1.0
) -> tuple[float, float]:
    """Return the angle of view across and upright: 2 atan(gate / 2f).

    An anamorphic sees across as a lens of f / squeeze and upright as one of f.

    Source: Ray, Applied Photographic Optics, 3rd edition, 11.4.
    """
    _above_zero("focal_length_mm", focal_length_mm, "mm", 35.0)
    across = sensor.width_mm * squeeze / (2 * focal_length_mm)
    upright = sensor.height_mm / (2 * focal_length_mm)
    return 2 * math.degrees(math.atan(across)), 2 * math.degrees(math.atan(upright))


def breathed_focal_mm(
    lens: Lens, *, focal_length_mm: float, focus_distance_m: float
) -> float:
    """Return the focal length that the picture shows at a focus: breathing.

    f (1 - b c / s) with breathing b, close focus c and focus s: the engraved focal
    length at infinity, `Lens.breathing` less of it at close focus, straight in 1/s as
    the travel of a focusing group is. Nearer than close focus it stays.

    Source: Ray, Applied Photographic Optics, 3rd edition, 12.4 (internal focusing
    changes the focal length with the conjugates).
    """
    if lens.breathing == 0 or lens.close_focus_m == 0:
        return focal_length_mm
    near = lens.close_focus_m / max(focus_distance_m, lens.close_focus_m)
    return focal_length_mm * (1 - lens.breathing * near)


def _above_zero(name: str, value: float, unit: str, such_as: float) -> None:
    if not value > 0:
        rule = f"> 0 {unit}".rstrip()
        raise PrevizError(
            f"Optics.{name} must be {rule}, got {value}. Pass a value such as "
            f"{such_as:g}."
        )


def _beyond_focal(focus_m: float, focal_m: float) -> None:
    if not focus_m > focal_m:
        raise PrevizError(
            f"Optics.focus_m must be > the focal length of {focal_m:g} m, got "
            f"{focus_m}. Focus on something before the lens."
        )
