"""A user's mistake ends in one clear line, never in a traceback or half a film."""

import errno
import os

import pytest

from previz.cli import main
from previz.folder import FilmFolder
from previz.model import Film

SHORT = """Title: Short

INT. KITCHEN - NIGHT

ANN stands at the window.

ANN
Is it over?
"""

SMALL = ["--size", "64x36"]


def run(capsys, *arguments):
    """Return exit code, standard output and standard error of a command."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    code = ended.value.code
    assert "Traceback" not in said.err
    return 0 if code is None else code, said.out, said.err


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "short.fountain"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"   \n\t\n", "empty"),
        (b"Dear diary, nothing happened.\n\nAgain.\n", "heading"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, "PNG picture"),
        (b"\x7fELF\x00\x01\x02" + bytes(range(256)) * 8, "a program"),
        (b"INT. ROOM - DAY\n\nHe waits.\n" * 2_000_000, "MB"),
        (b'<?xml version="1.0"?><html><body/></html>', "Final Draft"),
    ],
    ids=["empty", "blank", "prose", "picture", "program", "50 MB", "html"],
)
def test_what_is_no_screenplay_is_refused_by_name(capsys, tmp_path, content, says):
    path = tmp_path / "thing.fountain"
    path.write_bytes(content)
    out = tmp_path / "film"
    code, _, error = run(capsys, "animatic", path, "--out", out)
    assert code == 2
    assert "thing.fountain" in error
    assert says.lower() in error.lower()
    assert not out.exists()


def test_a_missing_screenplay_is_named(capsys, tmp_path):
    code, _, error = run(
        capsys, "animatic", tmp_path / "no.fountain", "--out", tmp_path / "film"
    )
    assert code == 2
    assert "no.fountain" in error


@pytest.mark.parametrize("rate", ["0", "-24", "fast", "1e9", "1e99999999", "1/1001"])
def test_a_rate_that_is_none_is_refused(capsys, script, tmp_path, rate):
    out = tmp_path / "film"
    code, _, error = run(capsys, "animatic", script, "--out", out, "--rate", rate)
    assert code == 2
    assert "Film.rate must be" in error
    assert not out.exists()


@pytest.mark.parametrize("size", ["big", "0x0", "641x360", "99999x99999", "640", "²x²"])
def test_a_size_that_cannot_be_encoded_is_refused(capsys, script, tmp_path, size):
    out = tmp_path / "film"
    code, _, error = run(capsys, "animatic", script, "--out", out, "--size", size)
    assert code == 2
    assert "must be" in error
    assert not out.exists()


def test_a_folder_of_other_things_is_left_as_it_was(capsys, script, tmp_path):
    out = tmp_path / "thesis"
    out.mkdir()
    (out / "chapter.doc").write_text("mine")
    code, _, error = run(capsys, "animatic", script, "--out", out, *SMALL)
    assert code == 2
    assert "chapter.doc" in error
    assert [p.name for p in out.iterdir()] == ["chapter.doc"]


def test_a_file_in_place_of_the_folder_is_left_as_it_was(capsys, script, tmp_path):
    out = tmp_path / "film"
    out.write_text("mine")
    code, _, error = run(capsys, "animatic", script, "--out", out, *SMALL)
    assert code == 2
    assert "must be a folder" in error
    assert out.read_text() == "mine"


def test_a_read_only_folder_is_named(capsys, script, tmp_path, monkeypatch):
    out = tmp_path / "film"
    out.mkdir()
    may = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: not mode & os.W_OK and may(path, mode)
    )
    code, _, error = run(capsys, "animatic", script, "--out", out, *SMALL)
    assert code == 2
    assert "must be writable" in error
    assert list(out.iterdir()) == []


def test_a_full_disk_is_one_line_and_leaves_no_half_film(
    capsys, script, tmp_path, monkeypatch
):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    out = tmp_path / "film"
    code, _, error = run(capsys, "animatic", script, "--out", out, *SMALL)
    assert code == 2
    assert "on a disk with room" in error
    assert [p.name for p in out.iterdir() if not p.name.startswith(".")] == []


def test_the_folder_of_another_screenplay_is_refused(capsys, script, tmp_path):
    out = tmp_path / "film"
    FilmFolder(out).save(Film(title="Mine", source="mine.fountain"))
    code, _, error = run(capsys, "animatic", script, "--out", out, *SMALL)
    assert code == 2
    assert "mine.fountain" in error
    assert [p.name for p in out.iterdir()] == ["film.json"]


def test_a_report_needs_an_animatic_and_renders_none(capsys, tmp_path):
    FilmFolder(tmp_path).save(Film(title="Mine"))
    code, _, error = run(capsys, "report", tmp_path)
    assert code == 2
    assert "must be rendered first" in error


def test_a_folder_without_a_film_says_how_to_make_one(capsys, tmp_path):
    code, _, error = run(capsys, "shots", tmp_path)
    assert code == 2
    assert "previz animatic" in error


def test_a_stopped_run_says_how_to_go_on(capsys, script, tmp_path, monkeypatch):
    def stop(*_arguments, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr("previz.film.make_animatic", stop)
    code, _, error = run(capsys, "animatic", script, "--out", tmp_path / "film")
    assert code == 130
    assert "same command" in error


def test_a_stopped_run_goes_on_with_the_takes_it_had(
    capsys, script, tmp_path, monkeypatch
):
    def stop(*_arguments, **_named):
        raise KeyboardInterrupt

    def takes():
        return {p: p.stat().st_mtime_ns for p in (out / "takes").rglob("*.mp4")}

    out = tmp_path / "film"
    command = ["animatic", script, "--out", out, *SMALL, "--rate", "4"]
    with monkeypatch.context() as pressed:
        pressed.setattr("previz.cut.write_animatic", stop)
        code, _, error = run(capsys, *command)
    assert code == 130
    assert "same command" in error
    kept = takes()
    assert kept
    assert not (out / "animatic.mp4").exists()
    code, _, _ = run(capsys, *command)
    assert code == 0
    assert takes() == kept
    assert (out / "animatic.mp4").exists()
