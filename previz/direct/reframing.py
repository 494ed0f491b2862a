"""Shots that lost somebody who was cast anew, and where their cameras would have to be.

A camera keeps its place when a body changes: a close-up of a tall man shows the wall
above the child who plays him now. What framed the old body frames the new one from a
place that is like it: as far from the crown as the part that is shown is smaller.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from previz.camera import camera_at
from previz.camera.framing import Body, View, size_of, span
from previz.direct.reshooting import camera_stands
from previz.errors import PrevizError
from previz.model import Character, Film, Shot, Vec3
from previz.stage import NO_ASSETS, Assets, Stage

__all__ = ["Lost", "lost_framings", "said_lost", "shifted"]

_ASPECT = 16 / 9
_MOST_SHIFT = 0.16
"""By so much of the frame's height eyes may lie elsewhere than they were framed."""
_SHARES = (1.0, 0.7, 0.45)
"""Of the difference in height, tried in order: between two people there is one way."""
_MOST_TOLD = 6


@dataclass(frozen=True)
class Lost:
    """A shot that no longer frames somebody.

    Attributes:
        shot: Its id.
        slate: Its slate.
        who: Whom, by name.
        by_m: How far its camera goes to frame them as before; None where it cannot
            stand there.
    """

    shot: str
    slate: str
    who: str
    by_m: Vec3 | None


class _Seen(NamedTuple):
    """Somebody before a camera at a frame of a shot, before and after."""

    frame: int
    was: Body
    now: Body
    view: View


def lost_framings(
    before: Film, after: Film, *, assets: Assets = NO_ASSETS
) -> Iterator[Lost | None]:
    """Look for shots that framed somebody before a change of the cast, and now do not.

    Args:
        before: The film before it.
        after: The same film with other bodies.
        assets: Its imported meshes and motion.

    Yields:
        A lost shot, or None after each that is looked at, so that others may work.
    """
    other = {
        new.id: new
        for old, new in zip(before.characters, after.characters, strict=False)
        if old.id == new.id and _body_of(old) != _body_of(new)
    }
    was = {shot.id: (scene, shot) for scene, shot in before.shots if other}
    for scene in after.scenes if other else ():
        stages: tuple[Stage, Stage] | None = None
        for shot in scene.shots:
            who = next((name for name in shot.subjects if name in other), None)
            old = was.get(shot.id)
            if who is None or old is None:
                continue
            stages = stages or (
                Stage(old[0], before.characters, rate=before.rate, assets=assets),
                Stage(scene, after.characters, rate=after.rate, assets=assets),
            )
            yield _looked_at(stages, old[1], shot, other[who])


def said_lost(lost: tuple[Lost, ...]) -> str:
    """Say which shots lost whom, in a sentence or two; "" for none."""
    said = [
        f"{_listed([one.slate for one in lost if one.who == who])} no longer "
        f"{'frames' if len([o for o in lost if o.who == who]) == 1 else 'frame'} {who}."
        for who in dict.fromkeys(one.who for one in lost)
    ]
    stuck = [one.slate for one in lost if one.by_m is None]
    if stuck:
        said.append(f"{_listed(stuck)} must be framed by hand.")
    return " ".join(said)


def _body_of(character: Character) -> tuple[object, ...]:
    return (
        character.height_m, character.age, character.build, character.femininity,
        character.muscle, character.proportions,
    )  # fmt: skip


def _looked_at(
    stages: tuple[Stage, Stage], old: Shot, shot: Shot, who: Character
) -> Lost | None:
    try:
        seen = _seen(stages, old, shot, who.id)
        if not any(_is_lost(one, alone=len(shot.subjects) == 1) for one in seen):
            return None
        return Lost(shot.id, shot.slate, who.name, _way(stages[1], shot, seen))
    except PrevizError:
        # A move that no lens can make is told of elsewhere.
        return None


def _seen(
    stages: tuple[Stage, Stage], old: Shot, shot: Shot, who: str
) -> tuple[_Seen, ...]:
    """Return somebody in three frames of a shot, of those that framed them before."""
    found = []
    for frame in sorted({0, shot.length_frames // 2, shot.length_frames - 1}):
        was = _body(stages[0], old, who, frame)
        now = _body(stages[1], shot, who, frame)
        if was and now and _view(stages[0], old, frame).sees(was.eyes):
            found.append(_Seen(frame, was, now, _view(stages[1], shot, frame)))
    return tuple(found)


def _body(stage: Stage, shot: Shot, who: str, frame: int) -> Body | None:
    marks = stage.landmarks(who, shot.first_frame + frame)
    return None if marks is None else marks.body(who)


def _view(stage: Stage, shot: Shot, frame: int) -> View:
    state = camera_at(
        shot.camera, length_frames=shot.length_frames, frame=frame, rate=stage.rate,
        where=stage.where(shot),
    )  # fmt: skip
    return View.of(state, aspect=_ASPECT)


def _is_lost(seen: _Seen, *, alone: bool) -> bool:
    """Whether a whole face is cut now, or somebody alone lies too high or low."""
    view, was, now = seen.view, seen.was, seen.now
    pairs = ((was.eyes, now.eyes), (was.chin, now.chin))
    cut = any(view.sees(old) and not view.sees(new) for old, new in pairs)
    moved = abs(view.project(now.eyes)[1] - view.project(was.eyes)[1])
    return cut or (alone and moved > _MOST_SHIFT)


def _way(stage: Stage, shot: Shot, seen: tuple[_Seen, ...]) -> Vec3 | None:
    """Return how far the camera goes, or None if it can stand nowhere like that."""
    tightest = min(seen, key=lambda one: math.dist(one.view.position, one.was.eyes))
    alone = len(shot.subjects) == 1
    ways = [_raised(tightest, share) for share in _SHARES]
    if alone:
        ways.insert(0, _likened(tightest))
    heads = _heads(stage, shot, tightest) if not alone else []
    for by_m in ways:
        moved = shifted(shot, by_m)
        view = _view(stage, moved, tightest.frame)
        if not camera_stands(stage, view, tightest.now):
            continue
        views = [(_view(stage, moved, one.frame), one) for one in seen]
        if all(_is_like(*one, alone=alone) for one in views) and all(
            view.sees(head) for head in heads
        ):
            return by_m
    return None


def _heads(stage: Stage, shot: Shot, seen: _Seen) -> list[Vec3]:
    """Return the crowns that the shot shows, which another view must not cut."""
    bodies = (_body(stage, shot, name, seen.frame) for name in shot.subjects)
    crowns = (body.head_top for body in bodies if body is not None)
    return [crown for crown in crowns if seen.view.sees(crown)]


def _is_like(view: View, seen: _Seen, *, alone: bool) -> bool:
    """Whether a view shows a face, and of somebody alone about as high as it was."""
    high = view.project(seen.now.eyes)[1] - seen.view.project(seen.was.eyes)[1]
    face = view.sees(seen.now.eyes) and view.sees(seen.now.chin)
    return face and (not alone or abs(high) <= _MOST_SHIFT)


def _likened(seen: _Seen) -> Vec3:
    """Return the way to where the new body looks as the old one did."""
    size = size_of(seen.view, seen.was)
    top, _, low, _ = span(seen.was, size)
    new_top, _, new_low, _ = span(seen.now, size)
    share = math.dist(new_top, new_low) / max(math.dist(top, low), 1e-6)
    x, y, z = (
        new - old + (share - 1) * (at - old)
        for new, old, at in zip(new_top, top, seen.view.position, strict=True)
    )
    return _rounded(x, y, z)


def _raised(seen: _Seen, share: float) -> Vec3:
    return _rounded(0.0, share * (seen.now.eyes[1] - seen.was.eyes[1]), 0.0)


def _rounded(x: float, y: float, z: float) -> Vec3:
    return round(x, 3), round(y, 3), round(z, 3)


def shifted(shot: Shot, by_m: Vec3) -> Shot:
    """Return a shot whose camera goes its way elsewhere."""

    def moved(point: Vec3) -> Vec3:
        x, y, z = (a + b for a, b in zip(point, by_m, strict=True))
        return x, y, z

    poses = tuple(
        pose.changed(position_m=moved(pose.position_m), target_m=moved(pose.target_m))
        for pose in shot.camera.poses
    )
    return shot.changed(camera=shot.camera.changed(poses=poses))


def _listed(slates: list[str]) -> str:
    more = len(slates) - _MOST_TOLD
    if more > 1:
        return f"{', '.join(slates[:_MOST_TOLD])} and {more} more"
    return " and ".join(filter(None, (", ".join(slates[:-1]), slates[-1])))
