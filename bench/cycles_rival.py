"""Cycles on the same scene, in a Python of its own that has bpy.

`PREVIZ_BENCH_BPY` names that Python; bpy is GPL and no dependency of ours. Both trace
one still instant of the shipped film's first shot in matt clay, lit by those of its
lamps that have no flags, without denoising. What is compared is the CPU's time to the
same error, each against its own many samples.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["cycles_figures"]

_PYTHON = "PREVIZ_BENCH_BPY"
_SIZE = (192, 108)
_SAMPLES, _TRUE_SAMPLES = 64, 1024
_LIMIT_S = 900


def cycles_figures(tracer: Any) -> dict[str, Any]:
    """Return CPU seconds, errors and time to an equal error of both; or why not.

    Args:
        tracer: Ours.
    """
    python = os.environ.get(_PYTHON, "")
    if not python:
        return {"not run": f"{_PYTHON} names no Python that has bpy"}
    order = _order()
    with tempfile.TemporaryDirectory() as scratch:
        told = Path(scratch) / "scene.npz"
        np.savez(told, **_told(order))
        script = Path(__file__).with_name("cycles_scene.py")
        try:
            done = subprocess.run(
                [python, str(script), str(told), str(_SAMPLES), str(_TRUE_SAMPLES)],
                check=False, capture_output=True, text=True, timeout=_LIMIT_S,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return {"not run": f"{type(error).__name__}: {error}"[:200]}
        if done.returncode:
            return {"not run": done.stderr.strip().splitlines()[-1][:200]}
        rival = json.loads(done.stdout.strip().splitlines()[-1])
        pictures = np.load(told.with_suffix(".out.npz"))
        theirs = _error(pictures["few"], pictures["many"])
    seconds, ours = _traced(tracer, order)
    # Error falls with the root of the samples.
    equal = rival["seconds"] * (theirs / ours) ** 2
    return {
        "bpy": rival["version"],
        "size": f"{_SIZE[0]}x{_SIZE[1]}",
        "samples": _SAMPLES,
        "previz CPU s": round(seconds, 2),
        "previz error": round(ours, 4),
        "cycles CPU s": round(rival["seconds"], 2),
        "cycles error": round(theirs, 4),
        "cycles CPU s to the error of previz": round(equal, 2),
    }


def _order() -> Any:
    from bench.promote_path import _footage
    from previz.promote.backends.drawn import in_clay
    from previz.trace import order_of
    from previz.trace.order import Disc, Panel

    footage = _footage()
    state = footage.state(footage.length_frames // 2, width_px=_SIZE[0])
    look = state.camera.look.changed(depth_of_field=False, motion_blur=False)
    state = replace(state, camera=replace(state.camera, look=look))
    order = order_of(
        footage.stage, state, width_px=_SIZE[0], height_px=_SIZE[1], samples=_SAMPLES,
        seed=0, denoise=False, grown=False,
    )  # fmt: skip
    lamps = tuple(x for x in order.lamps if isinstance(x, Disc | Panel))
    clay = in_clay(order)
    kept = tuple(x for x in clay.still if _plain(x))
    moving, view = clay.instants[0]
    instants = ((tuple(x for x in moving if _plain(x)), view),)
    return replace(clay, still=kept, instants=instants, lamps=lamps, sky=0 * order.sky,
                   room=None)  # fmt: skip


def _plain(patch: Any) -> bool:
    return not (patch.surface.glows or patch.surface.matter == "glass" or patch.hollow)


def _told(order: Any) -> dict[str, Any]:
    from previz.trace.order import Disc

    patches = [*order.still, *order.instants[0][0]]
    starts = np.cumsum([0] + [len(x.positions) for x in patches])
    view = order.instants[0][1]
    lamps = [
        {"place": x.place, "axis": x.axis, "radiance": x.radiance}
        | ({"radius_m": x.radius_m} if isinstance(x, Disc)
           else {"half_u": x.half_u, "half_v": x.half_v})
        for x in order.lamps
    ]  # fmt: skip
    return {
        "positions": np.concatenate([x.positions for x in patches]),
        "triangles": np.concatenate(
            [
                x.triangles.astype(np.int64) + k
                for x, k in zip(patches, starts, strict=False)
            ]
        ),
        "color": np.array(patches[0].surface.color),
        "world_from_camera": view.world_from_camera,
        "fov_x_deg": view.fov_x_deg,
        "size": np.array([order.width_px, order.height_px]),
        "depth": order.depth,
        "lamps": json.dumps(lamps),
    }


def _traced(tracer: Any, order: Any) -> tuple[float, float]:
    """Return CPU seconds and error of ours."""
    import psutil

    tracer.layers(replace(order, samples=1))
    spent = psutil.Process(tracer._worker.pid).cpu_times
    begun = spent().user
    few = tracer.layers(order).light
    seconds = spent().user - begun
    many = tracer.layers(replace(order, samples=_TRUE_SAMPLES, seed=1)).light
    return seconds, _error(few, many)


def _error(few: Any, many: Any) -> float:
    """Return the mean relative error, with bright pixels held down."""
    level = float(np.mean(many)) or 1.0
    gap = np.abs(few - many) / (many + 0.1 * level)
    return float(np.mean(np.minimum(gap, 4.0)))
