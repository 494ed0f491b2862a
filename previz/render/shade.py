"""From light to the picture: spread it over the pixels, reflect it, add the air.

Light is smooth over most of a picture, so it is worked out on a coarse grid of pixels
and spread to those between that see the same thing; where they do not, or where the
light changes fast, pixels are lit themselves. Colour and texture are each pixel's own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.gloss import (
    DIFFUSE_GAIN,
    LEAST_MATT,
    THROWN_BACK,
    Answer,
    along,
    answer_of,
    mirrored_of,
)
from previz.render.kernel import Array, lean, woven
from previz.render.lighting import Light, Lighting, light_pixels, lighting_of
from previz.render.points import FOCAL, pixel_ray, points_of
from previz.render.sky import Sky, sky_luminance
from previz.render.texture import Textures, texture_at
from previz.render.visibility import NOTHING
from previz.render.workspace import kept_array

__all__ = ["EXPOSURE", "Surfaces", "air_of", "shade"]

_COARSEST = 8
_SPREAD = {4: 0.05, 2: 0.1, 1: 0.35}
"""By which share light may differ between the pixels it is spread from, for each
distance in pixels to them."""


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


EXPOSURE, _HAZE = FOCAL + 1, FOCAL + 2


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


def shade(
    owner: NDArray[np.int32],
    surfaces: Surfaces,
    light: Light,
    textures: Textures,
    air: NDArray[np.float64],
    *,
    coarsest_px: int = _COARSEST,
) -> NDArray[np.float32]:
    """Light every pixel.

    The thread's next frame uses the memory of what is returned.

    Args:
        owner: Triangle index or `NOTHING`, shape (h, w).
        surfaces: The triangles.
        light: The light.
        textures: The unevenness of matter.
        air: As made by `air_of`.
        coarsest_px: How far apart the pixels are that are lit in any case: 1, 2, 4
            or 8.

    Returns:
        Exposed linear Rec.709, shape (h, w, 3).
    """
    points = points_of(
        owner, surfaces.points, surfaces.normals, surfaces.triangles, air
    )
    lighting = lighting_of(
        points, triangles=surfaces.triangles, materials=surfaces.materials,
        set_triangles=surfaces.set_triangles, eye=air[3:12:4].copy(), light=light,
    )  # fmt: skip
    lit = kept_array("lit", (*owner.shape, 6), np.float32)
    light_pixels(lighting, _grid(owner, coarsest_px), lit)
    step = coarsest_px // 2
    missing = kept_array("missing", (owner.size,), np.int32)
    while step:
        count = _spread(lighting, air[FOCAL], step, _SPREAD[step], lit, missing)
        light_pixels(lighting, missing[:count], lit)
        step //= 2
    out = kept_array("shown", (*owner.shape, 3), np.float32)
    _reflect(lighting, surfaces.surface, light.sky, textures, air, lit, np.empty(3),
             out)  # fmt: skip
    return out


def _grid(owner: NDArray[np.int32], step: int) -> NDArray[np.int32]:
    """Return which pixels of the coarse grid see something, row · w + column."""
    rows, cols = np.nonzero(owner[::step, ::step] != NOTHING)
    return np.asarray(rows * (step * owner.shape[1]) + cols * step, np.int32)


@lean
def _spread(
    lighting: Lighting, focal_px: float, step: int, tolerance: float, lit: Array,
    missing: Array,
) -> int:  # fmt: skip
    """Light every step-th pixel from its neighbours on the grid of twice the step.

    Returns:
        How many pixels have no neighbour that suits or too different ones; `missing`
        lists them.
    """
    owner = lighting.owner
    height, width = owner.shape
    count = 0
    for row in range(0, height, step):
        down = (row // step % 2) * step
        within = down <= row < height - down
        for col in range(0 if down else step, width, step if down else 2 * step):
            mine = owner[row, col]
            if mine == NOTHING:
                continue
            right = (col // step % 2) * step
            if (
                within
                and right <= col < width - right
                and owner[row - down, col - right] == mine
                and owner[row + down, col + right] == mine
                and owner[row - down, col + right] == mine
                and owner[row + down, col - right] == mine
            ):
                agree = _from_alike(lit, row, col, down, right, tolerance)
            else:
                agree = _from_neighbours(
                    lighting, focal_px, row, col, down, right, tolerance, lit
                )
            if not agree:
                missing[count] = row * width + col
                count += 1
    return count


@woven
def _from_alike(
    lit: Array, row: int, col: int, down: int, right: int, tolerance: float
) -> bool:
    """Do as `_from_neighbours` does where all see the same triangle.

    Two neighbours are read twice: their mean, least and most stay what they are.
    """
    a, b = lit[row - down, col - right], lit[row + down, col + right]
    c, d = lit[row - down, col + right], lit[row + down, col - right]
    least, most = (
        min(min(a[1], b[1]), min(c[1], d[1])),
        max(max(a[1], b[1]), max(c[1], d[1])),
    )
    dull, shiny = (
        min(min(a[4], b[4]), min(c[4], d[4])),
        max(max(a[4], b[4]), max(c[4], d[4])),
    )
    if most - least > tolerance * most:
        return False
    if shiny - dull > tolerance * (shiny + 0.3 * most):
        return False
    out = lit[row, col]
    quarter = np.float32(0.25)
    for k in range(6):
        out[k] = ((a[k] + b[k]) + (c[k] + d[k])) * quarter
    return True


@lean
def _from_neighbours(
    lighting: Lighting, focal_px: float, row: int, col: int, down: int, right: int,
    tolerance: float, lit: Array,
) -> bool:  # fmt: skip
    """Write the mean light of the neighbours that suit; return whether they agree.

    A neighbour that sees another triangle suits if that belongs to the same thing,
    faces about the same way and lies in about the same plane.
    """
    owner, at, triangles = lighting.owner, lighting.at, lighting.triangles
    height, width = owner.shape
    mine, p = owner[row, col], at[row, col]
    a3, a4 = triangles[mine, 3], triangles[mine, 4]
    x, y = p[0] - lighting.eye[0], p[1] - lighting.eye[1]
    z = p[2] - lighting.eye[2]
    steps = 3.0 * max(down, right) / focal_px
    limit = (x * x + y * y + z * z) * steps * steps
    found, s0, s1, s2, s3, s4, s5 = 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    least, most, dull, shiny = np.inf, 0.0, np.inf, 0.0
    for k in range(4):
        if (k & 1 and down == 0) or (k & 2 and right == 0):
            continue
        r = row + (down if k & 1 else -down)
        c = col + (right if k & 2 else -right)
        if r < 0 or c < 0 or r >= height or c >= width:
            continue
        other = owner[r, c]
        if other != mine:
            if other == NOTHING or triangles[other, 3] != a3:
                continue
            q = at[r, c]
            cosine = p[3] * q[3] + p[4] * q[4] + p[5] * q[5]
            if triangles[other, 4] != a4 or cosine < 0.93:
                continue
            apart = (q[0] - p[0]) * p[3] + (q[1] - p[1]) * p[4] + (q[2] - p[2]) * p[5]
            if apart * apart > limit:
                continue
        found += 1
        there = lit[r, c]
        k1, k4 = there[1], there[4]
        least, most = min(least, k1), max(most, k1)
        dull, shiny = min(dull, k4), max(shiny, k4)
        s0, s1, s2 = s0 + there[0], s1 + k1, s2 + there[2]
        s3, s4, s5 = s3 + there[3], s4 + k4, s5 + there[5]
    if found < (3 if down and right else 2) or most - least > tolerance * most:
        return False
    if shiny - dull > tolerance * (shiny + 0.3 * most):
        return False
    scale = 1.0 / found
    out = lit[row, col]
    out[0], out[1], out[2] = s0 * scale, s1 * scale, s2 * scale
    out[3], out[4], out[5] = s3 * scale, s4 * scale, s5 * scale
    return True


@lean
def _reflect(
    lighting: Lighting, surface: Array, sky: Sky, textures: Textures, air: Array,
    lit: Array, haze: Array, out: Array,
) -> None:  # fmt: skip
    """Turn light into the picture; what a triangle is, is read once a run of pixels."""
    height, width = lighting.owner.shape
    pixel, exposure, thick = 1.0 / air[FOCAL], air[EXPOSURE], air[_HAZE]
    eye0, eye1, eye2 = air[3], air[7], air[11]
    last, finest, flat, known = NOTHING, 0.0, 0, 0
    matter = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    answer = answer_of(0, 0.5)
    chart = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for row in range(height):
        for col in range(width):
            t = int(lighting.owner[row, col])
            shown = out[row, col]
            if t == NOTHING:
                x, y, z = pixel_ray(air, height, width, row, col)
                scale = 1.0 / np.sqrt(x * x + y * y + z * z)
                sky_luminance(sky, x * scale, y * scale, z * scale, haze)
                for c in range(3):
                    shown[c] = haze[c] * exposure
                continue
            if t != last:
                last = t
                corners = lighting.triangles[t]
                m = lighting.materials[corners[4]]
                known = int(m[5])
                finest, flat = textures.per_m[known], textures.flat[known]
                matter = (
                    m[0], m[1], m[2], m[4], m[6], m[7], m[8],
                    _matt_share(m, THROWN_BACK[known]),
                )  # fmt: skip
                answer = answer_of(known, m[3])
                chart = _chart(surface, corners, finest)
            here = lighting.at[row, col]
            x, y, z = here[0] - eye0, here[1] - eye1, here[2] - eye2
            distance = np.sqrt(x * x + y * y + z * z)
            inverse = 1.0 / max(distance, 1e-9)
            facing = -(x * here[3] + y * here[4] + z * here[5]) * inverse
            facing = min(max(facing, 0.0), 1.0)
            uneven = 1.0
            if flat > 0:
                v, w = here[6], here[7]
                uneven = texture_at(
                    textures.texel[known], textures.first, flat,
                    chart[0] + v * chart[2] + w * chart[4],
                    chart[1] + v * chart[3] + w * chart[5],
                    distance * pixel * finest / max(facing, 0.3),
                )  # fmt: skip
            light = lit[row, col]
            _turn_back(matter, answer, uneven, facing, light, exposure, shown)
            away = distance - 6.0
            if thick > 0.0 and away > 0.0:
                y = max(y * inverse, 0.0)
                sky_luminance(sky, x * inverse, y, z * inverse, haze)
                fog = 1.0 - np.exp(-away * thick)
                for c in range(3):
                    shown[c] += (haze[c] * exposure - shown[c]) * fog


@woven
def _chart(
    surface: Array, corners: Array, per_m: float
) -> tuple[float, float, float, float, float, float]:
    """Return a triangle's place in the picture of its matter, in finest texels.

    The first corner, then the ways to the second and the third.
    """
    a, b, c = surface[corners[0]], surface[corners[1]], surface[corners[2]]
    return (
        a[0] * per_m, a[1] * per_m, (b[0] - a[0]) * per_m, (b[1] - a[1]) * per_m,
        (c[0] - a[0]) * per_m, (c[1] - a[1]) * per_m,
    )  # fmt: skip


@woven
def _matt_share(m: Array, thrown_back: float) -> float:
    """Return what is left of a colour, which is all that matter reflects, by its gloss.

    So even light is reflected by the base colour, not by it and the gloss as well.
    """
    level = max((m[0] + m[1] + m[2]) / 3.0, 1e-3)
    gloss = thrown_back * (1.0 - m[4])
    return float(max((1.0 - gloss / level) / DIFFUSE_GAIN, LEAST_MATT))


@woven
def _turn_back(
    matter: tuple[float, float, float, float, float, float, float, float],
    answer: Answer, uneven: float, facing: float, light: Array, exposure: float,
    out: Array,
) -> None:  # fmt: skip
    """Write the exposed luminance of matter under some light.

    Matter is base colour, metalness, emission and the matt share of the colour.
    """
    base0, base1, base2 = matter[0] * uneven, matter[1] * uneven, matter[2] * uneven
    metal, white = matter[3], answer[6]
    gloss = along(facing, answer[0], answer[1], answer[2])
    edge = along(facing, answer[3], answer[4], answer[5])
    body = along(facing, answer[7], answer[8], answer[9])
    body *= (1.0 - metal) * (1.0 / np.pi) * matter[7]
    f0 = mirrored_of(gloss, edge, white, base0, metal)
    f1 = mirrored_of(gloss, edge, white, base1, metal)
    f2 = mirrored_of(gloss, edge, white, base2, metal)
    seen0 = light[0] * base0 * body + light[3] * f0 + matter[4]
    seen1 = light[1] * base1 * body + light[4] * f1 + matter[5]
    seen2 = light[2] * base2 * body + light[5] * f2 + matter[6]
    out[0], out[1], out[2] = seen0 * exposure, seen1 * exposure, seen2 * exposure
