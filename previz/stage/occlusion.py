"""What stands in the way: of a look, of a camera, of a walk."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from previz.model import Set, SetPiece
from previz.stage.assets import NO_ASSETS, Assets
from previz.stage.pieces.picture_house import FOYER_M, MARQUEE_M, entrance_m

__all__ = ["Obstacles"]

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
        "foam",
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
    if piece.kind in _FLAT:
        return np.empty((0, 6))
    if piece.kind == "wall":
        return _wall_bulks(piece, opened)
    if piece.kind == "picture-house":
        return _picture_house_bulks(piece)
    if piece.kind == "car-interior":
        return _car_bulks(piece)
    w, h, d = piece.size_m
    if piece.kind in _BACKED:
        return np.array(_backed(w, h, d, *_BACKED[piece.kind]))
    shape = _SHAPES.get(piece.kind)
    whole = [(0.0, h / 2, 0.0, w / 2, h / 2, d / 2)]
    return np.array(whole if shape is None else shape(w, h, d))


_Box = tuple[float, float, float, float, float, float]
"""Centre x, y, z and half x, y, z in metres."""

_BACKED: dict[str, tuple[float, float]] = {
    "booth-seat": (0.23, 0.08),
    "waiting-seats": (0.23, 0.08),
    "chair": (0.24, 0.06),
    "office-chair": (0.24, 0.06),
    "sofa": (0.3, 0.12),
    "armchair": (0.3, 0.12),
    "bench": (0.3, 0.12),
    "bed": (0.29, 0.05),
    "hospital-bed": (0.29, 0.05),
}
"""Half height of what one sits or lies on, and half depth of its back, in metres."""


def _backed(w: float, h: float, d: float, seat_m: float, back_m: float) -> list[_Box]:
    """A low block with a high thin one along its back."""
    return [
        (0.0, seat_m, 0.0, w / 2, seat_m, d / 2),
        (0.0, h / 2, -d / 2 + back_m, w / 2, h / 2, back_m),
    ]


def _pair(x: float, y: float, z: float, half: tuple[float, float, float]) -> list[_Box]:
    """Two boxes of one size, left and right of the middle."""
    return [(s * x, y, z, *half) for s in (-1, 1)]


def _tree(w: float, h: float, d: float, *, low: float = 0.4) -> list[_Box]:
    """A trunk up to a share of the height, and a crown above it."""
    r = max(0.12, w * 0.06)
    crown = (0.0, h * (1 + low) / 2, 0.0, w * 0.36, h * (1 - low) / 2, d * 0.36)
    return [(0.0, h * low / 2, 0.0, r, h * low / 2, r), crown]


def _post(w: float, h: float, d: float) -> list[_Box]:
    """The post alone, up to where its arm begins."""
    return [(0.0, h / 2 - 0.3, 0.0, 0.17, h / 2 - 0.3, 0.17)]


def _floor_lamp(w: float, h: float, d: float) -> list[_Box]:
    return [(0.0, h / 2 - 0.2, 0.0, w / 2 - 0.05, h / 2 - 0.2, w / 2 - 0.05)]


def _canopy(w: float, h: float, d: float) -> list[_Box]:
    return [
        (0.0, h / 2, -d * 0.36, w / 2, h / 2, 0.17),
        (0.0, h - 0.15, 0.0, w / 2, 0.15, d / 2),
    ]


def _station_canopy(w: float, h: float, d: float) -> list[_Box]:
    roof = (0.0, h - 0.22, 0.0, w / 2, 0.22, d / 2)
    return [*_pair(w * 0.3, h / 2, 0.0, (0.21, h / 2, 0.21)), roof]


def _bus_stop(w: float, h: float, d: float) -> list[_Box]:
    return [
        (0.0, h / 2, -d / 2 + 0.06, w / 2, h / 2, 0.06),
        (0.0, h - 0.05, 0.0, w / 2, 0.05, d / 2),
    ]


def _car(w: float, h: float, d: float) -> list[_Box]:
    return [
        (0.0, h * 0.32, 0.0, w / 2, h * 0.32, d / 2),
        (0.0, h * 0.8, -d * 0.08, w * 0.44, h * 0.2, d * 0.22),
    ]


def _flanks(w: float, h: float, d: float, *, half_m: float) -> list[_Box]:
    """What stands at both ends of a width, the middle free."""
    return _pair(w / 2 - half_m, h / 2, 0.0, (half_m, h / 2, d / 2))


def _stairs(w: float, h: float, d: float) -> list[_Box]:
    rises = (h * (2 * k + 1) / 16 for k in range(4))
    return [
        (0.0, rise, d * (3 - 2 * k) / 8, w / 2, rise, d / 8)
        for k, rise in enumerate(rises)
    ]


_SHAPES: dict[str, Callable[[float, float, float], list[_Box]]] = {
    "tree": _tree,
    "palm": _tree,
    "bare-tree": _tree,
    "conifer": partial(_tree, low=0.16),
    "poplar": partial(_tree, low=0.14),
    "mast": lambda w, h, d: [(0.0, h / 2, 0.0, 0.13, h / 2, 0.13)],
    "posts": lambda w, h, d: [(0.0, h / 2, 0.0, w / 2, h / 2, 0.14)],
    "campfire": lambda w, h, d: [(0.0, 0.2, 0.0, w / 2, 0.2, d / 2)],
    "lamp-post": _post,
    "traffic-light": _post,
    "floor-lamp": _floor_lamp,
    "canopy": _canopy,
    "station-canopy": _station_canopy,
    "bus-stop": _bus_stop,
    "pole-sign": lambda w, h, d: _pair(
        w * 0.3, h * 0.39, -d * 0.2, (0.08, h * 0.39, 0.08)
    ),
    "car": _car,
    "curtain": lambda w, h, d: _flanks(w, h, d, half_m=min(0.42, w * 0.2) / 2),
    "arch": lambda w, h, d: _flanks(w, h, d, half_m=max(0.18, w * 0.12) / 2),
    "stairs": _stairs,
}
"""Of width, height and depth: the kinds that are not in the way as their whole box."""


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


def _picture_house_bulks(piece: SetPiece) -> NDArray[np.float64]:
    """Flanks, what is over and behind the foyer, and the marquee; the foyer is air."""
    w, h, d = piece.size_m
    wide, (deep, low), (high, out) = entrance_m(piece), FOYER_M, MARQUEE_M
    flank = (w - wide) / 2
    rows = [
        *((s * (w - flank) / 2, h / 2, 0.0, flank / 2, h / 2, d / 2) for s in (-1, 1)),
        (0.0, (h + low) / 2, 0.0, wide / 2, (h - low) / 2, d / 2),
        (0.0, low / 2, -deep / 2, wide / 2, low / 2, (d - deep) / 2),
        (0.0, low + high / 2, (d + out) / 2, wide / 2 + 0.45, high / 2, out / 2),
    ]
    return np.array(rows)


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
