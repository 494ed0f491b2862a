"""Edits of a cut's edges: ripple and roll, head and end, slip and slide."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.direct.retiming import with_time
from previz.edits.continued import as_long_as_it_was, continued
from previz.edits.cut import recut, shot_after
from previz.edits.edit import AbstractEdit, Name, with_shot
from previz.errors import ModelError
from previz.model import Camera, Film, Rate, Scene, Shot
from previz.stage import NO_ASSETS, Assets

__all__ = ["SlideShot", "SlipShot", "TrimHead", "TrimShot"]

_LONGEST_FRAMES = 14_400
"""Ten minutes at 24 frames a second: every frame of an open shot is played."""
Step = Annotated[int, Field(ge=-_LONGEST_FRAMES, le=_LONGEST_FRAMES, examples=[12])]


class TrimShot(AbstractEdit):
    """Make a shot longer or shorter at its end.

    With "roll" the cut to the next shot moves and the scene plays as before; with
    "ripple" time is put into the scene there or taken out, and all later is later
    or sooner.
    """

    kind: Literal["trim_shot"] = "trim_shot"
    shot: Name
    length_frames: Annotated[int, Field(ge=1, le=_LONGEST_FRAMES, examples=[48])]
    mode: Literal["roll", "ripple"] = "ripple"

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the shot trimmed."""
        scene, shot = film.find_shot(self.shot)
        change = self.length_frames - shot.length_frames
        if not change:
            return film
        if self.mode == "ripple":
            return film.with_scene(with_time(scene, shot, change))
        following = shot_after(scene, shot)
        if following.length_frames - change < 1:
            most = shot.length_frames + following.length_frames - 1
            raise ModelError(
                f"TrimShot.length_frames must be <= {most} frames, to leave "
                f"{following.slate} one, got {self.length_frames}. Merge the shots, "
                'or pass mode="ripple".'
            )
        rolled = {
            shot.id: self.length_frames,
            following.id: following.length_frames - change,
        }
        shots = (
            s.changed(length_frames=rolled[s.id]) if s.id in rolled else s
            for s in scene.shots
        )
        return film.with_scene(recut(scene, tuple(shots)))

    def words(self, film: Film) -> str:
        """Say by how much."""
        scene, shot = film.find_shot(self.shot)
        change = self.length_frames - shot.length_frames
        by = f"{abs(change)} frames ({abs(film.rate.seconds(change)):.1f} s)"
        if self.mode == "ripple":
            return f"{shot.slate}: {by} {'longer' if change > 0 else 'shorter'}"
        when = "later" if change > 0 else "sooner"
        return f"{shot.slate}: cut to {shot_after(scene, shot).slate} {by} {when}"


class TrimHead(AbstractEdit):
    """Let a shot begin so many frames later in itself, or sooner if negative.

    Later: its first frames go from the scene, and the camera goes on as it did behind
    them. Sooner: time is put into the scene before what the shot shows, in which its
    camera waits. All later ripples.
    """

    kind: Literal["trim_head"] = "trim_head"
    shot: Name
    frames: Step

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the shot's head trimmed."""
        scene, shot = film.find_shot(self.shot)
        if self.frames >= shot.length_frames:
            raise ModelError(
                f"TrimHead.frames must be <= {shot.length_frames - 1}, to leave "
                f"{shot.slate} a frame, got {self.frames}. Merge the shot instead."
            )
        if not self.frames:
            return film
        whole = shot.changed(camera=as_long_as_it_was(shot))
        if self.frames > 0:
            camera = continued(film, scene, whole, self.frames, assets=assets)
        else:
            camera = _later(whole.camera, -self.frames)
        film = with_shot(film, shot.changed(camera=camera))
        scene, shot = film.find_shot(shot.id)
        return film.with_scene(with_time(scene, shot, -self.frames, at="head"))

    def words(self, film: Film) -> str:
        """Say by how much."""
        _, shot = film.find_shot(self.shot)
        return f"{shot.slate}: begins {_by(self.frames, film.rate)}"


class SlipShot(AbstractEdit):
    """Let what the camera does in a shot happen later, or sooner if negative.

    The shot keeps its place and its length in the cut, and the scene plays as
    before: the camera's keys, moves, pulls and zooms slip under it.
    """

    kind: Literal["slip_shot"] = "slip_shot"
    shot: Name
    frames: Step

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the camera of the shot slipped."""
        scene, shot = film.find_shot(self.shot)
        if not _acts(shot.camera):
            raise ModelError(
                f"Shot.camera must move, pull or zoom to be slipped in {shot.slate}, "
                "got one that stays as it is. Slide the shot instead."
            )
        if abs(self.frames) >= shot.length_frames:
            most = shot.length_frames - 1
            raise ModelError(
                f"SlipShot.frames must be -{most} to {most} in {shot.slate}, got "
                f"{self.frames}. Slip it less far."
            )
        if not self.frames:
            return film
        if self.frames < 0:
            whole = shot.changed(camera=as_long_as_it_was(shot))
            camera = continued(film, scene, whole, -self.frames, assets=assets)
        else:
            camera = _later(as_long_as_it_was(shot), self.frames)
        return with_shot(film, shot.changed(camera=camera))

    def words(self, film: Film) -> str:
        """Say by how much."""
        _, shot = film.find_shot(self.shot)
        return f"{shot.slate}: camera slipped {_by(self.frames, film.rate)}"


class SlideShot(AbstractEdit):
    """Let a shot come later in its scene, or sooner if negative, at its length.

    Both of its cuts move: the shot before is longer and the one after shorter by as
    much, and the shot sees what happens then.
    """

    kind: Literal["slide_shot"] = "slide_shot"
    shot: Name
    frames: Step

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the shot slid between its neighbours."""
        scene, shot = film.find_shot(self.shot)
        before, after = _shot_before(scene, shot), shot_after(scene, shot)
        least, most = 1 - before.length_frames, after.length_frames - 1
        if not least <= self.frames <= most:
            raise ModelError(
                f"SlideShot.frames must be {least} to {most} for {shot.slate}, to "
                f"leave {before.slate} and {after.slate} a frame, got {self.frames}. "
                "Slide it less far."
            )
        if not self.frames:
            return film
        lengths = {
            before.id: before.length_frames + self.frames,
            after.id: after.length_frames - self.frames,
        }
        shots = (
            s.changed(length_frames=lengths[s.id]) if s.id in lengths else s
            for s in scene.shots
        )
        return film.with_scene(recut(scene, tuple(shots)))

    def words(self, film: Film) -> str:
        """Say by how much, and between which shots."""
        scene, shot = film.find_shot(self.shot)
        before, after = _shot_before(scene, shot), shot_after(scene, shot)
        return (
            f"{shot.slate}: {_by(self.frames, film.rate)} between {before.slate} and "
            f"{after.slate}"
        )


def _by(frames: int, rate: Rate) -> str:
    when = "later" if frames > 0 else "sooner"
    return f"{abs(frames)} frames ({abs(rate.seconds(frames)):.1f} s) {when}"


def _shot_before(scene: Scene, shot: Shot) -> Shot:
    at = [s.id for s in scene.shots].index(shot.id)
    if at:
        return scene.shots[at - 1]
    raise ModelError(
        f"Shot must have another before it in scene {scene.number}, got {shot.slate}, "
        "its first. Name one after it."
    )


def _acts(camera: Camera) -> bool:
    """Whether anything of a camera happens at a frame that can be another."""
    keyed = len(camera.poses) > 1 or len(camera.focus) > 1
    return keyed or bool(camera.moves) or any(len(t.keys) > 1 for t in camera.tracks)


def _later(camera: Camera, frames: int) -> Camera:
    """Return a camera whose keys and moves all come later; before, it waits."""
    focus = (
        key if index == 0 and key.frame == 0 else key.changed(frame=key.frame + frames)
        for index, key in enumerate(camera.focus)
    )
    tracks = (
        track.changed(keys=tuple(k.changed(frame=k.frame + frames) for k in track.keys))
        for track in camera.tracks
    )
    return camera.changed(
        timing=tuple(k.changed(frame=k.frame + frames) for k in camera.timing),
        moves=tuple(
            m.changed(start_frame=m.start_frame + frames) for m in camera.moves
        ),
        focus=tuple(focus),
        tracks=tuple(tracks),
    )
