"""Where things went and where people's joints are: exact, and as models are told."""

from dataclasses import replace

import numpy as np
import pytest

from previz.controls import (
    BODY_POINTS,
    body_world,
    camera_track,
    canny_picture,
    edges_picture,
    exact_flow,
    flow_picture,
    follow,
    keypoints_of,
    openpose_json,
    pose_picture,
    soft_edges_picture,
    still_seen,
)
from previz.controls.face_points import face_points
from previz.stage import FACE_ACTIONS
from previz.stage.bones import BONE_INDEX

SIZE = (192, 108)
NOW, THEN = 4, 9


@pytest.fixture
def flows(footage):
    flow = exact_flow(footage, NOW, to_frame=THEN, size=SIZE)
    back = exact_flow(footage, THEN, to_frame=NOW, size=SIZE)
    return flow, still_seen(flow, back)


def test_flow_leads_to_the_same_place_on_the_same_thing(footage, flows):
    flow, seen = flows
    now, then = (footage.buffers(frame, size=SIZE)[0] for frame in (NOW, THEN))
    rows, cols = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    ends = np.rint(np.stack([cols, rows], axis=-1) + flow).astype(int)
    cols, rows = (np.clip(ends[..., k], 0, SIZE[k] - 1) for k in (0, 1))
    same = then.object_id[rows, cols] == now.object_id
    assert same[seen].mean() > 0.98
    off = np.linalg.norm(then.surface_m[rows, cols] - now.surface_m, axis=2)
    assert np.median(off[seen & same]) < 0.02
    walkers = now.object_id >= 1000
    assert np.linalg.norm(flow[walkers], axis=1).mean() > 3.0


def test_the_next_picture_follows_its_flow_back_onto_this_one(footage, flows):
    flow, seen = flows
    now, then = (
        footage.preview(frame, size=SIZE).astype(float) for frame in (NOW, THEN)
    )
    moving = seen & (np.linalg.norm(flow, axis=2) > 1.0)
    followed = np.abs(follow(then, flow) - now)[moving].mean()
    left = np.abs(then - now)[moving].mean()
    assert moving.mean() > 0.2
    assert followed < 0.45 * left


def test_flow_of_a_frame_to_itself_is_none(footage):
    flow = np.abs(exact_flow(footage, 3, to_frame=3, size=SIZE))
    assert np.quantile(flow, 0.99) < 1e-3
    assert flow.max() < 0.2


def test_the_wheel_is_white_when_still_and_turns_with_the_way():
    flow = np.zeros((1, 5, 2))
    flow[0, 1:] = [(4, 0), (0, 4), (-4, 0), (0, -4)]
    still, right, down, left, up = flow_picture(flow)[0].astype(int)
    assert still.tolist() == [255, 255, 255]
    assert right[0] == down[0] == 255
    assert down[1] > right[1]
    assert left[2] == up[2] == 255
    assert left[1] > up[1]


def test_joints_are_the_projected_bones(footage):
    state = footage.state(NOW, width_px=SIZE[0])
    people = keypoints_of(
        state, footage.film.characters, footage.buffers(NOW, size=SIZE)[0]
    )
    (one,) = people
    figure = next(f for f in state.figures if f.character == one.character)
    for name, bone in (("right elbow", "forearm_r"), ("left ankle", "foot_l")):
        place = figure.world_from_bone[BONE_INDEX[bone], :3, 3][None]
        px, _ = state.camera.project(place, width_px=SIZE[0], height_px=SIZE[1])
        assert one.body_px[BODY_POINTS.index(name)] == pytest.approx(px[0])
    assert one.body_seen.sum() > 8


def test_points_of_a_face_lie_on_the_skin_that_is_drawn_also_when_it_speaks(footage):
    state = footage.stage.at(footage.shot, NOW)
    for name in ("", "jawOpen"):
        figure = state.figures[0]
        face = np.zeros(len(FACE_ACTIONS), np.float32)
        if name:
            face[FACE_ACTIONS.index(name)] = 0.8
        person = footage.film.find_character(figure.character)
        points = face_points(person, figure.world_from_bone, face)
        from previz.stage.body import body_of

        skin, _ = body_of(person).pose(figure.world_from_bone, face)
        away = np.linalg.norm(points[:, None] - skin[None], axis=2).min(axis=1)
        # Hair hides the skin below it, which is then not drawn.
        assert np.sort(away)[:60].max() < 1e-4
    low, calm = points[57], face_points(person, figure.world_from_bone, 0 * face)[57]
    assert np.linalg.norm(low - calm) > 0.004


def test_a_face_is_as_it_is_annotated(footage):
    figure = footage.state(NOW, width_px=SIZE[0]).figures[0]
    person = footage.film.find_character(figure.character)
    head = figure.world_from_bone[BONE_INDEX["head"]]
    world = face_points(person, figure.world_from_bone, 0 * figure.face)
    x, y, z = ((world - head[:3, 3]) @ head[:3, :3]).T
    # The person's right comes first, and right is -x.
    assert (np.diff(x[:17]) > -0.002).all()
    assert x[0] < -0.05 < 0.05 < x[16]
    assert x[36] < x[39] < x[42] < x[45]
    assert x[48] < x[51] < x[54]
    assert y[8] < y[57] < y[51] < y[33] < y[27] < y[19]
    assert z[30] == z.max()
    assert x[36:48].mean() == pytest.approx(0.0, abs=0.002)


def test_who_is_hidden_or_turned_away_shows_no_face(footage):
    state = footage.state(NOW, width_px=SIZE[0])
    buffers, _ = footage.buffers(NOW, size=SIZE)
    cast = footage.film.characters
    behind = replace(buffers, depth_m=np.full_like(buffers.depth_m, 0.5),
                     object_id=np.ones_like(buffers.object_id))  # fmt: skip
    assert keypoints_of(state, cast, behind) == ()
    turned = []
    for figure in state.figures:
        bones = figure.world_from_bone.copy()
        head = bones[BONE_INDEX["head"]]
        away = head[:3, 3] - state.camera.position_m
        head[:3, 2] = away / np.linalg.norm(away)
        turned.append(replace(figure, world_from_bone=bones))
    people = keypoints_of(replace(state, figures=tuple(turned)), cast, buffers)
    nose = BODY_POINTS.index("nose")
    assert people
    assert not any(one.face_seen.any() or one.body_seen[nose] for one in people)


def test_stick_figures_have_openpose_colours_and_files_its_layout(footage):
    state = footage.state(NOW, width_px=SIZE[0])
    people = keypoints_of(
        state, footage.film.characters, footage.buffers(NOW, size=SIZE)[0]
    )
    one = people[-1]
    large = replace(one, body_px=6 * one.body_px, face_px=6 * one.face_px)
    drawn = pose_picture([large], size=(6 * SIZE[0], 6 * SIZE[1]))
    elbow = large.body_px[BODY_POINTS.index("right elbow")].astype(int)
    assert drawn[elbow[1], elbow[0]].tolist() == [255, 255, 0]
    upper = large.body_px[[2, 3]].mean(axis=0).astype(int)
    assert drawn[upper[1], upper[0]].tolist() == [153, 102, 0]
    written = openpose_json(people)["people"][-1]
    assert len(written["pose_keypoints_2d"]) == 18 * 3
    assert len(written["face_keypoints_2d"]) == 70 * 3
    assert written["pose_keypoints_2d"][9] == pytest.approx(
        people[-1].body_px[3][0], abs=0.01
    )
    figure = next(f for f in state.figures if f.character == people[-1].character)
    person = footage.film.find_character(figure.character)
    assert body_world(figure, person).shape == (18, 3)


def test_opencv_and_opengl_poses_see_the_same(footage):
    camera = footage.state(NOW, width_px=SIZE[0]).camera
    track = camera_track([camera], width_px=SIZE[0], height_px=SIZE[1])
    assert np.allclose(track.world_from_camera_gl[0], camera.world_from_camera)
    point = np.array([[0.3, 1.2, 0.4]])
    px, _ = camera.project(point, width_px=SIZE[0], height_px=SIZE[1])
    local = np.linalg.inv(track.world_from_camera[0]) @ np.append(point, 1.0)
    seen = track.matrices_px()[0] @ local[:3]
    assert seen[:2] / seen[2] == pytest.approx(px[0])


def test_soft_lines_lie_on_the_exact_ones_and_are_wider(footage):
    buffers, _ = footage.buffers(NOW, size=SIZE)
    exact, soft = edges_picture(buffers)[..., 0], soft_edges_picture(buffers)[..., 0]
    assert soft[exact > 0].min() > 140
    assert (soft > 20).sum() > 1.5 * (exact > 0).sum()
    assert (soft == 0).mean() > 0.3


def test_canny_finds_the_rim_of_a_square():
    picture = np.full((64, 64, 3), 30, np.uint8)
    picture[16:48, 16:48] = 220
    lines = canny_picture(picture)[..., 0] > 0
    assert lines[14:19, 20:44].any(axis=0).all()
    assert not lines[22:42, 22:42].any()
