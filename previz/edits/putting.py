"""Keys put at frames of a scene: pasted from elsewhere, or set at the playhead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from previz.direct import reblocked
from previz.edits.edit import (
    AbstractEdit,
    Frame,
    Name,
    metres,
    name_of,
    with_shot,
)
from previz.edits.keying import control_words
from previz.edits.keys import on_the_path, with_keys
from previz.errors import ModelError, UnknownNameError
from previz.model import (
    CameraMove,
    CameraPose,
    Control,
    ControlKey,
    Film,
    FocusKey,
    Hold,
    Model,
    PlaceKey,
    Scene,
    Shot,
    SwingKey,
    Track,
    Vec3,
)
from previz.stage import NO_ASSETS, Assets

__all__ = [
    "PutControl",
    "PutFocus",
    "PutHold",
    "PutKeys",
    "PutMark",
    "PutMove",
    "PutPose",
    "PutProp",
    "PutSwing",
]

Distance = Annotated[float, Field(ge=1e-3, le=10_000, examples=[2.5])]
Facing = Annotated[float, Field(ge=-360, le=360, examples=[90.0])]


class PutPose(Model):
    """A key of the camera's path at a shot frame."""

    track: Literal["camera"] = "camera"
    shot: Name
    frame: Frame
    pose: CameraPose


class PutFocus(Model):
    """What is sharp at a shot frame: a distance, or somebody."""

    track: Literal["focus"] = "focus"
    shot: Name
    frame: Frame
    distance_m: Distance | None = None
    subject: Annotated[str, Field(max_length=80)] = ""
    pull_frames: Annotated[int, Field(ge=1, le=100_000)] | None = None


class PutControl(Model):
    """The value of a control of the lens or the look at a shot frame."""

    track: Literal["control"] = "control"
    shot: Name
    control: Control
    frame: Frame
    value: float


class PutMove(Model):
    """A move in words that begins at a shot frame, after the moves there are."""

    track: Literal["move"] = "move"
    shot: Name
    frame: Frame
    move: CameraMove


class PutHold(Model):
    """Who holds a prop from a scene frame on."""

    track: Literal["hold"] = "hold"
    piece: Name
    frame: Frame
    character: Name
    hand: Literal["left", "right", "both"] = "right"


class PutProp(Model):
    """Where a prop is at a scene frame."""

    track: Literal["prop"] = "prop"
    piece: Name
    frame: Frame
    key: PlaceKey


class PutMark(Model):
    """A mark of somebody's at a scene frame."""

    track: Literal["mark"] = "mark"
    character: Name
    frame: Frame
    position_m: Vec3
    facing_deg: Facing | None = None


class PutSwing(Model):
    """How far a door or drawer is open at a scene frame: 0 shut to 1 wide open."""

    track: Literal["swing"] = "swing"
    piece: Name
    part: Annotated[str, Field(max_length=40)] = ""
    frame: Frame
    open: Annotated[float, Field(ge=0, le=1)]


_AnyPut: TypeAlias = (
    PutPose | PutFocus | PutControl | PutMove | PutMark | PutSwing | PutHold | PutProp
)
_Put = Annotated[_AnyPut, Field(discriminator="track")]


class PutKeys(AbstractEdit):
    """Set keys at frames of a scene; one that is at its frame already is replaced."""

    kind: Literal["put_keys"] = "put_keys"
    scene: Name
    keys: Annotated[tuple[_Put, ...], Field(min_length=1, max_length=500)]

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the keys set."""
        for slate, run in groupby(self.keys, key=_shot_name):
            if slate is None:
                for key in run:
                    film = _put(film, film.find_scene(self.scene), key, assets)
            else:
                film = _put_in_shot(film, film.find_scene(self.scene), slate, list(run))
        return film

    def words(self, film: Film) -> str:
        """Say what is set when, or how many keys are."""
        scene = film.find_scene(self.scene)
        if len(self.keys) > 1:
            return f"Scene {scene.number}: {len(self.keys)} keys pasted"
        match self.keys[0]:
            case PutPose() as key:
                return f"{key.shot}: camera key at frame {key.frame}"
            case PutFocus() as key:
                sharp = f"to {metres(key.distance_m or 0.0)}"
                if key.subject:
                    sharp = f"on {name_of(film, key.subject)}"
                return f"{key.shot}: pull focus {sharp} by frame {key.frame}"
            case PutControl() as key:
                what = control_words(key.control)
                return f"{key.shot}: {what} {key.value:g} at frame {key.frame}"
            case PutMove() as key:
                return f"{key.shot}: {key.move.kind} from frame {key.frame}"
            case PutHold() as key:
                who = name_of(film, key.character)
                return f"{who} holds the {_named(key.piece)} from frame {key.frame}"
            case PutProp() as key:
                return f"{_named(key.piece).capitalize()}: key at frame {key.frame}"
            case PutMark() as key:
                return f"{name_of(film, key.character)}: mark at frame {key.frame}"
            case PutSwing() as key:
                named = _named(key.piece).capitalize()
                return f"{named} {key.open:.0%} open at frame {key.frame}"


def _named(piece: str) -> str:
    return piece.replace("-", " ")


def _shot_name(key: _AnyPut) -> str | None:
    scenic = PutMark | PutSwing | PutHold | PutProp
    return None if isinstance(key, scenic) else key.shot


def _put(film: Film, scene: Scene, key: _AnyPut, assets: Assets) -> Film:
    if isinstance(key, PutSwing):
        return film.with_scene(_swung(scene, key))
    if isinstance(key, PutHold | PutProp):
        return film.with_scene(_handed(film, scene, key))
    assert isinstance(key, PutMark)
    scene.blocking_of(key.character)
    x, _, z = key.position_m
    return reblocked(
        film,
        scene.id,
        key.character,
        to=(x, z),
        at_frame=key.frame,
        facing=key.facing_deg,
        assets=assets,
    )


def _put_in_shot(film: Film, scene: Scene, name: str, keys: Sequence[Any]) -> Film:
    """Return the film with keys set in a shot; its path is made anew once."""
    found, shot = film.find_shot(name)
    if found.id != scene.id:
        slates = [s.slate for s in scene.shots]
        raise UnknownNameError(f"Film.scene[{scene.number}].shot", name, slates)
    for key in keys:
        if key.frame >= shot.length_frames:
            raise ModelError(
                f"Shot.frame must be 0 to {shot.length_frames - 1} frames in "
                f"{shot.slate}, got {key.frame}. Put the playhead into the shot."
            )
    for is_path, run in groupby(keys, key=lambda key: isinstance(key, PutPose)):
        if is_path:
            poses = {key.frame: key.pose for key in run}
            shot = shot.changed(camera=with_keys(shot, poses))
            continue
        for key in run:
            shot = _shot_with(shot, key)
    return with_shot(film, shot)


def _shot_with(shot: Shot, key: PutFocus | PutControl | PutMove) -> Shot:
    camera = shot.camera
    match key:
        case PutFocus():
            before = camera.focus
            if not before and key.frame > 0:
                stored = on_the_path(shot, 0).focus_distance_m
                before = (FocusKey(frame=0, distance_m=stored),)
            sharp = FocusKey(
                frame=key.frame,
                distance_m=key.distance_m,
                subject=key.subject,
                pull_frames=key.pull_frames,
            )
            return shot.changed(camera=camera.changed(focus=_with(before, sharp)))
        case PutMove():
            move = key.move.changed(start_frame=key.frame)
            return shot.changed(camera=camera.changed(moves=(*camera.moves, move)))
        case PutControl():
            value = ControlKey(frame=key.frame, value=key.value)
            old = next((t for t in camera.tracks if t.control is key.control), None)
            keys = _with(() if old is None else old.keys, value)
            track = Track(control=key.control, keys=keys)
            kept = tuple(t for t in camera.tracks if t is not old)
            return shot.changed(camera=camera.changed(tracks=(*kept, track)))


def _with(keys: tuple[Any, ...], key: Any) -> tuple[Any, ...]:
    """Return keys in order of time with one more, in place of one at its frame."""
    kept = [k for k in keys if k.frame != key.frame]
    return tuple(sorted((*kept, key), key=lambda k: int(k.frame)))


def _swung(scene: Scene, key: PutSwing) -> Scene:
    for swing in scene.swings:
        if (swing.piece, swing.part) == (key.piece, key.part):
            at = SwingKey(frame=key.frame, open=key.open)
            fresh = swing.changed(keys=_with(swing.keys, at))
            swings = tuple(fresh if s is swing else s for s in scene.swings)
            return scene.changed(swings=swings)
    raise UnknownNameError("Scene.swing", key.piece, [s.piece for s in scene.swings])


def _handed(film: Film, scene: Scene, key: PutHold | PutProp) -> Scene:
    """Return the scene with a prop that is held, or is somewhere, from a frame on."""
    for prop in scene.props:
        if prop.piece.id != key.piece:
            continue
        if isinstance(key, PutHold):
            who = film.find_character(key.character).id
            hold = Hold(frame=key.frame, character=who, hand=key.hand)
            fresh = prop.changed(holds=_with(prop.holds, hold))
        else:
            at = key.key.changed(frame=key.frame)
            fresh = prop.changed(keys=_with(prop.keys, at))
        props = tuple(fresh if p is prop else p for p in scene.props)
        return scene.changed(props=props)
    raise UnknownNameError("Scene.prop", key.piece, [p.piece.id for p in scene.props])
