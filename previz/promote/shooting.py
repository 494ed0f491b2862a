"""A shot on its stage, to be drawn by a worker that has only what was frozen."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from previz import model
from previz.assets import load_assets
from previz.controls import Footage
from previz.folder import FilmFolder
from previz.generate import shipped_generator
from previz.promote.frozen import Frozen
from previz.render import Renderer
from previz.stage import Stage

__all__ = ["footage_of", "staged"]


def staged(
    film: model.Film, scene: model.Scene, shot: model.Shot, stage: Stage
) -> Footage:
    """Return a shot, drawn on demand as its preview is."""

    @lru_cache(maxsize=4)
    def renderer_of(size: tuple[int, int]) -> Renderer:
        return Renderer(
            stage,
            width_px=size[0],
            height_px=size[1],
            exposure_ev100=scene.exposure_ev100,
            generator=shipped_generator(),
        )

    return Footage(film, scene, shot, stage, renderer_of)


def footage_of(frozen: Frozen, folder: Path) -> Footage:
    """Return a frozen shot on a stage again.

    Args:
        frozen: The shot.
        folder: Where its imported meshes and motion lie, in a folder `assets`.

    Raises:
        ModelError: If the scene cannot be played.
    """
    film, scene = frozen.film, frozen.scene
    assets = load_assets(FilmFolder(folder), film)
    stage = Stage(scene, film.characters, rate=film.rate, assets=assets)
    return staged(film, scene, frozen.shot, stage)
