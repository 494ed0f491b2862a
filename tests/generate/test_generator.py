"""Frames good and bad through the generator."""

import dataclasses
from functools import cache

import numpy as np
import pytest
import scenes
from frames import frame, lamp, plates_of, renderer_of
from nets import small_network, weights_of

from previz.generate import PLANES, PreviewGenerator, encode, find_runtime
from previz.generate.openvino_runtime import OpenVinoRuntime
from previz.model import Medium
from previz.render.buffers import SKY_MATTER
from previz.stage import FIGURE_OBJECT_BASE, join


@cache
def generator():
    runtime = OpenVinoRuntime(weights_of(small_network()), precision="f32")
    return PreviewGenerator(runtime, key="0" * 64)


def sane(picture, height, width):
    return (
        picture.shape == (height, width, 3)
        and np.isfinite(picture).all()
        and picture.min() >= 0
    )


def test_a_picture_is_changed_within_what_an_answer_may_be():
    plates = plates_of()
    made = generator()(plates)
    assert sane(made, 36, 64)
    share = (made + 1 / 512) / (plates.lit + 1 / 512)
    assert np.abs(np.log(share)).max() < 4.01
    assert np.abs(np.log(share)).mean() > 0.01


def test_noise_is_made_only_for_a_network_that_reads_it():
    tensors = dict(weights_of(small_network()).tensors)
    assert weights_of(small_network()).reads_noise
    first = tensors["first.weight"].reshape(-1, len(PLANES), 16).copy()
    first[:, PLANES.index("noise 0") :] = 0.0
    tensors["first.weight"] = first.reshape(tensors["first.weight"].shape)
    deaf = dataclasses.replace(weights_of(small_network()), tensors=tensors)
    assert not deaf.reads_noise
    runtime = OpenVinoRuntime(deaf, precision="f32")
    made = [
        PreviewGenerator(runtime, key="0" * 64, noise=noise)(plates_of())
        for noise in (True, False)
    ]
    assert np.array_equal(*made)
    assert not np.array_equal(made[0], generator()(plates_of()))


def test_a_frame_is_the_same_whatever_came_before():
    first = generator()(plates_of())
    other = renderer_of().plates(scenes.state(figures=join([])))
    generator()(other)
    assert np.array_equal(generator()(plates_of()), first)


@pytest.mark.parametrize("size", [(1, 1), (33, 17), (5, 200)])
def test_odd_sizes_give_pictures(size):
    width, height = size
    made = renderer_of(width=width, height=height, generator=generator()).picture(
        frame()
    )
    assert made.shape == (height, width, 3)


def test_a_picture_4096_wide_is_made():
    assert sane(
        generator()(renderer_of(width=4096, height=24).plates(frame())), 24, 4096
    )


@pytest.mark.parametrize("value", [0.0, 1e-30, 1e6, np.nan, np.inf])
def test_black_blown_and_broken_light_gives_a_sane_picture(value):
    plates = plates_of()
    lit = np.full_like(plates.lit, value)
    assert sane(generator()(plates._replace(lit=lit)), 36, 64)


@pytest.mark.parametrize(
    "name",
    ["depth_m", "normal_world", "base_color", "roughness", "metalness", "surface_m"],
)
def test_a_broken_buffer_is_mended(name):
    plates = plates_of()
    broken = getattr(plates.buffers, name).copy()
    broken[3:9, 5:11] = np.nan
    seen = dataclasses.replace(plates.buffers, **{name: broken})
    assert np.isfinite(encode(plates._replace(buffers=seen))).all()
    made = generator()(plates._replace(buffers=seen))
    assert sane(made, 36, 64)


def test_an_empty_frame_gives_a_picture():
    made = renderer_of(geometry=join([]), lights=(), generator=generator())
    state = scenes.state()
    assert (made.plates(state).buffers.matter == SKY_MATTER).all()
    assert sane(made.linear(state), 36, 64)


@pytest.mark.parametrize("intensity", [0.0, 1e9])
def test_lamps_of_nothing_and_of_a_billion_give_pictures(intensity):
    made = renderer_of(lights=(lamp(intensity),), generator=generator())
    assert sane(made.linear(frame()), 36, 64)


def test_three_hundred_lamps_give_a_picture():
    lights = tuple(lamp(20.0, f"lamp-{i}") for i in range(300))
    made = renderer_of(lights=lights, generator=generator())
    assert sane(made.linear(frame()), 36, 64)


def test_another_seed_of_somebody_changes_hardly_more_than_them():
    state = frame()
    other = dataclasses.replace(state, object_seeds={FIGURE_OBJECT_BASE: 4})
    renderer = renderer_of(generator=generator())
    number = renderer.buffers(state).object_id
    gap = np.abs(renderer.linear(state) - renderer.linear(other)).max(axis=2)
    assert gap[number == FIGURE_OBJECT_BASE].mean() > 0
    far = np.ones(number.shape, bool)
    rows, cols = np.nonzero(number == FIGURE_OBJECT_BASE)
    far[max(rows.min() - 16, 0) : rows.max() + 16] = False
    far[:, max(cols.min() - 16, 0) : cols.max() + 16] = False
    inside = gap[number == FIGURE_OBJECT_BASE].mean()
    assert not far.any() or gap[far].mean() < inside


def test_the_best_runtime_here_draws_the_same_picture_as_any_other():
    best = PreviewGenerator(find_runtime(weights_of(small_network())), key="0" * 64)
    slow = find_runtime(weights_of(small_network()), "numpy")
    plates = plates_of()
    a, b = best(plates), PreviewGenerator(slow, key="0" * 64)(plates)
    assert np.abs(np.log((a + 1 / 512) / (b + 1 / 512))).mean() < 0.01


def test_a_drawn_look_of_a_generated_film_is_drawn_from_plain_light():
    made = renderer_of(generator=generator()).picture(frame(), medium=Medium.INK)
    assert np.array_equal(made, renderer_of().picture(frame(), medium=Medium.INK))
