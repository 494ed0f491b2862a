"""The bare body as pieces of skin: head with eyes, brows and mouth, hands, limbs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.stage.bones import BONE_INDEX
from previz.stage.figure import REGIONS, Figure, cast
from previz.stage.loft import Array, Mesh, Part, loft, mirrored, normals_of, weight
from previz.stage.palette import material

__all__ = ["brow_points", "build_eyes", "build_face", "build_skin"]

_MATERIALS = {
    "skin": "skin",
    "lips": "lips",
    "mouth": "mouth",
    "cavity": "lid",
    "tongue": "tongue",
}


def build_skin(figure: Figure, hidden: NDArray[np.bool_]) -> Part:
    """Return the skin but for triangles all of whose corners are hidden.

    Args:
        figure: Whose.
        hidden: Which vertices of the body lie under cloth, shape (n,).
    """
    base = cast()
    count = int(base.spans[1])
    names = np.array([material(_MATERIALS[region]) for region in REGIONS], np.int32)
    points = figure.points[:count]
    normals = normals_of(points, base.body[0])
    meshes: list[Mesh] = []
    for triangles, region in zip(base.body, base.region, strict=True):
        seen = ~hidden[triangles].all(axis=1)
        kept = triangles[seen]
        named = names[region[seen]]
        bare = named == material("skin")
        named[bare] = _complexion(figure, points[kept[bare]].mean(axis=1))
        meshes.append((kept, named))
    return Part(
        positions=points,
        normals=normals,
        surface=base.surface[:count],
        weights=base.weights[:count],
        triangles=meshes[0][0],
        material=meshes[0][1],
        coarser=tuple(meshes[1:]),
    )


def _complexion(figure: Figure, places: Array) -> NDArray[np.int32]:
    """Return the material of bare skin: warmer here, shaved there.

    Args:
        figure: Whose.
        places: Middles of triangles, shape (m, 3).
    """
    tall = float(figure.crown[1] - figure.chin[1])
    eye = figure.joints[BONE_INDEX["eye_l"]]
    x = np.abs(places[:, 0]) / tall
    y = (places[:, 1] - figure.chin[1]) / tall
    z = (places[:, 2] - eye[2]) / tall
    nose = (x < 0.075) & (y > 0.26) & (y < 0.40) & (z > 0.06)
    cheek = ((x - 0.20) / 0.085) ** 2 + ((y - 0.33) / 0.075) ** 2 < 1
    ear = (x > 0.315) & (y > 0.22) & (y < 0.60) & (z < -0.25)
    jaw = (y > -0.08) & (y < 0.24) & (z > -0.42) & (x < 0.34)
    out = np.full(len(places), material("skin"), np.int32)
    out[jaw] = material("beard")
    out[nose | (cheek & (z > -0.25)) | ear] = material("flush")
    return out


def build_face(figure: Figure) -> list[Part]:
    """Return lashes, teeth and brows, in the order of the figure's vertices."""
    base = cast()
    spans = base.spans
    parts = [
        _fine(figure, slice(spans[1], spans[2]), base.lashes - spans[1], "lash"),
        _fine(figure, slice(spans[2], spans[3]), base.teeth - spans[2], "teeth"),
    ]
    # Set back, or they would show at the corners of narrow mouths.
    parts[1].positions[:] *= (0.88, 1.0, 1.0)
    parts[1].positions[:, 2] -= 0.0035 * figure.face_scale
    return [*parts, _brows(figure)]


def _fine(figure: Figure, rows: slice, mesh: NDArray[np.int32], name: str) -> Part:
    """Return a piece that only close views have."""
    points = figure.points[rows].copy()
    none = np.zeros((0, 3), np.int32), np.zeros(0, np.int32)
    return Part(
        positions=points,
        normals=normals_of(points, mesh),
        surface=cast().surface[rows],
        weights=cast().weights[rows],
        triangles=mesh,
        material=np.full(len(mesh), material(name), np.int32),
        coarser=(none, none),
    )


def brow_points(points: NDArray[np.floating]) -> Array:
    """Return places along the brows on a face's points, shape (2 * 3 * 7, 3)."""
    base = cast()
    return np.asarray(np.einsum("pc,pci->pi", base.brow_share, points[base.brow_of]))


def _brows(figure: Figure) -> Part:
    """Return both brows: strips that stand a little off the skin, thickest inside."""
    base = cast()
    points = brow_points(figure.points)
    normals = brow_points(normals_of(figure.points[: base.spans[1]], base.body[0]))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    rise = np.tile(np.repeat([0.0006, 0.0024, 0.0006], 7), 2) * figure.face_scale
    points = points + normals * rise[:, None]
    points = _groomed(figure, points)
    grid = np.arange(21).reshape(3, 7)
    quads = np.stack(
        [grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]], axis=-1
    ).reshape(-1, 4)
    left = quads[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)
    mesh = np.concatenate([left, left[:, ::-1] + 21]).astype(np.int32)
    names = np.full(len(mesh), material("brow"), np.int32)
    none = mesh[:0], names[:0]
    return Part(
        positions=points,
        normals=normals,
        surface=base.surface[base.brow_of[:, 0]],
        weights=np.broadcast_to(weight((1,), head=1.0), (42, base.weights.shape[1])),
        triangles=mesh,
        material=names,
        coarser=((mesh, names), none),
    )


def _groomed(figure: Figure, points: Array) -> Array:
    """Return brows finer on women and the old, their inner ends no lower than calm."""
    rows = points.reshape(2, 3, 7, 3)
    fine = 0.16 + 0.34 * figure.softness
    rows = rows + fine * (rows[:, 1:2] - rows) * (1.0, 1.0, 0.0)
    inner = np.linspace(0.0026, -0.0016, 7) * figure.face_scale
    if abs(points[0, 0]) > abs(points[6, 0]):
        inner = inner[::-1]
    rows[..., 1] += inner
    return np.asarray(rows.reshape(-1, 3))


def build_eyes(figure: Figure) -> list[Part]:
    """Return the eyeballs with pupil, iris and white."""
    centre = figure.joints[BONE_INDEX["eye_l"]]
    polar = np.radians([3.0, 9.5, 12.0, 23.5, 26.5, 52.0, 92.0])
    azimuth = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    # The cornea bulges over the iris.
    radius = figure.eye_m * np.array([1.0, 1.0, 1.0, 0.99, 0.985, 0.985, 0.985])
    x = radius[:, None] * np.sin(polar)[:, None] * np.cos(azimuth)
    y = radius[:, None] * np.sin(polar)[:, None] * np.sin(azimuth)
    z = np.broadcast_to((radius * np.cos(polar))[:, None], x.shape)
    points = centre + np.stack([x, y, z], axis=-1)
    names = np.full((6, 14), material("white"))
    names[0], names[1:3], names[3] = (
        material(name) for name in ("pupil", "iris", "limbus")
    )
    left = loft(points, weight((7, 1), eye_l=1.0), material=names, end=False)
    return [left, mirrored(left)]
