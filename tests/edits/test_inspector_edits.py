"""What the inspector asks for: focus, matter, size; and what a page gets wrong."""

import math

import pytest
from sixty import sixty_shots

from previz.edits import edit_of
from previz.errors import PrevizError
from previz.model import SetPiece
from previz.session import Session

FILM = sixty_shots()
SCENE = FILM.scenes[0]
NAN, HUGE = math.nan, 1e300


def with_table():
    """Return the film with a table on its first set, and a cup on that."""
    table = SetPiece(
        id="table-9", kind="table", position_m=(2.0, 0, 1.5), size_m=(1.2, 0.75, 0.8)
    )
    cup = SetPiece(
        id="cup-9", kind="cup", position_m=(2.1, 0.75, 1.5), size_m=(0.08, 0.1, 0.08)
    )
    wall = SetPiece(id="wall-9", kind="wall", size_m=(4, 2.5, 0.1))
    pieces = (*SCENE.set.pieces, table, cup, wall)
    scene = SCENE.changed(set=SCENE.set.changed(pieces=pieces))
    return FILM.changed(scenes=(scene, *FILM.scenes[1:]))


def pieces_of(film):
    return {piece.id: piece for piece in film.scenes[0].set.pieces}


def edited(film, kind, **fields):
    edit = edit_of({"kind": kind, **fields})
    return edit.apply(film), edit.words(film)


def test_focus_on_nothing_is_refused_and_says_what_to_pass():
    session = Session(FILM)
    with pytest.raises(PrevizError, match=r"distance_m|character") as told:
        session.apply(edit_of({"kind": "set_focus", "shot": "1"}))
    assert "Pass" in str(told.value)
    with pytest.raises(PrevizError):
        session.apply(edit_of({"kind": "set_focus", "shot": "1", "at_frame": 3}))
    assert session.value is FILM
    assert session.history == ()


def test_focus_is_on_somebody_or_at_a_distance_not_both():
    who = FILM.characters[0].id
    film, words = edited(FILM, "set_focus", shot="1", character=who)
    assert film.find_shot("1")[1].camera.focus[0].subject == who
    assert words.startswith("1: focus on ")
    with pytest.raises(PrevizError, match=r"distance_m|character"):
        edited(FILM, "set_focus", shot="1", character=who, distance_m=2.0)


def test_a_piece_is_dressed_in_another_matter_and_colour_alone():
    film, words = edited(
        with_table(), "dress_piece", scene=SCENE.number, piece="table-9",
        matter="metal", color=(0.1, 0.2, 0.3),
    )  # fmt: skip
    old, new = pieces_of(with_table())["table-9"], pieces_of(film)["table-9"]
    assert new == old.changed(matter="metal", color=(0.1, 0.2, 0.3))
    assert words == f"Scene {SCENE.number}: table of metal, another colour"


def test_what_stands_on_a_piece_rises_with_it():
    film, words = edited(
        with_table(), "dress_piece", scene=SCENE.number, piece="table-9",
        size_m=(1.2, 1.05, 0.8),
    )  # fmt: skip
    assert pieces_of(film)["table-9"].size_m == (1.2, 1.05, 0.8)
    assert pieces_of(film)["cup-9"].position_m == pytest.approx((2.1, 1.05, 1.5))
    assert words.endswith("table 1.20 × 1.05 × 0.80 m")


def test_walls_keep_their_size_and_may_be_painted():
    film = with_table()
    of = {"scene": SCENE.number, "piece": "wall-9"}
    with pytest.raises(PrevizError, match=r"SetPiece\.size_m must stay"):
        edited(film, "dress_piece", size_m=(1, 1, 1), **of)
    film, _ = edited(film, "dress_piece", color=(0.5, 0.1, 0.1), **of)
    assert pieces_of(film)["wall-9"].color == (0.5, 0.1, 0.1)


def test_another_face_is_rolled_and_the_seed_stays():
    who = FILM.characters[0]
    film, words = edited(FILM, "set_body", character=who.id, manner=12)
    assert film.find_character(who.id) == who.changed(manner=12)
    assert words.endswith("another face, no. 12")


WHO = FILM.characters[0].id
LAMP = SCENE.lights[0].id
WRONG = [
    {"kind": "set_body", "character": WHO, "height_m": NAN},
    {"kind": "set_body", "character": WHO, "height_m": 9.0},
    {"kind": "set_body", "character": WHO, "age": -1},
    {"kind": "set_body", "character": WHO, "skin": (NAN, 0, 0)},
    {"kind": "set_body", "character": WHO, "skin": (-1, 0, 0)},
    {"kind": "set_body", "character": WHO, "hair_style": "<b>mohawk</b>"},
    {"kind": "set_body", "character": WHO, "manner": -1},
    {"kind": "set_body", "character": "<script>alert(1)</script>", "age": 30},
    {"kind": "set_body", "character": WHO, "voice": "alto"},
    {"kind": "set_wardrobe", "character": WHO, "top": (1, 2)},
    {"kind": "set_wardrobe", "character": WHO, "top": "red"},
    {"kind": "set_wardrobe", "character": WHO, "hat_kind": "crown"},
    {"kind": "set_seed", "character": WHO, "seed": 1.5},
    {"kind": "set_seed", "character": WHO, "seed": 2**60},
    {"kind": "add_reference", "character": WHO, "picture": "../../etc/passwd"},
    {"kind": "add_reference", "character": WHO, "picture": "0" * 64},
    {"kind": "remove_reference", "character": WHO, "index": 4},
    {"kind": "set_lens", "shot": "1", "focal_length_mm": NAN},
    {"kind": "set_lens", "shot": "1", "focal_length_mm": 0},
    {"kind": "set_lens", "shot": "99Z", "focal_length_mm": 35},
    {"kind": "set_stop", "shot": "1", "t_stop": HUGE},
    {"kind": "set_focus", "shot": "1", "distance_m": -2},
    {"kind": "set_focus", "shot": "1", "character": "nobody"},
    {"kind": "set_focus", "shot": "1", "distance_m": 2, "at_frame": 10**6},
    {"kind": "frame_on", "shot": "1", "framing": "MEGA", "character": WHO},
    {"kind": "frame_on", "shot": "1", "framing": "MCU", "character": "<b>"},
    {"kind": "set_moves", "shot": "1", "moves": ["fly to the <b>moon</b>"]},
    {"kind": "set_moves", "shot": "1", "moves": ["push in nan m"]},
    {"kind": "set_rig", "shot": "1", "rig": "broomstick"},
    {"kind": "set_light", "scene": SCENE.number, "light": LAMP, "intensity": NAN},
    {"kind": "set_light", "scene": SCENE.number, "light": LAMP, "intensity": -1},
    {"kind": "set_light", "scene": SCENE.number, "light": LAMP,
     "color_temperature_k": 3},
    {"kind": "set_light", "scene": SCENE.number, "light": LAMP,
     "aim_m": (HUGE, 0, 0)},
    {"kind": "set_light", "scene": SCENE.number, "light": "<b>", "intensity": 1},
    {"kind": "dress_piece", "scene": SCENE.number, "piece": "none", "matter": "wood"},
    {"kind": "dress_piece", "scene": SCENE.number, "piece": SCENE.set.pieces[0].id,
     "matter": "cheese"},
    {"kind": "dress_piece", "scene": SCENE.number, "piece": SCENE.set.pieces[0].id,
     "size_m": (0, 1, 1)},
    {"kind": "dress_piece", "scene": "x", "piece": "none", "color": (0, 0, 0)},
]  # fmt: skip


@pytest.mark.parametrize(
    "fields", WRONG, ids=[f"{at} {wrong['kind']}" for at, wrong in enumerate(WRONG)]
)
def test_what_a_page_gets_wrong_is_refused_in_words_and_changes_nothing(fields):
    session = Session(FILM)
    with pytest.raises(PrevizError, match=r"must be|must stay|got"):
        session.apply(edit_of(fields))
    assert session.value is FILM
    assert session.history == ()
