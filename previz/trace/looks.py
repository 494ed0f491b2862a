"""The loops of `previz.trace.seen`: what one look adds to each pixel."""

from __future__ import annotations

import numpy as np

from previz.render.kernel import Array, lean
from previz.render.visibility import NEAR_M, NOTHING
from previz.trace.paint import BRIGHTEST

__all__ = [
    "ALBEDO",
    "AWAY",
    "BEYOND",
    "HOLLOW",
    "NORMAL",
    "OWN",
    "SKY",
    "SUMS",
    "add_look",
    "may_be_seen",
    "shift_points",
]

ALBEDO, NORMAL, AWAY, SKY, HOLLOW, OWN, BEYOND = 0, 3, 6, 7, 8, 9, 12
"""Where a pixel's sums hold what."""
SUMS = 13
"""How many sums a pixel has."""


@lean
def may_be_seen(
    points: Array, triangles: Array, bounds: Array, pupil: float, focus: float,
    pixel: float, kept: Array,
) -> None:  # fmt: skip
    """Mark triangles that do not lie wholly beside the picture from all of the lens.

    Args:
        points: Right, up and away, shape (n, 3).
        triangles: Corners in the first three columns.
        bounds: Of the picture at one metre: left, right, low, high.
        pupil: Radius in metres.
        focus: Distance in metres.
        pixel: At one metre.
        kept: Shape (m,), bool, all false; changed in place.
    """
    for t in range(triangles.shape[0]):
        out = 31
        for corner in range(3):
            x, y, z = points[triangles[t, corner]]
            blur = pupil * abs(z / focus - 1.0) + 2 * pixel * abs(z)
            code = 1 if x + blur < bounds[0] * z else 0
            code |= 2 if x - blur > bounds[1] * z else 0
            code |= 4 if y + blur < bounds[2] * z else 0
            code |= 8 if y - blur > bounds[3] * z else 0
            code |= 16 if z < NEAR_M else 0
            out &= code
        kept[t] = out == 0


@lean
def shift_points(
    points: Array, right: float, up: float, across: float, along: float, out: Array
) -> None:
    """Write points as they lie before another place of the pupil and of a pixel.

    Args:
        points: Right, up and away, shape (n, 3).
        right: Of the place in the pupil, in metres.
        up: Of the place in the pupil, in metres.
        across: How far right a point moves for each metre that it is away.
        along: The same, up.
        out: Filled, shape (n, 3).
    """
    for i in range(points.shape[0]):
        away = points[i, 2]
        out[i, 0] = points[i, 0] - right + away * across
        out[i, 1] = points[i, 1] - up + away * along
        out[i, 2] = away


@lean
def add_look(
    owner: Array, first: Array, points: Array, normals: Array, coordinates: Array,
    colors: Array, triangles: Array, hollow: Array, outside: Array, color: Array,
    emission: Array, period: Array, picture: Array, by_vertex: Array, glows: Array,
    pictures: Array, sky: Array, turn: Array, lens: Array, sums: Array,
) -> None:  # fmt: skip
    """Add one look to what pixels have seen.

    Args:
        owner: Triangles that are not hollow, or `NOTHING`, shape (h, w).
        first: The same with those that are, shape (h, w).
        points: As this look sees them: right, up and away, shape (n, 3).
        normals: Of the points, in the world, shape (n, 3).
        coordinates: Of the points, on the surface in metres, shape (n, 2).
        colors: Of the points, where their patch has any, shape (n, 3).
        triangles: Corners and the row in the paint, shape (m, 4).
        hollow: Whether a triangle is to be looked through, shape (m,).
        outside: Whether it is beyond the room, shape (m,).
        color: As in `previz.trace.paint.Paint`, like the following.
        emission: Of each row.
        period: Of each row.
        picture: Of each row.
        by_vertex: Of each row.
        glows: Of each row.
        pictures: Of matter.
        sky: Luminance all round, equirectangular, shape (k, l, 3).
        turn: From the camera's axes to the world's, shape (3, 3).
        lens: Focal length in pixels, the place in the pupil, and how far what is far
            away has moved at one metre.
        sums: Shape (h, w, SUMS); changed in place.
    """
    height, width = owner.shape
    for row in range(height):
        y = (0.5 * height - row - 0.5) / lens[0]
        for col in range(width):
            x = (col + 0.5 - 0.5 * width) / lens[0]
            seen, near, out = owner[row, col], first[row, col], sums[row, col]
            x0, y0 = x - lens[3], y - lens[4]
            if seen == NOTHING:
                for c in range(3):
                    out[ALBEDO + c] += 1.0
            else:
                _add_surface(
                    seen, x, y, points, normals, coordinates, colors, triangles, color,
                    period, picture, by_vertex, glows, pictures, lens, out,
                )  # fmt: skip
            if near == NOTHING:
                out[SKY] += 1.0
                _add_sky(sky, turn, x0, y0, out)
                continue
            patch = triangles[near, 3]
            if hollow[near]:
                out[HOLLOW] += 1.0
            elif outside[near] and not glows[patch]:
                out[BEYOND] += 1.0
            if glows[patch]:
                _add_glow(
                    near, x, y, points, normals, colors, triangles, emission,
                    by_vertex, turn, lens, out,
                )  # fmt: skip


@lean
def _met(
    points: Array, corners: Array, x: float, y: float
) -> tuple[float, float, float]:
    """Return how far along (x, y, 1) a triangle lies, and its barycentrics there."""
    a, b, c = points[corners[0]], points[corners[1]], points[corners[2]]
    e0, e1, e2 = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    f0, f1, f2 = c[0] - a[0], c[1] - a[1], c[2] - a[2]
    p0, p1, p2 = y * f2 - f1, f0 - x * f2, x * f1 - y * f0
    flat = e0 * p0 + e1 * p1 + e2 * p2
    if abs(flat) < 1e-18:
        return a[2], 0.0, 0.0
    v = -(a[0] * p0 + a[1] * p1 + a[2] * p2) / flat
    q0 = -(a[1] * e2 - a[2] * e1)
    q1 = -(a[2] * e0 - a[0] * e2)
    q2 = -(a[0] * e1 - a[1] * e0)
    w = (x * q0 + y * q1 + q2) / flat
    # The middle of a pixel may lie a little beside what is snapped to a grid.
    v = min(max(v, 0.0), 1.0)
    w = min(max(w, 0.0), 1.0 - v)
    return a[2] + v * e2 + w * f2, v, w


@lean
def _mixed(values: Array, corners: Array, v: float, w: float, axis: int) -> float:
    a, b, c = values[corners[0]], values[corners[1]], values[corners[2]]
    return float((1.0 - v - w) * a[axis] + v * b[axis] + w * c[axis])


@lean
def _add_surface(
    seen: int, x: float, y: float, points: Array, normals: Array, coordinates: Array,
    colors: Array, triangles: Array, color: Array, period: Array, picture: Array,
    by_vertex: Array, glows: Array, pictures: Array, lens: Array, out: Array,
) -> None:  # fmt: skip
    corners = triangles[seen]
    patch = corners[3]
    away, v, w = _met(points, corners, x, y)
    right = away * (x - lens[3]) + lens[1]
    up = away * (y - lens[4]) + lens[2]
    out[AWAY] += np.sqrt(right * right + up * up + away * away)
    for axis in range(3):
        out[NORMAL + axis] += _mixed(normals, corners, v, w, axis)
    if picture[patch] >= 0:
        across = _mixed(coordinates, corners, v, w, 0) / period[patch]
        down = _mixed(coordinates, corners, v, w, 1) / period[patch]
        _add_texel(pictures[picture[patch]], across, down, color[patch], out)
        return
    for c in range(3):
        value = float(color[patch, c])
        if by_vertex[patch] and not glows[patch]:
            value = _mixed(colors, corners, v, w, c)
        limit = 1.0 if glows[patch] else BRIGHTEST
        out[ALBEDO + c] += min(value, limit)


@lean
def _add_texel(
    picture: Array, across: float, down: float, color: Array, out: Array
) -> None:
    """Add a colour of a picture that repeats, between its four nearest texels."""
    edge = picture.shape[0]
    col = (across - np.floor(across)) * edge - 0.5
    row = (down - np.floor(down)) * edge - 0.5
    left, top = int(np.floor(col)), int(np.floor(row))
    for i in range(2):
        for j in range(2):
            share = (row - top if i else 1.0 - row + top) * (
                col - left if j else 1.0 - col + left
            )
            texel = picture[(top + i) % edge, (left + j) % edge]
            for c in range(3):
                out[ALBEDO + c] += share * min(texel[c] * color[c], BRIGHTEST)


@lean
def _add_sky(sky: Array, turn: Array, x: float, y: float, out: Array) -> None:
    """Add the sky along (x, y, -1) of the camera."""
    height, width = sky.shape[:2]
    d0 = turn[0, 0] * x + turn[0, 1] * y - turn[0, 2]
    d1 = turn[1, 0] * x + turn[1, 1] * y - turn[1, 2]
    d2 = turn[2, 0] * x + turn[2, 1] * y - turn[2, 2]
    length = np.sqrt(d0 * d0 + d1 * d1 + d2 * d2)
    row = np.arccos(d1 / length) / np.pi * height - 0.5
    col = np.arctan2(d0, -d2) / (2 * np.pi) * width - 0.5
    top, left = int(np.floor(row)), int(np.floor(col))
    for i in range(2):
        line = sky[min(max(top + i, 0), height - 1)]
        for j in range(2):
            share = (row - top if i else 1.0 - row + top) * (
                col - left if j else 1.0 - col + left
            )
            value = line[(left + j) % width]
            for c in range(3):
                out[OWN + c] += share * value[c]


@lean
def _add_glow(
    near: int, x: float, y: float, points: Array, normals: Array, colors: Array,
    triangles: Array, emission: Array, by_vertex: Array, turn: Array, lens: Array,
    out: Array,
) -> None:  # fmt: skip
    """Add what shines by itself: from the side that its normal looks to."""
    corners = triangles[near]
    patch = corners[3]
    away, v, w = _met(points, corners, x, y)
    right, up = away * (x - lens[3]), away * (y - lens[4])
    facing = 0.0
    for axis in range(3):
        way = turn[axis, 0] * right + turn[axis, 1] * up - turn[axis, 2] * away
        facing -= way * _mixed(normals, corners, v, w, axis)
    if facing <= 0.0:
        return
    for c in range(3):
        value = float(emission[patch, c])
        if by_vertex[patch]:
            value = _mixed(colors, corners, v, w, c)
        out[OWN + c] += value
