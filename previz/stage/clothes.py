"""Clothes as shells over a body that they give its shape: top, bottom, skirt, coat."""

from __future__ import annotations

import numpy as np

from previz.model import Wardrobe
from previz.stage.limbs import arm_rings, build_legs, leg_rings
from previz.stage.loft import Array, Part, loft, mirrored, ring, smooth, weight
from previz.stage.palette import material
from previz.stage.skeleton import Skeleton

__all__ = ["clothe"]

_COLUMNS = 20

# The trunk of a slender man of unit height: half width, front, back; by height as a
# share between landmarks (0 crotch, 1 hip joint, 2 waist, 3 nipples, 4 shoulder
# joint, 5 neck). Source: ANSUR II breadths and depths.
_LEVEL = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.45, 3.8, 4.05, 4.35, 4.65, 5.0)
_WIDE = (
    0.070,
    0.091,
    0.0985,
    0.0915,
    0.0810,
    0.0870,
    0.0960,
    0.1010,
    0.1060,
    0.1090,
    0.097,
    0.066,
    0.037,
)
_FRONT = (
    0.050,
    0.056,
    0.0580,
    0.0575,
    0.0560,
    0.0610,
    0.0660,
    0.0610,
    0.0510,
    0.0480,
    0.0440,
    0.0415,
    0.0375,
)
_BACK = (
    0.056,
    0.068,
    0.0680,
    0.0580,
    0.0520,
    0.0570,
    0.0620,
    0.0630,
    0.0580,
    0.0540,
    0.0470,
    0.0340,
    0.0235,
)
_POWER = (2.2, 2.3, 2.3, 2.3, 2.3, 2.35, 2.4, 2.4, 2.4, 2.35, 2.2, 2.1, 2.0)


def clothe(skeleton: Skeleton, wardrobe: Wardrobe) -> list[Part]:
    """Return everything worn but hat and shoes, and the bare legs below a skirt."""
    parts = [*_top(skeleton, wardrobe), *_sleeves(skeleton)]
    if wardrobe.skirt:
        parts += [_skirt(skeleton), *build_legs(skeleton)]
    else:
        parts += [_seat(skeleton), *_trousers(skeleton)]
    return parts


def _height(skeleton: Skeleton, level: Array) -> Array:
    """Return the height of trunk levels, metres."""
    h, joint = skeleton.height_m, skeleton.joint
    hip, shoulder = joint("thigh_l")[1], joint("upper_arm_l")[1]
    marks = [
        hip - 0.042 * h,
        hip,
        joint("spine")[1] + 0.012 * h,
        joint("chest")[1] + 0.035 * h,
        shoulder + 0.005 * h,
        joint("neck")[1] + 0.019 * h,
    ]
    return np.asarray(np.interp(level, range(6), marks))


def _trunk(skeleton: Skeleton, level: Array, ease: Array) -> tuple[Array, Array]:
    """Return rings round the trunk, `ease` metres outside the body, and weights."""
    h, fem, build = skeleton.height_m, skeleton.femininity, skeleton.build
    heavy = max(build - 0.3, 0.0) / 0.7
    slight = max(0.3 - build, 0.0) / 0.3
    wide, front, back, power = (
        np.interp(level, _LEVEL, values) for values in (_WIDE, _FRONT, _BACK, _POWER)
    )
    child = 1 - skeleton.maturity
    hips, waist, chest, yoke = (
        _bump(level, at, over)
        for at, over in ((0.9, 0.9), (2.0, 0.9), (3.2, 0.8), (4.0, 0.6))
    )
    wide = wide * (
        1
        + fem * (0.045 * hips - 0.115 * waist - 0.075 * chest - 0.075 * yoke)
        + heavy * (0.28 * hips + 0.46 * waist + 0.17 * chest + 0.03 * yoke)
        - slight * 0.07
        + child * (-0.04 * hips + 0.10 * waist - 0.10 * chest - 0.10 * yoke)
    )
    front = front * (
        1
        + fem * (-0.06 * waist - 0.05 * chest)
        + heavy * (0.45 * hips + 1.00 * waist + 0.42 * chest)
        - slight * 0.10
        + child * 0.18 * waist
    )
    back = back * (
        1
        + fem * (0.10 * hips - 0.06 * waist - 0.05 * chest)
        + heavy * (0.26 * hips + 0.32 * waist + 0.22 * chest)
        - slight * 0.08
    )
    angles = np.linspace(0, 2 * np.pi, _COLUMNS, endpoint=False)
    x, z = ring(
        angles,
        side=h * wide + ease,
        front=h * front + ease,
        back=h * back + ease,
        power=power,
    )
    y = np.broadcast_to(_height(skeleton, level)[:, None], x.shape)
    z = (
        z
        + np.interp(
            level, (0, 2, 3, 4, 5), h * np.array([0, 0.0, -0.002, -0.010, -0.016])
        )[:, None]
    )
    z = z + _relief(skeleton, level[:, None], x / h, angles[None]) * h
    shoulder_slope = smooth(level, 3.7, 4.3)[:, None] * smooth(level, 5.0, 4.4)[:, None]
    y = y - shoulder_slope * 0.004 * h * (np.abs(x) / (0.1 * h)) ** 2
    return np.stack([x, y, z], axis=-1), _trunk_weights(skeleton, x, y)


def _relief(skeleton: Skeleton, level: Array, x: Array, angles: Array) -> Array:
    """Return breasts, chest and buttocks as shares of the height, along z."""
    fem = skeleton.femininity * skeleton.maturity
    forward = np.clip(np.sin(angles), 0, 1) ** 0.7
    rear = np.clip(-np.sin(angles), 0, 1) ** 0.7
    pair = np.exp(-(((np.abs(x) - 0.046) / 0.030) ** 2))
    bust = np.exp(-(((level - 2.93) / np.where(level > 2.93, 0.46, 0.26)) ** 2))
    chest = np.exp(-(((level - 3.2) / 0.45) ** 2))
    seat = np.exp(-(((level - 0.95) / 0.50) ** 2))
    pair_low = np.exp(-(((np.abs(x) - 0.045) / 0.034) ** 2))
    spine = np.exp(-((x / 0.016) ** 2)) * np.exp(-(((level - 2.6) / 1.1) ** 2))
    breast = (0.026 + 0.010 * skeleton.build) * max(fem - 0.15, 0) / 0.85
    return np.asarray(
        forward * (breast * pair * bust + 0.005 * (1 - fem) * pair * chest)
        - rear * (0.010 + 0.006 * fem) * pair_low * seat
        + rear * 0.004 * spine
    )


def _bump(level: Array, at: float, over: float) -> Array:
    return np.asarray(np.exp(-(((level - at) / over) ** 2)))


def _trunk_weights(skeleton: Skeleton, x: Array, y: Array) -> Array:
    h, joint = skeleton.height_m, skeleton.joint
    spine = smooth(y, joint("spine")[1] - 0.055 * h, joint("spine")[1] + 0.055 * h)
    chest = smooth(y, joint("chest")[1] - 0.060 * h, joint("chest")[1] + 0.050 * h)
    neck = 0.6 * smooth(y, joint("neck")[1] - 0.010 * h, joint("neck")[1] + 0.040 * h)
    hip = joint("thigh_l")[1]
    leg = 0.42 * smooth(y, hip + 0.030 * h, hip - 0.050 * h)
    left = smooth(x, -0.03 * h, 0.03 * h)
    arm = smooth(
        y, joint("upper_arm_l")[1] - 0.075 * h, joint("upper_arm_l")[1] + 0.010 * h
    )
    arm = arm * (1 - neck)
    collar_l = 0.75 * arm * smooth(x, 0.020 * h, 0.085 * h)
    collar_r = 0.75 * arm * smooth(-x, 0.020 * h, 0.085 * h)
    body = 1 - collar_l - collar_r
    return weight(
        x.shape,
        pelvis=body * (1 - spine) * (1 - leg),
        thigh_l=body * (1 - spine) * leg * left,
        thigh_r=body * (1 - spine) * leg * (1 - left),
        spine=body * spine * (1 - chest),
        chest=body * chest * (1 - neck),
        neck=body * chest * neck,
        clavicle_l=collar_l,
        clavicle_r=collar_r,
    )


def _seat(skeleton: Skeleton) -> Part:
    """Return the trousers' trunk, from the crotch to below the top."""
    level = np.array([0.0, 0.18, 0.45, 0.75, 1.0, 1.25, 1.5])
    h = skeleton.height_m
    ease = h * np.array([-0.034, -0.022, -0.010, -0.001, 0.002, 0.001, -0.004])
    points, shares = _trunk(skeleton, level, ease)
    return loft(points, shares, material=material("bottom"))


def _trousers(skeleton: Skeleton) -> list[Part]:
    h, build, fem = skeleton.height_m, skeleton.build, skeleton.femininity
    along = np.array(
        [
            -0.10,
            -0.02,
            0.12,
            0.26,
            0.42,
            0.60,
            0.78,
            0.90,
            1.00,
            1.10,
            1.25,
            1.42,
            1.60,
            1.78,
            1.92,
            2.04,
            2.045,
        ]
    )
    heavy = 1 + (0.34 * (build - 0.3) / 0.7 if build > 0.3 else 0.25 * (build - 0.3))
    thick = 1 + (heavy - 1) * smooth(along, 1.5, 0.4)
    thick = thick * (1 + 0.05 * fem * smooth(along, 0.7, 0.1))
    scale = h * thick
    side = scale * np.array(
        [
            0.036,
            0.0460,
            0.0500,
            0.0480,
            0.0455,
            0.0420,
            0.0375,
            0.0345,
            0.0335,
            0.0328,
            0.0332,
            0.0335,
            0.0318,
            0.0305,
            0.0302,
            0.0305,
            0.024,
        ]
    )
    front = scale * np.array(
        [
            0.040,
            0.0525,
            0.0550,
            0.0535,
            0.0515,
            0.0475,
            0.0425,
            0.0395,
            0.0385,
            0.0360,
            0.0320,
            0.0300,
            0.0290,
            0.0290,
            0.0300,
            0.0330,
            0.026,
        ]
    )
    back = scale * np.array(
        [
            0.050,
            0.0650,
            0.0650,
            0.0580,
            0.0510,
            0.0455,
            0.0390,
            0.0345,
            0.0330,
            0.0345,
            0.0410,
            0.0430,
            0.0390,
            0.0345,
            0.0330,
            0.0345,
            0.028,
        ]
    )
    inner = 1.0 + 0.06 * smooth(along, 0.25, 0.0)
    points, shares = leg_rings(
        skeleton, along, side=side, front=front, back=back, columns=12, inner=inner
    )
    # The hem breaks over the instep.
    hem = smooth(along, 1.85, 2.04)[:, None]
    points[..., 2] += hem * 0.010 * h * (points[..., 2] > 0)
    left = loft(points, shares, material=material("bottom"), end=False)
    return [left, mirrored(left)]


def _skirt(skeleton: Skeleton) -> Part:
    """Return a skirt from the waist to below the knees."""
    h = skeleton.height_m
    knee = skeleton.joint("shin_l")[1]
    level = np.array([1.6, 1.3, 1.15, 1.0, 0.7])
    ease = h * np.array([-0.004, 0.0, 0.0, 0.003, 0.004])
    points, _ = _trunk(skeleton, level, ease)
    base = points[-1]
    share = np.array([0.14, 0.32, 0.52, 0.72, 0.90, 1.0, 1.0])
    y = base[0, 1] + share * (knee - 0.035 * h - base[0, 1])
    flare = 1.0 + 0.26 * share
    flare[-1] -= 0.10
    drape = np.stack(
        [
            base[None, :, 0] * flare[:, None],
            np.broadcast_to(y[:, None], (len(share), _COLUMNS)),
            base[None, :, 2] * flare[:, None],
        ],
        axis=-1,
    )
    wave = np.cos(np.linspace(0, 2 * np.pi, _COLUMNS, endpoint=False) * 5)
    drape[..., 0] *= 1 + 0.022 * share[:, None] * wave
    drape[..., 2] *= 1 + 0.040 * share[:, None] * wave
    points = np.concatenate([points, drape])
    return loft(
        points,
        _hanging_weights(skeleton, points),
        material=material("bottom"),
        end=False,
    )


def _hanging_weights(skeleton: Skeleton, points: Array) -> Array:
    """Return weights of cloth that hangs from the hips over both thighs."""
    h = skeleton.height_m
    hip = skeleton.joint("thigh_l")[1]
    x, y = points[..., 0], points[..., 1]
    leg = 0.92 * smooth(y, hip + 0.030 * h, hip - 0.085 * h)
    left = smooth(x, -0.075 * h, 0.075 * h)
    low = 0.35 * smooth(
        y,
        skeleton.joint("shin_l")[1] + 0.06 * h,
        skeleton.joint("shin_l")[1] - 0.06 * h,
    )
    shares = _trunk_weights(skeleton, x, y)
    above = (1 - leg)[..., None] * shares
    return np.asarray(
        above
        + weight(
            x.shape,
            thigh_l=left * (1 - low),
            thigh_r=(1 - left) * (1 - low),
            shin_l=left * low,
            shin_r=(1 - left) * low,
        )
        * leg[..., None]
    )


def _top(skeleton: Skeleton, wardrobe: Wardrobe) -> list[Part]:
    """Return shirt or coat: hem, trunk, shoulders and a collar round the neck."""
    h = skeleton.height_m
    level = np.array(
        [
            1.12,
            1.13,
            1.35,
            1.6,
            1.85,
            2.1,
            2.4,
            2.7,
            2.95,
            3.2,
            3.45,
            3.65,
            3.85,
            4.02,
            4.20,
            4.38,
            4.58,
            4.78,
            4.97,
        ]
    )
    loose = 0.010 if wardrobe.coat else 0.0065
    loose -= 0.002 * skeleton.femininity
    ease = np.full(len(level), loose * h) * (1 - 0.45 * smooth(level, 3.9, 4.8))
    ease[0] -= 0.006 * h
    points, shares = _trunk(skeleton, level, ease)
    parts = []
    if wardrobe.coat:
        points, shares = points[2:], shares[2:]
        parts.append(_coat_skirt(skeleton, points[0]))
    parts.insert(
        0, loft(points, shares, material=material("top"), start=False, end=False)
    )
    parts.append(_collar(skeleton, points[-1], tall=wardrobe.coat))
    return parts


def _coat_skirt(skeleton: Skeleton, base: Array) -> Part:
    """Return the coat below the waist, to the knees."""
    h = skeleton.height_m
    knee = skeleton.joint("shin_l")[1]
    share = np.array([0.0, 0.13, 0.28, 0.45, 0.62, 0.80, 0.99, 1.0])
    y = base[0, 1] + share * (knee + 0.01 * h - base[0, 1])
    hips, _ = _trunk(skeleton, np.array([0.75]), np.array([0.016 * h]))
    wide = np.maximum(np.abs(base), np.abs(hips[0]))
    full = np.sign(base) * wide
    to_hips = smooth(share, 0.0, 0.28)[:, None]
    flare = 1.0 + 0.16 * smooth(share, 0.2, 1.0)
    flare[-1] -= 0.08
    x = (base[None, :, 0] * (1 - to_hips) + full[None, :, 0] * to_hips) * flare[:, None]
    z = (base[None, :, 2] * (1 - to_hips) + full[None, :, 2] * to_hips) * flare[:, None]
    points = np.stack([x, np.broadcast_to(y[:, None], x.shape), z], axis=-1)
    shares = _hanging_weights(skeleton, points)
    return loft(points, shares, material=material("top"), start=False, end=False)


def _collar(skeleton: Skeleton, rim: Array, *, tall: bool) -> Part:
    """Return a folded collar that stands on the rim of the top."""
    h = skeleton.height_m
    centre = np.array([0.0, rim[:, 1].mean(), -0.014 * h])
    rise = np.array([0.0, 0.008, 0.014, 0.010, 0.000]) * h * (1.5 if tall else 1.0)
    out = np.array([1.0, 0.97, 1.02, 1.13, 1.20])
    rows = []
    for up, wide in zip(rise, out, strict=True):
        row = centre + (rim - centre) * (wide, 1.0, wide)
        # Lower in front, where the collar opens.
        ahead = np.clip((rim[:, 2] - centre[2]) / (0.03 * h), 0, 1)
        row[:, 1] += up - ahead * 0.010 * h
        rows.append(row)
    points = np.array(rows)
    shares = _trunk_weights(skeleton, points[..., 0], points[..., 1])
    return loft(points, shares, material=material("trim"), start=False, end=False)


def _sleeves(skeleton: Skeleton) -> list[Part]:
    h, build, fem = skeleton.height_m, skeleton.build, skeleton.femininity
    along = np.array(
        [
            -0.085,
            -0.045,
            0.0,
            0.10,
            0.24,
            0.42,
            0.62,
            0.82,
            0.94,
            1.06,
            1.22,
            1.45,
            1.68,
            1.86,
            1.865,
            1.97,
            1.975,
        ]
    )
    heavy = 1 + (0.34 * (build - 0.3) / 0.7 if build > 0.3 else 0.30 * (build - 0.3))
    scale = h * heavy * (1 - 0.13 * fem) * (0.90 + 0.10 * skeleton.maturity)
    wide = scale * np.array(
        [
            0.008,
            0.0160,
            0.0225,
            0.0282,
            0.0310,
            0.0300,
            0.0290,
            0.0270,
            0.0255,
            0.0250,
            0.0258,
            0.0245,
            0.0215,
            0.0195,
            0.0208,
            0.0202,
            0.0150,
        ]
    )
    deep = scale * np.array(
        [
            0.012,
            0.0215,
            0.0290,
            0.0345,
            0.0360,
            0.0335,
            0.0320,
            0.0295,
            0.0275,
            0.0270,
            0.0275,
            0.0260,
            0.0230,
            0.0210,
            0.0224,
            0.0218,
            0.0160,
        ]
    )
    points, shares = arm_rings(
        skeleton, along, np.stack([wide, deep], axis=1), columns=12
    )
    names = np.full((len(along) - 1, 12), material("top"))
    names[-3:] = material("trim")
    left = loft(points, shares, material=names, end=False)
    return [left, mirrored(left)]
