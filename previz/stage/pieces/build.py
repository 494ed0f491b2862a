"""From set pieces to world triangles."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
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
    fittings,
    furniture,
    handheld,
    imported,
    joinery,
    kitchens,
    machines,
    nature,
    picture_house,
    roadside,
    seating,
    shards,
    shell,
    street,
    trees,
    vehicles,
    venues,
)
from previz.stage.pieces.coats import Coat
from previz.stage.pieces.joints import Joint, parts_named
from previz.stage.pieces.solids import Solid

__all__ = [
    "PIECE_KINDS",
    "build_part",
    "build_piece",
    "build_set",
    "opening_parts",
    "parts_of",
    "piece_solids",
    "world_from_piece",
]

BUILDERS: dict[str, Callable[[SetPiece], list[Solid]]] = {
    **shell.KINDS,
    **seating.KINDS,
    **furniture.KINDS,
    **joinery.KINDS,
    **kitchens.KINDS,
    **dressing.KINDS,
    **machines.KINDS,
    **nature.KINDS,
    **trees.KINDS,
    **street.KINDS,
    **buildings.KINDS,
    **vehicles.KINDS,
    **roadside.KINDS,
    **civic.KINDS,
    **picture_house.KINDS,
    **fittings.KINDS,
    **venues.KINDS,
    **handheld.KINDS,
    **shards.KINDS,
    **imported.KINDS,
}

JOINTS: dict[str, Callable[[SetPiece], dict[str, Joint]]] = {
    **shell.JOINTS,
    **furniture.JOINTS,
    **kitchens.JOINTS,
    **machines.JOINTS,
    **vehicles.JOINTS,
}

PIECE_KINDS: frozenset[str] = frozenset(BUILDERS)
"""Every kind a set piece may have."""


def piece_solids(piece: SetPiece, *, opened: bool = False) -> list[Solid]:
    """Return the shapes of a piece in its own space.

    Args:
        piece: What to build.
        opened: Whether a part of it opens, so that one looks inside.

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
    unseen = "shut" if opened else "opened"
    return [s for s in _solids(piece.model_copy(update=there)) if s.seen != unseen]


@lru_cache(maxsize=512)
def _solids(piece: SetPiece) -> list[Solid]:
    """Build a piece at the origin; equal pieces share their shapes."""
    return BUILDERS[piece.kind](piece)


def world_from_piece(piece: SetPiece) -> NDArray[np.float64]:
    """Return the turn about y as a rotation matrix, shape (3, 3)."""
    yaw = math.radians(piece.yaw_deg)
    c, s = math.cos(yaw), math.sin(yaw)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def parts_of(piece: SetPiece) -> dict[str, Joint]:
    """Return how each part of a piece opens, in the piece's own space, by its name.

    Empty where nothing of it opens.
    """
    return JOINTS[piece.kind](piece) if piece.kind in JOINTS else {}


def opening_parts(piece: SetPiece, part: str) -> dict[str, Joint]:
    """Return the parts that a swing of `part` opens; an empty name is the first.

    Raises:
        UnknownNameError: If the piece has no such part.
    """
    joints = parts_of(piece)
    return {name: joints[name] for name in parts_named(piece.id, part, joints)}


def build_piece(
    piece: SetPiece,
    *,
    object_id: int,
    without: Collection[str] = (),
    assets: Assets = NO_ASSETS,
) -> Geometry:
    """Build one piece in the world.

    Args:
        piece: What and where.
        object_id: Written to every triangle.
        without: Names of moving parts that are left out.
        assets: Imported meshes; a grey box stands for one that is missing.

    Raises:
        UnknownNameError: If no builder knows the piece's kind.
    """
    turn = world_from_piece(piece)
    mesh = assets.mesh(piece.asset)
    if mesh is not None:
        return imported.mesh_in_world(mesh, piece, turn=turn, object_id=object_id)
    solids = [
        solid
        for solid in piece_solids(piece, opened=bool(without))
        if not solid.part or solid.part not in without
    ]
    return _placed(solids, piece, object_id)


def build_part(piece: SetPiece, part: str, *, object_id: int) -> Geometry:
    """Build one moving part of a piece where it is built, in the piece's own space.

    Args:
        piece: Whose part.
        part: As `parts_of` names it.
        object_id: Written to every triangle.
    """
    solids = [s for s in piece_solids(piece, opened=True) if s.part == part]
    here = {"position_m": (0.0, 0.0, 0.0), "yaw_deg": 0.0}
    return _placed(solids, piece.model_copy(update=here), object_id)


def _placed(solids: list[Solid], piece: SetPiece, object_id: int) -> Geometry:
    turn = world_from_piece(piece)
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
def build_set(
    set_: Set,
    *,
    without: frozenset[tuple[str, str]] = frozenset(),
    assets: Assets = NO_ASSETS,
) -> Geometry:
    """Build all pieces of a set in the world; object ids count from 1.

    Args:
        set_: The set.
        without: Piece and moving part of what is left out.
        assets: Imported meshes; a grey box stands for one that is missing.

    Raises:
        UnknownNameError: If no builder knows a piece's kind.
    """
    return join(
        [
            build_piece(
                piece,
                object_id=k + 1,
                without={part for owner, part in without if owner == piece.id},
                assets=assets,
            )
            for k, piece in enumerate(set_.pieces)
        ]
    )
