"""Whether a take is what was directed, asked before it counts as done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.adherence import Verdict, measured
from previz.controls import Footage
from previz.model import Medium
from previz.promote.frozen import Frozen

__all__ = ["judged", "judged_stills"]

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
    if not _is_measured(frozen):
        return "pass", {}
    found = measured(footage, picture, tier=frozen.order.quality)
    again = found.verdict == "retry" and frozen.order.backend == "path"
    return "review" if again else found.verdict, found.record()


def judged_stills(
    frozen: Frozen,
    footage: Footage,
    picture: Callable[[int], NDArray[np.uint8]],
    stills: Sequence[int],
) -> tuple[Verdict, dict[str, Any], list[dict[str, Any]]]:
    """Return the same of some frames alone, and how each is framed.

    It is for a person to look at; a shot is not made again for its proof.

    Args:
        frozen: The shot.
        footage: The same, drawn on demand.
        picture: The frames, as for `judged`.
        stills: Which there are.

    Raises:
        FilmFolderError: If a frame cannot be read.
        MissingRuntimeError: If the extra `promote` is not installed.
    """
    if not _is_measured(frozen):
        return "pass", {}, []
    found = measured(footage, picture, tier=frozen.order.quality, stills=stills)
    verdict: Verdict = "pass" if found.verdict == "pass" else "review"
    return verdict, found.record(), found.framing()


def _is_measured(frozen: Frozen) -> bool:
    medium = frozen.film.medium_of(frozen.scene, frozen.shot)
    return frozen.order.width_px >= _LEAST_PX and medium is Medium.NATURAL
