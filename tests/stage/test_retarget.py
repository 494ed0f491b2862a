"""Motion that a user brings, on other bodies."""

import numpy as np
import pytest
from test_figures import play, standing

from previz.errors import AssetError
from previz.model import Blocking, Character, Clip, Mark, Rate
from previz.stage import BONES, Assets, Motion, Stage
from previz.stage.retarget import retarget
from previz.stage.rotation import quaternion_of
from previz.stage.skeleton import PARENTS, skeleton_of

SOURCE = Character(id="ann", name="Ann", height_m=1.80)
CHILD = Character(id="ann", name="Ann", age=8, height_m=1.25)
RATE = Rate.of(24)
OTHER = ("thumb", "index", "fingers", "eye")
KEPT = [i for i, name in enumerate(BONES) if not name.startswith(OTHER)]
SIDED = {
    "mixamo": (
        "mixamorig:{}",
        ("Left", "Right"),
        {
            "pelvis": "Hips",
            "spine": "Spine",
            "chest": "Spine2",
            "neck": "Neck",
            "head": "Head",
            "clavicle": "Shoulder",
            "upper_arm": "Arm",
            "forearm": "ForeArm",
            "hand": "Hand",
            "thigh": "UpLeg",
            "shin": "Leg",
            "foot": "Foot",
            "toe": "ToeBase",
        },
    ),
    "biped": (
        "Bip01 {}",
        ("L ", "R "),
        {
            "pelvis": "Pelvis",
            "spine": "Spine",
            "chest": "Spine2",
            "neck": "Neck",
            "head": "Head",
            "clavicle": "Clavicle",
            "upper_arm": "UpperArm",
            "forearm": "Forearm",
            "hand": "Hand",
            "thigh": "Thigh",
            "shin": "Calf",
            "foot": "Foot",
            "toe": "Toe0",
        },
    ),
    "xsens": (
        "{}",
        ("Left", "Right"),
        {
            "pelvis": "Hips",
            "spine": "Chest",
            "chest": "Chest4",
            "neck": "Neck",
            "head": "Head",
            "clavicle": "Collar",
            "upper_arm": "Shoulder",
            "forearm": "Elbow",
            "hand": "Wrist",
            "thigh": "Hip",
            "shin": "Knee",
            "foot": "Ankle",
            "toe": "Toe",
        },
    ),
    "cmu": (
        "{}",
        ("l", "r"),
        {
            "pelvis": "root",
            "spine": "lowerback",
            "chest": "thorax",
            "neck": "lowerneck",
            "head": "head",
            "clavicle": "clavicle",
            "upper_arm": "humerus",
            "forearm": "radius",
            "hand": "wrist",
            "thigh": "femur",
            "shin": "tibia",
            "foot": "foot",
            "toe": "toes",
        },
    ),
}


def named(convention):
    form, sides, words = SIDED[convention]
    out = []
    for i in KEPT:
        stem, _, side = BONES[i].rpartition("_")
        if BONES[i] in words:
            out.append(form.format(words[BONES[i]]))
        else:
            out.append(form.format(sides["lr".index(side)] + words[stem]))
    return tuple(out)


def walked(person=SOURCE):
    marks = (
        Mark(position_m=(0, 0, 0), arrive_frame=0, leave_frame=6),
        Mark(position_m=(0, 0, 3), arrive_frame=70, leave_frame=399),
    )
    stage, _ = play(Blocking(character="ann", marks=marks), characters=(person,))
    return np.array([stage.bones("ann", f) for f in range(80)])


def motion_of(bones, skeleton, names, *, turn=None):
    """Return bones as a motion file has them: local turns under the root's place."""
    turns, joints = bones[:, KEPT, :3, :3], bones[:, KEPT][..., :3, 3]
    rest = skeleton.joints[KEPT]
    if turn is not None:
        turns, joints, rest = turn @ turns @ turn.T, joints @ turn.T, rest @ turn.T
    parents = [KEPT.index(PARENTS[i]) if PARENTS[i] >= 0 else -1 for i in KEPT]
    local = [
        turns[:, k] if p < 0 else turns[:, p].swapaxes(1, 2) @ turns[:, k]
        for k, p in enumerate(parents)
    ]
    rotations = np.array([[quaternion_of(m) for m in frames] for frames in local])
    offsets = np.array([rest[k] - (rest[p] if p >= 0 else 0) for k, p in
                        enumerate(parents)])  # fmt: skip
    return Motion(
        names, tuple(parents), offsets, joints[:, 0], rotations.swapaxes(0, 1), 1 / 24
    )


@pytest.mark.parametrize("convention", SIDED)
@pytest.mark.parametrize("turned", [0.0, 1.2])
def test_a_motion_on_the_body_it_was_taken_from_is_that_motion(convention, turned):
    bones, skeleton = walked(), skeleton_of(SOURCE)
    c, s = np.cos(turned), np.sin(turned)
    turn = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    motion = motion_of(bones, skeleton, named(convention), turn=turn)
    x, _, z = bones[0, 0, :3, 3]
    yaw = np.arctan2(bones[0, 0, 0, 2], bones[0, 0, 2, 2])
    played = retarget(
        motion, skeleton, rate=RATE, length_frames=80, place=(x, 0.0, z, yaw)
    )
    limbs = [BONES.index(n) for n in ("head", "hand_l", "shin_r", "forearm_r", "chest")]
    gap = np.linalg.norm(played[:, limbs, :3, 3] - bones[:, limbs, :3, 3], axis=2)
    # Feet that stand are held still, which moves the knees a little.
    assert gap.max() < 0.06
    assert np.median(gap) < 0.01


def test_a_child_plays_a_tall_ones_walk_with_feet_that_stand():
    motion = motion_of(walked(), skeleton_of(SOURCE), named("mixamo"))
    child = skeleton_of(CHILD)
    bones = retarget(
        motion, child, rate=RATE, length_frames=80, place=(1.0, 0.0, 2.0, 1.0)
    )
    for i, parent in enumerate(PARENTS):
        if parent >= 0:
            far = np.linalg.norm(bones[:, i, :3, 3] - bones[:, parent, :3, 3], axis=1)
            rest = np.linalg.norm(child.joints[i] - child.joints[parent])
            assert np.allclose(far, rest, atol=2e-3), BONES[i]
    for side in "lr":
        ankle = bones[:, BONES.index(f"foot_{side}"), :3, 3]
        low = ankle[:, 1] < child.joint("foot_l")[1] + 0.004
        both = low[1:] & low[:-1]
        slide = np.linalg.norm(np.diff(ankle, axis=0), axis=1)
        assert both.sum() > 10
        assert np.quantile(slide[both], 0.8) < 0.01
    gone = bones[-1, 0, :3, 3] - bones[0, 0, :3, 3]
    assert np.arctan2(gone[0], gone[2]) == pytest.approx(1.0, abs=0.1)


def test_a_missing_joint_is_named_and_an_unknown_one_is_let_be():
    bones, skeleton = walked(), skeleton_of(SOURCE)
    names = list(named("mixamo"))
    names[names.index("mixamorig:LeftForeArm")] = "Gadget"
    motion = motion_of(bones, skeleton, tuple(names))
    with pytest.raises(AssetError, match="forearm_l"):
        retarget(motion, skeleton, rate=RATE, length_frames=5, place=(0, 0, 0, 0))


def test_no_more_of_a_clip_is_laid_out_than_the_scene_is_long():
    motion = motion_of(walked(), skeleton_of(SOURCE), named("biped"))
    plain, _ = play(standing())
    assets = Assets({"a" * 64: motion})

    def bones(length_frames, frame=60):
        clip = Clip(asset="a" * 64, frame=frame, length_frames=length_frames)
        scene = plain.scene.changed(blocking=(standing(clips=(clip,)),))
        stage = Stage(scene, plain.characters, rate=RATE, assets=assets)
        return stage.bones("ann", plain.scene.length_frames - 1)

    end = plain.scene.length_frames
    assert np.array_equal(bones(10**12), bones(end + 100))
    assert np.array_equal(bones(10**12, frame=10**12), plain.bones("ann", end - 1))


def test_a_clip_is_played_from_its_frame_and_left_again():
    still = walked()
    still[..., [0, 2], 3] -= still[:, :1, [0, 2], 3]
    motion = motion_of(still, skeleton_of(SOURCE), named("biped"))
    plain, _ = play(standing())
    clip = Clip(asset="a" * 64, frame=60, length_frames=48)
    scene = plain.scene.changed(blocking=(standing(clips=(clip,)),))
    stage = Stage(
        scene, plain.characters, rate=RATE, assets=Assets({clip.asset: motion})
    )
    same = [np.allclose(stage.bones("ann", f), plain.bones("ann", f))
            for f in (20, 59, 80, 95, 110, 200)]  # fmt: skip
    assert same == [True, True, False, False, True, True]
    hips = np.array([stage.bones("ann", f)[0, :3, 3] for f in range(40, 120)])
    assert np.linalg.norm(np.diff(hips, axis=0), axis=1).max() < 0.25
