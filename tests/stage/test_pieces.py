import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.errors import UnknownNameError
from previz.model import Matter, Opening, Set, SetPiece
from previz.stage import MATTERS, PIECE_KINDS, build_set
from previz.stage.pieces import build_piece, piece_solids
from previz.stage.pieces.buildings import facade
from previz.stage.pieces.coats import Coat, lit_pane
from previz.stage.pieces.lettering import lettered
from previz.stage.pieces.solids import box, lathe, prism

LARGE = {
    "facade", "house", "train", "car", "tree", "conifer", "palm", "wall", "stairs",
    "picture-house",
}  # fmt: skip
kinds = st.sampled_from(sorted(PIECE_KINDS))
grey = Coat((0.4, 0.4, 0.4), Matter.STONE)


def piece_of(kind, scale=1.0, **fields):
    w, h, d = (8.0, 6.0, 4.0) if kind in LARGE else (1.4, 1.1, 0.8)
    size = (w * scale, h * scale, d * scale)
    return SetPiece(id="p", kind=kind, size_m=size, **fields)


@settings(deadline=None, max_examples=60)
@given(kinds, st.floats(0.7, 1.6), st.integers(0, 99))
def test_closed_shapes_face_outward(kind, scale, seed):
    for solid in piece_solids(piece_of(kind, scale, seed=seed)):
        a, b, c = (solid.positions[solid.triangles[:, k]] for k in range(3))
        facing = np.einsum(
            "ij,ij->i", np.cross(b - a, c - a), solid.normals[solid.triangles].sum(1)
        )
        assert facing.min() >= -1e-9
        if solid.closed:
            assert solid.volume_m3 > 0


@pytest.mark.parametrize("kind", sorted(PIECE_KINDS))
def test_every_kind_makes_clean_triangles(kind):
    geometry = build_piece(piece_of(kind), object_id=7)
    assert 0 < len(geometry.triangles) < 4000
    assert geometry.triangles.min() >= 0
    assert geometry.triangles.max() < len(geometry.positions)
    assert np.isfinite(geometry.positions).all()
    assert np.isfinite(geometry.surface).all()
    np.testing.assert_allclose(np.linalg.norm(geometry.normals, axis=1), 1, atol=1e-3)
    assert set(geometry.triangle_object) == {7}
    table = geometry.materials
    assert table.base_color.min() >= 0.01
    assert table.base_color.max() <= 0.9
    assert set(np.unique(table.metalness)) <= {0.0, 1.0}


@settings(deadline=None, max_examples=30)
@given(kinds, st.floats(-180, 180), st.floats(-5, 5))
def test_placing_a_piece_moves_it_rigidly(kind, yaw, x):
    here = build_piece(piece_of(kind), object_id=1)
    there = build_piece(
        piece_of(kind, yaw_deg=yaw, position_m=(x, 0.0, 1.0)), object_id=1
    )
    turn = np.radians(yaw)
    c, s = np.cos(turn), np.sin(turn)
    expected = here.positions @ np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]])
    if np.hypot(x, 1.0) < 9 and kind not in {"facade", "tree"}:
        np.testing.assert_allclose(
            there.positions, expected + np.array([x, 0, 1]), atol=1e-4
        )


def test_yaw_90_turns_the_front_to_plus_x():
    piece = piece_of("tv", yaw_deg=90.0)
    glowing = [s for s in piece_solids(piece) if s.coat.matter is Matter.EMITTER]
    assert glowing[0].positions[:, 2].mean() > 0
    built = build_piece(piece, object_id=1)
    lit = np.asarray(MATTERS)[built.materials.matter] == Matter.EMITTER
    where = built.positions[built.triangles[lit[built.triangle_material]]]
    assert where[..., 0].mean() > 0


def test_a_window_is_a_hole_through_the_wall():
    hole = Opening(kind="archway", x_m=1.0, y_m=0.0, width_m=1.2, height_m=2.0)
    wall = piece_of("wall", openings=(hole,))
    body = piece_solids(wall)[0]
    centres = body.positions[body.triangles].mean(axis=1)
    facing = np.abs(body.normals[body.triangles].mean(axis=1)[:, 2]) > 0.9
    within = (np.abs(centres[:, 0] - 1.0) < 0.59) & (centres[:, 1] < 1.99)
    assert not (facing & within).any()
    width, height, depth = wall.size_m
    assert body.volume_m3 == pytest.approx((width * height - 1.2 * 2.0) * depth)


def test_set_pieces_keep_their_order_as_object_ids():
    pieces = tuple(
        SetPiece(id=f"p{k}", kind=kind, size_m=(1.0, 1.0, 1.0))
        for k, kind in enumerate(("box", "table", "rock"))
    )
    geometry = build_set(
        Set(
            id="s", name="S", template="kitchen", interior=True, size_m=(5, 3, 5),
            pieces=pieces,
        )
    )  # fmt: skip
    assert list(dict.fromkeys(geometry.triangle_object.tolist())) == [1, 2, 3]


def test_an_unknown_kind_lists_the_choices():
    with pytest.raises(UnknownNameError, match=r"SetPiece\.kind.*chair.*'chiar'"):
        piece_solids(piece_of("chiar"))


@settings(deadline=None)
@given(
    st.floats(0.1, 3), st.floats(0.1, 3), st.floats(0.1, 3), st.floats(0, 0.04)
)  # fmt: skip
def test_a_box_has_its_volume(w, h, d, bevel):
    volume = box((w, h, d), (1, 2, 3), grey, bevel=bevel).volume_m3
    assert volume <= w * h * d + 1e-9
    assert volume >= w * h * d - 4 * bevel**2 * (w + h + d) - 1e-9


def test_a_lathe_approaches_its_cylinder():
    volume = lathe([(0.5, 0.0), (0.5, 2.0)], grey, segments=256).volume_m3
    assert volume == pytest.approx(np.pi * 0.25 * 2, rel=1e-3)


def test_a_concave_prism_has_its_area():
    corner = [(0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2)]
    assert prism(corner, 0.5, (0, 0, 0), grey).volume_m3 == pytest.approx(1.5)


def test_lettering_is_as_wide_and_high_as_it_may_be_and_tells_words_apart():
    coat = Coat((0.1, 0.1, 0.1), Matter.PLASTIC)
    place = {"width_m": 2.0, "height_m": 0.5, "at": (0.0, 1.0, 0.0), "coat": coat}
    short, long = (lettered(word, **place)[0].positions for word in ("TO", "TONIGHT!"))
    for points in (short, long):
        assert np.ptp(points[:, 0]) <= 2.0 + 1e-9
        assert np.ptp(points[:, 1]) <= 0.5 + 1e-9
    assert np.ptp(short[:, 1]) > np.ptp(long[:, 1])
    assert len(lettered("HUT", **place)[0].positions) != len(short)
    assert lettered("  ", **place) == []


def test_a_lit_window_is_no_brighter_by_day_than_a_dark_one():
    """Else daylight on its pane would make it a white square."""
    pane = lit_pane((1.0, 0.7, 0.4), 5.0)
    assert max(pane.color) < 0.1
    luminance = np.dot(pane.emission, (0.2126, 0.7152, 0.0722))
    assert luminance == pytest.approx(5.0)
    front = SetPiece(id="a", kind="facade", size_m=(12.0, 11.0, 6.0), seed=3)
    coats = [solid.coat for solid in facade(front)]
    lit = [coat for coat in coats if coat.matter is Matter.EMITTER]
    assert lit
    assert all(max(coat.color) < 0.2 for coat in lit)
