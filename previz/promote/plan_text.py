"""Plans as text: for `print`, a terminal and the prompt."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from previz.promote.plan import Plan

__all__ = ["forecast_memory", "forecast_time", "plans_text", "size_text"]

_WIDE = 88
_GAP = 2
_FATES = ("used", "merged", "dropped")


def plans_text(plans: Mapping[str, Plan]) -> str:
    """Return plans as one table: sizes and time, what becomes of signals, warnings.

    What is the same for all is said once; else it says of which shots.

    Args:
        plans: By slate, of one order; of a plan alone the slate may be empty.
    """
    if not plans:
        return "Nothing to promote."
    parts = [_heads(plans), _figures(plans), _signals(plans), _warnings(plans)]
    return "\n\n".join(part for part in parts if part)


def forecast_time(seconds: float | None) -> str:
    """Return a forecast time in words."""
    if seconds is None:
        return "open"
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min"
    return f"about {seconds / 3600:.1f} h"


def forecast_memory(held: int | None) -> str:
    """Return a forecast of memory in words."""
    return "open" if held is None else f"{held / 1e9:.1f} GB"


def size_text(size: tuple[int, int]) -> str:
    """Return a width and a height in words."""
    return f"{size[0]} × {size[1]}"


def _heads(plans: Mapping[str, Plan]) -> str:
    """Return by what the shots are made, and under which licence."""
    lines: dict[str, list[str]] = {}
    for slate, plan in plans.items():
        said = [plan.backend, plan.model, plan.licence]
        lines.setdefault(" · ".join(filter(None, said)), []).append(slate)
    return "\n".join(
        textwrap.fill(_of(slates, plans) + line, _WIDE, subsequent_indent="  ")
        for line, slates in lines.items()
    )


def _figures(plans: Mapping[str, Plan]) -> str:
    counted = " or ".join(sorted({plan.effort[0] for plan in plans.values()}))
    heads = ("shot", "picture", "made at", "frames", "parts", counted, "time",
             "memory", "cost")  # fmt: skip
    rows: list[tuple[str, ...]] = [
        (
            slate,
            size_text(plan.shown),
            "" if plan.made == plan.shown else size_text(plan.made),
            plan.frames_text,
            str(len(plan.chunks)) if 1 < len(plan.chunks) < _made(plan) else "",
            str(plan.steps),
            forecast_time(plan.forecast.seconds),
            forecast_memory(plan.forecast.memory_bytes),
            "" if plan.forecast.cost_usd is None else f"{plan.forecast.cost_usd:.2f} $",
        )
        for slate, plan in plans.items()
    ]
    if len(rows) > 1:
        rows.append(_sum(plans))
    table = _without_empty([heads, *rows])
    return "\n".join(_columns(table))


def _sum(plans: Mapping[str, Plan]) -> tuple[str, ...]:
    """Return the last row: what all of it takes, as far as it is known."""
    seconds = [plan.forecast.seconds for plan in plans.values()]
    known = [each for each in seconds if each is not None]
    costs = [plan.forecast.cost_usd for plan in plans.values()]
    billed = [each for each in costs if each is not None]
    more = "" if len(known) == len(seconds) else " and more"
    return (
        "all", "", "", str(sum(_made(plan) for plan in plans.values())), "", "",
        forecast_time(sum(known)) + more if known else "open", "",
        f"{sum(billed):.2f} $" if billed else "",
    )  # fmt: skip


def _made(plan: Plan) -> int:
    """Return how many frames are made of a take."""
    return len(plan.proof) or plan.length_frames


def _signals(plans: Mapping[str, Plan]) -> str:
    found: dict[tuple[str, str, str], list[str]] = {}
    for slate, plan in plans.items():
        for use in plan.uses:
            key = (use.signal.replace("_", " "), use.fate, use.how)
            found.setdefault(key, []).append(slate)
    rows = [
        (signal, fate, _of(slates, plans) + how)
        for (signal, fate, how), slates in found.items()
    ]
    rows.sort(key=lambda row: _FATES.index(row[1]))
    return "\n".join(_columns([("signal", "fate", "how"), *rows])) if rows else ""


def _warnings(plans: Mapping[str, Plan]) -> str:
    found: dict[str, list[str]] = {}
    for slate, plan in plans.items():
        for text in plan.warnings:
            found.setdefault(text, []).append(slate)
    return "\n".join(
        textwrap.fill(
            _of(slates, plans) + text,
            _WIDE,
            initial_indent="! ",
            subsequent_indent="  ",
        )
        for text, slates in found.items()
    )


def _of(slates: Sequence[str], plans: Mapping[str, Plan]) -> str:
    """Return of which shots something holds, if not of all."""
    return "" if len(slates) == len(plans) else f"{', '.join(slates)}: "


def _without_empty(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return a table without the columns that say nothing below their heads."""
    said = [n for n in range(len(rows[0])) if any(row[n] for row in rows[1:])]
    return [tuple(row[n] for n in said) for row in rows]


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of a table, the last column wrapped below itself."""
    *narrow, _ = zip(*rows, strict=True)
    widths = [max(map(len, column)) + _GAP for column in narrow]
    at = sum(widths)
    for row in rows:
        left = "".join(
            cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)
        )
        lines = textwrap.wrap(row[-1], max(_WIDE - at, 24)) or [""]
        yield (left + lines[0]).rstrip()
        yield from (" " * at + line for line in lines[1:])
