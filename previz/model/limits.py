"""Limits that rooms share."""

from __future__ import annotations

__all__ = ["LARGEST_PX"]

LARGEST_PX = 4096
"""Longest side of a picture, in pixels."""
