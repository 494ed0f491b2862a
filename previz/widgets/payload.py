"""The arrays of a shot for the browser: the stage's own answer at every frame."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.model import Character, Rate, Scene, SetPiece, Shot, Vec3
from previz.stage import MATTERS, Geometry, Materials, StageState
from previz.widgets.protocol import (
    ArrayView,
    CameraTrack,
    Figure,
    FigureTrack,
    PieceRun,
    SetMesh,
    SetPart,
    Surface,
    ThingTrack,
)

__all__ = [
    "Payload",
    "StageLike",
    "array",
    "camera_track",
    "figure_steps",
    "figures_at",
    "set_mesh",
    "surfaces_of",
    "things_of",
]

_WALL_KINDS = ("wall", "facade")
_OVERHEAD_KINDS = ("ceiling", "cornice", "beams", "ducts")
# What hangs on a wall is flatter than this, and nearer to it.
_HANGING_DEPTH_M = 0.3
_HANGING_GAP_M = 0.45
_INT16_MAX = 32767
# Skins that are counted within some milliseconds.
_SKINS_A_STEP = 24


class StageLike(Protocol):
    """What the widget needs of a `previz.stage.Stage`."""

    @property
    def scene(self) -> Scene:
        """The scene that is staged."""

    @property
    def characters(self) -> tuple[Character, ...]:
        """The film's characters; a figure's object id counts from the first."""

    @property
    def rate(self) -> Rate:
        """The film's rate."""

    @property
    def set_geometry(self) -> Geometry:
        """The set in world space."""

    def at(self, shot: Shot, frame: int) -> StageState:
        """Say what is where at a frame of the shot."""


@dataclass
class Payload:
    """Arrays one after the other, each from a multiple of eight bytes."""

    chunks: list[bytes] = field(default_factory=list)
    size: int = 0
    _taken: int = 0

    def add(
        self,
        values: NDArray,
        dtype: Literal["int16", "uint16", "uint32", "float32", "float64"],
    ) -> ArrayView:
        """Append an array and return where it lies."""
        packed = np.ascontiguousarray(values, np.dtype(dtype).newbyteorder("<"))
        view = ArrayView(dtype=dtype, offset_bytes=self.size, shape=packed.shape)
        chunk = packed.tobytes()
        chunk += b"\0" * (-len(chunk) % 8)
        self.chunks.append(chunk)
        self.size += len(chunk)
        return view

    def take(self) -> bytes:
        """Return what was added since the last take; it stays in the whole."""
        block = b"".join(self.chunks[self._taken :])
        self._taken = len(self.chunks)
        return block

    def whole(self) -> bytes:
        """Return everything that was added."""
        return b"".join(self.chunks)


def array(view: ArrayView, payload: bytes) -> NDArray[Any]:
    """Return the array that a view names, without copying."""
    count = int(np.prod(view.shape))
    dtype = np.dtype(view.dtype).newbyteorder("<")
    flat = np.frombuffer(payload, dtype, count=count, offset=view.offset_bytes)
    return flat.reshape(view.shape)


def surfaces_of(materials: Materials) -> list[Surface]:
    """Return a table of materials as the browser knows them."""
    rows = zip(
        np.clip(materials.base_color, 0, None).tolist(),
        materials.roughness.tolist(),
        materials.metalness.tolist(),
        np.clip(materials.emission, 0, None).tolist(),
        materials.matter.tolist(),
        strict=True,
    )
    return [
        Surface(
            base_color=tuple(color),
            roughness=roughness,
            metalness=metalness,
            emission=tuple(emission),
            matter=MATTERS[matter],
        )
        for color, roughness, metalness, emission, matter in rows
    ]


def _split(
    triangles: NDArray[np.integer], material: NDArray[np.integer]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give each vertex one material.

    Returns:
        Source vertex of each new vertex (n,), its material (n,), and the triangles
        in new vertices (m, 3).
    """
    stride = int(material.max(initial=0)) + 1
    key = triangles.astype(np.int64) * stride + material[:, None]
    unique, inverse = np.unique(key, return_inverse=True)
    return unique // stride, unique % stride, inverse.reshape(-1, 3)


def set_mesh(payload: Payload, stage: StageLike) -> SetMesh:
    """Add what stands still."""
    geometry = stage.set_geometry
    pieces = stage.scene.set.pieces
    glass_index = [matter.value for matter in MATTERS].index("glass")
    glass = geometry.materials.matter[geometry.triangle_material] == glass_index
    owner = np.array([0, *(_owner(i, pieces) for i in range(len(pieces)))])
    group = owner[geometry.triangle_object] * 2 + glass
    order = np.lexsort((geometry.triangle_object, group))
    source, material, triangles = _split(
        geometry.triangles[order], geometry.triangle_material[order]
    )
    edges = np.flatnonzero(np.diff(group[order], prepend=-1, append=-1))
    parts = [
        _part(int(group[order][start]), int(start), int(end), pieces)
        for start, end in itertools.pairwise(edges)
    ]
    return SetMesh(
        positions=payload.add(geometry.positions[source], "float32"),
        normals=payload.add(geometry.normals[source], "float32"),
        vertex_surface=payload.add(material, "uint16"),
        triangles=payload.add(triangles, "uint32"),
        parts=tuple(parts),
        runs=_runs(geometry.triangle_object[order], group[order], pieces),
    )


def _runs(
    owner: NDArray[np.int32], group: NDArray[np.int64], pieces: Sequence[SetPiece]
) -> tuple[PieceRun, ...]:
    """Return which triangles are whose, in their order; those of no piece are left."""
    ends = np.diff(owner, prepend=-1, append=-1) != 0
    ends |= np.diff(group, prepend=-1, append=-1) != 0
    return tuple(
        PieceRun(
            piece=piece.id,
            first_index=int(start) * 3,
            index_count=int(end - start) * 3,
            position_m=piece.position_m,
            yaw_deg=piece.yaw_deg,
            size_m=piece.size_m,
        )
        for start, end in itertools.pairwise(np.flatnonzero(ends))
        if 0 < owner[start] <= len(pieces)
        for piece in [pieces[owner[start] - 1]]
    )


def _owner(index: int, pieces: Sequence[SetPiece]) -> int:
    """Return the object id of what a piece is concealed with; 0 for nothing.

    A wall is concealed with the pictures and curtains that hang on it.
    """
    piece = pieces[index]
    if _conceal(piece) != "never":
        return index + 1
    if min(piece.size_m[0], piece.size_m[2]) > _HANGING_DEPTH_M:
        return 0
    for number, wall in enumerate(pieces, start=1):
        if wall.kind != "wall":
            continue
        nx, _, nz = _inward(wall)
        x = piece.position_m[0] - wall.position_m[0]
        z = piece.position_m[2] - wall.position_m[2]
        along, across = abs(x * nz - z * nx), abs(x * nx + z * nz)
        length = max(wall.size_m[0], wall.size_m[2])
        if across <= _HANGING_GAP_M and along <= length / 2:
            return number
    return 0


def _part(group: int, start: int, end: int, pieces: Sequence[SetPiece]) -> SetPart:
    owner, glass = divmod(group, 2)
    piece = pieces[owner - 1] if owner else None
    x, y, z = piece.position_m if piece else (0.0, 0.0, 0.0)
    return SetPart(
        name=piece.id if piece else "set",
        first_index=start * 3,
        index_count=(end - start) * 3,
        glass=bool(glass),
        conceal=_conceal(piece) if piece else "never",
        center_m=(x, y + (piece.size_m[1] / 2 if piece else 0.0), z),
        inward=_inward(piece) if piece else (0.0, 1.0, 0.0),
    )


def _conceal(piece: SetPiece) -> Literal["never", "from outside", "from above"]:
    if piece.kind in _OVERHEAD_KINDS:
        return "from above"
    return "from outside" if piece.kind in _WALL_KINDS else "never"


def _inward(piece: SetPiece) -> tuple[float, float, float]:
    """Return the wall's horizontal normal that points to the middle of the set."""
    if _conceal(piece) == "from above":
        return (0.0, -1.0, 0.0)
    yaw = np.radians(piece.yaw_deg)
    normal = np.array([np.sin(yaw), np.cos(yaw)])
    if piece.size_m[0] < piece.size_m[2]:
        normal = np.array([normal[1], -normal[0]])
    side = float(normal @ (piece.position_m[0], piece.position_m[2]))
    normal = -normal if side > 0 else normal
    return (float(normal[0]), 0.0, float(normal[1]))


def figure_steps(
    payload: Payload,
    surfaces: list[Surface],
    states: Sequence[StageState],
    character: Character,
    object_id: int,
) -> Generator[None, None, FigureTrack | None]:
    """Add a figure at every frame that it is seen in, in steps; None if in none."""
    present = [
        frame
        for frame, state in enumerate(states)
        if any(figure.object_id == object_id for figure in state.figures)
    ]
    if not present:
        return None
    first = states[present[0]].moving
    own = first.triangle_object == object_id
    material_offset = len(surfaces)
    used, material = np.unique(first.triangle_material[own], return_inverse=True)
    table = surfaces_of(first.materials)
    surfaces.extend(table[row] for row in used)
    source, vertex_material, triangles = _split(first.triangles[own], material)
    low = int(first.triangles[own].min())
    frames = np.empty((len(present), len(source), 3), first.positions.dtype)
    for row, frame in enumerate(present):
        frames[row] = _skin(states[frame].moving, object_id, source - low)
        if row % _SKINS_A_STEP == 0:
            yield
    origin, step, counts = yield from _counted_steps(frames)
    return FigureTrack(
        character=character.id,
        name=character.name,
        first_frame=present[0],
        origin_m=origin,
        step_m=step,
        positions=payload.add(counts, "int16"),
        vertex_surface=payload.add(vertex_material + material_offset, "uint16"),
        weld=payload.add(_weld(first, source), "uint32"),
        triangles=payload.add(triangles, "uint32"),
    )


def figures_at(payload: Payload, state: StageState) -> tuple[Figure, ...]:
    """Add everybody at one frame, their vertices as in their `FigureTrack`."""
    geometry, made = state.moving, []
    for figure in state.figures:
        own = geometry.triangle_object == figure.object_id
        _, material = np.unique(geometry.triangle_material[own], return_inverse=True)
        source, _, _ = _split(geometry.triangles[own], material)
        origin, step, counts = _counted(geometry.positions[source])
        made.append(
            Figure(
                character=figure.character,
                origin_m=origin,
                step_m=step,
                positions=payload.add(counts, "int16"),
            )
        )
    return tuple(made)


def _counted(
    positions: NDArray[np.float32],
) -> tuple[Vec3, float, NDArray[np.int16]]:
    """Return origin, step and the counts that stand for positions."""
    steps = _counted_steps(positions[None])
    while True:
        try:
            next(steps)
        except StopIteration as done:
            origin, step, counts = done.value
            return origin, step, counts[0]


def _counted_steps(
    positions: NDArray[np.float32],
) -> Generator[None, None, tuple[Vec3, float, NDArray[np.int16]]]:
    """Count positions (frames, n, 3), in steps."""
    origin = positions.reshape(-1, 3).mean(axis=0, dtype=np.float64)
    reach = 1e-3
    for some in _portions(positions):
        yield
        reach = max(reach, float(np.abs(some - origin).max()))
    step = reach / _INT16_MAX
    counts = np.empty(positions.shape, np.int16)
    for some, into in zip(_portions(positions), _portions(counts), strict=True):
        yield
        into[:] = np.rint((some - origin) / step)
    x, y, z = origin.tolist()
    return (x, y, z), step, counts


def _portions(frames: NDArray[Any]) -> list[NDArray[Any]]:
    starts = range(0, len(frames), _SKINS_A_STEP)
    return [frames[start : start + _SKINS_A_STEP] for start in starts]


def things_of(
    payload: Payload, surfaces: list[Surface], states: Sequence[StageState]
) -> tuple[ThingTrack, ...]:
    """Return everything stiff that moves, in order of first sight."""
    ways: dict[int, NDArray[np.float64]] = {}
    seen: dict[int, StageState] = {}
    for frame, state in enumerate(states):
        for thing in state.things:
            way = ways.setdefault(thing.object_id, np.zeros((len(states), 4, 4)))
            way[frame] = thing.world_from_thing
            seen.setdefault(thing.object_id, state)
    return tuple(
        _thing(payload, surfaces, seen[number], number, way)
        for number, way in ways.items()
    )


def _thing(
    payload: Payload,
    surfaces: list[Surface],
    state: StageState,
    object_id: int,
    way: NDArray[np.float64],
) -> ThingTrack:
    geometry = state.moving
    thing = next(t for t in state.things if t.object_id == object_id)
    own = geometry.triangle_object == object_id
    used, material = np.unique(geometry.triangle_material[own], return_inverse=True)
    table, offset = surfaces_of(geometry.materials), len(surfaces)
    surfaces.extend(table[row] for row in used)
    source, vertex_material, triangles = _split(geometry.triangles[own], material)
    turn, at = thing.world_from_thing[:3, :3], thing.world_from_thing[:3, 3]
    return ThingTrack(
        name=thing.name,
        glass=all(table[row].matter == "glass" for row in used),
        world_from_thing=payload.add(way, "float64"),
        positions=payload.add((geometry.positions[source] - at) @ turn, "float32"),
        normals=payload.add(geometry.normals[source] @ turn, "float32"),
        vertex_surface=payload.add(vertex_material + offset, "uint16"),
        triangles=payload.add(triangles, "uint32"),
    )


def _skin(
    geometry: Geometry, object_id: int, local: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return one figure's vertices, whoever else stands before it in the geometry."""
    low = int(geometry.triangles[geometry.triangle_object == object_id].min())
    return geometry.positions[local + low]


def _weld(geometry: Geometry, source: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the vertices so that seams of one smooth surface share a number."""
    place = np.round(geometry.positions[source] * 1e4)
    normal = np.round(geometry.normals[source] * 8)
    _, weld = np.unique(
        np.concatenate([place, normal], axis=1), axis=0, return_inverse=True
    )
    return weld.reshape(-1)


def camera_track(payload: Payload, cameras: Sequence[CameraState]) -> CameraTrack:
    """Add a camera's way through its shot."""
    return CameraTrack(
        world_from_camera=payload.add(
            np.stack([camera.world_from_camera for camera in cameras]), "float64"
        ),
        focal_length_mm=payload.add(
            np.array([camera.focal_length_mm for camera in cameras]), "float64"
        ),
        focus_distance_m=payload.add(
            np.array([camera.focus_distance_m for camera in cameras]), "float64"
        ),
    )
