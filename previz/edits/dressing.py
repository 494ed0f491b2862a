"""Edits of the art department: of what a set piece is made, in what colour and size."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.direct.rearranging import rearranged
from previz.edits.edit import AbstractEdit, Name, given
from previz.edits.place import piece_of
from previz.errors import ModelError
from previz.model import RGB, Film, Matter
from previz.stage import NO_ASSETS, Assets

__all__ = ["DressPiece"]

Side = Annotated[float, Field(ge=0.01, le=100, examples=[0.75])]

_BUILT = frozenset({"wall", "floor", "ceiling", "ground", "road", "pavement"})
"""What others are fitted into: it keeps its size."""


class DressPiece(AbstractEdit):
    """Make a set piece of another matter, colour or size; what is None stays.

    `size_m` is width, height and depth before the piece is turned. What stands on it
    stays on it, and ways lead round it.
    """

    kind: Literal["dress_piece"] = "dress_piece"
    scene: Name
    piece: Name
    color: RGB | None = None
    accent: RGB | None = None
    matter: Matter | None = None
    size_m: tuple[Side, Side, Side] | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the piece dressed so."""
        scene = film.find_scene(self.scene)
        old = piece_of(scene, self.piece)
        if self.size_m is not None and old.kind in _BUILT:
            raise ModelError(
                f"SetPiece.size_m must stay for a {old.kind}, got {self.size_m}. "
                "Give it another colour or matter, or resize furniture."
            )
        new = old.changed(**given(self, but=("scene", "piece")))
        fresh = rearranged(scene, old, new, rate=film.rate, assets=assets)
        return film.with_scene(fresh)

    def words(self, film: Film) -> str:
        """Say what the piece becomes."""
        scene = film.find_scene(self.scene)
        kind = piece_of(scene, self.piece).kind.replace("-", " ")
        said = []
        if self.matter is not None:
            said.append(f"of {self.matter}")
        if self.color is not None or self.accent is not None:
            said.append("another colour")
        if self.size_m is not None:
            said.append(" × ".join(f"{side:.2f}" for side in self.size_m) + " m")
        return f"Scene {scene.number}: {kind} {', '.join(said) or 'as it was'}"
