"""The film's folder follows the session: one whole film.json after each entry."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from previz.errors import FilmFolderError, PrevizError
from previz.folder import FilmFolder, explain_os_error
from previz.model import Film
from previz.session.history import AnyStep
from previz.session.kept import KeptHistory

if TYPE_CHECKING:
    from previz.stage import Assets

__all__ = ["Autosave"]


class Autosave:
    """Writes a film into its folder, again and again.

    The version that the folder held when the session first wrote, and any that
    somebody else wrote meanwhile, are kept in `history/`; the session's own are
    replaced, or a thousand edits would be a thousand films.

    Args:
        folder: The film's folder.

    Attributes:
        kept: The history beside it.
        trouble: Why the last save failed; empty when all is saved.
        overwrote: Whose version was saved over last; empty if nobody's.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = KeptHistory(folder)
        self.trouble = ""
        self._written = ""
        self.overwrote = ""
        self._known = ""

    def read(self) -> None:
        """Remember what the folder holds, as the film was just read from it."""
        self._known = self._held()

    def fetched(self, film: Film, assets: Assets | None) -> Assets | None:
        """Return a film's assets, with those that so far only its folder holds."""
        named = {name for scene in film.scenes for name in scene.asset_names}
        named |= {one.picture for who in film.characters for one in who.references}
        if named <= set(assets or ()):
            return assets
        from previz.assets import load_assets
        from previz.stage import NO_ASSETS, Assets

        had, found = assets or NO_ASSETS, load_assets(FilmFolder(self.folder), film)
        return Assets({**found, **had}, notes=had.notes).noted(found.notes)

    def write(
        self,
        film: Film,
        assets: Assets | None,
        *,
        done: Sequence[AnyStep] = (),
        undone: Sequence[AnyStep] = (),
    ) -> None:
        """Save the film; where that fails, `trouble` says why, and nothing is lost.

        The next entry tries again.

        Args:
            film: The film.
            assets: Its imported meshes and motion, if any.
            done: The entries that led to it, in order of time.
            undone: Those that can be redone, in order of time.
        """
        try:
            place = FilmFolder(self.folder)
            place.prepare()
            with place.locked():
                if assets:
                    from previz.assets import store_assets

                    store_assets(place, assets)
                told = self._keep(done, undone)
                held = self._held()
                self._written = place.save(film, over=self._written)
                if held not in (self._known, self._written) and self._known:
                    self.overwrote = self._another(held)
                self._known = self._written
        except PrevizError as error:
            self.trouble = str(error)
        except OSError as error:
            self.trouble = explain_os_error(self.folder, error)
        else:
            self.trouble = told

    def _held(self) -> str:
        """Return the SHA-256 of film.json, or nothing where there is none."""
        try:
            raw = FilmFolder(self.folder).film_json.read_bytes()
        except FileNotFoundError:
            return ""
        return hashlib.sha256(raw).hexdigest()

    def _another(self, held: str) -> str:
        if not held:
            return ""
        return (
            f"Film.folder must be open once at a time, got {self.folder} with a film "
            "that another one saved meanwhile. This one's was saved over it; the "
            f"other is history/film-{held[:16]}.json."
        )

    def _keep(self, done: Sequence[AnyStep], undone: Sequence[AnyStep]) -> str:
        """Keep the history; say why where only that fails, as the film comes first."""
        try:
            self.kept.write(done, undone)
        except FilmFolderError as error:
            return str(error)
        return ""
