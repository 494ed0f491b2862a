"""OBJ with its MTL, PLY and STL, through trimesh."""

from __future__ import annotations

import io
import logging
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.assets.parts import Paint, Part, Read, linear
from previz.assets.shelf import MOST_PX, Shelf, check_triangles
from previz.errors import AssetError, MissingRuntimeError

__all__ = ["read_mesh_file"]


def read_mesh_file(shelf: Shelf, kind: str) -> Read:
    """Read an OBJ, PLY or STL file; it says neither its unit nor what is up.

    Args:
        shelf: The file and what lies beside it.
        kind: "obj", "ply" or "stl".

    Raises:
        AssetError: If it is broken, too large or names files elsewhere.
        MissingRuntimeError: If trimesh is not installed.
    """
    try:
        import trimesh
    except ImportError:
        raise MissingRuntimeError(
            "Asset.reader must be installed for OBJ, PLY and STL, got no trimesh. "
            "Run: pip install 'previz[imports]'."
        ) from None
    data = shelf.own()
    _check_counts(data, kind, shelf.path.name)
    beside = _beside(shelf)
    logging.getLogger("trimesh").setLevel(logging.CRITICAL)
    try:
        scene = trimesh.load_scene(
            io.BytesIO(data), file_type=kind, resolver=beside, process=False,
            maintain_order=True, skip_materials=False,
        )  # fmt: skip
        # Links before shapes: what was refused on the way counts first.
        if beside.refused:
            raise beside.refused[0]
        notes = [f"{name!r} is missing; plain colours are shown."
                 for name in dict.fromkeys(beside.missing)]  # fmt: skip
        parts = [part for mesh in scene.dump() if (part := _part(mesh)) is not None]
    except AssetError:
        raise
    except Exception as error:
        if beside.refused:
            raise beside.refused[0] from None
        # trimesh raises whatever its parsers meet in a broken file.
        raise AssetError(
            f"Asset.file must be a whole .{kind} file, got {shelf.path.name} "
            f"({type(error).__name__}: {str(error)[:120]}). Export it again."
        ) from None
    return Read(parts, notes=notes)


def _check_counts(data: bytes, kind: str, name: str) -> None:
    """Refuse a file that announces too much, before anything is made for it.

    Raises:
        AssetError: If it has too many triangles, or fewer bytes than it announces.
    """
    if kind == "obj":
        check_triangles(data.count(b"\nf "), name)
    elif kind == "stl" and not data[:512].lstrip().startswith(b"solid"):
        count = int.from_bytes(data[80:84], "little")
        if len(data) < 84 + 50 * count:
            raise AssetError(
                f"Asset.file must hold its {count:,} triangles, got {len(data):,} "
                f"bytes in {name}. Export it again."
            )
        check_triangles(count, name)
    elif kind == "ply":
        head = data[:65536].partition(b"end_header")[0]
        for line in head.splitlines():
            words = line.split()
            if words[:1] == [b"element"] and len(words) == 3 and words[2].isdigit():
                count = int(words[2])
                if count > len(data):
                    raise AssetError(
                        f"Asset.file must hold its {count:,} elements, got "
                        f"{len(data):,} bytes in {name}. Export it again."
                    )
                if words[1] == b"face":
                    check_triangles(count, name)


def _beside(shelf: Shelf) -> Any:
    """Return a trimesh resolver that gives only what lies beside the asset."""
    from trimesh.resolvers import Resolver

    class Beside(Resolver):
        def __init__(self) -> None:
            self.refused: list[AssetError] = []
            self.missing: list[str] = []

        def get(self, name: str) -> bytes:
            # trimesh swallows what a resolver raises, so it is kept here too.
            try:
                found = shelf.beside(str(name))
            except AssetError as error:
                self.refused.append(error)
                raise
            if found is None:
                self.missing.append(str(name)[:80])
                raise FileNotFoundError(name)
            return found

        def keys(self) -> list[str]:
            return []

        def namespaced(self, namespace: str) -> Beside:
            return self

        def write(self, name: str, data: str | bytes) -> None:
            raise AssetError("Asset.files must not be written, got a write.")

    return Beside()


def _part(mesh: Any) -> Part | None:
    import trimesh

    if not isinstance(mesh, trimesh.Trimesh):
        return None
    points = np.asarray(mesh.vertices, float).reshape(-1, 3)
    triangles = np.asarray(mesh.faces, np.int64).reshape(-1, 3)
    normals = mesh._cache.cache.get("vertex_normals")
    paint = Paint()
    colors: NDArray[np.float64] | None = None
    uv: NDArray[np.float64] | None = None
    visual: Any = mesh.visual
    if visual.kind == "texture":
        paint = _paint(visual.material)
        if paint.image is not None and visual.uv is not None:
            uv = np.asarray(visual.uv, float)[:, :2]
            uv = uv if len(uv) == len(points) else None
    elif visual.kind == "vertex":
        colors = linear(np.asarray(visual.vertex_colors[:, :3], float) / 255)
    elif visual.kind == "face":
        points, triangles, colors = _by_face(points, triangles, visual.face_colors)
        normals = None
    if colors is not None:
        paint = Paint(color=(1.0, 1.0, 1.0))
    given = None if normals is None else np.asarray(normals, float)
    if given is not None and given.shape != points.shape:
        given = None
    return Part(points, triangles, paint, str(mesh.metadata.get("name", "")), given,
                uv, colors)  # fmt: skip


def _by_face(
    points: NDArray[np.float64], triangles: NDArray[np.int64], colors: Any
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Give each face vertices of its own, so that they can have its colour."""
    apart = points[triangles].reshape(-1, 3)
    each = linear(np.asarray(colors, float)[:, :3] / 255)
    return apart, np.arange(len(apart)).reshape(-1, 3), np.repeat(each, 3, axis=0)


def _paint(material: Any) -> Paint:
    """Return an MTL's paint. Its colours are read as sRGB, as viewers do."""
    told = getattr(material, "kwargs", {}) or {}
    r, g, b = linear(np.asarray(material.main_color, float)[:3] / 255).tolist()
    image = _image(getattr(material, "image", None))
    if image is not None and max(r, g, b) < 1e-3:
        r = g = b = 1.0  # Exporters write a black Kd beside a texture.
    opacity = _number(told, "d", None)
    if opacity is None:
        clear = _number(told, "tr", 0.0)
        opacity = 1.0 - (clear or 0.0)
    glossiness = _number(told, "ns", None)
    rough = _number(told, "pr", None)
    if rough is None and glossiness is not None:
        rough = float(np.clip((2.0 / (max(glossiness, 0.0) + 2.0)) ** 0.25, 0.0, 1.0))
    return Paint(
        name=str(getattr(material, "name", "") or ""),
        color=(r, g, b),
        opacity=min(max(opacity, 0.0), 1.0),
        roughness=rough,
        metalness=_number(told, "pm", None),
        emission=_emission(told),
        image=image,
    )


def _number(told: dict[str, Any], name: str, otherwise: float | None) -> float | None:
    value = told.get(name)
    value = value[0] if isinstance(value, (list, tuple)) and value else value
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return otherwise
    return number if np.isfinite(number) else otherwise


def _emission(told: dict[str, Any]) -> tuple[float, float, float]:
    values = told.get("ke")
    try:
        r, g, b = (float(v) for v in values)  # type: ignore[union-attr]
    except (TypeError, ValueError):
        return (0.0, 0.0, 0.0)
    bright = np.nan_to_num(np.clip([r, g, b], 0.0, 1e4))
    return (float(bright[0]), float(bright[1]), float(bright[2]))


def _image(image: Any) -> NDArray[np.uint8] | None:
    """Return a PIL image as an array.

    Raises:
        AssetError: If it is larger than a texture may be.
    """
    if image is None:
        return None
    wide, high = image.size
    if max(wide, high) > MOST_PX:
        raise AssetError(
            f"Asset.texture must be <= {MOST_PX} px on a side, got {wide} by {high}. "
            "Scale the texture down."
        )
    try:
        return np.asarray(image.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError):
        return None
