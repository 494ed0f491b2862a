"""Turn a dressed floor plan into a set: seats, standing spots, mirror image."""

from __future__ import annotations

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

from previz.direct.places.dressing import Dressing, Wish, near
from previz.model import Opening, Posture, Set, SetPiece, Spot
from previz.stage import Obstacles

__all__ = ["APART_M", "CLEAR_M", "finish", "seats_of"]

CLEAR_M = 0.45
"""What a standing spot keeps from pieces and walls."""

APART_M = 0.8
"""What standing spots keep from each other."""

BESIDE: dict[str, tuple[str, ...]] = {
    "stove": ("stove", "cooker", "oven", "pan", "pot"),
    "fridge": ("fridge", "refrigerator", "freezer"),
    "counter": ("counter", "sink", "tap", "dishes"),
    "worktop": ("counter", "island", "till", "register", "cash"),
    "table": ("table",),
    "round-table": ("table",),
    "desk": ("desk",),
    "bookcase": ("bookcase", "bookshelf", "shelf", "shelves", "books", "book"),
    "shelf": ("shelf", "shelves", "rack"),
    "cupboard": ("cupboard", "wardrobe", "closet", "cabinet"),
    "bar-counter": ("bar", "counter"),
    "bed": ("bed", "bedside"),
    "hospital-bed": ("bed", "bedside"),
    "piano": ("piano", "keys"),
    "projector": ("projector", "machine"),
    "tv": ("tv", "television", "set"),
    "screen": ("screen",),
    "mirror": ("mirror",),
    "blackboard": ("blackboard", "board", "whiteboard"),
    "altar": ("altar",),
    "pulpit": ("pulpit", "lectern"),
    "bench": ("bench",),
    "car": ("car", "vehicle", "taxi", "cab", "van"),
    "lamp-post": ("lamp", "lamppost", "streetlight", "light"),
    "tree": ("tree", "trees"),
    "conifer": ("tree", "trees"),
    "rock": ("rock", "boulder"),
    "dumpster": ("dumpster", "bins", "trash"),
    "crates": ("crates", "boxes"),
    "parapet": ("edge", "ledge", "parapet"),
    "water-tank": ("tank", "water tank"),
    "stair-house": ("door", "doorway", "stairs"),
    "train": ("train", "carriage"),
    "stairs": ("stairs", "staircase", "steps"),
    "basin": ("basin", "sink", "washbasin"),
    "bath": ("bath", "tub", "bathtub"),
    "water": ("water", "sea", "shore", "lake"),
    "phone": ("phone", "telephone"),
    "computer": ("computer", "monitor", "screen"),
    "house": ("house", "porch", "door"),
    "bicycle": ("bicycle", "bike"),
    "pickup-truck": ("truck", "pickup", "wreck", "vehicle"),
    "fuel-pump": ("pump", "pumps"),
    "trolley": ("trolley", "cart", "gurney"),
    "payphone": ("payphone", "phone", "telephone"),
    "suitcase": ("suitcase", "case", "luggage"),
    "bus-stop": ("stop", "shelter"),
    "fireplace": ("fireplace", "fire", "hearth", "mantelpiece"),
    "campfire": ("fire", "campfire"),
    "tent": ("tent",),
    "lab-bench": ("bench", "microscope", "flask"),
    "workbench": ("workbench", "bench", "tools"),
    "console": ("console", "controls", "panel"),
    "throne": ("throne",),
    "reception": ("reception", "counter", "desk"),
    "lockers": ("locker", "lockers"),
    "pallet-rack": ("rack", "racks", "pallets"),
    "barrel": ("barrel", "drum", "cask"),
    "gravestone": ("grave", "gravestone", "headstone"),
    "cell-bars": ("bars", "cell"),
    "bunk": ("bunk", "bed"),
    "radiator": ("radiator",),
}
"""The words that mean the spot in front of a kind of piece."""

SEATS: dict[str, tuple[float, tuple[str, ...]]] = {
    "chair": (0.0, ("chair", "table", "seat")),
    "office-chair": (0.0, ("chair", "desk", "seat")),
    "stool": (0.0, ("stool", "seat")),
    "bar-stool": (0.0, ("stool", "bar", "seat")),
    "armchair": (0.0, ("armchair", "chair", "seat")),
    "sofa": (0.72, ("sofa", "couch", "settee", "seat")),
    "bench": (0.65, ("bench", "seat")),
    "pew": (0.9, ("pew", "bench", "seat")),
    "theatre-seats": (1.16, ("seat", "row", "chair")),
    "log": (0.9, ("log", "trunk")),
    "booth-seat": (0.62, ("booth", "seat", "bench")),
    "waiting-seats": (0.58, ("seat", "chair", "row")),
    "throne": (0.0, ("throne", "seat")),
    "porch": (1.2, ("step", "steps", "porch", "stoop", "seat")),
}
"""Kinds one sits on: the width of one seat (0: one for the piece) and its words."""


def finish(d: Dressing, *, identifier: str, name: str) -> Set:
    """Return the set with its spots, mirrored for half of all seeds."""
    seats = [
        *d.seats,
        *(s for piece in d.pieces if _is_within(d, piece) for s in seats_of(piece)),
    ]
    plan = Set(
        id=identifier,
        name=name,
        template=d.template,
        interior=d.interior,
        size_m=(d.w, d.h, d.d),
        pieces=tuple(d.pieces),
    )
    wishes = [*_openings(d), *d.wishes, *_beside(d), *_spread(d)]
    standing = _fitted(plan, wishes, wanted=max(7, d.people + 4))
    plan = plan.changed(spots=_numbered([*standing, *seats]))
    if d.template != "car" and d.chance(0.5):
        plan = mirrored(plan)
    return plan


def mirrored(set_: Set) -> Set:
    """Return the set's mirror image, left for right."""
    pieces = tuple(
        piece.changed(
            position_m=(-piece.position_m[0], *piece.position_m[1:]),
            yaw_deg=-piece.yaw_deg,
            openings=tuple(
                Opening(**(o.model_dump() | {"x_m": -o.x_m})) for o in piece.openings
            ),
        )
        for piece in set_.pieces
    )
    swap = {"left": "right", "right": "left"}
    spots = tuple(
        spot.changed(
            name=swap.get(spot.name, spot.name),
            words=tuple(swap.get(word, word) for word in spot.words),
            position_m=(-spot.position_m[0], *spot.position_m[1:]),
            facing_deg=-spot.facing_deg,
        )
        for spot in set_.spots
    )
    return set_.changed(pieces=pieces, spots=spots)


def seats_of(piece: SetPiece) -> list[Spot]:
    """Return where one sits and lies on a piece; 0.45 m seats stand at y = 0."""
    w, h, d = piece.size_m
    if piece.kind in ("bed", "hospital-bed"):
        top = 0.52 if piece.kind == "bed" else 0.62
        foot, middle = near(piece, 0.0, d / 2 - 0.18), near(piece, 0.0, 0.05)
        return [
            Spot(
                name="bed edge", words=("bed", "mattress"), posture=Posture.SIT,
                position_m=(round(foot[0], 3), round(top - 0.45, 3), round(foot[1], 3)),
                facing_deg=piece.yaw_deg,
            ),
            Spot(
                name="in bed", words=("bed", "pillow", "asleep"), posture=Posture.LIE,
                position_m=(round(middle[0], 3), top, round(middle[1], 3)),
                facing_deg=piece.yaw_deg,
            ),
        ]  # fmt: skip
    if piece.kind not in SEATS:
        return []
    each, words = SEATS[piece.kind]
    inner = w - 0.4 if piece.kind == "sofa" else w
    count = max(1, min(4, round(inner / each))) if each else 1
    high = max(0.0, h - 0.45) if "stool" in piece.kind else 0.0
    back = 0.08 if piece.kind in ("sofa", "armchair") else 0.0
    back = d / 2 - 0.22 if piece.kind == "porch" else back
    spots = []
    for k in range(count):
        x, z = near(piece, (k - (count - 1) / 2) * inner / count, back)
        spots.append(
            Spot(
                name=words[0], words=words, posture=Posture.SIT,
                position_m=(
                    round(x, 3), round(piece.position_m[1] + high, 3), round(z, 3),
                ),
                facing_deg=piece.yaw_deg,
            )
        )  # fmt: skip
    return spots


def _numbered(spots: list[Spot]) -> tuple[Spot, ...]:
    """Give spots of one name a number from the second on."""
    seen: dict[str, int] = {}
    named = []
    for spot in spots:
        number = seen.get(spot.name, 0) + 1
        seen[spot.name] = number
        named.append(
            spot if number == 1 else spot.changed(name=f"{spot.name} {number}")
        )
    return tuple(named)


def _is_within(d: Dressing, piece: SetPiece) -> bool:
    """Whether a piece stands on the playing area or just beside it."""
    x, _, z = piece.position_m
    return max(abs(x) / d.w, abs(z) / d.d) <= 0.62


def _openings(d: Dressing) -> list[Wish]:
    """Spots at doors (facing in) and windows (facing out)."""
    wishes = []
    for piece in d.pieces:
        if piece.kind != "wall":
            continue
        for o in piece.openings:
            out = o.kind == "window"
            x, z = near(piece, o.x_m, piece.size_m[2] / 2 + (0.62 if out else 0.6))
            if out:
                wishes.append(
                    Wish(
                        "window",
                        ("window", "glass", "view", "curtain"),
                        x,
                        z,
                        piece.yaw_deg + 180,
                    )
                )
            else:
                words = ("door", "doorway", "entrance", "exit", "threshold")
                wishes.append(
                    Wish("door", words, x, z, piece.yaw_deg, exit=True, needed=True)
                )
    return sorted(wishes, key=lambda wish: not wish.exit)


def _beside(d: Dressing) -> list[Wish]:
    """A spot in front of each kind of piece that an action may name."""
    seen: dict[str, int] = {}
    wishes = []
    for piece in d.pieces:
        words = BESIDE.get(piece.kind)
        if words is None or not _is_within(d, piece):
            continue
        if seen.get(words[0], 0) >= 2:
            continue
        seen[words[0]] = seen.get(words[0], 0) + 1
        reach = 0.62 if piece.position_m[1] < 0.3 else 0.75
        if piece.kind == "bed":
            at = near(piece, piece.size_m[0] / 2 + reach, 0.0)
            facing = piece.yaw_deg - 90
        elif piece.kind in ("car", "pickup-truck"):
            at = near(piece, piece.size_m[0] / 2 + reach, 0.2)
            facing = piece.yaw_deg - 90
        else:
            at = near(piece, 0.0, piece.size_m[2] / 2 + reach)
            facing = piece.yaw_deg + 180
        wishes.append(Wish(words[0], words, *at, facing))
    return wishes


def _spread(d: Dressing) -> list[Wish]:
    """Spots over the open floor, looking to the middle."""
    w, z = d.w, d.d
    named = [
        Wish("middle", ("middle", "centre", "center", "room"), 0.0, z * 0.06, 0.0),
        Wish("left", ("left",), -w * 0.27, z * 0.1, 80.0),
        Wish("right", ("right",), w * 0.27, z * 0.1, -80.0),
        Wish("front", ("front", "forward"), 0.0, z * 0.3, 180.0),
        Wish("back", ("back", "rear"), 0.0, -z * 0.28, 0.0),
    ]
    taken = {wish.name for wish in d.wishes}
    return [wish for wish in named if wish.name not in taken]


def _fitted(plan: Set, wishes: list[Wish], *, wanted: int) -> tuple[Spot, ...]:
    """Move each wish to the nearest floor point that is clear and reachable."""
    room = _Room(_standable(plan))
    for wish in sorted(wishes, key=lambda w: not w.needed):
        room.grant(wish, within_m=9.0 if wish.needed else 0.9)
    room.fill(wanted)
    spots = room.spots
    return tuple(spots) if any(s.exit for s in spots) else _with_exit(spots)


class _Room:
    """Floor points that people can stand on, taken one after the other.

    Args:
        points: As x and z, shape (n, 2).

    Attributes:
        spots: What has been taken so far.
    """

    def __init__(self, points: NDArray[np.float64]) -> None:
        self.spots: list[Spot] = []
        self._points = points
        self._free = np.ones(len(points), bool)

    def grant(self, wish: Wish, *, within_m: float) -> None:
        """Take the free point nearest to a wish, if it is no farther than this."""
        if not self._free.any():
            return
        gap = np.where(self._free, self._away(wish.x, wish.z), np.inf)
        nearest = int(np.argmin(gap))
        if gap[nearest] <= within_m:
            self._take(nearest, wish)

    def fill(self, wanted: int) -> None:
        """Take points far from the others and not too far out, until so many are."""
        points = self._points
        while len(self.spots) < wanted and self._free.any():
            where = np.array([[s.position_m[0], s.position_m[2]] for s in self.spots])
            near = np.hypot(
                points[:, None, 0] - where[:, 0], points[:, None, 1] - where[:, 1]
            ).min(axis=1)
            score = np.minimum(near, 1.6) - 0.12 * np.hypot(*points.T)
            best = int(np.argmax(np.where(self._free, score, -np.inf)))
            x, z = points[best]
            facing = math.degrees(math.atan2(-x, -z)) if abs(x) + abs(z) > 0.2 else 0.0
            self._take(best, Wish("floor", ("floor",), float(x), float(z), facing))

    def _take(self, index: int, wish: Wish) -> None:
        x, z = self._points[index]
        spot = Spot(
            name=wish.name,
            words=wish.words,
            position_m=(round(float(x), 3), 0.0, round(float(z), 3)),
            facing_deg=round((wish.facing_deg + 180) % 360 - 180, 1),
            exit=wish.exit,
        )
        self.spots.append(spot)
        self._free[self._away(x, z) < APART_M] = False

    def _away(self, x: float, z: float) -> NDArray[np.float64]:
        """Return how far each point is from (x, z), in metres."""
        return np.hypot(self._points[:, 0] - x, self._points[:, 1] - z)


def _with_exit(spots: list[Spot]) -> tuple[Spot, ...]:
    """Let people leave by the outermost spot where no door could be kept free."""
    far = max(
        range(len(spots)),
        key=lambda k: math.hypot(spots[k].position_m[0], spots[k].position_m[2]),
    )
    return tuple(
        spot.changed(exit=True) if k == far else spot for k, spot in enumerate(spots)
    )


def _standable(plan: Set) -> NDArray[np.float64]:
    """Floor points (x, z), clear of everything, that can all reach each other."""
    obstacles = Obstacles(plan)
    w, _, depth = plan.size_m
    step = 0.1 if max(w, depth) < 10 else 0.2
    xs = np.arange(-w / 2 + step / 2, w / 2, step)
    zs = np.arange(-depth / 2 + step / 2, depth / 2, step)
    grid = np.zeros((len(xs), len(zs), 3))
    grid[..., 0], grid[..., 2] = xs[:, None], zs[None, :]
    clear = np.stack([obstacles.clearance(row) for row in grid])
    reach = _largest(clear >= 0.34)
    i, j = np.nonzero(reach & (clear >= CLEAR_M + 0.005))
    return np.stack([xs[i], zs[j]], axis=1)


def _largest(free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep only the largest connected region of a grid."""
    label = np.zeros(free.shape, np.int32)
    cells = free.tolist()
    wide, deep = free.shape
    best, best_size, count = 0, 0, 0
    for start in zip(*np.nonzero(free), strict=True):
        if label[start]:
            continue
        count += 1
        queue = deque([(int(start[0]), int(start[1]))])
        label[start] = count
        size = 0
        while queue:
            i, j = queue.popleft()
            size += 1
            for a, b in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                inside = 0 <= a < wide and 0 <= b < deep
                if inside and cells[a][b] and not label[a, b]:
                    label[a, b] = count
                    queue.append((a, b))
        if size > best_size:
            best, best_size = count, size
    return np.asarray((label == best) & free)
