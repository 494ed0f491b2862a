"""Shots that lose somebody who is recast, and the cameras that frame them again."""

from functools import cache

import pytest
from directed import directed

from previz.camera import camera_at
from previz.camera.framing import View, size_of
from previz.check import recast
from previz.direct.reframing import Lost, lost_framings, said_lost
from previz.edits import edit_of
from previz.errors import UnknownNameError
from previz.film import Film
from previz.stage import Stage


@cache
def small():
    """Return the demo with a child for Mara, and the shots that lost her."""
    film = Film(directed(), generator=None)
    return film, film.recast("mara", age=8, height_m=1.2)


def seen(film, slate):
    """Return where Mara's eyes are in a shot's middle, and in what size she is."""
    scene, shot = film.find_shot(slate)
    stage, frame = (
        Stage(scene, film.characters, rate=film.rate),
        shot.length_frames // 2,
    )
    body = stage.landmarks("mara", shot.first_frame + frame).body("mara")
    state = camera_at(
        shot.camera, length_frames=shot.length_frames, frame=frame, rate=film.rate,
        where=stage.where(shot),
    )  # fmt: skip
    view = View.of(state, aspect=16 / 9)
    return view.project(body.eyes)[1], size_of(view, body), view.sees(body.eyes)


def test_a_close_up_of_somebody_much_smaller_is_lost_and_framed_again_as_it_was():
    film, child = small()
    assert {"1Z", "1S"} <= {one.slate for one in child.lost}
    assert not seen(child.value, "1Z")[2]
    again = child.frame_again("1Z")
    before, after = seen(film.value, "1Z"), seen(again.value, "1Z")
    assert after[0] == pytest.approx(before[0], abs=0.08)
    assert after[1:] == before[1:]
    assert "1Z" not in {one.slate for one in again.lost}


def test_who_is_not_in_it_and_what_holds_both_faces_is_not_lost():
    film, child = small()
    lost = {one.slate for one in child.lost}
    for slate in lost:
        assert "mara" in film[slate].value.subjects
    # A two-shot in which both faces are whole still.
    assert not lost & {"1Y", "2J"}
    assert film.recast("mara", age=34).lost == ()
    assert film.recast("mara", hair=(0.2, 0.1, 0.05)).lost == ()


def test_the_film_says_which_shots_are_lost_and_what_mends_them():
    _, child = small()
    assert "no longer frame Mara. " in repr(child)
    assert "film.frame_again() frames them as before" in repr(child)
    rest = child.frame_again()
    assert all(one.by_m is None for one in rest.lost)
    assert "frame_again" not in repr(rest)
    with pytest.raises(UnknownNameError, match="1Z"):
        rest.frame_again("1Z")
    assert "must be framed by hand" in repr(rest)


def test_it_is_one_edit_in_words():
    _, child = small()
    ways = [(one.shot, one.by_m) for one in child.lost if one.by_m is not None][:2]
    edit = edit_of(
        {"kind": "frame_again", "shots": [{"shot": s, "by_m": by} for s, by in ways]}
    )
    told = ", ".join(child.value.find_shot(name)[1].slate for name, _ in ways)
    assert edit.words(child.value) == f"framed again: {told}"
    before = child.value.find_shot(ways[0][0])[1].camera.poses[0]
    after = edit.apply(child.value).find_shot(ways[0][0])[1].camera.poses[0]
    for name in ("position_m", "target_m"):
        pairs = zip(
            getattr(before, name), getattr(after, name), ways[0][1], strict=True
        )
        for old, new, by in pairs:
            assert new == pytest.approx(old + by)


def test_many_slates_are_counted():
    lost = [Lost(str(n), f"{n}A", "Ann", (0.0, 1.0, 0.0)) for n in range(9)]
    assert said_lost(tuple(lost)).endswith("5A and 3 more no longer frame Ann.")
    assert said_lost((lost[0],)) == "0A no longer frames Ann."
    film = directed()
    assert list(lost_framings(film, recast(film, "mara", build=0.5000001)))
