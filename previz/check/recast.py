"""A character made another person: by a shipped figure, a picture, or sliders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from previz.check.palette import palette_of
from previz.errors import UnknownNameError
from previz.model import Character, Film
from previz.stage.figures import sliders_of

__all__ = ["recast"]


def recast(
    film: Film,
    character: str,
    *,
    figure: str = "",
    picture: Path | str | None = None,
    **sliders: Any,
) -> Film:
    """Return a film in which a character is another person.

    A figure comes first, then the picture's colours, then sliders, so that what is
    said most exactly counts.

    Args:
        film: The film.
        character: Id of the character.
        figure: One of `previz.stage.figures.FIGURES`.
        picture: A reference picture, as `palette_of` takes.
        **sliders: Fields of `Character`.

    Raises:
        UnknownNameError: If there is no such character, figure or slider.
        ModelError: If a slider or the picture is none that can be used.
    """
    ids = [person.id for person in film.characters]
    if character not in ids:
        raise UnknownNameError("Film.character", character, ids)
    fields = [name for name in Character.model_fields if name not in ("id", "name")]
    for name in sliders:
        if name not in fields:
            raise UnknownNameError("Character.slider", name, fields)
    person = film.characters[ids.index(character)]
    if figure:
        person = person.changed(**sliders_of(figure))
    if picture is not None:
        person = palette_of(picture).on(person)
    person = person.changed(**sliders)
    return film.changed(
        characters=tuple(
            person if other.id == character else other for other in film.characters
        )
    )
