"""The signals of one chunk's frames, as pictures, path and noise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from previz.controls import (
    CameraTrack,
    Footage,
    Signal,
    anchored_latents,
    camera_track,
    canny_picture,
    depth_picture,
    depth_range,
    edges_picture,
    exact_flow,
    flow_picture,
    keypoints_of,
    mattes_picture,
    normals_picture,
    pose_picture,
    soft_edges_picture,
)
from previz.errors import GenerateError
from previz.generate.pipelines.plan import Chunk, Plan

if TYPE_CHECKING:
    from PIL.Image import Image

    from previz.render import Buffers
    from previz.render.anchored import View
    from previz.stage import StageState

__all__ = ["Gathered", "Reference", "image_of", "opened"]

Picture = NDArray[np.uint8]
_OF_BUFFERS: Mapping[Signal, Callable[[Buffers], Picture]] = {
    "edges": edges_picture,
    "soft_edges": soft_edges_picture,
    "mattes": mattes_picture,
}
Reference: TypeAlias = "str | Path | Picture | Image"


class Gathered:
    """The signals of one chunk's frames, each drawn when first asked for."""

    def __init__(self, footage: Footage, plan: Plan, chunk: Chunk) -> None:
        self._footage, self._plan = footage, plan
        last = min(chunk.first_frame + chunk.made_frames, footage.length_frames) - 1
        self._frames = [
            min(chunk.first_frame + n, last) for n in range(chunk.made_frames)
        ]
        self._seen: dict[int, tuple[Buffers, View]] = {}

    def _state(self, frame: int) -> StageState:
        return self._footage.state(frame, width_px=self._plan.made[0])

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
        if name in _OF_BUFFERS:
            draw = _OF_BUFFERS[name]
            return lambda frame: draw(self._buffers(frame)[0])
        if name == "canny":
            size = self._plan.made
            return lambda frame: canny_picture(self._footage.preview(frame, size=size))
        if name == "pose":
            return self._pose
        if name == "flow":
            return self._flow
        if name == "normal":
            return lambda frame: normals_picture(
                self._buffers(frame)[0], self._buffers(frame)[1].world_from_camera
            )
        spread = depth_range(
            self._buffers(frame)[0].depth_m for frame in sorted(set(self._frames))
        )
        return lambda frame: depth_picture(self._buffers(frame)[0].depth_m, spread)

    def _pose(self, frame: int) -> Picture:
        people = keypoints_of(
            self._state(frame), self._footage.film.characters, self._buffers(frame)[0]
        )
        return pose_picture(people, size=self._plan.made)

    def _flow(self, frame: int) -> Picture:
        following = min(frame + 1, self._footage.length_frames - 1)
        return flow_picture(
            exact_flow(self._footage, frame, to_frame=following, size=self._plan.made)
        )

    def preview(self) -> tuple[Image, ...]:
        """Return the preview's frames."""
        size = self._plan.made
        return self._each(lambda frame: self._footage.preview(frame, size=size))

    def _each(self, draw: Callable[[int], Picture]) -> tuple[Image, ...]:
        drawn = {frame: image_of(draw(frame)) for frame in sorted(set(self._frames))}
        return tuple(drawn[frame] for frame in self._frames)

    def camera(self) -> CameraTrack:
        """Return the camera's path over the chunk."""
        cameras = [self._state(frame).camera for frame in self._frames]
        width, height = self._plan.made
        return camera_track(cameras, width_px=width, height_px=height)

    def latents(
        self, channels: int, *, seed: int, sticking: float, ahead: int = 0
    ) -> NDArray[np.float32]:
        """Return anchored noise for each latent frame of the chunk.

        Args:
            channels: Of the latents.
            seed: Of film and generator.
            sticking: Of `anchored_latents`.
            ahead: How many latent frames of free noise lead them.
        """
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
            object_seeds=self._state(self._frames[0]).object_seeds,
            sticking=sticking,
        )
        # Noise for the reference pictures leads the clip's.
        shape = (ahead, *noise.shape[1:])
        free = np.random.default_rng(seed).standard_normal(shape, np.float32)
        return np.concatenate([free, noise])


def image_of(picture: Picture) -> Image:
    """Return a picture as the pipelines take it."""
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(picture))


def opened(reference: Reference) -> Image:
    """Return a picture of the user's, read if it is a path.

    Raises:
        GenerateError: If it is no picture that can be read.
    """
    from PIL import Image, UnidentifiedImageError

    if isinstance(reference, str | Path):
        try:
            with Image.open(reference) as file:
                return file.convert("RGB")
        except (OSError, UnidentifiedImageError) as error:
            raise GenerateError(
                f"Generator.references must be pictures, got {reference} "
                f"({type(error).__name__}). Pass a PNG or JPEG."
            ) from error
    if isinstance(reference, np.ndarray):
        return image_of(reference)
    return reference.convert("RGB")
