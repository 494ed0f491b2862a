"""A brought motion within a performance: faded in from the pose before, and out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.stage.skeleton import PARENTS, Skeleton

__all__ = ["Clipped", "with_clip"]

_FADE_S = 0.35


@dataclass(frozen=True)
class Clipped:
    """A motion as a body plays it.

    Attributes:
        start_s: Scene time of its first frame.
        bones: At each frame of the film, shape (f, b, 4, 4).
        seconds_a_frame: Of the film.
    """

    start_s: float
    bones: NDArray[np.float64]
    seconds_a_frame: float

    @property
    def end_s(self) -> float:
        """Scene time after its last frame."""
        return self.start_s + len(self.bones) * self.seconds_a_frame


def with_clip(
    bones: NDArray[np.float64], clip: Clipped, skeleton: Skeleton, seconds: float
) -> NDArray[np.float64]:
    """Return the bones while a clip runs, shape (b, 4, 4)."""
    since = seconds - clip.start_s
    index = round(since / clip.seconds_a_frame)
    played = clip.bones[min(max(index, 0), len(clip.bones) - 1)]
    share = smoothstep((clip.end_s - seconds) / _FADE_S)
    if clip.start_s > 0:
        share *= smoothstep(since / _FADE_S)
    return played.copy() if share >= 1.0 else _mixed(bones, played, share, skeleton)


def _mixed(
    a: NDArray[np.float64], b: NDArray[np.float64], share: float, skeleton: Skeleton
) -> NDArray[np.float64]:
    """Return a pose between two: joints turn, bones keep their lengths."""
    turns = np.empty((len(a), 3, 3))
    local = np.empty((len(a), 3, 3))
    for i, parent in enumerate(PARENTS):
        p, q = a[i, :3, :3], b[i, :3, :3]
        if parent >= 0:
            p, q = a[parent, :3, :3].T @ p, b[parent, :3, :3].T @ q
        local[i] = p + share * (q - p)
    u, _, v = np.linalg.svd(local)
    local = u @ v
    out = np.tile(np.eye(4), (len(a), 1, 1))
    out[0, :3, 3] = a[0, :3, 3] + share * (b[0, :3, 3] - a[0, :3, 3])
    for i, parent in enumerate(PARENTS):
        turns[i] = local[i] if parent < 0 else turns[parent] @ local[i]
        if parent >= 0:
            step = skeleton.joints[i] - skeleton.joints[parent]
            out[i, :3, 3] = out[parent, :3, 3] + turns[parent] @ step
    out[:, :3, :3] = turns
    return out
