"""The network's weights as files: what they must be, and what is wrong with them.

    model_index.json                               what there is, the weights' SHA-256
    network/config.json                            the network's shape and version
    network/diffusion_pytorch_model.safetensors    the weights
    scheduler/scheduler_config.json                for the pipeline of diffusers
    README.md                                      the model card

Read without torch, and nothing in them is run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.errors import PrevizError
from previz.generate.encode import CHANNELS, NOISE_PLANES, PLANES
from previz.generate.plan import BLOCK_PX, LEVELS, PlanOf

__all__ = [
    "CONFIG_FILE",
    "INDEX_FILE",
    "SHIPPED",
    "VERSION",
    "WEIGHTS_FILE",
    "Weights",
    "read_weights",
    "weights_hash",
]

SHIPPED = Path(__file__).parents[1] / "data" / "generator"
"""Where the weights that come with previz lie."""

INDEX_FILE = "model_index.json"
CONFIG_FILE = "network/config.json"
WEIGHTS_FILE = "network/diffusion_pytorch_model.safetensors"

VERSION = 1
"""Of the planes and the layers: weights of another version mean something else."""

_MOST_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Weights:
    """A network's weights.

    Attributes:
        plan: What the network is made of.
        tensors: By the names of the torch module, float32.
        sha256: Of the file; names the weights.
    """

    plan: PlanOf
    tensors: Mapping[str, NDArray[np.float32]]
    sha256: str

    @property
    def reads_noise(self) -> bool:
        """Whether the network has learnt to make anything of the planes of noise."""
        first = self.tensors["first.weight"].reshape(-1, CHANNELS, BLOCK_PX**2)
        return bool(np.any(first[:, [name in NOISE_PLANES for name in PLANES]]))


def weights_hash(folder: Path) -> str:
    """Return the SHA-256 of a folder's weights as its index states it.

    Raises:
        PrevizError: If the index is missing or states none.
    """
    stated = _json(folder / INDEX_FILE).get("weights_sha256")
    if not isinstance(stated, str) or len(stated) != 64:
        raise _wrong(folder / INDEX_FILE, "state the weights' SHA-256", repr(stated))
    return stated


def read_weights(folder: Path) -> Weights:
    """Read a network's weights and check them.

    Args:
        folder: As described above.

    Raises:
        PrevizError: If a file is missing or broken, is not the one that its index
            names, or is of a version or shape that this previz cannot run.
    """
    stated = weights_hash(folder)
    path = folder / WEIGHTS_FILE
    raw = _bytes(path)
    sha256 = hashlib.sha256(raw).hexdigest()
    if sha256 != stated:
        raise _wrong(path, f"have the SHA-256 {stated[:12]}… of its index",
                     f"{sha256[:12]}…")  # fmt: skip
    plan = _plan(folder / CONFIG_FILE)
    tensors = _tensors(raw, path)
    _check_shapes(plan, tensors, path)
    return Weights(plan, tensors, sha256)


def _plan(path: Path) -> PlanOf:
    config = _json(path)
    if config.get("version") != VERSION:
        raise _wrong(path, f"be of version {VERSION}", repr(config.get("version")))
    try:
        plan = PlanOf(
            int(config["in_channels"]),
            tuple(int(x) for x in config["widths"]),
            tuple(int(x) for x in config["depths"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _wrong(path, "describe a network", repr(error)) from None
    if config.get("state_channels") or config.get("timed"):
        raise _wrong(path, "be of a network that needs one step", "one of many steps")
    if plan.in_channels != CHANNELS:
        raise _wrong(path, f"read {CHANNELS} planes", str(plan.in_channels))
    if len(plan.widths) != LEVELS or len(plan.depths) != LEVELS:
        raise _wrong(path, f"have {LEVELS} levels", f"{plan.widths}, {plan.depths}")
    return plan


def _tensors(raw: bytes, path: Path) -> dict[str, NDArray[np.float32]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        stored = load(raw)
    except (SafetensorError, KeyError, ValueError, TypeError) as error:
        raise _wrong(path, "be a whole safetensors file", str(error)) from None
    tensors = {name: np.ascontiguousarray(x, np.float32) for name, x in stored.items()}
    for name, values in tensors.items():
        if not np.isfinite(values).all():
            raise _wrong(path, "hold finite numbers", f"others in {name}")
    return tensors


def _check_shapes(
    plan: PlanOf, tensors: Mapping[str, NDArray[np.float32]], path: Path
) -> None:
    expected = plan.shapes()
    found = {name: values.shape for name, values in tensors.items()}
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            raise _wrong(
                path, f"have {name} of shape {expected.get(name)}",
                str(found.get(name)),
            )  # fmt: skip


def _json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(_bytes(path))
    except (ValueError, RecursionError) as error:
        raise _wrong(path, "be JSON", str(error)) from None
    if not isinstance(read, dict):
        raise _wrong(path, "be a JSON object", type(read).__name__)
    return read


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise _wrong(path, f"be at most {_MOST_BYTES} bytes", str(size))
        return path.read_bytes()
    except OSError as error:
        raise _wrong(path, "be a file that can be read", str(error)) from None


def _wrong(path: Path, rule: str, got: str) -> PrevizError:
    return PrevizError(
        f"Weights.{path.name} must {rule}, got {got} in {path.parent}. "
        "Install previz again, or make the weights anew; film.generator = None "
        "leaves pictures plain."
    )
