import sys

import pytest

from previz.casting.source import read
from previz.errors import MissingRuntimeError


def test_a_missing_body_model_is_named_with_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "anny", None)
    with pytest.raises(MissingRuntimeError, match=r"casting must .*previz\[bodies\]"):
        read()
