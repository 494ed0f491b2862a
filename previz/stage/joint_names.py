"""What the joints of motion files are called, and which of our bones they are.

Conventions: CMU (`LeftUpLeg`, and `lfemur` of its ASF names), Mixamo
(`mixamorig:LeftUpLeg`), 3ds Max biped (`Bip01 L Thigh`), Xsens (`LeftUpperLeg`),
Rokoko and MotionBuilder (`LeftThigh`, `Hips`), and the names of Blender's Rigify.
"""

from __future__ import annotations

import re

from previz.errors import AssetError

__all__ = ["bones_by_name"]

_MIDDLE: dict[str, tuple[str, ...]] = {
    "pelvis": ("hips", "hip", "pelvis", "root", "bip01", "bip001"),
    "spine": ("spine", "lowerback", "abdomen", "waist", "spine1", "l5", "spine01"),
    "chest": (
        "spine4", "spine3", "spine2", "chest4", "upperchest", "chest3", "chest2",
        "thorax", "upperback", "chest", "t8", "spine03", "spine02", "spine1",
    ),
    "neck": ("neck", "neck1", "lowerneck", "neck01", "upperneck"),
    "head": ("head",),
}  # fmt: skip
_SIDED: dict[str, tuple[str, ...]] = {
    "clavicle": ("clavicle", "collar", "collarbone", "shoulder"),
    "upper_arm": ("upperarm", "uparm", "humerus", "arm", "shoulder"),
    "forearm": ("forearm", "lowerarm", "radius", "elbow"),
    "hand": ("hand", "wrist"),
    "thigh": ("upleg", "thigh", "upperleg", "femur", "hip"),
    "shin": ("lowerleg", "shin", "calf", "tibia", "knee", "leg"),
    "foot": ("foot", "ankle"),
    "toe": ("toebase", "toe0", "toe", "toes", "ball"),
}
_LIMBS = ("upper_arm", "forearm", "thigh", "shin", "foot")
_NEEDED = ("pelvis", "head", *(f"{name}_{side}" for name in _LIMBS for side in "lr"))


def bones_by_name(names: tuple[str, ...]) -> dict[str, int]:
    """Return which joint is which of our bones: index by bone.

    Joints that are none of ours are left out; they move their children all the same.

    Raises:
        AssetError: If a bone that a body cannot do without has no joint.
    """
    plain = {_plain(name): i for i, name in reversed(list(enumerate(names)))}
    found: dict[str, int] = {}
    for bone, words in _MIDDLE.items():
        for word in words:
            if word in plain and plain[word] not in found.values():
                found[bone] = plain[word]
                break
    for stem, words in _SIDED.items():
        for side, long in (("l", "left"), ("r", "right")):
            index = _sided(plain, words, side, long, set(found.values()))
            if index is not None:
                found[f"{stem}_{side}"] = index
    _shoulders(found, plain)
    missing = [bone for bone in _NEEDED if bone not in found]
    if missing:
        raise AssetError(
            f"Motion.names must have joints for {', '.join(missing)}, got "
            f"{', '.join(names)}. Rename them as Mixamo or CMU do, such as LeftUpLeg."
        )
    return found


def _shoulders(found: dict[str, int], plain: dict[str, int]) -> None:
    """Take a shoulder for the upper arm where a file has no joint between."""
    for side in "lr":
        if f"upper_arm_{side}" not in found and f"clavicle_{side}" in found:
            found[f"upper_arm_{side}"] = found.pop(f"clavicle_{side}")


def _plain(name: str) -> str:
    """Return a name without its prefix, case and punctuation."""
    short = re.split(r"[:|]", name)[-1].lower()
    short = re.sub(r"^(bip0*1|b|def|mixamorig\d*)[\s_\-.]+", "", short)
    return re.sub(r"[^a-z0-9]", "", short)


def _sided(
    plain: dict[str, int], words: tuple[str, ...], side: str, long: str, taken: set[int]
) -> int | None:
    for word in words:
        for name in (long + word, side + word, word + side, word + long):
            if name in plain and plain[name] not in taken:
                return plain[name]
    return None
