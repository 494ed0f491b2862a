"""Whether a frame may go into a take: the right one, of the right size, a picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from previz.controls import Footage
from previz.errors import PromoteError
from previz.promote.backend import Frame
from previz.promote.plan import Plan

__all__ = ["frame_check"]

_BLACK_LINEAR, _BLACK_CODE = 1e-4, 2
"""Nothing in a picture is brighter than this, exposed light or code values."""
_DARK_CODE = 24
"""A preview whose brightest hundredth is darker may be of a black picture."""
_LOOKED_AT_PX = 64


def frame_check(plan: Plan, footage: Footage) -> Callable[[Frame], None]:
    """Return what refuses frames that may not go into a take.

    Args:
        plan: What was to be made.
        footage: The shot, whose preview says whether darkness is meant.

    Returns:
        A function that raises PromoteError for a frame of another size, with values
        that are no numbers, or black where the shot is not.
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
        if frame.picture.max(initial=0) <= least and not _is_dark(frame, footage, plan):
            raise PromoteError(
                f"Frame.picture of {plan.backend} must show the shot, got a black "
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


def _is_dark(frame: Frame, footage: Footage, plan: Plan) -> bool:
    """Tell whether the shot itself shows nothing at this frame."""
    width_px, height_px = plan.shown
    scale = min(_LOOKED_AT_PX / width_px, 1.0)
    size = (max(round(width_px * scale), 1), max(round(height_px * scale), 1))
    shown = footage.preview(frame.number, size=size)
    return bool(np.percentile(shown.max(axis=-1), 99) < _DARK_CODE)
