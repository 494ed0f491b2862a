"""A rival of the preview: a few paths a pixel through embree, then a fast denoiser.

It starts from the preview's own buffers, so its first hit costs nothing but them; its
lamps, sky and level are the preview's. Figures move, so its tree is built anew for
every picture, as embreex cannot move a part of one. Glass is looked through.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.anchored import View
from previz.render.buffers import SKY_MATTER, Buffers
from previz.render.color import exposure_scale
from previz.render.frame import GLASS
from previz.render.kernel import kernel, woven
from previz.render.lights import (
    AREA,
    HALF_U,
    HALF_V,
    INTENSITY,
    KIND,
    PLACE,
    RADIUS,
    SUN,
    lamp_on,
    lamps_of,
    sky_of,
    white_balance_of,
    windows_are_lamps,
)
from previz.render.sky import sky_luminance
from previz.render.texture import matter_textures, texture_at
from previz.stage import Geometry, StageState

__all__ = ["EmbreePaths", "denoised_fast", "textured"]

_LAMPS, _BOUNCES = 64, 3
_LIFT_M = 0.004
_FAR_M = 1e6


def textured(buffers: Buffers, view: View) -> Buffers:
    """Return buffers whose base colours have their matter's texture, as the preview's.

    Args:
        buffers: What each pixel sees.
        view: From where.
    """
    known, color = matter_textures(), np.zeros_like(buffers.base_color)
    _paint(
        buffers.surface_m, buffers.position_world, buffers.normal_world, buffers.matter,
        buffers.base_color, np.ascontiguousarray(view.world_from_camera[:3, 3]),
        1.0 / view.focal_px, known.texel, known.first, known.per_m, known.flat, color,
    )  # fmt: skip
    return replace(buffers, base_color=color)


class _Solid(NamedTuple):
    """What stops light: corners (m, 3, 3), colours (m, 3), unit normals (m, 3)."""

    corners: NDArray[np.float32]
    albedo: NDArray[np.float64]
    normal: NDArray[np.float64]


def _solid(geometry: Geometry) -> _Solid:
    table, row = geometry.materials, geometry.triangle_material
    opaque = (table.matter[row] != GLASS) & ~(table.emission[row].sum(axis=1) > 0)
    corners = geometry.positions[geometry.triangles[opaque]].astype(np.float32)
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-12)
    albedo = table.base_color[row[opaque]].astype(np.float64)
    return _Solid(corners, albedo, (across / length).astype(np.float64))


class EmbreePaths:
    """Pictures of one scene by a few paths a pixel.

    Args:
        stage: The scene's stage.
        samples: Paths a pixel.
    """

    def __init__(self, stage: Any, *, samples: int = 1) -> None:
        scene = stage.scene
        balance = white_balance_of(scene)
        self._still = _solid(stage.set_geometry)
        self._lamps = lamps_of(
            scene.lights, center=np.array([0.0, 1.2, 0.0]), limit=_LAMPS,
            white_balance_k=balance,
        )  # fmt: skip
        self._sky = sky_of(scene.lights, white_balance_k=balance)
        self._sky_enters = not windows_are_lamps(scene.lights)
        self._scale = exposure_scale(scene.exposure_ev100)
        self.samples = samples

    def linear(
        self, state: StageState, buffers: Buffers, glow: NDArray[np.float32], *,
        seed: int = 0,
    ) -> NDArray[np.float32]:  # fmt: skip
        """Return the exposed picture in linear Rec.709, denoised, shape (h, w, 3).

        Args:
            state: The frame.
            buffers: Of the frame.
            glow: What shines by itself, exposed, where no opaque surface is seen.
            seed: Of the paths.
        """
        solid = self._solids(state)
        tree = _tree(solid.corners)
        shape = buffers.depth_m.shape
        seen = np.isfinite(buffers.depth_m).ravel()
        place = buffers.position_world.reshape(-1, 3)[seen].astype(np.float64)
        normal = buffers.normal_world.reshape(-1, 3)[seen].astype(np.float64)
        light = np.zeros((len(place), 3))
        rng = np.random.default_rng(seed)
        for _ in range(self.samples):
            light += self._paths(tree, solid, place, normal, rng)
        lit = glow.reshape(-1, 3).astype(np.float64).copy()
        base = buffers.base_color.reshape(-1, 3)[seen]
        scale = self._scale / (np.pi * self.samples)
        own = lit[seen].max(axis=1, keepdims=True) > 0
        lit[seen] = np.where(own, lit[seen], base * light * scale)
        return denoised_fast(lit.reshape(*shape, 3), buffers)

    def _solids(self, state: StageState) -> _Solid:
        moving = _solid(state.moving)
        return _Solid(
            *(np.concatenate(pair) for pair in zip(self._still, moving, strict=True))
        )

    def _paths(
        self, tree: Any, solid: _Solid, place: NDArray[np.float64],
        normal: NDArray[np.float64], rng: np.random.Generator,
    ) -> NDArray[np.float64]:  # fmt: skip
        """Return one estimate of the light that falls on each place, lux, (n, 3)."""
        out = np.zeros_like(place)
        carried = np.ones_like(place)
        alive = np.arange(len(place))
        for bounce in range(_BOUNCES + 1):
            at = place + _LIFT_M * normal
            out[alive] += carried * self._from_lamps(tree, at, normal, rng)
            if bounce == _BOUNCES or len(at) == 0:
                break
            way = _cosine(normal, rng)
            hit = tree.run(at.astype(np.float32), way.astype(np.float32), output=True)
            which = hit["primID"]
            met = which >= 0
            if self._sky_enters:
                sky = np.empty((int((~met).sum()), 3))
                _skies(self._sky, way[~met], sky)
                out[alive[~met]] += np.pi * carried[~met] * sky
            alive, which, way = alive[met], which[met], way[met]
            place = at[met] + way * hit["tfar"][met, None].astype(np.float64)
            normal = solid.normal[which]
            normal = np.where((normal * way).sum(1, keepdims=True) > 0, -normal, normal)
            # What falls on a surface leaves it times its colour; both π cancel.
            carried = carried[met] * solid.albedo[which]
        return out

    def _from_lamps(
        self, tree: Any, at: NDArray[np.float64], normal: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> NDArray[np.float64]:  # fmt: skip
        """Return the light of one lamp a place, drawn by what each would give."""
        if len(self._lamps) == 0 or len(at) == 0:
            return np.zeros_like(at)
        lux, way, distance = np.empty_like(at), np.empty_like(at), np.empty(len(at))
        _draw_lamps(self._lamps, at, normal, rng.random((len(at), 3)), lux, way,
                    distance)  # fmt: skip
        free = tree.run(
            at.astype(np.float32), way.astype(np.float32), query="OCCLUDED",
            dists=(distance - 2 * _LIFT_M).astype(np.float32),
        )  # fmt: skip
        return lux * (np.asarray(free)[:, None] < 0)


def _tree(corners: NDArray[np.float32]) -> Any:
    from embreex.mesh_construction import TriangleMesh
    from embreex.rtcore_scene import EmbreeScene

    tree = EmbreeScene()
    TriangleMesh(tree, np.ascontiguousarray(corners))
    return tree


def _cosine(normal: NDArray[np.float64], rng: np.random.Generator) -> Any:
    """Return directions round normals, as likely as their cosine, shape (n, 3)."""
    ball = rng.standard_normal(normal.shape)
    ball /= np.linalg.norm(ball, axis=1, keepdims=True)
    way = normal + ball * (1 - 1e-6)
    return way / np.linalg.norm(way, axis=1, keepdims=True)


@kernel
def _paint(
    surface: Any, place: Any, normal: Any, matter: Any, base: Any, eye: Any,
    pixel: float, texels: Any, first: Any, per_m: Any, flat: Any, out: Any,
) -> None:  # fmt: skip
    for row in range(matter.shape[0]):
        for col in range(matter.shape[1]):
            kind = int(matter[row, col])
            if kind == SKY_MATTER:
                continue
            uneven = 1.0
            if flat[kind] > 0:
                x = place[row, col, 0] - eye[0]
                y = place[row, col, 1] - eye[1]
                z = place[row, col, 2] - eye[2]
                n = normal[row, col]
                away = np.sqrt(x * x + y * y + z * z)
                facing = abs(x * n[0] + y * n[1] + z * n[2]) / max(away, 1e-9)
                finest = per_m[kind]
                uneven = texture_at(
                    texels[kind], first, flat[kind], surface[row, col, 0] * finest,
                    surface[row, col, 1] * finest,
                    away * pixel * finest / max(facing, 0.3),
                )  # fmt: skip
            for c in range(3):
                out[row, col, c] = base[row, col, c] * uneven


@kernel
def _skies(sky: Any, ways: Any, out: Any) -> None:
    for i in range(ways.shape[0]):
        sky_luminance(sky, ways[i, 0], ways[i, 1], ways[i, 2], out[i])


@woven
def _spot_on(
    lamps: Any, k: int, p: Any, towards: Any, far: float, s: float, t: float
) -> Any:
    """Return the way from a place to a spot on a lamp, metres."""
    u, v = 2.0 * s - 1.0, 2.0 * t - 1.0
    a, b, c = towards[0] * far, towards[1] * far, towards[2] * far
    if lamps[k, KIND] == AREA:
        a = lamps[k, PLACE] + u * lamps[k, HALF_U] + v * lamps[k, HALF_V] - p[0]
        b = lamps[k, PLACE + 1] - p[1]
        b += u * lamps[k, HALF_U + 1] + v * lamps[k, HALF_V + 1]
        c = lamps[k, PLACE + 2] - p[2]
        c += u * lamps[k, HALF_U + 2] + v * lamps[k, HALF_V + 2]
    elif lamps[k, KIND] == SUN:
        blur = lamps[k, RADIUS] * far * 0.5
        a, b, c = a + u * blur, b + v * blur, c - u * blur
    return a, b, c


@kernel
def _draw_lamps(
    lamps: Any, at: Any, normal: Any, dice: Any, lux: Any, way: Any, distance: Any
) -> None:
    """Draw a lamp for each place by what it would give, and a spot on it.

    Args:
        lamps: The lamps.
        at: Places, shape (n, 3).
        normal: Their unit normals, shape (n, 3).
        dice: Even chance from 0 to 1, shape (n, 3).
        lux: Filled with the light over the chance of its draw, shape (n, 3).
        way: Filled with the unit direction of the spot, shape (n, 3).
        distance: Filled with how far the spot is, metres, shape (n,).
    """
    share = np.empty(lamps.shape[0])
    for i in range(at.shape[0]):
        p = (at[i, 0], at[i, 1], at[i, 2])
        n = (normal[i, 0], normal[i, 1], normal[i, 2])
        total = 0.0
        for k in range(lamps.shape[0]):
            factor, _, _ = lamp_on(lamps, k, p, n)
            total += factor * lamps[k, INTENSITY + 1]
            share[k] = total
        lux[i, :] = 0.0
        way[i, 0], way[i, 1], way[i, 2], distance[i] = 0.0, 1.0, 0.0, 1.0
        if total <= 0.0:
            continue
        drawn = dice[i, 0] * total
        k = 0
        while k < lamps.shape[0] - 1 and share[k] <= drawn:
            k += 1
        factor, far, towards = lamp_on(lamps, k, p, n)
        chance = factor * lamps[k, INTENSITY + 1] / total
        if chance <= 0.0:
            continue
        for c in range(3):
            lux[i, c] = factor * lamps[k, INTENSITY + c] / chance
        t0, t1, t2 = _spot_on(lamps, k, p, towards, far, dice[i, 1], dice[i, 2])
        length = np.sqrt(t0 * t0 + t1 * t1 + t2 * t2)
        way[i, 0], way[i, 1], way[i, 2] = t0 / length, t1 / length, t2 / length
        distance[i] = min(length, 1e6)


def denoised_fast(light: NDArray[np.float64], buffers: Buffers) -> NDArray[np.float32]:
    """Return light through Open Image Denoise at its fast quality."""
    import pyoidn

    device = _device()
    images = {
        "color": np.ascontiguousarray(light, np.float32),
        "albedo": np.ascontiguousarray(buffers.base_color, np.float32),
        "normal": np.ascontiguousarray(buffers.normal_world, np.float32),
    }
    out = np.empty_like(images["color"])
    with pyoidn.Filter(device, pyoidn.OIDN_FILTER_TYPE_RT) as work:
        for name, image in (*images.items(), ("output", out)):
            work.set_image(name, image, pyoidn.OIDN_FORMAT_FLOAT3)
        work.set_bool("hdr", value=True)
        work.set_bool("cleanAux", value=True)
        work.set_quality(pyoidn.OIDN_QUALITY_FAST)
        work.commit()
        work.execute()
    return np.maximum(out, 0.0)


@cache
def _device() -> Any:
    import pyoidn

    device = pyoidn.Device()
    device.commit()
    return device
