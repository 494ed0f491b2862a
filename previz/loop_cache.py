"""Where numba keeps the compiled loops when it finds no place of its own.

numba writes beside the code or in the user's cache, and refuses to import a kept loop
where it may write neither: a read-only installation with an unwritable home.

Every import of previz runs this, so it loads nothing that the interpreter has not.
"""

from __future__ import annotations

import os
import stat
import sys

__all__ = ["provide_loop_cache"]

_SETTING = "NUMBA_CACHE_DIR"
_ROOMS = ("stage", "render")


def provide_loop_cache() -> None:
    """Point numba to a temporary folder, and say so, if it may write nowhere else.

    Call it before numba is imported. A folder of an earlier run is used again.
    """
    package = os.path.dirname(os.path.abspath(__file__))
    beside = (os.path.join(package, room, "__pycache__") for room in _ROOMS)
    asked = os.environ.get(_SETTING)
    if (
        all(_writable(folder) for folder in beside)
        or _writable(_user_cache())
        or (asked and _writable(asked))
    ):
        return
    folder = _private_folder()
    os.environ[_SETTING] = folder
    sys.stderr.write(
        f"previz: compiled loops are kept in {folder}, since neither the installation "
        f"nor the home is writable. Set {_SETTING} to choose a folder.\n"
    )


def _writable(folder: str) -> bool:
    """Tell whether a folder may be written, or made where it is missing."""
    there = os.path.abspath(folder)
    while not os.path.exists(there) and os.path.dirname(there) != there:
        there = os.path.dirname(there)
    return os.path.isdir(there) and os.access(there, os.W_OK | os.X_OK)


def _user_cache() -> str:
    """Return the user's cache folder as numba finds it."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA", home)
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches")
    return os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")


def _private_folder() -> str:
    """Return a temporary folder that is this user's alone.

    numba runs what it finds in its cache, so a folder that another user made, or may
    write, is not taken: a fresh one is.
    """
    import tempfile

    if not hasattr(os, "getuid"):
        return tempfile.mkdtemp(prefix="previz-loops-")
    folder = os.path.join(tempfile.gettempdir(), f"previz-loops-{os.getuid()}")
    try:
        os.mkdir(folder, mode=0o700)
    except FileExistsError:
        found = os.lstat(folder)
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
        if not ours or found.st_mode & 0o077:
            return tempfile.mkdtemp(prefix="previz-loops-")
    return folder
