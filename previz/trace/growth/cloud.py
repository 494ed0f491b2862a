"""What grew: many small flat shapes with colours of their own."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.model import RGB
from previz.trace.growth.chance import branched, share
from previz.trace.order import Patch, Surface

__all__ = ["Cloud", "Points", "Roots", "patch_of", "spots_on", "unit"]

Points = NDArray[np.float64]


class Cloud(NamedTuple):
    """Triangles with a colour at each vertex.

    Attributes:
        positions: World metres, shape (n, 3).
        normals: Unit, shape (n, 3).
        coordinates: Metres along and across each shape, shape (n, 2).
        colors: Linear Rec.709 reflectance, or luminance in cd/m², shape (n, 3).
        triangles: Shape (m, 3).
    """

    positions: NDArray[np.floating]
    normals: NDArray[np.floating]
    coordinates: NDArray[np.floating]
    colors: NDArray[np.floating]
    triangles: NDArray[np.integer]


class Roots(NamedTuple):
    """Where shapes grow: places on triangles.

    Attributes:
        triangle: Which triangle each is on, a row of those given, shape (n,).
        weights: Of its corners, shape (n, 3).
        keys: What each draws its chance from, shape (n,).
    """

    triangle: NDArray[np.int64]
    weights: Points
    keys: NDArray[np.uint64]

    def at(self, corners: NDArray[np.floating]) -> Points:
        """Return what the corners' values, shape (t, 3, k), are there, (n, k)."""
        return np.asarray(np.einsum("nc,nck->nk", self.weights, corners[self.triangle]))


def unit(vectors: NDArray[np.floating]) -> Points:
    """Return vectors at length 1, shape (n, 3)."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float64)


def spots_on(keys: NDArray[np.uint64], counts: NDArray[np.int64]) -> Roots:
    """Spread places evenly over triangles; the first few of many are the same.

    Args:
        keys: Of each triangle, shape (t,).
        counts: How many on each, shape (t,).
    """
    triangle = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    own = branched(keys[triangle], np.arange(len(triangle)) - first[triangle])
    root, side = np.sqrt(share(own, 0)), share(own, 1)
    weights = np.stack([1.0 - root, root * (1.0 - side), root * side], axis=1)
    return Roots(triangle, weights, own)


def patch_of(
    cloud: Cloud,
    *,
    matter: str,
    roughness: float,
    shines: bool = False,
    color: RGB = (0.5, 0.5, 0.5),
) -> Patch:
    """Return a cloud as a patch whose colours are its vertices'.

    Args:
        cloud: What grew.
        matter: One of the grown matters of `previz.trace.surfaces`.
        roughness: Perceptual, 0 to 1.
        shines: Whether its colours are luminances in cd/m².
        color: What it reflects where it shines.
    """
    most = np.inf if shines else 0.97
    return Patch(
        surface=Surface(
            color=color,
            roughness=roughness, metalness=0.0, matter=matter,
            emission=(1.0, 1.0, 1.0) if shines else (0.0, 0.0, 0.0),
        ),
        positions=np.ascontiguousarray(cloud.positions, np.float32),
        normals=np.ascontiguousarray(cloud.normals, np.float32),
        coordinates=np.ascontiguousarray(cloud.coordinates, np.float32),
        triangles=np.ascontiguousarray(cloud.triangles, np.uint32),
        vertices=np.full(len(cloud.positions), -1, np.int64),
        source=np.full(len(cloud.triangles), -1, np.int64),
        colors=np.ascontiguousarray(np.clip(cloud.colors, 0.0, most), np.float32),
    )  # fmt: skip
