"""From a planned coverage to shots: a camera for each, placed on the set."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from previz.camera.framing import Body
from previz.direct.floor import Floor
from previz.direct.following import Lookup
from previz.direct.moves import Grip, Speeches, camera_for
from previz.direct.package import package_for
from previz.direct.placement import Placed, Placer
from previz.direct.plan import Plan
from previz.direct.screen import Screen
from previz.direct.sight import Sight
from previz.direct.staging import Staged
from previz.model import (
    Blocking,
    Camera,
    Character,
    ElementKind,
    Mark,
    Move,
    Posture,
    Rate,
    Scene,
    Shot,
    Vec3,
)
from previz.stage import NO_ASSETS, Assets, Stage, build_set

__all__ = ["shoot"]

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LOOKS_ROUND_S = 0.8
_LOOKS_ON_THE_WAY = 6


def shoot(
    scene: Scene,
    staged: Staged,
    plans: tuple[Plan, ...],
    *,
    characters: tuple[Character, ...],
    floor: Floor,
    rate: Rate,
    seed: int,
    assets: Assets = NO_ASSETS,
) -> tuple[Shot, ...]:
    """Return the planned shots of a scene with a camera each, placed on its set.

    Args:
        scene: Whose set, light and blocking they see.
        staged: The same in time; its blocking comes first in the scene's.
        plans: Without gap from the scene's first frame to its last.
        characters: Of the film.
        floor: Of the scene's set.
        rate: Of the film.
        seed: Varies handheld unrest.
        assets: The film's imported meshes and motion.
    """
    here = {b.character for b in scene.blocking}
    cast = tuple(c for c in characters if c.id in here)
    package = package_for(scene, rate=rate)
    stage = Stage(scene, cast, rate=rate, assets=assets)
    body = _lookup(stage, scene, rate=rate)
    sight = _sight(stage, floor, body, leads=len(staged.blocking))
    placer = Placer(sight, package.sensor)
    grip = Grip(
        rate=rate,
        package=package,
        body=body,
        stands=sight.stands,
        screen=sight.screen,
        outdoors=not scene.set.interior,
        speeches=_speeches(scene),
    )
    shots = []
    for plan, slate in zip(plans, _slates(scene.number), strict=False):
        frames, anchor = _judged(plan, staged)
        placed = placer.place(plan, frames=frames, anchor=anchor)
        camera = camera_for(placed.plan, placed, grip, seed=seed + plan.start)
        shots.append(_shot(scene, placed.plan, placed, camera, slate))
    return _noted(tuple(shots), staged.notes)


def _sight(stage: Stage, floor: Floor, body: Lookup, *, leads: int) -> Sight:
    """Return what a camera would see of a scene whose first so many people lead."""
    people = tuple(b.character for b in stage.scene.blocking)
    return Sight(
        floor,
        body,
        people[:leads],
        screen=Screen(build_set(stage.scene.set, assets=stage.assets)),
        cramped=floor.vehicle,
        around=people[leads:],
        moving=stage.moving_at,
    )


def _speeches(scene: Scene) -> Speeches:
    return tuple(
        (beat.start_frame, beat.character)
        for beat in scene.beats
        if beat.element.kind in (ElementKind.DIALOGUE, ElementKind.LYRIC)
    )


def _shot(scene: Scene, plan: Plan, placed: Placed, camera: Camera, slate: str) -> Shot:
    return Shot(
        id=f"{scene.id}-{slate.removeprefix(scene.number).lower() or '0'}",
        slate=slate,
        first_frame=plan.start,
        length_frames=plan.end - plan.start,
        coverage=placed.coverage,
        size=placed.size,
        angle=plan.angle,
        subjects=plan.subjects,
        beats=plan.beats,
        camera=camera,
        note=plan.note,
    )


def _point(value: NDArray[np.float64]) -> Vec3:
    return (float(value[0]), float(value[1]), float(value[2]))


def _lookup(stage: Stage, scene: Scene, *, rate: Rate) -> Lookup:
    """Return the landmarks of people by scene frame, asked for once per held pose.

    Somebody who holds a mark and looks at one thing is where they are: one look
    serves all of it, breath and glances aside.
    """
    holds = {b.character: sorted(_held(b, rate)) for b in scene.blocking}
    seen: dict[tuple[str, int], Body | None] = {}
    turning = rate.frames(_LOOKS_ROUND_S)

    def body(character: str, frame: int) -> Body | None:
        hold = frame
        spans = holds.get(character, [])
        at = bisect_right(spans, frame, key=itemgetter(0)) - 1
        if at >= 0 and frame <= spans[at][1]:
            first, last = spans[at]
            hold = min(first + turning, last)
        if (character, hold) not in seen:
            marks = stage.landmarks(character, hold)
            seen[character, hold] = None if marks is None else marks.body(character)
        return seen[character, hold]

    return body


def _held(blocking: Blocking, rate: Rate) -> list[tuple[int, int]]:
    """Return the spans of frames in which somebody neither moves nor looks round."""
    looks = [gaze.frame for gaze in blocking.gazes]
    ready = rate.frames(1.0)
    # A body that reaches leans and comes back: each frame of it is another pose.
    acts = [(a.frame - ready, a.frame + a.length_frames + ready) for a in blocking.acts]
    looks += [edge for act in acts for edge in act]
    result = []
    for mark in blocking.marks:
        first, last = _hold(mark, rate)
        edges = [first, *sorted({f for f in looks if first < f <= last}), last + 1]
        result += [
            (a, b - 1)
            for a, b in pairwise(edges)
            if a < b and not any(start <= a < end for start, end in acts)
        ]
    return result


def _hold(mark: Mark, rate: Rate) -> tuple[int, int]:
    """Return from and to which frame a mark is held, turns and postures done."""
    slow = mark.posture is not Posture.STAND
    first = mark.arrive_frame + rate.frames(2.4 if slow else 1.2)
    return first, mark.leave_frame - rate.frames(1.8 if slow else 0.9)


def _judged(plan: Plan, staged: Staged) -> tuple[tuple[int, ...], int]:
    """Return the frames at which a shot is judged, and the one it is framed for.

    A subject that travels is framed where it stops; a push-in where it ends; all
    else in the middle, where nobody is between two places.
    """
    last = plan.end - 1
    middle = (plan.start + last) // 2
    parts = _LOOKS_ON_THE_WAY if plan.travels else 2
    way = (plan.start + (last - plan.start) * i // parts for i in range(parts + 1))
    frames = tuple(dict.fromkeys(way))
    gone = {b.character: b.exit_frame for b in staged.blocking}
    leaves = any(
        (end := gone.get(s)) is not None and end <= last + 1 for s in plan.subjects
    )
    if leaves:
        return frames, plan.start
    if plan.travels or plan.move is Move.PUSH_IN:
        return frames, last
    return frames, middle


def _slates(number: str) -> Iterator[str]:
    """Yield 1, 1A, 1B … 1Z, 1AA …; I and O are skipped, being read as digits."""
    yield number
    yield from (f"{number}{letter}" for letter in _LETTERS)
    for first in _LETTERS:
        yield from (f"{number}{first}{second}" for second in _LETTERS)
    index = 0
    while True:
        index += 1
        yield f"{number}ZZ{index}"


def _noted(
    shots: tuple[Shot, ...], notes: tuple[tuple[int, str], ...]
) -> tuple[Shot, ...]:
    """Write transitions and directions on the shots during which they fall."""
    result = []
    for shot in shots:
        end = shot.first_frame + shot.length_frames
        here = [text for frame, text in notes if shot.first_frame <= frame < end]
        note = "; ".join(part for part in (shot.note, *here) if part)
        result.append(shot.changed(note=note) if here else shot)
    return tuple(result)
