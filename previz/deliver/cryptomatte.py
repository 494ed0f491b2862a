"""Ids that compositing programs read as Cryptomatte.

An object's id is the hash of its name, read as a float; a pixel lists the ids it sees
by their shares of it (Friedman and Jones 2015; Cryptomatte Specification 1.2.0).
"""

from __future__ import annotations

import json
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

__all__ = ["LAYER", "id_of", "manifest_of", "matte_channels", "names_in"]

LAYER = "CryptoObject"
"""The name under which programs list the mattes."""

_MASK = 0xFFFFFFFF


def _turned(value: int, by: int) -> int:
    return ((value << by) | (value >> (32 - by))) & _MASK


def _mixed(block: int) -> int:
    return _turned(block * 0xCC9E2D51 & _MASK, 15) * 0x1B873593 & _MASK


def murmur3(text: str) -> int:
    """Return MurmurHash3_x86_32 of a text's UTF-8 with seed 0 (Appleby 2011)."""
    raw = text.encode()
    state, whole = 0, len(raw) // 4 * 4
    for start in range(0, whole, 4):
        state ^= _mixed(int.from_bytes(raw[start : start + 4], "little"))
        state = (_turned(state, 13) * 5 + 0xE6546B64) & _MASK
    if whole < len(raw):
        state ^= _mixed(int.from_bytes(raw[whole:], "little"))
    state ^= len(raw)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        state = (state ^ (state >> shift)) * factor & _MASK
    return state


def id_of(name: str) -> int:
    """Return a name's id: a hash whose bits are a normal float (specification, 2.2)."""
    number = murmur3(name)
    if (number >> 23) & 255 in (0, 255):
        number ^= 1 << 23
    return number


def manifest_of(names: Collection[str]) -> dict[str, str]:
    """Return the attributes that say which names the ids are of."""
    key = f"cryptomatte/{murmur3(LAYER):08x}"[: len("cryptomatte/") + 7]
    listed = {name: f"{id_of(name):08x}" for name in sorted(names)}
    return {
        f"{key}/name": LAYER,
        f"{key}/hash": "MurmurHash3_32",
        f"{key}/conversion": "uint32_to_float32",
        f"{key}/manifest": json.dumps(
            listed, ensure_ascii=False, separators=(",", ":")
        ),
    }


def names_in(attributes: dict[str, object]) -> tuple[str, ...]:
    """Return the names that a file's manifest lists, in order."""
    for key, text in attributes.items():
        if key.startswith("cryptomatte/") and key.endswith("/manifest"):
            return tuple(sorted(json.loads(str(text))))
    return ()


def matte_channels(
    ids: NDArray[np.uint32], shares: NDArray[np.float32]
) -> dict[str, NDArray[np.float32]]:
    """Return ids and shares as channels, two ranks a layer.

    Args:
        ids: By rank, the largest share first, shape (h, w, ranks); 0 is nothing.
        shares: Of each pixel, 0 to 1, shape (h, w, ranks).
    """
    out: dict[str, NDArray[np.float32]] = {}
    spare = [(0, 0), (0, 0), (0, ids.shape[2] % 2)]
    numbers = np.pad(ids, spare)
    parts = np.pad(shares, spare)
    for rank in range(numbers.shape[2]):
        layer, pair = f"{LAYER}{rank // 2:02d}", ("RG", "BA")[rank % 2]
        bits = np.ascontiguousarray(numbers[..., rank], np.uint32)
        out[f"{layer}.{pair[0]}"] = bits.view(np.float32)
        out[f"{layer}.{pair[1]}"] = np.ascontiguousarray(parts[..., rank], np.float32)
    return out
