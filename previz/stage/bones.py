"""The bones of a figure by name, parents first."""

from __future__ import annotations

__all__ = ["BONES", "BONE_INDEX", "PARENTS"]

_TREE: tuple[tuple[str, str], ...] = (
    ("pelvis", ""),
    ("spine", "pelvis"),
    ("chest", "spine"),
    ("neck", "chest"),
    ("head", "neck"),
    ("eye_l", "head"),
    ("eye_r", "head"),
    ("clavicle_l", "chest"),
    ("upper_arm_l", "clavicle_l"),
    ("forearm_l", "upper_arm_l"),
    ("hand_l", "forearm_l"),
    ("clavicle_r", "chest"),
    ("upper_arm_r", "clavicle_r"),
    ("forearm_r", "upper_arm_r"),
    ("hand_r", "forearm_r"),
    ("thigh_l", "pelvis"),
    ("shin_l", "thigh_l"),
    ("foot_l", "shin_l"),
    ("toe_l", "foot_l"),
    ("thigh_r", "pelvis"),
    ("shin_r", "thigh_r"),
    ("foot_r", "shin_r"),
    ("toe_r", "foot_r"),
    ("thumb_l", "hand_l"),
    ("thumb_tip_l", "thumb_l"),
    ("index_l", "hand_l"),
    ("index_tip_l", "index_l"),
    ("fingers_l", "hand_l"),
    ("fingers_tip_l", "fingers_l"),
    ("thumb_r", "hand_r"),
    ("thumb_tip_r", "thumb_r"),
    ("index_r", "hand_r"),
    ("index_tip_r", "index_r"),
    ("fingers_r", "hand_r"),
    ("fingers_tip_r", "fingers_r"),
)

BONES: tuple[str, ...] = tuple(name for name, _ in _TREE)
"""The bones in the order of `FigureState.world_from_bone`, parents first."""

BONE_INDEX: dict[str, int] = {name: i for i, name in enumerate(BONES)}

PARENTS: tuple[int, ...] = tuple(BONE_INDEX.get(parent, -1) for _, parent in _TREE)
"""Index of each bone's parent; -1 for the root."""
