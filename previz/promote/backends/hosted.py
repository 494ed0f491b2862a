"""Models in the cloud: a preview or its ends go out, a paid clip comes back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cache

from previz.controls import Footage
from previz.promote.backend import Frame, Task
from previz.promote.frozen import Order
from previz.promote.plan import Plan, Run
from previz.promote.runway.clips import Reel
from previz.promote.runway.keys import find_key
from previz.promote.runway.making import clip_of, is_paid
from previz.promote.runway.models import fit_of
from previz.promote.runway.planning import model_in, plan_of
from previz.promote.runway.prices import price_of
from previz.promote.runway.purse import Purse
from previz.promote.runway.service import Patience, Service
from previz.promote.runway.sitting import Sitting

__all__ = ["HostedBackend"]

_WIRE = "2024-11-06"
"""Version of the API that requests are written in."""


class HostedBackend:
    """Makes frames by a model that somebody else runs, within a budget.

    Args:
        patience: How long to wait for the service.
    """

    name = "hosted"

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()

    def plan(
        self,
        order: Order,
        *,
        length_frames: int,
        rate_fps: float,
        runs: Sequence[Run] = (),
    ) -> Plan:
        """Return what would be sent, made and charged; sends nothing.

        Raises:
            PrevizError: If no model makes such pictures.
        """
        return plan_of(
            order,
            length_frames=length_frames,
            rate_fps=rate_fps,
            runs=runs,
            today=datetime.datetime.now(tz=datetime.UTC).date(),
        )

    def weights(self, order: Order) -> dict[str, str]:
        """Return nothing: weights stay with the service, which may change them."""
        return {}

    def told(self, order: Order, footage: Footage) -> dict[str, str]:
        """Return model, words and seed, as they are sent."""
        seed = str(footage.seed)
        return {"model": model_in(order).name, "prompt": footage.prompt, "seed": seed}

    def versions(self) -> dict[str, str]:
        """Return the wire format's: what runs at the service has no version."""
        return {"runway-api": _WIRE}

    def frames(self, task: Task) -> Iterator[Frame]:
        """Yield the wanted frames, at the shot's own rate.

        Parts that are home or paid for are not asked for again. Before the first
        request the whole shot must fit into the budget, and before each one what it
        costs.

        Raises:
            GenerateError: If the budget is too small, the service refuses, fails or
                gives no picture, or the take is stopped.
            MissingRuntimeError: If there is no key or no SDK.
        """
        with ExitStack() as closing:
            sitting = self._sitting(task, closing)
            missing = set(task.wanted)
            owned = [
                (number, chunk.owned)
                for number, chunk in enumerate(task.plan.chunks)
                if not missing.isdisjoint(chunk.owned)
            ]
            _check_whole(sitting, [number for number, _ in owned])
            for number, frames in owned:
                clip_of(sitting, number)
                wanted = [frame for frame in frames if frame in missing]
                yield from _read(sitting, number, wanted)

    def _sitting(self, task: Task, closing: ExitStack) -> Sitting:
        order = task.frozen.order
        row = model_in(order)
        price = price_of(row.name)
        task.scratch.mkdir(parents=True, exist_ok=True)

        @cache
        def connect() -> Service:
            key = find_key()
            made = Service(key, patience=self._patience, stopped=task.stopped)
            closing.callback(made.close)
            return made

        return Sitting(
            task=task,
            row=row,
            fit=fit_of(row, (order.width_px, order.height_px)),
            price=price,
            purse=Purse(
                task.scratch,
                budget_usd=task.budget_usd,
                usd_per_credit=price.usd_per_credit,
                spent=task.spent,
            ),
            connect=connect,
        )


def _check_whole(sitting: Sitting, numbers: list[int]) -> None:
    """Refuse a shot of which the budget holds only a part, before it is begun."""
    unpaid = sum(
        sitting.credits(number) for number in numbers if not is_paid(sitting, number)
    )
    if unpaid:
        sitting.purse.check(unpaid, what=f"the shot by {sitting.row.name}")


def _read(sitting: Sitting, number: int, wanted: list[int]) -> Iterator[Frame]:
    """Yield frames of a part's clip."""
    task, path = sitting.task, sitting.clip_path(number)
    order = task.frozen.order
    reel = Reel(path, fit=sitting.fit, size=(order.width_px, order.height_px))
    picks = reel.picks(sitting.times(reel, number))
    begin = sitting.chunk(number).first_frame
    chosen = [picks[frame - begin] for frame in wanted]
    for frame, picture in zip(wanted, reel.pictures(chosen), strict=True):
        yield Frame(number=frame, picture=picture)
    held = len(picks) - len(set(picks))
    if held:
        task.note(f"{held} of {len(picks)} frames repeat: the clip has {reel.length}")
