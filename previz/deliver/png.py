"""PNG of 8 or 16 bits, with alpha, colour and slate in its chunks."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.deliver.screens import SRGB, Screen
from previz.deliver.whole import whole
from previz.errors import PrevizError

__all__ = ["write_png"]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UP = 2
_PERCEPTUAL = b"\x00"
_RGB, _RGBA = 2, 6


def write_png(
    path: Path,
    picture: NDArray[np.uint8] | NDArray[np.uint16],
    *,
    screen: Screen = SRGB,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Write code values as a PNG; the file appears whole or not at all.

    PNG (third edition, W3C 2025): the colour is said as `cICP`, for sRGB also `sRGB`.

    Args:
        path: The file; its folder must exist.
        picture: Shape (h, w, 3 or 4).
        screen: What the code values were finished for.
        texts: What the file says besides, by Latin names, such as `Slate.texts`.

    Raises:
        FilmFolderError: If the disk is full or the folder cannot be written.
        PrevizError: If it is no picture of 8 or 16 bits.
    """
    known = picture.dtype in (np.uint8, np.uint16) and picture.ndim == 3
    if not known or picture.shape[2] not in (3, 4):
        raise PrevizError(
            "Png.picture must be uint8 or uint16 of shape (h, w, 3 or 4), "
            f"got {picture.dtype} of {picture.shape}. Pass `previz.deliver.finished`."
        )
    height, width, channels = picture.shape
    kind = _RGBA if channels == 4 else _RGB
    head = struct.pack(">IIBBBBB", width, height, picture.itemsize * 8, kind, 0, 0, 0)
    color = screen.color
    chunks = [
        (b"IHDR", head),
        # Picture code values are R'G'B', so there is no matrix, and all of the range.
        (b"cICP", bytes((color.primaries, color.transfer, 0, 1))),
        *([(b"sRGB", _PERCEPTUAL)] if screen is SRGB else []),
        *((b"iTXt", _text(name, text)) for name, text in (texts or {}).items()),
        (b"IDAT", zlib.compress(_filtered(picture), 6)),
        (b"IEND", b""),
    ]
    with whole(path) as part:
        part.write_bytes(_SIGNATURE + b"".join(_chunk(*x) for x in chunks))


def _filtered(picture: NDArray[Any]) -> bytes:
    """Return the rows as differences to the row above, each after its filter's byte."""
    rows = np.ascontiguousarray(picture.astype(picture.dtype.newbyteorder(">")))
    raw = rows.view(np.uint8).reshape(len(rows), -1)
    out = np.empty((len(raw), raw.shape[1] + 1), np.uint8)
    out[:, 0] = _UP
    out[:1, 1:] = raw[:1]
    out[1:, 1:] = raw[1:] - raw[:-1]
    return out.tobytes()


def _text(name: str, text: str) -> bytes:
    return name.encode("latin-1") + b"\0\0\0\0\0" + text.encode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checked)
