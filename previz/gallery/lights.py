"""Lighting schemes by name, each on the same face."""

from __future__ import annotations

from previz.direct.schemes import LAWS, relight
from previz.gallery.entry import Entry
from previz.gallery.location import Location, Take
from previz.model import Coverage, Rate, Shot, ShotSize

__all__ = ["LIGHT_ENTRIES"]

_SOURCE = "Box 2010, Set Lighting Technician's Handbook, 4th ed., chapter 5; Alton 1949"
_OUTDOORS = ("golden_hour", "moonlight", "overcast")
_LENGTH = 24


def _scheme(name: str) -> Entry:
    law = LAWS[name]

    def film(at: Location) -> Take:
        camera = at.camera(at.framed("MCU", focal_mm=50))
        shot = Shot(
            id="gallery", slate="G", first_frame=at.moment - _LENGTH // 2,
            length_frames=_LENGTH, coverage=Coverage.SINGLE, size=ShotSize.MCU,
            subjects=("ann",), camera=camera,
        )  # fmt: skip
        lit = relight(at.scene, shot, name, characters=at.film.characters, rate=Rate())
        return Take(camera, scene=lit)

    ratio = f"{law.key_to_fill_stops:g} stops key to fill"
    return Entry(
        "Light", name.replace("_", " "), f"{law.words} {ratio}.", "lux, cd, K", _SOURCE,
        "park, alone" if name in _OUTDOORS else "wall, alone", film,
    )  # fmt: skip


LIGHT_ENTRIES = tuple(_scheme(name) for name in LAWS)
