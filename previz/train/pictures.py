"""The data as the training loop reads it: crops out of mapped files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from previz.generate.encode import FLOOR, PLANES
from previz.train.plates import planes_path
from previz.train.shards import numbers_of, read_shard

__all__ = ["Batch", "Pictures", "lit_of", "mirrored_planes"]

_STOPS = 0.7
_RIGHT, _EDGE = PLANES.index("normal right"), PLANES.index("edge right")
_DARK, _LEAST_LIT = 2e-3, 0.1
"""A picture of which less than a tenth is lighter than this teaches nothing."""


class Batch(NamedTuple):
    """Crops of pictures.

    Attributes:
        planes: What the network reads, shape (b, channels, h, w).
        lit: The plain picture, exposed linear Rec.709, shape (b, 3, h, w).
        truth: The traced one likewise.
    """

    planes: Tensor
    lit: Tensor
    truth: Tensor


class Pictures:
    """All pictures of a folder, mapped into memory.

    Args:
        truth: Folder of the traced shards.
        plates: Folder of the planes; only what is in both is read.
    """

    def __init__(self, truth: Path, plates: Path) -> None:
        self.planes: list[NDArray[np.float16]] = []
        self.truth: list[NDArray[np.float16]] = []
        self.kinds: list[str] = []
        self.numbers: list[tuple[int, int]] = []
        for number in numbers_of(truth):
            path = planes_path(plates, number)
            if not path.exists():
                continue
            planes = np.load(path, mmap_mode="r")
            shard = read_shard(truth, number)
            kind = shard["kind"].tobytes().decode()
            for take, picture in enumerate(shard["truth"]):
                if _worth(picture):
                    self.planes.append(planes[take])
                    self.truth.append(picture)
                    self.kinds.append(kind)
                    self.numbers.append((number, take))

    def __len__(self) -> int:
        return len(self.planes)

    def whole(self, index: int) -> Batch:
        """Return one whole picture as a batch of one."""
        return _batch([self.planes[index]], [self.truth[index]])

    def crops(
        self, *, size_px: tuple[int, int], batch: int, seed: int, first: int = 0
    ) -> Iterator[Batch]:
        """Yield random crops for ever; step n is the same wherever it is begun.

        Half are mirrored, and all exposed a little darker or brighter.

        Args:
            size_px: Width and height of a crop.
            batch: Crops at once.
            seed: Of the choice.
            first: The step to begin with.
        """
        width, height = size_px
        step = first
        while True:
            rng = np.random.default_rng([seed, step])
            planes, truth = [], []
            for index in rng.integers(len(self), size=batch):
                _, rows, cols = self.planes[index].shape
                top = int(rng.integers(max(rows - height, 0) + 1))
                left = int(rng.integers(max(cols - width, 0) + 1))
                down, along = slice(top, top + height), slice(left, left + width)
                crop = self.planes[index][:, down, along].astype(np.float32)
                true = self.truth[index][down, along].astype(np.float32)
                if rng.random() < 0.5:
                    crop, true = mirrored_planes(crop), true[:, ::-1]
                planes.append(crop)
                truth.append(true)
            gains = 2.0 ** rng.uniform(-_STOPS, _STOPS, batch)
            yield _exposed(_batch(planes, truth), torch.from_numpy(gains).float())
            step += 1


def mirrored_planes(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return planes as they are of the mirrored picture, left for right."""
    out = planes[:, :, ::-1].copy()
    out[_RIGHT] *= -1.0
    # An edge is marked at the pixel on its left, which is now on its right.
    out[_EDGE, :, :-1] = out[_EDGE, :, 1:]
    out[_EDGE, :, -1] = 0.0
    return out


def _exposed(batch: Batch, gains: Tensor) -> Batch:
    """Return a batch as a camera of another exposure takes it; gains of shape (b,)."""
    gain = gains[:, None, None, None]
    lit, planes = batch.lit * gain, batch.planes.clone()
    planes[:, :3] = ((lit + FLOOR).log2() + 3.0) * 0.25
    return Batch(planes, lit, batch.truth * gain)


def lit_of(planes: Tensor) -> Tensor:
    """Return the plain picture that planes hold, as `previz.generate.encode` wrote it.

    Args:
        planes: Shape (b, channels, h, w).
    """
    return ((4.0 * planes[:, :3] - 3.0).exp2() - FLOOR).clamp_min(0.0)


def _worth(picture: NDArray[np.float16]) -> bool:
    return bool((picture.max(axis=-1) > _DARK).mean() > _LEAST_LIT)


def _batch(planes: list[NDArray[Any]], truth: list[NDArray[Any]]) -> Batch:
    read = torch.from_numpy(np.stack(planes).astype(np.float32))
    true = torch.from_numpy(np.stack(truth).astype(np.float32)).permute(0, 3, 1, 2)
    return Batch(read, lit_of(read), true.contiguous())
