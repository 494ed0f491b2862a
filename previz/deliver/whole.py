"""Files that appear whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from previz.errors import FilmFolderError
from previz.folder import explain_os_error, put_in_place

__all__ = ["whole"]


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Yield where to write a file; once written, it is renamed to `path`.

    A killed process leaves a hidden `.part` beside it at most, and what lay at `path`
    before stays until the new file is on the disk.

    Args:
        path: The file; its folder must exist.

    Raises:
        FilmFolderError: If the disk is full or the folder cannot be written.
    """
    part = path.with_name(f".{path.stem}.{secrets.token_hex(6)}.part{path.suffix}")
    try:
        yield part
        put_in_place(part, path)
    except OSError as error:
        raise FilmFolderError(explain_os_error(path, error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
