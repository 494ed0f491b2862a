"""Another coverage of a scene in place of the one it has."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.direct.alternatives import covered
from previz.edits.edit import AbstractEdit, Name
from previz.model import Film
from previz.stage import NO_ASSETS, Assets

__all__ = ["CoverScene"]


class CoverScene(AbstractEdit):
    """Shoot a scene in another coverage; who acts how, set and light stay.

    All its shots are new ones, so notes and status go with the old; undo brings them
    back.
    """

    kind: Literal["cover_scene"] = "cover_scene"
    scene: Name
    style: Annotated[str, Field(max_length=40, examples=["close"])]

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the scene covered anew."""
        scene = film.find_scene(self.scene)
        return film.with_scene(covered(film, scene, self.style, assets=assets))

    def words(self, film: Film) -> str:
        """Say which coverage."""
        scene = film.find_scene(self.scene)
        return f"Scene {scene.number}: {self.style} coverage"
