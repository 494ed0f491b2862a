"""Memory that ran out, told from other failures."""

from __future__ import annotations

from previz.errors import GenerateError
from previz.generate.pipelines.placement import Placement

__all__ = ["OutOfMemoryError", "is_out_of_memory"]


class OutOfMemoryError(GenerateError):
    """A model that did not fit the device's memory.

    Args:
        message: What is wrong and what to do.
        placement: Where the model was to run.
    """

    def __init__(self, message: str, *, placement: Placement) -> None:
        super().__init__(message)
        self.placement = placement


def is_out_of_memory(error: Exception) -> bool:
    """Return whether memory ran out: of a GPU, its libraries, or the machine."""
    import torch

    told = str(error).lower()
    return (
        isinstance(error, torch.OutOfMemoryError | MemoryError)
        or "out of memory" in told
        or "can't allocate memory" in told
        or "cublas_status_alloc_failed" in told
    )
