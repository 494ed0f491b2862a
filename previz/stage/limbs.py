"""Bare limbs, hands and shoes."""

from __future__ import annotations

import numpy as np

from previz.stage.loft import Array, Part, loft, mirrored, ring, smooth, weight
from previz.stage.palette import material
from previz.stage.skeleton import Skeleton

__all__ = ["arm_rings", "build_hands", "build_legs", "build_shoes", "leg_rings"]


_SOLE = [0, 1, 2, 4, 6, 8, 9, 11]
"""The stations of a shoe that its sole has."""


def arm_rings(
    skeleton: Skeleton, along: Array, radius: Array, *, columns: int
) -> tuple[Array, Array]:
    """Return rings round the left arm and their weights.

    Args:
        skeleton: Whose arm.
        along: Place of each ring: 0 shoulder, 1 elbow, 2 wrist, shape (r,).
        radius: Of each ring across and front to back, metres, shape (r, 2).
        columns: Points round a ring.
    """
    shoulder, elbow, wrist = (
        skeleton.joint(b) for b in ("upper_arm_l", "forearm_l", "hand_l")
    )
    upper, lower = elbow - shoulder, wrist - elbow
    t = np.asarray(along)[:, None]
    centre = np.where(t <= 1, shoulder + t * upper, elbow + (t - 1) * lower)
    bent = smooth(t, 0.75, 1.25)
    down = (1 - bent) * upper / np.linalg.norm(upper) + bent * lower / np.linalg.norm(
        lower
    )
    down /= np.linalg.norm(down, axis=1, keepdims=True)
    front = np.array([0.0, 0.0, 1.0]) - down * down[:, 2:3]
    front /= np.linalg.norm(front, axis=1, keepdims=True)
    side = np.cross(front, down)
    angles = np.linspace(0, 2 * np.pi, columns, endpoint=False)
    x = radius[:, :1] * np.cos(angles)
    z = radius[:, 1:] * np.sin(angles)
    points = (
        centre[:, None] + x[..., None] * -side[:, None] + z[..., None] * front[:, None]
    )
    collar = 0.55 * smooth(t, 0.10, -0.16)
    bend = smooth(t, 0.84, 1.16)
    shares = weight(
        (len(along), 1),
        clavicle_l=collar,
        upper_arm_l=(1 - collar) * (1 - bend),
        forearm_l=bend,
    )
    return points, shares


def leg_rings(
    skeleton: Skeleton,
    along: Array,
    *,
    side: Array,
    front: Array,
    back: Array,
    columns: int,
    inner: Array | float = 1.0,
) -> tuple[Array, Array]:
    """Return rings round the left leg and their weights.

    Args:
        skeleton: Whose leg.
        along: Place of each ring: 0 hip joint, 1 knee, 2 ankle, shape (r,).
        side: Half width of each ring, metres, shape (r,).
        front: Towards the front.
        back: Towards the back.
        columns: Points round a ring.
        inner: Factor on the half width towards the other leg.
    """
    hip, knee, ankle = (skeleton.joint(b) for b in ("thigh_l", "shin_l", "foot_l"))
    t = np.asarray(along)
    u = t[:, None]
    centre = np.where(u <= 1, hip + u * (knee - hip), knee + (u - 1) * (ankle - knee))
    angles = np.linspace(0, 2 * np.pi, columns, endpoint=False)
    x, z = ring(angles, side=side, front=front, back=back, power=2.15)
    x = np.where(x < 0, x * np.broadcast_to(inner, t.shape)[:, None], x)
    points = np.stack(
        [
            centre[:, :1] + x,
            np.broadcast_to(centre[:, 1:2], x.shape),
            centre[:, 2:] + z,
        ],
        axis=-1,
    )
    pelvis = smooth(t, 0.16, -0.14)[:, None]
    bend = smooth(t, 0.88, 1.12)[:, None]
    shares = weight(
        (len(t), 1),
        pelvis=pelvis,
        thigh_l=(1 - pelvis) * (1 - bend),
        shin_l=bend,
    )
    return points, shares


def build_legs(skeleton: Skeleton) -> list[Part]:
    """Return bare legs from mid-thigh to ankle, for under a skirt."""
    h = skeleton.height_m * (0.93 + 0.2 * skeleton.build)
    along = np.array([0.35, 0.6, 0.82, 0.95, 1.05, 1.18, 1.35, 1.52, 1.72, 1.9, 2.03])
    side = h * np.array(
        [0.043, 0.037, 0.031, 0.028, 0.0265, 0.028, 0.030, 0.027, 0.021, 0.0175, 0.0175]
    )
    front = h * np.array(
        [0.044, 0.039, 0.034, 0.0325, 0.030, 0.026, 0.025, 0.023, 0.019, 0.017, 0.018]
    )
    back = h * np.array(
        [0.044, 0.038, 0.030, 0.026, 0.028, 0.035, 0.039, 0.034, 0.025, 0.020, 0.021]
    )
    points, shares = leg_rings(
        skeleton, along, side=side, front=front, back=back, columns=14
    )
    left = loft(points, shares, material=material("skin"), start=False, end=False)
    return [left, mirrored(left)]


def build_hands(skeleton: Skeleton) -> list[Part]:
    """Return both hands: palm, four fingers and a thumb, a little curled."""
    wrist = skeleton.joint("hand_l")
    along = wrist - skeleton.joint("forearm_l")
    along /= np.linalg.norm(along)
    thumb_side = np.array([0.0, 0.0, 1.0]) - along * along[2]
    thumb_side /= np.linalg.norm(thumb_side)
    palm = np.cross(along, thumb_side)
    palm = palm if palm[0] < 0 else -palm
    size = skeleton.height_m * (0.94 + 0.10 * skeleton.build)
    size *= 1.0 - 0.05 * skeleton.femininity
    axes = (along * size, thumb_side * size, palm * size)
    pieces = [_palm(wrist, axes)]
    for row, (length, thick) in enumerate(
        ((0.040, 0.0052), (0.045, 0.0056), (0.042, 0.0054), (0.033, 0.0047))
    ):
        across = 0.0165 - 0.0110 * row
        base = (0.052 - 0.0022 * abs(row - 1), across, 0.0005)
        curl = 0.30 + 0.10 * row
        pieces.append(
            _finger(
                wrist, axes, base, (1.0, 0.06 - 0.05 * row, 0.12), length, thick, curl
            )
        )
    pieces.append(
        _finger(
            wrist, axes, (0.014, 0.016, 0.004), (0.72, 0.58, 0.30), 0.044, 0.0068, 0.16
        )
    )
    return pieces + [mirrored(piece) for piece in pieces]


def _palm(wrist: Array, axes: tuple[Array, Array, Array]) -> Part:
    place = np.array([-0.024, -0.008, 0.006, 0.024, 0.042, 0.056])
    wide = np.array([0.0135, 0.0145, 0.0190, 0.0225, 0.0225, 0.0200])
    thick = np.array([0.0115, 0.0115, 0.0110, 0.0105, 0.0090, 0.0070])
    angles = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    x, z = ring(angles, side=wide, front=thick, back=thick, power=2.5)
    points = wrist + sum(
        value[..., None] * axis
        for value, axis in zip(
            (np.broadcast_to(place[:, None], x.shape), x, z), axes, strict=True
        )
    )
    arm = smooth(place, 0.004, -0.020)[:, None]
    shares = weight((len(place), 1), forearm_l=arm, hand_l=1 - arm)
    return loft(np.asarray(points), shares, material=material("skin"), start=False)


def _finger(
    wrist: Array,
    axes: tuple[Array, Array, Array],
    base: tuple[float, float, float],
    heading: tuple[float, float, float],
    length: float,
    thick: float,
    curl: float,
) -> Part:
    way = np.array(heading) / np.linalg.norm(heading)
    centre, centres, ways = np.array(base), [], []
    steps = (0.0, 0.42, 0.34, 0.24)
    for i, step in enumerate(steps):
        centre = centre + way * length * step
        centres.append(centre.copy())
        ways.append(way.copy())
        angle = curl * (1.15 if 0 < i < 3 else 0.35)
        way = np.array(
            [
                way[0] * np.cos(angle) - way[2] * np.sin(angle),
                way[1],
                way[2] * np.cos(angle) + way[0] * np.sin(angle),
            ]
        )
    radius = thick * np.array([1.05, 1.0, 0.92, 0.48])
    angles = np.linspace(0, 2 * np.pi, 5, endpoint=False)
    across = np.array([0.0, 1.0, 0.0])
    rows = []
    for at, along, r in zip(centres, ways, radius, strict=True):
        u = across - along * along[1]
        u /= np.linalg.norm(u)
        v = np.cross(along, u)
        rows.append(
            at + r * (np.cos(angles)[:, None] * u + np.sin(angles)[:, None] * v)
        )
    local = np.array(rows)
    points = wrist + local @ np.stack(axes)
    shares = weight((len(rows), 1), hand_l=1.0)
    return loft(points, shares, material=material("skin"), start=False)


def build_shoes(skeleton: Skeleton) -> list[Part]:
    """Return both shoes, each an upper and a sole, from heel to toe."""
    ankle, toe = skeleton.joint("foot_l"), skeleton.joint("toe_l")
    h = skeleton.height_m
    back = ankle[2] - skeleton.heel_m
    tip = toe[2] + skeleton.toe_m
    share = np.array(
        [0.0, 0.03, 0.10, 0.22, 0.34, 0.46, 0.58, 0.70, 0.82, 0.92, 0.98, 1.0]
    )
    slim = 1.0 - 0.10 * skeleton.femininity
    wide = (
        slim
        * h
        * np.array(
            [
                0.008,
                0.015,
                0.0195,
                0.0205,
                0.0200,
                0.0205,
                0.0225,
                0.0245,
                0.0240,
                0.0195,
                0.0125,
                0.005,
            ]
        )
    )
    top = h * np.array(
        [
            0.030,
            0.042,
            0.052,
            0.055,
            0.051,
            0.043,
            0.0365,
            0.0315,
            0.0270,
            0.0235,
            0.0190,
            0.0150,
        ]
    )
    z = back + share * (tip - back)
    bow = h * 0.004 * np.sin(np.pi * share)
    x0 = ankle[0] + share * (toe[0] - ankle[0]) * 1.2 + bow
    angles = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    sole = skeleton.sole_m
    upper = _shoe_rings(z, x0, wide, sole * 0.7, top, angles, power=2.4)
    bottom = _shoe_rings(
        z[_SOLE],
        x0[_SOLE],
        (wide + 0.0018 * h)[_SOLE],
        np.zeros(len(_SOLE)),
        np.full(len(_SOLE), sole),
        angles,
        power=5.0,
    )
    bend = smooth(z, toe[2] - 0.010 * h, toe[2] + 0.012 * h)[:, None]
    shares = weight((len(z), 1), foot_l=1 - bend, toe_l=bend)
    left = [
        loft(upper, shares, material=material("shoes")),
        loft(bottom, shares[_SOLE], material=material("sole")),
    ]
    return left + [mirrored(piece) for piece in left]


def _shoe_rings(
    z: Array,
    x0: Array,
    wide: Array,
    low: Array | float,
    top: Array,
    angles: Array,
    *,
    power: float,
) -> Array:
    half = (top - low) / 2
    x, y = ring(angles, side=wide, front=half, back=half, power=power)
    # A foot narrows upwards: the instep is half as wide as the sole.
    pinch = 1.0 - 0.42 * smooth(y / np.maximum(half[:, None], 1e-6), 0.0, 1.0)
    pinch = pinch if power < 4 else np.ones_like(pinch)
    middle = np.broadcast_to(((top + low) / 2)[:, None], y.shape)
    return np.stack(
        [x0[:, None] + x * pinch, middle + y, np.broadcast_to(z[:, None], x.shape)],
        axis=-1,
    )
