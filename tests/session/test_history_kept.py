"""What was edited can be undone by the next kernel, from the film's folder."""

import json

import pytest
from sixty import sixty_shots

from previz.edits import AddNote, Reframe, SetLens, TrimShot
from previz.film import Film
from previz.folder import FilmFolder
from previz.session import Entry, Session, kept


@pytest.fixture
def film():
    return sixty_shots()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "f"


def lens(mm, slate="1B"):
    return SetLens(shot=slate, focal_length_mm=mm)


def next_kernel(folder):
    """Return the film as another kernel opens it."""
    return Film.open(folder).session


def test_the_next_kernel_undoes_and_redoes_what_this_one_did(film, folder):
    session = Session(film, folder=folder)
    films = [film]
    for edit in (lens(85), TrimShot(shot="1B", length_frames=60), lens(50, "3C")):
        films.append(session.apply(edit))
    words = session.history
    session.undo()
    again = next_kernel(folder)
    assert again.history == (*words[:2], Entry(words[2].words, done=False))
    assert again.redo() == films[3]
    for before in reversed(films[:3]):
        assert again.undo() == before
    assert again.undo() == film
    third = next_kernel(folder)
    assert [third.redo() for _ in range(3)] == films[1:]
    assert FilmFolder(folder).load() == films[3]


def test_an_edit_after_the_restart_joins_the_history_and_ends_what_was_undone(
    film, folder
):
    session = Session(film, folder=folder)
    first = session.apply(lens(85))
    session.apply(lens(50))
    session.undo()
    again = next_kernel(folder)
    again.apply(lens(65))
    assert len(again.history) == 2
    third = next_kernel(folder)
    assert third.undo() == first
    assert third.undo() == film
    assert third.trouble == ""


def test_a_drag_that_was_open_is_in_neither_film_nor_history(film, folder):
    session = Session(film, folder=folder)
    kept = session.apply(lens(85))
    session.apply(Reframe(shot="1", pan_deg=3), drag="d1")
    again = next_kernel(folder)
    assert again.value == kept
    assert len(again.history) == 1


def test_a_kernel_killed_between_history_and_film_can_redo_the_entry(
    film, folder, monkeypatch
):
    session = Session(film, folder=folder)
    before = session.apply(lens(85))
    monkeypatch.setattr(FilmFolder, "save", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        session.apply(lens(50))
    monkeypatch.undo()
    again = next_kernel(folder)
    assert again.value == before
    assert [entry.done for entry in again.history] == [True, False]
    assert again.redo() == lens(50).apply(before)


def test_what_was_edited_before_the_film_had_a_folder_is_kept_too(film, folder):
    made = Film(film)
    made.session.apply(lens(85))
    made.save(folder)
    assert next_kernel(folder).undo() == film


def torn(text):
    return text[: len(text) // 2]


def of_another_version(text):
    return json.dumps(json.loads(text) | {"previz_history": 2})


def tampered(text):
    kept = json.loads(text)
    kept["steps"][0]["removed"] = "9" + kept["steps"][0]["removed"]
    return json.dumps(kept)


@pytest.mark.parametrize(
    "spoil",
    [torn, of_another_version, tampered, lambda _: "", lambda _: "[]",
     lambda _: '{"previz_history":1,"at":0,"steps":[NaN]}'],
)  # fmt: skip
def test_a_history_that_is_none_is_set_aside_and_the_film_stays(film, folder, spoil):
    value = Session(film, folder=folder).apply(lens(85))
    path = folder / "undo.json"
    spoilt = spoil(path.read_text("utf-8"))
    path.write_text(spoilt, "utf-8")
    made = Film.open(folder)
    assert made.value == value
    assert made.history[:] == ()
    assert "undo-set-aside.json" in made.session.trouble
    assert "The film is whole" in made._repr_html_()
    assert (folder / "undo-set-aside.json").read_text("utf-8") == spoilt
    made.session.apply(lens(50))
    assert next_kernel(folder).undo() == value


def test_the_history_of_another_film_is_set_aside(film, folder):
    Session(film, folder=folder).apply(lens(85))
    other = film.changed(title="Another")
    FilmFolder(folder).save(other)
    again = next_kernel(folder)
    assert (again.value, again.history) == (other, ())
    assert "undo-set-aside.json" in again.trouble


def test_a_film_saved_over_another_brings_its_own_history(film, folder):
    Session(film, folder=folder).apply(lens(85))
    other = Film(film.changed(title="Another"))
    other.save(folder)
    again = next_kernel(folder)
    assert (again.history, again.trouble) == ((), "")


def test_the_kept_history_is_bounded_and_its_newest_entries_are_there(film, folder):
    session = Session(film, folder=folder)
    for number in range(130):
        session.apply(lens(20 + number))
    before = session.value
    session.apply(AddNote(shot="1B", frame=0, text="wider"))
    again = next_kernel(folder)
    assert len(again.history) == 100
    assert again.undo() == before
    assert (folder / "undo.json").stat().st_size < 200_000


def test_a_folder_in_the_place_of_the_history_loses_no_edit(film, folder):
    (folder / "undo.json").mkdir(parents=True)
    (folder / "film.json").write_text(film.to_json(), "utf-8")
    session = Session(film, folder=folder)
    after = session.apply(lens(85))
    assert "undo.json" in session.trouble
    assert FilmFolder(folder).load() == after


def test_what_is_undone_has_no_more_room_than_what_is_done(film, folder, monkeypatch):
    session = Session(film, folder=folder)
    for mm in (85, 50, 65, 40):
        session.apply(lens(mm))
    for _ in range(4):
        session.undo()
    steps = json.loads((folder / "undo.json").read_text())["steps"]
    room = sum(len(s["removed"] + s["inserted"] + s["words"]) for s in steps[:2])
    monkeypatch.setattr(kept, "_MOST_CHARACTERS", room)
    session.keep()
    left = json.loads((folder / "undo.json").read_text())["steps"]
    assert left == steps[:2]
    again = next_kernel(folder)
    assert again.redo() != film


def test_a_film_saved_in_mid_drag_has_its_history(film, folder):
    """What was saved must be one of the versions that undo.json leads to."""
    opened = Film(film, folder=folder)
    opened.save()
    session = opened.session
    session.apply(lens(85), drag="d")
    opened.save()
    again = next_kernel(folder)
    assert again.trouble == ""
    assert again.value == opened.value
    assert again.undo() == film
