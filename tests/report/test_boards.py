from functools import partial

import numpy as np
import pytest
from PIL import Image

from previz.cut import paint_cards
from previz.report import board_pictures, write_boards

pictures = partial(board_pictures, painter=paint_cards, width_px=96, height_px=54)
PAPER = np.array((247, 245, 240))


def sheet(path):
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def ink(region):
    return (np.abs(region - PAPER).max(axis=2) > 12).mean()


def test_six_panels_a_sheet(short_film, tmp_path):
    film = short_film(lengths=((3,) * 8, (3,) * 5))
    sheets = write_boards(film, pictures(film), tmp_path / "boards.png")
    assert [p.name for p in sheets] == [
        "boards.png",
        "boards-002.png",
        "boards-003.png",
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in sheets)


def test_a_shorter_board_removes_old_sheets(short_film, tmp_path):
    (tmp_path / "boards-notes.png").write_bytes(b"mine")
    long, short = short_film(lengths=((3,) * 8,)), short_film(lengths=((3,) * 2,))
    write_boards(long, pictures(long), tmp_path / "boards.png")
    write_boards(short, pictures(short), tmp_path / "boards.png")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "boards-notes.png",
        "boards.png",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 400,
        "W" * 900,
        "日本語の長い台詞" * 80,
        "مرحبا بالعالم " * 80,
        "\x00\x07 a\tb",
    ],
)
def test_text_never_leaves_its_column(short_film, tmp_path, edit_scene, text):
    film = short_film(
        lengths=((3,) * 6,), speech=(text, text), title=text[:300], author=text[:300]
    )
    slug = film.scenes[0].slugline.changed(text=text)
    shots = tuple(
        s.changed(slate=f"{i}{text[:200]}") for i, s in enumerate(film.scenes[0].shots)
    )
    film = edit_scene(film, 0, slugline=slug, number=text[:100], shots=shots)
    (path,) = write_boards(film, pictures(film), tmp_path / "boards.png")
    page = sheet(path)
    for x in (0, 96 + 700 + 4, 2400 - 90):
        width = 46 if 0 < x < 2000 else 88
        assert ink(page[190:1600, x : x + width]) == 0
    assert ink(page[1697 - 34 :]) == 0
    assert ink(page[:, 2400 - 90 :]) == 0
    assert ink(page[900 - 18 : 900 - 6, 96:2300]) == 0


def test_missing_fonts_are_said_on_the_sheet(short_film, tmp_path):
    plain = short_film(lengths=((3, 3),))
    strange = short_film(lengths=((3, 3),), speech=("x", "\U000f1234"))
    (a,) = write_boards(plain, pictures(plain), tmp_path / "a.png")
    (b,) = write_boards(strange, pictures(strange), tmp_path / "b.png")
    foot = slice(1697 - 70, 1697 - 30)
    assert ink(sheet(a)[foot, 96:1200]) == 0
    assert ink(sheet(b)[foot, 96:1200]) > 0.02
