import io
from functools import partial

import numpy as np
import pytest
from PIL import Image

from previz.cut import card_frame, paint_cards, render_takes
from previz.errors import FilmFolderError
from previz.model import Move
from previz.report import board_pictures, panel_frame

SIZE = {"width_px": 96, "height_px": 54}
pictures = partial(board_pictures, painter=paint_cards, arrows=False, **SIZE)


def picture(file):
    return np.asarray(Image.open(io.BytesIO(file)))


def test_a_panel_shows_the_frame_of_the_rule(short_film):
    film = short_film()
    panels = pictures(film)
    assert list(panels) == [shot.id for _, shot in film.shots]
    for scene, shot in film.shots:
        assert card_frame(picture(panels[shot.id])) == panel_frame(scene, shot)


def test_a_take_gives_the_same_panel_without_rendering(short_film, tmp_path):
    film = short_film(lengths=((50, 31),))
    takes = render_takes(film, tmp_path, painter=paint_cards, **SIZE)

    def forbidden(*_):
        raise AssertionError("rendered a shot that has a take")

    panels = board_pictures(film, takes, tmp_path, painter=forbidden, arrows=False)
    for scene, shot in film.shots:
        assert card_frame(picture(panels[shot.id])) == panel_frame(scene, shot)


def test_the_panel_is_the_middle_of_what_is_said(short_film, edit_scene):
    film = short_film(lengths=((40, 60),), moves=(Move.STATIC,))
    beats = film.scenes[0].beats
    speech = beats[1].changed(start_frame=50, length_frames=20)
    film = edit_scene(film, 0, beats=(beats[0], speech))
    scene, shot = film.shots[1]
    assert panel_frame(scene, shot) == 10 + 10


def test_a_moving_shot_is_shown_after_its_start(short_film, edit_scene):
    film = short_film(lengths=((40, 60),))
    beats = film.scenes[0].beats
    speech = beats[1].changed(start_frame=40, length_frames=4)
    film = edit_scene(film, 0, beats=(beats[0], speech))
    scene, shot = film.shots[1]
    assert panel_frame(scene, shot) == 20


@pytest.mark.parametrize("move", [m for m in Move if m not in ("static", "handheld")])
def test_a_camera_move_is_drawn(short_film, move):
    film = short_film(lengths=((3, 3),), moves=(move, Move.STATIC))
    clean, drawn = pictures(film), pictures(film, arrows=True)
    gap = np.abs(picture(clean["s1-0"]).astype(int) - picture(drawn["s1-0"]))
    assert 0.002 < (gap > 40).any(axis=2).mean() < 0.2
    assert clean["s1-1"] == drawn["s1-1"]


def test_a_lost_take_is_named(short_film, tmp_path):
    film = short_film(lengths=((5,),))
    takes = render_takes(film, tmp_path, painter=paint_cards, **SIZE)
    for video in tmp_path.rglob("*.mp4"):
        video.write_bytes(b"no video")
    with pytest.raises(FilmFolderError, match=r"Take\.file must be a video"):
        board_pictures(film, takes, tmp_path, painter=paint_cards)


@pytest.mark.parametrize("content", [b"", b"no video at all" * 100])
def test_a_take_that_is_no_video_is_named(short_film, tmp_path, content):
    film = short_film(lengths=((9,),))
    takes = render_takes(film, tmp_path, painter=paint_cards, **SIZE)
    (take,) = takes.values()
    (tmp_path / take.id / "video.mp4").write_bytes(content)
    with pytest.raises(FilmFolderError, match=f"must be a video.*Delete .*{take.id}"):
        pictures(film, takes, tmp_path)
