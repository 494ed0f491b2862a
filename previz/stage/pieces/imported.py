"""Imported meshes as set pieces, and the grey box that stands for a missing one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from previz.model import Matter, SetPiece
from previz.stage.assets import Mesh
from previz.stage.geometry import Geometry
from previz.stage.pieces.coats import Coat
from previz.stage.pieces.solids import Solid, box

__all__ = ["KINDS", "mesh_in_world"]

_STAND_IN = Coat((0.35, 0.35, 0.35), Matter.PLASTIC)


def _stand_in(piece: SetPiece) -> list[Solid]:
    return [box(piece.size_m, (0.0, 0.0, 0.0), _STAND_IN)]


def mesh_in_world(
    mesh: Mesh, piece: SetPiece, *, turn: NDArray[np.float64], object_id: int
) -> Geometry:
    """Stand a mesh where its piece is, as large as the piece.

    Args:
        mesh: The mesh.
        piece: Where it stands and how large it is.
        turn: The piece's turn as a rotation matrix, shape (3, 3).
        object_id: Written to every triangle.
    """
    scale = mesh.scale_to(piece.size_m)
    normals = mesh.normals / scale
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    positions = (mesh.positions * scale) @ turn.T + np.asarray(piece.position_m)
    return Geometry(
        positions=positions.astype(np.float32),
        normals=(normals @ turn.T).astype(np.float32),
        surface=mesh.surface * np.float32(np.cbrt(scale.prod())),
        triangles=mesh.triangles,
        triangle_object=np.full(len(mesh.triangles), object_id, np.int32),
        triangle_material=mesh.triangle_material,
        materials=mesh.materials,
    )


KINDS: dict[str, Callable[[SetPiece], list[Solid]]] = {"import": _stand_in}
