"""From what a reader found to a mesh of ours: sized, cleaned, thinned, coloured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.assets.bulk import bulks_of
from previz.assets.matters import matter_of
from previz.assets.parts import Part, Read
from previz.assets.shading import corner_normals, edge_keys, place_keys
from previz.assets.shelf import MOST_KEPT, check_triangles
from previz.assets.texture import face_colors
from previz.errors import AssetError
from previz.model import Matter
from previz.stage import MATTERS, Materials, Mesh
from previz.stage.pieces.coats import ROUGHNESS

__all__ = ["EMISSION_CD_M2", "finished"]

EMISSION_CD_M2 = 300.0
"""Luminance of what a file calls emission 1: a lit lamp shade."""

_MOST_COLORS = 256
_SMALLEST_M, _LARGEST_M = 0.005, 500.0
_UNITS_M = (1.0, 0.01, 0.001, 0.0254)
_SHEET_M = 0.0008
"""How far the back of a double-sided sheet lies behind its front."""


@dataclass(frozen=True)
class _Faces:
    """Triangles with what each is covered with.

    Attributes:
        points: Metres, y up, shape (n, 3).
        triangles: Shape (m, 3).
        normals: Of each corner, zero where unknown, shape (m, 3, 3).
        color: Linear, shape (m, 3).
        row: Index of the part, shape (m,).
    """

    points: NDArray[np.float64]
    triangles: NDArray[np.int64]
    normals: NDArray[np.float64]
    color: NDArray[np.float64]
    row: NDArray[np.int64]

    def chosen(self, keep: NDArray[np.bool_]) -> _Faces:
        return _Faces(self.points, self.triangles[keep], self.normals[keep],
                      self.color[keep], self.row[keep])  # fmt: skip


def finished(
    read: Read, *, name: str, unit_m: float | None, up: str | None, crease_deg: float
) -> tuple[Mesh, list[str]]:
    """Return the mesh and what there is to say of it.

    Args:
        read: What a reader found.
        name: The file, for errors.
        unit_m: Length of the file's unit in metres; None to go by the file.
        up: The axis that points up, "x", "y" or "z"; None to go by the file.
        crease_deg: Edges sharper than this stay sharp where normals are computed.

    Raises:
        AssetError: If there is no mesh in it, or a vertex is nowhere.
    """
    notes = list(read.notes)
    parts = [part for part in read.parts if len(part.triangles)]
    if not parts:
        raise AssetError(
            f"Asset.file must hold at least one face, got none in {name}. Export the "
            "mesh with its faces, not points or curves alone."
        )
    check_triangles(sum(len(part.triangles) for part in parts), name)
    faces = _clean(_together(parts, name, notes), name, notes)
    faces = _upright(faces, _axis(read.up, up, notes))
    faces = _sized(faces, read.unit_m, unit_m, notes)
    faces = _thinned(faces, notes)
    faces = _outside_out(faces)
    faces = _with_backs(faces, [p.paint.double_sided for p in parts])
    return _mesh(faces, parts, crease_deg=crease_deg), list(dict.fromkeys(notes))


def _together(parts: list[Part], name: str, notes: list[str]) -> _Faces:
    points, triangles, normals, colors, rows, first = [], [], [], [], [], 0
    faded = 0
    for number, part in enumerate(parts):
        where = np.asarray(part.triangles)
        if where.min() < 0 or where.max() >= len(part.points):
            raise AssetError(
                f"Asset.faces must point at vertices, got {int(where.max())} of "
                f"{len(part.points):,} in {name}. Export it again."
            )
        if not np.isfinite(part.points[where]).all():
            raise AssetError(
                f"Asset.vertices must be finite numbers, got NaN or infinity in "
                f"{name}. Mend the mesh in the program it comes from."
            )
        color, opacity = face_colors(part)
        keep = opacity > 0.1
        faded += int((~keep).sum())
        each = np.zeros((len(where), 3, 3))
        if part.normals is not None:
            each = np.nan_to_num(part.normals, posinf=0, neginf=0)[where]
        points.append(np.nan_to_num(part.points))
        triangles.append(where[keep] + first)
        normals.append(each[keep])
        colors.append(color[keep])
        rows.append(np.full(int(keep.sum()), number))
        first += len(part.points)
    if faded:
        notes.append(f"{faded:,} faces are clear in their texture and left out.")
    return _Faces(np.concatenate(points), np.concatenate(triangles),
                  np.concatenate(normals), np.concatenate(colors),
                  np.concatenate(rows))  # fmt: skip


def _clean(faces: _Faces, name: str, notes: list[str]) -> _Faces:
    """Drop triangles without area.

    Raises:
        AssetError: If none is left.
    """
    a, b, c = (faces.points[faces.triangles[:, k]] for k in range(3))
    # Scaled first: squares of what is very large or small would not be numbers.
    reach = float(np.abs(faces.points).max(initial=0.0)) or 1.0
    if reach > 1e12:
        raise AssetError(
            f"Asset.vertices must be within 1e12 units, got {reach:.3g} in {name}. "
            "Mend the mesh in the program it comes from."
        )
    area = np.linalg.norm(np.cross((b - a) / reach, (c - a) / reach), axis=1)
    keep = area > 1e-14
    gone = int((~keep).sum())
    if gone == len(keep):
        raise AssetError(
            f"Asset.faces must have area, got {gone:,} without in {name}. Mend the "
            "mesh in the program it comes from."
        )
    if gone:
        notes.append(f"{gone:,} triangles without area are left out.")
    return faces.chosen(keep)


def _axis(told: str | None, asked: str | None, notes: list[str]) -> str:
    if asked is None and told is None:
        notes.append(
            "The file does not say what is up; y is taken. Pass up='z' if not."
        )
    return asked or told or "y"


def _upright(faces: _Faces, up: str) -> _Faces:
    """Turn the axis that is up to y."""
    turn = {
        "y": np.eye(3),
        "z": np.array([(1.0, 0, 0), (0, 0, 1.0), (0, -1.0, 0)]),
        "x": np.array([(0, -1.0, 0), (1.0, 0, 0), (0, 0, 1.0)]),
    }[up]
    return _Faces(faces.points @ turn.T, faces.triangles, faces.normals @ turn.T,
                  faces.color, faces.row)  # fmt: skip


def _sized(
    faces: _Faces, told: float | None, asked: float | None, notes: list[str]
) -> _Faces:
    """Scale to metres and stand the mesh on the middle of its base."""
    used = faces.points[np.unique(faces.triangles)]
    low, high = used.min(axis=0), used.max(axis=0)
    reach = float((high - low).max())
    unit = asked or told or 1.0
    if asked is None and not _SMALLEST_M <= reach * unit <= _LARGEST_M:
        likely = [u for u in _UNITS_M if 0.05 <= reach * u <= 30.0]
        unit = likely[0] if likely else 1.0 / reach
        notes.append(
            f"Its size of {reach:.4g} units cannot be metres; one unit is taken as "
            f"{unit:.4g} m, so it is {reach * unit:.3g} m. Pass unit_m if not."
        )
    base = np.array([(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2])
    return _Faces((faces.points - base) * unit, faces.triangles, faces.normals,
                  faces.color, faces.row)  # fmt: skip


def _thinned(faces: _Faces, notes: list[str]) -> _Faces:
    """Thin out a mesh that is too fine by gathering vertices in cells."""
    before = len(faces.triangles)
    if before <= MOST_KEPT:
        return faces
    used = faces.points[np.unique(faces.triangles)]
    low, reach = used.min(axis=0), float(np.ptp(used, axis=0).max())
    cell = reach / np.sqrt(MOST_KEPT)
    while True:
        made = _gathered(faces, low, cell)
        if len(made.triangles) <= MOST_KEPT:
            break
        cell *= 1.25
    notes.append(
        f"Its {before:,} triangles were thinned to {len(made.triangles):,}, which "
        f"loses what is finer than {cell * 1000:.2g} mm."
    )
    return made


def _gathered(faces: _Faces, low: NDArray[np.float64], cell: float) -> _Faces:
    at = np.floor((faces.points - low) / cell).astype(np.int64)
    at = np.clip(at, 0, (1 << 20) - 1)
    key = at @ np.array([1 << 40, 1 << 20, 1])
    _, group, counts = np.unique(key, return_inverse=True, return_counts=True)
    points = np.stack(
        [np.bincount(group, faces.points[:, k]) / counts for k in range(3)], axis=1
    )
    triangles = group[faces.triangles]
    a, b, c = triangles.T
    keep = (a != b) & (b != c) & (c != a)
    # No more than 2 ** 21 vertices are left in cells: three fit one number.
    same = np.sort(triangles[keep], axis=1) @ np.array([1 << 42, 1 << 21, 1])
    _, first = np.unique(same, return_index=True)
    chosen = np.flatnonzero(keep)[np.sort(first)]
    return _Faces(points, triangles[chosen], np.zeros((len(chosen), 3, 3)),
                  faces.color[chosen], faces.row[chosen])  # fmt: skip


def _outside_out(faces: _Faces) -> _Faces:
    """Turn a closed mesh that is inside out."""
    edges = edge_keys(faces.points, faces.triangles)
    if (np.unique(edges, return_counts=True)[1] != 2).any():
        return faces
    a, b, c = (faces.points[faces.triangles[:, k]] for k in range(3))
    if np.einsum("ij,ij->", a, np.cross(b, c)) >= 0:
        return faces
    return _Faces(faces.points, faces.triangles[:, ::-1],
                  np.zeros_like(faces.normals), faces.color, faces.row)  # fmt: skip


def _with_backs(faces: _Faces, double: list[bool]) -> _Faces:
    """Give double-sided sheets a back of their own, lit from behind."""
    sheet = np.asarray(double)[faces.row]
    if sheet.any():
        sheet &= _open_faces(faces)
    if not sheet.any() or len(faces.triangles) + sheet.sum() > MOST_KEPT:
        return faces
    back = faces.chosen(sheet)
    corners = back.points[back.triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-20)
    behind = (corners - flat[:, None] * _SHEET_M)[:, ::-1].reshape(-1, 3)
    order = np.arange(len(behind)).reshape(-1, 3) + len(faces.points)
    return _Faces(
        np.concatenate([faces.points, behind]),
        np.concatenate([faces.triangles, order]),
        np.concatenate([faces.normals, -back.normals[:, ::-1]]),
        np.concatenate([faces.color, back.color]),
        np.concatenate([faces.row, back.row]),
    )


def _open_faces(faces: _Faces) -> NDArray[np.bool_]:
    """Say which faces belong to a part that has an open edge."""
    edges = edge_keys(faces.points, faces.triangles)
    _, index, counts = np.unique(edges, return_inverse=True, return_counts=True)
    rim = (counts[index.reshape(-1)] == 1).reshape(-1, 3).any(axis=1)
    return np.isin(faces.row, np.unique(faces.row[rim]))


def _mesh(faces: _Faces, parts: list[Part], *, crease_deg: float) -> Mesh:
    normals = corner_normals(
        faces.points, faces.triangles, faces.normals, crease_deg=crease_deg
    )
    row, materials = _materials(faces, parts)
    positions, unit, surface, triangles = _vertices(faces, normals)
    return Mesh(
        positions=positions.astype(np.float32),
        normals=unit.astype(np.float32),
        surface=surface.astype(np.float32),
        triangles=triangles.astype(np.int32),
        triangle_material=row.astype(np.int32),
        materials=materials,
        bulks=np.round(bulks_of(faces.points, faces.triangles), 4),
    )


def _vertices(
    faces: _Faces, normals: NDArray[np.float64]
) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Return positions, normals, surface coordinates and triangles, corners joined.

    A face is mapped along one axis, so that its surface coordinates do not tear.
    """
    corners = faces.points[faces.triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    axis = np.repeat(np.argmax(np.abs(flat), axis=1), 3)
    points = corners.reshape(-1, 3)
    _, place = np.unique(place_keys(points), return_inverse=True)
    around = np.round((normals.reshape(-1, 3) + 1) * 500).astype(np.int64)
    turn = around @ np.array([1 << 20, 1 << 10, 1])
    key = (place << 32) | (turn << 2) | axis
    _, first, index = np.unique(key, return_index=True, return_inverse=True)
    p, side = points[first], axis[first]
    u = np.where(side == 0, p[:, 2], p[:, 0])
    v = np.where(side == 1, p[:, 2], p[:, 1])
    triangles = index.reshape(-1, 3)
    return p, normals.reshape(-1, 3)[first], np.stack([u, v], axis=1), triangles


def _materials(faces: _Faces, parts: list[Part]) -> tuple[NDArray[np.int64], Materials]:
    """Return each face's row and the table, no more than a few hundred rows."""
    code = np.round(np.clip(faces.color, 0, 1) ** (1 / 2.2) * 255).astype(np.int64)
    for shift in range(8):
        low = (code >> shift) << shift
        key = (faces.row << 24) | (low @ np.array([1 << 16, 1 << 8, 1]))
        table, row = np.unique(key, return_inverse=True)
        if len(table) <= _MOST_COLORS or shift == 7:
            break
    row = row.reshape(-1)
    counts = np.bincount(row)
    color = np.stack(
        [np.bincount(row, faces.color[:, k]) / counts for k in range(3)], axis=1
    )
    covered = [parts[number] for number in table >> 24]
    matters = [matter_of(part.paint, part.name) for part in covered]
    return row, Materials(
        base_color=color.astype(np.float32),
        roughness=np.array(
            [_rough(p, m) for p, m in zip(covered, matters, strict=True)], np.float32
        ),
        metalness=np.array([m is Matter.METAL for m in matters], np.float32),
        matter=np.array([MATTERS.index(m) for m in matters], np.uint8),
        emission=np.array(
            [[c * EMISSION_CD_M2 for c in p.paint.emission] for p in covered],
            np.float32,
        ).reshape(-1, 3),
    )


def _rough(part: Part, matter: Matter) -> float:
    told = part.paint.roughness
    if told is None or not np.isfinite(told):
        return ROUGHNESS[matter]
    return min(max(float(told), 0.03), 1.0)
