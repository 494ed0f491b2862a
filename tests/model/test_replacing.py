"""A scene, a shot or a blocking put in place of the one with its id."""

import pytest

from previz.errors import UnknownNameError


def test_a_scene_takes_the_place_of_the_one_with_its_id(short_film):
    film = short_film()
    fresh = film.scenes[1].changed(exposure_ev100=3.0)
    changed = film.with_scene(fresh)
    assert [s.id for s in changed.scenes] == [s.id for s in film.scenes]
    assert changed.scenes[1] == fresh
    assert changed.scenes[0] is film.scenes[0]


def test_a_shot_takes_the_place_of_the_one_with_its_id(short_film):
    scene = short_film().scenes[0]
    fresh = scene.shots[0].changed(note="closer")
    changed = scene.with_shot(fresh)
    assert changed.shots == (fresh, *scene.shots[1:])


def test_somebody_is_blocked_anew_and_nobody_else(short_film):
    scene = next(s for s in short_film().scenes if len(s.blocking) > 1)
    fresh = scene.blocking_of(scene.blocking[1].character).changed(gazes=())
    changed = scene.with_blocking(fresh)
    assert changed.blocking[1] == fresh
    assert changed.blocking[0] is scene.blocking[0]


def test_a_scene_is_found_by_number_or_id_and_else_the_numbers_are_named(short_film):
    film = short_film()
    second = film.scenes[1]
    assert film.find_scene(second.number) is second
    assert film.find_scene(second.id) is second
    with pytest.raises(UnknownNameError, match=r"Film\.scene"):
        film.find_scene("no such scene")
