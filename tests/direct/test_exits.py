from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from previz.direct import direct
from previz.direct.cutting import SHORTEST_S, cut_on_exits
from previz.direct.plan import Plan
from previz.model import Coverage, Rate, ShotSize
from previz.script import parse_fountain
from previz.stage import Stage, camera_at

RATE = Rate()
LEAVING = [
    ("BAR", "Ann gets up from the bar and walks out of the room."),
    ("OFFICE", "Ann walks out."),
    (
        "KITCHEN",
        "Ann turns, runs out and slams the door behind her, for good, it seems.",
    ),
]


def follow_of(place, text):
    script = parse_fountain(
        f"INT. {place} - DAY\n\nANN\nI am going.\n\nBOB\nGo, then.\n\n{text}\n\n"
        "BOB\nWell. That was that, and there is nobody left to tell.\n"
    )
    film = direct(script)
    (scene,) = film.scenes
    (left,) = (b.exit_frame for b in scene.blocking if b.exit_frame is not None)
    shots = [s for s in scene.shots if "ann" in s.subjects and len(s.subjects) == 1]
    return film, scene, left, [s for s in shots if s.first_frame < left][-1]


@pytest.mark.parametrize(("place", "text"), LEAVING)
def test_a_follow_is_cut_soon_after_its_subject_has_left(place, text):
    film, _, left, shot = follow_of(place, text)
    assert shot.coverage is Coverage.FOLLOW
    end = shot.first_frame + shot.length_frames
    assert film.rate.seconds(end - left) <= 0.5


@pytest.mark.parametrize(("place", "text"), LEAVING)
def test_who_leaves_is_kept_off_the_frames_edge_to_the_door(place, text):
    film, scene, left, shot = follow_of(place, text)
    stage = Stage(scene, film.characters, rate=film.rate)
    for frame in range(0, min(shot.length_frames, left - shot.first_frame), 6):
        eyes = stage.landmarks("ann", shot.first_frame + frame).eyes
        camera = camera_at(shot.camera, length_frames=shot.length_frames, frame=frame)
        pixels, depths = camera.project(eyes[None], width_px=1600, height_px=900)
        assert 0.12 < pixels[0][0] / 1600 < 0.88
        assert depths[0] > 1.0


def test_a_scene_ends_soon_after_the_last_has_left():
    (scene,) = direct(
        parse_fountain("INT. BAR - DAY\n\nANN\nGood night.\n\nAnn walks out.\n")
    ).scenes
    (left,) = (b.exit_frame for b in scene.blocking)
    assert RATE.seconds(scene.length_frames - left) <= 0.5


@given(st.integers(30, 200), st.integers(30, 200), st.integers(0, 400))
def test_cutting_on_exits_keeps_shots_without_gap_and_long_enough(one, two, left):
    plans = [
        Plan(0, one, Coverage.FOLLOW, ShotSize.FS, subjects=("ann",)),
        Plan(one, one + two, Coverage.SINGLE, ShotSize.MS, subjects=("bob",)),
    ]
    cut = cut_on_exits(plans, gone={"ann": left}, rate=RATE)
    assert cut[0].start == 0
    assert cut[-1].end == one + two
    assert all(a.end == b.start for a, b in pairwise(cut))
    assert all(RATE.seconds(p.end - p.start) >= SHORTEST_S for p in cut)
