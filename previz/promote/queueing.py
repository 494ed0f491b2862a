"""Jobs into the queue, with what their workers need."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from previz.errors import UnknownNameError
from previz.folder import FilmFolder, write_atomic
from previz.promote.backends import backend_of
from previz.promote.frames import FrameStore
from previz.promote.frozen import Frozen
from previz.promote.job import Job
from previz.promote.ledger import Ledger
from previz.promote.proof import Frames, reaches
from previz.promote.taken import FROZEN, clear_links, part_of, taken_in

__all__ = ["frames_there", "is_underway", "named_before", "queue_take"]


def is_underway(
    place: FilmFolder, ledger: Ledger, take: str, frames: Frames = ()
) -> bool:
    """Tell whether a take is whole already, or somebody makes it.

    One that waits is not: what it is going to cost has not been spent.

    Args:
        place: The film's folder.
        ledger: Its ledger.
        take: The take's hash.
        frames: Those of a proof that are asked about; none for the whole take.
    """
    if taken_in(place.promoted, take) is not None:
        return True
    return _is_made(ledger, take, frames) or _is_there(place, take, frames)


def named_before(place: FilmFolder, frozen: Frozen) -> Frozen:
    """Return a shot under the name that its take had before its weights were fetched.

    A model that is fetched when it is first needed has no hash in that take's name.
    The take is still the shot's, if the weights are those that it was made by.

    Args:
        place: The film's folder.
        frozen: The shot, with the weights that lie here now.
    """
    bare = frozen.changed(weights={})
    taken = taken_in(place.promoted, bare.hash)
    if taken is None:
        return bare if part_of(place.promoted, bare.hash).is_dir() else frozen
    return bare if taken.manifest.get("weights") == frozen.weights else frozen


def queue_take(
    place: FilmFolder,
    ledger: Ledger,
    frozen: Frozen,
    *,
    engine: str,
    follows: str = "",
    frames: Frames = (),
) -> Job:
    """Queue a frozen shot; one whose take is whole, or being made, is left alone.

    A proof that is there, or being made, is widened by what else is asked.

    Args:
        place: The film's folder.
        ledger: Its ledger.
        frozen: The shot.
        engine: What is to start it.
        follows: The take that this one is another try of.
        frames: Those of a proof; none for the whole take.

    Raises:
        FilmFolderError: If the folder cannot be written.
        PromoteError: If the ledger cannot be used.
    """
    whole = taken_in(place.promoted, frozen.hash) is not None
    # Who makes it goes on with the budget that it was begun with.
    if not whole and not _is_made(ledger, frozen.hash, frames):
        part = part_of(place.promoted, frozen.hash)
        clear_links(part)
        write_atomic(part / FROZEN, frozen.to_json())
    return ledger.enqueue(
        frozen,
        engine=engine,
        follows=follows,
        lost=not whole,
        told=_told(frozen, ledger),
        frames=frames,
        there=frames_there(place, frozen.hash),
    )


def _is_made(ledger: Ledger, take: str, frames: Frames) -> bool:
    """Tell whether somebody makes some frames of a take, or all of it."""
    try:
        job = ledger.job(take)
    except UnknownNameError:
        return False
    return job.state in ("running", "checking") and reaches(job.proof, frames)


def _is_there(place: FilmFolder, take: str, frames: Frames) -> bool:
    """Tell whether all frames of a proof are finished."""
    return bool(frames) and {*frames} <= frames_there(place, take)


def frames_there(place: FilmFolder, take: str) -> frozenset[int]:
    """Return the finished frames of a take that is not whole."""
    return frozenset(FrameStore(part_of(place.promoted, take) / "frames").paths())


def _told(frozen: Frozen, ledger: Ledger) -> dict[str, Any]:
    """Return what a queue shows of a job without opening what is frozen."""
    shot, rate = frozen.shot, frozen.film.rate
    plan = backend_of(frozen.order.backend).plan(
        frozen.order,
        length_frames=shot.length_frames,
        rate_fps=float(rate.fraction),
        runs=ledger.runs(),
    )
    lens = f"{shot.camera.poses[0].focal_length_mm:g} mm"
    return {
        "words": f"{shot.size} · {lens} · {shot.camera.move}",
        "rate_fps": float(rate.fraction),
        "plan": asdict(replace(plan, chunks=())) | {"chunks": len(plan.chunks)},
    }
