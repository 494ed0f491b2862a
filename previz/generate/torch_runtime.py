"""The network in torch: on a CUDA card, or where neither other runtime is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.generate.weights import Weights

__all__ = ["TorchRuntime"]


class TorchRuntime:
    """Runs the network on a CUDA card in float16, or on the processor in float32.

    Args:
        weights: Of the network.
        device: "cuda" or "cpu"; by default the card, where there is one.

    Attributes:
        name: What it is called in a report.
    """

    def __init__(self, weights: Weights, *, device: str | None = None) -> None:
        import torch

        from previz.generate.network import PreviewNetwork

        self._torch: Any = torch
        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._dtype = torch.float16 if self._device == "cuda" else torch.float32
        network: Any = PreviewNetwork(
            in_channels=weights.plan.in_channels,
            widths=weights.plan.widths,
            depths=weights.plan.depths,
        )
        network.load_state_dict(
            {name: torch.from_numpy(x.copy()) for name, x in weights.tensors.items()}
        )
        network = network.eval().to(self._device)
        self._network = network.half() if self._dtype is torch.float16 else network
        kind = "f16" if self._device == "cuda" else "f32"
        self.name = f"torch {torch.__version__.split('+')[0]} on {self._device}, {kind}"

    def run(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's answer, shape (3, h, w).

        Args:
            planes: Shape (in_channels, h, w), both multiples of 16.
        """
        torch = self._torch
        with torch.inference_mode():
            given = torch.from_numpy(planes)[None].to(self._device, self._dtype)
            answer = self._network(given)[0].float().cpu().numpy()
        return np.asarray(answer, np.float32)
