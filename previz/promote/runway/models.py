"""What each hosted model takes and makes: one table, declared.

Sizes, lengths and inputs are those of Runway's API of 2024-11-06, as its SDK 5.24
declares them. No hosted model takes a camera trajectory.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from previz.controls import Signal
from previz.errors import PrevizError, UnknownNameError

__all__ = ["MODELS", "Fit", "HostedModel", "fit_of", "model_of", "seconds_of"]


@dataclass(frozen=True)
class HostedModel:
    """What one model takes.

    Attributes:
        name: As the service calls it.
        maker: Whose it is.
        endpoint: Which of the service's requests it answers.
        takes: What it is shown of a shot, besides words.
        sizes: Widths and heights that it makes.
        seconds: Lengths that it makes, ascending.
        says_length: Whether the request names size and length; else both are those
            of the clip that it is shown.
        has_seed: Whether it takes one.
        most_letters: Of the prompt, in UTF-16 code units.
    """

    name: str
    maker: str
    endpoint: Literal["image_to_video", "video_to_video"]
    takes: tuple[Signal, ...]
    sizes: tuple[tuple[int, int], ...]
    seconds: tuple[int, ...]
    says_length: bool = True
    has_seed: bool = True
    most_letters: int = 1000

    @property
    def has_last(self) -> bool:
        """Whether a request can say what its last frame must be."""
        return "last" in self.takes

    @property
    def has_clip(self) -> bool:
        """Whether it is shown the preview."""
        return "preview" in self.takes


@dataclass(frozen=True)
class Fit:
    """How a picture lies in the picture that a model makes.

    A camera sees the gate's width across any picture and more height in a taller
    one, so the picture that is wanted is cut from the middle of the made one's height.

    Attributes:
        made: Width and height that the model makes.
        rows: Of `made`, how many are kept; may be a fraction.
    """

    made: tuple[int, int]
    rows: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is kept, in pixels of `made`."""
        top = (self.made[1] - self.rows) / 2
        return 0.0, top, float(self.made[0]), top + self.rows


_HD = ((1280, 720), (720, 1280))
_GEN = (*_HD, (1104, 832), (832, 1104), (960, 960), (1584, 672))
_FULL = ((1920, 1080), (1080, 1920))
_SEED = (*_HD, (1470, 630), (1112, 834), (834, 1112), (960, 960))

_ROWS = (
    HostedModel("aleph2", "Runway", "video_to_video", ("preview",), (*_GEN, *_FULL),
                tuple(range(2, 31)), says_length=False),
    HostedModel("seedance2", "ByteDance", "video_to_video", ("preview",), _SEED,
                tuple(range(5, 16)), most_letters=3500),
    HostedModel("gen4.5", "Runway", "image_to_video", ("first",), _GEN,
                tuple(range(2, 11))),
    HostedModel("gen4_turbo", "Runway", "image_to_video", ("first",), _GEN,
                tuple(range(2, 11))),
    HostedModel("veo3.1", "Google", "image_to_video", ("first", "last"),
                (*_HD, *_FULL), (4, 6, 8)),
    HostedModel("veo3.1_fast", "Google", "image_to_video", ("first", "last"),
                (*_HD, *_FULL), (4, 6, 8)),
)  # fmt: skip

MODELS: dict[str, HostedModel] = {row.name: row for row in _ROWS}
"""Every hosted model that previz asks, by name."""


def model_of(name: object) -> HostedModel:
    """Return the row of a model.

    Raises:
        UnknownNameError: If previz does not know what it takes.
    """
    if not isinstance(name, str) or name not in MODELS:
        raise UnknownNameError("Order.options['model']", str(name), MODELS)
    return MODELS[name]


def fit_of(row: HostedModel, size: tuple[int, int]) -> Fit:
    """Return which of a model's sizes to make a picture in, and what is kept.

    The one of which least is cut away; of several, the smallest that is as wide as
    the picture.

    Args:
        row: The model.
        size: Width and height of the picture that is wanted.

    Raises:
        PrevizError: If the picture is taller than all that the model makes.
    """
    across, down = size
    fits = [Fit((wide, tall), wide * down / across) for wide, tall in row.sizes]
    fits = [
        Fit(fit.made, min(fit.rows, fit.made[1]))
        for fit in fits
        if fit.rows <= fit.made[1] + 1
    ]
    if not fits:
        wide, tall = min(row.sizes, key=lambda made: made[0] / made[1])
        raise PrevizError(
            f"Order.height_px must be <= {across * tall // wide} px for {row.name} at "
            f"{across} px of width, got {down}. Pass a wider picture."
        )

    def cost(fit: Fit) -> tuple[float, bool, int]:
        wide = fit.made[0]
        lost = round(fit.made[1] / fit.rows, 2)
        return lost, wide < across, wide if wide >= across else -wide

    return min(fits, key=cost)


def seconds_of(row: HostedModel, wanted_s: float) -> int:
    """Return the shortest length that a model makes and that holds a length.

    Raises:
        PrevizError: If it is longer than all that the model makes.
    """
    whole = math.ceil(wanted_s - 1e-6)
    for length in row.seconds:
        if length >= whole:
            return length
    raise PrevizError(
        f"Chunk.seconds must be <= {row.seconds[-1]} s for {row.name}, "
        f"got {wanted_s:.2f}. Plan more chunks."
    )
