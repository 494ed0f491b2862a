"""The names of a figure's materials, in the order of its table."""

from __future__ import annotations

__all__ = ["MATERIALS", "material"]

MATERIALS: tuple[str, ...] = (
    "skin",
    "lips",
    "lid",
    "lash",
    "white",
    "iris",
    "pupil",
    "hair",
    "brow",
    "top",
    "trim",
    "shirt",
    "bottom",
    "shoes",
    "sole",
    "belt",
    "hat",
    "band",
)


def material(name: str) -> int:
    """Return the row of a material by name."""
    return MATERIALS.index(name)
