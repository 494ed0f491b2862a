"""Flags, gobos, barn doors and spots, against similar triangles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import box, camera, floor, stage, state

from previz.model import BarnDoors, Flag, Gobo, Light
from previz.render import Renderer
from previz.render.color import luminance
from previz.render.lights import lamp_on, lamps_of
from previz.stage import join

LAMP = Light(
    id="lamp", kind="area", intensity=900.0, position_m=(0, 4, 0), aim_m=(0, 0, 0),
    width_m=0.05, height_m=0.05,
)  # fmt: skip
FLAG = Flag(position_m=(0, 2, 0), normal=(0, 1, 0), width_m=1.0, height_m=1.0)
UP = (0.0, 1.0, 0.0)


def light_on(light, x, z=0.0, y=0.0):
    """The factor of a light on level ground at some places."""
    lamps = lamps_of([light], center=np.zeros(3), limit=4, white_balance_k=5600.0)
    where = np.broadcast(np.atleast_1d(x), z)
    return np.array([lamp_on(lamps, 0, (u, y, v), UP)[0] for u, v in where])


def share(light, x, **at):
    bare = light.changed(flags=(), barn_doors=None)
    return light_on(light, x, **at) / light_on(bare, x, **at)


def pictured(lights, geometry=None, *, view=None, interior=False, size_px=65):
    ground = floor(12.0, color=(0.5,) * 3, matter="paper", roughness=1.0)
    renderer = Renderer(
        stage(geometry or ground, lights=lights, interior=interior),
        width_px=size_px, height_px=size_px, exposure_ev100=7.0, quality="board",
        white_balance_k=5600.0,
    )  # fmt: skip
    view = view or camera((0, 3.9, 0), (0, 0, 0))
    return luminance(renderer.linear(state(view)))


def crossing(x, values, level):
    """Where a rising or falling edge first passes a level."""
    above = values > level
    k = int(np.flatnonzero(above[1:] != above[:-1])[0])
    part = (level - values[k]) / (values[k + 1] - values[k])
    return x[k] + part * (x[k + 1] - x[k])


def test_the_shadow_s_edge_lies_where_the_rays_meet_the_floor():
    x = np.linspace(0.5, 1.5, 201)
    assert crossing(x, share(LAMP.changed(flags=(FLAG,)), x), 0.5) == pytest.approx(
        1.0, abs=0.01
    )


@pytest.mark.parametrize("size", [0.1, 0.3, 0.8])
@pytest.mark.parametrize("height", [1.0, 2.0, 3.0])
def test_the_penumbra_is_the_lamp_s_size_times_the_distances_ratio(size, height):
    flag = FLAG.changed(position_m=(0, height, 0), width_m=2.5, height_m=2.5)
    lamp = LAMP.changed(width_m=size, height_m=size, flags=(flag,))
    x = np.linspace(0, 8, 4001)
    edge = share(lamp, x)
    width = crossing(x, edge, 0.9) - crossing(x, edge, 0.1)
    assert width == pytest.approx(0.8 * size * height / (4 - height), rel=0.03)


def test_the_sun_s_penumbra_grows_with_the_flag_s_distance():
    sun = LAMP.changed(kind="sun")
    x = np.linspace(0.3, 0.7, 2001)
    widths = []
    for height in (1.0, 4.0):
        edge = share(sun.changed(flags=(FLAG.changed(position_m=(0, height, 0)),)), x)
        widths.append(crossing(x, edge, 0.9) - crossing(x, edge, 0.1))
        assert crossing(x, edge, 0.5) == pytest.approx(0.5, abs=0.002)
    assert widths[1] == pytest.approx(4 * widths[0], rel=0.03)


def test_the_picture_shows_the_edge_at_its_place():
    view = camera((0, 3.9, 0), (0, 0, 0))
    lit = pictured([LAMP.changed(flags=(FLAG,))], view=view, size_px=129)
    dark = lit[64] < 0.5 * pictured([LAMP], view=view, size_px=129)[64]
    # 53.1 degrees over 3.9 m of height are 3.9 m of floor across the picture.
    assert dark.sum() * 3.9 / 129 == pytest.approx(2.0, abs=0.1)
    assert dark[64]


def test_nothing_in_the_way_changes_no_pixel():
    wide = LAMP.changed(barn_doors=BarnDoors())
    aside = LAMP.changed(flags=(FLAG.changed(position_m=(0, 6, 0)),))
    plain = pictured([LAMP])
    assert np.array_equal(pictured([wide]), plain)
    assert np.array_equal(pictured([aside]), plain)


def test_blinds_lay_twelve_bars_of_the_right_pace():
    blinds = FLAG.changed(gobo=Gobo.BLINDS, width_m=1.2, height_m=1.2)
    lamp = LAMP.changed(width_m=0.01, height_m=0.01, flags=(blinds,))
    z = np.linspace(-1.3, 1.3, 2601)
    lit = share(lamp, 0.0, z=z) > 0.5
    starts = z[1:][lit[1:] & ~lit[:-1]]
    assert len(starts) == 12
    assert np.diff(starts) == pytest.approx(0.2, abs=0.003)
    assert lit.sum() * 0.001 / 2.4 == pytest.approx(0.55, abs=0.01)


def test_the_picture_of_blinds_keeps_every_bar():
    blinds = FLAG.changed(gobo=Gobo.BLINDS, width_m=1.2, height_m=1.2)
    lamp = LAMP.changed(width_m=0.01, height_m=0.01, flags=(blinds,))
    column = pictured([lamp], size_px=129)[:, 64]
    lit = column > 0.4 * column.max()
    assert (lit[1:] & ~lit[:-1]).sum() == 12


def test_a_large_lamp_melts_the_blinds():
    blinds = FLAG.changed(gobo=Gobo.BLINDS, width_m=1.2, height_m=1.2)
    lamp = LAMP.changed(width_m=0.2, height_m=0.2, flags=(blinds,))
    bars = share(lamp, 0.0, z=np.linspace(-0.5, 0.5, 101))
    assert np.ptp(bars) < 0.05
    assert np.mean(bars) == pytest.approx(0.55, abs=0.03)


@pytest.mark.parametrize("gobo", [g for g in Gobo if g is not Gobo.SOLID])
def test_no_light_passes_beside_a_gobo(gobo):
    lamp = LAMP.changed(flags=(FLAG.changed(gobo=gobo),))
    assert share(lamp, [-2.5, 1.2, 3.0]).max() == 0.0
    x, z = np.meshgrid(np.linspace(-0.9, 0.9, 25), np.linspace(-0.9, 0.9, 25))
    inside = share(lamp, x, z=z)
    assert inside.min() < 0.1
    assert inside.max() > 0.9


def test_a_window_has_a_cross_of_shadow():
    window = FLAG.changed(gobo=Gobo.WINDOW)
    lamp = LAMP.changed(width_m=0.01, height_m=0.01, flags=(window,))
    x = np.linspace(-1.1, 1.1, 2201)
    lit = share(lamp, x) > 0.5
    assert (lit[1:] & ~lit[:-1]).sum() == 2
    assert not lit[1100]


def test_a_slash_lies_level_across_the_middle():
    slash = Flag(position_m=(0, 1.5, 2), normal=(0, 0, 1), width_m=1, height_m=1,
                 gobo=Gobo.SLASH)  # fmt: skip
    lamp = LAMP.changed(position_m=(0, 1.5, 4), aim_m=(0, 1.5, 0), flags=(slash,))
    lamps = lamps_of([lamp], center=np.zeros(3), limit=1, white_balance_k=5600.0)
    at = [
        lamp_on(lamps, 0, (0.3, y, 0.0), (0.0, 0.0, 1.0))[0] > 0
        for y in (1.1, 1.4, 1.6, 1.9)
    ]
    assert at == [False, True, True, False]


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(list(Gobo)),
    st.floats(-3, 3), st.floats(-3, 3), st.floats(0.0, 2.0), st.integers(0, 99_999),
)  # fmt: skip
def test_a_flag_takes_between_nothing_and_all(gobo, x, z, size, seed):
    flag = FLAG.changed(gobo=gobo, seed=seed)
    lamp = LAMP.changed(width_m=size, height_m=size, flags=(flag,))
    assert 0.0 <= share(lamp, x, z=z)[0] <= 1.0


def test_leaves_differ_by_seed_and_stay_the_same():
    def leaves(seed):
        flag = FLAG.changed(gobo=Gobo.LEAVES, seed=seed)
        return share(LAMP.changed(flags=(flag,)), np.linspace(-0.9, 0.9, 60), z=0.13)

    assert np.array_equal(leaves(1), leaves(1))
    assert np.abs(leaves(1) - leaves(2)).max() > 0.3


def test_two_flags_cut_more_than_one():
    one, other = FLAG, FLAG.changed(position_m=(0.9, 2, 0))
    x = np.linspace(-2, 3, 101)
    both = share(LAMP.changed(flags=(one, other)), x)
    alone = [share(LAMP.changed(flags=(f,)), x) for f in (one, other)]
    assert both == pytest.approx(alone[0] * alone[1])


def spot_share(angle, **how):
    spot = LAMP.changed(kind="point", **how)
    lamps = lamps_of([spot], center=np.zeros(3), limit=1, white_balance_k=5600.0)
    a = np.radians(angle)
    p = (float(np.sin(a)), 4.0 - float(np.cos(a)), 0.0)
    return lamp_on(lamps, 0, p, (-p[0], 4.0 - p[1], 0.0))[0]


@settings(deadline=None, max_examples=30)
@given(st.floats(5, 60), st.floats(1.2, 2.4))
def test_a_spot_has_half_at_its_beam_and_a_tenth_at_its_field(beam, wider):
    how = {"beam_deg": beam, "field_deg": beam * wider}
    assert spot_share(0, **how) == pytest.approx(1.0)
    assert spot_share(beam / 2, **how) == pytest.approx(0.5, rel=1e-6)
    assert spot_share(beam * wider / 2, **how) == pytest.approx(0.1, rel=1e-6)


def test_a_spot_whose_field_is_no_wider_than_its_beam_has_a_hard_edge():
    how = {"beam_deg": 30.0, "field_deg": 20.0}
    assert spot_share(14, **how) > 0.75
    assert spot_share(18, **how) < 0.01


def test_a_point_without_a_beam_shines_all_round():
    assert spot_share(170) == spot_share(0) == pytest.approx(1.0)


def test_a_leaf_cuts_at_its_angle_on_its_side_alone():
    lamp = LAMP.changed(barn_doors=BarnDoors(right_deg=20.0))
    x = np.linspace(0, 3, 601)
    assert crossing(x, share(lamp, x), 0.5) == pytest.approx(
        4 * np.tan(np.radians(20)), abs=0.02
    )
    assert share(lamp, -x).min() == 1.0


def test_the_upper_leaf_is_away_from_the_floor():
    wall_lamp = LAMP.changed(aim_m=(0, 4, -4), barn_doors=BarnDoors(top_deg=5.0))
    lamps = lamps_of([wall_lamp], center=np.zeros(3), limit=1, white_balance_k=5600.0)
    above, below = (lamp_on(lamps, 0, (0.0, 4.0 + y, -4.0), (0.0, 0.0, 1.0))[0]
                    for y in (2.0, -2.0))  # fmt: skip
    assert above == 0.0
    assert below > 0.0


@pytest.mark.parametrize("size", [0.02, 0.05, 0.1])
def test_a_leaf_s_penumbra_follows_from_the_lamp_and_the_leaf_s_length(size):
    """Leaves are twice as long as the lamp's larger side."""
    lamp = LAMP.changed(width_m=size, height_m=size,
                        barn_doors=BarnDoors(right_deg=30.0))  # fmt: skip
    x = np.linspace(0, 6, 3001)
    edge = share(lamp, x)
    width = crossing(x, edge, 0.1) - crossing(x, edge, 0.9)
    assert width == pytest.approx(0.8 * size * (4 - 2 * size) / (2 * size), rel=0.02)


def test_a_leaf_may_cut_past_the_axis():
    lamp = LAMP.changed(barn_doors=BarnDoors(right_deg=-30.0))
    assert share(lamp, [0.0])[0] == 0.0
    assert share(lamp, [-4.0])[0] == 1.0


def test_bounced_light_respects_a_flag():
    room = join(
        [
            floor(6.0, color=(0.6,) * 3),
            box((0, 3.05, 0), (6, 0.1, 6), color=(0.6,) * 3),
        ]
    )
    spot = LAMP.changed(position_m=(0, 2.5, 0), kind="point", beam_deg=60.0)
    flag = Flag(position_m=(0, 2, 0), normal=(0, 1, 0), width_m=3, height_m=3)
    view = camera((0, 0.5, 1), (0, 3, 0))
    lit = pictured([spot], room, view=view, interior=True, size_px=17)[8, 8]
    cut = pictured(
        [spot.changed(flags=(flag,))], room, view=view, interior=True, size_px=17
    )[8, 8]
    assert lit > 0
    assert cut < 0.4 * lit
