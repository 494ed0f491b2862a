import csv
import io

import pytest

import previz.report.shots as shots_module
from previz.report import shot_rows, shot_table_html, shot_words, write_shot_list


def read_back(path):
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_says_what_a_crew_asks(short_film):
    row = shot_rows(short_film(rate="25"))[1]
    wanted = {
        "scene": "1",
        "setting": "INT. KITCHEN 1 - NIGHT",
        "slate": "1B",
        "coverage": "single",
        "size": "MCU",
        "angle": "eye",
        "lens_mm": 35.0,
        "move": "push in",
        "timecode": "00:00:00:05",
        "length_frames": 7,
        "length_s": 0.28,
        "characters": "Bo",
        "dialogue": "ANN: I never locked it in thirty years.",
        "page": 1,
        "line": 11,
        "note": "",
    }
    assert row == wanted


def test_the_csv_reads_back_in_any_script(short_film, tmp_path):
    film = short_film(speech=("…", 'Où? "Là", dit-elle; 日本語\nsecond line'))
    write_shot_list(film, tmp_path / "shots.csv")
    assert (tmp_path / "shots.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read_back(tmp_path / "shots.csv")
    assert [r["slate"] for r in rows] == [s.slate for _, s in film.shots]
    assert rows[1]["dialogue"] == 'ANN: Où? "Là", dit-elle; 日本語 second line'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "  =", "|", "%", "\n="])
def test_no_cell_is_a_formula(short_film, tmp_path, edit_scene, start):
    film = short_film()
    evil = start + 'HYPERLINK("http://x")'
    slug = film.scenes[0].slugline.changed(text=evil)
    film = edit_scene(film, 0, slugline=slug, number=evil)
    shots = tuple(s.changed(slate=f"{evil}{s.slate}") for s in film.scenes[0].shots)
    film = edit_scene(film, 0, shots=shots)
    write_shot_list(film, tmp_path / "shots.csv")
    for row in read_back(tmp_path / "shots.csv"):
        for cell in row.values():
            assert cell.lstrip(" ")[:1] not in tuple("=+-@\t\r\n|%") or cell == ""


def test_plain_cells_are_left_alone(short_film, tmp_path):
    write_shot_list(short_film(), tmp_path / "shots.csv")
    assert read_back(tmp_path / "shots.csv")[0]["setting"] == "INT. KITCHEN 1 - NIGHT"


def test_the_table_escapes_what_was_written(short_film):
    film = short_film(speech=("x", "<script>alert(1)</script>"))
    html = shot_table_html(film)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert html.count("<tr>") == 1 + len(film.shots)


def test_a_speech_over_a_cut_is_parted_where_the_cut_falls(short_film, edit_scene):
    film = short_film(lengths=((10, 50, 50),), speech=("x", "one two three four"))
    beats = film.scenes[0].beats
    speech = beats[1].changed(start_frame=10, length_frames=100)
    shots = tuple(s.changed(beats=(speech.id,)) for s in film.scenes[0].shots[1:])
    film = edit_scene(film, 0, beats=(beats[0], speech))
    film = edit_scene(film, 0, shots=(film.scenes[0].shots[0], *shots))
    said = [row["dialogue"] for row in shot_rows(film)]
    assert said == ["", "ANN: one two …", "ANN: … three four"]


def test_an_action_is_parted_between_sentences(short_film, edit_scene):
    film = short_film(lengths=((50, 50),))
    beat = film.scenes[0].beats[0]
    told = beat.element.changed(text="Theo enters at a run. He stops! Nobody is here.")
    beat = beat.changed(length_frames=100, element=told)
    shots = tuple(s.changed(beats=(beat.id,)) for s in film.scenes[0].shots)
    film = edit_scene(film, 0, beats=(beat,), shots=shots)
    parts = [shot_words(film.scenes[0], s)[0][1] for s in shots]
    assert parts == ["Theo enters at a run.", "He stops! Nobody is here."]


def test_a_text_is_parted_once_for_all_its_shots(short_film, edit_scene, monkeypatch):
    counted = []

    def placed(parts, *, really=shots_module._placed):
        counted.append(len(parts))
        return really(parts)

    monkeypatch.setattr(shots_module, "_placed", placed)
    film = short_film(lengths=((50, 50),))
    first, second = film.scenes[0].beats
    text = "".join(f"A sentence numbered {i}. " for i in range(3000))
    long = tuple(
        b.changed(
            start_frame=0, length_frames=900, element=b.element.changed(text=text)
        )
        for b in (first, second)
    )
    ids = tuple(b.id for b in long)
    shots = tuple(
        film.scenes[0]
        .shots[0]
        .changed(
            id=f"s{i}", slate=f"{i}", first_frame=3 * i, length_frames=3, beats=ids
        )
        for i in range(300)
    )
    film = edit_scene(film, 0, beats=long, shots=shots, length_frames=900)
    rows = shot_rows(film)
    parts = [shot_words(film.scenes[0], s) for s in shots]
    assert sorted(counted) == [3000, 12000]
    assert " ".join(words for (_, words), _ in parts) == text.strip()
    said = " ".join(row["dialogue"].removeprefix("ANN: ").strip("… ") for row in rows)
    assert said == text.strip()
