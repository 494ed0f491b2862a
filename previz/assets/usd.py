"""USD: usda, usdc and usdz through usd-core, at the default time.

A layer may name others. They are followed by our own rule first, so that nothing
outside of the asset's folder is ever composed; a .usdz is unpacked beside nothing.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.assets.parts import Part, Read
from previz.assets.shelf import MOST_BYTES, Shelf, check_triangles
from previz.errors import AssetError, MissingRuntimeError

__all__ = ["read_usd"]

_MOST_LAYERS = 200
_LAYERS = (".usda", ".usdc", ".usd")


def read_usd(shelf: Shelf) -> Read:
    """Read a USD layer or package.

    Raises:
        AssetError: If it is broken, too large or names files elsewhere.
        MissingRuntimeError: If usd-core is not installed.
    """
    try:
        from pxr import Tf
    except ImportError:
        raise MissingRuntimeError(
            "Asset.reader must be installed for USD, got no usd-core. "
            "Run: pip install 'previz[imports]'."
        ) from None
    try:
        if shelf.path.suffix.lower() == ".usdz":
            with tempfile.TemporaryDirectory() as place:
                return _read(Shelf(_unpacked(shelf, Path(place))))
        return _read(shelf)
    except (Tf.ErrorException, RuntimeError, ValueError, OSError) as error:
        if isinstance(error, AssetError):
            raise
        raise _broken(shelf, _why(error)) from None


def _broken(shelf: Shelf, why: Any) -> AssetError:
    return AssetError(
        f"Asset.file must be a whole USD file, got {shelf.path.name} "
        f"({str(why)[:160]}). Export it again."
    )


def _why(error: Exception) -> str:
    """Return the last line of what USD says, which quotes the file's own bytes."""
    try:
        return "".join(str(error).strip().splitlines()[-1:]).strip()
    except UnicodeDecodeError:
        return "bytes that are no text"


def _unpacked(shelf: Shelf, place: Path) -> Path:
    """Unpack a .usdz and return its first layer, the one that counts.

    Raises:
        AssetError: If it is no such package, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(shelf.own())) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise AssetError(
                    f"Asset.files must be <= {MOST_BYTES >> 20} MiB unpacked, got more "
                    f"in {shelf.path.name}. Simplify the mesh or its textures."
                )
            for entry in entries:
                parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
                if not parts or ".." in parts or parts[0] == "/" or ":" in parts[0]:
                    raise AssetError(
                        "Asset.file must name only files in its own folder, got "
                        f"{entry.filename[:80]!r} in {shelf.path.name}. Export it "
                        "again."
                    )
                target = place.joinpath(*parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(entry))
    except (
        zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError,
    ) as error:  # fmt: skip
        if isinstance(error, AssetError):
            raise
        raise _broken(shelf, error) from None
    first = [e.filename for e in entries if e.filename.lower().endswith(_LAYERS)]
    if not first:
        raise _broken(shelf, "it holds no layer")
    return place / first[0]


def _read(shelf: Shelf) -> Read:
    from pxr import Usd, UsdGeom

    _check_layers(shelf)
    stage = Usd.Stage.Open(str(shelf.path), Usd.Stage.LoadAll)
    if stage is None:
        raise _broken(shelf, "it does not open")
    notes: list[str] = []
    parts, total = [], 0
    places = UsdGeom.XformCache()
    from previz.assets.usd_paint import PaintShop

    paint = PaintShop(shelf, notes)
    for prim in _shown(stage):
        for part in _parts(prim, places, paint):
            total += len(part.triangles)
            check_triangles(total, shelf.path.name)
            parts.append(part)
    up = str(UsdGeom.GetStageUpAxis(stage)).lower()
    # Without metadata the metric and the axis are USD's own defaults: cm and y.
    return Read(parts, float(UsdGeom.GetStageMetersPerUnit(stage)), up, notes)


def _check_layers(shelf: Shelf) -> None:
    """Follow every layer that would be composed, by our own rule.

    Raises:
        AssetError: If one lies elsewhere, is missing or is no layer.
    """
    from pxr import Sdf

    waiting, seen, weight = [shelf.path.resolve()], set[Path](), 0
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        weight += path.stat().st_size
        if len(seen) > _MOST_LAYERS or weight > MOST_BYTES:
            raise AssetError(
                f"Asset.files must be <= {_MOST_LAYERS} layers of "
                f"{MOST_BYTES >> 20} MiB together, got more with {path.name}. "
                "Flatten the stage and export it again."
            )
        layer = Sdf.Layer.OpenAsAnonymous(str(path))
        if layer is None:
            raise _broken(shelf, f"{path.name} is no layer")
        for name in layer.GetCompositionAssetDependencies():
            waiting.append(_layer_at(shelf, path, str(name)))


def _layer_at(shelf: Shelf, owner: Path, name: str) -> Path:
    """Return the layer that another names.

    Raises:
        AssetError: If it is not a plain file in the asset's folder.
    """
    folder = owner.parent.relative_to(shelf.root)
    plain = name.removeprefix("./")
    if any(sign in plain for sign in "`${}[]") or plain.lower().endswith(".usdz"):
        plain = "../" + plain
    found = shelf.find(str(folder / plain) if plain[:1] not in "/~" else plain)
    if found is None or found.suffix.lower() not in _LAYERS:
        raise AssetError(
            f"Asset.layers must lie beside {shelf.path.name}, got no {name[:80]!r}. "
            "Put it there, or flatten the stage and export it again."
        )
    return found


def _shown(stage: Any) -> Iterator[Any]:
    """Yield the meshes and solids that are seen, those of instances too."""
    from pxr import Usd, UsdGeom

    for prim in Usd.PrimRange(stage.GetPseudoRoot(), Usd.TraverseInstanceProxies()):
        if not prim.IsA(UsdGeom.Gprim):
            continue
        image = UsdGeom.Imageable(prim)
        if image.ComputeVisibility() == UsdGeom.Tokens.invisible:
            continue
        if image.ComputePurpose() in (UsdGeom.Tokens.proxy, UsdGeom.Tokens.guide):
            continue
        yield prim


def _parts(prim: Any, places: Any, paint: Any) -> Iterator[Part]:
    from pxr import UsdGeom

    if prim.IsA(UsdGeom.Mesh):
        shape = _mesh(UsdGeom.Mesh(prim))
    else:
        shape = None
        paint.leave_out(prim)
    if shape is None:
        return
    points, counts, corners, holes, clockwise = shape
    world = np.array(places.GetLocalToWorldTransform(prim), float)
    placed = points @ world[:3, :3] + world[3, :3]
    mirrored = (np.linalg.det(world[:3, :3]) < 0) != clockwise
    faces, slots = _fans(counts)
    groups = paint.groups(prim, len(counts))
    for material, chosen in groups:
        here = np.isin(faces, chosen) & ~np.isin(faces, holes)
        if not here.any():
            continue
        triangles = slots[here][:, ::-1] if mirrored else slots[here]
        yield paint.part(prim, material, placed, corners, triangles, faces[here])


def _mesh(mesh: Any) -> Any:
    """Return points, face sizes, corners, holes and whether faces turn clockwise."""
    from pxr import UsdGeom

    points = np.array(mesh.GetPointsAttr().Get() or (), float).reshape(-1, 3)
    counts = np.array(mesh.GetFaceVertexCountsAttr().Get() or (), np.int64)
    corners = np.array(mesh.GetFaceVertexIndicesAttr().Get() or (), np.int64)
    holes = np.array(mesh.GetHoleIndicesAttr().Get() or (), np.int64)
    if not len(counts) or not len(points):
        return None
    if counts.min() < 0 or counts.sum() != len(corners):
        raise AssetError(
            f"Asset.faces must fit their corners, got {len(corners):,} corners for "
            f"{int(np.abs(counts).sum()):,} in {mesh.GetPath()}. Export it again."
        )
    if len(corners) and (corners.min() < 0 or corners.max() >= len(points)):
        raise AssetError(
            f"Asset.faces must point at vertices, got {int(corners.max())} of "
            f"{len(points):,} in {mesh.GetPath()}. Export it again."
        )
    check_triangles(int(np.maximum(counts - 2, 0).sum()), str(mesh.GetPath()))
    clockwise = mesh.GetOrientationAttr().Get() == UsdGeom.Tokens.leftHanded
    return points, counts, corners, holes, clockwise


def _fans(counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cut faces into triangles.

    Returns:
        The face of each triangle, shape (m,), and its corner slots, shape (m, 3).
    """
    first = np.concatenate([[0], np.cumsum(counts)])[:-1]
    many = np.maximum(counts - 2, 0)
    faces = np.repeat(np.arange(len(counts)), many)
    ahead = np.arange(len(faces)) - np.repeat(np.cumsum(many) - many, many)
    start = first[faces]
    return faces, np.stack([start, start + ahead + 1, start + ahead + 2], axis=1)
