"""`python -m previz` is `previz`."""

from __future__ import annotations

import sys

__all__ = ["main"]

_STOPPED = 130
"""What a shell expects of a program that Ctrl-C ended."""


def main() -> None:
    """Load the command line and run it; Ctrl-C ends even its loading in one line."""
    try:
        from previz.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("previz: stopped.\n")
        sys.exit(_STOPPED)


if __name__ == "__main__":
    main()
