"""Whatever is given to promotion, the answer is a take or a line in house form."""

import math
import re

import numpy as np
import pytest

from previz.errors import FilmFolderError, PrevizError
from previz.film import Film
from previz.folder import write_atomic
from previz.promote.backends import add_backend

CARDS = {"backend": "cards", "size": (32, 18)}
HOUSE = re.compile(r"^[A-Z]\w+(\.\w+)* must .+, got .+\. .+[.?)]$")
NOTHING = (0, -1, 1.5, math.nan, True, "", "x" * 300, "a\0b", b"x", [], {}, object())


class Lone:
    def __repr__(self):
        return "Lone()"


@pytest.fixture
def film(short_film, tmp_path, cards):
    add_backend("cards", cards)
    made = Film(short_film(lengths=((2, 2),)), generator="plain")
    made.save(tmp_path / "film")
    return made


def refusal(call, **given):
    """Return in what words a call is refused: one line in the house form."""
    with pytest.raises(PrevizError) as caught:
        call(**given)
    said = str(caught.value)
    assert HOUSE.match(said), said
    assert len(said) < 900
    return said


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("slates", (0, 1.5, True, b"x", [1], object(), [None], ["9Z"])),
        ("budget", (0, -1, math.nan, True, "", "5", [], {}, object())),
        ("hours", (0, -3.0, math.nan, False, "1", (1,), Lone())),
        ("engine", (0, 1.5, False, "", "cloud", [], {}, object())),
        ("quality", (0, None, "", "best", [], {}, Lone())),
        ("size", (0, "32x18", (1,), (32.0, 18.0), (True, 18), (0, 18), {}, Lone())),
        ("seed", (-1, 1.5, "x", None, 2**31, [])),
        ("backend", ("", "magic", "Ünï", None, 3, [])),
        ("picture", (object(), math.nan, b"x")),
    ],
)
def test_a_silly_order_is_refused_and_leaves_nothing(film, quick, field, values):
    for value in values:
        order = {"engine": quick} | CARDS | {field: value}
        refusal(film.promote_all, **order)
    assert not [*film.promotions]


def test_whole_numbers_of_numpy_are_sizes_and_money(film, quick):
    size = (np.int64(32), np.int32(18))
    made = film.promote_all(
        "1A", backend="cards", size=size, budget=np.float32(2), engine=quick
    )
    assert made[0].frame(np.int64(0)).size == (32, 18)


def test_a_plan_takes_the_words_of_a_promotion(film):
    shot = film["1A"]
    assert shot.promotion_plan(**CARDS, engine="dask") == shot.promotion_plan(**CARDS)
    assert "one of dask, inline" in refusal(shot.promotion_plan, engine="cloud")


def test_a_take_is_handed_to_a_place_that_is_one(film, quick, tmp_path):
    take = film["1A"].promote(**CARDS, engine=quick)
    for wrong in (None, *NOTHING):
        # A name too long is told as the system tells it.
        for call in (take.save, take.deliver, film["1A"].controls):
            refusal(call, **{"path" if call == take.save else "folder": wrong})
        refusal(take.deliver, folder=tmp_path, form=wrong)
    for wrong in (None, 1.5, "", [], object()):
        refusal(take.frame, number=wrong)
    for wrong in (-1, "", "5", [], math.nan):
        refusal(take.wait, timeout_s=wrong)
        refusal(film.promotions.wait, timeout_s=wrong)
    assert take.wait(timeout_s=0) is take


def test_controls_and_measures_say_what_they_want(film, tmp_path):
    shot = film["1A"]
    for wrong in (0, True, b"x", [1], "depht", object()):
        refusal(shot.controls, folder=tmp_path / "c", size=(32, 18), only=wrong)
    assert not (tmp_path / "c").exists()
    for wrong in (None, 0, [], np.zeros((2, 9, 16, 3), np.uint8)):
        assert "Write lambda n" in refusal(shot.measured, frames=wrong)
    for ragged in ([[1], [1, 2]], None, "picture", np.zeros((9, 16), np.uint8)):
        refusal(shot.measured, frames=lambda n, given=ragged: given)


def test_a_device_is_not_replaced_by_a_file(tmp_path):
    import os

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FilmFolderError, match="Not a file but a device"):
        write_atomic(pipe, "x")
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
