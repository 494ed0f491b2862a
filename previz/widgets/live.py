"""Whether there is anybody for a widget to talk to."""

from __future__ import annotations

__all__ = ["kernel_lives"]


def kernel_lives() -> bool:
    """Return whether this runs in a kernel of Jupyter."""
    from IPython.core.getipython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None
