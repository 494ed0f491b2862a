"""The network in ONNX Runtime, where OpenVINO does not run (extra `onnx`)."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.generate.graph import draw_network
from previz.generate.weights import Weights

__all__ = ["OnnxRuntime"]

_THREADS = 2
_OPSET, _IR = 17, 9


class OnnxRuntime:
    """Runs the network on the processor, in float32.

    Args:
        weights: Of the network.
        threads: How many it may use.

    Attributes:
        name: What it is called in a report.
    """

    def __init__(self, weights: Weights, *, threads: int = _THREADS) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session: Any = onnxruntime.InferenceSession(
            _model(weights), options, providers=["CPUExecutionProvider"]
        )
        self.name = f"ONNX Runtime {onnxruntime.__version__}, f32"

    def run(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's answer, shape (3, h, w).

        Args:
            planes: Shape (in_channels, h, w), both multiples of 16.
        """
        answer = self._session.run(None, {"planes": planes[None]})[0]
        return np.asarray(answer[0], np.float32)


def _model(weights: Weights) -> bytes:
    """Return the network as an ONNX file's bytes, for any size."""
    from onnx import TensorProto, helper

    pen = _Pen()
    answer = draw_network(pen, "planes", weights.plan, weights.tensors)
    value = partial(helper.make_tensor_value_info, elem_type=TensorProto.FLOAT)
    graph = helper.make_graph(
        pen.nodes,
        "previz",
        [value("planes", shape=[1, weights.plan.in_channels, "h", "w"])],
        [value(answer, shape=[1, 3, "h", "w"])],
        pen.constants,
    )
    opset = [helper.make_opsetid("", _OPSET)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=_IR)
    return bytes(model.SerializeToString())


class _Pen:
    """Draws nodes of an ONNX graph; what it hands round are names."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def conv(
        self,
        x: str,
        weight: NDArray[np.float32],
        bias: NDArray[np.float32],
        *,
        stride: int = 1,
        alone: bool = False,
    ) -> str:
        pad = weight.shape[2] // 2 if alone else 0
        names = [x, self._constant(weight), self._constant(bias)]
        return self._node(
            "Conv", names, strides=[stride] * 2, pads=[pad] * 4,
            group=len(weight) if alone else 1,
        )  # fmt: skip

    def gathered(self, x: str, edge: int) -> str:
        # SpaceToDepth puts channels last within a block; a convolution that copies
        # would do, but reshaping is exact and cheap.
        sizes = self._node("Shape", [x])
        channels, height, width = (self._size(sizes, axis) for axis in (1, 2, 3))
        one, block = self._whole(1), self._whole(edge)
        rows = self._node("Div", [height, block])
        cols = self._node("Div", [width, block])
        split = self._joined([one, channels, rows, block, cols, block])
        x = self._node("Reshape", [x, split])
        x = self._node("Transpose", [x], perm=[0, 1, 3, 5, 2, 4])
        deep = self._node("Mul", [channels, self._whole(edge * edge)])
        return self._node("Reshape", [x, self._joined([one, deep, rows, cols])])

    def spread(self, x: str, edge: int) -> str:
        return self._node("DepthToSpace", [x], blocksize=edge, mode="CRD")

    def add(self, x: str, y: str) -> str:
        return self._node("Add", [x, y])

    def times(self, x: str, y: str | float) -> str:
        factor = y if isinstance(y, str) else self._constant(np.array(y, np.float32))
        return self._node("Mul", [x, factor])

    def sigmoid(self, x: str) -> str:
        return self._node("Sigmoid", [x])

    def tanh(self, x: str) -> str:
        return self._node("Tanh", [x])

    def _node(self, kind: str, inputs: list[str], *, outputs: int = 1, **how: Any
              ) -> str:  # fmt: skip
        from onnx import helper

        name = f"n{len(self.nodes)}"
        names = [name, f"{name}b"][:outputs]
        self.nodes.append(helper.make_node(kind, inputs, names, **how))
        return name

    def _constant(self, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(
            numpy_helper.from_array(np.ascontiguousarray(values), name)
        )
        return name

    def _whole(self, number: int) -> str:
        return self._constant(np.array([number], np.int64))

    def _size(self, sizes: str, axis: int) -> str:
        return self._node("Gather", [sizes, self._whole(axis)])

    def _joined(self, parts: list[str]) -> str:
        return self._node("Concat", parts, axis=0)
