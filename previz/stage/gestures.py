"""What hands and mouth do: hanging and swinging arms, idle holds, speech."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.model import Posture
from previz.stage.skeleton import Skeleton
from previz.stage.timeline import Stay

__all__ = ["Hand", "Speech", "hanging", "holding", "speaking_hand", "speech_of"]

_GESTURE_S = 1.9


@dataclass(frozen=True)
class Hand:
    """What a hand aims for.

    Attributes:
        wrist: In the chest's rest space, metres, shape (3,).
        elbow: Direction the elbow points in, chest axes, shape (3,).
        pronation: About the forearm, radians; positive turns the thumb inwards.
        flexion: Of the wrist towards the palm, radians.
        on_thigh: Share in which the wrist rests on the thigh.
    """

    wrist: NDArray[np.float64]
    elbow: NDArray[np.float64]
    pronation: float = 0.0
    flexion: float = 0.0
    on_thigh: float = 0.0

    def toward(self, other: Hand, share: float) -> Hand:
        """Return the hand on its way to `other`: 0 here, 1 there."""
        if share <= 0.0:
            return self
        return Hand(
            wrist=self.wrist + share * (other.wrist - self.wrist),
            elbow=self.elbow + share * (other.elbow - self.elbow),
            pronation=self.pronation + share * (other.pronation - self.pronation),
            flexion=self.flexion + share * (other.flexion - self.flexion),
            on_thigh=self.on_thigh + share * (other.on_thigh - self.on_thigh),
        )


@dataclass(frozen=True)
class _Gesture:
    start_s: float
    end_s: float
    sides: tuple[bool, bool]
    reach: tuple[float, float, float]
    beat_hz: float


@dataclass(frozen=True)
class Speech:
    """One speech as the body plays it.

    Attributes:
        start_s: Scene time of its first frame.
        end_s: Scene time after its last frame.
        phase: Of the mouth, radians, shape (3,).
        gestures: Of the hands, in order.
    """

    start_s: float
    end_s: float
    phase: tuple[float, float, float]
    gestures: tuple[_Gesture, ...]

    def open_mouth(self, seconds: float) -> float:
        """Return how far the mouth is open, 0 to 1: syllables at 4 to 5 hertz."""
        if not self.start_s <= seconds < self.end_s:
            return 0.0
        edge = smoothstep((seconds - self.start_s) / 0.08)
        edge *= smoothstep((self.end_s - seconds) / 0.12)
        t = seconds - self.start_s
        syllables = 0.5 + 0.5 * sin(2 * pi * 4.3 * t + self.phase[0])
        words = 0.55 + 0.45 * sin(2 * pi * 1.35 * t + self.phase[1])
        breath = smoothstep(1.6 + 2.2 * sin(2 * pi * 0.31 * t + self.phase[2]))
        return edge * syllables * words * breath

    def nod(self, seconds: float) -> tuple[float, float]:
        """Return yaw and pitch that speaking adds to the head, radians."""
        edge = smoothstep((seconds - self.start_s) / 0.35)
        edge *= smoothstep((self.end_s + 0.3 - seconds) / 0.35)
        t = seconds - self.start_s
        yaw = 0.030 * sin(2 * pi * 0.43 * t + self.phase[2])
        pitch = 0.030 * sin(2 * pi * 1.1 * t + self.phase[1])
        pitch += 0.022 * sin(2 * pi * 0.37 * t + self.phase[0])
        return edge * yaw, edge * pitch


def speech_of(beat: str, *, start_s: float, end_s: float, seed: int) -> Speech:
    """Return how a speech is played; the same beat and seed play the same."""
    rng = np.random.default_rng([seed, zlib.crc32(beat.encode())])
    phase = rng.uniform(0, 2 * pi, 3)
    gestures = []
    at = start_s + float(rng.uniform(0.05, 0.5))
    while at + 0.9 < end_s + 0.4:
        length = float(rng.uniform(0.8, 1.3)) * _GESTURE_S
        kind = int(rng.choice(4, p=[0.34, 0.34, 0.20, 0.12]))
        reach = rng.uniform((-0.3, -0.5, -0.5), (1.0, 1.0, 0.6))
        gestures.append(
            _Gesture(
                start_s=at,
                end_s=min(at + length, end_s + 0.5),
                sides=(kind in (0, 2), kind in (1, 2)),
                reach=(float(reach[0]), float(reach[1]), float(reach[2])),
                beat_hz=float(rng.uniform(1.1, 1.7)),
            )
        )
        at += length + float(rng.uniform(0.1, 1.0))
    return Speech(
        start_s,
        end_s,
        (float(phase[0]), float(phase[1]), float(phase[2])),
        tuple(gestures),
    )


def hanging(skeleton: Skeleton, side: int, *, swing: float, bend: float = 0.0) -> Hand:
    """Return the hand of a hanging arm.

    Args:
        skeleton: Whose arm.
        side: 0 left, 1 right.
        swing: Of the upper arm from the vertical, radians, forward positive.
        bend: Extra bend of the elbow, radians.
    """
    sign = 1.0 if side == 0 else -1.0
    shoulder = skeleton.joint("upper_arm_l") * (sign, 1.0, 1.0)
    upper, lower = skeleton.arm_m
    out = 0.17 + 0.10 * skeleton.build - 0.02 * skeleton.femininity
    lean = 0.02 + swing
    flex = lean + 0.17 + bend
    wrist = shoulder + np.array(
        [
            sign * (upper * sin(out) + lower * sin(0.3 * out)),
            -upper * cos(lean) * cos(out) - lower * cos(flex),
            upper * sin(lean) + lower * sin(flex),
        ]
    )
    elbow = np.array([sign * 0.45, 0.0, -1.0])
    return Hand(wrist=wrist, elbow=elbow, pronation=0.35, flexion=0.12)


def holding(skeleton: Skeleton, side: int, *, stay: Stay, style: int) -> Hand | None:
    """Return the hand of a held posture or idle habit; None lets the arm hang."""
    if stay.posture in (Posture.SIT, Posture.CROUCH):
        rest = hanging(skeleton, side, swing=0.5)
        sign = 1.0 if side == 0 else -1.0
        back = -0.2 if stay.posture is Posture.CROUCH else -1.0
        elbow = np.array([sign * 0.9, -0.1, back])
        return Hand(rest.wrist, elbow, pronation=1.25, flexion=0.25, on_thigh=1.0)
    if stay.posture is Posture.LEAN or style == 3:
        return _crossed(skeleton, side)
    if stay.posture is Posture.LIE:
        return hanging(skeleton, side, swing=0.12)
    if style == 1:
        return _clasped(skeleton, side)
    if style == 2 and side == 1:
        return _on_hip(skeleton, side)
    return None


def speaking_hand(
    speech: Speech, skeleton: Skeleton, side: int, seconds: float
) -> tuple[Hand, float] | None:
    """Return the hand of the gesture that runs and its share, or None."""
    for gesture in speech.gestures:
        if gesture.sides[side] and gesture.start_s <= seconds < gesture.end_s:
            share = smoothstep((seconds - gesture.start_s) / 0.45)
            share *= smoothstep((gesture.end_s - seconds) / 0.55)
            return _gesture_hand(gesture, skeleton, side, seconds), share
    return None


def _gesture_hand(
    gesture: _Gesture, skeleton: Skeleton, side: int, seconds: float
) -> Hand:
    sign = 1.0 if side == 0 else -1.0
    h = skeleton.height_m
    beat = sin(2 * pi * gesture.beat_hz * (seconds - gesture.start_s))
    out, up, ahead = gesture.reach
    shoulder = skeleton.joint("upper_arm_l")
    wrist = np.array(
        [
            sign * (shoulder[0] * 0.95 + 0.045 * h * out),
            shoulder[1] - 0.165 * h + (0.030 * up + 0.010 * beat) * h,
            shoulder[2] + 0.165 * h + (0.022 * ahead + 0.006 * beat) * h,
        ]
    )
    elbow = np.array([sign * 0.55, -0.6, -0.8])
    palm = -0.75 + 0.25 * out
    return Hand(wrist, elbow, pronation=palm, flexion=-0.12 + 0.12 * beat)


def _clasped(skeleton: Skeleton, side: int) -> Hand:
    sign = 1.0 if side == 0 else -1.0
    h = skeleton.height_m
    belly = 0.072 * h * (1 + 0.55 * skeleton.build)
    pelvis = skeleton.joint("pelvis")
    wrist = np.array([sign * 0.036 * h, pelvis[1] + 0.008 * h, belly + 0.028 * h])
    elbow = np.array([sign * 1.0, -0.1, -0.8])
    return Hand(wrist, elbow, pronation=0.55, flexion=0.35)


def _on_hip(skeleton: Skeleton, side: int) -> Hand:
    sign = 1.0 if side == 0 else -1.0
    h = skeleton.height_m
    waist = skeleton.joint("spine")
    wrist = np.array(
        [sign * h * (0.108 + 0.03 * skeleton.build), waist[1] - 0.008 * h, -0.012 * h]
    )
    elbow = np.array([sign * 1.0, 0.0, -0.75])
    return Hand(wrist, elbow, pronation=0.4, flexion=-0.5)


def _crossed(skeleton: Skeleton, side: int) -> Hand:
    sign = 1.0 if side == 0 else -1.0
    h = skeleton.height_m
    chest = skeleton.joint("chest")
    front = 0.092 * h * (1 + 0.35 * skeleton.build)
    lift = 0.020 if side == 0 else -0.004
    ahead = 0.014 if side == 0 else 0.004
    wrist = np.array([-sign * 0.036 * h, chest[1] + lift * h, front + ahead * h])
    elbow = np.array([sign * 1.0, -0.7, 0.05])
    return Hand(wrist, elbow, pronation=0.5, flexion=0.15)
