"""What a set can be inspected for: volumes, points, and what stands for them."""

import json
import sys
import warnings
from types import SimpleNamespace

import numpy as np
import pytest

import previz as pv
from previz.errors import MissingRuntimeError, ModelError, UnknownNameError
from previz.inspection import light_volume
from previz.inspection.drawing import _cut_lines
from previz.inspection.grid import Grid, grid_of, in_solids
from previz.inspection.turning import sharp_edges
from previz.model import Light, LightKind, SetPiece
from previz.stage import Geometry, build_set, join

BULB = Light(id="b", kind=LightKind.POINT, position_m=(1.5, 1.6, 1.0), intensity=90.0)
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def make_film(short_film, edit_scene):
    """Build a film whose room has a wall across it at z = -0.9, and one bulb."""

    def build(*, names=("Ann", "Bo"), wall=True, lights=(BULB,)):
        film = short_film(lengths=((5, 7),), names=names)
        across = SetPiece(
            id="across", kind="wall", position_m=(0, 0, -0.9), size_m=(5, 2.7, 0.1)
        )
        set_ = film.scenes[0].set
        pieces = (*set_.pieces, across) if wall else set_.pieces
        return pv.Film(
            edit_scene(film, 0, set=set_.changed(pieces=pieces), lights=lights)
        )

    return build


@pytest.fixture
def no_ipyvolume(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipyvolume", None)


def test_light_near_a_bulb_is_its_inverse_square_and_a_little_from_the_walls(make_film):
    light = make_film().scenes[0].inspect_light()
    for away in (0.3, 0.5):
        read = light.at((1.5, 1.6, 1.0 - away))
        assert 90 / away**2 <= read <= 90 / away**2 * 1.15
    assert light.at((0.0, 1.6, -1.5)) < 0.05 * light.at((0.0, 1.6, -0.2))


def test_the_volume_holds_what_the_meter_reads_and_nothing_in_furniture(make_film):
    light = make_film().scenes[0].inspect_light()
    points = light.grid.points
    some = np.flatnonzero(np.isfinite(light.lux.reshape(-1)))[::400]
    for i in some:
        assert light.lux.reshape(-1)[i] == pytest.approx(light.at(tuple(points[i])))
    in_table = np.abs(points - (0.0, 0.37, 0.0)).max(axis=1) < 0.3
    assert in_table.any()
    assert np.isnan(light.lux.reshape(-1)[in_table]).all()


@pytest.mark.parametrize(
    ("facing", "said"),
    [(None, "is turned to where it reads most"), ((0, 1, 0), "faces 0, 1, 0")],
)
def test_the_caption_says_where_the_meter_points(make_film, facing, said):
    film = make_film()
    scene = film.scenes[0].value
    meter = SimpleNamespace(lux_at=lambda points, facing: np.ones(len(points)))
    stage = film.stage_of(scene)
    light = light_volume(scene, film.value, meter, stage=stage, facing=facing)
    assert f"Light on a meter that {said}: plan" in light.picture_html()


def test_a_wall_hides_who_stands_behind_it(make_film):
    seen = make_film().scenes[0].inspect_visibility("ann")
    assert seen.at((-1.4, 1.2, 1.8)) == 1.0
    assert seen.at((-1.4, 1.2, -1.6)) == 0.0
    open_ = make_film(wall=False).scenes[0].inspect_visibility("ann")
    assert open_.at((-1.4, 1.2, -1.6)) > 0.9


def test_another_person_hides_a_part(make_film):
    film = make_film(wall=False)
    bo = film.scenes[0].value.blocking[1].marks[0].position_m
    behind = (bo[0] + 0.8, 1.3, bo[2])
    alone = make_film(wall=False, names=("Ann",)).scenes[0].inspect_visibility("ann")
    both = film.scenes[0].inspect_visibility("ann", at_frame=0)
    assert alone.at(behind) > both.at(behind) + 0.3


def test_who_is_not_there_is_refused(make_film):
    scene = make_film().scenes[0]
    with pytest.raises(UnknownNameError, match="Did you mean 'ann'"):
        scene.inspect_visibility("anne")
    with pytest.raises(ModelError, match="at_frame must be 0 to 11 frames"):
        scene.inspect_visibility("ann", at_frame=12)


def test_points_lie_where_their_pixels_look(make_film):
    shot = make_film()["1A"]
    cloud = shot.inspect_depth(0, size=(64, 36))
    pixels, depth = cloud.camera.project(
        cloud.points_m.astype(float), width_px=64, height_px=36
    )
    assert len(pixels) > 1500
    assert (depth > 0).all()
    assert np.abs(pixels % 1 - 0.5).max() < 0.02
    with pytest.raises(ModelError, match="frame must be 0 to"):
        shot.inspect_depth(99)


def test_the_turned_picture_shows_most_of_the_points(make_film):
    cloud = make_film()["1A"].inspect_depth(0, size=(128, 72))
    turned = cloud.turned()
    assert np.array_equal(turned, cloud.turned())
    drawn = (turned != (27, 28, 30)).any(axis=2)
    assert drawn.mean() > 0.1
    assert not drawn[:4].any()
    assert not drawn[:, :4].any()


def test_without_ipyvolume_a_picture_shows_and_says_how_to_turn_it(
    make_film, no_ipyvolume
):
    film = make_film()
    for made in (film.scenes[0].inspect_visibility(), film["1A"].inspect_depth()):
        shown = made._repr_mimebundle_()
        assert repr(made) == f"<{type(made).__name__}; a cell shows it>"
        assert set(shown) == {"text/html"}
        assert "pip install 'previz[inspect]'" in shown["text/html"]
        with pytest.raises(
            MissingRuntimeError, match="must have ipyvolume, got: import"
        ):
            made.widget()


def test_with_ipyvolume_the_widget_comes_with_its_picture(make_film):
    film = make_film(names=("<b>Ann</b>", "Bo"))
    scene = film.scenes[0]
    for made in (
        scene.inspect_light(), scene.inspect_visibility(), film["1A"].inspect_depth()
    ):  # fmt: skip
        data, _ = made._repr_mimebundle_()
        assert WIDGET in data
        page = data["text/html"]
        assert "data:image/" in page
        assert "<script" not in page
        assert "<b>Ann" not in page


def test_what_is_sent_to_the_page_is_json_and_bytes(make_film):
    film = make_film()
    scene = film.scenes[0]

    def bytes_only(value):
        assert isinstance(value, memoryview), value

    for made in (
        scene.inspect_light(), scene.inspect_visibility(), film["1A"].inspect_depth()
    ):  # fmt: skip
        box = made.widget()
        figure = box.children[0]
        shown = (*figure.volumes, *figure.scatters, *figure.meshes)
        assert shown
        for widget in (box, figure, *shown):
            with warnings.catch_warnings():
                # ipyvolume divides where a volume is even: 0 by 0.
                warnings.simplefilter("ignore", RuntimeWarning)
                state = widget.get_state()
            json.dumps(state, default=bytes_only)


def test_the_volume_of_the_widget_is_where_the_set_is(make_film):
    light = make_film().scenes[0].inspect_light()
    figure = light.widget().children[0]
    volume = figure.volumes[0]
    assert volume.data.shape == light.grid.shape[::-1]
    assert [list(pair) for pair in volume.extent] == [[-2.5, 2.5], [0, 2.7], [-2, 2]]
    x, y, z = np.unravel_index(np.nanargmax(light.lux), light.grid.shape)
    assert volume.data[z, y, x] == volume.data.max()
    wide = {limit[1] - limit[0] for limit in (figure.xlim, figure.ylim, figure.zlim)}
    assert len(wide) == 1


def test_a_grid_reads_between_its_points():
    grid = Grid(np.zeros(3), np.array([4.0, 2.0, 3.0]), (8, 4, 6))
    x, y, z = grid.points.T
    values = (2 * x - y + 0.5 * z).reshape(grid.shape)
    where = np.array([[1.0, 1.0, 1.0], [3.3, 0.7, 2.1]])
    assert grid.read(values, where) == pytest.approx(where @ (2, -1, 0.5))


def test_outdoors_the_grid_is_where_people_are(make_film):
    scene = make_film().scenes[0].value
    outside = scene.changed(
        set=scene.set.changed(interior=False, size_m=(80.0, 0.1, 80.0), pieces=())
    )
    grid = grid_of(outside)
    assert (grid.high_m - grid.low_m).max() < 12
    assert grid.low_m[0] == pytest.approx(-1.5 - 4.0)
    assert grid.high_m[1] == 4.0
    assert not in_solids(outside, np.array([[0.0, 1.0, 0.0]])).any()


def test_a_section_cuts_a_box_in_a_rectangle(make_film):
    table = SetPiece(id="t", kind="wall", size_m=(2.0, 1.0, 0.4))
    made = build_set(make_film().value.scenes[0].set.changed(pieces=(table,)))
    ends = np.array(_cut_lines(made, 0.0)).reshape(-1, 3)
    assert np.abs(ends[:, 2]).max() < 1e-6
    inside = ends[np.abs(ends[:, 0]) < 1.01]
    assert inside[:, 1].max() == pytest.approx(1.0)


def test_a_box_has_twelve_edges_whatever_its_triangles():
    corners = np.array(list(np.ndindex(2, 2, 2)), np.float32) * (1, 2, 3)
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4)]
    faces.append((1, 5, 7, 3))
    box = Geometry(
        positions=corners.astype(np.float32),
        normals=corners.astype(np.float32),
        surface=corners[:, :2].astype(np.float32),
        triangles=np.array([(a, *x) for a, b, c, d in faces for x in ((b, c), (c, d))]),
        triangle_object=np.zeros(12, np.int32),
        triangle_material=np.zeros(12, np.int32),
        materials=join([]).materials,
    )
    places, pairs = sharp_edges(box)
    assert len(pairs) == 12
    long = np.linalg.norm(places[pairs[:, 0]] - places[pairs[:, 1]], axis=1)
    assert sorted(set(long.round(3).tolist())) == [1.0, 2.0, 3.0]
