"""Whole takes on disk: what one folder holds, and whether it is all there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from previz.errors import FilmFolderError, ModelError
from previz.folder import explain_os_error, put_in_place, remove
from previz.promote.frames import FrameStore
from previz.promote.frozen import Frozen

__all__ = [
    "FROZEN",
    "MANIFEST",
    "SOUND",
    "THUMB",
    "VIDEO",
    "Taken",
    "clear_links",
    "clear_torn",
    "part_of",
    "seal",
    "taken_in",
]

MANIFEST, FROZEN, THUMB = "take.json", "frozen.json", "thumb.jpg"
VIDEO, PREVIEW = "video.mp4", "preview.mp4"
SOUND = "sound.wav"
"""What a backend leaves of sound beside its frames."""
_PART = ".part"


@dataclass(frozen=True)
class Taken:
    """A whole take.

    Attributes:
        folder: Where it lies.
        manifest: What `take.json` says: files with their SHA-256, who made it, what it
            took, notes, adherence.
    """

    folder: Path
    manifest: Mapping[str, Any] = field(repr=False)

    @cached_property
    def frozen(self) -> Frozen:
        """What it was made from."""
        return Frozen.from_json((self.folder / FROZEN).read_bytes())

    @property
    def hash(self) -> str:
        """Its name."""
        return str(self.manifest["take"])

    @property
    def video(self) -> Path:
        """All of it as an MP4."""
        return self.folder / VIDEO

    @property
    def shot(self) -> str:
        """Id of the shot."""
        return str(self.manifest["shot"])

    @property
    def state(self) -> str:
        """Hash of what is where in each of the shot's frames."""
        return str(self.manifest["state"])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        width, height = self.manifest["size_px"]
        return int(width), int(height)

    @property
    def made_at_ns(self) -> int:
        """When it was sealed, nanoseconds since the epoch."""
        return (self.folder / MANIFEST).stat().st_mtime_ns

    @property
    def quality(self) -> str:
        """Its tier."""
        return str(self.manifest["order"]["quality"])

    @property
    def order_width_px(self) -> int:
        """The width that was ordered, for which its shot's state was worked out."""
        return int(self.manifest["order"]["width_px"])

    @property
    def length_frames(self) -> int:
        """How many frames it has."""
        return int(self.manifest["length_frames"])

    @property
    def verdict(self) -> Literal["pass", "review", "retry"]:
        """How it was judged."""
        said: Literal["pass", "review", "retry"] = self.manifest["verdict"]
        return said

    @property
    def summary(self) -> dict[str, Any]:
        """What a queue shows of it: all of the manifest but each file's hash."""
        told = {name: x for name, x in self.manifest.items() if name != "files"}
        names = [name for name in self.manifest["files"] if "/" not in name]
        return told | {"files": names}

    @property
    def frames(self) -> FrameStore:
        """Its frames."""
        return FrameStore(self.folder / "frames")

    def damage(self, within: str = "") -> str:
        """Return which file is missing or changed, or nothing if all is well.

        Args:
            within: How the names begin of those that are asked about.
        """
        for name, known in self.manifest["files"].items():
            if not name.startswith(within):
                continue
            path = self.folder / name
            if not path.is_file() or path.is_symlink():
                return f"{name} is missing"
            if _file_hash(path) != known:
                return f"{name} has changed"
        return ""


def part_of(promoted: Path, take: str) -> Path:
    """Return where a take lies while it is being made."""
    return promoted / f"{take}{_PART}"


def taken_in(promoted: Path, take: str) -> Taken | None:
    """Return a whole take by its name, or None where there is none."""
    folder = promoted / take
    try:
        if folder.is_symlink():
            return None
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        found = Taken(folder, manifest)
        whole = found.hash == take and found.length_frames > 0 and found.size != (0, 0)
        names = [*manifest["files"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError, ModelError):
        return None
    there = _files_in(folder)
    return found if whole and there is not None and there.issuperset(names) else None


def whole_takes(promoted: Path) -> list[Taken]:
    """Return all whole takes of a film, those made first first."""
    if not promoted.is_dir():
        return []
    names = [path.name for path in promoted.iterdir() if path.suffix != _PART]
    found = [taken for name in names if (taken := taken_in(promoted, name))]
    return sorted(found, key=lambda taken: (taken.made_at_ns, taken.hash))


def clear_links(part: Path) -> None:
    """Remove links from where a take is made: a worker would write through them.

    Raises:
        FilmFolderError: If one cannot be removed.
    """
    try:
        if part.is_symlink():
            part.unlink()
        for root, folders, files in os.walk(part):
            for name in (*folders, *files):
                path = Path(root, name)
                if path.is_symlink():
                    path.unlink()
    except OSError as error:
        raise FilmFolderError(explain_os_error(part, error)) from None


def clear_torn(part: Path) -> None:
    """Remove what a killed worker was writing beside the frames; it would be sealed in.

    Raises:
        FilmFolderError: If it cannot be removed.
    """
    try:
        for torn in part.glob(f".*{_PART}*"):
            torn.unlink(missing_ok=True)
    except OSError as error:
        raise FilmFolderError(explain_os_error(part, error)) from None


def _files_in(folder: Path) -> frozenset[str] | None:
    """Return the files in a folder, by their paths in it; None if there is a link."""
    found: set[str] = set()
    for root, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(root, name)
            if path.is_symlink():
                return None
        within = Path(root).relative_to(folder)
        found.update((within / name).as_posix() for name in files)
    return frozenset(found)


def seal(part: Path, place: Path, manifest: Mapping[str, Any]) -> Taken:
    """Write a take's manifest and put it in its place, whole, by one rename.

    Raises:
        FilmFolderError: If the disk is full or the folder cannot be written.
    """
    try:
        files = {
            path.relative_to(part).as_posix(): _file_hash(path)
            for path in sorted(part.rglob("*"))
            if path.is_file() and path.name != MANIFEST
        }
        told = {**manifest, "files": files}
        (part / MANIFEST).write_text(json.dumps(told, indent=1), "utf-8")
        if place.exists():
            remove(place)
        put_in_place(part, place)
    except OSError as error:
        raise FilmFolderError(explain_os_error(place, error)) from None
    return Taken(place, told)


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
