"""Property tests are repeatable: what they try depends on nothing but the test."""

from hypothesis import settings
from hypothesis.internal.conjecture import providers


def test_examples_are_the_same_on_every_run():
    assert settings.default.derandomize


def test_examples_take_no_numbers_from_the_modules_that_are_loaded():
    assert len(providers._get_local_constants()) == 0
