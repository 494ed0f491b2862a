"""A film in a cell is edited in place; its history shows itself in film words."""

import re

import pytest
from sixty import sixty_shots

import previz as pv
from previz import model
from previz.errors import ModelError, UnknownNameError


@pytest.fixture
def film():
    return pv.Film(sixty_shots())


def test_an_edit_in_a_cell_is_what_the_film_has_then(film):
    film.edit("set_lens", shot="2B", focal_length_mm=85)
    assert film["2B"].camera.poses[0].focal_length_mm == 85
    film.undo()
    assert film["2B"].camera.poses[0].focal_length_mm == 35
    film.redo()
    assert film["2B"].camera.poses[0].focal_length_mm == 85


def test_the_history_says_what_was_done_and_what_was_undone(film):
    film.edit("set_lens", shot="2B", focal_length_mm=85)
    film.edit("add_note", shot="2B", frame=3, text="<b>Too tight</b>")
    film.undo()
    assert repr(film.history) == (
        "  1  2B: 35 → 85 mm\n  2  2B: note “<b>Too tight</b>”  (undone)"
    )
    shown = film.history._repr_html_()
    assert "2B: 35 → 85 mm" in shown
    assert "&lt;b&gt;Too tight&lt;/b&gt;" in shown
    assert "<b>" not in shown
    assert "Nothing edited yet" in pv.Film(sixty_shots()).history._repr_html_()


def test_an_edit_that_there_is_not_is_refused_by_name(film):
    with pytest.raises(UnknownNameError, match="set_lens"):
        film.edit("set_lense", shot="2B", focal_length_mm=85)
    with pytest.raises(ModelError, match="focal_length_mm must be"):
        film.edit("set_lens", shot="2B", focal_length_mm=float("nan"))
    assert len(film.history) == 0


def test_reshooting_still_gives_another_film(film):
    other = film.edited(film["2B"].value.changed(note="again"))
    assert film["2B"].value.note == ""
    other.edit("set_status", shot="2B", status="hold")
    assert (film["2B"].status, other["2B"].status) == ("open", "hold")
    assert len(film.history) == 0


def test_a_film_that_was_saved_is_saved_with_each_edit(film, tmp_path):
    folder = film.save(tmp_path / "f")
    film.edit("set_status", shot="2B", status="approved")
    assert pv.Film.open(folder)["2B"].status == "approved"
    film.undo()
    assert pv.Film.open(folder)["2B"].status == "open"


def test_notes_status_and_camera_ask_for_no_other_stage(film):
    before = film.stage_of(film.value.scenes[1])
    film.edit("add_note", shot="2B", frame=3, text="Air.")
    film.edit("set_status", shot="2B", status="approved")
    film.edit("reframe", shot="2B", pan_deg=5)
    assert film.stage_of(film.value.scenes[1]) is before
    film.edit("move_mark", scene="2", character="bob", index=0, position_m=(-1, 0, 1.7))
    assert film.stage_of(film.value.scenes[1]) is not before
    film.undo()
    film.edit("set_body", character="ann", age=70)
    assert film.stage_of(film.value.scenes[1]) is not before


def test_a_film_that_is_open_twice_says_what_it_saved_over(film, tmp_path):
    folder = film.save(tmp_path / "film")
    one, other = pv.Film.open(folder), pv.Film.open(folder)
    one.edit("set_lens", shot="2B", focal_length_mm=85)
    assert one.session.trouble == ""
    other.edit("set_lens", shot="1A", focal_length_mm=50)
    (name,) = re.findall(r"history/film-\w+\.json", other.session.trouble)
    assert name in other._repr_html_()
    kept = model.film_from_json((folder / name).read_text(encoding="utf-8"))
    assert kept == one.value


def test_a_film_alone_in_its_folder_saved_over_nobody(film, tmp_path):
    film.save(tmp_path / "film")
    film.edit("set_lens", shot="2B", focal_length_mm=85)
    film.save()
    film.undo()
    again = pv.Film.open(tmp_path / "film")
    again.redo()
    again.edit("set_status", shot="2B", status="hold")
    assert (film.session.trouble, again.session.trouble) == ("", "")
