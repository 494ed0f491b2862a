"""The camera on its set: it sees people where the stage has them."""

import numpy as np
import pytest

from previz.camera import moves as mv
from previz.errors import UnknownNameError
from previz.model import (
    Aim,
    Blocking,
    Camera,
    CameraPose,
    Character,
    Coverage,
    FocusKey,
    Mark,
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
from previz.stage import Stage, camera_faults

CAST = (Character(id="ann", name="Ann"), Character(id="ben", name="Ben"))


def scene():
    walk = (
        Mark(position_m=(-2, 0, 0), arrive_frame=0, leave_frame=20),
        Mark(position_m=(2, 0, 0), arrive_frame=120, leave_frame=200),
    )
    stands = (Mark(position_m=(0.5, 0, -1.5), arrive_frame=0, leave_frame=200),)
    return Scene(
        id="one",
        number="1",
        slugline=Slugline(text="INT. ROOM - DAY"),
        set=Set(
            id="room",
            name="Room",
            template="room",
            interior=True,
            size_m=(9, 3, 9),
            pieces=(
                SetPiece(
                    id="case",
                    kind="cupboard",
                    size_m=(1, 2.4, 0.6),
                    position_m=(-3, 0, 2),
                ),
            ),
        ),
        blocking=(
            Blocking(character="ann", marks=walk),
            Blocking(character="ben", marks=stands, exit_frame=150),
        ),
        length_frames=200,
    )


def shot(camera, first=40):
    return Shot(
        id="s",
        slate="1A",
        first_frame=first,
        length_frames=100,
        coverage=Coverage.MASTER,
        size=ShotSize.LS,
        camera=camera,
    )


def camera(**fields):
    pose = CameraPose(position_m=(0, 1.5, 4), target_m=(0, 1.3, 0))
    return Camera(poses=(pose,), **fields)


STAGE = Stage(scene(), CAST, rate=Rate())


@pytest.mark.parametrize("frame", [0, 33, 90])
def test_an_aim_holds_who_walks_where_the_operator_wants_them(frame):
    taken = shot(camera(aim=Aim(subjects=("ann",), at=((0.33, 0.4),))))
    state = STAGE.at(taken, frame).camera
    eyes = STAGE.landmarks("ann", 40 + frame).eyes
    at, _ = state.project(eyes[None], width_px=2489, height_px=1400)
    assert np.allclose(at[0] / (2489, 1400), (0.33, 0.4), atol=1e-6)


def test_focus_follows_who_walks():
    taken = shot(camera(focus=(FocusKey(frame=0, subject="ann"),)))
    state = STAGE.at(taken, 50).camera
    eyes = STAGE.landmarks("ann", 90).eyes
    _, depth = state.project(eyes[None], width_px=10, height_px=10)
    assert state.focus_distance_m == pytest.approx(depth[0])


@pytest.mark.parametrize("part", ["eyes", "head", "chest", "hips", "feet"])
def test_every_part_of_somebody_has_a_place(part):
    high = STAGE.where(shot(camera()))("ben", part, 10)[1]
    low, top = {
        "eyes": (1.4, 1.9),
        "head": (1.4, 1.9),
        "chest": (1.0, 1.5),
        "hips": (0.7, 1.1),
        "feet": (-0.05, 0.15),
    }[part]
    assert low < high < top


def test_who_has_left_is_nowhere_and_the_camera_stays_as_stored():
    taken = shot(camera(aim=Aim(subjects=("ben",))), first=90)
    assert STAGE.where(taken)("ben", "eyes", 99) is None
    still = STAGE.at(shot(camera(), first=90), 99).camera.world_from_camera
    assert np.array_equal(STAGE.at(taken, 99).camera.world_from_camera, still)


def test_somebody_who_is_in_no_film_is_said():
    taken = shot(camera(aim=Aim(subjects=("zoe",))))
    with pytest.raises(UnknownNameError, match="zoe"):
        STAGE.at(taken, 0)


def test_the_camera_is_exposed_for_the_scene_until_it_has_an_iso():
    assert STAGE.at(shot(camera()), 0).camera.exposure_ev100 == 7.0
    rated = STAGE.at(shot(camera(iso=800)), 0).camera.exposure_ev100
    assert rated != 7.0


def test_a_camera_that_stands_free_has_no_fault():
    assert camera_faults(STAGE, shot(camera())) == ()


FAULTS = [
    ("the set", (-3.0, 1.5, 2.0), None),
    ("the set", (0.0, 1.5, 4.6), None),
    ("ben", (0.5, 1.2, -1.5), None),
    ("ann", (0.5, 1.5, 1.5), lambda c: mv.dolly(c, 4.0)),
]


@pytest.mark.parametrize(("what", "place", "move"), FAULTS)
def test_a_camera_in_a_wall_a_piece_or_somebody_is_said(what, place, move):
    held = camera(
        rig=Rig(kind=RigKind.HANDHELD),
    )
    pose = CameraPose(position_m=place, target_m=(place[0], place[1], place[2] - 3))
    held = held.changed(poses=(pose,))
    found = camera_faults(STAGE, shot(held if move is None else move(held)))
    (fault,) = [f for f in found if f.quantity == "clearance"]
    assert f"out of {what}" in fault.text
    assert (fault.frame > 0) == (move is not None)
