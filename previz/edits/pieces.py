"""Edits that bring set pieces in and take them out."""

from __future__ import annotations

from typing import Literal

from previz.direct.furnishing import brought_in, taken_out
from previz.direct.stock import stocked
from previz.edits.edit import AbstractEdit, Name, place_words
from previz.edits.place import Yaw, check_reach, piece_of
from previz.model import Film, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = ["AddPiece", "DuplicatePiece", "RemovePiece"]


class AddPiece(AbstractEdit):
    """Bring a set piece in from stock; ways lead round it, and seats can be sat on.

    `stock` is the name of one of `previz.direct.stock.STOCK`.
    """

    kind: Literal["add_piece"] = "add_piece"
    scene: Name
    stock: Name
    position_m: Vec3
    yaw_deg: Yaw = 0.0

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the piece in the set."""
        scene = film.find_scene(self.scene)
        piece = stocked(self.stock).changed(
            position_m=self.position_m, yaw_deg=self.yaw_deg
        )
        check_reach(piece)
        return film.with_scene(brought_in(scene, piece, rate=film.rate, assets=assets))

    def words(self, film: Film) -> str:
        """Say what comes in where."""
        scene = film.find_scene(self.scene)
        name = self.stock.replace("-", " ")
        return f"Scene {scene.number}: {name} in {place_words(scene, self.position_m)}"


class DuplicatePiece(AbstractEdit):
    """Bring in another piece like one that is there; beside it unless told where."""

    kind: Literal["duplicate_piece"] = "duplicate_piece"
    scene: Name
    piece: Name
    position_m: Vec3 | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the piece twice."""
        scene = film.find_scene(self.scene)
        old = piece_of(scene, self.piece)
        x, y, z = old.position_m
        beside = (round(x + old.size_m[0] + 0.1, 3), y, z)
        copy = old.changed(
            id=old.kind,
            position_m=beside if self.position_m is None else self.position_m,
            seed=old.seed + 1,
        )
        check_reach(copy)
        return film.with_scene(brought_in(scene, copy, rate=film.rate, assets=assets))

    def words(self, film: Film) -> str:
        """Say what there is another of."""
        scene = film.find_scene(self.scene)
        kind = piece_of(scene, self.piece).kind.replace("-", " ")
        return f"Scene {scene.number}: another {kind}"


class RemovePiece(AbstractEdit):
    """Take a set piece out, with what stands on it; whoever sat on it stands."""

    kind: Literal["remove_piece"] = "remove_piece"
    scene: Name
    piece: Name

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film without the piece."""
        scene = film.find_scene(self.scene)
        return film.with_scene(taken_out(scene, piece_of(scene, self.piece)))

    def words(self, film: Film) -> str:
        """Say what goes."""
        scene = film.find_scene(self.scene)
        kind = piece_of(scene, self.piece).kind.replace("-", " ")
        return f"Scene {scene.number}: {kind} out"
