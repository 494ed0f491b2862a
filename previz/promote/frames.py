"""The finished frames of a take on disk: each whole or not there.

frames/000057.exr   linear light with its layers, half floats, ids to the bit
frames/000057.png   code values, as a model gives them
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
from PIL import Image

from previz.deliver import Slate, read_exr, slate_attributes, whole, write_exr
from previz.errors import FilmFolderError
from previz.folder import explain_os_error
from previz.promote.backend import Frame

__all__ = ["FrameStore"]

_FRAME = re.compile(r"(\d{6,})\.(exr|png)")
_PNG_EFFORT = 3


class FrameStore:
    """Frames of one take.

    Args:
        folder: Where they lie; made with the first.
        slate: What each file says of itself.
    """

    def __init__(self, folder: Path, *, slate: Slate | None = None) -> None:
        self.folder = Path(folder)
        self._slate = slate or Slate()

    def keep(self, frame: Frame) -> Path:
        """Write a finished frame; it is there whole, on the disk, or not at all.

        Raises:
            FilmFolderError: If the disk is full or the folder cannot be written.
        """
        path = self.folder / f"{frame.number:06d}.{'exr' if frame.is_linear else 'png'}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FilmFolderError(explain_os_error(path, error)) from None
        if frame.is_linear:
            said = slate_attributes(self._slate, frame.number)
            write_exr(
                path,
                np.asarray(frame.picture, np.float32),
                layers=frame.layers,
                names=frame.names,
                attributes={**said, **frame.camera},
            )
            return path
        raw = io.BytesIO()
        Image.fromarray(frame.picture).save(raw, "PNG", compress_level=_PNG_EFFORT)
        with whole(path) as part:
            part.write_bytes(raw.getbuffer())
        return path

    def paths(self) -> dict[int, Path]:
        """Return the file of each finished frame, in order; links are none."""
        if not self.folder.is_dir() or self._is_linked():
            return {}
        found = {
            int(match[1]): path
            for path in self.folder.iterdir()
            if (match := _FRAME.fullmatch(path.name))
            and path.is_file()
            and not path.is_symlink()
        }
        return dict(sorted(found.items()))

    def missing(self, length_frames: int) -> tuple[int, ...]:
        """Return the frames of a take that are not finished, in order."""
        made = self.paths()
        return tuple(n for n in range(length_frames) if n not in made)

    def read(self, number: int) -> Frame:
        """Return a finished frame.

        Raises:
            FilmFolderError: If it is not there, or its file is damaged.
        """
        path = self.paths().get(number)
        if path is None:
            raise FilmFolderError(
                f"FrameStore.frame must be finished, got no frame {number} in "
                f"{self.folder}. Promote the shot again."
            )
        if path.suffix == ".exr":
            found = read_exr(path)
            return Frame(number, found.picture, found.layers, found.names)
        try:
            with Image.open(path) as picture:
                return Frame(number, np.asarray(picture.convert("RGB")))
        except (OSError, SyntaxError) as error:
            raise FilmFolderError(
                f"FrameStore.frame must be a picture that can be read, got {path} "
                f"({error}). Delete it and promote the shot again."
            ) from None

    def clear_damaged(self) -> None:
        """Remove what a killed worker was writing, and files that cannot be read."""
        if not self.folder.is_dir() or self._is_linked():
            return
        for part in self.folder.glob(".*.part*"):
            part.unlink(missing_ok=True)
        for number, path in self.paths().items():
            try:
                self.read(number)
            except FilmFolderError:
                path.unlink(missing_ok=True)

    def _is_linked(self) -> bool:
        return self.folder.is_symlink() or self.folder.parent.is_symlink()
