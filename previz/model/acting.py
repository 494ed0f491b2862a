"""Acting: what hands and faces do at a frame, and motion that a user brings."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from previz.model.base import Model

__all__ = ["Act", "ActKind", "Clip", "Emotion", "Feeling"]


class ActKind(StrEnum):
    """Something a body does with its hands or head, standing, sitting or walking."""

    POINT = "point"
    REACH = "reach"
    TAKE = "take"
    PUT_DOWN = "put down"
    HAND_OVER = "hand over"
    RECEIVE = "receive"
    EMBRACE = "embrace"
    SHAKE_HANDS = "shake hands"
    TOUCH = "touch"
    OPEN = "open"
    CLOSE = "close"
    PUSH = "push"
    THROW = "throw"
    DRINK = "drink"
    READ = "read"
    PHONE = "phone"
    WAVE = "wave"
    KNOCK = "knock"
    NOD = "nod"
    SHAKE_HEAD = "shake head"
    SHRUG = "shrug"
    HEAD_IN_HANDS = "head in hands"


class Act(Model):
    """One act. Frames count from the scene's start.

    `frame` is the moment that counts: the hand touches, the arm points, the cup is at
    the lips. It is held for `length_frames`; the body gets ready before and comes
    back after. `target` is a character, a spot, a set piece or a prop of the scene.
    """

    kind: ActKind
    frame: Annotated[int, Field(ge=0)]
    length_frames: Annotated[int, Field(ge=0, le=1_000_000)] = 12
    target: str = ""
    hand: Annotated[
        Literal["", "left", "right", "both"],
        Field(description="Empty: the nearer free hand."),
    ] = ""


class Emotion(StrEnum):
    """What a face says."""

    NEUTRAL = "neutral"
    JOY = "joy"
    SADNESS = "sadness"
    ANGER = "anger"
    FEAR = "fear"
    SURPRISE = "surprise"
    DISGUST = "disgust"
    CONTEMPT = "contempt"
    WORRY = "worry"
    DETERMINATION = "determination"
    TENDERNESS = "tenderness"
    PAIN = "pain"
    FATIGUE = "fatigue"


class Feeling(Model):
    """From `frame` on, the face says this, until the next feeling."""

    frame: Annotated[int, Field(ge=0)]
    emotion: Emotion
    strength: Annotated[float, Field(ge=0, le=1)] = 0.7


class Clip(Model):
    """Motion that a user brought, played from `frame` on for `length_frames`.

    `asset` is the SHA-256 of the imported motion in the film's assets.
    """

    asset: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    frame: Annotated[int, Field(ge=0)]
    length_frames: Annotated[int, Field(ge=1)]
