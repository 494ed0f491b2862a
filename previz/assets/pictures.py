"""Pictures that are dropped in: read with limits, and the colours that are in them."""

from __future__ import annotations

import io
import struct
import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from previz.assets.parts import linear
from previz.errors import AssetError
from previz.model import RGB
from previz.stage import Picture

__all__ = ["MOST_PICTURE_BYTES", "Swatch", "palette_of", "picture_of", "read_picture"]

MOST_PICTURE_BYTES = 16 * 1024 * 1024
"""A larger file is not read."""

_FORMATS = ("JPEG", "PNG", "WEBP")
_MOST_PX, _LARGEST_SIDE_PX = 60_000_000, 20_000
_KEPT_PX, _JPEG_QUALITY = 1024, 92
_LOOKED_AT_PX = 160
_COLORS, _MOST_SWATCHES = 14, 8
_ALIKE, _LEAST_SHARE = 0.055, 0.012
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture upright, by EXIF's orientation."""
_BROKEN = (
    OSError, ValueError, SyntaxError, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # fmt: skip
_BROKEN_EXIF = (
    OSError, ValueError, SyntaxError, LookupError, TypeError, AttributeError,
    struct.error,
)  # fmt: skip

# Ottosson's OKLab (2020): cone responses of linear sRGB, and what eyes tell apart.
_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


class Swatch(NamedTuple):
    """A colour of a picture: linear Rec.709, and how much of the picture has it."""

    color: RGB
    share: float


def read_picture(data: bytes) -> Picture:
    """Read the bytes of a PNG, JPEG or WebP file as a picture to be kept.

    It is kept upright, at most 1024 pixels long, and without what a phone writes
    beside it, such as where it was taken.

    Raises:
        AssetError: If it is another kind of file, broken or too large.
    """
    if len(data) > MOST_PICTURE_BYTES:
        raise AssetError(
            f"Reference.picture must be <= {MOST_PICTURE_BYTES >> 20} MB, got "
            f"{len(data) / 2**20:.0f} MB. Drop in a smaller copy."
        )
    try:
        kept = _small(data)
    except _BROKEN as error:
        if isinstance(error, AssetError):
            raise
        raise AssetError(
            "Reference.picture must be a whole PNG, JPEG or WebP picture, got "
            f"{_kind(data)}. Drop in another file."
        ) from None
    raw = io.BytesIO()
    kept.save(raw, "JPEG", quality=_JPEG_QUALITY)
    return Picture(raw.getvalue())


def picture_of(picture: Picture) -> Image.Image:
    """Return a kept picture's pixels.

    Raises:
        AssetError: If its bytes are no JPEG.
    """
    try:
        with Image.open(io.BytesIO(picture.data), formats=("JPEG",)) as found:
            if max(found.size) > _KEPT_PX:
                raise ValueError
            return found.convert("RGB")
    except _BROKEN:
        raise AssetError(
            "Reference.picture must be as it was kept, got other bytes. Drop it in "
            "again."
        ) from None


def palette_of(picture: Picture) -> tuple[Swatch, ...]:
    """Return the colours of a picture, the commonest first; eight at most.

    They are the middles of clusters in OKLab, where distances are what eyes see.

    Raises:
        AssetError: If its bytes are no JPEG.
    """
    small = picture_of(picture)
    small.thumbnail((_LOOKED_AT_PX, _LOOKED_AT_PX))
    light = linear(np.asarray(small, np.float64) / 255).reshape(-1, 3)
    lab = np.cbrt(light @ _CONES.T) @ _LAB.T
    # Pillow clusters bytes, with three numbers a pixel of any meaning.
    coded = np.rint((lab * (1.0, 1.6, 1.6) + (0.0, 0.5, 0.5)) * 255)
    image = Image.fromarray(coded.clip(0, 255).astype(np.uint8)[None])
    label = np.asarray(
        image.quantize(_COLORS, Image.Quantize.MEDIANCUT, kmeans=1)
    ).reshape(-1)
    groups: list[tuple[int, NDArray[np.float64], NDArray[np.float64]]] = []
    for number in np.argsort(-np.bincount(label), kind="stable").tolist():
        own = label == number
        count = int(own.sum())
        if count < _LEAST_SHARE * len(label):
            continue
        middle, color = lab[own].mean(axis=0), light[own].mean(axis=0)
        if all(np.linalg.norm(middle - other) > _ALIKE for _, other, _ in groups):
            groups.append((count, middle, color))
    return tuple(
        Swatch(_rounded(color), count / len(label))
        for count, _, color in groups[:_MOST_SWATCHES]
    )


def _rounded(color: NDArray[np.float64]) -> RGB:
    red, green, blue = np.round(color, 4).tolist()
    return red, green, blue


def _small(data: bytes) -> Image.Image:
    """Return a file's picture upright, at most 1024 pixels long, and bare."""
    # Of what is odd in the words beside a picture Pillow warns.
    with (
        warnings.catch_warnings(action="ignore"),
        Image.open(io.BytesIO(data), formats=_FORMATS) as found,
    ):
        width, height = found.size
        if width * height > _MOST_PX or max(found.size) > _LARGEST_SIDE_PX:
            raise AssetError(
                f"Reference.picture must be <= {_MOST_PX // 10**6} megapixels, got "
                f"{width} x {height}. Drop in a smaller copy."
            )
        # JPEGs are read at a part of their size where that is enough.
        found.draft("RGB", (_KEPT_PX, _KEPT_PX))
        turn = _turn_of(found)
        small = _eight_bits(found)
        small.thumbnail((_KEPT_PX, _KEPT_PX))
        kept = _on_grey(_in_srgb(small, found.info.get("icc_profile")))
    # A JPEG's comment would be written again.
    kept.info.clear()
    return kept if turn is None else kept.transpose(turn)


def _turn_of(picture: Image.Image) -> Image.Transpose | None:
    """Return what brings a picture upright; none where its EXIF is broken."""
    try:
        return _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except _BROKEN_EXIF:
        return None


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return the picture with 8 bits a channel; more would be cut off at white."""
    if not picture.mode.startswith("I"):
        return picture
    deep = np.asarray(picture, np.int64) >> 8
    return Image.fromarray(deep.clip(0, 255).astype(np.uint8))


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as its profile means it: phones write Display P3."""
    if not profile:
        return picture
    clear = picture.has_transparency_data
    if picture.mode not in ("RGB", "L", "CMYK"):
        picture = picture.convert("RGBA" if clear else "RGB")
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        meant = ImageCms.profileToProfile(
            picture,
            own,
            ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if clear else "RGB",
        )
    except (ImageCms.PyCMSError, *_BROKEN):
        # A broken profile, or one of another kind of picture.
        return picture
    return picture if meant is None else meant


def _on_grey(picture: Image.Image) -> Image.Image:
    """Return the picture without transparency: what is clear becomes grey."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", clear.size, (128, 128, 128, 255))
    return Image.alpha_composite(ground, clear).convert("RGB")


def _kind(data: bytes) -> str:
    if not data:
        return "an empty file or a folder"
    head = data[:512].lstrip().lower()
    if b"<svg" in head or head.startswith((b"<?xml", b"<!doctype")):
        return "a drawing or a page (SVG, XML, HTML)"
    return "something else or a broken one"
