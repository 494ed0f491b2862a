"""What takes made for other machines leave on the disks of those."""

import tempfile
from types import SimpleNamespace

import distributed
import pytest
from filelock import FileLock

from previz.promote.engines import far, piece


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Where this machine keeps what is not to stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left(place):
    return sorted(path.name for path in place.iterdir())


def test_a_desk_leaves_nothing_once_it_is_closed(place):
    desk = far.Desk()
    assert desk.receive("a1", 0, 3, "YWJj")
    assert len(left(place)) == 2
    desk.close()
    assert left(place) == []


def test_a_desk_clears_up_after_killed_kernels_and_nobody_else(place, tmp_path):
    for name in ("previz-desk-dead", "previz-desk-alive", "somebody"):
        (place / name / "assets").mkdir(parents=True)
    (place / "previz-desk-dead.lock").touch()
    (place / "previz-desk-link.lock").symlink_to(tmp_path / "no")
    desk = far.Desk()
    with FileLock(place / "previz-desk-alive.lock"):
        desk.has("a1")
        assert {"previz-desk-alive", "somebody"} <= {*left(place)}
        assert not any("dead" in name for name in left(place))
        assert not (tmp_path / "no").exists()
    desk.close()


def test_a_worker_makes_its_piece_where_its_cluster_clears_up(place, monkeypatch):
    own, seen = place / "worker", []
    own.mkdir()
    worker = SimpleNamespace(local_directory=str(own), log_event=None)
    monkeypatch.setattr(distributed, "get_worker", lambda: worker)
    monkeypatch.setattr(piece, "_flagged", lambda flag: None)
    monkeypatch.setattr(piece.Parcel, "from_bytes", lambda raw: None)
    monkeypatch.setattr(
        piece, "made_of", lambda parcel, *, folder, **_: seen.append(folder) or ()
    )
    piece._made(b"", assets={}, kept={}, flag="f")
    assert [folder.parent for folder in seen] == [own]
    assert left(own) == []
