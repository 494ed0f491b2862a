"""Props in hands and on their keys, doors on their swings."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.errors import ModelError, UnknownNameError
from previz.model import (
    Blocking,
    Camera,
    CameraPose,
    Character,
    Coverage,
    Gaze,
    Hold,
    Mark,
    Opening,
    PlaceKey,
    Prop,
    Rate,
    Scene,
    Set,
    SetPiece,
    Shot,
    ShotSize,
    Slugline,
    Swing,
    SwingKey,
)
from previz.stage import FIGURE_OBJECT_BASE, PART_OBJECT_BASE, PROP_OBJECT_BASE, Stage
from previz.stage.grip import grip_of

LAW = settings(deadline=None, max_examples=20)
CAST = (Character(id="ann", name="Ann"), Character(id="bo", name="Bo", height_m=1.86))
WALL = SetPiece(
    id="wall", kind="wall", size_m=(6.0, 2.7, 0.14), position_m=(0, 0, -3),
    openings=(Opening(kind="door", x_m=1.0, width_m=0.9, height_m=2.05),),
)  # fmt: skip
TABLE = SetPiece(id="table", kind="table", size_m=(1.2, 0.75, 0.7))
CUP = SetPiece(
    id="cup", kind="cup", size_m=(0.115, 0.07, 0.09), position_m=(0.2, 0.75, 0.2)
)
CASE = SetPiece(id="case", kind="suitcase", size_m=(0.6, 0.46, 0.19))


def scene(props=(), swings=(), gazes=()):
    shot = Shot(
        id="s", slate="1A", first_frame=0, length_frames=120, coverage=Coverage.MASTER,
        size=ShotSize.LS,
        camera=Camera(poses=(CameraPose(position_m=(0, 1.5, 5), target_m=(0, 1, 0)),)),
    )  # fmt: skip
    blocking = (
        Blocking(
            character="ann",
            marks=(
                Mark(position_m=(-1, 0, 1), arrive_frame=0, leave_frame=30),
                Mark(position_m=(1, 0, 1), arrive_frame=70, leave_frame=120),
            ),
            gazes=gazes,
        ),
        Blocking(
            character="bo",
            marks=(Mark(position_m=(1, 0, -1), arrive_frame=0, leave_frame=120),),
            exit_frame=100,
        ),
    )
    return Scene(
        id="one", number="1", slugline=Slugline(text="INT. ROOM - DAY"),
        set=Set(id="set", name="Set", template="room", interior=True,
                size_m=(6, 2.7, 6), pieces=(WALL, TABLE)),
        blocking=blocking, props=props, swings=swings, length_frames=120, shots=(shot,),
    )  # fmt: skip


def stage(**fields):
    return Stage(scene(**fields), CAST, rate=Rate())


def keyed(*keys):
    return tuple(PlaceKey(frame=f, position_m=p) for f, p in keys)


def test_a_prop_lies_where_its_piece_is_until_something_happens():
    prop = Prop(piece=CUP.changed(yaw_deg=90.0), keys=keyed((50, (1, 0, 0))))
    place = stage(props=(prop,)).prop_at("cup", 49)
    np.testing.assert_allclose(place[:3, 3], CUP.position_m)
    np.testing.assert_allclose(place[:3, 2], (1, 0, 0), atol=1e-12)


@LAW
@given(st.integers(0, 119))
def test_a_held_thing_keeps_its_distance_from_the_hand(frame):
    prop = Prop(piece=CASE, holds=(Hold(frame=0, character="ann", hand="right"),))
    played = stage(props=(prop,))
    grip = grip_of(played.bones("ann", frame), 1)
    place = played.prop_at("case", frame)
    handle = place[:3, :3] @ np.array([0, 0.98 * 0.46, 0]) + place[:3, 3]
    assert np.linalg.norm(handle - grip[:3, 3]) == pytest.approx(0.075 * 0.75)
    np.testing.assert_allclose(place[:3, 1], (0, 1, 0), atol=1e-9)


@pytest.mark.parametrize("hand", ["left", "right", "both"])
def test_every_hand_holds(hand):
    prop = Prop(piece=CUP, holds=(Hold(frame=0, character="ann", hand=hand),))
    played = stage(props=(prop,))
    place, bones = played.prop_at("cup", 5), played.bones("ann", 5)
    sides = {"left": (0,), "right": (1,), "both": (0, 1)}[hand]
    middle = np.mean([grip_of(bones, s)[:3, 3] for s in sides], axis=0)
    assert np.linalg.norm(place[:3, 3] - middle) < 0.2


def steps(played, name, first, last):
    places = [played.prop_at(name, f)[:3, 3] for f in range(first, last)]
    return np.linalg.norm(np.diff(places, axis=0), axis=1)


def test_taking_and_putting_down_do_not_start():
    prop = Prop(
        piece=CUP.changed(position_m=(-0.8, 1.0, 1.3)),
        holds=(Hold(frame=10, character="ann"),),
        keys=keyed((100, (1.3, 0.75, 1.3))),
    )
    played = stage(props=(prop,))
    np.testing.assert_allclose(played.prop_at("cup", 10)[:3, 3], (-0.8, 1.0, 1.3))
    np.testing.assert_allclose(played.prop_at("cup", 100)[:3, 3], (1.3, 0.75, 1.3))
    assert steps(played, "cup", 0, 30).max() < 0.15
    assert steps(played, "cup", 80, 119).max() < 0.15
    assert steps(played, "cup", 101, 119).max() == 0.0


def test_a_thing_is_handed_over():
    holds = (Hold(frame=0, character="ann"), Hold(frame=80, character="bo"))
    played = stage(props=(Prop(piece=CUP, holds=holds),))
    hers = played.prop_at("cup", 80)
    only = stage(props=(Prop(piece=CUP, holds=holds[:1]),))
    np.testing.assert_allclose(hers, only.prop_at("cup", 80))
    grip = grip_of(played.bones("bo", 98), 1)
    away = np.linalg.norm(played.prop_at("cup", 98)[:3, 3] - grip[:3, 3])
    assert away < 0.2


def test_what_leaves_the_hand_where_the_hand_is_is_not_pulled():
    held = Prop(piece=CUP, holds=(Hold(frame=0, character="ann"),))
    there = stage(props=(held,)).prop_at("cup", 50)
    key = PlaceKey(frame=50, position_m=tuple(float(v) for v in there[:3, 3]))
    thrown = held.changed(keys=(key, *keyed((60, (0, 0, 0)))))
    for frame in (30, 46, 49):
        np.testing.assert_allclose(
            stage(props=(thrown,)).prop_at("cup", frame)[:3, 3],
            stage(props=(held,)).prop_at("cup", frame)[:3, 3],
            atol=1e-6,
        )


@LAW
@given(st.integers(10, 50))
def test_keys_are_passed_in_a_straight_line(frame):
    prop = Prop(piece=CUP, keys=keyed((10, (0, 0, 0)), (50, (2, 1, 0))))
    place = stage(props=(prop,)).prop_at("cup", frame)
    np.testing.assert_allclose(place[:3, 3], np.array((2, 1, 0)) * (frame - 10) / 40)


def test_turns_between_keys_take_the_shorter_way():
    quarter = (0.0, float(np.sqrt(0.5)), 0.0, float(np.sqrt(0.5)))
    keys = (
        PlaceKey(frame=0, position_m=(0, 0, 0)),
        PlaceKey(frame=10, position_m=(0, 0, 0), rotation=quarter),
    )
    place = stage(props=(Prop(piece=CUP, keys=keys),)).prop_at("cup", 5)
    angle = np.radians(45)
    np.testing.assert_allclose(place[:3, 2], (np.sin(angle), 0, np.cos(angle)))


def test_a_prop_is_there_for_its_frames_and_moves_there_only():
    prop = Prop(piece=CUP, from_frame=20, until_frame=40)
    played = stage(props=(prop,))
    shot = played.scene.shots[0]
    for frame, there in ((19, False), (20, True), (39, True), (40, False)):
        state = played.at(shot, frame)
        assert (PROP_OBJECT_BASE in state.moving.triangle_object) == there
        assert (played.prop_at("cup", frame) is not None) == there
        assert state.moving_before.shape == state.moving.positions.shape
    state = played.at(shot, 20)
    own = np.unique(
        state.moving.triangles[state.moving.triangle_object == PROP_OBJECT_BASE]
    )
    np.testing.assert_array_equal(state.moving.positions[own], state.moving_before[own])


def test_what_is_held_leaves_with_who_holds_it():
    prop = Prop(piece=CUP, holds=(Hold(frame=0, character="bo"),))
    played = stage(props=(prop,))
    assert played.prop_at("cup", 99) is not None
    assert played.prop_at("cup", 100) is None


def test_motion_vectors_of_a_prop_are_its_steps():
    prop = Prop(piece=CUP, keys=keyed((0, (0, 1, 0)), (100, (1, 1, 0))))
    played = stage(props=(prop,))
    state = played.at(played.scene.shots[0], 50)
    own = np.unique(
        state.moving.triangles[state.moving.triangle_object == PROP_OBJECT_BASE]
    )
    step = state.moving.positions[own] - state.moving_before[own]
    np.testing.assert_allclose(step, [[0.01, 0, 0]] * len(own), atol=1e-5)


SWING = Swing(
    piece="wall", keys=(SwingKey(frame=20, open=0), SwingKey(frame=40, open=1))
)


def test_a_door_that_swings_leaves_the_set_and_moves():
    still, played = stage(), stage(swings=(SWING,))
    shot = played.scene.shots[0]
    fewer = len(played.set_geometry.triangles)
    assert fewer < len(still.set_geometry.triangles)
    assert played.object_names[PART_OBJECT_BASE] == "wall door-1"
    shut, open_ = played.at(shot, 10), played.at(shot, 60)
    leaf = shut.moving.triangle_object == PART_OBJECT_BASE
    assert fewer + leaf.sum() == len(still.set_geometry.triangles)
    where = np.unique(shut.moving.triangles[leaf])
    assert np.ptp(shut.moving.positions[where][:, 2]) < 0.15
    assert np.ptp(open_.moving.positions[where][:, 2]) > 0.7


def test_a_swing_starts_and_ends_slowly():
    played = stage(swings=(SWING,))
    shares = [played.middle_of("wall door-1", f)[2] for f in range(15, 46)]
    steps_m = np.abs(np.diff(shares))
    assert steps_m[:5].max() == 0 == steps_m[-5:].max()
    assert steps_m.argmax() in range(8, 22)


def test_figures_come_first_then_props_then_parts():
    prop = Prop(piece=CUP, holds=(Hold(frame=0, character="ann"),))
    played = stage(props=(prop,), swings=(SWING,))
    state = played.at(played.scene.shots[0], 30)
    order = list(dict.fromkeys(state.moving.triangle_object.tolist()))
    first = FIGURE_OBJECT_BASE
    assert order == [first, first + 1, PROP_OBJECT_BASE, PART_OBJECT_BASE]
    assert [t.name for t in state.things] == ["cup", "wall door-1"]
    corners = state.moving.triangles[state.moving.triangle_object == PROP_OBJECT_BASE]
    shadows = {tuple(row) for row in state.moving_shadows.tolist()}
    assert {tuple(row) for row in corners.tolist()} & shadows


def test_glass_throws_no_shadow():
    pane = CUP.changed(kind="glass", matter="glass")
    played = stage(props=(Prop(piece=pane),))
    state = played.at(played.scene.shots[0], 0)
    own = np.unique(
        state.moving.triangles[state.moving.triangle_object == PROP_OBJECT_BASE]
    )
    assert not np.isin(state.moving_shadows, own).any()


@LAW
@given(st.permutations(range(0, 110, 10)))
def test_any_order_of_asking_gives_the_same(order):
    prop = Prop(
        piece=CUP, holds=(Hold(frame=20, character="ann"),),
        keys=keyed((80, (1, 0.75, 1)), (95, (1, 0, 1))),
    )  # fmt: skip
    first, second = stage(props=(prop,)), stage(props=(prop,))
    shot = first.scene.shots[0]
    for frame in order:
        second.at(shot, frame)
    for frame in order:
        a, b = first.at(shot, frame), second.at(shot, frame)
        np.testing.assert_array_equal(a.moving.positions, b.moving.positions)


def test_eyes_follow_a_prop_and_those_who_hold_it():
    keys = keyed((0, (-3, 1, 1)), (100, (3, 1, 1)))
    look = (Gaze(frame=0, target="cup"),)
    held = (Hold(frame=50, character="ann"),)
    flown = stage(props=(Prop(piece=CUP, keys=keys),), gazes=look)
    own = stage(props=(Prop(piece=CUP, holds=held),), gazes=look)
    early, late = (flown.landmarks("ann", f).face for f in (5, 29))
    assert not np.allclose(early, late)
    assert np.isfinite(own.landmarks("ann", 60).face).all()


def test_a_camera_may_aim_at_a_prop():
    prop = Prop(piece=CUP, keys=keyed((0, (0, 1, 0)), (100, (1, 1, 0))))
    played = stage(props=(prop,))
    where = played.where(played.scene.shots[0])
    np.testing.assert_allclose(where("cup", "eyes", 50), (0.5, 1.035, 0))
    assert where("table", "eyes", 0) is not None
    with pytest.raises(UnknownNameError, match=r"Stage\.character"):
        where("nobody", "eyes", 0)


def test_nobody_who_is_not_in_the_scene_holds_a_prop():
    held = Prop(piece=CUP, holds=(Hold(frame=0, character="bo"),))
    both = scene(props=(held,))
    alone = both.changed(blocking=both.blocking[:1])
    with pytest.raises(UnknownNameError, match=r"Hold\.character.*got 'bo'"):
        Stage(alone, CAST, rate=Rate())


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"props": (Prop(piece=TABLE),)}, ModelError, r"Prop\.id must differ.*'table'"),
        ({"props": (Prop(piece=CUP),) * 2}, ModelError, r"Scene\.props.*'cup' twice"),
        (
            {"props": (Prop(piece=CUP, holds=(Hold(frame=0, character="eve"),)),)},
            UnknownNameError,
            r"Hold\.character must be one of ann, bo, got 'eve'",
        ),
        (
            {"swings": (SWING.changed(piece="gate"),)},
            UnknownNameError,
            r"Swing\.piece must be one of table, wall, got 'gate'",
        ),
        (
            {"swings": (SWING.changed(piece="table"),)},
            UnknownNameError,
            r"Swing\.part must be one of \(none\)",
        ),
        ({"swings": (SWING, SWING)}, ModelError, r"Scene\.swings.*'door-1' of 'wall'"),
    ],
)
def test_what_cannot_be_is_said(fields, error, words):
    with pytest.raises(error, match=words):
        stage(**fields)


def test_an_unknown_prop_lists_the_choices():
    with pytest.raises(UnknownNameError, match=r"Stage\.prop must be one of cup"):
        stage(props=(Prop(piece=CUP),)).prop_at("mug", 0)
