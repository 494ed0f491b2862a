"""Figures as spheres: whom they darken, and where."""

import numpy as np
import pytest

from previz.model import Character
from previz.render.occluders import openness, spheres_of
from previz.stage import FIGURE_OBJECT_BASE, PROP_OBJECT_BASE, Geometry
from previz.stage.body import body_of

ANN = Character(id="ann", name="ANN")
OWN = FIGURE_OBJECT_BASE


def open_share(spheres, place, normal, *, own=1):
    near = np.arange(len(spheres), dtype=np.int16)
    return openness(spheres, near, len(near), own, tuple(place), tuple(normal))


@pytest.fixture(scope="module")
def standing():
    body = body_of(ANN)
    shape = Geometry(
        positions=body.rest,
        normals=body.normals,
        surface=body.surface,
        triangles=body.triangles,
        triangle_object=np.full(len(body.triangles), OWN, np.int32),
        triangle_material=body.triangle_material,
        materials=body.materials,
    )
    return spheres_of(shape, body.parts)


def test_somebody_who_stands_is_many_small_spheres(standing):
    assert 25 <= len(standing) <= 60
    assert standing[:, 3].max() < 0.2
    assert np.ptp(standing[:, 1]) > 1.3


def test_the_floor_is_dark_at_the_feet_and_light_a_step_away(standing):
    feet = standing[standing[:, 1] < 0.15][:, :3].mean(axis=0)
    up = (0.0, 1.0, 0.0)
    under = (feet[0], 0.0, feet[2])
    assert open_share(standing, under, up) < 0.7
    assert open_share(standing, (feet[0] + 0.8, 0.0, feet[2]), up) > 0.9


def pair(own):
    return np.array([[-0.1, 0.0, 0.0, 0.1, own], [0.1, 0.0, 0.0, 0.1, own]])


def test_a_figure_darkens_the_crook_between_its_own_limbs():
    leaning = np.array([1.0, 1.0, 0.0]) / np.sqrt(2)
    crook = np.array([-0.1, 0.0, 0.0]) + 0.1 * leaning
    assert open_share(pair(OWN), crook, leaning, own=OWN) < 0.85


def test_a_round_limb_does_not_darken_itself():
    top = (-0.1, 0.1, 0.0)
    away = np.array([-1.0, 0.0, 0.0])
    assert open_share(pair(OWN)[:1], top, (0, 1, 0), own=OWN) == 1.0
    assert open_share(pair(OWN), (-0.2, 0.0, 0.0), away, own=OWN) == 1.0


def test_a_thing_does_not_darken_itself():
    leaning = np.array([1.0, 1.0, 0.0]) / np.sqrt(2)
    crook = np.array([-0.1, 0.0, 0.0]) + 0.1 * leaning
    spheres = pair(PROP_OBJECT_BASE)
    assert open_share(spheres, crook, leaning, own=PROP_OBJECT_BASE) == 1.0
