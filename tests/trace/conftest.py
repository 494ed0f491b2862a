"""Scenes of the renderer's tests, and the process that traces them."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "render"))


@pytest.fixture
def tracer(path_tracer):
    """The plainest variant runs everywhere and compiles nothing."""
    return path_tracer
