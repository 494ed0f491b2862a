"""The network in OpenVINO: the fastest on a processor, and what previz comes with."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.generate.graph import draw_network
from previz.generate.weights import Weights
from previz.render.hands import alone

__all__ = ["OpenVinoRuntime"]

_THREADS = 2
_SIZES = 8
"""Sizes of picture, alone and side by side, whose compiled networks are kept."""


class OpenVinoRuntime:
    """Runs the network on the processor, in bfloat16 where it has that.

    Args:
        weights: Of the network.
        precision: "bf16" or "f32"; by default what the processor does best.
        threads: How many it may use.

    Attributes:
        name: What it is called in a report.
    """

    def __init__(
        self,
        weights: Weights,
        *,
        precision: str | None = None,
        threads: int = _THREADS,
    ) -> None:
        import openvino

        self._core: Any = openvino.Core()
        able = self._core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self._precision = precision or ("bf16" if "BF16" in able else "f32")
        self._threads = threads
        self._weights = weights
        self._making = threading.Lock()
        self._compiled: Any = lru_cache(maxsize=_SIZES)(self._compile)
        self._local = threading.local()
        self.name = f"OpenVINO {openvino.__version__.split('-')[0]}, {self._precision}"

    def run(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's answer, shape (3, h, w).

        Args:
            planes: Shape (in_channels, h, w), both multiples of 16.
        """
        # Frames side by side have a thread each: none waits for the other's cores.
        streams = 1 if alone() else self._threads
        with self._making:
            compiled = self._compiled(planes.shape[1:], streams)
        request = self._request(compiled)
        answer = request.infer({0: planes[None]}, share_inputs=True)
        return np.array(answer[0][0], np.float32)

    def _request(self, compiled: Any) -> Any:
        """Return this thread's own request of a compiled network."""
        if not hasattr(self._local, "request"):
            self._local.request = lru_cache(maxsize=_SIZES)(
                lambda compiled: compiled.create_infer_request()
            )
        return self._local.request(compiled)

    def _compile(self, size: tuple[int, int], streams: int) -> Any:
        import openvino
        from openvino import opset13

        plan = self._weights.plan
        shape = [1, plan.in_channels, *size]
        planes = opset13.parameter(shape, np.float32, name="planes")
        answer = draw_network(_Pen(opset13), planes, plan, self._weights.tensors)
        model = openvino.Model([answer], [planes], "previz")
        return self._core.compile_model(
            model,
            "CPU",
            {
                "PERFORMANCE_HINT": "LATENCY",
                "INFERENCE_PRECISION_HINT": self._precision,
                "INFERENCE_NUM_THREADS": self._threads,
                "NUM_STREAMS": streams,
            },
        )


class _Pen:
    """Draws with the operations of one opset."""

    def __init__(self, ops: Any) -> None:
        self._ops = ops

    def conv(
        self,
        x: Any,
        weight: NDArray[np.float32],
        bias: NDArray[np.float32],
        *,
        stride: int = 1,
        alone: bool = False,
    ) -> Any:
        ops, pad = self._ops, weight.shape[2] // 2 if alone else 0
        where = ([stride] * 2, [pad] * 2, [pad] * 2, [1, 1])
        if alone:
            made = ops.group_convolution(x, ops.constant(weight[:, None]), *where)
        else:
            made = ops.convolution(x, ops.constant(weight), *where)
        return ops.add(made, ops.constant(bias.reshape(1, -1, 1, 1)))

    def gathered(self, x: Any, edge: int) -> Any:
        return self._ops.space_to_depth(x, "depth_first", edge)

    def spread(self, x: Any, edge: int) -> Any:
        return self._ops.depth_to_space(x, "depth_first", edge)

    def add(self, x: Any, y: Any) -> Any:
        return self._ops.add(x, y)

    def times(self, x: Any, y: Any) -> Any:
        factor = self._ops.constant(np.float32(y)) if isinstance(y, float) else y
        return self._ops.multiply(x, factor)

    def sigmoid(self, x: Any) -> Any:
        return self._ops.sigmoid(x)

    def tanh(self, x: Any) -> Any:
        return self._ops.tanh(x)
