"""The unrest of a carried camera: breath, sway, tremor and the operator's step."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from previz.model import Rate, Rig, RigKind

__all__ = ["handheld_path", "is_carried"]

Floats = NDArray[np.float64]
_Waves = tuple[tuple[float, tuple[float, ...]], ...]

# Hertz, then metres (x, y, z) and degrees (pan, tilt, roll).
_SHOULDER: _Waves = (
    (0.28, (0.002, 0.006, 0.001, 0.06, 0.22, 0.04)),  # breath
    (0.47, (0.009, 0.002, 0.005, 0.30, 0.08, 0.20)),  # sway of the body
    (0.83, (0.004, 0.004, 0.003, 0.16, 0.14, 0.08)),  # shifting of the feet
    (1.71, (0.001, 0.002, 0.001, 0.07, 0.08, 0.04)),
    (3.90, (0.0003, 0.0004, 0.0002, 0.02, 0.025, 0.012)),  # tremor of the hands
)
_ARM: _Waves = (
    (0.14, (0.006, 0.004, 0.005, 0.10, 0.04, 0.12)),  # the sled's slow pendulum
    (0.31, (0.004, 0.003, 0.003, 0.05, 0.03, 0.05)),
)
_HOVER: _Waves = (
    (0.11, (0.03, 0.015, 0.03, 0.04, 0.02, 0.02)),  # drift against the wind
    (0.37, (0.012, 0.008, 0.012, 0.03, 0.02, 0.02)),
)
_HANDS: _Waves = ((0.29, (0.004, 0.006, 0.003, 0.0, 0.0, 0.0)),)

# What a body's step at 1.35 m/s does to the camera: metres and degrees. Sideways,
# pan and roll go once a stride, the rest once a step.
_STEP = (0.014, 0.016, 0.004, 0.16, 0.22, 0.25)
_ONCE_A_STRIDE = np.array([True, False, False, True, False, True])

_KINDS: dict[RigKind, tuple[_Waves, tuple[float, ...]]] = {
    RigKind.HANDHELD: (_SHOULDER, _STEP),
    RigKind.STEADICAM: (_ARM, (0.003, 0.003, 0.001, 0.03, 0.03, 0.04)),
    RigKind.GIMBAL: (_HANDS, (0.008, 0.011, 0.003, 0.0, 0.0, 0.0)),
    RigKind.DRONE: (_HOVER, (0.0,) * 6),
}
_WALK_MPS = 1.35
_SETTLE_S = 0.6


def is_carried(rig: Rig) -> bool:
    """Return whether a rig adds unrest."""
    return rig.kind in _KINDS and rig.unrest > 0


def handheld_path(
    seed: int,
    frames: int,
    *,
    rate: Rate,
    rig: Rig | None = None,
    speed_mps: Floats | None = None,
) -> Floats:
    """Return the unrest of a carried camera over a shot.

    Slow waves of breath and sway, detuned and phased by the seed, and, when the
    camera travels, steps at the frequency of walking at that speed: step length goes
    with the root of speed (Grieve and Gear 1966), so frequency does too, 2 Hz at
    1.35 m/s. All of it scales with `rig.unrest`.

    Args:
        seed: Of the operator.
        frames: How many, from the shot's first.
        rate: Frames a second.
        rig: Handheld if None; a rig that stands has no unrest.
        speed_mps: Of the camera's travel at each frame, shape (frames,); None stands.

    Returns:
        Metres right, up and back in the camera's own axes, then degrees of pan left,
        tilt up and roll counter-clockwise, shape (frames, 6).
    """
    rig = rig or Rig(kind=RigKind.HANDHELD)
    out = np.zeros((frames, 6))
    if not is_carried(rig):
        return out
    waves, step = _KINDS[rig.kind]
    rng = np.random.default_rng([seed, zlib.crc32(b"handheld")])
    phase = rng.uniform(0, 2 * np.pi, (len(waves), 6))
    detune = rng.uniform(0.88, 1.12, (len(waves), 6))
    seconds = np.arange(frames) * (rate.denominator / rate.numerator)
    for i, (hertz, sizes) in enumerate(waves):
        for axis, size in enumerate(sizes):
            if size:
                turn = 2 * np.pi * hertz * detune[i, axis]
                out[:, axis] += size * np.sin(turn * seconds + phase[i, axis])
    if speed_mps is not None and any(step) and np.any(speed_mps > 0):
        out += _steps(np.asarray(speed_mps), rate, np.array(step), phase[0])
    return out * rig.unrest


def _steps(speed: Floats, rate: Rate, size: Floats, phase: Floats) -> Floats:
    """Return what walking adds, shape (n, 6)."""
    fps = rate.numerator / rate.denominator
    width = min(max(round(_SETTLE_S * fps), 1), len(speed))
    window = np.ones(width) / width
    padded = np.pad(speed, (width // 2, width - 1 - width // 2), mode="edge")
    walking = np.convolve(padded, window, mode="valid")
    hertz = 2.0 * np.sqrt(walking / _WALK_MPS)
    step = np.concatenate([[0.0], np.cumsum(hertz[:-1])]) / fps
    heft = np.minimum(walking / _WALK_MPS, 1.6)[:, None]
    turns = np.where(_ONCE_A_STRIDE, 0.5, 1.0) * step[:, None]
    return np.asarray(heft * size * np.sin(2 * np.pi * turns + phase))
