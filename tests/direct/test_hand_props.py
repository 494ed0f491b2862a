"""Things for hands: what a noun means, at its true size."""

import numpy as np
import pytest

from previz.direct.hand_props import HAND_PROPS, hand_prop
from previz.stage import PIECE_KINDS
from previz.stage.pieces import build_piece

NOUNS = sorted(HAND_PROPS)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_is_a_thing_that_the_stage_builds(noun):
    piece = hand_prop(noun, id="thing", seed=3)
    assert piece.kind in PIECE_KINDS
    assert piece.id == "thing"


@pytest.mark.parametrize("kind", sorted({t.kind for t in HAND_PROPS.values()}))
def test_a_thing_fills_its_size_and_stands_on_its_base(kind):
    noun = next(n for n in NOUNS if HAND_PROPS[n].kind == kind)
    piece = hand_prop(noun, id="thing", seed=0)
    points = build_piece(piece, object_id=1).positions
    low, high = points.min(axis=0), points.max(axis=0)
    assert low[1] == pytest.approx(0.0, abs=0.006)
    size = np.array(piece.size_m)
    assert (high - low < size * 1.3 + 0.015).all()
    assert (high - low > size * 0.7 - 0.005).all()


def test_plurals_and_capitals_mean_the_same():
    one = hand_prop("bottle", id="b", seed=1)
    assert hand_prop("Bottles", id="b", seed=1) == one
    assert hand_prop("glass", id="b", seed=1).kind == "glass"
    assert hand_prop("keys", id="b", seed=1).kind == "keys"


def test_a_noun_that_no_hand_takes_is_nothing():
    assert hand_prop("house", id="h", seed=0) is None
    assert hand_prop("", id="h", seed=0) is None


def test_a_seed_changes_the_colour_and_nothing_else():
    seen = {hand_prop("vase", id="v", seed=s).color for s in range(12)}
    assert len(seen) > 1
    first, other = hand_prop("vase", id="v", seed=0), hand_prop("vase", id="v", seed=9)
    assert first.changed(color=other.color, seed=9) == other
