"""What may stand in `film.generator`: models that make a shot's pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from previz.controls import Signal
from previz.errors import PrevizError
from previz.generate.pipelines import DType, Lora, Offload, Pipeline, load

__all__ = ["diffusers"]

LoraLike = str | Path | tuple[str | Path, float]
"""A path or id, or that with a weight."""


def diffusers(
    source: str | Path,
    *,
    controlnet: str | Path | Mapping[Signal, str | Path] | None = None,
    control: Signal | None = None,
    lora: LoraLike | Sequence[LoraLike] = (),
    steps: int | None = None,
    guidance: float | None = None,
    size: tuple[int, int] | None = None,
    sha256: str | None = None,
    revision: str | None = None,
    device: str | None = None,
    dtype: DType | None = None,
    offload: Offload | None = None,
    **how: Any,
) -> Pipeline:
    """Load any pipeline of diffusers that takes a shot's signals.

    `film.generator = pv.generators.diffusers("stabilityai/sd-turbo",
    controlnet="path of a depth ControlNet")`. Needs the extra `models`.

    Args:
        source: A folder that `save_pretrained` wrote, or the id of a model. Its class
            must be in `previz.generate.pipelines.CAPS`.
        controlnet: Control networks: one that is shown `control`, or several by what
            they are shown.
        control: What the control picture or video shows: "depth", "edges", "normal",
            "mattes", "preview"; by default what the pipeline takes best.
        lora: One or more LoRAs, each a path or id, or that with a weight.
        steps: Denoising steps; by default as the model's and LoRAs' names speak for.
        guidance: Classifier-free guidance, likewise.
        size: At about what width and height the model works; by default as trained.
        sha256: What the weights' hash must begin with.
        revision: Of the id: a branch, tag or commit.
        device: "cuda", "mps" or "cpu"; by default the best there is.
        dtype: "bfloat16", "float16", "float32"; by default as fits the memory.
        offload: "none", "model", "leaf"; by default as fits the memory.
        **how: `prompt`, `negative`, `strength`, `hold`, `seed`, `anchored` and
            `sticking` of `previz.generate.pipelines.Pipeline`.

    Raises:
        MissingRuntimeError: If the extra `models` or the device is missing.
        GenerateError: If the model cannot be found, read or trusted.
        UnknownNameError: If its pipeline is of no known class.
        PrevizError: If a setting is out of range.
    """
    nets = _nets(controlnet, control)
    loras = _loras(lora)
    loaded = load(
        source,
        controlnets=nets,
        loras=loras,
        from_preview="strength" in how,
        sha256=sha256,
        revision=revision,
        device=device,
        dtype=dtype,
        offload=offload,
    )
    controls = tuple(nets) or (() if control is None else (control,))
    return Pipeline(
        loaded,
        controls=controls,
        steps=steps,
        guidance=guidance,
        working_size=size,
        **how,
    )


def _nets(
    nets: str | Path | Mapping[Signal, str | Path] | None, control: Signal | None
) -> Mapping[Signal, str | Path]:
    if nets is None:
        return {}
    if isinstance(nets, Mapping):
        if control is not None:
            raise PrevizError(
                f"Generator.control must be left out where controlnet names signals, "
                f"got {control!r}. Pass one or the other."
            )
        return nets
    return {control or "depth": nets}


def _loras(
    asked: LoraLike | Sequence[LoraLike],
) -> tuple[Lora, ...]:
    if isinstance(asked, str | Path):
        return (Lora(str(asked)),)
    if (
        isinstance(asked, tuple)
        and len(asked) == 2
        and isinstance(asked[1], int | float)
    ):
        return (Lora(str(asked[0]), float(asked[1])),)
    return tuple(
        Lora(str(one[0]), float(one[1])) if isinstance(one, tuple) else Lora(str(one))
        for one in asked
    )
