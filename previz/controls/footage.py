"""A shot as a picture model asks for it: any signal of any frame at any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
    """

    film: model.Film
    scene: model.Scene
    shot: model.Shot
    stage: Stage
    renderer_of: Callable[[tuple[int, int]], Renderer]

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

    def state(self, frame: int, *, width_px: int) -> StageState:
        """Return what is where at a frame of the shot, as fine as a width needs."""
        return self.stage.at(self.shot, frame, width_px=width_px)

    def buffers(self, frame: int, *, size: tuple[int, int]) -> tuple[Buffers, View]:
        """Return what each pixel sees at a frame, and from where."""
        state = self.state(frame, width_px=size[0])
        seen = self.renderer_of(size).buffers(state)
        return seen, view_of(state.camera, width_px=size[0], height_px=size[1])

    def preview(self, frame: int, *, size: tuple[int, int]) -> NDArray[np.uint8]:
        """Return the preview's picture of a frame, sRGB, shape (h, w, 3).

        In the medium that the shot is drawn in, as everywhere else.
        """
        return self.renderer_of(size).picture(
            self.state(frame, width_px=size[0]),
            medium=self.film.medium_of(self.scene, self.shot),
            seed=self.seed,
        )
