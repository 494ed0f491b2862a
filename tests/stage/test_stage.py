"""The stage: one answer, whatever is asked before."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.errors import UnknownNameError
from previz.model import (
    Beat,
    Blocking,
    Camera,
    CameraPose,
    Character,
    Coverage,
    Element,
    ElementKind,
    Gaze,
    Mark,
    Posture,
    Rate,
    Rig,
    RigKind,
    Scene,
    Set,
    SetPiece,
    Shot,
    ShotSize,
    Slugline,
)
from previz.stage import FIGURE_OBJECT_BASE, Stage

LAW = settings(deadline=None, max_examples=15)
CAST = (
    Character(id="ann", name="Ann", femininity=1.0),
    Character(id="ben", name="Ben", femininity=0.0),
    Character(id="cy", name="Cy", age=9, height_m=1.3),
)


def make_scene():
    element = Element(kind=ElementKind.DIALOGUE, text="Wait.", character="BEN")
    camera = Camera(
        poses=(
            CameraPose(position_m=(0, 1.5, 5), target_m=(0, 1.2, 0)),
            CameraPose(position_m=(0, 1.5, 3), target_m=(0, 1.2, 0)),
        ),
        rig=Rig(kind=RigKind.HANDHELD),
    )
    shots = tuple(
        Shot(
            id=f"s{i}",
            slate=f"1{'AB'[i]}",
            first_frame=first,
            length_frames=length,
            coverage=Coverage.MASTER,
            size=ShotSize.LS,
            camera=camera,
        )
        for i, (first, length) in enumerate(((0, 100), (100, 140)))
    )
    blocking = (
        Blocking(
            character="ann",
            marks=(
                Mark(position_m=(-2, 0, 0), arrive_frame=0, leave_frame=20),
                Mark(position_m=(2, 0, 0), arrive_frame=100, leave_frame=240),
            ),
            gazes=(Gaze(frame=30, target="ben"),),
        ),
        Blocking(
            character="ben",
            marks=(
                Mark(
                    position_m=(0, 0, -1),
                    arrive_frame=0,
                    leave_frame=240,
                    posture=Posture.SIT,
                ),
            ),
            enter_frame=50,
            exit_frame=180,
        ),
    )
    return Scene(
        id="one",
        number="1",
        slugline=Slugline(text="INT. STAGE - DAY"),
        set=Set(
            id="stage",
            name="Stage",
            template="stage",
            interior=True,
            size_m=(9, 3, 9),
            pieces=(
                SetPiece(id="desk", kind="table", size_m=(1.2, 0.75, 0.7)),
                SetPiece(id="door-wall", kind="wall", size_m=(4.0, 2.6, 0.1)),
            ),
        ),
        beats=(
            Beat(
                id="b1",
                element=element,
                start_frame=60,
                length_frames=40,
                character="ben",
            ),
        ),
        blocking=blocking,
        length_frames=240,
        shots=shots,
    )


SCENE = make_scene()


def fresh():
    return Stage(SCENE, CAST, rate=Rate())


def same(a, b):
    return (
        np.array_equal(a.camera.world_from_camera, b.camera.world_from_camera)
        and np.array_equal(a.moving.positions, b.moving.positions)
        and np.array_equal(a.moving.normals, b.moving.normals)
        and np.array_equal(a.moving_before, b.moving_before)
        and all(
            np.array_equal(x.world_from_bone, y.world_from_bone)
            for x, y in zip(a.figures, b.figures, strict=True)
        )
    )


@LAW
@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 99)), min_size=2, max_size=5)
)
def test_a_frame_is_the_same_bit_for_bit_in_any_order(asked):
    stage, other = fresh(), fresh()
    forward = [stage.at(SCENE.shots[shot], frame) for shot, frame in asked]
    back = [other.at(SCENE.shots[shot], frame) for shot, frame in reversed(asked)]
    for a, b in zip(forward, reversed(back), strict=True):
        assert same(a, b)


@LAW
@given(st.integers(1, 99))
def test_positions_before_are_those_of_the_frame_before(frame):
    stage = fresh()
    shot = SCENE.shots[0]
    here, before = stage.at(shot, frame), stage.at(shot, frame - 1)
    count = len(before.moving.positions)
    assert here.moving_before.shape == here.moving.positions.shape
    assert np.array_equal(here.moving_before[:count], before.moving.positions)
    assert np.array_equal(
        here.camera_before.world_from_camera, before.camera.world_from_camera
    )


def test_what_was_not_there_before_has_not_moved():
    stage = fresh()
    for shot, frame in ((SCENE.shots[0], 0), (SCENE.shots[0], 50)):
        state = stage.at(shot, frame)
        last = state.figures[-1].character
        count = len(stage.at(shot, frame).moving.positions)
        assert len(state.moving_before) == count
        assert np.array_equal(state.moving_before[-100:], state.moving.positions[-100:])
        assert last == ("ann" if frame == 0 else "ben")


def test_people_are_there_from_enter_to_before_exit():
    stage = fresh()
    for frame, there in ((49, False), (50, True), (179, True), (180, False)):
        shot = SCENE.shots[0] if frame < 100 else SCENE.shots[1]
        state = stage.at(shot, frame - shot.first_frame)
        assert state.scene_frame == frame
        assert ("ben" in [f.character for f in state.figures]) is there
        assert (stage.landmarks("ben", frame) is not None) is there
    assert stage.landmarks("cy", 10) is None


def test_a_name_nobody_has_is_refused_with_the_choices():
    with pytest.raises(UnknownNameError, match="ann, ben, cy"):
        fresh().landmarks("anna", 0)
    with pytest.raises(UnknownNameError, match=r"Blocking\.character"):
        Stage(SCENE, CAST[:1], rate=Rate())


def test_object_ids_name_pieces_and_characters():
    stage = fresh()
    assert stage.object_names == {
        1: "desk",
        2: "door-wall",
        FIGURE_OBJECT_BASE: "ann",
        FIGURE_OBJECT_BASE + 1: "ben",
        FIGURE_OBJECT_BASE + 2: "cy",
    }
    state = stage.at(SCENE.shots[0], 60)
    assert set(np.unique(state.moving.triangle_object)) == {
        f.object_id for f in state.figures
    }
    assert set(np.unique(stage.set_geometry.triangle_object)) == {1, 2}


def test_landmarks_agree_with_the_mesh():
    stage = fresh()
    state = stage.at(SCENE.shots[0], 40)
    marks = stage.landmarks("ann", 40)
    points = state.moving.positions
    above = points[
        np.hypot(points[:, 0] - marks.eyes[0], points[:, 2] - marks.eyes[2]) < 0.2
    ]
    assert above[:, 1].max() == pytest.approx(marks.head_top[1], abs=0.03)
    assert marks.feet[1] == pytest.approx(points[:, 1].min(), abs=0.02)


def test_at_other_rates_the_marks_are_hit_at_their_frames():
    for rate in (Rate.of(25), Rate.of(29.97), Rate.of(23.976)):
        stage = Stage(SCENE, CAST, rate=rate)
        assert abs(stage.landmarks("ann", 20).hips[0] + 2) < 0.06
        assert abs(stage.landmarks("ann", 100).hips[0] - 2) < 0.06


def test_a_stage_without_people_is_empty_but_whole():
    empty = SCENE.changed(blocking=())
    state = Stage(empty, CAST, rate=Rate()).at(empty.shots[0], 3)
    assert state.figures == ()
    assert state.moving.positions.shape == (0, 3)
    assert state.moving_before.shape == (0, 3)


def test_the_scene_is_read_once_however_many_play_in_it():
    class Counted(tuple):
        reads = 0

        def __iter__(self):
            Counted.reads += 1
            return super().__iter__()

    scene = SCENE.changed()
    object.__setattr__(scene, "beats", Counted(scene.beats))
    Stage(scene, CAST, rate=Rate())
    assert Counted.reads == 1


def test_only_a_characters_own_speeches_move_the_mouth():
    speaking = {f.character: f.speaking for f in fresh().at(SCENE.shots[0], 70).figures}
    assert speaking["ben"]
    assert not speaking["ann"]


def test_seeds_of_people_and_pieces_are_known_by_their_objects(short_film):
    film = short_film()
    scene = film.scenes[0]
    pieces = (*scene.set.pieces[:-1], scene.set.pieces[-1].changed(seed=5))
    scene = scene.changed(set=scene.set.changed(pieces=pieces))
    people = (film.characters[0], film.characters[1].changed(seed=9))
    state = Stage(scene, people, rate=film.rate).at(scene.shots[0], 0)
    assert state.object_seeds == {len(pieces): 5, FIGURE_OBJECT_BASE + 1: 9}
