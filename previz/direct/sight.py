"""What a camera would see: obstacles, other people, faces, the axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from previz.camera.framing import Body, View
from previz.direct.floor import Floor, apart_m, bearing_deg
from previz.direct.screen import Screen
from previz.model import Vec3
from previz.stage import Geometry

__all__ = ["PERSONAL_M", "Sight", "turned_deg"]

PERSONAL_M = 0.6
"""A camera comes no nearer to a person."""

_WALL_M = 0.25
_FOREGROUND_M = 2.0
"""What is nearer than this stands right before the lens, where nobody is seen."""
_UNEVEN = 1.7
"""Of two people the farther one may be this many times as far, and no farther."""
_REACH_M = 2.0
"""No part of anybody is farther than this from their hips."""
_TRUNK_M = 0.22
_HEADLESS = 1.6
"""What a body without a head in the picture costs, wherever it stands."""
_ABOARD_M = 2.4
"""How far from the seats of a vehicle a camera may be: on its bonnet or doors."""


def _grid() -> tuple[tuple[float, float, float], ...]:
    """Return places on the picture (x -1 to 1, y -0.5 to 0.5) and their weights.

    The weights add up to 1. The middle counts most, the lower edge least, where
    tables and counters belong.
    """
    places = [(x / 6, y / 10) for y in (-4, -2, 0, 2, 4) for x in (-5, -3, -1, 1, 3, 5)]
    raw = [
        (1.3 - abs(x)) * {-0.4: 0.15, -0.2: 0.6, 0.4: 0.7}.get(y, 1.0)
        for x, y in places
    ]
    return tuple((x, y, w / sum(raw)) for (x, y), w in zip(places, raw, strict=True))


_GRID = _grid()


def turned_deg(a: float, b: float) -> float:
    """Return the angle between two directions, 0 to 180."""
    return abs(math.remainder(a - b, 360.0))


@dataclass
class Sight:
    """Judges views of one scene.

    Attributes:
        floor: The set.
        body: Looks up somebody's landmarks at a frame; None when they are away.
        people: Ids of everybody in the scene.
        screen: What the set hides.
        cramped: Whether this is the inside of a vehicle, where nothing is far.
        around: Ids of background people, whom cameras keep from before faces.
        moving: Looks up what is moved at a frame, people and props, with names for
            its object ids; None where only bodies by their outline count.
    """

    floor: Floor
    body: Callable[[str, int], Body | None]
    people: tuple[str, ...]
    screen: Screen
    cramped: bool = False
    around: tuple[str, ...] = ()
    moving: Callable[[int], tuple[Geometry, tuple[str, ...]]] | None = None
    _before: dict[tuple[int, str], Screen] = field(default_factory=dict)

    def within(self, position: Vec3) -> bool:
        """Whether a position is inside the room and above the floor."""
        set_ = self.floor.set_
        if position[1] < 0.12:
            return False
        if self.cramped:
            seats = (s.position_m for s in set_.spots)
            return min(apart_m(position, s) for s in seats) <= _ABOARD_M
        if self.floor.aloft:
            return self.floor.contains(position, margin_m=_WALL_M)
        if not set_.interior:
            return max(abs(position[0]), abs(position[2])) <= 80.0
        low = position[1] <= set_.size_m[1] - 0.15
        return low and self.floor.contains(position, margin_m=_WALL_M)

    def stands(self, position: Vec3) -> bool:
        """Whether a camera can be here: inside the room and outside of everything."""
        margin = 0.04 if self.cramped else 0.12
        return self.within(position) and not self.floor.obstacles.inside(
            position, margin_m=margin
        )

    def geometry_cost(
        self,
        views: Sequence[tuple[View, int]],
        *,
        subjects: Sequence[str],
        shoulder: str = "",
        faces: bool = False,
        limit: float = math.inf,
    ) -> float:
        """Return how badly views show their subjects, the set aside; 0 is clean.

        Args:
            views: The camera at each frame at which it is judged.
            subjects: Ids of who must be seen.
            shoulder: Id of who may stand at the edge of the picture, or empty.
            faces: Whether it is a picture of faces: from three quarters or better.
            limit: What is certain to reach this is not judged to the end.
        """
        costs: list[float] = []
        before: tuple[View, list[Body | None]] | None = None
        for view, frame in views:
            found = [self.body(p, frame) for p in (*self.people, *self.around)]
            if before is not None and before == (view, found):
                costs.append(costs[-1])
                continue
            before = (view, found)
            bodies = {b.id: b for b in found if b is not None}
            costs.append(self._cost(view, bodies, subjects, shoulder, faces=faces))
            if max(costs) * 0.7 + sum(costs) / len(views) * 0.3 >= limit:
                break
        return max(costs) * 0.7 + sum(costs) / len(costs) * 0.3

    def _cost(
        self,
        view: View,
        bodies: dict[str, Body],
        subjects: Sequence[str],
        shoulder: str,
        *,
        faces: bool,
    ) -> float:
        shown = [bodies[s] for s in subjects if s in bodies]
        many = float(len(subjects)) ** 0.5
        total = 0.0
        for body in shown:
            total += 0.0 if view.sees(body.eyes, margin=0.03) else 10.0 / many
            total += _turned_cost(body, view.position, faces=faces) / many
        if len(shown) == 2:
            depths = sorted(max(view.project(b.eyes)[2], 0.1) for b in shown)
            total += 3.0 * max(0.0, depths[1] / depths[0] - _UNEVEN)
        total += self._too_near(view, bodies)
        if len(bodies) <= 14 or len(subjects) <= 2:
            before = _bars_before(view, shown, list(bodies.values()))
            total += _covered_cost(view, shown, before)
            known = (*subjects, shoulder)
            others = [b for i, o in before.items() if i not in known for b in o]
            total += _crowded_cost(view, others, spare=0.03)
            total += _crowded_cost(view, before.get(shoulder, ()), spare=0.25)
            if not self.cramped:
                company = [b for b in bodies.values() if b.id not in subjects]
                total += _headless_cost(view, company)
        return total

    def _too_near(self, view: View, bodies: dict[str, Body]) -> float:
        total = 0.0
        for body in bodies.values():
            near = apart_m(view.position, body.feet)
            low = view.position[1] < body.head_top[1] + 0.25
            if low and near < (0.3 if self.cramped else PERSONAL_M):
                total += 20.0 * (0.1 if self.cramped else 1.0)
        return total

    def hidden_cost(
        self, views: Sequence[tuple[View, int]], *, subjects: Sequence[str], whole: bool
    ) -> float:
        """Return how much of the subjects stands behind the set, over some frames."""
        total, cost = 0.0, 0.0
        before: tuple[View, list[Body]] | None = None
        for view, frame in views:
            shown = [b for s in subjects if (b := self.body(s, frame)) is not None]
            if before is None or before[0] != view or before[1] != shown:
                cost = self._hidden(view, shown, whole=whole)
            before = (view, shown)
            total += cost
        return total / max(1, len(views))

    def _hidden(self, view: View, shown: Sequence[Body], *, whole: bool) -> float:
        points: list[Vec3] = []
        weights: list[float] = []
        for body in shown:
            parts = [*_head(view, body), (body.shoulders, 2.0)]
            parts += [(body.hips, 1.5), (body.knees, 0.5)] if whole else []
            for point, weight in parts:
                if view.sees(point):
                    points.append(point)
                    weights.append(weight / float(len(shown)) ** 0.5)
        hits = self.screen.hides(view.position, points)
        return float(sum(w for w, hit in zip(weights, hits, strict=True) if hit))

    def hands_cost(
        self, views: Sequence[tuple[View, int]], *, subjects: Sequence[str]
    ) -> float:
        """Return how much of the subjects' heads hands and props stand before.

        To the triangle, as bodies are posed: what somebody holds out is there too.
        """
        worst = 0.0
        for view, frame in views if self.moving is not None else ():
            total = 0.0
            for subject in subjects:
                body = self.body(subject, frame)
                if body is None or not view.sees(body.eyes):
                    continue
                parts = [*_head(view, body), *_cheeks(view, body)]
                hits = self._moved(frame, but=subject).hides(
                    view.position, [point for point, _ in parts]
                )
                total += sum(w for (_, w), hit in zip(parts, hits, strict=True) if hit)
            worst = max(worst, total / math.sqrt(len(subjects) or 1))
        return worst

    def leaf_cost(
        self, views: Sequence[tuple[View, int]], *, subjects: Sequence[str]
    ) -> float:
        """Return how much of a way through a door its open leaf hides, over frames.

        Whoever passes is hidden for a moment from anywhere; what counts is how long.
        """
        total, shown = 0.0, 0
        for view, frame in views if self.moving is not None else ():
            for subject in subjects:
                body = self.body(subject, frame)
                if body is None or not view.sees(body.eyes):
                    continue
                parts = [*_head(view, body), (body.shoulders, 2.0), (body.hips, 1.5)]
                hits = self._moved(frame, but=subject).hides(
                    view.position, [point for point, _ in parts]
                )
                shown += 1
                total += sum(w for (_, w), hit in zip(parts, hits, strict=True) if hit)
        return total / max(shown, 1)

    def _moved(self, frame: int, *, but: str) -> Screen:
        """Return the people and props of a frame as a screen, all but one person."""
        if (frame, but) not in self._before:
            assert self.moving is not None
            geometry, names = self.moving(frame)
            own = names.index(but) if but in names else -1
            others = geometry.triangle_object != own
            kept = replace(
                geometry,
                triangles=geometry.triangles[others],
                triangle_object=geometry.triangle_object[others],
                triangle_material=geometry.triangle_material[others],
            )
            self._before[frame, but] = Screen(kept)
        return self._before[frame, but]

    def clutter_cost(self, view: View, frame: int, *, subjects: Sequence[str]) -> float:
        """Return how much of the picture something right before the lens takes.

        A foreground at the edge gives depth; in the middle it takes the picture.
        """
        depths = [
            view.project(b.eyes)[2] for s in subjects if (b := self.body(s, frame))
        ]
        reach = min((d * 0.75 for d in depths if d > 0.2), default=_FOREGROUND_M)
        points = [view.at(x * view.half_width, y, reach) for x, y, _ in _GRID]
        hits = self.screen.hides(view.position, points)
        share = sum(w for (_, _, w), hit in zip(_GRID, hits, strict=True) if hit)
        return 10.0 * max(0.0, share - 0.06)


def _turned_cost(body: Body, camera: Vec3, *, faces: bool) -> float:
    """Return the cost of a face that is turned away: profile at worst in a single."""
    away = body.away_deg(camera)
    if faces:
        return max(0.0, away - 50.0) / 30.0 + max(0.0, away - 70.0) / 4.0
    chest = (
        0.0
        if body.lies
        else turned_deg(body.facing_deg, bearing_deg(body.eyes, camera))
    )
    return max(0.0, away - 90.0) / 16.0 + max(0.0, chest - 95.0) / 40.0


def _headless_cost(view: View, company: Sequence[Body]) -> float:
    """Return the cost of trunks in the picture whose heads the upper edge cuts off."""
    total, wide = 0.0, view.half_width
    for body in company:
        x, crown, depth = view.project(body.eyes)
        if depth < 0.3 or crown < 0.48:
            continue
        lowest = min(view.project(p)[1] for p in (body.shoulders, body.hips))
        half = _TRUNK_M * view.focal_mm / view.sensor.height_mm / depth
        seen = min(x + half, wide) - max(x - half, -wide)
        if seen > 0.04 * wide and lowest < 0.4:
            total += _HEADLESS + 6.0 * seen / (2.0 * wide)
    return min(total, _HEADLESS * 3.0)


def _head(view: View, body: Body) -> list[tuple[Vec3, float]]:
    """Return points of a head as a camera sees it, and what each is worth."""
    (x, y, z), (tx, ty, tz) = body.eyes, body.head_top
    rx, _, rz = view.right
    return [
        (body.eyes, 4.0),
        (((x + tx) / 2, (y + ty) / 2, (z + tz) / 2), 3.0),
        (body.chin, 3.0),
        ((x + rx * 0.07, y, z + rz * 0.07), 3.0),
        ((x - rx * 0.07, y, z - rz * 0.07), 3.0),
    ]


def _cheeks(view: View, body: Body) -> list[tuple[Vec3, float]]:
    """Return more points of a face, so that a blade does not pass between them."""
    (x, y, z), (cx, cy, cz) = body.eyes, body.chin
    rx, _, rz = view.right
    return [
        (
            (x + (cx - x) * low + rx * side, y + (cy - y) * low, z + (cz - z) * low
             + rz * side),
            1.5,
        )
        for low in (0.35, 0.7)
        for side in (-0.05, 0.0, 0.05)
    ]  # fmt: skip


def _outline(view: View, body: Body) -> list[tuple[float, ...]]:
    """Return a body on the picture: round-ended bars (x, y, x, y, radius, depth)."""
    x, y, z = body.shoulders
    scale = view.focal_mm / view.sensor.height_mm
    result: list[tuple[float, ...]] = []
    for start, end, half_m in (
        (body.eyes, body.head_top, 0.11),
        ((x, y + 0.06, z), body.hips, 0.25),
        (body.hips, body.knees, 0.14),
        (body.knees, body.feet, 0.1),
    ):
        (ax, ay, near), (bx, by, far) = view.project(start), view.project(end)
        depth = min(near, far)
        if depth > 0.15:
            result.append((ax, ay, bx, by, half_m * scale / depth, depth))
    return result


def _inside(bar: tuple[float, ...], x: float, y: float) -> bool:
    ax, ay, bx, by, radius, _ = bar
    dx, dy = bx - ax, by - ay
    along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy or 1.0)
    along = max(0.0, min(1.0, along))
    return math.hypot(x - ax - dx * along, y - ay - dy * along) < radius


def _bars_before(
    view: View, shown: Sequence[Body], bodies: Sequence[Body]
) -> dict[str, list[tuple[float, ...]]]:
    """Return the outlines of those who are nearer than the farthest subject."""
    far = max((view.project(b.eyes)[2] for b in shown), default=0.0)
    wide, scale = view.half_width, view.focal_mm / view.sensor.height_mm
    result = {}
    for body in bodies:
        x, _, depth = view.project(body.hips)
        beside = depth > _REACH_M and abs(x) - _REACH_M * scale / depth > wide
        if -_REACH_M < depth < far + 0.3 and not beside:
            result[body.id] = _outline(view, body)
    return result


def _covered_cost(
    view: View, shown: Sequence[Body], before: dict[str, list[tuple[float, ...]]]
) -> float:
    """Return how much of the subjects' heads others stand before."""
    total = 0.0
    for subject in shown:
        far = view.project(subject.eyes)[2] - 0.05
        bars = [
            b for i, o in before.items() if i != subject.id for b in o if b[5] < far
        ]
        for point, weight in _head(view, subject) if bars else ():
            x, y, _ = view.project(point)
            total += weight * any(_inside(bar, x, y) for bar in bars)
    return total / math.sqrt(len(shown) or 1)


def _crowded_cost(
    view: View, bars: Sequence[tuple[float, ...]], *, spare: float
) -> float:
    """Return how much of the picture is taken by people whom it is not of."""
    wide = view.half_width
    covered: set[int] = set()
    for bar in bars:
        ax, ay, bx, by, radius, _ = bar
        left, right = min(ax, bx) - radius, max(ax, bx) + radius
        low, high = min(ay, by) - radius, max(ay, by) + radius
        if right < -wide or left > wide or high < -0.5 or low > 0.5:
            continue
        covered.update(
            index
            for index, (x, y, _) in enumerate(_GRID)
            if index not in covered
            and low < y < high
            and left < x * wide < right
            and _inside(bar, x * wide, y)
        )
    share = sum(weight for i, (_, _, weight) in enumerate(_GRID) if i in covered)
    return 12.0 * max(0.0, share - spare)
