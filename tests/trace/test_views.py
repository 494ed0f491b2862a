"""A trace and the preview look through the same camera at the same things."""

from dataclasses import replace

import numpy as np
import pytest
import scenes

from previz.model import Look
from previz.render import Renderer
from previz.stage import join
from previz.trace import order_of

WIDTH, HEIGHT = 64, 36
BOXES = [((-0.7, 0.3, -3.0), 0.6), ((0.5, -0.2, -2.2), 0.5), ((0.3, 0.5, -5.0), 1.2)]


def boxes():
    return join(
        [
            scenes.box(at, (size,) * 3, object_id=1 + k, matter="emitter",
                       emission=tuple(100.0 * (c == k) for c in range(3)))
            for k, (at, size) in enumerate(BOXES)
        ]
    )  # fmt: skip


def looking(*, squeeze=1.0, **look):
    camera = scenes.camera((0.4, 0.2, 0.5), (0.0, 0.0, -3.0), focal_mm=28.0)
    look = Look(depth_of_field=False, bloom=0.0, **look)
    return replace(camera, look=look, squeeze=squeeze)


def traced(tracer, camera, *, samples=4, size=(WIDTH, HEIGHT), **how):
    stage, state = scenes.stage(boxes()), scenes.state(camera, **how)
    order = order_of(stage, state, width_px=size[0], height_px=size[1],
                     samples=samples, seed=3, denoise=False)  # fmt: skip
    return tracer.layers(order)


VIEWS = {
    "spherical": looking(),
    "anamorphic": looking(squeeze=1.5),
    "shifted": looking(shift_x=0.12, shift_y=-0.1),
}


@pytest.mark.parametrize("name", VIEWS)
def test_what_a_pixel_sees_is_what_the_preview_sees_there(tracer, name):
    camera = VIEWS[name]
    stage, state = scenes.stage(boxes()), scenes.state(camera)
    buffers = Renderer(
        stage, width_px=WIDTH, height_px=HEIGHT, exposure_ev100=6.0, quality="board"
    ).buffers(state)
    layers = traced(tracer, camera, samples=8)
    seen = np.where(layers.light.max(axis=2) > 50.0, 1 + layers.light.argmax(axis=2), 0)
    inside = even(buffers.object_id)
    assert inside.mean() > 0.6
    assert (seen == buffers.object_id)[inside].mean() >= 0.99
    whole = inside & (buffers.object_id > 0)
    rays = np.linalg.norm(buffers.position_world - camera.position_m, axis=2)
    # Four samples lie about the pixel's middle: steep faces differ by their slope.
    gap = np.abs(layers.depth_m - rays)[whole]
    assert np.median(gap) < 0.003
    assert np.quantile(gap, 0.95) < 0.03


def even(ids):
    """Where a pixel and its eight neighbours see the same thing."""
    same = np.zeros(ids.shape, bool)
    around = [
        ids[1 + a : ids.shape[0] - 1 + a, 1 + b : ids.shape[1] - 1 + b]
        for a in (-1, 0, 1)
        for b in (-1, 0, 1)
    ]
    same[1:-1, 1:-1] = np.all([x == around[4] for x in around], axis=0)
    return same


@pytest.mark.parametrize("name", ["spherical", "anamorphic", "shifted"])
def test_a_point_lands_where_the_camera_projects_it(tracer, name):
    camera = VIEWS[name]
    centre = np.array([[0.13, -0.21, -3.4]])
    dot = scenes.facing_quad(3.4, size_m=0.16, center=centre[0, :2], matter="emitter",
                             emission=(900.0, 900.0, 900.0))  # fmt: skip
    stage, state = scenes.stage(dot), scenes.state(camera)
    order = order_of(stage, state, width_px=160, height_px=90, samples=16, seed=1,
                     denoise=False)  # fmt: skip
    light = tracer.layers(order).light.sum(axis=2)
    rows, cols = np.mgrid[0:90, 0:160] + 0.5
    found = np.array([(light * cols).sum(), (light * rows).sum()]) / light.sum()
    expected, _ = camera.project(centre, width_px=160, height_px=90)
    assert np.abs(found - expected[0]).max() < 0.6


def test_a_thing_off_the_focus_spreads_over_its_circle_of_confusion(tracer):
    camera = scenes.camera(focal_mm=75.0)
    camera = replace(camera, focus_distance_m=2.0, t_stop=2.0)
    dot = scenes.facing_quad(6.0, size_m=0.02, matter="emitter",
                             emission=(1e5, 1e5, 1e5))  # fmt: skip
    order = order_of(scenes.stage(dot), scenes.state(camera), width_px=96,
                     height_px=54, samples=256, seed=1, denoise=False)  # fmt: skip
    light = tracer.layers(order).light.sum(axis=2)
    rows, cols = np.mgrid[0:54, 0:96] + 0.5
    spread = ((cols - 48) ** 2 + (rows - 27) ** 2) * light
    radius = np.sqrt(2.0 * spread.sum() / light.sum())
    focal_px = camera.focal_px(96, 54)[0]
    pupil = 0.5 * 0.075 / 2.0 / (1 - 0.075 / 2.0)
    expected = focal_px * pupil * (1 / 2.0 - 1 / 6.0)
    assert radius == pytest.approx(expected, rel=0.1)


def test_an_open_shutter_draws_a_moving_thing_along_its_way(tracer):
    look = Look(depth_of_field=False, motion_blur=True, bloom=0.0)
    camera = replace(scenes.camera(), look=look, shutter_deg=360.0)
    thing = scenes.facing_quad(3.0, size_m=0.2, matter="emitter",
                               emission=(100.0, 100.0, 100.0))  # fmt: skip
    before = thing.positions - np.float32([0.6, 0.0, 0.0])
    state = scenes.state(camera, figures=thing, before=before)
    order = order_of(scenes.stage(), state, width_px=64, height_px=36, samples=16,
                     seed=1, denoise=False)  # fmt: skip
    assert len(order.instants) > 8
    light = tracer.layers(order).light.sum(axis=(0, 2))
    wide = (light > 0.05 * light.max()).sum()
    pixel = camera.focal_px(64, 36)[0] / 3.0
    assert wide == pytest.approx(0.8 * pixel, abs=2)
    sharp = replace(state, camera=replace(camera, look=look.changed(motion_blur=False)))
    still = order_of(scenes.stage(), sharp, width_px=64, height_px=36, samples=16,
                     seed=1, denoise=False)  # fmt: skip
    assert len(still.instants) == 1
