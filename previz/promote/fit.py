"""Whether a frame may go into a take: the right one, of the right size, a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from previz.controls import Footage
from previz.errors import PromoteError
from previz.promote.backend import Frame
from previz.promote.finishing import quick
from previz.promote.plan import Plan

__all__ = ["frame_check"]

_BLACK_LINEAR, _BLACK_CODE = 1e-4, 2
"""Nothing in a picture is brighter than this, exposed light or code values."""
_DARK_CODE = 24
"""A preview whose brightest hundredth is darker may be of a black picture."""
_LOOKED_AT_PX = 64
_FLAT_CODES = 1.5
"""A picture whose code values spread less shows nothing, be it white, grey or noise."""
_STRUCTURED_CODES = 8.0
"""A preview whose code values spread more is of something; fog and night are not."""


def frame_check(plan: Plan, footage: Footage) -> Callable[[Frame], None]:
    """Return what refuses frames that may not go into a take.

    Args:
        plan: What was to be made.
        footage: The shot, whose preview says whether darkness is meant.

    Returns:
        A function that raises PromoteError for a frame of another size, with values
        that are no numbers, or black or all of one tone where the shot is not.
    """

    def check(frame: Frame) -> None:
        _check_size(frame, plan)
        if frame.is_linear and not np.isfinite(frame.picture).all():
            share = 1 - np.isfinite(frame.picture).all(axis=-1).mean()
            raise PromoteError(
                f"Frame.picture of {plan.backend} must be finite numbers, got NaN or "
                f"infinity in {max(share, 0.001):.1%} of frame {frame.number}. Promote "
                "it with another seed, or at a higher precision."
            )
        least = _BLACK_LINEAR if frame.is_linear else _BLACK_CODE
        black, size = frame.picture.max(initial=0) <= least, _looked_at(plan)
        if not black and _spread(_small(frame, size)) >= _FLAT_CODES:
            return
        preview = footage.preview(frame.number, size=size)
        meant = _is_dark(preview) if black else _spread(preview) < _STRUCTURED_CODES
        if not meant:
            what = "a black" if black else "an empty"
            raise PromoteError(
                f"Frame.picture of {plan.backend} must show the shot, got {what} "
                f"frame {frame.number}. Promote it with another seed."
            )

    return check


def _check_size(frame: Frame, plan: Plan) -> None:
    width_px, height_px = plan.shown
    if frame.picture.shape != (height_px, width_px, 3):
        raise PromoteError(
            f"Frame.picture of {plan.backend} must be {width_px}×{height_px} px in "
            f"three channels, got shape {frame.picture.shape} for frame "
            f"{frame.number}. Report it to whoever made the backend."
        )


def _looked_at(plan: Plan) -> tuple[int, int]:
    """Return the size at which pictures are told from nothing."""
    width_px, height_px = plan.shown
    scale = min(_LOOKED_AT_PX / width_px, 1.0)
    return max(round(width_px * scale), 1), max(round(height_px * scale), 1)


def _small(frame: Frame, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return a frame about as it is shown, so small that a model's noise is lost."""
    if frame.is_linear:
        step = max(frame.picture.shape[1] // size[0], 1)
        few = np.asarray(frame.picture[::step, ::step], np.float32, order="C")
        return quick(replace(frame, picture=few))
    box = Image.Resampling.BOX
    return np.asarray(Image.fromarray(quick(frame)).resize(size, box))


def _is_dark(preview: NDArray[np.uint8]) -> bool:
    """Tell whether the shot itself shows nothing."""
    return bool(np.percentile(preview.max(axis=-1), 99) < _DARK_CODE)


def _spread(picture: NDArray[np.uint8]) -> float:
    """Return how far code values lie from their mean, of the channel with the most."""
    return float(picture.std(axis=(0, 1)).max())
