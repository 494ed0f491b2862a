"""Words of a sentence, and the plain form of its verbs."""

from __future__ import annotations

import re

from previz.direct.lexicon import IRREGULAR, VERBS

__all__ = ["WORD", "plain"]

WORD = re.compile(r"[A-Za-z][A-Za-z'’\-]*")


def plain(token: str) -> str:
    """Return the plain form of a verb of the tables, or the empty string."""
    if token in IRREGULAR:
        return IRREGULAR[token]
    stems = [token, token.removesuffix("s"), token.removesuffix("es")]
    for ending in ("ing", "ed"):
        if token.endswith(ending):
            stem = token.removesuffix(ending)
            stems += [stem, f"{stem}e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem]
    if token.endswith("ies"):
        stems.append(f"{token.removesuffix('ies')}y")
    return next((s for s in stems if s in VERBS), "")
