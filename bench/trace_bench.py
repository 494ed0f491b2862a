"""Time path-traced frames by variant and samples, and measure what they miss."""

from __future__ import annotations

import math
import time
from typing import Any

__all__ = ["figures"]

_SIZES = ((256, 144), (960, 540))
_SAMPLES = (4, 16, 64)
_TRUE_SAMPLES, _TRUE_SIZE = 1024, (128, 72)


def figures(*, large: bool = True) -> dict[str, Any]:
    """Trace a night kitchen on every variant that runs here.

    The first frame of a process imports Mitsuba and, save scalar, compiles; it is
    timed apart. PSNR is in display space against 1024 samples without denoising.

    Args:
        large: Whether 960 by 540 is timed too, at 16 samples.
    """
    from previz.errors import MissingRuntimeError
    from previz.trace import VARIANTS, Tracer

    found: dict[str, Any] = {}
    for variant in VARIANTS:
        try:
            tracer = Tracer(variant)
        except MissingRuntimeError:
            continue
        found[variant] = _timed(tracer, large=large)
        if variant == VARIANTS[-1]:
            found["psnr_db"] = _fidelity(tracer)
        tracer.close()
    return found


def _timed(tracer: Any, *, large: bool) -> dict[str, float]:
    small, wide = _SIZES
    out = {"first_frame_s": _seconds(tracer, small, 4)}
    for samples in _SAMPLES:
        out[f"{small[0]}x{small[1]} {samples} spp s"] = _seconds(tracer, small, samples)
    if large:
        out[f"{wide[0]}x{wide[1]} 16 spp s"] = _seconds(tracer, wide, 16)
    return out


def _seconds(tracer: Any, size: tuple[int, int], samples: int) -> float:
    begun = time.perf_counter()
    _picture(tracer, size, samples)
    return round(time.perf_counter() - begun, 2)


def _fidelity(tracer: Any) -> dict[str, float]:
    """Return the PSNR of few samples, with and without denoising."""
    import numpy as np

    from previz.render import display

    truth = display(_picture(tracer, _TRUE_SIZE, _TRUE_SAMPLES, denoise=False))
    out = {}
    for samples in (*_SAMPLES, 256):
        for denoise in (False, True):
            seen = display(_picture(tracer, _TRUE_SIZE, samples, denoise=denoise))
            gap = float(np.mean((seen.astype(float) - truth) ** 2))
            name = f"{samples} spp{' + OIDN' if denoise else ''}"
            out[name] = round(20 * math.log10(255) - 10 * math.log10(gap), 1)
    return out


def _picture(
    tracer: Any, size: tuple[int, int], samples: int, *, denoise: bool = True
) -> Any:
    from bench.render_bench import _stage
    from previz.trace import trace

    scene, stage = _stage()
    shot = scene.shots[0]
    return trace(
        stage, shot, shot.length_frames // 2, width_px=size[0], height_px=size[1],
        samples=samples, denoise=denoise, tracer=tracer, seed=samples,
    )  # fmt: skip
