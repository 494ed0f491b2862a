"""The skull as hair sees it: how far it reaches in every direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from previz.stage.figure import Figure, cast
from previz.stage.loft import Array

__all__ = ["Scalp", "outermost"]

_COLUMNS = 28
_LOW_DEG, _STEP_DEG, _RINGS = -78.0, 6.0, 29
_CENTRE = 0.55
"""Height of the middle of the skull above the chin, in head heights."""
_NOTHING_THERE = 0.42
"""How far the scalp is from there where the head has no triangle, likewise."""


@dataclass(frozen=True, eq=False)
class Scalp:
    """A head in head heights: y from the chin, z from the middle of the skull.

    Rings run round the skull by elevation, from below the nape to the crown; columns
    from the front by the left.

    Attributes:
        height_m: Chin to crown.
        chin_m: Height of the chin above the floor.
        middle_z: Of the skull, metres.
        reach: From the middle of the skull, in head heights, shape (r, c).
    """

    height_m: float
    chin_m: float
    middle_z: float
    reach: Array

    @classmethod
    def of(cls, figure: Figure) -> Scalp:
        """Return the scalp of a figure."""
        base = cast()
        height = float(figure.crown[1] - figure.chin[1])
        skin = figure.points[: base.spans[1]]
        skull = skin[skin[:, 1] > figure.chin[1] + 0.62 * height]
        middle = float(skull[:, 2].min() + skull[:, 2].max()) / 2
        head = (skin - (0.0, figure.chin[1], middle)) / height
        near = base.body[1][(head[base.body[1], 1] > -0.5).all(axis=1)]
        ways = _directions(_elevations(np.arange(float(_RINGS))), _azimuths())
        far = outermost(head[near], ways.reshape(-1, 3))
        reach = np.where(far > 0, far, _NOTHING_THERE)
        return cls(height, float(figure.chin[1]), middle, reach.reshape(_RINGS, -1))

    @property
    def rings(self) -> int:
        """How many rings there are."""
        return len(self.reach)

    @property
    def angles(self) -> Array:
        """The columns in the plane of x and z, from the front by the left."""
        return np.pi / 2 - _azimuths()

    @property
    def side(self) -> float:
        """Half the width of the skull above the ears."""
        return float(
            np.interp(30.0, _elevations(np.arange(float(_RINGS))), self.reach[:, 7])
        )

    @property
    def back(self) -> float:
        """From the middle of the skull to its back."""
        return float(self.reach[8:20, _COLUMNS // 2].max())

    @staticmethod
    def ring_at(elevation_deg: Array) -> Array:
        """Return the (fractional) ring at elevations from the middle of the skull."""
        return np.asarray((elevation_deg - _LOW_DEG) / _STEP_DEG)

    def world(self, local: Array) -> Array:
        """Return points in metres at rest from points in head heights."""
        return np.asarray(local * self.height_m + (0.0, self.chin_m, self.middle_z))

    def seen_at(self, points: Array) -> tuple[Array, Array]:
        """Return elevation and angle from the front, degrees, of points, shape (n,)."""
        base = (0.0, self.chin_m, self.middle_z)
        x, y, z = ((points - base) / self.height_m - (0.0, _CENTRE, 0.0)).T
        elevation = np.degrees(np.arctan2(y, np.hypot(x, z)))
        # Far below the head nothing is skull.
        elevation = np.where(np.hypot(x, z) > 0.9, -90.0, elevation)
        return elevation, np.degrees(np.arctan2(np.abs(x), z))

    def shell(self, rows: Array) -> Array:
        """Return the skull on (fractional) rings, head heights, shape (r, c, 3)."""
        low = np.clip(np.floor(rows).astype(int), 0, _RINGS - 2)
        share = (rows - low)[:, None]
        reach = self.reach[low] * (1 - share) + self.reach[low + 1] * share
        ways = _directions(_elevations(rows), _azimuths())
        return np.asarray(ways * reach[..., None] + (0.0, _CENTRE, 0.0))

    def surface_at(self, rows: Array, turn: Array) -> Array:
        """Return places on the skull, head heights, shape (..., 3).

        Args:
            rows: (Fractional) rings.
            turn: From the front by the left, radians, of the same shape.
        """
        row = np.clip(rows, 0, _RINGS - 1)
        low = np.clip(np.floor(row).astype(int), 0, _RINGS - 2)
        along = (turn / (2 * np.pi) * _COLUMNS) % _COLUMNS
        left = np.floor(along).astype(int) % _COLUMNS
        right = (left + 1) % _COLUMNS
        up, across = row - low, along - np.floor(along)
        reach = (1 - up) * (
            self.reach[low, left] * (1 - across) + self.reach[low, right] * across
        ) + up * (
            self.reach[low + 1, left] * (1 - across)
            + self.reach[low + 1, right] * across
        )
        steep = np.radians(_elevations(row))
        ways = np.stack(
            [
                np.cos(steep) * np.sin(turn),
                np.sin(steep),
                np.cos(steep) * np.cos(turn),
            ],
            axis=-1,
        )
        return np.asarray(ways * reach[..., None] + (0.0, _CENTRE, 0.0))


def _elevations(rows: Array) -> Array:
    return np.asarray(np.minimum(_LOW_DEG + _STEP_DEG * rows, 90.0))


def _azimuths() -> Array:
    return np.linspace(0, 2 * np.pi, _COLUMNS, endpoint=False)


def _directions(elevation_deg: Array, azimuth: Array) -> Array:
    up = np.radians(elevation_deg)[:, None]
    return np.stack(
        [
            np.cos(up) * np.sin(azimuth),
            np.broadcast_to(np.sin(up), (len(up), len(azimuth))),
            np.cos(up) * np.cos(azimuth),
        ],
        axis=-1,
    )


def outermost(corners: Array, ways: Array) -> Array:
    """Return how far the outermost triangle is along rays from the skull's middle.

    0 where there is none within a head's height.

    Args:
        corners: Triangles in head heights, shape (m, 3, 3).
        ways: Unit directions, shape (n, 3).

    Source: Möller and Trumbore 1997.
    """
    a = corners[:, 0] - (0.0, _CENTRE, 0.0)
    e1, e2 = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    p = np.cross(ways[:, None], e2[None])
    det = np.einsum("nmi,mi->nm", p, e1)
    det = np.where(np.abs(det) < 1e-12, 1e-12, det)
    u = -np.einsum("nmi,mi->nm", p, a) / det
    q = -np.cross(a, e1)
    v = np.einsum("ni,mi->nm", ways, q) / det
    t = np.einsum("mi,mi->m", e2, q)[None] / det
    hit = (u > -1e-6) & (v > -1e-6) & (u + v < 1 + 1e-6) & (t > 0) & (t < 1.0)
    return np.asarray(np.where(hit, t, 0.0).max(axis=1))
