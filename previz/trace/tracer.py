"""Path-traced frames, made in a process of their own."""

from __future__ import annotations

import atexit
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.errors import PrevizError, TraceError
from previz.model import Shot
from previz.model.limits import LARGEST_PX
from previz.stage import Stage
from previz.trace.order import Layers, Order
from previz.trace.ordering import exposed, order_of
from previz.trace.variant import Runtime, best_variant, environment, find_runtime
from previz.trace.worker import receive, send

__all__ = ["MOST_SAMPLES", "Tracer", "trace", "tracer_of"]

MOST_SAMPLES = 65_536
_LOOK_S = 0.05


class Tracer:
    """A process that traces. It starts with the first order and stays for the next.

    A process that died is started again with the next order. May be shared between
    threads, which wait for each other.

    Args:
        variant: One of `previz.trace.VARIANTS`, or "auto" for the best that runs.

    Raises:
        MissingRuntimeError: If the extra `path` is missing or the variant does not run.
        UnknownNameError: If there is no such variant.
    """

    def __init__(self, variant: str = "auto") -> None:
        self.runtime: Runtime = find_runtime(variant)
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def layers(
        self, order: Order, *, stopped: Callable[[], bool] | None = None
    ) -> Layers:
        """Trace an order.

        Args:
            order: What to trace.
            stopped: Asked all the while; the trace is given up once it says so.

        Raises:
            TraceError: If the trace was stopped, or its process failed or died.
        """
        with self._lock:
            worker = self._started()
            try:
                answer = self._answer(worker, order, stopped)
            except BaseException:
                # An interrupt leaves an answer on its way: nobody may take it for
                # that to the next order.
                self.close()
                raise
        if isinstance(answer, Layers):
            return answer
        raise TraceError(
            f"trace must end with a picture, got {answer}. Try fewer samples or a "
            "smaller picture, or variant='scalar_rgb'."
        )

    def close(self) -> None:
        """End the process, if there is one."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                # What a dead process did not read any more is lost with it.
                with suppress(BrokenPipeError):
                    pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._worker is None or self._worker.poll() is not None:
            self.close()
            self._worker = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "previz.trace.worker",
                    self.runtime.variant,
                ],
                env=environment(self.runtime),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._worker

    def _answer(
        self,
        worker: subprocess.Popen[bytes],
        order: Order,
        stopped: Callable[[], bool] | None,
    ) -> Any:
        """Return the layers, or the words of what went wrong."""
        answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        waiter = threading.Thread(
            target=_ask, args=(worker, order, answers), daemon=True
        )
        waiter.start()
        while True:
            try:
                answer = answers.get(timeout=_LOOK_S)
            except queue.Empty:
                if stopped is None or not stopped():
                    continue
                worker.kill()
                waiter.join()
                self.close()
                return "a stop before its end"
            waiter.join()
            if isinstance(answer, EOFError | BrokenPipeError):
                code = worker.wait()
                self.close()
                return f"a process that ended with {code}"
            if isinstance(answer, BaseException):
                self.close()
                return f"{type(answer).__name__} on the way"
            return answer


def _ask(
    worker: subprocess.Popen[bytes], order: Order, answers: queue.SimpleQueue[Any]
) -> None:
    """Put the worker's answer to an order, or what went wrong on its way."""
    try:
        if worker.stdin is None or worker.stdout is None:
            raise BrokenPipeError
        send(worker.stdin, order)
        answers.put(receive(worker.stdout))
    except BaseException as error:
        # Whatever it is: who waits for an answer would wait for ever.
        answers.put(error)


@lru_cache(maxsize=4)
def tracer_of(variant: str = "auto") -> Tracer:
    """Return the tracer of a variant that this process shares."""
    return Tracer(variant)


def trace(
    stage: Stage,
    shot: Shot,
    frame: int,
    *,
    width_px: int,
    height_px: int,
    samples: int = 64,
    denoise: bool = True,
    seed: int = 0,
    grown: bool = True,
    tracer: Tracer | None = None,
    stopped: Callable[[], bool] | None = None,
) -> NDArray[np.float32]:
    """Path-trace a frame of a shot.

    The same camera, lights, exposure and lens as `previz.render.Renderer`; depth of
    field and motion blur are traced. `previz.render.display` turns it into a picture.

    Args:
        stage: The scene's stage.
        shot: A shot of the scene.
        frame: Shot frame, from 0.
        width_px: 1 to 4096.
        height_px: 1 to 4096.
        samples: Paths a pixel, 1 to 65536.
        denoise: Whether the light is denoised (Intel Open Image Denoise).
        seed: Of the paths; the same seed on the same variant, the same picture.
        grown: Whether leaves, grass and hair grow where blocking has proxies.
        tracer: Who traces; by default one that the whole process shares.
        stopped: Asked all the while; the trace is given up once it says so.

    Returns:
        Exposed linear Rec.709, shape (h, w, 3).

    Raises:
        MissingRuntimeError: If the extra `path` is not installed.
        PrevizError: If a size or the number of samples is out of range.
        TraceError: If the trace was stopped, or its process failed or died.
    """
    for name, value, most, such in (
        ("width_px", width_px, LARGEST_PX, 640),
        ("height_px", height_px, LARGEST_PX, 360),
        ("samples", samples, MOST_SAMPLES, 64),
    ):
        if not 1 <= value <= most:
            raise PrevizError(
                f"trace.{name} must be 1 to {most}, got {value}. Pass such as {such}."
            )
    tracer = tracer or tracer_of(best_variant(width_px * height_px * samples))
    state = stage.at(shot, frame)
    order = order_of(
        stage, state, width_px=width_px, height_px=height_px, samples=samples,
        seed=seed, denoise=denoise, grown=grown,
    )  # fmt: skip
    layers = tracer.layers(order, stopped=stopped)
    return exposed(layers, stage, state, exposure_ev100=stage.scene.exposure_ev100)
