"""Read a file of a stranger in a process of its own, with limits on time and memory.

Readers written in C may crash or loop on a broken file. There that costs a message,
here it would cost the notebook.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

from previz.assets.reading import read_mesh_here
from previz.assets.store import pack, unpack
from previz.errors import AssetError, MissingRuntimeError, PrevizError
from previz.stage import Mesh

__all__ = ["read_mesh"]

MOST_SECONDS = 120
"""A file that takes longer is given up."""
MOST_MEMORY = 8 << 30
"""Bytes of address space that a reader may have."""


def _here() -> dict[str, str]:
    """Return an environment in which imports are this process's.

    With -P, nothing comes from the folder that a stranger's file lies in.
    """
    return os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


def read_mesh(
    path: Path | str,
    *,
    unit_m: float | None = None,
    up: str | None = None,
    crease_deg: float = 40.0,
) -> tuple[Mesh, tuple[str, ...]]:
    """Read a glTF, OBJ, PLY, STL or USD file.

    Args:
        path: The file; what it names is read only from its own folder.
        unit_m: Length of its unit in metres; None goes by the file.
        up: The axis that points up: "x", "y" or "z"; None goes by the file.
        crease_deg: Edges sharper than this stay sharp where the file has no normals.

    Returns:
        The mesh, in metres, y up, and what there is to say of it.

    Raises:
        AssetError: If the file cannot be imported; says why.
        UnknownNameError: If its ending is none that is known.
        MissingRuntimeError: If the reader is not installed.
    """
    asked = {
        "path": str(Path(path).expanduser().absolute()),
        "unit_m": unit_m,
        "up": up,
        "crease_deg": crease_deg,
    }
    try:
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "previz.assets.sandbox", json.dumps(asked)],
            capture_output=True, timeout=MOST_SECONDS, check=False, env=_here(),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise AssetError(
            f"Asset.file must be read within {MOST_SECONDS} s, got longer for "
            f"{Path(path).name}. Simplify the mesh."
        ) from None
    head, _, body = ran.stdout.partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError:
        raise AssetError(
            f"Asset.file must be readable, got a reader that ended with code "
            f"{ran.returncode} on {Path(path).name}. Export the file again."
        ) from None
    if "error" in told:
        missing = told["kind"] == MissingRuntimeError.__name__
        raise (MissingRuntimeError if missing else AssetError)(told["error"])
    mesh = unpack(body)
    assert isinstance(mesh, Mesh)
    return mesh, tuple(told["notes"])


def _main() -> None:
    """Read what the command line asks for; write notes, a line, and the mesh."""
    asked = json.loads(sys.argv[1])
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    path, body = Path(asked.pop("path")), b""
    try:
        mesh, notes = read_mesh_here(path, **asked)
        told: dict[str, object] = {"notes": notes}
        body = pack(mesh)
    except PrevizError as error:
        told = {"error": str(error), "kind": type(error).__name__}
    except MemoryError:
        told = {
            "error": f"Asset.file must be read with {MOST_MEMORY >> 30} GiB of memory, "
            f"got more for {path.name}. Simplify the mesh.",
            "kind": "AssetError",
        }
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + body)


if __name__ == "__main__":
    _main()
