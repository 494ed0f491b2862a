"""A shot as a picture model asks for it: any signal of any frame at any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from previz import model
from previz.controls.prompt import prompt_of
from previz.render import Buffers, Renderer
from previz.render.anchored import View, view_of
from previz.stage import Stage, StageState

__all__ = ["Footage"]


@dataclass(frozen=True)
class Footage:
    """One shot, drawn on demand. Sizes are (width, height) in pixels.

    Attributes:
        film: The film.
        scene: The shot's scene.
        shot: The shot.
        stage: The scene's stage.
        renderer_of: A renderer of the scene at a size.
        references: Pictures of what must be recognised, sRGB, each (h, w, 3).
    """

    film: model.Film
    scene: model.Scene
    shot: model.Shot
    stage: Stage
    renderer_of: Callable[[tuple[int, int]], Renderer]
    references: tuple[NDArray[np.uint8], ...] = field(default=(), kw_only=True)

    @property
    def length_frames(self) -> int:
        """How long the shot is held."""
        return self.shot.length_frames

    @property
    def seed(self) -> int:
        """The film's seed."""
        return self.film.seed

    @cached_property
    def prompt(self) -> str:
        """The shot in words."""
        return prompt_of(self.film, self.scene, self.shot)

    def state(self, frame: int) -> StageState:
        """Return what is where at a frame of the shot."""
        return self.stage.at(self.shot, frame)

    def buffers(self, frame: int, *, size: tuple[int, int]) -> tuple[Buffers, View]:
        """Return what each pixel sees at a frame, and from where."""
        state = self.state(frame)
        seen = self.renderer_of(size).buffers(state)
        return seen, view_of(state.camera, width_px=size[0], height_px=size[1])

    def preview(self, frame: int, *, size: tuple[int, int]) -> NDArray[np.uint8]:
        """Return the preview's picture of a frame, sRGB, shape (h, w, 3)."""
        return self.renderer_of(size).picture(self.state(frame), seed=self.seed)
