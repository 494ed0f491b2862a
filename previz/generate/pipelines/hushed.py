"""Keep the libraries' own bars and advice out of a notebook."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

__all__ = ["hushed"]


@contextlib.contextmanager
def hushed() -> Iterator[None]:
    """Show no bars and no advice of diffusers and transformers while the block runs."""
    import diffusers
    import transformers

    talkers = (diffusers.utils.logging, transformers.utils.logging)
    before = [talker.get_verbosity() for talker in talkers]
    for talker in talkers:
        talker.set_verbosity_error()
        talker.disable_progress_bar()
    try:
        yield
    finally:
        for talker, level in zip(talkers, before, strict=True):
            talker.set_verbosity(level)
            talker.enable_progress_bar()
