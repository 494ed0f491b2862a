"""Jupyter-first previsualization: from a screenplay to an animatic you can direct."""

from previz.errors import PrevizError as PrevizError

__all__ = ["PrevizError", "__version__"]

__version__ = "0.1.0"
