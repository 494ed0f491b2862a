"""Rotations: one way to write them and back."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.stage.rotation import about, matrix_of, quaternion_of, slerp, turn_between

LAW = settings(deadline=None)
turns = st.tuples(*[st.floats(-2.2, 2.2)] * 3).map(np.array)


def quaternion(turn):
    return quaternion_of(about(turn))


@LAW
@given(turns)
def test_a_matrix_becomes_a_quaternion_and_back(turn):
    matrix = about(turn)
    np.testing.assert_allclose(matrix_of(quaternion_of(matrix)), matrix, atol=1e-9)


@LAW
@given(turns, turns)
def test_the_turn_between_two_leads_from_one_to_the_other(a, b):
    first, second = about(a), about(b)
    np.testing.assert_allclose(
        about(turn_between(first, second)) @ first, second, atol=1e-7
    )


@LAW
@given(turns, turns, st.floats(0, 1))
def test_slerp_passes_at_a_steady_rate(a, b, share):
    p, q = quaternion(a), quaternion(b)
    whole = np.linalg.norm(turn_between(matrix_of(p), matrix_of(q)))
    part = turn_between(matrix_of(p), matrix_of(slerp(p, q, share)))
    np.testing.assert_allclose(np.linalg.norm(part), whole * share, atol=2e-3)
