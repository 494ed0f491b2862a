"""Framings by name, solved and named again."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.camera.framing import Body, size_of, tightness
from previz.camera.named import FRAMINGS, frame_insert, framed, lead_room
from previz.errors import PrevizError, UnknownNameError
from previz.model import Angle, Character, Sensor, ShotSize
from previz.stage.landmarks import landmarks_of
from previz.stage.skeleton import skeleton_of

LAW = settings(deadline=None, max_examples=30)
GATE = Sensor()
HEIGHTS = (0.95, 1.2, 1.45, 1.6, 1.75, 1.9, 2.05)
HALF = GATE.width_mm / GATE.height_mm / 2


def standing(*, height_m=1.75, x=0.0, z=0.0, facing_deg=0.0, name="ann"):
    """Return a body at rest, turned about y and put somewhere."""
    age = 8 if height_m < 1.3 else 35
    skeleton = skeleton_of(Character(id=name, name=name, height_m=height_m, age=age))
    turn = np.radians(facing_deg)
    frame = np.eye(4)
    frame[0, 0] = frame[2, 2] = np.cos(turn)
    frame[0, 2], frame[2, 0] = np.sin(turn), -np.sin(turn)
    frame[:3, 3] = (x, 0.0, z)
    bones = np.array([frame @ at_rest(joint) for joint in skeleton.joints])
    return landmarks_of(bones, skeleton).body(name)


def at_rest(joint):
    matrix = np.eye(4)
    matrix[:3, 3] = joint
    return matrix


@pytest.mark.parametrize("height_m", HEIGHTS)
@pytest.mark.parametrize("size", list(ShotSize))
@pytest.mark.parametrize("angle", [Angle.EYE, Angle.LOW, Angle.HIGH])
def test_every_size_on_every_height_is_named_what_it_was_asked_as(
    size, height_m, angle
):
    body = standing(height_m=height_m)
    view = framed(str(size), [body], focal_mm=50, sensor=GATE, angle=angle)
    assert size_of(view, body) is size


@LAW
@given(turn=st.floats(-180, 180), facing=st.floats(-180, 180))
def test_a_single_looks_into_its_lead_room(turn, facing):
    body = standing(facing_deg=facing)
    view = framed("MCU", [body], focal_mm=50, sensor=GATE, turn_deg=turn)
    x, _, _ = view.project(body.eyes)
    nose = [e + 0.3 * f for e, f in zip(body.eyes, body.face, strict=True)]
    ahead, _, _ = view.project(tuple(nose))
    assert x * (ahead - x) <= 1e-6
    assert abs(x) <= HALF / 3 + 1e-6


def test_a_profile_puts_the_eyes_on_a_third():
    body = standing(facing_deg=90)
    assert abs(lead_room(body, yaw_deg=180, sensor=GATE)) == pytest.approx(HALF / 3)


@LAW
@given(
    apart=st.floats(1.0, 4.0),
    spare=st.floats(1.05, 2.5),
    side=st.sampled_from([-25.0, 25.0]),
)
def test_an_over_cuts_the_near_head_and_has_the_far_face_on_a_third(apart, spare, side):
    near = standing(z=0.0, facing_deg=0, name="ben")
    far = standing(z=apart, facing_deg=180)
    closest = framed("MCU", [far], focal_mm=50, sensor=GATE, turn_deg=0)
    per_mm = abs(closest.position[2] - apart) / 50
    focal_mm = spare * (apart + 0.6) / per_mm
    view = framed("OTS", [near, far], focal_mm=focal_mm, sensor=GATE, turn_deg=side)
    near_x, _, near_depth = view.project(near.eyes)
    far_x, _, far_depth = view.project(far.eyes)
    inner = abs(near_x) - 0.09 * focal_mm / GATE.height_mm / near_depth
    assert size_of(view, far) is ShotSize.MCU
    assert far_x == pytest.approx(np.sign(side) * HALF / 3, abs=1e-6)
    assert near_x * far_x < 0
    assert inner == pytest.approx(0.52 * HALF, abs=1e-3)
    assert 0.55 <= near_depth < far_depth


def test_an_over_on_too_short_a_lens_names_the_lens():
    near, far = standing(), standing(z=1.4, facing_deg=180, name="ben")
    with pytest.raises(PrevizError, match=r"framed\.focal_mm must be about \d+ mm"):
        framed("OTS", [near, far], focal_mm=35, sensor=GATE)


@pytest.mark.parametrize(("name", "number"), [("two-shot", 2), ("three-shot", 3)])
@pytest.mark.parametrize("focal_mm", [28.0, 50.0])
def test_a_group_holds_every_head_and_sees_faces_from_their_side(
    name, number, focal_mm
):
    people = [
        standing(x=0.8 * i, facing_deg=20 * i, name=f"p{i}") for i in range(number)
    ]
    view = framed(name, people, focal_mm=focal_mm, sensor=GATE)
    assert all(view.sees(body.head_top) for body in people)
    assert all(body.away_deg(view.position) < 90 for body in people)


def test_a_point_of_view_looks_at_the_other_from_the_eyes():
    whose, other = standing(), standing(z=3.0, x=1.0, height_m=1.2, name="cy")
    view = framed("POV", [whose, other], focal_mm=35, sensor=GATE)
    x, y, _ = view.project(other.eyes)
    assert (x, y) == pytest.approx((0, 0), abs=1e-6)
    assert np.linalg.norm(np.subtract(view.position, whose.eyes)) < 0.15


@LAW
@given(extent=st.floats(0.02, 2.0), focal_mm=st.floats(20, 150))
def test_an_insert_fills_six_tenths_of_the_height(extent, focal_mm):
    view = frame_insert(
        (0.3, 0.8, -1.0), extent_m=extent, yaw_deg=30, pitch_deg=-20,
        focal_mm=focal_mm, sensor=GATE,
    )  # fmt: skip
    _, _, depth = view.project((0.3, 0.8, -1.0))
    assert extent * focal_mm / GATE.height_mm / depth == pytest.approx(0.6)


def test_what_cannot_be_framed_says_why():
    with pytest.raises(UnknownNameError, match="two-shot"):
        framed("plan américain", [standing()], focal_mm=50, sensor=GATE)
    with pytest.raises(PrevizError, match=r"framed\.bodies must be 2 for 'OTS'"):
        framed("OTS", [standing()], focal_mm=50, sensor=GATE)
    with pytest.raises(PrevizError, match=r"frame_insert\.extent_m must be > 0 m"):
        frame_insert((0, 0, 0), extent_m=0, yaw_deg=0, pitch_deg=0, focal_mm=50,
                     sensor=GATE)  # fmt: skip
    assert isinstance(standing(), Body)
    assert "three-shot" in FRAMINGS


def lying(*, height_m=1.75):
    """Return a body on its back, its head towards -z."""
    skeleton = skeleton_of(Character(id="ann", name="Ann", height_m=height_m))
    down = np.eye(4)
    down[:3, :3] = [[1, 0, 0], [0, 0, 1], [0, -1, 0]]
    bones = np.array([down @ at_rest(joint) for joint in skeleton.joints])
    return landmarks_of(bones, skeleton).body("ann")


@pytest.mark.parametrize("size", [ShotSize.BCU, ShotSize.CU, ShotSize.MS, ShotSize.FS])
@pytest.mark.parametrize("turn_deg", [-60.0, 0.0, 25.0])
def test_who_lies_is_framed_from_above_as_tightly_as_was_asked(size, turn_deg):
    body = lying()
    assert body.lies
    view = framed(str(size), [body], focal_mm=50, sensor=GATE, turn_deg=turn_deg)
    assert view.sees(body.eyes)
    assert view.position[1] > body.eyes[1] + 0.2
    assert view.project(body.head_top)[1] > view.project(body.waist)[1]
    assert tightness(view, body, size) == pytest.approx(1.0, rel=0.35)


def test_an_over_on_who_lies_is_refused():
    with pytest.raises(PrevizError, match="must not lie for 'OTS'"):
        framed("OTS", [standing(z=2.0), lying()], focal_mm=50, sensor=GATE)
