"""One mark of a character's blocking moved, retimed or taken out."""

from __future__ import annotations

import math
from functools import lru_cache

from previz.direct.floor import Floor, apart_m, walked_m
from previz.direct.in_the_way import no_room, no_time
from previz.direct.navigation import Stood
from previz.direct.reblocking import (
    FASTEST_M_S,
    KEPT_M,
    others_at,
    place_asked,
    way_between,
)
from previz.direct.stale import without_left, without_stale
from previz.direct.timing import WALK_M_S
from previz.errors import ModelError
from previz.model import Blocking, Mark, Posture, Rate, Scene, Set, Spot, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = ["moved_mark", "replanned", "timed_mark", "unmarked"]

_SNAP_M = 0.3
"""A mark this near to a spot of the set is on it."""
_SEATED_M = 0.25
"""Nearer than this to their seat, people stay seated."""
_AT_EASE = frozenset({Posture.STAND, Posture.CROUCH})


def moved_mark(
    scene: Scene,
    blocking: Blocking,
    index: int,
    *,
    to: str | Vec3 | None,
    facing_deg: float | None,
    rate: Rate,
    assets: Assets = NO_ASSETS,
) -> Scene:
    """Return the scene with one of somebody's marks elsewhere, at the same time.

    Near a free spot of the set the mark is on it and takes its posture. The ways to
    it and on from it are planned anew; they leave sooner where they got longer. What
    hands did at the old place goes.

    Args:
        scene: The scene.
        blocking: Of one of its people.
        index: Which of the marks.
        to: A place in metres; or a spot, a piece of the set or somebody, by name.
        facing_deg: 0 faces +z, 90 faces +x; None as before, or as the spot faces.
        rate: Of the film.
        assets: The film's imported meshes and motion.

    Raises:
        UnknownNameError: If there is no such place by name.
        ModelError: If nobody can stand there, get there, or get there in time.
    """
    mark = blocking.marks[index]
    if to is not None:
        mark = _put(scene, blocking, mark, to, _floor(scene.set, assets))
    if facing_deg is not None:
        mark = mark.changed(facing_deg=facing_deg)
    marks = (*blocking.marks[:index], mark, *blocking.marks[index + 1 :])
    if to is None:
        return _with_marks(scene, blocking.character, marks)
    fresh = replanned(
        scene, blocking.character, marks, about=index, rate=rate, assets=assets
    )
    scene = without_left(scene, blocking, fresh, index)
    return _with_marks(scene, blocking.character, fresh)


def timed_mark(
    scene: Scene,
    blocking: Blocking,
    index: int,
    *,
    arrive_frame: int,
    leave_frame: int | None,
    rate: Rate,
) -> Scene:
    """Return the scene with a mark reached at another frame, and left at one.

    With no `leave_frame` the mark is held as long as there is time before the next.
    Whoever needs more time to get there leaves the mark before sooner.

    Raises:
        ModelError: If the frame is not between the neighbours', or nobody is so fast.
    """
    marks = list(blocking.marks)
    mark, held = marks[index], marks[index].leave_frame - marks[index].arrive_frame
    least = marks[index - 1].arrive_frame + 1 if index else blocking.enter_frame
    last = index + 1 == len(marks)
    most = scene.length_frames if last else marks[index + 1].arrive_frame - 1
    leave = leave_frame
    if leave is None:
        leave = mark.leave_frame if last else min(arrive_frame + held, most)
        leave = max(leave, arrive_frame)
    if not least <= arrive_frame <= leave <= most:
        raise ModelError(
            f"Mark.arrive_frame and leave_frame must be {least} to {most} frames for "
            f"mark {index + 1} of {blocking.character}, one after the other, got "
            f"{arrive_frame} and {leave}. Move the mark next to it first.",
            plain=f"Mark {index + 1} lies between its neighbours: from frame {least} "
            f"to {most}. Move the mark next to it first.",
        )
    marks[index] = mark.changed(arrive_frame=arrive_frame, leave_frame=leave)
    if index:
        marks[index - 1] = marks[index - 1].changed(
            leave_frame=min(marks[index - 1].leave_frame, arrive_frame)
        )
    for later in (index, index + 1):
        if 0 < later < len(marks):
            marks[later - 1 : later + 1] = _in_time(
                marks[later - 1], marks[later], rate
            )
    return _with_marks(scene, blocking.character, tuple(marks))


def unmarked(
    scene: Scene,
    blocking: Blocking,
    index: int,
    *,
    rate: Rate,
    assets: Assets = NO_ASSETS,
) -> Scene:
    """Return the scene without one of somebody's marks; they walk on past it.

    Without their first mark, they are at the second from the start.

    Raises:
        ModelError: If it is their only mark, or the way past it cannot be walked.
    """
    marks = list(blocking.marks)
    if len(marks) == 1:
        raise ModelError(
            f"Blocking.marks must be at least 1 long for {blocking.character}, got "
            "none left. Move the mark instead.",
            plain="Somebody in a scene has at least one mark. Move it instead.",
        )
    gone = marks.pop(index)
    if index == 0:
        marks[0] = marks[0].changed(
            arrive_frame=gone.arrive_frame, via=(), pace_m_s=None
        )
        fresh = tuple(marks)
    else:
        if index == len(marks):
            marks[-1] = marks[-1].changed(leave_frame=gone.leave_frame)
        about = min(index, len(marks) - 1)
        fresh = tuple(marks)
        if index < len(marks):
            fresh = replanned(
                scene, blocking.character, fresh, about=about, rate=rate, assets=assets
            )
    first = fresh[index - 1].arrive_frame if index else blocking.enter_frame
    end = fresh[index].arrive_frame if index < len(fresh) else scene.length_frames
    stays = fresh[max(index - 1, 0)]
    end = max(end, gone.leave_frame)
    scene = without_stale(scene, blocking, stays, first=first, end=end)
    return _with_marks(scene, blocking.character, fresh)


def replanned(
    scene: Scene,
    character: str,
    marks: tuple[Mark, ...],
    *,
    about: int,
    rate: Rate,
    assets: Assets = NO_ASSETS,
) -> tuple[Mark, ...]:
    """Return marks with the ways to and from one of them planned anew.

    Raises:
        ModelError: If there is no way, or no time to walk it.
    """
    floor, planned = _floor(scene.set, assets), list(marks)
    for later in (about, about + 1):
        if not 0 < later < len(planned):
            continue
        come, mark = planned[later - 1], planned[later]
        others = others_at(scene, character, mark.arrive_frame)
        stood: list[Stood] = [(o[0], o[2], KEPT_M) for o in others]
        via = way_between(floor, come.position_m, mark.position_m, stood)
        planned[later - 1 : later + 1] = _in_time(come, mark.changed(via=via), rate)
    return tuple(planned)


def _in_time(come: Mark, mark: Mark, rate: Rate) -> tuple[Mark, Mark]:
    """Return two marks, the first left in time to walk to the second.

    Raises:
        ModelError: If nobody is so fast.
    """
    long = walked_m((come.position_m, *mark.via, mark.position_m))
    pace = mark.pace_m_s or WALK_M_S
    wanted = mark.arrive_frame - rate.frames(long / pace)
    leave = max(min(come.leave_frame, wanted), come.arrive_frame)
    time_s = rate.seconds(mark.arrive_frame - leave)
    needed = long / max(time_s, 1e-9) if long > 0.01 else 0.0
    if needed > FASTEST_M_S:
        earliest = come.arrive_frame + rate.frames(long / WALK_M_S)
        raise ModelError(
            f"Mark.arrive_frame must leave time to walk {long:.1f} m, got "
            f"{mark.arrive_frame}: the mark before is reached at {come.arrive_frame}, "
            f"which asks for {needed:.1f} m/s. Arrive at {earliest} or later.",
            plain=no_time(
                long, arrive=mark.arrive_frame, leave=come.arrive_frame,
                earliest=earliest,
            ),
        )  # fmt: skip
    if mark.pace_m_s is not None:
        mark = mark.changed(pace_m_s=round(max(mark.pace_m_s, needed, 0.05), 3))
    return come.changed(leave_frame=leave), mark


def _put(
    scene: Scene, blocking: Blocking, mark: Mark, to: str | Vec3, floor: Floor
) -> Mark:
    """Return a mark put to a place, on a free spot where one is near."""
    if isinstance(to, str):
        place, spot = place_asked(floor, scene, blocking, to, mark.arrive_frame, None)
    else:
        taken = others_at(scene, blocking.character, mark.arrive_frame)
        spot = _spot_near(scene.set, to, taken)
        place = spot.position_m if spot is not None else _stood(floor, mark, to)
    if spot is not None:
        return mark.changed(
            position_m=place,
            posture=spot.posture,
            spot=spot.name,
            facing_deg=spot.facing_deg,
        )
    seated = mark.posture not in _AT_EASE
    stays = apart_m(place, mark.position_m) < _SEATED_M
    posture = mark.posture if stays or not seated else Posture.STAND
    return mark.changed(
        position_m=place, posture=posture, spot=mark.spot if stays else ""
    )


def _spot_near(set_: Set, place: Vec3, taken: list[Vec3]) -> Spot | None:
    free = [
        s
        for s in set_.spots
        if apart_m(s.position_m, place) <= _SNAP_M
        and all(apart_m(s.position_m, other) >= 0.5 for other in taken)
    ]
    return min(free, key=lambda s: apart_m(s.position_m, place), default=None)


def _stood(floor: Floor, mark: Mark, to: Vec3) -> Vec3:
    """Return the place on the floor, or raise if nobody can stand there."""
    place = (to[0], mark.position_m[1] if _still(mark, to) else 0.0, to[2])
    if _still(mark, to) or floor.open(place):
        return place
    near = floor.near(place, (), distance_m=0.5, line_of_sight=False)
    width, _, depth = floor.set_.size_m
    raise ModelError(
        "Mark.position_m must be clear of walls and furniture on a floor of "
        f"{width:g} by {depth:g} m, got ({to[0]:.2f}, {to[2]:.2f}). Pass such as "
        f"({near[0]:.2f}, {near[2]:.2f}).",
        plain=no_room(floor, place, near),
    )


def _still(mark: Mark, to: Vec3) -> bool:
    old = mark.position_m
    return math.hypot(to[0] - old[0], to[2] - old[2]) < 1e-3


def _with_marks(scene: Scene, character: str, marks: tuple[Mark, ...]) -> Scene:
    return scene.with_blocking(scene.blocking_of(character).changed(marks=marks))


@lru_cache(maxsize=4)
def _floor(set_: Set, assets: Assets) -> Floor:
    """Return a set's floor, kept: a mark is dragged many times over the same one."""
    return Floor(set_, assets=assets)
