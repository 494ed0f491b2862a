"""Lamps, sky and surfaces give a trace the light that they give the preview."""

from dataclasses import replace

import numpy as np
import pytest
import scenes

from previz.model import BarnDoors, Flag, Gobo, Light, LightKind
from previz.render import Renderer
from previz.stage import MATTERS, join
from previz.trace import Care, exposed, order_of
from previz.trace.matter import detail_of, has_detail

ABOVE = {"position_m": (0.0, 3.0, 0.0), "aim_m": (0.0, 0.0, 0.0), "intensity": 2000.0}
BLINDS = Flag(
    position_m=(0.5, 1.5, 0.0), normal=(0.3, 1.0, 0.0), width_m=1.0, height_m=1.0,
    gobo=Gobo.BLINDS,
)  # fmt: skip
WINDOW = Flag(
    position_m=(0.7, 2.0, 0.3), normal=(0.3, 1.0, 0.0), width_m=1.5, height_m=1.5,
    gobo=Gobo.WINDOW,
)  # fmt: skip
SUN = {"kind": LightKind.SUN, "position_m": (10.0, 30.0, 5.0), "intensity": 500.0}
LIGHTS = {
    "sun": Light(id="l", **SUN),
    "sky": Light(id="l", kind=LightKind.SKY, intensity=500.0),
    "area": Light(id="l", kind=LightKind.AREA, width_m=1.0, height_m=0.6, **ABOVE),
    "point": Light(id="l", kind=LightKind.POINT, **ABOVE),
    "spot": Light(id="l", kind=LightKind.POINT, beam_deg=30, field_deg=50, **ABOVE),
    "doors": Light(
        id="l", kind=LightKind.AREA, width_m=0.4, height_m=0.4,
        barn_doors=BarnDoors(left_deg=10), **ABOVE,
    ),
    "blinds": Light(
        id="l", kind=LightKind.POINT, beam_deg=60, width_m=0.1, height_m=0.1,
        flags=(BLINDS,), **ABOVE,
    ),
    "sun through a window": Light(id="l", flags=(WINDOW,), **SUN),
}  # fmt: skip


def floor_pair(tracer, light, *, samples=16):
    """The preview's and the traced picture of a lit floor, 64 by 36 pixels."""
    view = scenes.camera((0.0, 4.0, 2.5), (0.0, 0.0, 0.0))
    stage = scenes.stage(scenes.floor(8.0, matter="emitter", color=(0.4, 0.4, 0.4)),
                         lights=[light])  # fmt: skip
    state = scenes.state(view, lights=[light])
    preview = Renderer(
        stage, width_px=64, height_px=36, exposure_ev100=6.0, quality="board"
    ).linear(state)
    order = order_of(stage, state, width_px=64, height_px=36, samples=samples, seed=0,
                     denoise=True)  # fmt: skip
    layers = tracer.layers(order)
    return preview, exposed(layers, stage, state, exposure_ev100=6.0)


@pytest.mark.parametrize("name", LIGHTS)
def test_a_light_is_as_strong_as_in_the_preview(tracer, name):
    preview, traced = floor_pair(tracer, LIGHTS[name])
    assert traced.mean() == pytest.approx(preview.mean(), rel=0.12)
    if name not in ("sun", "sky"):
        agree = np.corrcoef(preview[..., 1].ravel(), traced[..., 1].ravel())[0, 1]
        assert agree > 0.8


def test_what_is_spared_leaves_the_picture_as_it_is(tracer):
    lamp = LIGHTS["area"]
    view = scenes.camera((0.0, 4.0, 2.5), (0.0, 0.0, 0.0))
    floor = scenes.floor(8.0, matter="plaster", color=(0.8, 0.8, 0.8))
    block = scenes.box((0.0, 0.5, -0.5), (0.8,) * 3, matter="plaster")
    stage = scenes.stage(join([floor, block]), lights=[lamp])
    order = order_of(stage, scenes.state(view, lights=[lamp]), width_px=32,
                     height_px=18, samples=64, seed=0, denoise=False)  # fmt: skip
    spared = replace(order, care=Care(roulette=2, sampler="multijitter", looks=8))
    whole, less = (tracer.layers(x) for x in (order, spared))
    assert less.light.mean() == pytest.approx(whole.light.mean(), rel=0.02)
    assert np.abs(less.albedo - whole.albedo).mean() < 0.02
    assert not np.array_equal(less.light, whole.light)


def test_a_lamp_lights_but_is_not_seen(tracer):
    lamp = Light(id="l", kind=LightKind.AREA, position_m=(0.0, 0.0, -1.0),
                 aim_m=(0.0, 0.0, 5.0), intensity=5e4)  # fmt: skip
    wall = scenes.facing_quad(3.0, size_m=8.0, matter="emitter")
    stage = scenes.stage(wall, lights=[lamp], interior=True)
    order = order_of(stage, scenes.state(lights=[lamp]), width_px=16, height_px=9,
                     samples=4, seed=0, denoise=False)  # fmt: skip
    assert tracer.layers(order).light.max() < 1e-3


def test_a_lamp_shines_through_the_glow_around_it(tracer):
    lamp = Light(id="l", kind=LightKind.POINT, position_m=(0.0, 0.0, -2.0),
                 intensity=100.0)  # fmt: skip
    shade = scenes.box((0.0, 0.0, -2.0), (0.4,) * 3, matter="emitter",
                       emission=(5.0, 5.0, 5.0))  # fmt: skip
    wall = scenes.facing_quad(3.0, size_m=8.0, matter="emitter")
    stage = scenes.stage(scenes.join([shade, wall]), lights=[lamp], interior=True)
    order = order_of(stage, scenes.state(lights=[lamp]), width_px=32, height_px=18,
                     samples=64, seed=0, denoise=False)  # fmt: skip
    light = tracer.layers(order).light[..., 1]
    assert light[9, 16] == pytest.approx(5.0, rel=0.02)
    # 100 cd at one metre on half-grey: 100 · 0.5 / π, less to the side.
    assert 4.0 < light[9, 26] < 16.0


def test_the_sun_comes_through_a_pane(tracer):
    sun = Light(id="l", **SUN)
    pane = scenes.floor(6.0, height_m=1.0, matter="glass", color=(1.0, 1.0, 1.0))
    ground = scenes.floor(6.0, matter="emitter")
    view = scenes.camera((0.0, 0.8, 1.0), (0.0, 0.0, 0.0))
    means = []
    for parts in ([ground], [ground, pane]):
        stage = scenes.stage(scenes.join(parts), lights=[sun])
        order = order_of(stage, scenes.state(view, lights=[sun]), width_px=32,
                         height_px=18, samples=16, seed=0, denoise=False)  # fmt: skip
        means.append(tracer.layers(order).light.mean())
    assert 0.75 < means[1] / means[0] < 0.97


def test_the_sky_lights_what_lies_beyond_a_room_but_nothing_in_it(tracer):
    """Lamps at its windows stand for it inside; outside it is the sky itself."""
    sky = LIGHTS["sky"]
    half = {"size_m": 2.0, "matter": "emitter"}
    parts = [scenes.facing_quad(3.0, center=(x, 0.0), **half) for x in (-1.0, 1.0)]
    stage = scenes.stage(scenes.join(parts), lights=[sky])
    order = order_of(stage, scenes.state(lights=[sky]), width_px=32, height_px=18,
                     samples=64, seed=0, denoise=False)  # fmt: skip
    open_air = tracer.layers(order).light[9]
    room = ((-5.0, -5.0, -5.0), (0.0, 5.0, 5.0))
    roomed = tracer.layers(replace(order, room=room)).light[9]
    assert roomed[10].max() == 0.0
    assert roomed[21] == pytest.approx(open_air[21], rel=0.15)


DETAILED = [m.value for m in MATTERS if has_detail(m.value)] + ["bark", "garment"]


@pytest.mark.parametrize("matter", DETAILED)
def test_detail_keeps_the_mean_colour_and_tiles(matter):
    detail = detail_of(matter)
    assert detail.color.mean() == pytest.approx(1.0, abs=1e-4)
    assert np.isfinite(detail.height_m).all()
    step = np.abs(np.diff(detail.height_m, axis=1)).max()
    seam = np.abs(detail.height_m[:, 0] - detail.height_m[:, -1]).max()
    assert seam <= max(2.0 * step, 1e-9)


def test_mortar_lies_behind_the_bricks():
    detail = detail_of("brick")
    low = detail.height_m < np.quantile(detail.height_m, 0.1)
    assert detail.height_m[~low].mean() - detail.height_m[low].mean() > 0.002
