"""The cut: which shot shows at which frame of the film."""

from __future__ import annotations

from dataclasses import dataclass

from previz.model import Film, Scene, Shot

__all__ = ["Clip", "timeline"]


@dataclass(frozen=True)
class Clip:
    """A shot in the cut.

    Attributes:
        scene: The scene it belongs to.
        shot: The shot.
        record_frame: Its first frame, counted from the start of the film.
        length_frames: How long it shows.
    """

    scene: Scene
    shot: Shot
    record_frame: int
    length_frames: int


def timeline(film: Film) -> tuple[Clip, ...]:
    """Return the film's shots in order, each from the frame where the last ended."""
    clips: list[Clip] = []
    at = 0
    for scene, shot in film.shots:
        clips.append(Clip(scene, shot, at, shot.length_frames))
        at += shot.length_frames
    return tuple(clips)
