"""The built front end: one script and one style sheet a widget."""

from __future__ import annotations

from pathlib import Path

from previz.errors import MissingRuntimeError

__all__ = ["bundle"]

STATIC = Path(__file__).parent / "static"


def bundle(name: str) -> str:
    """Return the text of a built file, such as "stage.js".

    Raises:
        MissingRuntimeError: If it was not built; says how.
    """
    path = STATIC / name
    if not path.is_file():
        raise MissingRuntimeError(
            f"widgets.bundle must be built, got no {path.name}. In a source checkout "
            "run `python widgets/build.py`; else install previz again."
        )
    return path.read_text(encoding="utf-8")
