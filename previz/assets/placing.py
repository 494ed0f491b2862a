"""Imported things in a film: pieces and props on a set, whole sets, motion."""

from __future__ import annotations

import math
import re
from pathlib import Path

from previz.assets.bvh import read_motion
from previz.assets.sandbox import read_mesh
from previz.assets.store import asset_name
from previz.errors import ModelError, UnknownNameError
from previz.model import Clip, Film, Prop, Scene, Set, SetPiece, Spot, Vec3
from previz.stage import NO_ASSETS, Assets, Mesh, Obstacles
from previz.stage.joint_names import bones_by_name

__all__ = ["add_piece", "add_set", "import_motion"]

_THINNEST_M = 0.001

Place = str | tuple[float, float] | Vec3
"""The name of a spot, (x, z) on the floor, or (x, y, z), metres."""


def add_piece(
    film: Film,
    assets: Assets | None,
    scene: str,
    path: Path | str,
    *,
    at: Place = (0.0, 0.0),
    yaw_deg: float | None = None,
    height_m: float | None = None,
    size_m: Vec3 | None = None,
    id: str | None = None,
    prop: bool = False,
    unit_m: float | None = None,
    up: str | None = None,
    crease_deg: float = 40.0,
) -> tuple[Film, Assets]:
    """Return the film with an imported mesh on a scene's set, and its assets.

    Args:
        film: The film.
        assets: What it has already.
        scene: Number or id of the scene.
        path: A glTF, OBJ, PLY, STL or USD file.
        at: Where the middle of its base stands.
        yaw_deg: Its turn about y; the spot's facing at a spot, else 0.
        height_m: Its height; the other sides follow. None keeps the file's size.
        size_m: Width, height and depth, if its proportions are to change.
        id: What it is called; by default the file's name.
        prop: Whether it can be carried and moved: a prop, not a piece of the set.
        unit_m: As in `read_mesh`.
        up: As in `read_mesh`.
        crease_deg: As in `read_mesh`.

    Raises:
        AssetError: If the file cannot be imported.
        UnknownNameError: If there is no such scene or spot.
        ModelError: If a size, place or name is none.
    """
    where = film.find_scene(str(scene))
    _check(where, height_m=height_m, size_m=size_m, id=id)
    position, turn = _stood(where.set, at)
    mesh, notes = read_mesh(path, unit_m=unit_m, up=up, crease_deg=crease_deg)
    name = asset_name(mesh)
    piece = SetPiece(
        id=id or _free_id(where, Path(path).stem),
        kind="import",
        position_m=position,
        yaw_deg=turn if yaw_deg is None else yaw_deg,
        size_m=_size(mesh, height_m, size_m),
        color=_mean_color(mesh),
        asset=name,
    )
    had = (assets or NO_ASSETS).with_asset(
        name, mesh, notes=tuple(f"{Path(path).name}: {note}" for note in notes)
    )
    if prop:
        changed = where.changed(props=(*where.props, Prop(piece=piece)))
    else:
        pieces = (*where.set.pieces, piece)
        changed = where.changed(set=where.set.changed(pieces=pieces))
        had = had.noted(_in_the_way(changed, piece, had))
    return film.with_scene(changed), had


def add_set(
    film: Film,
    assets: Assets | None,
    scene: str,
    path: Path | str,
    *,
    yaw_deg: float = 0.0,
    unit_m: float | None = None,
    up: str | None = None,
    crease_deg: float = 40.0,
) -> tuple[Film, Assets]:
    """Return the film with an imported place in the stead of a scene's set.

    The middle of its base stands at the origin; spots, marks and lights stay where
    they are, and the notes say who stands in something.

    Args:
        film: The film.
        assets: What it has already.
        scene: Number or id of the scene.
        path: A glTF, OBJ, PLY, STL or USD file.
        yaw_deg: Its turn about y.
        unit_m: As in `read_mesh`.
        up: As in `read_mesh`.
        crease_deg: As in `read_mesh`.

    Raises:
        AssetError: If the file cannot be imported.
        UnknownNameError: If there is no such scene.
    """
    where = film.find_scene(str(scene))
    bare = where.changed(set=where.set.changed(pieces=()))
    grown, had = add_piece(
        film.with_scene(bare), assets, scene, path,
        yaw_deg=yaw_deg, unit_m=unit_m, up=up, crease_deg=crease_deg,
    )  # fmt: skip
    changed = grown.find_scene(str(scene))
    w, h, d = changed.set.pieces[0].size_m
    c, s = (abs(f(math.radians(yaw_deg))) for f in (math.cos, math.sin))
    around = (c * w + s * d, h, s * w + c * d)
    changed = changed.changed(set=changed.set.changed(size_m=around))
    return grown.with_scene(changed), had


def import_motion(
    film: Film,
    assets: Assets | None,
    path: Path | str,
    *,
    scene: str,
    character: str,
    frame: int = 0,
    length_frames: int | None = None,
    unit_m: float | None = None,
) -> tuple[Film, Assets]:
    """Return the film with somebody moving as a BVH file says, and its assets.

    Args:
        film: The film.
        assets: What it has already.
        path: The BVH file.
        scene: Number or id of the scene.
        character: Id of who moves so.
        frame: Scene frame at which the motion begins.
        length_frames: How long it is played; by default all of it.
        unit_m: As in `read_motion`.

    Raises:
        AssetError: If the file cannot be imported, or a body misses joints in it.
        UnknownNameError: If there is no such scene, or nobody of that id in it.
        ModelError: If the frames are none.
    """
    where = film.find_scene(str(scene))
    there = [blocking.character for blocking in where.blocking]
    if character not in there:
        raise UnknownNameError("Clip.character", character, there)
    motion, notes = read_motion(path, unit_m=unit_m)
    bones_by_name(motion.names)  # says which joints a body misses before it plays
    name = asset_name(motion)
    seconds = len(motion.positions_m) * motion.seconds_a_frame
    lasts = length_frames or max(1, math.floor(seconds / film.rate.seconds(1)))
    clip = Clip(asset=name, frame=frame, length_frames=lasts)
    blocking = tuple(
        b.changed(clips=tuple(sorted((*b.clips, clip), key=lambda c: c.frame)))
        if b.character == character
        else b
        for b in where.blocking
    )
    had = (assets or NO_ASSETS).with_asset(
        name, motion, notes=tuple(f"{Path(path).name}: {note}" for note in notes)
    )
    return film.with_scene(where.changed(blocking=blocking)), had


def _check(
    scene: Scene, *, height_m: float | None, size_m: Vec3 | None, id: str | None
) -> None:
    """Refuse what cannot be, before a large file is read for it.

    Raises:
        ModelError: If a size is none, both are given or the name is taken.
    """
    for name, value in (("height_m", height_m), *(("size_m", v) for v in size_m or ())):
        if value is not None and not 0 < value <= 10_000:
            raise ModelError(
                f"SetPiece.{name} must be > 0 m and <= 10000 m, got {value}. Pass "
                "such as 0.9."
            )
    if height_m is not None and size_m is not None:
        raise ModelError(
            f"SetPiece.height_m must be given without size_m, got {height_m} and "
            f"{size_m}. Pass one of them."
        )
    if id is not None and id in _ids(scene):
        raise ModelError(
            f"SetPiece.id must be new on the set, got {id!r}. Pass another."
        )


def _ids(scene: Scene) -> set[str]:
    pieces = (*scene.set.pieces, *(prop.piece for prop in scene.props))
    return {p.id for p in pieces} | {b.character for b in scene.blocking}


def _free_id(scene: Scene, stem: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "import"
    taken, number, name = _ids(scene), 2, plain
    while name in taken:
        name, number = f"{plain}-{number}", number + 1
    return name


def _stood(set_: Set, at: Place) -> tuple[Vec3, float]:
    """Return where a place is and which way things face there.

    Raises:
        UnknownNameError: If the set has no such spot.
        ModelError: If it is no place.
    """
    if isinstance(at, str):
        spot: Spot | None = next((s for s in set_.spots if s.name == at), None)
        if spot is None:
            raise UnknownNameError("SetPiece.at", at, [s.name for s in set_.spots])
        x, _, z = spot.position_m
        return (x, 0.0, z), spot.facing_deg
    try:
        place = tuple(float(v) for v in at)
    except (TypeError, ValueError):
        place = ()
    if len(place) not in (2, 3) or not all(math.isfinite(v) for v in place):
        raise ModelError(
            f"SetPiece.at must be a spot, (x, z) or (x, y, z) in metres, got {at!r}. "
            "Pass such as (1.2, -0.5)."
        )
    if len(place) == 2:
        return (place[0], 0.0, place[1]), 0.0
    return (place[0], place[1], place[2]), 0.0


def _size(mesh: Mesh, height_m: float | None, size_m: Vec3 | None) -> Vec3:
    if size_m is not None:
        return size_m
    w, h, d = mesh.size_m
    factor = 1.0
    if height_m is not None:
        if h < _THINNEST_M:
            raise ModelError(
                f"SetPiece.height_m must not be given for a flat mesh, got {height_m}. "
                "Pass unit_m to scale it."
            )
        factor = height_m / h
    sides = [min(max(side * factor, _THINNEST_M), 10_000.0) for side in (w, h, d)]
    return sides[0], sides[1], sides[2]


def _mean_color(mesh: Mesh) -> tuple[float, float, float]:
    """Return the mesh's colour for whoever shows pieces as plain boxes."""
    r, g, b = mesh.materials.base_color[mesh.triangle_material].mean(axis=0).tolist()
    return round(r, 4), round(g, 4), round(b, 4)


def _in_the_way(scene: Scene, piece: SetPiece, assets: Assets) -> tuple[str, ...]:
    """Say whose marks the piece stands on."""
    solid = Obstacles(scene.set.changed(pieces=(piece,), interior=False), assets=assets)
    notes = []
    for blocking in scene.blocking:
        for number, mark in enumerate(blocking.marks, 1):
            x, _, z = mark.position_m
            if solid.inside((x, 1.0, z), margin_m=0.15):
                notes.append(
                    f"{piece.id} stands where {blocking.character} does (mark {number} "
                    f"at {x:.1f}, {z:.1f} m in scene {scene.number}). Move one."
                )
    return tuple(dict.fromkeys(notes))
