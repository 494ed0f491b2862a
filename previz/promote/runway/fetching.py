"""A clip brought home: resumed where it broke off, whole or not at all."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from previz.errors import FilmFolderError, GenerateError
from previz.folder import explain_os_error, put_in_place
from previz.promote.runway.service import Patience, Trouble

if TYPE_CHECKING:
    import httpx

__all__ = ["MOST_BYTES", "fetch"]

MOST_BYTES = 2 << 30
"""Of a clip: more than half a minute of the best H.264 in 4K."""


def fetch(
    address: Callable[[], str],
    path: Path,
    *,
    patience: Patience,
    wait: Callable[[float], None],
) -> None:
    """Bring a file home, however often the connection breaks.

    The address is asked for before each try, as it is signed and grows old. No key
    is sent to it.

    Args:
        address: Returns where it lies now.
        path: Where it is to lie; what came of it so far lies beside it.
        patience: How long to wait.
        wait: Waits so many seconds, or raises if the take is stopped.

    Raises:
        FilmFolderError: If the disk is full or the folder cannot be written.
        GenerateError: If it does not come, or is no honest address.
    """
    import httpx

    part = path.with_suffix(".part")
    vain = 0
    timeout = httpx.Timeout(patience.answer_s)
    with httpx.Client(timeout=timeout, follow_redirects=False) as client:
        while True:
            before, where = _size(part), _honest(address())
            try:
                trouble = _try(client, where, part)
                if trouble is None:
                    put_in_place(part, path)
                    return
            except OSError as error:
                raise FilmFolderError(explain_os_error(path, error)) from None
            vain = 0 if _size(part) > before else vain + 1
            if vain > _MOST_VAIN:
                raise GenerateError(
                    f"Service.output must be fetched whole, got {_size(part)} bytes "
                    f"and then {trouble.words}, {vain} times. Promote again: it is "
                    "paid for and kept there for a day."
                )
            wait(patience.after(vain, trouble))


_MOST_VAIN = 6


def _honest(address: str) -> str:
    """Return an address that a service may well give.

    Raises:
        GenerateError: If it is not https, or points into this network.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https" and not _is_private(host):
        return address
    if parts.scheme == "http" and _is_loopback(host):
        return address  # a server on this machine, as in tests
    raise GenerateError(
        f"Service.output must be an https address in the open, got one at "
        f"{parts.scheme}://{host[:80]}. Look at what {_NAMES} names."
    )


_NAMES = "RUNWAYML_BASE_URL"


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host in ("", "localhost")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _try(client: httpx.Client, address: str, part: Path) -> Trouble | None:
    """Fetch what is missing; say what stopped it, or nothing once it is whole."""
    import httpx

    have = _size(part)
    # A clip that is packed once more would be kept packed, and is no smaller.
    headers = {"Accept-Encoding": "identity"}
    headers |= {"Range": f"bytes={have}-"} if have else {}
    # An address that is signed has no place in a message, nor has the cause.
    try:
        with client.stream("GET", address, headers=headers) as answer:
            return _receive(answer, part, have)
    except httpx.HTTPError as error:
        return Trouble("unknown", type(error).__name__)


def _receive(answer: httpx.Response, part: Path, have: int) -> Trouble | None:
    if answer.status_code == 416:
        # Nothing lies beyond what is here, which may be another file's: begin anew.
        part.unlink(missing_ok=True)
        return Trouble("unknown", "HTTP 416")
    if answer.status_code not in (200, 206):
        return Trouble("unknown", f"HTTP {answer.status_code}")
    goes_on = answer.status_code == 206 and have > 0
    begin = have if goes_on else 0
    if goes_on and not _continues(answer.headers.get("content-range", ""), have):
        part.unlink(missing_ok=True)
        return Trouble("unknown", "another range than asked for")
    told = answer.headers.get("content-length", "")
    whole = begin + int(told) if told.isdecimal() else None
    with part.open("ab" if goes_on else "wb") as file:
        for block in answer.iter_raw():
            begin += len(block)
            if begin > MOST_BYTES:
                raise GenerateError(
                    f"Service.output must be <= {MOST_BYTES >> 20} MB, got more. "
                    "Ask for a shorter or smaller clip."
                )
            file.write(block)
    if whole is not None and begin < whole:
        return Trouble("unknown", f"{begin} of {whole} bytes")
    return None


def _continues(told: str, have: int) -> bool:
    return told.startswith(f"bytes {have}-")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
