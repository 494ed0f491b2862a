"""What can be brought to a set: furniture, things, lamps; sizes as they are made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from previz.errors import UnknownNameError
from previz.model import RGB, Light, LightKind, LightRole, Matter, SetPiece, Vec3

__all__ = ["LAMPS", "STOCK", "Group", "Lamp", "Stock", "hung", "lamp_named", "stocked"]

Group = Literal["seats", "tables", "rooms", "things", "outdoors"]

OAK: RGB = (0.36, 0.22, 0.11)
PINE: RGB = (0.38, 0.25, 0.13)
DARK: RGB = (0.05, 0.05, 0.055)
STEEL: RGB = (0.5, 0.51, 0.53)
WHITE: RGB = (0.68, 0.67, 0.64)
LINEN: RGB = (0.55, 0.47, 0.33)
TEAL: RGB = (0.08, 0.2, 0.19)
RUST: RGB = (0.42, 0.16, 0.07)
LEAF: RGB = (0.07, 0.15, 0.045)
STONE: RGB = (0.34, 0.33, 0.31)


@dataclass(frozen=True)
class Stock:
    """One set piece in stock.

    Attributes:
        kind: As `previz.stage` builds it; also its name.
        group: Where it stands in the store.
        size_m: Width, height, depth.
        color: Of most of it.
        accent: Of the rest.
        matter: What it is made of.
        words: What it is also called.
        high_m: How high it hangs; 0 for what stands.
    """

    kind: str
    group: Group
    size_m: Vec3
    color: RGB = OAK
    accent: RGB = DARK
    matter: Matter = Matter.WOOD
    words: str = ""
    high_m: float = 0.0


STOCK: tuple[Stock, ...] = (
    Stock("chair", "seats", (0.46, 0.92, 0.5), accent=LINEN, words="dining seat"),
    Stock("armchair", "seats", (0.86, 0.88, 0.86), LINEN, TEAL, Matter.CLOTH),
    Stock("sofa", "seats", (2.0, 0.85, 0.9), RUST, TEAL, Matter.CLOTH, "couch"),
    Stock("office-chair", "seats", (0.62, 1.1, 0.62), DARK, words="desk swivel"),
    Stock("stool", "seats", (0.4, 0.55, 0.4)),
    Stock("bar-stool", "seats", (0.4, 0.74, 0.4), STEEL, RUST, Matter.METAL),
    Stock("bench", "seats", (1.7, 0.85, 0.5), PINE, words="park"),
    Stock("booth-seat", "seats", (1.25, 1.1, 0.6), RUST, OAK, Matter.LEATHER, "diner"),
    Stock("waiting-seats", "seats", (2.4, 0.85, 0.58), TEAL, STEEL, Matter.PLASTIC),
    Stock("theatre-seats", "seats", (4.0, 1.0, 0.7), (0.3, 0.04, 0.035), words="row"),
    Stock("bed", "seats", (1.4, 1.1, 2.05), OAK, LINEN),
    Stock("hospital-bed", "seats", (1.0, 1.05, 2.1), STEEL, WHITE, Matter.METAL),
    Stock("table", "tables", (1.5, 0.75, 0.85), words="dining"),
    Stock("round-table", "tables", (0.8, 0.74, 0.8), words="cafe"),
    Stock("coffee-table", "tables", (1.1, 0.42, 0.6)),
    Stock("side-table", "tables", (0.5, 0.6, 0.45), words="night stand"),
    Stock("desk", "tables", (1.5, 0.75, 0.7), PINE, words="writing office"),
    Stock("school-desk", "tables", (1.2, 0.74, 0.5), PINE),
    Stock("counter", "tables", (2.4, 0.92, 0.62), RUST, WHITE, words="kitchen sink"),
    Stock("bar-counter", "tables", (3.2, 1.1, 0.75), (0.15, 0.075, 0.04)),
    Stock("workbench", "tables", (2.2, 1.7, 0.7), OAK, STEEL, words="tools"),
    Stock("bookcase", "rooms", (1.4, 2.1, 0.36), PINE, words="shelf books"),
    Stock("shelf", "rooms", (2.0, 2.1, 0.5), STEEL, STEEL, Matter.METAL, "rack"),
    Stock("cupboard", "rooms", (1.0, 1.9, 0.4), words="wardrobe closet cabinet"),
    Stock("lockers", "rooms", (1.6, 1.85, 0.5), STEEL, DARK, Matter.METAL),
    Stock("fridge", "rooms", (0.8, 1.9, 0.7), WHITE, STEEL, Matter.METAL),
    Stock("stove", "rooms", (0.66, 0.92, 0.64), WHITE, DARK, Matter.METAL, "cooker"),
    Stock("basin", "rooms", (0.55, 0.86, 0.45), WHITE, DARK, Matter.TILE, "sink"),
    Stock("bath", "rooms", (1.75, 0.6, 0.8), WHITE, OAK, Matter.TILE, "tub"),
    Stock("fireplace", "rooms", (1.7, 2.4, 0.6), STONE, OAK, Matter.STONE, "hearth"),
    Stock("piano", "rooms", (1.5, 1.22, 0.66), (0.04, 0.028, 0.02)),
    Stock("tv", "rooms", (1.2, 1.1, 0.42), words="television"),
    Stock("projector", "rooms", (0.55, 1.75, 1.2), DARK, STEEL, Matter.METAL),
    Stock("floor-lamp", "rooms", (0.45, 1.65, 0.45), DARK, LINEN, Matter.METAL),
    Stock("plant", "rooms", (0.6, 1.2, 0.6), LEAF, RUST, words="pot green"),
    Stock("rug", "rooms", (2.8, 0.01, 2.0), TEAL, LINEN, Matter.CLOTH, "carpet"),
    Stock("mirror", "rooms", (0.6, 0.85, 0.04), words="wall", high_m=1.2),
    Stock("picture", "rooms", (0.8, 0.6, 0.04), words="painting wall", high_m=1.35),
    Stock("clock", "rooms", (0.36, 0.36, 0.05), DARK, words="wall", high_m=1.8),
    Stock("coat-stand", "rooms", (0.5, 1.75, 0.5)),
    Stock("table-lamp", "things", (0.24, 0.4, 0.24), LINEN, OAK, words="light"),
    Stock("computer", "things", (0.52, 0.46, 0.34), DARK, DARK, Matter.PLASTIC),
    Stock("phone", "things", (0.18, 0.1, 0.18), DARK, DARK, Matter.PLASTIC),
    Stock("vase", "things", (0.17, 0.3, 0.17), TEAL, LINEN, Matter.TILE),
    Stock("bottle", "things", (0.078, 0.3, 0.078), (0.05, 0.13, 0.06), DARK,
          Matter.GLASS),
    Stock("suitcase", "things", (0.62, 0.46, 0.19), RUST, DARK, Matter.LEATHER),
    Stock("box", "things", (0.6, 0.42, 0.45), PINE, DARK, Matter.PAPER, "carton"),
    Stock("crates", "things", (1.2, 0.9, 0.8), PINE),
    Stock("barrel", "things", (0.58, 0.88, 0.58), TEAL, DARK, Matter.METAL, "drum"),
    Stock("trolley", "things", (1.0, 1.0, 0.6), STEEL, DARK, Matter.METAL, "cart"),
    Stock("bin", "things", (0.5, 0.95, 0.5), DARK, DARK, Matter.METAL, "trash"),
    Stock("bicycle", "outdoors", (0.5, 1.05, 1.75), RUST, DARK, Matter.METAL, "bike"),
    Stock("car", "outdoors", (1.82, 1.46, 4.6), STEEL, DARK, Matter.METAL, "vehicle"),
    Stock("lamp-post", "outdoors", (0.5, 4.4, 1.4), DARK, DARK, Matter.METAL,
          "street light"),
    Stock("bus-stop", "outdoors", (3.0, 2.5, 1.2), DARK, LINEN, Matter.PLASTIC),
    Stock("dumpster", "outdoors", (1.9, 1.35, 1.1), (0.05, 0.15, 0.1), DARK,
          Matter.METAL),
    Stock("fence", "outdoors", (3.0, 1.1, 0.14), PINE),
    Stock("hedge", "outdoors", (3.2, 0.85, 0.9), LEAF, DARK, Matter.FOLIAGE),
    Stock("bush", "outdoors", (1.1, 0.8, 1.05), LEAF, DARK, Matter.FOLIAGE),
    Stock("tree", "outdoors", (4.2, 6.2, 4.2), LEAF, OAK, Matter.FOLIAGE),
    Stock("rock", "outdoors", (1.2, 0.6, 1.1), STONE, DARK, Matter.STONE, "boulder"),
    Stock("tent", "outdoors", (2.3, 1.6, 2.6), LINEN, DARK, Matter.CLOTH),
    Stock("campfire", "outdoors", (1.2, 0.75, 1.2), STONE, DARK, Matter.STONE),
)  # fmt: skip
"""Every piece in stock, in the order of the store."""


@dataclass(frozen=True)
class Lamp:
    """One lamp in stock.

    Attributes:
        name: Of the lamp.
        label: As it is called on a set.
        role: What it is for at first.
        width_m: Of what shines; 0 for a point.
        height_m: Of what shines; 0 for a point.
        kelvin: Its colour.
        beam_deg: Full angle at half its intensity; None without a lens.
        field_deg: Full angle at a tenth; None without a lens.
        share: Of the light that a grey card needs there.
    """

    name: str
    label: str
    role: LightRole
    width_m: float
    height_m: float
    kelvin: float
    beam_deg: float | None = None
    field_deg: float | None = None
    share: float = 1.0

    @property
    def kind(self) -> LightKind:
        """What it is physically."""
        return LightKind.AREA if self.width_m else LightKind.POINT


LAMPS: tuple[Lamp, ...] = (
    Lamp("softbox", "softbox 1.2 × 0.9 m", LightRole.KEY, 1.2, 0.9, 5600),
    Lamp("panel", "LED panel 0.6 × 0.3 m", LightRole.KEY, 0.6, 0.3, 5600),
    Lamp("silk", "silk 2.4 × 2.4 m", LightRole.FILL, 2.4, 2.4, 5600, share=0.5),
    Lamp("bounce", "bounce board 1.2 × 1.2 m", LightRole.BOUNCE, 1.2, 1.2, 4800,
         share=0.35),
    Lamp("tube", "tube 1.2 m", LightRole.KICKER, 1.2, 0.05, 4300, share=0.6),
    Lamp("fresnel", "Fresnel, flooded", LightRole.KEY, 0, 0, 3200, 42, 56),
    Lamp("fresnel-spot", "Fresnel, spotted", LightRole.BACK, 0, 0, 3200, 12, 20),
    Lamp("par", "PAR", LightRole.BACK, 0, 0, 5600, 24, 34, share=1.4),
    Lamp("lantern", "paper lantern", LightRole.PRACTICAL, 0, 0, 2900, share=0.6),
    Lamp("bulb", "bare bulb", LightRole.PRACTICAL, 0, 0, 2700, share=0.4),
)  # fmt: skip
"""Every lamp in stock, soft ones first."""


def stocked(name: str) -> SetPiece:
    """Return a piece from stock, at the middle of the floor.

    Raises:
        UnknownNameError: If there is none of this kind in stock.
    """
    for one in STOCK:
        if one.kind == name:
            return SetPiece(
                id=one.kind,
                kind=one.kind,
                size_m=one.size_m,
                color=one.color,
                accent=one.accent,
                matter=one.matter,
            )
    raise UnknownNameError("Stock.kind", name, [one.kind for one in STOCK])


def lamp_named(name: str) -> Lamp:
    """Return a lamp of the stock.

    Raises:
        UnknownNameError: If there is none of this name.
    """
    for one in LAMPS:
        if one.name == name:
            return one
    raise UnknownNameError("Lamp.name", name, [one.name for one in LAMPS])


def hung(lamp: Lamp, *, position_m: Vec3, aim_m: Vec3, exposure_ev100: float) -> Light:
    """Return a lamp hung somewhere, as bright as the scene is exposed for.

    A grey card at `aim_m` needs 2.5 * 2^EV lux (ISO 2720, incident, C = 250); a lamp
    gives that by the square of its distance.

    Args:
        lamp: Which.
        position_m: Where it hangs.
        aim_m: What it shines at.
        exposure_ev100: What the scene is exposed for.
    """
    far_m = max(math.dist(position_m, aim_m), 0.3)
    candela = lamp.share * 2.5 * 2.0**exposure_ev100 * far_m**2
    return Light(
        id=lamp.name,
        kind=lamp.kind,
        role=lamp.role,
        position_m=position_m,
        aim_m=aim_m,
        width_m=lamp.width_m,
        height_m=lamp.height_m,
        intensity=round(candela, 1),
        color_temperature_k=lamp.kelvin,
        beam_deg=lamp.beam_deg,
        field_deg=lamp.field_deg,
    )
