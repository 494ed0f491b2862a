"""What each pixel sees, against what geometry says it must see."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import MATTER_INDEX, box, camera, facing_quad, floor, quad, stage, state

from previz.errors import PrevizError
from previz.render import SKY_MATTER, Renderer
from previz.stage import join


def see(set_geometry, frame=None, *, width_px=64, height_px=36, **how):
    renderer = Renderer(
        stage(set_geometry, **how),
        width_px=width_px,
        height_px=height_px,
        exposure_ev100=8.0,
        quality="board",
    )
    return renderer.buffers(frame or state())


def test_a_square_is_seen_at_its_depth_facing_the_camera():
    seen = see(facing_quad(3.0, object_id=7, color=(0.1, 0.2, 0.3), matter="brick"))
    middle = (18, 32)
    assert seen.depth_m[middle] == pytest.approx(3.0, abs=1e-6)
    assert seen.normal_world[middle] == pytest.approx([0, 0, 1], abs=1e-6)
    assert seen.object_id[middle] == 7
    assert seen.base_color[middle] == pytest.approx([0.1, 0.2, 0.3])
    assert seen.matter[middle] == MATTER_INDEX["brick"]
    assert seen.object_id[0, 0] == 0
    assert seen.depth_m[0, 0] == np.inf
    assert seen.matter[0, 0] == SKY_MATTER


def test_twice_as_far_is_half_as_big():
    near = (see(facing_quad(2.0), width_px=400, height_px=400).object_id > 0).sum()
    far = (see(facing_quad(4.0), width_px=400, height_px=400).object_id > 0).sum()
    assert near == 4 * far == 200 * 200


def test_surface_coordinates_are_straight_in_space_not_in_the_picture():
    moved = [(5, 3), (25, 3), (25, 23), (5, 23)]
    seen = see(floor(20.0, height_m=-1.0, surface=moved), width_px=64, height_px=64)
    hit = seen.object_id > 0
    x, z = seen.position_world[..., 0], seen.position_world[..., 2]
    assert seen.surface_m[hit][:, 0] == pytest.approx(x[hit] + 15, abs=1e-4)
    assert seen.surface_m[hit][:, 1] == pytest.approx(13 - z[hit], abs=1e-4)
    assert seen.position_world[hit][:, 1] == pytest.approx(-1.0, abs=1e-5)


def test_motion_of_a_moved_square_is_the_difference_of_its_projections():
    now = facing_quad(3.0)
    before = now.positions - np.array([0.3, 0.1, 0.4], np.float32)
    frame = state(figures=now, before=before)
    seen = see(None, frame, width_px=128, height_px=72)
    row, col = 36, 64
    place = seen.position_world[row, col] - [0.3, 0.1, 0.4]
    was, _ = frame.camera.project(place[None], width_px=128, height_px=72)
    assert seen.motion_px[row, col] == pytest.approx(
        [col + 0.5 - was[0, 0], row + 0.5 - was[0, 1]], abs=1e-4
    )


def test_motion_of_a_still_set_is_the_camera_s():
    view, before = (
        camera((0.2, 0.1, 0.0), (0, 0, -5)),
        camera((0, 0, 0.3), (0.5, 0, -5)),
    )
    seen = see(facing_quad(4.0, size_m=9.0), state(view, view_before=before))
    was, _ = before.project(
        seen.position_world.reshape(-1, 3).astype(float), width_px=64, height_px=36
    )
    rows, cols = np.mgrid[0:36, 0:64] + 0.5
    expected = np.stack([cols, rows], axis=-1) - was.reshape(36, 64, 2)
    assert np.abs(seen.motion_px - expected).max() < 1e-3


def test_the_sky_moves_with_the_camera_s_turn_only():
    shifted = see(None, state(camera(), view_before=camera((5, 1, 0), (5, 1, -1))))
    assert np.abs(shifted.motion_px).max() < 1e-9
    turned = see(None, state(camera(), view_before=camera((0, 0, 0), (0.1, 0, -1))))
    assert turned.motion_px[18, 32, 0] == pytest.approx(6.4, rel=0.02)


def test_a_floor_that_runs_under_the_camera_is_clipped_not_lost():
    seen = see(floor(200.0, height_m=-1.5), width_px=160, height_px=90)
    edge = 45 + 160 * 1.5 / 100
    rows = np.arange(90) + 0.5
    assert (seen.object_id[rows > edge] == 1).all()
    assert (seen.object_id[rows < edge] == 0).all()


@settings(max_examples=40, deadline=None)
@given(
    x=st.floats(-0.7, 0.7), y=st.floats(-0.7, 0.7), turn=st.floats(0.0, 6.28),
    bend=st.floats(-0.4, 0.4),
)  # fmt: skip
def test_triangles_round_a_point_leave_no_crack(x, y, turn, bend):
    """A fan in a plane covers each pixel once, wherever its middle falls."""
    angles = turn + np.arange(7) * (2 * np.pi / 7)
    rim = np.stack([9 * np.cos(angles), 9 * np.sin(angles), np.full(7, -2.0)], axis=1)
    middle = np.array([x, y, -2.0 + bend])
    fan = join(
        [
            quad(
                [middle, rim[i], (rim[i] + rim[(i + 1) % 7]) / 2, rim[(i + 1) % 7]],
                object_id=i + 1,
            )
            for i in range(7)
        ]
    )
    seen = see(fan, width_px=97, height_px=61)
    assert (seen.object_id > 0).all()


def test_two_triangles_never_share_a_pixel():
    from previz.render.visibility import NOTHING, fill_screen

    rng = np.random.default_rng(3)
    corners = np.rint(rng.uniform(0, 32, (5, 2)) * 2) / 2
    middle = np.array([[16.5, 15.5]])
    around = np.argsort(np.arctan2(*(corners - middle).T))
    screen = np.concatenate([middle, corners[around]])
    screen = np.concatenate([screen, np.ones((6, 1))], axis=1)
    covered = np.zeros((32, 32), int)
    for i in range(5):
        owner = np.full((32, 32), NOTHING, np.int32)
        triangle = np.array([[0, 1 + i, 1 + (i + 1) % 5]], np.int32)
        key = np.zeros((32, 32), np.float32)
        fill_screen(screen, triangle, np.zeros(1, np.uint8), 0, 0, owner, key)
        covered += owner == 0
    assert covered.max() == 1


def test_glass_is_looked_through():
    seen = see(join([facing_quad(2.0, matter="glass"), facing_quad(4.0, object_id=2)]))
    assert seen.object_id[18, 32] == 2


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 7), (13, 1), (33, 17)])
def test_odd_sizes_work(width, height):
    seen = see(box((0, 0, -3), (1, 1, 1)), width_px=width, height_px=height)
    assert seen.object_id.shape == (height, width)
    assert seen.object_id[height // 2, width // 2] == 1


@pytest.mark.parametrize("value", [0, -1, 4097])
def test_a_size_out_of_range_says_so(value):
    with pytest.raises(PrevizError, match=r"Renderer\.width_px must be 1 to 4096 px"):
        see(None, width_px=value)


def test_a_camera_inside_a_box_sees_its_walls():
    seen = see(box((0, 0, 0), (2, 2, 2)))
    assert (seen.object_id == 1).all()
    assert seen.depth_m.max() == pytest.approx(1.0, abs=1e-5)


def test_a_normal_that_leans_away_on_a_bend_is_not_turned_round():
    # The face looks at the camera; its normals were smoothed to lean 20° past it.
    lean = np.radians(20.0)
    facing = facing_quad(3.0)
    bent = facing.normals * 0 + [0.0, -np.cos(lean), -np.sin(lean)]
    seen = see(replace(facing, normals=bent.astype(np.float32)))
    assert seen.normal_world[18, 32] == pytest.approx(
        [0, -np.cos(lean), -np.sin(lean)], abs=1e-5
    )


def test_the_back_of_a_face_has_its_normal_turned_round():
    facing = facing_quad(3.0)
    back = replace(
        facing, normals=-facing.normals, triangles=facing.triangles[:, ::-1].copy()
    )
    assert see(back).normal_world[18, 32] == pytest.approx([0, 0, 1], abs=1e-6)
