"""Joints hold, arms stay out of the body and feet stand, whatever is done."""

import numpy as np
import pytest

from previz.gallery.acting_report import acting_report
from previz.gallery.acts import ANN, PLAYS
from previz.model import ActKind, Emotion, Posture
from previz.stage import BONES
from previz.stage.limits import joint_faults, self_depth_m
from previz.stage.skeleton import skeleton_of


def test_every_act_posture_and_feeling_is_shown():
    for kinds in (ActKind, Posture, Emotion):
        assert {str(kind) for kind in kinds} <= PLAYS.keys()


@pytest.mark.parametrize("name", [n for n, play in PLAYS.items() if not play.heads])
def test_joints_hold_and_feet_stand_on_a_child_and_a_tall_one(name):
    for row in acting_report(names=(name,), every=6):
        assert row.past_deg < 5, row
        assert row.self_depth_m < 0.075, row
        assert row.slide_m < 0.01, row


def at_rest(skeleton):
    bones = np.tile(np.eye(4), (len(BONES), 1, 1))
    bones[:, :3, 3] = skeleton.joints
    return bones


def test_a_knee_that_bends_forward_is_a_fault():
    skeleton = skeleton_of(ANN)
    bones = at_rest(skeleton)
    assert not joint_faults(bones, skeleton)
    hip, knee, foot = (BONES.index(f"{n}_l") for n in ("thigh", "shin", "foot"))
    bones[knee, :3, 3] = (bones[hip, :3, 3] + bones[foot, :3, 3]) / 2 - (0, 0, 0.1)
    assert [fault.joint for fault in joint_faults(bones, skeleton)] == ["knee left"]


def test_a_hand_in_the_belly_is_deep():
    skeleton = skeleton_of(ANN)
    bones = at_rest(skeleton)
    assert self_depth_m(bones, skeleton) < 0.01
    bones[BONES.index("hand_l"), :3, 3] = bones[BONES.index("spine"), :3, 3]
    assert self_depth_m(bones, skeleton) > 0.05
