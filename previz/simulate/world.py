"""A scene as a world of rigid bodies, for MuJoCo."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.errors import MissingRuntimeError
from previz.model import Matter, SetPiece
from previz.simulate.bodies import Hull, Mass, Stuff, hulls_of, mass_of, stuff_of
from previz.stage import Stage
from previz.stage.occlusion import bulks
from previz.stage.pieces import piece_solids
from previz.stage.pieces.build import world_from_piece
from previz.stage.rotation import quaternion_of, rigid

__all__ = ["GRAVITY_M_S2", "STEP_S", "Loose", "World", "world_of"]

GRAVITY_M_S2 = 9.81
STEP_S = 0.0005
"""One step of the solver, whatever the frame rate, so that it decides nothing."""

_REACH_M = 7.0
"""Pieces whose middle is farther than this and their own size are left out."""
_SWING_STEPS = 2.0
"""Steps of the solver in a radian of a contact's swing: as hard as stays true."""
_GROUNDS = frozenset(
    {"floor", "ground", "ceiling", "grass", "water", "road", "hill", "mesa", "marking"}
)
_SOLID, _LOOSE = 1, 2
"""Collision bits: loose bodies hit what is solid, not each other."""


@dataclass(frozen=True)
class Loose:
    """A body that moves freely.

    Attributes:
        piece: What it is.
        place: World from piece at the start, shape (4, 4).
        velocity: Of the middle of its mass, m/s, shape (3,).
        spin: About world axes, radians a second, shape (3,).
    """

    piece: SetPiece
    place: NDArray[np.float64]
    velocity: NDArray[np.float64]
    spin: NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """A compiled model, its state, and what each geometry is made of.

    Attributes:
        engine: The module `mujoco`.
        model: Its model.
        state: Its data, at the start.
        masses: Of each loose body.
        matters: Of each geometry.
        owner: Index of the loose body that owns each geometry; -1 for the set.
    """

    engine: Any
    model: Any
    state: Any
    masses: tuple[Mass, ...]
    matters: tuple[Matter, ...]
    owner: NDArray[np.int64]


def _engine() -> Any:
    try:
        import mujoco
    except ImportError:
        raise MissingRuntimeError(
            "simulate must find the package mujoco, got none. Run "
            "`pip install 'previz[physics]'`."
        ) from None
    return mujoco


def _empty_world(engine: Any) -> Any:
    """Return a world with gravity and a level ground, y up."""
    spec = engine.MjSpec()
    spec.option.timestep = STEP_S
    spec.option.gravity = (0.0, -GRAVITY_M_S2, 0.0)
    spec.option.integrator = engine.mjtIntegrator.mjINT_IMPLICITFAST
    spec.option.cone = engine.mjtCone.mjCONE_ELLIPTIC
    spec.option.impratio = 5.0
    half = math.sqrt(0.5)
    spec.worldbody.add_geom(
        type=engine.mjtGeom.mjGEOM_PLANE,
        size=(60.0, 60.0, 1.0),
        quat=(half, -half, 0.0, 0.0),
        contype=_SOLID,
        conaffinity=_LOOSE,
    )
    return spec


def world_of(
    stage: Stage, loose: Iterable[Loose], *, frame: int, without: Iterable[str]
) -> World:
    """Build the world round loose bodies as it stands at a frame.

    Args:
        stage: The scene played.
        loose: What moves.
        frame: Scene frame at which doors and other props stand as they are.
        without: Ids of props that are not there.
    """
    engine, bodies = _engine(), tuple(loose)
    spec = _empty_world(engine)
    matters: list[Matter] = [_ground(stage)]
    owner: list[int] = [-1]
    for place, hull in _set_hulls(stage, bodies, frame=frame, without=set(without)):
        if _add(engine, spec, spec.worldbody, hull, place, _SOLID, None):
            matters.append(hull.matter)
            owner.append(-1)
    masses = []
    for index, one in enumerate(bodies):
        mass = mass_of(one.piece)
        masses.append(mass)
        body = _body(spec, one, mass, index)
        # The engine's body is where the middle of the mass is, so that a free flight
        # is that middle's parabola however it spins.
        shift = rigid(np.eye(3), -mass.middle)
        for hull in hulls_of(piece_solids(one.piece), least_share=0.02):
            if _add(engine, spec, body, hull, shift, _LOOSE, stuff_of(one.piece)):
                matters.append(hull.matter)
                owner.append(index)
    model = spec.compile()
    state = engine.MjData(model)
    for index, one in enumerate(bodies):
        _start(state, index, one)
    engine.mj_forward(model, state)
    return World(engine, model, state, tuple(masses), tuple(matters), np.array(owner))


def _ground(stage: Stage) -> Matter:
    for piece in stage.scene.set.pieces:
        if piece.kind in ("floor", "ground", "grass", "road"):
            return piece.matter
    return Matter.WOOD if stage.scene.set.interior else Matter.GROUND


def _body(spec: Any, one: Loose, mass: Mass, index: int) -> Any:
    x, y, z, w = quaternion_of(one.place[:3, :3])
    middle = one.place[:3, :3] @ mass.middle + one.place[:3, 3]
    body = spec.worldbody.add_body(name=f"loose-{index}", pos=middle, quat=(w, x, y, z))
    body.add_freejoint()
    body.explicitinertial = True
    body.mass, body.ipos = mass.mass_kg, (0.0, 0.0, 0.0)
    i = mass.inertia
    body.fullinertia = (i[0, 0], i[1, 1], i[2, 2], i[0, 1], i[0, 2], i[1, 2])
    return body


def _start(state: Any, index: int, one: Loose) -> None:
    # Half a step of gravity against the solver's, which takes speed before place: so
    # that a free flight is the parabola itself.
    lifted = one.velocity + np.array([0.0, GRAVITY_M_S2 * STEP_S / 2, 0.0])
    at = 6 * index
    state.qvel[at : at + 3] = lifted
    state.qvel[at + 3 : at + 6] = one.place[:3, :3].T @ one.spin


def _set_hulls(
    stage: Stage, bodies: tuple[Loose, ...], *, frame: int, without: set[str]
) -> list[tuple[NDArray[np.float64], Hull]]:
    """Return where each solid hull near the bodies is: set, parts, other props."""
    near = np.mean([one.place[:3, 3] for one in bodies], axis=0)
    found: list[tuple[NDArray[np.float64], Hull]] = []
    things = {thing.name: thing.world_from_thing for thing in stage.things(frame)}
    for piece in stage.scene.set.pieces:
        if piece.kind in _GROUNDS or not _close(piece, near):
            continue
        still = rigid(world_from_piece(piece), np.array(piece.position_m))
        parts = {part for owner, part in stage.opened if owner == piece.id}
        boxes = piece.kind in ("wall", "import")
        if boxes:
            rows = bulks(piece, opened=parts, assets=stage.assets)
            found += [(still, _box(row, piece)) for row in rows]
        for solid in piece_solids(piece, opened=bool(parts)):
            if boxes and solid.part not in parts:
                continue
            place = things.get(f"{piece.id} {solid.part}", still)
            found += [(place, hull) for hull in hulls_of([solid])]
    for prop in stage.scene.props:
        if prop.id not in without and prop.id in things:
            shapes = hulls_of(piece_solids(prop.piece), least_share=0.02)
            found += [(things[prop.id], hull) for hull in shapes]
    return found


def _close(piece: SetPiece, near: NDArray[np.float64]) -> bool:
    away = math.hypot(piece.position_m[0] - near[0], piece.position_m[2] - near[2])
    return away < _REACH_M + max(piece.size_m[0], piece.size_m[2]) / 2


def _box(row: NDArray[np.float64], piece: SetPiece) -> Hull:
    return Hull(np.zeros((0, 3)), np.array([row[:3], row[3:]]), piece.matter)


def _contact(stuff: Stuff) -> dict[str, Any]:
    """Return how a surface slides, rolls and bounces; it decides, not what it meets."""
    return {
        "condim": 6,
        "friction": (stuff.friction, 0.01, 0.003),
        "solref": _spring(stuff.bounce),
        "solimp": (0.97, 0.995, 0.0005, 0.5, 2.0),
        "priority": 1,
    }


def _add(
    engine: Any,
    spec: Any,
    body: Any,
    hull: Hull,
    place: NDArray[np.float64],
    bit: int,
    stuff: Stuff | None,
) -> bool:
    """Add a hull to a body; say whether there was enough of it."""
    x, y, z, w = quaternion_of(place[:3, :3])
    geometry: dict[str, Any] = {"quat": (w, x, y, z)}
    if hull.box is not None:
        middle, half = hull.box
        geometry |= {
            "type": engine.mjtGeom.mjGEOM_BOX,
            "pos": place[:3, :3] @ middle + place[:3, 3],
            "size": np.maximum(half, 1e-4),
        }
    else:
        points = np.unique(np.round(hull.points, 5), axis=0)
        if len(points) < 4 or np.linalg.svd(points - points.mean(axis=0))[1][2] < 1e-4:
            return False
        name = f"hull-{len(spec.meshes)}"
        mesh = spec.add_mesh(name=name, uservert=points.ravel())
        mesh.inertia = engine.mjtMeshInertia.mjMESH_INERTIA_SHELL
        geometry |= {
            "type": engine.mjtGeom.mjGEOM_MESH,
            "meshname": name,
            "pos": place[:3, 3],
        }
    geometry |= {"contype": bit, "conaffinity": _SOLID + _LOOSE - bit}
    if stuff is not None:
        geometry |= _contact(stuff)
    body.add_geom(**geometry)
    return True


def _spring(bounce: float) -> tuple[float, float]:
    """Return time constant and damping ratio of a contact that gives back speed.

    Half a swing of a damped oscillator: exp(-pi z / sqrt(1 - z^2)) = bounce. Its rate
    is 1 / (time constant * z), which the solver follows only if it is slow enough.
    """
    loss = -math.log(min(max(bounce, 0.01), 0.95))
    damping = loss / math.hypot(math.pi, loss)
    return _SWING_STEPS * STEP_S / damping, damping
