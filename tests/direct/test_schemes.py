"""Lighting schemes against what a meter would read and a camera would see."""

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from lit_cards import GREY, card_before_a_camera, set_of

from previz.direct import direct
from previz.direct.lighting.gels import GELS, gel, gelled
from previz.direct.schemes import CHEEK_DEG, LAWS, Subject, scheme, scheme_exposure
from previz.direct.schemes.placing import in_frame
from previz.errors import ModelError, UnknownNameError
from previz.model import (
    Camera,
    CameraPose,
    Coverage,
    Light,
    Rate,
    Scene,
    Sensor,
    Shot,
    ShotSize,
    Slugline,
    TimeOfDay,
)
from previz.render import Renderer
from previz.render.color import light_color
from previz.script import parse_fountain
from previz.stage import BONES, CameraState, Obstacles, Stage, look_at

FACE = Subject((0.3, 1.6, -0.4), 10.0)
SOMEBODY = """
INT. LIVING ROOM - NIGHT

ANN (34) stands in the middle.

ANN
Nobody knew that this place was here, and I walked past it every day for years.
"""
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


@cache
def somebody():
    """A scene with one person who stands in a room, and the cast."""
    film = direct(parse_fountain(SOMEBODY), rate=Rate(), seed=3)
    scene = film.scenes[0].changed(shots=())
    return scene, film.characters


def face_lit_by_rembrandt():
    """Luminance of a face in four places, for the shadow side of its nose.

    The patch below the eye, the cheek outside of it, the upper lip's side below it and
    the side of the nose; places are in distances between the eyes, from between them.
    """
    scene, characters = somebody()
    frame = scene.length_frames // 2
    bones = Stage(scene, characters, rate=Rate()).bones("ann", frame)
    head = bones[BONES.index("head")]
    eyes = [bones[BONES.index(name)][:3, 3] for name in ("eye_l", "eye_r")]
    middle, apart = sum(eyes) / 2, float(np.linalg.norm(eyes[0] - eyes[1]))
    facing = math.degrees(math.atan2(head[0, 2], head[2, 2]))
    subject = Subject(tuple(float(v) for v in middle), facing)
    camera = camera_at(subject, turned=20.0, far=1.0)
    how = {"set_": scene.set, "time_of_day": scene.time_of_day}
    lit = scene.changed(
        lights=scheme("rembrandt", camera=camera, subject=subject, **how),
        exposure_ev100=scheme_exposure("rembrandt", **how),
    )
    pose = CameraPose(position_m=tuple(float(v) for v in camera.position_m),
                      target_m=subject.eyes_m, focal_length_mm=50.0,
                      focus_distance_m=1.0)  # fmt: skip
    shot = Shot(
        id="x", slate="1A", first_frame=0, length_frames=scene.length_frames,
        coverage=Coverage.SINGLE, size=ShotSize.MCU, camera=Camera(poses=(pose,)),
    )  # fmt: skip
    stage = Stage(lit, characters, rate=Rate())
    width, height = 384, 216
    picture = Renderer(
        stage, width_px=width, height_px=height, exposure_ev100=lit.exposure_ev100,
        quality="board",
    ).linear(stage.at(shot, frame)) @ GREY  # fmt: skip
    key = np.array(lit.lights[0].position_m) - middle
    across = -math.copysign(1.0, float(key @ head[:3, 0])) * head[:3, 0]
    focal = camera.focal_length_mm / camera.sensor.width_mm * width

    def level(aside, down):
        found = []
        for s in aside:
            for d in down:
                # A face is about as deep as an ellipsoid.
                ahead = 0.3 - 0.57 * s**2
                place = middle + apart * (s * across - d * head[:3, 1])
                place = place + apart * ahead * head[:3, 2]
                x, y, z, _ = camera.camera_from_world @ np.append(place, 1.0)
                row = round(height / 2 + y / z * focal)
                found.append(picture[row, round(width / 2 - x / z * focal)])
        return float(np.median(found))

    return {
        "patch": level((0.4, 0.48, 0.56), (0.24, 0.32, 0.4)),
        "cheek": level((0.78, 0.86, 0.94), (0.24, 0.32, 0.4)),
        "below": level((0.2, 0.3, 0.4, 0.5), (0.7, 0.74)),
        "nose": level((0.08, 0.11), (0.24, 0.32, 0.4)),
    }


def has_triangle(face):
    """A patch a stop and a half over the shadows outside and below, bounded inside."""
    shadow = max(face["cheek"], face["below"])
    return face["patch"] > 2**1.5 * shadow and face["patch"] > 1.3 * face["nose"]


def test_rembrandt_s_triangle_of_light_is_on_the_shadow_cheek():
    assert has_triangle(face_lit_by_rembrandt())


@pytest.mark.parametrize(
    ("yaw", "rise"), [(20.0, 51.0), (88.0, 51.0), (50.0, 12.0)],
)  # fmt: skip
def test_a_key_too_frontal_too_far_round_or_too_low_makes_no_triangle(
    yaw, rise, monkeypatch
):
    law = LAWS["rembrandt"]
    key, *rest = law.indoors
    moved = replace(key, yaw_deg=yaw, rise_deg=rise)
    monkeypatch.setitem(LAWS, "rembrandt", replace(law, indoors=(moved, *rest)))
    assert not has_triangle(face_lit_by_rembrandt())


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
