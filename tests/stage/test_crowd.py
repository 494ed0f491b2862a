"""Background people play cycles: believable, their own, and the same every time."""

import numpy as np
import pytest

from previz.model import Act, ActKind, Blocking, Character, Mark, Posture, Rate
from previz.stage import BONES
from previz.stage.crowd import Crowd, is_background

RATE = Rate.of(24)
FEET = [BONES.index("toe_l"), BONES.index("toe_r")]


def extra(**fields):
    return Character(id="extra", name="Extra", background=True, **fields)


def standing(x=1.0, z=-2.0, facing=90.0, posture=Posture.STAND, y=0.0):
    mark = Mark(
        position_m=(x, y, z), facing_deg=facing, arrive_frame=0, leave_frame=200,
        posture=posture,
    )  # fmt: skip
    return Blocking(character="extra", marks=(mark,))


def walking():
    return Blocking(
        character="extra",
        marks=(
            Mark(position_m=(-6.0, 0.0, 1.0), arrive_frame=0, leave_frame=10),
            Mark(position_m=(6.0, 0.0, 1.0), arrive_frame=232, leave_frame=400),
        ),
    )


def crowd(character, blocking):
    return Crowd([(character, blocking)], rate=RATE)


def test_somebody_stands_on_the_mark_and_faces_as_it_says():
    bones = crowd(extra(), standing()).bones("extra", 30)
    pelvis, chest = bones[BONES.index("pelvis")], bones[BONES.index("chest")]
    assert np.hypot(pelvis[0, 3] - 1.0, pelvis[2, 3] + 2.0) < 0.12
    assert chest[0, 2] > 0.9
    assert 0.0 < bones[FEET, 1, 3].min() < 0.06


def test_somebody_sits_where_a_lead_would_sit():
    low = crowd(extra(), standing(posture=Posture.SIT)).bones("extra", 30)
    tall = crowd(extra(), standing()).bones("extra", 30)
    pelvis = BONES.index("pelvis")
    assert low[pelvis, 1, 3] < tall[pelvis, 1, 3] - 0.25
    stool = crowd(extra(), standing(posture=Posture.SIT, y=0.3)).bones("extra", 30)
    assert stool[pelvis, 1, 3] == pytest.approx(low[pelvis, 1, 3] + 0.3, abs=0.02)


def test_a_planted_foot_stays_while_the_body_walks():
    people = crowd(extra(), walking())
    toes = np.stack([people.bones("extra", f)[FEET, :3, 3] for f in range(60, 180)])
    floor = toes[..., 1].min()
    steps = np.linalg.norm(np.diff(toes[..., [0, 2]], axis=0), axis=-1)
    planted = (toes[1:, :, 1] < floor + 0.004) & (toes[:-1, :, 1] < floor + 0.004)
    assert planted.mean() > 0.3
    assert steps[planted].max() < 0.01
    assert toes[-1, 0, 0] - toes[0, 0, 0] > 5.0


def test_nothing_jumps_where_the_loop_begins_again():
    people = crowd(extra(manner=3), standing())
    places = np.stack([people.bones("extra", f)[:, :3, 3] for f in range(420)])
    assert np.abs(np.diff(places, axis=0)).max() < 0.012


def test_manners_set_the_phase_and_nothing_else():
    one, other = (crowd(extra(manner=s), standing()).bones("extra", 40) for s in (1, 2))
    assert not np.array_equal(one, other)
    assert np.abs(one[:, :3, 3] - other[:, :3, 3]).max() < 0.12


def test_a_frame_is_the_same_in_any_order():
    frames = [50, 3, 190, 50, 77]
    forward = crowd(extra(), walking())
    backward = crowd(extra(), walking())
    seen = {f: forward.bones("extra", f) for f in frames}
    for f in reversed(frames):
        assert np.array_equal(backward.bones("extra", f), seen[f])


@pytest.mark.parametrize(
    ("character", "blocking", "plays"),
    [
        (extra(), standing(), True),
        (extra(), walking(), True),
        (extra().changed(background=False), standing(), False),
        (
            extra(),
            standing().changed(acts=(Act(kind=ActKind.WAVE, frame=20),)),
            False,
        ),
    ],
)
def test_only_the_background_plays_cycles(character, blocking, plays):
    assert is_background(character, blocking) is plays
