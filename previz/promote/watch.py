"""A worker's signs of life, given while it is busy with a frame."""

from __future__ import annotations

import threading
from typing import Self

from previz.errors import PrevizError
from previz.promote.job import Claim, State
from previz.promote.ledger import Ledger

__all__ = ["Watch"]

_EVERY_S = 0.4


class Watch:
    """Tells the ledger of a claim on a thread of its own, and hears what to do.

    Args:
        ledger: The ledger.
        claim: The worker's.
    """

    def __init__(self, ledger: Ledger, claim: Claim) -> None:
        self._ledger = ledger
        self._claim = claim
        self._end = threading.Event()
        self._heard = "go"
        self._made: int | None = None
        self._steps: tuple[str, int, int] | None = None
        self._state: State = "running"
        self._spent_usd: float | None = None
        self._thread = threading.Thread(target=self._beat_on, name="watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    @property
    def stopped(self) -> bool:
        """Whether the job was cancelled, or is somebody else's by now."""
        return self._heard != "go"

    @property
    def lost(self) -> bool:
        """Whether somebody else took the job on; nothing more may be written."""
        return self._heard == "lost"

    def made(self, frames: int) -> None:
        """Say how many frames are finished."""
        self._made = frames

    def report(self, doing: str, done: int, total: int) -> None:
        """Say what is being done, steps done and steps in all."""
        self._steps = (doing, done, total)

    def spent(self, usd: float) -> None:
        """Book what the take has cost so far, at once: it may be the last thing."""
        self._spent_usd = usd
        self.beat()

    def checking(self) -> None:
        """Say that the frames are all there."""
        self._state = "checking"
        self._steps = ("checking", 0, 0)
        self.beat()

    def beat(self) -> None:
        """Give a sign of life now."""
        doing, done, total = self._steps or (None, 0, 0)
        self._heard = self._ledger.beat(
            self._claim,
            made_frames=self._made,
            doing=doing,
            steps=None if doing is None else (done, total),
            state=self._state,
            spent_usd=self._spent_usd,
        )

    def _beat_on(self) -> None:
        while not self._end.wait(_EVERY_S):
            try:
                self.beat()
            except PrevizError:
                # A ledger that cannot be written is told of by the worker itself.
                continue
