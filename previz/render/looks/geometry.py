"""What a look needs to change or keep of the geometry before it draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from previz.render.buffers import Buffers
from previz.render.frame import GLASS, Frame
from previz.render.lens.glass import bend
from previz.render.lens.passage import Passage
from previz.stage import MATTERS

__all__ = [
    "CLAY_COLOR",
    "CLAY_ROUGHNESS",
    "bent_places",
    "bent_with_the_picture",
    "in_clay",
]

CLAY_COLOR, CLAY_ROUGHNESS = (0.5, 0.485, 0.46), 0.9

_COLOR, _ROUGH, _METAL, _MATTER, _GLOW = slice(0, 3), 3, 4, 5, slice(6, 9)
_PAPER = next(i for i, matter in enumerate(MATTERS) if matter == "paper")


def in_clay(frame: Frame) -> Frame:
    """Return the frame with one matt material on all but glass and what glows."""
    table = frame.materials.copy()
    rows = (table[:, _MATTER] != GLASS) & (table[:, _GLOW].sum(axis=1) == 0)
    table[rows, _COLOR] = CLAY_COLOR
    table[rows, _ROUGH], table[rows, _METAL] = CLAY_ROUGHNESS, 0.0
    table[rows, _MATTER] = _PAPER
    return replace(frame, materials=table)


def bent_with_the_picture(buffers: Buffers, passage: Passage) -> Buffers:
    """Return the buffers as the glass bends what they see; themselves if straight.

    Args:
        buffers: Drawn `passage.wider` times as wide.
        passage: Of a picture of the buffers' size.
    """
    height, width = buffers.object_id.shape
    places = bent_places(passage, width_px=width, height_px=height)
    if places is None:
        return buffers
    names = Buffers.__dataclass_fields__
    return Buffers(**{name: getattr(buffers, name)[places] for name in names})


def bent_places(
    passage: Passage, *, width_px: int, height_px: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]] | None:
    """Return from which row and column of what is drawn each pixel comes.

    Each pixel takes the nearest; colour fringes have no place in them.

    Args:
        passage: Of a picture of this size.
        width_px: Of the picture.
        height_px: Of the picture.

    Returns:
        Rows and columns, each of shape (h, w); None where the glass bends nothing.
    """
    distortion = passage.camera.look.distortion
    if distortion == 0.0 and passage.wider == 1.0:
        return None
    place = np.zeros((height_px, width_px, 3), np.float32)
    place[..., 0], place[..., 1] = np.arange(width_px), np.arange(height_px)[:, None]
    found = bend(
        place, distortion=distortion, aberration=0.0, wider=passage.wider,
        centre_px=passage.seen.centre_px,
    )  # fmt: skip
    cols = np.clip(np.rint(found[..., 0]).astype(np.intp), 0, width_px - 1)
    rows = np.clip(np.rint(found[..., 1]).astype(np.intp), 0, height_px - 1)
    return rows, cols
