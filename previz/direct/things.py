"""The things of a scene that hands take: where each lies and who holds it when."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from previz.direct import names
from previz.direct.floor import Floor, apart_m
from previz.direct.hand_props import hand_prop
from previz.direct.lexicon import word_set
from previz.direct.objects import alike, single
from previz.model import Hold, PlaceKey, Prop, Quaternion, Rate, SetPiece, Vec3

__all__ = ["Thing", "Things"]

_SEATS_M = {
    "chair": 0.47, "office-chair": 0.48, "armchair": 0.44, "sofa": 0.44, "bed": 0.56,
    "bench": 0.46, "hospital-bed": 0.62, "pew": 0.46,
}  # fmt: skip
"""Where things lie on what has a back: below its full height."""
_NO_SURFACE = word_set(
    "wall floor ceiling ground rug picture clock mirror sign curtain lamp-post tree "
    "conifer bush hill facade column parapet canopy pendant strip-light light-panel "
    "window road sidewalk marking fence noticeboard screen arch plant floor-lamp tv "
    "wall-cabinet bookcase cupboard fridge banner tableware papers computer"
)
_FOUND_AS = {
    "letter": "papers", "paper": "papers", "book": "papers", "documents": "papers",
    "reel": "film-reel", "can": "film-reel", "telephone": "phone", "lamp": "table-lamp",
    "luggage": "suitcase", "case": "suitcase",
}  # fmt: skip
"""The kind of set piece that a noun may mean."""
_OFF_EDGE_M = 0.16
_BETWEEN_M = 0.24
_LARGEST_M = 0.8
_GRAVITY_M_S2 = 9.81
_TWO_HANDS_M = 0.29


@dataclass
class Thing:
    """One thing that is moved during the scene."""

    piece: SetPiece
    noun: str
    place: Vec3
    holder: str = ""
    holds: dict[int, Hold] = field(default_factory=dict)
    keys: dict[int, PlaceKey] = field(default_factory=dict)
    since: int = 0
    until: int | None = None
    touched: int = 0

    @property
    def id(self) -> str:
        """The prop's id."""
        return self.piece.id

    @property
    def needs_both_hands(self) -> bool:
        """Whether it is wide enough to be carried before the chest."""
        wide = self.piece.kind in ("box", "tray", "chair", "table-lamp", "film-can")
        return wide and max(self.piece.size_m) > _TWO_HANDS_M


class Things:
    """All the things of one scene.

    Args:
        floor: The set that they lie in.
        rate: Frames a second.
        seed: Varies how they look.
    """

    def __init__(self, floor: Floor, *, rate: Rate, seed: int) -> None:
        self._floor = floor
        self._rate = rate
        self._seed = seed
        self._all: list[Thing] = []
        self._moved: set[str] = set()
        spots = {s.name for s in floor.set_.spots}
        self._taken = {p.id for p in floor.set_.pieces} | spots
        self.last: Thing | None = None
        """What was handled last: what "it" means."""

    def known(self, noun: str) -> Thing | None:
        """Return a thing of the scene that the noun means, the last handled first."""
        named = [t for t in self._all if alike(t.noun, noun) and t.until is None]
        return max(named, key=lambda t: t.touched, default=None)

    def found(self, noun: str) -> Thing | None:
        """Return a thing that lies on the set, and move it from set to props."""
        kinds = {single(noun), noun, _FOUND_AS.get(single(noun), "")}
        for piece in self._floor.set_.pieces:
            small = max(piece.size_m) <= _LARGEST_M
            if piece.kind in kinds and small and piece.id not in self._moved:
                break
        else:
            return None
        self._moved.add(piece.id)
        like = hand_prop(noun, id=piece.id, seed=self._look(noun))
        if like is not None and piece.kind != "phone":
            piece = like.changed(position_m=piece.position_m, yaw_deg=piece.yaw_deg)
        return self._keep(Thing(piece, noun, piece.position_m))

    def made(self, noun: str, place: Vec3, *, since: int = 0) -> Thing | None:
        """Return a new thing at a place; None for a noun that is no such thing."""
        piece = hand_prop(noun, id="thing", seed=self._look(noun))
        if piece is None:
            return None
        identifier = names.unique(
            names.slug(single(noun), fallback="prop"), self._taken
        )
        piece = piece.changed(id=identifier, position_m=_rounded(place))
        return self._keep(Thing(piece, noun, place, since=since))

    def lifted(self, phone: Thing, frame: int) -> Thing | None:
        """Take the handset off a desk telephone, whose cradle stays; return it."""
        x, y, z = phone.piece.position_m
        lies = (x, y + 0.6 * phone.piece.size_m[1], z)
        handset = self.made("receiver", lies, since=frame)
        name = names.unique(f"{phone.id}-cradle", self._taken)
        cradle = phone.piece.changed(id=name, kind="phone-cradle")
        self._keep(Thing(cradle, "cradle", phone.place, since=frame))
        phone.until = frame
        return handset

    def _keep(self, thing: Thing) -> Thing:
        self._taken.add(thing.id)
        self._all.append(thing)
        return thing

    def _look(self, noun: str) -> int:
        return int(names.dice(self._seed, single(noun)).integers(1 << 31))

    def hold(
        self,
        thing: Thing,
        person: str,
        frame: int,
        hand: Literal["left", "right", "both"],
    ) -> None:
        """Let somebody hold a thing from `frame` on."""
        if thing.keys and frame - 1 > max(thing.keys):
            last = thing.keys[max(thing.keys)]
            thing.keys[frame - 1] = last.changed(frame=frame - 1)
        thing.holds[frame] = Hold(frame=frame, character=person, hand=hand)
        self._touch(thing, person, frame)

    def lay(
        self, thing: Thing, place: Vec3, frame: int, *, yaw_deg: float = 0.0
    ) -> None:
        """Leave a thing at a place from `frame` on."""
        self._key(thing, place, frame, _about_y(yaw_deg))
        self._touch(thing, "", frame)
        thing.place = place

    def hang(
        self, thing: Thing, place: Vec3, frame: int, *, yaw_deg: float = 0.0
    ) -> None:
        """Leave a flat thing upright before a wall that faces `yaw_deg`."""
        half, tilt = math.radians(yaw_deg) / 2, math.radians(90.0) / 2
        c, s, a, b = math.cos(half), math.sin(half), math.sin(tilt), math.cos(tilt)
        rotation = (c * a, s * b, -s * a, c * b)
        self._key(thing, place, frame, _rounded_turn(rotation))
        self._touch(thing, "", frame)
        thing.place = place

    def fly(
        self, thing: Thing, start: Vec3, through: Vec3, frame: int, *, speed: float
    ) -> int:
        """Throw a thing along an arc; return the frame at which it comes to rest.

        It leaves `start` so that it passes `through`, and falls on until the floor or
        what stands in its way.

        Args:
            thing: What flies.
            start: Where the hand lets go, metres.
            through: What it is thrown at, metres.
            frame: When the hand lets go.
            speed: Metres a second over the floor; 0 lets it drop.
        """
        far = apart_m(start, through)
        flies_s = far / speed if speed > 0 and far > 0.1 else 0.0
        drift = tuple(
            (through[k] - start[k]) / flies_s if flies_s else 0.0 for k in (0, 2)
        )
        rise = (
            (through[1] - start[1]) / flies_s + _GRAVITY_M_S2 * flies_s / 2
            if flies_s
            else 0.0
        )
        place, step, tumble = start, 0, 0.0
        while step < self._rate.frames(4.0):
            self._key(thing, place, frame + step, _about_x(tumble))
            step += 1
            t = self._rate.seconds(step)
            place, drift, landed = self._flown(start, place, drift, rise, t)
            tumble += 14.0 if flies_s else 4.0
            if landed:
                break
        # It ends lying as it stands, the way it is built.
        self._key(thing, place, frame + step, _about_x(0.0))
        self._touch(thing, "", frame + step)
        thing.place = place
        return frame + step

    def _flown(
        self,
        start: Vec3,
        at: Vec3,
        drift: tuple[float, ...],
        rise: float,
        seconds: float,
    ) -> tuple[Vec3, tuple[float, ...], bool]:
        """Return where an arc has come, its drift from now on, and whether it ends."""
        step = self._rate.seconds(1)
        y = start[1] + rise * seconds - _GRAVITY_M_S2 * seconds**2 / 2
        place = (at[0] + drift[0] * step, max(y, 0.0), at[2] + drift[1] * step)
        inside = self._floor.contains(place, margin_m=0.1)
        if not inside or self._floor.obstacles.blocked(at, place):
            drift, place = (0.0, 0.0), (at[0], max(y, 0.0), at[2])
        under = self.surface_m(place, below=at[1] + 0.02)
        if place[1] <= under:
            return (place[0], under, place[2]), drift, True
        return place, drift, False

    def surface_m(self, place: Vec3, *, below: float = 2.0) -> float:
        """Return the height of what a thing would come to rest on."""
        tops = [0.0]
        for piece in self._floor.set_.pieces:
            top = self.top_m(piece)
            if top is not None and top <= below and _over(piece, place, margin=0.0):
                tops.append(top)
        return max(tops)

    def top_m(self, piece: SetPiece) -> float | None:
        """Return the height of what lies on a piece; None if nothing does."""
        if piece.kind in _NO_SURFACE or piece.id in self._moved:
            return None
        top = piece.position_m[1] + _SEATS_M.get(piece.kind, piece.size_m[1])
        wide = min(piece.size_m[0], piece.size_m[2]) >= 0.2
        return top if wide and 0.2 < top < 1.45 else None

    def surface(self, words: Iterable[str], near: Vec3) -> SetPiece | None:
        """Return the piece that words name and things can lie on, the nearest."""
        wanted = {w for word in words for w in (word, single(word))}
        named = [
            p
            for p in self._floor.set_.pieces
            if self.top_m(p) is not None and wanted & set(p.kind.split("-"))
        ]

        def least(piece: SetPiece) -> tuple[bool, bool, float]:
            # "The bar" is the counter that is called so, not the stools at it.
            head = piece.kind.split("-")[-1]
            seat = head in ("stool", *_SEATS_M)
            return head not in wanted, seat, apart_m(piece.position_m, near)

        return min(named, key=least, default=None)

    def any_surface(self, near: Vec3, *, within_m: float) -> SetPiece | None:
        """Return the nearest piece that things are laid on: no seat, no bed."""
        tables = [
            (_edge_m(p, near), p)
            for p in self._floor.set_.pieces
            if (top := self.top_m(p)) is not None
            and 0.38 < top < 1.25
            and p.kind not in _SEATS_M
            and min(p.size_m[0], p.size_m[2]) >= 0.3
        ]
        far, piece = min(tables, key=lambda f: f[0], default=(math.inf, None))
        return piece if far <= within_m else None

    def on_top(
        self, piece: SetPiece, near: Vec3, *, beside: Thing | None = None
    ) -> Vec3:
        """Return a free place on a piece, by its edge towards somebody.

        Args:
            piece: What to lay something on.
            near: Where who lays it comes from.
            beside: A thing to lay it next to, if any.
        """
        top = self.top_m(piece)
        height = top if top is not None else piece.position_m[1] + piece.size_m[1]
        x, z = _local(piece, near if beside is None else beside.place)
        half = [max(side / 2 - _OFF_EDGE_M, 0.0) for side in piece.size_m[::2]]
        x, z = (min(max(v, -h), h) for v, h in zip((x, z), half, strict=True))
        others = [t.place for t in self._all if not t.holder and t.until is None] + [
            p.position_m
            for p in self._floor.set_.pieces
            if abs(p.position_m[1] - height) < 0.1 and p.id not in self._moved
        ]
        best: tuple[float, Vec3] | None = None
        for dx in (0.0, 0.26, -0.26, 0.52, -0.52):
            for dz in (0.0, 0.26, -0.26):
                a = min(max(x + dx, -half[0]), half[0])
                b = min(max(z + dz, -half[1]), half[1])
                place = _world(piece, a, height, b)
                gap = min((apart_m(place, o) for o in others), default=9.0)
                cost = max(_BETWEEN_M - gap, 0.0) * 10 + math.hypot(a - x, b - z)
                # Of places as good, the one that is nearest to who lays it.
                cost += 0.2 * apart_m(place, near)
                if best is None or cost < best[0] - 1e-9:
                    best = (cost, place)
        assert best is not None
        return best[1]

    def _key(self, thing: Thing, place: Vec3, frame: int, rotation: Quaternion) -> None:
        thing.keys[frame] = PlaceKey(
            frame=frame, position_m=_rounded(place), rotation=rotation
        )

    def _touch(self, thing: Thing, holder: str, frame: int) -> None:
        thing.holder, thing.touched, self.last = holder, frame, thing

    def props(self) -> tuple[Prop, ...]:
        """Return everything that is moved, in the order in which it first was."""
        return tuple(
            Prop(
                piece=thing.piece,
                holds=tuple(thing.holds[f] for f in sorted(thing.holds)),
                keys=tuple(thing.keys[f] for f in sorted(thing.keys)),
                from_frame=thing.since,
                until_frame=thing.until,
            )
            for thing in self._all
        )

    @property
    def moved(self) -> frozenset[str]:
        """Ids of set pieces that are props in this scene."""
        return frozenset(self._moved)


def _rounded(place: Sequence[float]) -> Vec3:
    return (round(place[0], 3), round(place[1], 3), round(place[2], 3))


def _rounded_turn(rotation: Quaternion) -> Quaternion:
    x, y, z, w = (round(v, 6) for v in rotation)
    return x, y, z, w


def _local(piece: SetPiece, point: Vec3) -> tuple[float, float]:
    turn = math.radians(piece.yaw_deg)
    c, s = math.cos(turn), math.sin(turn)
    dx, dz = point[0] - piece.position_m[0], point[2] - piece.position_m[2]
    return c * dx - s * dz, s * dx + c * dz


def _world(piece: SetPiece, x: float, y: float, z: float) -> Vec3:
    turn = math.radians(piece.yaw_deg)
    c, s = math.cos(turn), math.sin(turn)
    px, _, pz = piece.position_m
    return _rounded((px + c * x + s * z, y, pz - s * x + c * z))


def _over(piece: SetPiece, place: Vec3, *, margin: float) -> bool:
    x, z = _local(piece, place)
    return (
        abs(x) <= piece.size_m[0] / 2 + margin
        and abs(z) <= piece.size_m[2] / 2 + margin
    )


def _edge_m(piece: SetPiece, near: Vec3) -> float:
    x, z = _local(piece, near)
    return math.hypot(
        max(abs(x) - piece.size_m[0] / 2, 0.0), max(abs(z) - piece.size_m[2] / 2, 0.0)
    )


def _about_y(angle_deg: float) -> Quaternion:
    half = math.radians(angle_deg) / 2
    return (0.0, round(math.sin(half), 6), 0.0, round(math.cos(half), 6))


def _about_x(angle_deg: float) -> Quaternion:
    half = math.radians(angle_deg) / 2
    return (round(math.sin(half), 6), 0.0, 0.0, round(math.cos(half), 6))
