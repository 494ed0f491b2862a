"""Which triangle each pixel sees: near clipping, exact coverage, nearest wins.

Coverage is decided in integers (vertices snapped to 1/256 pixel) with the top-left
rule of Direct3D 11 (functional specification, 3.4.2.1): two triangles that share an
edge never both cover a pixel centre on it and never both leave it out.
"""

from __future__ import annotations

import numpy as np

from previz.render.kernel import Array, kernel, lean, woven

__all__ = ["NEAR_M", "NOTHING", "fill_screen", "rasterise", "to_camera"]

NEAR_M = 0.02
"""Nearer than this the camera sees nothing."""

NOTHING = -1
"""Triangle index of a pixel that sees no triangle."""

_SNAP = 256
_GUARD_PX = 8192.0


@kernel
def to_camera(positions: Array, camera_from_world: Array, out: Array) -> None:
    """Write world points as (x right, y up, depth along the axis) of the camera.

    Args:
        positions: World points in metres, shape (n, 3).
        camera_from_world: Rigid transform, shape (4, 4); the camera looks down -z.
        out: Filled with camera points, shape (n, 3), float64.
    """
    m = camera_from_world
    for i in range(positions.shape[0]):
        x, y, z = positions[i, 0], positions[i, 1], positions[i, 2]
        out[i, 0] = m[0, 0] * x + m[0, 1] * y + m[0, 2] * z + m[0, 3]
        out[i, 1] = m[1, 0] * x + m[1, 1] * y + m[1, 2] * z + m[1, 3]
        out[i, 2] = -(m[2, 0] * x + m[2, 1] * y + m[2, 2] * z + m[2, 3])


@woven
def _edge(ax: int, ay: int, bx: int, by: int) -> tuple[int, int, int]:
    """Return (dx, dy, bias) of an edge; inside is where its function is >= 0."""
    dx = bx - ax
    dy = by - ay
    top_left = (dy == 0 and dx > 0) or dy < 0
    return dx, dy, 0 if top_left else -1


@woven
def _whole(a: int, b: int) -> int:
    """Return a // b for b > 0: processors divide floats far faster than integers.

    The quotient may round up to the next integer, never further: both fit 53 bits.
    """
    quotient = int(np.floor(a / b))
    return quotient - 1 if quotient * b > a else quotient


@woven
def _narrow(c: int, dy: int, lo: int, hi: int) -> tuple[int, int]:
    """Return the span [lo, hi] cut to where c - 256·dy·x >= 0."""
    if dy > 0:
        hi = min(hi, _whole(c, _SNAP * dy))
    elif dy < 0:
        lo = max(lo, -_whole(c, _SNAP * -dy))
    elif c < 0:
        hi = lo - 1
    return lo, hi


@lean
def _fill(a: Array, b: Array, c: Array, index: int, owner: Array, key: Array) -> None:
    """Cover pixels with one triangle; `key` grows towards the viewer.

    Args:
        a: Pixel x, pixel y and key of the first corner.
        b: The second corner.
        c: The third corner.
        index: What `owner` gets where this triangle is nearest.
        owner: Shape (h, w), int32.
        key: Shape (h, w), float32; linear in the picture within a triangle.
    """
    height, width = owner.shape
    ax, ay, ak = a[0], a[1], a[2]
    bx, by, bk = b[0], b[1], b[2]
    cx, cy, ck = c[0], c[1], c[2]
    xa, ya = int(np.rint(ax * _SNAP)), int(np.rint(ay * _SNAP))
    xb, yb = int(np.rint(bx * _SNAP)), int(np.rint(by * _SNAP))
    xc, yc = int(np.rint(cx * _SNAP)), int(np.rint(cy * _SNAP))
    half = _SNAP // 2
    row0 = max(0, (min(ya, yb, yc) + half - 1) // _SNAP)
    row1 = min(height - 1, (max(ya, yb, yc) - half) // _SNAP)
    col0 = max(0, (min(xa, xb, xc) + half - 1) // _SNAP)
    col1 = min(width - 1, (max(xa, xb, xc) - half) // _SNAP)
    if row0 > row1 or col0 > col1:
        return
    double_area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya)
    if double_area == 0:
        return
    if double_area < 0:
        xb, yb, xc, yc = xc, yc, xb, yb
        bx, by, bk, cx, cy, ck = cx, cy, ck, bx, by, bk
    dx0, dy0, bias0 = _edge(xa, ya, xb, yb)
    dx1, dy1, bias1 = _edge(xb, yb, xc, yc)
    dx2, dy2, bias2 = _edge(xc, yc, xa, ya)
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    slope_x, slope_y = 0.0, 0.0
    if abs(area) > 1e-9:
        slope_x = ((bk - ak) * (cy - ay) - (ck - ak) * (by - ay)) / area
        slope_y = ((ck - ak) * (bx - ax) - (bk - ak) * (cx - ax)) / area
    # Near the edges the plane is read outside the triangle: keep it between corners.
    least, most = np.float32(min(ak, bk, ck)), np.float32(max(ak, bk, ck))
    for row in range(row0, row1 + 1):
        y = row * _SNAP + half
        lo, hi = _narrow(dx0 * (y - ya) - dy0 * (half - xa) + bias0, dy0, col0, col1)
        lo, hi = _narrow(dx1 * (y - yb) - dy1 * (half - xb) + bias1, dy1, lo, hi)
        lo, hi = _narrow(dx2 * (y - yc) - dy2 * (half - xc) + bias2, dy2, lo, hi)
        if lo > hi:
            continue
        start = ak + slope_x * (0.5 - ax) + slope_y * (row + 0.5 - ay)
        keys, owners = key[row], owner[row]
        for col in range(lo, hi + 1):
            k = min(max(np.float32(start + slope_x * col), least), most)
            if k > keys[col]:
                keys[col] = k
                owners[col] = index


@lean
def fill_screen(
    screen: Array,
    triangles: Array,
    wanted: Array,
    want: int,
    first_index: int,
    owner: Array,
    key: Array,
) -> None:
    """Cover pixels with triangles whose corners are already on the picture.

    Args:
        screen: Pixel x, pixel y and key, shape (n, 3); a key of NaN drops every
            triangle that uses the corner.
        triangles: Corner indices, shape (m, 3).
        wanted: Shape (m,), uint8; only triangles where it equals `want` are drawn.
        want: See `wanted`.
        first_index: Index that triangle 0 writes into `owner`.
        owner: Shape (h, w), int32, changed in place.
        key: Shape (h, w), float32, changed in place.
    """
    height, width = owner.shape
    for t in range(triangles.shape[0]):
        if wanted[t] != want:
            continue
        a = screen[triangles[t, 0]]
        b = screen[triangles[t, 1]]
        c = screen[triangles[t, 2]]
        if np.isnan(a[2] + b[2] + c[2]):
            continue
        if max(a[0], b[0], c[0]) < 0 or min(a[0], b[0], c[0]) > width:
            continue
        if max(a[1], b[1], c[1]) < 0 or min(a[1], b[1], c[1]) > height:
            continue
        _fill(a, b, c, first_index + t, owner, key)


@lean
def _clip(polygon: Array, count: int, plane: Array, out: Array) -> int:
    """Cut a convex polygon of camera points at one plane; return the new count.

    Args:
        polygon: Camera points, shape (16, 3).
        count: How many of them are used.
        plane: (a, b, c, d); kept is where a·x + b·y + c·depth + d >= 0.
        out: Filled, shape (16, 3).
    """
    made = 0
    for i in range(count):
        p, q = polygon[i], polygon[(i + 1) % count]
        fp = plane[0] * p[0] + plane[1] * p[1] + plane[2] * p[2] + plane[3]
        fq = plane[0] * q[0] + plane[1] * q[1] + plane[2] * q[2] + plane[3]
        if fp >= 0:
            for k in range(3):
                out[made, k] = p[k]
            made += 1
        if (fp >= 0) != (fq >= 0):
            # From the kept end always, so that neighbours cut a shared edge alike.
            if fp >= 0:
                s = fp / (fp - fq)
                for k in range(3):
                    out[made, k] = p[k] + s * (q[k] - p[k])
            else:
                s = fq / (fq - fp)
                for k in range(3):
                    out[made, k] = q[k] + s * (p[k] - q[k])
            made += 1
    return made


@lean
def _fill_clipped(
    corners: Array,
    focal_px: float,
    index: int,
    owner: Array,
    key: Array,
    planes: Array,
    ping: Array,
    pong: Array,
) -> None:
    """Clip one triangle of camera points, then cover pixels with what is left."""
    height, width = owner.shape
    for i in range(3):
        for axis in range(3):
            ping[i, axis] = corners[i, axis]
    count = 3
    for i in range(planes.shape[0]):
        count = _clip(ping, count, planes[i], pong)
        if count < 3:
            return
        for k in range(count):
            for axis in range(3):
                ping[k, axis] = pong[k, axis]
    for i in range(count):
        inverse = 1.0 / ping[i, 2]
        pong[i, 0] = 0.5 * width + focal_px * ping[i, 0] * inverse
        pong[i, 1] = 0.5 * height - focal_px * ping[i, 1] * inverse
        pong[i, 2] = inverse
    for i in range(1, count - 1):
        _fill(pong[0], pong[i], pong[i + 1], index, owner, key)


@kernel
def rasterise(
    points: Array,
    triangles: Array,
    wanted: Array,
    want: int,
    focal_px: float,
    owner: Array,
    inverse_depth: Array,
) -> None:
    """Find the nearest triangle at each pixel centre.

    Args:
        points: Camera points (x right, y up, depth), shape (n, 3), float64.
        triangles: Corner indices, shape (m, 3); both sides are seen.
        wanted: Shape (m,), uint8; only triangles where it equals `want` are drawn.
        want: See `wanted`.
        focal_px: Focal length in pixels.
        owner: Triangle index or `NOTHING`, shape (h, w), changed in place.
        inverse_depth: 1/m, 0 for nothing, shape (h, w), changed in place.
    """
    height, width = owner.shape
    side, rise = 0.5 * width / focal_px, 0.5 * height / focal_px
    guard_x, guard_y = side + _GUARD_PX / focal_px, rise + _GUARD_PX / focal_px
    planes = np.array(
        [
            [0.0, 0.0, 1.0, -NEAR_M],
            [1.0, 0.0, guard_x, 0.0],
            [-1.0, 0.0, guard_x, 0.0],
            [0.0, 1.0, guard_y, 0.0],
            [0.0, -1.0, guard_y, 0.0],
        ]
    )
    screen = np.empty((points.shape[0], 4))
    _fill_all(
        points, triangles, wanted, want, focal_px, owner, inverse_depth, planes,
        np.empty((3, 16, 3)), screen,
    )  # fmt: skip


@lean
def _fill_all(
    points: Array, triangles: Array, wanted: Array, want: int, focal_px: float,
    owner: Array, inverse_depth: Array, planes: Array, cut: Array, screen: Array,
) -> None:  # fmt: skip
    height, width = owner.shape
    side, rise = 0.5 * width / focal_px, 0.5 * height / focal_px
    guard_x, guard_y = planes[1, 2], planes[3, 2]
    ping, pong, corners = cut[0], cut[1], cut[2]
    for i in range(points.shape[0]):
        x, y, depth = points[i, 0], points[i, 1], points[i, 2]
        code = 0
        code |= 1 if x < -side * depth else 0
        code |= 2 if x > side * depth else 0
        code |= 4 if y < -rise * depth else 0
        code |= 8 if y > rise * depth else 0
        inverse = 1.0 / max(depth, NEAR_M)
        code |= 16 if depth < NEAR_M else 0
        outside = abs(x) > guard_x * depth or abs(y) > guard_y * depth
        code |= 32 if outside or depth < NEAR_M else 0
        screen[i, 0] = 0.5 * width + focal_px * x * inverse
        screen[i, 1] = 0.5 * height - focal_px * y * inverse
        screen[i, 2] = inverse
        screen[i, 3] = code
    for t in range(triangles.shape[0]):
        if wanted[t] != want:
            continue
        i, j, k = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        a, b, c = screen[i], screen[j], screen[k]
        ca, cb, cc = int(a[3]), int(b[3]), int(c[3])
        if ca & cb & cc & 31:
            continue
        if (ca | cb | cc) & 32:
            for axis in range(3):
                corners[0, axis] = points[i, axis]
                corners[1, axis] = points[j, axis]
                corners[2, axis] = points[k, axis]
            _fill_clipped(
                corners, focal_px, t, owner, inverse_depth, planes, ping, pong
            )
        else:
            _fill(a, b, c, t, owner, inverse_depth)
