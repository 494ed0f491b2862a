"""OpenCV, which the extra `promote` brings."""

from __future__ import annotations

from typing import Any

from previz.errors import MissingRuntimeError

__all__ = ["opencv"]


def opencv() -> Any:
    """Return the module `cv2`.

    Raises:
        MissingRuntimeError: If it is not installed.
    """
    try:
        import cv2
    except ImportError as error:
        raise MissingRuntimeError(
            "previz must find OpenCV to look into a picture, got no cv2. Run "
            "pip install 'previz[promote]'."
        ) from error
    return cv2
