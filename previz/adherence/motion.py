"""Whether a take moves as the shot does, and holds still where the shot does.

The shot knows where each point goes from one frame to another. A take that is followed
along that way shows the same thing there, however it looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.adherence.compared import Picture, Taken
from previz.controls import exact_flow, follow, still_seen
from previz.controls.opencv import opencv

__all__ = ["MotionFit", "motion_fit"]

_APART_FRAMES = 3
_MOVES_PX = 0.8
_LEAST_SHARE = 0.003
"""Share of the picture that has to move, or nothing can be said of how."""
_QUIET = 1.0
"""Levels of 255 that count as no error: noise of any recording."""
_SMOOTH_PX = 6.0


@dataclass(frozen=True)
class MotionFit:
    """How a take moves; None where nothing moves, or a shot is a single frame.

    Attributes:
        movement: How much the take changes where things move, over the preview: 1 is
            as much, 0 is frozen.
        warp: Error of the take followed along the exact way, over the preview's own.
        flicker: How much smooth brightness wavers from frame to frame along that
            way, over the preview's own.
    """

    movement: float | None = None
    warp: float | None = None
    flicker: float | None = None


def motion_fit(taken: Taken, frames: Sequence[int]) -> MotionFit:
    """Compare how take and preview change from some frames on.

    Args:
        taken: Both.
        frames: From which frames of the shot on.
    """
    last = taken.footage.length_frames - 1
    changes, warps, wavers = [], [], []
    for frame in frames:
        then = min(frame + _APART_FRAMES, last)
        if then > frame:
            found = _moved(taken, frame, then)
            if found is not None:
                changes.append(found[0])
                warps.append(found[1])
        if frame < last:
            wavers.append(_wavering(taken, frame))
    return MotionFit(
        movement=float(np.median(changes)) if changes else None,
        warp=float(np.median(warps)) if warps else None,
        flicker=float(np.median(wavers)) if wavers else None,
    )


def _way(
    taken: Taken, frame: int, then: int
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    flow = exact_flow(taken.footage, frame, to_frame=then, size=taken.size)
    back = exact_flow(taken.footage, then, to_frame=frame, size=taken.size)
    return flow, still_seen(flow, back)


def _moved(taken: Taken, frame: int, then: int) -> tuple[float, float] | None:
    """Return how much a take changes, and its error along the way, over the preview's.

    None where too little moves.
    """
    flow, seen = _way(taken, frame, then)
    moves = seen & (np.linalg.norm(flow, axis=2) > _MOVES_PX)
    if moves.mean() < _LEAST_SHARE:
        return None
    change, error = [], []
    for source in (taken.take, taken.preview):
        now, later = (_grey(source(number)) for number in (frame, then))
        # A take of less contrast changes less, rightly.
        contrast = max(float(now[moves].std()), 4.0)
        change.append(float(np.abs(later - now)[moves].mean()) / contrast)
        off = float(np.abs(follow(later, flow) - now)[moves].mean())
        error.append((off + _QUIET) / contrast)
    return change[0] / max(change[1], 1e-3), error[0] / error[1]


def _wavering(taken: Taken, frame: int) -> float:
    flow, seen = _way(taken, frame, frame + 1)
    off = []
    for source in (taken.take, taken.preview):
        now, later = (_smooth(source(number)) for number in (frame, frame + 1))
        gap = np.abs(follow(later, flow) - now)
        off.append(float(gap[seen].mean()) + _QUIET if seen.any() else _QUIET)
    return off[0] / off[1]


def _grey(picture: Picture) -> NDArray[np.float32]:
    cv2 = opencv()
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.GaussianBlur(grey.astype(np.float32), (0, 0), 1.0))


def _smooth(picture: Picture) -> NDArray[np.float32]:
    cv2 = opencv()
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.GaussianBlur(grey.astype(np.float32), (0, 0), _SMOOTH_PX))
