"""On which device a model runs, in what numbers, and what waits elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from previz.errors import MissingRuntimeError, PrevizError

__all__ = [
    "DType",
    "Offload",
    "Placement",
    "choose",
    "device_here",
    "lighter",
    "place",
]

DType = Literal["bfloat16", "float16", "float32"]
Offload = Literal["none", "model", "group", "leaf"]

_ROOM = 1.25
"""Weights take this much with what they are unpacked to."""
_ACTIVATIONS_BYTES = 2.5e9
"""What the pictures in the making take besides; of a clip at 832×480 with tiling."""


@dataclass(frozen=True)
class Placement:
    """Where a model runs.

    Attributes:
        device: "cuda", "mps" or "cpu".
        dtype: "bfloat16", "float16" or "float32".
        offload: What waits in main memory: nothing, each component until its turn,
            each layer fetched while the one before works, or each layer until its
            turn (slow, least memory).
        eighths: Whether the denoiser's weights lie in 8 bits and are unpacked layer by
            layer: half the memory, a little less exact.
    """

    device: str
    dtype: DType
    offload: Offload = "none"
    eighths: bool = False

    def __str__(self) -> str:
        waits = "" if self.offload == "none" else f", offload by {self.offload}"
        packed = ", weights in 8 bits" if self.eighths else ""
        return f"{self.device}, {self.dtype}{packed}{waits}"


def choose(
    parameters: Mapping[str, int], *, device: str, free_bytes: float
) -> Placement:
    """Choose where and in what numbers a model runs.

    Args:
        parameters: How many numbers the weights of each component are.
        device: Where it is to run.
        free_bytes: Free memory of that device.

    Raises:
        PrevizError: If a processor's memory cannot hold it.
    """
    total = 2 * sum(parameters.values())
    largest = 2 * max(parameters.values(), default=0)
    if device == "cpu":
        # A processor is exact, and often faster, in float32.
        if 2 * total * _ROOM <= free_bytes:
            return Placement("cpu", "float32")
        if total * _ROOM <= free_bytes:
            return Placement("cpu", "bfloat16")
        raise PrevizError(
            f"Generator.source must fit {free_bytes / 1e9:.1f} GB of free memory, "
            f"got {total / 1e9:.1f} GB of weights. Pass a smaller model, or run on "
            "a machine with more."
        )
    dtype: DType = "float16" if device == "mps" else "bfloat16"
    if device == "mps" or total * _ROOM + _ACTIVATIONS_BYTES <= free_bytes:
        return Placement(device, dtype)
    if largest * _ROOM + _ACTIVATIONS_BYTES <= free_bytes:
        return Placement(device, dtype, "model")
    return Placement(device, dtype, "leaf")


def lighter(where: Placement, *, exact: bool) -> Placement | None:
    """Return the placement that takes less memory, or None if this is the lightest.

    Args:
        where: Which was too heavy.
        exact: Whether weights must stay as they are.
    """
    if where.device == "cpu":
        if where.dtype == "float32" and not exact:
            return replace(where, dtype="bfloat16")
        return None
    ladder: tuple[Offload, ...] = ("none", "model", "group", "leaf")
    if where.offload == "model" and not exact and not where.eighths:
        return replace(where, eighths=True)
    if where.offload == ladder[-1] or where.device.startswith("mps"):
        return None
    return replace(where, offload=ladder[ladder.index(where.offload) + 1])


def device_here(asked: str | None) -> tuple[str, float]:
    """Return the device to use and its free memory in bytes.

    Raises:
        MissingRuntimeError: If the one that was asked for is not there.
    """
    import torch

    if asked is None:
        asked = "cuda" if torch.cuda.is_available() else "cpu"
        if asked == "cpu" and torch.backends.mps.is_available():
            asked = "mps"
    kind = asked.split(":")[0]
    there = {
        "cpu": True,
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    if not there.get(kind, False):
        raise MissingRuntimeError(
            f"Generator.device must be one that this machine has, got {asked!r}. "
            "Pass 'cpu', or leave it out."
        )
    if kind == "cuda":
        free, _ = torch.cuda.mem_get_info(asked)
        return asked, float(free)
    return asked, _free_memory_bytes()


def _free_memory_bytes() -> float:
    """Return what can be had, or infinity where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("inf")
    found = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return float(found[0]) * 1024 if found else float("inf")


def place(pipe: Any, placement: Placement) -> None:
    """Move a pipeline where it runs."""
    if placement.eighths:
        import torch

        for name in ("transformer", "transformer_2", "unet"):
            network: Any = getattr(pipe, name, None)
            if network is not None:
                network.enable_layerwise_casting(
                    storage_dtype=torch.float8_e4m3fn,
                    compute_dtype=getattr(torch, placement.dtype),
                )
    if placement.offload == "group":
        pipe.enable_group_offload(
            onload_device=placement.device,
            offload_type="leaf_level",
            use_stream=placement.device.startswith("cuda"),
        )
    elif placement.offload == "model":
        pipe.enable_model_cpu_offload(device=placement.device)
    elif placement.offload == "leaf":
        pipe.enable_sequential_cpu_offload(device=placement.device)
    else:
        pipe.to(placement.device)
    decoder: Any = getattr(pipe, "vae", None)
    if placement.device != "cpu" and hasattr(decoder, "enable_tiling"):
        decoder.enable_tiling()
