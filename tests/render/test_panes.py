"""Panes mirror the set that lies before them; outdoors the sun stays before them."""

import numpy as np
import pytest
from scenes import camera, facing_quad, quad, stage, state

from previz.model import Light
from previz.render import Renderer
from previz.stage import join

SKY = Light(id="sky", kind="sky", intensity=5000.0)
SUN = Light(
    id="sun", kind="sun", intensity=50_000.0, position_m=(0, 4, 10), aim_m=(0, 0, 0)
)
PANE = facing_quad(2.0, size_m=3.0, matter="glass", color=(1.0, 1.0, 1.0), object_id=3)
BLACK = facing_quad(4.0, size_m=30.0, color=(0.0, 0.0, 0.0), roughness=1.0)
CARD = facing_quad(2.4, size_m=3.0, object_id=2)


def behind_the_camera(color):
    corners = [(15, -15, 3.0), (-15, -15, 3.0), (-15, 15, 3.0), (15, 15, 3.0)]
    return quad(corners, color=color, object_id=4)


def middle(*parts, lights=(SKY,), interior=False):
    renderer = Renderer(
        stage(join(list(parts)), lights=lights, interior=interior),
        width_px=33, height_px=33, exposure_ev100=10.0, quality="board",
        white_balance_k=5600.0,
    )  # fmt: skip
    return renderer.linear(state(camera()))[14:19, 14:19].mean(axis=(0, 1))


def test_a_pane_mirrors_the_wall_that_stands_before_it_and_not_the_sky():
    open_air = middle(PANE, BLACK) - middle(BLACK)
    walled = middle(PANE, BLACK, behind_the_camera((0.02, 0.02, 0.02)))
    walled -= middle(BLACK, behind_the_camera((0.02, 0.02, 0.02)))
    assert open_air.min() > 0.0
    assert walled.max() < 0.3 * open_air.min()


def test_what_a_pane_mirrors_has_the_wall_s_colour():
    red = middle(PANE, BLACK, behind_the_camera((0.8, 0.05, 0.05)))
    assert red[0] > 3 * red[2]


@pytest.mark.parametrize(("interior", "kept"), [(True, (0.5, 1.0)), (False, (0, 0.3))])
def test_the_sun_shines_through_the_panes_of_a_room_and_not_into_a_house(
    interior, kept
):
    bare = middle(CARD, lights=(SUN,), interior=interior)
    glazed = middle(PANE, CARD, lights=(SUN,), interior=interior)
    least, most = kept
    assert np.all(glazed >= least * bare)
    assert np.all(glazed <= most * bare)
