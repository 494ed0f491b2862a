"""Who paints the frames of a scene: the renderer, or cards that stand in for it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from previz.model import Film, Scene, Shot
from previz.stage import NO_ASSETS, Assets

if TYPE_CHECKING:
    from previz.render import NamedGenerator

__all__ = [
    "FramePainter",
    "ScenePainter",
    "card_frame",
    "paint_cards",
    "render_panels",
    "render_scene",
]

FramePainter = Callable[[Shot, int], NDArray[np.uint8]]
"""Paints a shot's frame as display sRGB, shape (height, width, 3); thread-safe."""

ScenePainter = Callable[[Film, Scene, int, int], FramePainter]
"""Prepares a scene of a film for pictures of a width and height in pixels."""

_CARD_BITS = 12


def render_scene(
    film: Film,
    scene: Scene,
    width_px: int,
    height_px: int,
    *,
    assets: Assets = NO_ASSETS,
    generator: NamedGenerator | None = None,
) -> FramePainter:
    """Prepare a scene for rendering: build its stage and what stands still."""
    size = (width_px, height_px)
    return _renderer(film, scene, size, assets, generator, quality="film")


def render_panels(
    film: Film,
    scene: Scene,
    width_px: int,
    height_px: int,
    *,
    assets: Assets = NO_ASSETS,
    generator: NamedGenerator | None = None,
) -> FramePainter:
    """Prepare a scene for a panel or two: its light is baked faster and coarser."""
    size = (width_px, height_px)
    return _renderer(film, scene, size, assets, generator, quality="board")


def _renderer(
    film: Film,
    scene: Scene,
    size: tuple[int, int],
    assets: Assets,
    generator: NamedGenerator | None,
    *,
    quality: Literal["board", "film"],
) -> FramePainter:
    from previz.render import Renderer
    from previz.stage import Stage

    stage = Stage(scene, film.characters, rate=film.rate, assets=assets)
    renderer = Renderer(
        stage,
        width_px=size[0],
        height_px=size[1],
        exposure_ev100=scene.exposure_ev100,
        quality=quality,
        generator=generator,
    )

    def paint(shot: Shot, frame: int) -> NDArray[np.uint8]:
        picture: NDArray[np.uint8] = renderer.picture(
            stage.at(shot, frame, width_px=size[0]),
            medium=film.medium_of(scene, shot),
            seed=film.seed,
        )
        return picture

    return paint


def paint_cards(
    film: Film, scene: Scene, width_px: int, height_px: int
) -> FramePainter:
    """Paint test cards: a colour for each shot, its frame number as light bars.

    `card_frame` reads the number back, also after encoding.
    """
    del film, scene

    def paint(shot: Shot, frame: int) -> NDArray[np.uint8]:
        tone = np.random.default_rng(zlib.crc32(shot.id.encode())).integers(40, 200, 3)
        picture = np.empty((height_px, width_px, 3), np.uint8)
        picture[:] = tone.astype(np.uint8)
        bits = (frame >> np.arange(_CARD_BITS)) & 1
        columns = (np.arange(width_px) * _CARD_BITS) // width_px
        picture[height_px // 4 : height_px // 2] = (bits[columns] * 255)[None, :, None]
        return picture

    return paint


def card_frame(picture: NDArray[np.uint8]) -> int:
    """Return the frame number on a test card, shape (height, width, 3)."""
    height, width = picture.shape[:2]
    bar = picture[height * 3 // 8, :, 1].astype(np.float64)
    centres = ((np.arange(_CARD_BITS) + 0.5) * width / _CARD_BITS).astype(int)
    bits = bar[centres] > 127
    return int((bits << np.arange(_CARD_BITS)).sum())
