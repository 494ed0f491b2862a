"""How this room compiles its inner loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["Array", "Number", "Vector", "kernel", "lean", "woven"]

Array = NDArray[Any]
"""An array whose dtype the docstring states."""

Number = float | np.float32
"""A number; a float32 keeps a loop from widening to float64."""

Vector = Array | tuple[float, float, float]
"""Three numbers; loops over pixels pass tuples, which stay in registers."""

# The option `_nrt` is not among the types that numba states.
_njit: Any = njit

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """Compile a loop over arrays: kept on disk, free of the interpreter lock.

    No fast-math: the same frame gives the same pixels on every x86-64 and ARM core
    that numba compiles for, and NaN keeps its meaning.
    """
    compiled: F = _njit(cache=True, nogil=True, error_model="numpy")(function)
    return compiled


def lean(function: F) -> F:
    """Compile as `kernel` does, for loops that allocate nothing.

    Without reference counts: counting the arrays that are passed costs more than the
    few operations of a small function.
    """
    compiled: F = _njit(cache=True, nogil=True, error_model="numpy", _nrt=False)(
        function
    )
    return compiled


def woven(function: F) -> F:
    """Compile as `lean` does, but into each caller: for what every pixel runs."""
    compiled: F = _njit(
        cache=True, nogil=True, error_model="numpy", _nrt=False, forceinline=True
    )(function)
    return compiled
