"""The gear list: camera bodies' gates and lens sets, as their makers publish them.

`previz/data/gear.json` holds ours, with the source of each entry. A user's own file
of the same form is laid over it: an entry of a known name replaces ours, a new name
joins the list.
"""

from __future__ import annotations

import math
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from previz.errors import PrevizError, UnknownNameError
from previz.model import Lens, Model, Sensor

__all__ = [
    "CameraBody",
    "Gate",
    "Gear",
    "Glass",
    "LensSet",
    "bodies",
    "body",
    "lens",
    "lens_sets",
    "load_gear",
    "our_gear",
]

_LARGEST_BYTES = 4_000_000

Name = Annotated[str, Field(min_length=1, max_length=80)]
Fields = tuple[str, ...]
"""Names of fields whose figures are from memory and await a look at the source."""


class Gate(Model):
    """One mode of a body: the part of sensor or film that makes the picture."""

    mode: Name
    width_mm: Annotated[float, Field(ge=1, le=200, examples=[24.88])]
    height_mm: Annotated[float, Field(ge=1, le=200, examples=[14.0])]
    photosites: (
        tuple[Annotated[int, Field(gt=0)], Annotated[int, Field(gt=0)]] | None
    ) = None
    unverified: Fields = ()


class CameraBody(Model):
    """A camera body and its gates, the maker's first mode first.

    Attributes:
        name: As the crew calls it.
        native_iso: Ratings at which the sensor gives its full range; of film, the
            usual stock's.
        gates: Its modes.
        source: The maker's publication.
        url: Where that is.
        checked: What its figures were compared with, keys of `Gear.references`.
        unverified: Fields that were not, here or in every gate.
    """

    name: Name
    native_iso: Annotated[
        tuple[Annotated[float, Field(ge=1, le=409600)], ...], Field(min_length=1)
    ]
    gates: Annotated[tuple[Gate, ...], Field(min_length=1)]
    source: str = ""
    url: str = ""
    checked: Fields = ()
    unverified: Fields = ()

    def sensor(self, mode: str | None = None) -> Sensor:
        """Return the gate of a mode; of the first where none is named.

        Raises:
            UnknownNameError: If it has no such mode.
        """
        for gate in self.gates:
            if mode in (None, gate.mode):
                return Sensor(
                    name=f"{self.name}, {gate.mode}",
                    width_mm=gate.width_mm,
                    height_mm=gate.height_mm,
                    native_iso=self.native_iso[0],
                )
        raise UnknownNameError(
            f"{self.name}.mode", str(mode), [g.mode for g in self.gates]
        )

    @model_validator(mode="after")
    def _modes_are_unique(self) -> Self:
        modes = [gate.mode for gate in self.gates]
        twice = sorted({mode for mode in modes if modes.count(mode) > 1})
        if twice:
            raise ValueError(
                f"CameraBody.gates must be of unique mode in {self.name}, got "
                f"{twice[0]!r} twice. Rename one."
            )
        return self


class Glass(Model):
    """One lens of a set: a prime, or a zoom where `longest_mm` is given."""

    focal_length_mm: Annotated[float, Field(ge=1, le=2000, examples=[35.0])]
    longest_mm: Annotated[float, Field(ge=1, le=2000)] | None = None
    widest_t_stop: Annotated[float, Field(ge=0.5, le=64, examples=[1.8])]
    close_focus_m: Annotated[float, Field(ge=0, le=100, examples=[0.35])]
    unverified: Fields = ()

    def away(self, focal_length_mm: float) -> float:
        """Return how many mm a focal length lies outside its range; 0 within it."""
        longest = self.longest_mm or self.focal_length_mm
        if math.isnan(focal_length_mm):
            return math.inf
        short, long = self.focal_length_mm - focal_length_mm, focal_length_mm - longest
        return max(0.0, short, long)


class LensSet(Model):
    """A set of lenses of one make.

    Attributes:
        name: As the crew calls it.
        lenses: Shortest first.
        squeeze: Of an anamorphic; 1 for spherical glass.
        blades: Of the iris; 0 where not published.
        image_circle_mm: Diameter that all cover; None where not published.
        source: The maker's publication.
        url: Where that is.
        checked: What its figures were compared with, keys of `Gear.references`.
        unverified: Fields that were not, here or in every lens.
    """

    name: Name
    lenses: Annotated[tuple[Glass, ...], Field(min_length=1)]
    squeeze: Annotated[float, Field(ge=1, le=2)] = 1.0
    blades: Annotated[int, Field(ge=0, le=24)] = 0
    image_circle_mm: Annotated[float, Field(gt=0, le=400)] | None = None
    source: str = ""
    url: str = ""
    checked: Fields = ()
    unverified: Fields = ()

    @property
    def focal_lengths_mm(self) -> tuple[float, ...]:
        """The focal lengths of its primes and the wide ends of its zooms."""
        return tuple(glass.focal_length_mm for glass in self.lenses)

    def lens(
        self, focal_length_mm: float | None = None, *, t_stop: float | None = None
    ) -> Lens:
        """Return one of its lenses, wide open where no stop is given.

        Args:
            focal_length_mm: A prime's, or any within a zoom; None takes the first.
            t_stop: As set.

        Raises:
            PrevizError: If the set has no such focal length.
            ModelError: If the lens does not open as far as `t_stop`.
        """
        wanted = focal_length_mm
        if wanted is None:
            wanted = self.lenses[0].focal_length_mm
        for glass in self.lenses:
            if glass.away(wanted) == 0:
                return Lens(
                    name=self._label(glass),
                    focal_length_mm=glass.focal_length_mm,
                    longest_mm=glass.longest_mm,
                    squeeze=self.squeeze,
                    t_stop=glass.widest_t_stop if t_stop is None else t_stop,
                    widest_t_stop=glass.widest_t_stop,
                    close_focus_m=glass.close_focus_m,
                    blades=self.blades,
                    image_circle_mm=self.image_circle_mm,
                )
        near = min(self.lenses, key=lambda glass: glass.away(wanted))
        raise PrevizError(
            f"{self.name}.focal_length_mm must be one of "
            f"{', '.join(map(_range, self.lenses))} mm, got {wanted:g}. "
            f"The nearest is {_range(near)} mm."
        )

    def _label(self, glass: Glass) -> str:
        span = _range(glass)
        named = self.name if span in self.name else f"{self.name} {span}"
        return f"{named} mm T{glass.widest_t_stop:g}"

    @model_validator(mode="after")
    def _zooms_run_outward(self) -> Self:
        for glass in self.lenses:
            longest = glass.longest_mm
            if longest is not None and longest < glass.focal_length_mm:
                raise ValueError(
                    f"Glass.longest_mm must be >= the wide end "
                    f"{glass.focal_length_mm:g} mm in {self.name}, got {longest:g}. "
                    "Swap the two ends."
                )
        return self


class Gear(Model):
    """A gear list; `note` and `references` say where its figures are from."""

    bodies: tuple[CameraBody, ...] = ()
    lens_sets: tuple[LensSet, ...] = ()
    references: dict[str, str] = Field(default_factory=dict)
    note: str = ""

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        for thing, names in (
            ("Gear.bodies", [b.name for b in self.bodies]),
            ("Gear.lens_sets", [s.name for s in self.lens_sets]),
        ):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(
                    f"{thing} must be unique, got {twice[0]!r} twice. Rename one."
                )
        return self

    def find_body(self, name: str) -> CameraBody:
        """Return the body of this name.

        Raises:
            UnknownNameError: If there is none.
        """
        for found in self.bodies:
            if found.name == name:
                return found
        raise UnknownNameError("Gear.body", name, [b.name for b in self.bodies])

    def find_lens_set(self, name: str) -> LensSet:
        """Return the lens set of this name.

        Raises:
            UnknownNameError: If there is none.
        """
        for found in self.lens_sets:
            if found.name == name:
                return found
        raise UnknownNameError("Gear.lens_set", name, [s.name for s in self.lens_sets])

    def over(self, under: Gear) -> Gear:
        """Return this list laid over another: of two of a name, ours is kept."""
        mine = {b.name for b in self.bodies}, {s.name for s in self.lens_sets}
        return Gear(
            bodies=(*(b for b in under.bodies if b.name not in mine[0]), *self.bodies),
            lens_sets=(
                *(s for s in under.lens_sets if s.name not in mine[1]),
                *self.lens_sets,
            ),
            references=under.references | self.references,
            note=self.note or under.note,
        )


@lru_cache(maxsize=1)
def our_gear() -> Gear:
    """Return the gear list that previz ships."""
    return Gear.from_json((files("previz") / "data" / "gear.json").read_bytes())


def load_gear(path: Path | str) -> Gear:
    """Return a user's gear list laid over ours.

    Args:
        path: A JSON file of the form of `previz/data/gear.json`.

    Raises:
        PrevizError: If the file cannot be read or is larger than 4 MB.
        ModelError: If it is no JSON or a figure breaks its rule.
    """
    try:
        with Path(path).open("rb") as file:
            text = file.read(_LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise PrevizError(
            f"Gear.path must be a file that can be read, got {str(path)!r} "
            f"({why}). Pass the path of a JSON file."
        ) from None
    if len(text) > _LARGEST_BYTES:
        raise PrevizError(
            f"Gear.path must be <= {_LARGEST_BYTES} bytes, got more in {str(path)!r}. "
            "Pass a gear list."
        )
    return Gear.from_json(text).over(our_gear())


def bodies(gear: Gear | None = None) -> tuple[str, ...]:
    """Return the names of all camera bodies."""
    return tuple(b.name for b in (gear or our_gear()).bodies)


def lens_sets(gear: Gear | None = None) -> tuple[str, ...]:
    """Return the names of all lens sets."""
    return tuple(s.name for s in (gear or our_gear()).lens_sets)


def body(name: str, *, mode: str | None = None, gear: Gear | None = None) -> Sensor:
    """Return a body's gate: `body("ARRI ALEXA 35", mode="4K 16:9")`.

    Args:
        name: One of `bodies()`.
        mode: One of its modes; its first where none is named.
        gear: The list to look in; ours if None.

    Raises:
        UnknownNameError: If there is no such body or mode.
    """
    return (gear or our_gear()).find_body(name).sensor(mode)


def lens(
    name: str,
    focal_length_mm: float | None = None,
    *,
    t_stop: float | None = None,
    gear: Gear | None = None,
) -> Lens:
    """Return a lens of a set: `lens("ARRI Signature Prime", 35, t_stop=2.8)`.

    Args:
        name: One of `lens_sets()`.
        focal_length_mm: A prime's, or any within a zoom; None takes the first.
        t_stop: As set; wide open if None.
        gear: The list to look in; ours if None.

    Raises:
        UnknownNameError: If there is no such set.
        PrevizError: If it has no such focal length.
        ModelError: If the lens does not open as far as `t_stop`.
    """
    return (gear or our_gear()).find_lens_set(name).lens(focal_length_mm, t_stop=t_stop)


def _range(glass: Glass) -> str:
    if glass.longest_mm is None:
        return f"{glass.focal_length_mm:g}"
    return f"{glass.focal_length_mm:g}-{glass.longest_mm:g}"
