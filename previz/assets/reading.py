"""One door for all mesh files: by what they are, not only by what they are called."""

from __future__ import annotations

import math
from pathlib import Path

from previz.assets.finish import finished
from previz.assets.parts import Read
from previz.assets.shelf import Shelf
from previz.errors import AssetError, UnknownNameError
from previz.stage import Mesh

__all__ = ["MESH_KINDS", "read_mesh_here"]

MESH_KINDS = ("glb", "gltf", "obj", "ply", "stl", "usd", "usda", "usdc", "usdz")
"""Endings of the files that hold meshes."""


def read_mesh_here(
    path: Path, *, unit_m: float | None, up: str | None, crease_deg: float
) -> tuple[Mesh, list[str]]:
    """Read a mesh in this process; see `read_mesh`, which does it in another.

    Raises:
        AssetError: If the file cannot be imported.
        UnknownNameError: If its ending is none of `MESH_KINDS`.
        MissingRuntimeError: If the reader is not installed.
    """
    _check(unit_m, up, crease_deg)
    kind = path.suffix.lower().removeprefix(".")
    if kind not in MESH_KINDS:
        raise UnknownNameError("Asset.format", kind or path.name, MESH_KINDS)
    shelf = Shelf(path)
    return finished(
        _read(shelf, kind), name=path.name, unit_m=unit_m, up=up, crease_deg=crease_deg
    )


def _check(unit_m: float | None, up: str | None, crease_deg: float) -> None:
    if unit_m is not None and not (math.isfinite(unit_m) and unit_m > 0):
        raise AssetError(
            f"Asset.unit_m must be > 0 m, got {unit_m}. Pass 0.01 for centimetres."
        )
    if up is not None and up not in ("x", "y", "z"):
        raise UnknownNameError("Asset.up", up, ("x", "y", "z"))
    if not 0 <= crease_deg <= 180:
        raise AssetError(
            f"Asset.crease_deg must be 0 to 180 deg, got {crease_deg}. Pass such as 40."
        )


def _read(shelf: Shelf, kind: str) -> Read:
    head = shelf.own()[:16]
    found = (
        "glb" if head[:4] == b"glTF"
        else "usdz" if head[:4] == b"PK\3\4"
        else "usdc" if head[:8] == b"PXR-USDC"
        else "usda" if head[:5] == b"#usda"
        else "ply" if head[:4] in (b"ply\n", b"ply\r")
        else ""
    )  # fmt: skip
    families = {
        "glb": ("glb", "gltf"), "usdc": ("usd", "usdc"), "usda": ("usd", "usda"),
        "usdz": ("usdz",), "ply": ("ply",),
    }  # fmt: skip
    if found and kind not in families[found]:
        raise AssetError(
            f"Asset.file must be what its ending says, got a {found} file called "
            f"{shelf.path.name}. Rename it to .{found}."
        )
    if kind in ("glb", "gltf"):
        from previz.assets.gltf import read_gltf

        return read_gltf(shelf)
    if kind.startswith("usd"):
        from previz.assets.usd import read_usd

        return read_usd(shelf)
    from previz.assets.meshes import read_mesh_file

    return read_mesh_file(shelf, kind)
