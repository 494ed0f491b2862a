"""Keys of the timeline moved, pasted and taken out together; eases, slips, slides."""

import pytest
from sixty import sixty_shots

from previz.camera import camera_at
from previz.camera.timing import travel_over
from previz.edits import edit_of, key_frames
from previz.errors import ModelError, UnknownNameError
from previz.model import (
    CameraMove,
    Hold,
    Move,
    PlaceKey,
    Prop,
    SetPiece,
    Swing,
    SwingKey,
)
from previz.session import Session

BARE = sixty_shots()
LONG = 96


def edited(film, kind, **fields):
    return edit_of({"kind": kind, **fields}).apply(film)


def full():
    """Return the film with something to key on every track of its first scene."""
    film = edited(BARE, "add_key", shot="1A", at_frame=30, position_m=(1.8, 1.9, 1.4))
    film = edited(film, "set_focus", shot="1A", distance_m=2.0, at_frame=20)
    film = edited(film, "set_focus", shot="1A", character="ann", at_frame=60)
    for frame, value in ((0, 35.0), (50, 50.0)):
        key = {
            "track": "control",
            "shot": "1A",
            "control": "focal_length_mm",
            "frame": frame,
            "value": value,
        }
        film = edited(film, "put_keys", scene="1", keys=[key])
    scene = film.scenes[0]
    cup = SetPiece(id="mug", kind="cup", size_m=(0.08, 0.1, 0.08))
    mug = Prop(
        piece=cup,
        keys=(PlaceKey(frame=40, position_m=(0, 0.8, 0)),),
        holds=(Hold(frame=10, character="ann"),),
    )
    door = Swing(piece="table", keys=(SwingKey(frame=5, open=0.5),))
    scene = scene.changed(props=(mug,), swings=(door,))
    return film.changed(scenes=(scene, *film.scenes[1:]))


FILM = full()


def camera(film, slate="1A"):
    return film.find_shot(slate)[1].camera


def ref(track, of, index, part="", **more):
    return {"track": track, "of": of, "part": part, "index": index, **more}


EVERY = (
    ("camera", "1A", 1, ""),
    ("focus", "1A", 1, ""),
    ("control", "1A", 1, "focal_length_mm"),
    ("mark", "ann", 1, ""),
    ("prop", "mug", 0, ""),
    ("hold", "mug", 0, ""),
    ("swing", "table", 0, ""),
)


def at(film, track, of, index, part):
    from previz.edits.keying import KeyRef, frames_of

    key = KeyRef(track=track, of=of, index=index, part=part)
    return frames_of(film, film.scenes[0], key)[index]


@pytest.mark.parametrize("key", EVERY, ids=[key[0] for key in EVERY])
def test_a_key_of_any_track_goes_to_its_frame_and_undo_takes_it_back(key):
    before = at(FILM, *key)
    session = Session(FILM)
    moved = ref(*key[:3], key[3], frame=before + 5)
    session.apply(edit_of({"kind": "move_keys", "scene": "1", "keys": [moved]}))
    assert at(session.value, *key) == before + 5
    assert session.undo().to_json() == FILM.to_json()


@pytest.mark.parametrize("key", EVERY, ids=[key[0] for key in EVERY])
def test_a_key_of_any_track_can_be_taken_out(key):
    film = edited(FILM, "remove_keys", scene="1", keys=[ref(*key[:3], key[3])])
    assert film != FILM
    with pytest.raises((ModelError, UnknownNameError)):
        edited(film, "remove_keys", scene="1", keys=[ref(*key[:3], key[3])] * 2)


def test_a_selection_over_several_tracks_moves_as_one_step():
    keys = [
        ref("camera", "1A", 1, frame=35),
        ref("focus", "1A", 1, frame=25),
        ref("mark", "ann", 1, frame=205),
    ]
    edit = edit_of({"kind": "move_keys", "scene": "1", "keys": keys})
    session = Session(FILM)
    film = session.apply(edit)
    assert key_frames(camera(film), length_frames=LONG) == (0, 35, 95)
    assert [key.frame for key in camera(film).focus] == [0, 25, 60]
    assert [entry.words for entry in session.history] == [
        "Scene 1: 3 keys 5 frames later"
    ]


def test_all_marks_of_a_person_move_on_together_in_either_way():
    for step in (4, -4):
        keys = [
            ref("mark", "ann", index, frame=mark.arrive_frame + step)
            for index, mark in enumerate(FILM.scenes[0].blocking[0].marks)
            if index
        ]
        film = edited(FILM, "move_keys", scene="1", keys=keys)
        fresh = [mark.arrive_frame for mark in film.scenes[0].blocking[0].marks]
        assert fresh[1:] == [200 + step, 520 + step]


def test_keys_of_the_camera_never_pass_each_other():
    with pytest.raises(ModelError, match="after the key before"):
        edited(FILM, "move_keys", scene="1", keys=[ref("camera", "1A", 1, frame=95)])
    twice = [ref("camera", "1A", 1, frame=9)] * 2
    with pytest.raises(ModelError, match="once"):
        edited(FILM, "move_keys", scene="1", keys=twice)


def test_focus_keys_may_pass_each_other_but_not_share_a_frame():
    film = edited(FILM, "move_keys", scene="1", keys=[ref("focus", "1A", 1, frame=80)])
    assert [(k.frame, k.subject) for k in camera(film).focus][1:] == [
        (60, "ann"),
        (80, ""),
    ]
    with pytest.raises(ModelError, match="twice"):
        edited(FILM, "move_keys", scene="1", keys=[ref("focus", "1A", 1, frame=60)])


def test_a_key_pasted_at_a_frame_is_what_was_copied():
    pose = camera(FILM).poses[1]
    keys = [
        {"track": "camera", "shot": "1B", "frame": 40, "pose": pose.model_dump()},
        {"track": "focus", "shot": "1B", "frame": 40, "subject": "ann"},
        {"track": "swing", "piece": "table", "frame": 33, "open": 1.0},
    ]
    film = edited(FILM, "put_keys", scene="1", keys=keys)
    assert camera(film, "1B").poses[1] == pose
    assert camera(film, "1B").focus[-1].frame == 40
    assert film.scenes[0].swings[0].keys[-1] == SwingKey(frame=33, open=1.0)


def test_a_mark_pasted_is_walked_to():
    keys = [
        {"track": "mark", "character": "ann", "frame": 360, "position_m": (1.2, 0, 1)}
    ]
    film = edited(FILM, "put_keys", scene="1", keys=keys)
    assert [m.arrive_frame for m in film.scenes[0].blocking[0].marks][2] == 360


def test_moves_holds_and_places_of_props_are_pasted_too():
    move = CameraMove(kind=Move.PUSH_IN, amount=1.2, length_frames=20)
    keys = [
        {"track": "move", "shot": "1B", "frame": 8, "move": move},
        {"track": "hold", "piece": "mug", "frame": 70, "character": "bob"},
        {
            "track": "prop",
            "piece": "mug",
            "frame": 90,
            "key": PlaceKey(frame=0, position_m=(1, 0.8, 1)),
        },
    ]
    film = edited(FILM, "put_keys", scene="1", keys=keys)
    assert camera(film, "1B").moves[-1] == move.changed(start_frame=8)
    (mug,) = film.scenes[0].props
    assert mug.holds[-1] == Hold(frame=70, character="bob")
    assert mug.keys[-1] == PlaceKey(frame=90, position_m=(1, 0.8, 1))
    with pytest.raises(UnknownNameError, match="mug"):
        edited(FILM, "put_keys", scene="1", keys=[keys[1] | {"piece": "cup"}])
    with pytest.raises(UnknownNameError, match="moon"):
        edited(FILM, "put_keys", scene="1", keys=[keys[1] | {"character": "moon"}])


def test_a_head_that_is_trimmed_takes_its_frames_from_the_scene():
    scene = FILM.scenes[0]
    head = FILM.find_shot("1B")[1].first_frame
    film = edited(FILM, "trim_head", shot="1B", frames=12)
    fresh = film.scenes[0]
    assert fresh.length_frames == scene.length_frames - 12
    assert [s.length_frames for s in fresh.shots[:3]] == [LONG, LONG, LONG - 12]
    assert [s.first_frame for s in fresh.shots[:4]] == [
        *(s.first_frame for s in scene.shots[:3]),
        scene.shots[3].first_frame - 12,
    ]
    later = [b.start_frame for b in scene.beats if b.start_frame > head + 12]
    assert [b.start_frame for b in fresh.beats][-len(later) :] == [
        frame - 12 for frame in later
    ]
    edit = edit_of({"kind": "trim_head", "shot": "1B", "frames": 12})
    assert edit.words(FILM) == "1B: begins 12 frames (0.5 s) later"


def test_a_head_trimmed_leaves_the_camera_where_it_was_behind_it():
    moving = edited(BARE, "add_key", shot="1A", at_frame=30, position_m=(1.8, 1.9, 1.4))
    after = camera(edited(moving, "trim_head", shot="1A", frames=10))
    for frame in (0, 20, 60):
        then = camera_at(camera(moving), length_frames=LONG, frame=frame + 10)
        now = camera_at(after, length_frames=LONG - 10, frame=frame)
        assert now.position_m == pytest.approx(then.position_m, abs=0.02)


def test_a_head_put_before_a_shot_lets_its_camera_wait():
    before = FILM.scenes[0]
    film = edited(FILM, "trim_head", shot="1A", frames=-8)
    scene = film.scenes[0]
    assert [s.length_frames for s in scene.shots[:3]] == [LONG, LONG + 8, LONG]
    assert [b.enter_frame for b in scene.blocking] == [
        b.enter_frame for b in before.blocking
    ]
    was = key_frames(camera(FILM), length_frames=LONG)
    now = key_frames(camera(film), length_frames=LONG + 8)
    assert now == tuple(frame + 8 for frame in was)
    first = edited(FILM, "trim_head", shot="1", frames=-8).scenes[0]
    assert [b.enter_frame for b in first.blocking if b.enter_frame] == [
        b.enter_frame + 8 for b in before.blocking if b.enter_frame
    ]


def test_a_head_that_would_leave_no_frame_is_refused():
    with pytest.raises(ModelError, match=r"TrimHead\.frames must be <= 95"):
        edited(FILM, "trim_head", shot="1A", frames=LONG)


def test_a_camera_eased_at_a_key_stops_there_and_keeps_its_frames():
    film = edited(FILM, "ease_key", shot="1A", index=1, speed=0)
    travel = travel_over(camera(film).timing, length_frames=LONG)
    slope = travel[31] - travel[30]
    assert key_frames(camera(film), length_frames=LONG) == (0, 30, 95)
    assert slope < 0.1 / 95
    fast = edited(FILM, "ease_key", shot="1A", index=1, speed=0.02)
    travel = travel_over(camera(fast).timing, length_frames=LONG)
    assert travel[31] - travel[30] > 3 * slope
    again = edited(fast, "ease_key", shot="1A", index=1)
    assert camera(again).timing[1].speed is None


def test_an_eased_key_stays_eased_when_it_or_another_is_moved():
    film = edited(FILM, "ease_key", shot="1A", index=1, speed=0)
    keys = [ref("camera", "1A", 1, frame=50)]
    film = edited(film, "move_keys", scene="1", keys=keys)
    assert [(k.frame, k.speed) for k in camera(film).timing][1] == (50, 0)
    film = edited(film, "add_key", shot="1A", at_frame=70, position_m=(1, 2, 1.6))
    assert [k.speed for k in camera(film).timing][1] == 0


def test_a_move_of_two_keys_that_starts_hard_is_no_longer_soft():
    soft = travel_over(camera(BARE).timing, length_frames=LONG)
    film = edited(BARE, "ease_key", shot="1A", index=0, speed=0.03)
    hard = travel_over(camera(film).timing, length_frames=LONG)
    assert hard[4] > 4 * soft[4]
    assert edited(film, "ease_key", shot="1A", index=0, speed=0.0) != film


def test_a_still_camera_has_nothing_to_ease():
    with pytest.raises(ModelError, match="at least 2"):
        edited(BARE, "ease_key", shot="1", index=0, speed=0)


def pushed():
    move = CameraMove(kind=Move.PUSH_IN, amount=0.5, start_frame=10, length_frames=40)
    _, shot = BARE.find_shot("1")
    fresh = shot.changed(camera=shot.camera.changed(moves=(move,)))
    scene = BARE.scenes[0]
    shots = tuple(fresh if s.id == fresh.id else s for s in scene.shots)
    return BARE.changed(scenes=(scene.changed(shots=shots), *BARE.scenes[1:]))


def test_a_move_in_words_is_timed_and_its_eases_share_its_time():
    edit = edit_of(
        {
            "kind": "time_move",
            "shot": "1",
            "index": 0,
            "start_frame": 20,
            "ease_in": 0.9,
        }
    )
    move = camera(edit.apply(pushed()), "1").moves[0]
    assert (move.start_frame, move.length_frames) == (20, 40)
    assert (move.ease_in, move.ease_out) == (0.9, pytest.approx(0.1))
    assert edit.words(pushed()).startswith("1: push in 0.5 m")


def test_a_slipped_camera_does_later_what_it_did_and_the_cut_stays():
    film = edited(FILM, "slip_shot", shot="1A", frames=12)
    before, after = FILM.find_shot("1A")[1], film.find_shot("1A")[1]
    assert (after.first_frame, after.length_frames) == (
        before.first_frame,
        before.length_frames,
    )
    was = travel_over(before.camera.timing, length_frames=LONG)
    now = travel_over(after.camera.timing, length_frames=LONG)
    assert now[12:] == pytest.approx(was[:-12], abs=1e-9)
    assert [k.frame for k in after.camera.focus] == [0, 32, 72]
    sooner = edited(FILM, "slip_shot", shot="1A", frames=-12)
    now = travel_over(camera(sooner).timing, length_frames=LONG)
    assert now[:-12] == pytest.approx(was[12:], abs=0.02)
    with pytest.raises(ModelError, match="Slide the shot"):
        edited(BARE, "slip_shot", shot="1", frames=3)


def test_a_slid_shot_moves_both_its_cuts():
    film = edited(FILM, "slide_shot", shot="1A", frames=-10)
    lengths = [s.length_frames for s in film.scenes[0].shots[:3]]
    assert lengths == [86, 96, 106]
    assert film.scenes[0].shots[1].first_frame == 86
    with pytest.raises(ModelError, match="before it"):
        edited(FILM, "slide_shot", shot="1", frames=3)
    with pytest.raises(ModelError, match="less far"):
        edited(FILM, "slide_shot", shot="1A", frames=96)


def said(kind, film=FILM, **fields):
    edit = edit_of({"kind": kind, **fields})
    edit.apply(film)
    return edit.words(film)


def test_edits_of_time_read_as_they_are_called_in_the_cutting_room():
    one = {"scene": "1"}
    focal = ref("control", "1A", 1, "focal_length_mm")
    assert [
        said("move_keys", **one, keys=[ref("camera", "1A", 1, frame=33)]),
        said("move_keys", **one, keys=[ref("mark", "ann", 1, frame=190)]),
        said("move_keys", **one, keys=[{**focal, "frame": 60}]),
        said("remove_keys", **one, keys=[ref("prop", "mug", 0)]),
        said("remove_keys", **one, keys=[ref("focus", "1A", i) for i in (0, 1)]),
        said("ease_key", shot="1A", index=1, speed=0),
        said("ease_key", shot="1A", index=1),
        said("slip_shot", shot="1A", frames=-12),
        said("slide_shot", shot="1A", frames=12),
    ] == [
        "1A: camera key 2 at frame 33",
        "Ann's mark 2 at frame 190",
        "1A: focal length key 2 at frame 60",
        "Mug: key 1 taken out",
        "1A: 2 keys taken out",
        "1A: camera key 2 eased to a stop",
        "1A: camera key 2 passed as the curve goes",
        "1A: camera slipped 12 frames (0.5 s) sooner",
        "1A: 12 frames (0.5 s) later between 1 and 1B",
    ]
