"""Screenplays directed once a run: films are frozen, so tests may share them."""

from functools import cache
from pathlib import Path

from previz.direct import direct
from previz.model import Film
from previz.script import demo_path, read

_OTHERS = (Path(__file__).parent / "direct" / "screenplays").glob("*.fountain")
SCREENPLAYS = {path.stem: path for path in (demo_path(), *sorted(_OTHERS))}


@cache
def directed(name: str = "the_last_reel") -> Film:
    """Return the film of one of these screenplays.

    A test that `direct` does the same twice calls `direct` itself.
    """
    return direct(read(SCREENPLAYS[name]))
