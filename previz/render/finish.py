"""From lit pixels to the picture: smooth edges and the bloom of bright lights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, kernel, lean, woven
from previz.render.visibility import NOTHING

__all__ = ["add_bloom", "smooth_edges"]

_CONTRAST = 0.035
_BLOOM = 0.05


@woven
def _tone(r: float, g: float, b: float) -> float:
    """Return about how bright a colour looks, 0 to 1."""
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return float(np.sqrt(y / (y + 0.5)))


@lean
def _covers(points: Array, a: int, b: int, c: int, dx: float, dy: float) -> float:
    """Return 1/depth where the ray (dx, dy, 1) meets a triangle; 0 where it misses."""
    x, y, z = points[a, 0], points[a, 1], points[a, 2]
    e1x, e1y, e1z = points[b, 0] - x, points[b, 1] - y, points[b, 2] - z
    e2x, e2y, e2z = points[c, 0] - x, points[c, 1] - y, points[c, 2] - z
    px, py, pz = dy * e2z - e2y, e2x - dx * e2z, dx * e2y - dy * e2x
    det = e1x * px + e1y * py + e1z * pz
    if abs(det) < 1e-18:
        return 0.0
    v = -(x * px + y * py + z * pz) / det
    if v < 0.0 or v > 1.0:
        return 0.0
    qx = -(y * e1z - z * e1y)
    qy = -(z * e1x - x * e1z)
    qz = -(x * e1y - y * e1x)
    w = (dx * qx + dy * qy + qz) / det
    if w < 0.0 or v + w > 1.0:
        return 0.0
    depth = z + v * e1z + w * e2z
    return 1.0 / depth if depth > 1e-6 else 0.0


@kernel
def smooth_edges(
    owner: Array,
    points: Array,
    triangles: Array,
    focal_px: float,
    lit: Array,
    out: Array,
) -> None:
    """Resolve edges at four more places in the pixel.

    Where neighbours see other triangles and look different, each place takes the
    colour of the neighbour whose triangle covers it first. So an edge moves smoothly
    as its true coverage changes, which blurring the picture cannot do.

    Args:
        owner: Triangle index or `NOTHING`, shape (h, w).
        points: Camera points (x, y, depth), shape (n, 3).
        triangles: Shape (m, 3).
        focal_px: Focal length in pixels.
        lit: The picture with hard edges, shape (h, w, 3).
        out: Filled with the picture, shape (h, w, 3).
    """
    height, width = owner.shape
    tone = np.empty((height, width), np.float32)
    for row in range(height):
        for col in range(width):
            tone[row, col] = _tone(lit[row, col, 0], lit[row, col, 1], lit[row, col, 2])
    ids, rows = np.empty(9, np.int64), np.empty(9, np.int64)
    cols = np.empty(9, np.int64)
    for row in range(height):
        for col in range(width):
            here, mine = tone[row, col], owner[row, col]
            differs = False
            for k in range(4):
                r = row + (1 if k == 0 else (-1 if k == 1 else 0))
                c = col + (1 if k == 2 else (-1 if k == 3 else 0))
                if r < 0 or c < 0 or r >= height or c >= width:
                    continue
                if owner[r, c] != mine and abs(tone[r, c] - here) > _CONTRAST:
                    differs = True
            if not differs:
                for k in range(3):
                    out[row, col, k] = lit[row, col, k]
                continue
            ids[0], rows[0], cols[0] = mine, row, col
            number, sky = 1, 0 if mine == NOTHING else -1
            for r in range(max(row - 1, 0), min(row + 2, height)):
                for c in range(max(col - 1, 0), min(col + 2, width)):
                    t = owner[r, c]
                    known = False
                    for k in range(number):
                        known = known or ids[k] == t
                    if not known:
                        if t == NOTHING:
                            sky = number
                        ids[number], rows[number], cols[number] = t, r, c
                        number += 1
            _resolve(row, col, height, width, ids, rows, cols, number, sky, points,
                     triangles, focal_px, lit, out)  # fmt: skip


@kernel
def _resolve(
    row: int, col: int, height: int, width: int, ids: Array, rows: Array, cols: Array,
    number: int, sky: int, points: Array, triangles: Array, focal_px: float, lit: Array,
    out: Array,
) -> None:  # fmt: skip
    """Average the colours seen at the pixel's centre and four turned-grid places."""
    total0, total1, total2, weights = 0.0, 0.0, 0.0, 0.0
    for place in range(5):
        x = 0.5 if place == 0 else (0.375, 0.875, 0.125, 0.625)[place - 1]
        y = 0.5 if place == 0 else (0.125, 0.375, 0.625, 0.875)[place - 1]
        chosen = 0
        if place > 0:
            dx = (col + x - 0.5 * width) / focal_px
            dy = (0.5 * height - (row + y)) / focal_px
            best = 0.0
            for k in range(number):
                t = ids[k]
                if t == NOTHING:
                    continue
                a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
                inverse = _covers(points, a, b, c, dx, dy)
                if inverse > best:
                    best, chosen = inverse, k
            if best == 0.0 and sky >= 0:
                chosen = sky
        r, c = rows[chosen], cols[chosen]
        c0, c1, c2 = lit[r, c, 0], lit[r, c, 1], lit[r, c, 2]
        # Bright samples count less, so that edges stay smooth once displayed.
        weight = 1.0 / (1.0 + max(c0, max(c1, c2)))
        total0 += weight * c0
        total1 += weight * c1
        total2 += weight * c2
        weights += weight
    out[row, col, 0] = total0 / weights
    out[row, col, 1] = total1 / weights
    out[row, col, 2] = total2 / weights


def add_bloom(picture: NDArray[np.float32]) -> None:
    """Let what is brighter than the sensor's white glow a little, in place.

    Args:
        picture: Exposed linear Rec.709, shape (h, w, 3).
    """
    height, width = picture.shape[:2]
    if height < 16 or width < 16:
        return
    small = np.zeros((height // 4 + 1, width // 4 + 1, 3), np.float32)
    if not _bright_parts(picture, small):
        return
    reach = max(2, round(width / 4 * 0.012))
    wide = small.copy()
    for _ in range(2):
        wide = _box_blur(wide, reach)
    wider = wide
    for _ in range(2):
        wider = _box_blur(wider, reach * 4)
    _add_up(picture, wide, wider)


@kernel
def _bright_parts(picture: Array, small: Array) -> bool:
    height, width = picture.shape[0], picture.shape[1]
    found = False
    for row in range(height):
        for col in range(width):
            most = max(picture[row, col, 0], picture[row, col, 1], picture[row, col, 2])
            if most <= 1.0:
                continue
            found = True
            share = (min(most, 24.0) - 1.0) / most / 16.0
            for c in range(3):
                small[row // 4, col // 4, c] += picture[row, col, c] * share
    return found


@kernel
def _box_blur(source: Array, reach: int) -> Array:
    """Return the mean over (2·reach + 1)² places, black beyond the edge."""
    height, width = source.shape[0], source.shape[1]
    across, out = np.empty_like(source), np.empty_like(source)
    scale = np.float32(1.0 / (2 * reach + 1))
    for row in range(height):
        for c in range(3):
            total = np.float32(0.0)
            for col in range(min(reach, width)):
                total += source[row, col, c]
            for col in range(width):
                if col + reach < width:
                    total += source[row, col + reach, c]
                if col - reach - 1 >= 0:
                    total -= source[row, col - reach - 1, c]
                across[row, col, c] = max(total, np.float32(0.0)) * scale
    for col in range(width):
        for c in range(3):
            total = np.float32(0.0)
            for row in range(min(reach, height)):
                total += across[row, col, c]
            for row in range(height):
                if row + reach < height:
                    total += across[row + reach, col, c]
                if row - reach - 1 >= 0:
                    total -= across[row - reach - 1, col, c]
                out[row, col, c] = max(total, np.float32(0.0)) * scale
    return out


@kernel
def _add_up(picture: Array, wide: Array, wider: Array) -> None:
    height, width = picture.shape[0], picture.shape[1]
    rows, cols = wide.shape[0], wide.shape[1]
    for row in range(height):
        y = max((row + 0.5) / 4.0 - 0.5, 0.0)
        j = min(np.int64(y), rows - 2)
        fy = y - j
        for col in range(width):
            x = max((col + 0.5) / 4.0 - 0.5, 0.0)
            i = min(np.int64(x), cols - 2)
            fx = x - i
            for c in range(3):
                upper = (wide[j, i, c] + wider[j, i, c]) * (1 - fx)
                upper += (wide[j, i + 1, c] + wider[j, i + 1, c]) * fx
                lower = (wide[j + 1, i, c] + wider[j + 1, i, c]) * (1 - fx)
                lower += (wide[j + 1, i + 1, c] + wider[j + 1, i + 1, c]) * fx
                picture[row, col, c] += _BLOOM * (upper * (1 - fy) + lower * fy)
