"""Edits of what is said about a shot: notes drawn on a frame, and its status."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.edits.edit import AbstractEdit, Frame, Index, Name, chosen, with_shot
from previz.errors import ModelError
from previz.model import Film, Note, Status, Stroke
from previz.stage import NO_ASSETS, Assets

__all__ = ["AddNote", "RemoveNote", "SetStatus"]

_SHOWN = 40


class AddNote(AbstractEdit):
    """Leave a note on a frame of a shot, written or drawn on the picture."""

    kind: Literal["add_note"] = "add_note"
    shot: Name
    frame: Frame = 0
    text: Annotated[str, Field(max_length=2000)] = ""
    strokes: Annotated[tuple[Stroke, ...], Field(max_length=200)] = ()
    author: Annotated[str, Field(max_length=80)] = ""

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the note; notes stand in order of their frames."""
        _, shot = film.find_shot(self.shot)
        if self.frame >= shot.length_frames:
            raise ModelError(
                f"Note.frame must be 0 to {shot.length_frames - 1} frames in "
                f"{shot.slate}, got {self.frame}. Pass a frame of the shot."
            )
        if not self.text.strip() and not self.strokes:
            raise ModelError(
                "Note.text must be written where nothing is drawn, got an empty note. "
                "Say what to change."
            )
        note = Note(
            frame=self.frame,
            text=self.text,
            strokes=self.strokes,
            author=self.author,
        )
        notes = tuple(sorted((*shot.notes, note), key=lambda n: n.frame))
        return with_shot(film, shot.changed(notes=notes))

    def words(self, film: Film) -> str:
        """Say the note, shortened."""
        _, shot = film.find_shot(self.shot)
        text = " ".join(self.text.split())
        if not text:
            return f"{shot.slate}: drawn note at frame {self.frame}"
        short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        return f"{shot.slate}: note “{short}”"


class RemoveNote(AbstractEdit):
    """Take a note off a shot."""

    kind: Literal["remove_note"] = "remove_note"
    shot: Name
    index: Index

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film without the note."""
        _, shot = film.find_shot(self.shot)
        index = chosen("Shot.note", self.index, shot.notes)
        notes = (*shot.notes[:index], *shot.notes[index + 1 :])
        return with_shot(film, shot.changed(notes=notes))

    def words(self, film: Film) -> str:
        """Say on which shot the note is done with."""
        _, shot = film.find_shot(self.shot)
        return f"{shot.slate}: note {self.index + 1} done"


class SetStatus(AbstractEdit):
    """Approve a shot, hold it, or open it again."""

    kind: Literal["set_status"] = "set_status"
    shot: Name
    status: Status

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the shot's status set."""
        _, shot = film.find_shot(self.shot)
        return with_shot(film, shot.changed(status=self.status))

    def words(self, film: Film) -> str:
        """Say where the shot stands now."""
        _, shot = film.find_shot(self.shot)
        said = {
            Status.OPEN: "open again",
            Status.APPROVED: "approved",
            Status.HOLD: "on hold",
        }
        return f"{shot.slate} {said[self.status]}"
