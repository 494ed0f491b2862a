"""Cloth as a second skin: parts of a smooth shell over the body, cut at hems.

The shell is MakeHuman's tights mesh, which covers the body from the neck to the toes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.stage.bones import BONE_INDEX, BONES
from previz.stage.figure import Figure, cast
from previz.stage.loft import Array, Mesh, Part, normals_of, normals_over

__all__ = ["Cut", "Limbs", "Shell", "fallen", "hull", "neck_loop", "shell_of"]

_ARM = [
    i
    for i, name in enumerate(BONES)
    if name[:-2] in ("upper_arm", "forearm", "hand") or "thumb" in name
]
_ARM += [i for i, n in enumerate(BONES) if n.startswith(("index", "fingers"))]


@dataclass(frozen=True, eq=False)
class Cut:
    """Where cloth ends: a distance that is positive inside, and the way back in.

    Attributes:
        inside_m: Of each vertex, shape (n,).
        inward: Unit, shape (3,) or (n, 3).
    """

    inside_m: Array
    inward: Array


@dataclass(frozen=True, eq=False)
class Limbs:
    """Where vertices are on arms and trunk.

    Attributes:
        figure: Whose.
        points: Shape (n, 3).
        weights: Shape (n, b).
    """

    figure: Figure
    points: Array
    weights: Array

    @cached_property
    def on_arm(self) -> NDArray[np.bool_]:
        """Which vertices are on arm or hand, shape (n,)."""
        return np.asarray(self.weights[:, _ARM].sum(axis=1) > 0.5)

    @cached_property
    def side(self) -> NDArray[np.intp]:
        """0 left, 1 right, shape (n,)."""
        return np.asarray((self.points[:, 0] < 0).astype(np.intp))

    def joints(self, name: str) -> Array:
        """Return the joint of each vertex's own side, shape (n, 3)."""
        both = [self.figure.joints[BONE_INDEX[f"{name}_{s}"]] for s in "lr"]
        return np.asarray(np.array(both)[self.side])

    def sleeve(self, at: float) -> Cut:
        """Return the end of a sleeve: 0 shoulder, 1 elbow, 2 wrist."""
        first, last = ("upper_arm", "forearm") if at <= 1 else ("forearm", "hand")
        start, end = self.joints(first), self.joints(last)
        share = at if at <= 1 else at - 1
        way = end - start
        axis = way / np.linalg.norm(way, axis=1, keepdims=True)
        gap = np.einsum("ni,ni->n", start + share * way - self.points, axis)
        return Cut(np.where(self.on_arm, gap, 1.0), -axis)

    def above(self, height_m: float) -> Cut:
        """Return the lower hem of something that is worn above a height."""
        gap = np.where(self.on_arm, 1.0, self.points[:, 1] - height_m)
        return Cut(gap, np.array([0.0, 1.0, 0.0]))

    def below(self, height_m: float) -> Cut:
        """Return the upper hem of something that is worn below a height."""
        gap = np.where(self.on_arm, -1.0, height_m - self.points[:, 1])
        return Cut(gap, np.array([0.0, -1.0, 0.0]))


_UNROLLED = np.array([[1.0, -0.2], [0.0, 1.0], [0.6, 0.2]])
"""Surface coordinates of cloth from its place at rest: front, flank and shoulder each
keep two directions apart, without a seam."""


class Shell:
    """The shell over one figure.

    Args:
        figure: Whose.

    Attributes:
        points: Vertices close to the skin, shape (n, 3).
        normals: Unit, shape (n, 3).
        limbs: Where they are.
    """

    def __init__(self, figure: Figure) -> None:
        base = cast()
        rows = slice(int(base.spans[3]), int(base.spans[4]))
        self.points = figure.points[rows]
        self.weights = base.weights[rows]
        self.surface = self.points @ _UNROLLED
        self.normals = normals_of(self.points, _tights()[0])
        self.limbs = Limbs(figure, self.points, self.weights)
        self.figure = figure

    def eased(self, ease_m: Array | float, *, steps: int) -> Array:
        """Return the shell smoothed, and everywhere `ease_m` outside the skin."""
        soft = self.points
        for _ in range(steps):
            soft = soft + 0.5 * (_mean_of_neighbours(soft) - soft)
        normals = normals_of(soft, _tights()[0])
        inside = np.einsum("ni,ni->n", self.points - soft, normals)
        out = np.maximum(inside, 0.0) + ease_m
        # What was pushed out is smoothed again, so that no relief shows.
        for _ in range(3):
            out = np.maximum(out, 0.5 * (out + _mean_of_neighbours(out[:, None])[:, 0]))
        return np.asarray(soft + normals * out[:, None])

    def piece(
        self,
        points: Array,
        cuts: Callable[[Limbs], Sequence[Cut]],
        name: int | Callable[[Array], NDArray[np.int32]],
    ) -> Part:
        """Return the cloth inside of all cuts, its edges on the hems.

        Args:
            points: The cloth's vertices, shape (n, 3).
            cuts: Where it ends, from where its vertices are.
            name: Its material, or one from the middles of triangles, shape (m, 3).
        """
        ends = cuts(Limbs(self.figure, points, self.weights))
        keep = np.all([cut.inside_m >= 0 for cut in ends], axis=0)
        weights, points = self.weights, points.copy()
        for cut in ends:
            outside = cut.inside_m < 0
            weights = _flooded(weights, ~outside)
            inward = np.broadcast_to(cut.inward, points.shape)[outside]
            points[outside] -= cut.inside_m[outside, None] * inward
            # An arm is wider there than where these have been.
            wider = np.where(self.limbs.on_arm, np.maximum(-cut.inside_m, 0.0), 0.0)
            wider = np.minimum(0.15 * wider, 0.006)[outside, None]
            points[outside] += wider * self.normals[outside]
        meshes: list[Mesh] = []
        for triangles in _tights():
            kept = triangles[keep[triangles].any(axis=1)]
            if callable(name):
                names = name(points[kept].mean(axis=1))
            else:
                names = np.full(len(kept), name, np.int32)
            meshes.append((kept, names))
        return Part(
            positions=points,
            normals=normals_over(points, meshes, self.normals),
            surface=self.surface,
            weights=weights,
            triangles=meshes[0][0],
            material=meshes[0][1],
            coarser=tuple(meshes[1:]),
        )


@lru_cache(maxsize=64)
def shell_of(figure: Figure) -> Shell:
    """Return the shell over a figure."""
    return Shell(figure)


def hull(points: Array, centre: Array, angles: Array) -> Array:
    """Return how far the convex hull of points reaches round a centre.

    Args:
        points: Places seen from above (x, z), shape (n, 2).
        centre: Shape (2,).
        angles: From +x over +z, shape (c,).
    """
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    ways = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    reach = ((points - centre) @ ways.T).max(axis=0)
    cosine = np.cos(angles[:, None] - turn[None])
    far = np.where(cosine > 0.05, reach / np.maximum(cosine, 0.05), np.inf)
    return np.asarray(far.min(axis=1))


def fallen(
    points: Array,
    *,
    rows: NDArray[np.bool_],
    along: Array,
    centre: Array,
    keep: float,
    rise: float = 0.0,
) -> Array:
    """Return cloth that hangs: further down it is hardly narrower than above.

    Args:
        points: Shape (n, 3).
        rows: Which of them hang.
        along: How far down each is, metres, shape (n,).
        centre: Middle of the limb or trunk at each, shape (n, 3).
        keep: Share of the width above that is kept over 10 cm.
        rise: Share of the width below that is kept over 10 cm.
    """
    out = points - centre
    far = np.linalg.norm(out, axis=1)
    low, high = along[rows].min(), along[rows].max()
    edges = np.linspace(low, high, 18)
    width = np.zeros(len(edges))
    for k, edge in enumerate(edges):
        share = np.exp(-(((along[rows] - edge) / 0.03) ** 2))
        width[k] = (far[rows] * share).sum() / max(share.sum(), 1e-9)
    hung = width.copy()
    step = float(edges[1] - edges[0])
    for k in range(1, len(edges)):
        hung[k] = max(width[k], hung[k - 1] * keep ** (step / 0.10))
    for k in range(len(edges) - 2, -1, -1):
        hung[k] = max(hung[k], hung[k + 1] * rise ** (step / 0.10))
    grown = np.interp(along, edges, hung / width)
    grown = np.where(rows, grown, 1.0)
    return np.asarray(centre + out * grown[:, None])


@lru_cache(maxsize=1)
def _tights() -> tuple[NDArray[np.int32], ...]:
    base = cast()
    return tuple(mesh - np.int32(base.spans[3]) for mesh in base.tights)


@lru_cache(maxsize=1)
def neck_loop() -> NDArray[np.int32]:
    """Return the shell's vertices round its opening at the neck, in order."""
    mesh = _tights()[0]
    ways = np.concatenate([mesh[:, [a, b]] for a, b in ((0, 1), (1, 2), (2, 0))])
    known = {(int(a), int(b)) for a, b in ways}
    after = {b: a for a, b in known if (b, a) not in known}
    points = cast().middle[int(cast().spans[3]) :]
    start = max(after, key=lambda v: float(points[v, 1] - abs(points[v, 0])))
    loop = [start]
    while after[loop[-1]] != start:
        loop.append(after[loop[-1]])
    return np.array(loop, np.int32)


@lru_cache(maxsize=1)
def _edges() -> tuple[NDArray[np.int32], Array]:
    """Return every edge both ways round, shape (e, 2), and each vertex's number."""
    mesh = _tights()[0]
    both = np.concatenate([mesh[:, [a, b]] for a, b in ((0, 1), (1, 2), (2, 0))])
    both = np.unique(np.concatenate([both, both[:, ::-1]]), axis=0)
    count = int(cast().spans[4] - cast().spans[3])
    number = np.bincount(both[:, 0], minlength=count).astype(np.float64)
    return both, np.maximum(number, 1.0)


def _mean_of_neighbours(values: Array) -> Array:
    edges, number = _edges()
    total = np.zeros_like(values)
    np.add.at(total, edges[:, 0], values[edges[:, 1]])
    return np.asarray(total / number[:, None])


def _flooded(values: Array, known: NDArray[np.bool_]) -> Array:
    """Return values where those not known are taken from the nearest that are."""
    edges, _ = _edges()
    out, known = values.copy(), known.copy()
    for _ in range(6):
        ready = known[edges[:, 1]] & ~known[edges[:, 0]]
        if not ready.any():
            break
        total = np.zeros_like(out)
        number = np.zeros(len(out))
        np.add.at(total, edges[ready, 0], out[edges[ready, 1]])
        np.add.at(number, edges[ready, 0], 1.0)
        new = number > 0
        out[new] = total[new] / number[new, None]
        known |= new
    return out
