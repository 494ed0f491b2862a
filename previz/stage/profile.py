"""The shape of a head: profiles from the neck to the crown, and the face on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from previz.stage.loft import Array, ring
from previz.stage.skeleton import Skeleton

__all__ = ["Profile"]

# One ring a row, from the neck to the crown, in head heights above the chin:
# front (y, z), side (y, x), back (y, z), and how boxy the front is.
_RINGS = np.array(
    [
        (-0.46, 0.170, -0.44, 0.290, -0.36, 0.285, 2.0),
        (-0.26, 0.145, -0.25, 0.242, -0.22, 0.252, 2.0),
        (-0.11, 0.150, -0.10, 0.228, -0.10, 0.240, 2.0),
        (-0.050, 0.175, -0.02, 0.229, 0.00, 0.245, 2.0),
        (-0.020, 0.250, 0.04, 0.238, 0.07, 0.260, 1.9),
        (0.002, 0.305, 0.09, 0.249, 0.13, 0.290, 1.85),
        (0.030, 0.338, 0.13, 0.258, 0.18, 0.322, 1.85),
        (0.070, 0.348, 0.165, 0.266, 0.23, 0.350, 1.9),
        (0.115, 0.336, 0.20, 0.274, 0.27, 0.374, 1.95),
        (0.150, 0.344, 0.23, 0.281, 0.30, 0.390, 2.0),
        (0.172, 0.350, 0.25, 0.287, 0.325, 0.400, 2.0),
        (0.193, 0.345, 0.265, 0.291, 0.34, 0.408, 2.05),
        (0.214, 0.352, 0.28, 0.295, 0.355, 0.414, 2.05),
        (0.240, 0.350, 0.30, 0.300, 0.37, 0.421, 2.1),
        (0.268, 0.350, 0.325, 0.305, 0.39, 0.428, 2.1),
        (0.305, 0.350, 0.355, 0.311, 0.41, 0.435, 2.15),
        (0.350, 0.350, 0.39, 0.317, 0.435, 0.441, 2.2),
        (0.400, 0.348, 0.43, 0.322, 0.46, 0.448, 2.2),
        (0.450, 0.345, 0.475, 0.325, 0.495, 0.454, 2.25),
        (0.495, 0.345, 0.515, 0.327, 0.53, 0.459, 2.25),
        (0.540, 0.352, 0.555, 0.330, 0.56, 0.463, 2.25),
        (0.585, 0.370, 0.60, 0.333, 0.60, 0.465, 2.25),
        (0.640, 0.380, 0.65, 0.335, 0.65, 0.464, 2.2),
        (0.710, 0.376, 0.715, 0.334, 0.72, 0.452, 2.15),
        (0.790, 0.354, 0.79, 0.318, 0.79, 0.420, 2.1),
        (0.865, 0.306, 0.865, 0.280, 0.865, 0.360, 2.05),
        (0.925, 0.236, 0.925, 0.220, 0.925, 0.275, 2.0),
        (0.970, 0.150, 0.970, 0.140, 0.970, 0.175, 2.0),
        (0.995, 0.060, 0.995, 0.058, 0.995, 0.070, 2.0),
    ]
)
_HALF = np.array([0, 4.5, 9, 13.5, 19, 25, 32, 40, 50, 62, 76, 92, 110, 132, 156, 180])


@dataclass(frozen=True)
class Profile:
    """A head in head heights: y from the chin, z from the middle of the skull.

    Attributes:
        height_m: Chin to crown.
        chin_m: Height of the chin above the floor.
        table: The rings of this head, shape (r, 7).
        face_width: Against a slender man's.
        femininity: As of the skeleton.
        maturity: As of the skeleton.
    """

    height_m: float
    chin_m: float
    table: Array
    face_width: float
    femininity: float
    maturity: float

    @classmethod
    def of(cls, skeleton: Skeleton) -> Profile:
        """Return the profile of a character's head."""
        table = _RINGS.copy()
        fem, child = skeleton.femininity, 1 - skeleton.maturity
        heavy = max(skeleton.build - 0.3, 0.0) / 0.7
        y = table[:, 0]
        low = np.exp(-(((y - 0.10) / 0.14) ** 2))
        neck = np.clip((0.03 - y) / 0.08, 0, 1)
        # Sex, weight and age show in the jaw and neck more than in the skull.
        table[:, 3] *= 1 - 0.055 * fem * low + 0.11 * heavy * low + 0.05 * child * low
        table[:, 1] *= 1 - 0.03 * fem * low + 0.02 * heavy * low - 0.05 * child * low
        slim = 1 - 0.15 * fem * neck + 0.20 * heavy * neck - 0.24 * child * neck
        for column in (1, 3, 5):
            table[:, column] *= slim
        table[:, 3] *= 1 + 0.04 * heavy * np.exp(-(((y - 0.35) / 0.2) ** 2))
        return cls(
            height_m=skeleton.head_m,
            chin_m=skeleton.height_m - skeleton.head_m,
            table=table,
            face_width=1 + 0.05 * heavy,
            femininity=fem,
            maturity=skeleton.maturity,
        )

    @property
    def rings(self) -> int:
        """How many rings the profile has."""
        return len(self.table)

    @property
    def angles(self) -> Array:
        """The columns: round from the front by the left (+x), dense in the face."""
        half = np.radians(_HALF)
        return np.pi / 2 - np.concatenate([half, 2 * np.pi - half[-2:0:-1]])

    def world(self, local: Array) -> Array:
        """Return points in metres at rest from points in head heights."""
        return np.asarray(local * self.height_m + (0.0, self.chin_m, 0.0))

    def local(self, world: Array) -> Array:
        """Return points in head heights from points in metres at rest."""
        return np.asarray((world - (0.0, self.chin_m, 0.0)) / self.height_m)

    def skin(self, rows: Array) -> Array:
        """Return the face and skull on (fractional) rings, metres, shape (r, c, 3)."""
        return self.world(self._skin(rows))

    def shell(self, rows: Array) -> Array:
        """Return the head without a face on fractional rings, in head heights."""
        return self._bare(rows)

    def face_z(self, x: Array, y: Array) -> Array:
        """Return how far the face comes forward at places of its front."""
        rows = np.linspace(5, self.rings - 4, 90)
        grid = self._skin(rows).reshape(-1, 3)
        grid = grid[grid[:, 2] > 0.05]
        far = np.hypot(x[:, None] - grid[:, 0], y[:, None] - grid[:, 1])
        near = np.argpartition(far, 4, axis=1)[:, :4]
        share = 1 / (np.take_along_axis(far, near, axis=1) + 1e-4)
        return np.asarray((grid[near, 2] * share).sum(axis=1) / share.sum(axis=1))

    def _bare(self, rows: Array) -> Array:
        index = np.arange(self.rings)
        yf, zf, ys, xs, yb, zb, power = (
            np.interp(rows, index, self.table[:, k]) for k in range(7)
        )
        angles = self.angles
        x, z = ring(angles, side=xs, front=zf, back=zb, power=power)
        _, behind = ring(angles, side=xs, front=zf, back=zb, power=2.1)
        z = np.where(np.sin(angles) > 0, z, behind)
        s = np.sin(angles)[None]
        lift = np.where(s > 0, (yf - ys)[:, None], (yb - ys)[:, None])
        y = ys[:, None] + lift * s * s
        return np.stack([x, y, z], axis=-1)

    def _skin(self, rows: Array) -> Array:
        points = self._bare(rows)
        x, y, z = points[..., 0], points[..., 1], points[..., 2]
        front = np.clip(z / 0.12, 0, 1)
        points[..., 2] = z + front * self._features(np.abs(x), y)
        return points

    def _features(self, x: Array, y: Array) -> Array:
        fem, child = self.femininity, 1 - self.maturity
        nose = np.interp(
            y,
            (0.250, 0.262, 0.280, 0.305, 0.335, 0.38, 0.44, 0.50, 0.55, 0.60),
            (0.0, 0.040, 0.098, 0.120, 0.108, 0.080, 0.050, 0.026, 0.014, 0.0),
        )
        broad = np.interp(
            y, (0.26, 0.30, 0.36, 0.44, 0.52), (0.046, 0.048, 0.038, 0.030, 0.034)
        )
        nose = nose * (1 - 0.14 * fem - 0.38 * child) * np.exp(-((x / broad) ** 2))
        wings = 0.040 * _hill(x, 0.055, 0.020) * _hill(y, 0.287, 0.022)
        socket = -0.046 * _hill(x, 0.148, 0.072) * _hill(y, 0.508, 0.050)
        ridge = (
            (0.016 - 0.013 * fem - 0.010 * child)
            * _hill(x, 0.13, 0.10)
            * _hill(y, 0.585, 0.028)
        )
        cheek = (0.010 + 0.008 * child) * _hill(x, 0.20, 0.06) * _hill(y, 0.385, 0.06)
        full = 0.012 + 0.007 * fem
        lips = (
            full
            * _hill(x, 0.0, 0.085)
            * (_hill(y, 0.212, 0.017) + 1.15 * _hill(y, 0.172, 0.017))
        )
        mouth = -0.008 * _hill(x, 0.0, 0.085) * _hill(y, 0.193, 0.010)
        under = -0.007 * _hill(x, 0.0, 0.07) * _hill(y, 0.128, 0.022)
        chin = 0.012 * _hill(x, 0.0, 0.07) * _hill(y, 0.065, 0.035)
        return np.asarray(
            nose + wings + socket + ridge + cheek + lips + mouth + under + chin
        )


def _hill(value: Array, at: float, over: float) -> Array:
    return np.asarray(np.exp(-(((value - at) / over) ** 2)))
