"""What is brought in, doubled, taken out or moved together, and what comes of it."""

import math

import numpy as np
import pytest
from sixty import sixty_shots

from previz.direct.stock import LAMPS, STOCK, stocked
from previz.edits import edit_of
from previz.errors import ModelError, PrevizError
from previz.model import Gaze, Prop
from previz.session import Session
from previz.stage.pieces import build_piece

FILM = sixty_shots()


def edited(film, kind, **fields):
    return edit_of({"kind": kind, "scene": "1", **fields}).apply(film)


def pieces(film):
    return {piece.id: piece for piece in film.scenes[0].set.pieces}


def spots(film):
    return {spot.name: spot for spot in film.scenes[0].set.spots}


def ann(film):
    return next(b for b in film.scenes[0].blocking if b.character == "ann")


@pytest.mark.parametrize("one", STOCK, ids=lambda one: one.kind)
def test_all_that_is_in_stock_can_be_built_within_its_size(one):
    built = build_piece(stocked(one.kind), object_id=1)
    span = np.ptp(built.positions, axis=0)
    assert len(built.triangles) > 1
    assert np.all(span < np.array(one.size_m) * 1.6 + 0.3)


def test_a_chair_brought_in_can_be_sat_on():
    film = edited(FILM, "add_piece", stock="chair", position_m=(1.6, 0, 0.6))
    assert pieces(film)["chair-2"].position_m == (1.6, 0.0, 0.6)
    assert spots(film)["chair 2"].posture == "sit"
    seated = edited(film, "move_mark", character="ann", index=1, to="chair 2")
    assert ann(seated).marks[1].posture == "sit"


def test_a_way_leads_round_what_is_brought_into_it():
    assert ann(FILM).marks[1].via == ()
    film = edited(FILM, "add_piece", stock="table", position_m=(0, 0, -1.35))
    assert ann(film).marks[1].via != ()


def test_a_copy_is_beside_its_original_and_has_an_id_of_its_own():
    film = edited(FILM, "duplicate_piece", piece="table")
    assert pieces(film)["table-2"].position_m == (1.5, 0.0, 0.0)
    assert pieces(film)["table"] == pieces(FILM)["table"]
    again = edited(film, "duplicate_piece", piece="table-2", position_m=(0, 0, 2))
    assert set(pieces(again)) == {"table", "cup", "chair", "table-2", "table-3"}


def test_a_table_taken_out_takes_what_stands_on_it():
    film = edited(FILM, "remove_piece", piece="table")
    assert set(pieces(film)) == {"chair"}


def test_who_sat_on_what_is_taken_out_stands_and_looks_at_it_no_more():
    seated = edited(FILM, "move_mark", character="ann", index=1, to="chair")
    looking = ann(seated).changed(
        gazes=(Gaze(frame=10, target="chair"), Gaze(frame=20, target="bob"))
    )
    scene = seated.scenes[0].changed(blocking=(looking, *seated.scenes[0].blocking[1:]))
    film = edited(seated.with_scene(scene), "remove_piece", piece="chair")
    mark = ann(film).marks[1]
    assert (mark.posture, mark.spot) == ("stand", "")
    assert [gaze.target for gaze in ann(film).gazes] == ["bob"]
    assert "chair" not in spots(film)


def test_a_prop_is_not_left_in_the_air():
    scene = FILM.scenes[0]
    cup = pieces(FILM)["cup"]
    rest = tuple(p for p in scene.set.pieces if p.id != "cup")
    laid = scene.set.changed(pieces=rest)
    film = FILM.with_scene(scene.changed(set=laid, props=(Prop(piece=cup),)))
    with pytest.raises(ModelError, match="on which cup lies"):
        edited(film, "remove_piece", piece="table")


def test_what_a_camera_focuses_on_is_not_taken_from_under_it():
    shot = FILM.scenes[0].shots[0]
    aimed = edit_of({"kind": "set_focus", "shot": shot.id, "distance_m": 2.0})
    focused = aimed.apply(FILM)
    key = focused.scenes[0].shots[0].camera.focus[0]
    key = key.changed(distance_m=None, subject="chair")
    shots = focused.scenes[0].shots
    held = shots[0].changed(camera=shots[0].camera.changed(focus=(key,)))
    film = focused.with_scene(focused.scenes[0].changed(shots=(held, *shots[1:])))
    with pytest.raises(ModelError, match=f"{shot.slate} aims at or focuses on"):
        edited(film, "remove_piece", piece="chair")


def test_a_lamp_gives_a_grey_card_what_the_scene_is_exposed_for():
    ev = FILM.scenes[0].exposure_ev100
    where = {"position_m": (2, 2, 2), "aim_m": (0, 1, 0)}
    film = edited(FILM, "add_light", stock="softbox", **where)
    lamp = film.scenes[0].lights[-1]
    lux = lamp.intensity / math.dist(*where.values()) ** 2
    assert lux == pytest.approx(2.5 * 2**ev, rel=1e-3)
    twice = edited(film, "add_light", stock="softbox", **where)
    assert [light.id for light in twice.scenes[0].lights][1:] == [
        "softbox", "softbox-2",
    ]  # fmt: skip


def test_every_lamp_of_the_stock_can_be_hung():
    film = FILM
    for lamp in LAMPS:
        where = {"position_m": (2, 2, 2), "aim_m": (0, 1, 0)}
        film = edited(film, "add_light", stock=lamp.name, **where)
    assert len({light.id for light in film.scenes[0].lights}) == len(LAMPS) + 1


def test_a_rig_does_not_grow_without_end():
    film = FILM
    for _ in range(63):
        film = edited(film, "duplicate_light", light="key")
    with pytest.raises(ModelError, match="<= 64"):
        edited(film, "duplicate_light", light="key")


def test_things_moved_together_are_one_step_that_is_undone_at_once():
    session = Session(FILM)
    place = {"kind": "place_piece", "scene": "1"}
    edits = [
        {**place, "piece": "table", "position_m": (1.0, 0, 0)},
        {**place, "piece": "cup", "position_m": (1.3, 0.75, 0.1)},
        {**place, "piece": "chair", "position_m": (1.0, 0, 0.7)},
    ]
    film = session.apply(edit_of({"kind": "together", "edits": edits}))
    moved = {name: piece.position_m for name, piece in pieces(film).items()}
    assert moved == {
        "table": (1.0, 0.0, 0.0),
        "cup": (1.3, 0.75, 0.1),
        "chair": (1.0, 0.0, 0.7),
    }
    assert len(session.history) == 1
    assert session.undo() == FILM


def test_together_is_all_or_nothing():
    session = Session(FILM)
    edits = [
        {"kind": "remove_piece", "scene": "1", "piece": "chair"},
        {"kind": "remove_piece", "scene": "1", "piece": "sofa"},
    ]
    with pytest.raises(PrevizError, match="sofa"):
        session.apply(edit_of({"kind": "together", "edits": edits}))
    assert session.value is FILM


def test_together_does_not_hold_itself():
    inner = {"kind": "remove_piece", "scene": "1", "piece": "chair"}
    with pytest.raises(ModelError, match="edits"):
        edit_of({"kind": "together", "edits": [{"kind": "together", "edits": [inner]}]})


def test_somebody_new_comes_in_on_a_mark_of_their_own_for_the_whole_scene():
    film = edited(FILM, "add_person", position_m=(0.0, 0.0, 2.0), facing_deg=90)
    assert [c.id for c in film.characters] == ["ann", "bob", "extra-1"]
    (mark,) = film.scenes[0].blocking[-1].marks
    assert (mark.position_m, mark.facing_deg) == ((0.0, 0.0, 2.0), 90.0)
    assert mark.leave_frame == film.scenes[0].length_frames
    again = edited(film, "add_person", position_m=(1.0, 0.0, 2.0))
    assert again.characters[-1].id == "extra-2"


def test_who_is_put_on_a_chair_sits_and_nobody_is_put_into_a_table():
    film = edited(FILM, "add_person", position_m=(0.1, 0.0, 0.75))
    (mark,) = film.scenes[0].blocking[-1].marks
    assert (mark.posture, mark.facing_deg) == ("sit", 180.0)
    with pytest.raises(ModelError, match="clear of walls"):
        edited(FILM, "add_person", position_m=(0.0, 0.0, 0.0))
    with pytest.raises(ModelError, match="must not be in scene 1 yet"):
        edited(FILM, "add_person", character="ann", position_m=(0.0, 0.0, 2.0))


def test_only_who_says_nothing_leaves():
    film = edited(FILM, "add_person", position_m=(0.0, 0.0, 2.0))
    gone = edited(film, "remove_person", character="extra-1")
    assert gone.scenes[0] == FILM.scenes[0]
    with pytest.raises(ModelError, match="of whom 1 is"):
        edited(FILM, "remove_person", character="ann")


def test_a_camera_is_cut_to_from_its_frame_on():
    where = {"position_m": (2, 1.5, 2), "target_m": (0, 1, 0), "focal_length_mm": 50}
    asked = {"kind": "add_camera", "shot": "1A", **where}
    film = edit_of({**asked, "at_frame": 40}).apply(FILM)
    old, new = film.scenes[0].shots[1:3]
    assert (old.slate, old.length_frames) == ("1A", 40)
    assert (new.first_frame, new.length_frames) == (old.first_frame + 40, 56)
    (pose,) = new.camera.poses
    assert pose.position_m == (2.0, 1.5, 2.0)
    assert (pose.focal_length_mm, new.camera.lens.focal_length_mm) == (50.0, 50.0)
    assert old.camera == FILM.scenes[0].shots[1].camera.changed(
        timing=old.camera.timing
    )
    whole = edit_of(asked).apply(FILM)
    assert len(whole.scenes[0].shots) == len(FILM.scenes[0].shots)
    assert whole.scenes[0].shots[1].camera.poses == (pose,)


def test_a_bent_key_bends_the_path():
    bent = {"kind": "move_key", "shot": "1A", "index": 0, "tangent_m": (0, 3, 0)}
    film = edit_of(bent).apply(FILM)
    assert film.scenes[0].shots[1].camera.poses[0].tangent_m == (0.0, 3.0, 0.0)
