"""Where people can stand on a set, and how they get there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from previz.direct.navigation import Ways
from previz.model import Posture, Set, SetPiece, Spot, Vec3
from previz.stage import NO_ASSETS, Assets, Obstacles

_SHELL = ("wall", "floor", "ceiling", "ground", "road", "pavement")
_ALSO = {
    "picture-house": frozenset(
        {"marquee", "cinema", "theatre", "theater", "booth-window"}
    )
}
"""What else a kind of piece is called."""
_REACH_M = 2.2
"""What hangs higher is no thing that a camera shows by itself."""
__all__ = ["GAP_M", "Floor", "apart_m", "bearing_deg", "step", "walked_m"]

GAP_M = 0.75
"""Nobody stands nearer to anybody than this; shoulders are about 0.45 m wide."""

_CELL_M = 0.5
_SQUARE_M = 4.0
_BEHIND_M = 2.0
"""Room enough for a camera beside two people, and behind one of them."""
_EDGE_M = 0.4
_BODY_M = 0.28
_CHEST_M = 0.6
_BACK_M = 0.12
"""From the mark of somebody who leans to what the back rests on."""
_BEFORE_M = 0.35
_LEAN_REACH_M = 6.0


def apart_m(a: Vec3, b: Vec3) -> float:
    """Return the distance on the floor, in metres."""
    return math.hypot(a[0] - b[0], a[2] - b[2])


def bearing_deg(start: Vec3, goal: Vec3) -> float:
    """Return the facing from `start` to `goal`: 0 faces +z, 90 faces +x."""
    return math.degrees(math.atan2(goal[0] - start[0], goal[2] - start[2]))


def step(start: Vec3, facing_deg: float, distance_m: float) -> Vec3:
    """Return the point `distance_m` ahead of `start`."""
    turn = math.radians(facing_deg)
    return (
        start[0] + math.sin(turn) * distance_m,
        start[1],
        start[2] + math.cos(turn) * distance_m,
    )


def walked_m(points: Sequence[Vec3]) -> float:
    """Return the length of a path on the floor, in metres."""
    return sum(apart_m(a, b) for a, b in pairwise(points))


class Floor:
    """A set as people walk on it.

    Attributes:
        set_: The set.
        obstacles: Its solids.
    """

    def __init__(self, set_: Set, *, assets: Assets = NO_ASSETS) -> None:
        self.set_ = set_
        self._assets = assets
        self.obstacles = Obstacles(set_, assets=assets)
        self._half = (set_.size_m[0] / 2, set_.size_m[2] / 2)
        self._free: dict[tuple[int, int], bool] = {}

    def contains(self, point: Vec3, *, margin_m: float) -> bool:
        """Whether a point lies on the playing area, `margin_m` from its edges."""
        return (
            abs(point[0]) <= self._half[0] - margin_m
            and abs(point[2]) <= self._half[1] - margin_m
        )

    def open(self, point: Vec3) -> bool:
        """Whether somebody can stand here, other people aside.

        Behind a way out, where the set ends, nobody stands.
        """
        cell = (round(point[0] * 10), round(point[2] * 10))
        if cell not in self._free:
            self._free[cell] = (
                self.contains(point, margin_m=_EDGE_M)
                and not any(self._beyond(point, door) for door in self.exits)
                and not self.obstacles.inside(
                    (point[0], _CHEST_M, point[2]), margin_m=_BODY_M
                )
            )
        return self._free[cell]

    def _beyond(self, point: Vec3, door: Spot) -> bool:
        turn = math.radians(door.facing_deg)
        x, z = point[0] - door.position_m[0], point[2] - door.position_m[2]
        ahead = x * math.sin(turn) + z * math.cos(turn)
        return ahead < 0.3 and math.hypot(x, z) < 2.0

    def free(self, point: Vec3, taken: Iterable[Vec3]) -> bool:
        """Whether somebody can stand here, `GAP_M` from everybody in `taken`."""
        return all(apart_m(point, other) >= GAP_M for other in taken) and self.open(
            point
        )

    @cached_property
    def ways(self) -> Ways:
        """How one walks here."""
        return Ways(self.set_, assets=self._assets)

    @cached_property
    def exits(self) -> tuple[Spot, ...]:
        """Where people enter and leave; the edge of the set if it names none."""
        named = tuple(s for s in self.set_.spots if s.exit)
        edge = Spot(
            name="edge",
            position_m=(self._half[0] - 0.5, 0.0, 0.0),
            facing_deg=-90.0,
            exit=True,
        )
        return named or (edge,)

    def spot_for(
        self, words: Iterable[str], *, posture: Posture | None = None
    ) -> Spot | None:
        """Return the spot that most of `words` mean, or None."""
        wanted = {w for word in words for w in (word, word.removesuffix("s"))}

        def meant(spot: Spot) -> float:
            words = wanted & set(spot.words)
            if "behind" not in words:
                return len(words)
            # "Behind the bar" is behind that bar, not behind the piano.
            return len(words) + 0.5 if wanted & set(spot.name.split()[1:]) else 0.0

        best = max(
            (s for s in self.set_.spots if posture is None or s.posture is posture),
            key=meant,
            default=None,
        )
        return best if best is not None and meant(best) > 0 else None

    def spots(self, posture: Posture, taken: Sequence[Vec3]) -> list[Spot]:
        """Return the unoccupied spots of a posture."""
        return [
            s
            for s in self.set_.spots
            if s.posture is posture
            and not s.exit
            and all(apart_m(s.position_m, other) >= 0.5 for other in taken)
        ]

    def near(
        self,
        point: Vec3,
        taken: Sequence[Vec3],
        *,
        distance_m: float = 1.3,
        facing_deg: float = 0.0,
        line_of_sight: bool = True,
    ) -> Vec3:
        """Return the free place nearest to `distance_m` ahead of `point`.

        Rings widen until there is room; on a full floor people stand in rows, at
        last beyond its edge, but never on each other.
        """
        best: tuple[float, Vec3] | None = None
        eye = (point[0], 1.5, point[2])
        for ring in range(6):
            radius = distance_m * (1 + 0.28 * ring)
            for turn in (0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180):
                place = step((point[0], 0.0, point[2]), facing_deg + turn, radius)
                cost = abs(turn) / 90 + ring * 0.7
                if (best is None or cost < best[0]) and self.free(place, taken):
                    seen = not line_of_sight or not self.obstacles.blocked(
                        eye, (place[0], 1.5, place[2])
                    )
                    if seen:
                        best = (cost, place)
            if best is not None:
                return _rounded(best[1])
        return self._in_rows(point, taken)

    def _in_rows(self, point: Vec3, taken: Sequence[Vec3]) -> Vec3:
        places = sorted(
            self._grid(GAP_M + 0.05), key=lambda p: (round(apart_m(p, point), 3), p)
        )
        for crowded in (False, True):
            for place in places:
                gap = all(apart_m(place, other) >= GAP_M for other in taken)
                if gap and (crowded or self.open(place)):
                    return _rounded(place)
        row = 0
        while True:
            place = (self._half[0] + 1.0 + GAP_M * row, 0.0, 0.0)
            if all(apart_m(place, other) >= GAP_M for other in taken):
                return _rounded(place)
            row += 1

    def _grid(self, cell_m: float) -> list[Vec3]:
        columns = int((self._half[0] - _EDGE_M) / cell_m)
        rows = int((self._half[1] - _EDGE_M) / cell_m)
        return [
            (x * cell_m, 0.0, z * cell_m)
            for x in range(-columns, columns + 1)
            for z in range(-rows, rows + 1)
        ]

    def leaning(self, start: Vec3, taken: Sequence[Vec3]) -> tuple[Vec3, float] | None:
        """Return where and facing which way one leans with the back to something.

        Args:
            start: Near which, in metres.
            taken: Where others are.

        Returns:
            The place where the back rests, or None where nothing upright is near.
        """
        found = []
        for turn in range(0, 360, 45):
            surface = self._upright_m(start, float(turn))
            if surface is None:
                continue
            place = step((start[0], 0.0, start[2]), turn, surface - _BACK_M)
            feet = step(place, turn + 180.0, _BEFORE_M)
            if self.contains(feet, margin_m=_EDGE_M) and self.free(feet, taken):
                found.append((surface, place, math.remainder(turn + 180.0, 360.0)))
        if not found:
            return None
        _, place, facing = min(found)
        return _rounded(place), facing

    def _upright_m(self, start: Vec3, facing_deg: float) -> float | None:
        """Return how far it is to what stands at the back's and the hips' height."""
        reaches = []
        for height in (0.9, 1.3):
            near, far = 0.0, _LEAN_REACH_M
            origin = (start[0], height, start[2])
            if not self.obstacles.blocked(origin, step(origin, facing_deg, far)):
                return None
            while far - near > 0.01:
                middle = (near + far) / 2
                if self.obstacles.blocked(origin, step(origin, facing_deg, middle)):
                    far = middle
                else:
                    near = middle
            reaches.append(near)
        return min(reaches) if max(reaches) - min(reaches) < 0.1 else None

    def reach_m(
        self, start: Vec3, facing_deg: float, *, most_m: float = _SQUARE_M
    ) -> float:
        """Return how far a camera can go from `start` before something is there."""
        origin = (start[0], 1.4, start[2])
        steps = [0.5 * (i + 1) for i in range(int(most_m / 0.5))]
        points = [step(origin, facing_deg, distance) for distance in steps]
        hits = self.obstacles.blocked_each(origin, points)
        for distance, point, hit in zip(steps, points, hits, strict=True):
            outside = self.set_.interior and not self.contains(point, margin_m=0.25)
            if hit or outside:
                return distance - 0.5
        return most_m

    @property
    def vehicle(self) -> bool:
        """Whether this is the inside of a vehicle, where everybody sits."""
        return "car" in self.set_.template

    @property
    def aloft(self) -> bool:
        """Whether there is only air beyond the edge of the set."""
        return self.set_.template == "rooftop"

    def piece_for(self, words: Sequence[str]) -> SetPiece | None:
        """Return the piece of the set that words name, if one is there."""
        wanted = {w for word in words for w in (word, word.removesuffix("s"))}
        for piece in self.set_.pieces:
            if piece.position_m[1] > _REACH_M or piece.kind in _SHELL:
                continue
            called = set(piece.kind.replace("_", " ").replace("-", " ").split())
            if wanted & (called | _ALSO.get(piece.kind, frozenset())):
                return piece
        return None

    def behind(
        self, piece: SetPiece, place: Vec3, seen_from: Vec3, taken: Sequence[Vec3]
    ) -> Vec3:
        """Return where a piece is between somebody and a place; where they are if so.

        Args:
            piece: What to be behind.
            place: Where they are, metres.
            seen_from: What to be hidden from, metres.
            taken: Where others are.
        """
        x, _, z = piece.position_m
        away = bearing_deg(seen_from, (x, 0.0, z))
        off = math.remainder(bearing_deg((x, 0.0, z), place) - away, 360.0)
        near = apart_m(place, (x, 0.0, z)) < max(piece.size_m[::2]) / 2 + 1.2
        if abs(off) < 80.0 and near:
            return place
        return self.by_piece(piece, step((x, 0.0, z), away, 9.0), taken)

    def by_piece(self, piece: SetPiece, near: Vec3, taken: Sequence[Vec3]) -> Vec3:
        """Return where to stand at a piece, on the side that somebody comes from."""
        x, _, z = piece.position_m
        bearing = bearing_deg((x, 0.0, z), near)
        turn = math.radians(bearing - piece.yaw_deg)
        half_x, half_z = piece.size_m[0] / 2, piece.size_m[2] / 2
        edge = min(
            half_x / max(abs(math.sin(turn)), 1e-6),
            half_z / max(abs(math.cos(turn)), 1e-6),
        )
        return self.near(
            (x, 0.0, z),
            taken,
            distance_m=edge + 0.42,
            facing_deg=bearing,
            line_of_sight=False,
        )

    @cached_property
    def meeting(self) -> tuple[Vec3, float]:
        """The best place for two people to talk: its middle and their axis.

        Best has room for a camera square to the axis on one side, room behind both
        people for a shoulder, and lies near the middle of the set.
        """
        best = (-1e9, (0.0, 0.0, 0.0), 0.0)
        for place in self._grid(_CELL_M if max(self._half) < 4 else 2 * _CELL_M):
            if not self.open(place) or math.hypot(place[0], place[2]) > 5.0:
                continue
            for axis_deg in (0.0, 45.0, 90.0, 135.0):
                ends = [step(place, axis_deg + turn, 0.68) for turn in (0.0, 180.0)]
                if not all(self.open(end) for end in ends):
                    continue
                score = self._meeting_score(place, ends, axis_deg, least=best[0])
                if score > best[0]:
                    best = (score, place, axis_deg)
        return best[1], best[2]

    def _meeting_score(
        self, place: Vec3, ends: list[Vec3], axis_deg: float, *, least: float
    ) -> float:
        """Return how good a meeting place is; no better than `least` is not weighed."""
        score = -0.25 * math.hypot(place[0], place[2])
        if score + _SQUARE_M + 1.5 * _BEHIND_M <= least:
            return least
        behind = _BEHIND_M
        for end, turn in zip(ends, (0.0, 180.0), strict=True):
            behind = min(behind, self.reach_m(end, axis_deg + turn, most_m=_BEHIND_M))
            if score + _SQUARE_M + 1.5 * behind <= least:
                return least
        score += 1.5 * behind
        if self.obstacles.blocked(
            (ends[0][0], 1.5, ends[0][2]), (ends[1][0], 1.5, ends[1][2])
        ):
            return -1e6
        return score + max(
            self.reach_m(place, axis_deg + turn) for turn in (90.0, -90.0)
        )


def _rounded(point: Vec3) -> Vec3:
    return (round(point[0], 3), 0.0, round(point[2], 3))
