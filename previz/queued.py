"""A film's promotions as the queue widget shows them: what the ledger and disk say."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from previz.errors import FilmFolderError, PrevizError
from previz.folder import FilmFolder
from previz.widgets.queue_html import duration
from previz.widgets.queue_messages import QueueCard

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from previz.controls import Footage
    from previz.promote.frames import FrameStore
    from previz.promote.frozen import Frozen
    from previz.promote.job import Job
    from previz.promote.ledger import Ledger

__all__ = ["FilmQueue", "plan_rows"]

_THUMB_PX, _PAIR_PX, _DRAWN_PX = 320, 960, 480
_NAMED = 4
"""Frames of a proof that are told one by one."""
_Shown = TypeVar("_Shown")
_MADE_BY = {"previz": "previz", "previz.render": "renderer"}


class FilmQueue:
    """Promoted shots of one film.

    Args:
        place: The film's folder.
        takes: Hashes of those that are shown; None for all that come.
        clock: Seconds since the epoch.
    """

    def __init__(
        self,
        place: FilmFolder,
        takes: Sequence[str] | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._place = place
        self._takes = None if takes is None else frozenset(takes)
        self._clock = clock
        self._small = lru_cache(maxsize=256)(self._thumb)
        self._large = lru_cache(maxsize=32)(self._frame)
        self._beside = lru_cache(maxsize=32)(self._pair)
        self._footage = lru_cache(maxsize=1)(self._thawed)

    @property
    def folder(self) -> Path:
        """The film's folder."""
        return self._place.path

    def cards(self) -> tuple[QueueCard, ...]:
        """Return the jobs, newest first; whoever looks has killed couriers followed."""
        from previz.promote.engines.post import relieve
        from previz.promote.ledger import Ledger

        relieve()
        with Ledger(self._place.ledger) as ledger:
            jobs = [job for job in ledger.jobs() if self._shows(job.take)]
            jobs.sort(key=lambda job: -job.queued_s)
            worked_s = ledger.worked_s()
            return tuple(
                self._card(job, ledger, worked_s.get(job.take, 0.0)) for job in jobs
            )

    def thumb(self, job: str, frame: int) -> bytes | None:
        """Return a finished frame as a small JPEG, or None if it is not there."""
        return _found(self._small, job, frame) if self._has(job, frame) else None

    def frame(self, job: str, frame: int) -> bytes | None:
        """Return a finished frame as a large JPEG, or None if it is not there."""
        return _found(self._large, job, frame) if self._has(job, frame) else None

    def pair(self, job: str, frame: int) -> tuple[bytes, bytes] | None:
        """Return a frame and its preview as JPEG, or None if it is not there."""
        if not self._has(job, frame):
            return None
        return self._still(job, frame) or _found(self._beside, job, frame)

    def small_pair(self, job: str, frame: int) -> tuple[bytes, bytes] | None:
        """Return the same, each 320 pixels long."""
        both = self.pair(job, frame)
        return None if both is None else (_smaller(both[0]), _smaller(both[1]))

    def cancel(self, job: str) -> None:
        """Stop a job within a step.

        Raises:
            UnknownNameError: If the ledger does not know it.
        """
        from previz.promote.ledger import Ledger

        with Ledger(self._place.ledger) as ledger:
            ledger.cancel(job)

    def _has(self, job: str, frame: int) -> bool:
        return self._shows(job) and frame in self._store(job).paths()

    def _shows(self, take: str) -> bool:
        return self._takes is None or take in self._takes

    def _store(self, job: str) -> FrameStore:
        from previz.promote.frames import FrameStore
        from previz.promote.taken import part_of

        whole = self._place.promoted / job
        part = part_of(self._place.promoted, job)
        return FrameStore((whole if whole.is_dir() else part) / "frames")

    def _thumb(self, job: str, frame: int) -> bytes:
        from previz.promote.finishing import quick

        return _jpeg(quick(self._store(job).read(frame)), _THUMB_PX)

    def _frame(self, job: str, frame: int) -> bytes:
        from previz.promote.finishing import shown

        return _jpeg(shown(self._store(job).read(frame)), _PAIR_PX)

    def _pair(self, job: str, frame: int) -> tuple[bytes, bytes]:
        from previz.promote.finishing import shown

        made = _jpeg(shown(self._store(job).read(frame)), _PAIR_PX)
        return made, _jpeg(self._preview(job, frame), _PAIR_PX)

    def _still(self, job: str, frame: int) -> tuple[bytes, bytes] | None:
        """Return the pictures that a proof left of a frame, if it did."""
        from previz.promote.proving import still_of
        from previz.promote.taken import part_of

        made, preview = still_of(part_of(self._place.promoted, job), frame)
        try:
            return made.read_bytes(), preview.read_bytes()
        except OSError:
            return None

    def _preview(self, job: str, frame: int) -> NDArray[Any]:
        """Return the preview's frame: of its film, or drawn while there is none."""
        from previz.cut import read_frames
        from previz.promote.taken import PREVIEW

        film = self._place.promoted / job / PREVIEW
        if film.is_file():
            found = next(islice(read_frames(film), frame, None), None)
            if found is None:
                raise FilmFolderError(
                    f"FilmQueue.preview must have frame {frame}, got a shorter film "
                    f"{film}. Delete it and promote the shot again."
                )
            filmed: NDArray[Any] = found.to_ndarray(format="rgb24")
            return filmed
        frozen, footage = self._footage(job)
        width_px = min(frozen.order.width_px, _DRAWN_PX)
        height_px = max(width_px * frozen.order.height_px // frozen.order.width_px, 1)
        return footage.preview(frame, size=(width_px, height_px))

    def _thawed(self, job: str) -> tuple[Frozen, Footage]:
        """Return a shot as it was frozen, on its stage again."""
        from previz.promote.frozen import Frozen
        from previz.promote.shooting import footage_of
        from previz.promote.taken import FROZEN, part_of

        part = part_of(self._place.promoted, job)
        frozen = Frozen.from_json((part / FROZEN).read_bytes())
        return frozen, footage_of(frozen, self._place.path)

    def _card(self, job: Job, ledger: Ledger, worked_s: float) -> QueueCard:
        told, came = job.told, _came(job)
        plan = told.get("plan", {})
        width_px, height_px = plan.get("shown", (16, 9))
        # Validated at once, inner values too: a long queue has thousands of them.
        return QueueCard.model_validate(
            {
                "job": job.take,
                "shot": job.shot,
                "slate": job.slate,
                "words": told.get("words", ""),
                "state": job.state,
                "engine": job.engine,
                "backend": job.backend,
                "quality": job.quality,
                "model": plan.get("model", ""),
                "width_px": width_px,
                "height_px": height_px,
                "length_frames": job.length_frames,
                "rate_fps": told.get("rate_fps", 24.0),
                "proof": [*_proof_rows(job)],
                "made": self._spans(job),
                "made_frames": job.made_frames,
                "step": "its worker died" if job.interrupted else job.doing,
                "steps_done": job.steps_done,
                "steps": job.steps_all,
                "elapsed_s": worked_s,
                "left_s": self._left_s(job, plan, ledger),
                "attempts": job.attempts,
                "plan": [*plan_rows(plan, job.proof)],
                "uses": plan.get("uses", ()),
                "warnings": plan.get("warnings", ()),
                "error": job.error,
                "verdict": came.get("verdict", ""),
                "adherence": [*_adherence_rows(came.get("adherence", {}))],
                "figures_of": _figures_of(job),
                "manifest": [*_manifest_rows(job.take, came)],
                "files": came.get("files", ()),
            }
        )

    def _spans(self, job: Job) -> tuple[tuple[int, int], ...]:
        if job.is_made:
            return ((0, job.length_frames - 1),)
        if not job.attempts:
            return ()
        spans: list[tuple[int, int]] = []
        for number in self._store(job.take).paths():
            if spans and number == spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], number)
            else:
                spans.append((number, number))
        return tuple(spans)

    def _left_s(
        self, job: Job, plan: Mapping[str, Any], ledger: Ledger
    ) -> float | None:
        """Return how long it will take still, by its own pace or by the forecast."""
        if job.is_over:
            return None
        missing = job.asked_frames - job.made_frames
        if job.state != "queued":
            attempt = ledger.attempts(job.take)[-1]
            made = job.made_frames - attempt["first_made"]
            if made > 0:
                worked_s = self._clock() - attempt["began_s"]
                return float(worked_s / made * missing)
        whole_s: float | None = plan.get("forecast", {}).get("seconds")
        return None if whole_s is None else whole_s * missing / job.length_frames


def _found(look: Callable[[str, int], _Shown], job: str, frame: int) -> _Shown | None:
    """Return what a look shows, or None where it cannot just then.

    A take that is sealed meanwhile has moved: the next look finds it.
    """
    try:
        return look(job, frame)
    except (OSError, PrevizError):
        return None


def _jpeg(picture: NDArray[Any], longest_px: int) -> bytes:
    from PIL import Image

    image, raw = Image.fromarray(picture), io.BytesIO()
    image.thumbnail((longest_px, longest_px))
    image.save(raw, "JPEG", quality=88)
    return raw.getvalue()


def _smaller(jpeg: bytes) -> bytes:
    from PIL import Image

    with Image.open(io.BytesIO(jpeg)) as image:
        image.draft("RGB", (_THUMB_PX, _THUMB_PX))
        image.thumbnail((_THUMB_PX, _THUMB_PX))
        raw = io.BytesIO()
        image.convert("RGB").save(raw, "JPEG", quality=85)
    return raw.getvalue()


def _came(job: Job) -> Mapping[str, Any]:
    """Return what is known of what came: of a take that is lost, nothing any more."""
    came = job.came
    return {} if "take" in came and not job.is_made else came


def _figures_of(job: Job) -> str:
    """Return what figures are of, where that is less than what is asked for now."""
    frames = [row.get("frame") for row in _framing(job)]
    if not job.came or "take" in job.came or frames == [*job.proof]:
        return ""
    if job.state == "proof" or not frames:
        return "" if job.proof else "its proof"
    if len(frames) > _NAMED:
        return f"its proof of {len(frames)} frames"
    word = "frame" if len(frames) == 1 else "frames"
    return f"its proof, {word} {', '.join(map(str, frames))}"


def _framing(job: Job) -> list[dict[str, Any]]:
    """Return what was measured of each frame of a proof."""
    rows = job.came.get("framing")
    return [row for row in rows if isinstance(row, dict)] if rows else []


def _proof_rows(job: Job) -> Iterator[_Row]:
    """Yield the frames of a proof, with what was measured of each."""
    said = {str(row.get("frame")): row for row in _framing(job)}
    for frame in job.proof:
        told = said.get(str(frame), {})
        good, framing = told.get("good"), told.get("value", "")
        yield {"frame": frame, "framing": framing, "good": good}


_Row = dict[str, Any]
"""A `Row` before it is validated."""


def _row(name: str, value: str, *, good: bool | None = None) -> _Row:
    return {"name": name, "value": value, "good": good}


def plan_rows(plan: Mapping[str, Any], proof: Sequence[int] = ()) -> Iterator[_Row]:
    """Yield a plan as lines of a table.

    Args:
        plan: Its fields, with the count of chunks.
        proof: The frames that are asked of the take, if not all.
    """
    if not plan:
        return
    (made_w, made_h), (shown_w, shown_h) = plan["made"], plan["shown"]
    size = f"{shown_w} × {shown_h}"
    if (made_w, made_h) != (shown_w, shown_h):
        size += f", made at {made_w} × {made_h}"
    yield _row("size", size)
    yield _row("length", f"{plan['length_frames']} frames")
    if proof:
        yield _row("proof", f"frames {', '.join(map(str, proof))}")
    if 1 < plan["chunks"] < plan["length_frames"]:
        yield _row("made in", f"{plan['chunks']} parts")
    traced = plan["backend"] == "path"
    yield _row("paths" if traced else "steps", str(plan["steps"]) + " a pixel" * traced)
    foreseen = plan["forecast"]
    share = len(proof) / plan["length_frames"] if proof else 1.0
    if foreseen["seconds"] is not None:
        runs = f", from {foreseen['from_runs']} runs" if foreseen["from_runs"] else ""
        yield _row("time", duration(foreseen["seconds"] * share) + runs)
    if foreseen["memory_bytes"] is not None:
        yield _row("memory", f"{foreseen['memory_bytes'] / 2**30:.1f} GiB")
    if foreseen["cost_usd"]:
        yield _row("cost", f"${foreseen['cost_usd'] * share:.2f}")
    if plan["licence"]:
        yield _row("licence", plan["licence"])


def _adherence_rows(figures: Mapping[str, Any]) -> Iterator[_Row]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield _row(name, _said(value.get("value")), good=value.get("good"))
        else:
            yield _row(name, _said(value))


def _said(value: object) -> str:
    if value is None:
        return "not measured"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _manifest_rows(take: str, came: Mapping[str, Any]) -> Iterator[_Row]:
    yield _row("take", take)
    for name, version in came.get("made_by", {}).items():
        yield _row(_MADE_BY.get(name, name), str(version))
    for name, known in came.get("weights", {}).items():
        yield _row(name, known)
    if came.get("color"):
        yield _row("colour", came["color"])
    if came.get("spent_usd"):
        yield _row("spent", f"${came['spent_usd']:.2f}")
    for note in came.get("notes", ()):
        yield _row("note", note)
