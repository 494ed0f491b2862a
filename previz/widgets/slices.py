"""Long work in small steps, so that messages are answered in between."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

__all__ = ["Slices"]

_SLICE_S, _PAUSE_S = 0.008, 0.004
"""Worked at once, and left to whoever waits: a message takes some turns of the loop."""


class Slices:
    """Works on what was begun between the messages of a kernel.

    Where no event loop runs, as in a script, all is done at once.

    Args:
        held: Keeps other threads away meanwhile.
        failed: Told of an error in a step; that work has then ended.
    """

    def __init__(
        self,
        held: Callable[[], AbstractContextManager[object]],
        failed: Callable[[Exception], None],
    ) -> None:
        self._held, self._failed = held, failed
        self._work: OrderedDict[str, Iterator[None]] = OrderedDict()
        self._turning: asyncio.AbstractEventLoop | None = None

    def start(
        self,
        name: str,
        steps: Iterator[None],
        *,
        first: bool = False,
        pause: bool = False,
        spare: bool = False,
    ) -> None:
        """Begin work in the place of any of the same name.

        Args:
            name: Of the work.
            steps: It, some milliseconds each.
            first: Whether it comes before all that was begun.
            pause: Whether to leave a pause first, for what was just sent to get away.
            spare: Whether it is for spare time alone: where no loop runs, there is
                none.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            if spare:
                return
            self._work[name] = steps
            while self._work:
                self._step(next(iter(self._work)))
        else:
            self._work[name] = steps
            self._work.move_to_end(name, last=not first)
            # A second row of turns would leave no pauses.
            if self._turning is not loop:
                self._turning = loop
                loop.call_later(_PAUSE_S if pause else 0, self._turn, loop)

    def work(self, name: str, *, for_s: float) -> None:
        """Work at once on what was begun, for so long or to its end.

        Args:
            name: Of the work; where there is none of that name, nothing is done.
            for_s: Seconds.
        """
        until = time.perf_counter() + for_s
        while name in self._work and time.perf_counter() < until:
            self._step(name)

    def stop(self, name: str) -> None:
        """Leave work where it is."""
        self._work.pop(name, None)

    def clear(self) -> None:
        """Leave all work where it is."""
        self._work.clear()

    def _turn(self, loop: asyncio.AbstractEventLoop) -> None:
        self._turning = None
        with self._held():
            until = time.perf_counter() + _SLICE_S
            while self._work:
                self._step(next(iter(self._work)))
                if time.perf_counter() >= until:
                    break
            if self._work and self._turning is not loop:
                self._turning = loop
                loop.call_later(_PAUSE_S, self._turn, loop)

    def _step(self, name: str) -> None:
        steps = self._work[name]
        try:
            next(steps)
        except StopIteration:
            self._end(name, steps)
        except Exception as error:
            self._end(name, steps)
            self._failed(error)

    def _end(self, name: str, steps: Iterator[None]) -> None:
        # A step may have begun it anew.
        if self._work.get(name) is steps:
            del self._work[name]
