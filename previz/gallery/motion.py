"""Moves and rigs, each as a clip."""

from __future__ import annotations

from collections.abc import Callable

from previz.camera import moves
from previz.camera.framing import View
from previz.gallery.entry import Entry
from previz.gallery.location import Location, Take
from previz.model import MOVE_UNITS, Aim, Camera, CameraPose, Move, Rig, RigKind

__all__ = ["MOVE_ENTRIES", "RIG_ENTRIES"]

_LASTS_S = 2.5
_GRAMMAR = "Arijon 1976, Grammar of the Film Language"


def _moved(
    change: Callable[[Camera], Camera],
    *,
    framing: str = "MLS",
    focal_mm: float = 32.0,
    held: bool = False,
) -> Callable[[Location], Take]:
    def film(at: Location) -> Take:
        view = at.framed(framing, focal_mm=focal_mm)
        camera = at.camera(view)
        return Take(change(_held(at, view, camera) if held else camera))

    return film


def _held(at: Location, view: View, camera: Camera) -> Camera:
    """Return a camera whose operator keeps her eyes where they are in the frame."""
    x, y, _ = view.project(at.body("ann").eyes)
    place = (0.5 + x / (2 * view.half_width), 0.5 - y)
    return camera.changed(aim=Aim(subjects=("ann",), at=(place,)))


def _move(
    kind: Move,
    does: str,
    change: Callable[[Camera], Camera],
    *,
    location: str = "park, alone",
    framing: str = "MLS",
    focal_mm: float = 32.0,
    source: str = _GRAMMAR,
    held: bool = False,
) -> Entry:
    return Entry(
        chapter="Moves",
        name=str(kind),
        does=does,
        unit=MOVE_UNITS.get(kind, ""),
        source=source,
        location=location,
        film=_moved(change, framing=framing, focal_mm=focal_mm, held=held),
        lasts_s=_LASTS_S,
    )


def _raised(at: Location) -> Take:
    """Begin high and keep the subject while the arm comes down."""
    view = at.framed("FS", focal_mm=28)
    camera = at.camera(view).changed(
        rig=Rig(kind=RigKind.CRANE, arm_m=5.0),
        aim=Aim(subjects=("ann",), at=((0.5, 0.35),)),
    )
    return Take(moves.crane(camera, 2.6))


def _racked(at: Location) -> Take:
    view = at.framed("OTS", ("ben", "ann"), focal_mm=100)
    camera = at.camera(view)
    camera = camera.changed(lens=camera.lens.changed(t_stop=2.0))
    return Take(moves.rack_focus(camera, subject="ben", over_s=1.0, start_frame=18))


def _followed(at: Location) -> Take:
    view = at.framed("MS", focal_mm=40)
    aim = Aim(subjects=("ann",), at=((1 / 3, 0.36),))
    return Take(moves.truck(at.camera(view).changed(aim=aim), 1.6))


MOVE_ENTRIES = (
    _move(Move.STATIC, "Locked off: what moves is in front of it.", moves.static),
    _move(
        Move.PAN,
        "The head turns about the vertical.",
        lambda c: moves.pan(c, 24),
    ),
    _move(Move.TILT, "The head tips up or down.", lambda c: moves.tilt(c, 14)),
    _move(
        Move.ROLL, "The horizon leans: a Dutch angle is made.",
        lambda c: moves.roll(c, 15),
    ),
    _move(Move.TRUCK, "The base goes sideways.", lambda c: moves.truck(c, 1.2)),
    _move(
        Move.DOLLY, "The base goes forward on the level.", lambda c: moves.dolly(c, 1.2)
    ),
    _move(
        Move.PEDESTAL, "The column goes straight up.", lambda c: moves.pedestal(c, 0.8)
    ),
    Entry(
        "Moves", str(Move.CRANE),
        "The arm swings up on an arc; the aim keeps her.", "m", _GRAMMAR, "park, alone",
        _raised, _LASTS_S,
    ),
    _move(
        Move.ARC, "Round the subject at its distance.",
        lambda c: moves.arc(c, 50, subject="ann"), framing="MS",
    ),
    _move(
        Move.ORBIT, "All the way round, at constant speed.",
        lambda c: moves.orbit(c, subject="ann"), framing="MS",
    ),
    _move(
        Move.PUSH_IN, "Straight towards the face.",
        lambda c: moves.push_in(c, 1.2, subject="ann", ease="out"),
    ),
    _move(
        Move.PULL_OUT, "Straight away: the place comes in.",
        lambda c: moves.pull_out(c, 1.6, subject="ann"), framing="MCU",
    ),
    _move(
        Move.ZOOM, "The focal length changes, evenly in ratio; nothing moves.",
        lambda c: moves.zoom(c, 80), framing="FS", held=True,
    ),
    _move(
        Move.DOLLY_ZOOM, "In and wide at once: she stays as large, the place flees.",
        lambda c: moves.dolly_zoom(c, 2.6, subject="ann"), framing="MS", focal_mm=75,
        source="size = focal / depth held; solved each frame", held=True,
    ),
    _move(
        Move.WHIP_PAN, "Thrown round in a third of a second, blurred by the shutter.",
        lambda c: moves.whip_pan(
            c.changed(look=c.look.changed(motion_blur=True)), 60, start_frame=20
        ),
    ),
    Entry(
        "Moves", str(Move.RACK_FOCUS),
        "Sharpness goes from her face to his, evenly in dioptres.", "m",
        "thin lens equation", "park", _racked, _LASTS_S,
    ),
    Entry(
        "Moves", str(Move.TRACK),
        "Trucks while the aim holds her eyes on the left third.", "",
        "Lino and Christie 2012, Efficient Composition for Virtual Camera Control",
        "park, alone", _followed, _LASTS_S,
    ),
    _move(
        Move.HANDHELD, "An operator's breath, sway and step, seeded.",
        lambda c: moves.handheld(c, 1.4, seed=7),
        source="previz.camera.handheld: sines at 0.3 to 4 Hz and the step rate",
    ),
)  # fmt: skip


_Change = Callable[[Camera], Camera]


def _rig(kind: RigKind, does: str, change: _Change, **fields: float) -> Entry:
    def film(at: Location) -> Take:
        view = at.framed("FS", focal_mm=28)
        camera = at.camera(view).changed(rig=Rig(kind=kind, **fields))
        held = kind not in (RigKind.STICKS, RigKind.CAR_MOUNT)
        return Take(change(_held(at, view, camera) if held else camera))

    return Entry("Rigs", str(kind), does, "", "previz.camera.limits", "park, alone",
                 film, _LASTS_S)  # fmt: skip


def _bent(camera: Camera) -> Camera:
    """Return a camera on a curved track: three poses, each aimed at the subject."""
    first = camera.poses[0]
    x, y, z = first.position_m
    tx, _, tz = first.target_m
    ahead = ((tx - x) * 0.22, (tz - z) * 0.22)
    side = (-ahead[1], ahead[0])
    places = [(0.0, 0.0), (0.7, 0.5), (1.6, 0.6)]
    poses = tuple(
        first.changed(
            position_m=(x + s * side[0] + a * ahead[0], y, z + s * side[1]
                        + a * ahead[1])
        )
        for s, a in places
    )  # fmt: skip
    return camera.changed(poses=poses)


def _flown(camera: Camera) -> Camera:
    first = camera.poses[0]
    x, y, z = first.position_m
    high: CameraPose = first.changed(position_m=(x, y + 5.0, z))
    return camera.changed(poses=(first, high))


RIG_ENTRIES = (
    _rig(RigKind.STICKS, "Stands; the head turns.", lambda c: moves.pan(c, 16)),
    _rig(
        RigKind.SLIDER, "A metre of rail, straight.", lambda c: moves.truck(c, 1.0),
        track_m=1.2,
    ),
    _rig(RigKind.DOLLY, "Wheels or straight track.", lambda c: moves.push_in(c, 1.5)),
    _rig(RigKind.TRACK, "Track laid in a bend.", _bent),
    _rig(RigKind.PEDESTAL, "Up and down.", lambda c: moves.pedestal(c, 0.5)),
    _rig(RigKind.JIB, "A short arm.", lambda c: moves.crane(c, 1.2), arm_m=2.0),
    _rig(RigKind.CRANE, "A long arm.", lambda c: moves.crane(c, 2.8), arm_m=5.0),
    _rig(
        RigKind.STEADICAM, "Floats with a walking operator.",
        lambda c: moves.dolly(c, 1.8),
    ),
    _rig(
        RigKind.GIMBAL, "Walks without the step.",
        lambda c: moves.arc(c, 35, subject="ann"),
    ),
    _rig(
        RigKind.HANDHELD, "On a shoulder, walking.", lambda c: moves.dolly(c, 1.6),
        unrest=1.2,
    ),
    _rig(RigKind.DRONE, "Rises and keeps looking.", _flown),
    _rig(
        RigKind.CAR_MOUNT, "Rigid on something that drives.",
        lambda c: moves.truck(c, 2.5),
    ),
)  # fmt: skip
