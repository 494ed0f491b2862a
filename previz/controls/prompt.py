"""A shot in words, from the model alone: framing, people, clothes, place, light."""

from __future__ import annotations

import math

from previz import model
from previz.model import Angle, Character, Setting, ShotSize, TimeOfDay

__all__ = ["colour_name", "prompt_of"]

_SIZES = {
    ShotSize.EWS: "extreme wide shot",
    ShotSize.LS: "long shot",
    ShotSize.FS: "full shot",
    ShotSize.MLS: "medium long shot",
    ShotSize.COWBOY: "cowboy shot",
    ShotSize.MS: "medium shot",
    ShotSize.MCU: "medium close-up",
    ShotSize.CU: "close-up",
    ShotSize.BCU: "big close-up",
    ShotSize.ECU: "extreme close-up",
}
_ANGLES = {
    Angle.LOW: ", low angle",
    Angle.HIGH: ", high angle",
    Angle.OVERHEAD: ", from overhead",
    Angle.DUTCH: ", dutch angle",
}
_LIGHT = {
    TimeOfDay.DAY: "daylight",
    TimeOfDay.NIGHT: "night",
    TimeOfDay.DAWN: "dawn light",
    TimeOfDay.DUSK: "dusk light",
}
_COLOURS: dict[str, tuple[float, float, float]] = {
    "black": (0.01, 0.01, 0.01),
    "charcoal": (0.05, 0.05, 0.055),
    "grey": (0.2, 0.2, 0.2),
    "light grey": (0.45, 0.45, 0.45),
    "white": (0.8, 0.8, 0.8),
    "cream": (0.7, 0.6, 0.42),
    "beige": (0.45, 0.34, 0.22),
    "brown": (0.12, 0.06, 0.03),
    "dark brown": (0.03, 0.02, 0.015),
    "red": (0.5, 0.03, 0.03),
    "burgundy": (0.15, 0.015, 0.03),
    "orange": (0.65, 0.2, 0.03),
    "yellow": (0.7, 0.5, 0.06),
    "olive": (0.13, 0.14, 0.05),
    "green": (0.05, 0.25, 0.07),
    "dark green": (0.02, 0.08, 0.03),
    "teal": (0.03, 0.2, 0.2),
    "light blue": (0.3, 0.48, 0.68),
    "blue": (0.05, 0.12, 0.45),
    "navy": (0.04, 0.06, 0.14),
    "purple": (0.18, 0.05, 0.3),
    "pink": (0.65, 0.25, 0.35),
    "blond": (0.4, 0.25, 0.09),
}
_MOST_WORDS = 60
"""Of what happens: text encoders of still models stop at 77 tokens."""


def prompt_of(film: model.Film, scene: model.Scene, shot: model.Shot) -> str:
    """Return a shot as a picture model is told it, one line of English.

    Framing, then the people in it with age, hair and clothes, then place and light,
    then what happens. Names of people are left out where they are described: a model
    does not know them.
    """
    people = [film.find_character(name) for name in shot.subjects]
    who = " and ".join(_person(person) for person in people)
    framing = _SIZES[shot.size] + _ANGLES.get(shot.angle, "")
    parts = [f"{framing} of {who}" if who else framing, _place(scene)]
    happens = _what_happens(film, scene, shot)
    if happens:
        parts.append(happens)
    return "Cinematic film still, " + ", ".join(parts)


def colour_name(rgb: tuple[float, float, float]) -> str:
    """Return what a linear Rec.709 colour is called."""
    seen = [value ** (1 / 3) for value in rgb]

    def away(name: str) -> float:
        known = _COLOURS[name]
        pairs = zip(seen, known, strict=True)
        return math.fsum((a - b ** (1 / 3)) ** 2 for a, b in pairs)

    return min(_COLOURS, key=away)


def _person(person: Character) -> str:
    wear = person.wardrobe
    top = "coat" if wear.coat else wear.top_kind
    clothes = f"{colour_name(wear.top)} {top}"
    if top != "dress":
        bottom = "skirt" if wear.skirt else wear.bottom_kind
        clothes += f" and {colour_name(wear.bottom)} {bottom}"
    if wear.hat is not None:
        clothes += f" and {colour_name(wear.hat)} {_HATS[wear.hat_kind]}"
    if person.hair_style == "bald":
        hair = "bald"
    else:
        hair = f"{_LENGTHS.get(person.hair_style, person.hair_style)} "
        hair += f"{colour_name(person.hair)} hair"
    return f"a {person.age:.0f} year old {_kind(person)}, {hair}, in {clothes}"


_HATS = {"brim": "hat", "cap": "cap", "beanie": "beanie"}
_LENGTHS = {"bun": "tied-up", "buzz": "cropped", "bob": "chin-length"}


def _kind(person: Character) -> str:
    young = person.age < 16
    if person.femininity >= 0.6:
        return "girl" if young else "woman"
    if person.femininity <= 0.4:
        return "boy" if young else "man"
    return "child" if young else "person"


def _place(scene: model.Scene) -> str:
    outside = scene.slugline.setting is Setting.EXTERIOR or (
        scene.slugline.setting is Setting.UNKNOWN and not scene.set.interior
    )
    inside = "outdoors" if outside else "interior"
    named = scene.slugline.place.strip().lower() or inside
    return f"{named}, {inside}, {_LIGHT[scene.time_of_day]}"


def _what_happens(film: model.Film, scene: model.Scene, shot: model.Shot) -> str:
    """Return the action that the shot's beats tell, in so many words."""
    told = " ".join(
        beat.element.text.strip()
        for beat in scene.beats
        if beat.id in shot.beats and beat.element.kind is model.ElementKind.ACTION
    )
    for person in film.characters:
        told = told.replace(person.name.upper(), person.name.title())
    words = told.split()
    return " ".join(words[:_MOST_WORDS])
