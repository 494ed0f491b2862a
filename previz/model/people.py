"""People: characters, what they wear, and their blocking over a scene."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from previz.model.acting import Act, Clip, Feeling
from previz.model.base import RGB, Identifier, Model, Vec3
from previz.model.place import Posture

__all__ = ["Blocking", "Character", "Gaze", "Mark", "Reference", "Wardrobe"]


class Wardrobe(Model):
    """What a character wears, as colours and shapes by body region.

    `coat` and `skirt` are the short ways to say that the top is a coat and the bottom
    a skirt. A dress hides the bottom. The shirt is what a jacket or coat leaves open.
    """

    top: RGB = (0.10, 0.14, 0.22)
    bottom: RGB = (0.05, 0.05, 0.06)
    shoes: RGB = (0.03, 0.025, 0.02)
    coat: Annotated[bool, Field(description="The top reaches the knees.")] = False
    skirt: bool = False
    hat: RGB | None = None
    top_kind: Literal["shirt", "t-shirt", "sweater", "jacket", "coat", "dress"] = (
        "shirt"
    )
    sleeves: Literal["long", "short", "none"] = "long"
    bottom_kind: Literal["trousers", "shorts", "skirt"] = "trousers"
    shoe_kind: Literal["shoes", "boots", "flats"] = "shoes"
    hat_kind: Literal["brim", "cap", "beanie"] = "brim"
    shirt: RGB | None = None

    @property
    def garments(self) -> tuple[str, ...]:
        """What is worn, from the top down, but shoes: ("coat", "skirt")."""
        top = "coat" if self.coat else self.top_kind
        bottom = "skirt" if self.skirt else self.bottom_kind
        hat = "hat" if self.hat_kind == "brim" else self.hat_kind
        below = () if top == "dress" else (bottom,)
        return (*(() if self.hat is None else (hat,)), top, *below)


class Reference(Model):
    """A picture that somebody is to look like, kept with the film's assets."""

    picture: Annotated[
        str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of its file.")
    ]
    name: Annotated[str, Field(max_length=120, description="Of the file.")] = ""


class Character(Model):
    """A person of the film and what holds their look."""

    id: Identifier
    name: str
    age: Annotated[float, Field(ge=1, le=110, examples=[35.0])] = 35.0
    height_m: Annotated[float, Field(ge=0.5, le=2.4, examples=[1.72])] = 1.72
    build: Annotated[float, Field(ge=0, le=1, description="0 slight, 1 heavy.")] = 0.4
    femininity: Annotated[float, Field(ge=0, le=1)] = 0.5
    muscle: Annotated[float, Field(ge=0, le=1)] = 0.5
    proportions: Annotated[
        float, Field(ge=0, le=1, description="0 uncommon, 1 ideal.")
    ] = 0.6
    african: Annotated[float, Field(ge=0, le=1)] = 0.0
    asian: Annotated[float, Field(ge=0, le=1)] = 0.0
    european: Annotated[
        float,
        Field(ge=0, le=1, description="Ancestry counts by its share; all 0 is even."),
    ] = 0.0
    skin: RGB = (0.50, 0.31, 0.22)
    hair: RGB = (0.03, 0.02, 0.015)
    hair_style: Literal[
        "short", "bob", "long", "bun", "bald", "ponytail", "curly", "buzz"
    ] = "short"
    wardrobe: Wardrobe = Wardrobe()
    manner: Annotated[
        int, Field(ge=0, description="Varies face, bearing and habits.")
    ] = 0
    seed: Annotated[
        int, Field(ge=0, description="Of what pictures invent of them, such as hair.")
    ] = 0
    background: Annotated[
        bool, Field(description="One of a crowd: plays loops, drawn coarser.")
    ] = False
    references: Annotated[tuple[Reference, ...], Field(max_length=12)] = ()


class Mark(Model):
    """A place to hit. Frames count from the scene's start.

    The character arrives by straight lines through `via`, holds, and leaves at
    `leave_frame`. `facing_deg` 0 faces +z, 90 faces +x. With a `pace_m_s` the way to
    this mark is begun so late that it is walked at that pace; without one it fills
    the time there is, no slower than a stroll.
    """

    position_m: Vec3
    facing_deg: float = 0.0
    arrive_frame: Annotated[int, Field(ge=0)]
    leave_frame: Annotated[int, Field(ge=0)]
    posture: Posture = Posture.STAND
    via: tuple[Vec3, ...] = ()
    spot: Annotated[str, Field(description="Name of the set's spot, if any.")] = ""
    pace_m_s: Annotated[float | None, Field(gt=0, le=9, examples=[1.3])] = None

    @model_validator(mode="after")
    def _leaves_after_arriving(self) -> Self:
        if self.leave_frame < self.arrive_frame:
            raise ValueError(
                f"Mark.leave_frame must be >= arrive_frame {self.arrive_frame}, "
                f"got {self.leave_frame}. Leave later or arrive earlier."
            )
        return self


class Gaze(Model):
    """From `frame` on, look at a character, a spot, or (empty) straight ahead."""

    frame: Annotated[int, Field(ge=0)]
    target: str = ""


class Blocking(Model):
    """One character's marks over a scene; frames count from the scene's start.

    The character is seen from `enter_frame` up to, not including, `exit_frame`.
    """

    character: Identifier
    marks: Annotated[tuple[Mark, ...], Field(min_length=1)]
    gazes: tuple[Gaze, ...] = ()
    acts: tuple[Act, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    clips: tuple[Clip, ...] = ()
    enter_frame: Annotated[int, Field(ge=0)] = 0
    exit_frame: Annotated[int | None, Field(ge=0)] = None

    @model_validator(mode="after")
    def _marks_in_order(self) -> Self:
        for before, after in zip(self.marks, self.marks[1:], strict=False):
            if after.arrive_frame < before.leave_frame:
                raise ValueError(
                    f"Blocking.marks must be in order of time, got arrival at "
                    f"{after.arrive_frame} before leaving at {before.leave_frame}. "
                    "Sort the marks and leave time to walk."
                )
        return self
