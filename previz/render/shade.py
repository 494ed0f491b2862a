"""Light on what the pixels see, in one pass over the picture."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from previz.render.bake import Probes
from previz.render.buffers import weights_at
from previz.render.kernel import Array, kernel
from previz.render.lattice import Lattice, read_lattice
from previz.render.lights import SUN, Lamps, light_at
from previz.render.occluders import openness
from previz.render.shadow import Shadows, figure_share, sun_share
from previz.render.sky import Sky, sky_luminance
from previz.render.texture import Textures, texture_at
from previz.render.visibility import NOTHING

__all__ = ["Air", "Light", "Surfaces", "shade", "shade_glass"]

_TILE = 16


class Surfaces(NamedTuple):
    """The triangles of a frame as the shading reads them; see `Frame`."""

    points: Array
    normals: Array
    surface: Array
    triangles: Array
    object: Array
    material: Array
    base_color: Array
    roughness: Array
    metalness: Array
    matter: Array
    emission: Array
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
        figures: The figures' shadows of the first lamps.
        spheres: The figures as spheres.
    """

    lamps: Lamps
    sky: Sky
    lattice: Lattice
    kept: Array
    probes: Probes
    sun: int
    sun_map: Shadows
    figures: Shadows
    spheres: Array


class Air(NamedTuple):
    """The way from the world to the picture.

    Attributes:
        world_from_camera: Shape (4, 4).
        focal_px: Focal length in pixels.
        exposure: What turns cd/m² into picture values.
        haze_per_m: Share of light that a metre of air takes and gives.
    """

    world_from_camera: Array
    focal_px: float
    exposure: float
    haze_per_m: float


@kernel
def _ray(air: Air, height: int, width: int, row: int, col: int, ray: Array) -> float:
    """Write the world ray of a pixel for a depth of 1; return its length."""
    m = air.world_from_camera
    dx = (col + 0.5 - 0.5 * width) / air.focal_px
    dy = (0.5 * height - (row + 0.5)) / air.focal_px
    for c in range(3):
        ray[c] = m[c, 0] * dx + m[c, 1] * dy - m[c, 2]
    return float(np.sqrt(dx * dx + dy * dy + 1.0))


@kernel
def _read_probes(probes: Probes, p: Array, n: Array, kept: Array) -> None:
    """Interpolate the probes: write illuminance on n, then each lamp's share."""
    values = probes.values
    kept[:] = 0.0
    cell = np.empty(3, np.int64)
    at = np.empty(3)
    for c in range(3):
        x = (p[c] - probes.low[c]) / probes.step[c]
        x = min(max(x, 0.0), values.shape[c] - 1.0)
        cell[c] = min(np.int64(x), max(values.shape[c] - 2, 0))
        at[c] = x - cell[c]
    side0, side1, side2 = 0 if n[0] > 0 else 3, 6 if n[1] > 0 else 9, 12 if n[2] > 0 else 15
    w0, w1, w2 = n[0] * n[0], n[1] * n[1], n[2] * n[2]
    for corner in range(8):
        a, b, c = corner & 1, (corner >> 1) & 1, corner >> 2
        weight = at[0] if a else 1.0 - at[0]
        weight *= at[1] if b else 1.0 - at[1]
        weight *= at[2] if c else 1.0 - at[2]
        if weight <= 0.0:
            continue
        cube = values[
            min(cell[0] + a, values.shape[0] - 1),
            min(cell[1] + b, values.shape[1] - 1),
            min(cell[2] + c, values.shape[2] - 1),
        ]
        for k in range(3):
            lux = w0 * cube[side0 + k] + w1 * cube[side1 + k] + w2 * cube[side2 + k]
            kept[k] += weight * lux
        for k in range(3, kept.shape[0]):
            kept[k] += weight * cube[15 + k]


@kernel
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


@kernel
def _light_up(
    light: Light, own: int, near: Array, number: int, p: Array, n: Array,
    view: Array, roughness: float, turn: float, kept: Array, towards: Array,
    work: Array, diffuse: Array, gloss: Array,
) -> None:  # fmt: skip
    """Write the illuminance on a point and the glossy luminance for F0 = 1."""
    open_share = 1.0
    if number > 0:
        open_share = openness(light.spheres, near, number, own, p, n)
    for c in range(3):
        diffuse[c] = kept[c] * open_share
        gloss[c] = kept[c] * open_share / np.pi * (1.0 - 0.5 * roughness)
    lamps = light.lamps
    drawn = light.figures.depth.shape[0]
    for i in range(kept.shape[0] - 3):
        factor, distance = light_at(lamps, i, p, n, towards)
        if factor <= 0.0:
            continue
        share = kept[3 + i]
        if i == light.sun:
            share = sun_share(light.sun_map, p, n, work)
        if share <= 0.003:
            continue
        if i < drawn:
            share *= figure_share(
                light.figures, i, lamps.radius[i], p, n, turn, work
            )
        else:
            share *= open_share
        if share <= 0.0:
            continue
        shine = 0.0
        if roughness < 0.85:
            spread = lamps.radius[i]
            if lamps.kind[i] != SUN:
                spread = spread / (distance + spread)
            shine = _gloss(n, view, towards, roughness, spread) * factor * share
        for c in range(3):
            diffuse[c] += factor * share * lamps.intensity[i, c]
            gloss[c] += shine * lamps.intensity[i, c]


@kernel
def _near_spheres(
    spheres: Array, inverse_depth: Array, air: Air, row0: int, col0: int, near: Array,
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
    m = air.world_from_camera
    for k in range(8):
        row = row0 if k & 1 else row0 + _TILE - 1
        col = col0 if k & 2 else col0 + _TILE - 1
        depth = least if k & 4 else most
        _ray(air, height, width, row, col, ray)
        x, y = m[0, 3] + ray[0] * depth, m[1, 3] + ray[1] * depth
        z = m[2, 3] + ray[2] * depth
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


@kernel
def shade(
    owner: Array, inverse_depth: Array, surfaces: Surfaces, light: Light,
    textures: Textures, air: Air, out: Array,
) -> None:  # fmt: skip
    """Light every pixel.

    Args:
        owner: Triangle index or `NOTHING`, shape (h, w).
        inverse_depth: 1/m, shape (h, w).
        surfaces: The triangles.
        light: The light.
        textures: The unevenness of matter.
        air: Camera and exposure.
        out: Filled with exposed linear Rec.709, shape (h, w, 3), float32.
    """
    height, width = owner.shape
    ray, p, n, view = np.empty(3), np.empty(3), np.empty(3), np.empty(3)
    towards, work, rgb, gloss = np.empty(3), np.empty(3), np.empty(3), np.empty(3)
    haze = np.empty(3)
    kept = np.empty(light.kept.shape[1])
    near = np.empty(max(light.spheres.shape[0], 1), np.int64)
    for row0 in range(0, height, _TILE):
        for col0 in range(0, width, _TILE):
            number = 0
            if light.spheres.shape[0] > 0:
                number = _near_spheres(
                    light.spheres, inverse_depth, air, row0, col0, near, ray
                )
            for row in range(row0, min(row0 + _TILE, height)):
                for col in range(col0, min(col0 + _TILE, width)):
                    length = _ray(air, height, width, row, col, ray)
                    t = np.int64(owner[row, col])
                    for c in range(3):
                        view[c] = -ray[c] / length
                    if t == NOTHING or air.haze_per_m > 0.0:
                        level = view[1] if t == NOTHING else min(view[1], -0.0)
                        sky_luminance(
                            light.sky, -view[0], -level, -view[2], haze
                        )
                    if t == NOTHING:
                        for c in range(3):
                            out[row, col, c] = haze[c] * air.exposure
                        continue
                    depth = _light_pixel(
                        t, row, col, height, width, surfaces, light, textures, air,
                        near, number, ray, length, p, n, view, towards, work, kept,
                        rgb, gloss,
                    )
                    fog = 0.0
                    if air.haze_per_m > 0.0:
                        away = max(depth * length - 6.0, 0.0)
                        fog = 1.0 - np.exp(-away * air.haze_per_m)
                    for c in range(3):
                        seen = rgb[c] + (haze[c] - rgb[c]) * fog
                        out[row, col, c] = seen * air.exposure


@kernel
def _light_pixel(
    t: int, row: int, col: int, height: int, width: int, surfaces: Surfaces,
    light: Light, textures: Textures, air: Air, near: Array, number: int, ray: Array,
    length: float, p: Array, n: Array, view: Array, towards: Array, work: Array,
    kept: Array, rgb: Array, gloss: Array,
) -> float:  # fmt: skip
    """Write the luminance of one pixel into `rgb`; return its depth."""
    i, j, k = surfaces.triangles[t, 0], surfaces.triangles[t, 1], surfaces.triangles[t, 2]
    dx = (col + 0.5 - 0.5 * width) / air.focal_px
    dy = (0.5 * height - (row + 0.5)) / air.focal_px
    depth, v, w = weights_at(
        surfaces.points[i], surfaces.points[j], surfaces.points[k], dx, dy
    )
    u = 1.0 - v - w
    square, facing = 0.0, 0.0
    for c in range(3):
        n[c] = u * surfaces.normals[i, c] + v * surfaces.normals[j, c]
        n[c] += w * surfaces.normals[k, c]
        p[c] = air.world_from_camera[c, 3] + depth * ray[c]
        square += n[c] * n[c]
        facing += n[c] * view[c]
    scale = 1.0 / np.sqrt(max(square, 1e-20))
    if facing < 0.0:
        scale = -scale
    for c in range(3):
        n[c] *= scale
    facing = abs(facing * scale)
    s = surfaces.material[t]
    glow = surfaces.emission[s]
    moves = 0 if t < surfaces.set_triangles else 1
    if moves == 0:
        read_lattice(light.lattice, light.kept, t, v, w, kept)
    else:
        _read_probes(light.probes, p, n, kept)
    noise = 0.06711056 * col + 0.00583715 * row
    noise = 52.9829189 * (noise - np.floor(noise))
    roughness = float(surfaces.roughness[s])
    _light_up(
        light, surfaces.object[t], near, number, p, n, view, roughness,
        6.2831853 * (noise - np.floor(noise)), kept, towards, work, rgb, gloss,
    )  # fmt: skip
    su = u * surfaces.surface[i, 0] + v * surfaces.surface[j, 0] + w * surfaces.surface[k, 0]
    sv = u * surfaces.surface[i, 1] + v * surfaces.surface[j, 1] + w * surfaces.surface[k, 1]
    wide = depth * length / air.focal_px / max(facing, 0.3)
    uneven = texture_at(textures, surfaces.matter[s], su, sv, wide)
    metal = float(surfaces.metalness[s])
    grazing = (1.0 - min(facing, 1.0)) ** 5 * (1.0 - roughness) ** 2
    for c in range(3):
        base = surfaces.base_color[s, c] * uneven
        f0 = 0.04 + (base - 0.04) * metal
        fresnel = f0 + (1.0 - f0) * grazing
        matte = base * (1.0 - metal) * (1.0 - fresnel) / np.pi
        rgb[c] = rgb[c] * matte + gloss[c] * fresnel + glow[c]
    return depth


@kernel
def shade_glass(
    pane: Array, surfaces: Surfaces, sky: Sky, sky_enters: float, air: Air, out: Array
) -> None:
    """Lay the tint and the faint reflection of panes over the lit picture.

    Args:
        pane: Nearest glass triangle in front of all else, or `NOTHING`, (h, w).
        surfaces: The triangles.
        sky: What the glass reflects.
        sky_enters: Share of the sky that is there to be reflected.
        air: Camera and exposure.
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
            a = surfaces.triangles[t, 0]
            facing = 0.0
            for c in range(3):
                ray[c] /= length
                n[c] = surfaces.normals[a, c]
                facing += n[c] * ray[c]
            for c in range(3):
                ray[c] -= 2.0 * facing * n[c]
            # Schlick 1994 for both faces of a pane.
            mirror = 0.08 + 0.92 * (1.0 - min(abs(facing), 1.0)) ** 5
            sky_luminance(sky, ray[0], ray[1], ray[2], rgb)
            s = surfaces.material[t]
            for c in range(3):
                tint = 0.75 + 0.25 * surfaces.base_color[s, c]
                shown = out[row, col, c] * tint * (1.0 - mirror)
                out[row, col, c] = shown + rgb[c] * mirror * sky_enters * air.exposure
