"""How the camera gathers and loses speed: at its keys, and over a move in words."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from previz.camera import words_of
from previz.camera.path import key_shares, path_length_m
from previz.camera.timing import travel_over
from previz.edits.edit import AbstractEdit, Frame, Index, Name, chosen, with_shot
from previz.edits.keys import SAME_SHARE, key_frames
from previz.errors import ModelError
from previz.model import Camera, CameraMove, Film, Shot, TimingKey
from previz.stage import NO_ASSETS, Assets

__all__ = ["EaseKey", "TimeMove"]

Ease = Annotated[float, Field(ge=0, le=1, examples=[0.3])]
Length = Annotated[int, Field(ge=1, le=1_000_000, examples=[48])]


class EaseKey(AbstractEdit):
    """Say how fast the camera passes a key of its path: the handle of its timing curve.

    `speed` is in shares of the path a frame: 0 stops there, None lets the curve
    choose. The curve stays monotone: a handle counts up to three times as steep as
    the flatter of the two stretches beside it.
    """

    kind: Literal["ease_key"] = "ease_key"
    shot: Name
    index: Index
    speed: Annotated[float, Field(ge=0, le=10, examples=[0.01])] | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the key eased."""
        _, shot = film.find_shot(self.shot)
        camera = shot.camera
        index = chosen("Camera.key", self.index, camera.poses)
        if len(camera.poses) == 1:
            raise ModelError(
                f"Camera.poses must be at least 2 long to be eased in {shot.slate}, "
                "got 1. Set another key first."
            )
        timing = _timed(shot)
        share = float(key_shares(camera)[index])
        at = min(range(len(timing)), key=lambda i: abs(timing[i].travel - share))
        timing[at] = timing[at].changed(speed=self.speed)
        fresh = camera.changed(timing=tuple(timing))
        return with_shot(film, shot.changed(camera=fresh))

    def words(self, film: Film) -> str:
        """Say how fast the camera passes."""
        _, shot = film.find_shot(self.shot)
        key = f"{shot.slate}: camera key {self.index + 1}"
        if self.speed is None:
            return f"{key} passed as the curve goes"
        if self.speed == 0:
            return f"{key} eased to a stop"
        pace = self.speed * path_length_m(shot.camera) / film.rate.seconds(1)
        if pace < 5e-3:
            return f"{key} passed at {self.speed / film.rate.seconds(1):.0%} a second"
        return f"{key} passed at {pace:.2f} m/s"


class TimeMove(AbstractEdit):
    """Say when a move in words begins, how long it takes and how softly; None stays."""

    kind: Literal["time_move"] = "time_move"
    shot: Name
    index: Index
    start_frame: Frame | None = None
    length_frames: Length | None = None
    ease_in: Ease | None = None
    ease_out: Ease | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the move timed; longer eases share the time."""
        _, shot = film.find_shot(self.shot)
        index = chosen("Camera.move", self.index, shot.camera.moves)
        moves = list(shot.camera.moves)
        moves[index] = self._timed(shot, moves[index])
        camera = shot.camera.changed(moves=tuple(moves))
        return with_shot(film, shot.changed(camera=camera))

    def words(self, film: Film) -> str:
        """Say the move as it is now."""
        _, shot = film.find_shot(self.shot)
        index = chosen("Camera.move", self.index, shot.camera.moves)
        move = self._timed(shot, shot.camera.moves[index])
        return f"{shot.slate}: {words_of(move, rate=film.rate)}"

    def _timed(self, shot: Shot, move: CameraMove) -> CameraMove:
        asked = self.model_dump(exclude={"kind", "shot", "index"}, exclude_none=True)
        start = asked.get("start_frame", move.start_frame)
        if start >= shot.length_frames:
            raise ModelError(
                f"CameraMove.start_frame must be 0 to {shot.length_frames - 1} frames "
                f"in {shot.slate}, got {start}. Begin it within the shot."
            )
        if self.ease_in is not None and self.ease_out is None:
            asked["ease_out"] = min(move.ease_out, 1 - self.ease_in)
        if self.ease_out is not None and self.ease_in is None:
            asked["ease_in"] = min(move.ease_in, 1 - self.ease_out)
        return move.changed(**asked)


def _timed(shot: Shot) -> list[TimingKey]:
    """Return the shot's timing with a key at each pose, told as it is now.

    Where a pose had none, it gets one with the speed at which it was passed.
    """
    camera, long = shot.camera, shot.length_frames
    travel = travel_over(camera.timing, length_frames=long)
    slopes = np.gradient(travel) if long > 1 else np.zeros(long)
    frames = key_frames(camera, length_frames=long)
    timing = {key.frame: key for key in camera.timing}
    for index, share in enumerate(key_shares(camera)):
        if any(abs(key.travel - share) < SAME_SHARE for key in timing.values()):
            continue
        _check_free(camera, timing, frames[index], float(share), shot)
        ends = index in (0, len(frames) - 1)
        timing[frames[index]] = TimingKey(
            frame=frames[index],
            travel=float(share),
            speed=0.0 if ends else max(float(slopes[frames[index]]), 0.0),
        )
    return [timing[frame] for frame in sorted(timing)]


def _check_free(
    camera: Camera, timing: dict[int, TimingKey], frame: int, share: float, shot: Shot
) -> None:
    """Raise where a key cannot be timed at a frame without another going backwards."""
    early = (k.travel for k in timing.values() if k.frame < frame)
    late = (k.travel for k in timing.values() if k.frame > frame)
    if frame in timing or max(early, default=0) > share or min(late, default=1) < share:
        raise ModelError(
            f"Camera.timing must leave a frame for each of {len(camera.poses)} keys "
            f"in {shot.slate}, got {frame} twice. Move the keys apart in time."
        )
