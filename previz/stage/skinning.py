"""The loops that bring a body at rest into a pose, and a face into an expression."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

__all__ = ["express", "skin"]


@numba.njit(cache=True, nogil=True)
def skin(
    rest: NDArray,
    normals_rest: NDArray,
    bones: NDArray,
    weights: NDArray,
    affine: NDArray,
    positions: NDArray,
    normals: NDArray,
) -> None:
    """Write posed positions and unit normals (linear blend skinning)."""
    mixed = np.zeros((3, 4), np.float32)
    for v in range(rest.shape[0]):
        mixed[:] = 0.0
        for k in range(4):
            share = weights[v, k]
            if share == 0.0:
                break
            bone = bones[v, k]
            for i in range(3):
                for j in range(4):
                    mixed[i, j] += share * affine[bone, i, j]
        length = np.float32(0.0)
        for i in range(3):
            positions[v, i] = (
                mixed[i, 0] * rest[v, 0]
                + mixed[i, 1] * rest[v, 1]
                + mixed[i, 2] * rest[v, 2]
                + mixed[i, 3]
            )
            normal = (
                mixed[i, 0] * normals_rest[v, 0]
                + mixed[i, 1] * normals_rest[v, 1]
                + mixed[i, 2] * normals_rest[v, 2]
            )
            normals[v, i] = normal
            length += normal * normal
        length = np.sqrt(max(length, np.float32(1e-18)))
        for i in range(3):
            normals[v, i] /= length


@numba.njit(cache=True, nogil=True)
def express(
    face: NDArray,
    first: NDArray,
    vertex: NDArray,
    move: NDArray,
    triangles: NDArray,
    moved: NDArray,
    positions: NDArray,
    normals: NDArray,
) -> None:
    """Move the vertices of a face by its actions and renew their normals.

    Args:
        face: How far each action is, 0 to 1, shape (a,).
        first: Where each action's vertices begin, shape (a + 1,).
        vertex: Which move, shape (k,).
        move: By how much, shape (k, 3).
        triangles: All triangles at vertices that may move, shape (m, 3).
        moved: Whether a vertex may move, shape (n,).
        positions: At rest; changed in place, shape (n, 3).
        normals: At rest; changed in place, shape (n, 3).
    """
    for action in range(face.shape[0]):
        share = face[action]
        if share == 0.0:
            continue
        for k in range(first[action], first[action + 1]):
            for i in range(3):
                positions[vertex[k], i] += share * move[k, i]
    for v in range(moved.shape[0]):
        if moved[v]:
            normals[v, :] = 0.0
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        x0 = positions[b, 0] - positions[a, 0]
        x1 = positions[b, 1] - positions[a, 1]
        x2 = positions[b, 2] - positions[a, 2]
        y0 = positions[c, 0] - positions[a, 0]
        y1 = positions[c, 1] - positions[a, 1]
        y2 = positions[c, 2] - positions[a, 2]
        n0, n1, n2 = x1 * y2 - x2 * y1, x2 * y0 - x0 * y2, x0 * y1 - x1 * y0
        for v in (a, b, c):
            if moved[v]:
                normals[v, 0] += n0
                normals[v, 1] += n1
                normals[v, 2] += n2
    for v in range(moved.shape[0]):
        if moved[v]:
            length = np.sqrt(
                normals[v, 0] ** 2 + normals[v, 1] ** 2 + normals[v, 2] ** 2
            )
            length = max(length, np.float32(1e-18))
            for i in range(3):
                normals[v, i] /= length
