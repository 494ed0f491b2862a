"""One film, one history: what all open views of it and the notebook share."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from previz.errors import ModelError
from previz.model import Film
from previz.session.autosave import Autosave
from previz.session.history import AnyStep, Change, Entry, Step
from previz.session.kept import KeptStep
from previz.session.playhead import Playhead

if TYPE_CHECKING:
    from previz.edits import AbstractEdit
    from previz.stage import Assets

__all__ = ["Session"]

_MOST_STEPS = 500
"""So many entries can be taken back; older ones stand."""
_MOST_OVER = 32
"""So many drags that were ended by something else are known by name."""

Listener = Callable[[Change], None]


class Session:
    """A film that is being directed.

    Edits come from cells and browsers, one at a time whatever thread they are on.
    A refused edit leaves everything as it was. The edits of a drag are one entry and
    do not add up: each is made to the film before the drag.

    Args:
        value: The film.
        folder: Where each finished entry is saved; nowhere if None.
        assets: The film's imported meshes and motion, if any.

    Attributes:
        assets: As given.
        playhead: Where its studios stand in time.
    """

    def __init__(
        self, value: Film, *, folder: Path | None = None, assets: Assets | None = None
    ) -> None:
        self.assets = assets
        self.playhead = Playhead()
        self._value = value
        self._revision = 0
        self._done: deque[AnyStep] = deque(maxlen=_MOST_STEPS)
        self._undone: list[AnyStep] = []
        self._drag = ""
        self._over: deque[str] = deque(maxlen=_MOST_OVER)
        self._listeners: list[Listener] = []
        self._untold: deque[Change] = deque()
        self._telling = False
        self._lock = threading.RLock()
        self._autosave: Autosave | None = None
        self.folder = folder

    @property
    def value(self) -> Film:
        """The film now."""
        return self._value

    @property
    def revision(self) -> int:
        """How many changes there were; each gets the next number."""
        return self._revision

    @property
    def dragging(self) -> bool:
        """Whether more edits of a drag may follow."""
        return bool(self._drag)

    @property
    def folder(self) -> Path | None:
        """Where each finished entry is saved."""
        return None if self._autosave is None else self._autosave.folder

    @folder.setter
    def folder(self, folder: Path | None) -> None:
        if folder != self.folder:
            self._autosave = None if folder is None else Autosave(folder)

    @property
    def trouble(self) -> str:
        """Why the last entry could not be saved, or what was set aside or saved over.

        Empty when all is saved and nobody else writes into the folder.
        """
        if self._autosave is None:
            return ""
        saved = self._autosave
        return saved.trouble or saved.kept.trouble or saved.overwrote

    @property
    def history(self) -> tuple[Entry, ...]:
        """The entries in order of time, those that are undone last."""
        with self._lock:
            return (
                *(Entry(step.words) for step in self._done),
                *(Entry(step.words, done=False) for step in reversed(self._undone)),
            )

    @property
    def at(self) -> int:
        """How many entries of `history` are done."""
        return len(self._done)

    def recall(self) -> None:
        """Take up the history that is kept beside the film, so that undo goes on.

        Call it where the film was just read from its folder. A history that is torn,
        or another film's, is set aside; `trouble` says so.
        """
        with self._lock:
            if self._autosave is None or self._done or self._undone:
                return
            self._autosave.read()
            done, undone = self._autosave.kept.recall(self._value)
            self._done.extend(done)
            self._undone.extend(reversed(undone))

    def keep(self) -> None:
        """Save the film and its history now, as each finished entry does."""
        with self._lock:
            if not self._drag:
                self._save()

    def apply(self, edit: AbstractEdit, *, drag: str = "", last: bool = False) -> Film:
        """Make an edit and return the film.

        Args:
            edit: The edit.
            drag: Any name, the same for all edits of one drag; empty for one alone.
            last: Whether it is the last of its drag.

        Raises:
            ModelError: If something else was done meanwhile, which ended the drag.
            PrevizError: If the edit is refused; the film is as it was.
        """
        with self._lock:
            self._check_not_over(drag)
            goes_on = bool(drag) and drag == self._drag
            base = self._done[-1].before if goes_on else self._value
            try:
                words = edit.words(base)
                value = edit.apply(base, **self._with_assets())
            except Exception:
                if last:
                    self.finish(drag)
                raise
            opened = drag if not last else ""
            step = Step(words, base, value)
            return self._made(step, drag=drag, opened=opened, goes_on=goes_on)

    def finish(self, drag: str) -> None:
        """End a drag as it is; its entry is saved. One that is over stays so."""
        with self._lock:
            if drag and drag == self._drag:
                self._drag = ""
                self._settle()
                self._save()

    def rest(self) -> None:
        """End the drag in progress, if any; more of it is refused from now on."""
        with self._lock:
            if self._drag:
                self._over.append(self._drag)
                self.finish(self._drag)

    def cancel(self, drag: str) -> Film:
        """Take back a drag that is in progress and return the film before it."""
        with self._lock:
            if not drag or drag != self._drag:
                return self._value
            step = self._done.pop()
            self._drag = ""
            return self._become(step.before, step.words, "cancel", drag=drag)

    def undo(self) -> Film:
        """Take back the last entry, if there is one, and return the film."""
        with self._lock:
            self.rest()
            if not self._done:
                return self._value
            # An entry of an earlier kernel may yet be refused.
            step, value = self._done[-1], self._done[-1].before
            self._fetch(step, value)
            self._undone.append(self._done.pop())
            return self._become(value, step.words, "undo")

    def redo(self) -> Film:
        """Make the entry again that was undone last, and return the film."""
        with self._lock:
            self.rest()
            if not self._undone:
                return self._value
            step, value = self._undone[-1], self._undone[-1].after
            self._fetch(step, value)
            self._done.append(self._undone.pop())
            return self._become(value, step.words, "redo")

    @contextmanager
    def held(self) -> Iterator[Film]:
        """Keep other threads from changing the film meanwhile; yield it as it is.

        Whatever is kept up with the film by a listener is at rest as long.
        """
        with self._lock:
            yield self._value

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have every change told, in order; return what ends that.

        An error in a listener is raised where the change was asked for, after the
        others were told; the change stands.
        """
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def _check_not_over(self, drag: str) -> None:
        # Made to the film as it is by now, what a drag says would add up.
        if drag and drag in self._over:
            raise ModelError(
                f"Edit.drag must be in progress, got {drag!r}, which another edit or "
                "an undo has ended. Let go and drag again."
            )

    def _fetch(self, step: AnyStep, value: Film) -> None:
        """Read what an entry of an earlier kernel brings back to the film."""
        if self._autosave is not None and isinstance(step, KeptStep):
            self.assets = self._autosave.fetched(value, self.assets)

    def _with_assets(self) -> dict[str, Assets]:
        return {} if self.assets is None else {"assets": self.assets}

    def _made(self, step: Step, *, drag: str, opened: str, goes_on: bool) -> Film:
        if goes_on:
            self._done[-1] = step
        elif step.after == step.before:
            return self._value
        else:
            self.rest()
            self._done.append(step)
        self._drag = opened
        if not opened:
            self._settle()
        return self._become(step.after, step.words, "edit", drag=drag)

    def _become(
        self,
        value: Film,
        words: str,
        way: Literal["edit", "undo", "redo", "cancel"],
        *,
        drag: str = "",
    ) -> Film:
        before, self._value = self._value, value
        self._revision += 1
        opened = bool(self._drag)
        change = Change(self._revision, before, value, words, way, drag, opened)
        try:
            errors = self._tell(change)
        finally:
            if not opened:
                self._save()
        if errors:
            errors[0].add_note(f"The film has changed all the same: {words}")
            raise errors[0]
        return value

    def _tell(self, change: Change) -> list[Exception]:
        """Tell a change to all; one that comes of it is told after it."""
        self._untold.append(change)
        errors: list[Exception] = []
        if self._telling:
            return errors
        self._telling = True
        try:
            while self._untold:
                told = self._untold.popleft()
                for listener in tuple(self._listeners):
                    try:
                        listener(told)
                    except Exception as error:
                        errors.append(error)
        finally:
            self._telling = False
        return errors

    def _settle(self) -> None:
        """Let the last entry stand, or go if it came to nothing."""
        if self._done[-1].after == self._done[-1].before:
            self._done.pop()
        else:
            self._undone.clear()

    def _save(self) -> None:
        if self._autosave is not None:
            self._autosave.write(
                self._value,
                self.assets,
                done=tuple(self._done),
                undone=tuple(reversed(self._undone)),
            )
