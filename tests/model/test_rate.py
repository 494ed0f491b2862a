"""Frames, seconds and timecode."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from previz.errors import ModelError
from previz.model import Rate

RATES = ["24", "23.976", "25", "29.97", "30", "48", "59.94"]


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        (24, Fraction(24)),
        ("23.976", Fraction(24000, 1001)),
        (23.98, Fraction(24000, 1001)),
        ("24000/1001", Fraction(24000, 1001)),
        (29.97, Fraction(30000, 1001)),
        ("30000/1001", Fraction(30000, 1001)),
        (12.5, Fraction(25, 2)),
    ],
)
def test_a_rate_is_read_as_people_write_it(written, exact):
    assert Rate.of(written).fraction == exact


@pytest.mark.parametrize("bad", [0, -24, "fast", "", "1/0", 1e9, float("nan"), "inf"])
def test_a_rate_that_is_none_is_refused(bad):
    with pytest.raises(ModelError, match=r"Film\.rate must be 1 to 240"):
        Rate.of(bad)


@pytest.mark.parametrize("text", RATES)
def test_a_rate_is_written_as_it_is_read(text):
    assert str(Rate.of(text)) == text
    assert Rate.of(str(Rate.of(text))) == Rate.of(text)


@given(st.sampled_from(RATES), st.integers(0, 10**6))
def test_frames_survive_seconds(text, frames):
    rate = Rate.of(text)
    assert rate.frames(rate.seconds(frames)) == frames


@pytest.mark.parametrize(
    ("rate", "frame", "code"),
    [
        ("24", 86400, "01:00:00:00"),
        ("29.97", 1799, "00:00:59;29"),
        ("29.97", 1800, "00:01:00;02"),
        ("29.97", 17981, "00:09:59;29"),
        ("29.97", 17982, "00:10:00;00"),
        ("59.94", 3600, "00:01:00;04"),
        ("23.976", 24, "00:00:01:00"),
    ],
)
def test_timecode_follows_smpte(rate, frame, code):
    assert Rate.of(rate).timecode(frame) == code


@given(st.sampled_from(RATES), st.integers(0, 200_000))
def test_every_frame_has_a_timecode_of_its_own(text, frame):
    rate = Rate.of(text)
    assert rate.timecode(frame) < rate.timecode(frame + 1)
