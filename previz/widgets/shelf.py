"""What can be brought to the stage, with a small picture of each piece in clay."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from previz.direct.stock import LAMPS, STOCK, stocked
from previz.stage.pieces import build_piece
from previz.widgets.messages import ShelfSent
from previz.widgets.protocol import ShelfLamp, ShelfPiece

__all__ = ["shelf_sent", "thumbnail"]

TILE_PX = (84, 64)
_COLUMNS = 8
_SMOOTH = 2
"""Drawn so many times larger, then made smaller: smooth edges."""
_FILLS = 0.86
_CLAY = np.array([0.62, 0.58, 0.52])
_COLORED = 0.55
"""How much of its own colour a thing keeps."""
_KEY = np.array([0.45, 0.75, 0.48])
_YAW_RAD, _TILT_RAD = np.radians(-32.0), np.radians(24.0)


@lru_cache(maxsize=1)
def shelf_sent() -> tuple[ShelfSent, bytes]:
    """Return everything in stock, and the sheet of its pictures as a PNG."""
    rows = -(-len(STOCK) // _COLUMNS)
    width, height = TILE_PX
    sheet = Image.new("RGBA", (_COLUMNS * width, rows * height))
    for k, one in enumerate(STOCK):
        tile = thumbnail(one.kind)
        sheet.paste(tile, ((k % _COLUMNS) * width, (k // _COLUMNS) * height))
    raw = io.BytesIO()
    sheet.save(raw, "PNG")
    sent = ShelfSent(
        pieces=tuple(
            ShelfPiece(
                name=one.kind,
                group=one.group,
                words=one.words,
                size_m=one.size_m,
                high_m=one.high_m,
            )
            for one in STOCK
        ),
        lamps=tuple(
            ShelfLamp(
                name=lamp.name,
                label=lamp.label,
                role=lamp.role,
                color_temperature_k=lamp.kelvin,
                beam_deg=lamp.beam_deg,
                soft=lamp.width_m > 0,
            )
            for lamp in LAMPS
        ),
        columns=_COLUMNS,
        tile_width_px=width,
        tile_height_px=height,
    )
    return sent, raw.getvalue()


def thumbnail(name: str) -> Image.Image:
    """Return a piece of the stock, half clay, from its front left above.

    Faces are painted from the farthest on, so that nothing but Pillow is needed.

    Args:
        name: Of one in stock.

    Raises:
        UnknownNameError: If there is none.
    """
    built = build_piece(stocked(name), object_id=1)
    places = built.positions.astype(np.float64) @ _turn().T
    corners = places[built.triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    long = np.linalg.norm(normals, axis=1, keepdims=True)
    normals = normals / np.maximum(long, 1e-12)
    # Some faces are seen from both sides: what looks away is turned round.
    normals = np.where(normals[:, 2:] < 0, -normals, normals)
    colors = _shaded(normals, built.materials.base_color[built.triangle_material])
    flat = _fitted(corners[..., :2])
    image = Image.new("RGBA", (TILE_PX[0] * _SMOOTH, TILE_PX[1] * _SMOOTH))
    draw = ImageDraw.Draw(image)
    for k in np.argsort(corners[..., 2].mean(axis=1)):
        draw.polygon([(x, y) for x, y in flat[k].tolist()], fill=tuple(colors[k]))
    return image.resize(TILE_PX, Image.Resampling.BOX)


def _turn() -> NDArray[np.float64]:
    """Return the turn of the world before the picture, x right, y up, z near."""
    c, s = np.cos(_YAW_RAD), np.sin(_YAW_RAD)
    yaw = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    c, s = np.cos(_TILT_RAD), np.sin(_TILT_RAD)
    return np.asarray(np.array([[1, 0, 0], [0, c, -s], [0, s, c]]) @ yaw)


def _shaded(
    normals: NDArray[np.float64], colors: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """Return code values of faces under one soft light, shape (m, 3)."""
    own = _COLORED * np.clip(colors, 0, 1) ** (1 / 2.2) + (1 - _COLORED) * _CLAY
    key = np.clip(normals @ (_KEY / np.linalg.norm(_KEY)), 0, 1)
    sky = 0.5 + 0.5 * normals[:, 1]
    light = (0.38 + 0.2 * sky + 0.56 * key)[:, None]
    return np.asarray(np.clip(own * light * 255, 0, 255), np.uint8)


def _fitted(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places on the tile in its own pixels, shape as given."""
    low, high = places.min(axis=(0, 1)), places.max(axis=(0, 1))
    size = np.array(TILE_PX, np.float64) * _SMOOTH
    scale = float((size * _FILLS / np.maximum(high - low, 1e-6)).min())
    middle = (low + high) / 2
    return np.asarray(size / 2 + (places - middle) * np.array([scale, -scale]))
