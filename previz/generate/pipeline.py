"""The network as a pipeline of diffusers: loaded, saved and run as any other."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import torch
from diffusers import DiffusionPipeline, FlowMatchEulerDiscreteScheduler
from torch import Tensor

from previz.generate.network import PreviewNetwork, decode
from previz.generate.weights import INDEX_FILE, WEIGHTS_FILE

__all__ = ["PreviewPipeline", "write_weights"]


class PreviewPipeline(DiffusionPipeline):
    """Planes and plain pictures in, finished pictures out; light is linear.

    A network that knows a state walks from noise to its answer along the scheduler's
    times; any other answers at once.

    Args:
        network: The network.
        scheduler: Of the walk.
        weights_sha256: Of the network's file, where it was read from one.
    """

    model_cpu_offload_seq = "network"

    def __init__(
        self,
        network: PreviewNetwork,
        scheduler: FlowMatchEulerDiscreteScheduler,
        weights_sha256: str = "",
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        own: Any = self
        own.register_modules(network=network, scheduler=scheduler)
        own.register_to_config(weights_sha256=weights_sha256)

    @torch.no_grad()
    def __call__(
        self,
        planes: Tensor,
        lit: Tensor,
        *,
        num_inference_steps: int = 1,
        generator: torch.Generator | None = None,
    ) -> Tensor:
        """Return exposed linear Rec.709, shape (b, 3, h, w).

        Args:
            planes: Of `encode`, shape (b, channels, h, w).
            lit: The plain picture, shape (b, 3, h, w), >= 0.
            num_inference_steps: Of the walk, where there is one.
            generator: Of the noise that the walk begins with.
        """
        network = self._part("network")
        if network.config.state_channels:
            answer = self._walked(planes, num_inference_steps, generator)
        else:
            answer = network(planes)
        return decode(lit, answer)

    def _part(self, name: str) -> Any:
        return getattr(self, name)

    def _walked(
        self, planes: Tensor, steps: int, generator: torch.Generator | None
    ) -> Tensor:
        network, scheduler = self._part("network"), self._part("scheduler")
        shape = (planes.shape[0], network.config.state_channels, *planes.shape[2:])
        state = torch.randn(shape, generator=generator).to(planes)
        scheduler.set_timesteps(steps, device=planes.device)
        whole = scheduler.config.num_train_timesteps
        for time in scheduler.timesteps:
            share = (time / whole).expand(planes.shape[0]).to(planes)
            told = {"time": share} if network.config.timed else {}
            velocity = network(planes, state, **told)
            state = scheduler.step(velocity, time, state, return_dict=False)[0]
        return state


def write_weights(network: PreviewNetwork, folder: Path, *, half: bool = False) -> str:
    """Write a network as previz and diffusers read it; return the weights' SHA-256.

    Args:
        network: Trained.
        folder: Made if missing; a model card in it stays.
        half: Whether to store float16, at half the size.
    """
    stored: Any = deepcopy(network)
    scheduler: Any = FlowMatchEulerDiscreteScheduler
    stored = stored.half() if half else stored.float()
    pipeline: Any = PreviewPipeline(stored, scheduler())
    pipeline.save_pretrained(folder)
    sha256 = hashlib.sha256((folder / WEIGHTS_FILE).read_bytes()).hexdigest()
    index = json.loads((folder / INDEX_FILE).read_text("utf-8"))
    index["weights_sha256"] = sha256
    (folder / INDEX_FILE).write_text(json.dumps(index, indent=1) + "\n", "utf-8")
    return sha256
