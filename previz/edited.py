"""What of a film's façade is about editing it: one history, shown in a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from previz import model
from previz.errors import ModelError
from previz.session import Entry, Session

if TYPE_CHECKING:
    from previz.edits import AbstractEdit
    from previz.stage import Assets

__all__ = ["AbstractEdited", "History"]

_UNDONE = "opacity:.45"


class History(Sequence[Entry]):
    """The edits of a film in order of time; it shows itself as a list.

    Args:
        entries: Those that are undone last.
    """

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        return self._entries[index]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __repr__(self) -> str:
        if not self._entries:
            return "Nothing edited yet."
        return "\n".join(
            f"{number:>3}  {entry.words}{'' if entry.done else '  (undone)'}"
            for number, entry in enumerate(self._entries, 1)
        )

    def _repr_html_(self) -> str:
        if not self._entries:
            return '<span style="opacity:.65">Nothing edited yet.</span>'
        rows = "".join(
            f"<li{'' if entry.done else f' style={_UNDONE!r}'}>{escape(entry.words)}"
            f"{'' if entry.done else ' <i>undone</i>'}</li>"
            for entry in self._entries
        )
        return (
            '<ol style="font:13px/1.6 system-ui,sans-serif;margin:0;'
            f'font-variant-numeric:tabular-nums">{rows}</ol>'
        )


class AbstractEdited:
    """A film that is edited in place, in cells and in widgets, with one history.

    Attributes:
        session: Holds the film as it is now; every open widget listens to it.
    """

    session: Session

    @property
    def value(self) -> model.Film:
        """The film itself as it is now: all there is to know of it."""
        return self.session.value

    @property
    def assets(self) -> Assets | None:
        """Its imported meshes and motion, if any."""
        return self.session.assets

    @property
    def folder(self) -> Path | None:
        """Where it was opened from or saved to; each edit is saved there at once."""
        return self.session.folder

    @folder.setter
    def folder(self, folder: Path | None) -> None:
        self.session.folder = folder

    def edit(self, edit: AbstractEdit | str, **fields: Any) -> None:
        """Edit the film in place; open widgets follow, and `film.undo()` takes it back.

        `film.edit("set_lens", shot="2B", focal_length_mm=85)`,
        `film.edit("move_mark", scene="2", character="ann", index=1, to="window")`.

        Args:
            edit: The name of an edit (`previz.edits` has them all), or an edit.
            **fields: Of the edit that is named.

        Raises:
            PrevizError: If the edit is refused; the film is as it was.
        """
        from previz.edits import AbstractEdit, edit_of

        if isinstance(edit, str):
            edit = edit_of({"kind": edit, **fields})
        if not isinstance(edit, AbstractEdit):
            raise ModelError(
                f"Film.edit must be an edit or the name of one, got {edit!r}. "
                'Pass such as "set_lens", with its fields.'
            )
        self.session.apply(edit)

    def undo(self) -> None:
        """Take back the last edit that was made in a cell or a widget."""
        self.session.undo()

    def redo(self) -> None:
        """Make the edit again that was undone last."""
        self.session.redo()

    @property
    def history(self) -> History:
        """What was edited, as it is called on a set."""
        return History(self.session.history)
