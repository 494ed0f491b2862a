"""Geometry cut into patches of one surface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from previz.stage import MATTERS, Geometry
from previz.trace.order import Patch, Surface

__all__ = ["cut", "hollowed", "lies_within", "moved", "parted"]

_INSIDE_M = 0.4
_AS_THEY_ARE: Mapping[int, str] = MappingProxyType({})


def cut(
    geometry: Geometry, *, first: int = 0, closer: Mapping[int, str] = _AS_THEY_ARE
) -> tuple[Patch, ...]:
    """Return the triangles of a geometry by surface, in the order of its materials.

    Args:
        geometry: In the world.
        first: What its triangles count from.
        closer: Other matter than the table's, by row of its materials.
    """
    if len(geometry.triangles) == 0:
        return ()
    surfaces, which = _surfaces(geometry, closer)
    kind = which[geometry.triangle_material]
    return tuple(
        _patch(geometry, surface, np.flatnonzero(kind == number), first)
        for number, surface in enumerate(surfaces)
        if (kind == number).any()
    )


def moved(
    patches: tuple[Patch, ...], positions: NDArray[np.float32]
) -> tuple[Patch, ...]:
    """Return patches of a geometry whose vertices lie elsewhere, shape (n, 3)."""
    return tuple(
        replace(
            patch, positions=np.ascontiguousarray(positions[patch.vertices], np.float32)
        )
        for patch in patches
    )


def hollowed(
    patches: tuple[Patch, ...], bulbs: NDArray[np.float64]
) -> tuple[Patch, ...]:
    """Mark what glows within 0.4 m of a bulb as hollow; bulbs are of shape (n, 3)."""
    return tuple(
        replace(patch, hollow=True)
        if patch.surface.glows and _around_any(patch, bulbs)
        else patch
        for patch in patches
    )


def lies_within(
    positions: NDArray[np.float32],
    triangles: NDArray[np.integer],
    low: Sequence[float],
    high: Sequence[float],
) -> NDArray[np.bool_]:
    """Return which triangles have their middle in a box, shape (m,)."""
    middles = positions[triangles].mean(axis=1)
    return np.asarray(((middles > low) & (middles < high)).all(axis=1))


def parted(
    patches: Sequence[Patch], low: Sequence[float], high: Sequence[float]
) -> tuple[list[Patch], list[Patch]]:
    """Return what of the patches lies outside a box, and what lies within."""
    outside: list[Patch] = []
    within: list[Patch] = []
    for patch in patches:
        kept = lies_within(patch.positions, patch.triangles, low, high)
        for side, chosen in ((outside, ~kept), (within, kept)):
            if chosen.any():
                side.append(
                    replace(
                        patch,
                        triangles=patch.triangles[chosen],
                        source=patch.source[chosen],
                    )
                )
    return outside, within


def _around_any(patch: Patch, bulbs: NDArray[np.float64]) -> bool:
    return any(
        float(np.linalg.norm(patch.positions - bulb, axis=1).min()) < _INSIDE_M
        for bulb in bulbs
    )


def _surfaces(
    geometry: Geometry, closer: Mapping[int, str]
) -> tuple[list[Surface], NDArray[np.int64]]:
    """Return the different surfaces and which one each row of materials is."""
    table = geometry.materials
    known: dict[Surface, int] = {}
    which = np.zeros(len(table.roughness), np.int64)
    for row in range(len(which)):
        surface = Surface(
            color=_rgb(table.base_color[row]),
            roughness=round(float(table.roughness[row]), 4),
            metalness=float(table.metalness[row]),
            matter=closer.get(row, MATTERS[table.matter[row]].value),
            emission=_rgb(table.emission[row]),
        )
        which[row] = known.setdefault(surface, len(known))
    return list(known), which


def _rgb(values: NDArray[np.float32]) -> tuple[float, float, float]:
    red, green, blue = (round(float(v), 5) for v in values)
    return red, green, blue


def _patch(
    geometry: Geometry, surface: Surface, chosen: NDArray[np.int64], first: int
) -> Patch:
    corners = geometry.triangles[chosen]
    flat = _without_surface(geometry, corners)
    used, inside = np.unique(corners[~flat], return_inverse=True)
    alone = corners[flat]
    coordinates = np.concatenate(
        [geometry.surface[used], _spread_out(geometry, alone).reshape(-1, 2)]
    )
    vertices = np.concatenate([used, alone.ravel()])
    rest = len(used) + np.arange(alone.size)
    triangles = np.concatenate([inside.reshape(-1, 3), rest.reshape(-1, 3)])
    return Patch(
        surface=surface,
        positions=np.ascontiguousarray(geometry.positions[vertices], np.float32),
        normals=np.ascontiguousarray(geometry.normals[vertices], np.float32),
        coordinates=np.ascontiguousarray(coordinates, np.float32),
        triangles=triangles.astype(np.uint32),
        vertices=vertices.astype(np.int64),
        source=np.concatenate([chosen[~flat], chosen[flat]]) + first,
    )


def _without_surface(
    geometry: Geometry, corners: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Return which triangles have no area in surface coordinates, as at a pole.

    Relief has no direction there, and a tracer divides by that area.
    """
    places = geometry.positions[corners].astype(np.float64)
    spots = geometry.surface[corners].astype(np.float64)
    b, c = places[:, 1] - places[:, 0], places[:, 2] - places[:, 0]
    area = np.linalg.norm(np.cross(b, c), axis=1)
    u, v = spots[:, 1] - spots[:, 0], spots[:, 2] - spots[:, 0]
    return np.asarray(np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]) < 1e-2 * area)


def _spread_out(geometry: Geometry, corners: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return coordinates that lay such triangles flat beside their first corner."""
    places = geometry.positions[corners].astype(np.float64)
    b, c = places[:, 1] - places[:, 0], places[:, 2] - places[:, 0]
    length = np.maximum(np.linalg.norm(b, axis=1), 1e-9)
    along = np.einsum("ij,ij->i", b, c) / length
    beside = np.linalg.norm(np.cross(b, c), axis=1) / length
    out = np.repeat(geometry.surface[corners[:, 0]][:, None].astype(np.float64), 3, 1)
    out[:, 1, 0] += length
    out[:, 2, 0] += along
    out[:, 2, 1] += np.maximum(beside, 1e-6)
    return out
