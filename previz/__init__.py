"""Jupyter-first previsualization: from a screenplay to an animatic you can direct.

import previz as pv

film = pv.Film.from_screenplay(pv.demo_screenplay())
film["1A"].frame(24)
film.animatic("my_film")
"""

from previz.loop_cache import provide_loop_cache

# Loaded when first asked for: `python -m previz` runs this file before it can answer
# Ctrl-C. `typing` alone would double its time.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from previz import generators as generators
    from previz.errors import PrevizError as PrevizError
    from previz.film import Film as Film
    from previz.film import Scene as Scene
    from previz.film import Shot as Shot
    from previz.film import demo_screenplay as demo_screenplay

__all__ = [
    "Film",
    "PrevizError",
    "Scene",
    "Shot",
    "__version__",
    "demo_screenplay",
    "generators",
]

__version__ = "0.1.0"

provide_loop_cache()


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name == "generators":
        return import_module("previz.generators")
    room = "previz.errors" if name == "PrevizError" else "previz.film"
    found: object = getattr(import_module(room), name)
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
