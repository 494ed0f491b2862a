"""A model's folder, looked at before anything of it is loaded."""

from __future__ import annotations

import functools
import hashlib
import json
import math
from pathlib import Path
from typing import Any

from previz.errors import GenerateError

__all__ = [
    "check_files",
    "class_in",
    "lora_file",
    "lora_says",
    "parameters",
    "weights_hash",
    "weights_in",
]

_PICKLES = frozenset({".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"})
_INDEX = "model_index.json"
_LONGEST_HEADER = 100_000_000
"""Bytes; the format's own limit."""


def class_in(folder: Path) -> str:
    """Return the pipeline class that a model's folder names.

    Raises:
        GenerateError: If it is no folder of a diffusers pipeline.
    """
    index = folder / _INDEX
    try:
        read: Any = json.loads(index.read_text(encoding="utf-8"))
        named = read["_class_name"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GenerateError(
            f"Generator.source must be a folder of a diffusers pipeline, got {folder} "
            f"without a readable {_INDEX}. Pass the folder that save_pretrained wrote."
        ) from error
    if not isinstance(named, str):
        raise GenerateError(
            f"Generator.source must name a class of diffusers, got {named!r} in "
            f"{index}. Code of a model's own is never run."
        )
    return named


def check_files(folder: Path, *, sha256: str | None = None) -> None:
    """Refuse code, pickles where weights are wanted, and weights of another hash.

    Raises:
        GenerateError: With the file and what to do.
    """
    for path in sorted(folder.rglob("*.py")):
        raise GenerateError(
            f"Generator.source must hold no code, got {path}. Code of a model's own "
            "is never run; pass a model that needs none."
        )
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _PICKLES and not any(
            path.parent.glob("*.safetensors")
        ):
            raise GenerateError(
                f"Generator.source must hold weights as safetensors, got {path}. "
                "A pickle runs code when it is read; convert it, or ask its makers "
                "for safetensors."
            )
    if sha256 is None:
        return
    found = weights_hash(folder)
    if not sha256 or not found.startswith(sha256.lower()):
        raise GenerateError(
            f"Generator.sha256 must be that of the weights, {found}, got {sha256}. "
            "Fetch the model again, or pass the new hash if it was meant to change."
        )


def weights_hash(folder: Path) -> str:
    """Return one SHA-256 over all weights of a folder, by name and content."""
    whole = hashlib.sha256()
    for name, digest in weights_in(folder).items():
        whole.update(name.encode() + b"\0" + bytes.fromhex(digest))
    return whole.hexdigest()


def weights_in(place: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of weights, by its path within a folder.

    Args:
        place: A folder, or one file.
    """
    if place.is_file():
        return {place.name: _hash_of(place)}
    return {
        path.relative_to(place).as_posix(): _hash_of(path)
        for path in sorted(place.rglob("*.safetensors"))
    }


def _hash_of(path: Path) -> str:
    """Return a file's SHA-256, kept while the file stays as it is."""
    whole = path.resolve()
    seen = whole.stat()
    return _hashed(whole, seen.st_size, seen.st_mtime_ns, seen.st_ino)


@functools.lru_cache(maxsize=4096)
def _hashed(path: Path, size: int, changed_ns: int, inode: int) -> str:
    del size, changed_ns, inode  # they tell apart what was in the file when
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def parameters(folder: Path) -> dict[str, int]:
    """Return how many numbers each component's weights are, by its folder's name.

    Raises:
        GenerateError: If a file of weights is cut short or none.
    """
    counts: dict[str, int] = {}
    for path in sorted(folder.rglob("*.safetensors")):
        name = path.relative_to(folder).parts[0]
        counts[name] = counts.get(name, 0) + _numbers_in(path)
    return counts


def lora_says(path: Path) -> dict[str, str]:
    """Return what a LoRA's file says of itself; empty if it says nothing."""
    try:
        told = _header(path)[0].get("__metadata__", {})
        return {str(name): str(value) for name, value in told.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _header(path: Path) -> tuple[Any, int]:
    """Return the header of a safetensors file and its length in bytes."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 0 < length <= _LONGEST_HEADER:
            raise ValueError
        return json.loads(file.read(length)), length


def _numbers_in(path: Path) -> int:
    """Return how many numbers a safetensors file holds, from its header."""
    try:
        header, length = _header(path)
        tensors = [entry for name, entry in header.items() if name != "__metadata__"]
        ends = max((entry["data_offsets"][1] for entry in tensors), default=0)
        if path.stat().st_size != 8 + length + ends:
            raise ValueError
        return sum(math.prod(entry["shape"]) for entry in tensors)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GenerateError(
            f"Generator.source must hold whole weights, got {path} cut short or none. "
            "Fetch the model again."
        ) from error


def lora_file(path: Path) -> Path:
    """Return the one file of a LoRA.

    Raises:
        GenerateError: If it is no safetensors file, or a folder without exactly one.
    """
    found = sorted(path.glob("*.safetensors")) if path.is_dir() else [path]
    good = [file for file in found if file.is_file()]
    if len(good) != 1 or good[0].suffix.lower() != ".safetensors":
        raise GenerateError(
            f"Generator.lora must be one safetensors file, got {path}. "
            "Pass the path of the file itself."
        )
    return good[0]
