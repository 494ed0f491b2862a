"""Lighting schemes against what a meter would read and a camera would see."""

import math
from dataclasses import replace

import numpy as np
import pytest
from lit_cards import GREY, card_before_a_camera, set_of

from previz.direct.lighting.gels import GELS, gel, gelled
from previz.direct.schemes import CHEEK_DEG, LAWS, Subject, scheme, scheme_exposure
from previz.direct.schemes.placing import in_frame
from previz.errors import ModelError, UnknownNameError
from previz.model import Light, Rate, Scene, Sensor, Slugline, TimeOfDay
from previz.render import Renderer
from previz.render.color import light_color
from previz.stage import CameraState, Obstacles, Stage, look_at

FACE = Subject((0.3, 1.6, -0.4), 10.0)
RATIOS = [name for name, law in LAWS.items() if law.key_to_fill_stops > 0]


def camera_at(subject, *, turned=25.0, far=1.8):
    a = math.radians(subject.facing_deg + turned)
    eyes = np.array(subject.eyes_m)
    place = eyes + far * np.array([math.sin(a), 0.0, math.cos(a)])
    return CameraState(
        world_from_camera=look_at(place, eyes), sensor=Sensor(), focal_length_mm=50.0,
        squeeze=1.0, t_stop=2.8, focus_distance_m=far,
    )  # fmt: skip


def lit_scene(name, template, *, subject=FACE, turned=25.0, hour=TimeOfDay.NIGHT):
    set_ = set_of(template)
    how = {"set_": set_, "time_of_day": hour}
    camera = camera_at(subject, turned=turned)
    lights = scheme(name, camera=camera, subject=subject, **how)
    return Scene(
        id="s", number="1", slugline=Slugline(text="X", place="X"), time_of_day=hour,
        set=set_, lights=lights, exposure_ev100=scheme_exposure(name, **how),
        length_frames=24,
    )  # fmt: skip


def cheeks(scene, *, subject=FACE, turned=25.0):
    """Luminance of grey cards on the key and the fill cheek."""
    renderer = Renderer(
        Stage(scene, (), rate=Rate()), width_px=16, height_px=9,
        exposure_ev100=scene.exposure_ev100, quality="board",
    )  # fmt: skip
    key_side = -math.copysign(1.0, turned)
    found = []
    for side in (key_side, -key_side):
        turn = math.radians(subject.facing_deg + side * CHEEK_DEG)
        state = card_before_a_camera(scene, np.array(subject.eyes_m), turn)
        found.append(float(np.median(renderer.linear(state)[3:6, 6:10] @ GREY)))
    return found


@pytest.mark.parametrize("template", ["office", "field"])
@pytest.mark.parametrize("name", RATIOS)
def test_the_cheeks_differ_by_what_the_scheme_says(name, template):
    scene = lit_scene(name, template)
    bright, dark = cheeks(scene)
    law = LAWS[name]
    assert math.log2(bright / dark) == pytest.approx(law.key_to_fill_stops, abs=1 / 3)
    assert math.log2(bright / 0.18) == pytest.approx(law.key_stops, abs=2 / 3)


@pytest.mark.parametrize(
    ("template", "rows", "left", "right"),
    [("office", slice(4, 12), slice(10, 17), slice(31, 38)),
     ("beach", slice(1, 9), slice(0, 14), slice(34, 48))],
)  # fmt: skip
def test_a_silhouette_is_three_stops_under_the_wall_or_the_sky(
    template, rows, left, right
):
    scene = lit_scene("silhouette", template)
    camera = camera_at(FACE)
    turn = math.radians(FACE.facing_deg + 25.0)
    state = card_before_a_camera(scene, np.array(FACE.eyes_m), turn)
    renderer = Renderer(
        Stage(scene, (), rate=Rate()), width_px=48, height_px=27,
        exposure_ev100=scene.exposure_ev100, quality="board",
    )  # fmt: skip
    picture = renderer.linear(replace(state, camera=camera, camera_before=camera))
    shown = picture @ GREY
    card = float(np.median(shown[12:15, 22:26]))
    beside = np.concatenate([shown[rows, left], shown[rows, right]], axis=1)
    ground = float(np.median(beside))
    assert math.log2(ground / card) > 3.0


@pytest.mark.parametrize("name", sorted(LAWS))
@pytest.mark.parametrize("template", ["kitchen", "corridor", "street"])
def test_no_lamp_stands_in_the_picture_in_a_wall_or_hidden_from_the_face(
    name, template
):
    scene = lit_scene(name, template)
    solid, camera = Obstacles(scene.set), camera_at(FACE)
    named = {"key", "fill", "back", "background", "background-2"}
    lamps = [x for x in scene.lights if x.id in named and x.kind in ("area", "point")]
    for lamp in lamps:
        place = np.array(lamp.position_m)
        assert not in_frame(place, max(lamp.width_m, lamp.height_m) / 2, camera)
        assert not solid.inside(place, margin_m=0.05)
        if lamp.id in ("key", "fill"):
            assert not solid.blocked(np.array(FACE.eyes_m), place)


def test_rembrandt_s_key_is_high_and_to_the_side():
    """About 45 degrees each way: the nose's shadow then meets the cheek's."""
    scene = lit_scene("rembrandt", "field")
    key = scene.lights[0]
    way = np.array(key.position_m) - np.array(FACE.eyes_m)
    rise = math.degrees(math.atan2(way[1], math.hypot(way[0], way[2])))
    yaw = math.degrees(math.atan2(way[0], way[2])) - FACE.facing_deg
    assert 38 < rise < 52
    assert 40 < abs(yaw) < 58


def test_the_key_is_on_the_side_to_which_the_face_turns():
    for turned in (-30.0, 30.0):
        key = lit_scene("three_point", "field", turned=turned).lights[0]
        way = np.array(key.position_m) - np.array(FACE.eyes_m)
        yaw = math.degrees(math.atan2(way[0], way[2])) - FACE.facing_deg
        assert yaw * turned < 0


def test_every_scheme_names_its_lights_and_says_what_it_is_for():
    for name, law in LAWS.items():
        scene = lit_scene(name, "field")
        assert len({x.id for x in scene.lights}) == len(scene.lights) <= 8
        assert all(x.intensity > 0 for x in scene.lights)
        assert law.words.endswith(".")
        if law.key_to_fill_stops:
            assert [x.id for x in scene.lights[:2]] == ["key", "fill"]


def test_noir_is_low_key_with_blinds_on_the_wall():
    lights = lit_scene("noir", "office").lights
    assert lights == lit_scene("low_key", "office").lights
    assert [f.gobo for x in lights for f in x.flags] == ["blinds"]


def test_an_unknown_scheme_lists_the_known():
    with pytest.raises(UnknownNameError, match="rembrandt"):
        lit_scene("rembrant", "field")


def test_a_camera_in_the_eyes_is_refused():
    with pytest.raises(ModelError, match="away from the subject"):
        scheme("neon", camera=camera_at(FACE, far=0.01), subject=FACE,
               set_=set_of("field"))  # fmt: skip


@pytest.mark.parametrize("name", [n for n, g in GELS.items() if g.mired])
def test_a_correction_gel_shifts_its_lamp_by_its_mireds(name):
    sheet = GELS[name]
    kelvin = 3200.0 if "ctb" in name else 5600.0
    shifted = 1e6 / (1e6 / kelvin + sheet.mired)
    tint = light_color(shifted, white_balance_k=kelvin)
    off = 0.1 if "straw" in name else 0.002
    assert np.array(sheet.tint) == pytest.approx(tint, abs=off)


@pytest.mark.parametrize("name", sorted(GELS))
def test_a_gel_passes_what_it_says(name):
    lamp = gelled(Light(id="x", kind="point", intensity=100.0), name)
    passed = float(np.array(lamp.gel) @ GREY)
    assert passed == pytest.approx(gel(name).passes, rel=0.05)
    assert gel(f" {name.upper()} ") == GELS[name]


def test_an_unknown_gel_lists_the_known():
    with pytest.raises(UnknownNameError, match="half cto"):
        gel("cto")
