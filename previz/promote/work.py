"""What a worker does, wherever it runs: one job from its claim to the sealed take.

    promoted/<hash>.part/   frozen.json, frames/, scratch/, thumb.jpg: as it is made
    promoted/<hash>/        the same, take.json and what is made of the frames: whole

A frame is written whole or not at all, and the take gets its name by one rename. So a
worker may be killed at any moment: the next one begins at the first frame that is
missing, and nobody ever sees a part of a take.
"""

from __future__ import annotations

import shutil
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from previz.controls import Footage
from previz.errors import FilmFolderError, PrevizError, PromoteError
from previz.folder import FilmFolder, explain_os_error, remove
from previz.promote.backend import Backend, Frame, Task
from previz.promote.backends import backend_of
from previz.promote.finishing import (
    Finished,
    Finisher,
    finish_take,
    quick,
    thumbnail,
)
from previz.promote.fit import frame_check
from previz.promote.frames import FrameStore
from previz.promote.frozen import Frozen
from previz.promote.handing import slate_of
from previz.promote.job import Claim, State, tries_of
from previz.promote.lease import let_go
from previz.promote.ledger import Ledger
from previz.promote.measuring import run_of
from previz.promote.notes import Notes
from previz.promote.plan import Plan
from previz.promote.proving import STILLS, prove
from previz.promote.queueing import queue_take
from previz.promote.shooting import footage_of as footage_of
from previz.promote.taken import (
    FROZEN,
    THUMB,
    clear_links,
    clear_torn,
    part_of,
    seal,
    taken_in,
)
from previz.promote.watch import Watch

__all__ = ["check_weights", "work"]

Maker = Callable[[Task], Iterator[Frame]]
"""Makes the frames of a task somewhere else than in this process."""

_MOST_TRIES = 3
"""Takes of one shot that are made with seeds of their own until one is right."""
_THUMB_S = 1.0
_TROUBLE = "trouble.txt"
_STOPPED = "Job.stop must not be asked for, got a stop. Promote the shot again."


def _never() -> bool:
    return False


def work(
    folder: Path,
    job: str,
    *,
    stopped: Callable[[], bool] = _never,
    frames: Maker | None = None,
    finisher: Finisher = finish_take,
) -> State:
    """See a job through, unless somebody else does; what it comes to is the ledger's.

    Args:
        folder: The film's.
        job: Its name in the ledger: the take's hash.
        stopped: Asked often; once it says so the job is given back to the queue.
        frames: Makes the frames elsewhere; the backend makes them here by default.
        finisher: What makes the rest of the take and judges it.

    Returns:
        How the job stands then.

    Raises:
        UnknownNameError: If the ledger has no such job.
        PromoteError: If the ledger cannot be used.
    """
    place = FilmFolder(folder)
    with Ledger(place.ledger) as ledger:
        for _ in range(_MOST_TRIES):
            state = _seen_through(place, ledger, job, stopped, frames, finisher)
            followed = [j for j in ledger.jobs() if j.follows == job and not j.is_over]
            if state != "review" or not followed:
                return state
            job = followed[0].take
        return ledger.job(job).state


def _seen_through(
    place: FilmFolder,
    ledger: Ledger,
    job: str,
    stopped: Callable[[], bool],
    frames: Maker | None,
    finisher: Finisher,
) -> State:
    while (claim := ledger.claim(job)) is not None:
        try:
            with Watch(ledger, claim) as watch:
                worker = _Worker(place, ledger, claim, watch, stopped, frames, finisher)
                state = worker.attempt()
        except BaseException:
            let_go(claim.owner)
            raise
        if state != "queued" or stopped():
            return state
    return ledger.job(job).state


@dataclass(frozen=True)
class _Worker:
    """One attempt at a job."""

    place: FilmFolder
    ledger: Ledger
    claim: Claim
    watch: Watch
    asked: Callable[[], bool]
    maker: Maker | None
    finisher: Finisher

    def attempt(self) -> State:
        """Make the take and give the job back, whatever happens."""
        finish = self._finish
        try:
            finished = self._made()
            if finished.proof:
                return self._tell_proof(finished)
            return self._tell_whole("done" if finished.verdict == "pass" else "review")
        except PrevizError as error:
            if self._stopped():
                return finish(self._given_back())
            return finish("failed", error=str(error))
        except Exception as error:
            self._tell_trouble()
            what = f"{type(error).__name__}: {error}"
            return finish(
                "failed",
                error=f"Job.backend must make its frames, got {what}. "
                f"{self._part / _TROUBLE} says where.",
            )
        except BaseException:
            finish("queued")
            raise

    def _finish(self, state: State, error: str = "") -> State:
        """Give the job back, with all that is not in the ledger yet."""
        self.watch.beat()
        return self.ledger.finish(self.claim, state, error=error)

    def _tell_whole(self, state: State) -> State:
        """Give the job back with a whole take."""
        self.watch.made(self.ledger.job(self.claim.take).length_frames)
        self.watch.beat()
        taken = taken_in(self.place.promoted, self.claim.take)
        came = {} if taken is None else taken.summary
        return self.ledger.finish(self.claim, state, came=came)

    def _tell_proof(self, finished: Finished) -> State:
        """Give the job back with the frames of a proof, and what was measured."""
        self.watch.beat()
        return self.ledger.finish(self.claim, "proof", came=finished.told())

    def _stopped(self) -> bool:
        return self.watch.stopped or self.asked()

    def _given_back(self) -> State:
        return "cancelled" if self.watch.stopped else "queued"

    def _check_stop(self) -> None:
        if self._stopped():
            raise PromoteError(_STOPPED)

    @property
    def _part(self) -> Path:
        return part_of(self.place.promoted, self.claim.take)

    def _tell_trouble(self) -> None:
        with suppress(OSError):
            (self._part / _TROUBLE).write_text(traceback.format_exc(), "utf-8")

    def _made(self) -> Finished:
        taken = taken_in(self.place.promoted, self.claim.take)
        if taken is not None:
            # Sealed by a worker that died before it could say so, or queue another.
            remove(self._part)
            if taken.verdict == "retry":
                self._try_again(taken.frozen)
            return Finished(taken.verdict)
        clear_links(self._part)
        clear_torn(self._part)
        frozen = self._frozen()
        backend = backend_of(frozen.order.backend)
        if self.maker is None:
            check_weights(frozen, backend)
        footage = footage_of(frozen, self.place.path)
        plan = backend.plan(
            frozen.order,
            length_frames=frozen.shot.length_frames,
            rate_fps=float(frozen.film.rate.fraction),
            runs=self.ledger.runs(),
        )
        store = FrameStore(self._part / "frames", slate=slate_of(frozen))
        store.clear_damaged()
        notes = Notes(self._part / "notes.json")
        wanted = self._wanted(store, plan)
        self.watch.made(self._asked(plan) - len(wanted))
        if wanted:
            task = self._task(frozen, footage, plan, wanted, store, notes)
            self._shoot(task, self.maker or backend.frames, store)
        self.watch.checking()
        if store.missing(plan.length_frames):
            finished = prove(frozen, footage, store, self._part, self.claim.frames)
        else:
            finished = self.finisher(frozen, footage, store, self._part)
        # Whose process slept meanwhile hears only now that the job is somebody else's.
        self.watch.beat()
        self._check_stop()
        if not finished.proof:
            self._seal(frozen, plan, notes, finished)
        return finished

    def _wanted(self, store: FrameStore, plan: Plan) -> tuple[int, ...]:
        """Return the frames that are asked for and not finished."""
        missing = store.missing(plan.length_frames)
        asked = self.claim.frames
        return tuple(n for n in missing if n in asked) if asked else missing

    def _asked(self, plan: Plan) -> int:
        return len(self.claim.frames) or plan.length_frames

    def _frozen(self) -> Frozen:
        path = self._part / FROZEN
        try:
            frozen = Frozen.from_json(path.read_bytes())
        except (OSError, PrevizError) as error:
            raise PromoteError(
                f"Job.frozen must be a frozen shot, got none in {path} ({error}). "
                "Promote the shot again."
            ) from None
        if frozen.hash != self.claim.take:
            raise PromoteError(
                f"Job.frozen must be of the take's hash, got {frozen.hash[:12]} in "
                f"{path}. Delete that folder and promote the shot again."
            )
        return frozen

    def _task(
        self,
        frozen: Frozen,
        footage: Footage,
        plan: Plan,
        wanted: tuple[int, ...],
        store: FrameStore,
        notes: Notes,
    ) -> Task:
        scratch = self._part / "scratch"
        try:
            scratch.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FilmFolderError(explain_os_error(scratch, error)) from None
        return Task(
            frozen=frozen,
            footage=footage,
            plan=plan,
            wanted=wanted,
            made=store.read,
            scratch=scratch,
            stopped=self._stopped,
            report=self.watch.report,
            note=notes.add,
            budget_usd=self._budget_usd(frozen),
            spent=self.watch.spent,
        )

    def _budget_usd(self, frozen: Frozen) -> float | None:
        """Return what may be spent on a take: a budget is for all tries of a shot."""
        whole = frozen.order.budget_usd
        if whole is None:
            return None
        earlier = tries_of(self.ledger.jobs(), frozen.hash)[1:]
        return whole - sum(job.spent_usd for job in earlier)

    def _shoot(self, task: Task, make: Maker, store: FrameStore) -> None:
        """Keep each frame as it comes, if it is sound; measure what that took."""
        plan, left = task.plan, set(task.wanted)
        check = frame_check(plan, task.footage)
        began_s, pictured_s = time.monotonic(), 0.0
        spent_usd = self.ledger.job(self.claim.take).spent_usd
        for frame in make(task):
            if frame.number not in left:
                raise _miscounted(plan, f"frame {frame.number}, which is not wanted")
            check(frame)
            if self.watch.lost:
                raise PromoteError(_STOPPED)
            store.keep(frame)
            left.discard(frame.number)
            self.watch.made(self._asked(plan) - len(left))
            if time.monotonic() - pictured_s > _THUMB_S:
                thumbnail(self._part / THUMB, quick(frame))
                pictured_s = time.monotonic()
            self._check_stop()
        if left:
            made = len(task.wanted) - len(left)
            raise _miscounted(plan, f"{made} of {len(task.wanted)}")
        cost_usd = self.ledger.job(self.claim.take).spent_usd - spent_usd or None
        run = run_of(
            plan, made_frames=len(task.wanted), seconds=time.monotonic() - began_s,
            cost_usd=cost_usd, here=self.maker is None,
        )  # fmt: skip
        self.ledger.measured(self.claim.take, run)

    def _seal(
        self, frozen: Frozen, plan: Plan, notes: Notes, finished: Finished
    ) -> None:
        self._keep_sound()
        job = self.ledger.job(self.claim.take)
        manifest = {
            "take": frozen.hash,
            "shot": frozen.shot.id,
            "slate": frozen.shot.slate,
            "state": frozen.state,
            "size_px": plan.shown,
            "length_frames": plan.length_frames,
            "order": frozen.order.model_dump(mode="json"),
            "model": plan.model,
            "licence": plan.licence,
            "made_by": frozen.versions,
            "weights": self._weights(frozen),
            "color": frozen.color,
            "attempts": job.attempts,
            "spent_usd": job.spent_usd,
            "notes": notes.all(),
            "verdict": finished.verdict,
            "adherence": finished.adherence,
        }
        seal(self._part, self.place.promoted / frozen.hash, manifest)
        if finished.verdict == "retry":
            self._try_again(frozen)

    def _weights(self, frozen: Frozen) -> dict[str, str]:
        """Return the weights that made it, also if they were fetched for it."""
        if frozen.weights or self.maker is not None:
            return frozen.weights
        return backend_of(frozen.order.backend).weights(frozen.order)

    def _keep_sound(self) -> None:
        """Keep the sound that came with the pictures, and nothing of the making."""
        scratch = self._part / "scratch"
        stills = self._part / STILLS
        sound = scratch / "sound.wav"
        try:
            if sound.is_file():
                sound.replace(self._part / sound.name)
            (self._part / _TROUBLE).unlink(missing_ok=True)
            for making in (scratch, stills):
                if making.exists():
                    shutil.rmtree(making)
        except OSError as error:
            raise FilmFolderError(explain_os_error(scratch, error)) from None

    def _try_again(self, frozen: Frozen) -> None:
        """Queue the shot with another seed, unless that was done often enough."""
        tries = tries_of(self.ledger.jobs(), frozen.hash)
        if len(tries) < _MOST_TRIES:
            order = frozen.order.changed(seed=frozen.order.seed + 1)
            again = frozen.changed(order=order)
            engine = tries[0].engine
            queue_take(
                self.place, self.ledger, again, engine=engine, follows=frozen.hash
            )


def check_weights(frozen: Frozen, backend: Backend) -> None:
    """Refuse to make a take by other weights than those it is named after.

    Raises:
        PromoteError: If this machine has others, or none.
        GenerateError: As the backend does.
    """
    here = backend.weights(frozen.order)
    other = [name for name, known in frozen.weights.items() if here.get(name) != known]
    if other:
        raise PromoteError(
            f"Frozen.weights must be those of where it is made, got another "
            f"{other[0]} here. Install the same weights, or promote again from here."
        )


def _miscounted(plan: Plan, got: str) -> PromoteError:
    return PromoteError(
        f"Backend.frames of {plan.backend} must yield each wanted frame once, got "
        f"{got}. What came is kept; promote the shot again, or with another backend."
    )
