"""A ledger while others open it, and when its disk is full."""

import sqlite3
import threading

import pytest

from previz.errors import FilmFolderError
from previz.promote.ledger import Ledger
from previz.promote.plan import Run

RUN = Run("path", "path", "cpu", 2.0, 3.0, 4, None)


def test_a_new_ledger_waits_for_who_makes_it_at_the_same_moment(tmp_path):
    path, found = tmp_path / "ledger.sqlite", []
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE begun (by TEXT)")

    def look():
        try:
            with Ledger(path) as ledger:
                found.append(ledger.runs())
        except BaseException as error:
            found.append(error)

    looker = threading.Thread(target=look)
    looker.start()
    looker.join(0.3)
    other.execute("COMMIT")
    other.close()
    looker.join()
    assert found == [()]


def test_a_full_disk_is_named_and_the_ledger_goes_on_once_there_is_room(tmp_path):
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.measured("take", RUN)
        db = ledger._open()
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
        states = [(f"{n:064}", "s" * 3000) for n in range(9)]
        with pytest.raises(FilmFolderError, match="on a disk with room"):
            ledger.keep_states(states)
        assert ledger.state_of(states[0][0]) is None
        db.execute(f"PRAGMA max_page_count = {100 * pages}")
        ledger.keep_states(states)
        assert ledger.state_of(states[0][0]) == "s" * 3000
        assert ledger.runs() == (RUN,)
