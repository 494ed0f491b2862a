"""The shipped cast: figures by name, each a set of a character's sliders."""

from __future__ import annotations

from typing import Any

from previz.errors import UnknownNameError

__all__ = ["FIGURES", "sliders_of"]


def _figure(
    age: float, height_m: float, build: float, femininity: float, **more: Any
) -> dict[str, Any]:
    return {
        "age": age,
        "height_m": height_m,
        "build": build,
        "femininity": femininity,
        **more,
    }


FIGURES: dict[str, dict[str, Any]] = {
    "toddler": _figure(2, 0.86, 0.45, 0.5, hair_style="short"),
    "girl": _figure(7, 1.22, 0.35, 0.9, european=1.0, hair_style="ponytail"),
    "boy": _figure(10, 1.40, 0.40, 0.1, african=1.0, hair_style="buzz"),
    "teenager": _figure(15, 1.66, 0.25, 0.85, asian=1.0, hair_style="long"),
    "dancer": _figure(24, 1.70, 0.18, 1.0, muscle=0.7, african=0.6, hair_style="bun"),
    "athlete": _figure(27, 1.86, 0.40, 0.0, muscle=1.0, african=1.0, hair_style="buzz"),
    "office_woman": _figure(34, 1.65, 0.40, 1.0, european=1.0, hair_style="bob"),
    "office_man": _figure(41, 1.79, 0.50, 0.05, european=1.0, hair_style="short"),
    "giant": _figure(38, 2.04, 0.62, 0.0, muscle=0.8, proportions=0.4),
    "small_woman": _figure(46, 1.50, 0.55, 0.95, asian=1.0, hair_style="bob"),
    "heavy_man": _figure(52, 1.76, 1.0, 0.0, muscle=0.4, hair_style="bald"),
    "heavy_woman": _figure(48, 1.63, 0.95, 1.0, african=1.0, hair_style="curly"),
    "slight_man": _figure(30, 1.72, 0.0, 0.1, muscle=0.2, asian=1.0),
    "elder_woman": _figure(78, 1.56, 0.45, 1.0, european=1.0, hair_style="bun"),
    "elder_man": _figure(84, 1.70, 0.30, 0.0, muscle=0.2, hair_style="bald"),
}
"""Name to sliders; `Character.changed(**FIGURES["elder_man"])` takes them over."""


def sliders_of(figure: str) -> dict[str, Any]:
    """Return the sliders of a shipped figure.

    Raises:
        UnknownNameError: If there is no such figure.
    """
    if figure not in FIGURES:
        raise UnknownNameError("Character.figure", figure, list(FIGURES))
    return dict(FIGURES[figure])
