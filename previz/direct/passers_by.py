"""Those of a crowd who walk past: along a street or a platform, end to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.direct import names
from previz.direct.floor import Floor
from previz.direct.timing import WALK_M_S
from previz.model import Blocking, Character, Mark, Rate, Vec3

__all__ = ["Lane", "lanes_of", "passers_by"]

_BEYOND_M = 7.0
"""How far past the set's ends they come into being, out of most pictures."""
_SHARE = 3
"""One in so many of a crowd walks."""
_STEP_M = 0.4
_FROM_PEOPLE_M = 1.0
_APART_M = 0.9
_BODY_M, _CHEST_M = 0.32, 1.1
_APART_S = 3.0


@dataclass(frozen=True)
class Lane:
    """A straight way along a set: its z, and the x of its two ends, metres."""

    z_m: float
    ends_m: tuple[float, float]

    def points(self) -> NDArray[np.float64]:
        """Return points along it, shape (n, 3)."""
        count = int((self.ends_m[1] - self.ends_m[0]) / _STEP_M) + 1
        x = np.linspace(*self.ends_m, count)
        return np.stack([x, np.zeros(count), np.full(count, self.z_m)], axis=1)


def lanes_of(floor: Floor, people: NDArray[np.float64]) -> tuple[Lane, ...]:
    """Return the ways along an open set that pass furniture and people.

    Args:
        floor: The set; only one with a left and a right end has any.
        people: Where the cast stands and walks, shape (n, 3).
    """
    set_ = floor.set_
    exits = {spot.name for spot in set_.spots if spot.exit}
    if set_.interior or not {"left", "right"} <= exits:
        return ()
    half = set_.size_m[0] / 2 + _BEYOND_M
    lanes: list[Lane] = []
    for z in np.arange(-set_.size_m[2] / 2 + 0.7, set_.size_m[2] / 2 - 0.5, 0.3):
        lane = Lane(round(float(z), 2), (-half, half))
        clear = all(abs(lane.z_m - other.z_m) >= _APART_M for other in lanes)
        if clear and _is_clear(lane, floor, people):
            lanes.append(lane)
    return tuple(lanes)


def _is_clear(lane: Lane, floor: Floor, people: NDArray[np.float64]) -> bool:
    points = lane.points()
    if len(people):
        gaps = np.hypot(
            points[:, None, 0] - people[:, 0], points[:, None, 2] - people[:, 2]
        )
        if float(gaps.min()) < _FROM_PEOPLE_M:
            return False
    return not any(
        floor.obstacles.inside((float(x), _CHEST_M, float(z)), margin_m=_BODY_M)
        for x, _, z in points
    )


def passers_by(
    extras: Sequence[Character],
    lanes: Sequence[Lane],
    *,
    length_frames: int,
    rate: Rate,
    seed: int,
) -> tuple[Blocking, ...]:
    """Let some of a crowd walk past, one after the other, each way.

    The first is on the way when the scene begins; the others come on over its length.

    Args:
        extras: The crowd of the scene; the last of them walk.
        lanes: Where they walk; without any nobody does.
        length_frames: Of the scene.
        rate: Frames a second.
        seed: Varies who goes which way, how fast and when.
    """
    count = len(extras) // _SHARE if lanes else 0
    rng = names.dice(seed, "passers-by")
    found, begins = [], 0
    lasts = max(length_frames // max(count, 1), rate.frames(_APART_S))
    for k, extra in enumerate(extras[len(extras) - count :]):
        lane = lanes[k % len(lanes)]
        # Two on one lane go the same way, so that nobody walks through anybody.
        way = 1 if (k % len(lanes)) % 2 == int(seed) % 2 else -1
        pace = WALK_M_S * float(rng.uniform(0.9, 1.12))
        under_way = 0.35 if k == 0 else 0.0
        if begins < length_frames:
            found.append(_walks(extra, lane, way, begins, pace, rate, under_way))
        begins += lasts
    return tuple(found)


def _walks(
    extra: Character,
    lane: Lane,
    way: int,
    begins: int,
    pace_m_s: float,
    rate: Rate,
    under_way: float,
) -> Blocking:
    a, b = lane.ends_m[::way]
    start = a + (b - a) * under_way
    arrives = begins + max(1, rate.frames(abs(b - start) / pace_m_s))
    facing = 90.0 if b > a else -90.0

    def mark(x: float, frame: int) -> Mark:
        place: Vec3 = (round(x, 3), 0.0, lane.z_m)
        return Mark(
            position_m=place, facing_deg=facing, arrive_frame=frame, leave_frame=frame
        )

    return Blocking(
        character=extra.id,
        marks=(mark(start, begins), mark(b, arrives)),
        enter_frame=begins,
        exit_frame=arrives,
    )
