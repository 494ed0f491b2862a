"""The names of sizes and the pictures they name, on people of several heights."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from previz.camera.framing import (
    Body,
    View,
    frame_single,
    size_of,
    tightness,
)
from previz.direct import direct
from previz.model import Posture, Sensor, ShotSize
from previz.script import parse_fountain
from previz.stage import Stage

SIZES = tuple(ShotSize)
SINGLES = (ShotSize.MLS, ShotSize.MS, ShotSize.MCU, ShotSize.CU, ShotSize.ECU)
HEIGHTS_M = st.floats(1.1, 2.05)
LENSES_MM = st.sampled_from((24.0, 35.0, 50.0, 85.0))
TURNS_DEG = st.floats(-180.0, 180.0)


def person(height_m: float, *, sitting: bool = False, lying: bool = False) -> Body:
    """Return somebody at the origin who faces +z, in shares of their stature."""
    shares = {
        "eyes": 0.935, "head_top": 1.0, "chin": 0.865, "shoulders": 0.80,
        "waist": 0.60, "hips": 0.53, "knees": 0.285, "feet": 0.0,
    }  # fmt: skip
    points = {name: (0.0, share * height_m, 0.0) for name, share in shares.items()}
    if sitting:
        drop = 0.53 * height_m - 0.48
        points = {n: (x, y - drop, z) for n, (x, y, z) in points.items()}
        points["knees"] = (0.0, 0.5, 0.24 * height_m)
        points["feet"] = (0.0, 0.0, 0.24 * height_m)
    if lying:
        points = {n: (0.0, 0.6, y) for n, (_, y, _) in points.items()}
    return Body(id="a", facing_deg=0.0, face=(0.0, 0.0, 1.0), **points)


@given(HEIGHTS_M, st.booleans(), st.sampled_from(SIZES), LENSES_MM, TURNS_DEG)
def test_a_framing_shows_what_its_size_says(height_m, sitting, size, lens_mm, turn_deg):
    body = person(height_m, sitting=sitting)
    view = frame_single(
        body, size, yaw_deg=turn_deg, pitch_deg=0.0, focal_mm=lens_mm, sensor=Sensor()
    )
    assert tightness(view, body, size) == pytest.approx(1.0, rel=0.05)


@given(HEIGHTS_M, st.booleans(), st.sampled_from(SIZES), LENSES_MM, TURNS_DEG)
def test_the_picture_names_its_size(height_m, sitting, size, lens_mm, turn_deg):
    body = person(height_m, sitting=sitting)
    view = frame_single(
        body, size, yaw_deg=turn_deg, pitch_deg=0.0, focal_mm=lens_mm, sensor=Sensor()
    )
    assert size_of(view, body) is size


@given(HEIGHTS_M, LENSES_MM)
def test_going_back_never_tightens_the_name(height_m, lens_mm):
    body = person(height_m)
    sizes = [
        SIZES.index(
            size_of(View((0.0, 1.5, away), 180.0, 0.0, lens_mm, Sensor()), body)
        )
        for away in (0.8, 1.2, 2.0, 3.5, 6.0, 12.0)
    ]
    assert sizes == sorted(sizes, reverse=True)


@given(HEIGHTS_M, st.sampled_from((ShotSize.CU, ShotSize.BCU, ShotSize.ECU)))
def test_a_head_that_is_thrown_back_is_shown_no_larger(height_m, size):
    upright = person(height_m)
    _, y, _ = upright.eyes
    up, down = upright.head_top[1] - y, y - upright.chin[1]
    c, s = math.cos(math.radians(50.0)), math.sin(math.radians(50.0))
    back = replace(
        upright,
        head_top=(0.0, y + up * c, -up * s),
        chin=(0.0, y - down * c, down * s),
    )
    away = [
        frame_single(
            body, size, yaw_deg=180.0, pitch_deg=0.0, focal_mm=65.0, sensor=Sensor()
        ).position[2]
        for body in (upright, back)
    ]
    assert away[1] == pytest.approx(away[0], rel=0.2)


def test_somebody_who_lies_is_no_farther_than_they_are():
    lying = person(1.7, lying=True)
    from_the_foot = View((0.0, 1.0, -1.03), 0.0, 0.0, 35.0, Sensor())
    standing = person(1.7)
    from_aside = View((0.0, 0.9, 2.5), 180.0, 0.0, 35.0, Sensor())
    assert lying.lies
    assert not standing.lies
    assert size_of(from_the_foot, lying) is size_of(from_aside, standing)


@pytest.mark.parametrize("action", ["Ann stands.", "Ann sits at the table."])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_single_shots_of_the_film_have_the_size_they_are_called(action, seed):
    text = (
        f"INT. KITCHEN - DAY\n\n{action}\n\n" + "ANN\nI was there.\n\nANN\nNo.\n\n" * 4
    )
    film = direct(parse_fountain(text), seed=seed)
    (scene,) = film.scenes
    stage = Stage(scene, film.characters, rate=film.rate)
    checked = 0
    for shot in scene.shots:
        if shot.size not in SINGLES or not shot.subjects:
            continue
        at = shot.first_frame + shot.length_frames // 2
        marks = stage.landmarks(shot.subjects[0], at)
        pose = shot.camera.poses[-1]
        height_mm = shot.camera.sensor.height_mm
        head_m = math.dist(marks.head_top, marks.chin)
        depth_m = math.dist(marks.eyes, pose.position_m)
        head = head_m * pose.focal_length_mm / height_mm / depth_m
        low, high = {
            ShotSize.MLS: (0.10, 0.28), ShotSize.MS: (0.18, 0.36),
            ShotSize.MCU: (0.27, 0.58), ShotSize.CU: (0.5, 0.9),
            ShotSize.ECU: (0.75, 1.4),
        }[shot.size]  # fmt: skip
        assert low < head < high, (shot.slate, shot.size, head)
        checked += 1
    assert checked
    postures = {m.posture for b in scene.blocking for m in b.marks}
    assert (Posture.SIT in postures) == ("sits" in action)
