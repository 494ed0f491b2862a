"""What of a film's façade is about promotion: full quality, budgets, the queue."""

from __future__ import annotations

import json
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Container, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from previz import model
from previz.errors import (
    FilmFolderError,
    ModelError,
    PrevizError,
    UnknownNameError,
    nearest,
)
from previz.folder import FilmFolder
from previz.given import is_whole, names_given
from previz.imported import keep_assets
from previz.progress import progress_report

if TYPE_CHECKING:
    from previz.promote import Frozen, Order
    from previz.promote.engines import Engine
    from previz.promote.frozen import Quality
    from previz.promote.ledger import Ledger
    from previz.promote.limit import Limit
    from previz.promote.plan import Plan
    from previz.promote.proof import Frames
    from previz.promotion import Promotion, Promotions
    from previz.stage import Assets, Stage

__all__ = [
    "TIER_SIZES",
    "AbstractPromoting",
    "Promoted",
    "plan_shot",
    "promote_shot",
    "promote_steps",
]

TIER_SIZES: Mapping[Quality, tuple[int, int]] = MappingProxyType(
    {"draft": (640, 360), "standard": (960, 540), "final": (1920, 1080)}
)
"""Width and height that a tier makes where no size is asked for."""

Proof = bool | int | Sequence[int]
"""True for the first, middle and last frame; how many; or which."""

_SAID = ("quality", "backend", "size", "seed", "budget", "engine", "proof")


class Promoted(Protocol):
    """What is asked of a film whose shots are promoted."""

    @property
    def value(self) -> model.Film:
        """The film itself."""

    @property
    def folder(self) -> Path | None:
        """Where it lives."""

    @property
    def assets(self) -> Assets | None:
        """Its imported meshes and motion, if any."""

    def stage_of(self, scene: model.Scene) -> Stage:
        """Return the stage of a scene, kept."""


class AbstractPromoting(ABC):
    """A film whose shots become takes at full quality."""

    @property
    @abstractmethod
    def value(self) -> model.Film:
        """The film itself."""

    @property
    @abstractmethod
    def folder(self) -> Path | None:
        """Where it lives."""

    @property
    @abstractmethod
    def assets(self) -> Assets | None:
        """Its imported meshes and motion, if any."""

    @abstractmethod
    def stage_of(self, scene: model.Scene) -> Stage:
        """Return the stage of a scene; it does not know the shots."""

    def promote_all(
        self,
        slates: Sequence[str] | None = None,
        *,
        proof: Proof = False,
        budget: float | None = None,
        hours: float | None = None,
        engine: str | Engine | None = None,
        **asked: Any,
    ) -> Promotions:
        """Promote what has changed since its take was made, and nothing else.

        Shots come in the order of the cut; one that budget or hours leave out is named
        in `left_out`, with what it would have taken in `limits`. Without a forecast,
        because nothing like it was made yet, a shot counts as nothing; frames that are
        finished, such as those of its proof, do not count.

        Args:
            slates: Which shots; all by default.
            proof: Make some frames of each alone, as in `shot.promote`; what comes
                back shows them as one contact sheet.
            budget: US dollars that may be spent in all.
            hours: Time that may be forecast for all of it.
            engine: Where to make them: "kernel", "dask", "inline", or an engine.
            **asked: Of each, as in `shot.promote`.

        Raises:
            FilmFolderError: If the film has no folder yet.
            PrevizError: If a name is not known or an order cannot be carried out.
        """
        from previz.promote.ledger import Ledger
        from previz.promote.limit import Limit
        from previz.promotion import Promotions

        place, limit = _place(self), Limit(budget, hours)
        shots = self.value.shots
        if slates is not None:
            named = names_given(slates, "Film.promote_all.slates", "['2B', '3A']")
            found = [self.value.find_shot(slate) for slate in named]
            # Named twice, it is promoted and counted once.
            shots = tuple({shot.id: (scene, shot) for scene, shot in found}.values())
        order, rate = _order(**asked), self.value.rate
        frames = [_proof_of(proof, order, shot, rate) for _, shot in shots]
        takes: list[str] = []
        with Ledger(place.ledger) as ledger, progress_report("promoting") as told:
            waited = _waiting(ledger)
            for number, (scene, shot) in enumerate(shots):
                told(f"Shot {shot.slate}", number + 1, len(shots))
                takes += _within(
                    self, scene, shot, order, place, ledger, limit, engine,
                    frames=frames[number],
                )  # fmt: skip
        _start(place, takes, engine, waited=waited)
        return Promotions(
            place.path, takes, left_out=limit.left_out, proofs=any(frames)
        )

    @property
    def promotions(self) -> Promotions:
        """All that was promoted of the film, oldest first; it shows its queue."""
        from previz.promote.ledger import Ledger
        from previz.promotion import Promotions

        place = _place(self)
        with Ledger(place.ledger) as ledger:
            return Promotions(place.path, [job.take for job in ledger.jobs()])


def promote_shot(
    film: Promoted,
    scene: model.Scene,
    shot: model.Shot,
    *,
    proof: Proof = False,
    engine: str | Engine | None = None,
    **asked: Any,
) -> Promotion:
    """Promote one shot; see `Shot.promote`."""
    from previz.promote.ledger import Ledger
    from previz.promotion import Promotion

    place, order = _place(film), _order(**asked)
    frames = _proof_of(proof, order, shot, film.value.rate)
    with Ledger(place.ledger) as ledger:
        waited = _waiting(ledger)
        frozen = _frozen(film, scene, shot, order, ledger)
        take = _queued(place, ledger, frozen, engine, frames)
    _start(place, [take], engine, waited=waited)
    return Promotion(place.path, take)


def promote_steps(
    film: Promoted,
    shots: Sequence[tuple[model.Scene, model.Shot]],
    *,
    proof: Proof = False,
    budget: float | None = None,
    engine: str | Engine | None = None,
    **asked: Any,
) -> Generator[None, None, Promotions]:
    """Promote shots in steps of about a frame, so that a kernel answers in between.

    Args:
        film: The film; it must not change meanwhile.
        shots: Which, each with its scene.
        proof: Make some frames of each alone, as in `shot.promote`.
        budget: US dollars that may be spent in all.
        engine: Where to make them.
        **asked: Of each, as in `shot.promote`.

    Raises:
        PrevizError: As `promote_shot`; shots before the one that fails are queued.
    """
    from previz.promote.freeze import shot_state_steps
    from previz.promote.ledger import Ledger
    from previz.promote.limit import Limit
    from previz.promotion import Promotions
    from previz.stage import NO_ASSETS

    place, order, limit = _place(film), _order(**asked), Limit(budget, None)
    takes: list[str] = []
    for scene, shot in shots:
        frames = _proof_of(proof, order, shot, film.value.rate)
        with Ledger(place.ledger) as ledger:
            waited = _waiting(ledger)
            _planned(order, shot, film.value.rate, None)
            # Freezing finds it in the ledger then.
            yield from shot_state_steps(
                film.value, scene, shot, width_px=order.width_px,
                stage_of=partial(film.stage_of, scene), ledger=ledger,
                assets=film.assets or NO_ASSETS,
            )  # fmt: skip
            made = _within(
                film, scene, shot, order, place, ledger, limit, engine, frames=frames
            )
        _start(place, made, engine, waited=waited)
        takes += made
        yield
    return Promotions(place.path, takes, left_out=limit.left_out)


def plan_shot(
    film: Promoted,
    shot: model.Shot,
    *,
    proof: Proof = False,
    engine: str | Engine | None = None,
    **asked: Any,
) -> Plan:
    """Return what promoting a shot would do; see `Shot.promotion_plan`."""
    from previz.promote.engines import engine_of
    from previz.promote.ledger import Ledger
    from previz.promote.proof import proof_plan

    if engine is not None:
        engine_of(engine)

    order, rate = _order(**asked), film.value.rate
    _check_people(film.value, order)
    frames = _proof_of(proof, order, shot, rate)
    known = None if film.folder is None else FilmFolder(film.folder).ledger
    if known is None or not known.is_file():
        return proof_plan(_planned(order, shot, rate, None), frames)
    with _only_read(known) as path, Ledger(path) as ledger:
        return proof_plan(_planned(order, shot, rate, ledger), frames)


@contextmanager
def _only_read(ledger: Path) -> Iterator[Path]:
    """Yield a ledger to read: a copy where its folder cannot be written.

    SQLite writes beside what it reads, and a plan leaves nothing in the folder.
    """
    if os.access(ledger.parent, os.W_OK):
        yield ledger
        return
    with TemporaryDirectory(prefix="previz-") as folder:
        for path in ledger.parent.glob(f"{ledger.name}*"):
            # What it has not taken up yet lies beside it; its index is made anew.
            if not path.name.endswith("-shm"):
                shutil.copyfile(path, Path(folder) / path.name)
        yield Path(folder) / ledger.name


def _order(
    *,
    quality: Quality = "standard",
    backend: str = "path",
    size: tuple[int, int] | None = None,
    seed: int = 0,
    budget: float | None = None,
    **options: Any,
) -> Order:
    from previz.promote import Order

    # What is no text is told by the order, as any other unknown quality.
    tier = quality if isinstance(quality, str) else "standard"
    width_px, height_px = TIER_SIZES.get(tier, TIER_SIZES["standard"])
    if size is not None:
        width_px, height_px = _checked(size)
    for name, value in options.items():
        # A backend knows its own options only, and would not say what was meant.
        if nearest(name, _SAID, least=0.8):
            raise UnknownNameError("Shot.promote.keyword", name, _SAID)
        _check_plain(name, value)
    return Order(
        backend=backend, quality=quality, width_px=width_px, height_px=height_px,
        seed=seed, budget_usd=budget, options=options,
    )  # fmt: skip


def _checked(size: object) -> tuple[int, int]:
    """Return a picture's width and height, or say what a size is."""
    sides = tuple(size) if isinstance(size, Sequence) else ()
    if len(sides) == 2 and all(map(is_whole, sides)):
        return int(sides[0]), int(sides[1])
    raise ModelError(
        f"Shot.promote.size must be a width and a height in whole pixels, got {size!r}."
        " Write size=(960, 540)."
    )


def _check_plain(name: str, value: object) -> None:
    """Refuse an option that cannot travel to where the take is made."""
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        raise ModelError(
            f"Shot.promote.{name} must be text, a number, or a list or dict of such, "
            f"got {type(value).__name__}. Pass the path of a file instead."
        ) from None


def _check_people(film: model.Film, order: Order) -> None:
    """Refuse what is given for somebody whom nobody plays: it would do nothing."""
    cast = [person.id for person in film.characters]
    for option in ("loras", "references"):
        given = order.options.get(option)
        for name in given if isinstance(given, Mapping) else ():
            if name not in cast:
                raise UnknownNameError(f"Options.{option}", name, cast)


def _place(film: Promoted | AbstractPromoting) -> FilmFolder:
    """Return the film's folder, with all in it that a worker needs.

    Raises:
        FilmFolderError: If the film has none, or it cannot be written.
    """
    if film.folder is None:
        raise FilmFolderError(
            "Film.folder must be there for its takes, got a film that was never saved. "
            'Save it first: film.save("my_film").'
        )
    place = FilmFolder(film.folder)
    place.prepare()
    keep_assets(place, film.assets)
    return place


def _planned(
    order: Order, shot: model.Shot, rate: model.Rate, ledger: Ledger | None
) -> Plan:
    from previz.promote.backends import backend_of

    return backend_of(order.backend).plan(
        order,
        length_frames=shot.length_frames,
        rate_fps=float(rate.fraction),
        runs=() if ledger is None else ledger.runs(),
    )


def _proof_of(proof: Proof, order: Order, shot: model.Shot, rate: model.Rate) -> Frames:
    """Return the frames of a proof; none where the whole take is asked for.

    Raises:
        ModelError: If it names no frames of the shot.
        PromoteError: If the backend does not make frames one by one.
    """
    from previz.promote.proof import check_singly, proof_frames

    frames = proof_frames(proof, shot.length_frames, slate=shot.slate)
    if frames:
        check_singly(_planned(order, shot, rate, None))
    return frames


def _frozen(
    film: Promoted | AbstractPromoting,
    scene: model.Scene,
    shot: model.Shot,
    order: Order,
    ledger: Ledger,
) -> Frozen:
    from previz.promote.freeze import freeze, shot_state
    from previz.promote.pictures import keep_pictures
    from previz.promote.queueing import named_before
    from previz.stage import NO_ASSETS

    assets = film.assets or NO_ASSETS
    _check_people(film.value, order)
    stage_of = partial(film.stage_of, scene)
    _planned(order, shot, film.value.rate, None)
    place = FilmFolder(ledger.path.parent)
    order = keep_pictures(place, order)
    state = shot_state(
        film.value, scene, shot, width_px=order.width_px, stage_of=stage_of,
        ledger=ledger, assets=assets,
    )  # fmt: skip
    frozen = freeze(
        film.value, scene, shot, order=order, stage=stage_of(), assets=assets,
        state=state,
    )  # fmt: skip
    return named_before(place, frozen)


def _queued(
    place: FilmFolder,
    ledger: Ledger,
    frozen: Frozen,
    engine: str | Engine | None,
    frames: Frames,
) -> str:
    from previz.promote.engines import DEFAULT_ENGINE, engine_of
    from previz.promote.queueing import queue_take

    name = engine_of(DEFAULT_ENGINE if engine is None else engine).name
    return queue_take(place, ledger, frozen, engine=name, frames=frames).take


def _within(
    film: Promoted | AbstractPromoting,
    scene: model.Scene,
    shot: model.Shot,
    order: Order,
    place: FilmFolder,
    ledger: Ledger,
    limit: Limit,
    engine: str | Engine | None,
    *,
    frames: Frames = (),
) -> list[str]:
    """Queue a shot; what is left of a limit may not hold what is missing of it."""
    from previz.promote.job import tries_of
    from previz.promote.proof import proof_plan, rest_plan
    from previz.promote.queueing import frames_there, is_underway

    frozen = _frozen(film, scene, shot, order, ledger)
    if not is_underway(place, ledger, frozen.hash, frames):
        plan = _planned(frozen.order, shot, film.value.rate, ledger)
        plan = rest_plan(proof_plan(plan, frames), frames_there(place, frozen.hash))
        if not limit.allows(plan, shot.slate):
            return []
        # A take's own budget is for all that it costs, with what it has cost so far.
        tries = tries_of(ledger.jobs(shot=shot.id), frozen.hash)
        spent_usd = sum(job.spent_usd for job in tries)
        order = limit.taken(plan, frozen.order, spent_usd=spent_usd)
        frozen = frozen.changed(order=order)
    return [_queued(place, ledger, frozen, engine, frames)]


def _waiting(ledger: Ledger) -> frozenset[str]:
    """Return the takes that were given to somebody before and wait their turn."""
    return frozenset(
        job.take
        for job in ledger.jobs()
        if job.state == "queued" and not job.interrupted
    )


def _start(
    place: FilmFolder,
    takes: Sequence[str],
    engine: str | Engine | None,
    *,
    waited: Container[str],
) -> None:
    """Have those made that nobody makes."""
    from previz.promote.engines import DEFAULT_ENGINE, engine_of
    from previz.promote.ledger import Ledger

    maker = engine_of(DEFAULT_ENGINE if engine is None else engine)
    with Ledger(place.ledger) as ledger:
        waiting = [take for take in takes if ledger.job(take).state == "queued"]
    for number, take in enumerate(waiting):
        try:
            maker.start(place.path, take)
        except PrevizError as error:
            # Nobody will make what is left: it would wait in the queue for good. But
            # what waited before may be in another courier's hands.
            with Ledger(place.ledger) as ledger:
                for left in [x for x in waiting[number:] if x not in waited]:
                    ledger.give_up(left, str(error))
            raise
