"""How large a point images at which depth: the thin lens, its iris and its movements.

All laws are written for 1/depth, in which they are straight. For a lens of focal
length f and f-number N focused at s, a point at depth d images as a disc of diameter
f²/N · |d − s| / (d · (s − f)) on the gate (Potmesil and Chakravarty 1981, eq. 3). With
the focal length in pixels F that is F · f/N · |1/s − 1/d| / (1 − f/s) pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.render.kernel import Array, Number, kernel

__all__ = ["Optics", "blur_radius_px", "optics_of"]

_LARGEST_SHARE = 0.1


@dataclass(frozen=True)
class Optics:
    """One setting of the glass before a picture of one size.

    Attributes:
        radius_px_m: Vertical radius of the disc in pixels for each 1/m of defocus.
        focus_per_m: 1/m in focus at the centre of the picture.
        focus_slope: Its change in 1/m for each pixel right and down, of a tilted lens.
        longest_px: Radius beyond which discs grow no more.
        squeeze: Height of a disc over its width.
        blades: Of the iris; 0 is a circle.
        closing: How much the blades cut into the circle: 0 wide open, 1 from half a
            stop down.
        cats_eye: Share of the pupil's width clipped at the picture's corner.
        centre_px: Where the optical axis meets the picture, x and y.
        corner_px: From the picture's centre to its corner.
    """

    radius_px_m: float
    focus_per_m: float
    focus_slope: tuple[float, float]
    longest_px: float
    squeeze: float
    blades: int
    closing: float
    cats_eye: float
    centre_px: tuple[float, float]
    corner_px: float


def optics_of(
    camera: CameraState,
    *,
    focal_px: float,
    width_px: int,
    height_px: int,
    centre_px: tuple[float, float] | None = None,
) -> Optics:
    """Return the optics of a camera at one instant.

    The T-stop counts as the f-number. An anamorphic's pupil and its focal length are
    both narrower by the squeeze across, so in the desqueezed picture a disc is a
    tall oval, as high as the spherical lens's and narrower by the squeeze. A focus
    nearer than the lens's close focus stays at close focus. A lens tilted by θ is
    sharp on a plane through the line f/sin θ beside its centre (Merklinger 1996,
    Focusing the View Camera, eq. 1): 1/s changes evenly over the picture. A positive
    tilt leans the plane back, away from the camera at its top; a positive swing turns
    it away on the right.

    Args:
        camera: Lens, stop, focus and look.
        focal_px: Focal length in pixels, of the desqueezed picture.
        width_px: Width of the picture.
        height_px: Height of the picture.
        centre_px: Where the optical axis meets the picture; None is the middle.
    """
    look, lens = camera.look, camera.lens
    focal_m = camera.focal_length_mm * 1e-3
    focus_m = max(camera.focus_distance_m, lens.close_focus_m, 1.2 * focal_m)
    # A ray at p pixels from the axis meets the plane where 1/s falls by p/F · sin θ/f.
    lean = 1.0 / (focal_px * focal_m)
    opened = math.log2(camera.t_stop / min(lens.widest_t_stop, camera.t_stop))
    return Optics(
        radius_px_m=0.5 * focal_px * focal_m / camera.t_stop / (1 - focal_m / focus_m),
        focus_per_m=1.0 / focus_m,
        focus_slope=(
            -lean * math.sin(math.radians(look.swing_deg)),
            lean * math.sin(math.radians(look.tilt_deg)),
        ),
        longest_px=_LARGEST_SHARE * width_px,
        squeeze=camera.squeeze,
        blades=lens.blades if lens.blades >= 3 else 0,
        closing=min(2.0 * opened, 1.0),
        cats_eye=lens.cats_eye,
        centre_px=centre_px or (0.5 * width_px, 0.5 * height_px),
        corner_px=math.hypot(0.5 * width_px, 0.5 * height_px),
    )


def blur_radius_px(
    inverse_depth: NDArray[np.float32], optics: Optics
) -> NDArray[np.float32]:
    """Return the signed radius of each pixel's disc; positive lies beyond the focus.

    Args:
        inverse_depth: 1/m along the axis, 0 for the sky, shape (h, w).
        optics: Of the lens.

    Returns:
        Pixels (vertical radius), shape (h, w).
    """
    radius = np.empty_like(inverse_depth)
    _blur_radius(
        inverse_depth, np.float32(optics.radius_px_m), np.float32(optics.focus_per_m),
        np.float32(optics.focus_slope[0]), np.float32(optics.focus_slope[1]),
        np.float32(optics.centre_px[0]), np.float32(optics.centre_px[1]),
        np.float32(optics.longest_px), radius,
    )  # fmt: skip
    return radius


@kernel
def _blur_radius(
    inverse_depth: Array, scale: Number, focus: Number, right: Number,
    down: Number,
    centre_x: Number, centre_y: Number, longest: Number, radius: Array,
) -> None:  # fmt: skip
    height, width = inverse_depth.shape
    half = np.float32(0.5)
    for row in range(height):
        here = focus + down * (np.float32(row) + half - centre_y)
        for col in range(width):
            sharp = here + right * (np.float32(col) + half - centre_x)
            found = scale * (sharp - inverse_depth[row, col])
            radius[row, col] = min(max(found, -longest), longest)
