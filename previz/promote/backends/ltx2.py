"""LTX-2: keyframes, in-context control, and sound along with the pictures."""

from __future__ import annotations

from previz.promote.backends.models import AbstractModelBackend

__all__ = ["Ltx2Backend"]


class Ltx2Backend(AbstractModelBackend):
    """LTX-2: keyframes, in-context control, and sound along with the pictures.

    Without `in_context` it begins at the preview clip (`strength`); with an in-context
    LoRA it is shown depth, edges or the preview as a video of its own. Keyframes hold
    at frames 8n + 1. Sound is left as the take's `sound.wav`.
    """

    name = "ltx-2"
