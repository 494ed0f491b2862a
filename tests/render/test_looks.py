"""Pictures in other media: readable, still, and where the filmed picture is."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scenes import box, camera, facing_quad, floor, quad, stage, state

from previz.errors import UnknownNameError
from previz.model import Light, LightKind, Look, Medium
from previz.render import Renderer
from previz.render.anchored import view_of
from previz.render.looks import draw
from previz.render.looks.hatch import Strokes, hatch
from previz.render.looks.lines import Pen, draw_lines
from previz.render.looks.sheet import halved, paper_tooth
from previz.render.looks.tone import lightness, twice_as_fine
from previz.stage import FIGURE_OBJECT_BASE, join

SIZE = (128, 72)
DRAWN = [m for m in Medium if m is not Medium.NATURAL]
SUN = Light(
    id="sun",
    kind=LightKind.SUN,
    position_m=(-4.0, 10.0, 5.0),
    aim_m=(0.0, 0.0, 0.0),
    intensity=20_000.0,
)


VIEW = camera((1.6, 0.7, -0.5), (0.0, -0.3, -4.5))


def darkest_near(picture):
    """The darkest of each pixel and its neighbours."""
    shifted = [np.roll(picture, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return np.min(shifted, axis=0)


def room():
    return join(
        [
            floor(30.0, height_m=-1.0, object_id=1, color=(0.4, 0.35, 0.3)),
            quad(
                [(-9, -1, -7), (9, -1, -7), (9, 5, -7), (-9, 5, -7)],
                object_id=2,
                color=(0.5, 0.5, 0.55),
            ),
            box((0.0, -0.3, -4.5), (1.4, 1.4, 1.4), object_id=3, color=(0.6, 0.1, 0.1)),
        ]
    )


@pytest.fixture(scope="module")
def renderer():
    return Renderer(
        stage(room(), lights=[SUN]), width_px=SIZE[0], height_px=SIZE[1],
        exposure_ev100=13.0, quality="board",
    )  # fmt: skip


@pytest.mark.parametrize("medium", DRAWN)
def test_a_still_camera_gives_the_same_bytes_frame_after_frame(renderer, medium):
    frame = state(VIEW)
    one = renderer.picture(frame, medium=medium)
    two = renderer.picture(replace(frame, frame=7, scene_frame=7), medium=medium)
    assert one.shape == (SIZE[1], SIZE[0], 3)
    assert one.dtype == np.uint8
    assert np.array_equal(one, two)


def test_every_look_differs_from_the_others(renderer):
    frame = state(VIEW)
    made = [renderer.picture(frame, medium=m).astype(float) for m in Medium]
    for i, one in enumerate(made):
        for other in made[:i]:
            assert np.abs(one - other).mean() > 4.0


@pytest.mark.parametrize("medium", [Medium.INK, Medium.PENCIL, Medium.STORYBOARD])
def test_outlines_stand_where_the_filmed_thing_ends(renderer, medium):
    frame = state(VIEW)
    drawn = renderer.picture(frame, medium=medium)[..., 1].astype(float)
    thing = renderer.buffers(frame).object_id == 3
    rim = thing & ~(np.roll(thing, 1, 1) & np.roll(thing, -1, 1))
    assert darkest_near(drawn)[rim].mean() < 120
    assert darkest_near(drawn)[rim].mean() < darkest_near(drawn)[~rim].mean() - 60


@pytest.mark.parametrize("medium", [Medium.INK, Medium.PENCIL])
def test_lines_follow_a_lens_that_bends(renderer, medium):
    bent = replace(VIEW, look=Look(distortion=-0.25))
    drawn = renderer.picture(state(bent), medium=medium)[..., 1].astype(float)
    filmed = renderer.picture(state(bent)).astype(float)
    red = filmed[..., 0] > 1.35 * filmed[..., 2]
    rim = red & ~(np.roll(red, 1, 1) & np.roll(red, -1, 1))
    assert rim.sum() > 20
    assert darkest_near(drawn)[rim].mean() < 125


def test_clay_is_of_one_colour_and_keeps_the_light(renderer):
    frame = state(VIEW)
    clay = renderer.picture(frame, medium=Medium.CLAY).astype(float)
    thing = renderer.buffers(frame).object_id == 3
    assert np.abs(clay[thing][:, 0] - clay[thing][:, 2]).mean() < 24
    filmed = renderer.picture(frame).astype(float)
    assert filmed[thing][:, 0].mean() > 2 * filmed[thing][:, 2].mean()
    assert clay[thing][:, 1].std() > 10


@pytest.mark.parametrize("stops", [-6, -4, -2, 0])
def test_a_night_scene_can_still_be_read_in_ink(renderer, stops):
    frame = state(VIEW)
    lit = renderer.linear(frame) * np.float32(2.0**stops)
    fine = fine_buffers(room(), VIEW)
    view = view_of(VIEW, width_px=2 * SIZE[0], height_px=2 * SIZE[1])
    made = draw(Medium.INK, lit, fine, view)[..., 1]
    black = (made < 80).mean()
    assert 0.001 < black < 0.6
    assert made.mean() > 80


def fine_buffers(geometry, view):
    renderer = Renderer(
        stage(geometry), width_px=2 * SIZE[0], height_px=2 * SIZE[1],
        exposure_ev100=8.0, quality="board",
    )  # fmt: skip
    return renderer.buffers(state(view))


def test_strokes_keep_their_distance_from_near_and_far():
    shares = []
    for depth_m in (2.0, 2.6, 3.4, 4.0, 8.0, 9.3):
        wall = facing_quad(depth_m, size_m=40.0, object_id=2)
        seen = fine_buffers(wall, camera())
        dark = np.full(seen.object_id.shape, 0.7, np.float32)
        shares.append(hatch(seen, dark, Strokes(4.0, 40, 0.3, 0.9, 0.6)).mean())
    assert max(shares) < 1.6 * min(shares)
    assert min(shares) > 0.15


def test_darker_is_drawn_with_more_ink_and_paper_with_none():
    seen = fine_buffers(facing_quad(3.0, size_m=40.0, object_id=2), camera())
    cover = [
        hatch(seen, np.full(seen.object_id.shape, d, np.float32),
              Strokes(4.0, 40, 0.3, 0.9, 0.6)).mean()
        for d in (0.1, 0.3, 0.45, 0.6, 0.75, 0.9)
    ]  # fmt: skip
    assert cover[:2] == [0.0, 0.0]
    assert all(a < b for a, b in pairwise(cover[1:]))


def test_strokes_lie_on_the_wall_when_the_camera_moves():
    """Past a wall a third of a pixel a frame, ink moves with the wall."""
    wall = facing_quad(4.0, size_m=40.0, object_id=2)
    per_px = 4.0 / camera().focal_px(2 * SIZE[0], 2 * SIZE[1])[0]
    strokes = Strokes(4.0, 40, 0.3, 0.9, 0.6)
    pictures = []
    for step in (0, 6):
        view = camera((step * per_px, 0, 0), (step * per_px, 0, -1))
        seen = fine_buffers(wall, view)
        dark = np.full(seen.object_id.shape, 0.7, np.float32)
        pictures.append(hatch(seen, dark, strokes))
    still, moved = pictures
    same = np.corrcoef(still[:, 6:].ravel(), moved[:, :-6].ravel())[0, 1]
    assert same > 0.98
    assert np.corrcoef(still.ravel(), moved.ravel())[0, 1] < 0.9


def test_a_fold_gets_a_line_and_a_flat_or_round_place_none():
    flat = draw_lines(fine_buffers(facing_quad(3, size_m=40), camera()), Pen(1.0))
    assert flat.ink.max() == 0.0
    cube = box((0, 0, -5), (1.5, 1.5, 1.5), object_id=4)
    view = camera((2.0, 1.5, -2.0), (0, 0, -5))
    seen = fine_buffers(cube, view)
    drawn = draw_lines(seen, Pen(1.2)).ink
    inside = seen.object_id == 4
    turns = np.abs(np.diff(seen.normal_world[..., 0], axis=1)) > 0.3
    fold = turns & inside[:, 1:] & inside[:, :-1]
    assert fold.sum() > 10
    assert drawn[:, 1:][fold].mean() > 0.5


def test_a_rim_of_paper_parts_near_from_far_only():
    parts = [
        facing_quad(3.0, size_m=1.0, object_id=2),
        facing_quad(6.0, size_m=40.0, object_id=3),
    ]
    seen = fine_buffers(join(parts), camera())
    halo = draw_lines(seen, Pen(1.2)).halo
    assert halo[seen.object_id == 2].max() == 0.0
    assert halo[seen.object_id == 3].max() == 1.0


def test_eyes_are_drawn_on_people():
    eye = facing_quad(2.97, size_m=0.12, object_id=FIGURE_OBJECT_BASE, matter="skin",
                      color=(0.02, 0.02, 0.02))  # fmt: skip
    face = facing_quad(3.0, size_m=1.2, object_id=FIGURE_OBJECT_BASE, matter="skin",
                       color=(0.6, 0.45, 0.35))  # fmt: skip
    renderer = Renderer(
        stage(join([face, eye]), lights=[SUN]), width_px=SIZE[0], height_px=SIZE[1],
        exposure_ev100=12.0, quality="board",
    )  # fmt: skip
    for medium in (Medium.INK, Medium.PENCIL, Medium.STORYBOARD, Medium.WATERCOLOUR):
        seen = renderer.picture(state(), medium=medium)[..., 1].astype(float)
        middle = seen[SIZE[1] // 2 - 1 : SIZE[1] // 2 + 1, SIZE[0] // 2]
        around = seen[SIZE[1] // 2 + 8, SIZE[0] // 2 - 8 : SIZE[0] // 2 + 8]
        assert middle.min() < around.mean() - 60, medium


def test_lightness_follows_light_and_is_free_of_the_rest_of_the_frame():
    ramp = np.linspace(0.01, 1.0, 200, dtype=np.float32)
    lit = np.repeat(np.repeat(ramp[None, :, None], 90, axis=0), 3, axis=2)
    made = lightness(lit)
    assert (np.diff(made[45]) >= -1e-4).all()
    assert 0.0 <= made.min() <= made.max() <= 1.0
    changed = lit.copy()
    changed[:, 150:] = 8.0
    assert np.abs(lightness(changed)[:, :60] - made[:, :60]).max() < 0.01


def test_fine_and_coarse_pictures_agree():
    rng = np.random.default_rng(3)
    picture = rng.random((9, 13)).astype(np.float32)
    flat = np.full((9, 13), 0.3, np.float32)
    assert twice_as_fine(flat) == pytest.approx(0.3)
    assert halved(twice_as_fine(picture)).mean() == pytest.approx(picture.mean(), 0.1)


def test_paper_is_evenly_spread_and_the_same_for_all_frames():
    tooth = paper_tooth(72, 128)
    assert tooth.min() == 0.0
    assert tooth.max() == 1.0
    assert tooth.mean() == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize("size", [(1, 1), (33, 17), (7, 80)])
@pytest.mark.parametrize("medium", DRAWN)
def test_odd_sizes_are_drawn(size, medium):
    renderer = Renderer(
        stage(facing_quad(3.0)), width_px=size[0], height_px=size[1],
        exposure_ev100=8.0, quality="board",
    )  # fmt: skip
    assert renderer.picture(state(), medium=medium).shape == (size[1], size[0], 3)


@pytest.mark.parametrize("medium", DRAWN)
@pytest.mark.parametrize("value", [0.0, 1e9, np.nan, np.inf])
def test_black_blown_and_broken_light_gives_a_picture(medium, value):
    fine = fine_buffers(room(), VIEW)
    view = view_of(camera(), width_px=2 * SIZE[0], height_px=2 * SIZE[1])
    lit = np.full((SIZE[1], SIZE[0], 3), value, np.float32)
    made = draw(medium, lit, fine, view)
    assert made.shape == (SIZE[1], SIZE[0], 3)


def test_an_unknown_look_is_said_with_the_choices():
    with pytest.raises(UnknownNameError, match=r"watercolour.*Did you mean 'pencil'"):
        Medium.of("pencill")
