"""Ways over the floor of a set: a grid with clearance, A*, pulled taut.

The floor is cut into cells that know how far the nearest solid is. A way is the
shortest through cells that keep a comfortable distance, or the body's radius where
there is no more room (A*, Hart, Nilsson and Raphael 1968), and is then pulled taut like
a string, so that it bends only where something is in its way. Doors are open to it,
walls are not, and whoever stands about is walked round.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from previz.model import Set, Vec3
from previz.stage import NO_ASSETS, Assets, Obstacles

__all__ = ["BODY_M", "Stood", "Way", "Ways"]

BODY_M = 0.25
"""Half of a body's width: no way comes nearer to furniture."""

_COMFORT_M = 0.45
_TIGHT_M = 0.31
_NARROW_M = BODY_M + 0.01
"""What a way keeps at the least; who stands nearer to something squeezed in."""
_FINE_CELL_M = 0.05
_GATES = 16
_GRAIN_M = 0.05
_SQUEEZE_M = 1.3
"""A seat or a mark this near to the last free cell is reached by squeezing in."""
_BESIDE_M = 0.12
_WIDE_SET_M = 16.0

Stood = tuple[float, float, float]
"""Somebody who is walked round: x, z and the distance to keep, in metres."""

_Cell = tuple[int, int]
_Free = NDArray[np.bool_]


@dataclass(frozen=True)
class _Grid:
    """The cells of a floor.

    Attributes:
        cell_m: Width of a cell.
        half_m: Half the floor's width and depth.
        clear_m: Distance of each cell's middle to the nearest solid.
    """

    cell_m: float
    half_m: tuple[float, float]
    clear_m: NDArray[np.float64]

    @classmethod
    def of(
        cls, solid: Obstacles, half_m: tuple[float, float], *, cell_m: float
    ) -> _Grid:
        nx, nz = (max(2, math.ceil(2 * half / cell_m)) for half in half_m)
        grid = np.zeros((nx, nz, 3))
        grid[..., 0] = (-half_m[0] + (np.arange(nx) + 0.5) * cell_m)[:, None]
        grid[..., 2] = (-half_m[1] + (np.arange(nz) + 0.5) * cell_m)[None, :]
        return cls(cell_m, half_m, np.array([solid.clearance(row) for row in grid]))

    def free(self, margin: float, people: Sequence[Stood]) -> _Free:
        """Return which cells keep `margin` from solids, and clear of people."""
        free = self.clear_m >= margin
        nx, nz = free.shape
        for x, z, apart in people:
            i = (np.arange(nx) + 0.5) * self.cell_m - self.half_m[0] - x
            j = (np.arange(nz) + 0.5) * self.cell_m - self.half_m[1] - z
            free &= np.hypot(i[:, None], j[None, :]) >= apart
        return np.asarray(free)

    def cell(self, point: Vec3) -> _Cell:
        nx, nz = self.clear_m.shape
        i = int((point[0] + self.half_m[0]) / self.cell_m)
        j = int((point[2] + self.half_m[1]) / self.cell_m)
        return min(max(i, 0), nx - 1), min(max(j, 0), nz - 1)

    def point(self, cell: _Cell) -> Vec3:
        return (
            round(-self.half_m[0] + (cell[0] + 0.5) * self.cell_m, 3),
            0.0,
            round(-self.half_m[1] + (cell[1] + 0.5) * self.cell_m, 3),
        )


@dataclass(frozen=True)
class Way:
    """A way over the floor.

    Attributes:
        via: The points between start and goal at which it bends.
        goal: Where it ends: what was asked for, or the nearest place that can be
            reached.
        reached: Whether that is what was asked for.
    """

    via: tuple[Vec3, ...]
    goal: Vec3
    reached: bool = True


class Ways:
    """The ways of a set, ready to be asked many times.

    Args:
        set_: The set; its doors count as open, its walls never do.
        assets: The meshes of imported pieces.
    """

    def __init__(self, set_: Set, *, assets: Assets = NO_ASSETS) -> None:
        doors = {
            (piece.id, f"door-{k + 1}")
            for piece in set_.pieces
            if piece.kind == "wall"
            for k in range(len(piece.openings))
        }
        self._solid = Obstacles(set_, opened=doors, assets=assets)
        self._half = (set_.size_m[0] / 2, set_.size_m[2] / 2)
        self._wide = max(set_.size_m[0], set_.size_m[2]) >= _WIDE_SET_M

    @cached_property
    def _coarse(self) -> _Grid:
        return _Grid.of(self._solid, self._half, cell_m=0.2 if self._wide else 0.1)

    @cached_property
    def _fine(self) -> _Grid:
        """Cells that find the middle of a gap which a body just fits through."""
        return _Grid.of(self._solid, self._half, cell_m=_FINE_CELL_M)

    def way(self, start: Vec3, goal: Vec3, people: Sequence[Stood] = ()) -> Way:
        """Return how to walk from `start` to `goal`.

        Args:
            start: Where the walk begins, metres; may be a seat.
            goal: Where it ends, metres; may be a seat.
            people: Who stands about. They are disregarded where they leave no way.

        Returns:
            The way. It ends at the nearest place that can be reached, if the goal
            cannot.
        """
        around = _not_in(people, start, goal)
        tries = [(_COMFORT_M, around), (_TIGHT_M, around)]
        if around:
            tries.append((_TIGHT_M, ()))
        for margin, persons in (*tries, (_NARROW_M, ())):
            if self._taut(start, goal, persons, margin):
                return Way((), goal)
            found = self._search(start, goal, persons, margin)
            if found is not None:
                return Way(found, goal)
        return self._nearest(start, goal)

    def clearance(self, points: Sequence[Vec3]) -> NDArray[np.float64]:
        """Return each point's distance to the nearest solid in metres, shape (n,)."""
        return self._solid.clearance(np.array(points, float))

    def _search(
        self, start: Vec3, goal: Vec3, people: Sequence[Stood], margin: float
    ) -> tuple[Vec3, ...] | None:
        """Return the bends of a way that keeps `margin`; None if there is none."""
        grid = self._fine if margin < _TIGHT_M else self._coarse
        free = grid.free(margin, people)
        gates = self._gate(grid, free, start), self._gate(grid, free, goal)
        if gates[0] is None or gates[1] is None:
            return None
        cells, _ = _shortest(free, gates[0], gates[1])
        if cells is None:
            return None
        points = [start, *(grid.point(cell) for cell in cells), goal]
        return self._pulled(points, people, margin)

    def _nearest(self, start: Vec3, goal: Vec3) -> Way:
        """Return the way to the reachable place that is nearest to the goal."""
        grid = self._fine
        free = grid.free(_NARROW_M, ())
        outs = [self._gate(grid, free, start), *self._around(grid, free, start)]
        first = next((cell for cell in outs if cell is not None), None)
        if first is None:
            return Way((), start, reached=False)
        target, last = grid.cell(goal), self._gate(grid, free, goal)
        cells, seen = _shortest(free, first, last or target)
        if cells is None:
            best = min(
                sorted(seen),
                key=lambda c: (c[0] - target[0]) ** 2 + (c[1] - target[1]) ** 2,
            )
            cells, _ = _shortest(free, first, best)
            assert cells is not None
        points = [start, *(grid.point(cell) for cell in cells)]
        end = points[-1]
        squeezes = self._squeezed(goal) and _apart(end, goal) <= _SQUEEZE_M
        if cells[-1] == last or squeezes:
            return Way(self._pulled([*points, goal], (), _NARROW_M), goal)
        return Way(self._pulled(points, (), _NARROW_M), end, reached=False)

    def _squeezed(self, point: Vec3) -> bool:
        """Whether a point is nearer to something than a body is wide: a seat."""
        return float(self.clearance([point])[0]) < _NARROW_M

    def _gate(self, grid: _Grid, free: _Free, point: Vec3) -> _Cell | None:
        """Return the nearest free cell from which a straight line leads to a point.

        To a seat no line does; there it is the nearest cell at all, if that is near.
        """
        cell = grid.cell(point)
        if free[cell]:
            return cell
        near = self._around(grid, free, point)
        near = [c for c in near if _apart(grid.point(c), point) <= _SQUEEZE_M]
        if self._squeezed(point):
            return next(iter(near), None)
        open_ = (c for c in near if self._taut(grid.point(c), point, (), _NARROW_M))
        return next(open_, None)

    def _around(self, grid: _Grid, free: _Free, point: Vec3) -> list[_Cell]:
        """Return the free cells that are nearest to a point, nearest first."""
        cell = grid.cell(point)
        i, j = np.nonzero(free)
        order = np.argsort((i - cell[0]) ** 2 + (j - cell[1]) ** 2, kind="stable")
        return [(int(i[k]), int(j[k])) for k in order[:_GATES]]

    def _taut(self, a: Vec3, b: Vec3, people: Sequence[Stood], margin: float) -> bool:
        """Whether the straight line between two points keeps clear.

        At its ends it need not keep more than the ends themselves do.
        """
        long = math.hypot(b[0] - a[0], b[2] - a[2])
        count = max(2, math.ceil(long / _GRAIN_M) + 1)
        share = np.linspace(0.0, 1.0, count)
        line = np.zeros((count, 3))
        line[:, 0] = a[0] + (b[0] - a[0]) * share
        line[:, 2] = a[2] + (b[2] - a[2]) * share
        for x, z, apart in people:
            if float(np.hypot(line[:, 0] - x, line[:, 2] - z).min()) < apart - 1e-6:
                return False
        clear = self._solid.clearance(line)
        ends = np.minimum(clear[0] + share * long, clear[-1] + (1 - share) * long)
        needed = np.minimum(margin, np.maximum(ends / 2, _NARROW_M))
        return bool((clear >= needed).all())

    def _pulled(
        self, points: list[Vec3], people: Sequence[Stood], margin: float
    ) -> tuple[Vec3, ...]:
        """Keep only the points at which the way must bend."""
        start, goal = points[0], points[-1]
        between = [p for p in points if min(_apart(p, start), _apart(p, goal)) > 0.05]
        points = [start, *between, goal]
        kept, at = [start], 0
        while at < len(points) - 1:
            low, high = at + 1, len(points) - 1
            if not self._taut(points[at], points[high], people, margin):
                while high - low > 1:
                    middle = (low + high) // 2
                    if self._taut(points[at], points[middle], people, margin):
                        low = middle
                    else:
                        high = middle
                high = low
            at = high
            kept.append(points[at])
        bends = kept[1:-1]
        if margin >= _COMFORT_M:
            return tuple(bends)
        return tuple(_tight([start, *bends, goal]))


def _tight(points: list[Vec3]) -> list[Vec3]:
    """Return the bends, each between two points near to it.

    The stage rounds a bend by as much as its legs allow; where room is scarce that
    would lead the body into what the way goes round.
    """
    result: list[Vec3] = []
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        result += [*_beside(at, before), at, *_beside(at, after)]
    return result


def _beside(at: Vec3, other: Vec3) -> tuple[Vec3, ...]:
    """Return the point a little way from `at` to `other`, if they lie apart."""
    share = _BESIDE_M / max(_apart(at, other), 1e-9)
    if share > 0.4:
        return ()
    x, z = (at[k] + (other[k] - at[k]) * share for k in (0, 2))
    return ((round(x, 3), 0.0, round(z, 3)),)


def _apart(a: Vec3, b: Vec3) -> float:
    return math.hypot(a[0] - b[0], a[2] - b[2])


def _not_in(people: Sequence[Stood], start: Vec3, goal: Vec3) -> tuple[Stood, ...]:
    """Return who is walked round, each no wider than start and goal leave room for."""
    result = []
    for x, z, apart in people:
        near = min(
            math.hypot(start[0] - x, start[2] - z), math.hypot(goal[0] - x, goal[2] - z)
        )
        result.append((x, z, min(apart, near - 0.05)))
    return tuple(p for p in result if p[2] > 0.2)


_STEPS = tuple(
    (di, dj, math.hypot(di, dj))
    for di in (-1, 0, 1)
    for dj in (-1, 0, 1)
    if (di, dj) != (0, 0)
)


def _shortest(
    free: _Free, start: _Cell, goal: _Cell
) -> tuple[list[_Cell] | None, set[_Cell]]:
    """A* over the eight neighbours of each free cell.

    Returns:
        The cells of the way, or None; and all cells that were looked at.
    """
    wide, deep = free.shape
    open_cells = free.tolist()
    came: dict[_Cell, _Cell] = {}
    cost = {start: 0.0}
    queue = [(0.0, start)]
    done: set[_Cell] = set()
    while queue:
        cell = heapq.heappop(queue)[1]
        if cell == goal:
            path = [cell]
            while cell in came:
                cell = came[cell]
                path.append(cell)
            return path[::-1], done
        if cell in done:
            continue
        done.add(cell)
        for di, dj, length in _STEPS:
            i, j = cell[0] + di, cell[1] + dj
            if not (0 <= i < wide and 0 <= j < deep and open_cells[i][j]):
                continue
            there = cost[cell] + length
            if there < cost.get((i, j), math.inf) - 1e-9:
                cost[i, j] = there
                came[i, j] = cell
                ahead = math.hypot(goal[0] - i, goal[1] - j)
                heapq.heappush(queue, (there + ahead, (i, j)))
    return None, done
