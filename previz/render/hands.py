"""A second thread for a frame that somebody waits for.

What it shares out is loops that hold no interpreter lock. Frames that are drawn side
by side, as a clip's are, fill the processor by themselves: then each is drawn by its
own thread alone. Who did what changes no picture.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

__all__ = ["alone", "both", "drawing", "keep_to", "shared"]

A = TypeVar("A")
B = TypeVar("B")


class _Hands:
    """The second thread, and how many frames are being drawn."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.frames, self.cores = 0, os.cpu_count() or 1
        self.second = ThreadPoolExecutor(1, thread_name_prefix="hand")
        self.own = threading.local()

    def free(self) -> bool:
        """Return whether this thread draws the only frame there is."""
        mine = self.frames == 1 and getattr(self.own, "draws", False)
        return mine and self.cores > 1


@lru_cache(maxsize=1)
def _hands() -> _Hands:
    return _Hands()


@contextmanager
def drawing() -> Iterator[None]:
    """Within, this thread draws a frame and may have the second one's help."""
    hands = _hands()
    if getattr(hands.own, "draws", False):
        yield
        return
    with hands.lock:
        hands.frames += 1
    hands.own.draws = True
    try:
        yield
    finally:
        hands.own.draws = False
        with hands.lock:
            hands.frames -= 1


def keep_to(cores: int) -> None:
    """Draw on so many cores of this machine, the others being somebody else's."""
    _hands().cores = cores


def alone() -> bool:
    """Return whether no two frames are being drawn at this moment."""
    return _hands().frames <= 1


def both(one: Callable[[], A], other: Callable[[], B]) -> tuple[A, B]:
    """Return what two pieces of work give that need nothing of each other."""
    hands = _hands()
    if not hands.free():
        return one(), other()
    second = hands.second.submit(other)
    first = _finished(one, second)
    return first, other() if second.cancelled() else second.result()


def shared(work: Callable[[int, int], object], count: int, *, parts: int = 8) -> None:
    """Do work on things numbered from 0, a part after the other.

    Args:
        work: Does a part, from its first thing up to, without, its last; parts may be
            done at the same time and in any order.
        count: How many things.
        parts: At most so many.
    """
    hands = _hands()
    if count == 0 or parts < 2 or not hands.free():
        work(0, count)
        return
    parts = min(parts, count)
    edges = [count * i // parts for i in range(parts + 1)]
    left = iter(list(pairwise(edges)))

    def take() -> None:
        for first, last in left:
            work(first, last)

    second = hands.second.submit(take)
    _finished(take, second)
    if not second.cancelled():
        second.result()


def _finished(work: Callable[[], A], second: Future[B]) -> A:
    """Do work; wait for the second thread's, or call it off if that has not begun."""
    try:
        return work()
    finally:
        if not second.cancel():
            second.exception()
