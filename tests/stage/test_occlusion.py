import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.model import Matter, Opening, Set, SetPiece
from previz.stage import Obstacles


def room(*pieces, interior=True):
    return Set(
        id="s", name="S", template="test", interior=interior, size_m=(6.0, 3.0, 6.0),
        pieces=pieces,
    )  # fmt: skip


def wall_with(kind):
    hole = Opening(kind=kind, x_m=0.5, y_m=0.9, width_m=1.0, height_m=1.2)
    return SetPiece(
        id="w", kind="wall", position_m=(0, 0, -3.1), size_m=(6.4, 3.0, 0.2),
        matter=Matter.PLASTER, openings=(hole,),
    )  # fmt: skip


BOX = SetPiece(id="b", kind="box", size_m=(2.0, 1.2, 1.0), position_m=(0.5, 0, 0))


def test_a_window_lets_a_look_through_and_the_wall_does_not():
    solid = Obstacles(room(wall_with("window")))
    assert not solid.blocked((0.5, 1.5, 0.0), (0.5, 1.5, -6.0))
    assert solid.blocked((-1.5, 1.5, 0.0), (-1.5, 1.5, -6.0))
    assert solid.blocked((0.5, 0.4, 0.0), (0.5, 0.4, -6.0))


def test_a_closed_door_blocks_a_look():
    solid = Obstacles(room(wall_with("door")))
    assert solid.blocked((0.5, 1.5, 0.0), (0.5, 1.5, -6.0))


def test_looks_pass_over_low_furniture():
    solid = Obstacles(room(BOX))
    assert solid.blocked((0.5, 1.0, 3.0), (0.5, 1.0, -3.0))
    assert not solid.blocked((0.5, 1.4, 3.0), (0.5, 1.4, -3.0))


@settings(deadline=None)
@given(st.tuples(*[st.floats(-2.9, 2.9)] * 6))
def test_blocked_is_the_same_both_ways(c):
    solid = Obstacles(room(BOX.changed(yaw_deg=33.0)))
    a, b = (c[0], abs(c[1]), c[2]), (c[3], abs(c[4]), c[5])
    assert solid.blocked(a, b) == solid.blocked(b, a)


@settings(deadline=None)
@given(st.tuples(*[st.floats(-2.9, 2.9)] * 6), st.floats(-180, 180))
def test_blocked_agrees_with_sampling_the_segment(c, yaw):
    solid = Obstacles(room(BOX.changed(yaw_deg=yaw), interior=False))
    a, b = np.array((c[0], abs(c[1]), c[2])), np.array((c[3], abs(c[4]), c[5]))
    steps = np.linspace(0.01, 0.99, 60)[:, None]
    if any(solid.inside(p, margin_m=-0.02) for p in a + (b - a) * steps):
        assert solid.blocked(a, b)


def test_a_camera_is_not_in_furniture_nor_outside_the_room():
    solid = Obstacles(room(BOX))
    assert solid.inside((0.5, 0.6, 0.0), margin_m=0.0)
    assert solid.inside((0.5, 1.3, 0.0), margin_m=0.2)
    assert not solid.inside((0.5, 1.5, 0.0), margin_m=0.2)
    assert solid.inside((0.0, 1.5, 3.2), margin_m=0.0)
    assert solid.inside((0.0, 1.5, 2.9), margin_m=0.2)
    assert not Obstacles(room(BOX, interior=False)).inside((0, 1.5, 3.2), margin_m=0.0)


def test_a_door_that_opens_lets_through_and_another_does_not():
    wall = wall_with("door")
    pair = wall.changed(
        openings=(*wall.openings, wall.openings[0].changed(x_m=-1.5, y_m=0.0))
    )
    solid = Obstacles(room(pair), opened={("w", "door-2"), ("other", "door-1")})
    assert not solid.blocked((-1.5, 1.0, 0.0), (-1.5, 1.0, -6.0))
    assert solid.blocked((0.5, 1.5, 0.0), (0.5, 1.5, -6.0))
