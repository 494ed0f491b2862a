"""Doors, drawers and lids: what opens, about what, how far."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.errors import UnknownNameError
from previz.model import Opening, SetPiece
from previz.stage.pieces import build_part, build_piece, opening_parts, parts_of
from previz.stage.pieces.build import JOINTS, piece_solids

DOORS = (
    Opening(kind="door", x_m=-1.5, width_m=0.9, height_m=2.05),
    Opening(kind="window", x_m=0.0, y_m=0.9, width_m=1.0, height_m=1.2),
    Opening(kind="door", x_m=1.6, width_m=1.6, height_m=2.05),
)


def piece_of(kind):
    size = {"wall": (6.0, 2.7, 0.15), "car": (1.8, 1.45, 4.5)}.get(
        kind, (1.2, 0.9, 0.6)
    )
    return SetPiece(
        id="p", kind=kind, size_m=size, openings=DOORS if kind == "wall" else ()
    )


def corners(piece, part, share):
    shut = build_part(piece, part, object_id=1).positions
    move = parts_of(piece)[part].at(share)
    return shut @ move[:3, :3].T + move[:3, 3]


@pytest.mark.parametrize("kind", sorted(JOINTS))
def test_every_named_part_is_built_and_every_built_part_is_named(kind):
    piece = piece_of(kind)
    built = {s.part for s in piece_solids(piece)} - {""}
    assert built == set(parts_of(piece))


@pytest.mark.parametrize("kind", sorted(JOINTS))
def test_a_piece_is_what_stands_still_and_its_parts(kind):
    piece = piece_of(kind)
    parts = parts_of(piece)
    still = build_piece(piece, object_id=1, without=set(parts))
    whole = piece_solids(piece, opened=True)
    moving = sum(len(build_part(piece, p, object_id=1).triangles) for p in parts)
    count = sum(len(solid.triangles) for solid in whole)
    assert len(still.triangles) + moving == count
    assert len(still.triangles) > 0


def test_a_cupboard_has_an_inside_only_where_it_is_opened():
    cupboard = piece_of("cupboard")
    shut = build_piece(cupboard, object_id=1)
    opened = build_piece(cupboard, object_id=1, without={"door-1"})
    inner = np.array([0.0, 0.45, 0.1])
    for geometry, reaches in ((shut, False), (opened, True)):
        a, b, c = (geometry.positions[geometry.triangles[:, k]] for k in range(3))
        middle = (a + b + c) / 3
        faces = np.cross(b - a, c - a)[:, 2] > 1e-6
        behind = faces & (middle[:, 2] < inner[2]) & (np.abs(middle[:, 1] - 0.45) < 0.2)
        assert behind.any() == reaches


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(sorted(JOINTS.keys() - {"laptop"})), st.floats(0, 1))
def test_parts_open_towards_the_front_and_stay_rigid(kind, share):
    piece = piece_of(kind)
    for part, joint in parts_of(piece).items():
        move = joint.at(share)
        np.testing.assert_allclose(move[:3, :3] @ move[:3, :3].T, np.eye(3), atol=1e-9)
        front = corners(piece, part, share)[:, 2].max()
        assert front >= corners(piece, part, 0.0)[:, 2].max() - 0.05


@pytest.mark.parametrize("kind", sorted(JOINTS))
def test_a_hand_takes_a_part_at_the_part(kind):
    piece = piece_of(kind)
    for part, joint in parts_of(piece).items():
        shut, grip = corners(piece, part, 0.0), np.array(joint.grip)
        assert (grip > shut.min(axis=0) - 0.05).all(), part
        assert (grip < shut.max(axis=0) + 0.05).all(), part


def test_a_door_turns_out_of_its_opening_about_its_far_edge():
    wall = piece_of("wall")
    open_ = corners(wall, "door-1", 1.0)
    low, high = -1.5 - 0.45, -1.5 + 0.45
    assert ((open_[:, 0] > low + 0.25) & (open_[:, 0] < high)).sum() == 0
    assert open_[:, 2].max() > 0.7


def test_double_doors_open_together_under_one_name():
    wall = piece_of("wall")
    assert list(opening_parts(wall, "door-2")) == ["door-2/left", "door-2/right"]
    assert list(opening_parts(wall, "door-2/left")) == ["door-2/left"]
    assert list(opening_parts(wall, "")) == ["door-1"]
    left, right = (corners(wall, f"door-2/{s}", 1.0) for s in ("left", "right"))
    assert left[:, 0].max() < 1.6 < right[:, 0].min()


def test_a_laptop_is_built_open_and_shuts_flat():
    laptop = SetPiece(id="p", kind="laptop", size_m=(0.34, 0.25, 0.24))
    np.testing.assert_allclose(parts_of(laptop)["lid"].at(1.0), np.eye(4), atol=1e-12)
    assert corners(laptop, "lid", 0.0)[:, 1].max() < 0.09


def test_an_unknown_part_lists_the_choices():
    with pytest.raises(UnknownNameError, match=r"Swing\.part.*door-1.*'lid of p'"):
        opening_parts(piece_of("wall"), "lid")
    with pytest.raises(UnknownNameError, match=r"Swing\.part.*\(none\)"):
        opening_parts(SetPiece(id="p", kind="rock", size_m=(1, 1, 1)), "")
