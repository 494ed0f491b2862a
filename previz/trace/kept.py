"""What stands still is made once for all frames. Runs in the process that traces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from previz.trace.building import meshes_of
from previz.trace.order import Patch
from previz.trace.surfaces import Coats

__all__ = ["Kept"]

_Meshes = list[Any]


class Kept:
    """The meshes of what stood still in the picture before.

    Args:
        mi: The module mitsuba, its variant set.
        coats: The materials made so far.
    """

    def __init__(self, mi: Any, coats: Coats) -> None:
        self._mi, self._coats = mi, coats
        self._made: dict[tuple[bytes, int], _Meshes] = {}

    def of(self, patches: Sequence[Patch]) -> _Meshes:
        """Return meshes of patches under their materials; forget all others."""
        made: dict[tuple[bytes, int], _Meshes] = {}
        seen: Counter[bytes] = Counter()
        for patch in patches:
            name = _name(patch)
            # What is there twice is two meshes.
            key = (name, seen[name])
            seen[name] += 1
            if key in self._made:
                made[key] = self._made[key]
            else:
                made[key] = meshes_of(self._mi, [patch], self._coats)
        self._made = made
        return [mesh for meshes in made.values() for mesh in meshes]


def _name(patch: Patch) -> bytes:
    """Return what tells a patch's meshes from all others."""
    name = blake2b(repr((patch.surface, patch.hollow)).encode(), digest_size=16)
    for values in (
        patch.positions,
        patch.normals,
        patch.coordinates,
        patch.triangles,
        patch.colors,
    ):
        if values is not None:
            name.update(values.tobytes())
    return name.digest()
