"""The light meter on a set: lamps, walls, the ceiling, and the stop for a mark."""

import math

import pytest

from previz.model import Light, LightKind, Scene, Set, SetPiece, Setting, Slugline
from previz.stage.light_meter import read_light

UP, FRONT = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
HERE = (0.0, 1.5, 0.0)
SUN = Light(id="sun", kind=LightKind.SUN, position_m=(0, 40, 20), intensity=80_000.0)
BULB = Light(id="b", kind=LightKind.POINT, position_m=(0, 1.5, 2), intensity=472.0)


def scene(*lights, interior=True, pieces=()):
    return Scene(
        id="s",
        number="1",
        slugline=Slugline(text="A", setting=Setting.INTERIOR, place="A", time=""),
        set=Set(
            id="s", name="s", template="room", interior=interior, size_m=(6, 3, 6),
            pieces=pieces,
        ),
        lights=lights,
        length_frames=24,
    )  # fmt: skip


def test_a_lamp_and_its_stop():
    reading = read_light(scene(BULB), HERE, facing=FRONT)
    assert reading.lux == pytest.approx(118)
    assert reading.ev100 == pytest.approx(math.log2(118 / 2.5))
    assert reading.t_stop(iso=800, shutter_s=1 / 48) == pytest.approx(2.8, abs=0.01)


def test_the_sun_stays_outside_a_ceiling():
    assert read_light(scene(SUN), HERE, facing=UP).lux == 0
    outside = read_light(scene(SUN, interior=False), HERE, facing=UP).lux
    assert outside == pytest.approx(80_000 * 40 / math.hypot(40, 20))


def test_what_stands_between_shades():
    screen = SetPiece(
        id="w", kind="wall", position_m=(0, 0, 1), size_m=(3, 2.5, 0.1), color=(1, 1, 1)
    )
    assert read_light(scene(BULB, pieces=(screen,)), HERE, facing=FRONT).lux == 0


def test_a_lamp_shines_out_of_its_own_shade():
    cupboard = SetPiece(id="c", kind="crate", position_m=(0, 1.2, 2), size_m=(1, 1, 1))
    lit = read_light(scene(BULB, pieces=(cupboard,)), HERE, facing=FRONT)
    assert lit.lux == pytest.approx(118)
