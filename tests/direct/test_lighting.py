import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.camera.metering import illuminance_lx as by_camera
from previz.direct.lighting import illuminance_lx, light
from previz.direct.lighting.meter import lux_at
from previz.direct.places import TEMPLATES, dress
from previz.direct.places.words import EXTERIORS
from previz.model import Light, LightKind, Setting, Slugline, TimeOfDay
from previz.stage import Obstacles

hours = st.sampled_from(list(TimeOfDay))


def set_of(template, seed=0):
    place = "XYZZY" if template.startswith("neutral") else template.upper()
    place = "HOUSE" if template == "house front" else place
    setting = Setting.EXTERIOR if template in EXTERIORS else Setting.INTERIOR
    slug = Slugline(text=place, place=place, setting=setting)
    return dress(slug, seed=seed, id="s1", people=2)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(sorted(TEMPLATES)), hours, st.integers(0, 999))
def test_every_scheme_is_small_named_and_exposed(template, hour, seed):
    set_ = set_of(template, seed % 5)
    lights, exposure = light(set_, time_of_day=hour, seed=seed)
    assert 1 <= len(lights) <= 8
    assert len({x.id for x in lights}) == len(lights)
    assert all(x.intensity > 0 and x.role for x in lights)
    assert 0.7 < exposure < 15.5
    grey = 0.18 * illuminance_lx(set_, lights) / np.pi
    assert 0.06 < grey / (1.2 * 2.0**exposure) < 0.34
    assert (lights, exposure) == light(set_, time_of_day=hour, seed=seed)


@pytest.mark.parametrize("template", ["kitchen", "street", "forest", "living room"])
def test_the_hours_are_ordered_by_light(template):
    set_ = set_of(template)
    levels = [
        light(set_, time_of_day=hour, seed=1)[1] for hour in ("day", "dusk", "night")
    ]
    assert levels[0] > levels[1] + 1 > levels[2] + 1


def test_day_has_a_believable_sun_and_sky():
    lights, exposure = light(set_of("field"), time_of_day=TimeOfDay.DAY, seed=0)
    by_kind = {x.kind: x for x in lights}
    assert 60_000 <= by_kind[LightKind.SUN].intensity <= 100_000
    assert 8_000 <= by_kind[LightKind.SKY].intensity <= 20_000
    assert 12.5 < exposure < 15


def test_dawn_and_dusk_suns_are_low_and_warm():
    for hour in (TimeOfDay.DAWN, TimeOfDay.DUSK):
        lights, _ = light(set_of("field"), time_of_day=hour, seed=0)
        sun = next(x for x in lights if x.kind is LightKind.SUN)
        height = np.degrees(
            np.arcsin(sun.position_m[1] / np.linalg.norm(sun.position_m))
        )
        assert 5 < height < 25
        assert sun.color_temperature_k < 3500
        assert 8_000 <= sun.intensity <= 20_000


def test_the_night_is_blue_above_and_warm_at_the_lamps():
    lights, _ = light(set_of("street"), time_of_day=TimeOfDay.NIGHT, seed=0)
    moon = next(x for x in lights if x.role == "moon")
    lamps = [x for x in lights if x.role == "practical"]
    assert moon.gel[2] > moon.gel[0]
    assert lamps
    assert all(x.color_temperature_k < 3500 for x in lamps)


def test_by_day_a_room_is_lit_from_its_windows_inward():
    set_ = set_of("kitchen")
    lights, _ = light(set_, time_of_day=TimeOfDay.DAY, seed=0)
    windows = [x for x in lights if x.role == "window"]
    assert windows
    for x in windows:
        place, aim = np.array(x.position_m), np.array(x.aim_m)
        assert np.linalg.norm(aim[[0, 2]]) < np.linalg.norm(place[[0, 2]])


def test_the_sun_reaches_the_street():
    set_ = set_of("street")
    lights, _ = light(set_, time_of_day=TimeOfDay.DAY, seed=4)
    sun_only = tuple(x for x in lights if x.kind is LightKind.SUN)
    assert illuminance_lx(set_, sun_only) > 10_000


@pytest.mark.parametrize("field_deg", [None, 50.0, 90.0])
@pytest.mark.parametrize("aside_m", [0.0, 0.4, 0.9, 1.4])
def test_the_rig_s_meter_and_the_camera_s_agree_on_a_spot(field_deg, aside_m):
    spot = Light(
        id="key", kind=LightKind.POINT, position_m=(0, 3, 0), aim_m=(0, 0.1, 0),
        intensity=900.0, beam_deg=40.0, field_deg=field_deg,
    )  # fmt: skip
    set_ = set_of("neutral interior").changed(pieces=())
    point, up = (aside_m, 0.5, 0.0), (0.0, 1.0, 0.0)
    rig = lux_at(
        np.array([point]), np.array([up]), lights=[spot], set_=set_,
        obstacles=Obstacles(set_),
    )  # fmt: skip
    assert rig[0, 0] == pytest.approx(by_camera(point, up, [spot]), rel=1e-6)
