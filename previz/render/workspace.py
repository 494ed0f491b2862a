"""Large arrays that each thread keeps from frame to frame.

Fresh memory of a few megabytes comes from the system page by page, which costs a
frame several milliseconds.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["kept_array"]


class _Kept(threading.local):
    def __init__(self) -> None:
        self.arrays: dict[str, NDArray[Any]] = {}


@lru_cache(maxsize=1)
def _kept() -> _Kept:
    return _Kept()


def kept_array(name: str, shape: tuple[int, ...], dtype: type) -> NDArray[Any]:
    """Return this thread's array of a name, filled with whatever it held last.

    It is only for what a frame leaves behind: the next call with the same name
    hands out the same memory.

    Args:
        name: What it is for; each name has one user.
        shape: Its shape; another one than last time makes a new array.
        dtype: What it holds.
    """
    arrays = _kept().arrays
    made = arrays.get(name)
    if made is None or made.shape != shape or made.dtype != dtype:
        made = arrays[name] = np.empty(shape, dtype)
    return made
