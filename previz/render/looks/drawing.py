"""Which look is made how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from previz.model import Medium
from previz.render.anchored import View
from previz.render.buffers import Buffers
from previz.render.looks.pens import ink, pencil, storyboard
from previz.render.looks.sheet import Sheet, with_sky
from previz.render.looks.stocks import clay, noir
from previz.render.looks.wash import watercolour

__all__ = ["draw"]

_WAYS: Mapping[Medium, Callable[[Sheet], NDArray[np.uint8]]] = MappingProxyType(
    {
        Medium.CLAY: clay,
        Medium.NOIR: noir,
        Medium.INK: ink,
        Medium.PENCIL: pencil,
        Medium.STORYBOARD: storyboard,
        Medium.WATERCOLOUR: watercolour,
    }
)


def draw(
    medium: Medium,
    lit: NDArray[np.float32],
    buffers: Buffers,
    view: View,
    *,
    seed: int = 0,
) -> NDArray[np.uint8]:
    """Make the picture of a frame in a medium other than film.

    The same frame gives the same picture; nothing is kept from frame to frame.

    Args:
        medium: Any but natural, which `display` shows.
        lit: Linear Rec.709 as it left the lens, shape (h, w, 3).
        buffers: What is seen, twice as fine: shape (2h, 2w).
        view: Of the buffers.
        seed: Of what is invented.

    Returns:
        sRGB code values, shape (h, w, 3).
    """
    clean = np.nan_to_num(lit, nan=0.0, posinf=64.0, neginf=0.0)
    return _WAYS[medium](Sheet(clean, with_sky(buffers, view), view, seed))
