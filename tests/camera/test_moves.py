"""Moves as words: what each does, and how they compose."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.camera import camera_at
from previz.camera import moves as mv
from previz.errors import ModelError, PrevizError, UnknownNameError
from previz.model import Aim, Camera, CameraPose, Lens, Rate, Rig, RigKind

LAW = settings(deadline=None, max_examples=30)
FILM = Rate()
LENGTH = 73
ZOOM = Lens(focal_length_mm=18, longest_mm=200)


def camera(**fields):
    pose = CameraPose(position_m=(0, 1.5, 5), target_m=(0, 1.5, 0))
    return Camera(poses=(pose,), **fields)


def at(moved, frame=LENGTH - 1, **others):
    return camera_at(moved, length_frames=LENGTH, frame=frame, rate=FILM, **others)


def ahead(state):
    return -state.world_from_camera[:3, 2]


PLACED = [
    (lambda c: mv.truck(c, 1.5), (1.5, 1.5, 5)),
    (lambda c: mv.dolly(c, 2), (0, 1.5, 3)),
    (lambda c: mv.pedestal(c, 0.5), (0, 2, 5)),
    (lambda c: mv.push_in(c, 1.2), (0, 1.5, 3.8)),
    (lambda c: mv.pull_out(c, 1.2), (0, 1.5, 6.2)),
    (lambda c: mv.arc(c, 90), (5, 1.5, 0)),
    (lambda c: mv.orbit(c, 360), (0, 1.5, 5)),
    (lambda c: mv.crane(c, 2), (0, 3.5, 5)),
    (lambda c: mv.static(mv.push_in(c, 1)), (0, 1.5, 5)),
]


@pytest.mark.parametrize(("move", "place"), PLACED)
def test_a_move_of_the_base_ends_where_its_word_says(move, place):
    start, end = at(move(camera()), 0), at(move(camera()))
    assert np.allclose(start.position_m, (0, 1.5, 5), atol=1e-12)
    assert np.allclose(end.position_m, place, atol=1e-9)


TURNED = [
    (lambda c: mv.pan(c, 90), (-1, 0, 0)),
    (lambda c: mv.whip_pan(c, -90), (1, 0, 0)),
    (lambda c: mv.tilt(c, 90), (0, 1, 0)),
    (lambda c: mv.arc(c, 90), (-1, 0, 0)),
    (lambda c: mv.truck(c, 3), (0, 0, -1)),
]


@pytest.mark.parametrize(("move", "direction"), TURNED)
def test_a_move_of_the_head_ends_turned_as_its_word_says(move, direction):
    assert np.allclose(ahead(at(move(camera()))), direction, atol=1e-9)


def test_a_truck_and_a_dolly_go_by_the_heading_of_the_camera():
    sideways = camera().changed(
        poses=(CameraPose(position_m=(0, 1.5, 5), target_m=(4, 0.5, 5)),)
    )
    assert np.allclose(at(mv.truck(sideways, 2)).position_m, (0, 1.5, 7))
    assert np.allclose(at(mv.dolly(sideways, 2)).position_m, (2, 1.5, 5))


def test_a_roll_turns_the_head_clockwise():
    up = at(mv.roll(camera(), 10)).world_from_camera[:3, 1]
    assert up[0] == pytest.approx(math.sin(math.radians(10)))


def test_a_zoom_ends_at_its_focal_length_by_even_ratios():
    zoomed = mv.zoom(camera(lens=ZOOM), 140, ease="none")
    focal = [at(zoomed, f).focal_length_mm for f in range(LENGTH)]
    assert (focal[0], focal[-1]) == (35.0, 140.0)
    assert np.allclose(np.diff(np.log(focal)), math.log(4) / (LENGTH - 1))


def test_a_rack_pulls_evenly_in_dioptres_to_its_distance():
    racked = mv.rack_focus(camera(), 1.0, ease="none")
    focus = np.array([at(racked, f).focus_distance_m for f in range(LENGTH)])
    assert (focus[0], focus[-1]) == (pytest.approx(2.5), pytest.approx(1.0))
    assert np.allclose(np.diff(1 / focus), (1 - 1 / 2.5) / (LENGTH - 1))


def test_handheld_puts_the_camera_on_a_shoulder():
    held = mv.handheld(camera(), 0.5, seed=4)
    assert (held.rig.kind, held.rig.unrest, held.seed) == (RigKind.HANDHELD, 0.5, 4)
    assert not np.allclose(at(held, 3).position_m, at(camera(), 3).position_m)


@LAW
@given(st.floats(-170, 170), st.integers(0, LENGTH - 1))
def test_an_arc_keeps_its_distance_and_its_framing(deg, frame):
    state = at(mv.arc(camera(), deg), frame)
    assert np.linalg.norm(state.position_m - (0, 1.5, 0)) == pytest.approx(5)
    pixel, _ = state.project(np.array([[0, 1.5, 0]]), width_px=100, height_px=50)
    assert np.allclose(pixel, (50, 25), atol=1e-6)


@LAW
@given(st.floats(-6, 6), st.floats(3.2, 9), st.integers(0, LENGTH - 1))
def test_a_crane_s_camera_stays_an_arm_away_from_its_pivot(rise, arm, frame):
    swung = mv.crane(camera(rig=Rig(kind=RigKind.CRANE, arm_m=arm)), rise)
    pivot = np.array([0, 1.5 + rise / 2, 5 + math.sqrt(arm**2 - rise**2 / 4)])
    away = np.linalg.norm(at(swung, frame).position_m - pivot)
    assert away == pytest.approx(arm, abs=1e-9)


def test_a_push_goes_straight_to_its_subject():
    end = at(
        mv.push_in(camera(), 2, subject="ann"), where=lambda *_: (3.0, 1.5, 1.0)
    ).position_m
    assert np.allclose(end, (1.2, 1.5, 3.4))


def test_an_even_move_is_even_within_a_percent():
    for move in (mv.truck, mv.dolly, mv.pedestal, mv.push_in, mv.pull_out):
        moved = move(camera(), 1.3, ease="none")
        way = [at(moved, f).position_m for f in range(LENGTH)]
        steps = np.linalg.norm(np.diff(way, axis=0), axis=1)
        assert steps.max() / steps.min() < 1.01


def test_a_move_is_over_when_its_time_is():
    pushed = mv.push_in(camera(), 1.0, over_s=1, rate=FILM, start_frame=12)
    z = [at(pushed, f).position_m[2] for f in range(LENGTH)]
    assert z[12] == 5.0
    assert z[36] == pytest.approx(4.0, abs=1e-12)
    assert np.all(np.diff(z[12:37]) < 0)
    assert len(set(z[36:])) == 1


FREE = [
    lambda c: mv.pan(c, 31, over_s=1),
    lambda c: mv.tilt(c, -12, start_frame=20),
    lambda c: mv.roll(c, 7),
    lambda c: mv.whip_pan(c, -80, start_frame=9),
    lambda c: mv.truck(c, 1.4),
    lambda c: mv.dolly(c, -0.8, over_s=2),
    lambda c: mv.pedestal(c, 0.4, start_frame=11),
    lambda c: mv.crane(c, 1.1),
    lambda c: mv.rack_focus(c, 4.2),
    lambda c: mv.zoom(c, 70),
]


@LAW
@given(st.permutations(FREE), st.integers(0, LENGTH - 1))
def test_moves_of_base_head_and_lens_commute(order, frame):
    straight, shuffled = camera(lens=ZOOM), camera(lens=ZOOM)
    for move in FREE:
        straight = move(straight)
    for move in order:
        shuffled = move(shuffled)
    one, other = at(straight, frame), at(shuffled, frame)
    assert np.allclose(one.world_from_camera, other.world_from_camera, atol=1e-9)
    assert one.focal_length_mm == pytest.approx(other.focal_length_mm)
    assert one.focus_distance_m == pytest.approx(other.focus_distance_m)


@LAW
@given(st.floats(-3, 3), st.floats(-3, 3), st.integers(0, LENGTH - 1))
def test_two_trucks_are_one_of_both_their_metres(first, second, frame):
    twice = at(mv.truck(mv.truck(camera(), first), second), frame)
    once = at(mv.truck(camera(), first + second), frame)
    assert np.allclose(twice.world_from_camera, once.world_from_camera, atol=1e-9)


def test_a_move_adds_to_the_moves_before_and_changes_nothing_else():
    before = mv.pan(camera(), 5)
    after = mv.push_in(before, 1.2, over_s=3, rate=FILM, ease="out")
    assert after.moves[:1] == before.moves
    assert after.changed(moves=before.moves) == before
    assert after.moves[1].length_frames == 72


def walker(subject, part, frame):
    # Comes nearer and crosses the frame.
    return (-0.4 + 0.01 * frame, 1.6, 0.2 + 0.008 * frame)


@pytest.mark.parametrize("aim", [None, Aim(subjects=("ann",), at=((0.33, 0.3),))])
@pytest.mark.parametrize("metres", [1.5, -2.0])
@pytest.mark.parametrize("breathing", [0.0, 0.08])
def test_a_dolly_zoom_holds_the_size_of_somebody_who_walks(aim, metres, breathing):
    lens = ZOOM.changed(breathing=breathing)
    moved = mv.dolly_zoom(camera(lens=lens, aim=aim), metres, subject="ann")

    def size(frame):
        state = at(moved, frame, where=walker)
        eyes = np.array(walker("ann", "eyes", frame))
        depth = state.project(eyes[None], width_px=100, height_px=50)[1][0]
        return state.focal_length_mm / depth

    sizes = np.array([size(f) for f in range(LENGTH)])
    assert np.abs(sizes / sizes[0] - 1).max() < 1e-6


def test_a_dolly_zoom_lets_go_of_its_subject_when_it_is_over():
    moved = mv.dolly_zoom(camera(lens=ZOOM), 1.0, over_s=1, rate=FILM, subject="ann")
    focal = [at(moved, f, where=walker).focal_length_mm for f in (23, 24, 50, 72)]
    assert focal[0] != focal[1]
    assert focal[1] == focal[2] == focal[3]


def test_a_dolly_zoom_on_a_prime_names_the_frame():
    moved = mv.dolly_zoom(camera(), 1.0)
    with pytest.raises(PrevizError, match=r"prime's 35 mm, got 2\d.* mm at frame 60"):
        at(moved, 60)
    assert at(moved, 0).focal_length_mm == 35.0


def test_a_dolly_zoom_beyond_the_zoom_names_the_frame():
    moved = mv.dolly_zoom(camera(lens=Lens(focal_length_mm=30, longest_mm=90)), 2.0)
    with pytest.raises(PrevizError, match=r"zoom's 30 to 90 mm, got 21 mm at frame 72"):
        at(moved)


def test_a_dolly_zoom_through_its_subject_names_the_frame():
    with pytest.raises(PrevizError, match=r"before the camera.*at frame 72"):
        at(mv.dolly_zoom(camera(lens=ZOOM), 6.0))


WRONG = [
    (lambda: mv.zoom(camera(lens=ZOOM), 300), PrevizError, "18 to 200 mm"),
    (lambda: mv.zoom(camera(), 70), PrevizError, "a prime of 35 mm"),
    (lambda: mv.pan(camera(), 5, ease="softly"), UnknownNameError, "CameraMove.ease"),
    (lambda: mv.pan(camera(), 5, over_s=0), PrevizError, "at least a frame"),
    (lambda: mv.pan(camera(), 5, over_s=math.nan), PrevizError, "at least a frame"),
    (lambda: mv.pan(camera(), math.nan), ModelError, "finite"),
    (lambda: mv.push_in(camera(), -1), ModelError, "> 0 m"),
    (lambda: mv.pan(camera(), 5, start_frame=-1), ModelError, "start_frame"),
]


@pytest.mark.parametrize(("make", "kind", "said"), WRONG)
def test_a_move_that_cannot_be_made_is_said(make, kind, said):
    with pytest.raises(kind, match=said):
        make()
