"""How many cores a trace takes: as many as one says, for the same picture."""

import time

import psutil
import pytest
import scenes

from previz.errors import PrevizError
from previz.model import Light, LightKind
from previz.trace import Tracer, order_of
from previz.trace.threads import THREADS, threads_asked


def an_order(*, samples, size):
    lamp = Light(id="l", kind=LightKind.AREA, position_m=(1.0, 2.0, 0.0),
                 intensity=900.0)  # fmt: skip
    stage = scenes.stage(scenes.floor(6.0, height_m=-0.6), lights=[lamp], interior=True)
    return order_of(stage, scenes.state(lights=[lamp]), width_px=size[0],
                    height_px=size[1], samples=samples, seed=0,
                    denoise=True)  # fmt: skip


@pytest.fixture(scope="module")
def traced():
    """Return the layers that a tracer of so many threads makes, and what it took."""
    order = an_order(samples=12, size=(96, 54))
    out = {}
    with pytest.MonkeyPatch.context() as patch:
        for threads in (1, 8):
            patch.setenv(THREADS, str(threads))
            tracer = Tracer("scalar_rgb")
            tracer.layers(an_order(samples=1, size=(32, 18)))
            worker = psutil.Process(tracer._worker.pid)
            began_s, before_s = time.perf_counter(), sum(worker.cpu_times()[:2])
            layers = tracer.layers(order)
            took_s = time.perf_counter() - began_s
            out[threads] = layers, (sum(worker.cpu_times()[:2]) - before_s) / took_s
            tracer.close()
    return out


def test_a_picture_is_the_same_bytes_whatever_threads_trace_it(traced):
    (one, _), (many, _) = traced[1], traced[8]
    for name in ("light", "albedo", "normal", "depth_m", "covered"):
        assert getattr(one, name).tobytes() == getattr(many, name).tobytes()


def test_a_tracer_of_one_thread_takes_one_core(traced):
    assert traced[1][1] < 1.15


@pytest.mark.parametrize("said", ["0", "-1", "two", "1.5", "²"])
def test_what_is_no_number_of_threads_is_refused(monkeypatch, said):
    monkeypatch.setenv(THREADS, said)
    with pytest.raises(PrevizError, match="PREVIZ_THREADS must be a whole number"):
        threads_asked()


def test_all_cores_are_meant_where_nothing_is_said(monkeypatch):
    monkeypatch.delenv(THREADS, raising=False)
    assert threads_asked() is None
    monkeypatch.setenv(THREADS, "3")
    assert threads_asked() == 3
