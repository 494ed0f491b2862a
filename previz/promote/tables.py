"""The tables of a ledger: how they look, and how an older file gets them."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from previz.errors import PromoteError

__all__ = ["opened"]

_WAIT_S = 20.0
_LOOK_S = 0.02
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    take TEXT PRIMARY KEY, shot TEXT NOT NULL, slate TEXT NOT NULL,
    backend TEXT NOT NULL, quality TEXT NOT NULL, engine TEXT NOT NULL,
    follows TEXT NOT NULL DEFAULT '', length_frames INTEGER NOT NULL,
    made_frames INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL,
    doing TEXT NOT NULL DEFAULT '', steps_done INTEGER NOT NULL DEFAULT 0,
    steps_all INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
    told TEXT NOT NULL DEFAULT '{}', came TEXT NOT NULL DEFAULT '{}',
    stop INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
    deaths INTEGER NOT NULL DEFAULT 0, spent_usd REAL NOT NULL DEFAULT 0,
    queued_s REAL NOT NULL, began_s REAL, ended_s REAL, beat_s REAL,
    host TEXT, pid INTEGER, process_began_s REAL, token TEXT
);
CREATE INDEX IF NOT EXISTS jobs_of_shot ON jobs (shot);
CREATE TABLE IF NOT EXISTS attempts (
    take TEXT NOT NULL, number INTEGER NOT NULL, host TEXT NOT NULL,
    pid INTEGER NOT NULL, began_s REAL NOT NULL, ended_s REAL,
    first_made INTEGER NOT NULL, last_made INTEGER, outcome TEXT, error TEXT,
    PRIMARY KEY (take, number)
);
CREATE TABLE IF NOT EXISTS runs (
    take TEXT NOT NULL, at_s REAL NOT NULL, backend TEXT NOT NULL,
    model TEXT NOT NULL, device TEXT NOT NULL, work REAL NOT NULL,
    seconds REAL NOT NULL, memory_bytes INTEGER, cost_usd REAL
);
CREATE TABLE IF NOT EXISTS states (key TEXT PRIMARY KEY, state TEXT NOT NULL)
"""
_STEPS = (
    _SCHEMA,
    "ALTER TABLE jobs ADD COLUMN asked TEXT NOT NULL DEFAULT ''",
)
"""What brings a ledger from each version to the next."""
_VERSION = len(_STEPS)


def opened(path: Path) -> sqlite3.Connection:
    """Open a ledger's file and bring it to this version.

    Args:
        path: Of the file, which is made if there is none.

    Raises:
        PromoteError: If a newer previz wrote it, or it holds more than tables.
        sqlite3.Error: If it cannot be read or written.
    """
    db = sqlite3.connect(
        path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
    )
    try:
        db.row_factory = sqlite3.Row
        _write_ahead(db)
        db.execute("PRAGMA synchronous = NORMAL")
        # A ledger may come with a film of anybody's: no code of its own runs.
        db.execute("PRAGMA trusted_schema = OFF")
        _check_version(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _write_ahead(db: sqlite3.Connection) -> None:
    """Bring a file to write-ahead mode, also while another process does so.

    Of a new file two would do it at once, and there SQLite does not wait by itself.
    """
    until_s = time.monotonic() + _WAIT_S
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > until_s:
                raise
            time.sleep(_LOOK_S)
        else:
            return


def _check_version(db: sqlite3.Connection, path: Path) -> None:
    strange = db.execute(
        "SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index')"
        " OR sql LIKE 'CREATE VIRTUAL%'"
    ).fetchone()
    if strange is not None:
        raise PromoteError(
            f"Ledger.path must hold tables alone, got {strange[0]!r} in "
            f"{path}. Move it away; finished takes are kept without it."
        )
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > _VERSION:
        raise PromoteError(
            f"Ledger.version must be <= {_VERSION}, got {version} in {path}. "
            "Update previz: a newer one wrote it."
        )
    if version < _VERSION:
        _upgrade(db)


def _upgrade(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        # Read again: another process may have been quicker.
        version = db.execute("PRAGMA user_version").fetchone()[0]
        for step in _STEPS[version:]:
            for statement in step.split(";"):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {_VERSION}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
