"""Assets on disk: one `assets/<sha256>.npz` each, named by the bytes in it.

Reference pictures lie beside them as `<sha256>.jpg`.

A file is read only if its bytes have the hash that is its name, so what was imported
is what is shown. Nothing in it is code: arrays are stored without pickles.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.assets.pictures import picture_of
from previz.errors import PrevizError
from previz.folder import FilmFolder, write_atomic
from previz.model import Film, Matter
from previz.stage import MATTERS, Asset, Assets, Materials, Mesh, Motion, Picture

__all__ = ["asset_name", "load_assets", "pack", "store_assets", "unpack"]

MOST_BYTES = 256 * 1024 * 1024
"""A larger asset is not read."""

_MOST_UNPACKED = 1024 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MESH = {
    "positions": ("<f4", 2),
    "normals": ("<f4", 2),
    "surface": ("<f4", 2),
    "triangles": ("<i4", 2),
    "triangle_material": ("<i4", 1),
    "bulks": ("<f8", 2),
    "base_color": ("<f4", 2),
    "roughness": ("<f4", 1),
    "metalness": ("<f4", 1),
    "matter": ("|u1", 1),
    "emission": ("<f4", 2),
}
_MOTION = {
    "names": ("|u1", 1),
    "parents": ("<i4", 1),
    "offsets_m": ("<f8", 2),
    "positions_m": ("<f8", 2),
    "rotations": ("<f8", 3),
    "seconds_a_frame": ("<f8", 1),
}
_BROKEN = (
    OSError, ValueError, KeyError, EOFError, RuntimeError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_TABLE = ("base_color", "roughness", "metalness", "matter", "emission")


def asset_name(asset: Asset) -> str:
    """Return the SHA-256 that names an asset: of the bytes that `pack` gives."""
    return hashlib.sha256(pack(asset)).hexdigest()


def pack(asset: Asset) -> bytes:
    """Return an asset as the bytes of its file; equal assets, equal bytes."""
    if isinstance(asset, Picture):
        return asset.data
    if isinstance(asset, Mesh):
        arrays = {
            name: getattr(asset.materials if name in _TABLE else asset, name)
            for name in _MESH
        }
        words = [MATTERS[row].value for row in asset.materials.matter]
        arrays["matter"] = _text(words)
        kinds = _MESH
    else:
        arrays = {name: getattr(asset, name) for name in _MOTION}
        arrays["names"] = _text(asset.names)
        kinds = _MOTION
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, values in arrays.items():
            raw = io.BytesIO()
            typed = np.atleast_1d(values).astype(kinds[name][0])
            np.save(raw, np.ascontiguousarray(typed), allow_pickle=False)
            # Clock, system and compressor would change the bytes, and so the name,
            # from one machine to the next.
            entry = zipfile.ZipInfo(f"{name}.npy", _EPOCH)
            entry.create_system = _UNIX
            archive.writestr(entry, raw.getvalue())
    return target.getvalue()


def unpack(data: bytes) -> Mesh | Motion:
    """Return the asset that `pack` made these bytes of.

    Raises:
        PrevizError: If they are no asset, or its parts do not fit together.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
                raise ValueError(f"more than {_MOST_UNPACKED >> 20} MiB unpacked")
            kinds = _MESH if "triangles.npy" in archive.namelist() else _MOTION
            arrays = {name: _array(archive, name, *kinds[name]) for name in kinds}
        asset = _mesh(arrays) if kinds is _MESH else _motion(arrays)
    except _BROKEN as error:
        raise PrevizError(
            f"Asset.file must be a whole .npz of previz, got a broken one ({error}). "
            "Import it again."
        ) from None
    return asset


def load_assets(folder: FilmFolder, film: Film) -> Assets:
    """Return the assets that a film names and its folder holds whole.

    What is missing or broken is left out and noted: a grey box stands for a mesh,
    and nobody plays a motion.

    Args:
        folder: The film's folder.
        film: The film.
    """
    found: dict[str, Asset] = {}
    notes: list[str] = []
    for scene in film.scenes:
        for name in scene.asset_names:
            if name in found:
                continue
            try:
                found[name] = _read(_path(folder, name), name)
            except PrevizError as error:
                notes.append(_note(film, name, str(error)))
                continue
    for character in film.characters:
        for reference in character.references:
            try:
                found[reference.picture] = _read_picture(folder, reference.picture)
            except PrevizError as error:
                notes.append(f"A picture of {character.name} is not shown: {error}")
    return Assets(found, notes=tuple(dict.fromkeys(notes)))


def store_assets(folder: FilmFolder, assets: Assets) -> None:
    """Write the assets that the folder does not hold whole yet.

    Raises:
        FilmFolderError: If the folder cannot be written.
    """
    for name, asset in assets.items():
        path = _path(folder, name, asset)
        try:
            _whole(path, name)
        except PrevizError:
            write_atomic(path, pack(asset))


def _path(folder: FilmFolder, name: str, asset: Asset | None = None) -> Path:
    ending = "jpg" if isinstance(asset, Picture) else "npz"
    return folder.assets / f"{name}.{ending}"


def _read(path: Path, name: str) -> Mesh | Motion:
    """Read one asset and compare its bytes with its name.

    Raises:
        PrevizError: If it is missing, a link, too large, changed or broken.
    """
    return unpack(_whole(path, name))


def _read_picture(folder: FilmFolder, name: str) -> Picture:
    """Read one reference picture and compare its bytes with its name.

    Raises:
        PrevizError: If it is missing, a link, too large, changed or broken.
    """
    picture = Picture(_whole(folder.assets / f"{name}.jpg", name))
    picture_of(picture)
    return picture


def _whole(path: Path, name: str) -> bytes:
    """Return the bytes of an asset whose name they bear out.

    Raises:
        PrevizError: If it is missing, a link, too large or changed.
    """
    if path.is_symlink() or not path.is_file():
        raise PrevizError(
            f"Asset.file must be in the film folder, got no {path.name}. "
            "Import it again or bring the file back."
        )
    if path.stat().st_size > MOST_BYTES:
        raise PrevizError(
            f"Asset.file must be <= {MOST_BYTES >> 20} MiB, got "
            f"{path.stat().st_size >> 20} MiB in {path.name}. Import it again."
        )
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != name:
        raise PrevizError(
            f"Asset.file must have the SHA-256 that is its name, got other bytes in "
            f"{path.name}. Import it again or bring the file back."
        )
    return data


def _note(film: Film, name: str, why: str) -> str:
    users = []
    for scene in film.scenes:
        pieces = (*scene.set.pieces, *(prop.piece for prop in scene.props))
        users += [f"{p.id} (scene {scene.number})" for p in pieces if p.asset == name]
        users += [
            f"{blocking.character}'s motion (scene {scene.number})"
            for blocking in scene.blocking
            if any(clip.asset == name for clip in blocking.clips)
        ]
    return f"A stand-in is shown for {', '.join(users)}: {why}"


def _array(archive: zipfile.ZipFile, name: str, dtype: str, axes: int) -> NDArray[Any]:
    """Read one array; its header may not ask for more memory than it has bytes."""
    raw = io.BytesIO(archive.read(f"{name}.npy"))
    if np.lib.format.read_magic(raw) != (1, 0):
        raise ValueError("an array of another version")
    shape, fortran, found = np.lib.format.read_array_header_1_0(raw)
    if found != np.dtype(dtype) or len(shape) != axes or fortran:
        raise ValueError(f"an array of {found} with {len(shape)} axes")
    values = np.frombuffer(raw.read(), found).reshape(shape)
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        raise ValueError("a number that is not finite")
    return values


def _text(words: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _words(text: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(bytes(text).decode().split("\n"))


def _mesh(arrays: dict[str, NDArray[Any]]) -> Mesh:
    # By name: an index would mean another matter once the list has changed.
    matters = [MATTERS.index(Matter(word)) for word in _words(arrays["matter"])]
    arrays["matter"] = np.array(matters, np.uint8)
    vertices, faces, rows = (
        len(arrays[name]) for name in ("positions", "triangles", "roughness")
    )
    shapes = {
        "positions": (vertices, 3),
        "normals": (vertices, 3),
        "surface": (vertices, 2),
        "triangles": (faces, 3),
        "triangle_material": (faces,),
        "bulks": (len(arrays["bulks"]), 6),
        "base_color": (rows, 3),
        "roughness": (rows,),
        "metalness": (rows,),
        "matter": (rows,),
        "emission": (rows, 3),
    }
    for name, shape in shapes.items():
        if arrays[name].shape != shape:
            raise ValueError(f"{name} of shape {arrays[name].shape}")
    for name, most in (("triangles", vertices), ("triangle_material", rows)):
        if not faces or arrays[name].min() < 0 or arrays[name].max() >= most:
            raise ValueError(f"{name} that point nowhere")
    table = Materials(**{name: arrays.pop(name) for name in _TABLE})
    return Mesh(**arrays, materials=table)


def _motion(arrays: dict[str, NDArray[Any]]) -> Motion:
    names = _words(arrays["names"])
    joints, frames = len(names), len(arrays["positions_m"])
    parents = arrays["parents"].tolist()
    fits = (
        arrays["offsets_m"].shape == (joints, 3)
        and arrays["positions_m"].shape == (frames, 3)
        and arrays["rotations"].shape == (frames, joints, 4)
        and len(parents) == joints
        and all(-1 <= parent < k for k, parent in enumerate(parents))
        and frames > 0
        and arrays["seconds_a_frame"].shape == (1,)
        and float(arrays["seconds_a_frame"][0]) > 0
    )
    if not fits:
        raise ValueError("joints and frames that do not fit together")
    return Motion(
        names=names,
        parents=tuple(parents),
        offsets_m=arrays["offsets_m"],
        positions_m=arrays["positions_m"],
        rotations=arrays["rotations"],
        seconds_a_frame=float(arrays["seconds_a_frame"][0]),
    )
