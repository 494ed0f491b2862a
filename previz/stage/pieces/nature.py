"""Bushes, grass, rocks, water, hills."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.model import Matter, SetPiece
from previz.stage.pieces.coats import Coat, main, shade
from previz.stage.pieces.solids import Solid, box, ellipsoid, quads, tube
from previz.stage.pieces.trees import blades, leafage

__all__ = ["KINDS"]


def bush(piece: SetPiece) -> list[Solid]:
    """A bush: a few lumps under leaves."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    leaves = main(piece, Matter.FOLIAGE)
    rows = []
    for k in range(4):
        x, z = float(rng.uniform(-0.2, 0.2)) * w, float(rng.uniform(-0.2, 0.2)) * d
        tall = h * (0.46 if k == 0 else float(rng.uniform(0.3, 0.42)))
        rows.append((x, tall * 0.85, z, w * 0.28, tall, d * 0.28))
    lumps = np.array(rows)
    return _clumps(piece, lumps, leaves) + leafage(
        lumps, leaves, rng, leaf_m=max(0.1, min(w, h, d) * 0.22), count=150
    )


def _clumps(piece: SetPiece, lumps: NDArray[np.float64], coat: Coat) -> list[Solid]:
    return [
        ellipsoid(
            (rx * 0.94, ry * 0.94, rz * 0.94), (x, y, z), shade(coat, 0.55 + 0.08 * k),
            lumps=0.12, seed=piece.seed + k, rows=5, segments=8,
        )
        for k, (x, y, z, rx, ry, rz) in enumerate(lumps.tolist())
    ]  # fmt: skip


def hedge(piece: SetPiece) -> list[Solid]:
    """A clipped hedge along x: a box of leaves with soft edges."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    leaves = main(piece, Matter.FOLIAGE)
    body = box(
        (w * 0.97, h * 0.95, d * 0.88), (0, 0, 0), shade(leaves, 0.62), bevel=0.08
    )
    count = max(60, min(260, round(w * (h + d) * 40)))
    x = rng.uniform(-0.49, 0.49, count) * w
    up = rng.random(count) < d / (d + 2 * h)
    side = np.where(rng.random(count) < 0.5, 1.0, -1.0)
    y = np.where(up, h * 0.94, rng.uniform(0.03, 0.94, count) * h)
    z = np.where(up, rng.uniform(-0.44, 0.44, count), side * 0.44) * d
    out = np.stack([np.zeros(count), up.astype(float), np.where(up, 0.0, side)], 1)
    at = np.stack([x, y, z], axis=1)
    way = rng.normal(0, 0.6, at.shape) + out * 0.35 + (0.0, 0.35, 0.0)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    tip = at + way * 0.15
    solids = [body]
    for tone, factor in enumerate((0.8, 1.05, 1.3)):
        here = np.arange(count) % 3 == tone
        solids.append(
            blades(at[here], tip[here], 0.09, out[here], shade(leaves, factor))
        )
    return solids


def rock(piece: SetPiece) -> list[Solid]:
    """A boulder, a third of it in the ground."""
    w, h, d = piece.size_m
    return [
        ellipsoid(
            (w * 0.44, h * 0.62, d * 0.44),
            (0, h * 0.32, 0),
            main(piece, Matter.STONE),
            lumps=0.15,
            seed=piece.seed,
            rows=6,
            segments=9,
        )
    ]


def grass_tufts(piece: SetPiece) -> list[Solid]:
    """Tufts of tall grass over the piece's area: blades that lean out of a root."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    coat = main(piece, Matter.GRASS)
    tufts = max(6, min(160, round(w * d * 1.3)))
    each = 6
    x, z = (np.repeat(rng.uniform(-0.48, 0.48, tufts), each) * span for span in (w, d))
    a = rng.uniform(0, 2 * np.pi, tufts * each)
    tall = np.repeat(rng.uniform(0.4, 1.0, tufts), each) * rng.uniform(0.6, 1.0, len(a))
    lean = rng.uniform(0.15, 0.55, len(a)) * tall * h
    root = np.stack([x, np.full_like(x, -0.01), z], axis=1)
    out = np.stack([np.sin(a), np.zeros_like(a), np.cos(a)], axis=1)
    tip = root + out * lean[:, None] + np.stack([0 * a, tall * h, 0 * a], axis=1)
    tone = rng.integers(0, 3, len(a))
    return [
        blades(
            root[tone == k], tip[tone == k], 0.022 + h * 0.035,
            -out[tone == k] + (0.0, 0.8, 0.0), shade(coat, factor),
        )
        for k, factor in enumerate((0.75, 1.0, 1.3))
        if (tone == k).any()
    ]  # fmt: skip


def water(piece: SetPiece) -> list[Solid]:
    """A sheet of water."""
    w, h, d = piece.size_m
    return [box((w, h, d), (0, -h + 0.01, 0), main(piece, Matter.WATER))]


def log(piece: SetPiece) -> list[Solid]:
    """A fallen trunk along x."""
    w, h, _ = piece.size_m
    r = h / 2
    bark = main(piece, Matter.WOOD)
    return [
        tube(
            [(-w / 2, r, 0), (0, r * 1.02, 0.05), (w / 2, r * 0.9, 0)], r, bark, sides=9
        ),
        tube([(w * 0.1, r, 0), (w * 0.18, r * 1.9, 0.2)], r * 0.25, bark, sides=5),
    ]


def hill(piece: SetPiece) -> list[Solid]:
    """A far hill: ground that swells to a broken ridge along x, steeper behind."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    columns, rows = 27, 9
    x, z = np.linspace(-1, 1, columns), np.linspace(-1, 1, rows)
    shape = np.clip(1 - np.abs(x) ** 2.2, 0, 1)[:, None] * np.cos(z * np.pi / 2) ** 0.8
    rough = np.zeros((columns, rows))
    for k, share in enumerate((0.22, 0.13, 0.07)):
        knots = rng.uniform(-1, 1, (4 + 5 * k, 3 + 2 * k))
        rough += share * _drawn_out(knots, columns, rows)
    tall = np.maximum(h * shape * (1.0 + rough), 0.0)
    tall[[0, -1]] = tall[:, [0, -1]] = 0.0
    grid = np.stack(
        [np.broadcast_to((x * w / 2)[:, None], tall.shape), tall - 0.05,
         np.broadcast_to((z * d / 2)[None], tall.shape)], axis=-1,
    )  # fmt: skip
    return [_draped(grid, main(piece))]


def _drawn_out(knots: NDArray[np.float64], wide: int, deep: int) -> NDArray[np.float64]:
    """Return values between knots, smoothly, shape (wide, deep)."""
    for axis, count in ((0, wide), (1, deep)):
        at = np.linspace(0, knots.shape[axis] - 1, count)
        low = np.minimum(at.astype(int), knots.shape[axis] - 2)
        t = at - low
        t = t * t * (3 - 2 * t)
        a, b = np.take(knots, low, axis), np.take(knots, low + 1, axis)
        t = t[:, None] if axis == 0 else t[None]
        knots = a * (1 - t) + b * t
    return knots


def _draped(grid: NDArray[np.float64], coat: Coat) -> Solid:
    """Return a height field as one smooth sheet, seen from above.

    Args:
        grid: Its points, x growing by row and z by column, shape (n, m, 3).
        coat: What covers it.
    """
    along, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    normals = np.cross(across, along)
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    n, m = grid.shape[:2]
    index = np.arange(n * m).reshape(n, m)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    triangles = np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    )
    points = grid.reshape(-1, 3)
    return Solid(
        points, normals.reshape(-1, 3), points[:, [0, 2]] * 0.06,
        triangles.astype(np.int32), coat, closed=False,
    )  # fmt: skip


def foam(piece: SetPiece) -> list[Solid]:
    """A ragged line on water or sand along x: foam, or weed that a tide has left."""
    w, _, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    count = max(10, round(w / 0.7))
    x = np.linspace(-w / 2, w / 2, count + 1)
    swing = np.interp(x, np.linspace(-w / 2, w / 2, 6), rng.uniform(-0.5, 0.5, 6)) * d
    taper = np.sqrt(np.clip(1 - (2 * x / w) ** 2, 0, 1))
    near, far = (swing + s * d * taper * rng.uniform(0.12, 0.5, count + 1)
                 for s in (1, -1))  # fmt: skip
    y = np.full_like(x, 0.004)
    front, back = np.stack([x, y, near], axis=1), np.stack([x, y, far], axis=1)
    ring = np.stack([front[:-1], front[1:], back[1:], back[:-1]], axis=1)
    return [quads(ring, main(piece))]


KINDS = {
    "foam": foam,
    "bush": bush,
    "hedge": hedge,
    "rock": rock,
    "grass": grass_tufts,
    "water": water,
    "log": log,
    "hill": hill,
}
