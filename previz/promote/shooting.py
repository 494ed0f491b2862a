"""A shot on its stage, to be drawn by a worker that has only what was frozen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from previz import model
from previz.assets import load_assets
from previz.controls import Footage
from previz.folder import FilmFolder
from previz.generate import shipped_generator
from previz.promote.frozen import Frozen
from previz.promote.pictures import kept_names, with_pictures
from previz.render import Renderer
from previz.stage import Stage

__all__ = ["footage_of", "staged"]

RendererOf = Callable[[tuple[int, int]], Renderer]
"""Draws a scene at a size."""


def staged(
    film: model.Film, scene: model.Scene, shot: model.Shot, stage: Stage
) -> Footage:
    """Return a shot, drawn on demand as its preview is."""
    return Footage(film, scene, shot, stage, _renderers(scene, stage))


def _renderers(scene: model.Scene, stage: Stage) -> RendererOf:
    @lru_cache(maxsize=4)
    def renderer_of(size: tuple[int, int]) -> Renderer:
        return Renderer(
            stage,
            width_px=size[0],
            height_px=size[1],
            exposure_ev100=scene.exposure_ev100,
            generator=shipped_generator(),
        )

    return renderer_of


def footage_of(frozen: Frozen, folder: Path) -> Footage:
    """Return a frozen shot on a stage again.

    Args:
        frozen: The shot.
        folder: Where its imported meshes, motion and pictures lie, in a folder
            `assets`.

    Raises:
        ModelError: If the scene cannot be played.
    """
    pictures = kept_names(frozen.order)
    wanted = frozen.film.to_json(), folder, pictures
    if _LIT.asked != wanted:
        scene, film, place = frozen.scene, frozen.film, FilmFolder(folder)
        assets = with_pictures(load_assets(place, film), place, frozen.order)
        stage = Stage(scene, film.characters, rate=film.rate, assets=assets)
        _LIT.set_up = stage, _renderers(scene, stage)
        # What lacks something is built anew: it may be there for the next shot.
        whole = not assets.notes and all(map(assets.picture, pictures))
        _LIT.asked = wanted if whole else None
    stage, renderer_of = _LIT.set_up
    return Footage(frozen.film, frozen.scene, frozen.shot, stage, renderer_of)


class _Lit(threading.local):
    """The scene that a thread shot last: its next shot finds it built and lit."""

    asked: tuple[str, Path, tuple[str, ...]] | None = None
    set_up: tuple[Stage, RendererOf]


_LIT = _Lit()
