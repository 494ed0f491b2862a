"""Pictures that an order names: kept in the film's folder under their SHA-256.

So they travel with the frozen shot as its meshes do, a take is named after what is in
them and not after where they lay, and may be made when the files have gone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from previz.errors import GenerateError
from previz.folder import FilmFolder, explain_os_error, write_atomic
from previz.promote.caps import WEIGHTS
from previz.promote.frozen import Order
from previz.stage import Assets, Picture

__all__ = ["FIELDS", "is_kept", "keep_pictures", "kept_names", "with_pictures"]

FIELDS = ("keyframes", "references")
"""Options that name pictures."""
_NAME = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[a-z]{1,8}")
_MOST_BYTES = 64 * 1024 * 1024


def is_kept(name: str) -> bool:
    """Tell whether a picture is named by its SHA-256, and not by a path."""
    return _NAME.fullmatch(name) is not None


def kept_names(order: Order) -> tuple[str, ...]:
    """Return the SHA-256 of each kept picture that an order names."""
    named = [str(name) for _, given in _given(order) for name in given.values()]
    return tuple(sorted({name for name in named if is_kept(name)}))


def keep_pictures(place: FilmFolder, order: Order) -> Order:
    """Keep the pictures that an order names, and return it naming them by SHA-256.

    Args:
        place: The film's folder.
        order: An order; one of a backend that is given no pictures is left alone.

    Raises:
        FilmFolderError: If they cannot be written.
        GenerateError: If one cannot be read, or is larger than a picture is.
    """
    kept = {
        field: {at: _keep(place, str(path), field) for at, path in given.items()}
        for field, given in _given(order)
    }
    return order.changed(options={**order.options, **kept}) if kept else order


def with_pictures(assets: Assets, place: FilmFolder, order: Order) -> Assets:
    """Return a film's assets with the pictures that an order names.

    One that is missing or has other bytes is left out; who needs it says so.
    """
    for name in kept_names(order):
        for path in sorted(place.assets.glob(f"{name}.*")):
            if path.is_symlink() or path.stat().st_size > _MOST_BYTES:
                continue
            raw = path.read_bytes()
            if hashlib.sha256(raw).hexdigest() == name:
                assets = assets.with_asset(name, Picture(raw))
    return assets


def _given(order: Order) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the options that name pictures, and the pictures by what they are for."""
    if order.backend not in WEIGHTS:
        return []
    found = ((field, order.options.get(field)) for field in FIELDS)
    # What is none is told by the order's options, once they are read.
    return [(field, x) for field, x in found if isinstance(x, Mapping) and x]


def _keep(place: FilmFolder, path: str, field: str) -> str:
    if is_kept(path):
        return path
    file = Path(path).expanduser()
    try:
        size = file.stat().st_size
        raw = file.read_bytes() if size <= _MOST_BYTES else b""
    except OSError as error:
        raise GenerateError(explain_os_error(file, error)) from None
    if not raw:
        raise GenerateError(
            f"Options.{field} must be pictures of 1 byte to {_MOST_BYTES >> 20} MiB, "
            f"got {size} bytes in {path}. Pass the path of a PNG or JPEG."
        )
    name = hashlib.sha256(raw).hexdigest()
    suffix = file.suffix.lower()
    suffix = suffix if _SUFFIX.fullmatch(suffix) else ".img"
    kept = place.assets / f"{name}{suffix}"
    if not kept.is_file():
        write_atomic(kept, raw)
    return name
