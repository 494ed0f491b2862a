"""What runs in a kernel that shares no disk with the film: one take at a time.

Home speaks by expressions that this kernel evaluates: it sends a parcel in pieces,
begins, asks for news and fetches frames. The frames are made on a thread, so that the
kernel can answer meanwhile. Everything bears being asked twice: a reply can get lost.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import threading
import time
from pathlib import Path

from previz.errors import PrevizError, PromoteError
from previz.promote.backend import Frame
from previz.promote.engines.own_folder import OwnFolder
from previz.promote.engines.packing import packed, unpacked
from previz.promote.engines.parcel import Parcel, made_of
from previz.promote.taken import SOUND

__all__ = ["DESK", "Desk"]

_FORSAKEN_S = 180.0
"""A home that has not asked for so long is gone: the machine is for others."""
_LOOK_S = 0.05
_NAME = re.compile(r"[a-z0-9]+(\.[a-z]+)?")


class Desk:
    """Where one take is made for a home far away."""

    def __init__(self) -> None:
        self._folder: OwnFolder | None = None
        self._scratch: Path | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._asked_at = time.monotonic()
        self._clear()

    def _clear(self) -> None:
        self._parcel = self._visit = ""
        self._made: list[int] = []
        self._needed: int | None = None
        self._steps: tuple[str, int, int] = ("", 0, 0)
        self._notes: list[str] = []
        self._spent_usd: float | None = None
        self._error: tuple[str, str] | None = None
        self._forsaken = False

    def has(self, name: str) -> bool:
        """Return whether a file of the parcel has arrived whole."""
        self._asked_at = time.monotonic()
        return self._file(name).exists()

    def receive(self, name: str, first_byte: int, total: int, text: str) -> bool:
        """Write a piece of a file; return whether that is whole now.

        Args:
            name: An asset's name, a parcel's SHA-256, or "kept" with a frame's number.
            first_byte: Where the piece belongs.
            total: How long the file will be.
            text: The piece as base64.
        """
        self._asked_at = time.monotonic()
        path = self._file(name)
        if path.exists():
            return True
        part = path.with_name(path.name + ".part")
        with part.open("r+b" if part.exists() else "w+b") as file:
            file.seek(first_byte)
            file.write(base64.b64decode(text))
            whole = file.tell() == total
        if whole:
            part.replace(path)
        return whole

    def begin(self, parcel: str, visit: str) -> bool:
        """Make the frames of a parcel, unless that has begun; return whether so.

        Args:
            parcel: Its SHA-256.
            visit: Tells one time that a take is worked on from the next, in which what
                failed or was stopped is tried again.
        """
        self._asked_at = time.monotonic()
        if (self._parcel, self._visit) == (parcel, visit):
            return False
        self.stop()
        self._clear()
        # Frames are named by their numbers alone: these may be another take's.
        for path in (*self._home.glob("made*"), *self._home.glob("kept*")):
            path.unlink()
        self._parcel, self._visit = parcel, visit
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()
        return True

    def news(self) -> str:
        """Return as JSON what is made, what is needed, and whether it has ended."""
        self._asked_at = time.monotonic()
        # Looked at first: what was made before the end is in what follows.
        ended = self._thread is None or not self._thread.is_alive()
        told = {
            "parcel": self._parcel,
            "ended": ended,
            "forsaken": self._forsaken,
            "made": self._made,
            "needed": self._needed,
            "steps": self._steps,
            "notes": self._notes,
            "spent_usd": self._spent_usd,
            "error": self._error,
            "sound": ended and self._file(SOUND).exists(),
        }
        return json.dumps(told)

    def length_of(self, name: str) -> int:
        """Return how many bytes a made file has."""
        return self._file(name).stat().st_size

    def piece(self, name: str, first_byte: int, length: int) -> str:
        """Return a piece of a made file as base64."""
        self._asked_at = time.monotonic()
        with self._file(name).open("rb") as file:
            file.seek(first_byte)
            return base64.b64encode(file.read(length)).decode()

    def stop(self) -> None:
        """Give up what is being made, and wait for its step to end."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._thread = None

    def close(self) -> None:
        """Give up, and leave nothing on this machine's disk."""
        self.stop()
        self._clear()
        if self._folder is not None:
            self._folder.close()
        self._folder = self._scratch = None

    @property
    def _home(self) -> Path:
        if self._folder is None:
            self._folder = OwnFolder()
            (self._folder.path / "assets").mkdir()
        return self._folder.path

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise PromoteError(
                f"Desk.name must be of letters and digits, got {name!r}. "
                "Send what the parcel lists."
            )
        if name == SOUND:
            return (self._scratch or self._home) / name
        return self._home / "assets" / name if "." in name else self._home / name

    def _stopped(self) -> bool:
        if time.monotonic() - self._asked_at > _FORSAKEN_S:
            self._forsaken = True
        return self._stop.is_set() or self._forsaken

    def _report(self, what: str, done: int, of: int) -> None:
        self._steps = (what, done, of)

    def _spent(self, usd: float) -> None:
        self._spent_usd = usd

    def _work(self) -> None:
        try:
            parcel = Parcel.from_bytes(self._file(self._parcel).read_bytes())
            frames = made_of(
                parcel,
                folder=self._home,
                scratch=self._scratch_of(parcel.frozen.hash),
                made=self._from_home,
                stopped=self._stopped,
                report=self._report,
                note=self._notes.append,
                spent=self._spent,
            )
            for frame in frames:
                self._file(f"made{frame.number}").write_bytes(packed(frame))
                self._made.append(frame.number)
        except PrevizError as error:
            self._error = (type(error).__name__, str(error))
        except Exception as error:
            # Nobody sees this thread: what is not told home is never known.
            self._error = ("PromoteError", f"{type(error).__name__}: {error}")

    def _scratch_of(self, take: str) -> Path:
        """Return the take's scratch; one that is begun again finds what it left."""
        scratch = self._home / f"take{take}"
        for other in self._home.glob("take*"):
            if other != scratch:
                shutil.rmtree(other, ignore_errors=True)
        scratch.mkdir(exist_ok=True)
        self._scratch = scratch
        return scratch

    def _from_home(self, number: int) -> Frame:
        """Return a frame that was made here or is kept at home."""
        if number in self._made:
            return unpacked(self._file(f"made{number}").read_bytes())
        path = self._file(f"kept{number}")
        self._needed = number
        while not path.exists():
            if self._stopped():
                raise PromoteError(
                    f"Desk.kept must get frame {number} from home, got a stop. "
                    "Promote the shot again."
                )
            time.sleep(_LOOK_S)
        self._needed = None
        return unpacked(path.read_bytes())


DESK = Desk()
"""The kernel's one: it makes one take at a time, as it has one GPU."""
