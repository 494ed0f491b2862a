"""Lamps for whole figures under roofs, and what a lamp does to all beside a face."""

import numpy as np

from previz.direct.lighting.faces import Face, reached, stops_on
from previz.model import Set, SetPiece, TimeOfDay
from previz.stage import Obstacles

BURNS_STOPS = 2.5
METERED_LX = 2.5 * 2.0**5.0


def street(*pieces):
    return Set(
        id="street", name="Street", template="street", interior=False,
        size_m=(20.0, 6.0, 12.0), pieces=pieces,
    )  # fmt: skip


def given(set_):
    return {"exposure_ev100": 5.0, "obstacles": Obstacles(set_)}


def lit(set_, *faces):
    return reached(set_, (), faces, time_of_day=TimeOfDay.DUSK, **given(set_))


def test_a_figure_seen_whole_from_behind_is_lifted_from_the_dark():
    toward = (0.0, 0.0, 1.0)
    figure = Face((0.0, 1.6, 0.0), toward, (0.0, 1.2, 7.0), far=True)
    lights = lit(street(), figure)
    assert lights
    (stops,) = stops_on(street(), lights, [figure], **given(street()))
    assert -1.3 < stops < 0.5


def test_a_figure_may_be_darker_than_a_face_that_is_seen_from_near():
    near = Face((0.0, 1.6, 0.0), (0.0, 0.0, 1.0), (0.3, 1.6, 2.0))
    far = Face((0.0, 1.6, 0.0), (0.0, 0.0, 1.0), (0.3, 1.6, 2.0), far=True)
    dim, bright = (
        stops_on(street(), lit(street(), face), [face], **given(street()))[0]
        for face in (far, near)
    )
    assert bright - dim > 0.5


def test_a_lamp_under_a_roof_burns_as_warm_as_the_lamps_of_roofs():
    face = Face((0.0, 1.6, 0.0), (0.0, 0.0, 1.0), (0.5, 1.6, 2.5))
    roof = SetPiece(
        id="roof", kind="canopy", position_m=(0.0, 0.0, 0.0), size_m=(6.0, 3.2, 4.0)
    )
    open_, roofed = (lit(street(*p), face)[0] for p in ((), (roof,)))
    assert roofed.color_temperature_k < 3600 < open_.color_temperature_k


def test_a_lamp_that_only_grazes_a_face_does_not_burn_out_what_turns_to_it():
    # Seen from behind: from where the camera is a lamp only brushes the cheeks.
    face = Face((0.0, 1.6, 0.0), (0.0, 0.0, 1.0), (0.0, 1.6, -2.0))
    lights = lit(street(), face)
    assert lights
    for lamp in lights:
        away = np.array(lamp.position_m) - face.eyes_m
        lux = lamp.intensity / (away @ away + lamp.width_m * lamp.height_m / np.pi)
        assert np.log2(lux / METERED_LX) < BURNS_STOPS
