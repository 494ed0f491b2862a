"""An estimator that fails the preview itself lets no take pass."""

import pytest

from previz.adherence.measured import Adherence
from previz.adherence.verdict import LIMITS, verdict_of

ADDED = [name for name, limit in LIMITS.items() if limit.floor]


@pytest.mark.parametrize("name", ADDED)
def test_an_error_as_large_as_the_previews_own_passes_nothing(name):
    fails = LIMITS[name].fails
    blind = {name: 5.0 * fails}
    assert verdict_of({name: 4.0 * fails}, blind, tier="final") == ("review", ())
    assert verdict_of({name: 4.0 * fails}, {name: 0.5}, tier="final")[0] == "retry"


def test_what_an_estimator_does_not_see_is_not_said_to_be_good():
    told = Adherence("review", {"framing_pct": 20.0}, {"framing_pct": 25.0})
    words = LIMITS["framing_pct"].words
    assert told.record()[words]["good"] is None
