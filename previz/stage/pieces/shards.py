"""What a brittle thing breaks into: pieces of its own skin, as they lay in it.

A shard has the size of the whole and its place: all shards of a thing, put where it
stands, are the thing. `SetPiece.seed` says which one of which way to break.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from previz.model import SetPiece
from previz.stage.pieces.handheld import KINDS as WHOLE
from previz.stage.pieces.solids import Solid

__all__ = ["KINDS", "SHARDS", "shards_of"]

SHARDS: dict[str, int] = {
    "cup": 7,
    "mug": 8,
    "glass": 9,
    "bottle": 11,
    "vase": 14,
    "plate": 8,
}
"""Into how many shards each kind breaks."""

_SUFFIX = "-shard"


def shards_of(piece: SetPiece) -> tuple[SetPiece, ...]:
    """Return the shards of a thing, each where it lies in it; none of what bends.

    Args:
        piece: The whole; its seed is the way it breaks.
    """
    count = SHARDS.get(piece.kind, 0)
    return tuple(
        piece.changed(
            id=f"{piece.id}-shard-{k + 1}",
            kind=piece.kind + _SUFFIX,
            seed=piece.seed * count + k,
        )
        for k in range(count)
    )


def _shard(piece: SetPiece) -> list[Solid]:
    """One shard: the triangles of the whole that are nearest to its middle."""
    whole = piece.kind.removesuffix(_SUFFIX)
    way, index = divmod(piece.seed, SHARDS[whole])
    builder: Callable[[SetPiece], list[Solid]] = WHOLE[whole]
    body = piece.model_copy(update={"kind": whole, "seed": way})
    solids = [_finer(solid) for solid in builder(body) if solid.coat.matter != "water"]
    middles = [s.positions[s.triangles].mean(axis=1) for s in solids]
    sites = _sites(np.concatenate(middles), SHARDS[whole], seed=way)
    found = []
    for solid, middle in zip(solids, middles, strict=True):
        away = np.linalg.norm(middle[:, None] - sites, axis=2)
        mine = away.argmin(axis=1) == index
        if mine.any():
            found.append(_only(solid, mine))
    return found


def _sites(
    points: NDArray[np.float64], count: int, *, seed: int
) -> NDArray[np.float64]:
    """Return places spread over the skin: each far from the last ones, shape (n, 3)."""
    rng = np.random.default_rng(seed)
    chosen = [points[int(rng.integers(len(points)))]]
    while len(chosen) < count:
        tries = points[rng.integers(len(points), size=6)]
        gaps = np.linalg.norm(tries[:, None] - np.array(chosen), axis=2).min(axis=1)
        chosen.append(tries[int(gaps.argmax())])
    return np.array(chosen)


def _finer(solid: Solid) -> Solid:
    """Return the shape with each triangle cut in four, for cracks that wander."""
    a, b, c = (solid.triangles[:, k] for k in range(3))
    count = len(solid.triangles)
    first = len(solid.positions)

    def halves(values: NDArray[np.float64]) -> NDArray[np.float64]:
        sides = [(values[p] + values[q]) / 2 for p, q in ((a, b), (b, c), (c, a))]
        return np.concatenate([values, *sides])

    ab, bc, ca = (first + np.arange(count) + k * count for k in range(3))
    triangles = np.concatenate(
        [np.stack(t, 1) for t in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))]
    )
    normals = halves(solid.normals)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    return replace(
        solid,
        positions=halves(solid.positions),
        normals=normals,
        surface=halves(solid.surface),
        triangles=triangles.astype(np.int32),
    )


def _only(solid: Solid, mine: NDArray[np.bool_]) -> Solid:
    used, triangles = np.unique(solid.triangles[mine], return_inverse=True)
    return replace(
        solid,
        positions=solid.positions[used],
        normals=solid.normals[used],
        surface=solid.surface[used],
        triangles=triangles.reshape(-1, 3).astype(np.int32),
        closed=False,
    )


KINDS = {kind + _SUFFIX: _shard for kind in SHARDS}
