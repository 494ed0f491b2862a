"""How parts of a set piece open: leaves on hinges, drawers on slides, sashes.

A builder marks the shapes of a part with `part_of`, and the piece's file says in
`JOINTS` how that part moves. A part that no swing names stands still with the rest.
Leaves that open together share the word before the slash: a swing of "door-1" opens
"door-1/left" and "door-1/right".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from previz.errors import UnknownNameError
from previz.model import Vec3
from previz.stage.pieces.solids import Solid
from previz.stage.rotation import about, rigid

__all__ = [
    "Joint",
    "drawer",
    "hinged",
    "hollow",
    "part_of",
    "parts_named",
]


@dataclass(frozen=True)
class Joint:
    """How a part moves, in its piece's own space.

    Attributes:
        axis: Unit vector: what it turns about or slides along.
        origin: A point of the hinge; of no matter to a slide.
        turn_deg: How far it turns when it is wide open, right-handed about `axis`.
        slide_m: How far it slides when it is wide open.
        grip: Where a hand takes it while it is shut.
        built: How far open the part is as its builder makes it.
    """

    axis: Vec3
    origin: Vec3 = (0.0, 0.0, 0.0)
    turn_deg: float = 0.0
    slide_m: float = 0.0
    grip: Vec3 = (0.0, 0.0, 0.0)
    built: float = 0.0

    def at(self, share: float) -> NDArray[np.float64]:
        """Return where the part is, against where it is built, shape (4, 4).

        Args:
            share: How far it is open: 0 shut to 1 wide open.
        """
        axis, far = np.asarray(self.axis, float), share - self.built
        turn = about(axis * math.radians(self.turn_deg) * far)
        origin = np.asarray(self.origin, float)
        return rigid(turn, origin - turn @ origin + axis * self.slide_m * far)


def hinged(
    edge: Vec3, *, turn_deg: float, grip: Vec3, axis: Vec3 = (0.0, 1.0, 0.0)
) -> Joint:
    """Return the joint of a leaf or lid that turns about a line through `edge`."""
    return Joint(axis=axis, origin=edge, turn_deg=turn_deg, grip=grip)


def drawer(distance_m: float, *, grip: Vec3) -> Joint:
    """Return the joint of a drawer that comes out of its piece's front (+z)."""
    return Joint(axis=(0.0, 0.0, 1.0), slide_m=distance_m, grip=grip)


def part_of(part: str, solids: Iterable[Solid]) -> list[Solid]:
    """Return the shapes as shapes of a moving part."""
    return [replace(solid, part=part) for solid in solids]


def hollow(shut: Iterable[Solid], opened: Iterable[Solid]) -> list[Solid]:
    """Return a body that is solid where nothing of its piece opens, else has an inside.

    So what nobody looks into costs no triangles and no baked light.
    """
    return [replace(solid, seen="shut") for solid in shut] + [
        replace(solid, seen="opened") for solid in opened if solid.seen != "shut"
    ]


def parts_named(piece: str, part: str, joints: Mapping[str, Joint]) -> tuple[str, ...]:
    """Return the parts that a swing means; empty is the first.

    Raises:
        UnknownNameError: If the piece has no such part.
    """
    asked = part or (next(iter(joints)).partition("/")[0] if joints else "")
    found = tuple(n for n in joints if asked in (n, n.partition("/")[0]))
    if not found:
        raise UnknownNameError("Swing.part", f"{part} of {piece}", list(joints))
    return found
