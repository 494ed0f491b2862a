"""Clothes stay outside of the body whatever it does."""

import numpy as np
import pytest

from previz.model import Character, Wardrobe
from previz.stage.clothes import clothe
from previz.stage.figure import cast, figure_of
from previz.stage.figures import FIGURES
from previz.stage.flesh import build_skin
from previz.stage.loft import Part, merge
from previz.stage.skeleton import BONES, PARENTS, skeleton_of

# Turns about x (back), y (left) and z (over the head, for a left arm), degrees.
POSES = {
    "rest": {},
    "arms up": {"clavicle": (0, 0, 25), "upper_arm": (0, 0, 110)},
    "reach": {"upper_arm": (-75, 0, 0), "chest": (12, 0, 0)},
    "stride": {"thigh_l": (-28, 0, 0), "thigh_r": (24, 0, 0), "shin_r": (30, 0, 0)},
    "sit": {"thigh": (-85, 0, 0), "shin": (85, 0, 0)},
    "crouch": {"thigh": (-105, 0, 0), "shin": (115, 0, 0), "spine": (20, 0, 0)},
}
WEAR = {
    "shirt": Wardrobe(top_kind="shirt"),
    "sweater": Wardrobe(top_kind="sweater"),
    "jacket": Wardrobe(top_kind="jacket"),
    "coat": Wardrobe(coat=True),
    "short": Wardrobe(top_kind="t-shirt", sleeves="short", bottom_kind="shorts"),
}
PEOPLE = ("office_woman", "office_man", "heavy_man", "girl")


def turned(angles_deg, mirrored):
    x, y, z = np.radians(angles_deg) * ((1, -1, -1) if mirrored else (1, 1, 1))
    (cx, cy, cz), (sx, sy, sz) = np.cos((x, y, z)), np.sin((x, y, z))
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return about_z @ about_y @ about_x


def shifts(person, pose):
    """Return what each bone does to points at rest, shapes (b, 3, 3) and (b, 3)."""
    joints = skeleton_of(person).joints
    turns, places = np.empty((len(BONES), 3, 3)), np.empty((len(BONES), 3))
    for i, name in enumerate(BONES):
        stem = name[:-2] if name[-2] == "_" else name
        own = turned(pose.get(name, pose.get(stem, (0, 0, 0))), name.endswith("_r"))
        up = PARENTS[i]
        if up < 0:
            turns[i], places[i] = own, joints[i]
        else:
            turns[i] = turns[up] @ own
            places[i] = places[up] + turns[up] @ (joints[i] - joints[up])
    return turns, places - np.einsum("bij,bj->bi", turns, joints)


def moved(part: Part, turns, places):
    far = np.einsum("nb,bij,nj->ni", part.weights, turns, part.positions)
    normals = np.einsum("nb,bij,nj->ni", part.weights, turns, part.normals)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    return far + part.weights @ places, normals


def depth(person, wear, pose, press_m=0.0):
    """Return how far cloth, pressed in, lies below the skin, metres, shape (n,)."""
    figure = figure_of(person)
    skin = build_skin(figure, np.zeros(int(cast().spans[1]), bool))
    cloth = merge(clothe(figure, wear)[:1])
    used = np.unique(cloth.triangles)
    turns, places = shifts(person, pose)
    body, normals = moved(skin, turns, places)
    over, outward = moved(cloth, turns, places)
    over = (over - press_m * outward)[used]
    # Which skin a place of cloth lies on does not change with the pose.
    gap = np.linalg.norm(cloth.positions[used][:, None] - skin.positions[None], axis=2)
    near = gap.argmin(axis=1)
    return -np.einsum("ni,ni->n", over - body[near], normals[near])


@pytest.mark.parametrize("wear", WEAR)
@pytest.mark.parametrize("who", PEOPLE)
def test_tops_stay_outside_of_the_body(who, wear):
    person = Character(id="x", name="X", **FIGURES[who])
    for pose, turns in POSES.items():
        sunk = depth(person, WEAR[wear], turns)
        # In the armpit of an arm that reaches forward cloth and skin fold.
        assert np.quantile(sunk, 0.99) < 0.0065, pose
        if not pose.startswith(("arms", "reach")):
            assert sunk.max() < 0.0075, pose


def test_cloth_pressed_into_the_body_is_found():
    person = Character(id="x", name="X", **FIGURES["office_man"])
    assert np.quantile(depth(person, WEAR["shirt"], {}, press_m=0.02), 0.99) > 0.0065
