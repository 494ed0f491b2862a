"""Whether a kernel can do the work: Python with this version of previz in it."""

from __future__ import annotations

import ast
import sys

from previz.errors import PromoteError

__all__ = ["PROBE", "VERSION", "judge"]

VERSION: str = sys.modules["previz"].__version__
"""Of this previz. The package itself stands above its rooms, which import nothing of
it."""

PROBE = (
    "(lambda i: ('.'.join(map(str, __import__('sys').version_info[:2])), "
    "__import__('sys').executable, "
    "i.import_module('previz').__version__ if i.util.find_spec('previz') else ''))"
    "(__import__('importlib.util'))"
)
"""An expression that needs nothing but Python: its version and place, and previz's."""


def judge(answer: str, *, where: str) -> None:
    """Judge what `PROBE` gave.

    Args:
        answer: The representation of its value.
        where: Which kernel or worker was asked, in words.

    Raises:
        PromoteError: If previz is missing there, or is of another version.
    """
    _, executable, found = ast.literal_eval(answer)
    if found == VERSION:
        return
    got = f"version {found}" if found else "no previz"
    raise PromoteError(
        f"KernelEngine.kernelspec must have previz {VERSION}, as here, got {got} "
        f"in {where}. Run there: {executable} -m pip install "
        f"'previz[path]=={VERSION}'"
    )
