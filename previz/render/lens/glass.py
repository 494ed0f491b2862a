"""What the glass bends and swallows: distortion, lateral colour and vignetting."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, Number, lean, woven
from previz.render.lens.four import blend_rows

__all__ = [
    "bend",
    "displaced_radius",
    "drawn_at",
    "overscan",
    "seen_at",
    "swallow",
]

Point = tuple[float, float]
_ROUNDS = 12
"""Of Newton's method: places are exact by then."""


def _bent_inward(distortion: float) -> float:
    """Return c of r_u = r_d · (1 + c · r_d²) for what the corner is displaced by.

    A point at the undistorted corner, r_u = 1, is seen at r_d = 1 + distortion.
    """
    return -distortion / (1.0 + distortion) ** 3


def displaced_radius(radius: float, *, distortion: float) -> float:
    """Return where a point is seen that a perfect lens puts at this radius.

    Radial distortion of the third order, r_u = r_d · (1 + c · r_d²) (Brown 1966,
    Decentering Distortion of Lenses, eq. 4, radial term), solved for r_d by Newton's
    method. In this direction the law has one answer for every picture that
    `Look.distortion` allows.

    Args:
        radius: From the axis, in distances to the corner, >= 0.
        distortion: Share by which the corner is displaced outward, -0.5 to 0.5.
    """
    c = _bent_inward(distortion)
    # Pincushion turns back where 3·c·r² = -1; no point in the frame lies beyond.
    most = math.sqrt(-1.0 / (3.0 * c)) if c < 0 else math.inf
    seen = min(radius, 0.9 * most)
    for _ in range(60):
        gap = seen * (1.0 + c * seen * seen) - radius
        step = gap / max(1.0 + 3.0 * c * seen * seen, 1e-6)
        seen = min(max(seen - step, 0.0), most)
        if abs(step) < 1e-13:
            break
    return seen


def overscan(
    *, distortion: float, aberration: float, width_px: int, height_px: int,
    centre_px: Point,
) -> float:  # fmt: skip
    """Return how much wider to draw so that no bent edge of the frame stays empty.

    The middle of the frame keeps its scale, and a point keeps the place that
    `CameraState.project` states but for the displacement asked for.

    Args:
        distortion: As in `Look`.
        aberration: As in `Look.chromatic_aberration`.
        width_px: Of the picture.
        height_px: Of the picture.
        centre_px: Of the optical axis in the picture.
    """
    if distortion == 0.0 and aberration == 0.0:
        return 1.0
    c = _bent_inward(distortion)
    corner = math.hypot(width_px, height_px) / 2
    most = 1.0
    for x in (0.0, width_px / 2, float(width_px)):
        for y in (0.0, height_px / 2, float(height_px)):
            dx, dy = x - centre_px[0], y - centre_px[1]
            scale = 1.0 + c * (dx * dx + dy * dy) / corner**2
            scale /= 1.0 - abs(aberration) / 2
            from_x = abs(centre_px[0] + dx * scale - width_px / 2) / (width_px / 2)
            from_y = abs(centre_px[1] + dy * scale - height_px / 2) / (height_px / 2)
            most = max(most, from_x, from_y)
    return most


def bend(
    picture: NDArray[np.float32], *, distortion: float, aberration: float, wider: float,
    centre_px: Point,
) -> NDArray[np.float32]:  # fmt: skip
    """Return the picture as the glass bends it; itself where it bends nothing.

    Lines through the optical axis stay straight. Lateral colour is a difference of
    magnification (Kingslake and Johnson 2010, Lens Design Fundamentals, section
    10.3): red is seen larger by half of `aberration`, blue smaller by half. Between
    pixels the picture is read by cubic convolution (Keys 1981, a = -1/2), held
    within the four nearest so that lamps do not ring.

    Args:
        picture: Drawn `wider` times as wide, linear, shape (h, w, 3).
        distortion: As in `Look`.
        aberration: As in `Look.chromatic_aberration`.
        wider: What `overscan` asked for.
        centre_px: Of the optical axis in the finished picture.
    """
    if distortion == 0.0 and aberration == 0.0 and wider == 1.0:
        return picture
    height, width = picture.shape[:2]
    # Pixels are read and written by four numbers, so one more stands at the end.
    flat = np.zeros(picture.size + 1, np.float32)
    flat[:-1] = picture.reshape(-1)
    to = np.empty(picture.size + 1, np.float32)
    sizes = np.array([1 + aberration / 2, 1.0, 1 - aberration / 2]) * wider
    _bend(
        flat, height, width, _bent_inward(distortion) * 4.0 / (width**2 + height**2),
        1.0 / sizes, wider, centre_px[0], centre_px[1], int(aberration != 0.0),
        np.empty(4, np.float32), to,
    )  # fmt: skip
    return to[:-1].reshape(picture.shape)


def drawn_at(
    seen_px: NDArray[np.float64], *, distortion: float, wider: float,
    centre_px: Point, size: tuple[int, int],
) -> NDArray[np.float64]:  # fmt: skip
    """Return where in the picture as drawn `bend` reads places of the finished one.

    Args:
        seen_px: From the top left corner, right and down, shape (..., 2).
        distortion: As in `Look`.
        wider: What `overscan` asked for.
        centre_px: Of the optical axis in the finished picture.
        size: Width and height of both pictures in pixels.
    """
    away = seen_px - np.array(centre_px)
    share = (away**2).sum(axis=-1, keepdims=True) * 4.0 / (size[0] ** 2 + size[1] ** 2)
    scale = (1.0 + _bent_inward(distortion) * share) / wider
    return np.asarray(_drawn_axis(centre_px, wider, size) + away * scale)


def seen_at(
    drawn_px: NDArray[np.float64], *, distortion: float, wider: float,
    centre_px: Point, size: tuple[int, int],
) -> NDArray[np.float64]:  # fmt: skip
    """Return where the finished picture shows places of the drawn one: undo `drawn_at`.

    As `displaced_radius`, for many places at once.

    Args:
        drawn_px: From the top left corner, right and down, shape (..., 2).
        distortion: As in `Look`.
        wider: What `overscan` asked for.
        centre_px: Of the optical axis in the finished picture.
        size: Width and height of both pictures in pixels.
    """
    away = (drawn_px - _drawn_axis(centre_px, wider, size)) * wider
    radius = np.linalg.norm(away, axis=-1, keepdims=True) * 2.0 / math.hypot(*size)
    c = _bent_inward(distortion)
    most = math.sqrt(-1.0 / (3.0 * c)) if c < 0 else math.inf
    seen = np.minimum(radius, 0.9 * most)
    for _ in range(_ROUNDS):
        gap = seen * (1.0 + c * seen**2) - radius
        seen -= gap / np.maximum(1.0 + 3.0 * c * seen**2, 1e-6)
        seen = np.clip(seen, 0.0, most)
    share = np.divide(seen, radius, out=np.ones_like(seen), where=radius > 0)
    return np.asarray(np.array(centre_px) + away * share)


def _drawn_axis(
    centre_px: Point, wider: float, size: tuple[int, int]
) -> NDArray[np.float64]:
    """Return where the optical axis lies in the picture as drawn."""
    middle = np.array(size) / 2.0
    return np.asarray(middle + (np.array(centre_px) - middle) / wider)


@lean
def _bend(
    flat: Array, height: int, width: int, c: float, sizes: Array, wider: float,
    centre_x: float, centre_y: float, colors: int, group: Array, to: Array,
) -> None:  # fmt: skip
    one, half = np.float32(1.0), np.float32(0.5)
    axis_x = np.float32(0.5 * width + (centre_x - 0.5 * width) / wider - 0.5)
    axis_y = np.float32(0.5 * height + (centre_y - 0.5 * height) / wider - 0.5)
    bent = np.float32(c)
    at = 0
    for row in range(height):
        dy = np.float32(row) + half - np.float32(centre_y)
        for col in range(width):
            dx = np.float32(col) + half - np.float32(centre_x)
            scale = one + bent * (dx * dx + dy * dy)
            by = scale * np.float32(sizes[1])
            _read(flat, height, width, axis_x + dx * by, axis_y + dy * by, to, at)
            if colors:
                for k in range(0, 3, 2):
                    by = scale * np.float32(sizes[k])
                    _read(flat, height, width, axis_x + dx * by, axis_y + dy * by,
                          group, 0)  # fmt: skip
                    to[at + k] = group[k]
            at += 3


@woven
def _read(
    flat: Array, height: int, width: int, x: Number, y: Number, to: Array, at: int
) -> None:
    """Read the picture at a place between its pixels' centres."""
    none = np.float32(0.0)
    x = min(max(x, none), np.float32(width - 1))
    y = min(max(y, none), np.float32(height - 1))
    i, j = int(y), int(x)
    rows = (max(i - 1, 0), i, min(i + 1, height - 1), min(i + 2, height - 1))
    cols = (max(j - 1, 0), j, min(j + 1, width - 1), min(j + 2, width - 1))
    line = 3 * width
    blend_rows(
        to, at, flat,
        (rows[0] * line, rows[1] * line, rows[2] * line, rows[3] * line),
        (cols[0] * 3, cols[1] * 3, cols[2] * 3, cols[3] * 3),
        _cubic(y - np.float32(i)), _cubic(x - np.float32(j)),
    )  # fmt: skip


@woven
def _cubic(t: Number) -> tuple[Number, Number, Number, Number]:
    """Return the weights of four neighbours, t beyond the second of them."""
    half, one = np.float32(0.5), np.float32(1.0)
    two, three = np.float32(2.0), np.float32(3.0)
    return (
        half * t * (t * (two - t) - one),
        half * (t * t * (three * t - two - three) + two),
        half * t * (one + t * (two + two - three * t)),
        half * t * t * (t - one),
    )


def swallow(
    picture: NDArray[np.float32], *, stops: float, centre_px: Point
) -> NDArray[np.float32]:
    """Return the picture darkened towards its corners; itself for 0 stops.

    Natural falloff is cos⁴ of the field angle (Kingslake 1965, Applied Optics and
    Optical Engineering II, 2.III): 1/(1 + tan²)². The same curve is taken for glass
    and barrel, with the angle that loses `stops` at the corner. What the scene alone
    would lose by its field angle is not added: retrofocus lenses and a body's
    correction take it back.

    Args:
        picture: Linear, shape (h, w, 3).
        stops: Light lost at the corner.
        centre_px: Of the optical axis.
    """
    if stops == 0.0:
        return picture
    height, width = picture.shape[:2]
    lost = (2.0 ** (stops / 2) - 1.0) / ((width * width + height * height) / 4)
    out = np.empty_like(picture)
    _swallow(picture, lost, centre_px[0], centre_px[1], out)
    return out


@lean
def _swallow(
    picture: Array, lost: float, centre_x: float, centre_y: float, out: Array
) -> None:
    one, half, scale = np.float32(1.0), np.float32(0.5), np.float32(lost)
    x0, y0 = np.float32(centre_x), np.float32(centre_y)
    for row in range(picture.shape[0]):
        dy = np.float32(row) + half - y0
        for col in range(picture.shape[1]):
            dx = np.float32(col) + half - x0
            fall = one + scale * (dx * dx + dy * dy)
            left = one / (fall * fall)
            for c in range(3):
                out[row, col, c] = picture[row, col, c] * left
