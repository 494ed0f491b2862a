"""Figures of a shot to watch beside the studio: curves, and the plan in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from previz.report import PlanTracks
    from previz.staged import Staged

__all__ = ["watched_curves", "watched_plan"]


def watched_curves(film: Staged, shot_id: str) -> Any:
    """Return a shot's curves as a plotly figure, a linked one where a kernel lives.

    Args:
        film: The film.
        shot_id: The shot.
    """
    from previz.report import camera_curves, curves_figure, curves_svg, playhead_line

    def make() -> Any:
        scene, shot = film.value.find_shot(shot_id)
        where = film.stage_of(scene).where(shot)
        return curves_figure(shot, rate=film.value.rate, where=where)

    def show(figure: Any, frame: int) -> None:
        figure.layout.shapes = [playhead_line(film.value.rate.seconds(frame))]

    def still() -> str:
        scene, shot = film.value.find_shot(shot_id)
        where = film.stage_of(scene).where(shot)
        return curves_svg(shot, camera_curves(shot, rate=film.value.rate, where=where))

    return _watched(film, shot_id, make, show, still)


def watched_plan(film: Staged, shot_id: str) -> Any:
    """Return a shot's plan in time as a plotly figure, linked where a kernel lives.

    Args:
        film: The film.
        shot_id: The shot.
    """
    from previz.report import plan_figure, plan_svg, plan_tracks, show_on_plan

    kept: list[PlanTracks] = []

    def make() -> Any:
        scene, shot = film.value.find_shot(shot_id)
        kept[:] = [plan_tracks(film.stage_of(scene), film.value, scene, shot)]
        return plan_figure(scene, shot, kept[0])

    def show(figure: Any, frame: int) -> None:
        show_on_plan(figure, kept[0], frame)

    def still() -> str:
        scene, shot = film.value.find_shot(shot_id)
        return plan_svg(scene, film.value, shot=shot)

    return _watched(film, shot_id, make, show, still)


def _watched(
    film: Staged,
    shot_id: str,
    make: Callable[[], Any],
    show: Callable[[Any, int], None],
    still: Callable[[], str],
) -> Any:
    from previz.widgets.live import kernel_lives

    if not kernel_lives():
        return make()
    from previz.widgets.linked import LinkedFigure

    return LinkedFigure(
        make, show, session=film.session, shot=shot_id, fallback_html=still()
    )
