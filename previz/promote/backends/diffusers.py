"""Any pipeline of diffusers that previz can fill, by id or folder."""

from __future__ import annotations

from previz.promote.backends.models import AbstractModelBackend

__all__ = ["DiffusersBackend"]


class DiffusersBackend(AbstractModelBackend):
    """Any pipeline of diffusers that previz can fill, by id or folder.

    Which classes those are and what each takes stands in one table,
    `previz.generate.pipelines.CAPS`. Still models (ControlNet) make each frame alone.
    """

    name = "diffusers"
