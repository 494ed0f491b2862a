"""What a Dask worker does: one piece of a take, with nothing but what it is told."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from previz.errors import PrevizError
from previz.promote.backend import Frame
from previz.promote.engines.packing import packed, unpacked
from previz.promote.engines.parcel import Parcel, made_of
from previz.promote.taken import SOUND
from previz.render.hands import keep_to
from previz.trace.threads import THREADS, threads_asked

__all__ = ["Made", "make"]

_ASK_S = 0.5
"""The flag lies with the scheduler; asking for it takes milliseconds."""
_turn = threading.Lock()
"""A worker makes one piece at a time, with all of its cores."""


@dataclass(frozen=True)
class Made:
    """What comes home of a piece.

    Attributes:
        frames: Those that became whole, as `packed` makes them.
        sound: The take's sound, if the backend made some.
        notes: What the manifest must say.
        spent_usd: What it cost.
        error: Kind and text of what ended it, if it did not end well. An error is
            told and not raised: not all of them bear being pickled.
    """

    frames: tuple[bytes, ...]
    sound: bytes = b""
    notes: tuple[str, ...] = ()
    spent_usd: float | None = None
    error: tuple[str, str] | None = None


def make(
    parcel: bytes,
    *,
    assets: Mapping[str, bytes],
    kept: Mapping[int, bytes],
    flag: str,
) -> Made:
    """Make the frames of a parcel on this worker.

    Args:
        parcel: As `Parcel.to_bytes` gives it.
        assets: The files it names.
        kept: Frames that it continues from, packed.
        flag: Name of the event that stops it and of the topic that is told its steps.
    """
    # Told before it waits for its turn: what no worker tells of is given out again.
    _tell(flag, {"begun": _key(), "by": _worker().address})
    with _turn:
        _keep_to_own_cores()
        return _made(parcel, assets=assets, kept=kept, flag=flag)


def _keep_to_own_cores() -> None:
    """Use as many cores as this worker says it has threads, unless it was told more.

    The others are for the workers beside it.
    """
    os.environ.setdefault(THREADS, str(_worker().state.nthreads))
    keep_to(threads_asked() or 1)


def _made(
    parcel: bytes,
    *,
    assets: Mapping[str, bytes],
    kept: Mapping[int, bytes],
    flag: str,
) -> Made:
    frames: list[bytes] = []
    notes: list[str] = []
    spent: list[float] = []
    # Dask clears the folders of workers that were killed.
    place = _worker().local_directory
    with tempfile.TemporaryDirectory(prefix="previz-", dir=place) as name:
        folder = Path(name)
        (folder / "assets").mkdir()
        for asset, raw in assets.items():
            (folder / "assets" / Path(asset).name).write_bytes(raw)
        mine: dict[int, Frame] = {n: unpacked(raw) for n, raw in kept.items()}
        error = None
        try:
            for frame in made_of(
                Parcel.from_bytes(parcel),
                folder=folder,
                scratch=folder,
                made=mine.__getitem__,
                stopped=_flagged(flag),
                report=_teller(flag),
                note=notes.append,
                spent=spent.append,
            ):
                frames.append(packed(frame))
                # As home would give it back, so that all engines make the same.
                mine[frame.number] = unpacked(frames[-1])
        except PrevizError as failed:
            error = (type(failed).__name__, str(failed))
        sound = folder / SOUND
        return Made(
            frames=tuple(frames),
            sound=sound.read_bytes() if sound.exists() else b"",
            notes=tuple(notes),
            spent_usd=spent[-1] if spent else None,
            error=error,
        )


def _flagged(name: str) -> Callable[[], bool]:
    """Return what asks the scheduler, now and then, whether to stop."""
    from distributed import Event, get_client

    event = Event(name, client=get_client())
    seen = {"at": time.monotonic(), "set": False}

    def flagged() -> bool:
        if not seen["set"] and time.monotonic() - seen["at"] > _ASK_S:
            try:
                seen["set"] = bool(event.is_set())
            except (OSError, TimeoutError, RuntimeError):
                # Without a scheduler nobody waits for what is made here.
                seen["set"] = True
            seen["at"] = time.monotonic()
        return bool(seen["set"])

    return flagged


def _teller(topic: str) -> Callable[[str, int, int], None]:
    """Return what tells home the steps that are done."""

    def tell(what: str, done: int, of: int) -> None:
        _tell(topic, {"steps": (what, done, of)})

    return tell


def _tell(topic: str, event: dict[str, Any]) -> None:
    _worker().log_event(topic, event)


def _key() -> str:
    """Return the name of the task that this worker does on this thread."""
    return str(_worker().get_current_task())


def _worker() -> Any:
    from distributed import get_worker

    return get_worker()
