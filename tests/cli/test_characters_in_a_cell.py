"""Characters as a cell holds them: they are as the film has them by now."""

import numpy as np
import pytest
from PIL import Image
from sixty import sixty_shots

from previz.errors import AssetError, UnknownNameError
from previz.film import Film
from previz.model import Wardrobe


@pytest.fixture
def film():
    return Film(sixty_shots(), generator=None)


def test_a_character_is_as_the_film_has_them_by_now(film):
    (ann, *_) = film.characters
    assert film.character(ann.id).name == ann.name
    film.edit("set_body", character=ann.id, age=70, height_m=1.5)
    assert (ann.value.age, ann.value.height_m) == (70, 1.5)
    assert repr(ann) == f"{ann.name}, 70, 1.50 m"
    film.undo()
    assert ann.value.age != 70
    with pytest.raises(UnknownNameError):
        film.character("<b>")


@pytest.mark.parametrize(
    ("worn", "said"),
    [
        ({"coat": True, "skirt": True}, "coat, skirt"),
        ({"top_kind": "dress"}, "dress"),
        ({"hat": (0.1, 0.1, 0.1), "bottom_kind": "shorts"}, "hat, shirt, shorts"),
    ],
)
def test_a_caption_says_what_is_worn(worn, said):
    assert ", ".join(Wardrobe(**worn).garments) == said


def test_a_picture_from_a_file_is_pinned_up_and_comes_back_with_the_film(
    film, tmp_path
):
    path = tmp_path / "coat.png"
    Image.new("RGB", (40, 30), (200, 30, 40)).save(path)
    ann = film.characters[0]
    ann.add_reference(path)
    folder = film.save(tmp_path / "film")
    (shown,) = Film.open(folder).character(ann.id).references
    assert np.abs(np.asarray(shown, int).mean(axis=(0, 1)) - (200, 30, 40)).max() < 6
    with pytest.raises(AssetError, match="PNG, JPEG or WebP"):
        ann.add_reference(folder / "film.json")
    with pytest.raises(AssetError, match="can be read"):
        ann.add_reference(tmp_path)
    assert len(ann.value.references) == 1
