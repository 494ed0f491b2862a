"""Where the camera stands for a planned shot: candidates, judged by what they see.

The line: a pair's axis joins the two people. The first shot that shows the pair from
aside, or else the side with more room, settles on which side of the axis cameras stay,
so that whoever looks right keeps looking right. It holds for the scene. Only where one
of the two has walked to a place that has no room on that side (a wall) does the walk,
which the picture showed, settle it anew. Nearer than 5 cm to the axis nobody stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from previz.camera.framing import Body, View, size_of
from previz.direct.floor import apart_m, bearing_deg
from previz.direct.following import panned
from previz.direct.plan import Plan, sizes_apart
from previz.direct.sight import Sight, turned_deg
from previz.direct.views import Candidate, Views
from previz.model import Coverage, Move, Sensor, ShotSize, Vec3

__all__ = ["Placed", "Placer", "side_of"]

_WHOLE = (ShotSize.EWS, ShotSize.LS, ShotSize.FS)
_WIDE = (*_WHOLE, ShotSize.MLS)
_FACES = (Coverage.SINGLE, Coverage.OTS, Coverage.REACTION)
_SCENIC = (Coverage.TWO_SHOT, Coverage.GROUP)
_NEAR = (*_FACES, Coverage.FOLLOW)
_CLEAN = 0.9
_POOR = 3.0
_FACELESS = 6.0
"""From here on a picture of a face is one of hair, or of half a cheek."""
_COMPANY = 4
_JUMP = 12.0
_CROSSED = 500.0
_UNFELT = 4.0
"""Crossing the line where nobody speaks: the last choice, but allowed."""
_MOVED_M = 0.5
_EDGE = 0.6
"""Who walks is kept within this share of the way from the middle to the edge."""
_PASSING_M = 1.6
"""Nearer to the camera than this nobody walks: the picture would be of a shirt."""


@dataclass(frozen=True)
class Placed:
    """A view for a plan, and what it cost.

    Attributes:
        view: The camera at the frame that the framing is made for.
        frame: That frame, in the scene.
        cost: What speaks against it.
        size: The size it shows, measured.
        coverage: What it is; an over that shows no shoulder is a single.
        plan: What it shows: as planned, or what was shot because that shows no face.
    """

    view: View
    frame: int
    cost: float
    size: ShotSize
    coverage: Coverage
    plan: Plan


def side_of(first: Vec3, second: Vec3, camera: Vec3) -> float:
    """Return the camera's signed distance from the axis of two people, in metres."""
    length = apart_m(first, second) or 1e-9
    return (
        (second[0] - first[0]) * (camera[2] - first[2])
        - (second[2] - first[2]) * (camera[0] - first[0])
    ) / length


@dataclass
class Placer:
    """Places the cameras of one scene, shot after shot.

    Attributes:
        sight: Judges views.
        sensor: The gate.
        sides: 1 or -1 by pair of ids, in sorted order: where cameras stay.
    """

    sight: Sight
    sensor: Sensor
    sides: dict[tuple[str, str], int] = field(default_factory=dict)
    views: Views = field(init=False)
    _settled: dict[tuple[str, str], tuple[Vec3, Vec3]] = field(default_factory=dict)
    _last: tuple[Plan, Placed] | None = None
    _scenic: View | None = None
    _empty: list[View] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.views = Views(self.sight, self.sensor, self.side)

    def place(self, plan: Plan, *, frames: tuple[int, ...], anchor: int) -> Placed:
        """Return the best view for a plan.

        Args:
            plan: What to show.
            frames: Scene frames at which the view is judged.
            anchor: The one of them that the framing is made for.
        """
        best = self._best(plan, frames, anchor)
        if (best is None or best.cost >= _POOR) and self._cross(plan, anchor):
            other = self._best(plan, frames, anchor)
            worse = best is not None and (other is None or other.cost > best.cost - 1)
            # To see no face from the other side is no reason to cross.
            blind = other is None or other.cost >= _FACELESS
            if worse or (blind and plan.coverage in _FACES):
                self._cross(plan, anchor)
            else:
                best = other
        if plan.coverage in _NEAR and (best is None or best.cost >= _FACELESS):
            best = self._otherwise(plan, frames, anchor, best)
        best = best or self._last_resort(plan, anchor)
        best = self._named(best.plan, best)
        self._remember(best.plan, best)
        return best

    def _otherwise(
        self, plan: Plan, frames: tuple[int, ...], anchor: int, best: Placed | None
    ) -> Placed | None:
        """Return a better picture of somebody whom a nearer one does not show.

        In company, who does not look at whom they talk to holds no line with them:
        their face may be shown from either side. Where that helps as little (an
        embrace, a hat against a wall), the picture is of both; and where somebody
        stands in every way to who acts, it is of the whole company.
        """
        others = []
        company = [p for p in self.sight.people if self.sight.body(p, anchor)]
        if self._pair(plan, anchor) is not None:
            others.append(_both(plan))
            if len(company) > 2:
                others.insert(0, replace(plan, partner="", coverage=Coverage.SINGLE))
        if not plan.partner and 1 < len(company) <= _COMPANY:
            others.append(_company(plan, company))
        for other in others:
            found = self._best(other, frames, anchor)
            if found and other.coverage in _SCENIC and found.cost >= _FACELESS:
                # A wide view in which others hide who acts is no better.
                continue
            dear = best is None or best.cost >= _FACELESS
            if found is not None and dear and (not best or found.cost < best.cost - 1):
                best = found
        return best

    def _best(self, plan: Plan, frames: tuple[int, ...], anchor: int) -> Placed | None:
        best: Placed | None = None
        for candidate in self.views.of(plan, anchor, frames=frames):
            if not self.sight.within(candidate.view.position):
                continue
            limit = best.cost if best is not None else 1e9
            cost = candidate.bias + self._line_cost(plan, candidate.view, anchor)
            if cost >= limit:
                continue
            cost += self._jump_cost(plan, candidate, anchor)
            views = panned(plan, candidate.view, frames, anchor, self.sight.body)
            cost += self._way_cost(plan, views)
            cost += self._shown_cost(plan, views, limit=limit - cost)
            if cost >= limit or not self.sight.stands(candidate.view.position):
                continue
            if plan.coverage is not Coverage.INSERT:
                cost += self.sight.clutter_cost(
                    candidate.view, anchor, subjects=plan.subjects
                )
            if cost >= limit:
                continue
            cost += self.sight.hidden_cost(
                views, subjects=plan.subjects, whole=plan.size in _WIDE
            )
            if cost >= limit:
                continue
            if plan.coverage in _FACES and not plan.travels:
                cost += self.sight.hands_cost(views, subjects=plan.subjects)
            if plan.door and plan.travels and cost < limit:
                cost += self.sight.leaf_cost(views, subjects=plan.subjects)
            if cost < limit:
                best = Placed(
                    candidate.view, anchor, cost, candidate.size, plan.coverage, plan
                )
                if cost < _CLEAN:
                    break
        return best

    def _named(self, plan: Plan, placed: Placed) -> Placed:
        """Return the placed view under the names of what it shows."""
        view = placed.view
        bodies = self.views.bodies(plan, placed.frame)
        size = self._seen_size(plan, view, placed.frame) or placed.size
        placed = replace(placed, size=size)
        if plan.coverage is Coverage.OTS:
            over = self.sight.body(plan.partner, placed.frame)
            if over is None or not _at_edge(view, over, beyond=bodies):
                placed = replace(placed, coverage=Coverage.SINGLE)
        return placed

    def _seen_size(self, plan: Plan, view: View, frame: int) -> ShotSize | None:
        """Return the size in which a view shows the nearest subject, if one is here."""
        bodies = self.views.bodies(plan, frame)
        if not bodies:
            return None
        return size_of(view, min(bodies, key=lambda b: view.project(b.eyes)[2]))

    def _shown_cost(
        self, plan: Plan, views: list[tuple[View, int]], *, limit: float
    ) -> float:
        shoulder = plan.partner if plan.coverage is Coverage.OTS else ""
        return self.sight.geometry_cost(
            views,
            subjects=plan.subjects,
            shoulder=shoulder,
            faces=plan.coverage in _FACES,
            limit=limit,
        )

    def _way_cost(self, plan: Plan, views: list[tuple[View, int]]) -> float:
        """Return the cost of a walk along the frame's edge, or right up to the lens."""
        worst = 0.0
        for view, frame in views if plan.travels else ():
            for body in self.views.bodies(plan, frame):
                x, _, depth = view.project(body.eyes)
                off = abs(x) / view.half_width
                edge = 6.0 * max(0.0, off - _EDGE)
                near = 5.0 * max(0.0, _PASSING_M - depth)
                worst = max(worst, edge + near)
        return worst

    def side(self, a: Body, b: Body) -> int:
        """Return the side of a pair's axis that cameras stay on, settling it if new."""
        first, second = sorted((a, b), key=lambda body: body.id)
        pair = (first.id, second.id)
        if pair not in self.sides:
            self.sides[pair] = self._roomier_side(first, second)
            self._settled[pair] = (first.feet, second.feet)
        return self.sides[pair]

    def _pair(self, plan: Plan, frame: int) -> tuple[Body, Body] | None:
        """Return the two people whose line a plan keeps, in sorted order."""
        subject = next((s for s in plan.subjects if s != plan.partner), "")
        if not subject or not plan.partner:
            return None
        a, b = self.sight.body(subject, frame), self.sight.body(plan.partner, frame)
        if a is None or b is None:
            return None
        return (a, b) if a.id < b.id else (b, a)

    def _cross(self, plan: Plan, frame: int) -> bool:
        """Cross the line if one of the pair has walked since they were last shown."""
        bodies = self._pair(plan, frame)
        if bodies is None:
            return False
        pair = (bodies[0].id, bodies[1].id)
        before = self._settled.get(pair)
        if before is None or all(
            apart_m(p, q.feet) < _MOVED_M for p, q in zip(before, bodies, strict=True)
        ):
            return False
        self.sides[pair] = -self.sides[pair]
        return True

    def _roomier_side(self, first: Body, second: Body) -> int:
        scenic = 0
        if self._scenic is not None:
            off = side_of(first.eyes, second.eyes, self._scenic.position)
            scenic = 0 if abs(off) <= 0.5 else 1 if off > 0 else -1
        middle = tuple(
            (p + q) / 2 for p, q in zip(first.eyes, second.eyes, strict=True)
        )
        axis = bearing_deg(first.eyes, second.eyes)
        rooms = []
        for sign in (1, -1):
            place = (middle[0], 0.0, middle[2])
            reach = max(
                self.sight.floor.reach_m(place, axis - sign * turn)
                for turn in (60.0, 90.0, 120.0)
            )
            faces = sum(
                turned_deg(b.facing_deg, axis - sign * 90.0) for b in (first, second)
            )
            known = 2.0 if sign == scenic else 0.0
            rooms.append((reach + known - faces / 60.0, sign))
        return max(rooms)[1]

    def _line_cost(self, plan: Plan, view: View, frame: int) -> float:
        """Return a forbidding cost across the line."""
        other = plan.partner or self._company_of(plan, frame)
        if not other or not plan.subjects:
            return 0.0
        subject = next((s for s in plan.subjects if s != other), "")
        a, b = self.sight.body(subject, frame), self.sight.body(other, frame)
        if a is None or b is None:
            return 0.0
        first, second = sorted((a, b), key=lambda body: body.id)
        off = side_of(first.eyes, second.eyes, view.position) * self.side(a, b)
        if off > 0.05:
            return 0.0
        return _CROSSED if plan.partner else _UNFELT

    def _company_of(self, plan: Plan, frame: int) -> str:
        """Return the only other person here, to whom the line of a single goes."""
        if plan.travels or len(plan.subjects) != 1:
            return ""
        here = [p for p in self.sight.people if self.sight.body(p, frame) is not None]
        others = [p for p in here if p not in plan.subjects]
        return others[0] if len(others) == 1 else ""

    def _jump_cost(self, plan: Plan, candidate: Candidate, anchor: int) -> float:
        """Return the cost of cutting a subject to itself from almost the same place."""
        if not plan.subjects and any(
            turned_deg(v.yaw_deg, candidate.view.yaw_deg) < 30.0
            and apart_m(v.position, candidate.view.position) < 1.0
            for v in self._empty
        ):
            return _JUMP
        if self._last is None:
            return 0.0
        last, placed = self._last
        if set(last.subjects) != set(plan.subjects) or (
            not plan.subjects and last.words
        ):
            return 0.0
        turn = turned_deg(placed.view.yaw_deg, candidate.view.yaw_deg)
        if turn >= 30.0:
            return 0.0
        size = self._seen_size(plan, candidate.view, anchor) or candidate.size
        if sizes_apart(placed.size, size) >= 2:
            return 0.0
        return _JUMP

    def _last_resort(self, plan: Plan, frame: int) -> Placed:
        """Return a view from eye level at the place's corner that hides least."""
        bodies = self.views.bodies(plan, frame) or [self.views.stand_in()]
        width, height, depth = self.sight.floor.set_.size_m
        middle = bodies[0].eyes
        corners = [
            (
                sx * max(width / 2 - 0.3, 0.1),
                min(1.6, height - 0.2),
                sz * max(depth / 2 - 0.3, 0.1),
            )
            for sx in (1, -1)
            for sz in (1, -1)
        ]
        open_ = [c for c in corners if self.sight.stands(c)] or corners
        views = [
            View(place, bearing_deg(place, middle), -3.0, 20.0, self.sensor)
            for place in sorted(open_, key=lambda c: -apart_m(c, middle))
        ]
        hidden = partial(self.sight.hidden_cost, subjects=plan.subjects, whole=True)
        view = min(views, key=lambda view: hidden([(view, frame)]))
        size = size_of(view, bodies[0])
        return Placed(view, frame, 100.0, size, plan.coverage, plan)

    def _remember(self, plan: Plan, placed: Placed) -> None:
        self._last = (plan, placed)
        shown = self._pair(plan, placed.frame)
        if shown is not None and (shown[0].id, shown[1].id) in self.sides:
            self._settled[shown[0].id, shown[1].id] = (shown[0].feet, shown[1].feet)
        if not plan.subjects:
            self._empty = [*self._empty[-2:], placed.view]
        if plan.coverage in (Coverage.ESTABLISHING, Coverage.MASTER, Coverage.GROUP):
            self._scenic = placed.view


def _company(plan: Plan, people: Sequence[str]) -> Plan:
    """Return a wide view of everybody, those whom the plan is of first."""
    return replace(
        plan,
        coverage=Coverage.TWO_SHOT if len(people) == 2 else Coverage.GROUP,
        size=ShotSize.FS if len(people) == 2 else ShotSize.LS,
        subjects=tuple(dict.fromkeys((*plan.subjects, *people))),
        partner=next((p for p in people if p not in plan.subjects), ""),
        move=Move.STATIC,
        travels=False,
    )


def _both(plan: Plan) -> Plan:
    """Return a two-shot of a single's subject and partner."""
    return replace(
        plan,
        coverage=Coverage.TWO_SHOT,
        size=ShotSize.MS,
        subjects=(plan.subjects[0], plan.partner),
    )


def _at_edge(view: View, body: Body, *, beyond: list[Body]) -> bool:
    """Whether a shoulder or head nearer than the subject reaches into the frame."""
    far = min((view.project(b.eyes)[2] for b in beyond), default=0.0)
    for point, half_m in ((body.shoulders, 0.2), (body.eyes, 0.09)):
        x, y, depth = view.project(point)
        reach = half_m * view.focal_mm / view.sensor.height_mm / max(depth, 1e-6)
        if 0.05 < depth < far and abs(x) - reach < view.half_width and y > -0.6:
            return True
    return False
