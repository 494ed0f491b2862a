"""A film on disk is a folder; nothing in it is ever half written.

    film.json      the film (schema-versioned)
    history/       versions of film.json that a later save replaced
    takes/<hash>/  one immutable take each: its video and a manifest

Opening a film runs no code from it and follows no path out of the folder.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from previz.errors import FilmFolderError
from previz.model import Film, film_from_json

__all__ = ["FilmFolder", "explain_os_error", "write_atomic"]

_MAX_FILM_BYTES = 256 * 1024 * 1024


def write_atomic(path: Path, data: bytes | str) -> None:
    """Write a file so that a reader sees the old content or the new, never a part.

    Raises:
        FilmFolderError: If the disk is full or the folder cannot be written.
    """
    raw = data.encode() if isinstance(data, str) else data
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=".tmp"
        )
    except OSError as error:
        raise FilmFolderError(explain_os_error(path, error)) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        raise FilmFolderError(explain_os_error(path, error)) from None
    finally:
        Path(temporary).unlink(missing_ok=True)


def explain_os_error(path: Path, error: OSError) -> str:
    """Say in the house form why `path` could not be written."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            rule, todo = "on a disk with room", "Free some room and run it again."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            rule, todo = "writable", "Choose another folder or change its permissions."
        case errno.ENOTDIR | errno.EEXIST:
            rule, todo = "inside a folder", "Choose a path that is not below a file."
        case errno.ENAMETOOLONG:
            rule, todo = "a shorter path", "Choose a shorter name."
        case _:
            rule, todo = "writable", f"The system says: {error.strerror}."
    return f"FilmFolder.path must be {rule}, got {path}. {todo}"


class FilmFolder:
    """A film's folder on disk.

    Args:
        path: The folder. It may not exist yet.

    Raises:
        FilmFolderError: If the path is a file.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).expanduser().absolute()
        if self.path.exists() and not self.path.is_dir():
            raise FilmFolderError(
                f"FilmFolder.path must be a folder, got the file {self.path}. "
                "Choose another name."
            )

    @property
    def film_json(self) -> Path:
        """Where the film itself stands."""
        return self.path / "film.json"

    @property
    def takes(self) -> Path:
        """The folder of takes."""
        return self.path / "takes"

    def prepare(self) -> None:
        """Make the folder, or accept one that is empty or a film's already.

        Raises:
            FilmFolderError: If it holds other things or cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            strangers = [
                entry.name
                for entry in self.path.iterdir()
                if not entry.name.startswith(".")
            ]
        except OSError as error:
            raise FilmFolderError(explain_os_error(self.path, error)) from None
        if strangers and not self.film_json.is_file():
            raise FilmFolderError(
                "FilmFolder.path must be an empty folder or a film's, got "
                f"{self.path} with {strangers[0]!r} in it. Choose another folder."
            )
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise FilmFolderError(
                explain_os_error(self.path, PermissionError(errno.EACCES, ""))
            )

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one writer; a lock dies with its process.

        Raises:
            FilmFolderError: If another process is writing this film.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.path / ".lock")
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise FilmFolderError(
                f"FilmFolder.path must be free, got {self.path} while another previz "
                "writes it. Wait for it or choose another folder."
            ) from None
        except OSError as error:
            raise FilmFolderError(explain_os_error(self.path, error)) from None
        try:
            yield
        finally:
            lock.release()

    def save(self, film: Film) -> None:
        """Write the film; a different earlier version is kept in `history/`.

        Raises:
            FilmFolderError: If the folder cannot be written.
        """
        text = film.to_json()
        if self.film_json.is_file():
            before = self.film_json.read_bytes()
            if before == text.encode():
                return
            name = hashlib.sha256(before).hexdigest()[:16]
            write_atomic(self.path / "history" / f"film-{name}.json", before)
        write_atomic(self.film_json, text)

    def load(self) -> Film:
        """Read the film.

        Raises:
            FilmFolderError: If the folder holds no film.
            ModelError: If film.json is broken or of another version.
        """
        if not self.film_json.is_file():
            raise FilmFolderError(
                f"FilmFolder.path must hold a film.json, got {self.path}. "
                "Make one with: previz animatic SCREENPLAY --out FOLDER."
            )
        size = self.film_json.stat().st_size
        if size > _MAX_FILM_BYTES:
            raise FilmFolderError(
                f"FilmFolder.film_json must be <= {_MAX_FILM_BYTES >> 20} MiB, got "
                f"{size >> 20} MiB. Open the right folder."
            )
        return film_from_json(self.film_json.read_bytes())
