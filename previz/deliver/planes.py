"""Code values as the planes of a video picture: one luma, two chroma, alpha."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["planes_of"]

_RED, _GREEN, _BLUE = (np.float32(x) for x in (0.2126, 0.7152, 0.0722))


def planes_of(
    picture: NDArray[np.uint8] | NDArray[np.uint16],
    *,
    bits: int,
    across: int,
    down: int,
    alpha: bool = False,
) -> list[NDArray[np.uint8] | NDArray[np.uint16]]:
    """Return luma, blue, red and perhaps alpha of R'G'B', limited range.

    ITU-R BT.709-6, items 3.2 to 3.4. Chroma lies on the left pixel of two and midway
    between two lines, as H.264, HEVC and ProRes take it where nothing is said.

    Args:
        picture: Shape (h, w, 3 or 4), all of its type's range.
        bits: Of a plane's value, 8 to 16.
        across: Pixels that share a chroma value, 1 or 2.
        down: Lines that share one, 1 or 2.
        alpha: Whether to give alpha, full range; opaque where the picture has none.
    """
    top = np.float32(np.iinfo(picture.dtype).max)
    red, green, blue = (picture[..., k].astype(np.float32) / top for k in range(3))
    luma = _RED * red + _GREEN * green + _BLUE * blue
    out = [_codes(luma, 16.0, 219.0, bits)]
    for color, weight in ((blue, _BLUE), (red, _RED)):
        chroma = (color - luma) / (np.float32(2.0) * (np.float32(1.0) - weight))
        shared = _shared(chroma, across=across, down=down)
        out.append(_codes(shared, 128.0, 224.0, bits))
    if alpha:
        most = float(2**bits - 1)
        whole = np.ones_like(luma)
        share = picture[..., 3] / top if picture.shape[2] == 4 else whole
        out.append(_rounded(share.astype(np.float32) * np.float32(most), bits))
    return out


def _shared(
    chroma: NDArray[np.float32], *, across: int, down: int
) -> NDArray[np.float32]:
    if across == 2:
        wide = np.pad(chroma, ((0, 0), (1, 1)), mode="edge")
        half, quarter = np.float32(0.5), np.float32(0.25)
        chroma = half * chroma[:, ::2] + quarter * (wide[:, :-2:2] + wide[:, 2::2])
    if down == 2:
        chroma = np.float32(0.5) * (chroma[::2] + chroma[1::2])
    return chroma


def _codes(
    values: NDArray[np.float32], offset: float, span: float, bits: int
) -> NDArray[np.uint8] | NDArray[np.uint16]:
    scale = 2.0 ** (bits - 8)
    return _rounded(
        values * np.float32(span * scale) + np.float32(offset * scale), bits
    )


def _rounded(
    values: NDArray[np.float32], bits: int
) -> NDArray[np.uint8] | NDArray[np.uint16]:
    whole = np.clip(np.rint(values), 0, 2**bits - 1)
    return whole.astype(np.uint8) if bits == 8 else whole.astype(np.uint16)
