"""From the light before the lens to the light on the film, effect after effect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.render.lens.flare import flare
from previz.render.lens.focus import blur_by_depth
from previz.render.lens.glass import bend, overscan, swallow
from previz.render.lens.grade import balance_gains, graded, tint_gains
from previz.render.lens.grain import add_grain
from previz.render.lens.optics import Optics, optics_of
from previz.render.lens.shutter import blur_by_motion
from previz.render.lens.veil import bloom, diffuse, halate

__all__ = ["Passage", "develop", "focused", "passage_of"]


@dataclass(frozen=True)
class Passage:
    """What one picture's light passes.

    Attributes:
        camera: Its setting.
        drawn: The optics in the picture as it is drawn, with its overscan.
        seen: The optics in the finished picture.
        wider: How many times as wide as the frame the picture is drawn.
        frame: Seeds the grain.
    """

    camera: CameraState
    drawn: Optics
    seen: Optics
    wider: float
    frame: int


def passage_of(
    camera: CameraState,
    *,
    width_px: int,
    height_px: int,
    centre_px: tuple[float, float],
    frame: int,
) -> Passage:
    """Return what a picture's light passes.

    Args:
        camera: At the picture's instant.
        width_px: Of the picture.
        height_px: Of the picture.
        centre_px: Where the optical axis meets the finished picture.
        frame: The scene's frame, which seeds the grain.
    """
    look = camera.look
    wider = overscan(
        distortion=look.distortion, aberration=look.chromatic_aberration,
        width_px=width_px, height_px=height_px, centre_px=centre_px,
    )  # fmt: skip
    focal_px = camera.focal_px(width_px, height_px)[0]
    middle = width_px / 2, height_px / 2
    drawn_centre = (
        middle[0] + (centre_px[0] - middle[0]) / wider,
        middle[1] + (centre_px[1] - middle[1]) / wider,
    )
    drawn, seen = (
        optics_of(camera, focal_px=focal, width_px=width_px, height_px=height_px,
                  centre_px=centre)
        for focal, centre in ((focal_px / wider, drawn_centre), (focal_px, centre_px))
    )  # fmt: skip
    return Passage(camera=camera, drawn=drawn, seen=seen, wider=wider, frame=frame)


def focused(
    lit: NDArray[np.float32], inverse_depth: NDArray[np.float32], passage: Passage
) -> NDArray[np.float32]:
    """Return the picture as the lens focuses it, edges still to be smoothed.

    Edges are smoothed afterwards: where a sharp thing stands before a blurred one,
    each pixel of the edge then mixes the sharp with the blurred.

    Args:
        lit: Linear Rec.709 as drawn, shape (h, w, 3).
        inverse_depth: 1/m along the axis, 0 for the sky, shape (h, w).
        passage: What the light passes.
    """
    if not passage.camera.look.depth_of_field:
        return lit
    return blur_by_depth(lit, inverse_depth, optics=passage.drawn)


def develop(
    picture: NDArray[np.float32],
    passage: Passage,
    *,
    baked_k: float,
    inverse_depth: NDArray[np.float32],
    motion_px: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Return the picture that leaves the camera and its grade; itself if all is off.

    In the order of the light: shutter, glass, filter and reflections, film, grade.

    Args:
        picture: Linear Rec.709, focused, with smooth edges, as drawn, shape (h, w, 3).
        passage: What the light passes.
        baked_k: What the lights are balanced for.
        inverse_depth: 1/m along the axis, 0 for the sky, shape (h, w).
        motion_px: As in `Buffers`; None leaves motion sharp.
    """
    camera, look = passage.camera, passage.camera.look
    centre = passage.seen.centre_px
    if motion_px is not None:
        picture = blur_by_motion(
            picture, inverse_depth, motion_px, shutter_deg=camera.shutter_deg
        )
    picture = graded(
        picture, balance_gains(kelvin=camera.white_balance_k, baked_k=baked_k)
    )
    picture = bend(
        picture, distortion=look.distortion, aberration=look.chromatic_aberration,
        wider=passage.wider, centre_px=centre,
    )  # fmt: skip
    picture = swallow(picture, stops=look.vignette_stops, centre_px=centre)
    picture = diffuse(picture, grade=look.diffusion)
    picture = flare(picture, strength=look.flare, optics=passage.seen)
    picture = bloom(picture, share=look.bloom)
    picture = halate(picture, share=look.halation)
    picture = add_grain(picture, grain=look.grain, frame=passage.frame)
    lift = 2.0**look.exposure_stops
    red, green, blue = tint_gains(look.tint)
    return graded(picture, (red * lift, green * lift, blue * lift))
