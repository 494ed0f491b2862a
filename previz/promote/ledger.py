"""The ledger of a film: who makes which take, how far it is and what it took.

    jobs      one row a take, named by its hash; nothing is made twice
    attempts  each claim of a job: by whom, until when, how it ended
    runs      what finished jobs took; plans foretell from them
    states    what each shot's frames are, by what they follow from

SQLite in write-ahead mode: readers never wait, a killed writer leaves the last whole
transaction. A claim is taken within an immediate transaction and is a lease: a worker
that died is recognised by its process, one on another machine by its silence.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Self

from previz.errors import FilmFolderError, PromoteError, UnknownNameError
from previz.promote.frozen import Frozen
from previz.promote.job import NOTHING, OVER, Claim, Job, State, job_of
from previz.promote.lease import Owner, is_gone, myself
from previz.promote.plan import Run
from previz.promote.proof import Frames, frames_in, frames_text, joined
from previz.promote.tables import opened

__all__ = ["Ledger"]

_RUNS_KEPT = 500
_MADE = ("done", "review")
_MOST_DEATHS = 12
"""Workers in a row that die at a job without a finished frame before it is given up:
whatever starts them anew, an engine or a script, would do so for ever."""
_TRIED_S = 5.0
"""A worker that lived less long was killed before it could show what it can do."""


class Ledger:
    """The ledger of one film. May be shared between threads; close it when done.

    Args:
        path: The file, `ledger.sqlite` in the film's folder; made with the first job.
        clock: Seconds since the epoch.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path = Path(path)
        self._clock = clock
        self._lock = threading.RLock()
        self._db: tuple[int, sqlite3.Connection] | None = None
        self._of_parents: list[sqlite3.Connection] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        with self._lock:
            if self._db is not None and self._db[0] == os.getpid():
                self._db[1].close()
                self._db = None

    def enqueue(
        self,
        frozen: Frozen,
        *,
        engine: str,
        follows: str = "",
        lost: bool = False,
        told: Mapping[str, Any] = NOTHING,
        frames: Frames = (),
        there: Collection[int] | None = None,
    ) -> Job:
        """Queue a frozen shot, unless its take is made, queued or being made.

        What failed or was cancelled is queued again and goes on where it stopped. What
        waits or is made is only widened: a proof that is asked of a whole take, or of
        one that is made whole, changes nothing.

        Args:
            frozen: The shot.
            engine: What is to start it.
            follows: The take that this one is another try of.
            lost: Whether the take is not on disk, even if it was made once.
            told: What a queue shows of it before it is made; plain JSON.
            frames: Those of a proof; none for the whole take.
            there: The finished frames on disk, where that is known.

        Raises:
            PromoteError: If the ledger cannot be used.
        """
        shot, order = frozen.shot, frozen.order
        with self._writing() as db:
            row = _row(db, frozen.hash)
            if row is not None and self._is_idle(row):
                row = self._buried(db, row)
            asked = frames if row is None else _asked_now(row, frames)
            made = _count(asked, there)
            if row is None:
                db.execute(
                    "INSERT INTO jobs (take, shot, slate, backend, quality, engine,"
                    " follows, length_frames, told, state, queued_s, asked,"
                    " made_frames)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?)",
                    (frozen.hash, shot.id, shot.slate, order.backend, order.quality,
                     engine, follows, shot.length_frames, json.dumps(dict(told)),
                     self._clock(), frames_text(asked), made or 0),
                )  # fmt: skip
            elif self._is_idle(row) and _lacks(row, asked, lost=lost, made=made):
                db.execute(
                    "UPDATE jobs SET state = 'queued', engine = ?1, stop = 0,"
                    " follows = CASE ?2 WHEN '' THEN follows ELSE ?2 END,"
                    " deaths = 0, error = '', queued_s = ?3, ended_s = NULL,"
                    " asked = ?5, made_frames = coalesce(?6, made_frames),"
                    " token = NULL WHERE take = ?4",
                    (engine, follows, self._clock(), frozen.hash, frames_text(asked),
                     made),
                )  # fmt: skip
            else:
                kept = () if row["state"] in _MADE else asked
                db.execute(
                    "UPDATE jobs SET stop = 0, asked = ? WHERE take = ?",
                    (frames_text(kept), frozen.hash),
                )
            return self._job(_row(db, frozen.hash))

    def claim(self, take: str) -> Claim | None:
        """Take a job on for this process, or return None where there is nothing to do.

        Nobody else gets it until it is finished, or until this process is gone.

        Raises:
            UnknownNameError: If no job is of that name.
            PromoteError: If the ledger cannot be used.
        """
        owner = myself()
        with self._writing() as db:
            row = self._known(db, take)
            if row["state"] in OVER or not self._is_idle(row):
                return None
            row = self._buried(db, row)
            if row["deaths"] >= _MOST_DEATHS:
                self._close_job(db, take, "failed", _deadly(row["deaths"]))
                return None
            if row["stop"]:
                self._close_job(db, take, "cancelled", "")
                return None
            number, now = row["attempts"] + 1, self._clock()
            db.execute(
                "UPDATE jobs SET state = 'running', attempts = ?, beat_s = ?,"
                " doing = '', began_s = coalesce(began_s, ?), host = ?, pid = ?,"
                " process_began_s = ?, token = ? WHERE take = ?",
                (number, now, now, owner.host, owner.pid, owner.began_s, owner.token,
                 take),
            )  # fmt: skip
            db.execute(
                "INSERT INTO attempts (take, number, host, pid, began_s, first_made)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (take, number, owner.host, owner.pid, now, row["made_frames"]),
            )
        return Claim(take, number, owner, _asked(row))

    def beat(
        self,
        claim: Claim,
        *,
        made_frames: int | None = None,
        doing: str | None = None,
        steps: tuple[int, int] | None = None,
        state: State | None = None,
        spent_usd: float | None = None,
    ) -> Literal["go", "stop", "lost"]:
        """Give a sign of life, say how far it is, and hear what to do.

        Args:
            claim: The worker's.
            made_frames: Finished frames on disk.
            doing: What is being done, in words.
            steps: Steps done and in all of that.
            state: "running" or "checking".
            spent_usd: What the take has cost so far, in all.

        Returns:
            "go"; "stop" where the job was cancelled; "lost" where somebody else took
            the job on, so that nothing more may be written.
        """
        done, total = steps if steps is not None else (None, None)
        with self._writing() as db:
            changed = db.execute(
                "UPDATE jobs SET beat_s = ?, made_frames = coalesce(?, made_frames),"
                " doing = coalesce(?, doing), steps_done = coalesce(?, steps_done),"
                " steps_all = coalesce(?, steps_all), state = coalesce(?, state),"
                " spent_usd = max(spent_usd, coalesce(?, 0))"
                " WHERE take = ? AND token = ?",
                (self._clock(), made_frames, doing, done, total, state, spent_usd,
                 claim.take, claim.owner.token),
            )  # fmt: skip
            if not changed.rowcount:
                return "lost"
            row = _row(db, claim.take)
            return "stop" if row is not None and row["stop"] else "go"

    def finish(
        self,
        claim: Claim,
        state: State,
        *,
        error: str = "",
        came: Mapping[str, Any] = NOTHING,
    ) -> State:
        """Say how a claim ended, and give the job back.

        Args:
            claim: The worker's; one that was lost changes nothing.
            state: "proof", "done", "review", "failed", "cancelled", or "queued" to give
                it back.
            error: What went wrong, for people.
            came: What a queue shows of a whole take or of a proof; plain JSON.

        Returns:
            The job's state now: "queued" where it was cancelled and asked for again
            before the worker had stopped, or more frames were asked for meanwhile.
        """
        with self._writing() as db:
            row = self._known(db, claim.take)
            if row["token"] != claim.owner.token:
                return self._job(row).state
            if state == "cancelled" and not row["stop"] and not error:
                state = "queued"
            if state == "proof" and _asked(row) != claim.frames:
                state = "queued"
            self._end_attempt(db, row, state, error)
            self._close_job(db, claim.take, state, error)
            if state in _MADE:
                db.execute("UPDATE jobs SET asked = '' WHERE take = ?", (claim.take,))
            if came:
                text = json.dumps(dict(came))
                db.execute(
                    "UPDATE jobs SET came = ? WHERE take = ?", (text, claim.take)
                )
        return state

    def cancel(self, take: str) -> Job:
        """Stop a job: at once where nobody works on it, else within the worker's step.

        Raises:
            UnknownNameError: If no job is of that name.
            PromoteError: If the ledger cannot be used.
        """
        with self._writing() as db:
            row = self._known(db, take)
            if row["state"] not in OVER:
                db.execute("UPDATE jobs SET stop = 1 WHERE take = ?", (take,))
                if self._is_idle(row):
                    self._buried(db, row)
                    self._close_job(db, take, "cancelled", "")
            return self._job(_row(db, take))

    def give_up(self, take: str, error: str) -> Job:
        """Fail a job that nobody works on, such as one whose workers keep dying.

        Raises:
            UnknownNameError: If no job is of that name.
            PromoteError: If the ledger cannot be used.
        """
        with self._writing() as db:
            row = self._known(db, take)
            if row["state"] not in OVER and self._is_idle(row):
                self._buried(db, row)
                self._close_job(db, take, "failed", error)
            return self._job(_row(db, take))

    def job(self, take: str) -> Job:
        """Return how a job stands.

        Raises:
            UnknownNameError: If no job is of that name.
            PromoteError: If the ledger cannot be used.
        """
        with self._reading() as db:
            return self._job(self._known(db, take))

    def jobs(self, *, shot: str | None = None) -> tuple[Job, ...]:
        """Return all jobs, or those of the shot with an id, oldest first."""
        if not self.path.exists():
            return ()
        which, values = ("", ()) if shot is None else (" WHERE shot = ?", (shot,))
        with self._reading() as db:
            rows = db.execute(f"SELECT * FROM jobs{which} ORDER BY rowid", values)
            return tuple(self._job(row) for row in rows)

    def attempts(self, take: str) -> tuple[dict[str, Any], ...]:
        """Return each claim of a job: who, when, from which frame to which, how."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT * FROM attempts WHERE take = ? ORDER BY number", (take,)
            )
            return tuple(dict(row) for row in rows)

    def worked_s(self) -> dict[str, float]:
        """Return how long workers were at each job that was begun, all attempts.

        Of one that goes on, or whose worker died, until the last sign of life.
        """
        if not self.path.exists():
            return {}
        with self._reading() as db:
            rows = db.execute(
                "SELECT take, sum(max(coalesce(attempts.ended_s, beat_s)"
                " - attempts.began_s, 0)) FROM attempts JOIN jobs USING (take)"
                " GROUP BY take"
            )
            return {row[0]: row[1] for row in rows}

    def runs(self) -> tuple[Run, ...]:
        """Return what the newest jobs took, oldest first; plans foretell from it."""
        if not self.path.exists():
            return ()
        with self._reading() as db:
            rows = db.execute(
                "SELECT backend, model, device, work, seconds, memory_bytes, cost_usd"
                " FROM runs ORDER BY rowid DESC LIMIT ?",
                (_RUNS_KEPT,),
            ).fetchall()
        return tuple(Run(*row) for row in reversed(rows))

    def measured(self, take: str, run: Run) -> None:
        """Keep what a job took."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (take, self._clock(), run.backend, run.model, run.device, run.work,
                 run.seconds, run.memory_bytes, run.cost_usd),
            )  # fmt: skip

    def state_of(self, key: str) -> str | None:
        """Return the kept hash of a shot's frames, by what they follow from."""
        if not self.path.exists():
            return None
        with self._reading() as db:
            row = db.execute("SELECT state FROM states WHERE key = ?", (key,))
            found = row.fetchone()
        return None if found is None else str(found["state"])

    def keep_states(self, found: Sequence[tuple[str, str]]) -> None:
        """Keep hashes of shots' frames: rows of key and state."""
        with self._writing() as db:
            db.executemany("INSERT OR REPLACE INTO states VALUES (?, ?)", found)

    def _is_idle(self, row: sqlite3.Row) -> bool:
        """Tell whether nobody works on a job."""
        owner = _owner(row)
        silent_s = self._clock() - (row["beat_s"] or 0.0)
        return owner is None or is_gone(owner, silent_s=silent_s)

    def _job(self, row: sqlite3.Row | None) -> Job:
        if row is None:
            raise AssertionError("a job vanished within a transaction")
        alive = row["state"] in OVER or not self._is_idle(row)
        return job_of(dict(row), alive=alive)

    def _buried(self, db: sqlite3.Connection, row: sqlite3.Row) -> sqlite3.Row:
        """Return an idle job's row; who died at it is written down, and counted."""
        if row["token"] is None:
            return row
        self._end_attempt(db, row, "died", "", at_s=row["beat_s"])
        fruitless, tried = db.execute(
            "SELECT first_made >= last_made, ended_s - began_s >= ?"
            " FROM attempts WHERE take = ? AND number = ?",
            (_TRIED_S, row["take"], row["attempts"]),
        ).fetchone()
        deaths = row["deaths"] + (1 if tried else 0) if fruitless else 0
        db.execute(
            "UPDATE jobs SET state = 'queued', deaths = ?, token = NULL WHERE take = ?",
            (deaths, row["take"]),
        )
        return self._known(db, row["take"])

    def _end_attempt(
        self,
        db: sqlite3.Connection,
        row: sqlite3.Row,
        outcome: str,
        error: str,
        *,
        at_s: float | None = None,
    ) -> None:
        db.execute(
            "UPDATE attempts SET ended_s = ?, outcome = ?, error = ?, last_made = ?"
            " WHERE take = ? AND number = ?",
            (self._clock() if at_s is None else at_s, outcome, error,
             row["made_frames"], row["take"], row["attempts"]),
        )  # fmt: skip

    def _close_job(
        self, db: sqlite3.Connection, take: str, state: State, error: str
    ) -> None:
        db.execute(
            "UPDATE jobs SET state = ?, error = ?, doing = '', token = NULL, stop = 0,"
            " ended_s = ? WHERE take = ?",
            (state, error, self._clock() if state in OVER else None, take),
        )

    def _known(self, db: sqlite3.Connection, take: str) -> sqlite3.Row:
        row = _row(db, take)
        if row is None:
            takes = [r["take"][:12] for r in db.execute("SELECT take FROM jobs")]
            raise UnknownNameError("Ledger.job", take, takes[:12])
        return row

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._named_errors():
            db = self._open()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                # SQLite itself takes all back when the disk is full.
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._named_errors():
            yield self._open()

    def _open(self) -> sqlite3.Connection:
        if self._db is not None:
            pid, db = self._db
            if pid == os.getpid():
                return db
            # Closing what a fork inherited would undo the parent's locks.
            self._of_parents.append(db)
        db = opened(self.path)
        self._db = (os.getpid(), db)
        return db

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorname", "") or ""
            if code == "SQLITE_FULL":
                raise FilmFolderError(
                    f"FilmFolder.path must be on a disk with room, got {self.path}. "
                    "Free some room and run it again."
                ) from None
            todo = (
                f"Move {self.path.name} away; finished takes are kept without it."
                if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT"))
                else "Check the folder's permissions, or that nobody holds it locked."
            )
            raise PromoteError(
                f"Ledger.path must be a ledger that can be read and written, got "
                f"{self.path} ({error}). {todo}"
            ) from None


def _deadly(deaths: int) -> str:
    return (
        f"Job.workers must finish a frame before they die, got {deaths} in a row that "
        "did not. Their memory is likely too small: promote again at a smaller size, "
        "or with another engine."
    )


def _row(db: sqlite3.Connection, take: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = db.execute(
        "SELECT * FROM jobs WHERE take = ?", (take,)
    ).fetchone()
    return found


def _owner(row: sqlite3.Row) -> Owner | None:
    if row["token"] is None:
        return None
    return Owner(row["host"], row["pid"], row["process_began_s"], row["token"])


def _asked(row: sqlite3.Row) -> Frames:
    """Return the frames that are asked of a job; none for all."""
    return frames_in(str(row["asked"])) or ()


def _asked_now(row: sqlite3.Row, frames: Frames) -> Frames:
    """Return what is asked of a job once some frames are, or all.

    What a proof holds stays in it; what waits or is made is not narrowed.
    """
    if row["state"] in _MADE:
        return frames
    goes_on = row["state"] not in OVER and not row["stop"]
    if goes_on or row["state"] == "proof":
        return joined(_asked(row), frames)
    return frames


def _count(asked: Frames, there: Collection[int] | None) -> int | None:
    """Return how many of the frames that are asked for are on disk."""
    if there is None or not asked:
        return None if there is None else len(there)
    return len({*asked} & {*there})


def _lacks(row: sqlite3.Row, asked: Frames, *, lost: bool, made: int | None) -> bool:
    """Tell whether a job that nobody works on is to be worked on again."""
    if row["state"] in _MADE:
        return lost
    if row["state"] != "proof":
        return True
    return not asked or asked != _asked(row) or (made or 0) < len(asked)
