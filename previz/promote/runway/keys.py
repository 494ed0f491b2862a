"""The service's key: from the environment or the system's keyring, and nowhere else."""

from __future__ import annotations

import os

from previz.errors import MissingRuntimeError

__all__ = ["KEY_VARIABLE", "Secret", "find_key"]

KEY_VARIABLE = "RUNWAYML_API_SECRET"
_SERVICE, _ACCOUNT = "previz", "runwayml"


class Secret:
    """A value that no print, log, pickle or error message shows."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value, for the one header that needs it."""
        return self._value

    def hidden_in(self, text: str) -> str:
        """Return a text without the value."""
        return text.replace(self._value, "[key]")

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str:
        raise TypeError("Secret must stay in its process. Look the key up again.")


def find_key() -> Secret:
    """Return the key of the environment, else of the system's keyring.

    Raises:
        MissingRuntimeError: If neither has one, or it cannot be sent in a header.
    """
    found = os.environ.get(KEY_VARIABLE, "").strip() or _from_keyring().strip()
    if not found:
        raise MissingRuntimeError(
            f"{KEY_VARIABLE} must hold the key of a Runway developer account, got "
            "none. Set it in the environment, or keep it in the system's keyring: "
            f"python -m keyring set {_SERVICE} {_ACCOUNT}"
        )
    if not (found.isascii() and found.isprintable()) or " " in found:
        raise MissingRuntimeError(
            f"{KEY_VARIABLE} must be printable ASCII without spaces, got "
            f"{len(found)} characters that are not. Copy the key again."
        )
    return Secret(found)


def _from_keyring() -> str:
    """Return what the keyring holds; empty where there is no keyring or no key."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(_SERVICE, _ACCOUNT) or ""
    except KeyringError:  # no keyring on this machine, or it stays locked
        return ""
