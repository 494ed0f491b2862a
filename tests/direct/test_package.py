"""The camera package: real gear, set so that the shots of a scene match."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.camera import gear
from previz.camera.exposure import exposure_ev100, shutter_s
from previz.direct.lenses import LENSES_MM
from previz.direct.package import package_for
from previz.model import Rate, Scene, Set, Setting, Slugline, TimeOfDay

RATE = Rate()


def scene(ev100, *, interior=True, time=TimeOfDay.DAY):
    setting = Setting.INTERIOR if interior else Setting.EXTERIOR
    return Scene(
        id="s",
        number="1",
        slugline=Slugline(text="A", setting=setting, place="A", time=""),
        time_of_day=time,
        set=Set(id="s", name="s", template="room", interior=interior, size_m=(5, 3, 5)),
        exposure_ev100=ev100,
        length_frames=24,
    )


def test_body_and_primes_are_on_the_gear_list():
    package = package_for(scene(7.0), rate=RATE)
    body, mode = package.sensor.name.split(", ")
    assert gear.body(body, mode=mode) == package.sensor
    for focal in LENSES_MM:
        lens = package.lens(focal, focus_m=3.0)
        assert lens.focal_length_mm == focal
        assert lens == gear.lens(
            lens.name.split(f" {focal:g} mm")[0], focal, t_stop=lens.t_stop
        )


@settings(deadline=None, max_examples=60)
@given(
    st.floats(-4, 16), st.booleans(), st.sampled_from(TimeOfDay),
    st.sampled_from(["24", "23.976", "25", "29.97"]),
)  # fmt: skip
def test_the_settings_expose_for_the_scene_within_a_sixth(ev, interior, time, rate):
    rate = Rate.of(rate)
    package = package_for(scene(ev, interior=interior, time=time), rate=rate)
    made = package.settings
    set_for = exposure_ev100(
        t_stop=made.t_stop,
        shutter_s=shutter_s(package.shutter_deg, rate),
        iso=made.iso,
        nd_stops=made.nd_stops,
    )
    # Engraved ratings are rounded: 1250 stands for 1270, 0.023 stops.
    assert abs(set_for - ev) <= 1 / 6 + 0.024
    assert all(
        package.lens(f, focus_m=3.0).widest_t_stop <= made.t_stop for f in LENSES_MM
    )


@pytest.mark.parametrize("focus", [0.99, 0.8, 0.5, 0.31])
def test_nearer_than_the_lens_focuses_it_gets_a_close_up_lens(focus):
    lens = package_for(scene(7.0), rate=RATE).lens(100.0, focus_m=focus)
    assert "dioptre" in lens.name
    assert lens.close_focus_m <= focus
    assert lens.close_focus_m > focus / (1 + 0.5 * focus) - 1e-3
