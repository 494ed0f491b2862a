"""Edits of the cast: bodies by sliders, wardrobe by region, seeds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.edits.edit import AbstractEdit, Index, Name, chosen, given, name_of
from previz.errors import UnknownNameError
from previz.model import RGB, Character, Film, Reference
from previz.stage import NO_ASSETS, Assets

__all__ = ["AddReference", "RemoveReference", "SetBody", "SetSeed", "SetWardrobe"]

Part = Annotated[float, Field(ge=0, le=1, examples=[0.5])]
HairStyle = Literal["short", "bob", "long", "bun", "bald", "ponytail", "curly", "buzz"]

_SAID = {
    "age": "age {:.0f}",
    "height_m": "{:.2f} m tall",
    "build": "build {:.0%}",
    "femininity": "femininity {:.0%}",
    "muscle": "muscle {:.0%}",
    "proportions": "proportions {:.0%}",
    "african": "African ancestry {:.0%}",
    "asian": "Asian ancestry {:.0%}",
    "european": "European ancestry {:.0%}",
    "hair_style": "{} hair",
    "manner": "another face, no. {}",
}


class SetBody(AbstractEdit):
    """Cast a body by its sliders; what is None stays."""

    kind: Literal["set_body"] = "set_body"
    character: Name
    age: Annotated[float, Field(ge=1, le=110, examples=[35.0])] | None = None
    height_m: Annotated[float, Field(ge=0.5, le=2.4, examples=[1.72])] | None = None
    build: Part | None = None
    femininity: Part | None = None
    muscle: Part | None = None
    proportions: Part | None = None
    african: Part | None = None
    asian: Part | None = None
    european: Part | None = None
    skin: RGB | None = None
    hair: RGB | None = None
    hair_style: HairStyle | None = None
    manner: Annotated[int, Field(ge=0, lt=2**31, examples=[1])] | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the body changed."""
        character = film.find_character(self.character)
        return _recast(film, character.changed(**given(self, but=("character",))))

    def words(self, film: Film) -> str:
        """Say what of the body is other."""
        asked = given(self, but=("character",))
        said = [_SAID[n].format(v) for n, v in asked.items() if n in _SAID]
        said += ["skin tone"] if "skin" in asked else []
        said += ["hair colour"] if "hair" in asked else []
        return f"{name_of(film, self.character)}: {', '.join(said) or 'as before'}"


class SetWardrobe(AbstractEdit):
    """Dress somebody, by region; what is None stays. `hat_off` takes the hat off."""

    kind: Literal["set_wardrobe"] = "set_wardrobe"
    character: Name
    top: RGB | None = None
    bottom: RGB | None = None
    shoes: RGB | None = None
    shirt: RGB | None = None
    hat: RGB | None = None
    hat_off: bool = False
    top_kind: (
        Literal["shirt", "t-shirt", "sweater", "jacket", "coat", "dress"] | None
    ) = None
    sleeves: Literal["long", "short", "none"] | None = None
    bottom_kind: Literal["trousers", "shorts", "skirt"] | None = None
    shoe_kind: Literal["shoes", "boots", "flats"] | None = None
    hat_kind: Literal["brim", "cap", "beanie"] | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the wardrobe changed."""
        character = film.find_character(self.character)
        asked = given(self, but=("character", "hat_off"))
        # The short ways to say coat and skirt must not outvote what is asked for.
        if self.top_kind is not None:
            asked["coat"] = False
        if self.bottom_kind is not None:
            asked["skirt"] = False
        if self.hat_off:
            asked["hat"] = None
        wardrobe = character.wardrobe.changed(**asked)
        return _recast(film, character.changed(wardrobe=wardrobe))

    def words(self, film: Film) -> str:
        """Say what is worn."""
        said = []
        for region in ("top", "bottom", "shoe", "hat"):
            kind = getattr(self, f"{region}_kind")
            color = getattr(self, "shoes" if region == "shoe" else region)
            if kind is not None:
                said.append(f"in {'' if kind[-1] == 's' else 'a '}{_worn(kind)}")
            elif color is not None:
                said.append(f"new {'shoe' if region == 'shoe' else region} colour")
        said += ["new shirt colour"] if self.shirt is not None else []
        said += [f"{self.sleeves} sleeves".replace("none", "no")] * bool(self.sleeves)
        said += ["hat off"] * self.hat_off
        return f"{name_of(film, self.character)}: {', '.join(said) or 'as before'}"


class SetSeed(AbstractEdit):
    """Roll again what pictures invent of somebody, such as their hair."""

    kind: Literal["set_seed"] = "set_seed"
    character: Name
    seed: Annotated[int, Field(ge=0, lt=2**53, examples=[1])]

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with another seed for the character."""
        character = film.find_character(self.character)
        return _recast(film, character.changed(seed=self.seed))

    def words(self, film: Film) -> str:
        """Say who is rolled again."""
        return f"{name_of(film, self.character)} re-rolled, seed {self.seed}"


class AddReference(AbstractEdit):
    """Pin up a picture that somebody is to look like; it is an asset of the film."""

    kind: Literal["add_reference"] = "add_reference"
    character: Name
    picture: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    name: Annotated[str, Field(max_length=120)] = ""

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the picture pinned up, once however often it is."""
        character = film.find_character(self.character)
        if assets.picture(self.picture) is None:
            known = [name for name in assets if assets.picture(name) is not None]
            raise UnknownNameError("Reference.picture", self.picture, known)
        had = character.references
        if any(reference.picture == self.picture for reference in had):
            return film
        new = Reference(picture=self.picture, name=self.name)
        return _recast(film, character.changed(references=(*had, new)))

    def words(self, film: Film) -> str:
        """Say of whom there is a picture."""
        what = " ".join(("reference picture", *self.name.split()))
        return f"{name_of(film, self.character)}: {what}"


class RemoveReference(AbstractEdit):
    """Take a reference picture down."""

    kind: Literal["remove_reference"] = "remove_reference"
    character: Name
    index: Index

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film without it."""
        character = film.find_character(self.character)
        had = character.references
        index = chosen("Character.reference", self.index, had)
        kept = (*had[:index], *had[index + 1 :])
        return _recast(film, character.changed(references=kept))

    def words(self, film: Film) -> str:
        """Say of whom a picture goes."""
        return f"{name_of(film, self.character)}: reference picture down"


def _worn(kind: str) -> str:
    return "wide-brimmed hat" if kind == "brim" else kind


def _recast(film: Film, character: Character) -> Film:
    return film.changed(
        characters=tuple(
            character if c.id == character.id else c for c in film.characters
        )
    )
