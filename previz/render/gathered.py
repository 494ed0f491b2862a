"""Indirect light on the samples of a set: rays once a set, bounces once a light."""

from __future__ import annotations

import numpy as np

from previz.render.kernel import Array, kernel, woven
from previz.render.lattice import sample_at
from previz.render.rays import DEPTH_LIMIT, first_hit
from previz.render.shares import fraction, lift
from previz.render.sky import sky_luminance

__all__ = ["add_sky", "bounce", "lender_of", "shoot", "smoothed", "uncover"]

_COVER_M = 0.07
"""What is nearer than this before most of a sample's rays lies on it."""
_COVERED = 0.6
_SKY, _UNUSED, _INSIDE = -1, -2, -3
"""What a ray met instead of a sample; what is inside a solid tells nothing."""


@woven
def _aim(normal: Array, s: int, r: int, ray: Array) -> None:
    """Write the r-th of a sample's cosine-distributed rays: R2 (Roberts 2018)."""
    nx, ny, nz = normal[s, 0], normal[s, 1], normal[s, 2]
    # An orthonormal basis without a branch on length (Duff et al. 2017).
    sign = 1.0 if nz >= 0 else -1.0
    a = -1.0 / (sign + nz)
    b = nx * ny * a
    e1 = fraction(s, 11) + 0.7548776662466927 * r
    e2 = fraction(s, 12) + 0.5698402909980532 * r
    e1, e2 = e1 - np.floor(e1), e2 - np.floor(e2)
    radius, angle = np.sqrt(e1), 2.0 * np.pi * e2
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    z = np.sqrt(max(1.0 - e1, 1e-6))
    ray[0] = x * (1.0 + sign * nx * nx * a) + y * b + z * nx
    ray[1] = x * sign * b + y * (sign + ny * ny * a) + z * ny
    ray[2] = -x * sign * nx - y * ny + z * nz


@kernel
def shoot(
    nodes: Array, corners: Array, charts: Array, sample: Array, position: Array,
    normal: Array, inward: Array, is_near: Array, first: int, last: int, hits: Array,
    covered: Array,
) -> None:  # fmt: skip
    """Shoot the rays of the samples from first to last; keep which sample each met.

    `covered` becomes 1 where something lies on the surface: a picture on a wall, a rug.
    """
    most = hits.shape[1]
    p, ray, hit = np.empty(3), np.empty(3), np.empty(4)
    stack = np.empty(DEPTH_LIMIT, np.int64)
    for s in range(first, last):
        # Far from where people are a third of the rays will do.
        rays = most if is_near[s] else max(most // 3, 4)
        close = 0
        for r in range(rays, most):
            hits[s, r] = _UNUSED
        lift(position, normal, inward, s, p)
        for r in range(min(rays, most)):
            _aim(normal, s, r, ray)
            t = first_hit(nodes, corners, p, ray, 1e4, stack, hit)
            if t < 0:
                hits[s, r] = _SKY
            else:
                met = sample_at(charts, sample, t, hit[1], hit[2])
                hits[s, r] = met if hit[3] > 0 else _INSIDE
                close += 1 if hit[0] < _COVER_M or hit[3] < 0 else 0
        covered[s] = 1 if close > _COVERED * rays else 0


@kernel
def add_sky(
    normal: Array, hits: Array, sky: Array, enters: Array, first: int, last: int,
    out: Array,
) -> None:  # fmt: skip
    """Write the sky's lux on the samples from first to last, by their rays."""
    ray, rgb = np.empty(3), np.empty(3)
    for s in range(first, last):
        rays = 0
        out[s, 0], out[s, 1], out[s, 2] = 0.0, 0.0, 0.0
        for r in range(hits.shape[1]):
            if hits[s, r] == _UNUSED:
                break
            rays += 1
            if hits[s, r] == _SKY:
                _aim(normal, s, r, ray)
                sky_luminance(sky, ray[0], ray[1], ray[2], rgb)
                for c in range(3):
                    out[s, c] += rgb[c]
        for c in range(3):
            out[s, c] *= np.pi / max(rays, 1) * enters[s]


@kernel
def bounce(hits: Array, exitance: Array, out: Array) -> None:
    """Write the lux that what the rays met throws back, shape (s, 3)."""
    count, rays = hits.shape
    for s in range(count):
        x, y, z, number = 0.0, 0.0, 0.0, 0
        for r in range(rays):
            met = hits[s, r]
            if met == _UNUSED:
                break
            if met == _INSIDE:
                continue
            number += 1
            if met >= 0:
                x += exitance[met, 0]
                y += exitance[met, 1]
                z += exitance[met, 2]
        number = max(number, 1)
        out[s, 0], out[s, 1], out[s, 2] = x / number, y / number, z / number


@kernel
def uncover(charts: Array, sample: Array, covered: Array, values: Array) -> int:
    """Give samples under something the mean of their free lattice neighbours, once.

    Nobody sees them, but what is seen beside them is blended from them. Returns how
    many are now free.
    """
    count, width = values.shape
    total, number = np.zeros((count, width)), np.zeros(count)
    for t in range(charts.shape[0]):
        n, at = charts[t, 0], charts[t, 1]
        for i in range(n + 1):
            for j in range(n + 1 - i):
                p = sample[at]
                if i + j < n:
                    for step in (n + 1 - i, 1):
                        _lend(covered, values, p, sample[at + step], total, number)
                at += 1
    changed = 0
    for s in range(count):
        if covered[s] and number[s] > 0:
            for c in range(width):
                values[s, c] = total[s, c] / number[s]
            covered[s] = 0
            changed += 1
    return changed


@kernel
def lender_of(
    position: Array, normal: Array, hidden: Array, order: Array, first: int, last: int,
    lender: Array,
) -> None:  # fmt: skip
    """Write for covered samples which free one near faces alike, or -1.

    Args:
        position: Of the samples, shape (s, 3).
        normal: Of the samples.
        hidden: 1 where a sample is covered, shape (s,).
        order: The samples along x, so that few are looked at.
        first: From where in `order` on.
        last: Up to where in `order`.
        lender: Filled, shape (s,).
    """
    for at in range(first, last):
        s = order[at]
        lender[s] = -1
        if not hidden[s]:
            continue
        nearest = 4.0
        for way in (-1, 1):
            k = at + way
            while 0 <= k < order.shape[0]:
                q = order[k]
                k += way
                square = (position[s, 0] - position[q, 0]) ** 2
                if square >= nearest:
                    break
                if hidden[q]:
                    continue
                alike = normal[s, 0] * normal[q, 0]
                for c in range(1, 3):
                    gap = position[s, c] - position[q, c]
                    square += gap * gap
                    alike += normal[s, c] * normal[q, c]
                if square < nearest and alike > 0.7:
                    lender[s], nearest = q, square


@kernel
def _lend(
    covered: Array, values: Array, p: int, q: int, total: Array, number: Array
) -> None:
    """Add a free sample's values to its covered neighbour's."""
    if covered[p] == covered[q]:
        return
    to, source = (p, q) if covered[p] else (q, p)
    number[to] += 1
    for c in range(values.shape[1]):
        total[to, c] += values[source, c]


@kernel
def smoothed(
    charts: Array, sample: Array, position: Array, values: Array, spacing_m: float
) -> Array:
    """Return the values averaged once with their lattice neighbours."""
    out = values.copy()
    weight = np.ones(values.shape[0])
    for t in range(charts.shape[0]):
        n = charts[t, 0]
        at = charts[t, 1]
        for i in range(n + 1):
            for j in range(n + 1 - i):
                p = sample[at]
                for k in range(3):
                    if (k == 1 and j == 0) or (k != 1 and i + j >= n):
                        continue
                    step = (n + 1 - i) if k == 0 else ((n - i) if k == 1 else 1)
                    if k == 1 and i >= n:
                        continue
                    q = sample[at + step]
                    square = 0.0
                    for c in range(3):
                        gap = position[p, c] - position[q, c]
                        square += gap * gap
                    share = 0.5 * np.exp(-square / (4.0 * spacing_m * spacing_m))
                    weight[p] += share
                    weight[q] += share
                    for c in range(3):
                        out[p, c] += share * values[q, c]
                        out[q, c] += share * values[p, c]
                at += 1
    for s in range(values.shape[0]):
        for c in range(3):
            out[s, c] /= weight[s]
    return out
