"""What a face does: feelings, blinks, lids that follow the eyes, a speaking mouth."""

from __future__ import annotations

from functools import lru_cache
from math import asin, pi

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.model import Emotion
from previz.stage.face import FACE_ACTIONS, FACE_INDEX
from previz.stage.gestures import Speech
from previz.stage.skeleton import BONE_INDEX

__all__ = ["EXPRESSIONS", "face_of"]

_Felt = tuple[float, Emotion, float]
"""From when (scene seconds), what, how strongly."""

_BLEND_S = 0.4

_ACTIONS: dict[Emotion, dict[str, float]] = {
    Emotion.NEUTRAL: {},
    Emotion.JOY: {
        "cheekSquint": 0.70, "mouthSmile": 0.85, "eyeSquint": 0.28,
        "mouthUpperUp": 0.18, "mouthLowerDown": 0.10, "jawOpen": 0.05,
    },
    Emotion.SADNESS: {
        "browInnerUp": 0.90, "browDown": 0.22, "mouthFrown": 0.70,
        "mouthShrugLower": 0.40, "eyeBlink": 0.14, "eyeSquint": 0.10,
    },
    Emotion.ANGER: {
        "browDown": 1.0, "eyeWide": 0.40, "eyeSquint": 0.40, "mouthPress": 0.70,
        "noseSneer": 0.50, "jawForward": 0.35, "mouthRollLower": 0.20,
        "mouthFrown": 0.35,
    },
    Emotion.FEAR: {
        "browInnerUp": 0.95, "browOuterUp": 0.45, "browDown": 0.20, "eyeWide": 0.90,
        "mouthStretch": 0.75, "jawOpen": 0.20, "mouthLowerDown": 0.20,
    },
    Emotion.SURPRISE: {
        "browInnerUp": 0.95, "browOuterUp": 0.95, "eyeWide": 0.75, "jawOpen": 0.40,
        "mouthFunnel": 0.12,
    },
    Emotion.DISGUST: {
        "noseSneer": 1.0, "mouthUpperUp": 0.95, "browDown": 0.35, "eyeSquint": 0.55,
        "cheekSquint": 0.60, "mouthFrown": 0.70, "mouthShrugLower": 0.55,
    },
    Emotion.CONTEMPT: {
        "mouthDimpleRight": 1.0, "mouthSmileRight": 0.60, "mouthRight": 0.30,
        "mouthUpperUpRight": 0.30, "eyeSquint": 0.30, "eyeBlink": 0.16,
        "browOuterUpLeft": 0.55, "browDownRight": 0.25, "mouthPress": 0.20,
    },
    Emotion.WORRY: {
        "browInnerUp": 0.80, "browDown": 0.35, "mouthPress": 0.35, "eyeSquint": 0.12,
        "mouthFrown": 0.25, "mouthRollLower": 0.30,
    },
    Emotion.DETERMINATION: {
        "browDown": 0.75, "eyeSquint": 0.55, "mouthPress": 0.85,
        "mouthShrugLower": 0.25, "mouthRollLower": 0.25, "jawForward": 0.40,
    },
    Emotion.TENDERNESS: {
        "browInnerUp": 0.55, "cheekSquint": 0.50, "mouthSmile": 0.60,
        "eyeSquint": 0.25, "eyeBlink": 0.16,
    },
    Emotion.PAIN: {
        "browDown": 0.85, "cheekSquint": 0.85, "eyeSquint": 0.80, "noseSneer": 0.55,
        "mouthUpperUp": 0.45, "eyeBlink": 0.45, "mouthStretch": 0.45, "jawOpen": 0.10,
    },
    Emotion.FATIGUE: {
        "eyeBlink": 0.42, "browInnerUp": 0.22, "mouthFrown": 0.25, "jawOpen": 0.05,
    },
}  # fmt: skip
"""Facial actions of each feeling; a name without a side means both sides.

Source: Ekman and Friesen 1978, Facial Action Coding System, with the action units of
Emfacs: joy 6+12, sadness 1+4+15+17, anger 4+5+7+23, fear 1+2+4+5+20+26, surprise
1+2+5+26, disgust 9+15+16, contempt 12+14 on one side. Pain 4+6+7+9+10+43: Prkachin and
Solomon 2008. Worry, determination (4+7+17+24), tenderness and fatigue are ours.
"""

_SYLLABLE_HZ = 4.3
_MOUTHS: tuple[dict[str, float], ...] = (
    {"jawOpen": 0.55, "mouthLowerDown": 0.15},
    {"jawOpen": 0.30, "mouthStretch": 0.35, "mouthSmile": 0.12},
    {"jawOpen": 0.38, "mouthFunnel": 0.55},
    {"jawOpen": 0.18, "mouthPucker": 0.65, "mouthFunnel": 0.20},
    {"jawOpen": 0.06, "mouthPress": 0.45, "mouthRollLower": 0.20},
    {"jawOpen": 0.26, "mouthUpperUp": 0.22, "mouthLowerDown": 0.30},
)
"""A, E, O, U, M and S, as a stand-in until there is sound."""


def _row(actions: dict[str, float]) -> NDArray[np.float64]:
    row = np.zeros(len(FACE_ACTIONS))
    for name, amount in actions.items():
        both = [n for n in (f"{name}Left", f"{name}Right") if n in FACE_INDEX]
        for found in both or [name]:
            row[FACE_INDEX[found]] = amount
    return row


EXPRESSIONS: dict[Emotion, NDArray[np.float64]] = {
    emotion: _row(actions) for emotion, actions in _ACTIONS.items()
}
"""How far each of `FACE_ACTIONS` is in each feeling at full strength, (52,)."""

_SPOKEN = np.stack([_row(mouth) for mouth in _MOUTHS])
_LIDS = [FACE_INDEX["eyeBlinkLeft"], FACE_INDEX["eyeBlinkRight"]]
_WIDE = [FACE_INDEX["eyeWideLeft"], FACE_INDEX["eyeWideRight"]]
_HEAD, _EYE = BONE_INDEX["head"], BONE_INDEX["eye_l"]


def face_of(
    seconds: float,
    bones: NDArray[np.float64],
    *,
    feelings: tuple[_Felt, ...],
    speech: Speech | None,
    glances: tuple[float, ...],
    seed: int,
) -> NDArray[np.float32]:
    """Return how far each facial action is, 0 to 1, shape (52,).

    Args:
        seconds: Scene time.
        bones: The posed body, for where the eyes look, shape (b, 4, 4).
        feelings: In order of time.
        speech: What is said now, if anything.
        glances: When the eyes go to something else: one blinks on the way.
        seed: Varies when one blinks.
    """
    face = _felt(feelings, seconds)
    if speech is not None:
        said = _mouth(speech, seconds, seed)
        face = face * (1 - 0.5 * min(said[1], 1.0)) + said[0]
    pitch = asin(float(np.clip(bones[_HEAD, :3, 1] @ bones[_EYE, :3, 2], -1, 1)))
    # The eyes themselves are turned by their bones: only the lids follow here.
    face[_LIDS] += 0.55 * max(-pitch, 0.0)
    face[_WIDE] += 0.5 * max(pitch - 0.08, 0.0)
    shut = _blink(seconds, glances, seed)
    face[_LIDS] += shut * (1 - face[_LIDS])
    face[_WIDE] *= 1 - shut
    return np.clip(face, 0.0, 1.0).astype(np.float32)


def _felt(feelings: tuple[_Felt, ...], seconds: float) -> NDArray[np.float64]:
    face = np.zeros(len(FACE_ACTIONS))
    for start, emotion, strength in feelings:
        if start > seconds:
            break
        share = smoothstep((seconds - start) / _BLEND_S) if start > 0 else 1.0
        face = face + share * (strength * EXPRESSIONS[emotion] - face)
    return face


def _mouth(
    speech: Speech, seconds: float, seed: int
) -> tuple[NDArray[np.float64], float]:
    """Return the facial actions of speaking and how wide it is, 0 to 1."""
    loud = speech.open_mouth(seconds)
    at = (seconds - speech.start_s) * _SYLLABLE_HZ + speech.phase[0] / (2 * pi)
    low = int(at // 1)
    share = smoothstep(at - low)
    before, after = (_SPOKEN[_pick(seed, low + k) % len(_SPOKEN)] for k in (0, 1))
    amount = 0.35 * smoothstep(loud / 0.1) + 0.65 * loud
    return amount * (before + share * (after - before)), amount


def _pick(seed: int, index: int) -> int:
    return ((seed * 2654435761 + index * 40503 + 12345) >> 7) & 0xFFFF


def _blink(seconds: float, glances: tuple[float, ...], seed: int) -> float:
    """Return how far the lids are shut by blinking, 0 to 1."""
    window = int(seconds // _WINDOW_S)
    shut = 0.0
    for k in (window - 1, window):
        start, length = _blink_at(seed, k)
        shut = max(shut, _closing((seconds - start) / length))
    for glance in glances:
        if 0.0 < seconds - glance < 0.4:
            shut = max(shut, 0.9 * _closing((seconds - glance) / 0.32))
    return shut


_WINDOW_S = 4.4


@lru_cache(maxsize=4096)
def _blink_at(seed: int, window: int) -> tuple[float, float]:
    """Return when one blinks within a window and how long: 2 to 6.8 s apart."""
    rng = np.random.default_rng([seed, window + 1, 77])
    start = window * _WINDOW_S + float(rng.uniform(0.0, 2.4))
    return start, float(rng.uniform(0.18, 0.26))


def _closing(u: float) -> float:
    """Return a blink's course: down in a third of its time, up in the rest."""
    if not 0.0 < u < 1.0:
        return 0.0
    return smoothstep(u / 0.33) if u < 0.4 else smoothstep((1 - u) / 0.6)
