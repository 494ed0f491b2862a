"""A take at full quality as a cell holds it: it shows how far it is, then plays."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, overload

from previz.errors import MissingRuntimeError, ModelError, PrevizError, PromoteError
from previz.folder import FilmFolder, write_atomic
from previz.given import amount_given, is_whole, path_given
from previz.model import Film
from previz.promote.backends import backend_of
from previz.promote.engines import DEFAULT_ENGINE, Engine, engine_of
from previz.promote.engines.post import relieve
from previz.promote.finishing import shown
from previz.promote.frames import FrameStore
from previz.promote.frozen import Frozen
from previz.promote.handing import Form, hand_over
from previz.promote.job import Job, State
from previz.promote.ledger import Ledger
from previz.promote.limit import LeftOut
from previz.promote.plan import Plan
from previz.promote.proof import proof_plan
from previz.promote.taken import FROZEN, PREVIEW, THUMB, Taken, part_of, taken_in
from previz.proofsheet import ProofSheet
from previz.queued import FilmQueue
from previz.widgets.queue_html import left_out_html, queue_html
from previz.widgets.queue_messages import LeftOutShot

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Promotion", "Promotions"]

_LOOK_S = 0.2
_DEAD_S = 120.0
"""Within which an engine that lost its worker has another at the job."""
_SHOWN_PX = 480
_MOST_BYTES = 12 << 20
"""Of a film that is kept in a cell: a notebook of larger ones opens nowhere."""
_TEXT = "font:12px/1.5 system-ui,sans-serif"


class Promotion:
    """A promoted shot: queued, being made or whole.

    Args:
        folder: The film's folder.
        take: The take's hash, which names the job.
    """

    def __init__(self, folder: Path, take: str) -> None:
        self.place = FilmFolder(folder)
        self.hash = take

    @property
    def job(self) -> Job:
        """How it stands in the ledger.

        Raises:
            UnknownNameError: If the ledger does not know it.
        """
        with Ledger(self.place.ledger) as ledger:
            return ledger.job(self.hash)

    @property
    def state(self) -> State:
        """What goes on with it, from queued to done, review, failed or cancelled."""
        return self.job.state

    @property
    def slate(self) -> str:
        """The shot's slate when it was promoted."""
        return self.job.slate

    @property
    def taken(self) -> Taken | None:
        """The whole take, or None while it is being made."""
        return taken_in(self.place.promoted, self.hash)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What made it, from what, with the SHA-256 of each file; empty until whole."""
        taken = self.taken
        return {} if taken is None else taken.manifest

    @property
    def adherence(self) -> Mapping[str, Any]:
        """What was measured of it against its shot, by name; empty until then.

        Until it is whole those are the figures of its proof, if there was one.
        """
        told = self.job.came if self.taken is None else self.manifest
        figures: Mapping[str, Any] = told.get("adherence", {})
        return figures

    @property
    def frozen(self) -> Frozen:
        """What it is made from.

        Raises:
            PromoteError: If that is no more on disk.
        """
        whole = self.place.promoted / self.hash / FROZEN
        path = whole if whole.is_file() else part_of(self.place.promoted, self.hash)
        path = path if path == whole else path / FROZEN
        try:
            return Frozen.from_json(path.read_bytes())
        except OSError:
            raise PromoteError(
                f"Promotion.frozen must be in the film's folder, got no {path}. "
                "Promote the shot again."
            ) from None

    @property
    def plan(self) -> Plan:
        """What its backend does with the shot, with what is forecast of it now."""
        frozen = self.frozen
        with Ledger(self.place.ledger) as ledger:
            runs, frames = ledger.runs(), ledger.job(self.hash).proof
        plan = backend_of(frozen.order.backend).plan(
            frozen.order,
            length_frames=frozen.shot.length_frames,
            rate_fps=float(frozen.film.rate.fraction),
            runs=runs,
        )
        return proof_plan(plan, frames)

    @property
    def frames(self) -> FrameStore:
        """Its finished frames, also while more are being made."""
        taken = self.taken
        if taken is not None:
            return taken.frames
        return FrameStore(part_of(self.place.promoted, self.hash) / "frames")

    def frame(self, number: int) -> Image:
        """Return a finished frame as a picture.

        Args:
            number: Of the shot, from 0; negative counts from the end.

        Raises:
            FilmFolderError: If it is not finished yet.
            ModelError: If the number is none.
        """
        from PIL import Image

        if not is_whole(number):
            raise ModelError(
                f"Promotion.frame must be a whole number, got {number!r:.60}. "
                "Count from 0."
            )
        at = number + self.job.length_frames if number < 0 else number
        return Image.fromarray(shown(self.frames.read(at)))

    def wait(self, *, timeout_s: float | None = None) -> Promotion:
        """Wait until it is whole, or its proof is there, and return it.

        Args:
            timeout_s: For how long at most; None for as long as it takes.

        Raises:
            PromoteError: If it failed, was cancelled, or is not whole by then; or if
                its worker died and no other comes.
        """
        job = self._over(_patience(timeout_s))
        if job.state == "failed":
            raise PromoteError(job.error)
        if job.state == "cancelled":
            raise PromoteError(
                f"Promotion of {job.slate} must not be cancelled to be waited for, got "
                f"{job.made_frames} of {job.asked_frames} frames. Promote it again: "
                "they are kept."
            )
        return self

    def _over(self, timeout_s: float | None) -> Job:
        """Return the job once it is over; see `wait`."""
        until_s = None if timeout_s is None else time.monotonic() + timeout_s
        died_s: float | None = None
        with Ledger(self.place.ledger) as ledger:
            while not (job := ledger.job(self.hash)).is_over:
                if until_s is not None and time.monotonic() > until_s:
                    raise PromoteError(
                        f"Promotion.wait must end within {timeout_s:g} s, got "
                        f"{job.made_frames} of {job.asked_frames} frames of "
                        f"{job.slate}. It goes on; wait longer."
                    )
                relieve(self.hash)
                died_s = (died_s or time.monotonic()) if job.interrupted else None
                if died_s is not None and time.monotonic() - died_s > _DEAD_S:
                    raise PromoteError(
                        f"Promotion.wait must be of a take that is made, got "
                        f"{job.slate}, whose worker died at {job.made_frames} of "
                        f"{job.asked_frames} frames. Promote it again: they are kept."
                    )
                time.sleep(_LOOK_S)
        return job

    def resume(self, *, engine: str | Engine = DEFAULT_ENGINE) -> Promotion:
        """Go on with it where its worker died, or the notebook was closed.

        Args:
            engine: Where to make it.

        Raises:
            PromoteError: If no worker can be started.
        """
        if self.state == "queued":
            engine_of(engine).start(self.place.path, self.hash)
        return self

    def cancel(self) -> None:
        """Stop it within one step; finished frames are kept."""
        with Ledger(self.place.ledger) as ledger:
            ledger.cancel(self.hash)

    def save(self, path: Path | str) -> Path:
        """Write its MP4 and return its path; `deliver` has other forms.

        Raises:
            PromoteError: If it is not whole yet.
            FilmFolderError: If the file cannot be written.
        """
        taken = self.taken
        if taken is None:
            raise PromoteError(
                f"Promotion.save must come after it is done, got {self.state!r}. "
                f"{self._todo}"
            )
        path = path_given(path, "Promotion.save.path")
        write_atomic(path, taken.video.read_bytes())
        return path

    def deliver(self, folder: Path | str, *, form: Form = "prores-hq") -> Path:
        """Write it for editing and compositing: movies with timecode, EXR, PNG.

        Slate and timecode go by the film as it was saved last.

        Args:
            folder: Made if missing; what it gets is named by slate and take.
            form: "h264", "hevc", "prores-hq", "prores-4444", "exr", "png" or "png16".

        Returns:
            The file, or the folder of a sequence.

        Raises:
            PromoteError: If it is not whole yet, or has no linear light for EXR.
            FilmFolderError: If the disk is full or the folder cannot be written.
            UnknownNameError: If there is no such form.
        """
        taken = self.taken
        if taken is None:
            raise PromoteError(
                f"Promotion.deliver must come after it is done, got {self.state!r}. "
                f"{self._todo}"
            )
        place = path_given(folder, "Promotion.deliver")
        return hand_over(taken, place, form=form, film=self._film())

    @property
    def _todo(self) -> str:
        """What makes it whole."""
        if self.state == "proof":
            return "Promote the shot without proof."
        return "Wait for it: take.wait()."

    def _film(self) -> Film | None:
        """Return the film as it was saved last, if it can be read."""
        try:
            return self.place.load()
        except PrevizError:
            return None

    def __repr__(self) -> str:
        return f"<{words(self.job)}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        if self.state == "proof":
            return _still(self)
        shown = _card(self.place, [self.hash], alone=True, **kwargs)
        if shown is None:
            return None
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        return data | {"text/html": self._repr_html_()}, metadata

    def _repr_html_(self) -> str:
        job, taken = self.job, self.taken
        said = f'<div style="{_TEXT}">{escape(words(job))}</div>'
        if taken is None:
            return queue_html(FilmQueue(self.place, [self.hash]))
        films = (("preview", taken.folder / PREVIEW), (job.quality, taken.video))
        return "".join(_film(*film) for film in films if film[1].is_file()) + said


class Promotions(Sequence[Promotion]):
    """Promoted shots of a film, oldest first; they show themselves as a list.

    Args:
        folder: The film's folder.
        takes: Their hashes.
        left_out: Shots that a budget or hours did not hold.
        proofs: Whether they show themselves as a contact sheet once they are made.
    """

    def __init__(
        self,
        folder: Path,
        takes: Sequence[str],
        *,
        left_out: Sequence[LeftOut] = (),
        proofs: bool = False,
    ) -> None:
        self.place = FilmFolder(folder)
        self.limits: Mapping[str, LeftOut] = MappingProxyType(
            {each.slate: each for each in left_out}
        )
        """What left shots out, by their slates, and what they would have taken."""
        self.left_out = tuple(self.limits)
        self.proofs = proofs
        self._takes = tuple(takes)

    def __len__(self) -> int:
        return len(self._takes)

    @overload
    def __getitem__(self, index: int) -> Promotion: ...
    @overload
    def __getitem__(self, index: slice) -> Promotions: ...
    def __getitem__(self, index: int | slice) -> Promotion | Promotions:
        if isinstance(index, slice):
            return Promotions(self.place.path, self._takes[index], proofs=self.proofs)
        return Promotion(self.place.path, self._takes[index])

    def __iter__(self) -> Iterator[Promotion]:
        return (Promotion(self.place.path, take) for take in self._takes)

    def jobs(self) -> tuple[Job, ...]:
        """Return how they stand, in one look."""
        with Ledger(self.place.ledger) as ledger:
            known = {job.take: job for job in ledger.jobs()}
        return tuple(known[take] for take in self._takes if take in known)

    def wait(self, *, timeout_s: float | None = None) -> Promotions:
        """Wait until all are whole, or their proofs are there, and return them.

        Raises:
            PromoteError: If one failed, was cancelled, or is not whole by then.
        """
        timeout_s = _patience(timeout_s)
        until_s = None if timeout_s is None else time.monotonic() + timeout_s
        for each in self:
            left = None if until_s is None else max(until_s - time.monotonic(), 0.0)
            each.wait(timeout_s=left)
        return self

    def resume(self, *, engine: str | Engine = DEFAULT_ENGINE) -> Promotions:
        """Go on with those that wait and that nobody makes.

        Args:
            engine: Where to make them.

        Raises:
            PromoteError: If no worker can be started.
        """
        for job in self.jobs():
            if job.state == "queued":
                Promotion(self.place.path, job.take).resume(engine=engine)
        return self

    def cancel(self) -> None:
        """Stop those that are not over."""
        for job in self.jobs():
            if not job.is_over:
                Promotion(self.place.path, job.take).cancel()

    def __repr__(self) -> str:
        lines = [*(words(job) for job in self.jobs()), *map(str, self.limits.values())]
        return "\n".join(lines) or "Nothing promoted yet."

    @property
    def shots_left_out(self) -> tuple[LeftOutShot, ...]:
        """Shots that a budget or hours did not hold, as a card shows them."""
        return tuple(
            LeftOutShot(slate=x.slate, by=x.by, needs=x.needs, left=x.left)
            for x in self.limits.values()
        )

    def sheet(self, path: Path | str) -> Path:
        """Write a contact sheet: a few frames of each, its preview above, by slate.

        Of a proof those are its frames, else the first, the middle and the last. All
        pictures are 256 pixels wide; the same sheet in a cell has smaller ones where
        there are many, so that the cell stays below 4 MB.

        Args:
            path: Of a .png or .jpg.

        Raises:
            FilmFolderError: If it ends otherwise or cannot be written.
            PromoteError: If there are none.
        """
        return ProofSheet(self.place, self._takes).save(path)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        if self._is_sheet or (self.limits and not self._takes):
            return _still(self)
        left_out = self.shots_left_out
        return _card(self.place, self._takes, alone=False, left_out=left_out, **kwargs)

    def _repr_html_(self) -> str:
        if self._is_sheet:
            sheet = ProofSheet(self.place, self._takes)
            return sheet.html() + left_out_html(self.shots_left_out)
        return queue_html(FilmQueue(self.place, self._takes), self.shots_left_out)

    @property
    def _is_sheet(self) -> bool:
        jobs = self.jobs() if self.proofs else ()
        return bool(jobs) and all(job.is_over for job in jobs)


def _patience(timeout_s: object) -> float | None:
    """Return how long somebody waits at most; 0 only looks."""
    if timeout_s == 0:
        return 0.0
    return amount_given(timeout_s, "Promotion.wait.timeout_s", "Leave it out to wait.")


def words(job: Job) -> str:
    """Return how a job stands in one line."""
    made = f"{job.made_frames} of {job.asked_frames} frames"
    made += f" of a proof of {job.length_frames}" if job.proof else ""
    by = f"{job.backend}, {job.quality}, {job.take[:8]}"
    match job.state:
        case "done" | "review":
            look = " · to be looked at" if job.state == "review" else ""
            return f"{job.slate} · {job.length_frames} frames · {by}{look}"
        case "proof":
            shown = ", ".join(map(str, job.proof))
            return f"{job.slate} · proof, frames {shown} of {job.length_frames} · {by}"
        case "failed":
            return f"{job.slate} · failed at {made} · {by}: {job.error}"
        case "queued" if job.interrupted:
            return (
                f"{job.slate} · {made}, its worker died; promoting again goes on · {by}"
            )
        case _:
            doing = f" · {job.doing}" if job.doing else ""
            return f"{job.slate} · {job.state} · {made} · {by}{doing}"


def _still(shown: Promotion | Promotions) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a cell shows of what does not change any more."""
    return {"text/plain": repr(shown), "text/html": shown._repr_html_()}, {}


def _card(
    place: FilmFolder,
    takes: Sequence[str],
    *,
    alone: bool,
    left_out: tuple[LeftOutShot, ...] = (),
    **kwargs: Any,
) -> Any:
    """Return the queue widget on takes as a cell shows it; None where it is not built.

    A cell then falls back on the HTML.
    """
    from previz.widgets.queue import QueueWidget

    try:
        widget = QueueWidget(FilmQueue(place, takes), alone=alone, left_out=left_out)
    except MissingRuntimeError:
        return None
    return widget._repr_mimebundle_(**kwargs)


def _film(label: str, path: Path) -> str:
    """Return a film that plays in a page; a large one as a picture and its place."""
    length, thumb = path.stat().st_size, path.with_name(THUMB)
    if length > _MOST_BYTES:
        at = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
        label = f"{label}, {length / 1e6:.0f} MB in the film's folder: {at}"
        raw = _base64(thumb) if thumb.is_file() else ""
        shown = f'<img alt="" width="{_SHOWN_PX}" src="data:image/jpeg;base64,{raw}">'
    else:
        shown = (
            f'<video controls loop muted playsinline width="{_SHOWN_PX}" '
            f'src="data:video/mp4;base64,{_base64(path)}"></video>'
        )
    return (
        f'<figure style="display:inline-block;margin:0 8px 4px 0">{shown}'
        f'<figcaption style="{_TEXT};opacity:.65">{escape(label)}</figcaption></figure>'
    )


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()
