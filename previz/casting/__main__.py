"""`python -m previz.casting`: bake the cast that ships with previz."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

import previz
from previz.casting.bake import bake
from previz.casting.source import read


def main() -> None:
    """Write `previz/data/cast.npz`."""
    path = Path(previz.__file__).parent / "data" / "cast.npz"
    arrays: dict[str, Any] = bake(read())
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    main()
