"""What a worker makes of a proof's frames: pictures beside their previews, figures.

    promoted/<hash>.part/stills/000018.jpg          as it is shown
    promoted/<hash>.part/stills/000018.preview.jpg  the preview's frame

They are there to be looked at together, dozens of shots at once; the finished frames
lie in `frames/` as those of any take.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from previz.controls import Footage
from previz.folder import write_atomic
from previz.promote.finishing import Finished, shown
from previz.promote.frames import FrameStore
from previz.promote.frozen import Frozen
from previz.promote.judging import judged_stills
from previz.promote.proof import Frames

__all__ = ["STILLS", "prove", "still_of"]

STILLS = "stills"
_STILL_PX = 960
_PREVIEW_PX = 480
"""As wide as pictures are compared, so that light is baked once for both."""


def prove(
    frozen: Frozen, footage: Footage, store: FrameStore, part: Path, frames: Frames
) -> Finished:
    """Keep the frames of a proof as pictures, and measure how true they are.

    Raises:
        FilmFolderError: If a frame cannot be read or the folder cannot be written.
        MissingRuntimeError: If the extra `promote` is not installed.
    """
    left = {*frames}

    def picture(frame: int) -> NDArray[np.uint8]:
        # Kept as it is measured: one picture of a long proof is held at a time.
        found = shown(store.read(frame))
        if frame in left:
            made, preview = still_of(part, frame)
            write_atomic(made, _jpeg(found))
            write_atomic(preview, _jpeg(_previewed(frozen, footage, frame)))
            left.discard(frame)
        return found

    verdict, figures, framing = judged_stills(frozen, footage, picture, frames)
    for frame in sorted(left):
        picture(frame)
    return Finished(verdict, figures, frames, framing)


def still_of(part: Path, frame: int) -> tuple[Path, Path]:
    """Return where a proof's frame lies as a picture, and its preview."""
    folder = part / STILLS
    return folder / f"{frame:06d}.jpg", folder / f"{frame:06d}.preview.jpg"


def _previewed(frozen: Frozen, footage: Footage, frame: int) -> NDArray[np.uint8]:
    order = frozen.order
    width_px = min(_PREVIEW_PX, order.width_px)
    height_px = max(round(width_px * order.height_px / order.width_px), 1)
    return footage.preview(frame, size=(width_px, height_px))


def _jpeg(picture: NDArray[np.uint8]) -> bytes:
    image, raw = Image.fromarray(picture), io.BytesIO()
    image.thumbnail((_STILL_PX, _STILL_PX))
    image.save(raw, "JPEG", quality=90)
    return raw.getvalue()
