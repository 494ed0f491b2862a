"""Time the engines: a kernel to its first frame, and what a second worker brings.

Frames of a room with a table are path-traced by the scalar variant. Each worker has one
core, so that the second brings one more where two are free.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["promote_engines_figures"]

_SIZE, _SAMPLES = (128, 72), 32
_SPREAD_SAMPLES = 96
"""Of frames that are spread. What is done at home for each, on no core of a worker's,
is then as little beside the trace as it is with pictures of true size."""
_FRAMES = 32
_LOOK_S = 0.02
_ENDS_S = 170.0


def promote_engines_figures(*, frames: int = _FRAMES) -> Any:
    """Promote a shot in a second kernel, then on Dask workers.

    Args:
        frames: Length of the shot that is spread over the workers.
    """
    from bench.kills import small_stage
    from previz.film import Film
    from previz.promote.engines.dask import DaskEngine
    from previz.promote.engines.kernel import KernelEngine

    with tempfile.TemporaryDirectory() as folder:
        film = Film(small_stage(frames)[0], generator="plain")
        film.save(Path(folder) / "film")
        (shot,) = film.shots
        kernel = KernelEngine()
        cold = _made(shot, kernel, seed=1, frames=1)
        warm = _made(shot, kernel, seed=2, frames=1)
        with _one_core_each():
            workers = {
                n: _spread(shot, DaskEngine(workers=n, shots=1), seed=10 * n)
                for n in (1, 2)
            }
    return {
        "goal": {"speed_up": 1.8},
        "cores": len(os.sched_getaffinity(0)),
        "picture": f"{_SIZE[0]}×{_SIZE[1]}, {_SAMPLES} paths, scalar_rgb",
        "kernel_cold_to_first_frame_s": round(cold, 2),
        "kernel_warm_to_first_frame_s": round(warm, 2),
        "dask_frames": frames,
        "dask_paths": _SPREAD_SAMPLES,
        "dask_one_worker_s": round(workers[1], 2),
        "dask_two_workers_s": round(workers[2], 2),
        "dask_speed_up": round(workers[1] / workers[2], 2),
    }


@contextmanager
def _one_core_each() -> Iterator[None]:
    """Give what is started within one thread to trace with."""
    from previz.trace.threads import THREADS

    before = os.environ.get(THREADS)
    os.environ[THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[THREADS]
        if before is not None:
            os.environ[THREADS] = before


def _spread(shot: Any, engine: Any, *, seed: int) -> float:
    """Return the seconds of a take on a cluster whose workers have made frames before.

    Every take has a seed of its own: what was made is not made again. The cluster
    ends with its courier, so that it takes nothing from the next.
    """
    from previz.promote.engines.post import dismiss

    told: dict[str, Any] = {"samples": _SPREAD_SAMPLES}
    _made(shot, engine, seed=seed, frames=2 * engine.workers, **told)
    taken = _made(shot, engine, seed=seed + 1, frames=shot.length_frames, **told)
    dismiss()
    return taken


def _made(
    shot: Any, engine: Any, *, seed: int, frames: int, samples: int = _SAMPLES
) -> float:
    """Return the seconds from `promote` until so many frames are finished."""
    begun = time.perf_counter()
    take = shot.promote(
        engine=engine, size=_SIZE, samples=samples, variant="scalar_rgb", seed=seed
    )
    while (job := take.job).made_frames < frames:
        if job.is_over:
            raise RuntimeError(f"the job came to {job.state}: {job.error}")
        if time.perf_counter() - begun > _ENDS_S:
            raise RuntimeError(f"the job stands at {job.made_frames} frames")
        time.sleep(_LOOK_S)
    taken = time.perf_counter() - begun
    if not job.is_over:
        take.cancel()
    while not take.job.is_over:
        time.sleep(_LOOK_S)
    return taken
