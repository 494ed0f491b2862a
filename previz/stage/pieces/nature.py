"""Trees, bushes, rocks, water: proxies whose matter says what they stand for."""

from __future__ import annotations

import numpy as np

from previz.model import Matter, SetPiece
from previz.stage.pieces.coats import Coat, accent, main, shade
from previz.stage.pieces.solids import (
    Solid,
    box,
    ellipsoid,
    lathe,
    tube,
)

__all__ = ["KINDS"]


def tree(piece: SetPiece) -> list[Solid]:
    """A broad-leaved tree: flared trunk, limbs, a crown of lumped ellipsoids."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    bark, leaves = accent(piece, Matter.WOOD), main(piece, Matter.FOLIAGE)
    r, fork = max(0.06, min(w, h) * 0.045), h * 0.42
    trunk = [
        (r * 1.8, 0),
        (r * 1.15, h * 0.05),
        (r, h * 0.2),
        (r * 0.8, fork),
        (r * 0.3, h * 0.72),
    ]
    solids = [lathe(trunk, bark, segments=8, crease_deg=70)]
    near = max(abs(piece.position_m[0]), abs(piece.position_m[2])) < 9
    for k in range(5):
        a = 2 * np.pi * (k + float(rng.uniform(-0.25, 0.25))) / 5
        x, z = float(np.sin(a)), float(np.cos(a))
        y = h * float(rng.uniform(0.34, 0.42))
        tip = (x * w * 0.3, y + h * 0.22, z * d * 0.3)
        bend = (x * w * 0.12, y + h * 0.07, z * d * 0.12)
        if near:
            limb = [(0, y - h * 0.04, 0), bend, tip]
            solids.append(tube(limb, r * 0.38, bark, sides=4))
        size = float(rng.uniform(0.24, 0.31))
        lift = h * float(rng.uniform(0.56, 0.7))
        solids.append(
            _leaves(piece, (x * w * 0.24, lift, z * d * 0.24), size, leaves, k)
        )
    for k in range(3):
        a = 2 * np.pi * k / 3 + 0.4
        at = (
            float(np.sin(a)) * w * 0.12,
            h * (0.76 + 0.035 * k),
            float(np.cos(a)) * d * 0.12,
        )
        solids.append(_leaves(piece, at, 0.25, leaves, 10 + k))
    return solids


def _leaves(
    piece: SetPiece, at: tuple[float, float, float], size: float, coat: Coat, k: int
) -> Solid:
    w, h, d = piece.size_m
    tall = min(h * 0.2, w * size * 0.85)
    at = (at[0], min(at[1], h - tall * 1.02), at[2])
    return ellipsoid(
        (w * size * 0.86, tall * 0.9, d * size * 0.86),
        at,
        shade(coat, 0.82 + 0.09 * (k % 5)),
        rows=6,
        segments=8,
        lumps=0.13,
        seed=piece.seed + k,
    )


def conifer(piece: SetPiece) -> list[Solid]:
    """A fir: a straight trunk and skirts of branches."""
    w, h, _ = piece.size_m
    rng = np.random.default_rng(piece.seed)
    bark, needles = accent(piece, Matter.WOOD), main(piece, Matter.FOLIAGE)
    r = max(0.06, w * 0.05)
    solids = [
        lathe([(r * 1.5, 0), (r, h * 0.06), (r * 0.3, h * 0.8)], bark, segments=7)
    ]
    tiers = 6
    for k in range(tiers):
        low = h * (0.16 + 0.78 * k / tiers)
        high = min(h, low + h * 0.26 * (1 - 0.3 * k / tiers))
        wide = w / 2 * (1 - k / tiers) ** 0.85 * float(rng.uniform(0.9, 1.0))
        skirt = [
            (wide * 0.3, low + 0.05 * h * 0.3),
            (wide, low),
            (wide * 0.55, low + (high - low) * 0.4),
            (0.02, high),
        ]
        solids.append(
            lathe(
                skirt,
                shade(needles, float(rng.uniform(0.8, 1.15))),
                segments=9,
                crease_deg=80,
            )
        )
    return solids


def palm(piece: SetPiece) -> list[Solid]:
    """A palm: leaning trunk and hanging fronds."""
    w, h, _ = piece.size_m
    bark, leaves = accent(piece, Matter.WOOD), main(piece, Matter.FOLIAGE)
    top = (w * 0.12, h * 0.8, 0.0)
    solids = [tube([(0, 0, 0), (w * 0.02, h * 0.4, 0), top], h * 0.025, bark, sides=7)]
    for k in range(9):
        a = 2 * np.pi * k / 9
        x, z = float(np.sin(a)) * w * 0.36, float(np.cos(a)) * w * 0.36
        path = [top, (top[0] + x * 0.5, h * 0.97, z * 0.5), (top[0] + x, h * 0.78, z)]
        solids.append(
            tube(path, w * 0.035, shade(leaves, 0.8 + 0.06 * (k % 5)), sides=5)
        )
    return solids


def bush(piece: SetPiece) -> list[Solid]:
    """A bush of a few lumps."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    leaves = main(piece, Matter.FOLIAGE)
    solids = []
    for k in range(4):
        x, z = float(rng.uniform(-0.2, 0.2)) * w, float(rng.uniform(-0.2, 0.2)) * d
        tall = h * (0.5 if k == 0 else float(rng.uniform(0.34, 0.46)))
        radii = (w * 0.3, tall, d * 0.3)
        solids.append(
            ellipsoid(
                radii,
                (x, tall * 0.9, z),
                shade(leaves, 0.8 + 0.1 * k),
                lumps=0.16,
                seed=piece.seed + k,
                rows=6,
                segments=9,
            )
        )
    return solids


def hedge(piece: SetPiece) -> list[Solid]:
    """A clipped hedge along x."""
    w, h, d = piece.size_m
    leaves = main(piece, Matter.FOLIAGE)
    count = max(1, round(w / 0.9))
    each = w / count
    return [
        ellipsoid(
            (each * 0.62, h * 0.52, d * 0.5),
            (-w / 2 + each * (k + 0.5), h * 0.48, 0),
            shade(leaves, 0.85 + 0.08 * (k % 4)),
            lumps=0.08,
            seed=piece.seed + k,
            rows=6,
            segments=9,
        )
        for k in range(count)
    ]


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
    """Tufts of tall grass scattered over the piece's area."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    coat = main(piece, Matter.GRASS)
    solids = []
    for _ in range(max(4, round(w * d * 0.35))):
        x, z = float(rng.uniform(-0.48, 0.48)) * w, float(rng.uniform(-0.48, 0.48)) * d
        tall = h * float(rng.uniform(0.5, 1.0))
        tuft = [(0.03, 0), (0.09, tall * 0.5), (0.16, tall)]
        cone = lathe(
            tuft,
            shade(coat, float(rng.uniform(0.75, 1.25))),
            at=(x, 0, z),
            segments=6,
            crease_deg=80,
        )
        solids.append(cone)
    return solids


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
    """A far hill: a low lumped dome half below the ground."""
    w, h, d = piece.size_m
    return [
        ellipsoid(
            (w / 2, h, d / 2),
            (0, 0, 0),
            main(piece),
            lumps=0.06,
            seed=piece.seed,
            rows=8,
            segments=16,
        )
    ]


KINDS = {
    "tree": tree,
    "conifer": conifer,
    "palm": palm,
    "bush": bush,
    "hedge": hedge,
    "rock": rock,
    "grass": grass_tufts,
    "water": water,
    "log": log,
    "hill": hill,
}
