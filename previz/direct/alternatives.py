"""Other coverages of a scene that is blocked: the same acting, cut otherwise.

What happens is read from the scene as it is now (its beats, its marks), so that a
director's own blocking is covered, not the screenplay's first. Set, light and acting
stay; only the shots are others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from previz.direct.actions import Event
from previz.direct.coverage import cover
from previz.direct.cutting import long_enough, merged, without_jumps
from previz.direct.floor import Floor
from previz.direct.lexicon import Kind
from previz.direct.plan import Plan, is_wider, tighter
from previz.direct.shooting import shoot
from previz.direct.staging import Moment, Staged
from previz.errors import UnknownNameError
from previz.model import (
    Beat,
    Blocking,
    Character,
    Coverage,
    ElementKind,
    Film,
    Move,
    Rate,
    Scene,
    Shot,
    ShotSize,
)
from previz.stage import NO_ASSETS, Assets

__all__ = ["STYLES", "Style", "covered"]

_SPOKEN = (ElementKind.DIALOGUE, ElementKind.LYRIC)
_FACES = (Coverage.OTS, Coverage.SINGLE, Coverage.REACTION)
_LONG_TAKE_S = 24.0


@dataclass(frozen=True)
class Style:
    """A way to cover a scene.

    Attributes:
        name: Of it.
        words: What it does, in a sentence.
        change: From the plans by rule to its own.
    """

    name: str
    words: str
    change: Callable[[list[Plan], Rate], list[Plan]]


def _as_ruled(plans: list[Plan], rate: Rate) -> list[Plan]:
    return plans


def _close(plans: list[Plan], rate: Rate) -> list[Plan]:
    """Return plans in which faces are singles and nearer by a size."""
    nearer = []
    for plan in plans:
        fresh = plan
        if plan.coverage in _FACES and plan.subjects and not plan.travels:
            size = tighter(plan.size, 1)
            size = size if is_wider(size, ShotSize.CU) else ShotSize.CU
            one = Coverage.SINGLE if plan.coverage is Coverage.OTS else plan.coverage
            fresh = replace(plan, coverage=one, size=size)
        elif plan.coverage is Coverage.TWO_SHOT and not plan.travels:
            fresh = replace(plan, size=tighter(plan.size, 1))
        nearer.append(fresh)
    return without_jumps(merged(long_enough(nearer, rate), rate))


def _wide(plans: list[Plan], rate: Rate) -> list[Plan]:
    """Return plans that hold people together and are cut as seldom as may be."""
    wider = []
    for plan in plans:
        fresh = plan
        if plan.coverage in _FACES and plan.partner and plan.subjects:
            pair = tuple(sorted({*plan.subjects[:1], plan.partner}))
            fresh = replace(
                plan,
                coverage=Coverage.TWO_SHOT,
                size=ShotSize.MLS,
                subjects=pair,
                partner=pair[-1],
                move=Move.STATIC,
            )
        elif plan.coverage is Coverage.TWO_SHOT:
            pair = tuple(sorted(plan.subjects))
            fresh = replace(
                plan,
                size=ShotSize.MLS,
                subjects=pair,
                partner=pair[-1] if pair else "",
                move=Move.STATIC,
            )
        elif plan.coverage in _FACES and is_wider(ShotSize.MLS, plan.size):
            fresh = replace(plan, size=ShotSize.MLS, move=Move.STATIC)
        wider.append(fresh)
    return merged(long_enough(wider, rate), rate, longest_s=_LONG_TAKE_S)


STYLES: dict[str, Style] = {
    style.name: style
    for style in (
        Style(
            "classical",
            "Master, overs, then nearer as the scene goes on",
            _as_ruled,
        ),
        Style("close", "On faces: singles, each a size nearer", _close),
        Style("wide", f"Together in frame, takes of up to {_LONG_TAKE_S:.0f} s", _wide),
    )
}
"""The coverages that can be compared, by name."""


def covered(
    film: Film, scene: Scene, style: str, *, assets: Assets = NO_ASSETS
) -> Scene:
    """Return a scene with its shots chosen anew in a style; all else stays.

    The same scene, film seed and style give the same shots, to the last digit. Notes
    and status go with the shots they were on.

    Args:
        film: The film.
        scene: A scene of it.
        style: A name of `STYLES`.
        assets: The film's imported meshes and motion.

    Raises:
        UnknownNameError: If there is no such style; lists those there are.
    """
    if style not in STYLES:
        raise UnknownNameError("Scene.coverage", style, list(STYLES))
    ids = [s.id for s in film.scenes]
    earlier = film.scenes[: ids.index(scene.id)]
    shots = _shots(
        scene.changed(shots=()),
        style,
        characters=film.characters,
        rate=film.rate,
        seed=film.seed,
        new_place=all(s.set.id != scene.set.id for s in earlier),
        assets=assets,
    )
    return scene.changed(shots=shots)


@lru_cache(maxsize=6)
def _shots(
    scene: Scene,
    style: str,
    *,
    characters: tuple[Character, ...],
    rate: Rate,
    seed: int,
    new_place: bool,
    assets: Assets,
) -> tuple[Shot, ...]:
    """Return the shots, kept: what is compared is asked for again to be picked."""
    floor = Floor(scene.set, assets=assets)
    crowd = {c.id for c in characters if c.background}
    leads = tuple(b for b in scene.blocking if b.character not in crowd)
    rest = tuple(b for b in scene.blocking if b.character in crowd)
    scene = scene.changed(blocking=(*leads, *rest))
    staged = Staged(
        beats=scene.beats,
        blocking=leads,
        moments=_moments(scene, leads),
        length_frames=scene.length_frames,
        notes=(),
    )
    ruled = cover(
        staged,
        rate=rate,
        new_place=new_place,
        interior=scene.set.interior,
        on_set=lambda words: floor.piece_for(words) is not None,
    )
    plans = STYLES[style].change(list(ruled), rate)
    return shoot(
        scene,
        staged,
        tuple(plans),
        characters=characters,
        floor=floor,
        rate=rate,
        seed=seed,
        assets=assets,
    )


def _moments(scene: Scene, leads: tuple[Blocking, ...]) -> tuple[Moment, ...]:
    """Return what pictures can hold, without gap from frame 0 to the scene's end."""
    moments: list[Moment] = []
    beats = sorted(scene.beats, key=lambda b: b.start_frame)
    for beat in beats:
        last = moments[-1] if moments else None
        spoken = beat.element.kind in _SPOKEN
        if last is not None and beat.start_frame < last.end:
            end = max(last.end, beat.start_frame + beat.length_frames)
            moments[-1] = replace(last, end=end, also=(*last.also, beat.id))
            continue
        made = _said(beat, leads) if spoken else _done(beat, leads)
        moments.append(made)
    if not moments:
        everybody = tuple(b.character for b in leads)
        return (Moment(0, scene.length_frames, "", people=everybody),)
    closed = []
    for index, moment in enumerate(moments):
        after = index + 1 < len(moments)
        end = moments[index + 1].start if after else scene.length_frames
        start = moment.start if index else 0
        if end > start:
            closed.append(replace(moment, start=start, end=end))
    return tuple(closed)


def _said(beat: Beat, leads: tuple[Blocking, ...]) -> Moment:
    start, end = beat.start_frame, beat.start_frame + beat.length_frames
    here = [b for b in leads if _is_here(b, start, end)]
    seen = any(b.character == beat.character for b in here)
    listener = _listener(beat, here)
    people = tuple(p for p in (beat.character, listener) if p)
    text = beat.element.text
    return Moment(
        start,
        end,
        beat.id,
        speaker=beat.character if seen else "",
        addressee=listener,
        people=people if seen else tuple(p for p in (listener,) if p),
        spoken=True,
        peak="!" in text or text.rstrip().endswith(("...", "…", "--", "—")),
        text=text,
    )


def _listener(beat: Beat, here: list[Blocking]) -> str:
    """Return whom somebody speaks to: whom they look at then, else the nearest."""
    own = next((b for b in here if b.character == beat.character), None)
    others = [b for b in here if b.character != beat.character]
    if own is not None:
        names = {b.character for b in others}
        end = beat.start_frame + beat.length_frames
        looks = [g.target for g in own.gazes if g.frame < end and g.target in names]
        if looks:
            return looks[-1]
    return others[0].character if others else ""


def _done(beat: Beat, leads: tuple[Blocking, ...]) -> Moment:
    """Return a moment of action, with the way that is walked in it as its event."""
    start, end = beat.start_frame, beat.start_frame + beat.length_frames
    here = [b for b in leads if _is_here(b, start, end)]
    comes = [b.character for b in here if start <= b.enter_frame < end and start]
    goes = [
        b.character
        for b in here
        if b.exit_frame is not None and start < b.exit_frame <= end
    ]
    walks = [b.character for b in here if _walks(b, start, end)]
    for kind, who in ((Kind.ENTER, comes), (Kind.EXIT, goes), (Kind.CROSS, walks)):
        if who:
            event = Event(kind, subjects=tuple(who), text=beat.element.text)
            return Moment(
                start,
                end,
                beat.id,
                event=event,
                people=tuple(who),
                text=beat.element.text,
            )
    everybody = tuple(b.character for b in here)
    acts = beat.character in everybody
    people = (beat.character,) if acts else everybody
    return Moment(start, end, beat.id, people=people, text=beat.element.text)


def _is_here(blocking: Blocking, start: int, end: int) -> bool:
    left = blocking.exit_frame
    return blocking.enter_frame < end and (left is None or left > start)


def _walks(blocking: Blocking, start: int, end: int) -> bool:
    """Whether somebody is on a way of more than a step between two marks."""
    marks = blocking.marks
    return any(
        come.leave_frame < end
        and mark.arrive_frame > start
        and max(
            abs(come.position_m[0] - mark.position_m[0]),
            abs(come.position_m[2] - mark.position_m[2]),
        )
        > 0.6
        for come, mark in pairwise(marks)
    )
