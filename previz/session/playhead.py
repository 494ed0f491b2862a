"""Where the open studios of a film stand in time, and what follows them."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Playhead"]

_Mover = Callable[[str, int], None]

_MOST = 24
"""So many curves and plans follow, the newest: a cell that is run again and again
leaves one behind each time."""


class Playhead:
    """The shot and frame that was gone to last, in a studio or in a curve.

    Studios stay independent of each other: a move in one is told to curves and plans;
    a click in a curve moves all studios.
    """

    def __init__(self) -> None:
        self._at: tuple[str, int] | None = None
        self._followers: list[tuple[_Mover, Callable[[], None]]] = []
        self._studios: list[tuple[_Mover, Callable[[], None]]] = []

    @property
    def at(self) -> tuple[str, int] | None:
        """Id of the shot and its frame, from 0; None before anything moved."""
        return self._at

    @property
    def followed(self) -> bool:
        """Whether anything wants to be told."""
        return bool(self._followers)

    def follow(
        self, follower: _Mover, *, left: Callable[[], None] = lambda: None
    ) -> Callable[[], None]:
        """Be told shot and frame whenever the playhead moves; return what ends it.

        Args:
            follower: Who is told.
            left: Called where so many came later that this one is told no more.
        """
        follows = (follower, left)
        self._followers.append(follows)
        for _, tell in self._studios:
            tell()

        def stop() -> None:
            if follows in self._followers:
                self._followers.remove(follows)

        while len(self._followers) > _MOST:
            self._followers.pop(0)[1]()
        return stop

    def join(self, go: _Mover, tell: Callable[[], None]) -> Callable[[], None]:
        """Add a studio; return what takes it out.

        Args:
            go: Moves it to a frame of a shot.
            tell: Called when somebody follows from now on: it says where it stands.
        """
        studio = (go, tell)
        self._studios.append(studio)

        def leave() -> None:
            if studio in self._studios:
                self._studios.remove(studio)

        return leave

    def moved(self, shot: str, frame: int) -> None:
        """Take over where a studio went; those that follow are told."""
        if (shot, frame) == self._at:
            return
        self._at = (shot, frame)
        for follower, _ in tuple(self._followers):
            follower(shot, frame)

    def go(self, shot: str, frame: int) -> None:
        """Move all studios, and what follows them, to a frame of a shot."""
        for go, _ in tuple(self._studios):
            go(shot, frame)
        self.moved(shot, frame)
