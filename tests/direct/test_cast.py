from itertools import pairwise

import pytest

from previz.direct.cast import cast_of
from previz.direct.driving import driver_of
from previz.script import parse_fountain


def cast(action, *cues, seed=0):
    speech = "".join(f"{cue}\nYes.\n\n" for cue in cues)
    script = parse_fountain(f"INT. CAR - DAY\n\n{action}\n\n{speech}")
    return script, cast_of(script, seed=seed)


def person(action, name, *cues):
    _, found = cast(action, *cues)
    return next(c for c in found.characters if c.name == name)


@pytest.mark.parametrize(
    ("action", "name", "feminine"),
    [
        ("MAX leans in. She leans in.", "Max", False),
        ("PETE (7) lies in bed beside his mother, XANTHE (35).", "Pete", False),
        ("PETE (7) lies in bed beside his mother, XANTHE (35).", "Xanthe", True),
        ("QUILL (40), a nurse, and his wife, ZORA (40), walk.", "Zora", True),
        ("QUILL (30) is a waitress.", "Quill", True),
        ("QUILL (67), white hair, a man's raincoat. She has the face.", "Quill", True),
        ("ALEX (30) takes her coat. She puts her hat on. She waits.", "Alex", True),
    ],
)
def test_gender_is_what_the_words_by_the_name_say(action, name, feminine):
    assert (person(action, name).femininity > 0.5) is feminine


def test_a_man_is_not_given_a_womans_hair():
    men = ("PETE", "WADE", "OSKAR", "FRANKIE", "MAX")
    _, found = cast("They wait.", *men)
    assert {c.hair_style for c in found.characters} <= {"short", "bald"}


@pytest.mark.parametrize(
    ("action", "dark"),
    [
        ("QUILL (29, tuxedo, sweating) waits.", True),
        ("QUILL (29), a bartender, waits.", False),
        ("QUILL (29) in a white suit waits.", False),
        ("QUILL (29) in a leather jacket waits.", True),
    ],
)
def test_a_garment_or_a_trade_says_what_is_worn(action, dark):
    top = person(action, "Quill").wardrobe.top
    assert (sum(top) / 3 < 0.05) is dark


def test_what_is_said_of_one_person_does_not_dress_the_other():
    action = "QUILL (29) waits while ZORA (30), in a red coat, sleeps."
    quill, zora = person(action, "Quill"), person(action, "Zora")
    assert zora.wardrobe.coat
    assert not quill.wardrobe.coat
    assert zora.wardrobe.top[0] > 5 * zora.wardrobe.top[1]


def test_clothes_that_the_text_leaves_open_are_muted_and_differ():
    _, found = cast("They wait.", *(f"PERSON {k}" for k in "ABCDEFGH"))
    tops = [c.wardrobe.top for c in found.characters]
    for top in tops:
        assert max(top) - min(top) < 0.25
        assert max(top) > 0.05
    for one, other in pairwise(tops):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) > 0.03


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("ANN drives. BOB sits beside her.", "ann"),
        ("ANN sits beside BOB, who is at the wheel.", "bob"),
        ("ANN sits behind the wheel. BOB eats.", "ann"),
        ("ANN and BOB look at the road.", ""),
    ],
)
def test_whoever_the_action_says_drives_is_the_driver(action, who):
    script, found = cast(action, "BOB", "ANN", "BOB")
    assert driver_of(script.scenes[0], cast=found) == who


def test_a_dress_is_of_one_colour_and_a_suit_opens_on_a_shirt():
    silk = person("LADY QUILL (61), in black silk, waits.", "Lady Quill").wardrobe
    assert silk.top_kind == "dress"
    assert max(*silk.top, *silk.bottom) < 0.05
    green = person("ZORA (30), a pianist in a green dress, waits.", "Zora").wardrobe
    assert green.top == green.bottom
    suit = person("VERA (40), a thief in a good suit, waits.", "Vera").wardrobe
    assert suit.top_kind == "jacket"
    assert suit.shirt is not None


def test_a_doctor_by_title_wears_the_coat():
    _, found = cast("DR. OKORO (45) waits.", "DR. OKORO")
    (okoro,) = found.characters
    assert okoro.wardrobe.coat


def test_a_gown_and_a_nephew_tell_who_is_who():
    text = "CASS (41) waits. DELL (19), her nephew, comes in behind her."
    assert person(text, "Dell").femininity < 0.5
    assert person("QUILL (29), in a green dress, waits.", "Quill").femininity > 0.5


@pytest.mark.parametrize(
    ("name", "called"),
    [("ÉLODIE", "Élodie"), ("БОРИС", "Борис"), ("ÅSA ÖBERG", "Åsa Öberg")],
)
def test_whoever_acts_in_capitals_of_any_alphabet_is_cast(name, called):
    found = person(f"{name} (30) walks in by the door.", called)
    assert found.age == 30
