"""The default engine: a second Jupyter kernel, here or on a remote Jupyter server."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from previz.errors import PromoteError
from previz.folder import FilmFolder
from previz.promote.engines.carrying import FarKernel
from previz.promote.engines.courier import Carrier
from previz.promote.engines.local import LocalKernel, checked_kernelspec
from previz.promote.engines.parcel import stays_home
from previz.promote.engines.post import send
from previz.promote.engines.probe import PROBE, judge
from previz.promote.engines.server import ServerGoneError, ServerKernel
from previz.promote.frames import FrameStore
from previz.promote.taken import part_of
from previz.promote.work import work

__all__ = ["KernelEngine", "carrier_of"]

_MOST_DEATHS = 3


@dataclass(frozen=True)
class KernelEngine:
    """Makes takes in a kernel of their own, one after the other.

    Attributes:
        kernelspec: Name of the kernelspec: `jupyter kernelspec list` has them.
        server: Address of a Jupyter server whose kernels to use instead of this
            machine's. No disk need be shared with it.
        token: Of that server. It is kept in memory alone.
    """

    kernelspec: str = "python3"
    server: str = ""
    token: str = field(default="", repr=False, compare=False)

    @property
    def name(self) -> str:
        """How the ledger calls it."""
        at = f" at {self.server}" if self.server else ""
        return f"kernel {self.kernelspec}{at}"

    def start(self, folder: Path, job: str) -> None:
        """Begin a job and return at once.

        Raises:
            UnknownNameError: If there is no such kernelspec, on a server too.
            PromoteError: If the server refuses the token, or nobody answers there.
        """
        if self.server:
            try:
                ServerKernel(self.server, token=self.token).check(self.kernelspec)
            except ServerGoneError as error:
                raise PromoteError(
                    "KernelEngine.server must answer, got "
                    f"{error} from {self.server}. Start it there: jupyter server."
                ) from None
        else:
            checked_kernelspec(self.kernelspec)
        opening = {
            "engine": "kernel",
            "kernelspec": self.kernelspec,
            "server": self.server,
            "token": self.token,
        }
        send(opening, folder=folder, job=job)


def carrier_of(*, kernelspec: str, server: str, token: str) -> Carrier:
    """Return what carries jobs to an engine of this kind."""
    if server:
        return ServerCarrier(ServerKernel(server, token=token), kernelspec)
    return LocalCarrier(kernelspec)


class LocalCarrier:
    """Has jobs made in a second kernel of this machine, which shares its disk."""

    at_once = 1

    def __init__(self, kernelspec: str) -> None:
        self._kernel = LocalKernel(kernelspec)
        self._kernelspec = kernelspec

    def carry(self, folder: Path, job: str) -> None:
        """See a job through; a kernel that dies is started again and goes on.

        Raises:
            PromoteError: If the kernel cannot do the work, or dies again and again.
        """
        code = (
            "from pathlib import Path\n"
            "from previz.promote.work import work\n"
            f"work(Path({str(folder)!r}), {job!r})"
        )
        deaths, made = 0, _made(folder, job)
        while deaths < _MOST_DEATHS:
            self._ready()
            try:
                if self._kernel.run(code):
                    return
            except PromoteError:
                # What it claimed and could not give back is free once it has ended.
                self._kernel.close()
                raise
            before, made = made, _made(folder, job)
            deaths = 1 if made > before else deaths + 1
        raise PromoteError(
            f"KernelEngine.kernelspec must live through a job, got {_MOST_DEATHS} "
            f"kernels of {self._kernelspec!r} that died at it. Memory is likely too "
            "small: try a smaller size or a lower quality."
        )

    def rest(self) -> None:
        """End the kernel; the next job starts another."""
        self._kernel.close()

    def _ready(self) -> None:
        if self._kernel.alive:
            return
        self._kernel.start()
        judge(self._kernel.ask(PROBE), where=f"kernel {self._kernelspec!r}")


def _made(folder: Path, job: str) -> int:
    """Return how many frames of a take are finished."""
    part = part_of(FilmFolder(folder).promoted, job)
    return len(FrameStore(part / "frames").paths())


class ServerCarrier:
    """Has jobs made by a server's kernel; the frames come home as they are made."""

    at_once = 1

    def __init__(self, kernel: ServerKernel, kernelspec: str) -> None:
        self._far = FarKernel(kernel, kernelspec)

    def carry(self, folder: Path, job: str) -> None:
        """See a job through.

        Raises:
            PrevizError: If the server stays away or the backend fails there.
        """
        if stays_home(folder, job):
            work(folder, job)
            return
        work(folder, job, frames=lambda task: self._far.frames(task, folder=folder))

    def rest(self) -> None:
        """End the kernel there; the next job starts another."""
        self._far.close()
