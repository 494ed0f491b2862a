"""Sound that comes with pictures, in parts, to one file."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["as_wav", "join_wavs", "joined"]

_FADE_S = 0.01
"""Over which the sounds of two parts meet, so that nothing clicks."""


def join_wavs(files: Sequence[bytes]) -> bytes:
    """Return WAV files of 16 bits in a row as one; all of one rate.

    Args:
        files: Their bytes, at least one.
    """
    parts, rate_hz = [], 0
    for raw in files:
        with wave.open(io.BytesIO(raw)) as file:
            rate_hz = file.getframerate()
            codes = np.frombuffer(file.readframes(file.getnframes()), "<i2")
            samples = codes.reshape(-1, file.getnchannels()).T / 32767.0
        parts.append(np.asarray(samples, np.float32))
    return as_wav(joined(parts, rate_hz), rate_hz)


def joined(parts: Sequence[NDArray[np.float32]], rate_hz: int) -> NDArray[np.float32]:
    """Return parts in a row, each faded in and out where it meets another.

    Args:
        parts: -1 to 1, shape (channels, n).
        rate_hz: Samples a second.
    """
    fade = round(_FADE_S * rate_hz)
    out = []
    for number, part in enumerate(parts):
        samples, count = part.copy(), min(fade, part.shape[1])
        slope = np.linspace(0.0, 1.0, count, dtype=np.float32)
        if number > 0:
            samples[:, :count] *= slope
        if number < len(parts) - 1 and count:
            samples[:, -count:] *= slope[::-1]
        out.append(samples)
    return np.concatenate(out, axis=1)


def as_wav(samples: NDArray[np.float32], rate_hz: int) -> bytes:
    """Return sound as a WAV file of 16 bits."""
    raw = io.BytesIO()
    with wave.open(raw, "wb") as file:
        file.setnchannels(len(samples))
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.rint(samples.T * 32767.0).astype("<i2").tobytes())
    return raw.getvalue()
