"""Cloth that is lofted over the shell: skirts, tails, belts, collars and fronts."""

from __future__ import annotations

import numpy as np

from previz.stage.bones import BONE_INDEX, BONES
from previz.stage.figure import cast
from previz.stage.loft import Array, Part, loft, smooth
from previz.stage.palette import material
from previz.stage.shell import Shell, hull, neck_loop

__all__ = ["belt", "collar", "front", "hanging", "yoke"]

_COLUMNS = 28
_ANGLES = np.linspace(0, 2 * np.pi, _COLUMNS, endpoint=False)
_OPEN = np.array(
    [0.001, 0.006, 0.0105, 0.0145, 0.018, 0.021, 0.0235, 0.025, 0.026, 0.0265]
)
"""Half of how far a jacket is open, from its button up, as shares of the height."""
_BROAD = np.array(
    [0.001, 0.011, 0.018, 0.023, 0.026, 0.027, 0.021, 0.019, 0.014, 0.004]
)
"""How broad its lapels are, likewise."""


def hanging(
    shell: Shell,
    *,
    start: float,
    end: float,
    ease: float,
    flare: float,
    waves: float,
    name: int,
    over: Array | None = None,
) -> Part:
    """Return cloth that hangs from the trunk round both legs.

    Args:
        shell: Over whose body.
        start: Height of the upper edge, metres.
        end: Height of the hem, metres.
        ease: How far it keeps off the body, metres.
        flare: How much wider the hem is than the hips, as a share.
        waves: Depth of the folds at the hem as a share of the width.
        name: Its material.
        over: Other cloth that it hangs over, shape (n, 3).
    """
    tall = shell.figure.crown[1]
    share = np.array([0, 0.05, 0.12, 0.2, 0.3, 0.42, 0.55, 0.68, 0.8, 0.9, 0.985, 1.0])
    if end > start - 0.20 * tall:
        share = share[[0, 2, 4, 6, 8, 10, 11]]
    heights = start + share * (end - start)
    cloud = shell.points[~shell.limbs.on_arm]
    if over is not None:
        worn = ~shell.limbs.on_arm & (over[:, 1] > start - 0.045 * tall)
        # That cloth keeps off the body by itself.
        inward = shell.normals[worn] * ease
        cloud = np.concatenate([cloud, over[worn] - inward])
    middle = np.array(
        [0.0, float(cloud[np.abs(cloud[:, 1] - start) < 0.03 * tall, 2].mean())]
    )
    grown = _outlines(cloud, middle, heights, tall=tall, ease=ease)
    down = smooth(share, 0.12, 1.0)[:, None]
    grown = grown * (1 + flare * share[:, None] ** 1.3)
    fold = np.cos(_ANGLES * 6 + 0.7) + 0.6 * np.cos(_ANGLES * 11 + 2.0)
    grown = grown * (1 + waves * down * fold)
    grown[-1] -= 0.004 * tall
    if over is not None:
        grown[0] -= 0.005 * tall
    points = _ring_points(grown, middle, np.broadcast_to(heights[:, None], grown.shape))
    return loft(
        points, _hanging_weights(shell, points), material=name, start=False, end=False
    )


def _outlines(
    cloud: Array, middle: Array, heights: Array, *, tall: float, ease: float
) -> Array:
    """Return how far cloth is from its middle all round, shape (rows, columns).

    It hardly draws in again below what it has passed.

    Args:
        cloud: Points it hangs over, shape (n, 3).
        middle: Of the cloth, x and z.
        heights: Of its rows, from the top.
        tall: Height of who wears it, metres.
        ease: How far it keeps off, metres.
    """
    rows = []
    reach: Array = np.zeros(_COLUMNS)
    for height in heights:
        near = cloud[np.abs(cloud[:, 1] - height) < 0.018 * tall]
        wide = hull(near[:, [0, 2]], middle, _ANGLES) + ease
        reach = np.maximum(wide, 0.985 * reach)
        rows.append(reach)
    return np.array(rows)


def belt(shell: Shell, cloth: Array, height: float) -> Part:
    """Return a belt round the waist of trousers."""
    tall = shell.figure.crown[1]
    near = cloth[(np.abs(cloth[:, 1] - height) < 0.02 * tall) & ~shell.limbs.on_arm]
    middle = near[:, [0, 2]].mean(axis=0)
    reach = hull(near[:, [0, 2]], middle, _ANGLES)
    out = tall * np.array([-0.001, 0.0016, 0.0018, 0.0016, -0.001])
    rise = tall * np.array([-0.010, -0.0095, 0.0, 0.0095, 0.010])
    rings = reach[None] + out[:, None]
    points = _ring_points(
        rings, middle, np.broadcast_to((height + rise)[:, None], rings.shape)
    )
    return loft(
        points, nearest_weights(shell, points), material=material("belt"),
        start=False, end=False,
    )  # fmt: skip


_TILT = 0.42
"""How far the plane of a neckline leans back, radians."""


class _Neck:
    """Rings round the neck in planes that lean back."""

    def __init__(self, shell: Shell, drop: float) -> None:
        figure = shell.figure
        self.tall = float(figure.crown[1])
        self._up = np.array([0.0, np.cos(_TILT), np.sin(_TILT)])
        self._ahead = np.array([0.0, -self._up[2], self._up[1]])
        self.place = figure.joints[BONE_INDEX["neck"]] - (0.0, drop, 0.0)
        self._skin = figure.points[: cast().spans[1]]

    def ring(self) -> tuple[Array, Array]:
        """Return middle and reach of the skin in the plane."""
        local = self._skin - self.place
        near = np.abs(local @ self._up) < 0.010 * self.tall
        flat = self.flat(self._skin[near])
        flat = flat[np.linalg.norm(flat, axis=1) < 0.055 * self.tall]
        middle = np.array([0.0, float(flat[:, 1].min() + flat[:, 1].max()) / 2])
        return middle, hull(flat, middle, _ANGLES)

    def flat(self, points: Array) -> Array:
        """Return places of points in the plane, shape (n, 2)."""
        local = points - self.place
        return np.stack([local[:, 0], local @ self._ahead], axis=1)

    def at(
        self, middle: Array, reach: Array, angles: Array, rise: Array | float = 0.0
    ) -> Array:
        """Return points round the neck, shape (c, 3)."""
        a = middle[0] + reach * np.cos(angles)
        b = middle[1] + reach * np.sin(angles)
        c = np.broadcast_to(rise, a.shape)
        return np.asarray(
            self.place
            + a[:, None] * (1.0, 0.0, 0.0)
            + b[:, None] * self._ahead
            + c[:, None] * self._up
        )


def yoke(shell: Shell, cloth: Array, drop: float, *, share: float, open_: bool) -> Part:
    """Return the cloth between the shell's opening and the neckline.

    Args:
        shell: Over whose body.
        cloth: The vertices of the top, shape (n, 3).
        drop: How far below the neck's joint the neckline is, metres.
        share: How much of the way to the neck there is cloth.
        open_: Whether a shirt shows in front.
    """
    neck = _Neck(shell, drop)
    middle, reach = neck.ring()
    loop = neck_loop()
    edge = cloth[loop]
    local = neck.flat(edge) - middle
    angle = np.arctan2(local[:, 1], local[:, 0]) % (2 * np.pi)
    wide = np.interp(angle, [*_ANGLES, 2 * np.pi], [*reach, reach[0]])
    goal = neck.at(middle, wide + 0.0028 * neck.tall, angle)
    rows = []
    for k in np.array([0.0, 0.2, 0.42, 0.64, 0.84, 1.0]) * share:
        row = edge + k * (goal - edge)
        # The slope from shoulder to neck is hollow.
        row[:, 1] -= 0.10 * np.linalg.norm(goal - edge, axis=1) * np.sin(np.pi * k)
        rows.append(row)
    points = np.array(rows)
    beside = np.abs(points + np.roll(points, -1, axis=1))[:-1, :, 0] / 2
    ahead = points[:-1, :, 2] > neck.place[2]
    between = open_ & ahead & (beside < 0.030 * neck.tall)
    return loft(
        points, nearest_weights(shell, points),
        material=np.where(between, material("shirt"), material("top")),
        start=False, end=False,
    )  # fmt: skip


def collar(shell: Shell, drop: float, *, tall: bool) -> Part:
    """Return a folded collar that stands on the neckline."""
    neck = _Neck(shell, drop)
    height = neck.tall
    middle, reach = neck.ring()
    # Open in front, or its band would lie across the throat.
    gap = 0.42 if tall else 0.16
    angles = np.linspace(np.pi / 2 + gap, 2.5 * np.pi - gap, _COLUMNS)
    wrapped = angles % (2 * np.pi)
    reach = np.interp(wrapped, [*_ANGLES, 2 * np.pi], [*reach, reach[0]])
    long = 1.4 if tall else 1.0
    rise = height * long * np.array([-0.003, 0.006, 0.0135, 0.0155, 0.0125, 0.0005])
    out = height * np.array([0.003, 0.0030, 0.0030, 0.0050, 0.0085, 0.0150 * long])
    # Lower in front, where the collar opens.
    opening = np.clip(np.sin(angles), 0, 1) ** 4
    rows = [
        neck.at(middle, reach + wide, angles, step - opening * max(step, 0.0) * 0.6)
        for step, wide in zip(rise, out, strict=True)
    ]
    points = np.array(rows)
    return loft(
        points, nearest_weights(shell, points), material=material("trim"),
        start=False, end=False, closed=False,
    )  # fmt: skip


def front(
    shell: Shell, cloth: Array, kind: str, *, hem: float, neck: float
) -> list[Part]:
    """Return what is down the middle: a placket, or lapels with a shirt between."""
    tall = shell.figure.crown[1]
    top = float(shell.figure.joints[BONE_INDEX["neck"], 1]) - neck - 0.024 * tall
    low = hem + 0.004 * tall
    strip = _Front(shell, cloth).strip
    trim = material("trim")
    if kind == "shirt":
        width = np.full(10, 0.0075 * tall)
        return [strip(low, top, -width, width, 0.0018 * tall, trim)]
    button = 0.45 * hem + 0.55 * top - 0.10 * (top - hem)
    open_, broad = tall * _OPEN, tall * _BROAD
    high = top + 0.008 * tall
    parts = [strip(button, high, -open_, open_, 0.0026 * tall, material("shirt"))]
    for side in (1.0, -1.0):
        edges = (side * open_, side * (open_ + broad))
        left, right = sorted(edges, key=lambda v: float(v[4]))
        parts.append(strip(button, top, left, right, 0.0046 * tall, trim))
    line = np.full(10, 0.0012 * tall)
    parts.append(strip(low, button, -line, line, 0.0014 * tall, trim))
    return parts


class _Front:
    """How far the front of a top is forward at places seen from before it."""

    def __init__(self, shell: Shell, cloth: Array) -> None:
        ahead = (shell.normals[:, 2] > 0.1) & ~shell.limbs.on_arm
        self._shell, self._places = shell, cloth[ahead]

    def depth(self, x: Array, y: Array) -> Array:
        """Return z at places, any shape."""
        places = self._places
        scale = 0.009 * self._shell.figure.crown[1]
        gap = (x[..., None] - places[:, 0]) ** 2 + (y[..., None] - places[:, 1]) ** 2
        share = np.exp(-0.5 * gap / scale**2) + 1e-12
        return np.asarray((share * places[:, 2]).sum(-1) / share.sum(-1))

    def strip(
        self, low: float, high: float, left: Array, right: Array, lift: float, name: int
    ) -> Part:
        """Return a strip from `low` to `high` between edges, `lift` off the cloth."""
        rows = np.linspace(0, len(left) - 1, 15)
        known = np.arange(len(left))
        left, right = (np.interp(rows, known, side) for side in (left, right))
        y = np.linspace(low, high, len(rows))
        across = np.linspace(0, 1, 4)
        x = left[:, None] + across * (right - left)[:, None]
        rise = np.broadcast_to(y[:, None], x.shape)
        edge = np.where((across == 0) | (across == 1), 0.7, 1.0)
        z = self.depth(x, rise) + lift * edge
        points = np.stack([x, rise, z], axis=-1)
        return loft(
            points, nearest_weights(self._shell, points), material=name,
            start=False, end=False, closed=False,
        )  # fmt: skip


def nearest_weights(shell: Shell, points: Array) -> Array:
    """Return the bone weights of the shell next to points, shape (..., b)."""
    flat = points.reshape(-1, 3)
    gap = np.linalg.norm(flat[:, None] - shell.points[None], axis=2)
    near = np.argpartition(gap, 3, axis=1)[:, :3]
    share = 1 / (np.take_along_axis(gap, near, axis=1) + 1e-3)
    share /= share.sum(axis=1, keepdims=True)
    mixed = np.einsum("nk,nkb->nb", share, shell.weights[near])
    return np.asarray(mixed.reshape(*points.shape[:-1], len(BONES)))


def _ring_points(reach: Array, middle: Array, heights: Array) -> Array:
    return np.stack(
        [
            middle[0] + reach * np.cos(_ANGLES),
            heights,
            middle[1] + reach * np.sin(_ANGLES),
        ],
        axis=-1,
    )


def _hanging_weights(shell: Shell, points: Array) -> Array:
    """Return weights of cloth that hangs from the hips over both thighs."""
    joints, tall = shell.figure.joints, shell.figure.crown[1]
    hip, knee = (float(joints[BONE_INDEX[n], 1]) for n in ("thigh_l", "shin_l"))
    x, y = points[..., 0], points[..., 1]
    leg = 0.92 * smooth(y, hip + 0.030 * tall, hip - 0.085 * tall)
    left = smooth(x, -0.075 * tall, 0.075 * tall)
    low = 0.35 * smooth(y, knee + 0.06 * tall, knee - 0.06 * tall)
    spine = smooth(y, hip + 0.05 * tall, hip + 0.12 * tall)
    out = np.zeros((*x.shape, len(BONES)))
    for name, share in (
        ("pelvis", (1 - leg) * (1 - spine)),
        ("spine", (1 - leg) * spine),
        ("thigh_l", leg * left * (1 - low)),
        ("thigh_r", leg * (1 - left) * (1 - low)),
        ("shin_l", leg * left * low),
        ("shin_r", leg * (1 - left) * low),
    ):
        out[..., BONE_INDEX[name]] = share
    return out
