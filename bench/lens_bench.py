"""Time the lens effects on the first scene of the shipped film, one thread, warm."""

from __future__ import annotations

import dataclasses
from functools import cache, partial
from typing import Any

from bench.cpu_time import cpu_ms

__all__ = ["effects_ms", "whole_ms"]

_RUNS = 21


def effects_ms(width_px: int, height_px: int) -> dict[str, dict[str, float]]:
    """Time each effect and the usual set together, in milliseconds of processor time.

    The picture is the film's first close-up at T2.
    """
    from previz.model import Look
    from previz.render.lens.passage import develop, focused, passage_of

    lit, inverse_depth, motion, camera = _close_up(width_px, height_px)
    rows: dict[str, dict[str, float]] = {}
    for name, look in _looks(Look).items():
        seen = dataclasses.replace(camera, look=look)
        passage = passage_of(
            seen, width_px=width_px, height_px=height_px,
            centre_px=seen.axis_px(width_px, height_px), frame=0,
        )  # fmt: skip

        def work() -> object:
            moved = motion if seen.look.motion_blur else None  # noqa: B023
            passed = focused(lit, inverse_depth, passage)  # noqa: B023
            return develop(
                passed,
                passage,  # noqa: B023
                baked_k=4000.0,
                inverse_depth=inverse_depth,
                motion_px=moved,
            )

        rows[name] = cpu_ms(work, runs=_RUNS)
    return rows


def whole_ms(width_px: int, height_px: int) -> dict[str, dict[str, float]]:
    """Time a whole picture of the close-up without and with the usual set."""
    from previz.model import Look

    renderer, state = _shot(width_px, height_px)
    rows = {}
    for name, look in (("off", _off(Look)), ("usual", _looks(Look)["usual"])):
        seen = dataclasses.replace(
            state, camera=dataclasses.replace(state.camera, look=look)
        )
        rows[name] = cpu_ms(partial(renderer.picture, seen), runs=_RUNS)
    return rows


def _off(look: Any) -> Any:
    return look(depth_of_field=False, bloom=0.0)


def _looks(look: Any) -> dict[str, Any]:
    off = {"depth_of_field": False, "bloom": 0.0}
    usual = {"vignette_stops": 0.8, "distortion": -0.03, "grain": 0.08}
    alone: dict[str, dict[str, float | bool]] = {
        "depth_of_field": {"depth_of_field": True},
        "motion_blur": {"motion_blur": True},
        "vignette": {"vignette_stops": 0.8},
        "distortion": {"distortion": -0.03},
        "chromatic_aberration": {"chromatic_aberration": 0.004},
        "bloom": {"bloom": 0.05},
        "halation": {"halation": 0.3},
        "flare": {"flare": 0.5},
        "diffusion": {"diffusion": 0.25},
        "grain": {"grain": 0.08},
    }
    looks = {name: look(**(off | one)) for name, one in alone.items()}
    return {"usual": look(**(off | usual | {"depth_of_field": True})), **looks}


@cache
def _shot(width_px: int, height_px: int) -> tuple[Any, Any]:
    from previz.direct import direct
    from previz.model import ShotSize
    from previz.render import Renderer
    from previz.script import demo_path, read
    from previz.stage import Stage

    film = direct(read(demo_path()))
    scene = film.scenes[0]
    shot = next(x for x in scene.shots if x.size in (ShotSize.CU, ShotSize.MCU))
    stage = Stage(scene, film.characters, rate=film.rate)
    renderer = Renderer(
        stage, width_px=width_px, height_px=height_px,
        exposure_ev100=scene.exposure_ev100, quality="board",
    )  # fmt: skip
    state = stage.at(shot, shot.length_frames // 2)
    camera = dataclasses.replace(state.camera, t_stop=2.0)
    return renderer, dataclasses.replace(state, camera=camera)


@cache
def _close_up(width_px: int, height_px: int) -> tuple[Any, Any, Any, Any]:
    import numpy as np

    from previz.model import Look

    renderer, state = _shot(width_px, height_px)
    sharp = dataclasses.replace(state.camera, look=_off(Look))
    lit = renderer.linear(dataclasses.replace(state, camera=sharp))
    depth = renderer.buffers(state).depth_m
    inverse = np.where(np.isfinite(depth), 1.0 / depth, 0.0).astype(np.float32)
    motion = np.full((*depth.shape, 2), 0.04 * width_px, np.float32)
    return lit, inverse, motion, state.camera
