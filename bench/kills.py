"""Workers killed with signal 9 at random moments: what is lost, torn or stuck.

A warm process forks a worker, lets it work for a random time and kills it, again and
again, over jobs of five frames. `python -m bench.kills 200` prints what was found.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from previz import model
from previz.controls import Footage
from previz.cut import read_frames
from previz.folder import FilmFolder
from previz.promote import Frame, Frozen, Order, Task
from previz.promote.backends import add_backend
from previz.promote.finishing import film_take
from previz.promote.frames import FrameStore
from previz.promote.freeze import freeze
from previz.promote.ledger import Ledger
from previz.promote.plan import Chunk, Plan, Run
from previz.promote.queueing import queue_take
from previz.promote.taken import part_of, taken_in
from previz.promote.work import work
from previz.stage import Stage

__all__ = ["killed_workers", "small_stage"]

_FRAMES, _SIZE = 5, (32, 18)


class _Cards:
    """Tells each frame's number by its tone; takes no time worth naming."""

    name = "cards"

    def plan(
        self,
        order: Order,
        *,
        length_frames: int,
        rate_fps: float,
        runs: Sequence[Run] = (),
    ) -> Plan:
        size = (order.width_px, order.height_px)
        return Plan(self.name, size, size, length_frames, (Chunk(0, length_frames),))

    def told(self, order: Order, footage: Footage) -> dict[str, str]:
        return {}

    def weights(self, order: Order) -> dict[str, str]:
        return {}

    def versions(self) -> dict[str, str]:
        return {}

    def frames(self, task: Task) -> Iterator[Frame]:
        width, height = task.plan.shown
        for number in task.wanted:
            picture = np.full((height, width, 3), 0.1 + 0.05 * number, np.float32)
            picture[:, : width // 2] *= 2.0  # of one tone it would count as empty
            yield Frame(number, picture)


def small_stage(length_frames: int) -> tuple[model.Film, Stage]:
    """Return a film of one shot of a room with a table, and its stage."""
    pose = model.CameraPose(
        position_m=(0, 1.5, 4), target_m=(0, 1.4, 0), focal_length_mm=35
    )
    shot = model.Shot(
        id="s1", slate="1A", first_frame=0, length_frames=length_frames,
        coverage=model.Coverage.MASTER, size=model.ShotSize.LS,
        camera=model.Camera(poses=(pose,)),
    )  # fmt: skip
    scene = model.Scene(
        id="scene-1", number="1", length_frames=length_frames, shots=(shot,),
        slugline=model.Slugline(
            text="INT. ROOM - DAY", setting=model.Setting.INTERIOR, place="ROOM"
        ),
        set=model.Set(
            id="room", name="Room", template="room", interior=True, size_m=(5, 3, 4),
            pieces=(
                model.SetPiece(id="table", kind="table", size_m=(1.4, 0.75, 0.8)),
                model.SetPiece(
                    id="wall-n", kind="wall", matter=model.Matter.PLASTER,
                    position_m=(0, 0, -2), size_m=(5, 2.7, 0.1),
                ),
            ),
        ),
        lights=(
            model.Light(
                id="key", kind=model.LightKind.AREA, position_m=(1, 2.5, 1),
                intensity=300.0,
            ),
        ),
    )  # fmt: skip
    film = model.Film(title="Room", scenes=(scene,))
    return film, Stage(scene, (), rate=film.rate)


class _Shop:
    """Jobs one after another, each a take with a seed of its own."""

    def __init__(self, folder: Path) -> None:
        self.place = FilmFolder(folder)
        self.place.prepare()
        film, stage = small_stage(_FRAMES)
        self.place.save(film)
        scene = film.scenes[0]
        order = Order(backend="cards", width_px=_SIZE[0], height_px=_SIZE[1])
        self._first = freeze(film, scene, scene.shots[0], order=order, stage=stage)
        self.takes: list[str] = []

    def queue(self) -> str:
        """Queue the next take and return its name."""
        seed = len(self.takes)
        frozen: Frozen = self._first.changed(order=self._first.order.changed(seed=seed))
        with Ledger(self.place.ledger) as ledger:
            queue_take(self.place, ledger, frozen, engine="inline")
        self.takes.append(frozen.hash)
        return frozen.hash

    def frames_of(self, take: str) -> dict[int, str]:
        """Return the hash of each finished frame's file."""
        whole = self.place.promoted / take / "frames"
        part = part_of(self.place.promoted, take) / "frames"
        paths = FrameStore(whole if whole.is_dir() else part).paths()
        return {number: _hash(path) for number, path in paths.items()}

    def is_over(self, take: str) -> bool:
        """Tell whether a take is made."""
        with Ledger(self.place.ledger) as ledger:
            return ledger.job(take).is_over


def killed_workers(folder: Path, *, kills: int, seed: int = 0) -> dict[str, Any]:
    """Kill workers until `kills` died at work, and return what was found.

    Args:
        folder: An empty folder to make a film in.
        kills: How many workers to kill.
        seed: Of the moments.
    """
    add_backend("cards", _Cards)
    shop = _Shop(folder)
    work(shop.place.path, shop.queue(), finisher=film_take)
    began_s = time.perf_counter()
    work(shop.place.path, shop.queue(), finisher=film_take)
    whole_s = time.perf_counter() - began_s
    moments = np.random.default_rng(seed).uniform(0.0, 1.2 * whole_s, size=20 * kills)
    begun_s, died, lost = time.perf_counter(), 0, 0
    take, known = shop.queue(), dict[int, str]()
    for moment in moments:
        if died == kills:
            break
        died += _killed(shop, take, after_s=float(moment))
        found = shop.frames_of(take)
        lost += sum(found.get(number) != name for number, name in known.items())
        known = found
        if shop.is_over(take):
            take, known = shop.queue(), {}
    work(shop.place.path, take, finisher=film_take)
    return {
        "kills": died,
        "takes": len(shop.takes),
        "frames_lost": lost,
        **_found(shop),
        "seconds": round(time.perf_counter() - begun_s, 1),
    }


def _killed(shop: _Shop, take: str, *, after_s: float) -> bool:
    """Let a worker work for a time, kill it, and return whether it still was at it."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work(shop.place.path, take, finisher=film_take)
            code = 0
        finally:
            os._exit(code)
    time.sleep(after_s)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def _found(shop: _Shop) -> Mapping[str, int]:
    """Count jobs that are not done, takes that are damaged, films that are torn."""
    with Ledger(shop.place.ledger) as ledger:
        jobs = ledger.jobs()
    torn = damaged = 0
    for name in shop.takes:
        taken = taken_in(shop.place.promoted, name)
        damaged += taken is None or bool(taken.damage())
        torn += taken is None or sum(1 for _ in read_frames(taken.video)) != _FRAMES
    db = sqlite3.connect(shop.place.ledger)
    sound = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    db.close()
    left = [path for path in shop.place.promoted.iterdir() if path.suffix == ".part"]
    return {
        "jobs_stuck": sum(job.state != "done" for job in jobs),
        "takes_damaged": damaged,
        "films_torn": torn,
        "ledgers_broken": int(not sound),
        "parts_left": len(left),
    }


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Kill as many workers as the command line says and print what was found."""
    with tempfile.TemporaryDirectory() as scratch:
        found = killed_workers(Path(scratch) / "film", kills=int(sys.argv[1]))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
