"""What stands in the way: of a look, of a camera, of a walk."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from previz.model import Set, SetPiece, Vec3
from previz.stage.assets import NO_ASSETS, Assets

__all__ = ["Obstacles"]

CLEARANCE_M = 0.3
"""What a walker keeps from the nearest obstacle to their middle line."""

CELL_M = 0.1
WALK_LOW_M, WALK_HIGH_M = 0.16, 1.9

_FLAT = frozenset(
    {
        "floor",
        "ground",
        "ceiling",
        "rug",
        "marking",
        "water",
        "light-panel",
        "grass",
        "tableware",
        "papers",
        "phone",
        "hill",
        "rails",
        "pendant",
        "strip-light",
        "table-lamp",
        "picture",
        "clock",
        "noticeboard",
        "sign",
        "film-reel",
        "road",
        "telegraph-line",
        "mesa",
        "dado",
        "cornice",
        "beams",
        "ducts",
        "blind",
        "wall-shelf",
        "chandelier",
        "torch",
        "star-window",
        "banner",
        "grab-rail",
    }
)
_STEPPED_ON = frozenset({"sidewalk", "stairs", "landing"})


def bulks(
    piece: SetPiece, *, opened: Collection[str] = (), assets: Assets = NO_ASSETS
) -> NDArray[np.float64]:
    """Return the solid boxes of a piece in its own space.

    Args:
        piece: The piece; its middle of the base is the origin.
        opened: Its doors that open at some time, and so are holes.
        assets: Imported meshes; a missing one is in the way as its whole box.

    Returns:
        Rows of (centre x, y, z, half x, y, z) in metres, shape (n, 6).
    """
    mesh = assets.mesh(piece.asset)
    if mesh is not None:
        return mesh.bulks * np.tile(mesh.scale_to(piece.size_m), 2)
    w, h, d = piece.size_m
    if piece.kind in _FLAT:
        return np.empty((0, 6))
    if piece.kind == "wall":
        return _wall_bulks(piece, opened)
    whole = [(0.0, h / 2, 0.0, w / 2, h / 2, d / 2)]
    match piece.kind:
        case "tree" | "conifer" | "palm" | "poplar" | "bare-tree":
            r = max(0.12, w * 0.06)
            low = {"conifer": 0.16, "poplar": 0.14}.get(piece.kind, 0.4)
            crown = (0.0, h * (1 + low) / 2, 0.0, w * 0.36, h * (1 - low) / 2, d * 0.36)
            whole = [(0.0, h * low / 2, 0.0, r, h * low / 2, r), crown]
        case "mast":
            whole = [(0.0, h / 2, 0.0, 0.13, h / 2, 0.13)]
        case "posts":
            whole = [(0.0, h / 2, 0.0, w / 2, h / 2, 0.14)]
        case "campfire":
            whole = [(0.0, 0.2, 0.0, w / 2, 0.2, d / 2)]
        case "booth-seat" | "waiting-seats":
            whole = [
                (0.0, 0.23, 0.0, w / 2, 0.23, d / 2),
                (0.0, h / 2, -d / 2 + 0.08, w / 2, h / 2, 0.08),
            ]
        case "lamp-post" | "traffic-light":
            whole = [(0.0, h / 2 - 0.3, 0.0, 0.17, h / 2 - 0.3, 0.17)]
        case "floor-lamp":
            whole = [(0.0, h / 2 - 0.2, 0.0, w / 2 - 0.05, h / 2 - 0.2, w / 2 - 0.05)]
        case "chair" | "office-chair":
            whole = [
                (0.0, 0.24, 0.0, w / 2, 0.24, d / 2),
                (0.0, h / 2, -d / 2 + 0.06, w / 2, h / 2, 0.06),
            ]
        case "sofa" | "armchair" | "bench":
            whole = [
                (0.0, 0.3, 0.0, w / 2, 0.3, d / 2),
                (0.0, h / 2, -d / 2 + 0.12, w / 2, h / 2, 0.12),
            ]
        case "bed" | "hospital-bed":
            whole = [
                (0.0, 0.29, 0.0, w / 2, 0.29, d / 2),
                (0.0, h / 2, -d / 2 + 0.05, w / 2, h / 2, 0.05),
            ]
        case "canopy":
            whole = [
                (0.0, h / 2, -d * 0.36, w / 2, h / 2, 0.17),
                (0.0, h - 0.15, 0.0, w / 2, 0.15, d / 2),
            ]
        case "station-canopy":
            whole = [(s * w * 0.3, h / 2, 0.0, 0.21, h / 2, 0.21) for s in (-1, 1)] + [
                (0.0, h - 0.22, 0.0, w / 2, 0.22, d / 2)
            ]
        case "bus-stop":
            whole = [
                (0.0, h / 2, -d / 2 + 0.06, w / 2, h / 2, 0.06),
                (0.0, h - 0.05, 0.0, w / 2, 0.05, d / 2),
            ]
        case "pole-sign":
            whole = [
                (s * w * 0.3, h * 0.39, -d * 0.2, 0.08, h * 0.39, 0.08) for s in (-1, 1)
            ]
        case "car":
            whole = [
                (0.0, h * 0.32, 0.0, w / 2, h * 0.32, d / 2),
                (0.0, h * 0.8, -d * 0.08, w * 0.44, h * 0.2, d * 0.22),
            ]
        case "car-interior":
            return _car_bulks(piece)
        case "curtain":
            span = min(0.42, w * 0.2) / 2
            whole = [
                (s * (w / 2 - span), h / 2, 0.0, span, h / 2, d / 2) for s in (-1, 1)
            ]
        case "arch":
            pier = max(0.18, w * 0.12) / 2
            whole = [
                (s * (w / 2 - pier), h / 2, 0.0, pier, h / 2, d / 2) for s in (-1, 1)
            ]
        case "stairs":
            whole = [
                (
                    0.0,
                    h * (2 * k + 1) / 16,
                    d * (3 - 2 * k) / 8,
                    w / 2,
                    h * (2 * k + 1) / 16,
                    d / 8,
                )
                for k in range(4)
            ]
    return np.array(whole)


def _wall_bulks(piece: SetPiece, opened: Collection[str]) -> NDArray[np.float64]:
    """The wall without its openings; a leaf stays solid unless it ever opens."""
    w, h, d = piece.size_m
    free = {part.partition("/")[0] for part in opened}
    doors = [o for o in piece.openings if o.kind == "door"]
    holes = [o for o in piece.openings if o.kind != "door"]
    holes += [o for k, o in enumerate(doors) if f"door-{k + 1}" in free]
    xs = sorted(
        {-w / 2, w / 2} | {o.x_m + s * o.width_m / 2 for o in holes for s in (-1, 1)}
    )
    rows = []
    for x0, x1 in pairwise(xs):
        middle = (x0 + x1) / 2
        spans = [(0.0, h)]
        for o in holes:
            if abs(middle - o.x_m) >= o.width_m / 2:
                continue
            low, high = o.y_m, o.y_m + o.height_m
            cut = []
            for a, b in spans:
                cut += [(a, min(b, low)), (max(a, high), b)]
            spans = [(a, b) for a, b in cut if b - a > 1e-6]
        rows += [
            (middle, (a + b) / 2, 0.0, (x1 - x0) / 2, (b - a) / 2, d / 2)
            for a, b in spans
        ]
    return np.array(rows).reshape(-1, 6)


def _car_bulks(piece: SetPiece) -> NDArray[np.float64]:
    """Doors, dashboard and seat backs; the windows are open air."""
    w, h, d = piece.size_m
    door = h * 0.29
    seat = (0.42 + h * 0.16, h * 0.18)
    return np.array(
        [
            (-w / 2 + 0.05, door, 0, 0.06, door, d / 2),
            (w / 2 - 0.05, door, 0, 0.06, door, d / 2),
            (0, h * 0.3, d * 0.4, w / 2, h * 0.3, 0.25),
            *[(s * w * 0.24, 0.3, 0.02, w * 0.15, 0.12, 0.26) for s in (-1, 1)],
            *[(s * w * 0.24, *seat[:1], -0.3, w * 0.15, seat[1], 0.1) for s in (-1, 1)],
            (0, 0.3, -d * 0.3, w * 0.43, 0.12, 0.28),
            (0, seat[0], -d * 0.42, w * 0.43, seat[1], 0.12),
        ]
    )


class Obstacles:
    """The solids of a set, ready to be asked many times.

    Args:
        set_: The set; its pieces are taken as oriented boxes, walls with their
            openings. Ceilings and floors are ignored.
        opened: Piece and part of the doors that open at some time: they let through.
        assets: Imported meshes, which are in the way where they are solid.
    """

    def __init__(
        self,
        set_: Set,
        *,
        opened: Collection[tuple[str, str]] = (),
        assets: Assets = NO_ASSETS,
    ) -> None:
        self._interior = set_.interior
        self._half = (set_.size_m[0] / 2, set_.size_m[2] / 2)
        self._height = set_.size_m[1]
        centres, halves, turns, walls, stepped = [], [], [], [], []
        for piece in set_.pieces:
            parts = {part for owner, part in opened if owner == piece.id}
            for row in bulks(piece, opened=parts, assets=assets):
                yaw = math.radians(piece.yaw_deg)
                c, s = math.cos(yaw), math.sin(yaw)
                px, py, pz = piece.position_m
                x, y, z = row[:3]
                centres.append((px + c * x + s * z, py + y, pz - s * x + c * z))
                halves.append(row[3:])
                turns.append((c, s))
                walls.append(piece.kind == "wall")
                stepped.append(piece.kind in _STEPPED_ON)
        self._centres = np.array(centres).reshape(-1, 3)
        self._halves = np.array(halves).reshape(-1, 3)
        self._turns = np.array(turns).reshape(-1, 2)
        self._wall = np.array(walls, bool)
        self._stepped = np.array(stepped, bool)
        self._grid: NDArray[np.float64] | None = None

    def _local(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """World points, shape (n, 3), in each box's space, shape (n, boxes, 3)."""
        offset = points[:, None] - self._centres
        c, s = self._turns[:, 0], self._turns[:, 1]
        x = c * offset[..., 0] - s * offset[..., 2]
        z = s * offset[..., 0] + c * offset[..., 2]
        return np.stack([x, offset[..., 1], z], axis=-1)

    def blocked(self, origin: ArrayLike, target: ArrayLike) -> bool:
        """Say whether a solid stands between two points.

        Args:
            origin: World point in metres, shape (3,).
            target: World point in metres, shape (3,).
        """
        return bool(self.blocked_each(origin, np.asarray(target, float)[None])[0])

    def blocked_each(self, origin: ArrayLike, targets: ArrayLike) -> NDArray[np.bool_]:
        """Say for each target whether a solid stands between it and the origin.

        Args:
            origin: World point in metres, shape (3,).
            targets: World points in metres, shape (n, 3).

        Returns:
            Shape (n,).
        """
        ends = np.asarray(targets, float).reshape(-1, 3)
        if not len(self._centres):
            return np.zeros(len(ends), bool)
        start = self._local(np.asarray(origin, float)[None])
        step = self._local(ends) - start
        step = np.where(np.abs(step) < 1e-12, 1e-12, step)
        near = (-self._halves - start) / step
        far = (self._halves - start) / step
        enter = np.minimum(near, far).max(axis=2)
        leave = np.maximum(near, far).min(axis=2)
        hit = (enter < leave) & (leave > 1e-3) & (enter < 1 - 1e-3)
        return np.asarray(hit.any(axis=1))

    def inside(self, point: ArrayLike, *, margin_m: float) -> bool:
        """Say whether a point is in furniture or, indoors, outside the room.

        Args:
            point: World point in metres, shape (3,).
            margin_m: How near to a solid or a wall counts as inside.
        """
        p = np.asarray(point, float)
        if p[1] < margin_m:
            return True
        if self._interior:
            out = (
                abs(p[0]) > self._half[0] - margin_m
                or abs(p[2]) > self._half[1] - margin_m
                or p[1] > self._height - margin_m
            )
            if out:
                return True
        if not len(self._centres):
            return False
        near = np.abs(self._local(p[None])[0]) < self._halves + margin_m
        return bool(near.all(axis=1).any())

    def clearance(self, points: ArrayLike) -> NDArray[np.float64]:
        """Return each floor point's distance to the nearest obstacle on the floor.

        Args:
            points: World points in metres, shape (n, 3); their height is ignored.

        Returns:
            Metres, shape (n,); negative inside an obstacle or outside the set.
        """
        p = np.asarray(points, float).reshape(-1, 3)
        edge = np.minimum(
            self._half[0] - np.abs(p[:, 0]), self._half[1] - np.abs(p[:, 2])
        )
        low = self._centres[:, 1] - self._halves[:, 1]
        high = self._centres[:, 1] + self._halves[:, 1]
        tall = (low < WALK_HIGH_M) & (high > WALK_LOW_M)
        if not tall.any():
            return np.asarray(edge)
        gap = (
            np.abs(self._local(p)[:, tall][..., [0, 2]]) - self._halves[tall][:, [0, 2]]
        )
        outside = np.linalg.norm(np.maximum(gap, 0), axis=2)
        signed = np.where(outside > 0, outside, gap.max(axis=2))
        return np.asarray(np.minimum(edge, signed.min(axis=1)))

    def walk(self, start: Vec3, goal: Vec3) -> tuple[Vec3, ...]:
        """Return the points to walk through between two places, round furniture.

        Args:
            start: Where the walk begins, metres; may be a seat.
            goal: Where it ends, metres; may be a seat.

        Returns:
            Points on the floor strictly between start and goal; none where the
            straight line is free, or where no way was found.
        """
        free = self._free()
        a, b = self._cell(start), self._cell(goal)
        if self._clear_line(free, a, b):
            return ()
        gate_a, gate_b = _nearest_free(free, a), _nearest_free(free, b)
        if gate_a is None or gate_b is None:
            return ()
        cells = _shortest(free, gate_a, gate_b)
        if cells is None:
            return ()
        corners = self._pulled(free, cells)
        points = [self._point(cell) for cell in corners]
        if gate_a == a:
            points = points[1:]
        if gate_b == b:
            points = points[:-1]
        return tuple(points)

    def _free(self) -> NDArray[np.bool_]:
        if self._grid is None:
            nx, nz = (max(2, math.ceil(2 * half / CELL_M)) for half in self._half)
            x = -self._half[0] + (np.arange(nx) + 0.5) * CELL_M
            z = -self._half[1] + (np.arange(nz) + 0.5) * CELL_M
            grid = np.zeros((nx, nz, 3))
            grid[..., 0], grid[..., 2] = x[:, None], z[None, :]
            clear = [self.clearance(grid[i]) for i in range(nx)]
            self._grid = np.array(clear)
        return self._grid >= CLEARANCE_M

    def _cell(self, point: Vec3) -> tuple[int, int]:
        nx, nz = self._free().shape
        i = int((point[0] + self._half[0]) / CELL_M)
        j = int((point[2] + self._half[1]) / CELL_M)
        return min(max(i, 0), nx - 1), min(max(j, 0), nz - 1)

    def _point(self, cell: tuple[int, int]) -> Vec3:
        return (
            round(-self._half[0] + (cell[0] + 0.5) * CELL_M, 3),
            0.0,
            round(-self._half[1] + (cell[1] + 0.5) * CELL_M, 3),
        )

    def _clear_line(
        self, free: NDArray[np.bool_], a: tuple[int, int], b: tuple[int, int]
    ) -> bool:
        count = 2 * max(abs(a[0] - b[0]), abs(a[1] - b[1])) + 1
        i = np.rint(np.linspace(a[0], b[0], count)).astype(int)
        j = np.rint(np.linspace(a[1], b[1], count)).astype(int)
        return bool(free[i, j].all())

    def _pulled(
        self, free: NDArray[np.bool_], cells: list[tuple[int, int]]
    ) -> list[tuple[int, int]]:
        """Keep only the cells where the way must bend."""
        kept, at = [cells[0]], 0
        while at < len(cells) - 1:
            low, high = at + 1, len(cells) - 1
            if not self._clear_line(free, cells[at], cells[high]):
                while high - low > 1:
                    middle = (low + high) // 2
                    if self._clear_line(free, cells[at], cells[middle]):
                        low = middle
                    else:
                        high = middle
                high = low
            at = high
            kept.append(cells[at])
        return kept


def _nearest_free(
    free: NDArray[np.bool_], cell: tuple[int, int]
) -> tuple[int, int] | None:
    if free[cell]:
        return cell
    i, j = np.nonzero(free)
    if not len(i):
        return None
    k = int(np.argmin((i - cell[0]) ** 2 + (j - cell[1]) ** 2))
    return int(i[k]), int(j[k])


_STEPS = tuple(
    (di, dj, math.hypot(di, dj))
    for di in (-1, 0, 1)
    for dj in (-1, 0, 1)
    if (di, dj) != (0, 0)
)


def _shortest(
    free: NDArray[np.bool_], start: tuple[int, int], goal: tuple[int, int]
) -> list[tuple[int, int]] | None:
    """A* over the eight neighbours of each free cell."""
    wide, deep = free.shape
    open_cells = free.tolist()
    came: dict[tuple[int, int], tuple[int, int]] = {}
    cost = {start: 0.0}
    queue = [(0.0, start)]
    done: set[tuple[int, int]] = set()
    while queue:
        cell = heapq.heappop(queue)[1]
        if cell == goal:
            path = [cell]
            while cell in came:
                cell = came[cell]
                path.append(cell)
            return path[::-1]
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
    return None
