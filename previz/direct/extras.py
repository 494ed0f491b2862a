"""The people in the background, where the action speaks of a crowd.

They are ordinary characters with ordinary blocking who stay where they are. They are
no part of the cast that speaks: coverage never takes them as its subjects, and
cameras only see to it that they stand before nobody.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.direct import names
from previz.direct.floor import Floor, apart_m, bearing_deg, step
from previz.direct.lexicon import NUMBERS
from previz.direct.looks import Hints, look
from previz.direct.passers_by import lanes_of, passers_by
from previz.model import (
    Blocking,
    Character,
    ElementKind,
    Mark,
    Posture,
    Rate,
    Screenplay,
    ScriptScene,
    Vec3,
)

__all__ = ["MOST_EXTRAS", "crowd_size", "extras_of", "has_crowd", "place_extras"]

MOST_EXTRAS = 50
USUAL_EXTRAS = 8
"""Enough to fill a room's background where the text gives no number."""

_HOW_MANY = NUMBERS | {
    "dozen": 12, "dozens": 30, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 50,
    "hundred": 50, "hundreds": 50, "thousand": 50, "thousands": 50, "packed": 24,
    "crammed": 24, "deep": 16,
}  # fmt: skip
"""How many a word beside the crowd's means, as far as they are drawn."""

_CROWD = re.compile(
    r"\b(?:crowds?|customers|patrons|guests|audience|commuters|passers-?by|onlookers"
    r"|bystanders|spectators|shoppers|diners|drinkers|mourners|tourists|pedestrians"
    r"|worshippers|congregation|partygoers|travell?ers|revell?ers|regulars|mob|throng)"
    r"\b",
    re.I,
)
_NOBODY = re.compile(r"\b(?:no|without(?: a)?|not a|empty of|never a)\s+\w*\s*$", re.I)
_FROM_LEADS_M = 1.5
_APART_M = 0.8
_LANE_M = 0.75
"""What keeps from the middle of a way on which others walk past."""
_FLOOR_EACH_M2 = 5.0
_FLOOR_IN_A_CROWD_M2 = 1.8
_NEAR_LETTERS = 40


@dataclass(frozen=True)
class _Place:
    """Where somebody of the background may be all through a scene."""

    position_m: Vec3
    facing_deg: float
    posture: Posture = Posture.STAND
    spot: str = ""


def has_crowd(scene: ScriptScene) -> bool:
    """Whether the scene's action speaks of people beside its cast."""
    for element in scene.elements:
        if element.kind is not ElementKind.ACTION:
            continue
        for match in _CROWD.finditer(element.text):
            if not _NOBODY.search(element.text[: match.start()]):
                return True
    return False


def crowd_size(scene: ScriptScene) -> int:
    """Return how many people a scene's action speaks of beside its cast."""
    if not has_crowd(scene):
        return 0
    most = 0
    for element in scene.elements:
        if element.kind is not ElementKind.ACTION:
            continue
        for match in _CROWD.finditer(element.text):
            near = element.text[
                max(0, match.start() - _NEAR_LETTERS) : match.end() + _NEAR_LETTERS
            ]
            words = re.findall(r"[a-z]+", near.lower())
            told = [int(n) for n in re.findall(r"(?<![(\d])\b\d{1,4}\b(?![)\d])", near)]
            most = max(most, *told, *(_HOW_MANY.get(w, 0) for w in words), 0)
    return min(most, MOST_EXTRAS) if most > 2 else USUAL_EXTRAS


def extras_of(
    screenplay: Screenplay, *, cast: Sequence[Character], seed: int
) -> tuple[Character, ...]:
    """Return the film's background people; none if no action speaks of any."""
    most = max((crowd_size(scene) for scene in screenplay.scenes), default=0)
    taken = {character.id for character in cast}
    extras = []
    for k in range(most):
        identifier = names.unique(f"crowd-{k + 1}", taken)
        taken.add(identifier)
        hints = Hints(None, 26.0 + (k * 17) % 34, frozenset(), "")
        extras.append(
            look(
                identifier,
                name=f"Crowd {k + 1}",
                index=len(cast) + k,
                hints=hints,
                seed=seed,
            ).changed(background=True)
        )
    return tuple(extras)


def place_extras(
    extras: Sequence[Character],
    *,
    floor: Floor,
    leads: Sequence[Blocking],
    length_frames: int,
    rate: Rate,
    seed: int,
) -> tuple[Blocking, ...]:
    """Seat, stand and walk background people clear of the leads and their ways.

    Args:
        extras: Who may be placed; as many as there is room for.
        floor: The set.
        leads: Blocking of the cast.
        length_frames: Of the scene.
        rate: Frames a second.
        seed: Varies who walks past.
    """
    if floor.vehicle:
        return ()
    room = _room_for(len(extras), floor)
    kept = np.array([p for b in leads for p in _way(b)]).reshape(-1, 3)
    walking = passers_by(
        extras[:room],
        lanes_of(floor, kept),
        length_frames=length_frames,
        rate=rate,
        seed=seed,
    )
    gone = {b.character for b in walking}
    staying = [extra for extra in extras if extra.id not in gone]
    lanes_z_m = {b.marks[0].position_m[2] for b in walking}
    places = _places(floor, kept, lanes_z_m, wanted=room - len(walking))
    standing = (
        _still(extra.id, place, _facing(place, places, floor), length_frames)
        for extra, place in zip(staying, places, strict=False)
    )
    return (*standing, *walking)


def _still(
    character: str, place: _Place, facing_deg: float, length_frames: int
) -> Blocking:
    """Return the blocking of somebody who stays where they are."""
    mark = Mark(
        position_m=place.position_m,
        facing_deg=round(facing_deg, 1),
        arrive_frame=0,
        leave_frame=length_frames,
        posture=place.posture,
        spot=place.spot,
    )
    return Blocking(character=character, marks=(mark,))


def _room_for(count: int, floor: Floor) -> int:
    """Return how many of so many people the floor takes."""
    w, _, d = floor.set_.size_m
    each = _FLOOR_EACH_M2 if count <= USUAL_EXTRAS else _FLOOR_IN_A_CROWD_M2
    return min(count, max(2, int(w * d / each)))


def _places(
    floor: Floor, kept: NDArray[np.float64], lanes_z_m: set[float], *, wanted: int
) -> list[_Place]:
    """Return up to so many places clear of each other, the leads and the lanes.

    Half of them are seats, as far as there are free ones.
    """
    placed: list[_Place] = []
    seats = _seats(floor)
    for place in (*seats[::2], *seats[1::2]):
        if not _off_lanes(place.position_m, lanes_z_m):
            continue
        if len(placed) < (wanted + 1) // 2 and _clear(place, kept, placed, 0.6):
            placed.append(place)
    for place in _standing(floor):
        if len(placed) >= wanted:
            break
        if not _off_lanes(place.position_m, lanes_z_m):
            continue
        if _clear(place, kept, placed, _APART_M) and floor.open(place.position_m):
            placed.append(place)
    return placed


def _off_lanes(point: Vec3, lanes_z_m: set[float]) -> bool:
    return all(abs(point[2] - z) >= _LANE_M for z in lanes_z_m)


def _way(blocking: Blocking) -> Iterator[Vec3]:
    """Yield points at most 0.4 m apart along everything that somebody walks."""
    last: Vec3 | None = None
    for mark in blocking.marks:
        for point in (*mark.via, mark.position_m):
            if last is not None:
                count = math.ceil(apart_m(last, point) / 0.4)
                for k in range(1, count):
                    f = k / count
                    yield (
                        last[0] + (point[0] - last[0]) * f,
                        0.0,
                        last[2] + (point[2] - last[2]) * f,
                    )
            yield point
            last = point


def _seats(floor: Floor) -> list[_Place]:
    return [
        _Place(s.position_m, s.facing_deg, s.posture, s.name)
        for s in floor.set_.spots
        if s.posture is Posture.SIT and "bed" not in s.words
    ]


def _standing(floor: Floor) -> Iterator[_Place]:
    """Yield places over the floor in twos that can talk, from the middle outward."""
    w, _, d = floor.set_.size_m
    steps = [
        (x, z)
        for x in np.arange(-w / 2 + 0.7, w / 2 - 0.6, 1.5)
        for z in np.arange(-d / 2 + 0.7, d / 2 - 0.6, 1.3)
    ]
    middle = floor.meeting[0]
    steps.sort(key=lambda p: round(math.hypot(p[0] - middle[0], p[1] - middle[2]), 3))
    for k, (x, z) in enumerate(steps):
        first: Vec3 = (round(float(x), 3), 0.0, round(float(z), 3))
        turn = (47.0 * k) % 360.0
        other = step(first, turn, 0.95)
        second: Vec3 = (round(other[0], 3), 0.0, round(other[2], 3))
        yield _Place(first, turn)
        yield _Place(second, turn + 180.0)


def _clear(
    place: _Place, leads: NDArray[np.float64], placed: Sequence[_Place], apart: float
) -> bool:
    point = place.position_m
    gaps = np.hypot(leads[:, 0] - point[0], leads[:, 2] - point[2])
    far = not len(leads) or float(gaps.min()) >= _FROM_LEADS_M
    return far and all(apart_m(point, other.position_m) >= apart for other in placed)


def _facing(place: _Place, placed: Sequence[_Place], floor: Floor) -> float:
    """Sitters face as their seat; who stands faces their neighbour, else the room."""
    if place.posture is not Posture.STAND:
        return place.facing_deg
    here = place.position_m
    others = [other.position_m for other in placed if other is not place]
    near = min(others, key=lambda o: apart_m(o, here), default=None)
    if near is None or apart_m(near, here) > 2.0:
        near = floor.meeting[0]
    if apart_m(near, here) < 0.1:
        return place.facing_deg
    return math.remainder(bearing_deg(here, near), 360.0)
