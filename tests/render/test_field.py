"""Light and sight in the air: the inverse square, walls, and who sees what."""

import math

import numpy as np
import pytest
import scenes

from previz.errors import PrevizError
from previz.model import Light, LightKind
from previz.render import Renderer
from previz.render.field import lux_at, shares_in_sight, tree_of

BULB = Light(id="b", kind=LightKind.POINT, position_m=(0.0, 1.5, 0.0), intensity=200.0)
# What stands far below gives nothing back and hides nothing.
BLACK_FLOOR = scenes.floor(2.0, height_m=-40.0, color=(0.0, 0.0, 0.0))
WALL = scenes.quad(
    [(1.0, 0, 2.0), (1.0, 0, -2.0), (1.0, 3, -2.0), (1.0, 3, 2.0)],
    color=(0.0, 0.0, 0.0),
)


def renderer(geometry=BLACK_FLOOR, lights=(BULB,)):
    stage = scenes.stage(geometry, lights=lights)
    return Renderer(stage, width_px=32, height_px=18, exposure_ev100=5, quality="board")


def test_twice_as_far_from_a_bulb_is_a_quarter_of_the_lux():
    away = np.array([0.5, 1.0, 2.0, 4.0])
    points = np.stack([away, np.full(4, 1.5), np.zeros(4)], axis=1)
    assert renderer().lux_at(points) == pytest.approx(200.0 / away**2, rel=1e-6)


def test_a_meter_on_a_facing_reads_by_the_cosine_and_nothing_from_behind():
    point = np.array([[2.0, 1.5, 0.0]])
    slanted = renderer().lux_at(point, facing=(-1.0, 0.0, 1.0))
    assert slanted[0] == pytest.approx(50.0 * np.sqrt(0.5), rel=1e-6)
    assert renderer().lux_at(point, facing=(3.0, 0.0, 0.0))[0] == 0.0


def test_a_meter_is_turned_to_the_stronger_of_two_lamps():
    far = BULB.model_copy(update={"id": "f", "position_m": (6.0, 1.5, 0.0)})
    read = renderer(lights=(BULB, far)).lux_at(np.array([[2.0, 1.5, 0.0]]))
    assert read[0] == pytest.approx(50.0, rel=1e-6)


def test_behind_a_wall_it_is_dark():
    read = renderer(WALL).lux_at(np.array([[0.9, 1.5, 0.0], [1.1, 1.5, 0.0]]))
    assert read[0] == pytest.approx(200.0 / 0.81, rel=1e-6)
    assert read[1] == 0.0


def test_a_gel_takes_its_luminance():
    green = BULB.model_copy(
        update={"gel": (0.0, 1.0, 0.0), "color_temperature_k": 6500}
    )
    lights = renderer(lights=(green,))
    read = lights.lux_at(np.array([[1.0, 1.5, 0.0]]))
    assert read[0] == pytest.approx(200.0 * 0.7152, rel=0.05)


@pytest.mark.parametrize(
    "facing", [(0.0, 0.0, 0.0), (math.nan, 1.0, 0.0), (0.0, 1.0), (0.0, 1.0, 0.0, 0.0)]
)
def test_a_facing_without_a_direction_in_space_is_refused(facing):
    with pytest.raises(PrevizError, match="facing must be a direction"):
        lux_at(None, None, np.zeros((1, 3)), facing=facing)


def test_a_wall_hides_half_of_what_stands_half_behind_it():
    tree = tree_of(WALL, np.ones(len(WALL.triangles), bool))
    targets = np.array([[3.0, 1.0, 0.0], [0.0, 1.0, 3.0]])
    eyes = np.array([[-1.0, 1.0, 0.0], [2.0, 1.0, 0.0], [2.0, 1.0, 2.5]])
    assert list(shares_in_sight(tree, eyes, targets)) == [0.5, 0.5, 1.0]
    nothing = tree_of(WALL, np.zeros(len(WALL.triangles), bool))
    assert list(shares_in_sight(nothing, eyes, targets)) == [1.0, 1.0, 1.0]


def test_no_lamp_and_no_sky_is_no_light():
    made = renderer(lights=())
    tree = tree_of(BLACK_FLOOR, np.ones(2, bool))
    assert lux_at(made._light, tree, np.ones((3, 3))).tolist() == [0.0, 0.0, 0.0]
