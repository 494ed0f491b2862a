"""A rival of the preview: Mitsuba at a few paths a pixel, then a fast denoiser.

It runs in this process on plain code, since compiled code is compiled anew for every
set. What stands still is made a mesh once; what moves is for every picture, and so is
the tree. Nothing grows: leaves and hair alone take longer than a frame may.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.embree_rival import denoised_fast
from previz.render.buffers import Buffers
from previz.render.color import exposure_scale
from previz.stage import StageState

__all__ = ["MitsubaPaths"]

_VARIANT = "scalar_rgb"
_WALK = {"type": "volpath", "max_depth": 5, "hide_emitters": True, "rr_depth": 4}


class MitsubaPaths:
    """Pictures of one scene by a few paths a pixel.

    Args:
        stage: The scene's stage.
        state: A frame of it, for what stands still.
        size: Width and height of pictures, pixels.
        samples: Paths a pixel.
    """

    def __init__(
        self, stage: Any, state: StageState, *, size: tuple[int, int], samples: int = 1
    ) -> None:
        import mitsuba as mi

        mi.set_variant(_VARIANT)
        mi.set_log_level(mi.LogLevel.Error)
        from previz.trace import order_of
        from previz.trace.building import lamps_of, meshes_of, sky_of
        from previz.trace.matter import edge_for
        from previz.trace.surfaces import Coats

        self._mi, self._size = mi, size
        self._first = len(stage.set_geometry.triangles)
        self._coats = Coats(mi, edge=edge_for(size[0]))
        self._order = order_of(
            stage, state, width_px=size[0], height_px=size[1], samples=samples, seed=0,
            denoise=False, grown=False,
        )  # fmt: skip
        self._still = meshes_of(mi, self._order.still, self._coats)
        lights = lamps_of(mi, self._order.lamps)
        if self._order.room is None:
            lights["sky"] = sky_of(mi, self._order)
        self._lights = lights
        self._scale = exposure_scale(stage.scene.exposure_ev100)
        self._walk = mi.load_dict(_WALK)
        self.samples = samples

    def linear(
        self, state: StageState, buffers: Buffers, glow: NDArray[np.float32], *,
        seed: int = 0,
    ) -> NDArray[np.float32]:  # fmt: skip
        """Return the exposed picture in linear Rec.709, denoised, shape (h, w, 3).

        Args:
            state: The frame.
            buffers: Of the frame, to denoise with.
            glow: What shines by itself, exposed; 0 elsewhere.
            seed: Of the paths.
        """
        mi = self._mi
        meshes = [*self._still, *self._moving(state)]
        parts = {f"mesh{k}": mesh for k, mesh in enumerate(meshes)}
        scene = mi.load_dict({"type": "scene", **self._lights, **parts})
        made = mi.render(
            scene, sensor=self._sensor(state), integrator=self._walk,
            spp=self.samples, seed=seed,
        )  # fmt: skip
        light = np.nan_to_num(np.array(made)[..., :3], posinf=0.0, neginf=0.0)
        own = glow.max(axis=-1, keepdims=True) > 0
        return denoised_fast(np.where(own, glow, light * self._scale), buffers)

    def _moving(self, state: StageState) -> list[Any]:
        from previz.trace.building import meshes_of
        from previz.trace.patches import cut

        return meshes_of(self._mi, cut(state.moving, first=self._first), self._coats)

    def _sensor(self, state: StageState) -> Any:
        from previz.render.lens.passage import passage_of
        from previz.trace.building import sensor_of
        from previz.trace.views import view_of

        width_px, height_px = self._size
        passage = passage_of(
            state.camera, width_px=width_px, height_px=height_px,
            centre_px=state.camera.axis_px(*self._size), frame=state.scene_frame,
        )  # fmt: skip
        view = view_of(state, passage, 0.0, size=self._size)
        return sensor_of(self._mi, self._order, view)
