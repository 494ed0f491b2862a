"""Set pieces and props as bodies: hulls, mass, friction, bounce, what breaks them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.model import Matter, SetPiece
from previz.stage.pieces import piece_solids
from previz.stage.pieces.solids import Solid

__all__ = ["STUFF", "Hull", "Mass", "Stuff", "hulls_of", "mass_of", "stuff_of"]

_WALL_M = 0.006
"""What is thicker than this is hollow: cases, vases, boxes."""
_LEAST_M = 0.0015
"""Half the thickness that a sheet has to the solver."""
_BOXY = 0.85
"""A shape that fills this share of its box counts as the box."""


@dataclass(frozen=True)
class Stuff:
    """How a matter behaves in a fall.

    Attributes:
        density_kg_m3: Of the solid matter.
        friction: Coulomb coefficient.
        bounce: Speed after a hit on something hard, as a share of that before.
        breaks_m_s: Speed of a hit that breaks it; None for what bends.
        soft: How much faster a hit on this may be before something brittle breaks.
    """

    density_kg_m3: float
    friction: float
    bounce: float
    breaks_m_s: float | None = None
    soft: float = 1.0


STUFF: dict[Matter, Stuff] = {
    Matter.PLASTER: Stuff(1200, 0.7, 0.15),
    Matter.WOOD: Stuff(650, 0.45, 0.3),
    Matter.BRICK: Stuff(1900, 0.7, 0.2),
    Matter.TILE: Stuff(2300, 0.45, 0.25, breaks_m_s=1.8),
    Matter.STONE: Stuff(2600, 0.6, 0.25),
    Matter.ASPHALT: Stuff(2300, 0.8, 0.15),
    Matter.GROUND: Stuff(1700, 0.8, 0.05, soft=1.6),
    Matter.GRASS: Stuff(900, 0.8, 0.05, soft=2.0),
    Matter.FOLIAGE: Stuff(150, 0.7, 0.05, soft=3.0),
    Matter.GLASS: Stuff(2500, 0.4, 0.25, breaks_m_s=1.6),
    Matter.METAL: Stuff(5500, 0.4, 0.3),
    Matter.PLASTIC: Stuff(1100, 0.45, 0.35),
    Matter.CLOTH: Stuff(250, 0.8, 0.05, soft=2.5),
    Matter.LEATHER: Stuff(600, 0.65, 0.1, soft=2.0),
    Matter.PAPER: Stuff(500, 0.55, 0.05),
    Matter.WATER: Stuff(1000, 0.3, 0.0, soft=3.0),
    Matter.SKIN: Stuff(1000, 0.8, 0.05, soft=2.5),
    Matter.HAIR: Stuff(300, 0.8, 0.05, soft=2.5),
    Matter.EMITTER: Stuff(1100, 0.45, 0.2),
}
"""Every matter; sources: engineering tables, rounded to what a picture shows."""

_BALL = Stuff(120, 0.6, 0.72)


@dataclass(frozen=True)
class Hull:
    """A convex body in the space of its piece.

    Attributes:
        points: Its corners in metres, shape (n, 3).
        box: Middle and half size where it is a box, shape (2, 3); else None.
        matter: What it is covered with.
    """

    points: NDArray[np.float64]
    box: NDArray[np.float64] | None
    matter: Matter


@dataclass(frozen=True)
class Mass:
    """Mass in kg, its middle in metres, shape (3,), and its inertia there, (3, 3)."""

    mass_kg: float
    middle: NDArray[np.float64]
    inertia: NDArray[np.float64]


def stuff_of(piece: SetPiece) -> Stuff:
    """Return how a thing behaves: by its kind where that matters more than matter."""
    return _BALL if piece.kind == "ball" else STUFF[piece.matter]


def hulls_of(solids: Iterable[Solid], *, least_share: float = 0.0) -> list[Hull]:
    """Return one convex hull for each shape that is worth one.

    Args:
        solids: Shapes in one space.
        least_share: Shapes whose box is a smaller share of the largest one's are
            passed over.
    """
    shapes = list(solids)
    spans = [np.ptp(s.positions, axis=0) for s in shapes]
    rooms = [float(np.prod(np.maximum(span, 0.002))) for span in spans]
    most = max(rooms, default=0.0)
    found = []
    for solid, span, room in zip(shapes, spans, rooms, strict=True):
        if room < least_share * most or float(np.sort(span)[1]) < 0.004:
            continue
        low, high = solid.positions.min(axis=0), solid.positions.max(axis=0)
        half = np.maximum((high - low) / 2, _LEAST_M)
        # A sheet is thickened upwards, so that it lies on its own base.
        middle = (
            np.array([0.0, 1.0, 0.0]) * (half - (high - low) / 2) + (low + high) / 2
        )
        boxy = solid.closed and solid.volume_m3 > _BOXY * float(np.prod(high - low))
        flat = float(span.min()) < 2 * _LEAST_M
        box = np.stack([middle, half]) if boxy or flat else None
        found.append(Hull(solid.positions, box, solid.coat.matter))
    return found


def mass_of(piece: SetPiece) -> Mass:
    """Return the mass of a thing as skins of its matters, about its own origin."""
    points, weights = [], []
    for solid in piece_solids(piece):
        a, b, c = (solid.positions[solid.triangles[:, k]] for k in range(3))
        area = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2
        whole = max(float(area.sum()), 1e-9)
        volume = min(abs(solid.volume_m3), whole * _WALL_M)
        if not solid.closed:
            volume = whole * 0.5 * 0.004
        density = STUFF[solid.coat.matter].density_kg_m3
        if piece.kind == "ball":
            density = _BALL.density_kg_m3
        points.append((a + b + c) / 3)
        weights.append(area / whole * volume * density)
    place, weight = np.concatenate(points), np.concatenate(weights)
    mass = max(float(weight.sum()), 0.003)
    weight = weight * (mass / max(float(weight.sum()), 1e-12))
    middle = (place * weight[:, None]).sum(axis=0) / mass
    arm = place - middle
    square = np.einsum("ni,ni->n", arm, arm)
    inertia = np.eye(3) * float(weight @ square) - np.einsum(
        "n,ni,nj->ij", weight, arm, arm
    )
    least = mass * 0.004**2
    return Mass(mass, middle, inertia + np.eye(3) * least)
