import numpy as np
import pytest
import scenes

from previz.controls import (
    DepthRange,
    camera_track,
    depth_picture,
    depth_range,
    edges_picture,
    matte,
    mattes_picture,
    normals_picture,
    plucker_rays,
)
from previz.render import Renderer
from previz.stage import join

WIDTH, HEIGHT = 96, 64


def room():
    return join([
        scenes.floor(matter="wood", object_id=1),
        scenes.facing_quad(4.0, size_m=3.0, matter="brick", object_id=2),
        scenes.box((0.4, 0.6, -2.5), (0.5, 1.2, 0.4), matter="cloth", object_id=3),
    ])  # fmt: skip


@pytest.fixture(scope="module")
def seen():
    view = scenes.camera((0.0, 1.4, 1.5), (0.2, 1.0, -2.5))
    renderer = Renderer(
        scenes.stage(room()), width_px=WIDTH, height_px=HEIGHT, exposure_ev100=6.0,
        quality="board",
    )  # fmt: skip
    return renderer.buffers(scenes.state(view)), view


def test_near_is_white_and_the_sky_is_black(seen):
    buffers, _ = seen
    grey = depth_picture(buffers.depth_m, depth_range([buffers.depth_m]))
    assert (grey[~np.isfinite(buffers.depth_m)] == 0).all()
    nearest = np.unravel_index(np.argmin(buffers.depth_m), buffers.depth_m.shape)
    assert grey[nearest].min() >= 250
    box = buffers.object_id == 3
    wall = buffers.object_id == 2
    assert grey[box].min() > grey[wall].max()


def test_grey_means_one_distance_throughout_a_clip():
    near, far = np.full((4, 4), 2.0), np.full((4, 4), 8.0)
    spread = depth_range([near, far])
    assert spread == DepthRange(2.0, 8.0)
    assert depth_picture(near, spread).min() == 255
    assert depth_picture(far, spread).max() == 0
    alone = depth_picture(np.full((4, 4), 3.2), spread)
    assert alone[0, 0, 0] == pytest.approx(255 * (1 / 3.2 - 1 / 8) / (3 / 8), abs=1)


@pytest.mark.parametrize("depth", [np.inf, np.nan, 0.0])
def test_depth_without_a_surface_is_a_picture_all_the_same(depth):
    empty = np.full((3, 5), depth)
    grey = depth_picture(empty, depth_range([empty]))
    assert grey.shape == (3, 5, 3)
    assert len(np.unique(grey)) == 1


def test_a_wall_that_faces_the_camera_is_blue_and_the_floor_green(seen):
    buffers, view = seen
    colours = normals_picture(buffers, view.world_from_camera)
    wall = colours[buffers.object_id == 2].mean(axis=0)
    floor = colours[buffers.object_id == 1].mean(axis=0)
    assert wall[2] > 245
    assert floor[1] > 245
    assert abs(wall[0] - 128) < 20


def test_lines_run_round_objects_and_not_over_flat_ground(seen):
    buffers, _ = seen
    lines = edges_picture(buffers)[..., 0] > 0
    box = buffers.object_id == 3
    inside = box.copy()
    inside[1:] &= box[:-1]
    inside[:-1] &= box[1:]
    inside[:, 1:] &= box[:, :-1]
    inside[:, :-1] &= box[:, 1:]
    rim = box & ~inside
    assert lines[rim].mean() > 0.4
    ground = buffers.object_id == 1
    assert lines[ground].mean() < 0.1


def test_mattes_hold_the_object_and_nothing_else(seen):
    buffers, _ = seen
    assert (matte(buffers, {3}) == (buffers.object_id == 3)).all()
    assert not matte(buffers, set()).any()
    colours = mattes_picture(buffers)
    kinds = {tuple(colours[buffers.object_id == i][0]) for i in (1, 2, 3)}
    assert len(kinds) == 3
    assert (colours[buffers.object_id == 0] == 0).all()


def test_rays_meet_what_the_buffers_saw(seen):
    buffers, view = seen
    track = camera_track([view], width_px=WIDTH, height_px=HEIGHT)
    rays = plucker_rays(track, width_px=WIDTH, height_px=HEIGHT)[0]
    moment, towards = rays[..., :3], rays[..., 3:]
    # The first camera is the origin: no ray has a moment.
    assert np.abs(moment).max() < 1e-6
    solid = np.isfinite(buffers.depth_m)
    reach = buffers.depth_m / towards[..., 2]
    local = np.where(solid, reach, 0.0)[..., None] * towards
    pose = track.world_from_camera[0]
    world = local @ pose[:3, :3].T + pose[:3, 3]
    assert np.abs(world - buffers.position_world)[solid].max() < 1e-3


def test_a_ray_of_a_moved_camera_has_its_moment(seen):
    _, view = seen
    moved = scenes.camera((0.5, 1.4, 1.5), (0.7, 1.0, -2.5))
    track = camera_track([view, moved], width_px=8, height_px=6)
    rays = plucker_rays(track, width_px=8, height_px=6)[1]
    place = track.from_first()[1][:3, 3]
    assert np.allclose(rays[..., :3], np.cross(place, rays[..., 3:]), atol=1e-6)
    assert np.linalg.norm(place) == pytest.approx(0.5)
