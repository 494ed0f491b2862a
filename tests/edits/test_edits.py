"""Any edit gives a whole film or is refused in the house form, and says itself."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sixty import sixty_shots

from previz import edits
from previz.errors import ModelError, PrevizError, UnknownNameError
from previz.model import Film
from previz.session import Session

FILM = sixty_shots()

shots = st.sampled_from(["1", "1A", "2B", "scene3-c", "9Z", "", "<b>"])
scenes = st.sampled_from(["1", "scene2", "7"])
people = st.sampled_from(["ann", "bob", "zoe"])
whole = st.integers(-3, 130)
number = st.one_of(
    st.floats(-4, 4), st.sampled_from([0.0, 1e9, -1e9, math.nan, math.inf])
)
place = st.tuples(number, number, number)
share = st.floats(-0.2, 1.2)
color = st.tuples(share, share, share)


def maybe(values):
    return st.none() | values


REF = {
    "track": st.sampled_from(
        ["camera", "focus", "control", "move", "mark", "prop", "hold", "swing", "x"]
    ),
    "of": shots | people | st.sampled_from(["cup", "door"]),
    "part": st.sampled_from(["", "focal_length_mm"]),
    "index": st.integers(-1, 3),
}

FIELDS = {
    "move_key": {
        "shot": shots,
        "index": whole,
        "position_m": maybe(place),
        "target_m": maybe(place),
        "roll_deg": maybe(number),
        "tangent_m": maybe(place),
        "at_frame": maybe(whole),
    },
    "frame_again": {
        "shots": st.lists(st.fixed_dictionaries({"shot": shots, "by_m": place}))
    },
    "add_key": {"shot": shots, "at_frame": whole, "position_m": maybe(place)},
    "remove_key": {"shot": shots, "index": whole},
    "set_lens": {"shot": shots, "focal_length_mm": st.floats(0, 3000)},
    "set_stop": {"shot": shots, "t_stop": st.floats(0, 80)},
    "set_focus": {
        "shot": shots,
        "distance_m": maybe(number),
        "character": people | st.just(""),
        "at_frame": maybe(whole),
    },
    "reframe": {
        "shot": shots,
        "at_frame": whole,
        "pan_deg": number,
        "tilt_deg": number,
        "forward_m": number,
    },
    "record_move": {
        "shot": shots,
        "poses": st.lists(
            st.fixed_dictionaries(
                {"frame": whole, "position_m": place, "target_m": place}
            ),
            max_size=8,
        ),
        "smooth_s": st.floats(0, 1),
    },
    "move_keys": {
        "scene": scenes,
        "keys": st.lists(
            st.fixed_dictionaries({**REF, "frame": st.integers(-2, 700)}), max_size=4
        ),
    },
    "remove_keys": {
        "scene": scenes,
        "keys": st.lists(st.fixed_dictionaries(REF), max_size=4),
    },
    "put_keys": {
        "scene": scenes,
        "keys": st.lists(
            st.one_of(
                st.fixed_dictionaries(
                    {
                        "track": st.just("camera"),
                        "shot": shots,
                        "frame": whole,
                        "pose": st.fixed_dictionaries(
                            {"position_m": place, "target_m": place}
                        ),
                    }
                ),
                st.fixed_dictionaries(
                    {
                        "track": st.just("focus"),
                        "shot": shots,
                        "frame": whole,
                        "distance_m": maybe(number),
                        "subject": people | st.just(""),
                    }
                ),
                st.fixed_dictionaries(
                    {
                        "track": st.just("control"),
                        "shot": shots,
                        "frame": whole,
                        "control": st.sampled_from(["focal_length_mm", "grain", "x"]),
                        "value": number,
                    }
                ),
                st.fixed_dictionaries(
                    {
                        "track": st.just("swing"),
                        "piece": st.sampled_from(["door", "table"]),
                        "frame": whole,
                        "open": share,
                    }
                ),
            ),
            max_size=3,
        ),
    },
    "ease_key": {"shot": shots, "index": whole, "speed": maybe(number)},
    "time_move": {
        "shot": shots,
        "index": st.integers(-1, 2),
        "start_frame": maybe(whole),
        "length_frames": maybe(whole),
        "ease_in": maybe(share),
        "ease_out": maybe(share),
    },
    "slip_shot": {"shot": shots, "frames": st.integers(-200, 200)},
    "slide_shot": {"shot": shots, "frames": st.integers(-200, 200)},
    "trim_head": {"shot": shots, "frames": st.integers(-200, 200)},
    "move_mark": {
        "scene": scenes,
        "character": people,
        "index": whole,
        "position_m": maybe(place),
        "to": st.sampled_from(["", "window", "chair", "bob", "moon"]),
        "facing_deg": maybe(number),
    },
    "time_mark": {
        "scene": scenes,
        "character": people,
        "index": st.integers(-1, 3),
        "arrive_frame": st.integers(-5, 700),
        "leave_frame": maybe(st.integers(0, 2000)),
    },
    "remove_mark": {"scene": scenes, "character": people, "index": whole},
    "place_piece": {
        "scene": scenes,
        "piece": st.sampled_from(["table", "cup", "chair", "lamp"]),
        "position_m": maybe(place),
        "yaw_deg": maybe(number),
    },
    "dress_piece": {
        "scene": scenes,
        "piece": st.sampled_from(["table", "cup", "chair", "lamp"]),
        "color": maybe(color),
        "matter": maybe(st.sampled_from(["metal", "cheese"])),
        "size_m": maybe(st.tuples(number, number, number)),
    },
    "add_piece": {
        "scene": scenes,
        "stock": st.sampled_from(["chair", "sofa", "clock", "moon"]),
        "position_m": place,
        "yaw_deg": number,
    },
    "duplicate_piece": {
        "scene": scenes,
        "piece": st.sampled_from(["table", "cup", "chair", "lamp"]),
        "position_m": maybe(place),
    },
    "remove_piece": {
        "scene": scenes,
        "piece": st.sampled_from(["table", "cup", "chair", "lamp"]),
    },
    "add_light": {
        "scene": scenes,
        "stock": st.sampled_from(["softbox", "fresnel", "bulb", "moon"]),
        "position_m": place,
        "aim_m": place,
    },
    "duplicate_light": {
        "scene": scenes,
        "light": st.sampled_from(["key", "fill"]),
        "position_m": maybe(place),
    },
    "add_person": {
        "scene": scenes,
        "character": st.sampled_from(["", "ann", "zoe"]),
        "position_m": place,
        "facing_deg": number,
    },
    "remove_person": {"scene": scenes, "character": people},
    "add_camera": {
        "shot": shots,
        "at_frame": whole,
        "position_m": place,
        "target_m": place,
        "focal_length_mm": st.floats(0, 3000),
    },
    "remove_light": {"scene": scenes, "light": st.sampled_from(["key", "fill"])},
    "together": {
        "edits": st.lists(
            st.fixed_dictionaries(
                {
                    "kind": st.just("place_piece"),
                    "scene": scenes,
                    "piece": st.sampled_from(["table", "cup", "chair", "lamp"]),
                    "position_m": place,
                }
            )
            | st.fixed_dictionaries(
                {
                    "kind": st.sampled_from(["remove_light", "duplicate_light"]),
                    "scene": scenes,
                    "light": st.sampled_from(["key", "key-2"]),
                }
            ),
            max_size=4,
        )
    },
    "set_light": {
        "scene": scenes,
        "light": st.sampled_from(["key", "fill"]),
        "intensity": maybe(number),
        "color_temperature_k": maybe(st.floats(0, 50_000)),
        "position_m": maybe(place),
        "aim_m": maybe(place),
    },
    "set_body": {
        "character": people,
        "age": maybe(st.floats(0, 130)),
        "build": maybe(share),
        "skin": maybe(color),
        "hair_style": maybe(st.sampled_from(["bob", "mullet"])),
        "manner": maybe(whole),
    },
    "set_wardrobe": {
        "character": people,
        "top": maybe(color),
        "top_kind": maybe(st.sampled_from(["coat", "dress", "toga"])),
        "bottom_kind": maybe(st.sampled_from(["skirt"])),
        "hat_off": st.booleans(),
    },
    "add_reference": {
        "character": people,
        "picture": st.sampled_from(["0" * 64, "ab" * 32, "../x"]),
        "name": st.text(max_size=130),
    },
    "remove_reference": {"character": people, "index": whole},
    "set_seed": {"character": people, "seed": st.integers(-2, 2**60)},
    "reorder_shots": {
        "scene": scenes,
        "order": st.permutations([s.slate for s in FILM.scenes[0].shots])
        | st.lists(shots, max_size=4),
    },
    "trim_shot": {
        "shot": shots,
        "length_frames": st.integers(-2, 300),
        "mode": st.sampled_from(["roll", "ripple", "slide"]),
    },
    "split_shot": {"shot": shots, "at_frame": whole},
    "duplicate_shot": {"shot": shots},
    "merge_shots": {"shot": shots},
    "add_note": {
        "shot": shots,
        "frame": whole,
        "text": st.text(max_size=60),
        "strokes": st.lists(st.lists(st.tuples(share, share), max_size=3), max_size=2),
    },
    "remove_note": {"shot": shots, "index": whole},
    "set_status": {"shot": shots, "status": st.sampled_from(["open", "hold", "??"])},
}
SOLVED = {"set_moves", "set_rig", "frame_on", "add_mark", "cover_scene"}
"""Kinds that play the scene to be made; they have tests of their own."""


def test_every_kind_is_tried_here_or_has_its_own_test():
    from previz.edits.kinds import KINDS

    assert set(KINDS) == set(FIELDS) | SOLVED


@pytest.mark.parametrize("kind", FIELDS)
def test_an_edit_is_made_whole_or_refused_whole(kind):
    @given(st.fixed_dictionaries(FIELDS[kind]))
    def tried(fields):
        session, refused = Session(FILM), ""
        try:
            edit = edits.edit_of({"kind": kind, **fields})
            after = session.apply(edit)
        except PrevizError as error:
            refused = str(error)
        if refused:
            assert " must " in refused
            assert session.value is FILM
            return
        assert Film.from_json(after.to_json()) == after
        words = edit.words(FILM)
        assert words == words.strip()
        assert "\n" not in words
        assert "None" not in words
        assert session.undo() is FILM
        assert session.redo() is after

    tried()


def test_an_edit_is_the_same_read_back_from_json():
    pose = {"frame": 0, "position_m": [0, 1, 3], "target_m": [0, 1, 0]}
    edit = edits.edit_of({"kind": "record_move", "shot": "1", "poses": [pose]})
    assert edits.edit_of(json.loads(edit.to_json())) == edit


def said(kind, **fields):
    edit = edits.edit_of({"kind": kind, **fields})
    edit.apply(FILM)
    return edit.words(FILM)


def test_edits_read_as_a_first_assistant_director_calls_them():
    ann = {"scene": "1", "character": "ann"}
    order = [s.slate for s in FILM.scenes[0].shots]
    early = ["1B", "1", "1A", *order[3:]]

    def place(piece):
        where = {"scene": "1", "piece": piece, "position_m": (2, 0, -1)}
        return {"kind": "place_piece", **where}

    assert [
        said("set_lens", shot="2B", focal_length_mm=85),
        said("set_stop", shot="2B", t_stop=4),
        said("set_focus", shot="2B", character="ann"),
        said("set_focus", shot="2B", distance_m=3.2, at_frame=40),
        said("reframe", shot="2B", pan_deg=-4.5, forward_m=0.4),
        said("move_mark", **ann, index=1, to="window"),
        said("move_mark", **ann, index=1, position_m=(-1.9, 0, -1.4)),
        said("move_mark", **ann, index=1, facing_deg=90),
        said("time_mark", **ann, index=1, arrive_frame=180),
        said("remove_mark", **ann, index=1),
        said("place_piece", scene="1", piece="cup", position_m=(-0.4, 0.75, 0.1)),
        said("add_piece", scene="1", stock="bar-stool", position_m=(1, 0, 1.2)),
        said("duplicate_piece", scene="1", piece="chair"),
        said("remove_piece", scene="1", piece="table"),
        said(
            "add_light", scene="1", stock="par", position_m=(2, 2, 1), aim_m=(0, 1, 0)
        ),
        said("add_person", scene="1", position_m=(0, 0, 2)),
        said("move_key", shot="2B", index=0, tangent_m=(1, 0, 0)),
        said(
            "add_camera",
            shot="1A",
            at_frame=40,
            position_m=(2, 1.5, 2),
            target_m=(0, 1, 0),
            focal_length_mm=50,
        ),
        said("duplicate_light", scene="1", light="key"),
        said("remove_light", scene="1", light="key"),
        said("together", edits=[place("table"), place("chair"), place("cup")]),
        said("set_light", scene="1", light="key", intensity=800),
        said("set_light", scene="1", light="key", intensity=0),
        said("set_body", character="ann", age=60, height_m=1.6),
        said("set_wardrobe", character="ann", top_kind="coat", hat_off=True),
        said("reorder_shots", scene="1", order=early),
        said("trim_shot", shot="1A", length_frames=80),
        said("trim_shot", shot="1A", length_frames=120, mode="roll"),
        said("split_shot", shot="1A", at_frame=40),
        said("merge_shots", shot="1A"),
        said("add_note", shot="1A", frame=3, text="Too tight."),
        said("set_status", shot="1A", status="approved"),
    ] == [
        "2B: 35 → 85 mm",
        "2B: stop down to T4",
        "2B: focus on Ann",
        "2B: pull focus to 3.20 m by frame 40",
        "2B: pan right 4.5°, dolly in 0.40 m",
        "Ann's mark 2 to the window",
        "Ann's mark 2 to the window",
        "Ann's mark 2 turned to 90°",
        "Ann on mark 2 at frame 180",
        "Ann loses mark 2",
        "Scene 1: cup to the table",
        "Scene 1: bar stool in to x 1.00, z 1.20 m",
        "Scene 1: another chair",
        "Scene 1: table out",
        "Scene 1: PAR to x 2.00, z 1.00 m",
        "Scene 1: Extra 1 in to x 0.00, z 2.00 m",
        "2B: camera path bent",
        "1A: cut at frame 40 to 50 mm from x 2.00, z 2.00 m",
        "Scene 1: another key",
        "Scene 1: key out",
        "Scene 1: table to x 2.00, z -1.00 m, chair to x 2.00, z -1.00 m and 1 more",
        "Scene 1: key up 1.0 stop",
        "Scene 1: key off",
        "Ann: age 60, 1.60 m tall",
        "Ann: in a coat, hat off",
        "1B before 1",
        "1A: 16 frames (0.7 s) shorter",
        "1A: cut to 1B 24 frames (1.0 s) later",
        "1A cut at frame 40, on as 1V",
        "1A runs on over 1B",
        "1A: note “Too tight.”",
        "1A approved",
    ]


def test_a_kind_that_there_is_not_is_refused_with_those_there_are():
    with pytest.raises(UnknownNameError, match="move_key"):
        edits.edit_of({"kind": "move_keyz", "shot": "1"})
    with pytest.raises(ModelError, match=r"Edit\.kind must be"):
        edits.edit_of({"shot": "1"})
