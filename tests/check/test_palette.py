"""What a reference picture says of a person's colours, and what it does not."""

import numpy as np
import pytest
from PIL import Image

from previz.check import palette_of, recast
from previz.errors import ModelError, UnknownNameError
from previz.model import Character, Film
from previz.stage.figures import FIGURES

COLORS = {
    "hair": (40, 25, 15),
    "skin": (205, 150, 120),
    "top": (170, 30, 40),
    "bottom": (30, 50, 120),
    "shoes": (240, 240, 235),
}


def drawn(path, *, rows=slice(None)):
    """A flat person 300 px tall before grey, cut to some rows."""
    picture = np.full((340, 200, 3), 128, np.uint8)

    def box(top, bottom, half, color):
        picture[20 + int(3 * top) : 20 + int(3 * bottom), 100 - half : 100 + half] = (
            COLORS[color]
        )

    box(0, 5, 15, "hair")
    box(5, 13, 14, "skin")
    box(13, 17, 7, "skin")
    box(17, 50, 34, "top")
    box(50, 94, 28, "bottom")
    box(94, 100, 30, "shoes")
    Image.fromarray(picture[rows]).save(path)
    return path


def linear(color):
    value = np.array(color) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def test_each_region_has_the_colour_that_is_worn_there(tmp_path):
    palette = palette_of(drawn(tmp_path / "ann.png"))
    assert not palette.reasons
    for name, color in COLORS.items():
        assert np.allclose(palette.colors[name], linear(color), atol=0.02), name


def test_what_is_cut_off_is_said_and_not_guessed(tmp_path):
    palette = palette_of(drawn(tmp_path / "ann.png", rows=slice(0, 190)))
    assert np.allclose(palette.colors["top"], linear(COLORS["top"]), atol=0.02)
    assert palette.colors["shoes"] is None
    assert palette.reasons["shoes"].startswith("cut off below")


def test_an_empty_picture_shows_nobody(tmp_path):
    path = tmp_path / "wall.png"
    Image.fromarray(np.full((200, 200, 3), 90, np.uint8)).save(path)
    palette = palette_of(path)
    assert set(palette.colors.values()) == {None}
    assert "no figure" in palette.reasons["top"]


@pytest.mark.parametrize(
    "how", ["missing", "text", "truncated", "tiny", "huge", "no name"]
)
def test_a_bad_picture_is_an_error_in_the_house_form(tmp_path, how):
    path = tmp_path / "bad.png"
    if how == "text":
        path.write_text("no picture")
    elif how == "truncated":
        whole = drawn(tmp_path / "whole.png").read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "tiny":
        Image.new("RGB", (4, 4)).save(path)
    elif how == "huge":
        Image.new("1", (9_000, 9_000)).save(path)
    elif how == "no name":
        path = "a\0b"
    with pytest.raises(ModelError, match=r"^Palette.picture must be .*, got .*\. Pass"):
        palette_of(path)


def film():
    people = (Character(id="ann", name="Ann"), Character(id="bo", name="Bo"))
    return Film(title="Two", characters=people, scenes=())


def test_recasting_changes_one_person_and_what_is_said_last_counts(tmp_path):
    made = recast(
        film(), "ann", figure="elder_woman", picture=drawn(tmp_path / "a.png"), age=60
    )
    ann, bo = made.characters
    assert bo == film().characters[1]
    assert ann.age == 60
    assert ann.height_m == FIGURES["elder_woman"]["height_m"]
    assert np.allclose(ann.wardrobe.top, linear(COLORS["top"]), atol=0.02)


@pytest.mark.parametrize(
    ("who", "asked"), [("cy", {}), ("ann", {"figure": "ghost"}), ("ann", {"hue": 1})]
)
def test_unknown_people_figures_and_sliders_list_the_choices(who, asked):
    with pytest.raises(UnknownNameError):
        recast(film(), who, **asked)
