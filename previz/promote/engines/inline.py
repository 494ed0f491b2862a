"""The engine that works where it is asked to: at a prompt, in tests."""

from __future__ import annotations

from pathlib import Path

from previz.promote.work import work

__all__ = ["InlineEngine"]


class InlineEngine:
    """Works in this process; `start` returns when the job is over."""

    name = "inline"

    def start(self, folder: Path, job: str) -> None:
        """Make a take, here and now."""
        work(folder, job)
