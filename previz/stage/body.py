"""A character's body and clothes at rest: what the stage skins at every frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numba
import numpy as np
from numpy.typing import NDArray

from previz.model import Character, Matter
from previz.stage.clothes import clothe
from previz.stage.geometry import MATTERS, Materials
from previz.stage.head import build_head
from previz.stage.limbs import build_hands, build_shoes
from previz.stage.loft import Part, merge
from previz.stage.palette import MATERIALS
from previz.stage.skeleton import skeleton_of

__all__ = ["COARSEST", "Body", "body_of", "herd_of", "level_for"]

_COARSER_BELOW_PX = (110.0, 32.0)
"""Below which height in a picture a figure takes the next coarser level."""

COARSEST = len(_COARSER_BELOW_PX)
"""The coarsest level."""


@dataclass(frozen=True)
class Body:
    """A body at rest, ready for skinning.

    Attributes:
        rest: Positions, metres, shape (n, 3), float32.
        normals: Shape (n, 3), float32.
        surface: Surface coordinates, metres, shape (n, 2), float32.
        bones: The bones that move each vertex, shape (n, 4).
        weights: Their shares, shape (n, 4), float32; rows sum to 1.
        triangles: Shape (m, 3).
        triangle_material: Row of `materials`, shape (m,).
        shadow_triangles: Fewer triangles over the same vertices that throw about
            the same shadow, shape (k, 3).
        materials: Skin, hair, cloth, leather.
        unrest: World-from-rest shift of every bone, taken off before posing,
            shape (b, 3).
    """

    rest: NDArray[np.float32]
    normals: NDArray[np.float32]
    surface: NDArray[np.float32]
    bones: NDArray[np.int32]
    weights: NDArray[np.float32]
    triangles: NDArray[np.int32]
    triangle_material: NDArray[np.int32]
    shadow_triangles: NDArray[np.int32]
    materials: Materials
    unrest: NDArray[np.float64]

    def pose(
        self, bones: NDArray[np.float64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return positions and unit normals under bone transforms (linear blend).

        Args:
            bones: World from bone, shape (b, 4, 4).
        """
        affine = bones[:, :3, :].copy()
        affine[:, :, 3] -= np.einsum("bij,bj->bi", bones[:, :3, :3], self.unrest)
        positions = np.empty_like(self.rest)
        normals = np.empty_like(self.normals)
        _skin(
            self.rest,
            self.normals,
            self.bones,
            self.weights,
            affine.astype(np.float32),
            positions,
            normals,
        )
        return positions, normals


def herd_of(bodies: Sequence[Body]) -> Body:
    """Return the vertices of many bodies as one body, for skinning them at once.

    Its bones are all theirs, one body's after the other's; it has the first one's
    triangles and is not for drawing.
    """
    count = len(bodies[0].unrest)
    return replace(
        bodies[0],
        rest=np.concatenate([b.rest for b in bodies]),
        normals=np.concatenate([b.normals for b in bodies]),
        bones=np.concatenate([b.bones + count * k for k, b in enumerate(bodies)]),
        weights=np.concatenate([b.weights for b in bodies]),
        unrest=np.concatenate([b.unrest for b in bodies]),
    )


@numba.njit(cache=True, nogil=True)
def _skin(
    rest: NDArray,
    normals_rest: NDArray,
    bones: NDArray,
    weights: NDArray,
    affine: NDArray,
    positions: NDArray,
    normals: NDArray,
) -> None:
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


def level_for(height_px: float) -> int:
    """Return how coarse a figure may be that stands so high in a picture.

    Where the level changes, outlines differ by a pixel at most.
    """
    return sum(height_px < limit for limit in _COARSER_BELOW_PX)


@lru_cache(maxsize=192)
def body_of(character: Character, *, level: int = 0) -> Body:
    """Return the body of a character; the same character gives the same arrays.

    Args:
        character: The character.
        level: 0 for all triangles, 1 for about a quarter, 2 for about a
            sixteenth of them. The vertices of a coarser level are some of the
            finest's.
    """
    if level > 0:
        return _coarser(body_of(character), *_part_of(character).coarser[level - 1])
    part = _part_of(character)
    strongest = np.argsort(-part.weights, axis=1, kind="stable")[:, :4]
    shares = np.take_along_axis(part.weights, strongest, axis=1)
    shares /= shares.sum(axis=1, keepdims=True)
    return Body(
        rest=part.positions.astype(np.float32),
        normals=part.normals.astype(np.float32),
        surface=part.surface.astype(np.float32),
        bones=strongest.astype(np.int32),
        weights=shares.astype(np.float32),
        triangles=part.triangles.astype(np.int32),
        triangle_material=part.material.astype(np.int32),
        shadow_triangles=np.ascontiguousarray(part.coarser[0][0]),
        materials=_materials(character),
        unrest=skeleton_of(character).joints,
    )


def _coarser(
    body: Body, triangles: NDArray[np.int32], material: NDArray[np.int32]
) -> Body:
    """Return a body of fewer triangles with the vertices that they use."""
    used, corners = np.unique(triangles, return_inverse=True)
    fewer = corners.reshape(-1, 3).astype(np.int32)
    return replace(
        body,
        rest=body.rest[used],
        normals=body.normals[used],
        surface=body.surface[used],
        bones=body.bones[used],
        weights=body.weights[used],
        triangles=fewer,
        triangle_material=material,
        shadow_triangles=fewer,
    )


@lru_cache(maxsize=64)
def _part_of(character: Character) -> Part:
    skeleton = skeleton_of(character)
    return merge(
        [
            *build_head(skeleton, character),
            *build_hands(skeleton),
            *build_shoes(skeleton),
            *clothe(skeleton, character.wardrobe),
        ]
    )


def _materials(character: Character) -> Materials:
    skin = np.array(character.skin)
    hair = np.array(character.hair)
    wear = character.wardrobe
    top, bottom, shoes = (np.array(c) for c in (wear.top, wear.bottom, wear.shoes))
    hat = np.array(wear.hat if wear.hat is not None else wear.top)
    looks: dict[str, tuple[NDArray[np.float64], float, Matter]] = {
        "skin": (skin, 0.52, Matter.SKIN),
        "lips": (skin * (0.78, 0.52, 0.52) + (0.012, 0.0, 0.0), 0.40, Matter.SKIN),
        "lid": (skin * (0.86, 0.78, 0.76), 0.50, Matter.SKIN),
        "lash": (hair * 0.35 + 0.006, 0.60, Matter.HAIR),
        "white": (np.array([0.62, 0.60, 0.57]), 0.25, Matter.SKIN),
        "iris": (_iris(character), 0.15, Matter.SKIN),
        "pupil": (np.array([0.008, 0.008, 0.008]), 0.10, Matter.SKIN),
        "hair": (hair, 0.48, Matter.HAIR),
        "brow": (hair * 0.75 + skin * 0.05, 0.70, Matter.HAIR),
        "top": (top, 0.86, Matter.CLOTH),
        "trim": (top * 0.55, 0.86, Matter.CLOTH),
        "shirt": (np.clip(top * 0.35 + 0.34, 0, 0.85), 0.86, Matter.CLOTH),
        "bottom": (bottom, 0.84, Matter.CLOTH),
        "shoes": (shoes, 0.42, Matter.LEATHER),
        "sole": (shoes * 0.45 + 0.01, 0.75, Matter.LEATHER),
        "belt": (np.array([0.022, 0.015, 0.010]), 0.45, Matter.LEATHER),
        "hat": (hat, 0.82, Matter.CLOTH),
        "band": (hat * 0.35, 0.70, Matter.CLOTH),
    }
    rows = [looks[name] for name in MATERIALS]
    return Materials(
        base_color=np.clip([r[0] for r in rows], 0, 1).astype(np.float32),
        roughness=np.array([r[1] for r in rows], np.float32),
        metalness=np.zeros(len(rows), np.float32),
        matter=np.array([MATTERS.index(r[2]) for r in rows], np.uint8),
        emission=np.zeros((len(rows), 3), np.float32),
    )


def _iris(character: Character) -> NDArray[np.float64]:
    fair = float(np.mean(character.skin)) > 0.30 and character.seed % 3 == 0
    return np.array([0.06, 0.11, 0.14] if fair else [0.055, 0.028, 0.014])
