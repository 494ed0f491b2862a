"""Promotion by path tracing: Mitsuba and Open Image Denoise, no weights, anywhere.

The scene itself is traced, so nothing has to be guided. The tracer lives in a process
of its own; one that dies is started again once. All frames of a take share the seed of
their paths: the little noise that the denoiser leaves then stands still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from previz.controls import SIGNALS, Footage
from previz.deliver import camera_attributes
from previz.errors import (
    MissingRuntimeError,
    PrevizError,
    TraceError,
    UnknownNameError,
)
from previz.model import Medium
from previz.promote.backend import Frame, Task
from previz.promote.backends.drawn import drawn, in_clay
from previz.promote.forecast import forecast
from previz.promote.frozen import Order, Quality
from previz.promote.layers import Drawing, layers_of, names_of
from previz.promote.plan import Chunk, Plan, Run, Use
from previz.render.lens.glass import bend
from previz.stage import StageState
from previz.trace import (
    VARIANTS,
    Care,
    Layers,
    Tracer,
    best_variant,
    exposed,
    order_of,
    tracer_of,
)
from previz.trace import Order as Traced
from previz.trace.threads import threads_asked

__all__ = ["SAMPLES", "PathBackend"]

SAMPLES: Mapping[Quality, int] = MappingProxyType(
    {"draft": 4, "standard": 64, "final": 256}
)
"""Paths a pixel."""

_CARE: Mapping[Quality, Care] = MappingProxyType(
    {
        "draft": Care(
            roulette=2, sampler="multijitter", looks=8, denoiser="balanced", clean=False
        ),
        "standard": Care(roulette=2, sampler="multijitter", looks=16),
        "final": Care(roulette=3, sampler="multijitter"),
    }
)
"""What a picture is spared: at equal error, half the time."""

_LOOKS: Mapping[Quality, int] = MappingProxyType(
    {"draft": 16, "standard": 32, "final": 64}
)
_MOST_SAMPLES = 65_536
_OPTIONS = ("samples", "variant", "denoise", "grown")
_PACKAGES = ("mitsuba", "drjit", "pyoidn", "numpy", "numba")
_LICENCE = "Mitsuba 3 (BSD-3-Clause), Open Image Denoise (Apache-2.0)"
_MERGED = "is in the geometry that is traced"
_USES: Mapping[str, tuple[Literal["used", "merged", "dropped"], str]] = (
    MappingProxyType(
        {
            "camera": ("used", "traced through its thin lens while the shutter opens"),
            "prompt": ("dropped", "a tracer reads no words"),
            "references": ("dropped", "people look as the film's bodies are dressed"),
            "preview": (
                "dropped",
                "light is traced anew; shots in a drawn medium are drawn from it at "
                "full size",
            ),
            "first": ("dropped", "every frame is traced"),
            "last": ("dropped", "every frame is traced"),
        }
    )
)


@dataclass(frozen=True)
class _Asked:
    """What an order's options say.

    Attributes:
        samples: Paths a pixel.
        looks: Looks a pixel for ids.
        variant: Of Mitsuba.
        denoise: Whether the light is denoised.
        grown: Whether leaves, grass and hair grow where blocking has proxies.
    """

    samples: int
    looks: int
    variant: str
    denoise: bool
    grown: bool

    @classmethod
    def of(cls, order: Order) -> _Asked:
        told = order.options
        for name in told:
            if name not in _OPTIONS:
                raise UnknownNameError("Order.options", name, _OPTIONS)
        samples = told.get("samples", SAMPLES[order.quality])
        right = isinstance(samples, int) and not isinstance(samples, bool)
        if not right or not 1 <= samples <= _MOST_SAMPLES:
            raise PrevizError(
                f"Order.options['samples'] must be 1 to {_MOST_SAMPLES}, "
                f"got {samples!r}. Pass such as {SAMPLES[order.quality]}."
            )
        variant = told.get("variant", "auto")
        if variant not in ("auto", *VARIANTS):
            raise UnknownNameError(
                "Order.options['variant']", str(variant), ("auto", *VARIANTS)
            )
        for name in ("denoise", "grown"):
            if not isinstance(told.get(name, True), bool):
                raise PrevizError(
                    f"Order.options[{name!r}] must be true or false, "
                    f"got {told[name]!r}. Leave it out for true."
                )
        return cls(
            samples, _LOOKS[order.quality], variant, told.get("denoise", True),
            told.get("grown", True),
        )  # fmt: skip

    def variant_for(self, size: tuple[int, int]) -> str:
        """Return the variant that was asked for, or the fastest here for a size."""
        if self.variant != "auto":
            return self.variant
        return best_variant(size[0] * size[1] * self.samples)

    def foretold(self, size: tuple[int, int]) -> str:
        """Return the variant that a plan reckons with: "auto" where none runs here."""
        try:
            return self.variant_for(size)
        except MissingRuntimeError:
            return self.variant


class PathBackend:
    """Path-traced takes.

    Args:
        tracer: Who traces for a variant; by default one that this process shares.
    """

    name = "path"

    def __init__(self, tracer: Callable[[str], Tracer] = tracer_of) -> None:
        self._tracer = tracer

    def plan(
        self,
        order: Order,
        *,
        length_frames: int,
        rate_fps: float,
        runs: Sequence[Run] = (),
    ) -> Plan:
        """Return what it would do; as `Backend.plan`."""
        asked = _Asked.of(order)
        size = (order.width_px, order.height_px)
        warnings = []
        if not asked.denoise and asked.samples < SAMPLES["final"]:
            warnings.append(
                f"{asked.samples} paths a pixel without denoising leave visible noise"
            )
        plan = Plan(
            backend=self.name,
            shown=size,
            made=size,
            length_frames=length_frames,
            chunks=tuple(Chunk(frame, 1) for frame in range(length_frames)),
            uses=tuple(
                Use(signal, *_USES.get(signal, ("merged", _MERGED)))
                for signal in SIGNALS
            ),
            steps=asked.samples,
            model=f"{self.name} {asked.foretold(size)}",
            licence=_LICENCE,
            warnings=tuple(warnings),
        )
        return replace(plan, forecast=forecast(plan, runs))

    def told(self, order: Order, footage: Footage) -> dict[str, str]:
        """Return what strokes are invented from in a drawn medium; else nothing."""
        medium = footage.film.medium_of(footage.scene, footage.shot)
        if medium is Medium.NATURAL:
            return {}
        return {"medium": str(medium), "seed": str(footage.seed)}

    def weights(self, order: Order) -> dict[str, str]:
        """Return nothing: a tracer has no weights."""
        return {}

    def versions(self) -> dict[str, str]:
        """Return the versions of the packages that decide its pixels."""
        found = {}
        for package in _PACKAGES:
            try:
                found[package] = metadata.version(package)
            except metadata.PackageNotFoundError:
                # Frozen here, it may be traced elsewhere.
                continue
        return found

    def frames(self, task: Task) -> Iterator[Frame]:
        """Yield the wanted frames in order, each as soon as it is whole.

        Raises:
            MissingRuntimeError: If the extra `path` is missing or the variant does not
                run here.
            TraceError: If it was stopped, or a frame failed twice.
        """
        asked = _Asked.of(task.frozen.order)
        size = (task.frozen.order.width_px, task.frozen.order.height_px)
        tracer = self._tracer(asked.variant_for(size))
        task.note(f"traced by Mitsuba's {tracer.runtime.variant}")
        count = len(task.wanted)
        task.report("Path tracing", 0, count)
        for done, made in enumerate(_made(task, tracer, asked), 1):
            yield made
            task.report("Path tracing", done, count)


@dataclass(frozen=True)
class _Posed:
    """A frame before it is traced.

    Attributes:
        number: Of the shot.
        drawing: It, as it is drawn.
        asks: What is to be traced.
        layers: What is drawn of it.
    """

    number: int
    drawing: Drawing
    asks: Traced
    layers: dict[str, NDArray[np.generic]]


def _made(task: Task, tracer: Tracer, asked: _Asked) -> Iterator[Frame]:
    """Yield the wanted frames; while one is traced the next is posed.

    Who owns one core alone poses it afterwards.
    """
    wanted, alone = iter(task.wanted), threads_asked() == 1
    with ThreadPoolExecutor(1) as pool:
        coming = next(wanted, None)
        posed = None if coming is None else _posed(task, asked, coming)
        while posed is not None:
            coming = next(wanted, None)
            pose = partial(_posed, task, asked, coming) if coming is not None else None
            after = None if pose is None or alone else pool.submit(pose)
            light = _traced(task, tracer, posed.asks, posed.number)
            if after is not None:
                # Nobody else is on the stage while a frame is finished. What is traced
                # is not lost where the next one cannot be posed.
                wait([after])
            yield _finished(task, posed, light)
            if after is not None:
                posed = after.result()
            else:
                posed = None if pose is None else pose()


def _posed(task: Task, asked: _Asked, number: int) -> _Posed:
    order, footage = task.frozen.order, task.footage
    stage, size = footage.stage, (order.width_px, order.height_px)
    state = footage.state(number, width_px=size[0])
    medium = _medium(footage)
    grown = asked.grown and medium is Medium.NATURAL
    asks = order_of(
        stage, state, width_px=size[0], height_px=size[1], samples=asked.samples,
        seed=order.seed, denoise=asked.denoise, grown=grown,
    )  # fmt: skip
    asks = replace(asks, care=_CARE[order.quality])
    if medium is Medium.CLAY:
        asks = in_clay(asks)
    drawing = Drawing(stage, state, *size)
    layers = layers_of(
        drawing, names=stage.object_names, looks=asked.looks,
        following=_following(footage, number, size[0]),
    )  # fmt: skip
    return _Posed(number, drawing, asks, layers)


def _finished(task: Task, posed: _Posed, light: Layers) -> Frame:
    footage, drawing = task.footage, posed.drawing
    stage, state, medium = footage.stage, drawing.state, _medium(footage)
    picture: NDArray[Any] = exposed(
        light, stage, state, exposure_ev100=stage.scene.exposure_ev100
    )
    if medium is not Medium.NATURAL:
        picture = drawn(drawing, picture, medium, seed=footage.seed)
    bent = {
        "alpha": _bent(light.covered, drawing),
        "albedo": _bent(light.albedo, drawing),
    }
    return Frame(
        number=posed.number,
        picture=picture,
        layers={**posed.layers, **bent},
        names=_names(stage.object_names),
        camera=camera_attributes(state.camera),
    )


def _medium(footage: Footage) -> Medium:
    return footage.film.medium_of(footage.scene, footage.shot)


def _names(names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(sorted({*names.values(), names_of(names, 0)}))


def _following(footage: Footage, number: int, width_px: int) -> StageState | None:
    if number + 1 >= footage.length_frames:
        return None
    return footage.state(number + 1, width_px=width_px)


def _traced(task: Task, tracer: Tracer, asks: Traced, number: int) -> Layers:
    """Trace a frame; once more if the process failed."""
    try:
        return tracer.layers(asks, stopped=task.stopped)
    except TraceError as first:
        if task.stopped():
            raise
        task.note(f"frame {number} was traced again: {first}")
    try:
        return tracer.layers(asks, stopped=task.stopped)
    except TraceError as second:
        if task.stopped():
            raise
        raise TraceError(
            f"Promotion.frame {number} must be traced in two tries, got: {second}"
        ) from None


def _bent(layer: NDArray[np.float32], drawing: Drawing) -> NDArray[np.float32]:
    """Return a traced layer as the glass bends the picture, 0 to 1."""
    passage = drawing.passage()
    three = layer if layer.ndim == 3 else np.repeat(layer[..., None], 3, axis=2)
    out = bend(
        np.ascontiguousarray(three), distortion=passage.camera.look.distortion,
        aberration=0.0, wider=passage.wider, centre_px=passage.seen.centre_px,
    )  # fmt: skip
    clipped = np.clip(out, 0.0, 1.0)
    return np.ascontiguousarray(clipped if layer.ndim == 3 else clipped[..., 0])
