"""Which frames of a take are one task, and which must wait for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from previz.promote.plan import Chunk

__all__ = ["Piece", "pieces_of"]


@dataclass(frozen=True)
class Piece:
    """Frames that one worker makes in one go.

    Attributes:
        numbers: Of the frames.
        needs: Frames of other pieces that it continues from.
    """

    numbers: tuple[int, ...]
    needs: tuple[int, ...] = ()


def pieces_of(
    chunks: Sequence[Chunk], wanted: Sequence[int], *, most_frames: int
) -> tuple[Piece, ...]:
    """Return the pieces of what is wanted.

    A chunk stays whole, since a model makes it in one go. Chunks of one frame, which
    know nothing of each other, are put together: a worker that begins a piece has the
    scene to build.

    Args:
        chunks: As a backend planned them.
        wanted: Frames that are missing, in order.
        most_frames: Of chunks that are put together.
    """
    missing = set(wanted)
    pieces: list[Piece] = []
    together: list[int] = []
    for chunk in chunks:
        first = chunk.first_frame
        own = range(first + chunk.overlap, first + chunk.length_frames)
        numbers = tuple(n for n in own if n in missing)
        if not numbers:
            continue
        if chunk.length_frames == 1:
            together.extend(numbers)
            if len(together) >= most_frames:
                pieces.append(Piece(tuple(together)))
                together = []
        else:
            pieces.append(Piece(numbers, tuple(range(first, first + chunk.overlap))))
    if together:
        pieces.append(Piece(tuple(together)))
    return tuple(pieces)
