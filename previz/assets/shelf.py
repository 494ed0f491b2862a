"""The folder an asset lies in: nothing outside of it is read, nothing too large.

A file may name others beside it: buffers, images, material libraries, layers. A name
is followed only below the asset's own folder: no absolute paths, no "..", no links
that lead out, no addresses of the network.
"""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from previz.errors import AssetError

__all__ = [
    "MOST_BYTES",
    "MOST_KEPT",
    "MOST_PX",
    "MOST_TRIANGLES",
    "Shelf",
    "check_triangles",
    "picture",
]

MOST_BYTES = 256 * 1024 * 1024
"""What one file may weigh, and all files beside it together."""
MOST_TRIANGLES = 2_000_000
"""More triangles than this are refused."""
MOST_KEPT = 300_000
"""More triangles than this are thinned out."""
MOST_PX = 8192
"""Longest side of a texture."""

_DRIVE = re.compile(r"^[A-Za-z]:")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:")


class Shelf:
    """An asset's file and what lies beside it.

    Args:
        path: The asset's file.

    Raises:
        AssetError: If it is no file, empty or too large.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise AssetError(
                f"Asset.path must be a file, got {path}. Check the name and the folder."
            )
        self.root = path.parent.resolve()
        self._left = MOST_BYTES
        size = path.stat().st_size
        if not size:
            raise AssetError(
                f"Asset.file must hold a mesh, got the empty file {path.name}. "
                "Export it again."
            )
        if size > MOST_BYTES:
            raise AssetError(
                f"Asset.file must be <= {MOST_BYTES >> 20} MiB, got {size >> 20} MiB "
                f"in {path.name}. Simplify the mesh or its textures."
            )

    def own(self) -> bytes:
        """Return the asset's own bytes."""
        return self.path.read_bytes()

    def find(self, name: str) -> Path | None:
        """Return the file of this name beside the asset, or None if there is none.

        Raises:
            AssetError: If the name leads out of the asset's folder.
        """
        plain = unquote(name.strip()).replace("\\", "/")
        parts = PurePosixPath(plain).parts
        outside = (
            not plain
            or "\0" in plain
            or plain.startswith(("/", "~"))
            or _DRIVE.match(plain)
            or _SCHEME.match(plain)
            or ".." in parts
        )
        if not outside:
            try:
                place = self.root.joinpath(*parts).resolve()
            except (OSError, RuntimeError):
                return None
            if place.is_relative_to(self.root):
                return place if place.is_file() else None
        raise AssetError(
            f"Asset.file must name only files in its own folder, got {name[:80]!r} in "
            f"{self.path.name}. Put that file beside it and export it with relative "
            "paths."
        )

    def beside(self, name: str) -> bytes | None:
        """Return the bytes of a file beside the asset, or None if there is none.

        Raises:
            AssetError: If the name leads out of the folder, or all is too large.
        """
        place = self.find(name)
        if place is None:
            return None
        self._left -= place.stat().st_size
        if self._left < 0:
            raise AssetError(
                f"Asset.files must be <= {MOST_BYTES >> 20} MiB together, got more "
                f"with {name[:80]!r}. Simplify the mesh or its textures."
            )
        return place.read_bytes()


def check_triangles(count: int, name: str) -> None:
    """Refuse what is too much to read.

    Raises:
        AssetError: If there are too many triangles.
    """
    if count > MOST_TRIANGLES:
        raise AssetError(
            f"Asset.triangles must be <= {MOST_TRIANGLES:,}, got {count:,} in {name}. "
            "Decimate the mesh in the program it comes from."
        )


def picture(data: bytes) -> NDArray[np.uint8] | None:
    """Return an image as sRGB with alpha, shape (h, w, 4); None if it is broken.

    Raises:
        AssetError: If it is larger than a texture may be.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                if max(image.size) <= MOST_PX:
                    return np.asarray(image.convert("RGBA"))
                wide, high = image.size
    except Image.DecompressionBombError:
        wide = high = MOST_PX + 1
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError):
        return None
    raise AssetError(
        f"Asset.texture must be <= {MOST_PX} px on a side, got {wide} by {high}. "
        "Scale the texture down."
    )
