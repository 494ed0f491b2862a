"""Shoes: the shell's feet made smooth and stiff, with a sole under them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.stage.bones import BONE_INDEX
from previz.stage.figure import Figure
from previz.stage.loft import Array, Part, loft, mirrored, smooth, weight
from previz.stage.palette import material
from previz.stage.shell import Shell

__all__ = ["build_shoes", "shoe_top"]

_TOPS = {"shoes": 0.012, "boots": 0.105, "flats": -0.014}
"""How far above the ankle a shoe ends, as a share of the height."""

_WELTS = {"shoes": 0.0030, "boots": 0.0042, "flats": 0.0012}
"""How far a sole stands out, as a share of the height."""
_STATIONS = np.array([0.0, 0.08, 0.3, 0.55, 0.78, 0.93, 1.0])
"""Where a sole's outline is taken, from heel to tip."""


def shoe_top(figure: Figure, kind: str) -> float:
    """Return the height at which shoes end, metres."""
    ankle = float(figure.joints[BONE_INDEX["foot_l"], 1])
    return ankle + _TOPS[kind] * float(figure.crown[1])


def build_shoes(shell: Shell, kind: str) -> list[Part]:
    """Return both shoes."""
    figure = shell.figure
    tall, sole = float(figure.crown[1]), figure.sole_m
    points = shell.eased(0.0022 * tall, steps=5)
    low = points[:, 1] < sole + 0.006 * tall
    points[low, 1] = np.maximum(points[low, 1] - 0.002 * tall, sole * 0.9)
    under = shell.normals[:, 1] < -0.55
    feet = points[:, 1] < 0.05 * tall
    points[under & feet, 1] = 0.0
    top = shoe_top(figure, kind)

    def name(middle: Array) -> NDArray[np.int32]:
        return np.where(
            middle[:, 1] < 0.75 * sole, material("sole"), material("shoes")
        ).astype(np.int32)

    shoes = shell.piece(points, lambda limbs: [limbs.below(top)], name)
    left = _sole(figure, points, welt_m=_WELTS[kind] * tall)
    return [shoes, left, mirrored(left)]


def _sole(figure: Figure, points: Array, *, welt_m: float) -> Part:
    """Return the rim of the left sole, which stands out round the shoe."""
    toe = figure.joints[BONE_INDEX["toe_l"]]
    low = (points[:, 1] < 2.2 * figure.sole_m) & (points[:, 0] > 0)
    plan = points[low][:, [0, 2]]
    first, last = float(plan[:, 1].min()), float(plan[:, 1].max())
    z = first + (last - first) * _STATIONS
    half = (last - first) / len(_STATIONS)
    sides = []
    for pick in (np.min, np.max):
        near = [plan[np.abs(plan[:, 1] - at) < half, 0] for at in z]
        sides.append(np.array([float(pick(x)) for x in near]))
    inner, outer = sides
    middle = (inner + outer) / 2
    wide = (outer - inner) / 2 * np.where((_STATIONS > 0) & (_STATIONS < 1), 1.0, 0.55)
    x = np.concatenate([middle - wide, (middle + wide)[::-1]])
    z = np.concatenate([z, z[::-1]])
    centre = np.array([float(middle.mean()), (first + last) / 2])
    out = np.stack([x, z], axis=1) - centre
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    rings = []
    for height, far in ((0.0, 0.5), (0.85, 1.0), (1.15, 0.2)):
        at = np.stack([x, z], axis=1) + out * welt_m * far
        y = np.full(len(x), height * figure.sole_m)
        rings.append(np.stack([at[:, 0], y, at[:, 1]], axis=1))
    rim = np.array(rings)
    share = smooth(rim[..., 2], float(toe[2]) - 0.02, float(toe[2]) + 0.02)
    shares = weight(share.shape, foot_l=1 - share, toe_l=share)
    return loft(rim, shares, material=material("sole"), start=False, end=False)
