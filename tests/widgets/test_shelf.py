"""The shelf: what a page is told is in stock, with a picture of each."""

import io

import numpy as np
import pytest
from PIL import Image
from small_film import Page, small_film

from previz.direct.stock import LAMPS, STOCK
from previz.edits import edit_of
from previz.errors import UnknownNameError
from previz.session import Session
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing
from previz.widgets.shelf import shelf_sent, thumbnail


@pytest.fixture(scope="module")
def sheet():
    """Return what is told, and the sheet's pixels."""
    sent, png = shelf_sent()
    return sent, np.asarray(Image.open(io.BytesIO(png)))


def test_a_page_that_asks_is_told_all_that_is_in_stock():
    session, page = Session(small_film()), Page()
    page.desk = Desk(session, page.take, playing=Playing(session))
    (sent,) = page.ask(kind="ask_shelf")
    assert [one.name for one in sent.pieces] == [one.kind for one in STOCK]
    assert [one.name for one in sent.lamps] == [one.name for one in LAMPS]


def test_every_piece_has_a_picture_of_its_own_on_the_sheet(sheet):
    sent, pixels = sheet
    wide, high = sent.tile_width_px, sent.tile_height_px
    seen = set()
    for k in range(len(sent.pieces)):
        row, column = divmod(k, sent.columns)
        tile = pixels[row * high :, column * wide :][:high, :wide]
        assert tile.shape == (high, wide, 4)
        assert (tile[..., 3] > 128).mean() > 0.02, sent.pieces[k].name
        seen.add(tile.tobytes())
    assert len(seen) == len(sent.pieces)


def test_a_picture_has_light_and_shade_and_is_the_same_each_time():
    first = np.asarray(thumbnail("armchair"), np.int16)
    solid = first[first[..., 3] > 200][:, :3].mean(axis=1)
    assert np.ptp(np.quantile(solid, [0.05, 0.95])) > 30
    assert np.array_equal(first, np.asarray(thumbnail("armchair"), np.int16))


def test_what_is_on_the_shelf_can_be_brought_in(sheet):
    film = small_film()
    sent, _ = sheet
    for k, one in enumerate((*sent.pieces[:3], *sent.lamps[:2])):
        kind = "add_light" if one in sent.lamps else "add_piece"
        where = {"position_m": (1.5, 0.0, 2.0 + 0.1 * k)}
        aim = {"aim_m": (0, 1, 0)} if kind == "add_light" else {}
        asked = {"kind": kind, "scene": "1", "stock": one.name, **where, **aim}
        film = edit_of(asked).apply(film)
    assert len(film.scenes[0].set.pieces) == 7


def test_there_is_no_picture_of_what_is_not_there():
    with pytest.raises(UnknownNameError, match="moon"):
        thumbnail("moon")
