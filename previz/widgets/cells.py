"""What widgets leave in a notebook's file: HTML beside the view, and no state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["Unowned", "beside", "needs_kernel"]

_TARGET, _PROTOCOL = "jupyter.widget", "2.1.0"
"""Of the protocol of Jupyter widgets."""


def beside(shown: Any, html: Callable[[], str]) -> Any:
    """Return a widget's mimebundle with HTML for where no kernel is.

    JupyterLab, Notebook and VS Code take the view where there is one, and pages without
    widgets the HTML.

    Args:
        shown: The bundle, alone or with metadata; None is no widget.
        html: Makes the HTML, which is put into the page as it is; "" is none.
    """
    if shown is None:
        return None
    data, metadata = shown if isinstance(shown, tuple) else (shown, {})
    text = html()
    return (data | {"text/html": text} if text else data), metadata


def needs_kernel(html: str, *, what: str) -> str:
    """Return HTML, if any, with a line that says what it is and how to work in it."""
    style = "font:12px/1.6 system-ui,sans-serif;opacity:.65"
    said = f"{what} as it stood then. It needs a kernel: run the cell to work in it."
    return f'{html}<div style="{style}">{said}</div>' if html else ""


class Unowned:
    """A widget whose comm is opened as the answer to no cell, where there is a kernel.

    Whoever runs a notebook without a page, such as `jupyter nbconvert --execute`, puts
    the state of each widget that a cell opens into the file: our whole front end, once
    a widget. nbconvert then takes the view, which is empty without a kernel, for the
    HTML. Such a run hears only what answers its cells; pages hear all.

    It stands before the class of the widget among the bases.
    """

    def open(self) -> None:
        """Open it to all pages, for none of which its state is kept in a file."""
        if not _open_unowned(self):
            super().open()  # type: ignore[misc]


def _open_unowned(widget: Any) -> bool:
    """Open a widget's comm as the answer to no cell; tell whether that was possible."""
    try:
        from ipykernel.comm.comm import BaseComm
        from ipykernel.kernelbase import Kernel
        from ipywidgets.widgets.widget import _remove_buffers
    except ImportError:
        return False
    if not Kernel.initialized() or widget.comm is not None:
        return False

    class Answerless(BaseComm):  # type: ignore[misc]
        # Without it ipywidgets takes the comm for one that nobody hears.
        kernel: Any = Kernel.instance()

        def publish_msg(self, msg_type: str, *told: Any, **named: Any) -> None:
            if msg_type != "comm_open":
                super().publish_msg(msg_type, *told, **named)
                return
            sent = {"ident": self.topic, "buffers": named.pop("buffers")}
            sent["metadata"] = named.pop("metadata")
            content = named | {"comm_id": self.comm_id}
            self.kernel.session.send(
                self.kernel.iopub_socket, msg_type, content, **sent
            )

    state, paths, buffers = _remove_buffers(widget.get_state())
    widget.comm = Answerless(
        target_name=_TARGET,
        data={"state": state, "buffer_paths": paths},
        buffers=buffers,
        metadata={"version": _PROTOCOL},
        comm_id=widget._model_id,
    )
    return True
