"""How a room is finished: what its walls, windows and corners get by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from previz.model import Matter

__all__ = ["BARE", "HOME", "PLAIN", "PUBLIC", "TILED", "WARD", "WORK", "Style"]


@dataclass(frozen=True)
class Style:
    """What the finishing of a room adds where there is room for it.

    Attributes:
        dado: What the lower wall is of; None for none.
        dado_m: How high it reaches.
        dado_share: How many of all seeds have it.
        above: What runs under the ceiling: "cornice", "beams", "ducts" or "".
        window: What hangs in windows: "curtain", "blind" or "".
        heated: Whether radiators stand under windows.
        hangings: What bare stretches of wall get, in turn.
        corners: What free corners get, in turn.
    """

    dado: Matter | None = None
    dado_m: float = 0.95
    dado_share: float = 1.0
    above: str = "cornice"
    window: str = "curtain"
    heated: bool = True
    hangings: tuple[str, ...] = ("picture",)
    corners: tuple[str, ...] = ("plant", "floor-lamp")


HOME = Style(dado=Matter.WOOD, dado_share=0.4)
"""Rooms people live in."""

TILED = Style(
    dado=Matter.TILE, dado_m=1.3, above="", window="blind", hangings=("wall-shelf",),
    corners=("bin",),
)  # fmt: skip
"""Bathrooms, kitchens of restaurants, laboratories."""

WORK = Style(
    dado=Matter.PLASTER, dado_m=1.1, dado_share=0.6, above="", window="blind",
    hangings=("noticeboard", "picture", "clock"),
    corners=("plant", "bin", "coat-stand"),
)  # fmt: skip
"""Offices, schools, stations."""

WARD = Style(
    dado=Matter.PLASTER, dado_m=0.9, above="", window="blind", hangings=("picture",),
    corners=("bin", "plant"),
)  # fmt: skip
"""Hospitals."""

PUBLIC = Style(
    dado=Matter.WOOD, dado_m=1.05, hangings=("picture", "mirror"),
    corners=("coat-stand", "plant"), window="",
)  # fmt: skip
"""Bars, hotels, courts, libraries."""

PLAIN = Style(above="", window="", heated=False, hangings=(), corners=())
"""Nothing is added."""

BARE = Style(above="ducts", window="", heated=False, hangings=(), corners=("crates",))
"""Warehouses and workshops."""
