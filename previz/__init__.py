"""Jupyter-first previsualization: from a screenplay to an animatic you can direct.

import previz as pv

film = pv.Film.from_screenplay(pv.demo_screenplay())
film["1A"].frame(24)
film.animatic("my_film")
"""

from previz.errors import PrevizError as PrevizError
from previz.film import Film as Film
from previz.film import Scene as Scene
from previz.film import Shot as Shot
from previz.film import demo_screenplay as demo_screenplay

__all__ = ["Film", "PrevizError", "Scene", "Shot", "__version__", "demo_screenplay"]

__version__ = "0.1.0"
