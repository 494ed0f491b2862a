"""A page compares coverages of a scene; the film stays until one is picked."""

import pytest
import small_film

from previz.edits import CoverScene, SetLens
from previz.errors import ModelError
from previz.session import Session
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing

CLOSE = {"scene": "1", "style": "close"}


@pytest.fixture
def page():
    page = small_film.Page()
    session = Session(small_film.small_film())
    page.session = session
    page.desk = Desk(session, page.take, playing=Playing(session))
    return page


def test_a_coverage_is_told_and_pictured_while_the_film_stays(page):
    before = page.session.value
    (sent,) = page.ask(kind="ask_coverage", coverage=CLOSE)
    assert (sent.kind, sent.page, sent.style) == ("coverage", "tab", "close")
    shots = sent.scene.shots
    assert sum(s.length_frames for s in shots) == before.scenes[0].length_frames
    how = {"number": 1, "width_px": 64, "board": True, "coverage": CLOSE}
    page.ask(kind="ask_picture", shot=shots[0].id, frame=0, **how)
    picture, jpeg = page.only("picture")
    assert picture.shot == shots[0].id
    assert jpeg[:2] == b"\xff\xd8"
    assert page.session.value is before


def test_a_style_or_scene_that_there_is_not_is_refused(page):
    for coverage in ({"scene": "1", "style": "jazz"}, {"scene": "9", "style": "close"}):
        (refused,) = page.ask(kind="ask_coverage", coverage=coverage)
        assert refused.asked == "ask_coverage"


def test_a_coverage_is_worked_out_once_for_all_its_pictures(page, monkeypatch):
    made, cover = [], CoverScene.apply

    def counted(edit, film, **how):
        made.append(edit.style)
        return cover(edit, film, **how)

    monkeypatch.setattr(CoverScene, "apply", counted)
    (sent,) = page.ask(kind="ask_coverage", coverage=CLOSE)
    how = {"width_px": 64, "board": True, "coverage": CLOSE}
    for number, shot in enumerate(sent.scene.shots[:3]):
        page.ask(kind="ask_picture", shot=shot.id, frame=0, number=number, **how)
        page.ask(kind="painted", number=number)
    assert made == ["close"]
    page.session.apply(SetLens(shot="1A", focal_length_mm=85))
    page.ask(kind="ask_coverage", coverage=CLOSE)
    assert made == ["close"] * 2


def test_a_question_that_cannot_be_answered_keeps_no_later_one_waiting(
    page, monkeypatch
):
    def fails(edit, film, **how):
        raise ModelError("Scene.people must be in it.")

    how = {"kind": "ask_picture", "shot": "1A", "frame": 0, "width_px": 64}
    page.ask(number=1, **how)
    page.ask(number=2, coverage=CLOSE, **how)
    page.session.apply(SetLens(shot="1A", focal_length_mm=85))
    monkeypatch.setattr(CoverScene, "apply", fails)
    (refused,) = page.ask(kind="painted", number=1)
    assert refused.text == "Scene.people must be in it."
    page.ask(number=3, **how)
    assert page.only("picture")[0].number == 3
