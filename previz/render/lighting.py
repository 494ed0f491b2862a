"""Light on chosen pixels: what the set keeps, and the lamps with their shadows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.gloss import (
    FLATNESS,
    HEAD_ON,
    Answer,
    along,
    answer_of,
    fifth,
    matt_towards,
    mirrored_of,
)
from previz.render.hands import shared
from previz.render.kernel import Array, lean, woven
from previz.render.lattice import Lattice, read_lattice
from previz.render.lights import INTENSITY, KIND, RADIUS, SUN, Lamps, lamp_on
from previz.render.occluders import near_spheres, openness
from previz.render.points import TILE, Points
from previz.render.probes import Probes
from previz.render.shadow import Shadows, figure_share, sun_share
from previz.render.sky import Sky

__all__ = ["Light", "Lighting", "light_pixels", "lighting_of", "read_probes"]

_FEWEST, _PARTS = 256, 8
"""Pixels that are worth being given to another thread, and in how many parts."""


Seen = tuple[float, float, float, float, float, float]
"""Of a surface: roughness, reflectance head on, flatness, cosine to the line of sight,
and what turns light mirrored and thrown back into what `shade` makes of it."""


class Light(NamedTuple):
    """All that lights a frame.

    Attributes:
        lamps: Suns, areas and points.
        sky: The sky.
        lattice: Where the set's light is kept.
        kept: The set's light, shape (s, 3 + k).
        probes: The light in the air.
        sun: Which lamp has `sun_map`, or -1.
        sun_map: The set's shadow for that sun.
        drawn: Which map of `figures` a lamp has, or -1, shape (k,).
        figures: The figures' shadows.
        spheres: The figures as spheres.
    """

    lamps: Lamps
    sky: Sky
    lattice: Lattice
    kept: Array
    probes: Probes
    sun: int
    sun_map: Shadows
    drawn: Array
    figures: Shadows
    spheres: Array

    def unbounced(self) -> Light:
        """Return it with nothing but what comes straight from lamps."""
        kept, values = self.kept.copy(), self.probes.values.copy()
        kept[:, :3] = 0.0
        values[..., :18] = 0.0
        return self._replace(kept=kept, probes=self.probes._replace(values=values))


class Lighting(NamedTuple):
    """What `light_pixels` reads of a frame.

    Attributes:
        owner: Triangle index or `NOTHING`, shape (h, w).
        at: As in `Points`.
        triangles: Corners, object id and row of `materials`, shape (m, 5).
        materials: As in `shade.Surfaces`.
        set_triangles: How many of the triangles are the set's.
        eye: Where the camera is, world metres, shape (3,).
        light: The light.
        near: Spheres that may darken each tile, shape (h / TILE, w / TILE, k).
        near_count: How many of them, shape (h / TILE, w / TILE).
    """

    owner: Array
    at: Array
    triangles: Array
    materials: Array
    set_triangles: int
    eye: Array
    light: Light
    near: Array
    near_count: Array


def lighting_of(
    points: Points,
    *,
    triangles: NDArray[np.int32],
    materials: NDArray[np.float64],
    set_triangles: int,
    eye: NDArray[np.float64],
    light: Light,
) -> Lighting:
    """Collect what `light_pixels` reads; the arguments are its attributes."""
    near, near_count = near_spheres(light.spheres, points.bounds)
    return Lighting(
        points.owner, points.at, triangles, materials, set_triangles, eye, light,
        near, near_count,
    )  # fmt: skip


def light_pixels(
    lighting: Lighting, pixels: NDArray[np.int32], lit: NDArray[np.float32]
) -> None:
    """Light some pixels.

    Args:
        lighting: What to read.
        pixels: row · w + column of each, shape (n,).
        lit: Gets illuminance (lux, linear Rec.709) of those pixels and the luminance
            that they mirror, over the share that is mirrored along the line of sight
            (`shade` knows it), shape (h, w, 6).
    """

    def some(first: int, last: int) -> None:
        kept = np.empty(lighting.light.kept.shape[1])
        _light_pixels(lighting, pixels[first:last], lit, kept)

    shared(some, len(pixels), parts=min(len(pixels) // _FEWEST, _PARTS))


@lean
def _light_pixels(lighting: Lighting, pixels: Array, lit: Array, kept: Array) -> None:
    width = lit.shape[1]
    light = lighting.light
    lattice, probes = light.lattice, light.probes
    for i in range(pixels.shape[0]):
        row = pixels[i] // width
        col = pixels[i] - row * width
        t = int(lighting.owner[row, col])
        here = lighting.at[row, col]
        p = (np.float64(here[0]), np.float64(here[1]), np.float64(here[2]))
        n = (np.float64(here[3]), np.float64(here[4]), np.float64(here[5]))
        if t < lighting.set_triangles:
            read_lattice(
                lattice.charts, lattice.sample, light.kept, t, here[6], here[7], kept
            )
        else:
            read_probes(probes.low, probes.step, probes.values, p, n, kept)
        open_share = 1.0
        number = lighting.near_count[row // TILE, col // TILE]
        if number > 0:
            near = lighting.near[row // TILE, col // TILE]
            own = lighting.triangles[t, 3]
            open_share = openness(light.spheres, near, number, own, p, n)
        m = lighting.materials[lighting.triangles[t, 4]]
        view = _towards(lighting.eye, p)
        seen = _seen(m, view, n)
        turn = 0.06711056 * col + 0.00583715 * row
        turn = 52.9829189 * (turn - np.floor(turn))
        turn -= np.floor(turn)
        out = lit[row, col]
        _add_lamps(light, p, n, view, seen, turn, open_share, kept, out)


@woven
def _towards(eye: Array, p: tuple[float, float, float]) -> tuple[float, float, float]:
    x, y, z = eye[0] - p[0], eye[1] - p[1], eye[2] - p[2]
    scale = 1.0 / np.sqrt(max(x * x + y * y + z * z, 1e-12))
    return x * scale, y * scale, z * scale


@woven
def _seen(
    m: Array, view: tuple[float, float, float], n: tuple[float, float, float]
) -> Seen:
    """Return what the lamps' light on a surface depends on, from where it is seen."""
    matter = int(m[5])
    head_on = HEAD_ON[matter]
    answer: Answer = answer_of(matter, m[3])
    nv = min(max(n[0] * view[0] + n[1] * view[1] + n[2] * view[2], 0.02), 1.0)
    gloss = along(nv, answer[0], answer[1], answer[2])
    edge = along(nv, answer[3], answer[4], answer[5])
    return (
        m[3], head_on + (1.0 - head_on) * m[4], FLATNESS[matter], nv,
        1.0 / mirrored_of(gloss, edge, answer[6], 1.0, m[4]),
        1.0 / along(nv, answer[7], answer[8], answer[9]),
    )  # fmt: skip


@woven
def _add_lamps(
    light: Light, p: tuple[float, float, float], n: tuple[float, float, float],
    view: tuple[float, float, float], seen: Seen, turn: float,
    open_share: float, kept: Array, out: Array,
) -> None:  # fmt: skip
    """Write the illuminance on a point and the luminance it mirrors."""
    lamps = light.lamps
    sun_view, sun_depth = light.sun_map
    figure_view, figure_depth = light.figures
    d0, d1, d2 = kept[0] * open_share, kept[1] * open_share, kept[2] * open_share
    g0, g1, g2 = d0 * (1.0 / np.pi), d1 * (1.0 / np.pi), d2 * (1.0 / np.pi)
    for i in range(kept.shape[0] - 3):
        share = 1.0 if i == light.sun else kept[3 + i]
        if share <= 0.003:
            continue
        factor, distance, towards = lamp_on(lamps, i, p, n)
        if factor <= 0.0:
            continue
        lux = factor * share * lamps[i, INTENSITY + 1]
        if lux >= 0.03 * d1:
            if i == light.sun:
                share = sun_share(sun_view, sun_depth, p, n)
            slot = light.drawn[i]
            if slot < 0:
                share *= open_share
            elif share > 0.003:
                share *= figure_share(
                    figure_view, figure_depth, slot, lamps[i, RADIUS], p, n, turn
                )
            if lux > 0.1 * d1 and share > 0.0:
                spread = lamps[i, RADIUS]
                if lamps[i, KIND] != SUN:
                    spread = spread / (distance + spread)
                shine = _gloss(n, view, towards, seen, spread) * factor * share
                g0 += shine * lamps[i, INTENSITY]
                g1 += shine * lamps[i, INTENSITY + 1]
                g2 += shine * lamps[i, INTENSITY + 2]
        factor *= share * _body(n, view, towards, seen)
        d0 += factor * lamps[i, INTENSITY]
        d1 += factor * lamps[i, INTENSITY + 1]
        d2 += factor * lamps[i, INTENSITY + 2]
    out[0], out[1], out[2], out[3], out[4], out[5] = d0, d1, d2, g0, g1, g2


@woven
def _body(
    n: tuple[float, float, float], view: tuple[float, float, float],
    towards: tuple[float, float, float], seen: Seen,
) -> float:  # fmt: skip
    """Return what a body gives back of a lamp over what it does of even light."""
    nl = n[0] * towards[0] + n[1] * towards[1] + n[2] * towards[2]
    half = view[0] * towards[0] + view[1] * towards[1] + view[2] * towards[2]
    nl, half = min(max(nl, 0.02), 1.0), min(max(0.5 + 0.5 * half, 0.0), 1.0)
    return matt_towards(nl, seen[3], half, seen[0], seen[2]) * seen[5]


@woven
def _gloss(
    n: tuple[float, float, float], view: tuple[float, float, float],
    towards: tuple[float, float, float], seen: Seen, spread: float,
) -> float:  # fmt: skip
    """Return the GGX lobe times visibility for a light, per steradian.

    Walter et al. 2007; visibility after Hammon 2017; a large light widens the lobe
    (Karis 2013). What is mirrored depends on the angle to the half vector: low light
    ahead shines on the dullest road. It is over what counts along the line of sight.
    """
    roughness, head_on, nv = seen[0], seen[1], seen[3]
    h0, h1, h2 = view[0] + towards[0], view[1] + towards[1], view[2] + towards[2]
    square = max(h0 * h0 + h1 * h1 + h2 * h2, 1e-12)
    nh = n[0] * h0 + n[1] * h1 + n[2] * h2
    nl = max(n[0] * towards[0] + n[1] * towards[1] + n[2] * towards[2], 0.0)
    a = min(max(roughness * roughness, 0.02) + 0.4 * spread, 1.0)
    a2 = a * a
    d = nh * nh / square * (a2 - 1.0) + 1.0
    lobe = a2 / (np.pi * d * d)
    lobe *= 0.5 / (2.0 * nl * nv * (1.0 - a) + (nl + nv) * a + 1e-6)
    here = head_on + (1.0 - head_on) * fifth(1.0 - 0.5 * np.sqrt(square))
    return lobe * here * seen[4]


@woven
def _cell(low: Array, step: Array, count: int, x: float, c: int) -> tuple[int, float]:
    """Return the cell along an axis and how far into it a coordinate lies."""
    at: float = min(max((x - low[c]) / step[c], 0.0), count - 1.0)
    cell = min(int(at), max(count - 2, 0))
    return cell, at - cell


@lean
def read_probes(
    low: Array, step: Array, values: Array, p: tuple[float, float, float],
    n: tuple[float, float, float], kept: Array,
) -> None:  # fmt: skip
    """Interpolate the probes: write illuminance on n, then each lamp's share."""
    for k in range(kept.shape[0]):
        kept[k] = 0.0
    i0, fx = _cell(low, step, values.shape[0], p[0], 0)
    j0, fy = _cell(low, step, values.shape[1], p[1], 1)
    m0, fz = _cell(low, step, values.shape[2], p[2], 2)
    side0, side1 = 0 if n[0] > 0 else 3, 6 if n[1] > 0 else 9
    side2 = 12 if n[2] > 0 else 15
    w0, w1, w2 = n[0] * n[0], n[1] * n[1], n[2] * n[2]
    for corner in range(8):
        a, b, c = corner & 1, (corner >> 1) & 1, corner >> 2
        weight = fx if a else 1.0 - fx
        weight *= fy if b else 1.0 - fy
        weight *= fz if c else 1.0 - fz
        if weight <= 0.0:
            continue
        value = values[
            min(i0 + a, values.shape[0] - 1),
            min(j0 + b, values.shape[1] - 1),
            min(m0 + c, values.shape[2] - 1),
        ]
        for k in range(3):
            lux = w0 * value[side0 + k] + w1 * value[side1 + k] + w2 * value[side2 + k]
            kept[k] += weight * lux
        for k in range(3, kept.shape[0]):
            kept[k] += weight * value[15 + k]
