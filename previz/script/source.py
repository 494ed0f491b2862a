"""Read a screenplay file: what it is, how it is encoded, and what is wrong with it."""

from __future__ import annotations

import os
import re
import stat
from importlib.resources import files
from pathlib import Path

from previz.errors import ScriptError
from previz.model import Screenplay
from previz.script.fdx import parse_fdx
from previz.script.fountain import parse_fountain
from previz.script.limits import MAX_BYTES

__all__ = ["decode", "demo_path", "read"]

_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"PK\x03\x04", "a zip archive (Word, Pages or Highland)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b"))
_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|FinalDraft\b|html\b)", re.IGNORECASE)
_ADVICE = "Export it as Fountain (.fountain, plain text) or Final Draft (.fdx)."


def demo_path() -> Path:
    """Return the path of the screenplay that previz ships, `the_last_reel.fountain`."""
    return Path(str(files("previz") / "data" / "the_last_reel.fountain"))


def read(path: Path | str) -> Screenplay:
    """Read a screenplay file, Fountain or Final Draft by its content.

    Text may be UTF-8, UTF-16 or Windows-1252, with or without a byte order mark, with
    any line ends. Files above 20 MB are refused before they are opened.

    Args:
        path: The file.

    Raises:
        ScriptError: If there is no such file, or it is a directory, cannot be read,
            is too long, is empty, is binary, is broken XML or another kind of XML,
            or has no scene heading.
    """
    path = Path(path)
    data = _bytes(path)
    text = decode(data, source=str(path))
    if path.suffix.lower() == ".fdx" or _XML.match(text[:1000]):
        return parse_fdx(text, source=str(path))
    return parse_fountain(text, source=str(path))


def _bytes(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= MAX_BYTES:
            return path.read_bytes()
    except FileNotFoundError:
        raise ScriptError(
            "Screenplay.source must be an existing file, got a path with nothing "
            "there. Check its spelling and folder.",
            source=path,
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ScriptError(
            f"Screenplay.source must be a readable file, got: {reason}. "
            "Check the path and the file's permissions.",
            source=path,
        ) from None
    raise ScriptError(_refusal(found), source=path)


def _refusal(found: os.stat_result) -> str:
    if stat.S_ISDIR(found.st_mode):
        return (
            "Screenplay.source must be a file, got a directory. "
            "Pass the path of a .fountain or .fdx file in it."
        )
    if not stat.S_ISREG(found.st_mode):
        return (
            "Screenplay.source must be a regular file, got a device or pipe. "
            "Save the screenplay to a file first."
        )
    return (
        f"Screenplay.source must be <= {MAX_BYTES // 1_000_000} MB, got "
        f"{found.st_size / 1e6:.1f} MB. Pass one screenplay, not a collection."
    )


def decode(data: bytes, *, source: str) -> str:
    """Return the text of a file's bytes.

    A byte order mark decides; else UTF-16 when every other byte of the head is zero,
    else UTF-8, else Windows-1252.

    Raises:
        ScriptError: If the bytes are empty or no text.
    """
    if not data.strip():
        raise ScriptError(
            "Screenplay.source must hold a screenplay, got an empty file. "
            "Write a heading such as INT. KITCHEN - NIGHT and what happens there.",
            source=source,
        )
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    encoding = encoding or _wide(data[:2000])
    if not encoding:
        _refuse_binary(data, source)
        encoding = "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252" if encoding == "utf-8" else encoding, "replace")


def _wide(head: bytes) -> str:
    """Return the UTF-16 that a head without a mark is written in, or ""."""
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    for odd, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zero = head[odd::2].count(0)
        if zero > 0.4 * pairs and head[1 - odd :: 2].count(0) < 0.05 * pairs:
            return name
    return ""


def _refuse_binary(data: bytes, source: str) -> None:
    for mark, name in _FOREIGN:
        if data.startswith(mark):
            raise ScriptError(
                f"Screenplay.source must be text, got {name}. {_ADVICE}", source=source
            )
    head = data[:65536]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if b"\0" in head or controls > 0.01 * len(head):
        raise ScriptError(
            f"Screenplay.source must be text, got a binary file. {_ADVICE}",
            source=source,
        )
