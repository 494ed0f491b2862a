"""Promotion from the studio: what a page asks for of a film as it is just then."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from previz import model
from previz.errors import UnknownNameError
from previz.folder import FilmFolder
from previz.promoting import TIER_SIZES, Promoted, plan_shot, promote_steps
from previz.queued import FilmQueue, plan_rows
from previz.widgets.queue_messages import (
    AskPlan,
    AskPromote,
    ChoicesSent,
    Ordered,
    PlannedShot,
    PlanSent,
    PromotedSent,
    QueueCard,
    Row,
    SignalUse,
    Tier,
)

if TYPE_CHECKING:
    from previz.promote.plan import Plan
    from previz.stage import Assets, Stage

__all__ = ["FilmOrders"]


class FilmOrders:
    """A film's promotions as the studio shows them, and more at its request.

    Args:
        film: The film; it may be given a folder later.
    """

    def __init__(self, film: Promoted) -> None:
        self._film = film
        self._kept: FilmQueue | None = None

    def cards(self) -> tuple[QueueCard, ...]:
        """Return the jobs, newest first; none while the film has no folder."""
        queue = self._queue
        return () if queue is None else queue.cards()

    def thumb(self, job: str, frame: int) -> bytes | None:
        """Return a finished frame as a small JPEG, or None if it is not there."""
        queue = self._queue
        return None if queue is None else queue.thumb(job, frame)

    def frame(self, job: str, frame: int) -> bytes | None:
        """Return a finished frame as a large JPEG, or None if it is not there."""
        queue = self._queue
        return None if queue is None else queue.frame(job, frame)

    def pair(self, job: str, frame: int) -> tuple[bytes, bytes] | None:
        """Return a frame and its preview as JPEG, or None if it is not there."""
        queue = self._queue
        return None if queue is None else queue.pair(job, frame)

    def small_pair(self, job: str, frame: int) -> tuple[bytes, bytes] | None:
        """Return the same as small JPEG."""
        queue = self._queue
        return None if queue is None else queue.small_pair(job, frame)

    def cancel(self, job: str) -> None:
        """Stop a job within a step.

        Raises:
            UnknownNameError: If there is no such job.
        """
        queue = self._queue
        if queue is None:
            raise UnknownNameError("Ledger.job", job, ())
        queue.cancel(job)

    def choices(self) -> ChoicesSent:
        """Return the tiers and backends there are."""
        from previz.promote.backends import backend_names

        tiers = (
            Tier(quality=quality, width_px=width_px, height_px=height_px)
            for quality, (width_px, height_px) in TIER_SIZES.items()
        )
        return ChoicesSent(tiers=tuple(tiers), backends=backend_names())

    def plan(self, asked: AskPlan) -> PlanSent:
        """Return what an order would do; nothing is begun.

        Raises:
            PrevizError: If a name is not known or the order cannot be carried out.
        """
        shots = [self._film.value.find_shot(name)[1] for name in asked.shots]
        plans = [plan_shot(self._film, shot, **_told(asked.order)) for shot in shots]
        first = plans[0]
        uses = tuple(SignalUse(**asdict(use)) for use in first.uses)
        warnings = dict.fromkeys(text for plan in plans for text in plan.warnings)
        planned = tuple(
            PlannedShot(
                slate=shot.slate,
                length_frames=_made_frames(plan),
                seconds=plan.forecast.seconds,
                cost_usd=plan.forecast.cost_usd,
            )
            for shot, plan in zip(shots, plans, strict=True)
        )
        return PlanSent(
            number=asked.number,
            shots=planned,
            rows=tuple(Row(**row) for row in _rows(plans)),
            uses=uses,
            warnings=(*self._lacks, *warnings),
        )

    def promote(self, asked: AskPromote) -> Generator[None, None, PromotedSent]:
        """Queue shots of the film as it is, and have them made.

        Raises:
            PrevizError: If a shot cannot be promoted; those before it are queued.
        """
        film = _AsItIs(self._film.value, self._film.folder, self._film.assets)
        shots = [film.value.find_shot(name) for name in asked.shots]
        made = yield from promote_steps(film, shots, **_told(asked.order))
        return PromotedSent(
            number=asked.number,
            jobs=tuple(each.hash for each in made),
            left_out=made.shots_left_out,
        )

    @property
    def _queue(self) -> FilmQueue | None:
        folder = self._film.folder
        if folder is not None and (self._kept is None or self._kept.folder != folder):
            self._kept = FilmQueue(FilmFolder(folder))
        return self._kept

    @property
    def _lacks(self) -> tuple[str, ...]:
        if self._film.folder is not None:
            return ()
        return ('The film has no folder for its takes yet: film.save("my_film").',)


@dataclass(frozen=True)
class _AsItIs:
    """A film that stays as it is while its shots are read frame by frame."""

    value: model.Film
    folder: Path | None
    assets: Assets | None
    _stages: dict[str, Stage] = field(default_factory=dict)

    def stage_of(self, scene: model.Scene) -> Stage:
        """Return the stage of a scene, kept."""
        from previz.stage import NO_ASSETS, Stage

        if scene.id not in self._stages:
            self._stages[scene.id] = Stage(
                scene.changed(shots=()),
                self.value.characters,
                rate=self.value.rate,
                assets=self.assets or NO_ASSETS,
            )
        return self._stages[scene.id]


def _told(order: Ordered) -> dict[str, Any]:
    """Return an order as `shot.promote` is told it."""
    return {
        "quality": order.quality,
        "backend": order.backend,
        "size": order.size_px,
        "budget": order.budget_usd,
        "proof": order.proof,
    }


def _made_frames(plan: Plan) -> int:
    return len(plan.proof) or plan.length_frames


def _rows(plans: list[Plan]) -> list[dict[str, Any]]:
    """Return the lines of a plan, or of several that are made alike, added up."""
    first = plans[0]
    frames = sum(_made_frames(plan) for plan in plans)
    seconds = [plan.forecast.seconds for plan in plans]
    costs = [plan.forecast.cost_usd for plan in plans]
    memory = [plan.forecast.memory_bytes for plan in plans]
    total = replace(
        first.forecast,
        seconds=None if None in seconds else sum(s for s in seconds if s is not None),
        cost_usd=None if None in costs else sum(c for c in costs if c is not None),
        memory_bytes=max((held for held in memory if held is not None), default=None),
    )
    whole = replace(first, length_frames=frames, chunks=(), forecast=total)
    parts = sum(len(plan.chunks) for plan in plans)
    return [*plan_rows(asdict(whole) | {"chunks": parts})]
