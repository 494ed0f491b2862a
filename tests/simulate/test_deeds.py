"""What people do to things: thrown, dropped, knocked over, pushed, carried, opened."""

import numpy as np
import pytest
from rooms import CAST, TABLE, played, staged, thing

from previz.errors import ModelError, UnknownNameError
from previz.model import Hold
from previz.simulate import carry, drop, open_part, push, throw, topple
from previz.simulate.bodies import mass_of
from previz.stage.pieces import build_piece, shards_of
from previz.stage.rotation import matrix_of


def props(scene):
    return {prop.id: prop for prop in scene.props}


def held(noun):
    return thing(noun).changed(holds=(Hold(frame=0, character="ann"),))


def test_a_thrown_thing_passes_through_its_target_at_its_frame():
    stage = played(held("ball"))
    scene = throw(
        stage, "ball", at_frame=20, toward=(1.5, 1.6, 1.5), flight_frames=12,
        spin_deg_s=(0, 90, 0),
    )  # fmt: skip
    ball = props(scene)["ball"]
    key = next(k for k in ball.keys if k.frame == 32)
    middle = mass_of(ball.piece).middle
    there = matrix_of(key.rotation) @ middle + key.position_m
    np.testing.assert_allclose(there, (1.5, 1.6, 1.5), atol=1e-3)


def test_a_throw_at_somebody_reaches_their_chest():
    stage = played(held("ball"))
    scene = throw(stage, "ball", at_frame=20, toward="bo", flight_frames=15)
    chest = stage.landmarks("bo", 35).shoulders
    key = next(k for k in props(scene)["ball"].keys if k.frame == 35)
    assert np.linalg.norm(np.array(key.position_m) - chest) < 0.25


def test_a_throw_leaves_from_the_hand():
    stage = played(held("ball"))
    scene = throw(stage, "ball", at_frame=20, toward=(1, 1, 1))
    after = staged(scene)
    np.testing.assert_allclose(
        after.prop_at("ball", 20), stage.prop_at("ball", 20), atol=1e-6
    )
    np.testing.assert_allclose(after.prop_at("ball", 19), stage.prop_at("ball", 19))


def test_a_vase_thrown_at_the_edge_of_a_table_breaks_there_and_then():
    stage = played(held("vase"))
    edge = (-0.6, 0.74, 0.0)
    scene = throw(stage, "vase", at_frame=24, toward=edge, flight_frames=12)
    made = props(scene)
    vase = made.pop("vase")
    assert vase.until_frame in (35, 36, 37)
    assert len(made) == len(shards_of(vase.piece))
    assert all(prop.from_frame == vase.until_frame for prop in made.values())
    last = np.array(vase.keys[-1].position_m)
    assert np.linalg.norm(last - edge) < 0.45
    after = staged(scene)
    assert after.prop_at("vase", vase.until_frame) is None
    spread = [after.prop_at(name, 239)[:3, 3] for name in made]
    assert np.ptp(spread, axis=0)[[0, 2]].min() > 0.3


def test_shards_start_as_the_whole_and_end_above_the_floor():
    scene = drop(played(thing("vase", at=(1.6, 1.2, 1.0))), "vase", at_frame=10)
    made = props(scene)
    vase = made.pop("vase")
    whole = build_piece(vase.piece, object_id=1)
    pieces = [build_piece(p, object_id=1) for p in shards_of(vase.piece)]
    low = np.min([p.positions.min(axis=0) for p in pieces], axis=0)
    np.testing.assert_allclose(low, whole.positions.min(axis=0), atol=1e-6)
    for prop in made.values():
        shape = build_piece(
            prop.piece.changed(position_m=(0, 0, 0)), object_id=1
        ).positions
        last = prop.keys[-1]
        points = shape @ matrix_of(last.rotation).T + last.position_m
        assert -0.005 < points[:, 1].min() < 0.15
        assert prop.keys[0].frame == vase.until_frame


def test_what_bends_or_falls_softly_stays_whole():
    book = drop(played(thing("book", at=(1.6, 1.2, 1.0))), "book", at_frame=0)
    assert len(book.props) == 1
    low = drop(played(thing("vase", at=(1.6, 0.05, 1.0))), "vase", at_frame=0)
    assert len(low.props) == 1


def test_a_seed_changes_how_it_breaks_and_the_same_seed_does_not():
    def broken(seed):
        vase = thing("vase", at=(1.6, 1.2, 1.0), seed=seed)
        return drop(played(vase), "vase", at_frame=0)

    assert broken(1) == broken(1)
    assert broken(1).props[3].keys != broken(2).props[3].keys


def test_a_vase_knocked_off_a_table_falls_down_beside_it():
    vase = thing("bottle", at=(0.45, 0.75, 0.0))
    scene = topple(
        played(vase), "bottle", at_frame=5, toward=(3.0, 0.0, 0.0), speed_m_s=1.6
    )
    bottle = props(scene)["bottle"]
    assert bottle.keys[0].frame == 5
    assert len(scene.props) > 1
    assert bottle.keys[-1].position_m[1] < 0.6


def test_a_pushed_piece_leaves_the_set_and_slides():
    scene = push(played(), "table", from_frame=10, to=(0.5, 0.0, 0.5))
    assert [p.id for p in scene.set.pieces] == ["wall"]
    table = props(scene)["table"]
    assert table.keys[0].position_m == TABLE.position_m
    assert table.keys[-1].position_m == (0.5, 0.0, 0.5)
    steps = np.diff([k.position_m for k in table.keys], axis=0)
    assert np.abs(steps).max() < 0.06


def test_carried_things_are_put_down_on_what_is_below():
    cup = thing("cup", at=(-1.3, 1.0, 0.0))
    scene = carry(
        played(cup), "cup", by="ann", from_frame=10, until_frame=60,
        to=(-0.4, 0.75, 0.0),
    )  # fmt: skip
    after = staged(scene)
    np.testing.assert_allclose(after.prop_at("cup", 80)[:3, 3], (-0.4, 0.75, 0.0))
    down = staged(carry(played(cup), "cup", by="ann", from_frame=10, until_frame=60))
    assert down.prop_at("cup", 80)[1, 3] == pytest.approx(0.0, abs=1e-9)
    np.testing.assert_allclose(down.prop_at("cup", 80)[:3, 1], (0, 1, 0), atol=1e-9)


def test_a_door_opens_and_shuts_again():
    scene = open_part(played(), "wall", at_frame=10, seconds=0.5)
    scene = open_part(staged(scene), "wall", part="door-1", at_frame=60, to=0.0)
    (swing,) = scene.swings
    assert [(k.frame, k.open) for k in swing.keys] == [
        (10, 0.0), (22, 1.0), (60, 1.0), (79, 0.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "error", "words"),
    [
        (lambda s: drop(s, "urn", at_frame=0), UnknownNameError, r"Scene\.props"),
        (
            lambda s: throw(s, "ball", at_frame=0, toward="eve"),
            UnknownNameError,
            r"Stage\.thing",
        ),
        (
            lambda s: throw(s, "ball", at_frame=0, toward="bo", flight_frames=0),
            ModelError,
            r"throw\.flight_frames must be >= 1",
        ),
        (
            lambda s: push(s, "ball", from_frame=5, until_frame=5, to=(0, 0, 0)),
            ModelError,
            r"push\.until_frame must be after frame 5",
        ),
        (
            lambda s: carry(s, "ball", by="ann", from_frame=5, until_frame=2),
            ModelError,
            r"carry\.until_frame",
        ),
        (
            lambda s: carry(s, "ball", by="eve", from_frame=5, until_frame=9),
            UnknownNameError,
            r"Hold\.character",
        ),
        (
            lambda s: open_part(s, "gate", at_frame=0),
            UnknownNameError,
            r"Swing\.piece",
        ),
        (
            lambda s: open_part(s, "wall", part="lid", at_frame=0),
            UnknownNameError,
            r"Swing\.part",
        ),
        (
            lambda s: open_part(s, "wall", at_frame=0, seconds=float("nan")),
            ModelError,
            r"open_part\.seconds must be",
        ),
        (
            lambda s: throw(s, "ball", at_frame=3, toward=(float("nan"), 0, 0)),
            ModelError,
            r"throw\.toward must be \(x, y, z\)",
        ),
        (
            lambda s: throw(s, "ball", at_frame=3, toward=(9e5, 0, 0)),
            ModelError,
            r"simulate\.velocity_m_s must be <= 100",
        ),
        (
            lambda s: drop(s, "ball", at_frame=3, spin_deg_s=(1e9, 0, 0)),
            ModelError,
            r"simulate\.spin_deg_s must be <= 36000",
        ),
        (
            lambda s: topple(s, "table", at_frame=3, toward=(1, 0)),
            ModelError,
            r"topple\.toward must be",
        ),
        (
            lambda s: push(s, "table", from_frame=3, to="bo"),
            ModelError,
            r"push\.to must be",
        ),
        (
            lambda s: push(s, "table", from_frame=3, to=(1, 0, 0), until_frame=10**9),
            ModelError,
            r"push\.until_frame must be after frame 3 and at most",
        ),
        (
            lambda s: carry(
                s, "table", by="bo", from_frame=3, until_frame=9, to=(1, 0)
            ),
            ModelError,
            r"carry\.to must be",
        ),
    ],
)
def test_what_cannot_be_done_is_said(deed, error, words):
    with pytest.raises(error, match=words):
        deed(played(held("ball")))


def test_deeds_leave_the_scene_they_are_given():
    stage = played(thing("vase"))
    before = stage.scene
    drop(stage, "vase", at_frame=0)
    assert stage.scene == before
    assert stage.characters == CAST
