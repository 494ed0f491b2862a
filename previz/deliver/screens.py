"""For which screen a picture is finished, and what its file says about that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.errors import PrevizError
from previz.render.display import Display, code_values

__all__ = ["REC1886", "SRGB", "Color", "Screen", "finished"]


class Color(NamedTuple):
    """How code values are to be read, in the numbers of ITU-T H.273."""

    primaries: int
    transfer: int
    matrix: int


@dataclass(frozen=True)
class Screen:
    """A screen that pictures are finished for.

    Attributes:
        display: Its name in `previz.render.display`.
        color: What files say of code values for it.
    """

    display: Display
    color: Color


SRGB = Screen("srgb", Color(1, 13, 1))
"""A computer's screen: as previews are shown."""
REC1886 = Screen("rec1886", Color(1, 1, 1))
"""A grading monitor: ITU-R BT.1886 over BT.709."""


def finished(
    linear: NDArray[np.floating],
    *,
    screen: Screen = SRGB,
    bits: Literal[8, 16] = 8,
    alpha: NDArray[np.floating] | None = None,
) -> NDArray[np.uint8] | NDArray[np.uint16]:
    """Return code values of exposed linear Rec.709, exact at every pixel.

    Args:
        linear: Shape (h, w, 3); grey is 0.18.
        screen: What it is shown on.
        bits: Of a value.
        alpha: Shape (h, w), 0 to 1; becomes a fourth channel, not multiplied in.

    Raises:
        PrevizError: If `linear` or `alpha` has another shape.
    """
    codes = code_values(linear, display=screen.display)
    if alpha is not None:
        if alpha.shape != codes.shape[:2]:
            raise PrevizError(
                f"finished.alpha must be of shape {codes.shape[:2]}, "
                f"got {alpha.shape}. Pass one value for each pixel."
            )
        share = np.clip(np.nan_to_num(alpha), 0.0, 1.0).astype(np.float32)
        codes = np.concatenate([codes, share[..., None]], axis=2)
    if bits == 8:
        return (codes * np.float32(255.0) + np.float32(0.5)).astype(np.uint8)
    return (codes * np.float32(65535.0) + np.float32(0.5)).astype(np.uint16)
