"""Edits of the camera department: keys, glass, focus, moves, framing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.camera.exposure import stop_name
from previz.direct import reshot
from previz.edits.edit import (
    AbstractEdit,
    Frame,
    Index,
    Name,
    chosen,
    metres,
    name_of,
    with_shot,
)
from previz.edits.keys import (
    check_frame,
    key_frames,
    keyed,
    on_the_path,
    with_keys,
    without_key,
)
from previz.errors import ModelError
from previz.model import Camera, Control, Film, FocusKey, Shot, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = [
    "AddKey",
    "FrameOn",
    "MoveKey",
    "RemoveKey",
    "SetFocus",
    "SetLens",
    "SetMoves",
    "SetRig",
    "SetStop",
]

Roll = Annotated[float, Field(ge=-180, le=180, examples=[0.0])]
Focal = Annotated[float, Field(ge=1, le=2000, examples=[35.0])]
Stop = Annotated[float, Field(ge=0.5, le=64, examples=[2.8])]
Distance = Annotated[float, Field(ge=1e-3, le=10_000, examples=[2.5])]


class MoveKey(AbstractEdit):
    """Put a key of the camera's path elsewhere, or at another time.

    What is None stays: with a position alone the camera goes on looking where it
    looked. `tangent_m` is the path's handle there: which way, and how hard it
    pulls. The frames of the other keys stay.
    """

    kind: Literal["move_key"] = "move_key"
    shot: Name
    index: Index
    position_m: Vec3 | None = None
    target_m: Vec3 | None = None
    roll_deg: Roll | None = None
    focal_length_mm: Focal | None = None
    tangent_m: Vec3 | None = None
    at_frame: Frame | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the key moved."""
        _, shot = film.find_shot(self.shot)
        camera, count = shot.camera, shot.length_frames
        index = chosen("Camera.key", self.index, camera.poses)
        asked = self.model_dump(exclude={"kind", "shot", "index", "at_frame"})
        fresh = {name: value for name, value in asked.items() if value is not None}
        poses = list(camera.poses)
        poses[index] = poses[index].changed(**fresh)
        frames = list(key_frames(camera, length_frames=count))
        if self.at_frame is not None:
            frames[index] = check_frame(shot, frames, index, self.at_frame)
        camera = keyed(camera, poses, frames, shot=shot, moved=self.at_frame)
        return with_shot(film, shot.changed(camera=camera))

    def words(self, film: Film) -> str:
        """Say which key goes where."""
        _, shot = film.find_shot(self.shot)
        said = []
        if self.position_m is not None:
            said.append(f"to {_placed(self.position_m)}")
        elif self.target_m is not None:
            said.append("looks elsewhere")
        if self.roll_deg is not None:
            said.append(f"dutch {self.roll_deg:g}°")
        if self.tangent_m is not None:
            said.append("path bent")
        if self.focal_length_mm is not None:
            said.append(f"on {self.focal_length_mm:g} mm")
        if self.at_frame is not None:
            said.append(f"at frame {self.at_frame}")
        which = f" key {self.index + 1}" if len(shot.camera.poses) > 1 else ""
        return f"{shot.slate}: camera{which} {', '.join(said) or 'as it was'}"


class AddKey(AbstractEdit):
    """Set a key at a frame of the shot; what is None is as the path has it there.

    At the frame of a key that is there already, that key is changed.
    """

    kind: Literal["add_key"] = "add_key"
    shot: Name
    at_frame: Frame
    position_m: Vec3 | None = None
    target_m: Vec3 | None = None
    roll_deg: Roll | None = None
    focal_length_mm: Focal | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the key set."""
        _, shot = film.find_shot(self.shot)
        asked = self.model_dump(exclude={"kind", "shot", "at_frame"})
        fresh = {name: value for name, value in asked.items() if value is not None}
        pose = on_the_path(shot, self.at_frame).changed(**fresh)
        camera = with_keys(shot, {self.at_frame: pose})
        return with_shot(film, shot.changed(camera=camera))

    def words(self, film: Film) -> str:
        """Say where in the shot the key is set."""
        _, shot = film.find_shot(self.shot)
        return f"{shot.slate}: camera key at frame {self.at_frame}"


class RemoveKey(AbstractEdit):
    """Take a key out of the camera's path; the last one stays."""

    kind: Literal["remove_key"] = "remove_key"
    shot: Name
    index: Index

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film without the key."""
        _, shot = film.find_shot(self.shot)
        index = chosen("Camera.key", self.index, shot.camera.poses)
        camera = without_key(shot, index)
        return with_shot(film, shot.changed(camera=camera))

    def words(self, film: Film) -> str:
        """Say which key goes."""
        _, shot = film.find_shot(self.shot)
        return f"{shot.slate}: lose camera key {self.index + 1}"


class SetLens(AbstractEdit):
    """Put on another focal length, for the whole shot.

    A zoom is turned where it reaches; else a lens like the shot's is put on. A focal
    length that was keyed goes.
    """

    kind: Literal["set_lens"] = "set_lens"
    shot: Name
    focal_length_mm: Focal

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the lens put on."""
        _, shot = film.find_shot(self.shot)
        camera = _without_track(shot.camera, Control.FOCAL_LENGTH)
        focal, lens = self.focal_length_mm, camera.lens
        reaches = lens.longest_mm and lens.focal_length_mm <= focal <= lens.longest_mm
        if not reaches:
            lens = lens.changed(
                name=f"{focal:g} mm", focal_length_mm=focal, longest_mm=None
            )
        poses = tuple(pose.changed(focal_length_mm=focal) for pose in camera.poses)
        camera = camera.changed(lens=lens, poses=poses)
        return with_shot(film, shot.changed(camera=camera))

    def words(self, film: Film) -> str:
        """Say from which focal length to which."""
        _, shot = film.find_shot(self.shot)
        before = shot.camera.poses[0].focal_length_mm
        return f"{shot.slate}: {before:g} → {self.focal_length_mm:g} mm"


class SetStop(AbstractEdit):
    """Open up or stop down, for the whole shot; a keyed stop goes."""

    kind: Literal["set_stop"] = "set_stop"
    shot: Name
    t_stop: Stop

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the stop set."""
        _, shot = film.find_shot(self.shot)
        camera = _without_track(shot.camera, Control.T_STOP)
        camera = camera.changed(lens=camera.lens.changed(t_stop=self.t_stop))
        return with_shot(film, shot.changed(camera=camera))

    def words(self, film: Film) -> str:
        """Say from which stop to which."""
        _, shot = film.find_shot(self.shot)
        before = shot.camera.lens.t_stop
        how = "open up" if self.t_stop < before else "stop down"
        return f"{shot.slate}: {how} to {stop_name(self.t_stop)}"


class SetFocus(AbstractEdit):
    """Set focus on a distance or on somebody: for the whole shot, or from a frame on.

    With `at_frame` a focus key is set there and the puller gets there by that frame.
    """

    kind: Literal["set_focus"] = "set_focus"
    shot: Name
    distance_m: Distance | None = None
    character: Annotated[str, Field(max_length=80)] = ""
    at_frame: Frame | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the focus set."""
        _, shot = film.find_shot(self.shot)
        if self.character:
            film.find_character(self.character)
        camera = shot.camera
        key = FocusKey(
            frame=self.at_frame or 0,
            distance_m=self.distance_m,
            subject=self.character,
        )
        if self.at_frame is None:
            return with_shot(film, shot.changed(camera=camera.changed(focus=(key,))))
        _check_in(shot, self.at_frame)
        before = camera.focus
        if not before and self.at_frame > 0:
            stored = on_the_path(shot, 0).focus_distance_m
            before = (FocusKey(frame=0, distance_m=stored),)
        kept = [k for k in before if k.frame != key.frame]
        focus = tuple(sorted((*kept, key), key=lambda k: k.frame))
        return with_shot(film, shot.changed(camera=camera.changed(focus=focus)))

    def words(self, film: Film) -> str:
        """Say what is sharp."""
        _, shot = film.find_shot(self.shot)
        on = f"on {name_of(film, self.character)}" if self.character else ""
        if self.at_frame is None:
            what = on or f"at {metres(self.distance_m or 0.0)}"
            return f"{shot.slate}: focus {what}"
        what = on or f"to {metres(self.distance_m or 0.0)}"
        return f"{shot.slate}: pull focus {what} by frame {self.at_frame}"


class SetMoves(AbstractEdit):
    """Say the camera's moves: ("push in 1.2 m over 3 s, ease out", "then pan …")."""

    kind: Literal["set_moves"] = "set_moves"
    shot: Name
    moves: Annotated[
        tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=20)
    ]

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the moves made."""
        return reshot(film, self.shot, moves="; ".join(self.moves), assets=assets)

    def words(self, film: Film) -> str:
        """Say the moves."""
        _, shot = film.find_shot(self.shot)
        said = "; ".join(move.strip() for move in self.moves if move.strip())
        return f"{shot.slate}: {said or 'static'}"


class SetRig(AbstractEdit):
    """Put the camera on another rig: sticks, dolly, crane, handheld."""

    kind: Literal["set_rig"] = "set_rig"
    shot: Name
    rig: Name

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the camera on the rig."""
        return reshot(film, self.shot, rig=self.rig, assets=assets)

    def words(self, film: Film) -> str:
        """Say on what the camera goes."""
        _, shot = film.find_shot(self.shot)
        return f"{shot.slate}: on {self.rig}"


class FrameOn(AbstractEdit):
    """Frame somebody by name of the framing: an MCU on Ann. The camera is solved.

    Path, moves and aim of the shot go; the lens stays, focus is on who is framed.
    """

    kind: Literal["frame_on"] = "frame_on"
    shot: Name
    framing: Name
    character: Annotated[str, Field(max_length=80)] = ""
    angle: Annotated[str, Field(max_length=20)] = ""
    turn_deg: Annotated[float, Field(ge=-180, le=180, examples=[25.0])] = 25.0

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the shot framed."""
        return reshot(
            film,
            self.shot,
            framing=self.framing,
            on=self.character or None,
            angle=self.angle or None,
            turn_deg=self.turn_deg,
            assets=assets,
        )

    def words(self, film: Film) -> str:
        """Say the framing and on whom."""
        _, shot = film.find_shot(self.shot)
        who = [self.character] if self.character else shot.subjects
        names = " and ".join(name_of(film, name) for name in who)
        low = f", {self.angle} angle" if self.angle else ""
        on = f" on {names}" if names else ""
        return f"{shot.slate}: {self.framing}{on}{low}"


def _without_track(camera: Camera, control: Control) -> Camera:
    kept = tuple(t for t in camera.tracks if t.control is not control)
    return camera if kept == camera.tracks else camera.changed(tracks=kept)


def _check_in(shot: Shot, frame: int) -> None:
    if frame >= shot.length_frames:
        raise ModelError(
            f"Shot.frame must be 0 to {shot.length_frames - 1} frames in {shot.slate}, "
            f"got {frame}. Pass a frame of the shot."
        )


def _placed(place: Vec3) -> str:
    x, y, z = place
    return f"x {x:.2f}, z {z:.2f}, lens height {metres(y)}"
