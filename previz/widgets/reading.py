"""Read what a page says, which is not trusted: size, version, kind, then each field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from pydantic import ValidationError

from previz.errors import ModelError, UnknownNameError
from previz.model.base import explain
from previz.widgets.messages import MESSAGES_VERSION, FromPage

__all__ = ["read_message"]

_LARGEST_MESSAGE = 2_000_000
"""Characters and values in one message of a page; a recorded move has 30,000."""

_KINDS: dict[str, type[FromPage]] = {
    form.model_fields["kind"].default: form for form in get_args(FromPage)
}


def read_message(content: object) -> FromPage:
    """Read what a page sent; it is not trusted.

    Args:
        content: The JSON of a comm message.

    Raises:
        ModelError: If it is too large, of another version or breaks a rule.
        UnknownNameError: If its kind is not known.
    """
    if not isinstance(content, Mapping):
        raise ModelError(
            f"Message must be an object, got {type(content).__name__}. Reload the page."
        )
    if _weight(content, _LARGEST_MESSAGE) > _LARGEST_MESSAGE:
        raise ModelError(
            f"Message must be <= {_LARGEST_MESSAGE} characters, got more. "
            "Send less at once."
        )
    version = content.get("v")
    if version != MESSAGES_VERSION:
        raise ModelError(
            f"Message.v must be {MESSAGES_VERSION}, got {version!r:.40}. Page and "
            "kernel run different versions of previz: restart the kernel and reload "
            "the page."
        )
    kind = content.get("kind")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise UnknownNameError("Message.kind", f"{kind!s:.40}", _KINDS)
    form = _KINDS[kind]
    try:
        return form.model_validate(dict(content))
    except ValidationError as error:
        raise ModelError(explain(form, error)) from None


def _weight(content: object, limit: int) -> int:
    """Count the characters and values of JSON, up to somewhat beyond a limit."""
    weight, rest = 0, [content]
    while rest and weight <= limit:
        value = rest.pop()
        weight += 1
        if isinstance(value, str):
            weight += len(value)
        elif isinstance(value, Mapping):
            weight += sum(len(key) for key in value if isinstance(key, str))
            rest.extend(value.values())
        elif isinstance(value, list | tuple):
            weight += len(value)
            rest.extend(value)
    return weight
