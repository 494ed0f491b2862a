"""What a generator is handed: a frame drawn plainly, before the lens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from previz.errors import PrevizError
from previz.render.anchored import View
from previz.render.buffers import Buffers

__all__ = ["Generator", "NamedGenerator", "Plates", "generated"]


class Plates(NamedTuple):
    """One frame as a pinhole sees it, all of it sharp.

    A value of its own: nothing in it is used again by the next frame.

    Attributes:
        lit: Exposed linear Rec.709 with smooth edges and haze, before focus, shutter
            and film, shape (h, w, 3).
        buffers: What each pixel sees, shape (h, w).
        pane: Where a pane of glass stands before what is seen, shape (h, w).
        view: From where, and how finely.
        seed: Of what is invented; the film's.
        object_seeds: As in `StageState`.
    """

    lit: NDArray[np.float32]
    buffers: Buffers
    pane: NDArray[np.bool_]
    view: View
    seed: int
    object_seeds: Mapping[int, int]


class Generator(Protocol):
    """Makes the picture that a camera would have seen out of a plain one."""

    def __call__(self, plates: Plates, /) -> NDArray[np.float32]:
        """Return exposed linear Rec.709 in focus throughout, shape (h, w, 3).

        The same plates give the same picture: a frame may be asked for alone.
        Called from several threads at once.
        """


class NamedGenerator(Generator, Protocol):
    """A generator whose pictures may be kept.

    Attributes:
        key: What decides its pictures besides the frame: two of the same key make the
            same.
        label: What it is called where its pictures are shown.
    """

    key: str
    label: str


def generated(generator: Generator, plates: Plates) -> NDArray[np.float32]:
    """Return what a generator makes of plates.

    Raises:
        PrevizError: If it is no picture of the plates' size.
    """
    made = np.ascontiguousarray(generator(plates), np.float32)
    if made.shape != plates.lit.shape:
        raise PrevizError(
            f"Renderer.generator must return a picture of shape {plates.lit.shape}, "
            f"got {made.shape}. Return one value for each pixel and colour."
        )
    return made
