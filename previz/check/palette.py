"""The colours somebody wears in a reference picture, by region of the body."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from previz.errors import ModelError
from previz.model import RGB, Character

__all__ = ["Palette", "palette_of"]

_MOST_PX = 80_000_000
_SEEN_PX = 320
"""Longer edge of the picture that is looked at."""
_LEAST_SHARE, _MOST_SHARE = 0.02, 0.85
_STANDS_OUT = 0.11
_LEAST_PX = 24

# From crown (0) to soles (1), where a region is seen best.
_BANDS = {
    "hair": (0.0, 0.045),
    "skin": (0.06, 0.10),
    "top": (0.20, 0.42),
    "bottom": (0.54, 0.88),
    "shoes": (0.955, 1.0),
}
_BELOW = {
    "hair": "the crown", "skin": "the hair", "top": "the shoulders",
    "bottom": "the hips", "shoes": "the knees",
}  # fmt: skip
_HEADS = 7.5
"""Heights of a head in an adult's height (Loomis)."""


@dataclass(frozen=True)
class Palette:
    """What a picture shows of a person; linear Rec.709.

    Attributes:
        colors: "hair", "skin", "top", "bottom", "shoes" to colour, None if unseen.
        reasons: Why a colour is None.
    """

    colors: dict[str, RGB | None]
    reasons: dict[str, str] = field(default_factory=dict)

    def on(self, character: Character) -> Character:
        """Return the character in these colours; what was not seen stays."""
        seen = {name: color for name, color in self.colors.items() if color}
        body = {name: seen[name] for name in ("hair", "skin") if name in seen}
        worn = {n: seen[n] for n in ("top", "bottom", "shoes") if n in seen}
        return character.changed(**body, wardrobe=character.wardrobe.changed(**worn))


def palette_of(picture: Path | str) -> Palette:
    """Return the colours of the one person who stands out in a picture.

    The person is what differs from the picture's sides; bands of the height are
    looked at by an adult's proportions.

    Args:
        picture: A PNG or JPEG file of somebody upright before an even background.

    Raises:
        ModelError: If there is no readable picture of at most 80 megapixels.
    """
    pixels = _read(Path(picture))
    figure = _figure(pixels)
    share = float(figure.mean())
    if not _LEAST_SHARE <= share <= _MOST_SHARE:
        why = "no figure stands out from the background"
        return Palette(dict.fromkeys(_BANDS), dict.fromkeys(_BANDS, why))
    rows = np.flatnonzero(figure.sum(axis=1) >= 2)
    first, last = int(rows[0]), int(rows[-1]) + 1
    cut_off = last >= len(figure) - 1
    tall = _height(figure[first:last]) if cut_off else last - first
    colors: dict[str, RGB | None] = {}
    reasons: dict[str, str] = {}
    for name, (low, high) in _BANDS.items():
        start, end = first + int(low * tall), first + max(int(high * tall), 1)
        inside = min(end, last)
        if start >= last or (inside - start) < 0.35 * (end - start):
            colors[name], reasons[name] = None, f"cut off below {_BELOW[name]}"
            continue
        found = _dominant(pixels[start:inside], figure[start:inside])
        colors[name] = found
        if found is None:
            reasons[name] = "too little of it"
    return Palette(colors, reasons)


def _read(path: Path) -> NDArray[np.float64]:
    """Return a picture's sRGB values, 0 to 1, made small, shape (h, w, 3)."""
    try:
        with Image.open(path) as image:
            if image.width * image.height > _MOST_PX:
                raise ModelError(
                    f"Palette.picture must be at most 80 megapixels, got "
                    f"{image.width} x {image.height}. Pass a smaller copy."
                )
            if min(image.size) < 16:
                raise ModelError(
                    f"Palette.picture must be at least 16 px wide and high, got "
                    f"{image.width} x {image.height}. Pass a larger picture."
                )
            image.load()
            small = image.convert("RGB")
            small.thumbnail((_SEEN_PX, _SEEN_PX))
            return np.asarray(small, np.float64) / 255
    except ModelError:
        raise
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        raise ModelError(
            f"Palette.picture must be a file that can be read, got {str(path)!r} "
            f"({error.strerror}). Pass another path."
        ) from None
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise ModelError(
            f"Palette.picture must be a PNG or JPEG file, got {path.name!r} "
            f"({type(error).__name__}). Pass a whole picture."
        ) from None


def _figure(pixels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which pixels differ from the background beside them, shape (h, w)."""
    height, width = pixels.shape[:2]
    edge = max(width // 24, 2)
    left = np.median(pixels[:, :edge], axis=1)
    right = np.median(pixels[:, -edge:], axis=1)
    across = np.linspace(0, 1, width)[None, :, None]
    behind = left[:, None] * (1 - across) + right[:, None] * across
    differs = np.linalg.norm(pixels - behind, axis=2) > _STANDS_OUT
    # Speckles are not a figure: most of the neighbourhood has to differ.
    padded = np.pad(differs, 1)
    around = sum(
        padded[i : i + height, j : j + width].astype(int)
        for i in range(3)
        for j in range(3)
    )
    return np.asarray(around >= 5)


def _height(figure: NDArray[np.bool_]) -> int:
    """Return how tall a figure is that is cut off below, from its head, pixels."""
    wide = figure.sum(axis=1).astype(float)
    smooth = np.convolve(wide, np.ones(3) / 3, mode="same")
    head = np.maximum.accumulate(smooth)
    most = float(smooth.max())
    shoulders = int(np.argmax(smooth > 0.80 * most))
    neck_from = max(int(np.argmax(head > 0.30 * most)), 1)
    between = smooth[neck_from : max(shoulders, neck_from + 1)]
    neck = neck_from + int(between.argmin()) if len(between) > 2 else shoulders
    return max(int(_HEADS * max(neck, 1) * 0.98), len(figure))


def _dominant(pixels: NDArray[np.float64], figure: NDArray[np.bool_]) -> RGB | None:
    """Return the commonest colour of a figure's middle, or None for a few pixels."""
    columns = np.flatnonzero(figure.any(axis=0))
    if not len(columns):
        return None
    low, high = int(columns[0]), int(columns[-1]) + 1
    margin = int(0.2 * (high - low))
    keep = figure.copy()
    keep[:, : low + margin] = False
    keep[:, high - margin :] = False
    seen = pixels[keep]
    if len(seen) < _LEAST_PX:
        return None
    coarse = (np.clip(seen, 0, 0.999) * 8).astype(int) @ (64, 8, 1)
    members = seen[coarse == np.bincount(coarse).argmax()]
    linear = np.where(
        members <= 0.04045, members / 12.92, ((members + 0.055) / 1.055) ** 2.4
    ).mean(axis=0)
    return (
        round(float(linear[0]), 4),
        round(float(linear[1]), 4),
        round(float(linear[2]), 4),
    )
