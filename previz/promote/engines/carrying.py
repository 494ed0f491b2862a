"""The home side of a kernel that shares no disk: a parcel there, its frames back."""

from __future__ import annotations

import ast
import base64
import json
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from previz.errors import PrevizError, PromoteError
from previz.folder import write_atomic
from previz.promote.backend import Frame, Task
from previz.promote.engines.packing import packed, unpacked
from previz.promote.engines.parcel import Parcel, assets_of, revived
from previz.promote.engines.probe import PROBE, judge
from previz.promote.engines.server import (
    KernelDiedError,
    ServerGoneError,
    ServerKernel,
)
from previz.promote.taken import SOUND

__all__ = ["FarKernel"]

_PIECE_BYTES = 1 << 20
"""Of a file in one message: a server takes 10 MiB, and 4/3 of this is sent."""
_CALL_S = 120.0
"""The first call imports previz, which compiles nothing but reads much."""
_LOOK_S = 0.2
_MOST_DEATHS = 3
_PATIENCE_S = 300.0
"""How long a server that has gone is waited for: a laptop that slept, a restart."""
_DESK = "__import__('previz.promote.engines.far').promote.engines.far.DESK"


class FarKernel:
    """A kernel of a Jupyter server that makes takes for this machine.

    Args:
        kernel: The server's.
        kernelspec: What is started on it.
        patience_s: How long a server that does not answer is waited for.
    """

    def __init__(
        self,
        kernel: ServerKernel,
        kernelspec: str,
        *,
        patience_s: float = _PATIENCE_S,
    ) -> None:
        self.kernel = kernel
        self.kernelspec = kernelspec
        self.patience_s = patience_s
        self._judged = ""
        self._silent_since_s: float | None = None

    def close(self) -> None:
        """End the kernel there."""
        if self.kernel.kernel:
            try:
                self._call("close")
            except (ServerGoneError, PrevizError):
                self.kernel.leave()
        self.kernel.close()

    def frames(self, task: Task, *, folder: Path) -> Iterator[Frame]:
        """Yield a task's frames as they arrive; a lost server is waited for.

        Args:
            task: What is wanted.
            folder: The film's, with its assets.

        Raises:
            PromoteError: If the server refuses, lacks previz, or stays away.
            PrevizError: As the backend does there.
        """
        left = list(task.wanted)
        wanted, visit = task.wanted, uuid.uuid4().hex
        deaths, self._silent_since_s = 0, None
        while left:
            try:
                if self._ready():
                    # What another kernel made is gone; all else waits to be fetched.
                    wanted = tuple(left)
                parcel = self._sent(task, wanted, folder)
                for frame in self._session(task, parcel, left, visit):
                    deaths = 0
                    left.remove(frame.number)
                    yield frame
                return
            except KernelDiedError:
                wanted, visit = tuple(left), uuid.uuid4().hex
                deaths += 1
                if deaths == _MOST_DEATHS:
                    raise PromoteError(
                        f"KernelEngine.kernelspec must live through frame {left[0]}, "
                        f"got {deaths} kernels that died at it. Its memory is likely "
                        "too small: try a smaller size or a lower quality."
                    ) from None
            except ServerGoneError as error:
                self._wait(task, str(error))

    def _wait(self, task: Task, why: str) -> None:
        if task.stopped():
            raise PromoteError(
                f"KernelEngine.server must answer, got a stop while it did not ({why})."
                " Promote again to go on."
            )
        if self._silent_since_s is None:
            self._silent_since_s = time.monotonic()
        if time.monotonic() - self._silent_since_s > self.patience_s:
            raise PromoteError(
                f"KernelEngine.server must answer within {self.patience_s:g} s, got "
                f"{why} from {self.kernel.url}. The frames that came are kept: start "
                "the server and promote again."
            )
        task.report(f"waiting for {self.kernel.url}", 0, 0)
        time.sleep(_LOOK_S)

    def _session(
        self, task: Task, parcel: str, left: list[int], visit: str
    ) -> Iterator[Frame]:
        """Yield the frames that are left while the server answers."""
        self._call("begin", parcel, visit)
        told = 0
        while True:
            if task.stopped():
                self._call("stop")
            news = json.loads(ast.literal_eval(self._call("news")))
            for note in news["notes"][told:]:
                task.note(note)
            told = len(news["notes"])
            if news["parcel"] != parcel:
                raise KernelDiedError("a restarted kernel")
            _pass_on(task, news)
            for number in [n for n in news["made"] if n in left]:
                if len(left) == 1:
                    # Once all frames are home nobody asks for sound again.
                    if not news["ended"] or news["forsaken"] or news["error"]:
                        break
                    self._take_sound(task, news)
                yield unpacked(self._fetched(f"made{number}"))
            if news["needed"] is not None:
                kept = packed(task.made(news["needed"]))
                self._send(f"kept{news['needed']}", kept)
            if news["ended"] and news["forsaken"]:
                raise KernelDiedError("a kernel that nobody asked for long")
            if news["ended"]:
                break
            time.sleep(_LOOK_S)
        if news["error"] is not None:
            raise revived(*news["error"])

    def _take_sound(self, task: Task, news: dict[str, Any]) -> None:
        """Bring the sound home that was made with the pictures, if any was."""
        if news["sound"]:
            write_atomic(task.scratch / SOUND, self._fetched(SOUND))

    def _ready(self) -> bool:
        """Have a kernel that can do the work; return whether it is a new one."""
        alive = self.kernel.alive
        if alive and self._judged == self.kernel.kernel:
            return False
        if not alive:
            self.kernel.check(self.kernelspec)
            self.kernel.start(self.kernelspec)
        try:
            where = f"kernel {self.kernelspec!r} of {self.kernel.url}"
            judge(self.kernel.ask(PROBE, timeout_s=_CALL_S), where=where)
        except PrevizError:
            self.kernel.close()
            raise
        self._judged = self.kernel.kernel
        return True

    def _sent(self, task: Task, wanted: tuple[int, ...], folder: Path) -> str:
        """Send what is not there yet; return the parcel's name."""
        assets = assets_of(folder, task.frozen)
        parcel = Parcel(
            frozen=task.frozen,
            wanted=wanted,
            assets=tuple(assets),
            budget_usd=task.budget_usd,
        )
        for name, path in assets.items():
            self._send(name, path.read_bytes())
        self._send(parcel.name, parcel.to_bytes())
        return parcel.name

    def _send(self, name: str, raw: bytes) -> None:
        if self._call("has", name) == "True":
            return
        for first in range(0, len(raw), _PIECE_BYTES):
            text = base64.b64encode(raw[first : first + _PIECE_BYTES]).decode()
            self._call("receive", name, first, len(raw), text)

    def _fetched(self, name: str) -> bytes:
        length = int(self._call("length_of", name))
        pieces = [
            base64.b64decode(
                ast.literal_eval(self._call("piece", name, first, _PIECE_BYTES))
            )
            for first in range(0, length, _PIECE_BYTES)
        ]
        return b"".join(pieces)

    def _call(self, verb: str, *told: Any) -> str:
        said = ", ".join(repr(x) for x in told)
        answer = self.kernel.ask(f"{_DESK}.{verb}({said})", timeout_s=_CALL_S)
        self._silent_since_s = None
        return answer


def _pass_on(task: Task, news: dict[str, Any]) -> None:
    what, done, of = news["steps"]
    if of:
        task.report(what, done, of)
    if news["spent_usd"] is not None:
        task.spent(news["spent_usd"])
