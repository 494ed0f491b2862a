"""Three runtimes, one function; and what is said where none is there."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from nets import small_network, weights_of

from previz.errors import MissingRuntimeError, UnknownNameError
from previz.generate import CHANNELS, find_runtime
from previz.generate import runtimes as places
from previz.generate.numpy_runtime import NumpyRuntime
from previz.generate.onnx_runtime import OnnxRuntime
from previz.generate.openvino_runtime import OpenVinoRuntime
from previz.generate.torch_runtime import TorchRuntime
from previz.render.hands import alone, drawing

F32_TOLERANCE, BF16_TOLERANCE = 1e-4, 0.1
"""Of the logarithm of light, at most. In bfloat16 a tenth at the worst pixel, and a
hundredth on average: half a code value in the middle of the scale."""


@cache
def planes(height=48, width=64):
    random = np.random.default_rng(3)
    return random.standard_normal((CHANNELS, height, width)).astype(np.float32)


@cache
def expected(height=48, width=64):
    with torch.inference_mode():
        given = torch.from_numpy(planes(height, width))[None]
        return small_network()(given)[0].numpy()


@pytest.mark.parametrize("size", [(48, 64), (16, 16), (16, 160)])
@pytest.mark.parametrize(
    "make",
    [
        lambda weights: OpenVinoRuntime(weights, precision="f32"),
        OnnxRuntime,
        lambda weights: TorchRuntime(weights, device="cpu"),
        NumpyRuntime,
    ],
    ids=["openvino", "onnxruntime", "torch", "numpy"],
)
def test_a_runtime_answers_as_the_network_does(make, size):
    answer = make(weights_of(small_network())).run(planes(*size))
    assert answer.dtype == np.float32
    assert np.abs(answer - expected(*size)).max() < F32_TOLERANCE
    assert np.abs(expected(*size)).std() > 100 * F32_TOLERANCE


def test_openvino_as_it_chooses_stays_within_what_bfloat16_loses():
    answer = OpenVinoRuntime(weights_of(small_network())).run(planes())
    gap = np.abs(answer - expected())
    assert gap.max() < BF16_TOLERANCE
    assert gap.mean() < BF16_TOLERANCE / 10


def test_threads_and_repeats_give_the_same_bytes():
    runtime = OpenVinoRuntime(weights_of(small_network()))
    alone = runtime.run(planes())
    with ThreadPoolExecutor(4) as pool:
        for answer in pool.map(lambda _: runtime.run(planes()), range(12)):
            assert np.array_equal(answer, alone)


def test_frames_side_by_side_get_the_answer_of_one_alone():
    runtime = OpenVinoRuntime(weights_of(small_network()))
    asked = [planes(48, 64), planes(64, 48)]
    alone_answers = [runtime.run(x) for x in asked]
    meet = threading.Barrier(2, timeout=20)

    def drawn(x):
        with drawing():
            meet.wait()
            assert not alone()
            answers = [runtime.run(x) for _ in range(8)]
            meet.wait()
        return answers

    with ThreadPoolExecutor(2) as pool:
        for answers, wanted in zip(pool.map(drawn, asked), alone_answers, strict=True):
            assert all(np.array_equal(answer, wanted) for answer in answers)


def test_sizes_may_come_and_go():
    runtime = OpenVinoRuntime(weights_of(small_network()), precision="f32")
    for size in [(16, 16), (48, 64), (32, 32), (16, 64), (64, 16), (16, 32), (16, 16)]:
        gap = np.abs(runtime.run(planes(*size)) - expected(*size)).max()
        assert gap < F32_TOLERANCE


def test_openvino_comes_first_and_torch_where_there_is_a_card(monkeypatch):
    monkeypatch.setattr(places, "_has_card", lambda: False)
    assert places.order_of() == ("openvino", "onnxruntime", "torch", "numpy")
    monkeypatch.setattr(places, "_has_card", lambda: True)
    assert places.order_of()[0] == "torch"


def test_a_runtime_that_does_not_start_is_passed_over(monkeypatch):
    def fails(weights):
        raise RuntimeError("Illegal instruction")

    monkeypatch.setattr(places, "_has_card", lambda: False)
    monkeypatch.setitem(places._MAKERS, "openvino", fails)
    found = find_runtime(weights_of(small_network()))
    assert found.name.startswith("ONNX Runtime")


def test_a_runtime_that_answers_wrongly_is_passed_over(monkeypatch):
    class Wrong(NumpyRuntime):
        def run(self, planes):
            return super().run(planes)[::-1]

    monkeypatch.setattr(places, "_has_card", lambda: False)
    monkeypatch.setitem(places._MAKERS, "openvino", Wrong)
    found = find_runtime(weights_of(small_network()))
    assert found.name.startswith("ONNX Runtime")


def test_numpy_runs_the_network_where_nothing_else_is(monkeypatch):
    only = lambda name: name if name == "numpy" else None  # noqa: E731
    monkeypatch.setattr(places.util, "find_spec", only)
    found = find_runtime(weights_of(small_network()))
    assert found.name.startswith("NumPy")


def test_a_runtime_that_is_asked_for_and_not_there_is_said(monkeypatch):
    monkeypatch.setattr(places.util, "find_spec", lambda name: None)
    with pytest.raises(MissingRuntimeError, match="openvino: not installed"):
        find_runtime(weights_of(small_network()), "openvino")


def test_an_unknown_runtime_is_refused():
    with pytest.raises(UnknownNameError, match="openvino"):
        find_runtime(weights_of(small_network()), "tensorflow")


_OLD = """
import sys, numpy as np
sys.path.insert(0, sys.argv[1])
from nets import small_network, weights_of
from previz.generate.openvino_runtime import OpenVinoRuntime
runtime = OpenVinoRuntime(weights_of(small_network()), precision="f32")
np.save(sys.argv[2], runtime.run(np.load(sys.argv[3])))
"""


def test_a_processor_without_avx2_gives_the_same_answer(tmp_path):
    given, made = tmp_path / "planes.npy", tmp_path / "answer.npy"
    np.save(given, planes())
    here = Path(__file__).parent
    env = os.environ | {"ONEDNN_MAX_CPU_ISA": "SSE41"}
    subprocess.run([sys.executable, "-c", _OLD, here, made, given], check=True, env=env)
    assert np.abs(np.load(made) - expected()).max() < F32_TOLERANCE


def test_the_runtime_of_every_day_loads_no_torch():
    told = "import sys, previz.generate, previz.generate.openvino_runtime\n"
    told += "assert not {'torch', 'openvino', 'onnxruntime'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", told], check=True)
