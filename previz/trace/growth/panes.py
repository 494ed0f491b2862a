"""Windows of fronts: lit rooms behind some by night, the sky in all of them by day.

Blocking paints a lit window evenly and hangs glass before a wall. Here a lit one shows
its room (curtains, a lamp, what stands below), as bright in all, and a dark one is a
dark mirror that is not quite even.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.model import Matter
from previz.stage import MATTERS, Geometry
from previz.trace.growth.chance import Keys, share, ways
from previz.trace.growth.cloud import Cloud, Points, patch_of, unit
from previz.trace.growth.eye import Eye
from previz.trace.order import Patch

__all__ = ["FRONTS", "panes_of"]

FRONTS = (
    "facade", "house", "modern-front", "classical-front", "church-front",
    "picture-house", "roadside-store",
)  # fmt: skip
"""Kinds of set pieces whose windows show no room of the set."""
_LIT, _GLASS = MATTERS.index(Matter.EMITTER), MATTERS.index(Matter.GLASS)
_ACROSS, _UP = 11, 13
_LEAST_PX = 5.0
_BRIGHTEST = 60.0
"""Luminance in cd/m² above which something is a lamp and no window."""
_DEEP = 0.02
"""How much of the light a dark room gives back."""


class _Windows(NamedTuple):
    """Windows with four corners, from below left, counter-clockwise.

    Attributes:
        first: One triangle of each, shape (n,).
        second: The other, shape (n,).
        corners: World metres, shape (n, 4, 3).
        out: Unit normals, shape (n, 3).
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    corners: Points
    out: Points


def panes_of(
    geometry: Geometry, chosen: NDArray[np.int64], *, keys: Keys, eye: Eye
) -> tuple[list[Patch], NDArray[np.int64]]:
    """Return windows, and the triangles that they replace.

    Args:
        geometry: In the world.
        chosen: Triangles of fronts, shape (t,).
        keys: Of each triangle, shape (t,).
        eye: Who sees them.
    """
    table, rows = geometry.materials, geometry.triangle_material[chosen]
    matter, shine = table.matter[rows], table.emission[rows].max(axis=1)
    lit = (matter == _LIT) & (shine > 0) & (shine < _BRIGHTEST)
    patches: list[Patch] = []
    dark = _seen(_windows(geometry, chosen[(matter == _GLASS) & (shine == 0)]), eye)
    if len(dark.first):
        own = keys[np.searchsorted(chosen, dark.first)]
        patches.append(patch_of(_mirrors(dark, own), matter="pane", roughness=0.06))
    rooms = _seen(_windows(geometry, chosen[lit]), eye)
    tones = table.base_color[geometry.triangle_material[rooms.first]].round(3)
    for tone in np.unique(tones, axis=0):
        some = _only(rooms, (tones == tone).all(axis=1))
        own = keys[np.searchsorted(chosen, some.first)]
        red, green, blue = tone.tolist()
        patches.append(
            patch_of(_rooms(geometry, some, own), matter="lit pane", roughness=0.06,
                     shines=True, color=(red, green, blue))
        )  # fmt: skip
    gone = np.concatenate([dark.first, dark.second, rooms.first, rooms.second])
    return patches, gone


def _seen(windows: _Windows, eye: Eye) -> _Windows:
    """Return the windows that are in view, and large enough to look into."""
    middle, high = windows.corners.mean(axis=1), _span(windows, 3)
    large = high / eye.pixels_m(middle, high) > _LEAST_PX
    return _only(windows, large & eye.sees(middle, high))


def _only(windows: _Windows, seen: NDArray[np.bool_]) -> _Windows:
    first, second, corners, out = windows
    return _Windows(first[seen], second[seen], corners[seen], out[seen])


def _span(windows: _Windows, corner: int) -> Points:
    return np.asarray(
        np.linalg.norm(windows.corners[:, corner] - windows.corners[:, 0], axis=1)
    )


def _windows(geometry: Geometry, chosen: NDArray[np.int64]) -> _Windows:
    """Return upright rectangles among triangles: pairs (a, b, c) and (a, c, d)."""
    t = geometry.triangles[chosen].astype(np.int64)
    many = len(geometry.positions) + 1
    _, one, two = np.intersect1d(
        t[:, 0] * many + t[:, 2], t[:, 0] * many + t[:, 1], return_indices=True
    )
    order = np.argsort(one)
    one, two = one[order], two[order]
    index = np.concatenate([t[one], t[two][:, 2:]], axis=1)
    corners = geometry.positions[index].astype(np.float64)
    across, up = corners[:, 1] - corners[:, 0], corners[:, 3] - corners[:, 0]
    out = unit(np.cross(across, up))
    upright = (np.abs(out[:, 1]) < 0.1) & (up[:, 1] > 0.2)
    return _Windows(
        chosen[one][upright], chosen[two][upright], corners[upright], out[upright]
    )


def _grid(windows: _Windows, normals: Points, colors: Points) -> Cloud:
    """Return windows as grids; normals and colours of shape (n, up, across, 3)."""
    u, v = np.linspace(0, 1, _ACROSS), np.linspace(0, 1, _UP)[:, None]
    weights = np.stack([(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v], axis=-1)
    positions = np.einsum("vuc,ncx->nvux", weights, windows.corners)
    wide, high = _span(windows, 1), _span(windows, 3)
    flat = np.stack(np.broadcast_arrays(u, v), axis=-1)
    size = np.stack([wide, high], axis=1)[:, None, None]
    corner = (np.arange(_UP - 1)[:, None] * _ACROSS + np.arange(_ACROSS - 1)).ravel()
    square = [[0, 1, _ACROSS + 1], [0, _ACROSS + 1, _ACROSS]]
    faces = (corner[:, None, None] + np.array(square)).reshape(-1, 3)
    first = np.arange(len(wide))[:, None, None] * (_UP * _ACROSS)
    return Cloud(
        positions=positions.reshape(-1, 3),
        normals=unit(normals.reshape(-1, 3)),
        coordinates=(flat * size).reshape(-1, 2),
        colors=colors.reshape(-1, 3),
        triangles=(first + faces).reshape(-1, 3),
    )


def _mirrors(windows: _Windows, keys: Keys) -> Cloud:
    """Return dark panes, each a little askew and bent."""
    u = np.linspace(-1, 1, _ACROSS)[None, None, :]
    v = np.linspace(-1, 1, _UP)[None, :, None]
    bend = [(share(keys, k) - 0.5)[:, None, None] for k in range(4)]
    waves = 0.02 * (bend[0] * u + bend[1] * v + bend[2] * u * v + bend[3] * v**3)
    lean = 0.006 * ways(keys, 0)[:, None, None]
    normals = windows.out[:, None, None] + lean
    up = np.array([0.0, 1.0, 0.0])
    side = np.cross(up, windows.out)[:, None, None]
    normals = normals + waves[..., None] * (side + 0.7 * up)
    tone = _DEEP * (0.5 + share(keys, 5))[:, None, None, None]
    return _grid(windows, normals, np.broadcast_to(tone, normals.shape))


def _rooms(geometry: Geometry, windows: _Windows, keys: Keys) -> Cloud:
    """Return lit panes, each as bright in all as it was."""
    row = geometry.triangle_material[windows.first]
    light = geometry.materials.emission[row].astype(np.float64)
    picture = _room(keys, _span(windows, 3) > 1.15 * _span(windows, 1))
    mean = picture.mean(axis=(1, 2), keepdims=True)
    colors = light[:, None, None] * picture / mean.mean(axis=3, keepdims=True)
    normals = np.broadcast_to(windows.out[:, None, None], colors.shape)
    return _grid(windows, normals, colors)


def _room(keys: Keys, tall: NDArray[np.bool_]) -> Points:
    """Return what lit windows show, relative light, shape (n, up, across, 3)."""
    u = np.linspace(0, 1, _ACROSS)[None, None, :]
    v = np.linspace(0, 1, _UP)[None, :, None]
    a, b, c, d, e, f, g = (share(keys, k)[:, None, None] for k in range(10, 17))
    whole = np.where(tall, 1.0, 0.35)[:, None, None]
    glow = 0.75 + whole * 0.5 * (v - 0.4)
    lamp = np.exp(-((u - a) ** 2 + (v - 0.55 - 0.3 * b) ** 2) / 0.05)
    glow = glow + np.where(c < 0.6, 1.3, 0.2) * whole * lamp
    stands = (v < 0.12 + 0.3 * d) & (np.abs(u - e) < 0.12 + 0.15 * f)
    glow = np.where(stands & (tall[:, None, None]), 0.25 * glow, glow)
    # Curtains at the sides, with folds, warmer than the room.
    hung = np.where(g < 0.7, 0.12 + 0.22 * f, 0.0)
    cloth = np.clip((hung - np.minimum(u, 1 - u)) / 0.1 + 0.5, 0.0, 1.0) * (hung > 0)
    folds = 0.5 + 0.12 * np.sin(40.0 * u + 6.0 * d)
    glow = glow * (1 - cloth) + folds * cloth
    warm = np.array([0.12, -0.02, -0.22])
    return np.asarray(glow[..., None] * (1.0 + cloth[..., None] * warm))
