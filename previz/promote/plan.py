"""What a backend would do with a shot, before it costs anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Chunk", "Forecast", "Plan", "Run", "Use"]


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
    """Frames made in one go.

    Attributes:
        first_frame: Of the shot.
        length_frames: How many frames of the shot it spans.
        overlap: How many of its first were made by the chunk before, and are given so
            that motion goes on.
        made_frames: How many are made, with those that are dropped in the end; 0 if
            there are none.
    """

    first_frame: int
    length_frames: int
    overlap: int = 0
    made_frames: int = 0

    @property
    def owned(self) -> range:
        """The frames that it brings, without those of the chunk before."""
        first = self.first_frame
        return range(first + self.overlap, first + self.length_frames)


@dataclass(frozen=True)
class Run:
    """What one finished job took, as the ledger keeps it.

    Attributes:
        backend: Its name.
        model: The plan's `model`: runs of another model foretell nothing.
        device: Where it ran, such as "cpu" or a GPU's name; empty if unknown.
        work: The plan's `work`, of the frames that it made.
        seconds: From its first frame's beginning to its last one's end.
        memory_bytes: Most that it held, where that was measured.
        cost_usd: What was billed.
    """

    backend: str
    model: str
    device: str
    work: float
    seconds: float
    memory_bytes: int | None = None
    cost_usd: float | None = None


@dataclass(frozen=True)
class Forecast:
    """What it would take, from measured runs; None where none was measured."""

    seconds: float | None = None
    memory_bytes: int | None = None
    cost_usd: float | None = None
    from_runs: int = 0


@dataclass(frozen=True, repr=False)
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
        model: What makes the pictures, as a forecast tells runs apart: weights and
            all that makes a step dearer or cheaper.
        forecast: Time, memory and money.
        licence: Under which pictures are made.
        warnings: What the director should know before it is spent.
        proof: The frames that are made of the take; none where it is made whole.
    """

    backend: str
    shown: tuple[int, int]
    made: tuple[int, int]
    length_frames: int
    chunks: tuple[Chunk, ...]
    uses: tuple[Use, ...] = ()
    steps: int = 1
    model: str = ""
    forecast: Forecast = Forecast()
    licence: str = ""
    warnings: tuple[str, ...] = ()
    proof: tuple[int, ...] = ()

    def __repr__(self) -> str:
        from previz.promote.plan_text import plans_text

        return plans_text({"": self})

    def _repr_html_(self) -> str:
        from previz.promote.plan_table import plan_table

        return plan_table(self)

    @property
    def effort(self) -> tuple[str, str]:
        """What `steps` counts, and of what: ("paths", "a pixel")."""
        if self.backend == "path":
            return "paths", "a pixel"
        made = max(chunk.made_frames or chunk.length_frames for chunk in self.chunks)
        return "steps", "of each frame" if made == 1 else ""

    @property
    def frames_text(self) -> str:
        """How many frames are made, in words: "36", or "3 of 36" of a proof."""
        whole = str(self.length_frames)
        return f"{len(self.proof)} of {whole}" if self.proof else whole

    @property
    def work(self) -> float:
        """What its time is in proportion to: millions of pixels, times steps."""
        made = sum(chunk.made_frames or chunk.length_frames for chunk in self.chunks)
        return self.made[0] * self.made[1] * made * self.steps / 1e6
