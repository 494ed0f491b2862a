"""The light that stands still in a scene, worked out once and kept on the set.

Kept at the lattice's samples: indirect light (sky and bounces) and, for each lamp,
which share of it the set lets through. Kept in probes for what moves: the same, with
the indirect light from six sides (ambient cube, McTaggart 2004).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, kernel, lean
from previz.render.lattice import Lattice, sample_at
from previz.render.lights import (
    AREA,
    AXIS,
    HALF_U,
    HALF_V,
    INTENSITY,
    KIND,
    PLACE,
    RADIUS,
    SUN,
    Lamps,
    bare_lamp_on,
    light_at,
)  # fmt: skip
from previz.render.rays import DEPTH_LIMIT, Tree, blocked, first_hit
from previz.render.sky import Sky, sky_luminance

__all__ = ["Effort", "Probes", "SetLight", "bake_probes", "bake_set"]

_BOUNCES = 4
_LIFT_M = 0.003
_COVER_M = 0.07
"""What is nearer than this before most of a sample's rays lies on it."""
_COVERED = 0.6
_PATCHES, _NEAR, _MOST_OVER = 6, 6.0, 8.0
"""Along an area light's side; within how many radii it is more than a disc; and by how
much more than a disc's its light may be."""
_SKY, _UNUSED, _INSIDE = -1, -2, -3
"""What a ray met instead of a sample; what is inside a solid tells nothing."""


class Effort(NamedTuple):
    """How much is spent on a bake.

    Attributes:
        spacing_m: Between samples on the set.
        most_points: About how many lattice points.
        gather_rays: Rays per sample for indirect light.
        lamp_rays: Shadow rays per sample and area light (a square number).
        probes: About how many probes.
        probe_rays: Rays per probe.
        shadow_px: Edge of the sun's shadow map of the set.
    """

    spacing_m: float
    most_points: int
    gather_rays: int
    lamp_rays: int
    probes: int
    probe_rays: int
    shadow_px: int


class SetLight(NamedTuple):
    """Light kept on the set.

    Attributes:
        values: For each sample indirect illuminance in lux (linear Rec.709) and then
            the visible share of each lamp, shape (s, 3 + k), float32.
        total: All light that falls on each sample, lux, shape (s, 3).
    """

    values: Array
    total: Array


class Probes(NamedTuple):
    """Light kept in the air of the playing area.

    Attributes:
        low: Place of the first probe, world metres, shape (3,).
        step: Metres between probes, shape (3,).
        values: Illuminance on the six sides +x -x +y -y +z -z in lux (18 values) and
            then the visible share of each lamp, shape (nx, ny, nz, 18 + k), float32.
    """

    low: Array
    step: Array
    values: Array


def bake_set(
    tree: Tree,
    lattice: Lattice,
    *,
    albedo: NDArray[np.float64],
    lamps: Lamps,
    kept: int,
    sky: Sky,
    effort: Effort,
    sky_enters: float,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> SetLight:
    """Work out the light on the set.

    Args:
        tree: What stops light.
        lattice: Where light is kept.
        albedo: Diffuse reflectance of each triangle, shape (m, 3).
        lamps: All lamps, the strongest first.
        kept: For how many lamps the visible share is kept; the light of the others
            goes into the indirect light.
        sky: The sky.
        effort: How much to spend.
        sky_enters: Share of the sky that rays bring into the room: 0 where lamps at
            the windows stand for it.
        low: Lowest corner of the room, world metres, shape (3,).
        high: Highest corner; beyond, the whole sky is seen.
    """
    count = len(lattice.position)
    share = np.ones((count, len(lamps)), np.float32)
    direct = np.zeros((count, 3))
    extra = np.zeros((count, 3))
    _lamp_shares(
        tree.nodes, tree.corners, lattice.position, lattice.normal, lattice.inward,
        lamps, kept, round(effort.lamp_rays**0.5), share, direct, extra,
    )  # fmt: skip
    hits = np.empty((count, effort.gather_rays), np.int32)
    from_sky = np.zeros((count, 3))
    covered = np.zeros(count, np.uint8)
    place = lattice.position
    margin = np.array([0.25, 4.0, 0.25])
    indoors = ((place > low - 0.25) & (place < high + margin)).all(axis=1)
    enters = np.where(indoors, sky_enters, 1.0)
    _trace_gather(
        tree.nodes, tree.corners, lattice.charts, lattice.sample, lattice.position,
        lattice.normal, lattice.inward, lattice.near, sky, enters, hits, from_sky,
        covered,
    )  # fmt: skip
    surface = albedo[lattice.triangle]
    total = direct + extra + from_sky
    bounced = np.zeros((count, 3))
    for _ in range(_BOUNCES):
        _gather_bounce(hits, surface * total, bounced)
        total = direct + extra + from_sky + bounced
    values = np.concatenate([from_sky + bounced, extra, share[:, :kept]], axis=1)
    hidden = covered.copy()
    _uncover(lattice.charts, lattice.sample, covered, values)
    along = np.argsort(lattice.position[:, 0], kind="stable")
    _borrow(lattice.position, lattice.normal, hidden, covered, values, along)
    indirect = values[:, :3]
    for _ in range(3):
        indirect = _smooth(
            lattice.charts, lattice.sample, lattice.position, indirect,
            lattice.spacing_m,
        )  # fmt: skip
    values = np.concatenate([indirect + values[:, 3:6], values[:, 6:]], axis=1)
    return SetLight(values=np.ascontiguousarray(values, np.float32), total=total)


def bake_probes(
    tree: Tree,
    lattice: Lattice,
    *,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    reflected: NDArray[np.float64],
    lamps: Lamps,
    kept: int,
    sky: Sky,
    effort: Effort,
    sky_enters: float,
) -> Probes:
    """Work out the light in the air between two corners of the playing area.

    Args:
        tree: What stops light.
        lattice: Where the set's light is kept.
        low: Lowest corner, world metres, shape (3,).
        high: Highest corner.
        reflected: Luminous exitance (albedo times illuminance) of the samples.
        lamps: All lamps, the strongest first.
        kept: For how many lamps the visible share is kept.
        sky: The sky.
        effort: How much to spend.
        sky_enters: As in `bake_set`.
    """
    size = np.maximum(high - low, 0.01)
    rows = 4
    pace = max(float(np.sqrt(size[0] * size[2] * rows / effort.probes)), 0.3)
    nx = int(np.clip(np.ceil(size[0] / pace), 1, 64)) + 1
    nz = int(np.clip(np.ceil(size[2] / pace), 1, 64)) + 1
    shape = (nx, rows, nz)
    step = size / (np.array(shape) - 1)
    values = np.zeros((*shape, 18 + kept), np.float32)
    good = np.zeros(shape, np.uint8)
    _trace_probes(
        tree.nodes, tree.corners, lattice.charts, lattice.sample, low, step, reflected,
        lamps, kept, sky, sky_enters, effort.probe_rays, values, good,
    )  # fmt: skip
    _fill_holes(values, good)
    return Probes(low=low, step=step, values=values)


@lean
def _fraction(a: int, b: int) -> float:
    """Return a number from 0 to 1 that is fixed for (a, b) and looks random."""
    x = np.uint32(a * 374761393 + b * 668265263 + 974711)
    x = np.uint32((x ^ (x >> np.uint32(15))) * np.uint32(2246822519))
    x = np.uint32((x ^ (x >> np.uint32(13))) * np.uint32(3266489917))
    x = x ^ (x >> np.uint32(16))
    return x / 4294967296.0


@lean
def _light_point(
    lamps: Array, i: int, s: float, t: float, p: Array, ray: Array
) -> float:
    """Write the ray from p to the place (s, t) in 0..1 of a lamp; return its reach."""
    a, b = 2.0 * s - 1.0, 2.0 * t - 1.0
    if lamps[i, KIND] == SUN:
        for c in range(3):
            ray[c] = -lamps[i, AXIS + c]
        ray[0] += lamps[i, RADIUS] * a
        ray[2] += lamps[i, RADIUS] * b
        return 1e4
    if lamps[i, KIND] == AREA:
        for c in range(3):
            on = (
                lamps[i, PLACE + c]
                + a * lamps[i, HALF_U + c]
                + b * lamps[i, HALF_V + c]
            )
            ray[c] = on - p[c]
        return 0.995
    for c in range(3):
        ray[c] = lamps[i, PLACE + c] - p[c]
    return 0.98


@kernel
def _share_seen(
    nodes: Array, corners: Array, lamps: Array, i: int, p: Array, side: int, seed: int,
    stack: Array, ray: Array,
) -> float:  # fmt: skip
    """Return which share of a lamp is seen from p, by side² rays (1 for a point)."""
    rays = side if lamps[i, KIND] == AREA else (2 if lamps[i, KIND] == SUN else 1)
    free = 0
    for a in range(rays):
        for b in range(rays):
            s = (a + _fraction(seed, 3 * i)) / rays
            t = (b + _fraction(seed, 3 * i + 1)) / rays
            far = _light_point(lamps, i, s, t, p, ray)
            if not blocked(nodes, corners, p, ray, far, stack):
                free += 1
    return free / (rays * rays)


@lean
def _over_disc(lamps: Array, i: int, p: Array, n: Array, ray: Array) -> float:
    """Return what an area light lays on a surface against what `lamp_on` says.

    It counts as a disc there; near a window or a panel its true shape is summed up.
    """
    disc, distance, _ = bare_lamp_on(lamps, i, p, n)
    if distance > _NEAR * lamps[i, RADIUS] or disc <= 0.0:
        return 1.0
    total = 0.0
    for a in range(_PATCHES):
        for b in range(_PATCHES):
            s, t = (a + 0.5) / _PATCHES, (b + 0.5) / _PATCHES
            _light_point(lamps, i, s, t, p, ray)
            square, onto, out = 1e-6, 0.0, 0.0
            for c in range(3):
                square += ray[c] * ray[c]
                onto += ray[c] * n[c]
                out -= ray[c] * lamps[i, AXIS + c]
            if onto > 0.0 and out > 0.0:
                total += onto * out / (square * square)
    return float(min(total / (_PATCHES * _PATCHES * disc), _MOST_OVER))


@kernel
def _lamp_shares(
    nodes: Array, corners: Array, position: Array, normal: Array, inward: Array,
    lamps: Array, kept: int, side: int, share: Array, direct: Array, extra: Array,
) -> None:  # fmt: skip
    p, n, towards, ray = np.empty(3), np.empty(3), np.empty(3), np.empty(3)
    stack = np.empty(DEPTH_LIMIT, np.int64)
    for s in range(position.shape[0]):
        for c in range(3):
            n[c] = normal[s, c]
            p[c] = position[s, c] + n[c] * _LIFT_M + inward[s, c] * 3 * _LIFT_M
        for i in range(lamps.shape[0]):
            factor, _ = light_at(lamps, i, p, n, towards)
            if factor <= 0.0:
                continue
            seen = _share_seen(
                nodes, corners, lamps, i, p, side if i < kept else 1, s, stack, ray
            )
            if lamps[i, KIND] == AREA and seen > 0.0:
                seen *= _over_disc(lamps, i, p, n, ray)
            share[s, i] = seen
            for c in range(3):
                lux = factor * seen * lamps[i, INTENSITY + c]
                if i < kept:
                    direct[s, c] += lux
                else:
                    extra[s, c] += lux


@kernel
def _trace_gather(
    nodes: Array, corners: Array, charts: Array, sample: Array, position: Array,
    normal: Array, inward: Array, is_near: Array, sky: Array, enters: Array,
    hits: Array, from_sky: Array, covered: Array,
) -> None:  # fmt: skip
    """Shoot cosine-distributed rays from each sample; keep which sample each met.

    `covered` becomes 1 where something lies on the surface: a picture on a wall, a rug.
    """
    count, most = hits.shape
    p, ray, hit, rgb = np.empty(3), np.empty(3), np.empty(4), np.empty(3)
    stack = np.empty(DEPTH_LIMIT, np.int64)
    for s in range(count):
        # Far from where people are a third of the rays will do.
        rays = most if is_near[s] else max(most // 3, 4)
        close = 0
        for r in range(rays, most):
            hits[s, r] = _UNUSED
        weight = np.pi / rays
        nx, ny, nz = normal[s, 0], normal[s, 1], normal[s, 2]
        for c in range(3):
            p[c] = position[s, c] + normal[s, c] * _LIFT_M
            p[c] += inward[s, c] * 3 * _LIFT_M
        # An orthonormal basis without a branch on length (Duff et al. 2017).
        sign = 1.0 if nz >= 0 else -1.0
        a = -1.0 / (sign + nz)
        b = nx * ny * a
        u0, u1, u2 = 1.0 + sign * nx * nx * a, sign * b, -sign * nx
        v0, v1, v2 = b, sign + ny * ny * a, -ny
        turn, slide = _fraction(s, 11), _fraction(s, 12)
        for r in range(rays):
            # R2 sequence (Roberts 2018), shifted for each sample.
            e1 = turn + 0.7548776662466927 * r
            e2 = slide + 0.5698402909980532 * r
            e1, e2 = e1 - np.floor(e1), e2 - np.floor(e2)
            radius, angle = np.sqrt(e1), 2.0 * np.pi * e2
            x, y = radius * np.cos(angle), radius * np.sin(angle)
            z = np.sqrt(max(1.0 - e1, 1e-6))
            ray[0] = x * u0 + y * v0 + z * nx
            ray[1] = x * u1 + y * v1 + z * ny
            ray[2] = x * u2 + y * v2 + z * nz
            t = first_hit(nodes, corners, p, ray, 1e4, stack, hit)
            if t < 0:
                hits[s, r] = _SKY
                sky_luminance(sky, ray[0], ray[1], ray[2], rgb)
                for c in range(3):
                    from_sky[s, c] += weight * rgb[c] * enters[s]
            else:
                met = sample_at(charts, sample, t, hit[1], hit[2])
                hits[s, r] = met if hit[3] > 0 else _INSIDE
                close += 1 if hit[0] < _COVER_M or hit[3] < 0 else 0
        covered[s] = 1 if close > _COVERED * rays else 0


@kernel
def _gather_bounce(hits: Array, exitance: Array, out: Array) -> None:
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
def _uncover(charts: Array, sample: Array, covered: Array, values: Array) -> None:
    """Give samples under something the mean of their free lattice neighbours.

    Nobody sees them, but what is seen beside them is blended from them.
    """
    count, width = values.shape
    total, number = np.empty((count, width)), np.empty(count)
    for _ in range(8):
        total[:], number[:] = 0.0, 0.0
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
        if changed == 0:
            return


@kernel
def _borrow(
    position: Array, normal: Array, hidden: Array, covered: Array, values: Array,
    order: Array,
) -> None:  # fmt: skip
    """Give what is still covered the light of the nearest free sample facing alike.

    `order` lists the samples along x, so that few are looked at.
    """
    for at in range(order.shape[0]):
        s = order[at]
        if not covered[s]:
            continue
        best, nearest = -1, 4.0
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
                    best, nearest = q, square
        if best >= 0:
            for c in range(values.shape[1]):
                values[s, c] = values[best, c]


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
def _smooth(
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


@kernel
def _trace_probes(
    nodes: Array, corners: Array, charts: Array, sample: Array, low: Array,
    step: Array, reflected: Array, lamps: Array, kept: int, sky: Array,
    sky_enters: float, rays: int, values: Array, good: Array,
) -> None:  # fmt: skip
    nx, ny, nz = values.shape[0], values.shape[1], values.shape[2]
    p, ray, hit, rgb = np.empty(3), np.empty(3), np.empty(4), np.empty(3)
    stack = np.empty(DEPTH_LIMIT, np.int64)
    golden = np.pi * (3.0 - np.sqrt(5.0))
    for a in range(nx):
        for b in range(ny):
            for c in range(nz):
                seed = (a * ny + b) * nz + c
                p[0] = low[0] + a * step[0]
                p[1] = low[1] + b * step[1]
                p[2] = low[2] + c * step[2]
                backs = 0
                turn = 2.0 * np.pi * _fraction(seed, 5)
                cube = values[a, b, c]
                for r in range(rays):
                    y = 1.0 - (2.0 * r + 1.0) / rays
                    radius = np.sqrt(1.0 - y * y)
                    ray[0] = radius * np.cos(golden * r + turn)
                    ray[1] = y
                    ray[2] = radius * np.sin(golden * r + turn)
                    t = first_hit(nodes, corners, p, ray, 1e4, stack, hit)
                    if t < 0:
                        sky_luminance(sky, ray[0], ray[1], ray[2], rgb)
                        for k in range(3):
                            rgb[k] *= sky_enters
                    elif hit[3] < 0:
                        backs += 1
                        continue
                    else:
                        met = sample_at(charts, sample, t, hit[1], hit[2])
                        for k in range(3):
                            rgb[k] = reflected[met, k] / np.pi
                    for axis in range(3):
                        side = 2 * axis + (0 if ray[axis] > 0 else 1)
                        form = abs(ray[axis]) * 4.0 * np.pi / rays
                        for k in range(3):
                            cube[3 * side + k] += rgb[k] * form
                good[a, b, c] = 1 if 5 * backs < rays else 0
                for i in range(kept):
                    cube[18 + i] = _share_seen(
                        nodes, corners, lamps, i, p, 2, seed, stack, ray
                    )


@kernel
def _fill_holes(values: Array, good: Array) -> None:
    """Give probes inside furniture the mean of their nearest good neighbours."""
    nx, ny, nz, width = values.shape
    for _ in range(nx + ny + nz):
        changed = 0
        now = good.copy()
        for a in range(nx):
            for b in range(ny):
                for c in range(nz):
                    if now[a, b, c] == 1:
                        continue
                    number = 0
                    total = np.zeros(width)
                    for da in range(max(a - 1, 0), min(a + 2, nx)):
                        for db in range(max(b - 1, 0), min(b + 2, ny)):
                            for dc in range(max(c - 1, 0), min(c + 2, nz)):
                                if now[da, db, dc] == 1:
                                    number += 1
                                    for k in range(width):
                                        total[k] += values[da, db, dc, k]
                    if number > 0:
                        for k in range(width):
                            values[a, b, c, k] = total[k] / number
                        good[a, b, c] = 1
                        changed += 1
        if changed == 0:
            return
