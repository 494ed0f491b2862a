"""What is made of a take's frames before it is whole: its film, its thumbnail."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from previz.controls import Footage
from previz.deliver import finished, write_movie
from previz.folder import write_atomic
from previz.promote.backend import Frame
from previz.promote.frames import FrameStore
from previz.promote.frozen import Frozen
from previz.promote.handing import slate_of
from previz.promote.judging import judged
from previz.promote.proof import Frames
from previz.promote.taken import PREVIEW, VIDEO
from previz.render import display

__all__ = [
    "Finished",
    "Finisher",
    "film_take",
    "finish_take",
    "quick",
    "shown",
    "thumbnail",
]

_THUMB_PX, _PREVIEW_PX = 320, 640
_LEAST_PX = 16


@dataclass(frozen=True)
class Finished:
    """How a take or a proof of it came out.

    Attributes:
        verdict: Whether it may go on, should be looked at, or be made again with
            another seed.
        adherence: What was measured of it, by name.
        proof: The frames, where it is no more than a proof.
        framing: How far the framing of each of those is off, in order.
    """

    verdict: Literal["pass", "review", "retry"] = "pass"
    adherence: dict[str, Any] = field(default_factory=dict)
    proof: Frames = ()
    framing: list[dict[str, Any]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """Return what a queue shows of a proof; plain JSON."""
        return {
            "verdict": self.verdict,
            "adherence": self.adherence,
            "framing": self.framing,
        }


Finisher = Callable[[Frozen, Footage, FrameStore, Path], Finished]
"""Makes what a take has besides its frames, in its folder, and judges it."""


def film_take(
    frozen: Frozen, footage: Footage, store: FrameStore, part: Path
) -> Finished:
    """Write a take's frames as an MP4.

    Raises:
        FilmFolderError: If a frame cannot be read or the film cannot be written.
    """
    pictures = _pictures(store, frozen.shot.length_frames)
    write_movie(part / VIDEO, pictures, slate=slate_of(frozen))
    return Finished()


def finish_take(
    frozen: Frozen, footage: Footage, store: FrameStore, part: Path
) -> Finished:
    """Write a take's frames and its preview's as MP4, and measure how true it is.

    Raises:
        FilmFolderError: If a frame cannot be read or a film cannot be written.
        MissingRuntimeError: If the extra `promote` is not installed.
    """
    film_take(frozen, footage, store, part)
    write_movie(part / PREVIEW, _previewed(frozen, footage), slate=slate_of(frozen))
    return Finished(*judged(frozen, footage, lambda number: shown(store.read(number))))


def shown(frame: Frame) -> NDArray[np.uint8]:
    """Return a frame as sRGB code values, shape (h, w, 3)."""
    if frame.is_linear:
        codes = finished(np.asarray(frame.picture, np.float32))
        return np.asarray(codes, np.uint8)
    return np.asarray(frame.picture, np.uint8)


def quick(frame: Frame) -> NDArray[np.uint8]:
    """Return a frame about as it will be shown, for a look while it is made."""
    if frame.is_linear:
        return display(np.asarray(frame.picture, np.float32))
    return np.asarray(frame.picture, np.uint8)


def thumbnail(path: Path, picture: NDArray[np.uint8]) -> None:
    """Write a small JPEG of a frame; a reader sees the old one or the new.

    Raises:
        FilmFolderError: If the disk is full or the folder cannot be written.
    """
    small, raw = Image.fromarray(picture), io.BytesIO()
    small.thumbnail((_THUMB_PX, _THUMB_PX))
    small.save(raw, "JPEG", quality=85)
    write_atomic(path, raw.getvalue())


def _pictures(store: FrameStore, length: int) -> Iterator[NDArray[np.uint8]]:
    for number in range(length):
        yield _evened(shown(store.read(number)))


def _previewed(frozen: Frozen, footage: Footage) -> Iterator[NDArray[np.uint8]]:
    """Yield the preview's frames, as small as the take's or smaller."""
    order = frozen.order
    scale = min(_PREVIEW_PX / order.width_px, 1.0)
    size = (round(order.width_px * scale), max(round(order.height_px * scale), 1))
    for number in range(frozen.shot.length_frames):
        yield _evened(footage.preview(number, size=size))


def _evened(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a picture of even sides that a film can have, its edges repeated."""
    height, width = picture.shape[:2]
    more = [(0, max(side + side % 2, _LEAST_PX) - side) for side in (height, width)]
    return np.pad(picture, [*more, (0, 0)], mode="edge")
