"""What a take's manifest says besides: it outlives a killed worker."""

from __future__ import annotations

import json
from pathlib import Path

from previz.folder import write_atomic

__all__ = ["Notes"]


class Notes:
    """Notes of one take, none twice.

    Args:
        path: Where they are kept until the take is whole.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> list[str]:
        """Return the notes in order."""
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return []
        return [str(note) for note in found] if isinstance(found, list) else []

    def add(self, note: str) -> None:
        """Keep a note.

        Raises:
            FilmFolderError: If it cannot be written.
        """
        notes = self.all()
        if note not in notes:
            write_atomic(self._path, json.dumps([*notes, note]))
