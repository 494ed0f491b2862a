"""Time and measure promotion by path tracing: frames, error, flicker, Cycles."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["promote_path_figures"]

_SIZES = ((960, 540), (1920, 1080))
_SMALL = (96, 54)
_TRUE_SAMPLES = 1024
_SAMPLES = (4, 64, 256)
_COMPILED = "llvm_ad_rgb"
_FLICKER_FRAMES, _FLICKER_SAMPLES = 4, 4
_FLICKER_TRUE_SAMPLES = 128
_TIMED_SAMPLES = 4

Picture = NDArray[np.float32]


def promote_path_figures(*, sizes: tuple[tuple[int, int], ...] = _SIZES) -> Any:
    """Promote frames of the shipped film's first shot with each variant that runs.

    Seconds are of whole frames with all layers in the draft tier, the second frame of
    a process; a variant that compiles has its first frame at the first size, and that
    frame again. PSNR is in display space against 1024 paths.

    Args:
        sizes: At which frames are timed.
    """
    from bench.cycles_rival import cycles_figures
    from previz.errors import MissingRuntimeError
    from previz.trace import VARIANTS, Tracer

    found: dict[str, Any] = {"variants": {}}
    for variant in VARIANTS:
        try:
            tracer = Tracer(variant)
        except MissingRuntimeError:
            found["variants"][variant] = "not run: it does not run on this machine"
            continue
        found["variants"][variant] = _timed(tracer, variant, sizes)
        if variant == VARIANTS[-1]:
            found["psnr_db"] = _fidelity(tracer)
            found["flicker"] = _flicker(tracer)
            found["cycles"] = cycles_figures(tracer)
        tracer.close()
    return found


def _timed(
    tracer: Any, variant: str, sizes: tuple[tuple[int, int], ...]
) -> dict[str, float]:
    if variant == _COMPILED:
        return _told(tracer, variant, sizes[0], " compiled anew") | _told(
            tracer, variant, sizes[0], ""
        )
    _frame(tracer, variant, (96, 54), samples=1)
    out = {}
    for size in sizes:
        out |= _told(tracer, variant, size, "")
        out[f"{size[0]}x{size[1]} layers s"] = round(_layers_s(size), 2)
    return out


def _told(
    tracer: Any, variant: str, size: tuple[int, int], how: str
) -> dict[str, float]:
    """Return the seconds of a frame, and of all cores that its tracer took for it."""
    name = f"{size[0]}x{size[1]}{how}"
    begun, worked_s = time.perf_counter(), _worked_s(tracer)
    _frame(tracer, variant, size, samples=_TIMED_SAMPLES)
    return {
        f"{name} s": round(time.perf_counter() - begun, 2),
        f"{name} cpu s": round(_worked_s(tracer) - worked_s, 2),
    }


def _worked_s(tracer: Any) -> float:
    """Return what its process has computed so far, on all cores, in seconds."""
    import psutil

    if tracer._worker is None:
        return 0.0
    spent = psutil.Process(tracer._worker.pid).cpu_times()
    return float(spent.user + spent.system)


def _frame(tracer: Any, variant: str, size: tuple[int, int], *, samples: int) -> Any:
    """Return one promoted frame."""
    from previz.promote import Frozen, Order, Task
    from previz.promote.backends.path import PathBackend

    backend, footage = PathBackend(lambda _: tracer), _footage()
    order = Order(
        width_px=size[0], height_px=size[1], quality="draft",
        options={"samples": samples, "variant": variant},
    )  # fmt: skip
    frozen = Frozen(film=footage.film, shot=footage.shot, order=order, state="0" * 64)
    plan = backend.plan(order, length_frames=footage.length_frames, rate_fps=24.0)
    task = Task(
        frozen, footage, plan, (footage.length_frames // 2,), lambda number: None,
        Path(), lambda: False, lambda *told: None,
    )  # type: ignore[arg-type]  # fmt: skip
    return next(backend.frames(task))


@cache
def _footage() -> Any:
    from bench.render_bench import _stage
    from previz.controls import Footage
    from previz.direct import direct
    from previz.script import demo_path, read

    scene, stage = _stage()
    film = direct(read(demo_path()))
    return Footage(film, scene, scene.shots[0], stage, lambda size: None)  # type: ignore[arg-type,return-value]


def _layers_s(size: tuple[int, int]) -> float:
    from previz.promote.layers import Drawing, layers_of

    footage = _footage()
    state = footage.state(footage.length_frames // 2, width_px=size[0])
    drawing = Drawing(footage.stage, state, *size)
    begun = time.perf_counter()
    layers_of(drawing, names=footage.stage.object_names, looks=16)
    return time.perf_counter() - begun


def _light(
    tracer: Any, number: int, *, samples: int, seed: int, denoise: bool, still: bool
) -> Picture:
    """Return a small traced frame, exposed; sharp and still where asked."""
    from previz.trace import Care, exposed, order_of

    footage = _footage()
    stage, state = footage.stage, footage.state(number, width_px=_SMALL[0])
    if still:
        first = footage.state(0, width_px=_SMALL[0])
        state = replace(first, camera_before=first.camera)
    order = order_of(
        stage, state, width_px=_SMALL[0], height_px=_SMALL[1], samples=samples,
        seed=seed, denoise=denoise, grown=False,
    )  # fmt: skip
    care = Care(roulette=2, sampler="multijitter")
    layers = tracer.layers(replace(order, care=care))
    return exposed(layers, stage, state, exposure_ev100=stage.scene.exposure_ev100)


def _fidelity(tracer: Any) -> dict[str, float]:
    """Return the PSNR of the tiers, with and without denoising."""
    from previz.render import display

    number = _footage().length_frames // 2
    how = {"still": False, "seed": 1}
    truth = display(
        _light(tracer, number, samples=_TRUE_SAMPLES, denoise=False, **how), exact=True
    ).astype(float)
    out = {}
    for samples in _SAMPLES:
        for denoise in (False, True):
            light = _light(
                tracer, number, samples=samples, denoise=denoise, still=False, seed=2
            )
            gap = float(np.mean((display(light, exact=True) - truth) ** 2))
            name = f"{samples} spp{' + OIDN' if denoise else ''}"
            out[name] = round(20 * math.log10(255) - 10 * math.log10(gap), 1)
    return out


def _flicker(tracer: Any) -> dict[str, float]:
    """Return how much denoised error changes from frame to frame, in code values.

    RMS over pixels of the difference that two neighbouring frames' errors have, each
    against 128 denoised paths, of a shot that moves; and of a frame held still.
    """
    numbers = range(_FLICKER_FRAMES)
    out = {}
    for still in (False, True):
        truths = [
            _true(tracer, n, still=still) for n in (range(1) if still else numbers)
        ]
        for same in (True, False):
            errors = []
            for n in numbers:
                light = _light(
                    tracer, n, samples=_FLICKER_SAMPLES, seed=0 if same else n,
                    denoise=True, still=still,
                )  # fmt: skip
                errors.append(_shown(light) - truths[0 if still else n])
            steps = np.diff(np.stack(errors), axis=0)
            name = "one seed" if same else "a seed a frame"
            how = "held still" if still else "moving"
            out[f"{name}, {how}"] = round(float(np.sqrt(np.mean(steps**2))), 2)
    return out


def _true(tracer: Any, number: int, *, still: bool) -> NDArray[np.float64]:
    light = _light(
        tracer, number, samples=_FLICKER_TRUE_SAMPLES, seed=9, denoise=True, still=still
    )
    return _shown(light)


def _shown(light: Picture) -> NDArray[np.float64]:
    from previz.render import display

    return display(light, exact=True).astype(float)
