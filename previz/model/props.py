"""Things that move: props in hands and in the air, doors and drawers that open."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from previz.model.base import Identifier, Model, Vec3
from previz.model.place import SetPiece

__all__ = ["Hold", "PlaceKey", "Prop", "Quaternion", "Swing", "SwingKey"]

Quaternion = tuple[float, float, float, float]
"""A rotation (x, y, z, w) of unit length."""


class PlaceKey(Model):
    """Where a thing's base is at a frame, and how it is turned."""

    frame: Annotated[int, Field(ge=0)]
    position_m: Vec3
    rotation: Quaternion = (0.0, 0.0, 0.0, 1.0)

    @model_validator(mode="after")
    def _is_a_rotation(self) -> Self:
        length = math.sqrt(sum(v * v for v in self.rotation))
        if abs(length - 1) > 1e-3:
            raise ValueError(
                f"PlaceKey.rotation must be of unit length, got {length:g}. Divide it "
                "by its length; (0, 0, 0, 1) is no turn."
            )
        return self


class Hold(Model):
    """From `frame` on, somebody holds the prop; until the next hold or key."""

    frame: Annotated[int, Field(ge=0)]
    character: Identifier
    hand: Literal["left", "right", "both"] = "right"


class Prop(Model):
    """A thing that is moved during a scene: carried, put down, pushed, thrown.

    It lies where `piece` says until its first hold or key. At any frame the latest
    hold or key counts: a hold follows the hand; keys are passed through in order, and
    the last one is where it stays. Frames count from the scene's start; the prop is
    there from `from_frame` up to, not including, `until_frame`.
    """

    piece: SetPiece
    holds: tuple[Hold, ...] = ()
    keys: tuple[PlaceKey, ...] = ()
    from_frame: Annotated[int, Field(ge=0)] = 0
    until_frame: Annotated[int | None, Field(ge=0)] = None

    @property
    def id(self) -> str:
        """The piece's id, which names the prop."""
        return self.piece.id

    @model_validator(mode="after")
    def _is_there_for_a_while(self) -> Self:
        if self.until_frame is not None and self.until_frame <= self.from_frame:
            raise ValueError(
                f"Prop.until_frame must be > from_frame {self.from_frame}, got "
                f"{self.until_frame}. Let it be there for a frame, or leave it out."
            )
        return self

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for name, frames in (
            ("holds", [hold.frame for hold in self.holds]),
            ("keys", [key.frame for key in self.keys]),
        ):
            for before, after in pairwise(frames):
                if after <= before:
                    raise ValueError(
                        f"Prop.{name} must be in order of time, got frame {after} "
                        f"after {before}. Sort them and leave one a frame."
                    )
        return self


class SwingKey(Model):
    """How far a part is open at a frame: 0 shut to 1 wide open."""

    frame: Annotated[int, Field(ge=0)]
    open: Annotated[float, Field(ge=0, le=1)]


class Swing(Model):
    """A door, drawer or lid of a set piece that opens and shuts during a scene.

    `part` is one of the piece's moving parts; empty is its first. Before the first
    key it is as that key says.
    """

    piece: Identifier
    part: str = ""
    keys: Annotated[tuple[SwingKey, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for before, after in pairwise(self.keys):
            if after.frame <= before.frame:
                raise ValueError(
                    f"Swing.keys must be in order of time, got frame {after.frame} "
                    f"after {before.frame}. Sort them and leave one a frame."
                )
        return self
