"""A film on disk is a folder; nothing in it is ever half written.

    film.json      the film (schema-versioned)
    undo.json      what was edited last, so that it can be undone after a restart
    history/       versions of film.json that a later save replaced
    takes/<hash>/  one immutable take each: its video and a manifest
    promoted/      takes at full quality, as they are made and when they are whole
    ledger.sqlite  who makes which of them, and what that took
    assets/        imported meshes and motion, named by their SHA-256

Opening a film runs no code from it and follows no path out of the folder.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from previz.errors import FilmFolderError
from previz.model import Film, film_from_json

__all__ = [
    "UNDO_JSON",
    "FilmFolder",
    "explain_os_error",
    "new_part",
    "put_in_place",
    "remove",
    "write_atomic",
]

_MAX_FILM_BYTES = 256 * 1024 * 1024
_PART = ".part"
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES})
UNDO_JSON = "undo.json"
_LEDGER = "ledger.sqlite"
_OWN = (
    "film.json", UNDO_JSON, "history", "takes", "promoted", "assets", ".lock",
    _LEDGER, f"{_LEDGER}-wal", f"{_LEDGER}-shm",
)  # fmt: skip


def write_atomic(path: Path, data: bytes | str) -> None:
    """Write a file so that a reader sees the old content or the new, never a part.

    Raises:
        FilmFolderError: If the disk is full or the folder cannot be written.
    """
    raw = data.encode() if isinstance(data, str) else data
    path = Path(path)
    part: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = new_part(path)
        part.write_bytes(raw)
        put_in_place(part, path)
    except OSError as error:
        raise FilmFolderError(explain_os_error(path, error)) from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def new_part(path: Path) -> Path:
    """Make an empty file beside `path`, of a name nobody used, to write it in.

    Raises:
        OSError: If the folder cannot be written.
    """
    part = path.with_name(f".{path.name[:40]}.{secrets.token_hex(8)}{_PART}")
    part.open("xb").close()
    return part


def put_in_place(part: Path, path: Path) -> None:
    """Bring a finished file or folder of files to the disk, then rename it to `path`.

    Args:
        part: What was written, on the same file system as `path`.
        path: Its place; a file there is replaced, a folder there must be empty.

    Raises:
        OSError: If the disk is full, the folder cannot be written, or a device lies
            there: a rename would put a file in its place.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "Not a file but a device")
    inside = [*part.rglob("*")] if part.is_dir() else [part]
    for file in inside:
        if file.is_file():
            # Windows flushes only what is open for writing.
            with file.open("r+b") as handle:
                os.fsync(handle.fileno())
    for folder in (*(file for file in inside if file.is_dir()), part):
        if folder.is_dir():
            _sync_folder(folder)
    part.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk where the system knows how."""
    if os.name != "posix":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def remove(path: Path) -> None:
    """Remove a file, a link itself, or a folder; what a link points to stays.

    Raises:
        OSError: If it cannot be removed.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


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
        if not isinstance(path, str | Path):
            raise FilmFolderError(
                f"FilmFolder.path must be a path, got {path!r}. Pass such as 'my_film'."
            )
        self.path = Path(path).expanduser().absolute()
        if self.path.exists() and not self.path.is_dir():
            inside = self.path.name == "film.json"
            todo = (
                "Pass the folder that it is in." if inside else "Choose another name."
            )
            raise FilmFolderError(
                f"FilmFolder.path must be a folder, got the file {self.path}. {todo}"
            )

    @property
    def film_json(self) -> Path:
        """Where the film itself stands."""
        return self.path / "film.json"

    @property
    def takes(self) -> Path:
        """The folder of takes."""
        return self.path / "takes"

    @property
    def promoted(self) -> Path:
        """The folder of takes at full quality."""
        return self.path / "promoted"

    @property
    def ledger(self) -> Path:
        """Where the jobs stand that make them."""
        return self.path / _LEDGER

    @property
    def assets(self) -> Path:
        """The folder of imported meshes and motion."""
        return self.path / "assets"

    def prepare(self) -> None:
        """Make the folder, or accept one that is empty or a film's already.

        Raises:
            FilmFolderError: If it holds other things or links, or cannot be written.
        """
        self._refuse_links()
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

    def _refuse_links(self) -> None:
        for name in _OWN:
            if (self.path / name).is_symlink():
                raise FilmFolderError(
                    f"FilmFolder.path must hold its own {name}, got a link in "
                    f"{self.path}. Replace the link by what it points to."
                )

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one writer; a lock dies with its process.

        Raises:
            FilmFolderError: If another process is writing this film.
        """
        from filelock import FileLock, Timeout

        self._refuse_links()
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
            self._clear_parts()
            yield
        finally:
            lock.release()

    def _clear_parts(self) -> None:
        """Remove the files that a killed run was writing."""
        try:
            for part in self.path.glob(f".*.{'[0-9a-f]' * 16}{_PART}"):
                if part.is_symlink() or part.is_file():
                    part.unlink()
        except OSError as error:
            raise FilmFolderError(explain_os_error(self.path, error)) from None

    def save(self, film: Film, *, over: str = "") -> str:
        """Write the film; a different earlier version is kept in `history/`.

        Args:
            film: The film.
            over: SHA-256 of the version that need not be kept.

        Returns:
            The SHA-256 of what film.json holds now.

        Raises:
            FilmFolderError: If the folder cannot be written, or holds links.
        """
        self._refuse_links()
        text = film.to_json().encode()
        fresh = hashlib.sha256(text).hexdigest()
        if self.film_json.is_file():
            before = self.film_json.read_bytes()
            old = hashlib.sha256(before).hexdigest()
            if old == fresh:
                return fresh
            if old != over:
                write_atomic(self.path / "history" / f"film-{old[:16]}.json", before)
        write_atomic(self.film_json, text)
        return fresh

    def load(self) -> Film:
        """Read the film.

        Raises:
            FilmFolderError: If the folder holds no film or links, or cannot be read.
            ModelError: If film.json is broken or of another version.
        """
        try:
            raw = self._film_bytes()
        except OSError as error:
            raise FilmFolderError(
                f"FilmFolder.path must be readable, got {self.path} "
                f"({error.strerror}). Change its permissions."
            ) from None
        return film_from_json(raw)

    def _film_bytes(self) -> bytes:
        self._refuse_links()
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
        return self.film_json.read_bytes()
