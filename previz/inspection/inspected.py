"""What an inspection is in a cell: a widget where one can be shown, else a picture."""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape
from typing import Any

from previz.errors import MissingRuntimeError

__all__ = ["AbstractInspected"]


class AbstractInspected(ABC):
    """Shows itself: as a widget to turn with ipyvolume, as a picture without."""

    @abstractmethod
    def picture_html(self) -> str:
        """Return the still picture that stands for it, as HTML that needs nothing."""

    @abstractmethod
    def widget(self) -> Any:
        """Return an ipywidget to turn and look into, made anew.

        Raises:
            MissingRuntimeError: If ipyvolume is not whole here; says how to get it.
        """

    def __repr__(self) -> str:
        return f"<{type(self).__name__}; a cell shows it>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        try:
            widget = self.widget()
        except MissingRuntimeError as error:
            style = "font:12px/1.6 system-ui,sans-serif;opacity:.65"
            hint = f'<div style="{style}">{escape(str(error), quote=False)}</div>'
            return {"text/html": self.picture_html() + hint}
        shown = widget._repr_mimebundle_(**kwargs)
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        return data | {"text/html": self.picture_html()}, metadata
