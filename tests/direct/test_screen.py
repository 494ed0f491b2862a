"""What hides a point from a camera, to the triangle."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.direct.screen import Screen
from previz.model import Matter
from previz.stage import MATTERS, Geometry
from previz.stage.geometry import Materials, join

EYE = (0.0, 0.0, 0.0)
PLACES = st.floats(-3.0, 3.0)


def board(*, matter: Matter = Matter.WOOD) -> Geometry:
    """Return a board one metre square that stands at z = 2."""
    corners = [(-0.5, -0.5, 2), (0.5, -0.5, 2), (0.5, 0.5, 2), (-0.5, 0.5, 2)]
    return Geometry(
        positions=np.array(corners, np.float32),
        normals=np.tile(np.array([[0, 0, -1]], np.float32), (4, 1)),
        surface=np.zeros((4, 2), np.float32),
        triangles=np.array([[0, 1, 2], [0, 2, 3]], np.int32),
        triangle_object=np.ones(2, np.int32),
        triangle_material=np.zeros(2, np.int32),
        materials=Materials(
            base_color=np.full((1, 3), 0.5, np.float32),
            roughness=np.full(1, 0.5, np.float32),
            metalness=np.zeros(1, np.float32),
            matter=np.array([MATTERS.index(matter)], np.uint8),
            emission=np.zeros((1, 3), np.float32),
        ),
    )


@settings(deadline=None)
@given(PLACES, PLACES, st.floats(0.5, 5.0))
def test_a_board_hides_what_is_behind_it_and_nothing_else(x, y, z):
    at = max(abs(x), abs(y)) * 2.0 / z
    if abs(at - 0.5) < 0.01 or abs(z - 2.0) < 0.05:
        return
    assert Screen(board()).hides(EYE, [(x, y, z)])[0] == (at < 0.5 and z > 2.0)


@pytest.mark.parametrize("count", [1, 40])
def test_boards_apart_hide_each_what_is_behind_it(count):
    boards = [
        replace(board(), positions=board().positions + np.float32([3.0 * i, 0, 0]))
        for i in range(count)
    ]
    screen = Screen(join(boards))
    places = [(3.0 * i, 0.0, 3.0) for i in range(count)]
    for place in places:
        eye = (place[0], 0.0, 0.0)
        assert screen.hides(eye, [place])[0]
        assert not screen.hides(eye, [(place[0] + 1.5, 0.0, 3.0)])[0]


def test_glass_is_looked_through():
    assert not Screen(board(matter=Matter.GLASS)).hides(EYE, [(0.0, 0.0, 3.0)])[0]


def test_nothing_hides_nothing():
    assert not Screen(join([])).hides(EYE, [(0.0, 0.0, 3.0)]).any()
    assert Screen(board()).hides(EYE, []).shape == (0,)
