"""Bars for work that takes longer than a breath: at a prompt and in a notebook."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from html import escape
from typing import Any, Protocol, TypeVar

__all__ = ["Advance", "bar", "progress_report", "track"]

T = TypeVar("T")


class Advance(Protocol):
    """Move a bar on by `count` steps and say what is being worked on."""

    def __call__(self, count: int = 1, *, note: str = "") -> None:
        """Advance the bar."""


@contextlib.contextmanager
def bar(label: str, *, total: int) -> Iterator[Advance]:
    """Show a bar while the block runs.

    At a terminal it is rich's; in a notebook one line of HTML that is replaced in
    place and leaves no widget state; elsewhere (a pipe, a test) nothing is drawn.
    """
    if _in_notebook():
        with _notebook_bar(label, total=total) as advance:
            yield advance
    elif sys.stderr.isatty():
        with _terminal_bar(label, total=total) as advance:
            yield advance
    else:
        yield lambda count=1, *, note="": None


def track(items: Iterable[T], *, label: str, total: int | None = None) -> Iterator[T]:
    """Yield the items, moving a bar on after each."""
    if total is None:
        total = len(items) if isinstance(items, Sized) else 0
    with bar(label, total=total) as advance:
        for item in items:
            yield item
            advance()


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and hasattr(shell, "kernel")


@contextlib.contextmanager
def _terminal_bar(label: str, *, total: int) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}", markup=False, style="dim"),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(label, total=total, note="")

        def advance(count: int = 1, *, note: str = "") -> None:
            progress.update(task, advance=count, note=note)

        yield advance


_BAR_HTML = (
    '<div style="font:12px/1.6 system-ui,sans-serif;display:flex;gap:10px;'
    'align-items:center"><span style="min-width:9em">{label}</span>'
    '<progress max="{total}" value="{done}" style="width:16em"></progress>'
    '<span style="font-variant-numeric:tabular-nums">{done}/{total}</span>'
    '<span style="opacity:.6">{note}</span></div>'
)


@contextlib.contextmanager
def _notebook_bar(label: str, *, total: int) -> Iterator[Advance]:
    from IPython.display import HTML, display

    done, shown_at = 0, 0.0

    make: Callable[[str], Any] = HTML

    def html(note: str) -> Any:
        return make(
            _BAR_HTML.format(
                label=escape(label), total=max(total, 1), done=done, note=escape(note)
            )
        )

    show: Callable[..., Any] = display
    handle = show(html(""), display_id=True)

    def advance(count: int = 1, *, note: str = "") -> None:
        nonlocal done, shown_at
        done += count
        now = time.monotonic()
        if now - shown_at > 0.1 or done >= total:
            shown_at = now
            handle.update(html(note))

    yield advance


@contextlib.contextmanager
def progress_report(label: str) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that takes (note, done, total) and draws the bar from it."""
    with contextlib.ExitStack() as stack:
        advance: Advance | None = None
        shown = 0

        def report(note: str, done: int, total: int) -> None:
            nonlocal advance, shown
            if advance is None:
                advance = stack.enter_context(bar(label, total=total))
            advance(done - shown, note=note)
            shown = done

        yield report
