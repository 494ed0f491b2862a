"""Scenes of the renderer's tests, and the process that traces them."""

import sys
from pathlib import Path

import pytest

from previz.trace import Tracer

sys.path.append(str(Path(__file__).parent.parent / "render"))


@pytest.fixture(scope="session")
def tracer():
    """The plainest variant runs everywhere and compiles nothing."""
    made = Tracer("scalar_rgb")
    yield made
    made.close()
