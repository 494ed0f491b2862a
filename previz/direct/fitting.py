"""A fitting: somebody alone on a turntable, in soft light before a grey backdrop."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias, get_args

from previz.errors import UnknownNameError
from previz.model import (
    Blocking,
    Camera,
    CameraPose,
    Character,
    Coverage,
    Lens,
    Light,
    LightKind,
    LightRole,
    Mark,
    Matter,
    Scene,
    Sensor,
    Set,
    SetPiece,
    Shot,
    ShotSize,
    Slugline,
    Vec3,
)
from previz.stage.bones import BONE_INDEX
from previz.stage.figure import figure_of

__all__ = [
    "FITTINGS",
    "FITTING_ASPECT",
    "FITTING_EV100",
    "FITTING_FRAME",
    "Fitted",
    "fitting",
]

Fitted: TypeAlias = Literal["figure", "bust", "face"]
"""How much of who is fitted is seen."""

FITTINGS: tuple[Fitted, ...] = get_args(Fitted)
FITTING_ASPECT = 3 / 4
"""Width over height of a fitting's picture."""
FITTING_EV100 = 4.6

FITTING_FRAME = 20
"""The frame of a fitting's shot that is looked at."""

_LONG_FRAMES = 48
_GATE_MM = (18.0, 24.0)
_FIELD_M, _MIDDLE_M = 2.36, 1.06
"""Height that the whole figure's picture spans, and of its middle: the same for all,
so that who is taller looks taller."""
_GREY = (0.085, 0.088, 0.094)
_CHEST_M: Vec3 = (0.0, 1.2, 0.0)


class _Framed(NamedTuple):
    """Where a level camera stands before the figure and how much it sees."""

    height_m: float
    away_m: float
    field_m: float


def fitting(
    character: Character, *, yaw_deg: float = 0.0, fitted: Fitted = "figure"
) -> tuple[Scene, Shot]:
    """Return the scene of a fitting and the shot that films it, both still.

    The light stays with the camera: who is turned is turned on their feet. Set and
    light are the same for everybody.

    Args:
        character: Who.
        yaw_deg: Turned so far from facing the camera, to their left.
        fitted: How much is seen.

    Raises:
        UnknownNameError: If `fitted` is none that is known.
    """
    if fitted not in FITTINGS:
        raise UnknownNameError("Fitting.fitted", fitted, FITTINGS)
    mark = Mark(
        position_m=(0.0, 0.0, 0.0),
        facing_deg=yaw_deg,
        arrive_frame=0,
        leave_frame=_LONG_FRAMES,
    )
    scene = Scene(
        id="fitting",
        number="0",
        slugline=Slugline(text="INT. FITTING"),
        set=_ROOM,
        lights=_LIGHTS,
        exposure_ev100=FITTING_EV100,
        blocking=(Blocking(character=character.id, marks=(mark,)),),
        length_frames=_LONG_FRAMES,
    )
    return scene, _shot(_framed(character, fitted))


def _framed(character: Character, fitted: Fitted) -> _Framed:
    if fitted == "figure":
        return _Framed(_MIDDLE_M, 5.2, _FIELD_M)
    figure = figure_of(character)
    crown, chin = float(figure.crown[1]), float(figure.chin[1])
    head = crown - chin
    if fitted == "face":
        return _Framed((crown + chin) / 2 + 0.04 * head, 2.4, 1.9 * head)
    low = float(figure.joints[BONE_INDEX["upper_arm_l"], 1]) - 1.15 * head
    high = crown + 0.35 * head
    return _Framed((low + high) / 2, 3.2, high - low)


def _shot(framed: _Framed) -> Shot:
    focal = framed.away_m * _GATE_MM[1] / framed.field_m
    pose = CameraPose(
        position_m=(0.0, framed.height_m, framed.away_m),
        target_m=(0.0, framed.height_m, 0.0),
        focal_length_mm=focal,
        focus_distance_m=framed.away_m,
    )
    camera = Camera(
        sensor=Sensor(width_mm=_GATE_MM[0], height_mm=_GATE_MM[1]),
        lens=Lens(focal_length_mm=focal, t_stop=22.0),
        poses=(pose,),
    )
    return Shot(
        id="fitting-1",
        slate="F",
        first_frame=0,
        length_frames=_LONG_FRAMES,
        coverage=Coverage.SINGLE,
        size=ShotSize.FS,
        camera=camera,
    )


def _piece(kind: str, at: Vec3, size_m: Vec3) -> SetPiece:
    return SetPiece(
        id=kind,
        kind=kind,
        position_m=at,
        size_m=size_m,
        color=_GREY,
        matter=Matter.PLASTER,
    )


def _lamp(role: LightRole, at: Vec3, *, candela: float, side_m: float) -> Light:
    return Light(
        id=role.value,
        kind=LightKind.AREA,
        role=role,
        position_m=at,
        aim_m=_CHEST_M,
        width_m=side_m,
        height_m=side_m,
        intensity=candela,
    )


_ROOM = Set(
    id="fitting",
    name="Fitting room",
    template="fitting",
    interior=True,
    size_m=(9.0, 4.0, 9.0),
    pieces=(
        _piece("floor", (0.0, 0.0, 0.0), (9.0, 0.1, 9.0)),
        _piece("wall", (0.0, 0.0, -2.6), (9.0, 4.0, 0.1)),
    ),
)
_LIGHTS = (
    _lamp(LightRole.KEY, (-1.9, 2.5, 2.7), candela=1500, side_m=1.4),
    _lamp(LightRole.FILL, (2.6, 1.5, 2.4), candela=520, side_m=1.8),
    # A spot: the edge of what a panel lights would fall on the backdrop.
    _lamp(LightRole.BACK, (1.5, 2.7, -1.3), candela=900, side_m=0.3).changed(
        kind=LightKind.POINT, beam_deg=50.0
    ),
    Light(id="sky", kind=LightKind.SKY, role=LightRole.SKY, intensity=70.0),
)
