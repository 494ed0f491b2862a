"""A take whose files changed after it was made is not handed on."""

import pytest

from previz.errors import FilmFolderError
from previz.promote.finishing import film_take
from previz.promote.handing import hand_over
from previz.promote.taken import taken_in
from previz.promote.work import work


@pytest.mark.parametrize("form", ["exr", "png"])
def test_a_frame_that_has_changed_is_not_delivered(shop, tmp_path, form):
    name = shop.queue()
    work(shop.place.path, name, finisher=film_take)
    taken = taken_in(shop.place.promoted, name)
    frame = taken.folder / "frames" / "000002.exr"
    raw = bytearray(frame.read_bytes())
    raw[-1] ^= 1
    frame.write_bytes(raw)
    with pytest.raises(FilmFolderError, match=r"frames/000002\.exr has changed"):
        hand_over(taken, tmp_path / "out", form=form)
    assert not (tmp_path / "out").exists()
