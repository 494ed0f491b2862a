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
    "NOISE_PLANES",
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

NOISE_PLANES = frozenset(name for name in PLANES if "noise" in name)
"""Those of anchored noise."""

FLOOR = 1.0 / 512.0
"""Light that counts as none: the logarithm is taken of light plus this."""

MOST_RESIDUAL = 4.0
"""The network's answer lies within this, e⁴ = 55 times as bright or as dark."""

_BRIGHTEST = 4096.0
_MATTER, _NOISE, _COARSE = 20, 26, 30
_COARSE_PX = 4.0
_HUGE = np.float32(3e38)
_C = tuple(
    np.float32(c)
    for c in (1.44191703, -0.709096393, 0.415605921, -0.193575556, 0.0451489957)
)
"""Of the logarithm: least greatest error for five coefficients that sum to 1."""
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


def encode(
    plates: Plates, *, noise: bool = True, out: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """Return what the network reads of a frame, shape (`CHANNELS`, h, w).

    Light that is no number counts as none, and so does anything else.

    Args:
        plates: The frame.
        noise: Whether the planes of noise are made; else they are 0.
        out: Where to write it.
    """
    seen = _sound(plates.buffers)
    if out is None:
        out = np.empty((CHANNELS, *seen.object_id.shape), np.float32)
    matrix = np.ascontiguousarray(plates.view.world_from_camera, np.float32)
    _encode(
        plates.lit, seen.base_color, seen.normal_world, seen.depth_m, seen.roughness,
        seen.metalness, seen.object_id, seen.matter, plates.pane, _codes(), matrix,
        np.float32(1.0 / plates.view.focal_px), out, out.view(np.int32),
    )  # fmt: skip
    if not noise:
        out[_NOISE:] = 0.0
        return out
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


@lean
def _encode(
    lit: Array, base: Array, normal: Array, depth: Array, roughness: Array,
    metalness: Array, object_id: Array, matter: Array, pane: Array, codes: Array,
    m: Array, pixel: np.float32, out: Array, bits: Array,
) -> None:  # fmt: skip
    # Plane after plane along a row, without a branch: so that it is vectorised.
    height, width = object_id.shape
    for row in range(height):
        for k in range(3):
            for col in range(width):
                out[3 + k, row, col] = base[row, col, k]
                value = lit[row, col, k]
                value = value if abs(value) <= _HUGE else np.float32(0.0)
                value = min(max(value, np.float32(0.0)), np.float32(_BRIGHTEST))
                out[k, row, col] = value + np.float32(FLOOR)
            _log2(out[k, row], bits[k, row])
            for col in range(width):
                log = out[k, row, col]
                out[k, row, col] = (log + np.float32(3.0)) * np.float32(0.25)
        for col in range(width):
            away = min(max(depth[row, col], np.float32(0.05)), np.float32(256.0))
            out[9, row, col] = away
        _log2(out[9, row], bits[9, row])
        for col in range(width):
            out[9, row, col] *= np.float32(0.125)
        _encode_normals(normal[row], m, pixel, row - 0.5 * (height - 1), out[:, row])
        _encode_flags(object_id[row], matter[row], pane[row], codes, out[:, row])
        for col in range(width):
            out[11, row, col] = roughness[row, col]
            out[12, row, col] = metalness[row, col]
            out[19, row, col] = np.float32(0.0)
        if row + 1 < height:
            for col in range(width):
                other = object_id[row + 1, col] != object_id[row, col]
                out[19, row, col] = np.float32(other)


@woven
def _encode_normals(
    normal: Array, m: Array, pixel: np.float32, down: float, out: Array
) -> None:
    """Turn a row of normals to the camera's axes; tell how they face the viewer."""
    width = normal.shape[0]
    dy, left = -np.float32(down) * pixel, np.float32(0.5 * (width - 1))
    for col in range(width):
        n0, n1, n2 = normal[col, 0], normal[col, 1], normal[col, 2]
        x = m[0, 0] * n0 + m[1, 0] * n1 + m[2, 0] * n2
        y = m[0, 1] * n0 + m[1, 1] * n1 + m[2, 1] * n2
        z = m[0, 2] * n0 + m[1, 2] * n1 + m[2, 2] * n2
        out[6, col], out[7, col], out[8, col] = x, y, z
        dx = (np.float32(col) - left) * pixel
        length = np.sqrt(dx * dx + dy * dy + np.float32(1.0))
        out[10, col] = max((z - x * dx - y * dy) / length, np.float32(0.0))
        out[13, col] = n1


@woven
def _encode_flags(
    object_id: Array, matter: Array, pane: Array, codes: Array, out: Array
) -> None:
    width = object_id.shape[0]
    for col in range(width):
        kind = matter[col]
        out[14, col] = np.float32(kind == _EMITTER)
        out[15, col] = np.float32(kind == SKY_MATTER)
        out[16, col] = np.float32(pane[col])
        out[17, col] = np.float32(object_id[col] >= FIGURE_OBJECT_BASE)
        out[18, col] = np.float32(0.0)
        for k in range(6):
            out[20 + k, col] = codes[kind, k]
    for col in range(width - 1):
        out[18, col] = np.float32(object_id[col + 1] != object_id[col])


@woven
def _log2(values: Array, bits: Array) -> None:
    """Replace positive float32 by their logarithms, right within 2e-5.

    Args:
        values: What to replace.
        bits: The same memory as int32.
    """
    for i in range(values.shape[0]):
        whole = (bits[i] >> 23) - 127
        bits[i] = (bits[i] & 0x7FFFFF) | 0x3F800000
        x = values[i] - np.float32(1.0)
        # log2(1 + x) on [0, 1), exact at both ends.
        share = x * (_C[0] + x * (_C[1] + x * (_C[2] + x * (_C[3] + x * _C[4]))))
        values[i] = np.float32(whole) + share


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
