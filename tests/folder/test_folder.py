"""A film's folder: atomic, safe, honest about what it cannot do."""

import errno
import os
import stat

import pytest

from previz.errors import FilmFolderError, ModelError
from previz.folder import FilmFolder, put_in_place, write_atomic
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


@pytest.mark.parametrize(
    "name", ["film.json", "undo.json", "takes", "history", ".lock"]
)
def test_a_link_out_of_the_folder_is_refused(tmp_path, name):
    away = tmp_path / "away"
    away.mkdir()
    place = tmp_path / "film"
    folder = FilmFolder(place)
    folder.prepare()
    folder.save(Film(title="one"))
    (place / name).unlink(missing_ok=True)
    (place / name).symlink_to(away)
    for use in (folder.prepare, folder.load, lambda: folder.save(Film(title="two"))):
        with pytest.raises(FilmFolderError, match=rf"its own {name}, got a link"):
            use()
    with pytest.raises(FilmFolderError, match="got a link"), folder.locked():
        pass
    assert list(away.iterdir()) == []


def test_parts_of_a_killed_run_go_and_what_they_link_to_stays(tmp_path):
    kept = tmp_path / "kept"
    kept.write_text("mine")
    folder = FilmFolder(tmp_path / "film")
    folder.prepare()
    (folder.path / ".animatic.mp4.0123456789abcdef.part").write_text("half")
    (folder.path / ".boards.png.0123456789abcdef.part").symlink_to(kept)
    (folder.path / ".my.part").write_text("mine")
    with folder.locked():
        assert [p.name for p in folder.path.glob(".*.part")] == [".my.part"]
    assert kept.read_text() == "mine"


def test_a_file_is_written_beside_its_place_and_not_through_a_link(tmp_path):
    kept = tmp_path / "kept"
    kept.write_text("mine")
    for name in ("a.txt", "a.txt.part", ".a.txt.part"):
        (tmp_path / name).symlink_to(kept)
    write_atomic(tmp_path / "a.txt", "new")
    assert kept.read_text() == "mine"
    assert (tmp_path / "a.txt").read_text() == "new"
    assert not (tmp_path / "a.txt").is_symlink()


def test_the_umask_decides_who_may_read(tmp_path):
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "a.txt", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_files_are_flushed_through_handles_that_may_write(tmp_path, monkeypatch):
    import fcntl

    flushed = []

    def flush(descriptor):
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        mode = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
        flushed.append("folder" if folder else mode)

    monkeypatch.setattr(os, "fsync", flush)
    write_atomic(tmp_path / "a.txt", "x")
    part = tmp_path / "part"
    part.mkdir()
    (part / "one").write_text("1")
    put_in_place(part, tmp_path / "whole")
    assert flushed == [os.O_RDWR, "folder", os.O_RDWR, "folder", "folder"]
    assert (tmp_path / "whole" / "one").read_text() == "1"
