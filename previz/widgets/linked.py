"""Plotly figures of a shot that follow the playhead, and move it when clicked."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

from plotly.graph_objects import FigureWidget

from previz.session import Change, Session
from previz.widgets.cells import Unowned, beside

__all__ = ["LinkedFigure"]

_Show = Callable[[Any, int], None]


class LinkedFigure(Unowned, FigureWidget):  # type: ignore[misc]
    """A figure of one shot, in step with the film and its open studios.

    A cell that is run again leaves its old figure behind, which ipywidgets keeps: one
    that is seen in no page any more hears of nothing until it is shown again.

    Args:
        make: Makes the figure of the film as it is.
        show: Shows a frame in a figure that `make` made.
        session: The film being directed.
        shot: Id of the shot.
        fallback_html: What a page without a kernel shows instead.
    """

    data: tuple[Any, ...]

    def __init__(
        self,
        make: Callable[[], Any],
        show: _Show,
        *,
        session: Session,
        shot: str,
        fallback_html: str,
    ) -> None:
        super().__init__(make())
        # Plotly keeps to itself what it does not know as a figure's own.
        own = self.__dict__
        own["_linked_show"], own["_linked_make"] = show, make
        own["_linked_session"], own["_linked_shot"] = session, shot
        own["_linked_html"] = fallback_html
        own["_linked_frame"] = 0
        own["_linked_stops"] = []
        self._hear_clicks()
        self._follow()
        # Plotly has pages say in how many places they show it.
        self.observe(self._shown, "_view_count")

    @property
    def frame(self) -> int:
        """The frame of the shot that is shown."""
        return int(self.__dict__["_linked_frame"])

    def close(self) -> None:
        """Close the figure in all pages; it follows nothing any more."""
        self._rest()
        super().close()

    def _shown(self, change: Any) -> None:
        """Rest where no page shows it any more; follow again where one does."""
        if not change["new"]:
            self._rest()
        elif not self.__dict__["_linked_stops"]:
            self._follow()
            self._draw()

    def _follow(self) -> None:
        own = self.__dict__
        session, shot = own["_linked_session"], own["_linked_shot"]
        me = weakref.ref(self)
        stops: list[Callable[[], None]] = own["_linked_stops"]
        # A cell may make one after another that no page ever shows.
        stops.append(
            session.playhead.follow(
                lambda *at: _tell(me, stops, "_go_to", *at),
                left=lambda: _tell(me, stops, "_rest"),
            )
        )
        stops.append(session.listen(lambda change: _tell(me, stops, "_edited", change)))
        at = session.playhead.at
        self._go_to(*(at if at is not None and at[0] == shot else (shot, 0)))

    def _rest(self) -> None:
        stops = self.__dict__["_linked_stops"]
        while stops:
            stops.pop()()

    def _go_to(self, shot: str, frame: int) -> None:
        own = self.__dict__
        if shot != own["_linked_shot"]:
            return
        own["_linked_frame"] = frame
        with self.batch_update():
            own["_linked_show"](self, frame)

    def _clicked(self, trace: Any, points: Any, _: Any) -> None:
        """Go to the frame of a point, where its trace has one point a frame."""
        own = self.__dict__
        if points.point_inds and trace.customdata is not None:
            frame = int(trace.customdata[points.point_inds[0]])
            own["_linked_session"].playhead.go(own["_linked_shot"], frame)
            self._go_to(own["_linked_shot"], frame)

    def _edited(self, change: Change) -> None:
        """Draw the shot anew once an edit of its scene or the cast is over."""
        own = self.__dict__
        name = own["_linked_shot"]
        if change.open or name not in {shot.id for _, shot in change.value.shots}:
            return
        before = {shot.id: scene for scene, shot in change.before.shots}.get(name)
        scene = change.value.find_shot(name)[0]
        if scene == before and change.before.characters == change.value.characters:
            return
        self._draw()

    def _draw(self) -> None:
        """Draw the shot anew, as the film is now."""
        own = self.__dict__
        fresh = own["_linked_make"]()
        if len(fresh.data) != len(self.data):
            # Somebody came or left: their traces with them.
            self.data = ()
            self.add_traces(fresh.data)
            self._hear_clicks()
        with self.batch_update():
            self.update_layout(fresh.layout.to_plotly_json())
            for trace, new in zip(self.data, fresh.data, strict=True):
                trace.x, trace.y, trace.customdata = new.x, new.y, new.customdata
            own["_linked_show"](self, self.frame)

    def _hear_clicks(self) -> None:
        for trace in self.data:
            trace.on_click(self._clicked)

    def _repr_mimebundle_(self, *args: Any, **kwargs: Any) -> Any:
        shown = super()._repr_mimebundle_(*args, **kwargs)
        return beside(shown, lambda: str(self.__dict__["_linked_html"]))


def _tell(
    figure: weakref.ref[LinkedFigure],
    stops: list[Callable[[], None]],
    what: str,
    *told: Any,
) -> None:
    """Pass on what is told, unless the figure is gone."""
    alive = figure()
    if alive is not None:
        getattr(alive, what)(*told)
        return
    while stops:
        stops.pop()()
