"""Baked light: the same in slices, only what changed, none through walls."""

import numpy as np
import pytest
import scenes

from previz.model import Light, LightKind
from previz.render import Renderer
from previz.render.bake import Bake, Effort, LightCache, Lit
from previz.render.lights import AREA, INTENSITY, KIND, lamps_of
from previz.render.renderer import EFFORTS
from previz.render.sky import sky_from

EFFORT = Effort(0.5, 800, 16, 4, 40, 16, 64)
LAMPS = (
    Light(id="a", kind=LightKind.POINT, position_m=(0.0, 1.5, 0.0), intensity=200.0),
    Light(id="b", kind=LightKind.AREA, position_m=(0.8, 1.6, 0.0),
          aim_m=(0.0, 0.0, 0.0), intensity=100.0, width_m=0.5, height_m=0.3),
)  # fmt: skip


def room(size=3.0, height=2.4, **how):
    """Four walls, floor and ceiling, seen from within."""
    x, z, h = size / 2, size / 2, height
    a, b, c, d = (-x, 0, z), (x, 0, z), (x, 0, -z), (-x, 0, -z)
    e, f, g, i = (-x, h, z), (x, h, z), (x, h, -z), (-x, h, -z)
    faces = [(a, b, c, d), (i, g, f, e), (d, c, g, i), (b, a, e, f), (a, d, i, e)]
    faces.append((c, b, f, g))
    return scenes.join([scenes.quad(face, **how) for face in faces])


def lit(geometry=None, lights=LAMPS, *, sky=0.0):
    geometry = room() if geometry is None else geometry
    lamps = lamps_of(lights, center=np.array([0.0, 1.2, 0.0]), limit=8,
                     white_balance_k=6500.0)  # fmt: skip
    return Lit(
        geometry=geometry,
        opaque=np.ones(len(geometry.triangles), bool),
        shuts_out_sun=np.ones(len(geometry.triangles), bool),
        lamps=lamps,
        kept=min(len(lamps), 6),
        sky=sky_from(np.full(3, sky), sun_illuminance=np.zeros(3),
                     sun_towards=np.zeros(3)),
        sky_enters=1.0,
        low=np.array([-1.3, 0.1, -1.3]),
        high=np.array([1.3, 2.0, 1.3]),
        coarser_beyond=2.0,
        effort=EFFORT,
    )  # fmt: skip


def moved(lamp, **change):
    return lamp.model_copy(update=change)


def same(one, other):
    pairs = ((one.kept, other.kept), (one.probes.values, other.probes.values),
             (one.sun_map.depth, other.sun_map.depth))  # fmt: skip
    return all(np.array_equal(a, b) for a, b in pairs)


def test_slices_make_the_same_light_as_one_go():
    sliced = Bake(lit(sky=100.0))
    calls = 1
    while not sliced.advance(0.0):
        calls += 1
    assert calls > 20
    assert same(sliced.whole(), Bake(lit(sky=100.0)).whole())


def test_the_same_content_is_not_baked_again():
    cache = LightCache()
    first = Bake(lit(), cache).whole()
    again = Bake(lit(room()), cache)
    assert again.advance(0.0)
    assert again.whole() is first


def test_a_lamp_that_moves_leaves_the_set_and_the_other_lamp_alone():
    cache = LightCache()
    Bake(lit(), cache).whole()
    sets, shares = dict(cache.sets), dict(cache.shares)
    lights = (moved(LAMPS[0], position_m=(0.5, 1.2, 0.4)), LAMPS[1])
    baked = Bake(lit(lights=lights), cache).whole()
    assert all(cache.sets[key] is value for key, value in sets.items())
    assert len(cache.sets) == len(sets)
    assert len(cache.shares) == len(shares) + 1
    assert same(baked, Bake(lit(lights=lights)).whole())


def test_a_lamp_that_is_dimmed_or_switched_shoots_no_ray_on_the_set():
    cache = LightCache()
    Bake(lit(), cache).whole()
    count = len(cache.shares)
    dimmed = (moved(LAMPS[0], intensity=20.0), LAMPS[1])
    for lights in (dimmed, LAMPS[1:]):
        baked = Bake(lit(lights=lights), cache).whole()
        assert same(baked, Bake(lit(lights=lights)).whole())
    assert len(cache.shares) == count


def test_a_wall_that_moves_bakes_the_set_anew():
    cache = LightCache()
    narrow = Bake(lit(), cache).whole()
    wide = Bake(lit(room(3.4)), cache).whole()
    assert len(cache.sets) == 2
    assert same(wide, Bake(lit(room(3.4))).whole())
    assert wide.kept[:, :3].mean() < narrow.kept[:, :3].mean()


def test_no_light_comes_through_walls():
    outside = (
        Light(id="a", kind=LightKind.POINT, position_m=(4.0, 1.2, 0.0), intensity=1e6),
        Light(id="s", kind=LightKind.SUN, position_m=(3.0, 9.0, 2.0), intensity=1e5),
        Light(id="w", kind=LightKind.AREA, position_m=(0.0, 1.2, -1.7),
              aim_m=(0.0, 1.2, 3.0), intensity=1e5),
    )  # fmt: skip
    baked = Bake(lit(lights=outside, sky=20_000.0)).whole()
    assert baked.kept[:, :3].max() == 0.0
    assert baked.probes.values.max() == 0.0


def test_near_a_panel_light_falls_as_from_its_true_shape():
    """Against the sum over the panel: a wide, low one just above a floor."""
    panel = Light(id="p", kind=LightKind.AREA, position_m=(0.0, 0.5, 0.0),
                  aim_m=(0.0, 0.0, 0.0), intensity=100.0, width_m=2.0,
                  height_m=0.2)  # fmt: skip
    what = lit(scenes.floor(6.0), (panel,))
    baked = Bake(what).whole()
    row = what.lamps[0]
    assert row[KIND] == AREA
    far = np.abs(baked.lattice.position[:, 0] - 0.75) < 0.3
    near = far & (np.abs(baked.lattice.position[:, 2]) < 0.3)
    for s in np.flatnonzero(near):
        x, _, z = baked.lattice.position[s]
        u, v = np.meshgrid(np.linspace(-1, 1, 81), np.linspace(-0.1, 0.1, 21))
        square = (x - u) ** 2 + (z - v) ** 2 + 0.25
        true = row[INTENSITY + 1] * np.mean(0.25 / square**2)
        area = row[1] ** 2
        middle = x**2 + z**2 + 0.25
        disc = row[INTENSITY + 1] * 0.25 / middle / (middle + area)
        given = disc * baked.kept[s, 3]
        assert given == pytest.approx(true, rel=0.2)
    assert near.sum() > 0


def test_a_renderer_relights_between_frames():
    dark = scenes.stage(room(), lights=LAMPS[1:], interior=True)
    bright = scenes.stage(room(), lights=LAMPS, interior=True)
    view = scenes.camera((0.0, 1.2, 1.2), (0.0, 1.0, -1.0))
    how = {"width_px": 32, "height_px": 18, "exposure_ev100": 5.0, "quality": "board",
           "white_balance_k": 5000.0}  # fmt: skip
    renderer = Renderer(dark, **how)
    before = renderer.linear(scenes.state(view))
    renderer.relight(bright)
    assert np.array_equal(renderer.linear(scenes.state(view)), before)
    while not renderer.advance(1.0):
        pass
    after = renderer.linear(scenes.state(view))
    assert np.array_equal(after, Renderer(bright, **how).linear(scenes.state(view)))
    assert after.mean() > 1.2 * before.mean()


def test_a_lamp_that_is_dragged_on_and_on_lights_from_where_it_was():
    view = scenes.camera((0.0, 1.2, 1.2), (0.0, 1.0, -1.0))
    stage = scenes.stage(room(), lights=LAMPS, interior=True)
    how = {"width_px": 32, "height_px": 18, "exposure_ev100": 5.0, "quality": "board",
           "white_balance_k": 5000.0}  # fmt: skip
    renderer, shown = Renderer(stage, **how), set()
    for step in range(200):
        x, y, z = LAMPS[0].position_m
        moved = (LAMPS[0].changed(position_m=(x + 0.001 * step, y, z)), *LAMPS[1:])
        scene = stage.scene.__class__(**{**vars(stage.scene), "lights": moved})
        stage = stage.__class__(**{**vars(stage), "scene": scene})
        renderer.relight(stage)
        renderer.advance(0.0)
        shown.add(renderer.linear(scenes.state(view)).tobytes())
    assert len(shown) > 2
    while not renderer.advance(1.0):
        pass
    last = Renderer(stage, **how).linear(scenes.state(view))
    assert np.array_equal(renderer.linear(scenes.state(view)), last)


def test_efforts_ask_for_square_numbers_of_lamp_rays():
    for effort in EFFORTS.values():
        assert round(effort.lamp_rays**0.5) ** 2 == effort.lamp_rays
