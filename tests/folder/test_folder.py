"""A film's folder: atomic, safe, honest about what it cannot do."""

import errno
import os

import pytest

from previz.errors import FilmFolderError, ModelError
from previz.folder import FilmFolder, write_atomic
from previz.model import Film


def test_a_film_comes_back_from_its_folder(tmp_path):
    folder = FilmFolder(tmp_path / "film")
    folder.prepare()
    film = Film(title="Two")
    folder.save(film)
    assert folder.load() == film


def test_a_replaced_version_is_kept(tmp_path):
    folder = FilmFolder(tmp_path)
    folder.save(Film(title="one"))
    folder.save(Film(title="two"))
    folder.save(Film(title="two"))
    kept = list((tmp_path / "history").iterdir())
    assert len(kept) == 1
    assert Film.from_json(kept[0].read_text()).title == "one"


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.doc").write_text("x")
    with pytest.raises(FilmFolderError, match=r"thesis\.doc"):
        FilmFolder(tmp_path).prepare()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["thesis.doc"]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "f").write_text("x")
    with pytest.raises(FilmFolderError, match="must be a folder"):
        FilmFolder(tmp_path / "f")
    with pytest.raises(FilmFolderError, match="below a file"):
        FilmFolder(tmp_path / "f" / "g").prepare()


def test_a_read_only_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(FilmFolderError, match="must be writable"):
        FilmFolder(tmp_path).prepare()


def test_a_full_disk_leaves_the_old_file_whole(tmp_path, monkeypatch):
    target = tmp_path / "film.json"
    write_atomic(target, "old")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FilmFolderError, match="on a disk with room"):
        write_atomic(target, "new")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["film.json"]


def test_two_writers_do_not_meet(tmp_path):
    folder = FilmFolder(tmp_path)
    with (
        folder.locked(),
        pytest.raises(FilmFolderError, match="another previz"),
        FilmFolder(tmp_path).locked(),
    ):
        pass


def test_a_folder_without_a_film_says_how_to_make_one(tmp_path):
    with pytest.raises(FilmFolderError, match="previz animatic"):
        FilmFolder(tmp_path).load()


def test_a_broken_film_is_an_error_not_a_traceback(tmp_path):
    (tmp_path / "film.json").write_text('{"schema_version": 1, "title":')
    with pytest.raises(ModelError, match="valid JSON"):
        FilmFolder(tmp_path).load()
