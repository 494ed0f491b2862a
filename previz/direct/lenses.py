"""Which lens a size is shot on: a choice of direction, not of geometry."""

from __future__ import annotations

from previz.model import ShotSize

__all__ = ["LENSES_MM", "lenses_for"]

LENSES_MM = (16.0, 20.0, 24.0, 28.0, 32.0, 40.0, 50.0, 65.0, 85.0, 100.0)
"""Of a set of primes for Super 35; those of the camera package."""

_PREFERRED: dict[ShotSize, tuple[float, ...]] = {
    ShotSize.EWS: (24, 20, 16, 28),
    ShotSize.LS: (28, 24, 20, 16),
    ShotSize.FS: (32, 28, 24, 20, 16),
    ShotSize.MLS: (40, 32, 28, 24, 20),
    ShotSize.COWBOY: (40, 32, 50, 28, 24),
    ShotSize.MS: (50, 40, 32, 28, 24),
    ShotSize.MCU: (65, 50, 40, 32, 28),
    ShotSize.CU: (85, 65, 50, 40, 32),
    ShotSize.BCU: (85, 100, 65, 50, 40),
    ShotSize.ECU: (100, 85, 65, 50, 40),
}


def lenses_for(size: ShotSize) -> tuple[float, ...]:
    """Return the primes for a size in mm, the first choice first."""
    return _PREFERRED[size]
