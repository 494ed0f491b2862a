"""Ways over the floor and the footfalls that carry a body along them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep

__all__ = [
    "RUN_M_S",
    "Footfall",
    "Stance",
    "Walk",
    "plan_walk",
    "time_at_pace",
    "turn_steps",
    "walk_steps",
]

RUN_M_S = 2.2
"""From this speed on people run. Source: Thorstensson and Roberthson 1987, 1.9-2.3."""

_STEEP, _RISER_M = 0.3, 0.175
"""Ways that are steeper have treads; about how high each is."""
_CORNER_M = 0.55
_GRAIN_M = 0.04
_ACCELERATE_S = 0.55


@dataclass(frozen=True)
class Stance:
    """Where a flat foot stands: ankle over (x, z), at height y, toes to `yaw`."""

    x: float
    y: float
    z: float
    yaw: float


@dataclass(frozen=True)
class Footfall:
    """A foot leaves one stance at `lift_s` and is planted on the next at `land_s`.

    Attributes:
        side: 0 left, 1 right.
        lift_s: Scene time when the toes leave the floor.
        land_s: Scene time when the heel comes down.
        start: Where it stood.
        end: Where it will stand until the foot's next footfall.
        height_m: How high the foot swings.
        roll: 0 lifts the foot flat, 1 rolls from heel to toe as in a full stride.
        kick: How far a runner's heel comes up behind, metres.
    """

    side: int
    lift_s: float
    land_s: float
    start: Stance
    end: Stance
    height_m: float
    roll: float
    kick: float = 0.0


@dataclass(frozen=True)
class Walk:
    """A way over the floor and when the body is where on it.

    Attributes:
        start_s: When the body begins to move.
        end_s: When it has arrived.
        points: Samples of the way, metres (x, y, z), shape (n, 3).
        run: Distance along the way at each sample, shape (n,).
        yaw: Heading at each sample in radians, without jumps, shape (n,).
        treads: Steps of stairs on the way: rows of where each begins and ends along
            the way and its height, metres, shape (t, 3).
    """

    start_s: float
    end_s: float
    points: NDArray[np.float64]
    run: NDArray[np.float64]
    yaw: NDArray[np.float64]
    treads: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 3)))

    @property
    def length_m(self) -> float:
        """The whole way."""
        return float(self.run[-1])

    @property
    def speed_m_s(self) -> float:
        """Mean speed."""
        return self.length_m / max(self.end_s - self.start_s, 1e-6)

    @property
    def runs(self) -> bool:
        """Whether the body runs: both feet leave the floor at once."""
        return self.speed_m_s > RUN_M_S

    def distance(self, seconds: float) -> float:
        """Return how far the body has come, in metres: eased, else even."""
        total = max(self.end_s - self.start_s, 1e-6)
        t = min(max(seconds - self.start_s, 0.0), total)
        ramp = min(_ACCELERATE_S, total * 0.35)
        top = self.length_m / (total - ramp)
        if t < ramp:
            return top * t * t / (2 * ramp)
        if t > total - ramp:
            left = total - t
            return self.length_m - top * left * left / (2 * ramp)
        return top * (t - ramp / 2)

    def speed(self, seconds: float) -> float:
        """Return the body's speed at a time, in metres a second."""
        step = 1 / 96
        ahead, behind = self.distance(seconds + step), self.distance(seconds - step)
        return (ahead - behind) / (2 * step)

    def place(self, distance: float) -> tuple[float, float, float, float]:
        """Return x, y, z and heading at a distance along the way."""
        i = int(np.searchsorted(self.run, distance, side="right")) - 1
        i = min(max(i, 0), len(self.run) - 2)
        width = self.run[i + 1] - self.run[i]
        t = min(max((distance - self.run[i]) / max(width, 1e-9), 0.0), 1.0)
        a, b = self.points[i], self.points[i + 1]
        yaw = self.yaw[i] + t * (self.yaw[i + 1] - self.yaw[i])
        return (
            float(a[0] + t * (b[0] - a[0])),
            float(a[1] + t * (b[1] - a[1])),
            float(a[2] + t * (b[2] - a[2])),
            float(yaw),
        )

    def floor(self, distance: float) -> float:
        """Return how high a foot stands at a distance along the way: on its tread."""
        for start, end, height in self.treads:
            if start <= distance < end:
                return float(height)
        return self.place(distance)[1]

    def when(self, distance: float) -> float:
        """Return the time at which the body has come `distance` metres."""
        low, high = self.start_s, self.end_s
        for _ in range(40):
            middle = (low + high) / 2
            if self.distance(middle) < distance:
                low = middle
            else:
                high = middle
        return high


def plan_walk(
    corners: list[tuple[float, float, float]], *, start_s: float, end_s: float
) -> Walk:
    """Return the way through `corners`: straight lines with rounded corners.

    Args:
        corners: From start to goal, at least two, not all in one place.
        start_s: When the body leaves, scene seconds.
        end_s: When it arrives.
    """
    points = _rounded(np.array(corners, np.float64))
    run = _run(points)
    count = max(int(run[-1] / _GRAIN_M), 2) + 1
    even = np.linspace(0.0, run[-1], count)
    points = np.stack([np.interp(even, run, points[:, k]) for k in range(3)], axis=1)
    step = np.diff(points, axis=0)
    yaw = np.unwrap(np.arctan2(step[:, 0], step[:, 2]))
    yaw = np.interp(even, (even[1:] + even[:-1]) / 2, yaw)
    run = _run(points)
    return Walk(
        start_s, end_s, points, run, _smooth(yaw, reach=6), _treads(points, run)
    )


def time_at_pace(length_m: float, pace_m_s: float) -> float:
    """Return how long a way takes at a pace, getting going and stopping included."""
    ramp = min(_ACCELERATE_S, 0.35 / 0.65 * length_m / pace_m_s)
    return length_m / pace_m_s + ramp


def walk_steps(
    walk: Walk,
    feet: tuple[Stance, Stance],
    arrive: tuple[Stance, Stance],
    *,
    leg_m: float,
    half_width_m: float,
    first: int,
) -> list[Footfall]:
    """Return the footfalls of a walk, in order, from both feet down to both down.

    Source of step length by speed: Grieve and Gear 1966, step ~ leg x sqrt(speed).

    Args:
        walk: The way.
        feet: Where the feet stand before.
        arrive: Where they stand after.
        leg_m: Hip to ankle.
        half_width_m: Of a foot's line from the middle of the way.
        first: Which foot leads, 0 left.
    """
    stops = _stops(walk, _step_length(walk.speed_m_s, leg_m))
    pace = _running if walk.runs else _walking
    scale, count = leg_m / 0.85, len(stops)
    times = pace(walk, [*stops, walk.length_m])
    standing, falls = list(feet), []
    for k in range(1, count + 1):
        side = (first + k - 1) % 2
        last_two = k >= count - 1
        end = arrive[side]
        if not last_two:
            end = _beside(walk, stops[k], side, half_width_m)
        lift, land = times[k - 1]
        start = standing[side]
        stride = float(np.hypot(end.x - start.x, end.z - start.z))
        falls.append(
            Footfall(
                side=side,
                lift_s=lift,
                land_s=max(land, lift + 1e-3),
                start=start,
                end=end,
                height_m=0.035 * scale + 0.025 * stride + 0.3 * abs(end.y - start.y),
                roll=smoothstep(stride / (0.9 * scale)),
                kick=0.17 * leg_m * smoothstep(stride / leg_m) if walk.runs else 0.0,
            )
        )
        standing[side] = end
    return falls


def _step_length(speed_m_s: float, leg_m: float) -> float:
    """Return the length of a step at a speed, metres.

    Source of a walker's: Grieve and Gear 1966, step ~ leg x sqrt(speed); a runner's
    cadence rises little with speed: Cavanagh and Kram 1989, about 2.8 steps a second.
    """
    scale = leg_m / 0.85
    if speed_m_s > RUN_M_S:
        cadence = 2.5 + 0.12 * speed_m_s
        return float(min(speed_m_s / cadence * scale**0.5, 1.55 * leg_m))
    step = 0.68 * scale * (speed_m_s / 1.35 / scale**0.5) ** 0.5
    return float(min(max(step, 0.16 * scale), 0.95 * leg_m))


def _stops(walk: Walk, step: float) -> list[float]:
    """Return where feet are set along a way: evenly, and one on each tread."""
    fixed = [0.0, *((walk.treads[:, 0] + walk.treads[:, 1]) / 2), walk.length_m]
    stops = [0.0]
    for i, (before, after) in enumerate(pairwise(fixed)):
        on_stairs = 0 < i < len(fixed) - 2 and after - before < 0.6
        count = 1 if on_stairs else max(round((after - before) / step), 1)
        gap = (after - before) / count
        stops += [float(before + k * gap) for k in range(1, count)] + [float(after)]
    return stops


def _walking(walk: Walk, at: list[float]) -> list[tuple[float, float]]:
    """Return when each foot is lifted and lands: one always stands."""
    count = len(at) - 1
    body = [0.0] + [at[k - 1] + 0.56 * (at[k] - at[k - 1]) for k in range(1, count)]
    body.append(walk.length_m)
    times = []
    for k in range(1, count + 1):
        gap = body[k] - body[k - 1]
        lift = walk.when(body[k - 1] + (0.10 * gap if k > 1 else 0.0))
        land = walk.when(body[k] - 0.06 * gap) if k < count else walk.end_s
        times.append((lift, land))
    return times


def _running(walk: Walk, at: list[float]) -> list[tuple[float, float]]:
    """Return when each foot is lifted and lands: none stands for a while.

    A foot lands a quarter of a step ahead of the body and leaves four tenths behind.
    """
    count = len(at) - 1
    times = []
    for k in range(1, count + 1):
        gap = max(at[min(k, count - 1)] - at[min(k, count - 1) - 1], 1e-3)
        left = at[k - 2] + 0.40 * gap if k > 1 else 0.02 * gap
        lift = walk.when(min(left, walk.length_m - 0.3 * gap))
        land = walk.when(at[k] - 0.25 * gap) if k < count else walk.end_s
        times.append((lift, max(land, lift + 0.08)))
    return times


def _treads(
    points: NDArray[np.float64], run: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the treads of what of a way is as steep as stairs, shape (t, 3).

    Going up a foot stands on the next tread as it comes to its edge, as a flight is
    built; going down likewise, seen from the top.
    """
    flat = np.maximum(np.hypot(*np.diff(points[:, [0, 2]], axis=0).T), 1e-9)
    steep = np.abs(np.diff(points[:, 1])) / flat > _STEEP
    edges = np.flatnonzero(np.diff(np.concatenate([[0], steep.astype(int), [0]])))
    found = []
    for i, j in zip(edges[::2], edges[1::2], strict=True):
        climb = float(points[j, 1] - points[i, 1])
        count = max(round(abs(climb) / _RISER_M), 1)
        cuts = np.linspace(run[i], run[j], count + 1)
        first = 1 if climb > 0 else 0
        for k in range(count):
            height = points[i, 1] + (k + first) * climb / count
            found.append((cuts[k], cuts[k + 1], height))
    return np.array(found).reshape(-1, 3)


def turn_steps(
    feet: tuple[Stance, Stance],
    goal: tuple[Stance, Stance],
    *,
    start_s: float,
    end_s: float,
) -> list[Footfall]:
    """Return the footfalls that bring both feet from where they stand to `goal`."""
    swing = goal[0].yaw - feet[0].yaw
    rounds = max(1, int(np.ceil(abs(swing) / np.radians(75) - 1e-6)))
    lead = 0 if swing > 0 else 1
    beat = (end_s - start_s) / (2 * rounds)
    standing, falls = list(feet), []
    for step in range(2 * rounds):
        side = (lead + step) % 2
        share = (step // 2 + 1) / rounds
        a, b = feet[side], goal[side]
        middle = ((feet[0].x + feet[1].x) / 2, (feet[0].z + feet[1].z) / 2)
        end = b if share >= 1 else _turned(a, b, share, middle, goal)
        falls.append(
            Footfall(
                side=side,
                lift_s=start_s + step * beat,
                land_s=start_s + (step + 0.92) * beat,
                start=standing[side],
                end=end,
                height_m=0.045,
                roll=0.12,
            )
        )
        standing[side] = end
    return falls


def _turned(
    a: Stance,
    b: Stance,
    share: float,
    middle: tuple[float, float],
    goal: tuple[Stance, Stance],
) -> Stance:
    """Return a foot part of the way round the middle of both feet."""
    hub_x = middle[0] + share * ((goal[0].x + goal[1].x) / 2 - middle[0])
    hub_z = middle[1] + share * ((goal[0].z + goal[1].z) / 2 - middle[1])
    angle = share * (b.yaw - a.yaw)
    dx, dz = a.x - middle[0], a.z - middle[1]
    c, s = np.cos(angle), np.sin(angle)
    return Stance(
        x=float(hub_x + c * dx + s * dz),
        y=a.y + share * (b.y - a.y),
        z=float(hub_z - s * dx + c * dz),
        yaw=a.yaw + angle,
    )


def _beside(walk: Walk, distance: float, side: int, half_width: float) -> Stance:
    x, _, z, yaw = walk.place(distance)
    out = half_width if side == 0 else -half_width
    toes = np.radians(6.0) if side == 0 else -np.radians(6.0)
    return Stance(
        x=x + out * float(np.cos(yaw)),
        y=walk.floor(distance),
        z=z - out * float(np.sin(yaw)),
        yaw=yaw + float(toes),
    )


def _rounded(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    keep = [0]
    for i in range(1, len(corners)):
        if np.linalg.norm(corners[i] - corners[keep[-1]]) > 1e-4:
            keep.append(i)
    points = corners[keep]
    if len(points) < 3:
        return points
    out = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        back, ahead = before - corner, after - corner
        if _straight(back, ahead):
            out.append(corner)
            continue
        cut = min(_CORNER_M, 0.48 * np.linalg.norm(back), 0.48 * np.linalg.norm(ahead))
        enter = corner + back / np.linalg.norm(back) * cut
        leave = corner + ahead / np.linalg.norm(ahead) * cut
        t = np.linspace(0.0, 1.0, 13)[:, None]
        out.extend((1 - t) ** 2 * enter + 2 * t * (1 - t) * corner + t * t * leave)
    return np.array([*out, points[-1]])


def _straight(back: NDArray[np.float64], ahead: NDArray[np.float64]) -> bool:
    """Return whether a way goes straight on, seen from above: its edges stay sharp."""
    a, b = -back[[0, 2]], ahead[[0, 2]]
    long = float(np.linalg.norm(a) * np.linalg.norm(b))
    return long > 1e-9 and float(a @ b) > 0.995 * long


def _run(points: NDArray[np.float64]) -> NDArray[np.float64]:
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _smooth(values: NDArray[np.float64], *, reach: int) -> NDArray[np.float64]:
    kernel = np.hanning(2 * reach + 3)[1:-1]
    padded = np.pad(values, reach, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")
