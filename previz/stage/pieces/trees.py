"""Trees by kind: a trunk that forks, masses of foliage, and leaves that break them.

A crown is a few dark lumps for its body under a shell of single leaf clusters, so
that its edge is ragged against the sky and light falls into it unevenly.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from previz.model import Matter, SetPiece, Vec3
from previz.stage.pieces.coats import Coat, accent, main, shade
from previz.stage.pieces.solids import Solid, ellipsoid, lathe, planar, tube

__all__ = ["KINDS", "blades", "leafage"]

Points = NDArray[np.float64]
_NEAR_M = 9.0
UP = np.array([0.0, 1.0, 0.0])


def blades(
    root: ArrayLike, tip: ArrayLike, width_m: ArrayLike, normal: ArrayLike, coat: Coat
) -> Solid:
    """Return flat pointed leaves, widest a little above their middle.

    Args:
        root: Where each begins, metres, shape (n, 3).
        tip: Where each ends, metres, shape (n, 3).
        width_m: How wide each is, shape (n,) or a number.
        normal: Which way each faces, shape (n, 3); bent to lie square to the leaf.
        coat: What they are covered with.
    """
    start, end = np.asarray(root, float), np.asarray(tip, float)
    facing = np.asarray(normal, float)
    along = end - start
    side = np.cross(along, facing)
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    half = side * (np.broadcast_to(width_m, len(start)) / 2)[:, None]
    middle = start + along * 0.55
    positions = np.stack([start, middle - half, end, middle + half], axis=1)
    square = np.cross(side, along)
    square /= np.maximum(np.linalg.norm(square, axis=1, keepdims=True), 1e-9)
    bent = square + 0.45 * facing
    bent /= np.maximum(np.linalg.norm(bent, axis=1, keepdims=True), 1e-9)
    normals = np.repeat(bent, 4, axis=0)
    first = np.arange(len(start))[:, None] * 4
    triangles = np.concatenate([first + np.array(k) for k in ((0, 2, 1), (0, 3, 2))])
    flat = positions.reshape(-1, 3)
    return Solid(
        flat, normals, planar(flat, normals), triangles.astype(np.int32), coat,
        closed=False,
    )  # fmt: skip


def _turned_out(rng: np.random.Generator, count: int) -> Points:
    """Return directions spread evenly over a ball, shape (count, 3)."""
    turn = np.arange(count) * 2.39996 + rng.uniform(0, 6.28)
    rise = 1.0 - 2.0 * (np.arange(count) + 0.5) / count
    flat = np.sqrt(1.0 - rise**2)
    ways = np.stack([flat * np.sin(turn), rise, flat * np.cos(turn)], axis=1)
    ways += rng.normal(0.0, 0.12, ways.shape)
    return np.asarray(ways / np.linalg.norm(ways, axis=1, keepdims=True))


def leafage(
    lumps: Points,
    coat: Coat,
    rng: np.random.Generator,
    *,
    leaf_m: float,
    count: int,
    droop: float = 0.35,
) -> list[Solid]:
    """Cover lumps of foliage with leaf clusters, lighter above.

    Args:
        lumps: Middle and radii of each, metres, shape (n, 6).
        coat: The foliage.
        rng: Spreads them.
        leaf_m: Length of a cluster.
        count: How many over all lumps, before those inside another are left out.
        droop: How far they hang.
    """
    ways = _turned_out(rng, max(8, count // len(lumps)))
    at = (lumps[:, None, :3] + ways[None] * lumps[:, None, 3:]).reshape(-1, 3)
    out = np.broadcast_to(ways, (len(lumps), *ways.shape)).reshape(-1, 3)
    inside = (((at[:, None] - lumps[None, :, :3]) / lumps[None, :, 3:]) ** 2).sum(
        axis=2
    ) < 0.93
    free = inside.sum(axis=1) == 0
    at, out = at[free], out[free]
    swing = rng.normal(0.0, 1.0, at.shape)
    swing -= (swing * out).sum(axis=1, keepdims=True) * out
    swing /= np.maximum(np.linalg.norm(swing, axis=1, keepdims=True), 1e-9)
    swing = swing + 0.55 * out - (0.0, droop, 0.0)
    swing /= np.linalg.norm(swing, axis=1, keepdims=True)
    long = leaf_m * rng.uniform(0.7, 1.25, len(at))[:, None]
    root, tip = at - 0.35 * long * swing, at + 0.65 * long * swing
    low, high = at[:, 1].min(), at[:, 1].max()
    level = (at[:, 1] - low) / max(high - low, 1e-6) + rng.uniform(-0.3, 0.3, len(at))
    tones = np.clip((level * 3).astype(int), 0, 2)
    solids = []
    for tone, tint in enumerate((0.72, 1.0, 1.3)):
        here = tones == tone
        if here.any():
            wide = long[here, 0] * 0.62
            solids.append(
                blades(root[here], tip[here], wide, out[here], shade(coat, tint))
            )
    return solids


def _masses(lumps: Points, coat: Coat, seed: int, *, rows: int = 5) -> list[Solid]:
    return [
        ellipsoid(
            (row[3] * 0.93, row[4] * 0.93, row[5] * 0.93), (row[0], row[1], row[2]),
            shade(coat, 0.6 + 0.07 * (k % 3)), rows=rows, segments=7, lumps=0.14,
            seed=seed + k,
        )
        for k, row in enumerate(lumps.tolist())
    ]  # fmt: skip


def _is_near(piece: SetPiece) -> bool:
    return max(abs(piece.position_m[0]), abs(piece.position_m[2])) < _NEAR_M


def _limbs(
    piece: SetPiece, rng: np.random.Generator, *, fork: float, reach: float, count: int
) -> list[Solid]:
    """A flared trunk and the limbs that carry the crown; fork and reach in shares."""
    w, h, d = piece.size_m
    bark = accent(piece, Matter.WOOD)
    r = max(0.05, min(w, h) * 0.038)
    lean = float(rng.uniform(-0.03, 0.03)) * w
    trunk = [
        (r * 1.9, 0.0), (r * 1.2, h * 0.04), (r, h * 0.16), (r * 0.8, h * fork),
        (r * 0.3, h * min(0.8, fork + 0.3)),
    ]  # fmt: skip
    solids = [lathe(trunk, bark, segments=8, crease_deg=70)]
    if not _is_near(piece):
        return solids
    for k in range(count):
        a = 2 * math.pi * (k + float(rng.uniform(-0.25, 0.25))) / count
        x, z = math.sin(a) * w * reach, math.cos(a) * d * reach
        y = h * (fork - 0.06 + float(rng.uniform(0.0, 0.1)))
        path = [
            (0.0, y - h * 0.03, 0.0),
            (x * 0.4 + lean, y + h * 0.06, z * 0.4),
            (x, y + h * float(rng.uniform(0.16, 0.28)), z),
        ]
        solids.append(tube(path, r * 0.36, bark, sides=4))
    return solids


def broadleaf(piece: SetPiece) -> list[Solid]:
    """A broad-leaved tree: oak, plane or lime."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    low = h * float(rng.uniform(0.36, 0.46))
    solids = _limbs(piece, rng, fork=low / h, reach=0.26, count=5)
    rows = []
    for k in range(6):
        a = 2 * math.pi * (k + float(rng.uniform(-0.3, 0.3))) / 6
        size = w * float(rng.uniform(0.17, 0.24))
        out = 0.5 - size / w
        y = low + (h - low) * float(rng.uniform(0.22, 0.52))
        rows.append((math.sin(a) * w * out * 0.86, y, math.cos(a) * d * out * 0.86,
                     size, size * 0.85, size * d / w))  # fmt: skip
    for k in range(3):
        a = 2 * math.pi * k / 3 + float(rng.uniform(0, 2))
        size = w * float(rng.uniform(0.19, 0.25))
        y = min(low + (h - low) * float(rng.uniform(0.55, 0.75)), h - size * 0.9)
        rows.append((math.sin(a) * w * 0.13, y, math.cos(a) * d * 0.13,
                     size, size * 0.85, size * d / w))  # fmt: skip
    lumps = np.array(rows)
    near = _is_near(piece)
    leaves = main(piece, Matter.FOLIAGE)
    solids += _masses(lumps, leaves, piece.seed, rows=5 if near else 4)
    count = 560 if near else 220
    leaf = w * (0.085 if near else 0.13)
    return solids + leafage(lumps, leaves, rng, leaf_m=leaf, count=count)


def poplar(piece: SetPiece) -> list[Solid]:
    """A tall narrow crown: poplar or cypress."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    solids = _limbs(piece, rng, fork=0.14, reach=0.12, count=3)
    rows = []
    for k in range(6):
        y = h * (0.2 + 0.13 * k)
        size = w * 0.45 * math.sin(math.pi * (0.22 + 0.13 * k)) ** 0.7
        x, z = (float(rng.uniform(-0.06, 0.06)) * w for _ in range(2))
        rows.append((x, y, z, size, h * 0.12, size * d / w))
    lumps = np.array(rows)
    leaves, near = main(piece, Matter.FOLIAGE), _is_near(piece)
    solids += _masses(lumps, leaves, piece.seed, rows=4)
    return solids + leafage(
        lumps, leaves, rng, leaf_m=h * 0.045 if near else h * 0.06,
        count=420 if near else 180, droop=-0.7,
    )  # fmt: skip


def _boughs(
    piece: SetPiece, rng: np.random.Generator, *, tiers: int, each: int, low: float
) -> tuple[Points, Points]:
    """Return where boughs leave the trunk and where they end, shape (n, 3) each."""
    w, h, d = piece.size_m
    roots, tips = [], []
    for tier in range(tiers):
        share = tier / tiers
        y = h * (low + (0.95 - low) * share)
        reach = 0.5 * (1 - share) ** 0.8 * float(rng.uniform(0.88, 1.0))
        count = max(5, round(each * (1 - 0.45 * share)))
        turn = float(rng.uniform(0, 6.28))
        for k in range(count):
            a = turn + 2 * math.pi * k / count + float(rng.uniform(-0.2, 0.2))
            r = reach * float(rng.uniform(0.8, 1.0))
            rise = y + h * 0.055 * float(rng.uniform(0.7, 1.2))
            roots.append((0.0, rise, 0.0))
            fall = y - h * 0.02 - r * w * 0.16
            tips.append((math.sin(a) * w * r, max(fall, 0.05), math.cos(a) * d * r))
    return np.array(roots), np.array(tips)


def conifer(piece: SetPiece) -> list[Solid]:
    """A fir or spruce: boughs that hang in tiers from a straight trunk."""
    w, h, _ = piece.size_m
    rng = np.random.default_rng(piece.seed)
    bark, needles = accent(piece, Matter.WOOD), main(piece, Matter.FOLIAGE)
    r = max(0.06, w * 0.045)
    near = _is_near(piece)
    solids = [
        lathe([(r * 1.5, 0), (r, h * 0.06), (r * 0.2, h * 0.97)], bark, segments=7),
        lathe(
            [(w * 0.1, h * 0.17), (w * 0.15, h * 0.24), (w * 0.015, h * 0.93)],
            shade(needles, 0.4), segments=8, crease_deg=80,
        ),
    ]  # fmt: skip
    roots, tips = _boughs(
        piece, rng, tiers=15 if near else 10, each=15 if near else 11, low=0.12
    )
    along = tips - roots
    reach = np.hypot(along[:, 0], along[:, 2])
    up = np.tile((0.0, 1.0, 0.0), (len(roots), 1)) + 0.25 * along / np.maximum(
        reach[:, None], 1e-6
    )
    tint = rng.integers(0, 3, len(roots))
    for tone, factor in enumerate((0.75, 1.0, 1.3)):
        here = tint == tone
        width = np.maximum(reach[here] * 0.5, 0.12)
        solids.append(
            blades(roots[here], tips[here], width, up[here], shade(needles, factor))
        )
    return solids


def palm(piece: SetPiece) -> list[Solid]:
    """A palm: a leaning ringed trunk and feathered fronds that arch and hang."""
    w, h, _ = piece.size_m
    rng = np.random.default_rng(piece.seed)
    bark, leaves = accent(piece, Matter.WOOD), main(piece, Matter.FOLIAGE)
    lean = w * float(rng.uniform(0.04, 0.1))
    top = np.array([lean, h * 0.8, 0.0])
    path = [(0.0, 0.0, 0.0), (lean * 0.2, h * 0.25, 0.0), (lean * 0.5, h * 0.5, 0.0)]
    solids = [tube([*path, (lean, h * 0.81, 0.0)], h * 0.022, bark, sides=7)]
    roots, tips, ups = [], [], []
    for k in range(11):
        a = 2 * math.pi * k / 11 + float(rng.uniform(-0.2, 0.2))
        out = np.array([math.sin(a), 0.0, math.cos(a)])
        reach = (0.5 * w - lean) * float(rng.uniform(0.85, 1.0))
        lift, fall = h * float(rng.uniform(0.1, 0.19)), h * float(rng.uniform(0.1, 0.3))
        across = np.array([out[2], 0.0, -out[0]])
        t = np.linspace(0.08, 1.0, 9)[:, None]
        spine = (
            top
            + out * reach * t
            + (0.0, 1.0, 0.0) * (lift * np.sin(np.pi * 0.62 * t) * 1.1 - fall * t**3)
        )
        leaf = reach * 0.42 * np.sin(np.pi * (0.12 + 0.82 * t))
        for s in (-1, 1):
            roots.append(spine)
            tips.append(spine + across * s * leaf * 0.75 + out * leaf * 0.55
                        - UP * leaf * 0.45)  # fmt: skip
            ups.append(np.tile(across * s * 0.4 + (0.0, 1.0, 0.0), (len(t), 1)))
    tint = np.repeat(rng.integers(0, 2, 22), 9)
    root, tip, up = np.concatenate(roots), np.concatenate(tips), np.concatenate(ups)
    for tone, factor in enumerate((0.85, 1.2)):
        here = tint == tone
        solids.append(
            blades(root[here], tip[here], w * 0.055, up[here], shade(leaves, factor))
        )
    return solids


def _point(place: Points) -> Vec3:
    x, y, z = place.tolist()
    return (x, y, z)


def bare(piece: SetPiece) -> list[Solid]:
    """A tree without leaves: winter, or dead."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    bark = accent(piece, Matter.WOOD)
    r = max(0.06, min(w, h) * 0.035)
    solids = [
        lathe(
            [(r * 2, 0), (r * 1.2, h * 0.05), (r * 0.9, h * 0.4), (r * 0.2, h * 0.85)],
            bark, segments=7, crease_deg=70,
        )
    ]  # fmt: skip
    twigs: list[tuple[Points, Points]] = []
    for k in range(9):
        a = 2.4 * k + float(rng.uniform(-0.3, 0.3))
        low = h * (0.3 + 0.055 * k)
        out = np.array([math.sin(a) * w, 0.0, math.cos(a) * d])
        reach = float(rng.uniform(0.3, 0.46)) * (1.0 - 0.05 * k)
        tip = out * reach + (0.0, min(h * 0.98, low + h * 0.3), 0.0)
        middle = out * reach * 0.45 + (0.0, low + h * 0.1, 0.0)
        path = [(0.0, low, 0.0), _point(middle), _point(tip)]
        solids.append(tube(path, r * 0.3, bark, sides=4))
        for _ in range(7):
            t = float(rng.uniform(0.3, 1.0))
            root = middle + (tip - middle) * t
            way = (
                rng.normal(0.0, 0.35, 3) + (0.0, 0.75, 0.0) + out / np.linalg.norm(out)
            )
            end = root + way / np.linalg.norm(way) * h * float(rng.uniform(0.08, 0.17))
            end[1] = min(end[1], h)
            twigs.append((root, end))
    root, tip = (np.array([pair[n] for pair in twigs]) for n in (0, 1))
    out = np.cross(tip - root, rng.normal(0, 1, root.shape))
    return [*solids, blades(root, tip, r * 0.32, out, shade(bark, 0.8))]


KINDS = {
    "tree": broadleaf,
    "poplar": poplar,
    "conifer": conifer,
    "palm": palm,
    "bare-tree": bare,
}
