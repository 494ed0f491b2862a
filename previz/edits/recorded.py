"""A camera's way that was recorded frame by frame, as keys of a path."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.edits.keys import keyed
from previz.errors import ModelError
from previz.model import Camera, CameraPose, Shot, Vec3

__all__ = ["checked_frames", "fitted", "smoothed"]

Floats = NDArray[np.float64]

_WITHIN_M = 0.01
"""Between its keys a fitted path may stray by as much, at the camera and target."""
_MOST_KEYS = 400


def smoothed(values: Floats, *, over_frames: float) -> Floats:
    """Return recorded values smoothed by a bell of this width; both ends stay.

    Args:
        values: One row a frame, shape (n, c).
        over_frames: Standard deviation of the bell; 0 leaves all as it is.
    """
    if over_frames <= 0 or len(values) < 3:
        return values
    reach = int(np.ceil(3 * over_frames))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / over_frames) ** 2)
    bell /= bell.sum()
    # Mirrored through its end points, a recording keeps where it begins and ends.
    turns = np.arange(1, reach + 1)
    first = 2 * values[0] - values[np.minimum(turns, len(values) - 1)][::-1]
    last = 2 * values[-1] - values[np.maximum(len(values) - 1 - turns, 0)]
    padded = np.concatenate([first, values, last])
    columns = [np.convolve(column, bell, mode="valid") for column in padded.T]
    return np.column_stack(columns)


def fitted(
    shot: Shot,
    frames: NDArray[np.int64],
    places: Floats,
    *,
    roll_deg: Floats | None = None,
    focal_mm: Floats | None = None,
) -> Camera:
    """Return the shot's camera on a recorded way, with as few keys as it needs.

    The keys are those of the Douglas-Peucker algorithm over time: each frame between
    two of them is within a centimetre of the straight way between.

    Args:
        shot: Whose camera; its moves, aim and timing go.
        frames: Of the shot, rising, shape (n,).
        places: Position and target in metres, shape (n, 6).
        roll_deg: Shape (n,); level if None.
        focal_mm: Shape (n,); as the shot's first key if None.
    """
    first = shot.camera.poses[0]
    roll = np.zeros(len(frames)) if roll_deg is None else roll_deg
    focal = (
        np.full(len(frames), first.focal_length_mm) if focal_mm is None else focal_mm
    )
    within = _WITHIN_M
    while len(kept := _corners(frames, places, within)) > _MOST_KEYS:
        within *= 2
    poses = [
        CameraPose(
            position_m=_point(places[i, :3]),
            target_m=_point(places[i, 3:]),
            roll_deg=float(roll[i]),
            focal_length_mm=float(focal[i]),
            focus_distance_m=first.focus_distance_m,
        )
        for i in kept
    ]
    free = shot.camera.changed(poses=tuple(poses), moves=(), aim=None, timing=())
    if len(poses) == 1:
        return free
    at = [int(frames[i]) for i in kept]
    fresh = keyed(free, poses, at, shot=shot, moved=at[0])
    # A recording does not start and stop softly by itself.
    timing = tuple(key.changed(speed=None) for key in fresh.timing)
    return fresh.changed(timing=timing) if timing else fresh


def checked_frames(shot: Shot, frames: list[int]) -> NDArray[np.int64]:
    """Return the frames of a recording, if they rise within the shot.

    Raises:
        ModelError: If they do not.
    """
    at = np.array(frames, np.int64)
    if (np.diff(at) <= 0).any() or at[-1] >= shot.length_frames:
        raise ModelError(
            f"RecordMove.poses must be of rising frame, 0 to {shot.length_frames - 1} "
            f"in {shot.slate}, got {frames[0]} to {frames[-1]}. Record within the shot."
        )
    return at


def _corners(frames: NDArray[np.int64], places: Floats, within_m: float) -> list[int]:
    kept, spans = {0, len(frames) - 1}, [(0, len(frames) - 1)]
    while spans:
        a, b = spans.pop()
        if b - a < 2:
            continue
        inside = np.arange(a + 1, b)
        share = ((frames[inside] - frames[a]) / (frames[b] - frames[a]))[:, None]
        off = places[inside] - (places[a] + (places[b] - places[a]) * share)
        apart = np.maximum(
            np.linalg.norm(off[:, :3], axis=1), np.linalg.norm(off[:, 3:], axis=1)
        )
        worst = int(np.argmax(apart))
        if apart[worst] > within_m:
            middle = int(inside[worst])
            kept.add(middle)
            spans += [(a, middle), (middle, b)]
    return sorted(kept)


def _point(values: Floats) -> Vec3:
    x, y, z = (round(float(v), 4) for v in values)
    return (x, y, z)
