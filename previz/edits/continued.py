"""A camera that goes on where another was when a shot is cut in two."""

from __future__ import annotations

import numpy as np

from previz.camera import camera_at
from previz.camera.motion import course_of
from previz.camera.timing import travel_over
from previz.curves import Monotone
from previz.edits.recorded import fitted
from previz.model import (
    Camera,
    ControlKey,
    Film,
    FocusKey,
    Scene,
    Shot,
    TimingKey,
    Track,
)
from previz.stage import NO_ASSETS, Assets, Stage

__all__ = ["as_long_as_it_was", "continued"]


def continued(
    film: Film, scene: Scene, shot: Shot, frame: int, *, assets: Assets = NO_ASSETS
) -> Camera:
    """Return a shot's camera as it goes on from a frame, told from that frame on.

    A move in words that has begun becomes a path of keys, since words say moves from
    their start.
    """
    if any(move.start_frame < frame for move in shot.camera.moves):
        camera = _on_a_path(film, scene, shot, frame, assets)
    else:
        moves = (
            m.changed(start_frame=m.start_frame - frame) for m in shot.camera.moves
        )
        camera = shot.camera.changed(moves=tuple(moves))
        if len(camera.poses) > 1:
            camera = camera.changed(timing=_later(shot, frame))
    return camera.changed(
        focus=_focus_from(camera, frame),
        tracks=tuple(_track_from(track, frame) for track in camera.tracks),
    )


def as_long_as_it_was(shot: Shot) -> Camera:
    """Return a shot's camera that moves as before whatever length the shot is given.

    What lasts "until the shot ends" is told in frames.
    """
    camera, long = shot.camera, shot.length_frames
    if len(camera.poses) > 1 and not camera.timing and long > 1:
        keys = (
            TimingKey(frame=0, travel=0.0, speed=0.0),
            TimingKey(frame=long - 1, travel=1.0, speed=0.0),
        )
        camera = camera.changed(timing=keys)
    if not camera.moves:
        return camera
    moves = (
        move
        if move.length_frames is not None
        else move.changed(length_frames=max(long - 1 - move.start_frame, 1))
        for move in camera.moves
    )
    return camera.changed(moves=tuple(moves))


def _later(shot: Shot, frame: int) -> tuple[TimingKey, ...]:
    """Return a shot's timing from a frame on: one key there, then the later ones."""
    long, camera = shot.length_frames, shot.camera
    travel = travel_over(camera.timing, length_frames=long)
    speed = float(np.gradient(travel)[frame]) if long > 1 else 0.0
    keys = [TimingKey(frame=0, travel=_share(travel[frame]), speed=max(speed, 0.0))]
    keys += [
        key.changed(frame=key.frame - frame)
        for key in camera.timing
        if key.frame > frame
    ]
    if not camera.timing and frame < long - 1:
        keys.append(TimingKey(frame=long - 1 - frame, travel=1.0, speed=0.0))
    return tuple(keys)


def _share(value: float) -> float:
    return min(max(float(value), 0.0), 1.0)


def _on_a_path(
    film: Film, scene: Scene, shot: Shot, frame: int, assets: Assets
) -> Camera:
    """Return the shot's camera with path and moves from a frame on as one path."""
    stage = Stage(scene, film.characters, rate=film.rate, assets=assets)
    where, long = stage.where(shot), shot.length_frames
    course = course_of(shot.camera, length_frames=long, rate=film.rate, where=where)
    head, rest = course.carriage, np.arange(frame, long)
    yaw, level = head.heading + head.pan, np.cos(head.tilt)
    ahead = np.column_stack(
        [-level * np.sin(yaw), np.sin(head.tilt), -level * np.cos(yaw)]
    )
    target = head.position + ahead * head.reach_m[:, None]
    focal = [
        camera_at(
            shot.camera, length_frames=long, frame=int(f), rate=film.rate, where=where
        ).focal_length_mm
        for f in rest
    ]
    camera = fitted(
        shot,
        rest - frame,
        np.column_stack([head.position, target])[rest],
        roll_deg=np.degrees(head.roll)[rest],
        focal_mm=np.array(focal) if course.changes_focal else course.focal_mm[rest],
    )
    return camera.changed(aim=shot.camera.aim)


def _focus_from(camera: Camera, frame: int) -> tuple[FocusKey, ...]:
    before = [k for k in camera.focus if k.frame <= frame]
    later = tuple(
        k.changed(frame=k.frame - frame) for k in camera.focus if k.frame > frame
    )
    return (*(before[-1].changed(frame=0),), *later) if before else later


def _track_from(track: Track, frame: int) -> Track:
    curve = Monotone.through(
        [k.frame for k in track.keys], [[k.value] for k in track.keys]
    )
    now = ControlKey(frame=0, value=float(curve.at(frame)[0]))
    later = (k.changed(frame=k.frame - frame) for k in track.keys if k.frame > frame)
    return track.changed(keys=(now, *later))
