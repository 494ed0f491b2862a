"""What the network is told of a frame, and what is made of its answer."""

import numpy as np
import pytest
from frames import plates_of

from previz.generate import CHANNELS, PLANES, decode, encode
from previz.generate.encode import FLOOR, MATTER_CODES
from previz.render.buffers import SKY_MATTER
from previz.stage import MATTERS


def plane(planes, name):
    return planes[PLANES.index(name)]


def test_planes_are_finite_and_of_the_size_of_the_picture():
    planes = encode(plates_of())
    assert planes.shape == (CHANNELS, 36, 64)
    assert planes.dtype == np.float32
    assert np.isfinite(planes).all()
    assert np.abs(planes).max() < 6


def test_light_is_told_by_its_logarithm():
    plates = plates_of()
    lit = np.full_like(plates.lit, 0.25)
    planes = encode(plates._replace(lit=lit))
    expected = (np.log2(0.25 + FLOOR) + 3) / 4
    assert np.allclose(planes[:3], expected, atol=1e-3)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, -1.0])
def test_light_that_is_no_number_counts_as_none(value):
    plates = plates_of()
    spoilt, dark = plates.lit.copy(), plates.lit.copy()
    spoilt[5, 7], dark[5, 7] = value, 0.0
    expected = encode(plates._replace(lit=dark))
    assert np.array_equal(encode(plates._replace(lit=spoilt)), expected)


def test_light_as_of_a_lamp_of_a_billion_stays_in_bounds():
    plates = plates_of()
    planes = encode(plates._replace(lit=np.full_like(plates.lit, 1e9)))
    assert np.abs(planes[:3]).max() < 5


def test_normals_are_the_cameras():
    plates = plates_of()
    seen = plates.buffers
    hit = seen.matter != SKY_MATTER
    turn = plates.view.world_from_camera[:3, :3]
    expected = (seen.normal_world @ turn)[hit]
    planes = encode(plates)
    assert np.allclose(planes[6:9].transpose(1, 2, 0)[hit], expected, atol=1e-5)
    assert np.allclose(plane(planes, "rising"), seen.normal_world[..., 1])


def test_facing_is_one_where_a_surface_looks_at_the_camera_and_small_at_its_rim():
    facing = plane(encode(plates_of()), "facing")
    assert facing.max() > 0.95
    assert 0 <= facing.min() < 0.5


def test_edges_lie_where_the_next_pixel_is_another_object():
    plates = plates_of()
    objects = plates.buffers.object_id
    planes = encode(plates)
    right = np.zeros(objects.shape, bool)
    right[:, :-1] = objects[:, :-1] != objects[:, 1:]
    below = np.zeros(objects.shape, bool)
    below[:-1] = objects[:-1] != objects[1:]
    assert right.any()
    assert np.array_equal(plane(planes, "edge right") > 0, right)
    assert np.array_equal(plane(planes, "edge below") > 0, below)


def test_every_matter_has_a_code_of_its_own():
    assert set(MATTER_CODES) == set(MATTERS)
    assert len(set(MATTER_CODES.values())) == len(MATTERS)
    assert all(0 <= code < 64 for code in MATTER_CODES.values())


def test_the_sky_is_told_apart_from_every_matter():
    plates = plates_of()
    sky = plates.buffers.matter == SKY_MATTER
    planes = encode(plates)
    assert sky.any()
    assert np.array_equal(plane(planes, "sky") > 0, sky)
    codes = planes[PLANES.index("matter 0") : PLANES.index("matter 5") + 1]
    assert not codes[:, sky].any()
    assert (np.abs(codes[:, ~sky]) == 1).all()


def test_a_seed_of_one_object_changes_the_noise_on_that_object_alone():
    plates = plates_of()
    number = int(plates.buffers.object_id.max())
    other = encode(plates._replace(object_seeds={number: 7}))
    noise = slice(PLANES.index("noise 0"), CHANNELS)
    changed = (encode(plates) != other).any(axis=0)
    own = plates.buffers.object_id == number
    assert not changed[~own].any()
    assert changed[own].mean() > 0.99
    assert np.array_equal(encode(plates)[: noise.start], other[: noise.start])


def test_an_empty_answer_leaves_the_picture_as_it_is():
    lit = plates_of().lit
    made = decode(lit, np.zeros((3, 36, 64), np.float32))
    assert np.allclose(made, lit, atol=1e-6)


def test_an_answer_scales_light_and_lifts_black():
    lit = np.zeros((2, 2, 3), np.float32)
    lit[0] = 1.0
    made = decode(lit, np.full((3, 2, 2), np.log(2.0), np.float32))
    assert np.allclose(made[0], 2.0 + FLOOR)
    assert np.allclose(made[1], FLOOR)


def test_a_picture_or_an_answer_that_is_no_number_leaves_no_trace():
    lit = np.full((2, 2, 3), 0.5, np.float32)
    answer = np.zeros((3, 2, 2), np.float32)
    lit[0, 0], answer[:, 1, 1] = np.nan, np.inf
    made = decode(lit, answer)
    assert np.allclose(made[0, 0], 0.0)
    assert np.allclose(made[1], 0.5)
