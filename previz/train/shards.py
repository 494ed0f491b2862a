"""Numbered files of pictures in a cache folder: whole or not there."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.folder import write_atomic

__all__ = ["numbers_of", "read_shard", "shard_path", "write_shard"]


def shard_path(folder: Path, number: int) -> Path:
    """Return the file of a scene's shard."""
    return folder / f"{number:05d}.npz"


def write_shard(folder: Path, number: int, **arrays: NDArray[Any]) -> None:
    """Write a shard so that it is there whole or not at all.

    Raises:
        FilmFolderError: If the disk is full or the folder cannot be written.
    """
    raw = io.BytesIO()
    np.savez(raw, allow_pickle=False, **arrays)
    write_atomic(shard_path(folder, number), raw.getvalue())


def read_shard(folder: Path, number: int) -> dict[str, NDArray[Any]]:
    """Return the arrays of a shard."""
    with np.load(shard_path(folder, number), allow_pickle=False) as kept:
        return dict(kept)


def numbers_of(folder: Path) -> list[int]:
    """Return the numbers of the shards that are there, in order."""
    return sorted(int(path.stem) for path in folder.glob("[0-9]*.npz"))
