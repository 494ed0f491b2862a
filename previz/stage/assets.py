"""What a user brought to a film, by the SHA-256 that names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from previz.stage.geometry import Materials
from previz.stage.retarget import Motion

__all__ = ["NO_ASSETS", "Asset", "Assets", "Mesh", "Picture"]


@dataclass(frozen=True)
class Mesh:
    """An imported mesh in its own space.

    Right-handed, y up, metres; the middle of the base of its bounding box is the
    origin. Triangles are counter-clockwise seen from outside.

    Attributes:
        positions: Vertices in metres, shape (n, 3).
        normals: Unit vertex normals, shape (n, 3).
        surface: Surface coordinates in metres, shape (n, 2).
        triangles: Vertex indices, shape (m, 3).
        triangle_material: Row of `materials`, shape (m,).
        materials: The table that `triangle_material` points into.
        bulks: What of it is in the way, as boxes: rows of centre and half extent
            (x, y, z, x, y, z) in metres, shape (b, 6).
    """

    positions: NDArray[np.float32]
    normals: NDArray[np.float32]
    surface: NDArray[np.float32]
    triangles: NDArray[np.int32]
    triangle_material: NDArray[np.int32]
    materials: Materials
    bulks: NDArray[np.float64]

    @property
    def size_m(self) -> tuple[float, float, float]:
        """Width (x), height (y) and depth (z) of its bounding box."""
        w, h, d = np.ptp(self.positions, axis=0).tolist()
        return w, h, d

    def scale_to(self, size_m: tuple[float, float, float]) -> NDArray[np.float64]:
        """Return the factors along x, y and z that make it as large, shape (3,).

        An axis along which it is flat stays as it is.
        """
        own = np.asarray(self.size_m)
        flat = own < 1e-6
        return np.where(flat, 1.0, np.asarray(size_m) / np.where(flat, 1.0, own))


@dataclass(frozen=True)
class Picture:
    """A reference picture.

    Attributes:
        data: The bytes of its file: a JPEG where a character has it.
    """

    data: bytes


Asset: TypeAlias = Mesh | Motion | Picture


class Assets(Mapping[str, Asset]):
    """Imported meshes, motion and pictures by SHA-256.

    Two are equal if they name the same.

    Args:
        things: The assets by what names them.
        notes: What a reader should know: what is missing, guessed or left out.
    """

    def __init__(
        self, things: Mapping[str, Asset], *, notes: tuple[str, ...] = ()
    ) -> None:
        self._things = MappingProxyType(dict(things))
        self.notes = notes

    def __getitem__(self, name: str) -> Asset:
        return self._things[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def __repr__(self) -> str:
        said = "".join(f"\n  {note}" for note in self.notes)
        return f"<Assets: {len(self)} things>{said}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Assets) and self._things.keys() == other._things.keys()

    def __hash__(self) -> int:
        return hash(frozenset(self._things))

    def mesh(self, name: str) -> Mesh | None:
        """Return the mesh of this name, or None where it is missing."""
        found = self._things.get(name)
        return found if isinstance(found, Mesh) else None

    def motion(self, name: str) -> Motion | None:
        """Return the motion of this name, or None where it is missing."""
        found = self._things.get(name)
        return found if isinstance(found, Motion) else None

    def picture(self, name: str) -> Picture | None:
        """Return the picture of this name, or None where it is missing."""
        found = self._things.get(name)
        return found if isinstance(found, Picture) else None

    def with_asset(
        self, name: str, asset: Asset, *, notes: tuple[str, ...] = ()
    ) -> Assets:
        """Return these and one more, with what there is to say of it."""
        return Assets({**self._things, name: asset}, notes=self.notes).noted(notes)

    def noted(self, notes: tuple[str, ...]) -> Assets:
        """Return these with more notes, none twice."""
        return Assets(self._things, notes=tuple(dict.fromkeys((*self.notes, *notes))))


NO_ASSETS = Assets({})
"""For films that have none: what they name is shown as a grey box."""
