"""What a hosted model would do with a shot, and for how much: pure, sends nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from previz.controls import SIGNALS
from previz.errors import UnknownNameError
from previz.promote.frozen import Order
from previz.promote.plan import Chunk, Forecast, Plan, Run, Use
from previz.promote.runway.clips import MOST_FPS
from previz.promote.runway.models import (
    Fit,
    HostedModel,
    fit_of,
    model_of,
    seconds_of,
)
from previz.promote.runway.prices import Price, price_of

__all__ = ["DEFAULT_MODEL", "model_in", "plan_of"]

DEFAULT_MODEL = "aleph2"
"""It is shown the preview, so that it follows the camera and the people."""


def model_in(order: Order) -> HostedModel:
    """Return the model that an order names.

    Raises:
        UnknownNameError: If it names no known model, or something else besides.
    """
    for name in order.options:
        if name != "model":
            raise UnknownNameError("Order.options", name, ("model",))
    return model_of(order.options.get("model", DEFAULT_MODEL))


def plan_of(
    order: Order,
    *,
    length_frames: int,
    rate_fps: float,
    runs: Sequence[Run],
    today: date,
) -> Plan:
    """Plan a shot.

    Raises:
        PrevizError: If no model of that name makes such pictures.
    """
    row = model_in(order)
    rate = Fraction(rate_fps).limit_denominator(1001)
    size = (order.width_px, order.height_px)
    fit, price = fit_of(row, size), price_of(row.name)
    chunks = _chunks(row, length_frames, rate)
    lengths = [seconds_of(row, float(part.length_frames / rate)) for part in chunks]
    cost = sum(price.credits(length) for length in lengths) * price.usd_per_credit
    plan = Plan(
        backend="hosted",
        shown=size,
        made=fit.made,
        length_frames=length_frames,
        chunks=chunks,
        uses=_uses(row, fit),
        model=row.name,
        licence=f"Runway API terms of use ({row.maker} {row.name})",
    )
    seconds, known = _seconds(plan, runs)
    warnings = (
        *_money(order, price, cost, today=today),
        *_time(row, chunks, lengths, rate),
        *_place(row, fit, size),
    )
    return replace(
        plan,
        forecast=Forecast(seconds=seconds, cost_usd=round(cost, 4), from_runs=known),
        warnings=warnings,
    )


def _chunks(row: HostedModel, length: int, rate: Fraction) -> tuple[Chunk, ...]:
    """Return even parts, each beginning at the last frame of the one before."""
    most = max(2, math.floor(row.seconds[-1] * rate))
    count = 1 if length <= most else math.ceil((length - 1) / (most - 1))
    edges = [(length - 1) * at // count for at in range(count + 1)]
    return tuple(
        Chunk(
            begin,
            end - begin + 1,
            overlap=int(number > 0),
            made_frames=math.ceil(
                seconds_of(row, float((end - begin + 1) / rate)) * rate
            ),
        )
        for number, (begin, end) in enumerate(pairwise(edges))
    )


def _uses(row: HostedModel, fit: Fit) -> tuple[Use, ...]:
    size = f"{fit.made[0]} × {fit.made[1]}"
    used = {
        "preview": f"sent as an H.264 clip of {size}",
        "first": f"the preview's first frame, sent as a PNG of {size}",
        "last": f"the preview's last frame, sent as a PNG of {size}",
        "prompt": f"the shot in words, at most {row.most_letters} letters",
    }
    none = "no hosted model takes a trajectory"
    merged = {
        "first": "seen in the preview clip",
        "last": "seen in the preview clip",
        "camera": f"{none}: seen in the preview clip",
        "rays": f"{none}: seen in the preview clip",
    }
    dropped = {"camera": f"{none}: words alone tell of it", "rays": none}
    out = []
    for name in SIGNALS:
        if name == "prompt" or name in row.takes:
            out.append(Use(name, "used", used[name]))
        elif row.has_clip and name in merged:
            out.append(Use(name, "merged", merged[name]))
        else:
            why = dropped.get(name, f"{row.name} is not sent any")
            out.append(Use(name, "dropped", why))
    return tuple(out)


def _money(order: Order, price: Price, cost: float, *, today: date) -> tuple[str, ...]:
    told = []
    budget = order.budget_usd
    if budget is None:
        told.append(f"No budget is named: nothing is sent. It would cost ${cost:.2f}.")
    elif budget < cost:
        told.append(
            f"The budget of ${budget:.2f} does not hold ${cost:.2f}: nothing is sent."
        )
    if old := price.warning(today):
        told.append(old)
    return tuple(told)


def _time(
    row: HostedModel, chunks: tuple[Chunk, ...], lengths: list[int], rate: Fraction
) -> tuple[str, ...]:
    told = []
    charged = sum(lengths)
    kept = float(sum(part.length_frames for part in chunks) / rate)
    if row.has_last and any(
        length * rate != part.length_frames
        for part, length in zip(chunks, lengths, strict=True)
    ):
        told.append(
            f"{charged} s are made and played in {kept:.2f} s, so that the last frame "
            f"is the last: motion is {charged / kept:.2f} times as fast."
        )
    elif charged > kept + 1e-6:
        told.append(f"{charged} s are charged, of which {kept:.2f} s are kept.")
    if len(chunks) > 1:
        seams = (
            "each is made apart, so looks may jump"
            if row.name == "seedance2"
            else "each begins at the last frame of the one before"
        )
        told.append(f"{len(chunks)} requests of at most {row.seconds[-1]} s: {seams}.")
    if row.has_clip and rate > MOST_FPS:
        told.append(f"Shown at no more than {MOST_FPS} frames a second; some repeat.")
    return tuple(told)


def _place(row: HostedModel, fit: Fit, size: tuple[int, int]) -> tuple[str, ...]:
    told = []
    if round(fit.rows) < fit.made[1]:
        told.append(
            f"{size[0]} × {size[1]} is cut from {fit.rows:.0f} rows of "
            f"{fit.made[0]} × {fit.made[1]}."
        )
    if not row.has_clip:
        told.append(
            f"{row.name} is shown no motion: camera and people move as it sees fit."
        )
    whom = "Runway" if row.maker == "Runway" else f"Runway and {row.maker}"
    told.append(f"Pictures and words of the shot leave this machine, to {whom}.")
    return tuple(told)


def _seconds(plan: Plan, runs: Sequence[Run]) -> tuple[float | None, int]:
    same = [run for run in runs if (run.backend, run.model) == ("hosted", plan.model)]
    work = sum(run.work for run in same)
    if not work:
        return None, 0
    return sum(run.seconds for run in same) / work * plan.work, len(same)
