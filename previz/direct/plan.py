"""A shot before it has a camera, and the ladder of sizes."""

from __future__ import annotations

from dataclasses import dataclass

from previz.model import Angle, Coverage, Move, ShotSize

__all__ = ["LADDER", "Plan", "is_wider", "sizes_apart", "tighter"]

LADDER = tuple(s for s in ShotSize if s not in (ShotSize.COWBOY, ShotSize.BCU))
"""The sizes that coverage steps through; pictures may turn out to be the others."""

_RANK = {size: float(step) for step, size in enumerate(LADDER)} | {
    ShotSize.COWBOY: LADDER.index(ShotSize.MS) - 0.5,
    ShotSize.BCU: LADDER.index(ShotSize.ECU) - 0.5,
}


@dataclass(frozen=True)
class Plan:
    """A shot before it has a camera. Frames count from the scene's start.

    Attributes:
        start: First frame.
        end: The frame after the last.
        coverage: What it is for.
        size: How tight.
        angle: From what height.
        move: What the camera does.
        subjects: Ids of who must be in the picture.
        partner: Id of the other end of the axis; for an over, whose shoulder.
        beats: Ids of the beats it shows.
        words: What an insert or a reveal is of.
        door: Whether the picture holds a way in or out.
        travels: Whether its subject crosses the floor.
        note: For the shot list.
    """

    start: int
    end: int
    coverage: Coverage
    size: ShotSize
    angle: Angle = Angle.EYE
    move: Move = Move.STATIC
    subjects: tuple[str, ...] = ()
    partner: str = ""
    beats: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    door: bool = False
    travels: bool = False
    note: str = ""

    @property
    def setup(self) -> tuple[object, ...]:
        """What makes two plans the same setup: everything but the time."""
        return (
            self.coverage,
            self.size,
            self.angle,
            self.move,
            self.subjects,
            self.partner,
            self.words,
            self.door,
        )


def sizes_apart(a: ShotSize, b: ShotSize) -> float:
    """Return how many steps lie between two sizes: 1 from MS to MCU."""
    return abs(_RANK[a] - _RANK[b])


def is_wider(a: ShotSize, b: ShotSize) -> bool:
    """Whether a size shows more than another."""
    return _RANK[a] < _RANK[b]


def tighter(size: ShotSize, steps: int = 1) -> ShotSize:
    """Return a size that many steps tighter (wider if negative), ECU at most."""
    step = LADDER.index(size) + steps
    return LADDER[min(max(step, 0), len(LADDER) - 1)]
