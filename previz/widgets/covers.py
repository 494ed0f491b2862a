"""The film with one scene covered otherwise, to be looked at beside it."""

from __future__ import annotations

from collections import OrderedDict

from previz.edits import CoverScene
from previz.model import Film
from previz.session import Session
from previz.stage import NO_ASSETS
from previz.widgets.messages import Covering

__all__ = ["Covers"]

_KEPT = 8
"""More than there are styles to compare at once."""


class Covers:
    """Coverages to compare, each worked out once for the film as it is.

    Args:
        session: The film being directed.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._kept: OrderedDict[tuple[int, Covering], Film] = OrderedDict()

    def film(self, how: Covering | None) -> Film:
        """Return the film with a scene covered otherwise, if that is asked for.

        Raises:
            UnknownNameError: If there is no such scene or style.
            PrevizError: If the scene cannot be covered so.
        """
        session = self._session
        if how is None:
            return session.value
        asked = session.revision, how
        if asked not in self._kept:
            edit = CoverScene(scene=how.scene, style=how.style)
            assets = session.assets or NO_ASSETS
            self._kept[asked] = edit.apply(session.value, assets=assets)
        self._kept.move_to_end(asked)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[asked]
