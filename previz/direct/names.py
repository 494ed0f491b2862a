"""Safe ids for names that may hold anything: markup, paths, any script."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Container

import numpy as np

__all__ = ["dice", "key", "slug", "unique"]


def slug(name: str, *, fallback: str = "x") -> str:
    """Return a lower-case ASCII id for `name`, at most 48 characters.

    Accents are dropped; what has no ASCII form gets a checksum of the name, so that
    two names in another script do not fall together.
    """
    folded = unicodedata.normalize("NFKD", name)
    plain = folded.encode("ascii", "ignore").decode()
    text = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:48].strip("-")
    lost = sum(c.isalnum() and ord(c) > 127 for c in folded)
    if not text or lost > len(text) / 2:
        text = "-".join(
            part for part in (text or fallback, f"{zlib.crc32(name.encode()):08x}")
        )
    return text


def unique(name: str, taken: Container[str]) -> str:
    """Return `name`, or `name-2`, `name-3` … whichever is not in `taken`."""
    if name not in taken:
        return name
    return next(n for i in range(2, 1 << 30) if (n := f"{name}-{i}") not in taken)


def key(name: str) -> str:
    """Return the form under which two spellings of a name are the same person."""
    text = unicodedata.normalize("NFKC", name).replace("’", "'")
    text = re.sub(r"[(（][^()（）]*[)）]", " ", text)
    text = re.sub(r"\bCONT'?D\b\.?", " ", text, flags=re.IGNORECASE)
    return " ".join(text.upper().split()).strip(" .:^@")


def dice(seed: int, name: str) -> np.random.Generator:
    """Return a random generator that depends on the seed and the name only."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])
