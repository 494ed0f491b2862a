"""The film's folder follows the session: one whole film.json after each entry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from previz.errors import PrevizError
from previz.folder import FilmFolder, explain_os_error
from previz.model import Film

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
        trouble: Why the last save failed; empty when all is saved.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble = ""
        self._written = ""

    def write(self, film: Film, assets: Assets | None) -> None:
        """Save the film; where that fails, `trouble` says why, and nothing is lost.

        The next entry tries again.
        """
        try:
            place = FilmFolder(self.folder)
            place.prepare()
            with place.locked():
                if assets:
                    from previz.assets import store_assets

                    store_assets(place, assets)
                self._written = place.save(film, over=self._written)
        except PrevizError as error:
            self.trouble = str(error)
        except OSError as error:
            self.trouble = explain_os_error(self.folder, error)
        else:
            self.trouble = ""
