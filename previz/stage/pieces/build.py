"""From set pieces to world triangles."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.errors import UnknownNameError
from previz.model import Set, SetPiece
from previz.stage.assets import NO_ASSETS, Assets
from previz.stage.geometry import MATTERS, Geometry, Materials, join
from previz.stage.pieces import (
    buildings,
    civic,
    dressing,
    furniture,
    imported,
    kitchens,
    machines,
    nature,
    roadside,
    seating,
    shell,
    street,
    vehicles,
)
from previz.stage.pieces.coats import Coat
from previz.stage.pieces.solids import Solid

__all__ = [
    "PIECE_KINDS",
    "build_piece",
    "build_set",
    "piece_solids",
    "world_from_piece",
]

BUILDERS: dict[str, Callable[[SetPiece], list[Solid]]] = {
    **shell.KINDS,
    **seating.KINDS,
    **furniture.KINDS,
    **kitchens.KINDS,
    **dressing.KINDS,
    **machines.KINDS,
    **nature.KINDS,
    **street.KINDS,
    **buildings.KINDS,
    **vehicles.KINDS,
    **roadside.KINDS,
    **civic.KINDS,
    **imported.KINDS,
}

PIECE_KINDS: frozenset[str] = frozenset(BUILDERS)
"""Every kind a set piece may have."""


def piece_solids(piece: SetPiece) -> list[Solid]:
    """Return the shapes of a piece in its own space.

    Raises:
        UnknownNameError: If no builder knows the piece's kind.
    """
    if piece.kind not in BUILDERS:
        raise UnknownNameError("SetPiece.kind", piece.kind, PIECE_KINDS)
    x, _, z = piece.position_m
    away = max(abs(x), abs(z))
    # Builders read of the place only how far it is: detail falls at 9 m and 12 m.
    far = 0.0 if away < 9 else 10.0 if away <= 12 else 20.0
    there = {"id": "piece", "position_m": (far, 0.0, 0.0), "yaw_deg": 0.0}
    return _solids(piece.model_copy(update=there))


@lru_cache(maxsize=512)
def _solids(piece: SetPiece) -> list[Solid]:
    """Build a piece at the origin; equal pieces share their shapes."""
    return BUILDERS[piece.kind](piece)


def world_from_piece(piece: SetPiece) -> NDArray[np.float64]:
    """Return the turn about y as a rotation matrix, shape (3, 3)."""
    yaw = math.radians(piece.yaw_deg)
    c, s = math.cos(yaw), math.sin(yaw)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def build_piece(
    piece: SetPiece, *, object_id: int, assets: Assets = NO_ASSETS
) -> Geometry:
    """Build one piece in the world.

    Args:
        piece: What and where.
        object_id: Written to every triangle.
        assets: Imported meshes; a grey box stands for one that is missing.

    Raises:
        UnknownNameError: If no builder knows the piece's kind.
    """
    turn = world_from_piece(piece)
    mesh = assets.mesh(piece.asset)
    if mesh is not None:
        return imported.mesh_in_world(mesh, piece, turn=turn, object_id=object_id)
    solids = piece_solids(piece)
    coats = list(dict.fromkeys(solid.coat for solid in solids))
    row = {coat: k for k, coat in enumerate(coats)}
    offsets = np.cumsum([0] + [len(s.positions) for s in solids])
    counts = [len(s.triangles) for s in solids]
    positions = np.concatenate([s.positions for s in solids])
    normals = np.concatenate([s.normals for s in solids])
    return Geometry(
        positions=(positions @ turn.T + np.asarray(piece.position_m)).astype(
            np.float32
        ),
        normals=(normals @ turn.T).astype(np.float32),
        surface=np.concatenate([s.surface for s in solids]).astype(np.float32),
        triangles=np.concatenate(
            [s.triangles + o for s, o in zip(solids, offsets, strict=False)]
        ).astype(np.int32),
        triangle_object=np.full(sum(counts), object_id, np.int32),
        triangle_material=np.repeat([row[s.coat] for s in solids], counts).astype(
            np.int32
        ),
        materials=_materials(coats),
    )


def _materials(coats: list[Coat]) -> Materials:
    return Materials(
        base_color=np.array([c.color for c in coats], np.float32).reshape(-1, 3),
        roughness=np.array([c.roughness for c in coats], np.float32),
        metalness=np.array([c.metalness for c in coats], np.float32),
        matter=np.array([MATTERS.index(c.matter) for c in coats], np.uint8),
        emission=np.array([c.emission for c in coats], np.float32).reshape(-1, 3),
    )


@lru_cache(maxsize=8)
def build_set(set_: Set, *, assets: Assets = NO_ASSETS) -> Geometry:
    """Build all pieces of a set in the world; object ids count from 1.

    Args:
        set_: The set.
        assets: Imported meshes; a grey box stands for one that is missing.

    Raises:
        UnknownNameError: If no builder knows a piece's kind.
    """
    return join(
        [
            build_piece(piece, object_id=k + 1, assets=assets)
            for k, piece in enumerate(set_.pieces)
        ]
    )
