"""Ways keep clear of furniture and people, go through doors, and are the same twice."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from previz.direct.floor import Floor
from previz.direct.navigation import BODY_M, Ways
from previz.direct.places import TEMPLATES, dress
from previz.model import Matter, Opening, Set, SetPiece, Slugline
from previz.stage.walk import plan_walk

PLACES = {
    "kitchen": "INT. KITCHEN - DAY",
    "office": "INT. OFFICE - DAY",
    "bar": "INT. BAR - NIGHT",
    "hospital room": "INT. HOSPITAL ROOM - NIGHT",
    "church": "INT. CHURCH - DAY",
    "street": "EXT. STREET - DAY",
    "forest": "EXT. FOREST - DAY",
}


def room(*pieces, interior=True):
    return Set(
        id="s", name="S", template="test", interior=interior, size_m=(6.0, 3.0, 6.0),
        pieces=pieces,
    )  # fmt: skip


BOX = SetPiece(id="b", kind="box", size_m=(2.0, 1.2, 1.0), position_m=(0.5, 0, 0))


def divided(kind):
    hole = (
        Opening(kind=kind, x_m=1.0, width_m=1.0, height_m=2.1)
        if kind != "window"
        else Opening(kind=kind, x_m=1.0, y_m=0.9, width_m=1.0, height_m=1.2)
    )
    wall = SetPiece(
        id="w", kind="wall", size_m=(6.0, 3.0, 0.2), matter=Matter.PLASTER,
        openings=(hole,),
    )  # fmt: skip
    return room(wall)


def line(path, grain=0.02):
    points = []
    for a, b in pairwise(path):
        count = max(2, int(math.dist(a, b) / grain))
        points += [
            tuple(a[k] + (b[k] - a[k]) * s for k in range(3))
            for s in np.linspace(0, 1, count)
        ]
    return np.array(points)


def test_a_free_way_needs_no_corner():
    assert Ways(room(BOX)).way((-2, 0, 2), (2, 0, 2)).via == ()


def test_a_way_goes_through_the_door_and_not_through_the_wall():
    start, goal = (-2.0, 0.0, 2.0), (-2.0, 0.0, -2.0)
    way = Ways(divided("door")).way(start, goal)
    assert way.reached
    path = line([start, *way.via, goal])
    crossing = path[np.argmin(np.abs(path[:, 2]))]
    assert abs(crossing[0] - 1.0) < 0.5 - BODY_M + 0.03


def test_what_no_way_leads_to_is_gone_to_as_near_as_can_be():
    way = Ways(divided("window")).way((-2.0, 0.0, 2.0), (-2.0, 0.0, -2.0))
    assert not way.reached
    assert 0.2 < way.goal[2] < 0.7


@settings(deadline=None, max_examples=40)
@given(st.floats(-180, 180), st.floats(-1.0, 1.0), st.floats(-0.6, 0.6))
def test_a_way_keeps_clear_of_a_box(yaw, x, z):
    set_ = room(BOX.changed(yaw_deg=yaw, position_m=(x, 0.0, z)))
    ways = Ways(set_)
    start, goal = (0.0, 0.0, 2.5), (0.0, 0.0, -2.5)
    path = line([start, *ways.way(start, goal).via, goal])
    assert ways.clearance(path).min() >= BODY_M


@pytest.fixture(scope="module")
def floors():
    return {
        (name, seed): Floor(
            dress(
                Slugline(
                    text=text,
                    setting=text[:3],
                    place=text[5:].partition(" - ")[0],
                    time="DAY",
                ),
                seed=seed,
                id="s",
                people=4,
            )
        )
        for name, text in PLACES.items()
        for seed in (1, 2)
    }


@example("hospital room", 1, (0.0, 0.0, 0.4375, -0.21875))
@example("church", 2, (-0.453125, 0.390625, -0.453125, 0.109375))
@example("church", 2, (0.4375, 0.09375, 0.421875, 0.25))
@settings(
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(sorted(PLACES)),
    st.sampled_from([1, 2]),
    st.tuples(*[st.floats(-0.48, 0.48)] * 4),
)
def test_on_a_dressed_set_bodies_keep_clear_of_furniture(floors, name, seed, at):
    """Also where the stage rounds the corners of the way."""
    floor = floors[name, seed]
    w, _, d = floor.set_.size_m
    start, goal = (at[0] * w, 0.0, at[1] * d), (at[2] * w, 0.0, at[3] * d)
    clear = floor.ways.clearance([start, goal])
    assume(clear.min() > 0.3)
    assume(math.dist(start, goal) > 0.5)
    way = floor.ways.way(start, goal)
    path = [start, *way.via, way.goal]
    assert floor.ways.clearance(line(path)).min() >= BODY_M
    walked = plan_walk(path, start_s=0.0, end_s=10.0).points
    assert floor.ways.clearance(walked).min() >= BODY_M - 0.02
    assert floor.ways.way(start, goal) == way


def test_whoever_stands_in_the_way_is_walked_round():
    ways = Ways(room())
    start, goal = (0.0, 0.0, 2.5), (0.0, 0.0, -2.5)
    way = ways.way(start, goal, [(0.1, 0.0, 0.6)])
    path = line([start, *way.via, goal])
    assert np.hypot(path[:, 0] - 0.1, path[:, 2]).min() >= 0.59


def test_somebody_in_the_only_door_does_not_stop_a_walk():
    start, goal = (1.0, 0.0, 2.0), (1.0, 0.0, -2.0)
    way = Ways(divided("door")).way(start, goal, [(1.0, 0.0, 0.6)])
    assert way.reached


def test_every_template_is_listed_under_a_name_that_dresses_it():
    assert set(PLACES) <= set(TEMPLATES)
