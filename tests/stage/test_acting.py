"""Acts land where and when they say, whoever plays them."""

import numpy as np
import pytest
from test_figures import play, standing

from previz.model import Act, ActKind, Character, Emotion, Feeling, Spot
from previz.stage import BONES, FACE_ACTIONS
from previz.stage.acting.faces import EXPRESSIONS
from previz.stage.grip import grip_of

TALL = Character(id="ann", name="Ann", age=40, height_m=1.92, build=0.6)
CHILD = Character(id="ann", name="Ann", age=7, height_m=1.22, build=0.3)
BEN = Character(id="ben", name="Ben", height_m=1.78, femininity=0.0)
AT = 60


def acting(kind, target="spot", *, spots=(), who=TALL, hand="", **more):
    act = Act(kind=kind, frame=AT, length_frames=24, target=target, hand=hand)
    stage, _ = play(standing(acts=(act,), **more), characters=(who, BEN), spots=spots)
    return stage


def palm(stage, frame, side, who="ann"):
    return grip_of(stage.bones(who, frame), side)[:3, 3]


@pytest.mark.parametrize("who", [TALL, CHILD], ids=["tall", "child"])
@pytest.mark.parametrize(
    ("at", "side"),
    [
        ((0.15, 0.62, 0.42), 0),
        ((-0.2, 0.9, 0.35), 1),
        ((-0.1, 0.46, 0.3), 1),
        ((0.5, 0.8, 0.1), 0),
    ],
)
@pytest.mark.parametrize("kind", [ActKind.REACH, ActKind.TAKE, ActKind.PUT_DOWN])
def test_the_nearer_hand_is_at_the_target_at_the_frame_and_while_it_holds(
    kind, at, side, who
):
    tall = who.height_m / 1.7
    spot = tuple(v * tall for v in at)
    stage = acting(kind, spots=(Spot(name="spot", position_m=spot),), who=who)
    for frame in (AT, AT + 12, AT + 24):
        assert np.linalg.norm(palm(stage, frame, side) - spot) < 0.02
    assert np.linalg.norm(palm(stage, AT - 13, side) - spot) > 0.05 * tall
    assert np.linalg.norm(palm(stage, AT + 60, side) - spot) > 0.1


def test_what_is_out_of_reach_is_reached_for_as_far_as_it_goes():
    spot = (0.0, 1.2, 3.0)
    stage = acting(ActKind.REACH, spots=(Spot(name="spot", position_m=spot),))
    bones = stage.bones("ann", AT)
    arm = [
        bones[BONES.index(f"{n}_r"), :3, 3] for n in ("upper_arm", "forearm", "hand")
    ]
    upper, fore = arm[1] - arm[0], arm[2] - arm[1]
    bend = np.degrees(
        np.arccos(upper @ fore / np.linalg.norm(upper) / np.linalg.norm(fore))
    )
    assert bend < 12
    assert palm(stage, AT, 1)[2] > 0.6


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (ActKind.HAND_OVER, ActKind.RECEIVE),
        (ActKind.SHAKE_HANDS, ActKind.SHAKE_HANDS),
    ],
)
def test_two_hands_meet_at_the_frame(mine, theirs):
    def act(kind, target):
        return (Act(kind=kind, frame=AT, length_frames=20, target=target),)

    stage, _ = play(
        standing(acts=act(mine, "ben")),
        standing("ben", at=(0, 0, 0.95), facing=180, acts=act(theirs, "ann")),
        characters=(TALL, BEN),
    )
    gap = palm(stage, AT, 1) - palm(stage, AT, 1, "ben")
    assert np.linalg.norm(gap) < 0.02
    apart = palm(stage, AT - 12, 1) - palm(stage, AT - 12, 1, "ben")
    assert np.linalg.norm(apart) > 0.1


def test_a_pointing_finger_points_at_what_is_meant():
    for at in ((3.0, 1.0, 4.0), (-4.0, 2.5, 2.0), (1.0, 0.2, 5.0)):
        stage = acting(ActKind.POINT, spots=(Spot(name="spot", position_m=at),))
        bones = stage.bones("ann", AT + 6)
        letter = "l" if at[0] > 0 else "r"
        base, tip = (
            bones[BONES.index(f"{n}_{letter}"), :3, 3] for n in ("index", "index_tip")
        )
        seen = np.array((at[0], at[1] + (1.15 if at[1] < 0.3 else 0), at[2])) - base
        finger = tip - base
        cosine = finger @ seen / np.linalg.norm(finger) / np.linalg.norm(seen)
        assert np.degrees(np.arccos(cosine)) < 12


def test_a_drinker_brings_the_hand_to_the_mouth():
    stage = acting(ActKind.DRINK, "")
    head = stage.bones("ann", AT)[BONES.index("head")]
    near = np.linalg.norm(palm(stage, AT, 1) - head[:3, 3])
    assert near < 0.22 < np.linalg.norm(palm(stage, 10, 1) - head[:3, 3])


@pytest.mark.parametrize("kind", list(ActKind))
def test_an_act_is_over_afterwards_and_played_alike_in_any_order(kind):
    spots = (Spot(name="spot", position_m=(0.2, 1.0, 0.5)),)
    acted, plain = acting(kind, spots=spots), acting(ActKind.NOD, spots=spots)
    again = acting(kind, spots=spots)
    for frame in (200, AT, 20, AT - 6):
        assert np.array_equal(acted.bones("ann", frame), again.bones("ann", frame))
    assert not np.allclose(acted.bones("ann", AT + 5), plain.bones("ann", 20))
    assert np.allclose(acted.bones("ann", 200), plain.bones("ann", 200), atol=1e-9)


def test_every_feeling_has_a_face_of_its_own_that_comes_within_half_a_second():
    faces = {}
    for emotion in Emotion:
        felt = (Feeling(frame=24, emotion=emotion, strength=1.0),)
        stage, shot = play(standing(feelings=felt))
        rest, shown = (stage.at(shot, f).figures[0].face for f in (10, 40))
        assert shown.shape == (len(FACE_ACTIONS),)
        assert ((shown >= 0) & (shown <= 1)).all()
        if emotion is not Emotion.NEUTRAL:
            assert np.abs(shown - rest).max() > 0.2
        faces[emotion] = EXPRESSIONS[emotion]
    table = np.stack(list(faces.values()))
    apart = np.abs(table[:, None] - table[None]).max(axis=2)
    assert apart[~np.eye(len(table), dtype=bool)].min() > 0.2


def test_people_blink_every_two_to_eight_seconds():
    stage, _ = play(standing(), length=24 * 60)
    lid = FACE_ACTIONS.index("eyeBlinkLeft")
    shut = [
        stage._performances["ann"].face(f, stage.bones("ann", f))[lid]
        for f in range(24 * 60)
    ]
    shut = np.array(shut) > 0.5
    begins = np.flatnonzero(shut[1:] & ~shut[:-1]) / 24
    assert (np.diff(begins) > 1.9).all()
    assert (np.diff(begins) < 8).all()
    assert len(begins) > 7
