"""Figures that follow the playhead and move it; curves and plans of a shot."""

from types import SimpleNamespace

import numpy as np
import pytest
from plotly.graph_objects import Figure, FigureWidget

import previz as pv
from previz.session import playhead
from previz.widgets import StageWidget, StudioWidget, bundle, live

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def static(tmp_path, monkeypatch):
    """Stand in for the bundle, so that these tests need no Node."""
    for name in ("studio.js", "studio.css", "stage.js", "stage.css"):
        (tmp_path / name).write_text("export default {}", encoding="utf-8")
    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    # Nor do they need the picture that a stage leaves in a saved page.
    monkeypatch.setattr(pv.Shot, "_repr_html_", lambda shot: "")


@pytest.fixture
def in_kernel(monkeypatch):
    monkeypatch.setattr(live, "kernel_lives", lambda: True)


@pytest.fixture
def film(short_film):
    return pv.Film(short_film(lengths=((9, 12), (6,))))


def click(figure, trace, point):
    """Click a point of a trace, as the page tells it."""
    figure.data[trace]._dispatch_on_click(
        SimpleNamespace(point_inds=[point], trace_index=trace), None
    )


def line(figure):
    return figure.layout.shapes[0].x0


def test_without_a_kernel_figures_are_plain(film):
    for figure in (film["1B"].curves(), film["1B"].moving_plan()):
        assert isinstance(figure, Figure)
        assert not isinstance(figure, FigureWidget)


def test_the_line_is_where_the_studio_went(static, in_kernel, film):
    figure = film["1B"].curves()
    studio = film.studio()
    shot = film["1B"].value
    studio._at = {"shot": shot.id, "frame": 6}
    assert (figure.frame, line(figure)) == (6, 0.25)
    studio._at = {"shot": film["1A"].value.id, "frame": 3}
    assert line(figure) == 0.25
    for bad in ({"shot": None, "frame": "x"}, {"shot": shot.id, "frame": 10**400}):
        studio._at = bad
    assert line(figure) == 0.25


def test_a_click_in_a_curve_moves_studio_and_stage(static, in_kernel, film):
    figure, studio, stage = film["1B"].curves(), film.studio(), film["1B"].stage()
    other = film["1A"].stage()
    click(figure, 3, 6)
    assert line(figure) == 0.25
    assert (studio._go["shot"], studio._go["frame"]) == (film["1B"].value.id, 6)
    assert (stage.frame, other.frame) == (6, 0)
    stage.frame = 3
    assert line(figure) == 0.125


def test_the_same_click_twice_moves_a_studio_that_went_on_meanwhile(
    static, in_kernel, film
):
    figure, studio = film["1B"].curves(), film.studio()
    click(figure, 0, 6)
    first = dict(studio._go)
    studio._at = {"shot": film["1B"].value.id, "frame": 9}
    click(figure, 0, 6)
    assert studio._go != first
    assert line(figure) == 0.25


def test_a_studio_tells_only_while_something_follows(static, in_kernel, film):
    studio = film.studio()
    assert not studio._followed
    figure = film["1B"].curves()
    assert studio._followed
    assert film.studio()._followed
    figure.close()
    assert not film.studio()._followed


def test_an_edit_draws_the_curves_anew(static, in_kernel, film):
    figure, plan = film["1B"].curves(), film["1B"].moving_plan()
    film.edit("set_lens", shot="1B", focal_length_mm=85)
    assert set(figure.data[3].y) == {85.0}
    assert figure.layout.yaxis4.range[0] < 85 < figure.layout.yaxis4.range[1]
    before = np.array(plan.data[3].x)
    film.edit("move_mark", scene="1", character="ann", index=0, position_m=(1, 0, 1))
    film.session.playhead.go(film["1B"].value.id, 0)
    assert not np.allclose(before, plan.data[3].x)
    film.undo()
    film.undo()
    assert set(figure.data[3].y) == {35.0}


def test_the_plan_shows_camera_and_people_at_the_frame(static, in_kernel, film):
    plan = film["1B"].moving_plan()
    stage, shot = film.stage_of(film.scenes[0].value), film["1B"].value
    click(plan, 0, 8)
    camera = stage.at(shot, 8).camera.position_m
    assert (plan.data[-1].x[0], plan.data[-1].y[0]) == pytest.approx(camera[[0, 2]])
    x, _, z = stage.floor_at("ann", shot.first_frame + 8)
    assert (plan.data[3].x[0], plan.data[3].y[0]) == pytest.approx((x, z))


def test_what_the_camera_sees_lies_between_the_lines_of_its_wedge(film):
    plan = film["1A"].moving_plan()
    state = film.stage_of(film.scenes[0].value).at(film["1A"].value, 0)
    for index, at in ((1, 0.0), (2, 640.0)):
        far = np.array([plan.data[-1].x[index], 1.5, plan.data[-1].y[index]])
        pixel, depth = state.camera.project(far[None], width_px=640, height_px=360)
        assert depth[0] > 0
        assert pixel[0, 0] == pytest.approx(at, abs=3)


def test_names_with_markup_are_text_in_the_plan(short_film):
    film = pv.Film(short_film(names=("<b>Ann</b>", "Bo")))
    assert film["1A"].moving_plan().data[3].text == ("&lt;b>Ann&lt;/b>",)


def test_a_page_without_a_kernel_gets_a_drawing(static, in_kernel, film):
    for figure in (film["1B"].curves(), film["1B"].moving_plan()):
        data, _ = figure._repr_mimebundle_()
        assert WIDGET in data
        assert "<svg" in data["text/html"]
        assert "<script" not in data["text/html"]


def test_a_closed_studio_is_moved_no_more(static, in_kernel, film):
    figure, studio = film["1B"].curves(), film.studio()
    assert isinstance(studio, StudioWidget)
    studio.close()
    stage = film["1B"].stage()
    assert isinstance(stage, StageWidget)
    stage.close()
    click(figure, 0, 4)
    assert "frame" not in studio._go
    assert stage.frame == 0


def test_a_figure_that_no_page_shows_any_more_rests_until_it_is_shown(
    static, in_kernel, film
):
    figure = film["1B"].curves()
    figure._view_count = 1
    figure._view_count = 0
    assert not film.session.playhead.followed
    film.edit("set_lens", shot="1B", focal_length_mm=85)
    assert set(figure.data[3].y) == {35.0}
    film.session.playhead.go(film["1B"].value.id, 6)
    figure._view_count = 1
    assert set(figure.data[3].y) == {85.0}
    assert line(figure) == 0.25


def test_a_cell_that_is_run_again_and_again_leaves_no_crowd_behind(
    static, in_kernel, film, monkeypatch
):
    monkeypatch.setattr(playhead, "_MOST", 1)
    figures = [film["1B"].curves() for _ in range(2)]
    film.edit("set_lens", shot="1B", focal_length_mm=85)
    assert [set(f.data[3].y) for f in figures] == [{35.0}, {85.0}]
