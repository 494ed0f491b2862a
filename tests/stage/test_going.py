"""Going from mark to mark: walking, running, on stairs, turning, sitting down."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_figures import ANN, play

from previz.model import Blocking, Mark, Posture
from previz.stage import BONES
from previz.stage.skeleton import skeleton_of

LAW = settings(deadline=None, max_examples=15)
FOOT = [BONES.index(f"{bone}_{side}") for side in "lr" for bone in ("foot", "toe")]


def go(marks, person=ANN):
    stage, _ = play(
        Blocking(character="ann", marks=tuple(marks)), characters=(person,), length=400
    )
    return stage


def feet(stage, frames):
    """Return ankle, toe joint and toe's up axis of both feet, (f, 2, 3) each."""
    bones = np.array([stage.bones("ann", f)[FOOT] for f in frames])
    toes = bones[:, [1, 3]]
    return bones[:, [0, 2]][:, :, :3, 3], toes[:, :, :3, 3], toes[:, :, :3, 1]


@st.composite
def ways(draw):
    """Three marks: walked or run to, over the floor or up a flight, held as may be."""
    at, frame, marks, height = np.zeros(3), 0, [], 0.0
    for k in range(3):
        hold = draw(st.integers(12, 40))
        posture = draw(st.sampled_from([Posture.STAND, Posture.STAND, Posture.SIT]))
        via = ()
        if k:
            pace = draw(st.floats(0.8, 4.5))
            turn = np.radians(draw(st.floats(-180, 180)))
            far = draw(st.floats(1.0, 5.0))
            to = np.array([np.sin(turn), 0.0, np.cos(turn)])
            goal = at + far * to
            if draw(st.booleans()) and far > 2.5:
                rise = draw(st.sampled_from([0.7, 1.05]))
                low, high = at + 0.7 * to, at + (0.7 + rise * 1.7) * to
                high[1] = at[1] + rise
                goal[1] = high[1]
                via, pace = (tuple(low), tuple(high)), min(pace, 1.2)
            frame += round(24 * far / pace) + 14
            at = goal
        height = at[1]
        if posture is Posture.SIT and height > 0:
            posture = Posture.STAND
        facing = draw(st.floats(-180, 180))
        marks.append(
            Mark(
                position_m=tuple(at),
                facing_deg=facing,
                arrive_frame=frame,
                leave_frame=frame + hold,
                posture=posture,
                via=via,
            )
        )
        frame += hold
    return marks, frame


@LAW
@given(ways(), st.floats(1.1, 2.0))
def test_no_foot_slides_while_it_carries(way, height):
    marks, last = way
    person = ANN.changed(height_m=height)
    stage = go(marks, person)
    rest = skeleton_of(person).joint("toe_l")[1]
    _, toes, up = feet(stage, range(min(last, 380)))
    lowest = toes[:, :, 1] - rest
    flat = up[:, :, 1] > 0.99999
    still = np.abs(np.diff(lowest, axis=0)) < 1e-5
    # Two steps of the same height: at the top of its swing a foot has one.
    planted = (flat[1:] & flat[:-1] & still)[1:] & still[:-1]
    slide = np.linalg.norm(np.diff(toes, axis=0), axis=2)[1:]
    assert planted.sum() > 30
    assert slide[planted].max() < 0.01


@pytest.mark.parametrize("height", [1.2, 1.9])
def test_a_runner_leaves_the_floor_with_both_feet_and_a_walker_never_does(height):
    person = ANN.changed(height_m=height)
    rest = skeleton_of(person).joint("toe_l")[1]
    for pace, flies in ((1.3, False), (4.0, True)):
        frames = round(24 * 9 / pace) + 14
        marks = (
            Mark(position_m=(0, 0, 0), arrive_frame=0, leave_frame=12),
            Mark(position_m=(0, 0, 9), arrive_frame=12 + frames, leave_frame=399),
        )
        ankles, toes, _ = feet(go(marks, person), range(30, 12 + frames - 24))
        aloft = (toes[:, :, 1] > rest + 0.02) & (ankles[:, :, 1] > rest + 0.02)
        assert aloft.all(axis=1).any() == flies


def test_a_pace_says_when_one_sets_off():
    def leaves(pace):
        marks = (
            Mark(position_m=(0, 0, 0), arrive_frame=0, leave_frame=12),
            Mark(
                position_m=(0, 0, 6), arrive_frame=260, leave_frame=399, pace_m_s=pace
            ),
        )
        stage = go(marks)
        hips = [stage.landmarks("ann", f).hips[2] for f in range(262)]
        return next(f for f, z in enumerate(hips) if z > 0.15), np.diff(hips).max() * 24

    slow, fast = leaves(1.0), leaves(3.0)
    assert slow[0] < fast[0] - 60
    assert slow[1] == pytest.approx(1.0, rel=0.15)
    assert fast[1] == pytest.approx(3.0, rel=0.15)


@pytest.mark.parametrize("down", [False, True])
def test_feet_stand_on_the_treads_of_a_flight(down):
    rise, run, count = 1.4, 2.4, 8
    low, high = (0.0, 0.0, 0.0), (0.0, rise, run)
    ends = [(0.0, 0.0, -1.0), (0.0, rise, run + 1.0)]
    via = (low, high)
    if down:
        ends, via = ends[::-1], via[::-1]
    marks = (
        Mark(position_m=ends[0], facing_deg=180.0 * down, arrive_frame=0,
             leave_frame=12),
        Mark(position_m=ends[1], facing_deg=180.0 * down, arrive_frame=150,
             leave_frame=399, via=via),
    )  # fmt: skip
    rest = skeleton_of(ANN).joint("toe_l")[1]
    ankles, toes, up = feet(go(marks), range(160))
    planted = (up[1:, :, 1] > 0.99999) & (np.abs(np.diff(toes[:, :, 1], axis=0)) < 1e-5)
    planted[-1] = False
    where = ankles[1:][planted]
    heights = toes[1:][planted][:, 1] - rest
    treads = np.clip(np.floor(where[:, 2] / (run / count)) + 1, 0, count) * rise / count
    treads = np.where(where[:, 2] < 0, 0.0, treads)
    assert np.abs(heights - treads).max() < 0.01
    assert len(set(np.round(heights, 2))) > 5
