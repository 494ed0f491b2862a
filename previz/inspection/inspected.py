"""What an inspection is in a cell: a widget where one can be shown, else a picture."""

from __future__ import annotations

from abc import ABC, abstractmethod
from importlib import util
from typing import Any

from previz.errors import MissingRuntimeError

__all__ = ["AbstractInspected"]

_MISSING = "pip install 'previz[inspect]'"


class AbstractInspected(ABC):
    """Shows itself: as a widget to turn with ipyvolume, as a picture without."""

    @abstractmethod
    def picture_html(self) -> str:
        """Return the still picture that stands for it, as HTML that needs nothing."""

    @abstractmethod
    def _widget(self) -> Any:
        """Return the widget; ipyvolume is there."""

    def widget(self) -> Any:
        """Return an ipywidget to turn and look into, made anew.

        Raises:
            MissingRuntimeError: If ipyvolume is not installed; says how to get it.
        """
        if util.find_spec("ipyvolume") is None:
            raise MissingRuntimeError(
                f"{type(self).__name__}.widget must have ipyvolume, got none. Run "
                f"{_MISSING}, or look at the picture that the cell shows."
            )
        return self._widget()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        if util.find_spec("ipyvolume") is None:
            note = f"A picture of it; to turn it in the cell: <code>{_MISSING}</code>"
            style = "font:12px/1.6 system-ui,sans-serif;opacity:.65"
            hint = f'<div style="{style}">{note}</div>'
            return {"text/html": self.picture_html() + hint}
        shown = self.widget()._repr_mimebundle_(**kwargs)
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        return data | {"text/html": self.picture_html()}, metadata
