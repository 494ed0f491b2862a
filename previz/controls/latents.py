"""Initial noise for a diffusion model that sticks to what is in the picture."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from previz.errors import PrevizError
from previz.render import Buffers
from previz.render.anchored import MOST_CHANNELS, View, anchored_noise

__all__ = ["anchored_latents"]

_CELL = 0.5
"""Edge of a cell in latent pixels: at one pixel neighbours would share half of theirs,
and a model that was trained on white noise blurs what is not white."""


def anchored_latents(
    frames: Sequence[tuple[Buffers, View]],
    *,
    channels: int,
    stride_px: int,
    seed: int = 0,
    object_seeds: Mapping[int, int] | None = None,
    sticking: float = 0.0,
) -> NDArray[np.float32]:
    """Return standard normal latents that are hashed from what each place sees.

    Another seed for one object changes the values on that object alone. Within a
    clip each latent frame has values of its own, as video models expect, unless
    `sticking` says otherwise.

    Args:
        frames: What each latent frame sees at the size of the picture, and from
            where; width and height are multiples of the stride.
        channels: Of the latents.
        stride_px: Pixels of the picture along one latent pixel.
        seed: Of the film; >= 0.
        object_seeds: By object id.
        sticking: Share of the variance that stays on a surface from frame to frame, 0
            to 1. Off-the-shelf video models want 0.

    Returns:
        Shape (n, channels, h / stride, w / stride).

    Raises:
        PrevizError: If `sticking` is out of range.
    """
    if not 0.0 <= sticking <= 1.0:
        raise PrevizError(
            f"anchored_latents.sticking must be 0 to 1, got {sticking}. "
            "Pass 0 for models as they come."
        )
    out = []
    for number, (buffers, view) in enumerate(frames):
        coarse = _every(buffers, stride_px)
        seen = View(view.world_from_camera, view.focal_px / stride_px)
        own = _noise(coarse, seen, channels, (seed, number + 1), object_seeds)
        if sticking > 0.0:
            kept = _noise(coarse, seen, channels, (seed, 0), object_seeds)
            own = np.sqrt(1.0 - sticking) * own + np.sqrt(sticking) * kept
        out.append(own)
    return np.stack(out).astype(np.float32)


def _noise(
    buffers: Buffers,
    view: View,
    channels: int,
    entropy: tuple[int, int],
    object_seeds: Mapping[int, int] | None,
) -> NDArray[np.float32]:
    parts = []
    for first in range(0, channels, MOST_CHANNELS):
        mixed = np.random.SeedSequence([*entropy, first]).generate_state(1)[0]
        part = anchored_noise(
            buffers,
            view,
            channels=min(MOST_CHANNELS, channels - first),
            seed=int(mixed) >> 1,
            object_seeds=object_seeds,
            cell_px=_CELL,
        )
        parts.append(part)
    return np.moveaxis(np.concatenate(parts, axis=2), 2, 0)


def _every(buffers: Buffers, stride: int) -> Buffers:
    """Return the buffers at the middle of each block of pixels."""
    middle = slice(stride // 2, None, stride)
    thin = {
        field.name: np.ascontiguousarray(getattr(buffers, field.name)[middle, middle])
        for field in dataclasses.fields(buffers)
    }
    return Buffers(**thin)
