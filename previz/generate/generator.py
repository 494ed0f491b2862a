"""The shipped generator: plates in, the picture as if shot out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.generate.encode import decode, encode
from previz.generate.plan import MULTIPLE_PX, reflected
from previz.generate.runtimes import Runtime, find_runtime
from previz.generate.weights import INDEX_FILE, SHIPPED, read_weights
from previz.render.plates import Plates

__all__ = ["PreviewGenerator", "shipped_generator"]

_TILE_PX, _MARGIN_PX = 1024, 192
"""What is run at once of a large picture. The network sees no farther than the
margin, so that tiles do not show."""


class PreviewGenerator:
    """Makes pictures with one run of the network. Shared between threads.

    Args:
        runtime: Runs the network.
        key: The weights' SHA-256.
        noise: Whether the network reads noise; if not, none is made.

    Attributes:
        key: What decides its pictures besides the frame.
        label: What it is called in a report.
    """

    def __init__(self, runtime: Runtime, *, key: str, noise: bool = True) -> None:
        self._runtime, self._noise = runtime, noise
        self.key = key
        self.label = f"preview generator {key[:8]} ({runtime.name})"

    @classmethod
    def from_folder(cls, folder: Path, *, runtime: str | None = None
                    ) -> PreviewGenerator:  # fmt: skip
        """Read a generator's weights and find what runs them.

        Args:
            folder: As `previz.generate.weights` describes it.
            runtime: One of `RUNTIMES`; by default the best that works here.

        Raises:
            PrevizError: If a file is missing or broken, or is not what its index
                says.
            UnknownNameError: If there is no such runtime.
            MissingRuntimeError: If the one that is asked for does not work.
        """
        weights = read_weights(folder)
        found = find_runtime(weights, runtime)
        return cls(found, key=weights.sha256, noise=weights.reads_noise)

    def __call__(self, plates: Plates, /) -> NDArray[np.float32]:
        """Return exposed linear Rec.709, shape (h, w, 3)."""
        return decode(plates.lit, self._answer(encode(plates, noise=self._noise)))

    def _answer(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's answer for planes of any size, shape (3, h, w)."""
        height, width = planes.shape[1:]
        whole = _mirrored(planes)
        if max(whole.shape[1:]) <= _TILE_PX + 2 * _MARGIN_PX:
            return self._runtime.run(whole)[:, :height, :width]
        answer = np.empty((3, *whole.shape[1:]), np.float32)
        for rows in _tiles(whole.shape[1]):
            for cols in _tiles(whole.shape[2]):
                tile = np.ascontiguousarray(whole[:, rows.seen, cols.seen])
                made = self._runtime.run(tile)
                answer[:, rows.kept, cols.kept] = made[:, rows.inner, cols.inner]
        return answer[:, :height, :width]


class _Tile(NamedTuple):
    """One stretch of an axis: what is run, what is kept, and where that lies in it."""

    seen: slice
    kept: slice
    inner: slice


def _tiles(size: int) -> Iterator[_Tile]:
    for start in range(0, size, _TILE_PX):
        stop = min(start + _TILE_PX, size)
        low, high = max(start - _MARGIN_PX, 0), min(stop + _MARGIN_PX, size)
        yield _Tile(
            slice(low, high), slice(start, stop), slice(start - low, stop - low)
        )


def _mirrored(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Extend planes to sizes that are multiples of 16."""
    height, width = planes.shape[1:]
    if height % MULTIPLE_PX == 0 and width % MULTIPLE_PX == 0:
        return planes
    rows, cols = reflected(height), reflected(width)
    return np.ascontiguousarray(planes[:, rows[:, None], cols[None]])


@lru_cache(maxsize=1)
def shipped_generator() -> PreviewGenerator | None:
    """Return the generator that comes with previz; None where no weights came.

    Raises:
        PrevizError: If its weights are broken.
    """
    if not (SHIPPED / INDEX_FILE).is_file():
        return None
    return PreviewGenerator.from_folder(SHIPPED)
