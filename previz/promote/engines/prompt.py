"""The engine of a prompt: works here and draws a bar, also of what others make."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from previz.folder import FilmFolder
from previz.progress import progress_report
from previz.promote.engines.post import relieve
from previz.promote.job import Job
from previz.promote.ledger import Ledger
from previz.promote.work import work

__all__ = ["PromptEngine", "watched"]

_LOOK_S = 0.5


class PromptEngine:
    """Works in this process; a bar shows the frames as they are finished."""

    name = "inline"

    def start(self, folder: Path, job: str) -> None:
        """Make a take, here and now, unless somebody else makes it."""
        over = threading.Event()
        bar = threading.Thread(
            target=watched, args=(folder, job), kwargs={"given_up": over.is_set}
        )
        bar.start()
        try:
            work(folder, job)
        finally:
            over.set()
            bar.join()


def _never() -> bool:
    return False


def watched(folder: Path, job: str, *, given_up: Callable[[], bool] = _never) -> Job:
    """Draw a bar of a job until it is over, and return how it stands then.

    Args:
        folder: The film's.
        job: Its name in the ledger.
        given_up: Whether to look no longer.
    """
    wake = threading.Event()
    with Ledger(FilmFolder(folder).ledger) as ledger:
        at = ledger.job(job)
        with progress_report(f"{at.slate} {at.backend}") as told:
            while True:
                at = ledger.job(job)
                told(at.doing or at.state, at.made_frames, at.asked_frames)
                if at.is_over or given_up():
                    return at
                relieve(job)
                wake.wait(_LOOK_S)
