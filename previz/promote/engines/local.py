"""A second Jupyter kernel on this machine."""

from __future__ import annotations

import queue
import subprocess
from typing import Any

from previz.errors import PromoteError, UnknownNameError

__all__ = ["LocalKernel", "checked_kernelspec"]

_START_S = 120.0
"""A kernel reads some hundred files, which on a busy machine takes its time."""
_LOOK_S = 0.25


def checked_kernelspec(name: str) -> str:
    """Return the name of a kernelspec of this machine that runs Python.

    Raises:
        UnknownNameError: If there is none of this name; lists those that are.
    """
    from jupyter_client.kernelspec import KernelSpecManager

    found = KernelSpecManager().get_all_specs()
    python = [n for n, entry in found.items() if entry["spec"]["language"] == "python"]
    if name not in python:
        raise UnknownNameError("KernelEngine.kernelspec", name, python)
    return name


class LocalKernel:
    """A kernel that this process started; it ends with it.

    Args:
        kernelspec: Its kernelspec.
    """

    def __init__(self, kernelspec: str) -> None:
        self.kernelspec = kernelspec
        self._keeper: Any = None
        self._client: Any = None

    @property
    def alive(self) -> bool:
        """Whether it was started and still runs."""
        return self._keeper is not None and bool(self._keeper.is_alive())

    def start(self) -> None:
        """Start the kernel and wait for its first answer.

        Raises:
            PromoteError: If it ends at once or does not answer.
        """
        from jupyter_client import KernelManager

        self.close()
        self._keeper = KernelManager(kernel_name=self.kernelspec)
        try:
            self._keeper.start_kernel(
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            self._client = self._keeper.client()
            self._client.start_channels()
            self._client.wait_for_ready(timeout=_START_S)
        except (OSError, RuntimeError) as error:
            self.close()
            raise PromoteError(
                f"KernelEngine.kernelspec must name a kernel that starts, got "
                f"{self.kernelspec!r}: {error}. Try it in a notebook."
            ) from None

    def close(self) -> None:
        """End the kernel, whatever it does."""
        client, keeper = self._client, self._keeper
        self._client = self._keeper = None
        if client is not None:
            client.stop_channels()
        if keeper is not None and keeper.has_kernel:
            keeper.shutdown_kernel(now=True)

    def ask(self, expression: str) -> str:
        """Return the representation of a Python expression's value in the kernel.

        Raises:
            PromoteError: With what the kernel says, if it fails, or if it died.
        """
        try:
            reply = self._reply("", {"it": expression})
        except ConnectionError:
            raise PromoteError(
                f"KernelEngine.kernelspec must answer, got a kernel of "
                f"{self.kernelspec!r} that died when asked. Try it in a notebook."
            ) from None
        found = reply["user_expressions"]["it"]
        if found["status"] != "ok":
            raise PromoteError(_said(self.kernelspec, found))
        return str(found["data"]["text/plain"])

    def run(self, code: str) -> bool:
        """Run code to its end; return whether the kernel lived through it.

        Args:
            code: Python.

        Raises:
            PromoteError: With what the kernel says, if the code fails.
        """
        try:
            self._reply(code, {})
        except ConnectionError:
            return False
        return True

    def _reply(self, code: str, expressions: dict[str, str]) -> dict[str, Any]:
        asked = self._client.execute(
            code, silent=True, user_expressions=expressions, allow_stdin=False
        )
        while True:
            try:
                heard = self._client.get_shell_msg(timeout=_LOOK_S)
            except queue.Empty:
                if not self.alive:
                    self.close()
                    raise ConnectionError from None
                continue
            if heard["parent_header"].get("msg_id") == asked:
                break
        content: dict[str, Any] = heard["content"]
        if content["status"] != "ok":
            raise PromoteError(_said(self.kernelspec, content))
        return content


def _said(kernelspec: str, reply: dict[str, Any]) -> str:
    said = f"{reply.get('ename', 'an error')}: {reply.get('evalue', '')}"
    return (
        f"KernelEngine.kernelspec must run previz's code, got {said[:500]} in "
        f"{kernelspec!r}. Try the same in a notebook with that kernel."
    )
