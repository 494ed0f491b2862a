"""How long a screenplay may be."""

from __future__ import annotations

from previz.errors import ScriptError

__all__ = ["MAX_BYTES", "refuse_long"]

MAX_BYTES = 20_000_000
"""The longest file that is read, 20 MB: some 6,000 pages of Fountain."""


def refuse_long(text: str, *, source: str) -> None:
    """Refuse a text of more characters than a file may have bytes.

    Raises:
        ScriptError: If the text is longer than `MAX_BYTES`.
    """
    if len(text) > MAX_BYTES:
        raise ScriptError(
            f"Screenplay.text must be <= {MAX_BYTES // 1_000_000} MB, got "
            f"{len(text) / 1e6:.1f} MB. Pass one screenplay, not a collection.",
            source=source or None,
        )
