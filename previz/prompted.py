"""Promotion at a prompt: plans, bars, how the queue stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from previz.errors import PromoteError
from previz.film import Film

if TYPE_CHECKING:
    from previz.promote.job import Job
    from previz.promotion import Promotion

__all__ = ["promote_at_prompt"]


def promote_at_prompt(
    film: Film,
    slates: Sequence[str] | None,
    *,
    engine: str,
    plan: bool,
    queue: bool,
    budget: float | None,
    hours: float | None,
    sheet: Path | None,
    asked: Mapping[str, Any],
    say: Callable[[str], object],
) -> bool:
    """Promote shots and say how they came out; return whether that was made.

    Args:
        film: The film.
        slates: Which shots; all where None or empty.
        engine: Where to make them; "inline" is here.
        plan: Only say what it would do.
        queue: Only say how all promotions stand.
        budget: US dollars in all.
        hours: Forecast time in all.
        sheet: Where to write a contact sheet of what was made, or of the whole queue.
        asked: Of each shot, as in `Shot.promote`.
        say: Writes a line.

    Raises:
        PrevizError: If a name is not known, an order cannot be carried out, or two
            things are asked for that do not go together.
    """
    from previz.promote.engines.prompt import PromptEngine, watched
    from previz.promote.plan_text import plans_text
    from previz.proofsheet import checked_path

    _check_asked(plan=plan, queue=queue, sheet=sheet)
    if sheet is not None:
        # Before hours are spent on what is to be on it.
        checked_path(sheet)
    shots = [film[slate] for slate in slates] if slates else film.shots
    if queue:
        say(repr(film.promotions))
        if sheet is not None:
            say(f"sheet      {film.promotions.sheet(sheet)}")
        return True
    if plan:
        asked = {**asked, "engine": engine}
        say(plans_text({shot.slate: shot.promotion_plan(**asked) for shot in shots}))
        return True
    made = film.promote_all(
        [shot.slate for shot in shots], budget=budget, hours=hours,
        engine=PromptEngine() if engine == "inline" else engine, **asked,
    )  # fmt: skip
    jobs = [watched(made.place.path, take.hash) for take in made]
    for take, job in zip(made, jobs, strict=True):
        say(f"{job.slate:<6} {job.state:<9} {_where(take, job)}")
    if sheet is not None and jobs:
        say(f"sheet      {made.sheet(sheet)}")
    for each in made.limits.values():
        say(f"{each.slate:<6} left out  by {each.by} · {each.needs} · {each.left}")
    return all(job.is_made or job.state == "proof" for job in jobs)


def _check_asked(*, plan: bool, queue: bool, sheet: Path | None) -> None:
    """Refuse what would be left undone without a word.

    Raises:
        PromoteError: If a plan is asked for beside what a plan does not have.
    """
    if plan and queue:
        raise PromoteError(
            "promote.plan must be asked for alone, got --plan and --queue. Ask for one "
            "after the other."
        )
    if plan and sheet is not None:
        raise PromoteError(
            f"promote.sheet must be of frames that are made, got --sheet {sheet} with "
            "--plan, which makes none. Leave out --plan; or write --queue --sheet "
            f"{sheet} to draw what is there already."
        )


def _where(take: Promotion, job: Job) -> object:
    """Return where a take lies, or its frames; or why there is none."""
    taken = take.taken
    if taken is not None:
        return taken.video
    return take.frames.folder if job.state == "proof" else job.error
