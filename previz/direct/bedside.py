"""Where one sits by somebody who lies in a bed."""

from __future__ import annotations

from previz.direct.floor import Floor, apart_m, step
from previz.model import Spot, Vec3

__all__ = ["BED_M", "bedside"]

BED_M = 1.4
"""A seat this near to who lies is on the same bed."""

_BY_THE_KNEES_M = 0.55
_ON_THE_EDGE_M = 0.15


def bedside(
    floor: Floor, spot: Spot, *, lying: tuple[Vec3, float], come_from: Vec3
) -> tuple[Vec3, float] | None:
    """Return where and which way one sits by somebody who lies in the same bed.

    On the long side, beyond the rails, half turned to the head: at the foot one would
    have the back to them.

    Args:
        floor: The set.
        spot: The edge of the bed, as the set offers it.
        lying: Where somebody lies in metres, and which way their feet point in degrees.
        come_from: Where who sits down comes from, in metres.

    Returns:
        The seat and the facing; None without a bed, or where both sides are shut.
    """
    place, facing_deg = lying
    beds = [p for p in floor.set_.pieces if "bed" in p.kind.split("-")]
    if not beds:
        return None
    bed = min(beds, key=lambda p: apart_m(p.position_m, place))
    footward = step(place, facing_deg, _BY_THE_KNEES_M)
    sides = []
    for sign in (1.0, -1.0):
        out = facing_deg + 90.0 * sign
        x, _, z = step(footward, out, bed.size_m[0] / 2 - _ON_THE_EDGE_M)
        seat = (round(x, 3), spot.position_m[1], round(z, 3))
        feet = step((x, 0.0, z), out, 0.75)
        shut = not floor.open(feet)
        sides.append((shut, apart_m(feet, come_from), seat, out + 40.0 * sign))
    shut, _, seat, facing = min(sides)
    return None if shut else (seat, facing)
