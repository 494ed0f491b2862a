"""Light and exposure, against photometry."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import box, camera, facing_quad, floor, stage, state

from previz.errors import UnknownNameError
from previz.model import Light
from previz.render import Renderer
from previz.render.color import exposure_scale, light_color, luminance
from previz.stage import join

SUN = Light(
    id="sun", kind="sun", intensity=1000.0, position_m=(0, 10, 0), aim_m=(0, 0, 0)
)
DOWN = camera((0, 3, 0), (0, 0, 0))


def luminance_at_center(geometry, lights, *, view=DOWN, ev=0.0, figures=None):
    renderer = Renderer(
        stage(geometry, lights=lights),
        width_px=33,
        height_px=33,
        exposure_ev100=ev,
        quality="board",
        white_balance_k=5600.0,
    )
    picture = renderer.linear(state(view, figures=figures))
    assert np.isfinite(picture).all()
    return luminance(picture[16, 16]) / exposure_scale(ev)


def ground(reflectance=0.18):
    return floor(10.0, color=(reflectance,) * 3, matter="ground", roughness=1.0)


def test_a_sun_s_lux_lie_on_the_floor():
    # Of what matter reflects of even light a part is its gloss.
    assert luminance_at_center(ground(), [SUN]) == pytest.approx(
        1000 * 0.18 / np.pi, rel=0.08
    )


def test_a_leaning_sun_lays_down_the_cosine():
    low = SUN.changed(position_m=(10.0, 10.0, 0.0))
    straight = luminance_at_center(ground(), [SUN])
    assert luminance_at_center(ground(), [low]) == pytest.approx(
        straight * np.cos(np.pi / 4), rel=0.03
    )


def test_a_point_falls_with_the_square_of_its_distance():
    lamp = Light(id="p", kind="point", intensity=100.0, position_m=(0, 2, 0))
    far = lamp.changed(position_m=(0.0, 4.0, 0.0))
    view = camera((0.4, 1.0, 0), (0, 0, 0))
    near = luminance_at_center(ground(), [lamp], view=view)
    assert near == pytest.approx(100 / 4 * 0.18 / np.pi, rel=0.08)
    assert luminance_at_center(ground(), [far], view=view) == pytest.approx(
        near / 4, rel=0.02
    )


def test_a_sky_lays_its_lux_on_open_ground():
    sky = Light(id="sky", kind="sky", intensity=5000.0, color_temperature_k=6500)
    assert luminance_at_center(ground(), [sky]) == pytest.approx(
        5000 * 0.18 / np.pi, rel=0.12
    )


def test_what_stands_in_the_sun_throws_a_shadow_of_the_set():
    roof = box((0, 1, 0), (1, 0.1, 1))
    view = camera((2.0, 0.5, 0), (0, 0, 0))
    shaded = luminance_at_center(join([ground(), roof]), [SUN], view=view)
    assert shaded < 0.1 * luminance_at_center(ground(), [SUN], view=view)


@pytest.mark.parametrize("kind", ["sun", "point"])
def test_a_figure_in_the_light_throws_a_shadow(kind):
    lamp = SUN.changed(kind=kind, position_m=(0.0, 4.0, 0.0))
    view = camera((2.0, 0.5, 0), (0, 0, 0))
    figure = box((0, 1, 0), (1, 0.5, 1), object_id=1000)
    shaded = luminance_at_center(ground(), [lamp], view=view, figures=figure)
    assert shaded < 0.15 * luminance_at_center(ground(), [lamp], view=view)


def test_a_figure_darkens_the_floor_it_stands_on():
    sky = Light(id="sky", kind="sky", intensity=5000.0)
    view = camera((0.5, 0.6, 0), (0, 0, 0))
    figure = box((-0.25, 0.2, 0), (0.3, 0.4, 0.3), object_id=1000)
    dark = luminance_at_center(ground(), [sky], view=view, figures=figure)
    assert dark < 0.9 * luminance_at_center(ground(), [sky], view=view)


def test_a_red_wall_colours_the_floor_beside_it():
    wall = box((-0.3, 1, 0), (0.1, 2, 6), color=(0.8, 0.05, 0.05))
    sun = SUN.changed(position_m=(10.0, 6.0, 0.0))
    renderer = Renderer(
        stage(join([ground(0.5), wall]), lights=[sun]),
        width_px=33, height_px=33, exposure_ev100=8.0, white_balance_k=5600.0,
    )  # fmt: skip
    pixel = renderer.linear(state(camera((0.6, 1.5, 0), (0.15, 0, 0))))[16, 16]
    assert pixel[0] > 1.05 * pixel[1]


def test_a_metered_grey_card_is_middle_grey():
    """An incident meter reads EV100 from E = 2.5 · 2^EV100 lux."""
    ev = 9.0
    lux = 2.5 * 2**ev
    value = 0.18 * lux / np.pi * exposure_scale(ev)
    assert value == pytest.approx(0.18)


@given(st.floats(-6, 20))
def test_a_stop_more_halves_the_picture(ev):
    assert exposure_scale(ev + 1) == pytest.approx(exposure_scale(ev) / 2)


@pytest.mark.parametrize("kelvin", [2000, 3200, 5600, 9000])
def test_a_light_at_the_balance_is_white(kelvin):
    assert light_color(kelvin, white_balance_k=kelvin) == pytest.approx(1.0, abs=2e-3)


@given(st.floats(1000, 40000), st.floats(1500, 12000))
def test_light_colours_have_luminance_one(kelvin, balance):
    assert luminance(light_color(kelvin, white_balance_k=balance)) == pytest.approx(1.0)


def test_warm_light_is_redder_and_cool_light_bluer_than_the_balance():
    assert light_color(3200)[0] > 1.3
    assert light_color(9000)[2] > 1.3


def test_nothing_at_all_is_black_and_finite():
    assert luminance_at_center(None, []) == 0.0


def test_three_hundred_lights_are_light():
    lamps = [
        Light(
            id=f"l{i}", kind="point", intensity=5.0 + i, position_m=(i % 17 - 8, 2, -3)
        )
        for i in range(300)
    ]
    assert luminance_at_center(ground(), lamps) > 0


def test_the_same_frame_from_two_threads_is_the_same_picture():
    scene = join([ground(), box((0, 0.5, -3), (1, 1, 1))])
    sky = Light(id="sky", kind="sky", intensity=5000.0)
    renderer = Renderer(
        stage(scene, lights=[SUN, sky]), width_px=96, height_px=54, exposure_ev100=9.0,
        quality="board",
    )  # fmt: skip
    figure = facing_quad(2.0, object_id=1000)
    frame = state(camera((0, 1, 2), (0, 0.5, -3)), figures=figure)
    alone = renderer.picture(frame)
    with ThreadPoolExecutor(2) as pool:
        for picture in pool.map(renderer.picture, [frame] * 6):
            assert np.array_equal(picture, alone)


def test_a_second_renderer_gives_the_same_pixels():
    def draw():
        renderer = Renderer(
            stage(join([ground(), box((0, 0.5, -3), (1, 1, 1))]), lights=[SUN]),
            width_px=64, height_px=36, exposure_ev100=9.0, quality="board",
        )  # fmt: skip
        return renderer.picture(state(camera((0, 1, 2), (0, 0.5, -3))))

    assert np.array_equal(draw(), draw())


def test_an_unknown_quality_lists_the_known():
    with pytest.raises(UnknownNameError, match="board, film"):
        Renderer(stage(), width_px=8, height_px=8, exposure_ev100=8.0, quality="best")
