"""The signals of one chunk's frames, as pictures, path and noise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from previz.controls import (
    CameraTrack,
    Footage,
    Signal,
    anchored_latents,
    camera_track,
    depth_picture,
    depth_range,
    edges_picture,
    mattes_picture,
    normals_picture,
)
from previz.generate.pipelines.plan import Chunk, Plan

if TYPE_CHECKING:
    from PIL.Image import Image

    from previz.render import Buffers
    from previz.render.anchored import View

__all__ = ["Gathered", "image_of"]

Picture = NDArray[np.uint8]


class Gathered:
    """The signals of one chunk's frames, each drawn when first asked for."""

    def __init__(self, footage: Footage, plan: Plan, chunk: Chunk) -> None:
        self._footage, self._plan = footage, plan
        last = min(chunk.first_frame + chunk.made_frames, footage.length_frames) - 1
        self._frames = [
            min(chunk.first_frame + n, last) for n in range(chunk.made_frames)
        ]
        self._seen: dict[int, tuple[Buffers, View]] = {}

    def _buffers(self, frame: int) -> tuple[Buffers, View]:
        if frame not in self._seen:
            self._seen[frame] = self._footage.buffers(frame, size=self._plan.made)
        return self._seen[frame]

    def control(self, name: Signal) -> tuple[Image, ...]:
        """Return what the control pictures show."""
        if name == "preview":
            return self.preview()
        return self._each(self._drawing(name))

    def _drawing(self, name: Signal) -> Callable[[int], Picture]:
        if name == "edges":
            return lambda frame: edges_picture(self._buffers(frame)[0])
        if name == "mattes":
            return lambda frame: mattes_picture(self._buffers(frame)[0])
        if name == "normal":
            return lambda frame: normals_picture(
                self._buffers(frame)[0], self._buffers(frame)[1].world_from_camera
            )
        spread = depth_range(
            self._buffers(frame)[0].depth_m for frame in sorted(set(self._frames))
        )
        return lambda frame: depth_picture(self._buffers(frame)[0].depth_m, spread)

    def preview(self) -> tuple[Image, ...]:
        """Return the preview's frames."""
        size = self._plan.made
        return self._each(lambda frame: self._footage.preview(frame, size=size))

    def _each(self, draw: Callable[[int], Picture]) -> tuple[Image, ...]:
        drawn = {frame: image_of(draw(frame)) for frame in sorted(set(self._frames))}
        return tuple(drawn[frame] for frame in self._frames)

    def references(self) -> tuple[Image, ...]:
        """Return the pictures of what must be recognised."""
        return tuple(image_of(picture) for picture in self._footage.references)

    def camera(self) -> CameraTrack:
        """Return the camera's path over the chunk."""
        cameras = [self._footage.state(frame).camera for frame in self._frames]
        width, height = self._plan.made
        return camera_track(cameras, width_px=width, height_px=height)

    def latents(
        self, channels: int, *, seed: int, sticking: float
    ) -> NDArray[np.float32]:
        """Return anchored noise for each latent frame of the chunk."""
        grain = self._plan.caps.grain
        if grain is None:
            raise AssertionError("the pipeline makes its own noise")
        step = grain.stride_frames
        count = (len(self._frames) - 1) // step + 1
        middles = [max(0, n * step - step // 2) for n in range(count)]
        noise = anchored_latents(
            [self._buffers(self._frames[n]) for n in middles],
            channels=channels,
            stride_px=grain.stride_px,
            seed=seed,
            object_seeds=self._footage.state(self._frames[0]).object_seeds,
            sticking=sticking,
        )
        if self._plan.caps.family == "wan_vace" and "references" in self._plan.used:
            noise = np.concatenate([self._ahead(noise, seed), noise])
        return noise

    def _ahead(self, noise: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
        """Return noise for the reference pictures, which lead the clip's latents."""
        shape = (len(self._footage.references), *noise.shape[1:])
        return np.random.default_rng(seed).standard_normal(shape, np.float32)


def image_of(picture: Picture) -> Image:
    """Return a picture as the pipelines take it."""
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(picture))
