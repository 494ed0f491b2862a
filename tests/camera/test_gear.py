"""The gear list: what it holds, what it refuses, and a user's own laid over it."""

import json

import pytest

from previz.camera import gear
from previz.errors import ModelError, PrevizError
from previz.model import Lens, Sensor

OURS = gear.our_gear()
GATES = [(b.name, g.mode) for b in OURS.bodies for g in b.gates]
LENSES = [(s.name, x.focal_length_mm) for s in OURS.lens_sets for x in s.lenses]


def test_there_is_enough_to_choose_from():
    assert len(gear.bodies()) >= 12
    assert len(gear.lens_sets()) >= 8
    assert {s.squeeze for s in OURS.lens_sets} == {1.0, 2.0}
    assert any(x.longest_mm for s in OURS.lens_sets for x in s.lenses)


@pytest.mark.parametrize("entry", [*OURS.bodies, *OURS.lens_sets], ids=lambda e: e.name)
def test_every_entry_names_its_source_and_what_was_not_checked(entry):
    assert entry.source
    assert entry.url.startswith("https://")
    assert set(entry.checked) <= set(OURS.references)
    parts = getattr(entry, "gates", None) or entry.lenses
    for part in (entry, *parts):
        assert set(part.unverified) <= set(type(entry).model_fields) | set(
            type(part).model_fields
        )
        if not entry.checked and part is not entry:
            assert part.unverified


@pytest.mark.parametrize(("name", "mode"), GATES)
def test_every_gate_round_trips_exactly(name, mode):
    sensor = gear.body(name, mode=mode)
    assert Sensor.from_json(sensor.to_json()) == sensor
    listed = next(g for g in OURS.find_body(name).gates if g.mode == mode)
    assert (sensor.width_mm, sensor.height_mm) == (listed.width_mm, listed.height_mm)


@pytest.mark.parametrize(("name", "focal"), LENSES)
def test_every_lens_round_trips_exactly(name, focal):
    lens = gear.lens(name, focal)
    again = Lens.from_json(lens.to_json())
    assert again == lens
    assert again.focal_length_mm == focal
    assert again.squeeze == OURS.find_lens_set(name).squeeze
    assert again.close_focus_m > 0
    assert again.t_stop == again.widest_t_stop


def test_the_whole_list_round_trips():
    assert gear.Gear.from_json(OURS.to_json()) == OURS


@pytest.mark.parametrize(("name", "mode"), [g for g in GATES if "16:9" in g[1]])
def test_photosites_are_square(name, mode):
    found = next(g for g in OURS.find_body(name).gates if g.mode == mode)
    if found.photosites and name != "Fujifilm GFX ETERNA 55":
        across, down = found.photosites
        pitch = found.width_mm / across, found.height_mm / down
        assert pitch[0] == pytest.approx(pitch[1], rel=0.006)


def test_a_body_and_a_lens_by_name():
    sensor = gear.body("ARRI ALEXA 35", mode="4.6K 16:9")
    assert (sensor.width_mm, sensor.height_mm) == (27.99, 15.75)
    assert sensor.name == "ARRI ALEXA 35, 4.6K 16:9"
    lens = gear.lens("ARRI Signature Prime", 35, t_stop=2.8)
    assert lens.name == "ARRI Signature Prime 35 mm T1.8"
    assert (lens.t_stop, lens.widest_t_stop) == (2.8, 1.8)


def test_any_focal_length_within_a_zoom_finds_it():
    lens = gear.lens("Fujinon Premista 28-100", 50)
    assert (lens.focal_length_mm, lens.longest_mm) == (28, 100)
    assert lens.name == "Fujinon Premista 28-100 mm T2.9"


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: gear.body("ARRI ALEXA35"), "'ARRI ALEXA 35'?"),
        (lambda: gear.body("ARRI ALEXA 35", mode="4.6K 16:8"), "'4.6K 16:9'?"),
        (lambda: gear.lens("Cooke S4"), "'Cooke S4/i'?"),
        (lambda: gear.lens("Cooke S4/i", 45), "nearest is 40 mm"),
        (lambda: gear.lens("Fujinon Premista 28-100", 20), "nearest is 28-100 mm"),
    ],
)
def test_an_unknown_name_hears_the_nearest(ask, told):
    with pytest.raises(PrevizError) as error:
        ask()
    assert told in str(error.value)


def test_a_lens_opens_no_further_than_it_does():
    with pytest.raises(ModelError, match="as far as Cooke S4/i 35 mm T2 opens"):
        gear.lens("Cooke S4/i", 35, t_stop=1.4)


def test_a_users_own_lies_over_ours(tmp_path):
    path = tmp_path / "mine.json"
    mine = {
        "bodies": [
            {
                "name": "ARRI ALEXA 35",
                "native_iso": [1600],
                "gates": [{"mode": "square", "width_mm": 19.0, "height_mm": 19.0}],
            },
            {
                "name": "Pinhole",
                "native_iso": [100],
                "gates": [{"mode": "4x5", "width_mm": 127.0, "height_mm": 102.0}],
            },
        ]
    }
    path.write_text(json.dumps(mine), "utf-8")
    laid = gear.load_gear(path)
    assert gear.body("ARRI ALEXA 35", gear=laid).native_iso == 1600
    assert gear.body("Pinhole", gear=laid).width_mm == 127
    assert len(gear.bodies(laid)) == len(gear.bodies()) + 1
    assert gear.lens_sets(laid) == gear.lens_sets()
    assert gear.body("ARRI ALEXA 35").native_iso == 800


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nothing", "must be valid JSON"),
        ('{"bodies": [{"name": "A"}]}', "must be given"),
        ('{"cameras": []}', "must be a known field, got 'cameras'"),
        (
            '{"bodies": [{"name": "A", "native_iso": [800], "gates": '
            '[{"mode": "m", "width_mm": NaN, "height_mm": 1}]}]}',
            "width_mm",
        ),
        (
            '{"lens_sets": [{"name": "A", "lenses": [{"focal_length_mm": 0, '
            '"widest_t_stop": 2, "close_focus_m": 1}]}]}',
            "must be >= 1 mm",
        ),
        (
            '{"lens_sets": [{"name": "A", "lenses": [{"focal_length_mm": 50, '
            '"longest_mm": 20, "widest_t_stop": 2, "close_focus_m": 1}]}]}',
            "Swap the two ends",
        ),
        (
            '{"bodies": [{"name": "A", "native_iso": [800], "gates": '
            '[{"mode": "m", "width_mm": 20, "height_mm": 10}, '
            '{"mode": "m", "width_mm": 30, "height_mm": 10}]}]}',
            "'m' twice",
        ),
    ],
)
def test_a_broken_list_is_refused_in_one_sentence(tmp_path, text, told):
    path = tmp_path / "mine.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ModelError, match=told):
        gear.load_gear(path)


def test_a_list_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PrevizError, match=r"mine\.json"):
        gear.load_gear(tmp_path / "mine.json")


def test_two_of_a_name_in_one_list_are_refused():
    both = (OURS.bodies[0], OURS.bodies[0])
    with pytest.raises(ModelError, match="twice"):
        gear.Gear(bodies=both)


@pytest.mark.parametrize("focal_mm", [0, 0.0, float("nan"), -35, float("inf")])
def test_a_focal_length_that_no_lens_has_is_not_taken_for_none(focal_mm):
    with pytest.raises(PrevizError, match="focal_length_mm must be one of"):
        gear.lens("ARRI Signature Prime", focal_mm)


def test_a_path_that_no_file_has_is_said():
    with pytest.raises(PrevizError, match="null byte"):
        gear.load_gear("a\0b")
