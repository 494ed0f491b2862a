import pytest

from previz.controls import prompt_of
from previz.controls.prompt import colour_name
from previz.model import Character, ShotSize, Wardrobe


def test_a_shot_is_told_by_framing_people_place_and_deed(short_film):
    film = short_film()
    ann = Character(
        id="ann", name="Ann", age=34, femininity=0.9, hair_style="bob",
        hair=(0.4, 0.25, 0.09), wardrobe=Wardrobe(top=(0.5, 0.03, 0.03)),
    )  # fmt: skip
    film = film.changed(characters=(ann, *film.characters[1:]))
    scene, shot = film.shots[0]
    told = prompt_of(film, scene, shot)
    assert "long shot of a 34 year old woman, chin-length blond hair" in told
    assert "in red shirt and charcoal trousers" in told
    assert "kitchen, interior, night" in told
    assert told.endswith("Ann crosses to the table.")


@pytest.mark.parametrize("size", ShotSize)
def test_every_size_has_words(size, short_film):
    film = short_film()
    scene, shot = film.shots[0]
    assert " of a " in prompt_of(film, scene, shot.changed(size=size))


def test_a_shot_of_nobody_is_of_the_place(short_film):
    film = short_film()
    scene, shot = film.shots[0]
    empty = shot.changed(subjects=(), beats=())
    told = prompt_of(film, scene, empty)
    assert told == "Cinematic film still, long shot, kitchen, interior, night"


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((0.0, 0.0, 0.0), "black"),
        ((0.9, 0.9, 0.9), "white"),
        ((0.6, 0.02, 0.02), "red"),
        ((0.04, 0.1, 0.5), "blue"),
    ],
)
def test_colours_are_called_as_people_call_them(rgb, name):
    assert colour_name(rgb) == name
