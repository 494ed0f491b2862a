"""A folder of this process's for what it makes for another machine.

    previz-desk-1f0c…/       what is there
    previz-desk-1f0c….lock   held for as long as its process lives

A kernel that is killed clears nothing up: the next one of the same user does.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

__all__ = ["OwnFolder"]

_NAME = "previz-desk-"


class OwnFolder:
    """An empty folder among the machine's temporary files; removed by `close`.

    Those of this user's processes that are gone are removed first.

    Raises:
        OSError: If no folder can be made.
    """

    def __init__(self) -> None:
        from filelock import FileLock

        place = Path(tempfile.gettempdir())
        _clear(place)
        name = f"{_NAME}{secrets.token_hex(8)}"
        # Locked before it is there, so that nobody takes it for left behind.
        self._lock = FileLock(place / f"{name}.lock", mode=0o600)
        self._lock.acquire(blocking=False)
        self.path = place / name
        self.path.mkdir(mode=0o700)
        atexit.register(self.close)

    def close(self) -> None:
        """Remove it with all that is in it."""
        atexit.unregister(self.close)
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.release()
        Path(self._lock.lock_file).unlink(missing_ok=True)


def _clear(place: Path) -> None:
    """Remove the folders of processes that are gone."""
    from filelock import FileLock, Timeout

    user = os.getuid() if hasattr(os, "getuid") else 0
    for path in place.glob(f"{_NAME}*.lock"):
        with suppress(OSError, Timeout):
            if path.is_symlink() or path.stat().st_uid != user:
                continue
            with FileLock(path, blocking=False):
                shutil.rmtree(path.with_suffix(""), ignore_errors=True)
                path.unlink(missing_ok=True)
