"""Sound of a movie, as long as its pictures to the sample."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from previz.errors import FilmFolderError

__all__ = ["RATE_HZ", "Soundtrack", "Track"]

RATE_HZ = 48_000
"""What editing rooms and players take everywhere."""
_SAMPLE_BYTES = 2
_CODECS = {".mov": "pcm_s16le", ".mp4": "aac"}
_BIT_RATE = 256_000
_LAYOUTS = {1: "mono", 2: "stereo"}


@dataclass(frozen=True)
class Soundtrack:
    """Sound that begins with the first picture.

    Attributes:
        codes: 16 bits, shape (channels, n); one or two channels.
        rate_hz: Samples a second.
    """

    codes: NDArray[np.int16]
    rate_hz: int

    @classmethod
    def of_wav(cls, path: Path) -> Soundtrack:
        """Read a WAV file of 16 bits.

        Raises:
            FilmFolderError: If it is none.
        """
        try:
            with wave.open(str(path)) as file:
                if file.getsampwidth() != _SAMPLE_BYTES:
                    raise wave.Error(f"{8 * file.getsampwidth()} bits")
                channels, rate_hz = file.getnchannels(), file.getframerate()
                codes = np.frombuffer(file.readframes(file.getnframes()), "<i2")
                sound = codes.reshape(-1, channels).T.astype(np.int16)
        except (OSError, EOFError, ValueError, wave.Error) as error:
            raise FilmFolderError(
                f"Soundtrack.path must be a WAV file of 16 bits, got {path} ({error}). "
                "Make the take again."
            ) from None
        return cls(np.ascontiguousarray(sound[: max(_LAYOUTS)]), rate_hz)

    def resampled(self) -> NDArray[np.int16]:
        """Return its codes at `RATE_HZ`."""
        layout = _LAYOUTS[len(self.codes)]
        if self.rate_hz == RATE_HZ or not self.codes.size:
            return self.codes
        change = av.AudioResampler(format="s16p", layout=layout, rate=RATE_HZ)
        given = av.AudioFrame.from_ndarray(self.codes, format="s16p", layout=layout)
        given.sample_rate = self.rate_hz
        made = [*change.resample(given), *change.resample(None)]
        return np.concatenate([frame.to_ndarray() for frame in made], axis=1)


class Track:
    """A sound being written beside a movie's pictures.

    Args:
        container: The movie.
        suffix: Of its file, by which the codec goes.
        sound: What is heard.
        rate_fps: Of the pictures.
    """

    def __init__(
        self, container: Any, suffix: str, sound: Soundtrack, rate_fps: Fraction
    ) -> None:
        self._container, self._rate_fps = container, rate_fps
        self._codes, self._written = sound.resampled(), 0
        self._layout = _LAYOUTS[len(self._codes)]
        self._stream = container.add_stream(
            _CODECS[suffix], rate=RATE_HZ, layout=self._layout
        )
        if _CODECS[suffix] == "aac":
            self._stream.bit_rate = _BIT_RATE

    def until(self, pictures: int) -> None:
        """Write what is heard until so many pictures are over; silence if need be."""
        ends = round(pictures * RATE_HZ / self._rate_fps)
        codes = self._codes[:, self._written : ends]
        short = ends - self._written - codes.shape[1]
        codes = np.ascontiguousarray(np.pad(codes, ((0, 0), (0, short))))
        packed = "s16p" if len(codes) > 1 else "s16"
        frame = av.AudioFrame.from_ndarray(codes, format=packed, layout=self._layout)
        frame.sample_rate, frame.pts = RATE_HZ, self._written
        frame.time_base = Fraction(1, RATE_HZ)
        self._written = ends
        self._mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoder still holds."""
        self._mux(self._stream.encode(None))

    def _mux(self, packets: Iterator[Any]) -> None:
        for packet in packets:
            self._container.mux(packet)
