"""The home side of a Dask cluster: a take's pieces there, their frames back."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from previz.errors import PromoteError
from previz.folder import write_atomic
from previz.promote.backend import Frame, Task
from previz.promote.engines.far import SOUND
from previz.promote.engines.packing import packed, unpacked
from previz.promote.engines.parcel import Parcel, assets_of, revived
from previz.promote.engines.piece import Made, make
from previz.promote.engines.pieces import Piece, pieces_of
from previz.promote.sound import join_wavs

__all__ = ["Spread"]

_LOOK_S = 0.2
_MOST_FRAMES = 8
"""Of one task: what a lost worker costs, and how long one waits to see pictures."""
_MOST_PX = _MOST_FRAMES * 1920 * 1080
"""Of the frames of one task, which a worker holds until the last is made."""
_PIECES_A_WORKER = 4
_MOST_DEATHS = 2
"""How often a piece is given out again after Dask itself gave it up."""


class Spread:
    """Spreads takes over the workers of a cluster.

    Args:
        client: A `distributed.Client`.
        gpus: How many of the workers' resource "GPU" a task takes.
    """

    def __init__(self, client: Any, *, gpus: int = 0) -> None:
        self._client = client
        self._resources = {"GPU": gpus} if gpus else None

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
        with self._told(task) as (flag, pass_on):
            yield from _Round(self, task, folder, flag).frames(pieces, pass_on)

    def submit(self, *told: Any, **asked: Any) -> Any:
        """Give a task to the cluster; return its future."""
        return self._client.submit(
            *told, pure=False, resources=self._resources, **asked
        )

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
            found = self._client.scheduler_info(n_workers=-1)["workers"].values()
            able = [
                w
                for w in found
                if all(
                    w["resources"].get(name, 0) >= n
                    for name, n in (self._resources or {}).items()
                )
            ]
            if able:
                return len(able)
            if found:
                wanted = (self._resources or {}).get("GPU")
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
    def _told(self, task: Task) -> Iterator[tuple[str, Any]]:
        """Yield a flag's name and what passes on the steps that workers tell.

        The flag is up once this is left, so that no task goes on for nobody.
        """
        from distributed import Event

        flag = f"previz-{uuid.uuid4().hex}"
        news: list[tuple[str, int, int]] = []
        self._client.subscribe_topic(flag, lambda event: news.append(event[1]["steps"]))

        def pass_on() -> None:
            # Told on Dask's own thread, passed on by the one that the job is on.
            while news:
                task.report(*news.pop(0))

        try:
            yield flag, pass_on
        finally:
            with suppress(OSError, TimeoutError, RuntimeError):
                self._client.unsubscribe_topic(flag)
                Event(flag, client=self._client).set()


class _Round:
    """One task on its way over the cluster."""

    def __init__(self, spread: Spread, task: Task, folder: Path, flag: str) -> None:
        self.spread = spread
        self.task = task
        self.flag = flag
        files = assets_of(folder, task.frozen)
        self.names = tuple(files)
        self.assets = spread.hold({n: p.read_bytes() for n, p in files.items()})
        self.deaths: dict[Piece, int] = {}

    def frames(self, pieces: tuple[Piece, ...], pass_on: Any) -> Iterator[Frame]:
        """Yield the frames of pieces as those are finished."""
        unmade = set(self.task.wanted)
        waiting = list(pieces)
        running: dict[Any, Piece] = {}
        while waiting or running:
            for piece in [p for p in waiting if not unmade.intersection(p.needs)]:
                waiting.remove(piece)
                running[self._begun(piece)] = piece
            if self.task.stopped():
                raise PromoteError(
                    "DaskEngine must finish its tasks, got a stop. Promote again to "
                    "go on."
                )
            self.spread.wait(list(running))
            pass_on()
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

    def _begun(self, piece: Piece) -> Any:
        parcel = Parcel(
            frozen=self.task.frozen,
            wanted=piece.numbers,
            assets=self.names,
            budget_usd=self.task.budget_usd,
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
            self.deaths[piece] = self.deaths.get(piece, 0) + 1
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
        if made.spent_usd is not None:
            self.task.spent(made.spent_usd)
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


def _same(value: Any) -> Any:
    return value
