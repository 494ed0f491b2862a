"""A Jupyter Server extension: what a kernel says reaches the browser at once.

Jupyter Server leaves Nagle's algorithm on for the websockets of kernels. A small
message then waits until the browser has acknowledged the one before, about 40 ms, which
a widget feels at every step of a drag. The wheel enables this extension by a file of
`etc/jupyter/jupyter_server_config.d`; without it everything works, more slowly.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from jupyter_server.utils import url_path_join

__all__ = ["EXTENSION", "PromptKernelHandler"]

EXTENSION = "previz.nodelay"

# As jupyter_server names a kernel in its own routes.
_KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


class PromptKernelHandler(KernelWebsocketHandler):
    """Jupyter Server's own websocket of a kernel, with TCP_NODELAY set."""

    async def open(self, kernel_id: str) -> None:
        """Open the websocket."""
        self.set_nodelay(True)
        await super().open(kernel_id)  # type: ignore[no-untyped-call]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": EXTENSION}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Answer the address of kernels' websockets before the server's own route does."""
    address = url_path_join(
        server.web_app.settings["base_url"], "api/kernels", _KERNEL_ID, "channels"
    )
    server.web_app.add_handlers(".*$", [(address, PromptKernelHandler)])
