"""Light on what the pixels see, in one pass over the picture."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.bake import Probes
from previz.render.buffers import weights_at
from previz.render.kernel import Array, kernel, lean, woven
from previz.render.lattice import Lattice, read_lattice
from previz.render.lights import INTENSITY, KIND, RADIUS, SUN, Lamps, light_at
from previz.render.occluders import openness
from previz.render.shadow import Shadows, figure_share, sun_share
from previz.render.sky import Sky, sky_luminance
from previz.render.texture import Textures, texture_at
from previz.render.visibility import NOTHING

__all__ = ["Light", "Surfaces", "air_of", "shade", "shade_glass"]

_TILE = 16


class Surfaces(NamedTuple):
    """The triangles of a frame as the shading reads them.

    Attributes:
        points: Camera points (x, y, depth), shape (n, 3).
        normals: Unit vertex normals, shape (n, 3).
        surface: Surface coordinates in metres, shape (n, 2).
        triangles: Three corners, object id and row of `materials`, shape (m, 5).
        materials: Base colour, roughness, metalness, matter class and emission,
            shape (k, 9).
        set_triangles: How many of the triangles are the set's.
    """

    points: Array
    normals: Array
    surface: Array
    triangles: Array
    materials: Array
    set_triangles: int


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


_FOCAL, _EXPOSURE, _HAZE = 12, 13, 14


def air_of(
    world_from_camera: NDArray[np.float64],
    *,
    focal_px: float,
    exposure: float,
    haze_per_m: float,
) -> NDArray[np.float64]:
    """Return the way from the world to the picture as the kernels read it.

    Args:
        world_from_camera: Shape (4, 4).
        focal_px: Focal length in pixels.
        exposure: What turns cd/m² into picture values.
        haze_per_m: Share of light that a metre of air takes and gives.

    Returns:
        The first three rows of the matrix, then the numbers, shape (15,).
    """
    rest = [focal_px, exposure, haze_per_m]
    return np.concatenate([world_from_camera[:3].ravel(), rest])


@woven
def _ray(air: Array, height: int, width: int, row: int, col: int, ray: Array) -> float:
    """Write the world ray of a pixel for a depth of 1; return its length."""
    dx = (col + 0.5 - 0.5 * width) / air[_FOCAL]
    dy = (0.5 * height - (row + 0.5)) / air[_FOCAL]
    for c in range(3):
        ray[c] = air[4 * c] * dx + air[4 * c + 1] * dy - air[4 * c + 2]
    return float(np.sqrt(dx * dx + dy * dy + 1.0))


@lean
def _read_probes(
    low: Array, step: Array, values: Array, p: Array, n: Array, cell: Array, at: Array,
    kept: Array,
) -> None:  # fmt: skip
    """Interpolate the probes: write illuminance on n, then each lamp's share."""
    for k in range(kept.shape[0]):
        kept[k] = 0.0
    for c in range(3):
        x = (p[c] - low[c]) / step[c]
        x = min(max(x, 0.0), values.shape[c] - 1.0)
        cell[c] = min(np.int64(x), max(values.shape[c] - 2, 0))
        at[c] = x - cell[c]
    side0, side1 = 0 if n[0] > 0 else 3, 6 if n[1] > 0 else 9
    side2 = 12 if n[2] > 0 else 15
    w0, w1, w2 = n[0] * n[0], n[1] * n[1], n[2] * n[2]
    for corner in range(8):
        a, b, c = corner & 1, (corner >> 1) & 1, corner >> 2
        weight = at[0] if a else 1.0 - at[0]
        weight *= at[1] if b else 1.0 - at[1]
        weight *= at[2] if c else 1.0 - at[2]
        if weight <= 0.0:
            continue
        i = min(cell[0] + a, values.shape[0] - 1)
        j = min(cell[1] + b, values.shape[1] - 1)
        m = min(cell[2] + c, values.shape[2] - 1)
        for k in range(3):
            lux = w0 * values[i, j, m, side0 + k] + w1 * values[i, j, m, side1 + k]
            lux += w2 * values[i, j, m, side2 + k]
            kept[k] += weight * lux
        for k in range(3, kept.shape[0]):
            kept[k] += weight * values[i, j, m, 15 + k]


@woven
def _gloss(
    n: Array, view: Array, towards: Array, roughness: float, spread: float
) -> float:
    """Return the GGX lobe times visibility for a light, per steradian.

    Walter et al. 2007; visibility after Hammon 2017; a large light widens the lobe
    (Karis 2013).
    """
    h0, h1, h2 = view[0] + towards[0], view[1] + towards[1], view[2] + towards[2]
    length = np.sqrt(max(h0 * h0 + h1 * h1 + h2 * h2, 1e-12))
    nh = (n[0] * h0 + n[1] * h1 + n[2] * h2) / length
    nl = max(n[0] * towards[0] + n[1] * towards[1] + n[2] * towards[2], 0.0)
    nv = max(n[0] * view[0] + n[1] * view[1] + n[2] * view[2], 0.02)
    sharp = max(roughness * roughness, 0.02)
    a = min(sharp + 0.4 * spread, 1.0)
    a2 = a * a
    d = nh * nh * (a2 - 1.0) + 1.0
    lobe = a2 / (np.pi * d * d)
    visible = 0.5 / (2.0 * nl * nv * (1.0 - a) + (nl + nv) * a + 1e-6)
    return lobe * visible


@woven
def _light_up(
    lamps: Array, sun: int, sun_view: Array, sun_depth: Array, drawn: Array, figure_view: Array,
    figure_depth: Array, spheres: Array, own: int, near: Array, number: int, p: Array,
    n: Array, view: Array, roughness: float, turn: float, kept: Array, towards: Array,
    diffuse: Array, gloss: Array,
) -> None:  # fmt: skip
    """Write the illuminance on a point and the glossy luminance for F0 = 1."""
    open_share = 1.0
    if number > 0:
        open_share = openness(spheres, near, number, own, p, n)
    for c in range(3):
        diffuse[c] = kept[c] * open_share
        gloss[c] = kept[c] * open_share / np.pi * (1.0 - 0.5 * roughness)
    cosine, sine = np.cos(turn), np.sin(turn)
    for i in range(kept.shape[0] - 3):
        share = 1.0 if i == sun else kept[3 + i]
        if share <= 0.003:
            continue
        factor, distance = light_at(lamps, i, p, n, towards)
        if factor <= 0.0:
            continue
        lux = factor * share * lamps[i, INTENSITY + 1]
        if lux < 0.03 * diffuse[1]:
            for c in range(3):
                diffuse[c] += factor * share * lamps[i, INTENSITY + c]
            continue
        if i == sun:
            share = sun_share(sun_view, sun_depth, p, n)
        slot = drawn[i]
        if slot < 0:
            share *= open_share
        elif share > 0.003:
            share *= figure_share(
                figure_view, figure_depth, slot, lamps[i, RADIUS], p, n, cosine, sine
            )
        shine = 0.0
        if roughness < 0.7 and lux > 0.1 * diffuse[1]:
            spread = lamps[i, RADIUS]
            if lamps[i, KIND] != SUN:
                spread = spread / (distance + spread)
            shine = _gloss(n, view, towards, roughness, spread) * factor * share
        for c in range(3):
            diffuse[c] += factor * share * lamps[i, INTENSITY + c]
            gloss[c] += shine * lamps[i, INTENSITY + c]


@lean
def _near_spheres(
    spheres: Array, inverse_depth: Array, air: Array, row0: int, col0: int, near: Array,
    ray: Array,
) -> int:  # fmt: skip
    """List the spheres that may darken a tile; return how many."""
    height, width = inverse_depth.shape
    least, most = np.inf, 0.0
    for row in range(row0, min(row0 + _TILE, height)):
        for col in range(col0, min(col0 + _TILE, width)):
            inverse = inverse_depth[row, col]
            if inverse > 0.0:
                least, most = min(least, 1.0 / inverse), max(most, 1.0 / inverse)
    if most == 0.0:
        return 0
    low0, low1, low2 = np.inf, np.inf, np.inf
    high0, high1, high2 = -np.inf, -np.inf, -np.inf
    for k in range(8):
        row = row0 if k & 1 else row0 + _TILE - 1
        col = col0 if k & 2 else col0 + _TILE - 1
        depth = least if k & 4 else most
        _ray(air, height, width, row, col, ray)
        x, y = air[3] + ray[0] * depth, air[7] + ray[1] * depth
        z = air[11] + ray[2] * depth
        low0, low1, low2 = min(low0, x), min(low1, y), min(low2, z)
        high0, high1, high2 = max(high0, x), max(high1, y), max(high2, z)
    number = 0
    for s in range(spheres.shape[0]):
        x = max(max(low0 - spheres[s, 0], spheres[s, 0] - high0), 0.0)
        y = max(max(low1 - spheres[s, 1], spheres[s, 1] - high1), 0.0)
        z = max(max(low2 - spheres[s, 2], spheres[s, 2] - high2), 0.0)
        reach = 5.0 * spheres[s, 3]
        if x * x + y * y + z * z < reach * reach and number < near.shape[0]:
            near[number] = s
            number += 1
    return number


def shade(
    owner: NDArray[np.int32],
    inverse_depth: NDArray[np.float32],
    surfaces: Surfaces,
    light: Light,
    textures: Textures,
    air: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Light every pixel.

    Args:
        owner: Triangle index or `NOTHING`, shape (h, w).
        inverse_depth: 1/m, shape (h, w).
        surfaces: The triangles.
        light: The light.
        textures: The unevenness of matter.
        air: As made by `air_of`.

    Returns:
        Exposed linear Rec.709, shape (h, w, 3).
    """
    out = np.empty((*owner.shape, 3), np.float32)
    _shade(
        owner, inverse_depth, *surfaces, light.lamps, light.sky, light.lattice.charts,
        light.lattice.sample, light.kept, *light.probes, light.sun, *light.sun_map,
        light.drawn, *light.figures, light.spheres, *textures, air, np.empty((9, 3)),
        np.empty(3, np.int64), np.empty(max(len(light.spheres), 1), np.int64),
        np.empty(light.kept.shape[1]), out,
    )  # fmt: skip
    return out


@lean
def _shade(
    owner: Array, inverse_depth: Array, points: Array, normals: Array, surface: Array,
    triangles: Array, materials: Array, set_triangles: int, lamps: Array, sky: Array,
    charts: Array, sample: Array, set_light: Array, low: Array, step: Array,
    probe_light: Array, sun: int, sun_view: Array, sun_depth: Array,
    drawn: Array, figure_view: Array, figure_depth: Array, spheres: Array, texel: Array,
    first: Array, period_m: Array, air: Array, scratch: Array, cell: Array, near: Array,
    kept: Array, out: Array,
) -> None:  # fmt: skip
    height, width = owner.shape
    ray, p, n, view = scratch[0], scratch[1], scratch[2], scratch[3]
    towards, work, rgb, gloss = scratch[4], scratch[5], scratch[6], scratch[7]
    haze = scratch[8]
    for row0 in range(0, height, _TILE):
        for col0 in range(0, width, _TILE):
            number = 0
            if spheres.shape[0] > 0:
                number = _near_spheres(
                    spheres, inverse_depth, air, row0, col0, near, ray
                )
            for row in range(row0, min(row0 + _TILE, height)):
                for col in range(col0, min(col0 + _TILE, width)):
                    length = _ray(air, height, width, row, col, ray)
                    t = np.int64(owner[row, col])
                    for c in range(3):
                        view[c] = -ray[c] / length
                    if t == NOTHING:
                        sky_luminance(sky, -view[0], -view[1], -view[2], haze)
                        for c in range(3):
                            out[row, col, c] = haze[c] * air[_EXPOSURE]
                        continue
                    a, b, d = triangles[t, 0], triangles[t, 1], triangles[t, 2]
                    dx = (col + 0.5 - 0.5 * width) / air[_FOCAL]
                    dy = (0.5 * height - (row + 0.5)) / air[_FOCAL]
                    depth, v, w = weights_at(points, a, b, d, dx, dy)
                    facing = _face(normals, a, b, d, v, w, ray, depth, view, air, p, n)
                    if t < set_triangles:
                        read_lattice(charts, sample, set_light, t, v, w, kept)
                    else:
                        _read_probes(low, step, probe_light, p, n, cell, work, kept)
                    noise = 0.06711056 * col + 0.00583715 * row
                    noise = 52.9829189 * (noise - np.floor(noise))
                    turn = 6.2831853 * (noise - np.floor(noise))
                    s = triangles[t, 4]
                    roughness = materials[s, 3]
                    _light_up(
                        lamps,
                        sun,
                        sun_view,
                        sun_depth,
                        drawn,
                        figure_view,
                        figure_depth,
                        spheres,
                        triangles[t, 3],
                        near,
                        number,
                        p,
                        n,
                        view,
                        roughness,
                        turn,
                        kept,
                        towards,
                        rgb,
                        gloss,
                    )
                    u = 1.0 - v - w
                    x = u * surface[a, 0] + v * surface[b, 0] + w * surface[d, 0]
                    y = u * surface[a, 1] + v * surface[b, 1] + w * surface[d, 1]
                    wide = depth * length / air[_FOCAL] / max(facing, 0.3)
                    matter = np.int64(materials[s, 5])
                    uneven = texture_at(texel, first, period_m, matter, x, y, wide)
                    _reflect(materials, s, uneven, facing, rgb, gloss)
                    fog = 0.0
                    if air[_HAZE] > 0.0:
                        sky_luminance(sky, -view[0], max(-view[1], 0.0), -view[2], haze)
                        away = max(depth * length - 6.0, 0.0)
                        fog = 1.0 - np.exp(-away * air[_HAZE])
                    for c in range(3):
                        seen = rgb[c] + (haze[c] - rgb[c]) * fog
                        out[row, col, c] = seen * air[_EXPOSURE]


@woven
def _face(
    normals: Array, a: int, b: int, d: int, v: float, w: float, ray: Array,
    depth: float, view: Array, air: Array, p: Array, n: Array,
) -> float:  # fmt: skip
    """Write the point seen and its normal towards the viewer; return their cosine."""
    u = 1.0 - v - w
    square, facing = 0.0, 0.0
    for c in range(3):
        n[c] = u * normals[a, c] + v * normals[b, c] + w * normals[d, c]
        p[c] = air[4 * c + 3] + depth * ray[c]
        square += n[c] * n[c]
        facing += n[c] * view[c]
    scale = 1.0 / np.sqrt(max(square, 1e-20))
    if facing < 0.0:
        scale = -scale
    for c in range(3):
        n[c] *= scale
    return abs(facing * scale)


@woven
def _reflect(
    materials: Array, s: int, uneven: float, facing: float, rgb: Array, gloss: Array
) -> None:
    """Turn illuminance and gloss into luminance, in `rgb`."""
    roughness, metal = materials[s, 3], materials[s, 4]
    edge = 1.0 - min(facing, 1.0)
    smooth = 1.0 - roughness
    grazing = edge * edge * edge * edge * edge * smooth * smooth
    for c in range(3):
        base = materials[s, c] * uneven
        f0 = 0.04 + (base - 0.04) * metal
        fresnel = f0 + (1.0 - f0) * grazing
        matte = base * (1.0 - metal) * (1.0 - fresnel) / np.pi
        rgb[c] = rgb[c] * matte + gloss[c] * fresnel + materials[s, 6 + c]


@kernel
def shade_glass(
    pane: Array, normals: Array, triangles: Array, materials: Array, sky: Array,
    sky_enters: float, air: Array, out: Array,
) -> None:  # fmt: skip
    """Lay the tint and the faint reflection of panes over the lit picture.

    Args:
        pane: Nearest glass triangle in front of all else, or `NOTHING`, (h, w).
        normals: As in `Surfaces`.
        triangles: As in `Surfaces`.
        materials: As in `Surfaces`.
        sky: What the glass reflects.
        sky_enters: Share of the sky that is there to be reflected.
        air: As made by `air_of`.
        out: The picture, changed in place, shape (h, w, 3).
    """
    height, width = pane.shape
    ray, n, rgb = np.empty(3), np.empty(3), np.empty(3)
    for row in range(height):
        for col in range(width):
            t = np.int64(pane[row, col])
            if t == NOTHING:
                continue
            length = _ray(air, height, width, row, col, ray)
            a = triangles[t, 0]
            facing = 0.0
            for c in range(3):
                ray[c] /= length
                n[c] = normals[a, c]
                facing += n[c] * ray[c]
            for c in range(3):
                ray[c] -= 2.0 * facing * n[c]
            # Schlick 1994 for both faces of a pane.
            mirror = 0.08 + 0.92 * (1.0 - min(abs(facing), 1.0)) ** 5
            sky_luminance(sky, ray[0], ray[1], ray[2], rgb)
            s = triangles[t, 4]
            for c in range(3):
                tint = 0.75 + 0.25 * materials[s, c]
                shown = out[row, col, c] * tint * (1.0 - mirror)
                out[row, col, c] = shown + rgb[c] * mirror * sky_enters * air[_EXPOSURE]
