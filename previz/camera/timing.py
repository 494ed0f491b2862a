"""When the camera is how far along its path, and how a move gathers speed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.curves import Monotone
from previz.model import TimingKey

__all__ = ["eased", "minimum_jerk", "travel_over"]

Floats = NDArray[np.float64]

_NO_EASE = 1e-6


def travel_over(timing: tuple[TimingKey, ...], *, length_frames: int) -> Floats:
    """Return the share of the path behind the camera at each frame.

    Without keys the camera starts and stops softly over the whole shot; a shot of one
    frame shows where its move begins. Before the first and after the last key the
    camera stands there; a key on the shot's own end keeps its speed, as when cutting
    into a move.

    Args:
        timing: Keys of rising frame and non-falling travel.
        length_frames: Of the shot, at least 1.

    Returns:
        Never falling, 0 to 1, shape (length_frames,).
    """
    frames = np.arange(length_frames, dtype=np.float64)
    if not timing:
        share = frames / max(length_frames - 1, 1)
        return share * share * (3.0 - 2.0 * share)
    keys = {0: timing[0].travel} | {key.frame: key.travel for key in timing}
    if length_frames - 1 > timing[-1].frame:
        keys[length_frames - 1] = timing[-1].travel
    speeds = {key.frame: key.speed for key in timing if key.speed is not None}
    at = sorted(keys)
    curve = Monotone.through(
        at,
        [[keys[f]] for f in at],
        slopes=[[speeds.get(f, np.nan)] for f in at] if speeds else None,
    )
    return curve.over(frames)[:, 0]


def eased(share: Floats, *, ease_in: float, ease_out: float) -> Floats:
    """Return how much of a move is done after a share of its time.

    Speed rises by a smooth step over the first `ease_in` of the time, is constant,
    and falls over the last `ease_out`; both 0 is constant speed throughout.

    Args:
        share: Of the move's time; held to 0 to 1. Shape (n,).
        ease_in: 0 to 1.
        ease_out: 0 to 1, with `ease_in` at most 1.

    Returns:
        0 to 1, exact at both ends, shape (n,).
    """
    u = np.clip(share, 0.0, 1.0)
    top = 1.0 / (1.0 - 0.5 * ease_in - 0.5 * ease_out)
    done = top * (u - 0.5 * ease_in)
    if ease_in > _NO_EASE:
        begun = np.minimum(u / ease_in, 1.0)
        done = np.where(u < ease_in, top * ease_in * _ramp(begun), done)
    if ease_out > _NO_EASE:
        left = np.minimum((1.0 - u) / ease_out, 1.0)
        done = np.where(u > 1.0 - ease_out, 1.0 - top * ease_out * _ramp(left), done)
    return np.where(u <= 0.0, 0.0, np.where(u >= 1.0, 1.0, done))


def _ramp(x: Floats) -> Floats:
    """Return the integral of a smooth step from 0 to `x`."""
    return x * x * x * (1.0 - 0.5 * x)


def minimum_jerk(share: Floats) -> Floats:
    """Return how much of a fast reach is done: the curve of a thrown arm or head.

    Source: Flash and Hogan 1985, minimum-jerk trajectories.

    Args:
        share: Of the time; held to 0 to 1. Shape (n,).
    """
    u = np.clip(share, 0.0, 1.0)
    return u * u * u * (10.0 + u * (6.0 * u - 15.0))
