"""What pages are told after somebody is recast: which shots lost them, and the way."""

from __future__ import annotations

from collections.abc import Iterator

from previz.direct.reframing import Lost, lost_framings, said_lost
from previz.edits.reframed import Shifted
from previz.model import Film
from previz.session import Change, Session
from previz.stage import NO_ASSETS
from previz.widgets.messages import LostSent
from previz.widgets.playing import same_bodies

__all__ = ["Losses"]


class Losses:
    """Looks for shots that lose somebody, once an edit of the cast is over.

    Args:
        session: The film being directed.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._from: Film | None = None

    def noted(self, change: Change) -> bool:
        """Take note of a change; tell whether a recast is over that may lose shots.

        A drag is looked at as a whole: each step of it changes little.
        """
        before, self._from = self._from or change.before, None
        if change.way == "edit" and not same_bodies(
            before.characters, change.value.characters
        ):
            self._from = before
        return self._from is not None and not change.open

    def steps(self) -> Iterator[LostSent | None]:
        """Look, in steps; the last may be what pages are told."""
        film, assets = self._session.value, self._session.assets or NO_ASSETS
        before, self._from = self._from or film, None
        lost: list[Lost] = []
        for one in lost_framings(before, film, assets=assets):
            if one is not None:
                lost.append(one)
            yield None
            if self._session.value is not film:
                return
        if lost:
            ways = [(one.shot, one.by_m) for one in lost if one.by_m is not None]
            shots = tuple(Shifted(shot=name, by_m=by_m) for name, by_m in ways)
            yield LostSent(text=said_lost(tuple(lost)), shots=shots)
