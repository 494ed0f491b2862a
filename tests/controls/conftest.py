"""Scenes made by hand are the renderer's."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "render"))
