"""Toric space: every place from which two subjects stand at two points of the frame.

Source: Lino and Christie 2012, "Efficient Composition for Virtual Camera Control";
Lino and Christie 2015, "Intuitive and Efficient Camera Control with the Toric
Space". Two points of the frame fix the angle alpha between two subjects as the
camera sees them; by the inscribed angle theorem all such cameras lie on a torus
(a spindle) about the line between them, with two coordinates: theta along the arc
and phi around the line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Toric", "two_subject_camera"]

Floats = NDArray[np.float64]

_TINY = 1e-9


@dataclass(frozen=True)
class Toric:
    """A viewpoint on two subjects a and b.

    Attributes:
        alpha: Angle between them as seen, radians, 0 to pi.
        theta: Twice the angle at b between a and the camera, 0 to 2 (pi - alpha);
            0 is at a, the far end at b.
        phi: Around the line from a to b, radians; 0 is level with it on the side
            that has a left and b right.
    """

    alpha: float
    theta: float
    phi: float

    @classmethod
    def of(cls, position: Floats, a: Floats, b: Floats) -> Toric:
        """Return the coordinates of a position."""
        to_a, to_b = a - position, b - position
        line = b - a
        beta = _angle(a - b, position - b)
        level, over = _axes(line)
        out = position - a
        return cls(
            alpha=_angle(to_a, to_b),
            theta=2.0 * beta,
            phi=math.atan2(float(out @ over), float(out @ level)),
        )

    def position(self, a: Floats, b: Floats) -> Floats:
        """Return the place in the world, shape (3,)."""
        line = b - a
        span = _length(line)
        beta = 0.5 * self.theta
        at_a = math.pi - self.alpha - beta
        reach = span * math.sin(beta) / math.sin(self.alpha)
        level, over = _axes(line)
        aside = math.cos(self.phi) * level + math.sin(self.phi) * over
        along = line / span
        return np.asarray(a + reach * (math.cos(at_a) * along + math.sin(at_a) * aside))


def two_subject_camera(
    a: Floats,
    b: Floats,
    rays: tuple[Floats, Floats],
    *,
    near: Floats,
    roll: float = 0.0,
) -> tuple[Floats, Floats] | None:
    """Return where a camera must stand, and how, to have a and b on two rays.

    Alpha is the angle between the rays. Theta keeps its share of the arc as seen
    from `near`, so who is nearer stays nearer. Phi is solved so that the horizon is
    level (a sine and a cosine of phi that must cancel, so in closed form), on the
    side of the line and above or below it as near as possible to `near`; where no
    phi levels it, the one that tips it least is taken. The rays are hit exactly.

    Args:
        a: The first subject, shape (3,).
        b: The second, shape (3,).
        rays: Where each is in the frame, as directions in the camera's axes, shape
            (3,) each; x right, y up, looking down -z.
        near: The camera that is to move as little as it may, shape (3,).
        roll: About the line of sight, clockwise from behind, radians.

    Returns:
        Position, shape (3,), and world from camera, shape (3, 3); None where the
        two subjects or the two rays are one.
    """
    spin = _about_z(-roll)
    first, second = (spin @ (ray / _length(ray)) for ray in rays)
    alpha = _angle(first, second)
    if alpha < 1e-6 or _length(b - a) < 1e-6:
        return None
    wished = Toric.of(near, a, b)
    share = wished.theta / max(2.0 * (math.pi - wished.alpha), _TINY)
    theta = min(max(share, 0.02), 0.98) * 2.0 * (math.pi - alpha)
    best: tuple[float, float, Floats, Floats] | None = None
    for phi in _levelling(a, b, (first, second), Toric(alpha, theta, wished.phi)):
        place = Toric(alpha, theta, phi).position(a, b)
        turn = _turned(a - place, b - place, first, second)
        # Upright before level before near.
        off = abs(math.remainder(phi - wished.phi, 2 * math.pi))
        rank = (0.0 if turn[1, 1] > -_TINY else 1.0, off, place, turn)
        if best is None or rank[:2] < best[:2]:
            best = rank
    if best is None:
        return None
    return best[2], best[3] @ spin


def _levelling(
    a: Floats, b: Floats, rays: tuple[Floats, Floats], wished: Toric
) -> tuple[float, ...]:
    """Return the phi at which the camera's x axis is level.

    Turning the camera about the line by phi turns its x axis too (Rodrigues): its
    height is c cos phi + s sin phi + k.
    """
    place = Toric(wished.alpha, wished.theta, 0.0).position(a, b)
    right = _turned(a - place, b - place, *rays)[:, 0]
    axis = (b - a) / _length(b - a)
    level, over = _axes(b - a)
    # Phi turns from `level` to `over`; the right-handed turn about the line may be
    # the other way.
    sense = 1.0 if float(_cross(level, over) @ axis) > 0 else -1.0
    k = float(axis[1] * (axis @ right))
    c = float(right[1]) - k
    s = sense * float(_cross(axis, right)[1])
    size = math.hypot(c, s)
    if size < _TINY:
        return (wished.phi, math.pi - wished.phi, -wished.phi, math.pi + wished.phi)
    middle = math.atan2(s, c)
    swing = math.acos(min(max(-k / size, -1.0), 1.0))
    return (middle + swing, middle - swing)


def _axes(line: Floats) -> tuple[Floats, Floats]:
    """Return the level and the upper direction square to a line, unit, (3,) each."""
    along = line / _length(line)
    side = np.array([-along[2], 0.0, along[0]])
    length = _length(side)
    level = side / length if length > 1e-6 else np.array([0.0, 0.0, 1.0])
    over = _cross(along, level)
    if over[1] < 0:
        over = -over
    return level, over


def _turned(to_a: Floats, to_b: Floats, first: Floats, second: Floats) -> Floats:
    """Return the rotation that takes two rays to two directions of the same angle."""
    return _frame(to_a, to_b) @ _frame(first, second).T


def _frame(first: Floats, second: Floats) -> Floats:
    x = first / _length(first)
    z = _cross(first, second)
    z = z / _length(z)
    return np.column_stack([x, _cross(z, x), z])


def _about_z(angle: float) -> Floats:
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def _cross(u: Floats, v: Floats) -> Floats:
    # numpy's own takes ten times as long for one pair.
    ux, uy, uz = float(u[0]), float(u[1]), float(u[2])
    vx, vy, vz = float(v[0]), float(v[1]), float(v[2])
    return np.array([uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx])


def _length(u: Floats) -> float:
    return math.sqrt(float(u @ u))


def _angle(u: Floats, v: Floats) -> float:
    across = _length(_cross(u, v))
    return math.atan2(across, float(u @ v))
