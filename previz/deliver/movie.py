"""Movies that editing rooms take: exact rate, timecode, slate and colour tags.

h264         8 bit, 4:2:0, .mp4: plays everywhere
hevc         10 bit, 4:2:0, .mp4
prores-hq    10 bit, 4:2:2, .mov: ProRes 422 HQ
prores-4444  10 bit, 4:4:4 and alpha of 16, .mov: ProRes 4444
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import av
import numpy as np
from numpy.typing import NDArray

from previz.deliver.planes import planes_of
from previz.deliver.screens import SRGB, Color, Screen
from previz.deliver.slate import Slate
from previz.deliver.soundtrack import Soundtrack, Track
from previz.deliver.whole import whole
from previz.errors import PrevizError, UnknownNameError
from previz.model import Rate
from previz.model.limits import LARGEST_PX

__all__ = ["KINDS", "Kind", "write_movie"]

Kind = Literal["h264", "hevc", "prores-hq", "prores-4444"]
Pictures = Iterable[NDArray[np.uint8] | NDArray[np.uint16]]

_LIMITED = 1


@dataclass(frozen=True)
class _Codec:
    """How a kind is encoded.

    Attributes:
        encoder: FFmpeg's name.
        pixels: FFmpeg's pixel format.
        bits: Of a value.
        across: Pixels that share a chroma value.
        down: Lines that share one.
        suffix: Of the file.
        tag: What the container calls it.
        options: Of the encoder.
        alpha: Whether it holds alpha.
        least_px: Of a side.
    """

    encoder: str
    pixels: str
    bits: int
    across: int
    down: int
    suffix: str
    tag: str
    options: Mapping[str, str] = field(default_factory=dict)
    alpha: bool = False
    least_px: int = 16


KINDS: Mapping[str, _Codec] = MappingProxyType(
    {
        "h264": _Codec(
            "libx264", "yuv420p", 8, 2, 2, ".mp4", "avc1",
            {"crf": "14", "preset": "medium", "profile": "high"},
        ),
        "hevc": _Codec(
            "libx265", "yuv420p10le", 10, 2, 2, ".mp4", "hvc1",
            {"crf": "14", "preset": "medium", "profile": "main10",
             "x265-params": "log-level=none:info=0:frame-threads=1:pools=none"},
            # x265 writes past its buffers in pictures smaller than a block of its.
            least_px=64,
        ),
        "prores-hq": _Codec(
            "prores_ks", "yuv422p10le", 10, 2, 1, ".mov", "apch",
            {"profile": "hq", "vendor": "apl0"},
        ),
        "prores-4444": _Codec(
            "prores_ks", "yuva444p10le", 10, 1, 1, ".mov", "ap4h",
            {"profile": "4444", "vendor": "apl0", "alpha_bits": "16"}, alpha=True,
        ),
    }
)  # fmt: skip


def write_movie(
    path: Path,
    pictures: Pictures,
    *,
    kind: Kind = "h264",
    slate: Slate | None = None,
    screen: Screen = SRGB,
    sound: Soundtrack | None = None,
    threads: int = 1,
) -> int:
    """Write pictures as a movie; the file appears whole or not at all.

    Args:
        path: The file, with the kind's suffix; its folder must exist.
        pictures: R'G'B' code values in order, uint8 or uint16, shape (h, w, 3 or 4);
            the fourth is alpha, for "prores-4444" alone.
        kind: One of `KINDS`.
        slate: Whose it is, its rate and first timecode.
        screen: What the code values were finished for.
        sound: What is heard: PCM in .mov, AAC in .mp4, as long as the pictures.
        threads: Of the encoder.

    Returns:
        How many frames it has.

    Raises:
        FilmFolderError: If the disk is full or the folder cannot be written.
        PrevizError: If there is no picture, sizes differ or do not fit the kind.
        UnknownNameError: If there is no such kind.
    """
    if kind not in KINDS:
        raise UnknownNameError("Movie.kind", kind, KINDS)
    codec, slate = KINDS[kind], slate or Slate()
    if path.suffix != codec.suffix:
        raise PrevizError(
            f"Movie.path must end in {codec.suffix} for {kind}, got {path.name}. "
            "Rename it."
        )
    ordered = iter(pictures)
    first = next(ordered, None)
    if first is None:
        raise PrevizError("Movie.pictures must be one at least, got none. Pass some.")
    _check(first, kind, codec)
    with whole(path) as part:
        movie = _Movie(part, codec, slate, screen.color, first.shape, threads)
        movie.sounds(sound)
        with closing(movie):
            for picture in _alike(first, ordered):
                movie.add(picture)
            movie.finish()
        return movie.written


def _check(first: NDArray[Any], kind: str, codec: _Codec) -> None:
    known = first.dtype in (np.uint8, np.uint16) and first.ndim == 3
    if not known or first.shape[2] not in (3, 4):
        raise PrevizError(
            "Movie.pictures must be uint8 or uint16 of shape (h, w, 3 or 4), "
            f"got {first.dtype} of {first.shape}. Pass `previz.deliver.finished`."
        )
    if first.shape[2] == 4 and not codec.alpha:
        raise PrevizError(
            f"Movie.pictures must have no alpha for {kind}, got four channels. "
            "Pass kind='prores-4444', or three channels."
        )
    for name, value, step in (
        ("width_px", first.shape[1], codec.across),
        ("height_px", first.shape[0], codec.down),
    ):
        if value % step or not codec.least_px <= value <= LARGEST_PX:
            even = "an even number of" if step == 2 else "of"
            raise PrevizError(
                f"Movie.{name} must be {even} {codec.least_px} to {LARGEST_PX} px for "
                f"{kind}, got {value}. Pass a size such as 1920×1080."
            )


def _alike(first: NDArray[Any], rest: Iterator[NDArray[Any]]) -> Iterator[NDArray[Any]]:
    yield first
    for number, picture in enumerate(rest, start=1):
        if picture.shape != first.shape or picture.dtype != first.dtype:
            raise PrevizError(
                f"Movie.pictures must be alike, got {picture.dtype} of "
                f"{picture.shape} at {number} after {first.dtype} of {first.shape}. "
                "Finish them in one way."
            )
        yield picture


class _Movie:
    """A movie being written.

    Args:
        path: The file.
        codec: How it is encoded.
        slate: Whose it is.
        color: How code values are to be read.
        shape: Height, width and channels of the pictures.
        threads: Of the encoder.
    """

    def __init__(
        self,
        path: Path,
        codec: _Codec,
        slate: Slate,
        color: Color,
        shape: tuple[int, ...],
        threads: int,
    ) -> None:
        self._codec, self._rate, self._color = codec, slate.rate, color
        self._size = shape[1], shape[0]
        self.written = 0
        self._track: Track | None = None
        self._container = av.open(
            str(path), "w", format=codec.suffix[1:], options=_muxing(slate.rate)
        )
        self._container.metadata.update(_said(slate))
        stream: Any = self._container.add_stream(
            codec.encoder, rate=slate.rate.fraction
        )
        self._stream = stream
        stream.metadata["timecode"] = slate.timecode()
        stream.width, stream.height = self._size
        stream.pix_fmt = codec.pixels
        context = stream.codec_context
        context.codec_tag = codec.tag
        context.time_base = 1 / slate.rate.fraction
        context.thread_count = threads
        context.options = dict(codec.options)
        self._tag(context)

    def sounds(self, sound: Soundtrack | None) -> None:
        """Have a sound beside the pictures; asked before the first of them."""
        if sound is not None:
            suffix, rate = self._codec.suffix, self._rate.fraction
            self._track = Track(self._container, suffix, sound, rate)

    def add(self, picture: NDArray[Any]) -> None:
        codec = self._codec
        made = av.VideoFrame(*self._size, codec.pixels)
        planes = planes_of(
            picture, bits=codec.bits, across=codec.across, down=codec.down,
            alpha=codec.alpha,
        )  # fmt: skip
        for plane, values in zip(made.planes, planes, strict=True):
            row = plane.line_size // values.itemsize
            padded = np.zeros((values.shape[0], row), values.dtype)
            padded[:, : values.shape[1]] = values
            plane.update(padded.tobytes())
        self._tag(made)
        made.pts, made.time_base = self.written, Fraction(1) / self._rate.fraction
        self._mux(self._stream.encode(made))
        self.written += 1
        if self._track is not None:
            self._track.until(self.written)

    def finish(self) -> None:
        """Write what the encoder still holds."""
        self._mux(self._stream.encode(None))
        if self._track is not None:
            self._track.finish()

    def close(self) -> None:
        self._container.close()

    def _mux(self, packets: Iterable[av.Packet]) -> None:
        for packet in packets:
            # The encoder leaves it 0 and the muxer guesses the last frame's.
            packet.duration = round(1 / self._rate.fraction / packet.time_base)
            self._container.mux(packet)

    def _tag(self, tagged: Any) -> None:
        tagged.color_primaries, tagged.color_trc, tagged.colorspace = self._color
        tagged.color_range = _LIMITED


def _muxing(rate: Rate) -> dict[str, str]:
    """Return options of the container: index first, a clock in which the rate is whole.

    Bit-exact leaves the writer's version and the wall clock out.
    """
    clock = str(rate.numerator * (1 if rate.numerator > 999 else 1000))
    return {
        "movflags": "+faststart+write_colr+use_metadata_tags",
        "video_track_timescale": clock,
        "movie_timescale": clock,
        "fflags": "+bitexact",
    }


def _said(slate: Slate) -> dict[str, str]:
    said = slate.texts()
    title = " ".join(x for x in (slate.film, slate.shot) if x)
    return said | ({"title": title} if title else {})
