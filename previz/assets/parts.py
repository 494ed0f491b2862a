"""What every reader makes: parts of one paint each, before they become a mesh."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from previz.model import RGB

__all__ = ["Paint", "Part", "Read", "linear"]


@dataclass(frozen=True)
class Paint:
    """What a part is covered with, as its file says it.

    Attributes:
        name: The material's name, from which its matter is guessed.
        color: Linear Rec.709 reflectance; multiplies texture and vertex colours.
        opacity: 0 lets everything through, 1 nothing.
        roughness: Perceptual, 0 to 1; None where the file does not say.
        metalness: 0 to 1; None where the file does not say.
        emission: Linear, in the file's own unit (1 is a lit lamp shade).
        image: Base colour texture, sRGB with alpha, shape (h, w, 4), uint8.
        double_sided: Whether it is seen from behind.
    """

    name: str = ""
    color: RGB = (0.5, 0.5, 0.5)
    opacity: float = 1.0
    roughness: float | None = None
    metalness: float | None = None
    emission: RGB = (0.0, 0.0, 0.0)
    image: NDArray[np.uint8] | None = None
    double_sided: bool = False


@dataclass(frozen=True)
class Part:
    """Triangles of one paint, in the space of the whole asset.

    Attributes:
        points: Vertices in units of the file, shape (n, 3).
        triangles: Vertex indices, shape (m, 3).
        paint: What they are covered with.
        name: The object's name.
        normals: Vertex normals, shape (n, 3), if the file has them.
        uv: Texture coordinates, (0, 0) bottom left, shape (n, 2), if it has them.
        colors: Linear vertex colours, shape (n, 3), if it has them.
    """

    points: NDArray[np.float64]
    triangles: NDArray[np.int64]
    paint: Paint
    name: str = ""
    normals: NDArray[np.float64] | None = None
    uv: NDArray[np.float64] | None = None
    colors: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Read:
    """What a reader found.

    Attributes:
        parts: The parts.
        unit_m: Length of the file's unit in metres; None where it does not say.
        up: The axis that points up; None where the file does not say.
        notes: What was left out or guessed, a sentence each.
    """

    parts: list[Part]
    unit_m: float | None = None
    up: str | None = None
    notes: list[str] = field(default_factory=list)


def linear(srgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return linear values of sRGB code values 0 to 1 (IEC 61966-2-1)."""
    low = srgb / 12.92
    high = ((np.maximum(srgb, 0.0) + 0.055) / 1.055) ** 2.4
    return np.where(srgb <= 0.04045, low, high)
