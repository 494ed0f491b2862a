"""Sets by rule: a slugline's place names a template, a seed varies it."""

from __future__ import annotations

import re
import zlib
from typing import Protocol

import numpy as np

from previz.direct.places import (
    fronts,
    homes,
    law,
    others,
    outdoors,
    public,
    roads,
    shores,
    streets,
    tales,
    trades,
    travel,
    work,
)
from previz.direct.places.detail import finish_room
from previz.direct.places.dressing import Dressing
from previz.direct.places.fitting import finish
from previz.direct.places.outlook import outlook
from previz.direct.places.props import PROPS as PROPS
from previz.direct.places.props import add_props
from previz.direct.places.words import example_of as example_of
from previz.direct.places.words import land_of as land_of
from previz.direct.places.words import template_for as template_for
from previz.model import Set, Slugline

__all__ = ["PROPS", "TEMPLATES", "dress", "example_of", "land_of", "template_for"]


class Template(Protocol):
    """Dresses one kind of place."""

    def __call__(self, rng: np.random.Generator, *, people: int) -> Dressing:
        """Return the dressed floor plan for this many people."""


TEMPLATES: dict[str, Template] = {
    "kitchen": homes.kitchen,
    "living room": homes.living_room,
    "bedroom": homes.bedroom,
    "bathroom": homes.bathroom,
    "office": work.office,
    "classroom": work.classroom,
    "hospital room": work.hospital_room,
    "shop": work.shop,
    "bar": public.bar,
    "cafe": public.cafe,
    "corridor": public.corridor,
    "stairwell": public.stairwell,
    "church": public.church,
    "cinema": public.cinema,
    "projection booth": public.booth,
    "street": streets.street,
    "house front": streets.home_front,
    "alley": streets.alley,
    "park": outdoors.park,
    "forest": outdoors.forest,
    "rooftop": streets.rooftop,
    "train platform": streets.platform,
    "beach": outdoors.beach,
    "field": outdoors.field,
    "desert": roads.desert,
    "desert road": roads.desert_road,
    "country road": roads.country_road,
    "gas station": roads.gas_station,
    "public front": fronts.public_front,
    "classical front": fronts.classical_front,
    "church front": fronts.church_front,
    "diner": travel.diner,
    "hotel room": travel.hotel_room,
    "hotel lobby": travel.hotel_lobby,
    "waiting room": travel.waiting_room,
    "subway car": travel.subway_car,
    "interrogation room": law.interrogation_room,
    "police station": law.police_station,
    "courtroom": law.courtroom,
    "prison cell": law.prison_cell,
    "warehouse": trades.warehouse,
    "garage": trades.garage,
    "laboratory": trades.laboratory,
    "library": trades.library,
    "theatre stage": trades.theatre_stage,
    "cabin": tales.cabin,
    "tavern": tales.tavern,
    "throne hall": tales.throne_hall,
    "camp": shores.camp,
    "graveyard": shores.graveyard,
    "pier": shores.pier,
    "boat deck": shores.boat_deck,
    "spaceship bridge": tales.spaceship_bridge,
    "car": others.car,
    "neutral interior": others.neutral_interior,
    "neutral exterior": others.neutral_exterior,
}
"""Every place that can be dressed."""


class Placed(Protocol):
    """Dresses a kind of place that shows what lies around it."""

    def __call__(self, rng: np.random.Generator, *, people: int, land: str) -> Dressing:
        """Return the dressed floor plan for this many people in this land."""


PLACED: dict[str, Placed] = {"car": others.car, "gas station": roads.gas_station}
"""The templates that follow the story's last exterior."""


class Named(Protocol):
    """Dresses a kind of place that is built for what the action names there."""

    def __call__(
        self, rng: np.random.Generator, *, people: int, words: frozenset[str]
    ) -> Dressing:
        """Return the dressed floor plan for this many people and these words."""


NAMED: dict[str, Named] = {"street": streets.street}
"""The templates whose fronts follow the words of slugline and action."""


def dress(
    slugline: Slugline,
    *,
    seed: int,
    id: str,
    people: int = 2,
    words: frozenset[str] = frozenset(),
    land: str = "",
) -> Set:
    """Dress the set that a slugline asks for.

    Args:
        slugline: Its place picks the template, its setting inside or outside.
        seed: Varies size, colours, layout and dressing.
        id: Identifier of the set; the same id and seed give the same set.
        people: How many are together here; seats and floor grow with it.
        words: Lower-case nouns of the action; things among them are added.
        land: What lies around, as `land_of` names it; empty where nothing told.
    """
    template = template_for(slugline.place, setting=slugline.setting)
    rng = np.random.default_rng([seed, zlib.crc32(id.encode())])
    placed, named = PLACED.get(template), NAMED.get(template)
    if placed is not None and land:
        plan = placed(rng, people=people, land=land)
    elif named is not None:
        written = frozenset(re.findall(r"\w+", slugline.place.lower()))
        plan = named(rng, people=people, words=words | written)
    else:
        plan = TEMPLATES[template](rng, people=people)
    outlook(plan, land)
    add_props(plan, words)
    finish_room(plan)
    return finish(plan, identifier=id, name=slugline.place or "Stage")
