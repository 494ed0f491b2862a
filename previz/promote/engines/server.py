"""A kernel on a remote Jupyter server, over REST and a WebSocket alone.

`GatewayKernelManager` is meant to run inside a server and was refused when used from a
program; the two protocols below it are documented and short.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from previz.errors import PromoteError, UnknownNameError

__all__ = ["KernelDiedError", "ServerGoneError", "ServerKernel"]

_REPLY_S = 30.0
_FIRST_REPLY_S = 120.0
"""A kernel's first answer waits for its start, on a busy cluster for a while."""


class ServerGoneError(Exception):
    """The server or the kernel does not answer; asking again may help."""


class KernelDiedError(ServerGoneError):
    """The server answers; the kernel died, and what it held is gone."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token is sent to the address that the user gave and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


class ServerKernel:
    """A kernel of a Jupyter server; started by `start`, else joined by its id.

    Args:
        url: The server's address, such as "https://gpu.example.org:8888".
        token: What lets one in; sent as a header, never as part of an address, which
            ends up in logs.

    Raises:
        PromoteError: If the address is none.
    """

    def __init__(self, url: str, *, token: str = "") -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise PromoteError(
                "KernelEngine.server must be an address with http or https, got "
                f"{url.partition('?')[0]!r}. Pass such as 'https://gpu.example:8888'."
            )
        if parts.query or parts.username or parts.password:
            raise PromoteError(
                "KernelEngine.server must carry neither token nor password, got one. "
                "Pass the token apart: KernelEngine(server=..., token=...)."
            )
        if not (token.isascii() and token.isprintable()):
            raise PromoteError(
                "KernelEngine.token must be letters, digits and signs, got others. "
                "Copy it again, without line breaks."
            )
        self.url = url.rstrip("/")
        self.kernel = ""
        self._token = token
        self._session = uuid.uuid4().hex
        self._socket: Any = None

    def __repr__(self) -> str:
        return f"ServerKernel({self.url!r})"

    def check(self, kernelspec: str) -> None:
        """Make sure that the server lets one in and has a kernelspec.

        Raises:
            PromoteError: If the token is refused.
            UnknownNameError: If it has no such kernelspec, or it is not Python.
            ServerGoneError: If nobody answers.
        """
        specs = self._rest("GET", "/api/kernelspecs")["kernelspecs"]
        python = [n for n, s in specs.items() if s["spec"]["language"] == "python"]
        if kernelspec not in python:
            raise UnknownNameError("KernelEngine.kernelspec", kernelspec, python)

    def start(self, kernelspec: str) -> None:
        """Start a kernel.

        Raises:
            PromoteError: If the token is refused or the server starts none.
            ServerGoneError: If nobody answers.
        """
        self.kernel = self._rest("POST", "/api/kernels", {"name": kernelspec})["id"]
        self.ask("None", timeout_s=_FIRST_REPLY_S)

    def close(self) -> None:
        """End the kernel, if the server can still be reached; the server stays."""
        self.leave()
        kernel, self.kernel = self.kernel, ""
        if kernel:
            try:
                self._rest("DELETE", f"/api/kernels/{kernel}")
            except (ServerGoneError, PromoteError):
                # A kernel that nobody asks ends what it does by itself (`far`).
                return

    def leave(self) -> None:
        """Close the connection; the kernel stays."""
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.close()

    @property
    def alive(self) -> bool:
        """Whether the server still has the kernel.

        Raises:
            ServerGoneError: If nobody answers.
        """
        if not self.kernel:
            return False
        try:
            self._rest("GET", f"/api/kernels/{self.kernel}")
        except UnknownNameError:
            return False
        return True

    def ask(self, expression: str, *, timeout_s: float = _REPLY_S) -> str:
        """Return the representation of a Python expression's value in the kernel.

        An expression is not kept in the kernel's history, as code is, so megabytes may
        be told by it. It must bear being asked twice.

        Raises:
            PromoteError: With what the kernel says, if it fails.
            ServerGoneError: If nobody answers.
        """
        found = self._evaluated({"it": expression}, timeout_s=timeout_s)["it"]
        if found["status"] != "ok":
            raise _failed(found)
        return str(found["data"]["text/plain"])

    def _evaluated(
        self, expressions: dict[str, str], *, timeout_s: float
    ) -> dict[str, Any]:
        asked = uuid.uuid4().hex
        message = {
            "channel": "shell",
            "header": {
                "msg_id": asked,
                "msg_type": "execute_request",
                "session": self._session,
                "username": "previz",
                "version": "5.3",
                "date": "",
            },
            "parent_header": {},
            "metadata": {},
            "buffers": [],
            "content": {
                "code": "",
                "silent": True,
                "store_history": False,
                "user_expressions": expressions,
                "allow_stdin": False,
                "stop_on_error": False,
            },
        }
        reply = self._exchange(json.dumps(message), asked, timeout_s=timeout_s)
        if reply["status"] != "ok":
            raise _failed(reply)
        found: dict[str, Any] = reply["user_expressions"]
        return found

    def _exchange(self, message: str, asked: str, *, timeout_s: float) -> Any:
        """Send a message and return the content of its reply."""
        from websocket import WebSocketBadStatusException, WebSocketException

        ends = time.monotonic() + timeout_s
        try:
            socket = self._connected()
            socket.send(message)
            while (left := ends - time.monotonic()) > 0:
                socket.settimeout(left)
                heard = json.loads(socket.recv())
                if heard.get("channel") == "iopub":
                    state = heard["content"].get("execution_state")
                    if state in ("restarting", "dead"):
                        self.leave()
                        raise KernelDiedError(state)
                elif heard["parent_header"].get("msg_id") == asked:
                    return heard["content"]
        except WebSocketBadStatusException as error:
            self.leave()
            if error.status_code == 404:
                raise KernelDiedError("the kernel is gone") from None
            raise self._refused(error.status_code, "/api/kernels") from None
        except (WebSocketException, OSError, ValueError) as error:
            self.leave()
            raise ServerGoneError(_plain(error)) from None
        self.leave()
        raise ServerGoneError(f"no answer within {timeout_s:g} s")

    def _connected(self) -> Any:
        if self._socket is None:
            from websocket import create_connection

            address = self.url.replace("http", "ws", 1)
            self._socket = create_connection(
                f"{address}/api/kernels/{self.kernel}/channels"
                f"?session_id={self._session}",
                timeout=_REPLY_S,
                header=self._headers(),
                redirect_limit=0,
                suppress_origin=True,
                # In Python and byte by byte, it takes a second for a megabyte.
                skip_utf8_validation=True,
            )
        return self._socket

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"token {self._token}"} if self._token else {}

    def _rest(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **self._headers()},
        )
        try:
            with _OPENER.open(request, timeout=_REPLY_S) as answer:
                raw = answer.read()
        except urllib.error.HTTPError as error:
            with error:
                raise self._refused(error.code, path) from None
        except (OSError, HTTPException) as error:
            raise ServerGoneError(_plain(error)) from None
        try:
            return json.loads(raw) if raw else None
        except ValueError:
            raise self._refused(0, path) from None

    def _refused(self, status: int, path: str) -> Exception:
        if status in (401, 403) or 300 <= status < 400:
            return PromoteError(
                f"KernelEngine.token must be one that {self.url} accepts, got HTTP "
                f"{status}. Copy it from `jupyter server list` on that machine or "
                "from your hub's token page."
            )
        if status == 404 and self.kernel and self.kernel in path:
            return UnknownNameError("ServerKernel.kernel", self.kernel, ())
        if status in (429, 502, 503, 504):
            return ServerGoneError(f"HTTP {status}")
        return PromoteError(
            f"KernelEngine.server must be a Jupyter server, got HTTP {status} from "
            f"{self.url}{path}. Pass the address before /lab or /tree."
        )


def _failed(reply: dict[str, Any]) -> PromoteError:
    said = f"{reply.get('ename', 'an error')}: {reply.get('evalue', '')}"
    return PromoteError(
        f"KernelEngine.kernel must run previz's code, got {said[:500]}. Try the same "
        "in a notebook with that kernel."
    )


def _plain(error: BaseException) -> str:
    """Name an error without what it carries: a refused handshake quotes headers."""
    text = str(getattr(error, "strerror", "") or "")
    return f"{type(error).__name__}{': ' + text if text else ''}"
