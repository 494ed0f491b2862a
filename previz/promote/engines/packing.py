"""A finished frame as bytes, to travel between machines that share no disk.

Colour and normals go as half floats, which is how a linear frame is kept at home, so
that one made far away is kept to the bit as one made here. Nothing is unpickled.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.deliver import Attribute
from previz.errors import PromoteError
from previz.promote.backend import Frame

__all__ = ["packed", "unpacked"]

_PICTURE = "picture"
_LAYER = "layer."
_CAMERA = "camera."
_TOLD = "told.json"
_HALF = frozenset({"normal", "albedo", "alpha"})
"""Layers that `previz.deliver.write_exr` keeps as half floats."""
_MOST_HALF = 65_504.0
_FAST = 1
"""Of zlib's levels: higher ones cost more time than the line saves."""


def packed(frame: Frame) -> bytes:
    """Return a frame as bytes."""
    planes: dict[str, NDArray[Any]] = {}
    planes[_PICTURE] = _halved(frame.picture) if frame.is_linear else frame.picture
    for name, layer in frame.layers.items():
        planes[_LAYER + name] = _halved(layer) if name in _HALF else layer
    said: dict[str, Any] = {}
    for name, value in frame.camera.items():
        if isinstance(value, np.ndarray):
            planes[_CAMERA + name] = value
        elif isinstance(value, Fraction):
            said[name] = [value.numerator, value.denominator]
        else:
            said[name] = value
    told = {"number": frame.number, "names": frame.names, "camera": said}
    stream = io.BytesIO()
    with zipfile.ZipFile(
        stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST
    ) as file:
        # Opened and not `writestr`, which would write the clock into the bytes.
        with file.open(_TOLD, "w") as member:
            member.write(json.dumps(told).encode())
        for name, plane in planes.items():
            with file.open(name, "w", force_zip64=True) as member:
                np.lib.format.write_array(member, plane, allow_pickle=False)
    return stream.getvalue()


def unpacked(raw: bytes) -> Frame:
    """Return the frame that `packed` made bytes of.

    Raises:
        PromoteError: If they are no such bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            told = json.loads(file.read(_TOLD))
            planes = {
                name: np.lib.format.read_array(
                    io.BytesIO(file.read(name)), allow_pickle=False
                )
                for name in file.namelist()
                if name != _TOLD
            }
        picture = planes.pop(_PICTURE)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise PromoteError(
            f"Frame must arrive whole, got {len(raw)} bytes that are no frame "
            f"({type(error).__name__}). Promote the shot again; it goes on."
        ) from None
    camera: dict[str, Attribute] = {
        name: Fraction(*value) if isinstance(value, list) else value
        for name, value in told["camera"].items()
    }
    return Frame(
        number=int(told["number"]),
        picture=_whole(picture),
        layers={name: _whole(x) for name, x in _of(planes, _LAYER).items()},
        names=tuple(told["names"]),
        camera={**camera, **_of(planes, _CAMERA)},
    )


def _of(planes: Mapping[str, NDArray[Any]], kind: str) -> dict[str, NDArray[Any]]:
    return {n.removeprefix(kind): x for n, x in planes.items() if n.startswith(kind)}


def _halved(plane: NDArray[Any]) -> NDArray[np.float16]:
    """Cut what half floats cannot hold; what is no number stays and is seen at home."""
    values = plane.astype(np.float32)
    cut = np.clip(values, -_MOST_HALF, _MOST_HALF)
    half: NDArray[np.float16] = np.where(np.isfinite(values), cut, values).astype(
        np.float16
    )
    return half


def _whole(plane: NDArray[Any]) -> NDArray[Any]:
    return plane.astype(np.float32) if plane.dtype == np.float16 else plane
