"""The home side of a Dask cluster: a take's pieces there, their frames back."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from previz.errors import PromoteError
from previz.folder import FilmFolder, write_atomic
from previz.promote.backend import Frame, Task
from previz.promote.engines.heard import BEGIN_S, News, Unbegun, able_workers
from previz.promote.engines.packing import packed, unpacked
from previz.promote.engines.parcel import Parcel, assets_of, revived
from previz.promote.engines.piece import Made, make
from previz.promote.engines.pieces import Piece, pieces_of
from previz.promote.engines.shares import Shares
from previz.promote.ledger import Ledger
from previz.promote.sound import join_wavs
from previz.promote.taken import SOUND

__all__ = ["Spread"]

_LOOK_S = 0.2
_MOST_FRAMES = 8
"""Of one task: what a lost worker costs, and how long one waits to see pictures."""
_MOST_PX = _MOST_FRAMES * 1920 * 1080
"""Of the frames of one task, which a worker holds until the last is made."""
_PIECES_A_WORKER = 4
_MOST_DEATHS = 2
"""How often a piece is given out again after Dask itself gave it up."""
_SLOWEST = 1e6
"""Bytes a second at which assets travel to a worker at worst."""
_MOST_LOST = 2
"""How often a piece is given out again that no worker begins."""


class Spread:
    """Spreads takes over the workers of a cluster.

    Args:
        client: A `distributed.Client`.
        gpus: How many of the workers' resource "GPU" a task takes.
    """

    def __init__(self, client: Any, *, gpus: int = 0) -> None:
        self._client = client
        self._resources = {"GPU": gpus} if gpus else {}

    def frames(self, task: Task, *, folder: Path) -> Iterator[Frame]:
        """Yield a task's frames as its pieces are finished.

        Raises:
            PromoteError: If no worker can do it, workers die at it again and again,
                or the scheduler is gone.
            PrevizError: As the backend does there.
        """
        workers = self._workers(task)
        width_px, height_px = task.plan.shown
        most = min(
            -(-len(task.wanted) // (workers * _PIECES_A_WORKER)),
            _MOST_FRAMES,
            max(_MOST_PX // (width_px * height_px), 1),
        )
        pieces = pieces_of(task.plan.chunks, task.wanted, most_frames=most)
        with self._told(task) as (flag, news):
            yield from _Round(self, task, folder, flag, news).frames(pieces)

    def submit(self, *told: Any, **asked: Any) -> Any:
        """Give a task to the cluster, begun after those before it; return its future.

        Tasks that come close upon each other are begun in any order by default: the
        last frames would come home first.
        """
        return self._client.submit(
            *told,
            pure=False,
            resources=self._resources or None,
            fifo_timeout="0 ms",
            **asked,
        )

    def able(self) -> dict[str, dict[str, Any]]:
        """Return the workers that can do it by their addresses."""
        return able_workers(self._client, self._resources)

    def hold(self, value: Any) -> Any:
        """Give a value to the cluster; what its worker loses is told again.

        Under a name of its own: one that an ended take just let go of could be freed
        on a worker after this take has asked for it, and nothing would run.
        """
        return self._client.submit(_same, value, pure=False)

    def wait(self, futures: list[Any]) -> None:
        """Wait a moment for any of some tasks."""
        from distributed import wait

        with self._client.as_current(), suppress(TimeoutError):
            wait(futures, timeout=_LOOK_S, return_when="FIRST_COMPLETED")

    def _workers(self, task: Task) -> int:
        """Return how many workers can do it; wait for the first.

        Raises:
            PromoteError: If there are workers and none has a GPU to offer.
        """
        while True:
            able = self.able()
            if able:
                return len(able)
            found = able_workers(self._client, {})
            if found:
                wanted = self._resources.get("GPU")
                raise PromoteError(
                    f"DaskEngine.gpus must be offered by a worker, got {wanted} and "
                    f"none of {len(found)} workers has as many. Start them with: dask "
                    f"worker ADDRESS --resources GPU={wanted}"
                )
            if task.stopped():
                raise PromoteError(
                    "DaskEngine.address must have a worker, got a stop while there "
                    "was none. Start one: dask worker ADDRESS"
                )
            task.report("waiting for a worker", 0, 0)
            time.sleep(_LOOK_S)

    @contextmanager
    def _told(self, task: Task) -> Iterator[tuple[str, News]]:
        """Yield a flag's name and what workers tell.

        The flag is up once this is left, so that no task goes on for nobody.
        """
        from distributed import Event

        flag = f"previz-{uuid.uuid4().hex}"
        news = News(task)
        self._client.subscribe_topic(flag, news.hear)
        try:
            yield flag, news
        finally:
            # One may fail and the other not, where the scheduler was away.
            with suppress(OSError, TimeoutError, RuntimeError):
                Event(flag, client=self._client).set()
            with suppress(OSError, TimeoutError, RuntimeError):
                self._client.unsubscribe_topic(flag)


class _Round:
    """One task on its way over the cluster."""

    def __init__(
        self, spread: Spread, task: Task, folder: Path, flag: str, news: News
    ) -> None:
        self.spread = spread
        self.task = task
        self.flag = flag
        self.news = news
        self.files = assets_of(folder, task.frozen)
        travels_s = sum(x.stat().st_size for x in self.files.values()) / _SLOWEST
        self.unbegun = Unbegun(spread.able, begin_s=BEGIN_S + travels_s)
        self.assets = self._held()
        self.shares = Shares(
            task.budget_usd, spent_usd=_spent_usd(task, folder), frames=len(task.wanted)
        )
        self.deaths: Counter[Piece] = Counter()
        self.losses: Counter[Piece] = Counter()

    def _held(self) -> Any:
        return self.spread.hold({n: p.read_bytes() for n, p in self.files.items()})

    def frames(self, pieces: tuple[Piece, ...]) -> Iterator[Frame]:
        """Yield the frames of pieces as those are finished."""
        unmade = set(self.task.wanted)
        waiting = list(pieces)
        running: dict[Any, Piece] = {}
        while waiting or running:
            for piece in [p for p in waiting if not unmade.intersection(p.needs)]:
                waiting.remove(piece)
                running[self._begun(piece)] = piece
            self._check_stop()
            self.spread.wait(list(running))
            self.news.pass_on()
            for future in [x for x in running if x.done()]:
                piece = running.pop(future)
                made = self._result(future, piece)
                # What is home is not made again when the worker that made it dies.
                future.release()
                if made is None:
                    waiting.append(piece)
                    continue
                for frame in self._unpacked(made, piece):
                    unmade.discard(frame.number)
                    yield frame
            waiting += self._taken_back(running)

    def _check_stop(self) -> None:
        if self.task.stopped():
            raise PromoteError(
                "DaskEngine must finish its tasks, got a stop. Promote again to go on."
            )

    def _taken_back(self, running: dict[Any, Piece]) -> list[Piece]:
        """Return pieces that the cluster has lost, to be given out again.

        Raises:
            PromoteError: If one is lost again and again.
        """
        keys = [future.key for future in running]
        lost = self.unbegun.among(keys, self.news.begun)
        if self.unbegun.workers == 0:
            self.task.report("waiting for a worker", 0, 0)
        if not lost:
            return []
        # What they wait for may be what was lost.
        self.assets = self._held()
        found = []
        for future in [x for x in running if x.key in lost]:
            piece = running.pop(future)
            future.cancel()
            self.shares.lost(piece)
            self.losses[piece] += 1
            if self.losses[piece] > _MOST_LOST:
                raise PromoteError(
                    f"DaskEngine.workers must begin frame {piece.numbers[0]}, got "
                    f"{self.unbegun.workers} that do nothing and leave it. They may be "
                    "short of memory, which pauses them: see their logs, restart them "
                    "and promote again; the frames that came are kept."
                )
            found.append(piece)
        self.task.note(f"given out again, since no worker began it: {len(found)} tasks")
        return found

    def _begun(self, piece: Piece) -> Any:
        parcel = Parcel(
            frozen=self.task.frozen,
            wanted=piece.numbers,
            assets=tuple(self.files),
            budget_usd=self.shares.given(piece),
        )
        return self.spread.submit(
            make,
            parcel.to_bytes(),
            assets=self.assets,
            kept={n: packed(self.task.made(n)) for n in piece.needs},
            flag=self.flag,
        )

    def _result(self, future: Any, piece: Piece) -> Made | None:
        """Return what a task made, or None if it is to be given out again."""
        from distributed import KilledWorker

        try:
            made: Made = future.result()
        except KilledWorker:
            self.deaths[piece] += 1
            self.shares.lost(piece)
            if self.deaths[piece] <= _MOST_DEATHS:
                return None
            raise PromoteError(
                f"DaskEngine.workers must live through frame {piece.numbers[0]}, got "
                "one worker after the other that died at it. Their memory is likely "
                "too small: try a smaller size, or fewer workers on a machine."
            ) from None
        except ImportError as error:
            raise PromoteError(
                f"DaskEngine.workers must have previz, got {error} there. Install the "
                "same previz in the workers' environment."
            ) from None
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            raise PromoteError(
                f"DaskEngine must finish its tasks, got {said[:500]}. The frames that "
                "came are kept: see to the cluster and promote again."
            ) from None
        return made

    def _unpacked(self, made: Made, piece: Piece) -> Iterator[Frame]:
        for note in made.notes:
            self.task.note(note)
        self.shares.returned(piece, made.spent_usd)
        if made.spent_usd is not None:
            self.task.spent(self.shares.spent_usd)
        if made.sound:
            part = self.task.scratch / f"sound-{piece.numbers[0]:06d}.wav"
            write_atomic(part, made.sound)
            found = sorted(self.task.scratch.glob("sound-*.wav"))
            whole = join_wavs([file.read_bytes() for file in found])
            write_atomic(self.task.scratch / SOUND, whole)
        for raw in made.frames:
            yield unpacked(raw)
        if made.error is not None:
            raise revived(*made.error)


def _spent_usd(task: Task, folder: Path) -> float:
    """Return what a take has cost before, which the workers do not know."""
    if task.budget_usd is None:
        return 0.0
    with Ledger(FilmFolder(folder).ledger) as ledger:
        return ledger.job(task.frozen.hash).spent_usd


def _same(value: Any) -> Any:
    return value
