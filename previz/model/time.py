"""Film time: integer frames at a rational rate, never float seconds."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, model_validator

from previz.errors import ModelError
from previz.model.base import Model

__all__ = ["Rate"]

_NTSC = {"23.976": 24, "23.98": 24, "29.97": 30, "47.952": 48, "59.94": 60}

_RULE = (
    "Film.rate must be 1 to 240 frames a second, got {}. "
    "Pass a rate such as 24, 23.976, 25, 29.97 or 30."
)


def _playable(fraction: Fraction) -> bool:
    return 1 <= fraction <= 240


class Rate(Model):
    """Frames a second as a fraction: 24/1, 24000/1001, 25/1, 30000/1001, 30/1."""

    numerator: Annotated[int, Field(gt=0, le=1_000_000, examples=[24])] = 24
    denominator: Annotated[int, Field(gt=0, le=1001, examples=[1])] = 1

    @model_validator(mode="after")
    def _is_playable(self) -> Self:
        if not _playable(self.fraction):
            raise ValueError(_RULE.format(f"{self.numerator}/{self.denominator}"))
        return self

    @classmethod
    def of(cls, value: Rate | Fraction | float | str) -> Rate:
        """Read a rate as people write it: 24, 23.976, "29.97", "24000/1001".

        Raises:
            ModelError: If it is no number or lies outside 1 to 240 frames a second.
        """
        if isinstance(value, Rate):
            return value
        text = str(value).strip()[:24]
        if text in _NTSC:
            return cls(numerator=_NTSC[text] * 1000, denominator=1001)
        try:
            fraction = Fraction(0 if "e" in text.lower() else text)
        except (ValueError, ZeroDivisionError):
            fraction = Fraction(0)
        ntsc = Fraction(round(fraction) * 1000, 1001)
        if fraction != ntsc and abs(fraction - ntsc) < Fraction(2, 1000):
            fraction = ntsc if fraction.denominator != 1 else fraction
        if not _playable(fraction) or fraction.denominator > 1001:
            raise ModelError(_RULE.format(text))
        return cls(numerator=fraction.numerator, denominator=fraction.denominator)

    @property
    def fraction(self) -> Fraction:
        """Frames a second, exact."""
        return Fraction(self.numerator, self.denominator)

    @property
    def nominal(self) -> int:
        """The whole rate that timecode counts in: 24 for 23.976."""
        return round(self.fraction)

    def frames(self, seconds: float) -> int:
        """Return the whole number of frames nearest to `seconds`."""
        return round(Fraction(seconds).limit_denominator(1_000_000) * self.fraction)

    def seconds(self, frames: int) -> float:
        """Return how long `frames` last, in seconds."""
        return frames * self.denominator / self.numerator

    def timecode(self, frame: int) -> str:
        """Return SMPTE timecode, drop-frame (with `;`) at 29.97 and 59.94.

        Source: SMPTE ST 12-1, drop-frame counting.
        """
        fps = self.nominal
        drop = 2 * (fps // 30) if self.denominator == 1001 and fps % 30 == 0 else 0
        if drop:
            per_ten_minutes = fps * 600 - drop * 9
            tens, rest = divmod(frame, per_ten_minutes)
            frame += drop * 9 * tens
            if rest >= drop:
                frame += drop * ((rest - drop) // (fps * 60 - drop))
        seconds, ff = divmod(frame, fps)
        minutes, ss = divmod(seconds, 60)
        hh, mm = divmod(minutes, 60)
        return f"{hh:02d}:{mm:02d}:{ss:02d}{';' if drop else ':'}{ff:02d}"

    def __str__(self) -> str:
        """Return the rate as people write it: "24", "23.976"."""
        return f"{float(self.fraction):.3f}".rstrip("0").rstrip(".")
