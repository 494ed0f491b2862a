"""Pictures of somebody alone, as they are cast and dressed by now."""

from __future__ import annotations

import io
import time
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from previz.direct.fitting import (
    FITTING_ASPECT,
    FITTING_EV100,
    FITTING_FRAME,
    Fitted,
    fitting,
)
from previz.model import Character, Film, Rate
from previz.render import NamedGenerator, Renderer
from previz.render.bake import LightCache
from previz.stage import Stage
from previz.widgets.messages import AskFitting, FittingSent

__all__ = ["Fittings"]

_JPEG_QUALITY = 88
_KEPT_SIZES = 3


class Fittings:
    """Somebody on a turntable, in the same light whoever it is.

    Args:
        generator: Makes the pictures; None leaves them plain.
    """

    def __init__(self, generator: NamedGenerator | None) -> None:
        self._generator = generator
        self._light_cache = LightCache()
        self._renderers: OrderedDict[tuple[int, int], Renderer] = OrderedDict()

    def answer(
        self, film: Film, asked: AskFitting, *, revision: int
    ) -> tuple[FittingSent, bytes]:
        """Return a character's picture and its JPEG.

        Raises:
            UnknownNameError: If the film has no such character.
        """
        started = time.perf_counter()
        character = film.find_character(asked.character)
        yaw_deg, fitted = asked.yaw_deg, asked.fitted
        pixels = self.still(
            character, rate=film.rate, yaw_deg=yaw_deg, fitted=fitted,
            height_px=asked.height_px, seed=film.seed,
        )  # fmt: skip
        raw = io.BytesIO()
        Image.fromarray(pixels).save(raw, "JPEG", quality=_JPEG_QUALITY)
        _, shot = fitting(character, yaw_deg=yaw_deg, fitted=fitted)
        pose = shot.camera.poses[0]
        span = shot.camera.sensor.height_mm / pose.focal_length_mm
        sent = FittingSent(
            page=asked.page,
            number=asked.number,
            revision=revision,
            character=character.id,
            yaw_deg=yaw_deg,
            fitted=fitted,
            width_px=pixels.shape[1],
            height_px=pixels.shape[0],
            middle_m=pose.position_m[1],
            field_m=pose.position_m[2] * span,
            ms=round((time.perf_counter() - started) * 1e3, 2),
        )
        return sent, raw.getvalue()

    def still(
        self,
        character: Character,
        *,
        rate: Rate,
        yaw_deg: float = 0.0,
        fitted: Fitted = "figure",
        height_px: int = 480,
        seed: int = 0,
    ) -> NDArray[np.uint8]:
        """Return a picture of a character, (h, w, 3), sRGB code values.

        Args:
            character: Who.
            rate: Of the film.
            yaw_deg: Turned so far from facing the camera, to their left.
            fitted: How much of them is seen.
            height_px: About how high; three quarters as wide.
            seed: Of what a generator invents.

        Raises:
            UnknownNameError: If `fitted` is none that is known.
        """
        # Who is one of a crowd is drawn coarser there, not here.
        shown = character.changed(background=False)
        scene, shot = fitting(shown, yaw_deg=yaw_deg, fitted=fitted)
        size = _size_of(height_px)
        stage = Stage(scene, (shown,), rate=rate)
        state = stage.at(shot, FITTING_FRAME, width_px=size[0])
        return self._renderer(stage, size).picture(state, seed=seed)

    def _renderer(self, stage: Stage, size: tuple[int, int]) -> Renderer:
        renderer = self._renderers.get(size)
        if renderer is None:
            renderer = self._renderers[size] = Renderer(
                stage,
                width_px=size[0],
                height_px=size[1],
                exposure_ev100=FITTING_EV100,
                quality="board",
                generator=self._generator,
                light_cache=self._light_cache,
            )
        self._renderers.move_to_end(size)
        while len(self._renderers) > _KEPT_SIZES:
            self._renderers.popitem(last=False)
        return renderer


def _size_of(height_px: int) -> tuple[int, int]:
    """Return a size about so high whose width is a multiple of 16."""
    width = max(round(height_px * FITTING_ASPECT / 16), 1) * 16
    return width, round(width / FITTING_ASPECT)
