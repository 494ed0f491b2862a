"""One history for cells and widgets; a drag is one entry; nothing is lost."""

from itertools import pairwise
from threading import Thread

import pytest
from sixty import sixty_shots

from previz.edits import MoveKey, Reframe, SetLens, SetStatus
from previz.errors import ModelError, UnknownNameError
from previz.folder import FilmFolder
from previz.session import Session


@pytest.fixture
def film():
    return sixty_shots()


def lens(slate, mm):
    return SetLens(shot=slate, focal_length_mm=mm)


def pan(deg):
    return Reframe(shot="1", pan_deg=deg)


def test_undo_gives_the_same_film_and_redo_the_edited_one(film):
    session = Session(film)
    after = session.apply(lens("1B", 85))
    assert session.undo() is film
    assert session.redo() is after
    assert session.redo() is after


def test_a_thousand_edits_of_a_drag_are_one_entry_and_equal_the_last_alone(film):
    session = Session(film)
    for step in range(999):
        session.apply(pan(step / 50 + 0.02), drag="d1")
    session.apply(pan(7.5), drag="d1", last=True)
    assert session.value == pan(7.5).apply(film)
    assert [entry.words for entry in session.history] == ["1: pan left 7.5°"]
    assert session.undo() is film


def test_a_cancelled_drag_leaves_the_film_and_what_could_be_redone(film):
    session = Session(film)
    session.apply(lens("1B", 85))
    session.undo()
    session.apply(pan(3), drag="d1")
    assert session.cancel("d1") is film
    assert [entry.done for entry in session.history] == [False]
    session.redo()
    assert session.value.find_shot("1B")[1].camera.poses[0].focal_length_mm == 85


def test_a_drag_that_comes_back_to_where_it_began_leaves_no_entry(film):
    session = Session(film)
    session.apply(pan(3), drag="d1")
    session.apply(SetStatus(shot="1", status="open"), drag="d1", last=True)
    assert session.value == film
    assert session.history == ()


def test_another_edit_ends_a_drag(film):
    session = Session(film)
    session.apply(pan(3), drag="d1")
    session.apply(lens("1B", 85))
    session.cancel("d1")
    assert [entry.words for entry in session.history] == [
        "1: pan left 3°",
        "1B: 35 → 85 mm",
    ]


def test_undo_in_the_middle_of_a_drag_takes_the_drag_back(film):
    session = Session(film)
    session.apply(lens("1B", 85))
    kept = session.value
    session.apply(pan(3), drag="d1")
    assert session.undo() is kept


def test_a_refused_edit_changes_nothing_and_tells_nobody(film):
    session, told = Session(film), []
    session.listen(told.append)
    with pytest.raises(UnknownNameError):
        session.apply(lens("9Z", 85))
    with pytest.raises(ModelError):
        session.apply(MoveKey(shot="1", index=4, position_m=(0, 1, 0)))
    assert session.value is film
    assert (session.revision, session.history, told) == (0, (), [])


def test_a_refused_edit_in_a_drag_leaves_the_drag_where_it_was(film, tmp_path):
    session = Session(film, folder=tmp_path / "f")
    held = session.apply(pan(3), drag="d1")
    with pytest.raises(ModelError):
        session.apply(
            MoveKey(shot="1", index=4, position_m=(0, 1, 0)), drag="d1", last=True
        )
    assert session.value is held
    assert FilmFolder(tmp_path / "f").load() == held


def test_listeners_hear_every_revision_in_order(film):
    session, told = Session(film), []
    stop = session.listen(told.append)
    for step in range(1, 6):
        session.apply(pan(step), drag="d1", last=step == 5)
    session.undo()
    session.redo()
    stop()
    session.undo()
    assert [change.revision for change in told] == [1, 2, 3, 4, 5, 6, 7]
    assert [change.way for change in told] == ["edit"] * 5 + ["undo", "redo"]
    assert [change.open for change in told] == [True] * 4 + [False] * 3
    for one, after in pairwise(told):
        assert after.before is one.value


def test_an_edit_that_a_listener_makes_is_told_after_the_one_it_heard(film):
    session, first, second = Session(film), [], []

    def answer(change):
        first.append(change.revision)
        if change.revision == 1:
            session.apply(lens("1C", 50))

    session.listen(answer)
    session.listen(lambda change: second.append(change.revision))
    session.apply(lens("1B", 85))
    assert first == second == [1, 2]


def test_an_error_in_a_listener_loses_neither_the_edit_nor_the_others(film, tmp_path):
    session, told = Session(film, folder=tmp_path / "f"), []

    def broken(_change):
        raise RuntimeError("no canvas")

    session.listen(broken)
    session.listen(told.append)
    with pytest.raises(RuntimeError, match="no canvas"):
        session.apply(lens("1B", 85))
    after = lens("1B", 85).apply(film)
    assert session.value == after
    assert len(told) == 1
    assert FilmFolder(tmp_path / "f").load() == after


def test_each_finished_entry_is_in_the_folder_and_no_open_drag(film, tmp_path):
    place = FilmFolder(tmp_path / "f")
    session = Session(film, folder=place.path)
    after = session.apply(lens("1B", 85))
    assert place.load() == after
    session.apply(pan(3), drag="d1")
    assert place.load() == after
    session.apply(pan(4), drag="d1", last=True)
    assert place.load() == session.value
    session.undo()
    assert place.load() == after


def test_the_version_before_the_session_is_kept_and_its_own_are_not(film, tmp_path):
    place = FilmFolder(tmp_path / "f")
    place.prepare()
    place.save(film)
    session = Session(film, folder=place.path)
    for mm in (50, 65, 85):
        session.apply(lens("1B", mm))
    (kept,) = (place.path / "history").iterdir()
    assert kept.read_text("utf-8") == film.to_json()
    other = film.changed(title="Somebody else's")
    place.save(other)
    session.apply(lens("1B", 100))
    texts = [p.read_text("utf-8") for p in (place.path / "history").iterdir()]
    assert other.to_json() in texts


def test_a_folder_that_cannot_be_written_loses_no_edit(film, tmp_path):
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "notes.txt").write_text("mine")
    session = Session(film, folder=tmp_path / "f")
    session.apply(lens("1B", 85))
    assert session.value == lens("1B", 85).apply(film)
    assert "notes.txt" in session.trouble
    (tmp_path / "f" / "notes.txt").unlink()
    session.apply(lens("1B", 50))
    assert session.trouble == ""
    assert FilmFolder(tmp_path / "f").load() == session.value


def test_a_drag_that_something_else_ended_does_not_add_up(film):
    session = Session(film)
    session.apply(pan(3), drag="d1")
    kept = session.apply(lens("1B", 85))
    with pytest.raises(ModelError, match="drag again"):
        session.apply(pan(4), drag="d1", last=True)
    assert session.value is kept
    session.apply(pan(3), drag="d2")
    session.undo()
    with pytest.raises(ModelError, match="drag again"):
        session.apply(pan(4), drag="d2")
    assert session.value is kept


def test_our_own_mistake_at_the_end_of_a_drag_ends_it(film, tmp_path, monkeypatch):
    session = Session(film, folder=tmp_path / "f")
    held = session.apply(pan(3), drag="d1")
    monkeypatch.setattr(Reframe, "apply", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        session.apply(pan(4), drag="d1", last=True)
    assert FilmFolder(tmp_path / "f").load() == held


def test_a_film_that_cannot_be_read_back_loses_no_edit(film, tmp_path, monkeypatch):
    def broken(*_, **__):
        raise OSError(5, "Input/output error")

    session = Session(film, folder=tmp_path / "f")
    monkeypatch.setattr(FilmFolder, "save", broken)
    session.apply(lens("1B", 85))
    assert "Input/output error" in session.trouble


def test_who_holds_the_film_sees_no_edit_of_another_thread(film):
    session = Session(film)
    other = Thread(target=session.apply, args=(lens("1B", 85),))
    with session.held() as held:
        other.start()
        other.join(timeout=0.2)
        assert session.value is held is film
    other.join()
    assert session.value is not film
