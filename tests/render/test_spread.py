"""Light spread between pixels, against light worked out at every pixel."""

from functools import partial

import numpy as np
from scenes import box, camera, floor, stage, state

from previz.model import Light, LightKind
from previz.render import Renderer, renderer
from previz.stage import join


def every_pixel(shade, *args, **how):
    """Shade, with no light spread whatever the renderer chooses."""
    return shade(*args, **how | {"coarsest_px": 1})


def pictures(monkeypatch):
    """The same frame with light spread, and with every pixel lit."""
    lamp = Light(
        id="key", kind=LightKind.AREA, position_m=(1.5, 2.6, 1.0),
        aim_m=(0.0, 0.0, 0.0), intensity=900.0, color_temperature_k=4000.0,
        width_m=0.6, height_m=0.6,
    )  # fmt: skip
    things = [box((x, 0.4, z), (0.3, 0.8, 0.3)) for x, z in [(-0.8, -1), (0.9, -0.5)]]
    made = Renderer(
        stage(join([floor(8.0), *things]), lights=(lamp,)),
        width_px=160, height_px=90, exposure_ev100=6.0, quality="board",
    )  # fmt: skip
    figure = box((0.0, 0.7, 0.0), (0.4, 1.4, 0.25), object_id=1000)
    frame = state(camera((0.5, 1.6, 3.5), (0.0, 0.6, 0.0)), figures=figure)
    spread = made.picture(frame)
    monkeypatch.setattr(renderer, "shade", partial(every_pixel, renderer.shade))
    return spread.astype(float), made.picture(frame).astype(float)


def test_spread_light_looks_like_light_at_every_pixel(monkeypatch):
    spread, full = pictures(monkeypatch)
    assert full.std() > 10
    assert 0 < np.sqrt(((spread - full) ** 2).mean()) <= 1.5
