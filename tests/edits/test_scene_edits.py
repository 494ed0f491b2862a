"""What edits do to blocking, place and cut: people, things and time go along."""

import math
from itertools import pairwise

import pytest
from sixty import sixty_shots

from previz.cut import take_hash
from previz.edits import edit_of
from previz.errors import ModelError

FILM = sixty_shots()


def edited(film, kind, **fields):
    return edit_of({"kind": kind, **fields}).apply(film)


def move(film, index, **where):
    return edited(film, "move_mark", scene="1", character="ann", index=index, **where)


def marks(film, who="ann"):
    return next(b for b in film.scenes[0].blocking if b.character == who).marks


def near_table(mark, come):
    """Return the least distance of a way from the middle of the table."""
    points = [come.position_m, *mark.via, mark.position_m]
    steps = [k / 50 for k in range(51)]
    return min(
        math.hypot(a[0] + (b[0] - a[0]) * s, a[2] + (b[2] - a[2]) * s)
        for a, b in pairwise(points)
        for s in steps
    )


def test_a_moved_mark_is_hit_at_its_frame_by_a_way_round_the_table():
    film = move(FILM, 1, position_m=(1.2, 0.0, 1.0))
    first, second, third = marks(film)
    assert second.position_m == (1.2, 0.0, 1.0)
    assert (second.arrive_frame, third.arrive_frame) == (200, 520)
    assert near_table(second, first) > 0.55
    assert film.scenes[0].shots == FILM.scenes[0].shots


def test_a_mark_put_near_the_chair_sits_on_it_and_one_taken_off_stands():
    seated = move(FILM, 1, position_m=(0.1, 0.0, 0.85))
    mark = marks(seated)[1]
    assert (mark.spot, mark.posture, mark.facing_deg) == ("chair", "sit", 180.0)
    mark = marks(move(seated, 1, position_m=(2.0, 0.0, -1.2)))[1]
    assert (mark.spot, mark.posture) == ("", "stand")


def test_nobody_is_put_into_the_table_or_out_of_the_room():
    for place in ((0.0, 0.0, 0.0), (9.0, 0.0, 0.0)):
        with pytest.raises(ModelError, match="clear of walls and furniture"):
            move(FILM, 1, position_m=place)


def test_the_first_mark_can_be_moved_too():
    film = move(FILM, 0, position_m=(-2.2, 0.0, 1.0))
    assert marks(film)[0].position_m == (-2.2, 0.0, 1.0)
    assert marks(film)[1].position_m == marks(FILM)[1].position_m


def test_nobody_is_asked_to_fly():
    ann = {"scene": "1", "character": "ann"}
    with pytest.raises(ModelError, match="m/s"):
        edited(FILM, "time_mark", **ann, index=1, arrive_frame=3)


def test_who_needs_longer_leaves_sooner():
    ann = {"scene": "1", "character": "ann"}
    film = edited(FILM, "time_mark", **ann, index=1, arrive_frame=110)
    first, second, _ = marks(film)
    assert second.arrive_frame == 110
    assert first.leave_frame < 60


def test_a_mark_taken_out_is_walked_past():
    film = edited(FILM, "remove_mark", scene="1", character="ann", index=1)
    first, last = marks(film)
    assert first.position_m == marks(FILM)[0].position_m
    assert last.position_m == marks(FILM)[2].position_m
    with pytest.raises(ModelError, match="at least 1"):
        edited(FILM, "remove_mark", scene="1", character="bob", index=0)


def test_a_moved_chair_takes_its_seat_and_who_sits_there_along():
    seated = move(FILM, 1, to="chair")
    film = edited(
        seated, "place_piece", scene="1", piece="chair", position_m=(1.5, 0, -0.9)
    )
    mark = marks(film)[1]
    assert mark.position_m == pytest.approx((1.5, 0.0, -0.9))
    spot = next(s for s in film.scenes[0].set.spots if s.name == "chair")
    assert spot.position_m == pytest.approx(mark.position_m)
    turned = edited(seated, "place_piece", scene="1", piece="chair", yaw_deg=90)
    assert marks(turned)[1].facing_deg == pytest.approx(90)


def test_a_moved_table_takes_the_cup_along_and_the_way_leads_round_it():
    straight = FILM.scenes[0].blocking[0].marks
    assert straight[1].via == ()
    film = edited(
        FILM, "place_piece", scene="1", piece="table", position_m=(0.0, 0.0, -1.3)
    )
    pieces = {p.id: p for p in film.scenes[0].set.pieces}
    assert pieces["cup"].position_m == pytest.approx((0.3, 0.75, -1.2))
    assert marks(film)[1].via != ()


def test_time_taken_out_of_a_shot_brings_all_later_sooner():
    film = edited(FILM, "trim_shot", shot="1A", length_frames=80)
    scene, old = film.scenes[0], FILM.scenes[0]
    assert scene.length_frames == old.length_frames - 16
    assert marks(film)[2].arrive_frame == 520 - 16
    assert scene.shots[2].first_frame == old.shots[2].first_frame - 16
    assert scene.shots[-1].camera == old.shots[-1].camera
    longer = edited(film, "trim_shot", shot="1A", length_frames=96)
    assert longer.scenes[0].length_frames == old.length_frames
    assert marks(longer)[2] == marks(FILM)[2]


def test_a_rolled_cut_moves_no_action():
    film = edited(FILM, "trim_shot", shot="1A", length_frames=120, mode="roll")
    scene = film.scenes[0]
    assert scene.blocking == FILM.scenes[0].blocking
    assert [s.length_frames for s in scene.shots[:4]] == [96, 120, 72, 96]
    with pytest.raises(ModelError, match="to leave 1B one"):
        edited(FILM, "trim_shot", shot="1A", length_frames=192, mode="roll")


def test_what_is_cut_in_two_and_merged_is_one_shot_of_the_same_frames():
    film = edited(FILM, "split_shot", shot="1A", at_frame=40)
    assert [s.length_frames for s in film.scenes[0].shots[:4]] == [96, 40, 56, 96]
    whole = edited(film, "merge_shots", shot="1A")
    shot, old = whole.find_shot("1A")[1], FILM.find_shot("1A")[1]
    assert shot.changed(camera=old.camera) == old


def test_reordered_shots_keep_their_lengths_and_cover_the_scene():
    film = edited(FILM, "trim_shot", shot="1A", length_frames=120, mode="roll")
    order = [s.slate for s in film.scenes[0].shots]
    fresh = edited(film, "reorder_shots", scene="1", order=order[::-1])
    lengths = {s.slate: s.length_frames for s in film.scenes[0].shots}
    assert [s.slate for s in fresh.scenes[0].shots] == order[::-1]
    assert {s.slate: s.length_frames for s in fresh.scenes[0].shots} == lengths
    assert edited(fresh, "reorder_shots", scene="1", order=order) == film


def test_a_note_or_a_status_renders_nothing_anew():
    size = {"width_px": 320, "height_px": 180}
    noted = edited(FILM, "add_note", shot="1A", frame=3, text="Air.")
    noted = edited(noted, "set_status", shot="1A", status="approved")
    moved = edited(FILM, "reframe", shot="1A", pan_deg=1)
    names = [take_hash(f, *f.find_shot("1A"), **size) for f in (FILM, noted, moved)]
    assert names[0] == names[1] != names[2]


def test_notes_go_with_the_frames_they_are_on_when_a_shot_is_cut():
    film = edited(FILM, "add_note", shot="1A", frame=60, text="Here.")
    film = edited(film, "split_shot", shot="1A", at_frame=40)
    assert film.find_shot("1A")[1].notes == ()
    assert film.find_shot("1V")[1].notes[0].frame == 20
    whole = edited(film, "merge_shots", shot="1A")
    assert whole.find_shot("1A")[1].notes[0].frame == 60
