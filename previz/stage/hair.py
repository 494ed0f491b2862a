"""Hair as a shell over the skull, and hats."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.stage.loft import Array, Part, loft, smooth, weight
from previz.stage.palette import material
from previz.stage.scalp import Scalp

__all__ = ["build_hair", "build_hat", "hairline", "under_hair"]

_ROWS = 10
# By angle from the front, degrees: the elevation at which hair begins.
_LINE_DEG = (0, 25, 42, 56, 66, 74, 84, 92, 104, 120, 150, 180)
_LINE_SHORT = (39, 41.5, 43, 35, 23, 8, -12, 6, -10, -32, -47, -50)
_LINE_SOFT = (39, 40.5, 40, 35, 27, 14, -4, -8, -24, -38, -50, -54)
_LINE_BACK = (38, 39.5, 39, 32, 21, 9, -5, -8, -24, -38, -50, -54)
_LINE_LOOSE = (39, 40, 36, 23, 4, -14, -24, -28, -32, -40, -50, -54)
_COMBED = ("short", "bob", "long", "bun", "ponytail")
_VOLUME = {
    "short": 0.056, "bob": 0.070, "long": 0.066, "bun": 0.066, "ponytail": 0.050,
    "curly": 0.105, "buzz": 0.0,
}  # fmt: skip
"""Thickness of the hair in head heights."""
_BELOW_HAT = {
    "short": 0.034, "bob": 0.030, "long": 0.030, "bun": 0.048, "ponytail": 0.038,
    "curly": 0.064, "buzz": 0.018,
}  # fmt: skip
"""Thickness of the hair that shows below a hat, in head heights."""
_FLAT, _BRIM = 0.018, 0.74
"""Thickness of hair that a hat presses, and the height up to which hair is free."""
_FRINGE_DEG, _FRINGE_HAIRS = 96.0, 52
_CURLS = 46
_ENDS = {"bob": 0.06, "long": -0.52}


def build_hair(scalp: Scalp, style: str, *, under_hat: bool) -> list[Part]:
    """Return the hair of a style.

    Args:
        scalp: Whose head.
        style: As `Character.hair_style`.
        under_hat: Whether a hat presses it down.
    """
    if style == "bald":
        return []
    cap = _cap(scalp, style, pressed=under_hat)
    # A hat hides the crown.
    parts = [_on_head(scalp, cap[:8] if under_hat else cap)]
    if style == "curly" and not under_hat:
        parts = [_curls(scalp)]
    if style in _COMBED and not under_hat:
        parts += _locks(scalp, cap, style)
    if not under_hat:
        parts.append(_fringe(scalp, style))
    if style in _ENDS:
        parts.append(_curtain(scalp, _ENDS[style], start=0.78 if under_hat else 0.985))
    if style == "bun":
        parts.append(_bun(scalp, low=under_hat))
    if style == "ponytail":
        parts.append(_tail(scalp))
    return parts


def _from_front(scalp: Scalp) -> Array:
    """Return the angle of each column from the front, degrees, 0 to 180."""
    turned = np.degrees(np.abs(np.pi / 2 - scalp.angles))
    return np.asarray(np.minimum(turned, 360 - turned))


def under_hair(scalp: Scalp, style: str, points: Array) -> NDArray[np.bool_]:
    """Return which places on the skull lie well inside the hair.

    Args:
        scalp: Whose head.
        style: As `Character.hair_style`.
        points: Places on the skin at rest, metres, shape (n, 3).
    """
    if style == "bald":
        return np.zeros(len(points), bool)
    elevation, azimuth = scalp.seen_at(points)
    order = np.argsort(_from_front(scalp), kind="stable")
    begin = hairline(scalp, style)[order]
    rooted = np.interp(azimuth, _from_front(scalp)[order], begin)
    # Before an ear a margin keeps what stands out from the skull.
    margin = np.where((azimuth > 68) & (azimuth < 122), 2.0, 0.45)
    return np.asarray(scalp.ring_at(elevation) > rooted + margin)


def hairline(scalp: Scalp, style: str) -> Array:
    """Return the ring of the scalp where hair begins, for each column."""
    line = _LINE_SHORT if style in ("short", "buzz") else _LINE_SOFT
    if style == "bun":
        line = _LINE_BACK
    if style in _ENDS:
        line = _LINE_LOOSE
    return scalp.ring_at(np.interp(_from_front(scalp), _LINE_DEG, line))


def _cap(scalp: Scalp, style: str, *, pressed: bool) -> Array:
    """Return points of the hair over the skull, ring by ring, in head heights."""
    begin = hairline(scalp, style)
    # A hairline is uneven: every other column begins a little lower.
    begin = begin - 0.22 * np.sin(scalp.angles * 23 + 0.7) - 0.12
    t = np.concatenate([[0.0, 0.015], np.linspace(0.07, 1.0, _ROWS - 2)])
    top = scalp.rings - 1.0
    rows = begin[None] + t[:, None] * (top - begin[None])
    grid = _gather(scalp, rows)
    centre = np.array([0.0, 0.58, -0.03])
    out = grid - centre
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    thick = (_pressed if pressed else _thickness)(scalp, style, t, grid)
    points = grid + out * thick[..., None]
    return np.asarray(points)


def _on_head(scalp: Scalp, points: Array) -> Part:
    shares = weight((len(points), 1), head=1.0)
    return loft(scalp.world(points), shares, material=material("hair"), start=False)


def _fringe(scalp: Scalp, style: str) -> Part:
    """Return the fine hairs of a hairline: a strip of teeth of uneven length.

    Seen from further off they blend hair into skin.
    """
    count = 2 * _FRINGE_HAIRS + 1
    rng = np.random.default_rng(11)
    turn = np.radians(np.linspace(-_FRINGE_DEG, _FRINGE_DEG, count))
    turn = turn + rng.uniform(-0.42, 0.42, count) * (turn[1] - turn[0])
    columns = np.linspace(0.0, 2 * np.pi, len(scalp.angles) + 1)
    line = hairline(scalp, style)
    begin = np.interp(turn % (2 * np.pi), columns, [*line, line[0]])
    # Most hairs are short; they thin out in patches.
    patches = 0.5 + 0.5 * np.sin(turn * 11.0 + 0.6)
    tip = begin - 0.02 - 0.55 * rng.uniform(0.0, 1.0, count) ** 2 - 0.20 * patches
    root = begin + 0.15 + 0.30 * patches
    rows = np.stack(
        [np.where(np.arange(count) % 2 == 0, root, tip), begin + 0.8, begin + 1.5]
    )
    grid = scalp.surface_at(rows, np.broadcast_to(turn, rows.shape))
    out = grid - np.array([0.0, 0.58, -0.03])
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    lift = np.array([0.006, 0.016, 0.010])[:, None, None]
    names = np.full((2, count - 1), material("hair"), np.int32)
    names[0] = material("fringe")
    return loft(
        scalp.world(grid + out * lift), weight((3, 1), head=1.0),
        material=names, start=False, end=False, closed=False,
    )  # fmt: skip


def _curls(scalp: Scalp) -> Part:
    """Return a mass of curls: finer than a cap, each point of it as far as it likes."""
    rng = np.random.default_rng(23)
    turn = np.linspace(0.0, 2 * np.pi, _CURLS, endpoint=False)
    columns = np.linspace(0.0, 2 * np.pi, len(scalp.angles) + 1)
    line = hairline(scalp, "curly")
    begin = np.interp(turn, columns, [*line, line[0]])
    begin = begin + rng.uniform(-0.25, 0.25, _CURLS)
    t = np.concatenate([[0.0, 0.02], np.linspace(0.07, 1.0, 11)])[:, None]
    rows = begin + t * (scalp.rings - 1.0 - begin)
    loose = rng.uniform(-1.0, 1.0, rows.shape)
    # Rows lie between each other, and at the crown columns meet.
    turned = turn + (np.arange(len(t))[:, None] % 2) * np.pi / _CURLS
    turned = turned + 0.35 * rng.uniform(-1.0, 1.0, rows.shape) * (turn[1] - turn[0])
    grid = scalp.surface_at(rows, turned)
    out = grid - np.array([0.0, 0.58, -0.03])
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    full = 0.020 + _VOLUME["curly"] * smooth(t, 0.0, 0.30)
    thick = full + 0.34 * full * loose * smooth(t, 1.0, 0.86)
    thick = np.where(t == 0.0, -0.012, thick)
    return _on_head(scalp, grid + out * thick[..., None])


def _locks(scalp: Scalp, cap: Array, style: str) -> list[Part]:
    """Return locks that lie on the cap, combed from the parting to the sides.

    Args:
        scalp: Whose head.
        cap: The cap's points, ring by ring from hairline to crown.
        style: Buns are combed back, all others forward and down.
    """
    front = _from_front(scalp) * np.where(np.cos(scalp.angles) > 0, 1, -1)
    order = np.argsort(front)
    count, lift = {
        "short": (15, 0.022),
        "bun": (13, 0.012),
        "ponytail": (13, 0.012),
    }.get(style, (9, 0.014))
    along = np.linspace(0.0, 1.0, 6)
    parts = []
    for k, tip in enumerate(np.linspace(-158.0, 158.0, count)):
        root = 24.0 + (tip - 24.0) * (0.9 if style in ("bun", "ponytail") else 0.30)
        turn = np.interp(along, (0.0, 1.0), (root, tip))
        wave = 5.0 * np.sin(1.7 * k + 3.0 * along) * along
        wide = np.interp(along, (0, 0.4, 1), (5.0, 10.5, 1.5)) * (1 + 0.2 * (k % 3))
        end = -0.45 if style == "short" and abs(tip) < 70 else 0.15
        row = np.interp(along, (0.0, 1.0), (len(cap) - 2.2, end + 0.35 * ((k * 5) % 3)))
        rise = (
            lift * (0.75 + 0.35 * ((k * 7) % 3)) * np.sin(np.pi * (0.12 + 0.8 * along))
        )
        sides = [
            _on_cap(cap, order, front, turn + wave + wide * side, row, up)
            for side, up in ((-1.0, -0.006), (0.0, rise), (1.0, -0.006))
        ]
        points = np.stack(sides, axis=1)
        shares = weight((6, 1), head=1.0)
        parts.append(
            loft(
                scalp.world(points),
                shares,
                material=material("hair"),
                start=False,
                end=False,
                closed=False,
            )
        )
    return parts


def _on_cap(
    cap: Array,
    order: NDArray[np.intp],
    front: Array,
    turn: Array,
    row: Array,
    up: Array | float,
) -> Array:
    """Return points on the cap at angles from the front and (fractional) rings."""
    middle = np.array([0.0, 0.58, -0.03])
    ring_low = np.clip(np.floor(row).astype(int), 0, len(cap) - 2)
    share = (row - ring_low)[:, None]
    wrapped = (turn + 180.0) % 360.0 - 180.0
    grid = cap[:, order]
    index = np.interp(wrapped, front[order], np.arange(len(order)))
    low = np.clip(np.floor(index).astype(int), 0, len(order) - 2)
    part = (index - low)[:, None]

    def at(ring_: Array) -> Array:
        return np.asarray(grid[ring_, low] * (1 - part) + grid[ring_, low + 1] * part)

    points = at(ring_low) * (1 - share) + at(ring_low + 1) * share
    out = points - middle
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    return np.asarray(points + out * np.broadcast_to(up, row.shape)[:, None])


def _thickness(scalp: Scalp, style: str, t: Array, grid: Array) -> Array:
    edge = smooth(t, 0.0, 0.06)[:, None]
    thick = 0.010 + _VOLUME[style] * smooth(t, 0.02, 0.55)[:, None] + 0.0 * grid[..., 0]
    y, z = grid[..., 1], grid[..., 2]
    if style == "short":
        # Cropped at the sides, a sweep over the forehead.
        thick = thick * (0.55 + 0.45 * smooth(y, 0.55, 0.85))
        thick = thick + 0.026 * smooth(z, 0.10, 0.32) * smooth(y, 0.74, 0.90)
    if style in ("bun", "ponytail"):
        # Combed back loosely, highest over the forehead.
        round_ = np.exp(-((grid[..., 0] / 0.24) ** 2))
        thick = thick + 0.024 * smooth(y, 0.80, 0.95) * smooth(z, -0.1, 0.25) * round_
    if style in _COMBED:
        part = np.exp(-(((grid[..., 0] - 0.13) / 0.035) ** 2)) * smooth(z, -0.15, 0.1)
        thick = thick - 0.026 * part * smooth(y, 0.80, 0.92)
    angles = scalp.angles[None]
    strands = np.sin(angles * 17 + 1.3) * 0.5 + np.sin(angles * 9) * 0.5
    thick = thick + 0.006 * strands * smooth(t, 0.95, 0.5)[:, None]
    thick = thick + 0.008 * np.sin(angles * 3 + 6 * t[:, None])
    if style == "buzz":
        thick = np.full_like(thick, 0.018)
    return np.asarray(-0.012 + edge * (thick + 0.012))


def _pressed(scalp: Scalp, style: str, t: Array, grid: Array) -> Array:
    """Return how thick hair is under a hat: flat beneath it, its own below the brim."""
    below = smooth(grid[..., 1], _BRIM + 0.02, _BRIM - 0.06)
    strands = np.sin(scalp.angles * 17 + 1.3) + 0.6 * np.sin(scalp.angles * 29)
    full = _BELOW_HAT[style] + 0.007 * strands[None] * smooth(t, 0.0, 0.12)[:, None]
    own = smooth(t, 0.0, 0.16)[:, None] * below * (full - _FLAT)
    edge = smooth(t, 0.0, 0.06)[:, None]
    return np.asarray(-0.012 + edge * (_FLAT + own + 0.012))


def _gather(scalp: Scalp, rows: Array) -> Array:
    """Return the bare head at a ring of its own for each column."""
    dense = np.linspace(0, scalp.rings - 1, 8 * (scalp.rings - 1) + 1)
    grid = scalp.shell(dense)
    at = rows * 8
    low = np.clip(np.floor(at).astype(int), 0, len(dense) - 2)
    share = (at - low)[..., None]
    columns = np.arange(rows.shape[1])[None]
    return np.asarray(grid[low, columns] * (1 - share) + grid[low + 1, columns] * share)


def _curtain(scalp: Scalp, end: float, *, start: float) -> Part:
    """Return hair that falls over the cap and past the face, framing it."""
    t = np.array([0.0, 0.06, 0.14, 0.24, 0.36, 0.50, 0.66, 0.84, 1.0])[:, None]
    across = np.linspace(-1.0, 1.0, 15)
    high = start + t * (end - start)
    opening = np.interp(
        high, (-0.5, 0.0, 0.30, 0.55, 0.75, 0.98), (76.0, 57.0, 62.0, 66.0, 52.0, 24.0)
    )
    round_ = np.radians(180.0 + (180.0 - opening) * across)
    angles = np.pi / 2 - round_
    ends = 0.030 * np.sin(across * 23.0) + 0.022 * np.sin(across * 9.0 + 1.0)
    y = high + smooth(t, 0.55, 1.0) * (ends + 0.05 * np.abs(across) - 0.05)
    # Over the skull it is as round as the skull; below it hangs, tips turned in.
    dome = np.sqrt(np.maximum(1 - (np.maximum(y - 0.55, 0.0) / 0.56) ** 2, 0.0))
    hang = np.interp(y, (-0.6, -0.1, 0.10, 0.35, 0.55), (0.92, 0.90, 0.92, 1.0, 1.0))
    level = dome * hang
    folds = 0.020 * np.sin(across * 21.0) + 0.014 * np.sin(across * 8.0 + 2.0)
    swell = 1 + folds * smooth(t, 0.10, 0.7) - 0.07 * smooth(t, 0.86, 1.0)
    # Thin towards the face, so that its edge is no board.
    thin = 1 - 0.085 * smooth(np.abs(across), 0.72, 1.0)
    side = (scalp.side + 0.078) * level * swell * thin
    back = (scalp.back + 0.075) * level * swell * thin
    x = side * np.cos(angles)
    z = np.where(np.sin(angles) > 0, side, back) * np.sin(angles)
    # Long hair falls behind the shoulders.
    behind = smooth(y, 0.05, -0.25)
    z = z - 0.10 * behind * smooth(z, -0.15, 0.25) - 0.02
    x = x * (1 - 0.16 * behind)
    outer = np.stack([x, y, z], axis=-1)
    body = (0.87 + 0.105 * smooth(np.abs(across), 0.70, 1.0))[None, :, None]
    inner = outer * np.concatenate([body, np.ones_like(body), body], axis=-1)
    points = np.concatenate([outer, inner[:, ::-1]], axis=1)
    chest = 0.55 * smooth(points[..., 1], 0.0, -0.45)
    shares = weight(chest.shape, head=1 - chest, chest=chest)
    return loft(
        scalp.world(points), shares, material=material("hair"), start=False,
    )  # fmt: skip


def _bun(scalp: Scalp, *, low: bool) -> Part:
    """Return a bun: high on the back of the head, or low in the nape under a hat."""
    y0, z0 = (0.40, -0.98) if low else (1.00, -0.80)
    polar = np.linspace(0.05, np.pi - 0.05, 8)
    azimuth = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    x = np.sin(polar)[:, None] * np.cos(azimuth) * 0.150
    z = np.sin(polar)[:, None] * np.sin(azimuth) * 0.135 + z0 * scalp.back
    y = np.broadcast_to(np.cos(polar)[:, None] * 0.140 + y0, x.shape)
    points = scalp.world(np.stack([x, y, z], axis=-1))
    return loft(points, weight((8, 1), head=1.0), material=material("hair"))


def _tail(scalp: Scalp) -> Part:
    """Return hair bound at the back of the head that hangs to the shoulders."""
    along = np.linspace(0.0, 1.0, 10)
    azimuth = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    thick = np.interp(
        along, (0, 0.08, 0.16, 0.4, 0.8, 1.0), (0.05, 0.055, 0.075, 0.095, 0.075, 0.012)
    )
    y = np.interp(along, (0, 0.12, 1.0), (0.74, 0.755, -0.10))
    z = -scalp.back - np.interp(
        along, (0, 0.15, 0.35, 0.7, 1.0), (-0.03, 0.10, 0.16, 0.10, 0.05)
    )
    x = thick[:, None] * np.cos(azimuth)
    deep = 0.8 * thick[:, None] * np.sin(azimuth)
    steep = np.interp(along, (0.0, 0.3), (1.0, 0.0))[:, None]
    points = np.stack(
        [x, y[:, None] + deep * steep, z[:, None] + deep * (1 - steep)], axis=-1
    )
    return loft(
        scalp.world(points), weight((10, 1), head=1.0), material=material("hair")
    )


def build_hat(scalp: Scalp, kind: str) -> list[Part]:
    """Return a hat: "brim", "cap" or "beanie"."""
    if kind == "brim":
        return _brimmed(scalp)
    lowest = scalp.ring_at(np.array(14.0 if kind == "beanie" else 26.0))
    rows = np.linspace(float(lowest), scalp.rings - 1.0, 9)
    dome = scalp.shell(rows)
    out = dome - (0.0, 0.55, 0.0)
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    dome = dome + out * (0.050 if kind == "cap" else 0.062)
    dome[..., 1] += (0.02 if kind == "cap" else 0.05) * smooth(dome[..., 1], 0.8, 1.0)
    names = np.full((8, dome.shape[1]), material("hat"))
    names[:1] = material("band" if kind == "cap" else "hat")
    head = weight((9, 1), head=1.0)
    parts = [loft(scalp.world(dome), head, material=names, start=False)]
    if kind == "cap":
        across = np.linspace(-1.0, 1.0, 11)
        share = np.linspace(0.0, 1.0, 5)[:, None]
        x = scalp.side * (0.94 - 0.18 * share) * across
        rim = float(dome[0, 0, 2])
        z = (rim - 0.02) * np.sqrt(1 - 0.55 * across**2) + 0.30 * share * (
            1 - 0.30 * across**2
        )
        y = dome[0, 0, 1] + 0.01 - 0.09 * share**1.3 - 0.05 * across**2
        visor = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
        parts.append(
            loft(
                scalp.world(visor), weight((5, 1), head=1.0), material=material("hat"),
                start=False, end=False, closed=False,
            )
        )  # fmt: skip
    return parts


def _brimmed(scalp: Scalp) -> list[Part]:
    """Return a brimmed hat: crown with a band, and the brim."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    level = np.array([0.755, 0.80, 0.835, 0.84, 0.95, 1.06, 1.135, 1.15, 1.11])
    wide = np.array([0.390, 0.388, 0.386, 0.378, 0.362, 0.335, 0.290, 0.215, 0.06])
    across, deep = scalp.side / 0.335, scalp.back / 0.44
    x = wide[:, None] * across * np.cos(angles)
    z = wide[:, None] * 1.20 * deep * np.sin(angles)
    tilt = 0.10 * np.clip(z, -1, 1)
    y = np.broadcast_to(level[:, None], x.shape) + tilt * -0.55
    pinch = smooth(level, 0.95, 1.1)[:, None] * smooth(z, 0.1, 0.35)
    x = x * (1 - 0.30 * pinch)
    names = np.full((len(level) - 1, 24), material("hat"))
    names[:2] = material("band")
    crown = scalp.world(np.stack([x, y, z], axis=-1))
    reach = np.array([0.375, 0.46, 0.585, 0.60, 0.585, 0.46, 0.37])
    rise = np.array([0.765, 0.750, 0.765, 0.775, 0.780, 0.770, 0.775])
    bx = reach[:, None] * across * np.cos(angles)
    bz = reach[:, None] * 1.13 * deep * np.sin(angles)
    roll = 0.05 * np.abs(np.cos(angles)) ** 2 * smooth(reach, 0.45, 0.6)[:, None]
    by = np.broadcast_to(rise[:, None], bx.shape) + roll - 0.055 * bz
    brim = scalp.world(np.stack([bx, by, bz], axis=-1))
    head = weight((1, 1), head=1.0)
    return [
        loft(
            crown,
            np.broadcast_to(head, (9, 1, head.shape[-1])),
            material=names,
            start=False,
        ),
        loft(
            brim,
            np.broadcast_to(head, (7, 1, head.shape[-1])),
            material=material("hat"),
            start=False,
            end=False,
        ),
    ]
