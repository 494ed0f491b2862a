"""The monitor's kernel half: the newest question wins, the picture is the film's."""

import io

import numpy as np
import pytest
import small_film
from PIL import Image
from small_film import FIRST

from previz.render import Renderer
from previz.session import Session
from previz.stage import Stage
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing


@pytest.fixture
def session():
    return Session(small_film.small_film())


@pytest.fixture
def page(session):
    page = small_film.Page()
    page.desk = Desk(session, page.take, playing=Playing(session))
    return page


def ask(tab, number, **more):
    fields = {"shot": FIRST, "frame": 3, "width_px": 64} | more
    return tab.ask(kind="ask_picture", number=number, **fields)


def look(page, number, **more):
    """Ask until the light is whole; return the picture and the next number."""
    for _ in range(400):
        (sent,) = ask(page, number, **more)
        pixels = np.asarray(Image.open(io.BytesIO(page.heard[0][1])), np.int16)
        page.ask(kind="painted", number=number)
        number += 1
        if sent.light_is_whole:
            return pixels, number
    raise AssertionError


def test_a_picture_names_its_question_and_is_a_jpeg_of_its_size(page):
    (sent,) = ask(page, 7)
    assert (sent.page, sent.number, sent.frame) == ("tab", 7, 3)
    with Image.open(io.BytesIO(page.heard[0][1])) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (sent.width_px, sent.height_px) == (64, 36)
    parts = sent.spent.model_dump().values()
    assert sum(parts) == pytest.approx(sent.ms, abs=0.1)


def test_only_the_newest_question_is_answered_once_the_picture_is_painted(page):
    ask(page, 1)
    assert [ask(page, n, frame=n) for n in (2, 3, 4)] == [[], [], []]
    assert page.ask(kind="painted", number=99) == []
    (sent,) = page.ask(kind="painted", number=1)
    assert (sent.number, sent.frame) == (4, 4)
    assert page.ask(kind="painted", number=4) == []


def test_a_page_that_plays_over_a_slow_line_is_sent_as_many_as_it_bears(page):
    def play(number, **more):
        told = ask(page, number, frame=number, at_once=3, **more)
        return [(sent.number, sent.frame) for sent in told]

    assert [play(n) for n in (1, 2, 3, 4, 5)] == [[(1, 1)], [(2, 2)], [(3, 3)], [], []]
    (sent,) = page.ask(kind="painted", number=1)
    assert (sent.number, sent.frame) == (5, 5)
    # Those before the one that is on the screen will not be painted any more.
    assert play(6, painted=3) == [(6, 6)]
    assert play(7) == [(7, 7)]
    assert ask(page, 8) == []
    assert play(9) == []


def test_pages_do_not_wait_for_each_other_and_a_new_page_is_free(page):
    ask(page, 1)
    (sent,) = ask(page, 1, page="other")
    assert sent.page == "other"
    page.ask(kind="hello")
    (sent,) = ask(page, 5)
    assert sent.number == 5


@pytest.mark.parametrize("more", [{"frame": 14}, {"shot": "9Z"}])
def test_a_frame_that_is_not_there_is_refused_and_blocks_nothing(page, more):
    assert [message.kind for message in ask(page, 1, **more)] == ["refused"]
    assert [message.kind for message in ask(page, 2)] == ["picture"]


def test_the_picture_follows_the_camera(page, session):
    before, number = look(page, 1)
    page.edit(kind="move_key", shot="1A", index=0, position_m=(-1.6, 1.5, 4))
    after, _ = look(page, number)
    assert np.abs(after - before).mean() > 4
    page.ask(kind="undo")
    again, _ = look(page, number + 1)
    assert np.abs(again - before).mean() < 1


def test_a_changed_light_comes_to_what_the_film_renders(page, session):
    _, number = look(page, 1)
    page.edit(kind="set_light", scene="1", light="key", intensity=60.0)
    told, _ = look(page, number)
    scene, shot = session.value.find_shot(FIRST)
    stage = Stage(scene, session.value.characters, rate=session.value.rate)
    film = Renderer(stage, width_px=64, height_px=36, exposure_ev100=5.0)
    true = film.picture(stage.at(shot, 3, width_px=64)).astype(np.int16)
    assert np.abs(told - true).mean() < 3  # JPEG


def test_pick_names_what_is_seen_and_how_far_it_is(page, session):
    scene, shot = session.value.find_shot(FIRST)
    stage = Stage(scene, session.value.characters, rate=session.value.rate)
    state = stage.at(shot, 3)
    bo = next(f for f in state.figures if f.character == "bo")
    chest = bo.world_from_bone[:, :3, 3].mean(axis=0)[None] + (0.0, 0.15, 0.0)
    pixels, depth = state.camera.project(chest, width_px=256, height_px=144)
    x, y = pixels[0] / (256, 144)
    (picked,) = page.ask(kind="pick", shot=FIRST, frame=3, x=float(x), y=float(y))
    assert (picked.what, picked.character) == ("Bo & <b>", "bo")
    assert picked.distance_m == pytest.approx(depth[0], abs=0.35)
    (picked,) = page.ask(kind="pick", shot=FIRST, frame=3, x=0.5, y=0.99)
    assert (picked.what, picked.piece) == ("floor", "floor-1")


def test_a_snapshot_is_a_large_png(page):
    (sent,) = page.ask(kind="snapshot", shot=FIRST, frame=3)
    with Image.open(io.BytesIO(page.heard[0][1])) as picture:
        assert picture.format == "PNG"
        assert picture.size == (sent.width_px, sent.height_px) == (1280, 720)
