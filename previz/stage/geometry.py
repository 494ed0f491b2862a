"""Triangles with what the renderers need to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.model import Matter

__all__ = ["MATTERS", "Geometry", "Materials", "join"]

MATTERS: tuple[Matter, ...] = tuple(Matter)
"""The matter class of index i in `Materials.matter`."""


@dataclass(frozen=True)
class Materials:
    """A table of surfaces; one row a material.

    Attributes:
        base_color: Linear Rec.709 reflectance, shape (k, 3), 0 to 1.
        roughness: Perceptual roughness, shape (k,), 0 to 1.
        metalness: Shape (k,), 0 or 1.
        matter: Index into `MATTERS`, shape (k,).
        emission: Luminance of a glowing surface in cd/m², shape (k, 3).
    """

    base_color: NDArray[np.float32]
    roughness: NDArray[np.float32]
    metalness: NDArray[np.float32]
    matter: NDArray[np.uint8]
    emission: NDArray[np.float32]


@dataclass(frozen=True)
class Geometry:
    """Triangles in one space; counter-clockwise seen from outside.

    Attributes:
        positions: Vertices in metres, shape (n, 3).
        normals: Unit vertex normals, shape (n, 3).
        surface: Surface coordinates in metres, shape (n, 2): a place on the
            object's own surface that moves with it, continuous within a face.
        triangles: Vertex indices, shape (m, 3).
        triangle_object: Object id of each triangle, shape (m,). 0 is no object.
        triangle_material: Row of `materials`, shape (m,).
        materials: The table that `triangle_material` points into.
    """

    positions: NDArray[np.float32]
    normals: NDArray[np.float32]
    surface: NDArray[np.float32]
    triangles: NDArray[np.int32]
    triangle_object: NDArray[np.int32]
    triangle_material: NDArray[np.int32]
    materials: Materials


def join(parts: Sequence[Geometry]) -> Geometry:
    """Return all parts as one geometry, in order; no parts give an empty one."""
    tables = [part.materials for part in parts]
    vertex_offsets = np.cumsum([0, *(len(p.positions) for p in parts)])
    material_offsets = np.cumsum([0, *(len(t.roughness) for t in tables)])
    triangles = [p.triangles + o for p, o in zip(parts, vertex_offsets, strict=False)]
    rows = [
        p.triangle_material + o for p, o in zip(parts, material_offsets, strict=False)
    ]
    return Geometry(
        positions=_stack([p.positions for p in parts], (0, 3), np.float32),
        normals=_stack([p.normals for p in parts], (0, 3), np.float32),
        surface=_stack([p.surface for p in parts], (0, 2), np.float32),
        triangles=_stack(triangles, (0, 3), np.int32),
        triangle_object=_stack([p.triangle_object for p in parts], (0,), np.int32),
        triangle_material=_stack(rows, (0,), np.int32),
        materials=Materials(
            base_color=_stack([t.base_color for t in tables], (0, 3), np.float32),
            roughness=_stack([t.roughness for t in tables], (0,), np.float32),
            metalness=_stack([t.metalness for t in tables], (0,), np.float32),
            matter=_stack([t.matter for t in tables], (0,), np.uint8),
            emission=_stack([t.emission for t in tables], (0, 3), np.float32),
        ),
    )


def _stack(arrays: list[NDArray], empty: tuple[int, ...], dtype: type) -> NDArray:
    """Concatenate; `empty` is the shape of the result where there are no arrays."""
    return np.concatenate([np.zeros(empty, dtype), *arrays]).astype(dtype)
