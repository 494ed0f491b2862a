"""Whether a take is what was directed, asked before it counts as done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.adherence import Verdict, measured
from previz.controls import Footage
from previz.model import Medium
from previz.promote.frozen import Frozen

__all__ = ["judged"]

_LEAST_PX = 160
"""A picture less wide shows too little to find the camera by."""


def judged(
    frozen: Frozen, footage: Footage, picture: Callable[[int], NDArray[np.uint8]]
) -> tuple[Verdict, dict[str, Any]]:
    """Return a take's verdict ("pass", "review" or "retry") and what was measured.

    Nothing is measured of drawn media, which the preview does not look like, and of
    pictures too small to tell anything by. A path trace that fails is put to a person:
    another seed would change its noise alone.

    Args:
        frozen: The shot.
        footage: The same, drawn on demand.
        picture: The take's frames: sRGB code values, shape (h, w, 3).

    Raises:
        FilmFolderError: If a frame cannot be read.
        MissingRuntimeError: If the extra `promote` is not installed.
    """
    order = frozen.order
    medium = frozen.film.medium_of(frozen.scene, frozen.shot)
    if order.width_px < _LEAST_PX or medium is not Medium.NATURAL:
        return "pass", {}
    found = measured(footage, picture, tier=order.quality)
    again = found.verdict == "retry" and order.backend == "path"
    return "review" if again else found.verdict, found.record()
