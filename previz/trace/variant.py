"""Which of Mitsuba's variants runs here, found without endangering anybody.

cuda, then llvm, then scalar. Some builds of libLLVM abort the process that loads them,
so each candidate is tried in a process of its own.
"""

from __future__ import annotations

import ctypes.util
import os
import re
import subprocess
import sys
from contextlib import suppress
from functools import lru_cache
from importlib import util
from pathlib import Path
from typing import NamedTuple

from previz.errors import MissingRuntimeError, UnknownNameError
from previz.trace.threads import held, threads_asked

__all__ = [
    "VARIANTS",
    "Runtime",
    "best_variant",
    "environment",
    "find_runtime",
    "require_packages",
]

VARIANTS = ("cuda_ad_rgb", "llvm_ad_rgb", "scalar_rgb")
"""The best first."""

_WORTH_COMPILING = 100_000_000
"""Paths of a picture from which llvm is faster than scalar on two cores: it saves about
a second in a million, and compiles each frame of a dressed set for over a minute."""

_LIBRARY = "DRJIT_LIBLLVM_PATH"
_OLDEST_LLVM = 17
_TRY_S = 60.0
_PLACES = (
    "/usr/lib/*-linux-gnu/libLLVM*.so*",
    "/usr/lib/llvm-*/lib/libLLVM*.so*",
    "/usr/lib64/libLLVM*.so*",
    "/opt/homebrew/opt/llvm*/lib/libLLVM*.dylib",
    "/usr/local/opt/llvm*/lib/libLLVM*.dylib",
)
_TRIAL = (
    "import sys, mitsuba as mi; mi.set_variant(sys.argv[1]); import drjit as dr; "
    "x = dr.arange(mi.Float, 8) * 2; dr.eval(x); assert float(dr.sum(x)[0]) == 56"
)


class Runtime(NamedTuple):
    """A variant that runs, and the libLLVM it needs ("" for none)."""

    variant: str
    library: str = ""


def require_packages() -> None:
    """Raise unless the extra `path` is installed.

    Raises:
        MissingRuntimeError: If Mitsuba or Open Image Denoise is missing.
    """
    lacking = [x for x in ("mitsuba", "pyoidn") if util.find_spec(x) is None]
    if lacking:
        raise MissingRuntimeError(
            "trace must have the extra 'path' (Mitsuba and Open Image Denoise), got no "
            f"{' and no '.join(lacking)}. Run pip install 'previz[path]'."
        )


def find_runtime(variant: str = "auto") -> Runtime:
    """Return the best variant that runs here, or the one that is asked for.

    libLLVM is looked for where `DRJIT_LIBLLVM_PATH` points, else in the usual places,
    the newest first; none older than 17 is tried.

    Args:
        variant: One of `VARIANTS`, or "auto".

    Raises:
        MissingRuntimeError: If the extra `path` is missing, or the variant asked for
            does not run here.
        UnknownNameError: If there is no such variant.
    """
    if variant not in ("auto", *VARIANTS):
        raise UnknownNameError("trace.variant", variant, ("auto", *VARIANTS))
    require_packages()
    return _found(variant, os.environ.get(_LIBRARY, ""))


def best_variant(paths: int) -> str:
    """Return the variant that is soonest done with a picture here.

    cuda where there is such a device; else llvm for large and fine pictures alone.

    Args:
        paths: Of the picture: its pixels times the paths of each.

    Raises:
        MissingRuntimeError: If the extra `path` is missing.
    """
    require_packages()
    named = os.environ.get(_LIBRARY, "")
    for name in ("cuda_ad_rgb", "llvm_ad_rgb"):
        if name == "cuda_ad_rgb" or paths >= _WORTH_COMPILING:
            with suppress(MissingRuntimeError):
                return _found(name, named).variant
    return "scalar_rgb"


@lru_cache(maxsize=8)
def _found(variant: str, library: str) -> Runtime:
    for name in VARIANTS if variant == "auto" else (variant,):
        for runtime in _candidates(name, library):
            if name == "scalar_rgb" or _runs(runtime):
                return runtime
    raise MissingRuntimeError(
        f"trace.variant must run on this machine, got {variant}. Pass 'auto', or give "
        f"it what it needs: a CUDA driver, or libLLVM {_OLDEST_LLVM} or newer "
        f"(apt-get install libllvm19; {_LIBRARY} names one that lies elsewhere)."
    )


@lru_cache(maxsize=8)
def _candidates(variant: str, library: str) -> tuple[Runtime, ...]:
    if variant == "cuda_ad_rgb":
        return (Runtime(variant),) if ctypes.util.find_library("cuda") else ()
    if variant == "llvm_ad_rgb":
        return tuple(Runtime(variant, path) for path in _libraries(library))
    return (Runtime(variant),)


def _libraries(named: str) -> list[str]:
    """Return the builds of libLLVM to try, the newest first."""
    if named:
        return [named]
    found: dict[Path, int] = {}
    for pattern in _PLACES:
        for path in Path("/").glob(pattern.removeprefix("/")):
            version = re.search(r"(?:LLVM-|\.so\.|llvm@|llvm-)(\d+)", str(path))
            if version and int(version.group(1)) >= _OLDEST_LLVM:
                found.setdefault(path.resolve(), int(version.group(1)))
    return [str(path) for path in sorted(found, key=lambda p: (-found[p], str(p)))]


def environment(runtime: Runtime) -> dict[str, str]:
    """Return the environment of a process that traces with a variant.

    Raises:
        PrevizError: If it names no number of threads.
    """
    ours = os.environ.copy()
    ours["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    ours.pop(_LIBRARY, None)
    threads = threads_asked()
    ours |= {} if threads is None else held(threads)
    return ours | ({_LIBRARY: runtime.library} if runtime.library else {})


def _runs(runtime: Runtime) -> bool:
    try:
        trial = subprocess.run(
            [sys.executable, "-c", _TRIAL, runtime.variant],
            env=environment(runtime),
            capture_output=True,
            timeout=_TRY_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return trial.returncode == 0
