"""OpenEXR: one part, many layers, half floats where they suffice, ids to the bit.

    R G B A              the picture, linear Rec.709, and its alpha, half
    Z                    metres along the camera's axis, float; infinite in the sky
    N.X N.Y N.Z          world normals, half
    forward.u forward.v  pixels to the next frame, right and up, float
    albedo.R .G .B       reflectance, half
    CryptoObject00.R …   ids and shares by rank, float

ZIP throughout: it keeps every bit, where the lossy codecs make other ids.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.deliver.cryptomatte import LAYER, manifest_of, matte_channels, names_in
from previz.deliver.slate import Attribute
from previz.deliver.whole import whole
from previz.errors import (
    FilmFolderError,
    MissingRuntimeError,
    PrevizError,
    UnknownNameError,
)

__all__ = ["Exr", "read_exr", "write_exr"]

_REC709 = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290)
_COLOR = "lin_rec709_scene"
_MOST_HALF = 65_504.0
_MOST_FRAMES = 30
"""That a second of timecode can count."""
_PLAIN: dict[str, tuple[tuple[str, ...], type]] = {
    "alpha": (("A",), np.float16),
    "depth": (("Z",), np.float32),
    "normal": (("N.X", "N.Y", "N.Z"), np.float16),
    "motion": (("forward.u", "forward.v"), np.float32),
    "albedo": (("albedo.R", "albedo.G", "albedo.B"), np.float16),
}
_LAYERS = (*_PLAIN, "ids", "coverage")
_OWN = {
    "channels", "compression", "dataWindow", "displayWindow", "lineOrder",
    "pixelAspectRatio", "screenWindowCenter", "screenWindowWidth", "type",
    "chromaticities", "colorInteropID", "name", "version", "chunkCount",
}  # fmt: skip
"""What is of the file, not of the picture."""


@dataclass(frozen=True)
class Exr:
    """What a file holds.

    Attributes:
        picture: Linear Rec.709, float32, shape (h, w, 3).
        layers: As `write_exr` takes them.
        names: Whose ids `layers["ids"]` may hold, in order.
        attributes: What else the header says.
    """

    picture: NDArray[np.float32]
    layers: Mapping[str, NDArray[np.generic]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    attributes: Mapping[str, Attribute] = field(default_factory=dict)


def write_exr(
    path: Path,
    picture: NDArray[np.floating],
    *,
    layers: Mapping[str, NDArray[np.generic]] | None = None,
    names: Collection[str] = (),
    attributes: Mapping[str, Attribute] | None = None,
) -> None:
    """Write a picture and its layers; the file appears whole or not at all.

    Args:
        path: The file; its folder must exist.
        picture: Linear Rec.709, shape (h, w, 3); what half floats cannot hold is cut
            at 65504.
        layers: "alpha" and "depth" of shape (h, w), "normal", "albedo" (h, w, 3),
            "motion" (pixels to the next frame: right, down; (h, w, 2)), and, by rank,
            "ids" (uint32, from `id_of`; 0 for nothing) with "coverage" (h, w, ranks).
        names: Of all that ids may be of: the Cryptomatte manifest.
        attributes: What the header says besides; "timeCode" is SMPTE text.

    Raises:
        FilmFolderError: If the disk is full or the folder cannot be written.
        MissingRuntimeError: If the extra `promote` is not installed.
        PrevizError: If a layer has another shape than the picture.
        UnknownNameError: If a layer is none of these.
    """
    exr = _openexr()
    layers = layers or {}
    _check(picture, layers)
    header: dict[str, Any] = {
        "compression": exr.ZIP_COMPRESSION,
        "type": exr.scanlineimage,
        "chromaticities": _REC709,
        "colorInteropID": _COLOR,
        **_stored(exr, attributes or {}),
    }
    if "ids" in layers:
        header |= manifest_of(names)
    stream = io.BytesIO()
    exr.File(header, _channels(picture, layers)).write(stream)
    with whole(path) as part:
        part.write_bytes(stream.getbuffer())


def read_exr(path: Path) -> Exr:
    """Read a file that `write_exr` wrote.

    Raises:
        FilmFolderError: If the file is missing or no such file.
        MissingRuntimeError: If the extra `promote` is not installed.
    """
    exr = _openexr()
    try:
        raw = path.read_bytes()
        file = exr.File(io.BytesIO(raw), separate_channels=True)
        planes = {name: x.pixels for name, x in file.channels().items()}
        picture = np.stack([planes[name] for name in "RGB"], axis=-1)
    except (OSError, RuntimeError, KeyError, ValueError) as error:
        raise FilmFolderError(
            f"Exr.path must be an OpenEXR picture that can be read, got {path} "
            f"({error}). Delete it and make it again."
        ) from None
    header = file.header()
    return Exr(
        picture=picture.astype(np.float32),
        layers=_layers(planes),
        names=names_in(header),
        attributes={
            name: _told(exr, value, header)
            for name, value in header.items()
            if name not in _OWN and not name.startswith("cryptomatte/")
        },
    )


def _openexr() -> Any:
    try:
        import OpenEXR
    except ImportError as error:
        raise MissingRuntimeError(
            "deliver must have the extra 'promote' (OpenEXR), got no OpenEXR. "
            "Run pip install 'previz[promote]'."
        ) from error
    return OpenEXR


def _check(
    picture: NDArray[np.floating], layers: Mapping[str, NDArray[np.generic]]
) -> None:
    if picture.ndim != 3 or picture.shape[2] != 3:
        raise PrevizError(
            f"Exr.picture must be of shape (h, w, 3), got {picture.shape}. "
            "Pass a colour picture."
        )
    size = picture.shape[:2]
    for name, layer in layers.items():
        if name not in _LAYERS:
            raise UnknownNameError("Exr.layers", name, _LAYERS)
        whose, _ = _PLAIN.get(name, ((), None))
        wanted = size if len(whose) == 1 else (*size, len(whose) or layer.shape[-1])
        if layer.shape != wanted:
            raise PrevizError(
                f"Exr.layers[{name!r}] must be of shape {wanted}, got {layer.shape}. "
                "Draw it at the picture's size."
            )
    mattes = [layers.get(name) for name in ("ids", "coverage")]
    shapes = {None if x is None else x.shape for x in mattes}
    if len(shapes) > 1 or (mattes[0] is not None and mattes[0].dtype != np.uint32):
        raise PrevizError(
            "Exr.layers must have uint32 'ids' with a 'coverage' of the same shape, "
            f"got {[None if x is None else (x.dtype, x.shape) for x in mattes]}. "
            "Pass both, by rank."
        )


def _channels(
    picture: NDArray[np.floating], layers: Mapping[str, NDArray[np.generic]]
) -> dict[str, NDArray[np.generic]]:
    made: dict[str, NDArray[np.generic]] = {}
    made |= _planes("RGB", picture, np.float16)
    for name, (channels, kind) in _PLAIN.items():
        if name in layers:
            made |= _planes(channels, _signed(name, layers[name]), kind)
    if "ids" in layers:
        ids = np.asarray(layers["ids"], np.uint32)
        made |= matte_channels(ids, np.asarray(layers["coverage"], np.float32))
    return made


def _signed(name: str, layer: NDArray[Any]) -> NDArray[Any]:
    """Turn motion's down into up, and back: compositing programs count from below."""
    if name != "motion":
        return layer
    return layer * np.array([1.0, -1.0], np.float32)


def _planes(
    channels: Collection[str], values: NDArray[Any], kind: type
) -> dict[str, NDArray[np.generic]]:
    if kind is np.float16:
        values = np.clip(values, -_MOST_HALF, _MOST_HALF)
    values = np.atleast_3d(values).astype(kind)
    return {
        name: np.ascontiguousarray(values[..., k]) for k, name in enumerate(channels)
    }


def _layers(planes: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.generic]]:
    made: dict[str, NDArray[np.generic]] = {}
    for name, (channels, _) in _PLAIN.items():
        if all(channel in planes for channel in channels):
            found = np.stack([planes[x] for x in channels], axis=-1).astype(np.float32)
            made[name] = _signed(name, found[..., 0] if len(channels) == 1 else found)
    ranked = sorted(
        name for name in planes if re.fullmatch(rf"{LAYER}\d\d\.[RGBA]", name)
    )
    ranked.sort(key=lambda name: (name[:-1], "RGBA".index(name[-1])))
    if ranked:
        numbers = [planes[name].view(np.uint32) for name in ranked[::2]]
        made["ids"] = np.stack(numbers, axis=-1)
        made["coverage"] = np.stack([planes[name] for name in ranked[1::2]], axis=-1)
    return made


def _stored(exr: Any, attributes: Mapping[str, Attribute]) -> dict[str, Any]:
    """Return attributes as the header holds them.

    Timecode counts to 30 a second at most: of faster pictures two or more share a
    number, and of two the second has its mark (SMPTE ST 12-1, high frame rates).
    """
    stored: dict[str, Any] = dict(attributes)
    if "timeCode" in stored:
        text, together = str(stored["timeCode"]), _together(attributes)
        hours, minutes, seconds, frame = (int(x) for x in re.split("[:;]", text))
        number, place = divmod(frame, together)
        second = int(together == 2 and place)
        marks = (int(";" in text), 0, second)
        stored["timeCode"] = exr.TimeCode(
            hours, minutes, seconds, number, *marks, *[0] * 11
        )
    return stored


def _together(attributes: Mapping[str, Any]) -> int:
    """Return how many pictures share a frame of timecode."""
    nominal: int = round(attributes.get("framesPerSecond", 24))
    return -(-nominal // _MOST_FRAMES)


def _told(exr: Any, value: Any, header: Mapping[str, Any]) -> Attribute:
    if isinstance(value, exr.TimeCode):
        mark, together = ";" if value.dropFrame else ":", _together(header)
        frame = value.frame * together + (value.fieldPhase if together == 2 else 0)
        clock = f"{value.hours:02d}:{value.minutes:02d}:{value.seconds:02d}"
        return f"{clock}{mark}{frame:02d}"
    known = (str, int, float, Fraction, np.ndarray)
    return value if isinstance(value, known) else str(value)
