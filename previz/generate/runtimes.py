"""What runs the network on this machine: the best that is installed and works."""

from __future__ import annotations

from collections.abc import Callable
from importlib import util
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from previz.errors import MissingRuntimeError, UnknownNameError
from previz.generate.weights import Weights

__all__ = ["RUNTIMES", "Runtime", "find_runtime", "order_of"]

RUNTIMES = ("openvino", "onnxruntime", "torch", "numpy")
"""In the order they are tried; torch comes first where there is a CUDA card. NumPy
needs half a second a frame, and always works."""

_TRIED_PX = 16
_TRUE_SHARE, _TRUE = 0.1, 0.01
"""What a right answer may be off, against its size and at least: bfloat16 stays far
below, a processor on which a runtime errs lies far above."""


class Runtime(Protocol):
    """Runs the network. Called from several threads at once.

    Attributes:
        name: With version and precision, for a report.
    """

    name: str

    def run(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's answer, shape (3, h, w).

        Args:
            planes: Shape (in_channels, h, w), both multiples of 16.
        """


def order_of(asked: str | None = None) -> tuple[str, ...]:
    """Return the names of the runtimes to try, of those that are installed.

    Args:
        asked: The only one to try.

    Raises:
        UnknownNameError: If there is no such runtime.
    """
    if asked is not None and asked not in RUNTIMES:
        raise UnknownNameError("Generator.runtime", asked, RUNTIMES)
    names = RUNTIMES if asked is None else (asked,)
    if asked is None and _has_card():
        names = ("torch", "openvino", "onnxruntime", "numpy")
    needs = {"onnxruntime": ("onnxruntime", "onnx"), "torch": ("torch", "diffusers")}
    return tuple(
        name
        for name in names
        if all(util.find_spec(module) for module in needs.get(name, (name,)))
    )


def find_runtime(weights: Weights, asked: str | None = None) -> Runtime:
    """Return what runs the network here.

    A runtime that is installed but does not start, or answers wrongly on this
    processor, is passed over.

    Args:
        weights: Of the network.
        asked: One of `RUNTIMES`; by default the best that works.

    Raises:
        UnknownNameError: If there is no such runtime.
        MissingRuntimeError: If the one that is asked for does not work.
    """
    wrong = "not installed"
    for name in order_of(asked):
        try:
            runtime = _MAKERS[name](weights)
            if name == "numpy" or _answers_rightly(runtime, weights):
                return runtime
            wrong = "wrong answers on this processor"
        except (ImportError, RuntimeError, OSError) as error:
            wrong = str(error).strip().rpartition("\n")[2]
    raise MissingRuntimeError(
        f"Generator.runtime must work here, got {asked}: {wrong}. "
        "Leave it out for the best that does, or pip install 'previz[onnx]'."
    )


def _answers_rightly(runtime: Runtime, weights: Weights) -> bool:
    """Say whether a runtime answers a small frame as NumPy does."""
    shape = (weights.plan.in_channels, _TRIED_PX, _TRIED_PX)
    planes = np.random.default_rng(0).standard_normal(shape).astype(np.float32)
    expected = _numpy(weights).run(planes)
    gap = float(np.sqrt(np.mean((runtime.run(planes) - expected) ** 2)))
    return gap <= _TRUE_SHARE * float(np.sqrt(np.mean(expected**2))) + _TRUE


def _has_card() -> bool:
    """Return whether there may be a CUDA card, without loading torch."""
    return any(Path(f"/dev/{name}").exists() for name in ("nvidia0", "dxg"))


def _openvino(weights: Weights) -> Runtime:
    from previz.generate.openvino_runtime import OpenVinoRuntime

    return OpenVinoRuntime(weights)


def _onnxruntime(weights: Weights) -> Runtime:
    from previz.generate.onnx_runtime import OnnxRuntime

    return OnnxRuntime(weights)


def _torch(weights: Weights) -> Runtime:
    from previz.generate.torch_runtime import TorchRuntime

    return TorchRuntime(weights)


def _numpy(weights: Weights) -> Runtime:
    from previz.generate.numpy_runtime import NumpyRuntime

    return NumpyRuntime(weights)


_MAKERS: dict[str, Callable[[Weights], Runtime]] = {
    "openvino": _openvino,
    "onnxruntime": _onnxruntime,
    "torch": _torch,
    "numpy": _numpy,
}
