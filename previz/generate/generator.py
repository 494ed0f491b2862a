"""The shipped generator: plates in, the picture as if shot out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from previz.generate.encode import CHANNELS, decode, encode
from previz.generate.halved import doubled, halved
from previz.generate.plan import MULTIPLE_PX, reflected
from previz.generate.runtimes import Runtime, find_runtime
from previz.generate.weights import INDEX_FILE, SHIPPED, read_weights
from previz.render.plates import Plates
from previz.render.workspace import kept_array

__all__ = ["PreviewGenerator", "shipped_generator"]

_LARGE_PX = 480
"""Longer edge from which on a picture is answered at half its size, again and again:
what the network is shown stays about as large as what it was trained on."""


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
        larger, small = [], plates
        while max(small.lit.shape) >= _LARGE_PX:
            larger.append(small)
            small = halved(small)
        planes = kept_array("planes", (CHANNELS, *small.pane.shape), np.float32)
        answer = self._answer(encode(small, noise=self._noise, out=planes))
        for level in reversed(larger):
            answer = doubled(answer, level)
        return decode(plates.lit, answer)

    def _answer(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's answer for planes of any size, shape (3, h, w)."""
        height, width = planes.shape[1:]
        return self._runtime.run(_mirrored(planes))[:, :height, :width]


def _mirrored(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Extend planes to sizes that are multiples of 16."""
    height, width = planes.shape[1:]
    if height % MULTIPLE_PX == 0 and width % MULTIPLE_PX == 0:
        return planes
    rows, cols = reflected(height), reflected(width)
    whole = kept_array("whole", (len(planes), len(rows), len(cols)), np.float32)
    whole[:, :height, :width] = planes
    whole[:, height:, :width] = planes[:, rows[height:]]
    whole[:, :, width:] = whole[:, :, cols[width:]]
    return whole


@lru_cache(maxsize=1)
def shipped_generator() -> PreviewGenerator | None:
    """Return the generator that comes with previz; None where no weights came.

    Raises:
        PrevizError: If its weights are broken.
    """
    if not (SHIPPED / INDEX_FILE).is_file():
        return None
    return PreviewGenerator.from_folder(SHIPPED)
