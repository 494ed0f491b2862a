"""Intel Open Image Denoise, guided by albedo and normals."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.trace.order import Care

__all__ = ["denoised"]


def denoised(
    light: NDArray[np.float32],
    *,
    albedo: NDArray[np.float32],
    normal: NDArray[np.float32],
    care: Care,
) -> NDArray[np.float32]:
    """Return traced light without its noise.

    Albedo and normals are themselves noisy where the lens or the shutter blurs them:
    with care, each is denoised alone and then counts as clean.

    Args:
        light: Linear, any unit, shape (h, w, 3), of a box pixel filter.
        albedo: 0 to 1, shape (h, w, 3).
        normal: -1 to 1, shape (h, w, 3).
        care: How fine the filter is.
    """
    guides = {"albedo": albedo, "normal": normal}
    if care.clean:
        guides = {name: _filtered({name: x}, care) for name, x in guides.items()}
    level = float(np.mean(light)) or 1.0
    color = light / np.float32(level)
    out = _filtered({"color": color, **guides}, care, hdr=True)
    return np.maximum(out, 0.0) * np.float32(level)


@lru_cache(maxsize=1)
def _device() -> Any:
    import pyoidn

    device = pyoidn.Device()
    device.commit()
    return device


def _filtered(
    images: dict[str, NDArray[np.float32]], care: Care, *, hdr: bool = False
) -> NDArray[np.float32]:
    import pyoidn

    kept = {name: np.ascontiguousarray(x, np.float32) for name, x in images.items()}
    out = np.empty_like(next(iter(kept.values())))
    with pyoidn.Filter(_device(), pyoidn.OIDN_FILTER_TYPE_RT) as work:
        for name, image in (*kept.items(), ("output", out)):
            work.set_image(name, image, pyoidn.OIDN_FORMAT_FLOAT3)
        if hdr:
            work.set_bool("hdr", value=True)
            work.set_bool("cleanAux", value=care.clean)
        if care.denoiser == "balanced":
            work.set_quality(pyoidn.OIDN_QUALITY_BALANCED)
        work.commit()
        work.execute()
    return out
