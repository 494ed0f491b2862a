"""Looks of light: noir on black-and-white stock, and a set modelled in clay."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.display import display
from previz.render.kernel import Array, lean
from previz.render.lens.veil import bloom
from previz.render.looks.sheet import FINE, Sheet, halved, paper_tooth, rises
from previz.render.looks.tone import lightness

__all__ = ["clay", "noir"]

_ORTHO = np.array([0.42, 0.5, 0.08], np.float32)
"""Stock behind a light orange filter: faces come out bright, blue skies dark."""

_CLAY = np.array([1.03, 1.0, 0.955], np.float32)


def noir(sheet: Sheet) -> NDArray[np.uint8]:
    """Return deep blacks, hard whites and a glow round lights.

    Blacks are let go where local exposure is low too, but never a face: skin is
    lifted before the curve.
    """
    bright = bloom(sheet.lit, share=0.22)
    grey = np.maximum(bright @ _ORTHO, 1e-5)
    tone = lightness(
        np.repeat(grey[..., None], 3, axis=2).astype(np.float32),
        middle=0.43, surroundings=0.1, detail=0.17,
    )  # fmt: skip
    # As a reflector held to them would do: most where they are darkest.
    skin = halved(sheet.is_skin.astype(np.float32))
    tone = tone + skin * (0.2 - 0.22 * tone)
    shown = 0.03 + 0.95 * rises(tone, 0.16, 0.8) ** np.float32(1.2)
    grain = paper_tooth(*shown.shape, blur=0) - np.float32(0.5)
    shown = shown + 0.06 * grain * (0.25 + shown * (1 - shown) * 3)
    value = np.clip(shown, 0, 1)[..., None] * np.array([252.0, 252.0, 249.0])
    return np.asarray(value + 0.5, np.uint8)


def clay(sheet: Sheet) -> NDArray[np.uint8]:
    """Return one matt material under the scene's light, with soft occlusion.

    `Sheet.lit` must have been lit with clay on everything.
    """
    lit = sheet.lit
    grey = (lit @ np.array([0.2126, 0.7152, 0.0722], np.float32))[..., None]
    paler = grey + (lit - grey) * np.float32(0.45)
    stops = np.log2(np.maximum(grey[..., 0], 1e-6) / 0.18)
    wanted = (lightness(lit, middle=0.5, surroundings=0.09, detail=0.15) - 0.5) / 0.15
    lift = np.exp2(0.55 * (wanted + 0.15 - stops))[..., None]
    # Brows, eyes and lips stay a shade darker, or faces would say nothing.
    dark = sheet.is_figure & (sheet.buffers.base_color @ _ORTHO < 0.08)
    kept = occlusion(sheet) * (1 - 0.5 * halved(dark.astype(np.float32)))
    return display(np.asarray(paler * lift * kept[..., None] * _CLAY, np.float32))


def occlusion(sheet: Sheet) -> NDArray[np.float32]:
    """Return how open the neighbourhood is, 1 open, shape (h, w).

    A dozen places on two rings, a hand and an arm wide, count by how far they stand
    out before the surface (Bavoil and Sainz 2009, image-space horizons, by cosine).
    """
    depth = np.ascontiguousarray(sheet.buffers.depth_m[::FINE, ::FINE])
    place = np.ascontiguousarray(sheet.buffers.position_world[::FINE, ::FINE])
    normal = np.ascontiguousarray(sheet.buffers.normal_world[::FINE, ::FINE])
    out = np.empty(depth.shape, np.float32)
    turn = 0.25 * np.pi * np.arange(16) + np.where(np.arange(16) < 8, 0.0, 0.39)
    ring = np.stack([np.sin(turn), np.cos(turn)], axis=1)
    _occlude(depth, place, normal, sheet.view.focal_px / FINE, ring, out)
    return out


@lean
def _occlude(
    depth: Array, place: Array, normal: Array, focal_px: float, ring: Array, out: Array
) -> None:
    height, width = depth.shape
    for row in range(height):
        for col in range(width):
            z = depth[row, col]
            out[row, col] = 1.0
            if not z < 1e6:
                continue
            p, n = place[row, col], normal[row, col]
            hidden = 0.0
            for k in range(16):
                wide = 0.1 if k < 8 else 0.32
                reach = min(max(wide * focal_px / z, 1.5), 0.12 * width)
                r = int(row + reach * ring[k, 0] + 0.5)
                c = int(col + reach * ring[k, 1] + 0.5)
                if not (0 <= r < height and 0 <= c < width and depth[r, c] < 1e6):
                    continue
                q = place[r, c]
                x, y, d = q[0] - p[0], q[1] - p[1], q[2] - p[2]
                away = np.sqrt(x * x + y * y + d * d) + 1e-4
                above = (x * n[0] + y * n[1] + d * n[2]) / away
                fade = max(0.0, 1.0 - away / (3.0 * wide))
                hidden += max(0.0, above - 0.08) * fade
            out[row, col] = max(0.35, 1.0 - hidden / 7.0)
