"""What a backend would do with a shot, before it costs anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Chunk", "Forecast", "Plan", "Use"]


@dataclass(frozen=True)
class Use:
    """What becomes of one control signal.

    Attributes:
        signal: Its name in `previz.controls`.
        fate: Whether the backend is shown it, sees it within another, or not at all.
        how: In words.
    """

    signal: str
    fate: Literal["used", "merged", "dropped"]
    how: str


@dataclass(frozen=True)
class Chunk:
    """Frames made in one go; `overlap` of the first were made by the chunk before."""

    first_frame: int
    length_frames: int
    overlap: int = 0
    made_frames: int = 0


@dataclass(frozen=True)
class Forecast:
    """What it would take, from measured runs; None where none was measured."""

    seconds: float | None = None
    memory_bytes: int | None = None
    cost_usd: float | None = None
    from_runs: int = 0


@dataclass(frozen=True)
class Plan:
    """Sizes, lengths and signals as a backend would use them. Shows as a table.

    Attributes:
        backend: Its name.
        shown: Width and height of the pictures that come back.
        made: Width and height at which it works.
        length_frames: Of the take.
        chunks: What is made in one go.
        uses: Every signal and its fate.
        steps: Denoising steps, or paths a pixel, of one frame or chunk.
        forecast: Time, memory and money.
        licence: Under which pictures are made.
        warnings: What the director should know before it is spent.
    """

    backend: str
    shown: tuple[int, int]
    made: tuple[int, int]
    length_frames: int
    chunks: tuple[Chunk, ...]
    uses: tuple[Use, ...] = ()
    steps: int = 1
    forecast: Forecast = Forecast()
    licence: str = ""
    warnings: tuple[str, ...] = ()
