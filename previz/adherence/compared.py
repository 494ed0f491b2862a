"""A frame of a take beside what the shot says it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.controls import Footage
from previz.controls.opencv import opencv
from previz.errors import PrevizError
from previz.render import Buffers
from previz.render.lens.glass import bend
from previz.render.lens.passage import passage_of
from previz.stage import StageState

__all__ = ["Compared", "Frames", "Picture", "Taken"]

Picture = NDArray[np.uint8]
Frames = Callable[[int], Picture]
"""A take's picture by frame of the shot: sRGB code values, shape (h, w, 3)."""

_WORK_PX = 480
"""Width at which pictures are compared, if they are as wide."""


@dataclass(frozen=True, eq=False)
class Compared:
    """One frame. Pictures are sRGB code values, shape (h, w, 3).

    Attributes:
        frame: Of the shot.
        take: The take's picture.
        preview: The shot's.
        buffers: What each pixel of a pinhole's picture sees.
        state: What is where.
    """

    frame: int
    take: Picture
    preview: Picture
    buffers: Buffers
    state: StageState

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.preview.shape[1], self.preview.shape[0]

    @property
    def camera(self) -> CameraState:
        """The shot's camera."""
        return self.state.camera

    @cached_property
    def straight_px(self) -> NDArray[np.float64]:
        """Where a pinhole puts what each pixel's centre shows, shape (h, w, 2).

        What the lens bends is straight again there; the buffers are a pinhole's.
        """
        return _straight(self.camera, self.size)

    def straightened(self, px: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where a pinhole puts what the pictures show at pixels, (n, 2)."""
        width, height = self.size
        cols, rows = px[:, 0] - 0.5, px[:, 1] - 0.5
        nearest = np.stack([np.rint(cols), np.rint(rows)], axis=1)
        nearest = np.clip(nearest, 0, (width - 1, height - 1)).astype(np.intp)
        part = np.stack([cols, rows], axis=1) - nearest
        found = self.straight_px[nearest[:, 1], nearest[:, 0]] + part
        return np.asarray(found, np.float64)

    def with_take(self, take: Picture) -> Compared:
        """Return the same with another picture for the take's."""
        return Compared(self.frame, take, self.preview, self.buffers, self.state)


class Taken:
    """A take's frames and the shot's at one working size, each made once.

    Args:
        footage: The shot.
        frames: The take.
        known: A frame that it has, by which its size is known.

    Raises:
        PrevizError: If a frame is no picture.
    """

    def __init__(self, footage: Footage, frames: Frames, *, known: int = 0) -> None:
        self._footage, self._frames = footage, frames
        first = self._checked(known)
        height, width = first.shape[:2]
        wide = min(_WORK_PX, width)
        self.size = (wide, max(round(wide * height / width), 1))
        self._takes: dict[int, Picture] = {known: self._resized(first)}
        self._previews: dict[int, Picture] = {}
        self._compared: dict[int, Compared] = {}

    @property
    def footage(self) -> Footage:
        """The shot."""
        return self._footage

    def take(self, frame: int) -> Picture:
        """Return the take's frame."""
        if frame not in self._takes:
            self._takes[frame] = self._resized(self._checked(frame))
        return self._takes[frame]

    def preview(self, frame: int) -> Picture:
        """Return the shot's."""
        if frame not in self._previews:
            self._previews[frame] = self._footage.preview(frame, size=self.size)
        return self._previews[frame]

    def compared(self, frame: int) -> Compared:
        """Return both, with what the shot knows of it."""
        if frame not in self._compared:
            seen, _ = self._footage.buffers(frame, size=self.size)
            state = self._footage.state(frame, width_px=self.size[0])
            self._compared[frame] = Compared(
                frame, self.take(frame), self.preview(frame), seen, state
            )
        return self._compared[frame]

    def _checked(self, frame: int) -> Picture:
        given = self._frames(frame)
        try:
            picture = np.asarray(given)
        except ValueError:
            picture = np.asarray(None)
        good = picture.ndim == 3 and picture.shape[2] == 3 and min(picture.shape) > 0
        if not good or picture.dtype != np.uint8:
            raise PrevizError(
                "Adherence.frames must give sRGB pictures of shape (h, w, 3), uint8, "
                f"got {picture.dtype} {picture.shape} at frame {frame}. Put linear "
                "light through the display transform first."
            )
        return picture

    def _resized(self, picture: Picture) -> Picture:
        if (picture.shape[1], picture.shape[0]) == self.size:
            return picture
        cv2 = opencv()
        small = cv2.resize(picture, self.size, interpolation=cv2.INTER_AREA)
        return np.asarray(small, np.uint8)


def _straight(camera: CameraState, size: tuple[int, int]) -> NDArray[np.float64]:
    width, height = size
    cols, rows = np.meshgrid(np.arange(width), np.arange(height))
    place = np.stack([cols, rows], axis=-1).astype(np.float64) + 0.5
    passage = passage_of(
        camera, width_px=width, height_px=height,
        centre_px=camera.axis_px(width, height), frame=0,
    )  # fmt: skip
    if camera.look.distortion == 0.0 and passage.wider == 1.0:
        return place
    drawn = np.zeros((height, width, 3), np.float32)
    drawn[..., 0], drawn[..., 1] = cols, rows
    found = bend(
        drawn, distortion=camera.look.distortion, aberration=0.0,
        wider=passage.wider, centre_px=passage.seen.centre_px,
    )  # fmt: skip
    middle = np.array([width / 2, height / 2])
    straight = (found[..., :2] + 0.5 - middle) * passage.wider + middle
    return np.asarray(straight, np.float64)


def reseen(picture: Picture, *, seed: int) -> Picture:
    """Return a picture as another camera might have recorded it.

    Sampled anew, with another contrast and tint and with noise: what a perfect take
    would be, to see what the estimators make of one.

    Args:
        picture: sRGB code values, shape (h, w, 3).
        seed: Of the noise.
    """
    cv2 = opencv()
    height, width = picture.shape[:2]
    rng = np.random.default_rng(seed)
    smaller = (max(round(0.83 * width), 1), max(round(0.83 * height), 1))
    other = cv2.resize(picture, smaller, interpolation=cv2.INTER_AREA)
    other = cv2.resize(other, (width, height), interpolation=cv2.INTER_CUBIC)
    light = (other.astype(np.float32) / 255.0) ** 1.15 * (1.06, 1.0, 0.92)
    light += rng.normal(0.0, 0.02, light.shape)
    return np.asarray(np.clip(np.rint(light * 255), 0, 255), np.uint8)
