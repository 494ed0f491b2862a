"""Colours that say how much: even steps of lightness, told apart by everybody.

Eleven points each of `inferno` and `viridis` (van der Walt and Smith 2015, CC0).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["INFERNO", "VIRIDIS", "colored", "css_gradient"]


def _table(words: str) -> NDArray[np.float64]:
    return np.array([[int(w[i : i + 2], 16) for i in (0, 2, 4)] for w in words.split()])


INFERNO = _table(
    "000004 160b39 420a68 6a176e 932667 bc3754 dd513a f37819 fca50a f6d746 fcffa4"
)
VIRIDIS = _table(
    "440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725"
)


def colored(
    share: NDArray[np.float64], palette: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """Return the colours of shares from 0 to 1, shape (...) → (..., 3), sRGB."""
    at = np.clip(np.nan_to_num(share), 0, 1)
    stops = np.linspace(0, 1, len(palette))
    rgb = [np.interp(at, stops, palette[:, c]) for c in range(3)]
    return np.stack(rgb, axis=-1).round().astype(np.uint8)


def css_gradient(palette: NDArray[np.float64]) -> str:
    """Return the palette from left to right as CSS."""
    stops = ",".join("#" + "".join(f"{int(c):02x}" for c in row) for row in palette)
    return f"linear-gradient(90deg,{stops})"
