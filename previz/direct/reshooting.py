"""A shot of a film taken again as somebody asks for it: framing, lens, moves, light."""

from __future__ import annotations

from previz.camera import camera_at, parse_moves
from previz.camera.framing import Body, View, shown_gate
from previz.camera.named import framed, framing_of, people_in
from previz.direct.schemes import relight
from previz.errors import ModelError, UnknownNameError
from previz.model import (
    Angle,
    Camera,
    CameraPose,
    Film,
    FocusKey,
    Lens,
    Rig,
    RigKind,
    Shot,
    ShotSize,
)
from previz.stage import NO_ASSETS, Assets, Obstacles, Stage, camera_faults

__all__ = ["camera_stands", "reshot"]

_DUTCH_DEG = 9.0
_ASPECT = 16 / 9
"""Width over height of the pictures."""


def reshot(
    film: Film,
    slate: str,
    *,
    framing: str | None = None,
    on: str | tuple[str, ...] | None = None,
    angle: str | None = None,
    turn_deg: float = 25.0,
    lens: Lens | float | None = None,
    t_stop: float | None = None,
    rig: str | None = None,
    moves: str | None = None,
    light: str | None = None,
    assets: Assets = NO_ASSETS,
) -> Film:
    """Return the film with one shot taken again; what is not named stays.

    Args:
        film: The film.
        slate: Which shot.
        framing: A framing by name, `previz.camera.named.FRAMINGS`, or as it is said
            ("close-up"), solved at the middle of the shot.
        on: Whom: ids of characters; the shot's subjects if None.
        angle: From what height the framing is: eye, low, high, overhead, dutch; eye
            if None. Only with a framing.
        turn_deg: How far round the face the framing stands; 0 is frontal.
        lens: A lens, or the focal length in mm of one like the shot's.
        t_stop: As set.
        rig: A name of `RigKind`.
        moves: Moves as words, "push in 0.6 m over 2 s, ease out"; "" for none.
        light: A lighting scheme by name, for the whole scene, solved for this shot.
        assets: The film's imported meshes and motion.

    Raises:
        UnknownNameError: If a name is not known; lists those that are.
        ModelError: If somebody who is framed is not there.
        PrevizError: If a framing or a move cannot be made.
    """
    scene, shot = film.find_shot(slate)
    framing = None if framing is None else framing_of(framing)
    stage = Stage(scene, film.characters, rate=film.rate, assets=assets)
    who = _subjects(film, shot, on)
    camera = _equipped(shot.camera, lens=lens, t_stop=t_stop, rig=rig)
    height = _height(angle, framing=framing, planned=shot.angle)
    if framing is not None:
        _check_number(framing, who)
        view = _solved(stage, shot, camera, framing, who, height, turn_deg)
        camera = _stood(camera, view, angle=height, focus=who[-1])
    if moves is not None:
        camera = camera.changed(moves=parse_moves(moves, rate=film.rate))
    named = ShotSize(framing) if framing in set(ShotSize) else shot.size
    fresh = shot.changed(camera=camera, subjects=who, size=named, angle=height)
    _check_moves(stage, fresh, way=moves is not None)
    scene = scene.with_shot(fresh)
    if light is not None:
        cast, rate = film.characters, film.rate
        scene = relight(scene, fresh, light, characters=cast, rate=rate, assets=assets)
        scene = scene.changed(shots=tuple(map(_metered, scene.shots)))
    return film.with_scene(scene)


def _subjects(
    film: Film, shot: Shot, on: str | tuple[str, ...] | None
) -> tuple[str, ...]:
    who = (on,) if isinstance(on, str) else on or shot.subjects
    for name in who:
        film.find_character(name)
    if len(set(who)) < len(who):
        raise ModelError(
            f"Shot.on must name everybody once, got {', '.join(who)}. Leave out "
            "who is there twice."
        )
    return tuple(who)


def _check_number(framing: str, who: tuple[str, ...]) -> None:
    """Raise if a framing is of another number of people."""
    wanted = people_in(framing)
    if len(who) == wanted or not wanted:
        return
    one = f"on={who[-1]!r}" if who else "whom to frame as on="
    also = ', or framing="two-shot"' if len(who) == 2 else ""
    todo = f"{one}{also}" if wanted == 1 else "their ids as a tuple"
    raise ModelError(
        f"Shot.on must name {wanted} for {framing}, got "
        f"{', '.join(who) or 'nobody'}. Pass {todo}."
    )


def _height(angle: str | None, *, framing: str | None, planned: Angle) -> Angle:
    """Return from what height the shot is, or raise if nothing says how to get there.

    Raises:
        UnknownNameError: If there is no such angle.
        ModelError: If it is asked for without a framing.
    """
    if angle is None:
        return planned if framing is None else Angle.EYE
    if angle not in set(Angle):
        raise UnknownNameError("Shot.angle", angle, [str(a) for a in Angle])
    if framing is None:
        raise ModelError(
            f"Shot.angle must come with a framing, got {angle!r} alone. Pass "
            'framing="MS" as well.'
        )
    return Angle(angle)


def _check_moves(stage: Stage, shot: Shot, *, way: bool) -> None:
    """Raise if the lens cannot do what the moves ask, or walls are in their way.

    What only the rig cannot do, the camera report says.
    """
    if not shot.camera.moves:
        return
    for frame in range(shot.length_frames):
        camera_at(
            shot.camera,
            length_frames=shot.length_frames,
            frame=frame,
            rate=stage.rate,
            where=stage.where(shot),
        )
    for fault in camera_faults(stage, shot) if way else ():
        if fault.quantity == "clearance":
            raise ModelError(str(fault))


def _equipped(
    camera: Camera,
    *,
    lens: Lens | float | None,
    t_stop: float | None,
    rig: str | None,
) -> Camera:
    glass = camera.lens
    if isinstance(lens, Lens):
        glass = lens
    elif isinstance(lens, str):
        raise ModelError(
            f"Shot.lens must be a Lens or a focal length in mm, got {lens!r}. Pass "
            "50, or a lens of previz.camera.gear."
        )
    elif lens is not None:
        glass = glass.changed(
            name=f"{lens:g} mm", focal_length_mm=float(lens), longest_mm=None
        )
    if t_stop is not None:
        glass = glass.changed(t_stop=t_stop)
    focal = glass.focal_length_mm
    poses = camera.poses
    if lens is not None:
        poses = tuple(pose.changed(focal_length_mm=focal) for pose in poses)
    carried = camera.rig
    if rig is not None:
        if rig not in set(RigKind):
            raise UnknownNameError("Rig.kind", rig, [str(kind) for kind in RigKind])
        carried = Rig(kind=RigKind(rig))
    return camera.changed(lens=glass, poses=poses, rig=carried)


def _solved(
    stage: Stage,
    shot: Shot,
    camera: Camera,
    framing: str,
    who: tuple[str, ...],
    angle: Angle,
    turn_deg: float,
) -> View:
    moment = shot.first_frame + shot.length_frames // 2
    bodies = []
    for name in who:
        marks = stage.landmarks(name, moment)
        if marks is None:
            raise ModelError(
                f"Shot.on must be on the set in the middle of shot {shot.slate}, "
                f"got {name!r}, who is not. Frame somebody who is there."
            )
        bodies.append(marks.body(name))
    focal_mm = camera.poses[0].focal_length_mm
    view = framed(
        framing, bodies, focal_mm=focal_mm / camera.lens.squeeze,
        sensor=shown_gate(camera.sensor, aspect=_ASPECT), angle=angle,
        turn_deg=turn_deg,
    )  # fmt: skip
    if not camera_stands(stage, view, bodies[-1]):
        x, y, z = view.position
        raise ModelError(
            f"Shot.framing must leave the camera on the set, with nothing solid "
            f"before {bodies[-1].id}, got a camera at {x:.1f}, {y:.1f}, {z:.1f} m for "
            f"{framing} on {focal_mm:g} mm in {stage.scene.slugline.text}. Pass a "
            "shorter lens or another turn_deg."
        )
    return view


def camera_stands(stage: Stage, view: View, body: Body) -> bool:
    """Whether a camera can stand at a view and see a face from there."""
    set_, (x, y, z) = stage.scene.set, view.position
    obstacles = Obstacles(set_, assets=stage.assets)
    width, height, depth = set_.size_m
    if set_.interior and not (abs(x) < width / 2 and y < height and abs(z) < depth / 2):
        return False
    clear = y > 0.05 and not obstacles.inside(view.position, margin_m=0.08)
    return clear and not obstacles.blocked(view.position, body.eyes)


def _stood(camera: Camera, view: View, *, angle: Angle, focus: str) -> Camera:
    """Return a camera that stands at a view and keeps somebody sharp."""
    x, y, z = (p + f * 2.0 for p, f in zip(view.position, view.forward, strict=True))
    pose = CameraPose(
        position_m=view.position,
        target_m=(x, y, z),
        roll_deg=_DUTCH_DEG if angle is Angle.DUTCH else 0.0,
        focal_length_mm=camera.poses[0].focal_length_mm,
        focus_distance_m=2.0,
    )
    return camera.changed(
        poses=(pose,),
        timing=(),
        moves=(),
        aim=None,
        focus=(FocusKey(frame=0, subject=focus),),
    )


def _metered(shot: Shot) -> Shot:
    """Return a shot that is exposed for its scene's new reading."""
    return shot.changed(camera=shot.camera.changed(iso=None, nd_stops=0.0))
