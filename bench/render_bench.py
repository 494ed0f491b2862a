"""Time the renderer on the first scene of the shipped film, one thread, warm."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import cache
from typing import Any

__all__ = ["buffers_ms", "picture_ms"]

_RUNS = 15


def buffers_ms(width_px: int, height_px: int) -> dict[str, float]:
    """Time `Renderer.buffers`: median, minimum, maximum and count, in milliseconds."""
    renderer, state = _first_shot(width_px, height_px)
    return _timed(lambda: renderer.buffers(state))


def picture_ms(width_px: int, height_px: int) -> dict[str, float]:
    """Time `Renderer.picture`: median, minimum, maximum and count, in milliseconds."""
    renderer, state = _first_shot(width_px, height_px)
    return _timed(lambda: renderer.picture(state))


@cache
def _stage() -> tuple[Any, Any]:
    from previz.direct import direct
    from previz.script import demo_path, read
    from previz.stage import Stage

    film = direct(read(demo_path()))
    scene = film.scenes[0]
    return scene, Stage(scene, film.characters, rate=film.rate)


@cache
def _first_shot(width_px: int, height_px: int) -> tuple[Any, Any]:
    from previz.render import Renderer

    scene, stage = _stage()
    renderer = Renderer(
        stage,
        width_px=width_px,
        height_px=height_px,
        exposure_ev100=scene.exposure_ev100,
    )
    shot = scene.shots[0]
    return renderer, stage.at(shot, shot.length_frames // 2)


def _timed(work: Callable[[], object]) -> dict[str, float]:
    work()
    work()
    values = []
    for _ in range(_RUNS):
        begun = time.perf_counter()
        work()
        values.append(1e3 * (time.perf_counter() - begun))
    return {
        "median": round(statistics.median(values), 2),
        "min": round(min(values), 2),
        "max": round(max(values), 2),
        "runs": len(values),
    }
