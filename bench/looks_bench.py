"""Time the looks and the anchored noise, and measure how still they hold.

The pictures are the wide shot that opens the shipped film, one thread, warm.
"""

from __future__ import annotations

import dataclasses
from functools import cache, partial
from typing import Any

from bench.cpu_time import cpu_ms
from bench.orbit import middle_of, orbit, same_places

__all__ = ["looks_figures"]

_RUNS, _ORBIT_FRAMES, _STEP_DEG = 15, 8, 0.5


def looks_figures(width_px: int, height_px: int) -> dict[str, Any]:
    """Measure every look and the noise.

    `draw_ms` is a look's own time, `whole_ms` a whole picture's. `flicker` is the
    mean change of a still frame and `warp_error` that of a frame against the one
    before, carried by exact motion, on an orbit of half a degree a frame; both of
    255. `noise_orbit_correlation` compares what one place carries across 30 degrees.
    """
    from previz.model import Medium

    rows: dict[str, Any] = {}
    for medium in Medium:
        rows[str(medium)] = {
            "whole_ms": cpu_ms(
                partial(_picture, width_px, height_px, medium), runs=_RUNS
            ),
            "flicker": _flicker(width_px, height_px, medium),
            "warp_error": _warp_error(width_px, height_px, medium),
        }
        if medium is not Medium.NATURAL:
            rows[str(medium)]["draw_ms"] = _draw_ms(width_px, height_px, medium)
    return {
        "size_px": [width_px, height_px],
        "looks": rows,
        "noise_ms": {n: _noise_ms(width_px, height_px, n) for n in (1, 4, 8)},
        "noise_orbit_correlation": _orbit_correlation(width_px, height_px),
    }


@cache
def _shot(width_px: int, height_px: int) -> tuple[Any, Any]:
    from previz.direct import direct
    from previz.render import Renderer
    from previz.script import demo_path, read
    from previz.stage import Stage

    film = direct(read(demo_path()))
    scene = film.scenes[0]
    stage = Stage(scene, film.characters, rate=film.rate)
    renderer = Renderer(
        stage, width_px=width_px, height_px=height_px,
        exposure_ev100=scene.exposure_ev100, quality="board",
    )  # fmt: skip
    state = stage.at(scene.shots[0], 24)
    return renderer, dataclasses.replace(
        state, camera_before=state.camera, moving_before=state.moving.positions
    )


def _picture(width_px: int, height_px: int, medium: Any, state: Any = None) -> Any:
    renderer, still = _shot(width_px, height_px)
    return renderer.picture(state or still, medium=medium)


def _draw_ms(width_px: int, height_px: int, medium: Any) -> dict[str, float]:
    from previz.model import Medium
    from previz.render.looks import FINE, draw

    renderer, state = _shot(width_px, height_px)
    lit = renderer.linear(state, clay=medium is Medium.CLAY)
    buffers, view = _seen(width_px * FINE, height_px * FINE)
    return cpu_ms(lambda: draw(medium, lit, buffers, view), runs=_RUNS)


@cache
def _seen(width_px: int, height_px: int) -> tuple[Any, Any]:
    from previz.render.anchored import view_of

    renderer, state = _shot(width_px, height_px)
    view = view_of(state.camera, width_px=width_px, height_px=height_px)
    return renderer.buffers(state), view


def _noise_ms(width_px: int, height_px: int, channels: int) -> dict[str, float]:
    from previz.render.anchored import anchored_noise

    buffers, view = _seen(width_px, height_px)
    return cpu_ms(lambda: anchored_noise(buffers, view, channels=channels), runs=_RUNS)


def _flicker(width_px: int, height_px: int, medium: Any) -> float:
    import numpy as np

    _, state = _shot(width_px, height_px)
    later = dataclasses.replace(state, frame=state.frame + 1, scene_frame=999)
    one, two = (
        _picture(width_px, height_px, medium, seen).astype(float)
        for seen in (state, later)
    )
    return round(float(np.abs(one - two).mean()), 3)


def _warp_error(width_px: int, height_px: int, medium: Any) -> float:
    import numpy as np

    renderer, still = _shot(width_px, height_px)
    rows, cols = np.mgrid[0:height_px, 0:width_px]
    errors, before, ids = [], None, None
    angles = [_STEP_DEG * i for i in range(_ORBIT_FRAMES)]
    about = middle_of(renderer.buffers(still), still.camera)
    for state in orbit(still, angles, about=about):
        seen = renderer.buffers(state)
        now = _picture(width_px, height_px, medium, state).astype(np.float64)
        if before is not None:
            x, y = cols - seen.motion_px[..., 0], rows - seen.motion_px[..., 1]
            inside = (x >= 0) & (x < width_px - 1) & (y >= 0) & (y < height_px - 1)
            x, y = np.clip(x, 0, width_px - 1.001), np.clip(y, 0, height_px - 1.001)
            i, j = y.astype(int), x.astype(int)
            fy, fx = (y - i)[..., None], (x - j)[..., None]
            upper = before[i, j] * (1 - fx) + before[i, j + 1] * fx
            lower = before[i + 1, j] * (1 - fx) + before[i + 1, j + 1] * fx
            was = upper * (1 - fy) + lower * fy
            same = ids[np.rint(y).astype(int), np.rint(x).astype(int)] == seen.object_id
            errors.append(np.abs(now - was).mean(axis=2)[inside & same].mean())
        before, ids = now, seen.object_id
    return round(float(np.mean(errors)), 2)


def _orbit_correlation(width_px: int, height_px: int) -> dict[str, float]:
    """Correlate the noise of places seen from two sides, by the angle between."""
    import numpy as np

    from previz.render.anchored import anchored_noise, view_of

    renderer, still = _shot(width_px, height_px)
    found: dict[str, float] = {}
    mine, here = None, None
    about = middle_of(renderer.buffers(still), still.camera)
    states = orbit(still, (-15, -5, 5, 15), about=about)
    for angle, state in zip((0, 10, 20, 30), states, strict=True):
        view = view_of(state.camera, width_px=width_px, height_px=height_px)
        seen = renderer.buffers(state)
        noise = anchored_noise(seen, view, channels=4, cell_px=6.0)
        if mine is None or here is None:
            mine, here = noise, seen
            continue
        mine_at, yours_at = same_places(here, seen, view)
        a, b = mine.reshape(-1, 4)[mine_at], noise[yours_at]
        found[f"{angle}_deg"] = round(float(np.corrcoef(a.ravel(), b.ravel())[0, 1]), 3)
    return found
