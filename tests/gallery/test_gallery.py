"""The gallery shows everything that there is, and its table says it all."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from previz.camera.named import FRAMINGS
from previz.direct.schemes import LAWS
from previz.errors import UnknownNameError
from previz.gallery import (
    CHAPTERS,
    ENTRIES,
    build_gallery,
    build_places,
    entries_table,
    places_table,
)
from previz.gallery.location import LOCATIONS
from previz.model import Angle, Control, Move, RigKind

DOCS = Path(__file__).parents[2] / "docs"


def names(chapter):
    return [entry.name for entry in ENTRIES if entry.chapter == chapter]


def test_every_move_rig_framing_angle_and_scheme_is_shown_once():
    assert sorted(names("Moves")) == sorted(str(move) for move in Move)
    assert sorted(names("Rigs")) == sorted(str(kind) for kind in RigKind)
    assert set(names("Framing")) == {*FRAMINGS, *map(str, Angle), "insert"}
    assert names("Light") == [name.replace("_", " ") for name in LAWS]
    for chapter in CHAPTERS:
        assert len(set(names(chapter))) == len(names(chapter))


def test_every_control_of_lens_and_look_is_shown():
    shown = " ".join(names("Lens and body") + names("Moves")).lower()
    words = {
        Control.FOCAL_LENGTH: "short lens",
        Control.T_STOP: "t-stop",
        Control.ROLL: "roll",
        Control.SHUTTER: "shutter",
        Control.ISO: "iso",
        Control.ND: "nd",
        Control.VIGNETTE: "vignette",
        Control.CATS_EYE: "cat's eye",
        Control.EXPOSURE: "exposure",
        Control.TILT: "tilt",
        Control.SWING: "swing",
        Control.SHIFT_X: "shift",
        Control.SHIFT_Y: "shift",
    }
    for control in Control:
        assert words.get(control, str(control).split("_k")[0].replace("_", " ")) in (
            shown
        )


def test_every_entry_says_what_it_does_and_where_that_is_from():
    for entry in ENTRIES:
        assert entry.chapter in CHAPTERS
        assert entry.location in LOCATIONS
        assert entry.does.endswith(".")
        assert entry.source
        assert "|" not in entry.does + entry.unit + entry.source


def test_the_table_in_the_docs_is_the_table_of_the_code():
    written = (DOCS / "CAMERA.md").read_text(encoding="utf-8")
    assert written == entries_table(), "run: previz gallery --out docs/gallery"


def test_a_chapter_is_filmed_onto_one_page(tmp_path):
    made = build_gallery(tmp_path / "g", chapters=["Framing"], size=(96, 54))
    assert len(made.pictures) == len(names("Framing"))
    page = made.page.read_text(encoding="utf-8")
    for picture in made.pictures:
        assert picture.name in page
        assert np.asarray(Image.open(picture)).std() > 8, picture.name


def test_there_is_no_other_chapter(tmp_path):
    with pytest.raises(UnknownNameError, match="Light"):
        build_gallery(tmp_path, chapters=["Sound"])


def test_the_page_of_places_in_the_docs_is_that_of_the_code():
    written = (DOCS / "PLACES.md").read_text(encoding="utf-8")
    assert written == places_table(), "run: previz gallery --out docs/gallery"


def test_a_place_is_filmed_from_two_sides(tmp_path):
    page = build_places(tmp_path, templates=("cabin", "alley"), size=(96, 54))
    assert page.name == "PLACES.md"
    day = np.asarray(Image.open(tmp_path / "place-cabin.jpg"))
    assert day.shape == (54, 192, 3)
    assert np.asarray(Image.open(tmp_path / "place-alley.jpg")).shape[0] == 108
    left, right = day[:, :96].astype(float), day[:, 96:].astype(float)
    assert left.std() > 8
    assert np.abs(left - right).mean() > 8
