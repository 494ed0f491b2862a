"""What a backend is: it plans without a GPU, and makes frames one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from previz.controls import Footage
from previz.deliver import Attribute
from previz.promote.frozen import Frozen, Order

if TYPE_CHECKING:
    from previz.promote.plan import Plan, Run

__all__ = ["Backend", "Frame", "Task"]


@dataclass(frozen=True)
class Frame:
    """One finished frame.

    Attributes:
        number: Of the shot, from 0.
        picture: Exposed linear Rec.709 before the display transform, float32, or
            sRGB code values as a model gives them, uint8; shape (h, w, 3).
        layers: What an EXR carries besides, each of shape (h, w) or (h, w, c):
            "depth" (metres along the axis), "normal" (world), "motion" (pixels to the
            next frame: right, down), "albedo", "ids" (uint32 by rank, the largest
            share first, as `previz.deliver.id_of` makes them of names) and "coverage"
            (their shares), "alpha"; all that `previz.deliver.write_exr` takes.
        names: Of all that "ids" may be of.
        camera: How it was shot, as `previz.deliver.camera_attributes` says it.
    """

    number: int
    picture: NDArray[np.float32] | NDArray[np.uint8]
    layers: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    camera: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def is_linear(self) -> bool:
        """Whether it waits for the display transform."""
        return bool(self.picture.dtype == np.float32)


def _nobody(note: str) -> None:
    """Hear a note that nobody keeps."""


def _unbooked(usd: float) -> None:
    """Keep no account of what a take costs."""


@dataclass(frozen=True)
class Task:
    """What a backend is asked to make.

    Attributes:
        frozen: The shot.
        footage: The shot, drawn on demand: state, buffers, preview.
        plan: As the backend planned it.
        wanted: Frames that are missing, in order; made ones are never asked for.
        made: Returns a frame that is kept already, for what continues from it.
        scratch: A folder of this take's that outlives a killed process. Sound that
            comes with the pictures is left there as `sound.wav`, before the last of
            them is yielded: nothing is asked for after it.
        stopped: Asked often; a backend gives up within one step once it says so.
        report: Told what is done, steps done and steps in all.
        note: Told what the take's manifest must say besides, such as that memory
            made it step down.
        budget_usd: What may be spent on this take, what was spent on it before
            included; None where no sum was named.
        spent: Told in USD what this take has cost so far: the whole sum, each time
            it grows and again after a restart.
    """

    frozen: Frozen
    footage: Footage
    plan: Plan
    wanted: tuple[int, ...]
    made: Callable[[int], Frame]
    scratch: Path
    stopped: Callable[[], bool]
    report: Callable[[str, int, int], None]
    note: Callable[[str], None] = _nobody
    budget_usd: float | None = None
    spent: Callable[[float], None] = _unbooked


class Backend(Protocol):
    """Makes a frozen shot's frames at full quality."""

    @property
    def name(self) -> str:
        """Its name in an order."""

    def plan(
        self,
        order: Order,
        *,
        length_frames: int,
        rate_fps: float,
        runs: Sequence[Run] = (),
    ) -> Plan:
        """Return what it would do: pure, without GPU, weights or network.

        Args:
            order: How the shot is to be made.
            length_frames: Of the shot.
            rate_fps: Of the film.
            runs: What was measured before, of any backend, for the forecast.

        Raises:
            PrevizError: If the order cannot be carried out.
        """

    def told(self, order: Order, footage: Footage) -> dict[str, str]:
        """Return what it is told of a shot besides what is where in each frame.

        That is what decides the pictures but is no geometry, light or camera: the
        prompt, the SHA-256 of reference pictures; by name. A tracer is told nothing.
        """

    def weights(self, order: Order) -> dict[str, str]:
        """Return the SHA-256 of each file of weights an order needs.

        Raises:
            GenerateError: If they are missing, of another hash or not safetensors.
        """

    def versions(self) -> dict[str, str]:
        """Return the versions of the packages that decide its pixels."""

    def frames(self, task: Task) -> Iterator[Frame]:
        """Yield the wanted frames in order, each as soon as it is whole.

        Raises:
            TraceError: If a trace failed or was stopped.
            GenerateError: If a model failed, was stopped or gave no picture.
        """
