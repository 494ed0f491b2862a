"""Joints hold, arms stay out of the body and feet stand, whatever is done."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from previz.gallery import acting_table, build_acting
from previz.gallery.acting_report import acting_report, contact_report
from previz.gallery.acts import ANN, PLAYS, play_stage
from previz.model import ActKind, Emotion, Posture
from previz.stage import BONES
from previz.stage.attention import flick
from previz.stage.limits import joint_faults, self_depth_m
from previz.stage.skeleton import skeleton_of

DOCS = Path(__file__).parents[2] / "docs"


def test_every_act_posture_and_feeling_is_shown():
    for kinds in (ActKind, Posture, Emotion):
        assert {str(kind) for kind in kinds} <= PLAYS.keys()


@pytest.mark.parametrize("name", [n for n in PLAYS if n not in set(map(str, Emotion))])
def test_joints_hold_and_feet_stand_on_a_child_and_a_tall_one(name):
    for row in acting_report(names=(name,), every=6):
        assert row.past_deg < 5, row
        assert row.self_depth_m < 0.03, row
        assert row.slide_m < 0.01, row


def test_palms_are_where_they_touch():
    for name, miss_m in contact_report().items():
        assert miss_m < 0.03, (name, miss_m)


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


def test_the_page_of_acting_in_the_docs_is_that_of_the_code():
    written = (DOCS / "ACTING.md").read_text(encoding="utf-8")
    assert written == acting_table(), "run: previz gallery --out docs/gallery"
    shown = set(re.findall(r"\]\((gallery/[^)]+)\)", written))
    assert len(shown) == len(PLAYS)
    assert all((DOCS / picture).is_file() for picture in shown)
    assert sum((DOCS / picture).stat().st_size for picture in shown) < 1.2e6


def test_a_feeling_is_filmed_on_two_faces_from_two_sides(tmp_path):
    build_acting(tmp_path, names=("joy", "embrace"), size=(64, 64))
    for name in ("joy", "embrace"):
        strip = np.asarray(Image.open(tmp_path / f"acting-{name}.jpg")).astype(float)
        assert strip.shape == (64, 256, 3)
        for left, right in pairwise(np.split(strip, 4, axis=1)):
            assert np.abs(left - right).mean() > 1


def test_arms_of_an_embrace_lie_on_the_back_of_the_other():
    stage = play_stage(PLAYS["embrace"])
    ann, ben = stage.bones("ann", 54), stage.bones("ben", 54)
    for mine, theirs in ((ann, ben), (ben, ann)):
        chest = theirs[BONES.index("chest")]
        for hand in ("hand_l", "hand_r"):
            local = chest[:3, :3].T @ (mine[BONES.index(hand), :3, 3] - chest[:3, 3])
            assert -0.16 < local[2] < 0.0, (hand, local)
            assert abs(local[0]) < 0.25, (hand, local)


def test_the_idle_arm_of_somebody_who_bows_hangs_down():
    bones = play_stage(PLAYS["touch"]).bones("ann", 54)
    shoulder, wrist = (
        bones[BONES.index(bone), :3, 3] for bone in ("upper_arm_r", "hand_r")
    )
    down = (shoulder - wrist) / np.linalg.norm(shoulder - wrist)
    assert down[1] > 0.9


def test_who_lies_down_sits_first_and_never_leans_back_on_the_feet():
    stage = play_stage(PLAYS["lie"])
    for frame in range(50, 110, 2):
        bones = stage.bones("ann", frame)
        pelvis, chest = bones[0, :3, 3], bones[BONES.index("chest"), :3, 3]
        up = (chest - pelvis) / np.linalg.norm(chest - pelvis)
        assert up[1] > 0.9 or pelvis[1] < 0.45, frame


def test_eyes_stray_a_little_over_what_they_look_at():
    strayed = np.array([flick(0.05 * k, seed=3) for k in range(400)])
    assert 0.004 < np.abs(strayed).max() < np.radians(1.1)
    still = np.abs(np.diff(strayed, axis=0)).max(axis=1) < 1e-9
    assert still.mean() > 0.8
    assert not np.array_equal(strayed[20], flick(1.0, seed=4))
