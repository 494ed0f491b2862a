"""Wan 2.1 VACE, 1.3B and 14B: a control video, a mask and reference images."""

from __future__ import annotations

from previz.promote.backends.models import AbstractModelBackend

__all__ = ["WanVaceBackend"]


class WanVaceBackend(AbstractModelBackend):
    """Wan 2.1 VACE, 1.3B and 14B: a control video, a mask and reference images.

    The control video shows depth unless the order says edges or the preview. Parts of
    a long shot are given the last five frames of the one before, through the mask, as
    keyframes are. LoRAs hold characters; one of few steps makes it the fast tier.
    """

    name = "wan-vace"
