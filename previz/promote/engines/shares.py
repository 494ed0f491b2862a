"""What pieces of one take may spend: a share of its budget each."""

from __future__ import annotations

from previz.promote.engines.pieces import Piece

__all__ = ["Shares"]


class Shares:
    """A take's budget on its way through many hands.

    Args:
        budget_usd: What the take may cost; None where no sum was named.
        spent_usd: What it has cost before.
        frames: How many frames are to be made.
    """

    def __init__(
        self, budget_usd: float | None, *, spent_usd: float, frames: int
    ) -> None:
        self._left_usd = None if budget_usd is None else budget_usd - spent_usd
        self._frames = frames
        self._set_aside: dict[Piece, float] = {}
        self.spent_usd = spent_usd

    def given(self, piece: Piece) -> float | None:
        """Set a piece's share aside, by its frames, and return it in USD."""
        if self._left_usd is None:
            return None
        count = len(piece.numbers)
        share = max(self._left_usd, 0.0) * count / max(self._frames, count)
        self._frames -= count
        self._left_usd -= share
        self._set_aside[piece] = share
        return share

    def returned(self, piece: Piece, spent_usd: float | None) -> None:
        """Count what a piece cost; what it left is for those that come after it."""
        cost_usd = spent_usd or 0.0
        self.spent_usd += cost_usd
        if self._left_usd is not None:
            self._left_usd += self._set_aside.pop(piece) - cost_usd

    def lost(self, piece: Piece) -> None:
        """Hear that a piece is given out again, and that nobody knows what it spent.

        Its share stays away, as if it was spent.
        """
        self._set_aside.pop(piece, None)
        self._frames += len(piece.numbers)
