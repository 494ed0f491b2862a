import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.direct.doors import doorway_at
from previz.direct.places import PROPS, TEMPLATES, dress, land_of, template_for
from previz.direct.places.fitting import APART_M, CLEAR_M
from previz.direct.places.words import EXTERIORS
from previz.model import Posture, Setting, Slugline
from previz.stage import PIECE_KINDS, Obstacles, build_set

BACKDROP = {
    "wall", "floor", "ceiling", "ground", "facade", "tree", "screen", "blind", "hill",
    "mesa", "cactus", "bush", "cell-bars", "theatre-seats", "banner",
}  # fmt: skip
templates = st.sampled_from(sorted(TEMPLATES))
seeds = st.integers(0, 2**31)
crowds = st.integers(1, 14)


def slugline(template):
    place = {
        "house front": "HOUSE",
        "public front": "HOSPITAL",
        "classical front": "MUSEUM",
        "church front": "CHURCH",
        "neutral interior": "XYZZY",
        "neutral exterior": "XYZZY",
    }.get(template, template.upper())
    setting = Setting.EXTERIOR if template in EXTERIORS else Setting.INTERIOR
    return Slugline(text=place, place=place, setting=setting)


def dressed(template, *, seed=0, people=2, words=frozenset()):
    return dress(slugline(template), seed=seed, id="s1", people=people, words=words)


def standing(set_):
    return [spot for spot in set_.spots if spot.posture is Posture.STAND]


@settings(deadline=None, max_examples=20)
@given(templates, seeds, crowds, st.sets(st.sampled_from(sorted(PROPS)), max_size=4))
def test_standing_spots_are_clear_apart_and_within(template, seed, people, words):
    set_ = dressed(template, seed=seed, people=people, words=frozenset(words))
    places = np.array([spot.position_m for spot in standing(set_)])
    assert len(places) >= 3
    assert Obstacles(set_).clearance(places).min() >= CLEAR_M - 1e-6
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2)
    assert gaps[~np.eye(len(places), dtype=bool)].min() >= APART_M - 1e-6
    assert any(spot.exit for spot in standing(set_))
    assert len({spot.name for spot in set_.spots}) == len(set_.spots)


@settings(deadline=None, max_examples=12)
@given(templates, seeds, crowds)
def test_pieces_are_few_known_and_inside_the_walls(template, seed, people):
    set_ = dressed(template, seed=seed, people=people)
    assert len(set_.pieces) <= 60
    assert len({piece.id for piece in set_.pieces}) == len(set_.pieces)
    for piece in set_.pieces:
        assert piece.kind in PIECE_KINDS
        x, y, z = piece.position_m
        if set_.interior and piece.kind not in BACKDROP:
            assert abs(x) < set_.size_m[0] / 2
            assert abs(z) < set_.size_m[2] / 2
            assert -0.01 <= y <= set_.size_m[1]


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_a_template_is_what_its_name_says_and_not_too_heavy(template):
    set_ = dressed(template, people=3)
    expected = "street" if template == "house front" else template
    assert set_.template == expected
    triangles = len(build_set(set_).triangles)
    assert 1000 < triangles < (40_000 if set_.interior else 60_000)
    if set_.interior:
        walls = [piece for piece in set_.pieces if piece.kind == "wall"]
        assert len(walls) == 4
        assert any(piece.kind == "ceiling" for piece in set_.pieces)


@settings(deadline=None, max_examples=6)
@given(templates, seeds, crowds)
def test_the_same_seed_gives_the_same_set(template, seed, people):
    words = frozenset({"piano"})
    first = dressed(template, seed=seed, people=people, words=words)
    assert first == dressed(template, seed=seed, people=people, words=words)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_another_seed_changes_something(template):
    assert dressed(template, seed=1) != dressed(template, seed=2)


def test_more_people_find_more_seats_and_floor():
    few, many = dressed("kitchen", people=2), dressed("kitchen", people=10)
    assert many.size_m[0] > few.size_m[0]
    assert len(many.spots) > len(few.spots)


@pytest.mark.parametrize("word", ["piano", "phone", "projector", "bed", "mirror"])
def test_a_thing_the_script_names_is_on_the_set(word):
    set_ = dressed("neutral interior", seed=3, words=frozenset({word}))
    assert any(piece.kind == PROPS[word].kind for piece in set_.pieces)
    if word in ("piano", "projector", "bed", "mirror"):
        assert any(word in spot.words for spot in set_.spots)


@pytest.mark.parametrize("seed", range(4))
def test_a_marquee_gives_the_street_a_picture_house_with_doors_one_goes_through(seed):
    set_ = dressed("street", seed=seed, people=3, words=frozenset({"marquee"}))
    assert [p.kind for p in set_.pieces].count("picture-house") == 1
    ways = [doorway_at(set_, s.position_m) for s in set_.spots if s.name == "door"]
    assert [way.part for way in ways if way is not None] == ["door-1"]
    assert not any(p.kind == "picture-house" for p in dressed("street").pieces)


@pytest.mark.parametrize("seed", range(4))
def test_an_alley_is_a_gap_between_two_fronts_that_one_comes_out_of(seed):
    set_ = dressed("street", seed=seed, people=3, words=frozenset({"alley"}))
    mouth = next(s for s in set_.spots if "alley" in s.words)
    assert mouth.exit
    inside = (mouth.position_m[0], 1.2, mouth.position_m[2] - 3.0)
    assert not Obstacles(set_).inside(inside, margin_m=0.3)
    assert Obstacles(dressed("street", seed=seed, people=3)).inside(inside, margin_m=0)


def test_seats_are_spots_and_face_as_their_piece():
    set_ = dressed("kitchen", people=4)
    chairs = [piece for piece in set_.pieces if piece.kind == "chair"]
    sitting = [s for s in set_.spots if s.posture is Posture.SIT]
    assert len(sitting) >= len(chairs) >= 4
    for chair in chairs:
        near = min(
            sitting,
            key=lambda s: (
                abs(s.position_m[0] - chair.position_m[0])
                + abs(s.position_m[2] - chair.position_m[2])
            ),
        )
        assert near.facing_deg == pytest.approx(chair.yaw_deg)


def test_the_window_spot_looks_out():
    set_ = dressed("neutral interior", seed=5)
    spot = next(s for s in set_.spots if "window" in s.words)
    turn = np.radians(spot.facing_deg)
    ahead = np.array(spot.position_m) + 3 * np.array([np.sin(turn), 0, np.cos(turn)])
    assert abs(ahead[0]) > set_.size_m[0] / 2 or abs(ahead[2]) > set_.size_m[2] / 2


@pytest.mark.parametrize(
    ("place", "setting", "template"),
    [
        ("HOSPITAL CORRIDOR", "INT", "corridor"),
        ("MAYA'S CAR", "INT", "car"),
        ("CAR", "INT/EXT", "car"),
        ("KITCHEN OF THE BAR", "INT", "kitchen"),
        ("JOE'S BAR - KITCHEN", "INT", "kitchen"),
        ("ANN'S APARTMENT - BEDROOM", "INT", "bedroom"),
        ("HOTEL ROOM", "INT", "hotel room"),
        ("MOVIE THEATER, PROJECTION BOOTH", "INT", "projection booth"),
        ("TRAIN STATION PLATFORM", "EXT", "train platform"),
        ("CITY STREETS", "EXT", "street"),
        ("BAR", "EXT", "street"),
        ("DESERT ROAD", "EXT", "desert road"),
        ("ROAD THROUGH THE DESERT", "EXT", "desert road"),
        ("DESERT", "EXT", "desert"),
        ("HIGHWAY", "EXT", "country road"),
        ("DIRT ROAD", "EXT", "country road"),
        ("GAS STATION", "EXT", "gas station"),
        ("TRUCK STOP", "EXT", "gas station"),
        ("GAS STATION", "INT", "shop"),
        ("HOSPITAL", "EXT", "public front"),
        ("HIGH SCHOOL", "EXT", "public front"),
        ("POLICE STATION", "EXT", "public front"),
        ("COURTHOUSE", "EXT", "classical front"),
        ("MUSEUM", "EXT", "classical front"),
        ("ST. ANN'S CHURCH", "EXT", "church front"),
        ("TRUCK", "INT", "car"),
        ("FARM HOUSE", "EXT", "house front"),
        ("WOODS", "EXT", "forest"),
        ("ROOF OF THE OFFICE", "EXT", "rooftop"),
        ("台所", "INT", "kitchen"),
        ("病院の廊下", "INT", "corridor"),
        ("CUISINE", "INT", "kitchen"),
        ("KÜCHE DER BAR", "INT", "kitchen"),
        ("GLORP", "INT", "neutral interior"),
        ("GLORP", "EXT", "neutral exterior"),
        ("GLORP", "", "neutral interior"),
        ("CARTOON", "INT", "neutral interior"),
    ],
)
def test_the_most_specific_word_of_a_slugline_wins(place, setting, template):
    assert template_for(place, setting=Setting(setting)) == template


@pytest.mark.parametrize(
    ("place", "setting", "before", "land"),
    [
        ("DESERT ROAD", "EXT", "city", "arid"),
        ("FIELD", "EXT", "", "green"),
        ("CITY STREET", "EXT", "arid", "city"),
        ("GAS STATION", "EXT", "arid", "arid"),
        ("GAS STATION", "EXT", "", ""),
        ("DINER", "INT", "green", "green"),
    ],
)
def test_the_land_follows_the_last_exterior_that_shows_it(place, setting, before, land):
    assert land_of(place, setting=Setting(setting), before=before) == land


@pytest.mark.parametrize("template", ["car", "gas station"])
def test_what_lies_around_is_the_land_of_the_story(template):
    def kinds(land):
        set_ = dress(slugline(template), seed=4, id="s1", people=2, land=land)
        return {piece.kind for piece in set_.pieces}

    assert "mesa" in kinds("arid")
    assert "facade" not in kinds("arid") | kinds("green")
    assert "facade" in kinds("city")
    assert not {"mesa", "hill"} & kinds("city")


def test_a_filling_station_has_pumps_and_a_step_to_sit_on():
    set_ = dressed("gas station")
    kinds = [piece.kind for piece in set_.pieces]
    assert {"station-canopy", "roadside-store", "pole-sign", "road"} <= set(kinds)
    assert kinds.count("fuel-pump") == 2
    step = next(s for s in set_.spots if "step" in s.words)
    assert step.posture is Posture.SIT


def test_a_truck_by_the_road_is_there_and_off_the_asphalt():
    for seed in range(6):
        set_ = dressed("desert road", seed=seed, words=frozenset({"truck"}))
        truck = next(p for p in set_.pieces if p.kind == "pickup-truck")
        road = next(p for p in set_.pieces if p.kind == "road")
        away = abs(truck.position_m[2] - road.position_m[2])
        assert away > road.size_m[2] / 2


def test_the_doors_of_a_public_building_are_a_way_out():
    for template in ("public front", "classical front", "church front"):
        set_ = dressed(template)
        assert any("doors" in s.words and s.exit for s in set_.spots)
