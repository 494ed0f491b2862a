"""Everything that the gallery shows, chapter by chapter."""

from __future__ import annotations

from previz.gallery.framings import FRAMING_ENTRIES
from previz.gallery.glass import LENS_ENTRIES
from previz.gallery.lights import LIGHT_ENTRIES
from previz.gallery.motion import MOVE_ENTRIES, RIG_ENTRIES

__all__ = ["ENTRIES"]

ENTRIES = (
    *MOVE_ENTRIES,
    *RIG_ENTRIES,
    *FRAMING_ENTRIES,
    *LENS_ENTRIES,
    *LIGHT_ENTRIES,
)
