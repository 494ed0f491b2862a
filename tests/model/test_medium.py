"""Which look a film, a scene and a shot are shown in."""

import pytest

from previz.errors import ModelError, UnknownNameError
from previz.film import Film
from previz.model import Medium, film_from_json

SCRIPT = """INT. KITCHEN - NIGHT

ANN sits at the table.

ANN
Say something.

EXT. STREET - DAY

ANN walks to the car.
"""


@pytest.fixture(scope="module")
def film():
    return Film.from_text(SCRIPT)


def looks(film):
    value = film.value
    return [value.medium_of(scene, shot) for scene, shot in value.shots]


def test_a_film_is_shown_as_filmed_unless_told(film):
    assert set(looks(film)) == {Medium.NATURAL}


def test_the_nearest_word_counts_and_the_rest_follows(film):
    first = film.scenes[0]
    number, slate = first.value.number, first.shots[0].slate
    drawn = film.with_look("ink").with_look("noir", scene=number)
    drawn = drawn.with_look("pencil", shot=slate)
    count = len(first.shots)
    assert looks(drawn)[0] is Medium.PENCIL
    assert set(looks(drawn)[1:count]) <= {Medium.NOIR}
    assert set(looks(drawn)[count:]) == {Medium.INK}
    assert set(looks(drawn.with_look("clay"))) == {Medium.CLAY}
    assert set(looks(drawn.with_look("clay", scene=number))[:count]) == {Medium.CLAY}
    assert set(looks(film)) == {Medium.NATURAL}


def test_a_look_is_kept_in_the_file(film):
    drawn = film.with_look("watercolour", shot=film.shots[0].slate).value
    assert film_from_json(drawn.to_json()) == drawn


def test_unknown_names_are_said_with_the_choices(film):
    with pytest.raises(UnknownNameError, match=r"look must be one of clay, ink.*'ink'"):
        film.with_look("inc")
    with pytest.raises(UnknownNameError, match=r"Film.scene must be one of 1, 2"):
        film.with_look("ink", scene="9")
    with pytest.raises(UnknownNameError, match=r"Film.shot must be one of"):
        film.with_look("ink", shot="9Z")
    other = film.scenes[1].shots[0].slate
    with pytest.raises(UnknownNameError, match=r"Film.scene\[1\].shot must be one of"):
        film.with_look("ink", scene="1", shot=other)


@pytest.mark.parametrize("size", ["x", 640, (640,), (640.5, 360), ("640", "360"), None])
def test_a_size_that_is_none_is_said(film, size):
    shot = film.shots[0]
    for asked in (lambda: shot.frame(0, size=size), lambda: shot.clip(size=size),
                  lambda: shot.trace(0, size=size)):  # fmt: skip
        with pytest.raises(ModelError, match=r"Shot.size must be a width and a height"):
            asked()
