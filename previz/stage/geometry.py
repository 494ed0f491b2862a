"""Triangles with what the renderers need to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["MATTERS", "Geometry", "Materials", "join"]

from previz.model import Matter

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
    vertex_offsets = np.cumsum([0] + [len(p.positions) for p in parts])
    material_offsets = np.cumsum([0] + [len(p.materials.roughness) for p in parts])

    def stack(arrays: list[NDArray], shape: tuple[int, ...], dtype: type) -> NDArray:
        return np.concatenate([np.zeros(shape, dtype), *arrays]).astype(dtype)

    return Geometry(
        positions=stack([p.positions for p in parts], (0, 3), np.float32),
        normals=stack([p.normals for p in parts], (0, 3), np.float32),
        surface=stack([p.surface for p in parts], (0, 2), np.float32),
        triangles=stack(
            [p.triangles + o for p, o in zip(parts, vertex_offsets, strict=False)],
            (0, 3),
            np.int32,
        ),
        triangle_object=stack([p.triangle_object for p in parts], (0,), np.int32),
        triangle_material=stack(
            [p.triangle_material + o for p, o in zip(parts, material_offsets, strict=False)],
            (0,),
            np.int32,
        ),
        materials=Materials(
            base_color=stack([p.materials.base_color for p in parts], (0, 3), np.float32),
            roughness=stack([p.materials.roughness for p in parts], (0,), np.float32),
            metalness=stack([p.materials.metalness for p in parts], (0,), np.float32),
            matter=stack([p.materials.matter for p in parts], (0,), np.uint8),
            emission=stack([p.materials.emission for p in parts], (0, 3), np.float32),
        ),
    )
