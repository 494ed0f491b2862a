"""Views that a plan may be shot from, the likeliest first: what placement judges."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from previz.camera.framing import (
    PITCH_DEG,
    Body,
    View,
    fit,
    frame_single,
    size_of,
    span,
)
from previz.direct.boards import board_seen
from previz.direct.floor import apart_m, bearing_deg, step
from previz.direct.lenses import lenses_for
from previz.direct.lit_windows import BOOTH, booth_seen
from previz.direct.plan import Plan, sizes_apart, tighter
from previz.direct.sight import PERSONAL_M, Sight, turned_deg
from previz.model import Coverage, Sensor, ShotSize, Vec3

__all__ = ["Candidate", "Views"]

_WHOLE = (ShotSize.EWS, ShotSize.LS, ShotSize.FS)
_HANDS_M = 0.25
_NO_DOOR = 0.8
_ABOARD_MM = (32.0, 28.0, 40.0, 24.0, 20.0)
_OVER_HEADS_M = 2.2
_EYES_M = 1.6
_OVERHEAD_SHARE = 0.62
"""How much of the picture's width a board or a window over heads takes."""
_FROM_ABOVE = 2.0
"""What a view from above costs there, where a room leaves no other."""
_ROUND_DEG = (20, -20, 50, -50, 80, -80, 120, -120, 160, -160, 180)
"""Round a thing, from where whoever is here stands to it."""
_RECLINED_DEG = (35, -35, 60, -60, 15, -15, 90, -90, 120, -120)


@dataclass(frozen=True)
class Candidate:
    """A view, what speaks against it before it is judged, and the size it shows."""

    view: View
    bias: float
    size: ShotSize


@dataclass(frozen=True)
class Views:
    """Yields candidates for plans.

    Attributes:
        sight: Of the scene.
        sensor: The gate.
        side: Settles on which side of two people's axis cameras stay, 1 or -1.
    """

    sight: Sight
    sensor: Sensor
    side: Callable[[Body, Body], int]

    def of(
        self, plan: Plan, frame: int, *, frames: tuple[int, ...] = ()
    ) -> Iterator[Candidate]:
        """Yield the candidates of a plan at a frame, the likeliest first.

        Whole figures are framed with room for as high as they stand at other `frames`.
        """
        bodies = self.bodies(plan, frame)
        if plan.size in _WHOLE:
            bodies = [self._tallest(body, frames) for body in bodies]
        if plan.coverage is Coverage.INSERT and not bodies:
            yield from self._of_thing(plan, frame)
        elif plan.coverage is Coverage.OTS and bodies:
            yield from self._over(plan, bodies[0], frame)
            yield from self._single(plan, bodies[0], frame, bias=2.0)
        elif plan.coverage is Coverage.TWO_SHOT and len(bodies) == 2:
            yield from self._two(plan, bodies)
            yield from self._wide(plan, bodies, bias=3.0)
        elif (
            len(bodies) == 1
            and plan.size not in (ShotSize.EWS, ShotSize.LS)
            and not plan.door
        ):
            yield from self._single(plan, bodies[0], frame)
        else:
            yield from self._wide(plan, bodies)

    def _turns(
        self, plan: Plan, body: Body, frame: int
    ) -> tuple[float, int, list[float]]:
        """Return how a camera may stand to a face, the best first.

        Returns:
            The bearing that is turned from, in degrees; to which side of the picture
            the face looks, 1, -1 or 0 for either; and the turns in degrees.
        """
        partner = self.sight.body(plan.partner, frame) if plan.partner else None
        looking = math.degrees(math.atan2(body.face[0], body.face[2]))
        if partner is None or partner.id == body.id:
            return looking, 0, [30, -30, 48, -48, 15, -15, 65, -65, 85, -85]
        axis = bearing_deg(body.eyes, partner.eyes)
        sign = self.side(body, partner) * (-1 if body.id < partner.id else 1)
        turns = [sign * t for t in (32.0, 24.0, 42.0, 16.0, 55.0, 70.0, 9.0)]
        if turned_deg(looking, axis) > 40.0:
            # Somebody who does not look at whom they talk to.
            away = looking - axis
            turns += [away + t for t in (30.0, -30.0, 0.0, 50.0, -50.0)]
        return axis, sign, turns

    def _single(
        self, plan: Plan, body: Body, frame: int, *, bias: float = 0.0
    ) -> Iterator[Candidate]:
        if body.lies:
            yield from self._reclined(plan, body, bias=bias)
            return
        pitch = PITCH_DEG[plan.angle]
        axis, looks, turns = self._turns(plan, body, frame)
        wider = (-1,) if plan.size in (ShotSize.FS, ShotSize.MLS) else ()
        for size_step in (0, 1, 2, *wider):
            size = tighter(plan.size, size_step)
            if self.sight.cramped:
                size = min(size, ShotSize.MCU, key=tuple(ShotSize).index)
            for j, lens in enumerate(self._lenses(size)):
                for i, turn in enumerate(turns):
                    toward = looks or (1 if turn > 0 else -1)
                    view = frame_single(
                        body,
                        size,
                        yaw_deg=axis + turn + 180.0,
                        pitch_deg=pitch,
                        focal_mm=lens,
                        sensor=self.sensor,
                        eyes_x=_lead(size, toward),
                    )
                    yield Candidate(
                        view, bias + 0.12 * i + 0.18 * j + 2.5 * abs(size_step), size
                    )

    def _tallest(self, body: Body, frames: tuple[int, ...]) -> Body:
        """Return a body with its crown as high as it is at any of some frames."""
        found = (self.sight.body(body.id, frame) for frame in frames)
        tops = [b.head_top[1] for b in found if b is not None]
        x, y, z = body.head_top
        return replace(body, head_top=(x, max([y, *tops]), z))

    def _lenses(self, size: ShotSize) -> tuple[float, ...]:
        """Return the primes for a size; inside a vehicle those that fit in it."""
        if self.sight.cramped:
            return _ABOARD_MM
        return lenses_for(size)

    def _reclined(self, plan: Plan, body: Body, *, bias: float) -> Iterator[Candidate]:
        """Yield views of somebody who lies, from above, the head up in the frame."""
        top, top_y, bottom, bottom_y = span(body, plan.size)
        along = bearing_deg(body.feet, body.head_top)
        middle = _middle([top, bottom])
        for j, lens in enumerate(self._lenses(plan.size)):
            away = math.dist(top, bottom) / (top_y - bottom_y)
            away = max(away * lens / self.sensor.height_mm, PERSONAL_M)
            for k, pitch in enumerate((-38.0, -28.0, -50.0, -62.0)):
                for i, turn in enumerate(_RECLINED_DEG):
                    view = View(middle, along + turn, pitch, lens, self.sensor)
                    x, y, z = (
                        m - f * away for m, f in zip(middle, view.forward, strict=True)
                    )
                    view = replace(view, position=(x, y, z))
                    yield Candidate(
                        view, bias + 0.1 * i + 0.15 * j + 0.15 * k, plan.size
                    )

    def _aboard(self, plan: Plan, bodies: list[Body]) -> Iterator[Candidate]:
        """Yield views of the people in a vehicle, through its windscreen first."""
        ahead = bodies[0].facing_deg + 180.0
        size = max(plan.size, ShotSize.MLS, key=tuple(ShotSize).index)
        for j, lens in enumerate((28.0, 24.0, 32.0, 20.0, 16.0)):
            for i, turn in enumerate((0, 12, -12, 25, -25, 40, -40, 60, -60)):
                view = self._fit_bodies(
                    bodies, size, yaw_deg=ahead + turn, pitch_deg=-3.0, lens=lens
                )
                yield Candidate(view, 0.12 * i + 0.1 * j, size)

    def _over(self, plan: Plan, body: Body, frame: int) -> Iterator[Candidate]:
        """Yield views of a face past its partner's shoulder."""
        partner = self.sight.body(plan.partner, frame)
        if partner is None or partner.id == body.id:
            return
        gap = apart_m(body.eyes, partner.eyes)
        axis = bearing_deg(body.eyes, partner.eyes)
        sign = self.side(body, partner) * (-1 if body.id < partner.id else 1)
        for size_step in (0, 1, -1):
            size = tighter(plan.size, size_step)
            for lens in (32.0, 40.0, 50.0, 65.0, 28.0, 85.0):
                for i, turn in enumerate((20.0, 16.0, 25.0, 12.0, 30.0)):
                    view = frame_single(
                        body,
                        size,
                        yaw_deg=axis + sign * turn + 180.0,
                        pitch_deg=-2.0,
                        focal_mm=lens,
                        sensor=self.sensor,
                        eyes_x=0.2 * sign,
                    )
                    behind = apart_m(view.position, body.eyes) - gap
                    x, _, depth = view.project(partner.shoulders)
                    if not 0.45 < behind < 2.2 or depth < 0.3:
                        continue
                    edge = abs(-x * sign - (view.half_width - 0.18))
                    bias = (
                        1.2 * edge
                        + 0.5 * abs(behind - 0.9)
                        + 0.1 * i
                        + 1.5 * abs(size_step)
                    )
                    yield Candidate(view, bias, size)

    def _two(self, plan: Plan, bodies: list[Body]) -> Iterator[Candidate]:
        """Yield views of two people from beside their axis."""
        first, second = bodies
        axis = bearing_deg(first.eyes, second.eyes)
        sign = self.side(first, second) * (-1 if first.id < second.id else 1)
        pitch = PITCH_DEG[plan.angle]
        for size_step in (0, -1, 1, -2):
            size = tighter(plan.size, size_step)
            for j, lens in enumerate(lenses_for(size)):
                for i, turn in enumerate((90, 72, 108, 55, 125, 40, 140, 25, 155)):
                    view = self._fit_bodies(
                        bodies,
                        size,
                        yaw_deg=axis + sign * turn + 180.0,
                        pitch_deg=pitch,
                        lens=lens,
                    )
                    yield Candidate(
                        view, 0.15 * i + 0.2 * j + 1.0 * abs(size_step), size
                    )

    def _fit_bodies(
        self,
        bodies: list[Body],
        size: ShotSize,
        *,
        yaw_deg: float,
        pitch_deg: float,
        lens: float,
    ) -> View:
        """Return a view no tighter than `size` on the nearest, with all faces in."""
        points = [p for b in bodies for p in _points(b, size)]
        points += [
            step(b.head_top, yaw_deg + turn, 0.3)
            for b in bodies
            for turn in (90.0, -90.0)
        ]
        view = fit(
            points,
            yaw_deg=yaw_deg,
            pitch_deg=pitch_deg,
            focal_mm=lens,
            sensor=self.sensor,
            margin=0.06 if size in _WHOLE else 0.02,
            head_room=0.1,
        )
        return view

    def _wide(
        self, plan: Plan, bodies: list[Body], *, bias: float = 0.0
    ) -> Iterator[Candidate]:
        """Yield views of the place with everybody in it, from its edges or around."""
        if bodies and self.sight.cramped:
            yield from self._aboard(plan, bodies)
            return
        bodies = bodies or [self.stand_in(plan.words)]
        points = [p for b in bodies for p in (b.head_top, b.feet)]
        if not plan.door:
            yield from self._around(plan, points, bodies, bias=bias)
            return
        yield from self._around(plan, [*points, self._door(bodies)], bodies, bias=bias)
        if plan.travels:
            # The pan brings the door in.
            yield from self._around(plan, points, bodies, bias=bias + _NO_DOOR)

    def _around(
        self, plan: Plan, points: list[Vec3], bodies: list[Body], *, bias: float
    ) -> Iterator[Candidate]:
        if self.sight.floor.set_.interior or self.sight.floor.aloft:
            views = self._from_edges(points, bodies)
        else:
            views = self._from_around(plan, points, bodies)
        for view, extra in views:
            seen = size_of(view, bodies[0]) if bodies else plan.size
            if (
                plan.coverage in (Coverage.ESTABLISHING, Coverage.MASTER)
                and sizes_apart(seen, ShotSize.EWS) > 2
            ):
                extra += 0.6 * (sizes_apart(seen, ShotSize.EWS) - 2)
            misses = sum(not view.sees(p, margin=0.01) for p in points) / len(points)
            yield Candidate(view, bias + extra + 4.0 * misses, seen)

    def _from_edges(
        self, points: list[Vec3], bodies: list[Body]
    ) -> Iterator[tuple[View, float]]:
        width, height, depth = self.sight.floor.set_.size_m
        middle = _middle(points)
        inset = 0.4
        xs, zs = width / 2 - inset, depth / 2 - inset
        places = [
            (sx * xs * ax, sz * zs * az)
            for ax, az in ((1, 1), (1, 0.5), (0.5, 1), (1, 0), (0, 1))
            for sx in ((1, -1) if ax else (1,))
            for sz in ((1, -1) if az else (1,))
        ]
        level = 1.65 if self.sight.floor.aloft else min(1.65, height - 0.4)
        for index, (x, z) in enumerate(places):
            place = (x, level, z)
            away = apart_m(place, middle)
            if away < 1.2:
                continue
            yaw = bearing_deg(place, middle)
            pitch = math.degrees(math.atan2(middle[1] - level, away)) * 0.8
            for j, lens in enumerate((28.0, 24.0, 20.0, 16.0)):
                view = View(place, yaw, pitch, lens, self.sensor)
                if lens > 16.0 and not all(view.sees(p, margin=0.04) for p in points):
                    continue
                yield view, 0.25 * index / 4 + 0.1 * j + max(0.0, 3.2 - away) * 0.5
                break

    def _from_around(
        self, plan: Plan, points: list[Vec3], bodies: list[Body]
    ) -> Iterator[tuple[View, float]]:
        high = plan.coverage is Coverage.ESTABLISHING
        pitch = -7.0 if high else -2.0
        share = {ShotSize.EWS: 0.3, ShotSize.LS: 0.5}.get(plan.size, 0.78)
        tall = max(b.head_top[1] - b.feet[1] for b in bodies)
        facing = bodies[0].facing_deg
        for j, lens in enumerate((28.0, 32.0, 24.0, 20.0, 16.0)):
            least = tall / share * lens / self.sensor.height_mm
            for i, turn in enumerate(
                (40, -40, 20, -20, 65, -65, 90, -90, 0, 120, -120, 150, -150, 180)
            ):
                view = fit(
                    points,
                    yaw_deg=facing + turn + 180.0,
                    pitch_deg=pitch,
                    focal_mm=lens,
                    sensor=self.sensor,
                    margin=0.08,
                    head_room=0.14,
                    least_m=least,
                )
                level = max(view.position[1], 2.0 if high else 0.9)
                view = View(
                    (view.position[0], level, view.position[2]),
                    view.yaw_deg,
                    pitch,
                    lens,
                    self.sensor,
                )
                yield view, 0.12 * i + 0.15 * j

    def stand_in(self, words: tuple[str, ...] = ()) -> Body:
        """Return a body where the place is most itself, when nobody is there.

        Words may name the spot instead, that by which everybody has left.
        """
        middle, axis = self.sight.floor.meeting
        spot = self.sight.floor.spot_for(words) if words else None
        if spot is not None:
            middle, axis = spot.position_m, spot.facing_deg - 90.0

        def at(height: float) -> Vec3:
            return (middle[0], height, middle[2])

        return Body(
            "",
            at(1.6),
            at(1.72),
            at(1.5),
            at(1.38),
            at(1.05),
            at(0.92),
            at(0.5),
            at(0.0),
            axis + 90.0,
            step((0.0, 0.0, 0.0), axis + 90.0, 1.0),
        )

    def _door(self, bodies: list[Body]) -> Vec3:
        exits = self.sight.floor.exits
        nearest = min(exits, key=lambda s: apart_m(s.position_m, bodies[0].feet))
        return (nearest.position_m[0], 1.0, nearest.position_m[2])

    def _of_thing(self, plan: Plan, frame: int) -> Iterator[Candidate]:
        """Yield views of a thing that is on the set, else of somebody's hands."""
        target, width = self._thing(plan, frame)
        piece = self.sight.floor.piece_for(plan.words)
        over = piece is not None and target[1] > _OVER_HEADS_M
        if piece is not None and over:
            yield from self._from_below(plan, target, width, piece.yaw_deg)
        from_deg = self._seen_from(target, frame)
        for j, lens in enumerate((50.0, 65.0, 40.0, 32.0, 28.0)):
            for pitch in (-22.0, -35.0, -10.0):
                for i, turn in enumerate(_ROUND_DEG):
                    yaw = from_deg + turn + 180.0
                    view = self._onto(target, width, yaw, pitch, lens)
                    seen = _toward(target, view.position, width * 0.5 + 0.05)
                    hidden = 6.0 * self.sight.floor.obstacles.blocked(
                        view.position, seen
                    )
                    bias = 0.1 * i + 0.2 * j + 0.02 * abs(pitch + 22) + hidden
                    yield Candidate(view, bias + _FROM_ABOVE * over, plan.size)

    def _seen_from(self, target: Vec3, frame: int) -> float:
        """Return the bearing from a thing to the first of the people who are here."""
        for person in self.sight.people:
            viewer = self.sight.body(person, frame)
            if viewer is not None:
                away = apart_m(viewer.eyes, target)
                return bearing_deg(target, viewer.eyes) if away > 0.3 else 0.0
        return 0.0

    def _onto(
        self, target: Vec3, width_m: float, yaw: float, pitch: float, lens: float
    ) -> View:
        """Return the view that fills its width with a thing, in the middle."""
        view = fit(
            [step(target, yaw + 90, width_m / 2), step(target, yaw - 90, width_m / 2)],
            yaw_deg=yaw,
            pitch_deg=pitch,
            focal_mm=lens,
            sensor=self.sensor,
            margin=0.12,
            least_m=0.5,
        )
        _, y, depth = view.project(target)
        lift = (y + 0.0) * depth * self.sensor.height_mm / lens
        x, high, z = view.position
        return View((x, high + lift, z), yaw, pitch, lens, self.sensor)

    def _from_below(
        self, plan: Plan, target: Vec3, width: float, facing_deg: float
    ) -> Iterator[Candidate]:
        """Yield views of what hangs over heads, as those see it who look up at it."""
        rise = target[1] - _EYES_M
        for j, lens in enumerate((65.0, 50.0, 85.0, 40.0, 32.0, 135.0)):
            away = width * lens / (self.sensor.width_mm * _OVERHEAD_SHARE)
            if away < 1.3 * rise:
                continue
            flat = math.sqrt(away**2 - rise**2)
            for i, turn in enumerate((24, -24, 12, -12, 38, -38, 52, -52)):
                yaw = facing_deg + turn
                x, _, z = step(target, yaw, flat)
                view = View(
                    (x, _EYES_M, z),
                    yaw + 180.0,
                    math.degrees(math.atan2(rise, flat)),
                    lens,
                    self.sensor,
                )
                hidden = 6.0 * self.sight.floor.obstacles.blocked(
                    view.position,
                    _toward(target, view.position, width * 0.3 + 0.05),
                )
                yield Candidate(view, 0.1 * i + 0.15 * j + hidden, plan.size)

    def _thing(self, plan: Plan, frame: int) -> tuple[Vec3, float]:
        piece = self.sight.floor.piece_for(plan.words)
        if piece is not None and plan.words == BOOTH:
            return booth_seen(piece)
        board = board_seen(piece) if piece is not None else None
        if board is not None:
            return board
        if piece is not None:
            x, y, z = piece.position_m
            size = piece.size_m
            return (x, y + size[1] * 0.7, z), min(max(size[0], size[1]) * 1.1, 1.6)
        person = next(
            (
                b
                for p in reversed(plan.subjects or self.sight.people)
                if (b := self.sight.body(p, frame))
            ),
            None,
        )
        if person is None:
            spot = self.sight.floor.spot_for(plan.words)
            place = spot.position_m if spot is not None else self.sight.floor.meeting[0]
            return (place[0], 0.9, place[2]), 0.8
        ahead = step(person.waist, person.facing_deg, _HANDS_M)
        return ahead, 0.5

    def bodies(self, plan: Plan, frame: int) -> list[Body]:
        """Return the plan's subjects who are there at a frame."""
        found = (self.sight.body(s, frame) for s in plan.subjects)
        return [b for b in found if b is not None]


def _lead(size: ShotSize, toward: int) -> float:
    """Return where the eyes lie: a third of the way to the side they do not look to."""
    share = {ShotSize.ECU: 0.04, ShotSize.CU: 0.13, ShotSize.MCU: 0.17}.get(size, 0.18)
    return share * toward


def _points(body: Body, size: ShotSize) -> tuple[Vec3, Vec3]:
    if size in _WHOLE:
        return body.head_top, body.feet
    low = {ShotSize.MLS: body.knees, ShotSize.MS: body.waist}.get(size, body.shoulders)
    return body.head_top, low


def _middle(points: list[Vec3]) -> Vec3:
    low = [min(p[i] for p in points) for i in range(3)]
    high = [max(p[i] for p in points) for i in range(3)]
    return ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2)


def _toward(point: Vec3, camera: Vec3, distance_m: float) -> Vec3:
    gap = math.dist(point, camera) or 1.0
    share = min(distance_m / gap, 0.9)
    x, y, z = (p + (c - p) * share for p, c in zip(point, camera, strict=True))
    return (x, y, z)
