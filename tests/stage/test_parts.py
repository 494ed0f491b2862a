"""Bodies and things taken apart into compact parts."""

import numpy as np
import pytest

from previz.model import Character
from previz.stage.body import body_of
from previz.stage.bones import BONE_INDEX
from previz.stage.parts import LIMBS, compact_parts

ANN = Character(id="ann", name="ANN")


@pytest.mark.parametrize("level", [0, 1, 2])
def test_parts_of_a_body_are_no_longer_than_a_forearm(level):
    body = body_of(ANN, level=level)
    parts = np.unique(body.parts)
    assert 25 <= len(parts) <= 60
    for part in parts:
        points = body.rest[body.parts == part]
        assert np.ptp(points, axis=0).max() < 0.6


def test_levels_of_detail_have_the_same_parts():
    fine, coarse = body_of(ANN, level=0), body_of(ANN, level=1)
    for part in np.unique(coarse.parts):
        a = fine.rest[fine.parts == part].mean(axis=0)
        b = coarse.rest[coarse.parts == part].mean(axis=0)
        assert np.abs(a - b).max() < 0.08


def test_fingers_go_with_their_own_hand():
    hands = {LIMBS[BONE_INDEX[f"{name}_l"]] for name in ("hand", "thumb", "index")}
    assert len(hands) == 1
    assert LIMBS[BONE_INDEX["hand_r"]] not in hands


def test_a_pole_is_cut_across_and_a_ball_is_not():
    rng = np.random.default_rng(0)
    ball = rng.normal(size=(200, 3)).astype(np.float32)
    pole = ball * np.array([0.1, 8.0, 0.1], np.float32)
    whole = np.zeros(200, np.int32)
    assert compact_parts(ball, whole).max() == 0
    cut = compact_parts(pole, whole)
    assert cut.max() >= 3
    assert np.ptp(pole[cut == cut[0], 1]) < 0.6 * np.ptp(pole[:, 1])
