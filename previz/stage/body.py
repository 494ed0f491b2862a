"""A character's body and clothes at rest: what the stage skins at every frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.model import Character
from previz.stage.clothes import clothe, covered
from previz.stage.face import FACE_ACTIONS
from previz.stage.figure import Figure, cast, figure_of
from previz.stage.flesh import brow_points, build_eyes, build_face, build_skin
from previz.stage.geometry import Materials
from previz.stage.hair import build_hair, build_hat, under_hair
from previz.stage.loft import Part, merge
from previz.stage.palette import materials_of
from previz.stage.parts import LIMBS, compact_parts
from previz.stage.scalp import Scalp
from previz.stage.skeleton import skeleton_of
from previz.stage.skinning import express, skin

__all__ = ["COARSEST", "Body", "body_of", "herd_of", "level_for"]

_COARSER_BELOW_PX = (110.0, 32.0)
"""Below which height in a picture a figure takes the next coarser level."""

COARSEST = len(_COARSER_BELOW_PX)
"""The coarsest level."""


@dataclass(frozen=True, eq=False)
class Expressions:
    """What facial actions do to a body at rest.

    Attributes:
        first: Where each action's vertices begin, shape (53,).
        vertex: Which vertices move, shape (k,).
        move: By how much, metres, shape (k, 3).
        triangles: All triangles at vertices that may move, shape (m, 3).
        moved: Whether a vertex may move, shape (n,).
    """

    first: NDArray[np.int32]
    vertex: NDArray[np.int32]
    move: NDArray[np.float32]
    triangles: NDArray[np.int32]
    moved: NDArray[np.bool_]


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
        parts: Which compact part each vertex belongs to, shape (n,).
        unrest: World-from-rest shift of every bone, taken off before posing,
            shape (b, 3).
        face: What facial actions do; None where a body is too coarse for them.
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
    parts: NDArray[np.int32]
    unrest: NDArray[np.float64]
    face: Expressions | None = None

    def pose(
        self,
        bones: NDArray[np.float64],
        face: NDArray[np.float32] | None = None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return positions and unit normals under bone transforms (linear blend).

        Args:
            bones: World from bone, shape (b, 4, 4).
            face: How far each of `FACE_ACTIONS` is, shape (52,); only the finest
                level shows it.
        """
        affine = bones[:, :3, :].copy()
        affine[:, :, 3] -= np.einsum("bij,bj->bi", bones[:, :3, :3], self.unrest)
        rest, rest_normals = self.rest, self.normals
        if face is not None and self.face is not None and face.any():
            rest, rest_normals = rest.copy(), rest_normals.copy()
            actions = self.face
            express(
                np.asarray(face, np.float32), actions.first, actions.vertex,
                actions.move, actions.triangles, actions.moved, rest, rest_normals,
            )  # fmt: skip
        positions = np.empty_like(self.rest)
        normals = np.empty_like(self.normals)
        skin(
            rest,
            rest_normals,
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
            sixteenth of them. Nearly all vertices of a coarser level are some of
            the finest's; a few are used by coarser levels alone.
    """
    if level > 0:
        return _coarser(_whole(character), *_part_of(character).coarser[level - 1])
    whole = _whole(character)
    # Hidden skin is in no triangle: its vertices need no skinning.
    return replace(
        _coarser(whole, whole.triangles, whole.triangle_material),
        **_expressions(whole, figure_of(character)),
    )


@lru_cache(maxsize=64)
def _whole(character: Character) -> Body:
    """Return a body with vertices that only coarser levels use, or none."""
    part = _part_of(character)
    strongest = np.argsort(-part.weights, axis=1, kind="stable")[:, :4]
    shares = np.take_along_axis(part.weights, strongest, axis=1)
    shares /= shares.sum(axis=1, keepdims=True)
    rest = part.positions.astype(np.float32)
    return Body(
        rest=rest,
        normals=part.normals.astype(np.float32),
        surface=part.surface.astype(np.float32),
        bones=strongest.astype(np.int32),
        weights=shares.astype(np.float32),
        triangles=part.triangles.astype(np.int32),
        triangle_material=part.material.astype(np.int32),
        shadow_triangles=np.ascontiguousarray(part.coarser[0][0]),
        materials=materials_of(character),
        parts=compact_parts(rest, LIMBS[strongest[:, 0]]),
        unrest=skeleton_of(character).joints,
    )


def _expressions(body: Body, figure: Figure) -> dict[str, Any]:
    """Return facial actions and shadow triangles over the vertices that are used."""
    used = np.unique(body.triangles)
    place = np.full(len(body.rest), -1, np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    shadows = place[body.shadow_triangles]
    moves = cast().actions
    actions = []
    for k in range(len(FACE_ACTIONS)):
        at = moves.span(k)
        dense = np.zeros((len(body.rest), 3), np.float32)
        dense[moves.vertex[at]] = moves.move[at]
        brows = brow_points(dense)
        start = int(cast().spans[3])
        dense[start : start + len(brows)] = brows
        actions.append(dense[used] * np.float32(figure.face_scale))
    index = [np.flatnonzero(np.abs(a).max(axis=1) > 2e-5) for a in actions]
    moved = np.zeros(len(used), bool)
    moved[np.concatenate(index)] = True
    triangles = place[body.triangles]
    return {
        "shadow_triangles": shadows[(shadows >= 0).all(axis=1)],
        "face": Expressions(
            first=np.cumsum([0, *map(len, index)]).astype(np.int32),
            vertex=np.concatenate(index).astype(np.int32),
            move=np.concatenate([a[i] for a, i in zip(actions, index, strict=True)]),
            triangles=triangles[moved[triangles].any(axis=1)],
            moved=moved,
        ),
    }


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
        parts=body.parts[used],
        triangles=fewer,
        triangle_material=material,
        shadow_triangles=fewer,
    )


@lru_cache(maxsize=64)
def _part_of(character: Character) -> Part:
    figure = figure_of(character)
    wear, scalp = character.wardrobe, Scalp.of(figure)
    hidden = covered(figure, wear)
    skin_points = figure.points[: len(hidden)]
    if character.hair_style != "bald":
        hidden |= under_hair(scalp, character.hair_style, skin_points)
    return merge(
        [
            build_skin(figure, hidden),
            *build_face(figure),
            *build_eyes(figure),
            *clothe(figure, wear),
            *build_hair(scalp, character.hair_style, under_hat=wear.hat is not None),
            *(build_hat(scalp, wear.hat_kind) if wear.hat is not None else []),
        ]
    )
