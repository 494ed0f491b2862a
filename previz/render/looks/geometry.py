"""What a look needs to change or keep of the geometry before it draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from previz.render.buffers import Buffers
from previz.render.frame import GLASS, Frame
from previz.render.lens.glass import bend
from previz.render.lens.passage import Passage
from previz.stage import MATTERS

__all__ = ["bent_with_the_picture", "in_clay"]

_COLOR, _ROUGH, _METAL, _MATTER, _GLOW = slice(0, 3), 3, 4, 5, slice(6, 9)
_PAPER = next(i for i, matter in enumerate(MATTERS) if matter == "paper")


def in_clay(frame: Frame) -> Frame:
    """Return the frame with one matt material on all but glass and what glows."""
    table = frame.materials.copy()
    rows = (table[:, _MATTER] != GLASS) & (table[:, _GLOW].sum(axis=1) == 0)
    table[rows, _COLOR] = (0.5, 0.485, 0.46)
    table[rows, _ROUGH], table[rows, _METAL] = 0.9, 0.0
    table[rows, _MATTER] = _PAPER
    return replace(frame, materials=table)


def bent_with_the_picture(buffers: Buffers, passage: Passage) -> Buffers:
    """Return the buffers as the glass bends what they see; themselves if straight.

    Each pixel takes the nearest; colour fringes have no place in them.

    Args:
        buffers: Drawn `passage.wider` times as wide.
        passage: Of a picture of the buffers' size.
    """
    distortion = passage.camera.look.distortion
    if distortion == 0.0 and passage.wider == 1.0:
        return buffers
    height, width = buffers.object_id.shape
    place = np.zeros((height, width, 3), np.float32)
    place[..., 0], place[..., 1] = np.arange(width), np.arange(height)[:, None]
    found = bend(
        place, distortion=distortion, aberration=0.0, wider=passage.wider,
        centre_px=passage.seen.centre_px,
    )  # fmt: skip
    cols = np.clip(np.rint(found[..., 0]).astype(int), 0, width - 1)
    rows = np.clip(np.rint(found[..., 1]).astype(int), 0, height - 1)
    names = Buffers.__dataclass_fields__
    return Buffers(**{name: getattr(buffers, name)[rows, cols] for name in names})
