"""Who makes a film's pictures: what may stand in `film.generator`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from previz.errors import PrevizError, UnknownNameError

if TYPE_CHECKING:
    from previz.generate.pipelines import StillGenerator
    from previz.render import NamedGenerator

    Maker: TypeAlias = (
        Literal["preview", "plain"] | NamedGenerator | StillGenerator | None
    )
    """The generator that comes with previz, none, or one of one's own."""

__all__ = ["checked_maker", "frame_maker", "model_maker"]

_WORDS = ("preview", "plain")


def checked_maker(asked: Maker) -> Maker:
    """Return what was asked for, None for no generator.

    Raises:
        UnknownNameError: If it is a word that names none.
        PrevizError: If it is an object that makes no pictures.
    """
    if asked is None or asked == "plain":
        return None
    if isinstance(asked, str):
        if asked not in _WORDS:
            raise UnknownNameError("Film.generator", asked, _WORDS)
        return asked
    made = callable(asked) or hasattr(asked, "still")
    if not made or not hasattr(asked, "key") or not hasattr(asked, "label"):
        raise PrevizError(
            "Film.generator must be 'preview', 'plain' or an object with key and label "
            f"that makes pictures of plates or of a shot, got {asked!r}. "
            "Pass such as previz.generators.diffusers(...)."
        )
    return asked


def frame_maker(asked: Maker) -> NamedGenerator | None:
    """Return what makes frames before the lens; None leaves them plain.

    A model that makes shots of its own is shown the preview as it comes with previz.

    Raises:
        PrevizError: If the generator that comes with previz is broken.
    """
    if asked is None:
        return None
    if isinstance(asked, str) or not callable(asked):
        from previz.generate import shipped_generator

        return shipped_generator()
    return asked


def model_maker(asked: Maker) -> StillGenerator | None:
    """Return the model that makes whole pictures of a shot, if that was asked for."""
    return cast("StillGenerator", asked) if hasattr(asked, "still") else None
