"""One character's marks planned anew round a mark that somebody asks for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

from previz.direct.floor import Floor, apart_m, bearing_deg, walked_m
from previz.direct.in_the_way import no_way
from previz.direct.navigation import Stood
from previz.direct.stale import without_left
from previz.direct.timing import WALK_M_S
from previz.errors import ModelError, UnknownNameError
from previz.model import (
    Act,
    ActKind,
    Blocking,
    Emotion,
    Feeling,
    Film,
    Gaze,
    Mark,
    Posture,
    Scene,
    Spot,
    Vec3,
)
from previz.stage import NO_ASSETS, Assets

__all__ = [
    "FASTEST_M_S",
    "KEPT_M",
    "others_at",
    "place_asked",
    "reblocked",
    "way_between",
]

_Named = TypeVar("_Named", Posture, Emotion, ActKind)

FASTEST_M_S = 9.0
"""Nobody runs faster."""
KEPT_M = 0.62
"""Whoever stands about is walked round at this distance."""
_BESIDE_M = 1.0


def reblocked(
    film: Film,
    scene: str,
    character: str,
    *,
    to: str | tuple[float, float],
    at_frame: int,
    posture: str | None = None,
    pace_m_s: float | None = None,
    facing: str | float | None = None,
    look: str | None = None,
    act: str | None = None,
    feeling: str | None = None,
    assets: Assets = NO_ASSETS,
) -> Film:
    """Return the film with a character on a mark that is asked for.

    The way there and the way on are planned anew; marks that fall into them go, and
    with them what hands did there: a thing that is no more taken stays where it lay.

    Args:
        film: The film.
        scene: Number or id of the scene.
        character: Id of who is blocked.
        to: A spot, a set piece, somebody, or (x, z) in metres.
        at_frame: Scene frame of the arrival.
        posture: A name of `Posture`; the spot's, else standing, if None.
        pace_m_s: How fast they walk; 1.3, or what the time asks for, if None.
        facing: Degrees, or what to face; the spot's, or the way walked, if None.
        look: Whom or what to look at from the arrival on.
        act: A name of `ActKind`, done on arrival to whom `look` or `to` names.
        feeling: A name of `Emotion`, shown from the arrival on.
        assets: The film's imported meshes and motion.

    Raises:
        UnknownNameError: If a name is not known; lists those that are.
        ModelError: If the mark is in something, cannot be reached, is taken, or
            cannot be reached in time.
    """
    here = _scene(film, scene)
    blocking = _blocking(here, character)
    _check_frame(here, blocking, at_frame)
    floor = Floor(here.set, assets=assets)
    held = None if posture is None else _one_of(Posture, "block.posture", posture)
    place, spot = place_asked(floor, here, blocking, to, at_frame, held)
    mark = Mark(
        position_m=place,
        facing_deg=_facing(here, facing, place, at_frame, spot),
        arrive_frame=at_frame,
        leave_frame=at_frame,
        posture=held or (spot.posture if spot is not None else Posture.STAND),
        spot=spot.name if spot is not None else "",
    )
    ways = _Ways(film, here, floor, around=others_at(here, character, at_frame))
    marks = ways.planned(blocking, mark, pace_m_s=pace_m_s, turned=facing is not None)
    index = next(i for i, m in enumerate(marks) if m.arrive_frame == at_frame)
    here = without_left(here, blocking, marks, index)
    if look is not None:
        _known(here, "block.look", look)
    blocking = _blocking(here, character)
    target = look or (to if isinstance(to, str) else "")
    fields: dict[str, object] = {"marks": marks}
    if look is not None:
        gaze = Gaze(frame=at_frame, target=target)
        fields["gazes"] = _gazes(blocking.gazes, gaze)
    if act is not None:
        fields["acts"] = _acts(film, blocking, act, mark, target)
    if feeling is not None:
        fields["feelings"] = _feelings(blocking.feelings, feeling, at_frame)
    return film.with_scene(here.with_blocking(blocking.changed(**fields)))


def _blocking(scene: Scene, character: str) -> Blocking:
    for blocking in scene.blocking:
        if blocking.character == character:
            return blocking
    raise UnknownNameError(
        "block.character", character, [b.character for b in scene.blocking]
    )


def _scene(film: Film, name: str) -> Scene:
    for scene in film.scenes:
        if str(name) in (scene.number, scene.id):
            return scene
    raise UnknownNameError("block.scene", str(name), [s.number for s in film.scenes])


def _one_of(kind: type[_Named], field: str, name: str) -> _Named:
    if name not in set(kind):
        raise UnknownNameError(field, name, [str(k) for k in kind])
    return kind(name)


def _check_frame(scene: Scene, blocking: Blocking, at_frame: int) -> None:
    last = scene.length_frames - 1
    if blocking.exit_frame is not None:
        last = min(last, blocking.exit_frame - 1)
    if not isinstance(at_frame, int) or not blocking.enter_frame < at_frame <= last:
        raise ModelError(
            f"block.at_frame must be {blocking.enter_frame + 1} to {last}, while "
            f"{blocking.character} is on the set, got {at_frame}. Pass such a frame."
        )


def _known(scene: Scene, field: str, name: str) -> None:
    names = [b.character for b in scene.blocking]
    names += [s.name for s in scene.set.spots]
    names += [p.id for p in scene.set.pieces] + [p.id for p in scene.props]
    if name not in names:
        raise UnknownNameError(field, name, names)


def _at(blocking: Blocking, frame: int) -> Vec3:
    mark = blocking.marks[0]
    for later in blocking.marks:
        if later.arrive_frame <= frame:
            mark = later
    return mark.position_m


def others_at(scene: Scene, character: str, frame: int) -> list[Vec3]:
    """Return where the others on the set have their marks at a frame."""
    return [
        _at(b, frame)
        for b in scene.blocking
        if b.character != character
        and b.enter_frame <= frame
        and (b.exit_frame is None or frame < b.exit_frame)
    ]


def place_asked(
    floor: Floor,
    scene: Scene,
    blocking: Blocking,
    to: str | tuple[float, float],
    at_frame: int,
    posture: Posture | None,
) -> tuple[Vec3, Spot | None]:
    """Return where the mark is, and the spot that it is on, if any."""
    taken = others_at(scene, blocking.character, at_frame)
    if not isinstance(to, str):
        return _point(floor, to), None
    spots = [s for s in scene.set.spots if to == s.name or to in s.words]
    if posture is not None and any(s.posture is posture for s in spots):
        spots = [s for s in spots if s.posture is posture]
    if spots:
        return _spot(floor, to, spots, taken)
    come = _at(blocking, at_frame)
    for other in scene.blocking:
        if other.character == to and to != blocking.character:
            there = _at(other, at_frame)
            toward = bearing_deg(there, come)
            place = floor.near(there, taken, distance_m=_BESIDE_M, facing_deg=toward)
            return place, None
    for piece in scene.set.pieces:
        if piece.id == to:
            return floor.by_piece(piece, come, taken), None
    _known(scene, "block.to", to)
    raise ModelError(
        f"block.to must be somewhere to go, got {to!r}. Pass a spot, a piece of the "
        "set, somebody else, or (x, z)."
    )


def _point(floor: Floor, to: tuple[float, float]) -> Vec3:
    numbers = (
        isinstance(to, Sequence)
        and len(to) == 2
        and all(isinstance(v, (int, float)) and math.isfinite(v) for v in to)
    )
    if not numbers:
        raise ModelError(
            f"block.to must be (x, z) in metres, got {to}. Pass such as (1.5, -0.5)."
        )
    place = (float(to[0]), 0.0, float(to[1]))
    if not floor.open(place):
        w, _, d = floor.set_.size_m
        near = floor.near(place, (), distance_m=0.5, line_of_sight=False)
        raise ModelError(
            f"block.to must be clear of walls and furniture on a floor of {w:g} by "
            f"{d:g} m, got {to}. Pass such as ({near[0]:.2f}, {near[2]:.2f})."
        )
    return place


def _spot(
    floor: Floor, name: str, spots: list[Spot], taken: list[Vec3]
) -> tuple[Vec3, Spot | None]:
    for spot in sorted(spots, key=lambda s: s.name != name):
        if all(apart_m(spot.position_m, other) >= 0.5 for other in taken):
            return spot.position_m, spot
    if spots[0].posture is Posture.STAND:
        return floor.near(
            spots[0].position_m, taken, distance_m=0.8, line_of_sight=False
        ), None
    raise ModelError(
        f"block.to must be a free seat, got {name!r}: {len(spots)} of them, all "
        'taken. Pass posture="stand" and (x, z), or move somebody first.'
    )


def _facing(
    scene: Scene,
    facing: str | float | None,
    place: Vec3,
    frame: int,
    spot: Spot | None,
) -> float:
    if facing is None:
        return spot.facing_deg if spot is not None else 0.0
    if not isinstance(facing, str):
        return float(facing)
    _known(scene, "block.facing", facing)
    places = {s.name: s.position_m for s in scene.set.spots}
    places |= {p.id: p.position_m for p in scene.set.pieces}
    places |= {p.piece.id: p.piece.position_m for p in scene.props}
    places |= {b.character: _at(b, frame) for b in scene.blocking}
    return round(bearing_deg(place, places[facing]), 1)


class _Ways:
    """Plans the ways to a new mark and on from it, round whoever stands about.

    Args:
        film: The film.
        scene: Its scene.
        floor: Of the scene's set.
        around: Where the others stand when the new mark is reached.
    """

    def __init__(
        self, film: Film, scene: Scene, floor: Floor, *, around: list[Vec3]
    ) -> None:
        self._film, self._scene, self._floor = film, scene, floor
        self._stood: list[Stood] = [(o[0], o[2], KEPT_M) for o in around]

    def planned(
        self, blocking: Blocking, mark: Mark, *, pace_m_s: float | None, turned: bool
    ) -> tuple[Mark, ...]:
        """Return all marks with the new one among them, each way planned anew.

        Args:
            blocking: Its marks as they are.
            mark: The new one.
            pace_m_s: How fast they walk there, if somebody asks for that.
            turned: Whether somebody asks where they face on it.
        """
        at_frame = mark.arrive_frame
        before = [m for m in blocking.marks if m.arrive_frame < at_frame]
        after = [m for m in blocking.marks if m.arrive_frame > at_frame]
        come, mark = self._there(before, mark, pace_m_s=pace_m_s, turned=turned)
        kept = [m for m in before if m.arrive_frame < come.arrive_frame]
        return (*kept, come, *self._onward(mark, after))

    def _there(
        self, before: list[Mark], mark: Mark, *, pace_m_s: float | None, turned: bool
    ) -> tuple[Mark, Mark]:
        """Return the mark that is left for the new one, and the new one.

        It is the last before it from which there is time to walk at that pace, or the
        first of all.
        """
        pace = _checked_pace(pace_m_s)
        at_frame, rate = mark.arrive_frame, self._film.rate
        come = before[-1]
        via: tuple[Vec3, ...] = ()
        long, begins = 0.0, at_frame
        for come in reversed(before):
            via = way_between(
                self._floor, come.position_m, mark.position_m, self._stood
            )
            long = walked_m((come.position_m, *via, mark.position_m))
            begins = at_frame - rate.frames(long / pace)
            if begins >= come.arrive_frame or come is before[0]:
                break
        fixed = pace_m_s is not None
        begins = _leaves(self._film, come, begins, long, at_frame, fixed=fixed)
        walked = rate.seconds(max(at_frame - begins, 1))
        last = via[-1] if via else come.position_m
        along = round(bearing_deg(last, mark.position_m), 1)
        return come.changed(leave_frame=begins), mark.changed(
            via=via,
            pace_m_s=round(max(long / walked, 0.05), 3) if long > 0.05 else None,
            facing_deg=mark.facing_deg if turned or mark.spot else along,
        )

    def _onward(self, mark: Mark, after: list[Mark]) -> tuple[Mark, ...]:
        """Return the new mark, left in time for the next, and those that follow."""
        if not after:
            end = self._scene.length_frames
            return (mark.changed(leave_frame=max(end, mark.arrive_frame)),)
        following = after[0]
        way = way_between(
            self._floor, mark.position_m, following.position_m, self._stood
        )
        long = walked_m((mark.position_m, *way, following.position_m))
        walked = self._film.rate.frames(long / (following.pace_m_s or WALK_M_S))
        arrive = following.arrive_frame
        leaves = _leaves(self._film, mark, arrive - walked, long, arrive, fixed=False)
        fresh = following.changed(via=way, pace_m_s=None)
        return (mark.changed(leave_frame=leaves), fresh, *after[1:])


def _checked_pace(pace_m_s: float | None) -> float:
    """Return the pace that is asked for, else a walk.

    Raises:
        ModelError: If nobody walks so.
    """
    pace = WALK_M_S if pace_m_s is None else pace_m_s
    if not isinstance(pace, (int, float)) or not 0 < pace <= FASTEST_M_S:
        raise ModelError(
            f"block.pace_m_s must be > 0 and <= {FASTEST_M_S:g} m/s, got {pace!r}. "
            "Pass such as 1.3."
        )
    return pace


def _leaves(
    film: Film, mark: Mark, begins: int, long: float, arrive: int, *, fixed: bool
) -> int:
    """Return when a mark is left, or raise if nobody is so fast.

    Raises:
        ModelError: If there is no time to walk.
    """
    if begins >= mark.arrive_frame:
        return begins
    time_s = film.rate.seconds(arrive - mark.arrive_frame)
    needed = long / max(time_s, 1e-9)
    if fixed or needed > FASTEST_M_S:
        earliest = mark.arrive_frame + film.rate.frames(long / WALK_M_S)
        raise ModelError(
            f"block.at_frame must leave time to walk {long:.1f} m, got {arrive}: the "
            f"mark before is reached at {mark.arrive_frame}, which asks for "
            f"{needed:.1f} m/s. Arrive at {earliest} or later, or pass a faster "
            "pace_m_s."
        )
    return mark.arrive_frame


def way_between(
    floor: Floor, start: Vec3, goal: Vec3, stood: list[Stood]
) -> tuple[Vec3, ...]:
    """Return where the way between two places bends.

    Raises:
        ModelError: If there is no way.
    """
    way = floor.ways.way(start, goal, stood)
    if not way.reached:
        raise ModelError(
            f"block.to must be a place that a way leads to, got ({goal[0]:.2f}, "
            f"{goal[2]:.2f}). The nearest is ({way.goal[0]:.2f}, {way.goal[2]:.2f}).",
            plain=no_way(goal, way.goal),
        )
    return way.via


def _gazes(gazes: tuple[Gaze, ...], fresh: Gaze) -> tuple[Gaze, ...]:
    kept = [gaze for gaze in gazes if gaze.frame != fresh.frame]
    return tuple(sorted((*kept, fresh), key=lambda gaze: gaze.frame))


def _feelings(felt: tuple[Feeling, ...], name: str, frame: int) -> tuple[Feeling, ...]:
    fresh = Feeling(frame=frame, emotion=_one_of(Emotion, "block.feeling", name))
    kept = [feeling for feeling in felt if feeling.frame != fresh.frame]
    return tuple(sorted((*kept, fresh), key=lambda feeling: feeling.frame))


def _acts(
    film: Film, blocking: Blocking, act: str, mark: Mark, target: str
) -> tuple[Act, ...]:
    kind = _one_of(ActKind, "block.act", act)
    frame = mark.arrive_frame + film.rate.frames(0.5)
    fresh = Act(kind=kind, frame=frame, target=target)
    kept = [old for old in blocking.acts if old.frame != frame]
    return tuple(sorted((*kept, fresh), key=lambda a: a.frame))
