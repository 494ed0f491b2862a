"""The range of depth of a shot of any length and size."""

import tracemalloc

import numpy as np
import pytest

from previz.controls import depth_range

SIZE = (1152, 2048)


def test_a_long_shot_in_full_size_is_not_kept_whole():
    frame = np.linspace(1.0, 9.0, SIZE[0] * SIZE[1], dtype=np.float32).reshape(SIZE)
    tracemalloc.start()
    spread = depth_range(frame + np.float32(0.0) for _ in range(24))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 6 * frame.nbytes
    assert spread == pytest.approx((1.08, 8.92), abs=0.02)
