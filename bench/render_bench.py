"""Time the renderer on the first scene of the shipped film, one thread, warm."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import cache
from typing import Any

__all__ = ["buffers_ms", "picture_ms", "relight_ms"]

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


def relight_ms(width_px: int, height_px: int) -> dict[str, float]:
    """Time a scene's light after its first lamp moved half a metre.

    `converged` is from the move to the first frame under the finished light, in slices
    of 8 ms with nothing between them; `slice_max` the longest call of `advance`;
    `from_nothing` a bake with an empty cache.
    """
    from previz.render import Renderer

    scene, stage = _stage()
    _, state = _first_shot(width_px, height_px)
    begun = time.perf_counter()
    renderer = Renderer(stage, width_px=width_px, height_px=height_px,
                        exposure_ev100=scene.exposure_ev100)  # fmt: skip
    whole = 1e3 * (time.perf_counter() - begun)
    converged: list[float] = []
    longest: list[float] = []
    for k in range(1, 4):
        begun = time.perf_counter()
        renderer.relight(_Relit(_with_lamp_moved(scene, 0.5 * k), stage))
        longest.append(_longest_slice(renderer))
        renderer.linear(state)
        converged.append(1e3 * (time.perf_counter() - begun))
    return {
        "converged": round(statistics.median(converged), 1),
        "slice_max": round(min(longest), 2),
        "from_nothing": round(whole, 1),
    }


def _longest_slice(renderer: Any) -> float:
    """Finish a renderer's light in slices of 8 ms; return the longest in ms."""
    calls = []
    done = False
    while not done:
        begun = time.perf_counter()
        done = renderer.advance(8.0)
        calls.append(1e3 * (time.perf_counter() - begun))
    return max(calls)


def _with_lamp_moved(scene: Any, by_m: float) -> Any:
    from previz.model import LightKind

    placed = (LightKind.AREA, LightKind.POINT)
    which = next(i for i, x in enumerate(scene.lights) if x.kind in placed)
    x, y, z = scene.lights[which].position_m
    lamp = scene.lights[which].model_copy(update={"position_m": (x + by_m, y, z)})
    lights = (*scene.lights[:which], lamp, *scene.lights[which + 1 :])
    return scene.model_copy(update={"lights": lights})


class _Relit:
    """A stage's set under other lights."""

    def __init__(self, scene: Any, stage: Any) -> None:
        self.scene = scene
        self.set_geometry = stage.set_geometry
