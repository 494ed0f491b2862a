"""A frame that travelled is kept to the bit as one made at home."""

import time
from fractions import Fraction

import numpy as np
import pytest

from previz.errors import PromoteError, TraceError
from previz.promote import Frame
from previz.promote.engines.packing import packed, unpacked
from previz.promote.engines.parcel import revived


def a_frame(number=7):
    rng = np.random.default_rng(3)
    picture = rng.normal(2, 1, (4, 6, 3)).astype(np.float32)
    picture[0, 0] = 90_000.0
    depth = rng.uniform(0, 9, (4, 6)).astype(np.float32)
    depth[0, 0] = np.inf
    ids = rng.integers(0, 2**32, (4, 6, 2), dtype=np.uint32)
    normal = rng.normal(0, 1, (4, 6, 3)).astype(np.float32)
    layers = {"depth": depth, "ids": ids, "normal": normal}
    camera = {
        "tStop": 2.8,
        "framesPerSecond": Fraction(24000, 1001),
        "worldToCamera": rng.normal(0, 1, (4, 4)).astype(np.float32),
    }
    return Frame(number, picture, layers, names=("ann", "Élodie"), camera=camera)


def test_depth_and_ids_travel_to_the_bit_and_colour_as_it_is_kept():
    frame = a_frame()
    there = unpacked(packed(frame))
    assert there.number == 7
    assert there.is_linear
    np.testing.assert_array_equal(there.layers["depth"], frame.layers["depth"])
    np.testing.assert_array_equal(there.layers["ids"], frame.layers["ids"])
    half = np.clip(frame.picture, -65504, 65504).astype(np.float16)
    np.testing.assert_array_equal(there.picture, half.astype(np.float32))
    assert there.names == frame.names
    matrix = there.camera.pop("worldToCamera")
    np.testing.assert_array_equal(matrix, frame.camera["worldToCamera"])
    assert there.camera == {"tStop": 2.8, "framesPerSecond": Fraction(24000, 1001)}
    assert there.picture.dtype == there.layers["normal"].dtype == np.float32


def test_what_travelled_twice_is_as_after_once():
    once = unpacked(packed(a_frame()))
    assert packed(once) == packed(unpacked(packed(once)))


def test_a_frame_is_the_same_bytes_whatever_the_time(monkeypatch):
    now = packed(a_frame())
    then = time.gmtime(86_400 * 365 * 20)
    monkeypatch.setattr(time, "localtime", lambda *_: then)
    assert packed(a_frame()) == now


def test_a_frame_of_code_values_stays_one():
    frame = Frame(0, np.arange(24, dtype=np.uint8).reshape(2, 4, 3))
    there = unpacked(packed(frame))
    assert not there.is_linear
    np.testing.assert_array_equal(there.picture, frame.picture)


def test_a_frame_that_is_no_number_is_still_none_at_home():
    picture = np.ones((2, 2, 3), np.float32)
    picture[0, 0], picture[1, 1] = np.nan, np.inf
    there = unpacked(packed(Frame(0, picture))).picture
    assert np.isnan(there[0, 0]).all()
    assert np.isinf(there[1, 1]).all()


@pytest.mark.parametrize("cut", [0, 1, 40, -1])
def test_a_frame_that_arrives_in_part_is_refused(cut):
    raw = packed(a_frame())
    with pytest.raises(PromoteError, match="Frame must arrive whole"):
        unpacked(raw[:cut])


def test_an_error_of_far_away_is_raised_as_its_own_kind():
    assert isinstance(revived("TraceError", "x must be y"), TraceError)
    for kind in ("UnknownNameError", "KeyError", "__name__"):
        error = revived(kind, "x must be y")
        assert type(error) is PromoteError
        assert str(error) == "x must be y"
