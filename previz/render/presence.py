"""How much of each figure a picture shows, counted in pixels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from previz.render.frame import Frame, frame_of, see
from previz.render.visibility import NOTHING
from previz.stage import (
    FIGURE_OBJECT_BASE,
    PROP_OBJECT_BASE,
    Geometry,
    StageState,
)

__all__ = ["Presence", "presence_of"]

_AROUND = 3
"""The canvas that a figure is counted on, against the frame, in each direction."""


@dataclass(frozen=True)
class Presence:
    """One figure in one picture.

    Attributes:
        whole_px: Pixels it would cover, were the frame three times as wide and high
            and nothing in front.
        framed_px: Those of them that lie in the frame.
        visible_px: Those of them that nothing hides.
        hidden_by: Pixels in the frame that each object hides, by object id.
    """

    whole_px: int
    framed_px: int
    visible_px: int
    hidden_by: dict[int, int]


def presence_of(
    state: StageState, *, set_geometry: Geometry, width_px: int, height_px: int
) -> dict[int, Presence]:
    """Count each figure of a frame, by object id.

    Panes of glass hide nothing. A figure's own parts do not hide each other.

    Args:
        state: The frame.
        set_geometry: The set in world space.
        width_px: Of the picture that is counted.
        height_px: Of the picture that is counted.
    """
    frame = frame_of(
        state, set_geometry=set_geometry, width_px=width_px, height_px=height_px
    )
    owner, _ = see(frame, width_px=width_px, height_px=height_px)
    seen = np.where(owner == NOTHING, 0, frame.triangle_object[owner])
    return {
        int(number): _count(frame, seen, int(number))
        for number in np.unique(frame.triangle_object)
        if FIGURE_OBJECT_BASE <= number < PROP_OBJECT_BASE
    }


def _count(frame: Frame, seen: NDArray[np.int32], number: int) -> Presence:
    rows = np.flatnonzero(frame.triangle_object == number)
    alone = replace(
        frame, triangles=frame.triangles[rows], glass=np.zeros(len(rows), np.uint8)
    )
    height_px, width_px = seen.shape
    owner, _ = see(alone, width_px=_AROUND * width_px, height_px=_AROUND * height_px)
    covered = owner != NOTHING
    framed = covered[height_px : 2 * height_px, width_px : 2 * width_px]
    hidden = Counter(seen[framed & (seen != number)].tolist())
    hidden.pop(0, None)
    return Presence(
        whole_px=int(covered.sum()),
        framed_px=int(framed.sum()),
        visible_px=int((framed & (seen == number)).sum()),
        hidden_by=dict(hidden.most_common()),
    )
