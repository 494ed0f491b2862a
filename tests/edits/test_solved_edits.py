"""Edits that are solved by the rules of direction: framings, moves, rigs, new marks."""

import pytest
from sixty import sixty_shots

from previz.camera import camera_at
from previz.edits import edit_of
from previz.errors import PrevizError, UnknownNameError


@pytest.fixture
def film(short_film):
    made = short_film(lengths=((12, 14),))
    inside = {"shot": "1A", "index": 0, "position_m": (0.0, 1.5, 1.6)}
    return edit_of({"kind": "move_key", **inside}).apply(made)


def test_a_framing_by_name_is_solved_and_said(film):
    shot = film.shots[0][1]
    who = film.scenes[0].blocking[0].character
    edit = edit_of(
        {"kind": "frame_on", "shot": shot.slate, "framing": "MCU", "character": who}
    )
    framed = edit.apply(film).find_shot(shot.slate)[1]
    assert (framed.size, framed.subjects) == ("MCU", (who,))
    assert framed.camera.poses[0].position_m != shot.camera.poses[0].position_m
    name = film.find_character(who).name.title()
    assert edit.words(film) == f"{shot.slate}: MCU on {name}"


def test_moves_in_words_are_made_and_nonsense_is_refused(film):
    shot = film.shots[0][1]
    words = ("tilt up 4 deg over 0.2 s", "then pan left 3 deg")
    edit = edit_of({"kind": "set_moves", "shot": shot.slate, "moves": words})
    after = edit.apply(film).find_shot(shot.slate)[1]
    assert [str(move.kind) for move in after.camera.moves] == ["tilt", "pan"]
    assert edit.words(film) == f"{shot.slate}: {'; '.join(words)}"
    bad = edit_of({"kind": "set_moves", "shot": shot.slate, "moves": ("fly away",)})
    with pytest.raises(PrevizError):
        bad.apply(film)


def test_a_shot_with_moves_goes_on_as_before_when_it_is_cut_in_two(film):
    shot = film.shots[0][1]
    at, long = shot.length_frames // 2, shot.length_frames
    moved = edit_of(
        {"kind": "set_moves", "shot": shot.slate, "moves": ("pedestal up 0.2 m",)}
    ).apply(film)
    cut = edit_of({"kind": "split_shot", "shot": shot.slate, "at_frame": at})
    halves = cut.apply(moved)
    place = [s.slate for _, s in halves.shots].index(shot.slate)
    first, second = (s for _, s in halves.shots[place : place + 2])
    whole = moved.find_shot(shot.slate)[1].camera
    for frame in range(long):
        half, own = (first, frame) if frame < at else (second, frame - at)
        was = camera_at(whole, length_frames=long, frame=frame)
        now = camera_at(half.camera, length_frames=half.length_frames, frame=own)
        assert now.position_m == pytest.approx(was.position_m, abs=0.011)


def test_a_rig_is_put_on_by_name(film):
    shot = film.shots[0][1]
    edit = edit_of({"kind": "set_rig", "shot": shot.slate, "rig": "steadicam"})
    assert edit.apply(film).find_shot(shot.slate)[1].camera.rig.kind == "steadicam"
    assert edit.words(film) == f"{shot.slate}: on steadicam"
    with pytest.raises(UnknownNameError, match="steadicam"):
        edit_of({"kind": "set_rig", "shot": shot.slate, "rig": "jetpack"}).apply(film)


def test_a_new_mark_is_among_the_others_and_said():
    film = sixty_shots()
    asked = {"scene": "1", "character": "ann", "at_frame": 300}
    edit = edit_of({"kind": "add_mark", **asked, "to": "chair"})
    marks = edit.apply(film).scenes[0].blocking[0].marks
    assert [m.arrive_frame for m in marks] == [0, 200, 300, 520]
    assert marks[2].posture == "sit"
    assert edit.words(film) == "Ann to the chair by frame 300"
    with pytest.raises(PrevizError, match="either to or position_m"):
        edit_of({"kind": "add_mark", **asked}).apply(film)
