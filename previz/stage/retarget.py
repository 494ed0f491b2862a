"""Motion that a user brought, as a skeleton's rotations over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Motion"]


@dataclass(frozen=True)
class Motion:
    """A skeleton and what it does, as a motion file says it.

    Attributes:
        names: The joints, parents before their children.
        parents: Index of each joint's parent, -1 for the root.
        offsets_m: Each joint from its parent at rest, metres, y up, shape (j, 3).
        positions_m: Where the root is at each frame, metres, shape (f, 3).
        rotations: Each joint's turn in its parent (x, y, z, w), shape (f, j, 4).
        seconds_a_frame: How long a frame lasts.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    offsets_m: NDArray[np.float64]
    positions_m: NDArray[np.float64]
    rotations: NDArray[np.float64]
    seconds_a_frame: float
