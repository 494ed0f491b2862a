"""Which vertices of a body are the 68 points of a face, and where they are posed.

The order is that of the iBUG 300-W annotation (Sagonas et al. 2013), which OpenPose's
face takes over: jaw 0 to 16, brows to 26, nose to 35, eyes to 47, lips to 67. "Right"
is the person's own right, at -x while they stand at rest.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.model import Character
from previz.stage.bones import BONE_INDEX
from previz.stage.figure import REGIONS, Figure, cast, figure_of
from previz.stage.flesh import brow_points

__all__ = ["FACE_POINTS", "face_points", "head_points"]

FACE_POINTS = 68

_JAW = ((1.12, 0.0), (1.11, 0.30), (1.07, 0.58), (1.01, 0.87), (0.90, 1.13),
        (0.74, 1.40), (0.52, 1.62), (0.27, 1.79), (0.0, 1.84))  # fmt: skip
"""How far out and below the eyes a jaw's outline runs, in distances between the eyes,
for the point of a chin `_CHIN` below them."""
_CHIN = 1.72
_LIPS_OUT = (180, 142, 115, 90, 65, 38, 0, -40, -65, -90, -115, -140)
_LIPS_IN = (180, 130, 90, 50, 0, -50, -90, -130)
_LIDS = (180, 122, 58, 0, -58, -122)
"""Directions of the points of a loop from its middle, in degrees, 0 to their left."""


def face_points(
    character: Character, bones: NDArray[np.float64], face: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return the 68 points of a face in the world, shape (68, 3).

    They are vertices of the skin, moved by bones and facial actions as it is.

    Args:
        character: Whose.
        bones: World from bone, shape (b, 4, 4).
        face: How far each facial action is, shape (52,).
    """
    return _posed(character, _vertices()[:FACE_POINTS], bones, face)


def head_points(
    character: Character, bones: NDArray[np.float64], face: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return tip of the nose, right and left eye, right and left ear, shape (5, 3).

    Args:
        character: Whose.
        bones: World from bone, shape (b, 4, 4).
        face: How far each facial action is, shape (52,).
    """
    nose, *ears = _posed(character, _vertices()[FACE_POINTS:], bones, face)
    eyes = []
    for name in ("eye_r", "eye_l"):
        bone = bones[BONE_INDEX[name]]
        eyes.append(bone[:3, 3] + figure_of(character).eye_m * bone[:3, 2])
    return np.array([nose, *eyes, *ears])


def _posed(
    character: Character,
    vertices: NDArray[np.intp],
    bones: NDArray[np.float64],
    face: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Return vertices of the skin under bones and facial actions, shape (n, 3)."""
    figure, base = figure_of(character), cast()
    rest = figure.points[vertices].astype(np.float64)
    rest += figure.face_scale * np.einsum("a,ani->ni", face, _moves()[:, vertices])
    weights = base.weights[vertices]
    # As skinned: by the four bones that weigh most.
    weakest = np.argsort(-weights, axis=1, kind="stable")[:, 4:]
    weights = weights.copy()
    np.put_along_axis(weights, weakest, 0.0, axis=1)
    weights /= weights.sum(axis=1, keepdims=True)
    turns, places = bones[:, :3, :3], bones[:, :3, 3]
    shifts = places - np.einsum("bij,bj->bi", turns, figure.joints)
    moved = np.einsum("bij,nj->nbi", turns, rest) + shifts
    return np.asarray(np.einsum("nb,nbi->ni", weights, moved))


@lru_cache(maxsize=1)
def _moves() -> NDArray[np.float32]:
    """Return what each facial action does to each vertex of the skin, (52, n, 3)."""
    base = cast()
    count = int(base.spans[1])
    out = np.zeros((len(base.actions.first) - 1, count, 3), np.float32)
    for action in range(len(out)):
        span = base.actions.span(action)
        vertex, move = base.actions.vertex[span], base.actions.move[span]
        skin = vertex < count
        out[action, vertex[skin]] = move[skin]
    return out


@lru_cache(maxsize=1)
def _vertices() -> NDArray[np.intp]:
    """Return the 68 vertices, then tip of the nose and both ears, shape (71,).

    Found once on the ordinary body: everybody has the same vertices.
    """
    figure = figure_of(Character(id="anybody", name="Anybody"))
    search = _Search(figure)
    brows = brow_points(figure.points).reshape(2, 3, 7, 3)[:, 1]
    left, right = sorted(brows, key=lambda brow: -brow[:, 0].mean())
    places = (0, 1.5, 3, 4.5, 6)
    inward = [_between(brow[np.argsort(np.abs(brow[:, 0]))], places)
              for brow in (right, left)]  # fmt: skip
    found = [
        *search.jaw(),
        *(search.nearest(p) for p in inward[0][::-1]),
        *(search.nearest(p) for p in inward[1]),
        *search.nose(),
        *search.loop("skin", "cavity", side=-1, directions=_LIDS),
        *search.loop("skin", "cavity", side=1, directions=_LIDS),
        *search.loop("skin", "lips", directions=_LIPS_OUT),
        *search.loop("lips", "mouth", directions=_LIPS_IN),
        search.tip,
        search.ear(-1),
        search.ear(1),
    ]
    return np.array(found, np.intp)


def _between(
    points: NDArray[np.float64], places: tuple[float, ...]
) -> NDArray[np.float64]:
    rows = np.arange(len(points))
    return np.stack([np.interp(places, rows, points[:, k]) for k in range(3)], axis=1)


class _Search:
    """Looks for places on a face that stands at rest and looks along +z."""

    def __init__(self, figure: Figure) -> None:
        base = cast()
        count = int(base.spans[1])
        self._points = figure.points[:count]
        self._triangles, self._region = base.body[0], base.region[0]
        eyes = [figure.joints[BONE_INDEX[name]] for name in ("eye_r", "eye_l")]
        self._eyes = np.mean(eyes, axis=0)
        self._apart = float(np.linalg.norm(eyes[1] - eyes[0]))
        self._chin = figure.chin
        skin = np.zeros(count, np.bool_)
        skin[np.unique(self._triangles[self._region == REGIONS.index("skin")])] = True
        head = base.weights[:count, BONE_INDEX["head"]] > 0.5
        self._skin = np.flatnonzero(skin & head)
        ahead = self._points[:, 2] > self._eyes[2] - 1.5 * self._apart
        self._face = np.flatnonzero(skin & head & ahead)
        middle = self._face[np.abs(self._points[self._face, 0]) < 0.02 * self._apart]
        height = self._points[middle, 1]
        nose = middle[
            (height < self._eyes[1]) & (height > self._eyes[1] - 1.1 * self._apart)
        ]
        self._middle = middle
        self.tip = int(nose[self._points[nose, 2].argmax()])

    def nearest(self, place: NDArray[np.float64]) -> int:
        """Return the vertex of the face nearest to a place."""
        away = np.linalg.norm(self._points[self._face] - place, axis=1)
        return int(self._face[away.argmin()])

    def jaw(self) -> list[int]:
        """Return the outline from the right ear over the chin to the left one."""
        fall = (self._eyes[1] - self._chin[1]) / _CHIN
        right = [self._seen(-out * self._apart, self._eyes[1] - low * fall)
                 for out, low in _JAW]  # fmt: skip
        left = [self._seen(out * self._apart, self._eyes[1] - low * fall)
                for out, low in _JAW[-2::-1]]  # fmt: skip
        return [*right, *left]

    def nose(self) -> list[int]:
        """Return four along the bridge to the tip, five below from the right."""
        tip = self._points[self.tip]
        heights = np.linspace(self._eyes[1], tip[1], 4)[:3]
        bridge = [self._ridge(float(height)) for height in heights]
        low = float(tip[1] - 0.12 * self._apart)
        across = (-0.24, -0.12, 0.0, 0.12, 0.24)
        return [*bridge, self.tip, *(self._seen(x * self._apart, low) for x in across)]

    def _ridge(self, height: float) -> int:
        away = np.abs(self._points[self._middle, 1] - height)
        return int(self._middle[away.argmin()])

    def _seen(self, x: float, y: float) -> int:
        """Return the vertex that is seen from the front at a place."""
        points = self._points[self._face]
        away = np.hypot(points[:, 0] - x, points[:, 1] - y)
        close = away < away.min() + 0.03 * self._apart
        return int(self._face[np.where(close, points[:, 2], -np.inf).argmax()])

    def loop(
        self, one: str, other: str, *, directions: tuple[int, ...], side: int = 0
    ) -> list[int]:
        """Return vertices along where two regions meet, outermost in each direction.

        Args:
            one: A region.
            other: Another.
            directions: Degrees from the loop's middle, 90 is up.
            side: -1 for the right half, 1 for the left, 0 for both.
        """
        border = np.array(sorted(self._edges(one) & self._edges(other)))
        found = np.unique(border)
        if side:
            found = found[np.sign(self._points[found, 0]) == side]
        points = self._points[found, :2]
        low, high = points.min(axis=0), points.max(axis=0)
        local = (points - (low + high) / 2) / ((high - low) / 2)
        out = []
        for degrees in directions:
            angle = np.radians(degrees)
            ahead = local @ (np.cos(angle), np.sin(angle))
            beside = local @ (-np.sin(angle), np.cos(angle))
            out.append(int(found[(ahead - 2.0 * np.abs(beside)).argmax()]))
        return out

    def _edges(self, region: str) -> set[tuple[int, int]]:
        corners = self._triangles[self._region == REGIONS.index(region)]
        pairs = np.concatenate([corners[:, [k, (k + 1) % 3]] for k in range(3)])
        return {(int(a), int(b)) for a, b in np.sort(pairs, axis=1)}

    def ear(self, side: int) -> int:
        """Return where an ear begins, before its opening."""
        out = side * self._points[self._skin, 0]
        near = self._skin[
            (out > 0.88 * out.max()) & (self._points[self._skin, 1] > self._chin[1])
        ]
        return int(near[self._points[near, 2].argmax()])
