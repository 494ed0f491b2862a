"""What the browser gets is what the stage answers."""

import json

import hand_stage
import numpy as np
import pytest

from previz import model as m
from previz.stage import Stage
from previz.widgets.baking import bake
from previz.widgets.payload import array
from previz.widgets.protocol import PROTOCOL_VERSION, StageHeader


@pytest.fixture(scope="module")
def baked():
    stage = hand_stage.HandStage()
    shot = stage.scene.shots[0]
    return stage, shot, *bake(stage, shot)


def surface_points(geometry, own):
    """Return the triangles' corners (k, 3, 3) in order of their places."""
    corners = np.asarray(geometry.positions, float)[geometry.triangles[own]]
    return corners


@pytest.mark.parametrize("frame", [0, 9, 10, 31, 47])
def test_decoded_figures_stand_where_the_stage_puts_them(baked, frame):
    stage, shot, header, payload = baked
    state = stage.at(shot, frame)
    shown = 0
    for index, track in enumerate(header.figures):
        row = frame - track.first_frame
        if not 0 <= row < track.positions.shape[0]:
            continue
        counts = array(track.positions, payload)[row]
        decoded = np.array(track.origin_m) + counts * track.step_m
        corners = decoded[array(track.triangles, payload)]
        own = state.moving.triangle_object == 1000 + index
        expected = surface_points(state.moving, own)
        assert np.abs(corners - expected).max() <= track.step_m
        assert track.step_m < 1e-4
        shown += 1
    assert shown == len(state.figures)


def test_who_enters_late_is_not_there_before(baked):
    _, shot, header, _ = baked
    ann, bo = header.figures
    assert (ann.first_frame, ann.positions.shape[0]) == (0, shot.length_frames)
    assert (bo.first_frame, bo.positions.shape[0]) == (10, shot.length_frames - 10)


@pytest.mark.parametrize("frame", [4, 7, 9])
def test_decoded_things_stand_where_the_stage_puts_them(baked, frame):
    stage, shot, header, payload = baked
    (track,) = header.things
    place = array(track.world_from_thing, payload)[frame]
    decoded = array(track.positions, payload) @ place[:3, :3].T + place[:3, 3]
    corners = decoded[array(track.triangles, payload)]
    state = stage.at(shot, frame)
    own = state.moving.triangle_object == 20_000
    expected = surface_points(state.moving, own)
    np.testing.assert_allclose(corners, expected, atol=1e-6)
    assert track.name == "cup"


def test_a_thing_that_is_gone_is_marked(baked):
    _, shot, header, payload = baked
    way = array(header.things[0].world_from_thing, payload)
    there = np.flatnonzero(way[:, 3, 3] == 1)
    assert there.tolist() == [4, 5, 6, 7, 8, 9]
    assert len(way) == shot.length_frames


def test_set_triangles_survive_with_their_colours(baked):
    stage, _, header, payload = baked
    mesh = header.set_mesh
    triangles = array(mesh.triangles, payload)
    corners = array(mesh.positions, payload)[triangles]
    colors = np.array([s.base_color for s in header.surfaces])
    vertex_surface = array(mesh.vertex_surface, payload)
    painted = colors[vertex_surface[triangles[:, 0]]]
    geometry = stage.set_geometry
    expected = geometry.positions[geometry.triangles]
    wanted = geometry.materials.base_color[geometry.triangle_material]
    rows = np.c_[corners.reshape(-1, 9), painted].astype(np.float32)
    real = np.c_[expected.reshape(-1, 9), wanted].astype(np.float32)
    assert sorted(map(tuple, rows.tolist())) == sorted(map(tuple, real.tolist()))
    assert (vertex_surface[triangles] == vertex_surface[triangles[:, :1]]).all()


def test_parts_cover_every_triangle_once(baked):
    _, _, header, payload = baked
    mesh = header.set_mesh
    end = 0
    for part in mesh.parts:
        assert part.first_index == end
        end += part.index_count
    assert end == array(mesh.triangles, payload).size


def test_runs_say_which_triangles_are_whose(baked):
    stage, _, header, payload = baked
    triangles = array(header.set_mesh.triangles, payload).reshape(-1)
    positions = array(header.set_mesh.positions, payload)
    lay = {piece.id: piece for piece in stage.scene.set.pieces}
    for run in header.set_mesh.runs:
        own = triangles[run.first_index : run.first_index + run.index_count]
        piece = lay[run.piece]
        middle = (positions[own].max(axis=0) + positions[own].min(axis=0)) / 2
        assert middle[[0, 2]] == pytest.approx(np.array(piece.position_m)[[0, 2]])
    assert {run.piece for run in header.set_mesh.runs} == set(lay)
    assert sum(r.index_count for r in header.set_mesh.runs) == len(triangles)


def test_walls_open_to_the_outside_and_glass_is_told_apart(baked):
    parts = {part.name: part for part in baked[2].set_mesh.parts if not part.glass}
    assert parts["wall-2"].conceal == "from outside"
    assert parts["wall-2"].inward == pytest.approx((0, 0, 1))
    assert parts["wall-3"].inward == pytest.approx((1, 0, 0))
    assert parts["set"].conceal == "never"
    assert [part.name for part in baked[2].set_mesh.parts if part.glass] == ["set"]


@pytest.mark.parametrize("frame", [0, 20, 47])
def test_projection_from_the_payload_is_the_stage_s_own(baked, frame):
    stage, shot, header, payload = baked
    width, height = 1920, 1080
    rows = array(header.camera.world_from_camera, payload)[frame]
    focal_mm = array(header.camera.focal_length_mm, payload)[frame]
    sensor, lens = header.shot.camera.sensor, header.shot.camera.lens
    focal_px = focal_mm / lens.squeeze / sensor.width_mm * width
    points = np.array(hand_stage.POINTS)
    local = (points - rows[:3, 3]) @ rows[:3, :3]
    pixels = np.c_[
        width / 2 - focal_px * local[:, 0] / local[:, 2],
        height / 2 + focal_px * local[:, 1] / local[:, 2],
    ]
    expected, _ = stage.at(shot, frame).camera.project(
        points, width_px=width, height_px=height
    )
    assert np.abs(pixels - expected).max() < 1e-3


def test_header_round_trips_through_json(baked):
    header = baked[2]
    assert StageHeader.from_json(header.model_dump_json()) == header
    assert header.protocol_version == PROTOCOL_VERSION


def test_speech_counts_from_the_shots_first_frame():
    stage = hand_stage.HandStage()
    scene = stage.scene
    first, second = (
        scene.shots[0].changed(
            id=f"shot-{slate.lower()}",
            slate=slate,
            first_frame=at,
            length_frames=length,
        )
        for slate, at, length in (("1A", 0, 16), ("1B", 16, 32))
    )
    stage.scene = scene.changed(shots=(first, second))
    header, _ = bake(stage, second)
    assert [(line.first_frame, line.name) for line in header.lines] == [(-10, "Ann")]


def test_empty_set_bakes():
    stage = hand_stage.HandStage(length_frames=2)
    stage.scene = stage.scene.changed(set=stage.scene.set.changed(pieces=()))
    stage.set_geometry = hand_stage.join([])
    header, payload = bake(stage, stage.scene.shots[0])
    assert header.set_mesh.parts == ()
    assert len(payload) == header.payload_bytes


def test_fixture_of_the_front_end_is_what_python_bakes():
    written = json.loads(hand_stage.FIXTURE.read_text(encoding="utf-8"))
    now = json.loads(json.dumps(hand_stage.fixture()))
    assert written == now, (
        f"{hand_stage.FIXTURE.name} lags behind the payload. "
        f"Run `{hand_stage.COMMAND}`."
    )


def test_squeezed_and_spherical_lens_share_the_header_shape():
    stage = hand_stage.HandStage(length_frames=2)
    shot = stage.scene.shots[0]
    wide = shot.changed(camera=shot.camera.changed(lens=m.Lens(squeeze=2.0)))
    header, _ = bake(stage, wide)
    assert header.shot.camera.lens.squeeze == 2.0


@pytest.mark.parametrize("kind", ["ceiling", "cornice", "beams", "ducts"])
def test_what_is_overhead_is_looked_past_from_above(kind):
    hand = hand_stage.HandStage(length_frames=2)
    over = m.SetPiece(id="over", kind=kind, size_m=(6.0, 0.3, 5.0))
    scene = hand.scene.changed(set=hand.scene.set.changed(pieces=(over,)))
    stage = Stage(scene, hand.characters, rate=hand.rate)
    header, _ = bake(stage, scene.shots[0])
    parts = {part.name: part.conceal for part in header.set_mesh.parts}
    assert parts == {"over": "from above"}
