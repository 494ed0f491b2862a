"""The frame in which a hand holds a thing."""

import numpy as np
import pytest

from previz.model import Character
from previz.stage.grip import grip_of, palm_of
from previz.stage.skeleton import BONE_INDEX, BONES, skeleton_of

ANN = Character(id="ann", name="Ann", height_m=1.66)


def at_rest(skeleton):
    bones = np.tile(np.eye(4), (len(BONES), 1, 1))
    bones[:, :3, 3] = skeleton.joints
    return bones


@pytest.mark.parametrize("side", [0, 1])
def test_a_grip_is_a_rigid_frame_in_the_palm_with_y_to_the_thumb(side):
    skeleton = skeleton_of(ANN)
    bones = at_rest(skeleton)
    grip = grip_of(bones, side)
    assert np.allclose(grip[:3, :3].T @ grip[:3, :3], np.eye(3))
    assert np.linalg.det(grip[:3, :3]) == pytest.approx(1)
    letter = "lr"[side]
    thumb, fingers, tip = (
        bones[BONE_INDEX[f"{name}_{letter}"], :3, 3] - grip[:3, 3]
        for name in ("thumb", "fingers", "fingers_tip")
    )
    assert thumb @ grip[:3, 1] > 0 > fingers @ grip[:3, 1]
    assert tip @ grip[:3, 2] > 0
    assert (
        np.linalg.norm(grip[:3, 3] - bones[BONE_INDEX[f"hand_{letter}"], :3, 3]) > 0.02
    )


@pytest.mark.parametrize("side", [0, 1])
def test_a_hanging_hand_holds_on_the_side_of_the_thigh(side):
    skeleton = skeleton_of(ANN)
    bones = at_rest(skeleton)
    outward = 1.0 if side == 0 else -1.0
    hand = bones[BONE_INDEX[f"fingers_{'lr'[side]}"], 0, 3]
    assert outward * (hand - grip_of(bones, side)[0, 3]) > 0.01


def test_the_grip_follows_the_hand():
    skeleton = skeleton_of(ANN)
    bones = at_rest(skeleton)
    turned = np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1]], float)
    moved = np.eye(4)
    moved[:3, :3], moved[:3, 3] = turned, (1.0, 2.0, 3.0)
    assert np.allclose(grip_of(moved @ bones, 1), moved @ grip_of(bones, 1))
    hand = bones[BONE_INDEX["hand_r"]]
    assert np.allclose(hand @ palm_of(skeleton, 1), grip_of(bones, 1))
