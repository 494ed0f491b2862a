"""Stray light, grain and grade: laws measured on pictures."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import camera

from previz.model import Lens, Look
from previz.render.color import light_color, luminance
from previz.render.lens.flare import flare
from previz.render.lens.grade import balance_gains, graded, tint_gains
from previz.render.lens.grain import add_grain
from previz.render.lens.optics import optics_of
from previz.render.lens.passage import develop, passage_of
from previz.render.lens.veil import bloom, diffuse, halate

WIDTH, HEIGHT = 256, 144


def even(value=0.18):
    return np.full((HEIGHT, WIDTH, 3), value, np.float32)


def night(*, at=(40, 60), value=20.0):
    """Return a dark picture with one lamp."""
    picture = even(0.02)
    picture[at[0] : at[0] + 6, at[1] : at[1] + 6] = value
    return picture


def glass(*, squeeze=1.0):
    seen = dataclasses.replace(camera(), squeeze=squeeze, lens=Lens(blades=6))
    return optics_of(seen, focal_px=WIDTH, width_px=WIDTH, height_px=HEIGHT)


@pytest.mark.parametrize(
    "effect",
    [
        lambda picture: bloom(picture, share=0.0),
        lambda picture: halate(picture, share=0.0),
        lambda picture: diffuse(picture, grade=0.0),
        lambda picture: flare(picture, strength=0.0, optics=glass()),
        lambda picture: add_grain(picture, grain=0.0, frame=3),
        lambda picture: graded(picture, tint_gains(0.0)),
        lambda picture: graded(picture, balance_gains(kelvin=None, baked_k=4000.0)),
    ],
)
def test_an_effect_at_nothing_returns_the_same_picture(effect):
    picture = night()
    assert effect(picture) is picture


def test_a_camera_with_everything_off_returns_the_same_picture():
    seen = dataclasses.replace(camera(), look=Look(bloom=0.0))
    picture = night()
    passage = passage_of(seen, width_px=WIDTH, height_px=HEIGHT,
                         centre_px=(WIDTH / 2, HEIGHT / 2), frame=0)  # fmt: skip
    depth = np.zeros((HEIGHT, WIDTH), np.float32)
    made = develop(picture, passage, baked_k=5600.0, inverse_depth=depth)
    assert made is picture


@pytest.mark.parametrize(
    "effect",
    [
        lambda picture: bloom(picture, share=0.2),
        lambda picture: halate(picture, share=0.5),
        lambda picture: flare(picture, strength=1.0, optics=glass(squeeze=2.0)),
    ],
)
def test_only_what_is_brighter_than_white_strays(effect):
    picture = even(0.9)
    assert effect(picture) is picture
    lit = night()
    before = lit.copy()
    assert (effect(lit) >= lit - 1e-6).all()
    assert np.array_equal(lit, before)


def test_halation_is_red_and_close_to_the_lamp():
    added = halate(night(), share=0.5) - night()
    assert added[..., 0].sum() > 3 * added[..., 1].sum() > 9 * added[..., 2].sum()
    light = added[..., 0]
    assert light[35:55, 50:80].sum() > 0.9 * light.sum()


def test_bloom_reaches_farther_than_halation():
    near = np.s_[25:61, 45:81]
    glow, red = (
        bloom(night(), share=0.2) - night(),
        halate(night(), share=0.2) - night(),
    )
    assert glow[near].sum() / glow.sum() < 0.8 < red[near].sum() / red.sum()


@pytest.mark.parametrize("grade", [0.125, 0.5, 1.0, 2.0])
def test_diffusion_strews_its_share_and_keeps_the_rest(grade):
    picture = night(at=(70, 124), value=100.0)
    out = diffuse(picture, grade=grade)
    kept = out[72, 126, 0] / 100.0
    assert kept == pytest.approx(2 ** (-grade / 2), abs=0.06)
    assert out.sum() == pytest.approx(picture.sum(), rel=0.06)
    assert np.allclose(diffuse(even(), grade=grade), 0.18, atol=1e-4)


def test_ghosts_lie_on_the_line_through_lamp_and_axis():
    added = flare(night(at=(30, 60)), strength=1.0, optics=glass()) - night(at=(30, 60))
    rows, cols = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    x, y = cols - WIDTH / 2, rows - HEIGHT / 2
    along = np.array([63 - WIDTH / 2, 33 - HEIGHT / 2])
    along /= np.linalg.norm(along)
    light = added.sum(axis=2)
    assert light.sum() > 0
    aside = (light * (y * along[0] - x * along[1])).sum() / light.sum()
    assert abs(aside) < 3.0
    opposite = light[(x * along[0] + y * along[1]) > 0]
    assert 0.1 * light.sum() < opposite.sum() < 0.9 * light.sum()


def test_only_an_anamorphic_draws_a_level_blue_streak():
    lamp = night(at=(20, 60))
    round_ = flare(lamp, strength=1.0, optics=glass()) - lamp
    streak = flare(lamp, strength=1.0, optics=glass(squeeze=2.0)) - lamp
    beside = np.s_[21:25, 80:120]
    assert streak[beside][..., 2].mean() > 5 * round_[beside][..., 2].mean()
    assert streak[beside][..., 2].mean() > 3 * streak[beside][..., 0].mean()
    line = streak[22, 70:200, 2]
    assert (np.diff(line) <= 1e-6).all()


def test_grain_has_its_share_at_middle_grey_and_grows_with_the_root_of_light():
    deviations = {
        value: (add_grain(even(value), grain=0.1, frame=5) - value).std()
        for value in (0.18, 0.72)
    }
    assert deviations[0.18] == pytest.approx(0.018, rel=0.02)
    expected = 0.018 * np.sqrt(0.92 * 4 + 0.08)
    assert deviations[0.72] == pytest.approx(expected, rel=0.02)
    assert (add_grain(even(), grain=0.1, frame=5) - 0.18).mean() == pytest.approx(
        0.0, abs=2e-4
    )


def test_grains_spectrum_is_white():
    noise = add_grain(even(), grain=0.1, frame=2)[..., 1] - np.float32(0.18)
    power = np.abs(np.fft.fft2(noise)) ** 2
    power[0, 0] = power.mean()
    bands = [part.mean() for part in np.array_split(power[: HEIGHT // 2], 6, axis=0)]
    bands += [part.mean() for part in np.array_split(power[:, : WIDTH // 2], 6, axis=1)]
    assert max(bands) / min(bands) < 1.25


def test_clumps_keep_their_share_where_they_are_wider_than_a_pixel():
    wide = np.full((90, 2400, 3), 0.18, np.float32)
    noise = add_grain(wide, grain=0.1, frame=2)[..., 0] - 0.18
    assert noise.std() == pytest.approx(0.018, rel=0.05)
    assert np.mean(noise[:, 1:] * noise[:, :-1]) > 0.4 * noise.var()


def test_a_frame_has_its_own_grain_and_always_the_same():
    first = add_grain(even(), grain=0.2, frame=7)
    assert np.array_equal(first, add_grain(even(), grain=0.2, frame=7))
    other = add_grain(even(), grain=0.2, frame=8)
    correlation = np.corrcoef(first.ravel() - 0.18, other.ravel() - 0.18)[0, 1]
    assert abs(correlation) < 0.01
    channels = np.corrcoef(first.reshape(-1, 3).T)
    assert abs(channels[0, 1]) < 0.02


@given(kelvin=st.floats(2200, 9000), baked_k=st.floats(2800, 7000))
def test_a_light_at_the_balance_turns_neutral(kelvin, baked_k):
    gains = np.array(balance_gains(kelvin=kelvin, baked_k=baked_k))
    seen = gains * np.maximum(light_color(kelvin, white_balance_k=baked_k), 0.02)
    assert seen / seen[1] == pytest.approx(1.0, abs=1e-6)
    assert float(luminance(gains)) == pytest.approx(1.0)


@given(tint=st.floats(-1.0, 1.0))
def test_tint_moves_green_against_magenta_and_keeps_greys_luminance(tint):
    red, green, blue = tint_gains(tint)
    assert red == blue
    assert green / red == pytest.approx(2 ** (-tint / 2))
    assert float(luminance(np.array([red, green, blue]))) == pytest.approx(1.0)
