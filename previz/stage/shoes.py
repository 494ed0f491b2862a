"""Shoes: the shell's feet made smooth and stiff, with a sole under them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.stage.bones import BONE_INDEX
from previz.stage.figure import Figure
from previz.stage.loft import Array, Part
from previz.stage.palette import material
from previz.stage.shell import Shell

__all__ = ["build_shoes", "shoe_top"]

_TOPS = {"shoes": 0.012, "boots": 0.105, "flats": -0.014}
"""How far above the ankle a shoe ends, as a share of the height."""


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

    return [shell.piece(points, lambda limbs: [limbs.below(top)], name)]
