"""Pictures of one scene: what is static is worked out once, then frame by frame."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from previz.errors import PrevizError
from previz.model import Scene
from previz.render.buffers import Buffers, gather
from previz.render.color import exposure_scale
from previz.render.display import display
from previz.render.frame import frame_of, see
from previz.render.kernel import Array, kernel
from previz.render.lights import Lamps, lamps_of, light_at, sky_of, white_balance_of
from previz.render.sky import Sky, sky_luminance
from previz.stage import Geometry, StageState

__all__ = ["LARGEST_PX", "Renderer", "StageLike"]

LARGEST_PX = 4096
_LAMPS = 6


class StageLike(Protocol):
    """What a renderer reads of a `previz.stage.Stage`."""

    @property
    def scene(self) -> Scene:
        """The scene, for its lights."""

    @property
    def set_geometry(self) -> Geometry:
        """The set in world space."""


class Renderer:
    """Pictures of one scene at one size. May be shared between threads.

    Args:
        stage: The scene's stage; its set and lights are read here, once.
        width_px: 1 to 4096.
        height_px: 1 to 4096.
        exposure_ev100: What the camera is set to (ISO 100).

    Raises:
        PrevizError: If a size is out of range.
    """

    def __init__(
        self,
        stage: StageLike,
        *,
        width_px: int,
        height_px: int,
        exposure_ev100: float,
    ) -> None:
        for name, value in (("width_px", width_px), ("height_px", height_px)):
            if not 1 <= value <= LARGEST_PX:
                raise PrevizError(
                    f"Renderer.{name} must be 1 to {LARGEST_PX} px, got {value}. "
                    "Pass a size such as 640 by 360."
                )
        self._width_px, self._height_px = int(width_px), int(height_px)
        self._set = stage.set_geometry
        self._exposure = exposure_scale(exposure_ev100)
        lights = stage.scene.lights
        center = np.array([0.0, 1.2, 0.0])
        balance = white_balance_of(lights, center=center)
        self._lamps = lamps_of(
            lights, center=center, limit=_LAMPS, white_balance_k=balance
        )
        self._sky = sky_of(lights, white_balance_k=balance)

    def buffers(self, state: StageState) -> Buffers:
        """Return what each pixel sees at one frame."""
        frame = frame_of(
            state,
            set_geometry=self._set,
            width_px=self._width_px,
            height_px=self._height_px,
        )
        owner, _ = see(frame, width_px=self._width_px, height_px=self._height_px)
        return gather(frame, owner)

    def linear(self, state: StageState) -> NDArray[np.float32]:
        """Return the exposed picture in linear Rec.709, shape (h, w, 3)."""
        seen = self.buffers(state)
        out = np.zeros((self._height_px, self._width_px, 3), np.float32)
        focal_px = state.camera.focal_px(self._width_px, self._height_px)[0]
        _shade(
            seen.object_id, seen.position_world, seen.normal_world, seen.base_color,
            state.camera.world_from_camera, focal_px, self._lamps, self._sky,
            self._exposure, out,
        )  # fmt: skip
        return out

    def picture(self, state: StageState) -> NDArray[np.uint8]:
        """Return the picture as sRGB code values, shape (h, w, 3)."""
        return display(self.linear(state))


@kernel
def _shade(
    objects: Array,
    position: Array,
    normal: Array,
    base: Array,
    world_from_camera: Array,
    focal_px: float,
    lamps: Lamps,
    sky: Sky,
    exposure: float,
    out: Array,
) -> None:
    height, width = objects.shape
    m = world_from_camera
    rgb, p, n, towards = np.empty(3), np.empty(3), np.empty(3), np.empty(3)
    for row in range(height):
        for col in range(width):
            if objects[row, col] == 0:
                dx = (col + 0.5 - 0.5 * width) / focal_px
                dy = (0.5 * height - (row + 0.5)) / focal_px
                length = np.sqrt(dx * dx + dy * dy + 1.0)
                x = (m[0, 0] * dx + m[0, 1] * dy - m[0, 2]) / length
                y = (m[1, 0] * dx + m[1, 1] * dy - m[1, 2]) / length
                z = (m[2, 0] * dx + m[2, 1] * dy - m[2, 2]) / length
                sky_luminance(sky, x, y, z, rgb)
                for c in range(3):
                    out[row, col, c] = rgb[c] * exposure
                continue
            for c in range(3):
                p[c] = position[row, col, c]
                n[c] = normal[row, col, c]
            up = 0.5 + 0.5 * n[1]
            for c in range(3):
                mean = 0.5 * (sky.zenith[c] + sky.horizon[c])
                rgb[c] = np.pi * (sky.land[c] + (mean - sky.land[c]) * up)
            for i in range(lamps.kind.shape[0]):
                share, _ = light_at(lamps, i, p, n, towards)
                for c in range(3):
                    rgb[c] += share * lamps.intensity[i, c]
                    rgb[c] += 0.04 * lamps.intensity[i, c] * share
            for c in range(3):
                value = rgb[c] * base[row, col, c] / np.pi * exposure
                out[row, col, c] = value
