"""What a camera would see: obstacles, other people, faces, the axis."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from previz.direct.floor import Floor, apart_m, bearing_deg
from previz.direct.framing import Body, View
from previz.model import Vec3

__all__ = ["PERSONAL_M", "Sight", "turned_deg"]

PERSONAL_M = 0.6
"""A camera comes no nearer to a person."""

_WALL_M = 0.25
_HEAD_M = 0.16
_ABOARD_M = 2.4
"""How far from the seats of a vehicle a camera may be: on its bonnet or doors."""


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
        cramped: Whether this is the inside of a vehicle, where nothing is far.
        around: Ids of background people, whom cameras keep from before faces.
    """

    floor: Floor
    body: Callable[[str, int], Body | None]
    people: tuple[str, ...]
    cramped: bool = False
    around: tuple[str, ...] = ()

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
        self, view: View, frame: int, *, subjects: Sequence[str], shoulder: str = ""
    ) -> float:
        """Return how badly a view shows its subjects, solids aside; 0 is clean."""
        seen = ((p, self.body(p, frame)) for p in (*self.people, *self.around))
        bodies = {p: b for p, b in seen if b is not None}
        many = float(len(subjects)) ** 0.5
        total = 0.0
        for subject in subjects:
            body = bodies.get(subject)
            if body is None:
                continue
            total += 0.0 if view.sees(body.eyes, margin=0.03) else 10.0 / many
            away = turned_deg(body.facing_deg, bearing_deg(body.eyes, view.position))
            total += 0.0 if body.lies else max(0.0, away - 80.0) / 22.0 / many
        if len(bodies) <= 14 or len(subjects) <= 2:
            total += self._crowd_cost(view, bodies, subjects, shoulder)
        return total

    def hidden_cost(
        self, views: Sequence[tuple[View, int]], *, subjects: Sequence[str], whole: bool
    ) -> float:
        """Return how much of the subjects stands behind solids, over some frames."""
        total = 0.0
        many = float(len(subjects)) ** 0.5
        for view, frame in views:
            points: list[Vec3] = []
            weights: list[float] = []
            for subject in subjects:
                body = self.body(subject, frame)
                if body is None:
                    continue
                parts = [(body.eyes, 10.0), (body.shoulders, 3.0)]
                parts += [(body.hips, 1.5)] if whole else []
                for point, weight in parts:
                    if weight == 10.0 or view.sees(point):
                        points.append(point)
                        weights.append(weight / many)
            if points:
                hits = self.floor.obstacles.blocked_each(view.position, points)
                total += sum(w for w, hit in zip(weights, hits, strict=True) if hit)
        return total / max(1, len(views))

    def clutter_cost(self, view: View, frame: int, *, subjects: Sequence[str]) -> float:
        """Return how much small things stand before the lens or before faces.

        Lamps, posts and what lies on counters are no obstacles to walk round, but a
        picture has them.
        """
        faces = [view.project(b.eyes) for p in subjects if (b := self.body(p, frame))]
        total = 0.0
        for x, y, z, half_m, rise_m in self._clutter:
            if math.hypot(x - view.position[0], z - view.position[2]) > 8.0:
                continue
            px, py, depth = view.project((x, y, z))
            if depth < 0.05 or abs(px) > view.half_width or abs(py) > 0.6 + rise_m:
                continue
            scale = view.focal_mm / view.sensor.height_mm / depth
            if depth < 1.5 and half_m * scale > 0.1:
                total += 1.5
            for fx, fy, far in faces:
                across = abs(px - fx) < half_m * scale
                level = abs(py - fy) < rise_m * scale + 0.04
                if depth < far - 0.3 and across and level:
                    total += 4.0
        return total

    @cached_property
    def _clutter(self) -> list[tuple[float, float, float, float, float]]:
        """Small pieces and posts: their middles, half widths and half heights."""
        result = []
        for piece in self.floor.set_.pieces:
            (x, y, z), (width, height, depth) = piece.position_m, piece.size_m
            if max(width, depth) < 0.7 and height > 0.15 and y < 2.0:
                half = max(width, depth) / 2
                result.append((x, y + height / 2, z, half, height / 2))
        return result

    def _crowd_cost(
        self,
        view: View,
        bodies: dict[str, Body],
        subjects: Sequence[str],
        shoulder: str,
    ) -> float:
        total = 0.0
        depths = {p: view.project(b.eyes) for p, b in bodies.items()}
        for person, body in bodies.items():
            near = apart_m(view.position, body.feet)
            low = view.position[1] < body.head_top[1] + 0.25
            if low and near < (0.3 if self.cramped else PERSONAL_M):
                total += 20.0 * (0.1 if self.cramped else 1.0)
            if person in subjects or person == shoulder:
                continue
            x, _, depth = depths[person]
            if 0.05 < depth < 1.2 and abs(x) < view.half_width:
                total += 2.0
            for subject in subjects:
                if subject in depths and depth > 0.05:
                    total += 5.0 * self._covers(view, body, bodies[subject])
        if shoulder in bodies:
            for subject in subjects:
                total += 6.0 * self._covers(view, bodies[shoulder], bodies[subject])
        return total

    def _covers(self, view: View, body: Body, subject: Body) -> bool:
        """Whether a body stands between the camera and the subject's face."""
        sx, sy, far = view.project(subject.eyes)
        x, top, depth = view.project(body.head_top)
        if depth >= far or depth <= 0.05 or top < sy - 0.02:
            return False
        scale = view.focal_mm / view.sensor.height_mm / depth
        below_chin = view.project(body.chin)[1] > sy
        width = 0.24 if below_chin else _HEAD_M
        return abs(x - sx) < width * scale
