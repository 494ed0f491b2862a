"""A film's folder may come from anybody: it writes, reads and shows nothing outside."""

import json
import sqlite3

import pytest

from previz.errors import PromoteError
from previz.model import Film
from previz.promote.finishing import film_take
from previz.promote.handing import hand_over
from previz.promote.job import tries_of
from previz.promote.ledger import Ledger
from previz.promote.taken import part_of, taken_in
from previz.promote.work import work


@pytest.fixture
def outside(tmp_path):
    """A folder beside the film's, with what must stay as it is."""
    folder = tmp_path / "home"
    (folder / "frames").mkdir(parents=True)
    (folder / "secret").write_text("mine")
    (folder / "frames" / "000000.exr").write_text("mine, too")
    return folder


def untouched(outside):
    told = [
        (path.name, path.read_text()) for path in outside.rglob("*") if path.is_file()
    ]
    return sorted(told) == [("000000.exr", "mine, too"), ("secret", "mine")]


@pytest.mark.parametrize(
    ("name", "target"),
    [("frames", "frames"), ("scratch", "."), ("video.mp4", "secret"),
     ("thumb.jpg.part", "secret"), ("notes.json", "secret"), ("trouble.txt", "secret")],
)  # fmt: skip
def test_a_worker_writes_through_no_link(shop, outside, name, target):
    take = shop.queue("1B")
    part = part_of(shop.place.promoted, take)
    (part / name).symlink_to(outside / target)
    assert work(shop.place.path, take, finisher=film_take) == "done"
    assert untouched(outside)
    assert taken_in(shop.place.promoted, take).damage() == ""


def test_a_take_that_is_made_elsewhere_by_a_link_is_made_here(shop, outside):
    frozen = shop.freeze("1B")
    shop.place.promoted.mkdir()
    part_of(shop.place.promoted, frozen.hash).symlink_to(outside)
    assert shop.queue("1B") == frozen.hash
    assert work(shop.place.path, frozen.hash, finisher=film_take) == "done"
    assert untouched(outside)


@pytest.mark.parametrize("name", ["frames", "video.mp4", "preview.mp4"])
def test_a_take_with_a_link_in_it_is_none(shop, outside, name):
    take = shop.queue("1B")
    work(shop.place.path, take, finisher=film_take)
    whole = shop.place.promoted / take
    assert taken_in(shop.place.promoted, take) is not None
    path = whole / name
    if path.exists():
        path.rename(outside / "moved")
    path.symlink_to(outside / "moved" if name != "preview.mp4" else outside / "secret")
    assert taken_in(shop.place.promoted, take) is None


@pytest.mark.parametrize("name", ["../../home/secret", "/etc/passwd"])
def test_a_manifest_names_nothing_outside(shop, outside, name):
    take = shop.queue("1B")
    work(shop.place.path, take, finisher=film_take)
    path = shop.place.promoted / take / "take.json"
    manifest = json.loads(path.read_text())
    manifest["files"][name] = "0" * 64
    path.write_text(json.dumps(manifest))
    assert taken_in(shop.place.promoted, take) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [("made_frames", '"><script>alert(1)</script>'), ("take", "../../home"),
     ("take", "A" * 64), ("state", "<b>"), ("length_frames", -1),
     ("spent_usd", float("inf")), ("slate", b"\x00"), ("asked", "0,-1")],
)  # fmt: skip
def test_a_row_that_no_ledger_of_ours_holds_is_named(shop, column, value):
    shop.queue("1B")
    with sqlite3.connect(shop.place.ledger) as db:
        db.execute(f"UPDATE jobs SET {column} = ?", (value,))
    db.close()
    with (
        Ledger(shop.place.ledger) as ledger,
        pytest.raises(
            PromoteError, match=r"Ledger\.jobs\.\w+ must be .*Move ledger\.sqlite away"
        ),
    ):
        ledger.jobs()


@pytest.mark.parametrize(
    "code",
    [
        "CREATE TRIGGER harm AFTER UPDATE ON jobs BEGIN DELETE FROM jobs; END",
        "CREATE VIEW harm AS SELECT * FROM jobs",
    ],
)
def test_a_ledger_with_code_of_its_own_is_refused(shop, code):
    shop.queue("1B")
    with sqlite3.connect(shop.place.ledger) as db:
        db.execute(code)
    db.close()
    with (
        Ledger(shop.place.ledger) as ledger,
        pytest.raises(PromoteError, match="must hold tables alone, got 'harm'"),
    ):
        ledger.jobs()


def test_jobs_that_follow_each_other_in_a_ring_end(shop):
    first, second = shop.queue("1A"), shop.queue("1B")
    with sqlite3.connect(shop.place.ledger) as db:
        db.execute("UPDATE jobs SET follows = ? WHERE take = ?", (second, first))
        db.execute("UPDATE jobs SET follows = ? WHERE take = ?", (first, second))
    db.close()
    line = tries_of(shop.ledger.jobs(), first)
    assert [job.take for job in line] == [first, second]


@pytest.mark.parametrize("slate", ["../../evil", "/tmp/evil", ".."])
def test_a_slate_is_no_path_when_a_take_is_delivered(shop, tmp_path, slate):
    take = shop.queue("1B")
    work(shop.place.path, take, finisher=film_take)
    taken = taken_in(shop.place.promoted, take)
    told = json.loads(shop.film.to_json())
    told["scenes"][0]["shots"][1]["slate"] = slate
    film = Film.from_json(json.dumps(told))
    folder = tmp_path / "delivered" / "here"
    made = hand_over(taken, folder, form="exr", film=film)
    assert made.parent == folder
    assert [inside.name for inside in folder.iterdir()] == [made.name]
    assert not made.name.startswith(".")
