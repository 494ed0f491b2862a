"""From what blocking shows to what is there: everything that grows in a frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.model import Matter, Scene
from previz.stage import (
    BONES,
    FIGURE_OBJECT_BASE,
    MATTERS,
    PROP_OBJECT_BASE,
    Geometry,
    StageState,
)
from previz.trace.growth.blades import lawn_of, tufts_of
from previz.trace.growth.chance import Keys, keys_of
from previz.trace.growth.cloud import patch_of
from previz.trace.growth.eye import Eye
from previz.trace.growth.leaves import FOLIAGE, leaves_of
from previz.trace.growth.litter import litter_of
from previz.trace.growth.panes import FRONTS, panes_of
from previz.trace.growth.strands import strands_of
from previz.trace.order import Patch

__all__ = ["Growth", "grown_hair", "grown_set"]

_MOST_FALLEN = 12_000
_MOST_LEAVES, _MOST_BLADES, _MOST_STRANDS = 90_000, 50_000, 16_000
_FOLIAGE, _GRASS, _GROUND, _HAIR, _WOOD, _CLOTH = (
    MATTERS.index(m)
    for m in (
        Matter.FOLIAGE,
        Matter.GRASS,
        Matter.GROUND,
        Matter.HAIR,
        Matter.WOOD,
        Matter.CLOTH,
    )
)
_LAWNS = ("ground", "hill", "verge")
"""What a lawn grows on; straw is of the same matter."""
_SHED = ("tree", "bush")
"""What drops leaves."""
_TREES = (*FOLIAGE, "palm", "bare-tree", "log")
_AS_THEY_ARE: Mapping[int, str] = MappingProxyType({})
_UNDER_HAIR = 0.75
"""How bright the cap is between strands."""


class Growth(NamedTuple):
    """What grew, and the geometry that is left as it was.

    Attributes:
        patches: What grew.
        rest: The geometry without what was replaced.
        closer: What some of its materials are close by, by their row.
    """

    patches: tuple[Patch, ...]
    rest: Geometry
    closer: Mapping[int, str] = _AS_THEY_ARE


def grown_set(geometry: Geometry, scene: Scene, eye: Eye) -> Growth:
    """Return what grows on a set.

    Args:
        geometry: Of the set, in the world.
        scene: The scene, for the kinds and seeds of its pieces.
        eye: Who sees it.
    """
    kinds = np.array(["", *(piece.kind for piece in scene.set.pieces)])
    kind = kinds[np.clip(geometry.triangle_object, 0, len(kinds) - 1)]
    matter = geometry.materials.matter[geometry.triangle_material]
    patches = _lawns(geometry, kind, matter, scene, eye)
    gone = np.zeros(len(kind), bool)
    tufts = np.flatnonzero((matter == _GRASS) & (kind == "grass"))
    if len(tufts):
        keys = _keys(geometry, tufts, scene)
        made = tufts_of(geometry, tufts, keys=keys, eye=eye, most=_MOST_BLADES // 2)
        if made is not None:
            patches.append(patch_of(made[0], matter="blade", roughness=0.55))
            gone[tufts[made[1]]] = True
    fronts = np.flatnonzero(np.isin(kind, FRONTS))
    if len(fronts):
        keys = _keys(geometry, fronts, scene)
        panes, replaced = panes_of(geometry, fronts, keys=keys, eye=eye)
        patches += panes
        gone[replaced] = True
    known = sorted(FOLIAGE)
    chosen = np.flatnonzero((matter == _FOLIAGE) & np.isin(kind, known))
    rest = geometry
    if len(chosen):
        grown = leaves_of(
            geometry, chosen, styles=[FOLIAGE[name] for name in known],
            style=np.searchsorted(known, kind[chosen]),
            keys=_keys(geometry, chosen, scene), eye=eye, most=_MOST_LEAVES,
        )  # fmt: skip
        if grown is not None:
            patches.append(patch_of(grown.cloud, matter="leaf", roughness=0.55))
            rest, gone = grown.rest, gone | grown.gone
    barked = (matter == _WOOD) & np.isin(kind, _TREES)
    closer = _renamed(geometry, barked, "bark")
    return Growth(tuple(patches), _without(rest, gone), closer)


def _renamed(
    geometry: Geometry, chosen: NDArray[np.bool_], name: str
) -> dict[int, str]:
    return {int(row): name for row in np.unique(geometry.triangle_material[chosen])}


def _lawns(
    geometry: Geometry,
    kind: NDArray[np.str_],
    matter: NDArray[np.uint8],
    scene: Scene,
    eye: Eye,
) -> list[Patch]:
    """Return what covers level ground: grass on lawns, leaves under trees."""
    open_ground = np.isin(matter, (_GRASS, _GROUND)) & np.isin(kind, _LAWNS)
    chosen = np.flatnonzero(open_ground)
    corners = geometry.positions[geometry.triangles[chosen]].astype(np.float64)
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    level = across[:, 1] > 0.9 * np.linalg.norm(across, axis=1)
    plants = np.array(
        [
            (x.position_m[0], x.position_m[2], 0.6 * x.size_m[0])
            for x in scene.set.pieces
            if x.kind in _SHED
        ]
    ).reshape(-1, 3)
    made = []
    for owner in np.unique(geometry.triangle_object[chosen[level]]):
        own = chosen[level & (geometry.triangle_object[chosen] == owner)]
        grass = matter[own[0]] == _GRASS
        seed = int(owner) + (scene.set.pieces[owner - 1].seed << 20)
        if grass:
            lawn = lawn_of(geometry, own, seed=seed, eye=eye, most=_MOST_BLADES)
            made += [] if lawn is None else [("blade", lawn)]
        most = _MOST_FALLEN // (4 if grass else 1)
        fallen = litter_of(geometry, own, plants=plants, seed=seed, eye=eye, most=most)
        made += [] if fallen is None else [("leaf", fallen)]
    return [patch_of(x, matter=name, roughness=0.55) for name, x in made]


def grown_hair(geometry: Geometry, state: StageState, eye: Eye) -> Growth:
    """Return the hair of people, and them without it: darker beneath, in folds.

    Args:
        geometry: What moves, as `state.moving` but wherever it is.
        state: The frame.
        eye: Who sees it.
    """
    matter = geometry.materials.matter[geometry.triangle_material]
    chosen = np.flatnonzero(matter == _HAIR)
    worn = (matter == _CLOTH) & (geometry.triangle_object >= FIGURE_OBJECT_BASE)
    worn &= geometry.triangle_object < PROP_OBJECT_BASE
    closer = _renamed(geometry, worn, "garment")
    heads = {f.object_id: f.world_from_bone for f in state.figures}
    owner = geometry.triangle_object[chosen]
    chosen = chosen[np.isin(owner, list(heads))]
    if len(chosen) == 0:
        return Growth((), geometry, closer)
    up = np.zeros((len(chosen), 3))
    owner = geometry.triangle_object[chosen]
    for number, bones in heads.items():
        up[owner == number] = bones[BONES.index("head"), :3, 1]
    seeds = np.zeros(int(owner.max()) + 1, np.int64)
    for number in heads:
        seeds[number : number + 1] = state.object_seeds.get(number, 0)
    keys = keys_of(0, owner, seeds[owner], chosen - _first_of(geometry)[owner])
    made = strands_of(geometry, chosen, up=up, keys=keys, eye=eye, most=_MOST_STRANDS)
    if made is None:
        return Growth((), geometry, closer)
    table = geometry.materials
    base = table.base_color.copy()
    rows = np.unique(geometry.triangle_material[chosen])
    base[rows[table.roughness[rows] < 0.6]] *= _UNDER_HAIR
    rest = replace(geometry, materials=replace(table, base_color=base))
    return Growth((patch_of(made, matter="strand", roughness=0.46),), rest, closer)


def _first_of(geometry: Geometry) -> NDArray[np.int64]:
    """Return the first triangle of each object, by object id."""
    owner = geometry.triangle_object
    first = np.full(int(owner.max(initial=0)) + 1, len(owner), np.int64)
    np.minimum.at(first, owner, np.arange(len(owner)))
    return first


def _keys(geometry: Geometry, chosen: NDArray[np.int64], scene: Scene) -> Keys:
    """Return keys of triangles: by their object's seed and place in the object."""
    owner = geometry.triangle_object[chosen]
    seeds = np.array([0, *(piece.seed for piece in scene.set.pieces)], np.int64)
    seed = seeds[np.clip(owner, 0, len(seeds) - 1)]
    return keys_of(0, owner, seed, chosen - _first_of(geometry)[owner])


def _without(geometry: Geometry, gone: NDArray[np.bool_]) -> Geometry:
    if not gone.any():
        return geometry
    return replace(
        geometry,
        triangles=geometry.triangles[~gone],
        triangle_object=geometry.triangle_object[~gone],
        triangle_material=geometry.triangle_material[~gone],
    )
