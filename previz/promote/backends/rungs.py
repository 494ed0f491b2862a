"""What gives way where memory runs out: placement first, then the tier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from previz.promote.backends.scratch import Kept
from previz.promote.caps import TIERS, below
from previz.promote.frozen import Order, Quality

if TYPE_CHECKING:
    from previz.generate.pipelines import OutOfMemoryError
    from previz.generate.pipelines.placement import DType, Offload

__all__ = ["Rung", "first_rung", "next_rung"]


@dataclass(frozen=True)
class Rung:
    """How heavily a model is run.

    Attributes:
        quality: The tier.
        dtype: Numbers it computes in; None as fits.
        offload: What waits in main memory; None as fits.
        eighths: Whether the denoiser's weights lie in 8 bits.
        note: Why it is this one; empty for the first.
    """

    quality: Quality
    dtype: DType | None = None
    offload: Offload | None = None
    eighths: bool = False
    note: str = ""


def first_rung(kept: Kept, order: Order) -> Rung:
    """Return where a take begins, or where it stood when it was interrupted."""
    told = kept.settings()
    return Rung(**told) if told else Rung(order.quality)


def next_rung(rung: Rung, error: OutOfMemoryError, *, begun: bool) -> Rung:
    """Return what takes less memory.

    A take that is begun keeps its tier and numbers, so that all of it is alike.

    Args:
        rung: Which was too heavy.
        error: How it failed.
        begun: Whether a part of the take is made.

    Raises:
        OutOfMemoryError: If nothing is left that gives way; it says what fits.
    """
    from previz.generate.pipelines import OutOfMemoryError
    from previz.generate.pipelines.placement import lighter

    where = error.placement
    exact = begun or TIERS[rung.quality].exact
    less = lighter(where, exact=exact)
    if less is not None:
        return replace(
            rung,
            dtype=less.dtype,
            offload=less.offload,
            eighths=less.eighths,
            note=f"memory ran out on {where}: it goes on with {less}",
        )
    cheaper = None if begun else below(rung.quality)
    if cheaper is not None:
        return Rung(
            cheaper,
            note=f"memory ran out on {where} at {rung.quality}: made as {cheaper}",
        )
    raise OutOfMemoryError(
        f"Order.quality must fit the memory of {where}, got none left as "
        f"{rung.quality} with all that can wait elsewhere. Pass options with a "
        "smaller `working_size` or a smaller `model`, or promote it where there is "
        "more memory.",
        placement=where,
    ) from None
