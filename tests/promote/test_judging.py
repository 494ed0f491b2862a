"""A take is measured before it counts as done."""

import numpy as np
import pytest

from previz.model import Medium
from previz.promote.judging import judged
from previz.promote.shooting import footage_of

SIZE = (192, 108)


@pytest.fixture
def frozen(shop):
    return shop.freeze("1B", width_px=SIZE[0], height_px=SIZE[1], quality="draft")


@pytest.fixture
def footage(frozen, tmp_path):
    return footage_of(frozen, tmp_path)


def grey(number):
    rng = np.random.default_rng(number)
    return rng.integers(0, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8)


def test_a_true_take_passes_and_noise_is_made_again_where_a_seed_helps(frozen, footage):
    verdict, record = judged(frozen, footage, lambda n: footage.preview(n, size=SIZE))
    assert verdict == "pass"
    rows = {row["figure"]: row for row in record.values()}
    assert rows["framing_pct"]["number"] < 0.2
    assert rows["framing_pct"]["good"] is True
    assert rows["framing_pct"]["value"].endswith(" %")
    assert judged(frozen, footage, grey)[0] == "retry"
    traced = frozen.changed(order=frozen.order.changed(backend="path"))
    assert judged(traced, footage, grey)[0] == "review"


def test_what_is_drawn_or_tiny_is_not_measured(frozen, footage):
    tiny = frozen.changed(order=frozen.order.changed(width_px=48, height_px=27))
    assert judged(tiny, footage, grey) == ("pass", {})
    drawn = frozen.changed(film=frozen.film.changed(medium=Medium.INK))
    assert judged(drawn, footage, grey) == ("pass", {})
