"""Takes of a film whose pictures a generator makes."""

from types import SimpleNamespace

import numpy as np
import pytest

from previz.cut import (
    find_take,
    read_frames,
    render_panels,
    render_takes,
    take_hash,
    take_path,
)
from previz.model import Medium

SIZE = {"width_px": 64, "height_px": 36}


class Red:
    """Makes everything red."""

    label = "red"

    def __init__(self, key="red"):
        self.key = key

    def __call__(self, plates):
        made = np.zeros_like(plates.lit)
        made[..., 0] = 1.0
        return made


@pytest.fixture
def film(short_film):
    return short_film(lengths=((2,),))


def hashes(film, **how):
    scene, shot = film.shots[0]
    return take_hash(film, scene, shot, **SIZE, **how)


def test_a_take_is_named_by_what_made_it(film):
    plain = hashes(film)
    assert hashes(film, generator=Red()) != plain
    assert hashes(film, generator=Red("other")) != hashes(film, generator=Red())
    assert hashes(film, generator=Red()) == hashes(film, generator=Red())


def test_the_label_of_a_runtime_names_no_take(film):
    one, two = (SimpleNamespace(key="k", label=label) for label in ("a", "b"))
    assert hashes(film, generator=one) == hashes(film, generator=two)


def test_the_films_seed_decides_a_generated_take_and_no_plain_one(film):
    other = film.changed(seed=5)
    assert hashes(other) == hashes(film)
    assert hashes(other, generator=Red()) != hashes(film, generator=Red())


def test_a_drawn_take_knows_no_generator(film):
    drawn = film.in_medium("ink")
    assert drawn.medium_of(*drawn.shots[0]) is Medium.INK
    assert hashes(drawn, generator=Red()) == hashes(drawn)


def test_takes_and_panels_are_made_by_the_generator(film, tmp_path):
    ((scene, shot),) = film.shots
    takes = render_takes(film, tmp_path, generator=Red(), **SIZE)
    (frame, *_) = read_frames(take_path(tmp_path, takes[shot.id]))
    panel = render_panels(film, scene, 64, 36, generator=Red())(shot, 0)
    for picture in (frame.to_ndarray(format="rgb24"), panel):
        middle = picture[18, 32].astype(int)
        assert middle[0] > middle[1] + 60
    assert find_take(film, scene, shot, tmp_path, generator=Red(), **SIZE)
    assert find_take(film, scene, shot, tmp_path, **SIZE) is None
