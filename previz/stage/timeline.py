"""A character's blocking as one plan in time: stays, walks, footfalls, postures."""

from __future__ import annotations

import bisect
import zlib
from dataclasses import dataclass, replace

import numpy as np

from previz.curves import smoothstep
from previz.model import Blocking, Mark, Posture, Rate
from previz.stage.skeleton import Skeleton
from previz.stage.walk import (
    Footfall,
    Stance,
    Walk,
    plan_walk,
    time_at_pace,
    turn_steps,
    walk_steps,
)

__all__ = ["Stay", "Timeline", "plan_timeline"]

SEAT_M = 0.45
"""Height of a seat above its mark: a chair's mark lies on the floor, a bar stool's
0.3 m above it."""

_SLOWEST_M_S = 0.5
_STRAIGHT_RAD = np.radians(40.0)
_DOWN_S = {
    Posture.SIT: 0.9,
    Posture.LEAN: 0.8,
    Posture.CROUCH: 0.9,
    Posture.LIE: 1.8,
    Posture.STAND: 0.0,
}


@dataclass(frozen=True)
class Stay:
    """A mark as it is played.

    Attributes:
        start_s: When the body arrives.
        end_s: When it leaves.
        place: Where the standing body's middle is on the floor, metres.
        rest: Where the body rests in its posture, metres (x, surface, z).
        yaw_in: Heading on arrival, radians; yaws of a timeline have no jumps.
        yaw: Facing of the mark.
        yaw_out: Heading on leaving.
        posture: How the mark is held.
        turned_s: When the body has turned to `yaw`.
        turning_s: When it begins to turn to `yaw_out`.
        down: When the posture begins and is complete.
        up: When it begins to end and has ended.
    """

    start_s: float
    end_s: float
    place: tuple[float, float, float]
    rest: tuple[float, float, float]
    yaw_in: float
    yaw: float
    yaw_out: float
    posture: Posture
    turned_s: float
    turning_s: float
    down: tuple[float, float]
    up: tuple[float, float]

    def facing(self, seconds: float) -> float:
        """Return the body's yaw during the stay."""
        into = _ramp(seconds, self.start_s, self.turned_s)
        out = _ramp(seconds, self.turning_s, self.end_s)
        return (
            self.yaw_in
            + (self.yaw - self.yaw_in) * into
            + (self.yaw_out - self.yaw) * out
        )

    def settled(self, seconds: float) -> float:
        """Return 0 (still or again standing up) to 1 (holding the posture)."""
        return _ramp(seconds, *self.down) * (1.0 - _ramp(seconds, *self.up))

    def calm(self, seconds: float) -> float:
        """Return 0 (arriving, turning, leaving) to 1 (standing at ease)."""
        since = min(self.turned_s, self.start_s + 1.0)
        return _ramp(seconds, since, since + 0.9) * (
            1.0 - _ramp(seconds, self.turning_s - 0.9, self.turning_s)
        )


@dataclass(frozen=True)
class Timeline:
    """Everything a body's lower half does over a scene.

    Attributes:
        stays: In order; `walks[i]` leads from stay i to stay i + 1.
        walks: Ways between stays; None where the body stays in place.
        falls: Footfalls of the left and of the right foot, in order.
        first: Where the feet stand before their first footfall.
    """

    stays: tuple[Stay, ...]
    walks: tuple[Walk | None, ...]
    falls: tuple[tuple[Footfall, ...], tuple[Footfall, ...]]
    first: tuple[Stance, Stance]

    def at(self, seconds: float) -> tuple[int, bool]:
        """Return the stay that runs or was left last, and whether the body walks."""
        starts = [stay.start_s for stay in self.stays]
        index = max(bisect.bisect_right(starts, seconds) - 1, 0)
        walks = index < len(self.walks) and self.walks[index] is not None
        return index, walks and seconds > self.stays[index].end_s

    def place(self, seconds: float) -> tuple[float, float, float, float]:
        """Return where the body is on the floor: x, y, z and heading in radians."""
        index, walks = self.at(seconds)
        walk = self.walks[index] if walks else None
        if walk is not None:
            return walk.place(walk.distance(seconds))
        stay = self.stays[index]
        return (*stay.place, stay.facing(seconds))


def plan_timeline(
    blocking: Blocking, skeleton: Skeleton, *, rate: Rate, seed: int
) -> Timeline:
    """Return how a body plays its blocking.

    Args:
        blocking: The marks.
        skeleton: Whose body.
        rate: Of the frames that the marks count.
        seed: Varies how the feet stand.
    """
    marks = _with_entrance(blocking)
    rng = np.random.default_rng([seed, zlib.crc32(blocking.character.encode())])
    places = _standing_places(marks, skeleton)
    times = [(rate.seconds(m.arrive_frame), rate.seconds(m.leave_frame)) for m in marks]
    walks = [
        _way(places[i], marks[i + 1], places[i + 1], times[i][1], times[i + 1][0])
        for i in range(len(marks) - 1)
    ]
    stays: list[Stay] = []
    yaw = np.radians(marks[0].facing_deg)
    for i, mark in enumerate(marks):
        before = walks[i - 1] if i else None
        after = walks[i] if i < len(walks) else None
        if before is not None and i:
            start = stays[-1].yaw_out
            heading = before.yaw - before.yaw[0]
            shift = start + _wrap(float(before.yaw[0]) - start)
            before = replace(before, yaw=heading + shift)
            walks[i - 1] = before
            yaw = float(before.yaw[-1])
        stay = _stay(
            mark,
            places[i],
            yaw,
            times[i],
            after,
            skeleton,
            first=i == 0,
            walked=before is not None,
        )
        if i + 1 == len(marks) or _leaves_the_set(blocking, mark):
            stay = _unending(stay)
        stays.append(stay)
        yaw = stay.yaw_out
    first, falls = _footfalls(stays, walks, skeleton, rng)
    sides = tuple(tuple(f for f in falls if f.side == s) for s in (0, 1))
    return Timeline(tuple(stays), tuple(walks), (sides[0], sides[1]), first)


def _ramp(seconds: float, start: float, end: float) -> float:
    if end <= start:
        return 1.0 if seconds >= end else 0.0
    return smoothstep((seconds - start) / (end - start))


def _wrap(angle: float) -> float:
    return float((angle + np.pi) % (2 * np.pi) - np.pi)


def _with_entrance(blocking: Blocking) -> list[Mark]:
    """Return the marks, with the first `via` as a mark of its own on an entrance."""
    marks = list(blocking.marks)
    first = marks[0]
    if first.via and first.arrive_frame > blocking.enter_frame:
        start = first.changed(
            position_m=first.via[0],
            via=(),
            posture=Posture.STAND,
            arrive_frame=blocking.enter_frame,
            leave_frame=blocking.enter_frame,
        )
        ahead = first.via[1] if len(first.via) > 1 else first.position_m
        yaw = np.degrees(
            np.arctan2(ahead[0] - first.via[0][0], ahead[2] - first.via[0][2])
        )
        marks[0] = first.changed(via=first.via[1:])
        marks.insert(0, start.changed(facing_deg=float(yaw)))
    return marks


def _leaves_the_set(blocking: Blocking, mark: Mark) -> bool:
    exits = blocking.exit_frame
    return exits is not None and mark.leave_frame >= exits


def _floor(mark: Mark) -> float:
    """Return the floor's height at a mark: stools and beds stand on the floor."""
    y = mark.position_m[1]
    stool = mark.posture is Posture.SIT and 0 < y < 0.8
    bed = mark.posture is Posture.LIE and 0.25 < y < 1.2
    return 0.0 if stool or bed else y


def _standing_places(
    marks: list[Mark], skeleton: Skeleton
) -> list[tuple[float, float, float]]:
    """Return where the body stands at each mark: before a seat, not in it."""
    places: list[tuple[float, float, float]] = []
    for i, mark in enumerate(marks):
        x, _, z = mark.position_m
        ahead = 0.0
        if mark.posture is Posture.SIT:
            ahead = 0.205 * skeleton.height_m
        elif mark.posture is Posture.LEAN:
            ahead = 0.07 * skeleton.height_m
        yaw = np.radians(mark.facing_deg)
        place = (
            float(x + ahead * np.sin(yaw)),
            _floor(mark),
            float(z + ahead * np.cos(yaw)),
        )
        if (
            i
            and np.hypot(x - marks[i - 1].position_m[0], z - marks[i - 1].position_m[2])
            < 0.05
            and Posture.SIT in (mark.posture, marks[i - 1].posture)
        ):
            # Rising from a seat, one stands before it.
            place = places[-1]
        places.append(place)
    return places


def _way(
    start: tuple[float, float, float],
    mark: Mark,
    goal: tuple[float, float, float],
    leave_s: float,
    arrive_s: float,
) -> Walk | None:
    corners = [start, *mark.via, goal]
    if max(np.hypot(c[0] - start[0], c[2] - start[2]) for c in corners) < 0.03:
        return None
    walk = plan_walk(corners, start_s=leave_s, end_s=arrive_s)
    takes = walk.length_m / _SLOWEST_M_S
    if mark.pace_m_s is not None:
        takes = time_at_pace(walk.length_m, mark.pace_m_s)
    slack = (arrive_s - leave_s) - takes
    if slack <= 0:
        return walk
    return replace(walk, start_s=leave_s + slack)


def _turning_time(angle: float, hold: float) -> float:
    return min(0.45 + 0.42 * abs(angle) / (np.pi / 2), 0.45 * hold)


def _turned_to(after: Walk | None, yaw: float, hold: float) -> tuple[float, float]:
    """Return where one faces as a walk begins, and how long turning there takes."""
    if after is not None and hold > 0:
        change = _wrap(float(after.yaw[0]) - yaw)
        if abs(change) > _STRAIGHT_RAD:
            return yaw + change, _turning_time(change, hold)
    return yaw, 0.0


def _stay(
    mark: Mark,
    place: tuple[float, float, float],
    yaw_in: float,
    times: tuple[float, float],
    after: Walk | None,
    skeleton: Skeleton,
    *,
    first: bool,
    walked: bool,
) -> Stay:
    arrive, leave = times
    leave = after.start_s if after is not None else leave
    hold = leave - arrive
    yaw = yaw_in + _wrap(np.radians(mark.facing_deg) - yaw_in)
    if hold <= 0:
        yaw = yaw_in
    elif walked and abs(yaw - yaw_in) <= _STRAIGHT_RAD:
        yaw_in = yaw
    into = 0.0 if yaw == yaw_in else _turning_time(yaw - yaw_in, hold)
    yaw_out, out = _turned_to(after, yaw, hold)
    spare = max(hold - into - out, 0.0)
    change_s = min(_DOWN_S[mark.posture], 0.45 * spare)
    begin = arrive + 0.6 * into
    down = (begin, begin + change_s) if not first else (-2.0, -1.0)
    seat = mark.position_m[1] + (SEAT_M if mark.posture is Posture.SIT else 0.0)
    return Stay(
        start_s=arrive,
        end_s=leave,
        place=place,
        rest=(mark.position_m[0], seat, mark.position_m[2]),
        yaw_in=yaw_in,
        yaw=yaw,
        yaw_out=yaw_out,
        posture=mark.posture,
        turned_s=arrive + into,
        turning_s=leave - out,
        down=down,
        up=(leave - out - change_s, leave - out),
    )


def _unending(stay: Stay) -> Stay:
    never = 1e9
    return Stay(
        **{
            **stay.__dict__,
            "end_s": never,
            "yaw_out": stay.yaw,
            "turning_s": never,
            "up": (never, never + 1),
        }
    )


def _footfalls(
    stays: list[Stay],
    walks: list[Walk | None],
    skeleton: Skeleton,
    rng: np.random.Generator,
) -> tuple[tuple[Stance, Stance], list[Footfall]]:
    """Return the first stance and all footfalls in order of time."""
    spread = rng.uniform(0.9, 1.25, len(stays))
    ahead = rng.uniform(-0.035, 0.035, len(stays)) * skeleton.height_m
    feet = _stance(stays[0], stays[0].yaw_in, skeleton, spread[0], ahead[0])
    first, falls = feet, []

    def turn_to(stay: Stay, yaw: float, window: tuple[float, float], i: int) -> None:
        nonlocal feet
        goal = _stance(stay, yaw, skeleton, spread[i], ahead[i])
        if abs(goal[0].yaw - feet[0].yaw) > 1e-3:
            falls.extend(turn_steps(feet, goal, start_s=window[0], end_s=window[1]))
            feet = goal

    for i, stay in enumerate(stays):
        turn_to(stay, stay.yaw, (stay.start_s, stay.turned_s), i)
        turn_to(stay, stay.yaw_out, (stay.turning_s, stay.end_s), i)
        walk = walks[i] if i < len(walks) else None
        if walk is None:
            continue
        goal = _stance(
            stays[i + 1], stays[i + 1].yaw_in, skeleton, spread[i + 1], ahead[i + 1]
        )
        falls.extend(
            walk_steps(
                walk,
                feet,
                goal,
                leg_m=skeleton.leg_m,
                half_width_m=0.030 * skeleton.height_m,
                first=int(rng.integers(2)),
            )
        )
        feet = goal
    return first, falls


def _stance(
    stay: Stay, yaw: float, skeleton: Skeleton, spread: float, ahead: float
) -> tuple[Stance, Stance]:
    x, y, z = stay.place
    half = 0.052 * skeleton.height_m * spread
    if stay.posture is Posture.SIT:
        ahead *= 0.4
    back = -0.006 * skeleton.height_m
    feet = []
    for side in (0, 1):
        sign = 1.0 if side == 0 else -1.0
        along = back + sign * ahead / 2
        feet.append(
            Stance(
                x=float(x + sign * half * np.cos(yaw) + along * np.sin(yaw)),
                y=y,
                z=float(z - sign * half * np.sin(yaw) + along * np.cos(yaw)),
                yaw=float(yaw + sign * np.radians(7.0 + 5.0 * (spread - 0.9) / 0.35)),
            )
        )
    return feet[0], feet[1]
