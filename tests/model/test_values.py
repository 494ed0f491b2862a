"""What a film value accepts, refuses and says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from previz.errors import ModelError, PrevizError, UnknownNameError
from previz.model import (
    Blocking,
    Camera,
    CameraPose,
    Character,
    Film,
    Flag,
    Lens,
    Light,
    LightKind,
    Mark,
    Move,
    Prop,
    Rate,
    RigKind,
    Sensor,
    SetPiece,
    TimingKey,
    film_from_json,
)

POSE = CameraPose(position_m=(0, 1.5, 4), target_m=(0, 1.5, 0))


def test_a_bad_value_names_field_rule_value_and_remedy():
    with pytest.raises(ModelError) as caught:
        Lens(focal_length_mm=-3.0)
    assert str(caught.value) == (
        "Lens.focal_length_mm must be >= 1 mm, got -3.0. Pass a value such as 35.0."
    )


def test_an_unknown_field_is_refused_by_name():
    with pytest.raises(ModelError, match=r"Lens\.zoom must be a known field.*t_stop"):
        Lens(zoom=2)


def test_a_fault_deep_in_a_film_names_its_path():
    with pytest.raises(ModelError, match=r"Film\.rate\.numerator must be > 0"):
        Film.from_json('{"rate": {"numerator": -3}}')


def test_values_are_frozen():
    lens = Lens()
    with pytest.raises(ValueError, match="frozen"):
        lens.focal_length_mm = 50.0


def test_a_change_is_validated():
    with pytest.raises(ModelError):
        Lens().changed(squeeze=0.5)
    assert Lens().changed(squeeze=2.0).squeeze == 2.0


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_nan_and_infinity_are_refused(bad):
    with pytest.raises(ModelError):
        Lens(focal_length_mm=bad)


@given(
    focal=st.floats(1, 1200), width=st.floats(4, 70), squeeze=st.sampled_from([1, 1.33])
)
def test_gear_survives_json_exactly(focal, width, squeeze):
    lens = Lens(focal_length_mm=focal, squeeze=squeeze)
    sensor = Sensor(width_mm=width)
    assert Lens.from_json(lens.to_json()) == lens
    assert Sensor.from_json(sensor.to_json()) == sensor


def test_camera_timing_must_run_forward():
    keys = (TimingKey(frame=0, travel=0), TimingKey(frame=0, travel=1))
    with pytest.raises(ModelError, match="rising frame"):
        Camera(poses=(POSE,), timing=keys)


def test_a_camera_must_look_somewhere():
    with pytest.raises(ModelError, match="target_m"):
        CameraPose(position_m=(1, 1, 1), target_m=(1, 1, 1))


def test_marks_must_not_overlap_in_time():
    marks = (
        Mark(position_m=(0, 0, 0), arrive_frame=0, leave_frame=40),
        Mark(position_m=(1, 0, 0), arrive_frame=30, leave_frame=60),
    )
    with pytest.raises(ModelError, match=r"Blocking\.marks"):
        Blocking(character="ann", marks=marks)


def test_a_mark_is_left_after_it_is_reached():
    with pytest.raises(ModelError, match=r"Mark\.leave_frame must be >= "):
        Mark(position_m=(0, 0, 0), arrive_frame=9, leave_frame=3)


@pytest.mark.parametrize("name", ["../../etc", "a/b", "", "<b>", "ann\n", "A"])
def test_an_identifier_is_safe_as_a_file_name(name):
    with pytest.raises(ModelError):
        Character(id=name, name="x")


def test_two_characters_with_one_id_are_refused():
    ann = Character(id="ann", name="ANN")
    with pytest.raises(ModelError, match="unique"):
        Film(characters=(ann, ann))


def test_an_unknown_shot_lists_the_choices():
    with pytest.raises(UnknownNameError, match="must be one of"):
        Film().find_shot("9Z")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '{"schema_version": 99}',
        "{}",
        '{"schema_version": 1, "scenes": null}',
        '{"schema_version": 1, "scenes": ["x"]}',
    ],
)
def test_a_film_file_of_no_known_version_is_refused(text):
    with pytest.raises(ModelError, match="Film"):
        film_from_json(text)


def test_a_film_survives_json():
    film = Film(title="Ünï ✓", rate=Rate.of("23.976"))
    assert film_from_json(film.to_json()) == film


def test_every_error_is_a_previz_error():
    assert issubclass(ModelError, PrevizError)
    assert issubclass(PrevizError, ValueError)


@pytest.mark.parametrize("far", [1e5, -1e200])
def test_no_set_reaches_past_ten_kilometres(far):
    with pytest.raises(ModelError):
        CameraPose(position_m=(far, 1, 1), target_m=(0, 1, 0))


def test_a_film_without_shots_has_no_length():
    assert Film().length_frames == 0


def test_a_film_of_version_1_is_read_with_rigs_for_its_supports():
    text = (
        '{"schema_version": 1, "scenes": [{"id": "s1", "number": "1", "slugline": '
        '{"text": "INT. ROOM - DAY", "place": "ROOM"}, "set": '
        '{"id": "s1", "name": "Room", "template": "room", "interior": true, '
        '"size_m": [4, 3, 4]}, "length_frames": 24, "shots": [{"id": "1", "slate": "1",'
        '"first_frame": 0, "length_frames": 24, "coverage": "master", "size": "LS", '
        '"camera": {"move": "handheld", "support": "handheld", "poses": '
        '[{"position_m": [0, 1, 3], "target_m": [0, 1, 0]}]}}]}]}'
    )
    camera = film_from_json(text).scenes[0].shots[0].camera
    assert camera.rig.kind is RigKind.HANDHELD
    assert camera.move is Move.HANDHELD


def test_somebody_of_version_4_keeps_the_manner_that_their_seed_was():
    text = '{"schema_version": 4, "characters": [{"id": "a", "name": "A", "seed": 7}]}'
    (person,) = film_from_json(text).characters
    assert (person.manner, person.seed) == (7, 7)


def test_somebody_of_version_5_has_no_reference_pictures():
    text = '{"schema_version": 5, "characters": [{"id": "a", "name": "A"}]}'
    (person,) = film_from_json(text).characters
    assert person.references == ()


def test_a_flag_that_faces_nowhere_is_refused():
    with pytest.raises(ModelError, match=r"Flag\.normal must be a direction"):
        Flag(position_m=(0, 1, 0), normal=(0, 0, 0), width_m=1, height_m=1)


def test_a_lamp_is_no_larger_than_any_set():
    with pytest.raises(ModelError, match=r"Light\.width_m must be <= 10000 m"):
        Light(id="x", kind=LightKind.AREA, intensity=1.0, width_m=1e300)


def test_a_prop_is_there_for_a_frame_at_least():
    piece = SetPiece(id="cup", kind="cup", size_m=(0.1, 0.1, 0.1))
    with pytest.raises(ModelError, match=r"Prop.until_frame must be > from_frame 8"):
        Prop(piece=piece, from_frame=8, until_frame=8)
