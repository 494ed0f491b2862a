"""Between pictures and what the network reads and writes.

The network reads `CHANNELS` planes and writes the logarithm of what the light has to
be multiplied by. So an empty answer leaves the plain picture as it is, and texture
that is in the plain picture need not be made again.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from previz.model import Matter
from previz.render.anchored import anchored_noise
from previz.render.buffers import SKY_MATTER, Buffers
from previz.render.kernel import Array, lean, woven
from previz.render.plates import Plates
from previz.stage import FIGURE_OBJECT_BASE, MATTERS

__all__ = [
    "CHANNELS",
    "FLOOR",
    "MATTER_CODES",
    "MOST_RESIDUAL",
    "PLANES",
    "decode",
    "encode",
]

PLANES: tuple[str, ...] = (
    *("lit red", "lit green", "lit blue"),
    *("base red", "base green", "base blue"),
    *("normal right", "normal up", "normal toward"),
    *("depth", "facing", "roughness", "metalness", "rising"),
    *("glow", "sky", "pane", "moves"),
    *("edge right", "edge below"),
    *(f"matter {i}" for i in range(6)),
    *(f"noise {i}" for i in range(4)),
    *(f"coarse noise {i}" for i in range(2)),
)
"""What the planes are, in order.

Lit is the logarithm of light, depth that of metres; the normal is the camera's, rising
its share along the world's vertical; facing is its cosine to the viewer. Glow, sky,
pane (of glass, in front) and moves (a person or a prop) are 0 or 1, and so are edges:
whether the next pixel belongs to another object. Noise is anchored, in cells of a
pixel and of four.
"""

CHANNELS = len(PLANES)

FLOOR = 1.0 / 512.0
"""Light that counts as none: the logarithm is taken of light plus this."""

MOST_RESIDUAL = 4.0
"""The network's answer lies within this, e⁴ = 55 times as bright or as dark."""

_BRIGHTEST = 4096.0
_MATTER, _NOISE, _COARSE = 20, 26, 30
_COARSE_PX = 4.0
_EMITTER = MATTERS.index(Matter.EMITTER)

MATTER_CODES: MappingProxyType[Matter, int] = MappingProxyType(
    {
        Matter.PLASTER: 0b000000,
        Matter.WOOD: 0b000111,
        Matter.BRICK: 0b011001,
        Matter.TILE: 0b011110,
        Matter.STONE: 0b101010,
        Matter.ASPHALT: 0b101101,
        Matter.GROUND: 0b110011,
        Matter.GRASS: 0b110100,
        Matter.FOLIAGE: 0b001011,
        Matter.GLASS: 0b001100,
        Matter.METAL: 0b010010,
        Matter.PLASTIC: 0b010101,
        Matter.CLOTH: 0b100001,
        Matter.LEATHER: 0b100110,
        Matter.PAPER: 0b111000,
        Matter.WATER: 0b111111,
        Matter.SKIN: 0b000101,
        Matter.HAIR: 0b001110,
        Matter.EMITTER: 0b010000,
    }
)
"""Six bits that tell a matter from any other, each a plane of −1 or 1.

Weights are trained on these numbers: a new matter takes a free one, none is changed.
The sky's six planes are 0.
"""


def encode(plates: Plates) -> NDArray[np.float32]:
    """Return what the network reads of a frame, shape (`CHANNELS`, h, w).

    Light that is no number counts as none, and so does anything else.

    Args:
        plates: The frame.
    """
    seen = _sound(plates.buffers)
    out = np.empty((CHANNELS, *seen.object_id.shape), np.float32)
    matrix = np.ascontiguousarray(plates.view.world_from_camera, np.float64)
    _encode(
        plates.lit, seen.base_color, seen.normal_world, seen.depth_m, seen.roughness,
        seen.metalness, seen.object_id, seen.matter, plates.pane, _codes(), matrix,
        1.0 / plates.view.focal_px, out,
    )  # fmt: skip
    for low, high, cell_px in ((_NOISE, _COARSE, 1.0), (_COARSE, CHANNELS, _COARSE_PX)):
        anchored_noise(
            seen, plates.view, channels=high - low, seed=plates.seed,
            object_seeds=plates.object_seeds, cell_px=cell_px,
            out=out[low:high].transpose(1, 2, 0),
        )  # fmt: skip
    return out


def decode(
    lit: NDArray[np.float32], residual: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the picture that the network's answer makes of the plain one.

    `(lit + FLOOR) · exp(residual) − FLOOR`, never below 0. What is no number, in
    either, counts as 0.

    Args:
        lit: Exposed linear Rec.709, shape (h, w, 3).
        residual: The network's answer, shape (3, h, w).

    Returns:
        Exposed linear Rec.709, shape (h, w, 3).
    """
    out = np.empty(lit.shape, np.float32)
    _decode(lit, residual, out)
    return out


@lru_cache(maxsize=1)
def _codes() -> NDArray[np.float32]:
    """Return the six planes of each class of matter, shape (256, 6)."""
    codes = np.zeros((256, _NOISE - _MATTER), np.float32)
    for i, matter in enumerate(MATTERS):
        bits = (MATTER_CODES[matter] >> np.arange(codes.shape[1])) & 1
        codes[i] = 2.0 * bits - 1.0
    return codes


def _sound(seen: Buffers) -> Buffers:
    """Return buffers without what is no number; the same if there is nothing."""
    numbers = {
        name: getattr(seen, name)
        for name in ("normal_world", "base_color", "roughness", "metalness",
                     "surface_m")
    }  # fmt: skip
    # A sum is finite only where every value is, and far quicker than asking each.
    broken = [name for name, x in numbers.items() if not np.isfinite(x.sum())]
    mended = {
        name: np.nan_to_num(numbers[name], nan=0.0, posinf=0.0, neginf=0.0)
        for name in broken
    }
    if np.isnan(seen.depth_m).any():
        mended["depth_m"] = np.nan_to_num(seen.depth_m, nan=np.inf, posinf=np.inf)
    return replace(seen, **mended) if mended else seen


@woven
def _light(value: np.float32) -> np.float32:
    """Return light as a plane holds it; what is no number counts as none."""
    if not np.isfinite(value):
        value = np.float32(0.0)
    value = min(max(value, np.float32(0.0)), np.float32(_BRIGHTEST))
    log = np.log2(value + np.float32(FLOOR))
    return np.float32((log + np.float32(3.0)) * np.float32(0.25))


@lean
def _encode(
    lit: Array, base: Array, normal: Array, depth: Array, roughness: Array,
    metalness: Array, object_id: Array, matter: Array, pane: Array, codes: Array,
    m: Array, pixel: float, out: Array,
) -> None:  # fmt: skip
    height, width = object_id.shape
    for row in range(height):
        below = min(row + 1, height - 1)
        dy = (0.5 * height - (row + 0.5)) * pixel
        for col in range(width):
            right = min(col + 1, width - 1)
            dx = (col + 0.5 - 0.5 * width) * pixel
            for k in range(3):
                out[k, row, col] = _light(lit[row, col, k])
                out[3 + k, row, col] = base[row, col, k]
            n0, n1, n2 = normal[row, col, 0], normal[row, col, 1], normal[row, col, 2]
            x = m[0, 0] * n0 + m[1, 0] * n1 + m[2, 0] * n2
            y = m[0, 1] * n0 + m[1, 1] * n1 + m[2, 1] * n2
            z = m[0, 2] * n0 + m[1, 2] * n1 + m[2, 2] * n2
            out[6, row, col], out[7, row, col], out[8, row, col] = x, y, z
            kind, mine = matter[row, col], object_id[row, col]
            away = np.float32(1.0)
            if kind != SKY_MATTER:
                log = np.log2(max(depth[row, col], np.float32(0.05)))
                away = min(np.float32(0.125) * log, np.float32(1.0))
            out[9, row, col] = away
            length = np.sqrt(dx * dx + dy * dy + 1.0)
            out[10, row, col] = max((z - x * dx - y * dy) / length, 0.0)
            out[11, row, col] = roughness[row, col]
            out[12, row, col] = metalness[row, col]
            out[13, row, col] = n1
            out[14, row, col] = kind == _EMITTER
            out[15, row, col] = kind == SKY_MATTER
            out[16, row, col] = pane[row, col]
            out[17, row, col] = mine >= FIGURE_OBJECT_BASE
            out[18, row, col] = object_id[row, right] != mine
            out[19, row, col] = object_id[below, col] != mine
            for k in range(6):
                out[20 + k, row, col] = codes[kind, k]


@lean
def _decode(lit: Array, residual: Array, out: Array) -> None:
    height, width = lit.shape[0], lit.shape[1]
    floor = np.float32(FLOOR)
    for row in range(height):
        for col in range(width):
            for k in range(3):
                value, answer = lit[row, col, k], residual[k, row, col]
                if not np.isfinite(value):
                    value = np.float32(0.0)
                if not np.isfinite(answer):
                    answer = np.float32(0.0)
                made = (max(value, np.float32(0.0)) + floor) * np.exp(answer) - floor
                out[row, col, k] = max(made, np.float32(0.0))
