"""What edits do to the camera: keys in time, glass, reframing, cutting in two."""

import math

import numpy as np
import pytest
from sixty import sixty_shots

from previz.camera import camera_at
from previz.edits import edit_of, key_frames
from previz.errors import ModelError, PrevizError
from previz.model import CameraMove, Lens, Move

FILM = sixty_shots()
LONG = 96


def edited(film, kind, **fields):
    return edit_of({"kind": kind, **fields}).apply(film)


def camera(film, slate):
    return film.find_shot(slate)[1].camera


def seen(film, slate, frame):
    _, shot = film.find_shot(slate)
    return camera_at(shot.camera, length_frames=shot.length_frames, frame=frame)


def ahead(state):
    return -state.world_from_camera[:3, 2]


def frames(film, slate):
    return key_frames(camera(film, slate), length_frames=LONG)


def test_a_key_set_at_a_frame_is_where_the_camera_is_then():
    place = (1.8, 1.9, 1.4)
    film = edited(FILM, "add_key", shot="1A", at_frame=30, position_m=place)
    assert frames(film, "1A") == (0, 30, 95)
    assert seen(film, "1A", 30).position_m == pytest.approx(place, abs=1e-6)
    film = edited(film, "add_key", shot="1A", at_frame=30, position_m=(1, 2, 3))
    assert len(camera(film, "1A").poses) == 3
    assert edited(film, "remove_key", shot="1A", index=1) == FILM


def test_a_key_on_a_still_camera_makes_it_move_from_there():
    film = edited(FILM, "add_key", shot="1", at_frame=40, position_m=(1, 1.5, 2))
    still, there = seen(FILM, "1", 0), seen(film, "1", 40)
    assert np.array_equal(seen(film, "1", 0).position_m, still.position_m)
    assert there.position_m == pytest.approx((1, 1.5, 2))
    assert frames(film, "1") == (0, 40)


def test_moving_a_key_leaves_the_time_of_all_keys():
    film = edited(FILM, "add_key", shot="1A", at_frame=30, position_m=(1.8, 1.9, 1.4))
    film = edited(film, "move_key", shot="1A", index=1, position_m=(4, 2, 3))
    assert frames(film, "1A") == (0, 30, 95)
    assert seen(film, "1A", 30).position_m == pytest.approx((4, 2, 3), abs=1e-6)


def test_a_key_is_moved_in_time_alone():
    film = edited(FILM, "add_key", shot="1A", at_frame=30, position_m=(1.8, 1.9, 1.4))
    film = edited(film, "move_key", shot="1A", index=1, at_frame=70)
    assert frames(film, "1A") == (0, 70, 95)
    assert seen(film, "1A", 70).position_m == pytest.approx((1.8, 1.9, 1.4), abs=1e-6)


def test_a_pan_turns_the_picture_by_as_much_and_moves_nothing():
    film = edited(FILM, "reframe", shot="1", pan_deg=12, tilt_deg=0)
    before, after = seen(FILM, "1", 0), seen(film, "1", 0)
    assert np.allclose(before.position_m, after.position_m)
    flat = [math.degrees(math.atan2(-a[0], -a[2])) for a in map(ahead, (before, after))]
    assert flat[1] - flat[0] == pytest.approx(12)


def test_a_dolly_goes_ahead_on_the_level_and_a_truck_to_the_right():
    film = edited(FILM, "reframe", shot="1", forward_m=0.5, right_m=0.2)
    before, after = seen(FILM, "1", 0), seen(film, "1", 0)
    step = after.position_m - before.position_m
    right, level = before.world_from_camera[:3, 0], ahead(before) * (1, 0, 1)
    assert step[1] == 0
    assert step @ right == pytest.approx(0.2)
    assert step @ (level / np.linalg.norm(level)) == pytest.approx(0.5)
    assert np.allclose(ahead(before), ahead(after))


def test_a_moving_camera_is_reframed_at_the_frame_alone():
    film = edited(FILM, "reframe", shot="1A", at_frame=48, up_m=0.4)
    assert frames(film, "1A") == (0, 48, 95)
    lift = seen(film, "1A", 48).position_m - seen(FILM, "1A", 48).position_m
    assert lift == pytest.approx((0, 0.4, 0), abs=1e-6)
    for end in (0, 95):
        assert np.allclose(
            seen(film, "1A", end).position_m, seen(FILM, "1A", end).position_m
        )


def test_a_zoom_that_reaches_stays_on():
    zoom = Lens(name="24-70", focal_length_mm=24, longest_mm=70)
    scene, shot = FILM.find_shot("1")
    shot = shot.changed(camera=shot.camera.changed(lens=zoom))
    scene = scene.changed(shots=(shot, *scene.shots[1:]))
    film = FILM.changed(scenes=(scene, *FILM.scenes[1:]))
    assert camera(edited(film, "set_lens", shot="1", focal_length_mm=50), "1").lens == (
        zoom
    )
    prime = camera(edited(film, "set_lens", shot="1", focal_length_mm=85), "1")
    assert (prime.lens.focal_length_mm, prime.lens.longest_mm) == (85, None)
    assert prime.poses[0].focal_length_mm == 85


@pytest.mark.parametrize("at", [1, 40, 95])
def test_a_shot_cut_in_two_shows_the_same_frames(at):
    film = edited(FILM, "split_shot", shot="1A", at_frame=at)
    for frame in range(LONG):
        slate, own = ("1A", frame) if frame < at else ("1V", frame - at)
        whole, part = seen(FILM, "1A", frame), seen(film, slate, own)
        if slate == "1V":
            assert part.position_m == pytest.approx(whole.position_m, abs=2e-3)
    assert seen(film, "1A", 0).position_m == pytest.approx(
        seen(FILM, "1A", 0).position_m
    )


def test_both_halves_of_a_cut_go_on_as_the_whole_did():
    film = edited(FILM, "split_shot", shot="1A", at_frame=40)
    first = seen(film, "1A", 20).position_m
    assert first == pytest.approx(seen(FILM, "1A", 20).position_m, abs=2e-3)


def test_a_recorded_move_is_flown_again_within_a_centimetre_or_two():
    flown = [
        {
            "frame": f,
            "position_m": (2 + 0.3 * math.sin(f / 9), 1.5, 2 - f / 96),
            "target_m": (-1.0, 1.2 + 0.1 * math.sin(f / 7), -1.0),
        }
        for f in range(LONG)
    ]
    film = edited(FILM, "record_move", shot="1", poses=flown)
    for pose in flown:
        now = seen(film, "1", pose["frame"])
        assert math.dist(now.position_m, pose["position_m"]) < 0.02
    assert len(camera(film, "1").poses) < 40
    assert camera(film, "1").rig.kind == "handheld"


def test_smoothing_takes_the_shake_out_and_leaves_the_ends():
    shake = np.random.default_rng(3).normal(0, 0.02, (LONG, 3))
    flown = [
        {
            "frame": f,
            "position_m": tuple(np.array([2 - f / 96, 1.5, 2]) + shake[f]),
            "target_m": (-1.0, 1.2, -1.0),
        }
        for f in range(LONG)
    ]
    rough = edited(FILM, "record_move", shot="1", poses=flown)
    calm = edited(FILM, "record_move", shot="1", poses=flown, smooth_s=0.5)

    def jolt(film):
        way = np.array([seen(film, "1", f).position_m for f in range(LONG)])
        return float(np.abs(np.diff(way, 2, axis=0)).mean())

    assert jolt(calm) < 0.2 * jolt(rough)
    first = seen(calm, "1", 0).position_m
    assert math.dist(first, flown[0]["position_m"]) < 0.02


def test_a_pulled_focus_is_keyed_and_the_start_stays_as_it_was():
    film = edited(FILM, "set_focus", shot="1", distance_m=4.0, at_frame=40)
    assert seen(film, "1", 0).focus_distance_m == pytest.approx(2.5)
    assert seen(film, "1", 40).focus_distance_m == pytest.approx(4.0)


def test_no_lens_is_put_on_that_cannot_make_the_moves_of_the_shot():
    scene, shot = FILM.find_shot("1")
    zoom = Lens(name="24-70", focal_length_mm=24, longest_mm=70)
    moves = (CameraMove(kind=Move.ZOOM, amount=60),)
    ready = shot.camera.changed(lens=zoom, moves=moves)
    scene = scene.changed(shots=(shot.changed(camera=ready), *scene.shots[1:]))
    film = FILM.changed(scenes=(scene, *FILM.scenes[1:]))
    assert camera(edited(film, "set_lens", shot="1", focal_length_mm=50), "1").moves
    with pytest.raises(PrevizError, match="zoom that reaches"):
        edited(film, "set_lens", shot="1", focal_length_mm=85)
    assert edited(film, "set_status", shot="1", status="hold") != film


def test_no_shot_is_made_so_long_that_nobody_can_wait_for_it():
    with pytest.raises(ModelError, match="14400 frames"):
        edited(FILM, "trim_shot", shot="1", length_frames=9_000_000)
