"""People of the background: they play cycles of a few bodies, all at once.

A lead is played frame by frame. Of a crowd nobody watches one hand, so its people
play loops that are taken from a lead's performance once for each build of body: the
floor under them, the stride and the phase are each person's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, sin

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.model import Blocking, Character, Mark, Posture, Rate
from previz.stage.performance import Performance
from previz.stage.skeleton import skeleton_of
from previz.stage.timeline import Timeline, plan_timeline

__all__ = ["Crowd", "is_background"]

_RATE = Rate(numerator=240, denominator=1)
"""Of the performances that cycles are taken from: fine enough for any phase."""
_LOOP_S, _POSES_A_SECOND, _SEAM_S = 8.0, 4, 1.0
_STRIDE_POSES = 24
_WALK_M, _PACE_M_S = 14.0, 1.3
_PLAIN = Character(id="crowd", name="crowd")
_OUTWARD = (
    "id",
    "name",
    "skin",
    "hair",
    "hair_style",
    "wardrobe",
    "manner",
    "seed",
    "background",
)
"""What cycles do not depend on."""


@dataclass(frozen=True)
class _Cycle:
    """Poses that repeat, from the place on the floor and the heading of the body.

    Attributes:
        bones: Shape (n, b, 4, 4).
        length: After how much it repeats: seconds of a stay, metres of a walk.
    """

    bones: NDArray[np.float64]
    length: float

    def at(self, value: float) -> NDArray[np.float64]:
        """Return the pose at a time or a distance, shape (b, 4, 4)."""
        at = (value / self.length) % 1.0 * len(self.bones)
        low = int(at) % len(self.bones)
        share = at - int(at)
        after = self.bones[(low + 1) % len(self.bones)]
        pose: NDArray[np.float64] = self.bones[low] + share * (after - self.bones[low])
        return pose


@dataclass(frozen=True)
class _Member:
    character: Character
    timeline: Timeline
    stays: _Cycle
    walks: _Cycle | None
    fixed: tuple[float, float, float, float] | None
    phase: float


def is_background(character: Character, blocking: Blocking) -> bool:
    """Whether somebody can be played by cycles: a background person at rest or afoot.

    Who sits down or rises within the scene, acts or feels is played like a lead.
    """
    plain = not (blocking.acts or blocking.feelings or blocking.clips)
    afoot = all(mark.posture is Posture.STAND for mark in blocking.marks)
    rests = len(blocking.marks) == 1 and not blocking.marks[0].via
    return character.background and plain and (afoot or rests)


class Crowd:
    """The background people of a scene.

    Args:
        people: Who, each with the blocking; all `is_background`.
        rate: Of the scene's frames.
    """

    def __init__(
        self, people: Sequence[tuple[Character, Blocking]], *, rate: Rate
    ) -> None:
        self._rate = rate
        self._members = {c.id: _member(c, b, rate) for c, b in people}

    def __contains__(self, character_id: str) -> bool:
        """Whether somebody is one of the crowd."""
        return character_id in self._members

    def bones(self, character_id: str, scene_frame: int) -> NDArray[np.float64]:
        """Return the bones of one of them in the world, shape (b, 4, 4)."""
        member = self._members[character_id]
        seconds = self._rate.seconds(scene_frame)
        loop = seconds + member.phase * _LOOP_S
        if member.fixed is not None:
            return _placed(member.fixed, member.stays.at(loop))
        line = member.timeline
        index, on_the_way = line.at(seconds)
        walk = line.walks[index] if on_the_way else None
        if walk is None or member.walks is None:
            stay = line.stays[index]
            return _placed((*stay.place, stay.facing(seconds)), member.stays.at(loop))
        come = walk.distance(seconds)
        pose = member.walks.at(come)
        walking = smoothstep(min(come, walk.length_m - come) / 0.45)
        if walking < 1.0:
            still = member.stays.at(loop)
            pose = still + walking * (pose - still)
        return _placed(walk.place(come), pose)


def _member(character: Character, blocking: Blocking, rate: Rate) -> _Member:
    build = _build_of(character)
    line = plan_timeline(blocking, skeleton_of(build), rate=rate, seed=character.manner)
    mark = blocking.marks[0]
    fixed = None
    if len(line.stays) == 1:
        x, _, z = mark.position_m
        fixed = (x, 0.0, z, float(np.radians(mark.facing_deg)))
    return _Member(
        character,
        line,
        _stay_cycle(build, mark.posture, round(mark.position_m[1], 3)),
        _walk_cycle(build) if any(line.walks) else None,
        fixed,
        (character.manner * 0.618034) % 1.0,
    )


def _build_of(character: Character) -> Character:
    """Return the same body as everybody's who plays its cycles."""
    return character.changed(**{name: getattr(_PLAIN, name) for name in _OUTWARD})


def _performance(build: Character, marks: tuple[Mark, ...]) -> Performance:
    skeleton = skeleton_of(build)
    blocking = Blocking(character=build.id, marks=marks)
    return Performance(
        skeleton=skeleton,
        timeline=plan_timeline(blocking, skeleton, rate=_RATE, seed=0),
        aims=(),
        speeches=(),
        rate=_RATE,
        seed=5,
    )


@lru_cache(maxsize=64)
def _stay_cycle(build: Character, posture: Posture, floor_m: float) -> _Cycle:
    mark = Mark(
        position_m=(0.0, floor_m, 0.0),
        arrive_frame=0,
        leave_frame=100_000,
        posture=posture,
    )
    plays = _performance(build, (mark,))
    count, seam = int(_LOOP_S * _POSES_A_SECOND), int(_SEAM_S * _POSES_A_SECOND)
    every = _RATE.nominal // _POSES_A_SECOND
    taken = np.stack([plays.bones(every * (16 + k)) for k in range(count + seam)])
    poses = taken[:count]
    for k in range(seam):
        share = smoothstep((k + 1) / (seam + 1))
        poses[k] = taken[count + k] + share * (poses[k] - taken[count + k])
    return _Cycle(poses, _LOOP_S)


@lru_cache(maxsize=32)
def _walk_cycle(build: Character) -> _Cycle:
    frames = _RATE.frames(_WALK_M / _PACE_M_S)
    plays = _performance(
        build,
        (
            Mark(position_m=(0.0, 0.0, 0.0), arrive_frame=0, leave_frame=240),
            Mark(
                position_m=(0.0, 0.0, _WALK_M),
                arrive_frame=240 + frames,
                leave_frame=100_000,
            ),
        ),
    )
    line = plays.timeline
    walk = line.walks[0]
    assert walk is not None
    falls = [f.lift_s for f in line.falls[0]]
    middle = len(falls) // 2
    start, end = falls[middle], falls[middle + 1]
    poses = []
    for k in range(_STRIDE_POSES):
        frame = _RATE.frames(start + (end - start) * k / _STRIDE_POSES)
        bones = plays.bones(frame)
        bones[:, 2, 3] -= walk.distance(_RATE.seconds(frame))
        poses.append(bones)
    return _Cycle(np.stack(poses), walk.distance(end) - walk.distance(start))


def _placed(
    place: tuple[float, float, float, float], pose: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return a pose moved to (x, y, z) and turned to a heading, radians."""
    x, y, z, yaw = place
    c, s = cos(yaw), sin(yaw)
    moved = np.array(
        [[c, 0.0, s, x], [0.0, 1.0, 0.0, y], [-s, 0.0, c, z], [0.0, 0.0, 0.0, 1.0]]
    )
    return np.asarray(moved @ pose)
