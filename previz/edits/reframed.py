"""The edit that frames shots again whose people became smaller or taller."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.direct.reframing import shifted
from previz.edits.edit import AbstractEdit, Name, with_shot
from previz.model import Film, Model, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = ["FrameAgain", "Shifted"]

_MOST_TOLD = 4


class Shifted(Model):
    """How far the camera of a shot goes."""

    shot: Name
    by_m: Vec3


class FrameAgain(AbstractEdit):
    """Take whole cameras elsewhere, each with its path, moves and aim, as one step."""

    kind: Literal["frame_again"] = "frame_again"
    shots: Annotated[tuple[Shifted, ...], Field(min_length=1, max_length=2000)]

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the cameras elsewhere."""
        for one in self.shots:
            _, shot = film.find_shot(one.shot)
            film = with_shot(film, shifted(shot, one.by_m))
        return film

    def words(self, film: Film) -> str:
        """Say which shots are framed again."""
        slates = [film.find_shot(one.shot)[1].slate for one in self.shots[:_MOST_TOLD]]
        more = len(self.shots) - _MOST_TOLD
        said = ", ".join(slates) + (f" and {more} more" if more > 0 else "")
        return f"framed again: {said}"
