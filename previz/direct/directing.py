"""From a screenplay to a film: every first choice, by rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from previz.camera.framing import Body
from previz.direct import names
from previz.direct.actions import nouns
from previz.direct.cast import Cast, cast_of
from previz.direct.coverage import cover
from previz.direct.driving import driver_of
from previz.direct.extras import crowd_size, extras_of, place_extras
from previz.direct.floor import Floor
from previz.direct.following import Lookup
from previz.direct.lexicon import TIMES
from previz.direct.lighting import light
from previz.direct.lighting.faces import faces_in, reached
from previz.direct.moves import Grip, Speeches, camera_for
from previz.direct.package import package_for
from previz.direct.placement import Placed, Placer
from previz.direct.places import dress, land_of
from previz.direct.plan import Plan
from previz.direct.screen import Screen
from previz.direct.shining import shone
from previz.direct.sight import Sight
from previz.direct.signs import with_lettering
from previz.direct.staging import Staged, play_scene
from previz.direct.understanding import bodies
from previz.errors import ScriptError
from previz.model import (
    Blocking,
    Camera,
    Character,
    ElementKind,
    Film,
    Mark,
    Move,
    Posture,
    Rate,
    Scene,
    Screenplay,
    ScriptScene,
    Set,
    Shot,
    Slugline,
    TimeOfDay,
    Vec3,
)
from previz.script import time_word
from previz.stage import NO_ASSETS, Assets, Stage, build_set

__all__ = ["direct", "shoot"]

_FILM_RATE = Rate()
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LOOKS_ROUND_S = 0.8
_LOOKS_ON_THE_WAY = 6
_CONTINUED = ("CONTINUOUS", "LATER", "SAME")


def direct(
    screenplay: Screenplay,
    *,
    rate: Rate = _FILM_RATE,
    seed: int = 0,
    on_scene: Callable[[Scene], None] | None = None,
) -> Film:
    """Direct a screenplay: cast, sets, light, blocking, coverage and cameras.

    The same screenplay, rate and seed give the same film, to the last digit.

    Args:
        screenplay: What was written.
        rate: Frames a second of the film.
        seed: Varies looks, dressing and every choice that the text leaves open.
        on_scene: Called with each scene as it is done.

    Raises:
        ScriptError: If the screenplay has no scene.
    """
    if not screenplay.scenes:
        raise ScriptError(
            "Screenplay.scenes must hold at least one scene, got none. Start each "
            "scene with a slugline such as INT. KITCHEN - DAY.",
            source=screenplay.source or None,
        )
    cast = cast_of(screenplay, seed=seed)
    extras = extras_of(screenplay, cast=cast.characters, seed=seed)
    places = _places(screenplay, cast, seed=seed)
    scenes: list[Scene] = []
    seen: set[str] = set()
    told: set[str] = set()
    drivers: dict[str, str] = {}
    time = TimeOfDay.DAY
    for script, number in zip(screenplay.scenes, _numbers(screenplay), strict=True):
        time = _time_of_day(script.slugline, before=time)
        place = _place_key(script.slugline)
        driver = driver_of(script, cast=cast) or drivers.get(place, "")
        drivers[place] = driver
        scene = _direct_scene(
            script,
            number=number,
            identifier=_scene_id(number, len(scenes)),
            cast=cast,
            floor=places[place],
            time=time,
            rate=rate,
            seed=seed,
            new=place not in seen,
            driver=driver,
            extras=extras[: crowd_size(script)],
            earlier=frozenset(told),
        )
        told |= _told(script)
        seen.add(place)
        scenes.append(scene)
        if on_scene is not None:
            on_scene(scene)
    return Film(
        title=screenplay.title or "Untitled",
        author=screenplay.author,
        source=screenplay.source,
        rate=rate,
        seed=seed,
        characters=(*cast.characters, *extras),
        scenes=tuple(scenes),
    )


def _scene_id(number: str, index: int) -> str:
    return f"s{index + 1:03d}-{names.slug(number, fallback='scene')}"


def _numbers(screenplay: Screenplay) -> list[str]:
    """Return scene numbers as written, else 1, 2, 3 …; each one once."""
    written = [s.slugline.number.strip() for s in screenplay.scenes]
    kept = [w if w and w.isascii() and len(w) <= 12 else "" for w in written]
    taken: set[str] = set()
    reserved = {k for k in kept if k}
    result = []
    count = 0
    for number in kept:
        if not number:
            count += 1
            while str(count) in reserved | taken:
                count += 1
            number = str(count)
        number = names.unique(number, taken)
        taken.add(number)
        result.append(number)
    return result


def _time_of_day(slugline: Slugline, *, before: TimeOfDay) -> TimeOfDay:
    """Read the slugline's time; what continues keeps the time of the scene before."""
    written = slugline.time or ""
    word = time_word(written) or ("" if written else time_word(slugline.text))
    if word in _CONTINUED or not written.strip():
        return TIMES.get(word, before)
    return TIMES.get(word, TimeOfDay.DAY)


def _told(script: ScriptScene) -> set[str]:
    """Return the nouns of a scene's action."""
    shown = (e.text for e in script.elements if e.kind is ElementKind.ACTION)
    return {noun for text in shown for noun in nouns(text)}


def _place_key(slugline: Slugline) -> str:
    return f"{slugline.setting}|{names.key(slugline.place or slugline.text)}"


def _places(screenplay: Screenplay, cast: Cast, *, seed: int) -> dict[str, Floor]:
    """Dress one set for each place, large and rich enough for all its scenes."""
    people: dict[str, int] = {}
    words: dict[str, set[str]] = {}
    first: dict[str, Slugline] = {}
    lands: dict[str, str] = {}
    land = ""
    for scene in screenplay.scenes:
        place = _place_key(scene.slugline)
        first.setdefault(place, scene.slugline)
        lands.setdefault(place, land)
        name = scene.slugline.place or scene.slugline.text
        land = land_of(name, setting=scene.slugline.setting, before=land)
        here = len(bodies(scene, cast=cast))
        people[place] = max(people.get(place, 0), here)
        found = words.setdefault(place, set())
        for element in scene.elements:
            if element.kind is ElementKind.ACTION:
                found |= nouns(element.text)
    taken: set[str] = set()
    floors = {}
    for place, slugline in first.items():
        name = slugline.place or slugline.text
        identifier = names.unique(
            names.slug(f"{slugline.setting} {name}", fallback="set"), taken
        )
        taken.add(identifier)
        set_ = dress(
            slugline,
            seed=int(names.dice(seed, place).integers(0, 2**31)),
            id=identifier,
            people=people[place],
            words=frozenset(words[place]),
            land=lands[place],
        )
        floors[place] = Floor(set_)
    return floors


def _direct_scene(
    script: ScriptScene,
    *,
    number: str,
    identifier: str,
    cast: Cast,
    floor: Floor,
    time: TimeOfDay,
    rate: Rate,
    seed: int,
    new: bool,
    driver: str,
    extras: tuple[Character, ...],
    earlier: frozenset[str],
) -> Scene:
    staged = play_scene(
        script,
        cast=cast,
        floor=floor,
        rate=rate,
        prefix=identifier,
        driver=driver,
        seed=seed,
        earlier=earlier,
    )
    lights, exposure = light(floor.set_, time_of_day=time, seed=seed)
    staged = shone(staged, floor=floor, rate=rate, exposure_ev100=exposure, seed=seed)
    scene = Scene(
        id=identifier,
        number=number,
        slugline=script.slugline,
        time_of_day=time,
        set=with_lettering(_without(floor.set_, staged.moved), script),
        lights=lights,
        exposure_ev100=exposure,
        beats=staged.beats,
        blocking=(
            *staged.blocking,
            *place_extras(
                extras,
                floor=floor,
                leads=staged.blocking,
                length_frames=staged.length_frames,
                rate=rate,
                seed=seed,
            ),
        ),
        props=staged.props,
        swings=staged.swings,
        length_frames=staged.length_frames,
    )
    plans = cover(
        staged,
        rate=rate,
        new_place=new,
        interior=floor.set_.interior,
        on_set=lambda words: floor.piece_for(words) is not None,
    )
    shots = shoot(
        scene,
        staged,
        plans,
        characters=(*cast.characters, *extras),
        floor=floor,
        rate=rate,
        seed=seed,
    )
    scene = scene.changed(shots=shots)
    return _with_faces_lit(scene, (*cast.characters, *extras), floor=floor, rate=rate)


def _with_faces_lit(
    scene: Scene, characters: tuple[Character, ...], *, floor: Floor, rate: Rate
) -> Scene:
    """Return the scene with the faces of its nearer shots reached by light."""
    lights = reached(
        scene.set,
        scene.lights,
        faces_in(scene, characters, rate=rate),
        time_of_day=scene.time_of_day,
        exposure_ev100=scene.exposure_ev100,
        obstacles=floor.obstacles,
    )
    return scene.changed(lights=lights)


def _without(set_: Set, moved: frozenset[str]) -> Set:
    """Return the set without the pieces that are props of the scene."""
    if not moved:
        return set_
    return set_.changed(pieces=tuple(p for p in set_.pieces if p.id not in moved))


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
    people = tuple(b.character for b in staged.blocking)
    everybody = tuple(b.character for b in scene.blocking)
    package = package_for(scene, rate=rate)
    stage = Stage(scene, _seen(characters, everybody), rate=rate, assets=assets)
    body = _lookup(stage, scene, rate=rate)
    placer = Placer(
        Sight(
            floor,
            body,
            people,
            screen=Screen(build_set(stage.scene.set, assets=stage.assets)),
            cramped=floor.vehicle,
            around=everybody[len(people) :],
            moving=stage.moving_at,
        ),
        package.sensor,
    )
    grip = Grip(
        rate=rate,
        package=package,
        body=body,
        stands=placer.sight.stands,
        screen=placer.sight.screen,
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


def _seen(
    characters: tuple[Character, ...], people: tuple[str, ...]
) -> tuple[Character, ...]:
    wanted = set(people)
    return tuple(c for c in characters if c.id in wanted)


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
