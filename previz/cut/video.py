"""H.264 in MP4: exact rate, BT.709 tags, moov before the pictures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from previz.errors import FilmFolderError, PrevizError
from previz.model import Rate
from previz.model.limits import LARGEST_PX

__all__ = [
    "check_size",
    "encoded",
    "mp4_options",
    "read_frames",
    "readable",
    "tag_bt709",
]

_BT709 = 1
_LIMITED = 1


def check_size(width_px: int, height_px: int) -> None:
    """Refuse picture sizes that 4:2:0 video cannot hold.

    Raises:
        PrevizError: If a side is odd, below 16 px or above 4096 px.
    """
    for name, value in (("width_px", width_px), ("height_px", height_px)):
        if value % 2 or not 16 <= value <= LARGEST_PX:
            raise PrevizError(
                f"Take.{name} must be an even number of 16 to {LARGEST_PX} px, "
                f"got {value}. Pass a size such as 640×360."
            )


def mp4_options(rate: Rate) -> dict[str, str]:
    """Return muxer options: index first, and a clock in which the rate is exact."""
    clock = str(rate.numerator * (1 if rate.numerator > 999 else 1000))
    return {
        "movflags": "+faststart+write_colr",
        "video_track_timescale": clock,
        "movie_timescale": clock,
        "fflags": "+bitexact",
    }


def tag_bt709(context: Any) -> None:
    """Say in the stream that its pictures are BT.709, limited range."""
    context.color_primaries = _BT709
    context.color_trc = _BT709
    context.colorspace = _BT709
    context.color_range = _LIMITED


@contextmanager
def encoded(
    path: Path,
    *,
    rate: Rate,
    width_px: int,
    height_px: int,
    options: dict[str, str],
    threads: int = 1,
    keys: Collection[int] = (),
) -> Iterator[Callable[[av.VideoFrame], None]]:
    """Open an MP4 for writing and yield the function that adds a frame.

    Args:
        path: The file; its folder must exist.
        rate: Frames a second, kept as a fraction.
        width_px: Even width.
        height_px: Even height.
        options: Options of libx264.
        threads: Threads of the encoder.
        keys: Frames to make key frames, so that players seek to them at once.

    Yields:
        A function that takes frames in order, RGB or already yuv420p at size.
    """
    container = av.open(str(path), "w", format="mp4", options=mp4_options(rate))
    try:
        stream: Any = container.add_stream("libx264", rate=rate.fraction)
        stream.width, stream.height, stream.pix_fmt = width_px, height_px, "yuv420p"
        context = stream.codec_context
        context.time_base = 1 / rate.fraction
        context.thread_count = threads
        context.options = {"profile": "high", **options}
        tag_bt709(context)
        film = _Strip(container, stream, rate, keys)
        yield film.add
        film.end()
    finally:
        container.close()


class _Strip:
    """The pictures of a file that is being written, one after the other."""

    def __init__(
        self, container: Any, stream: Any, rate: Rate, keys: Collection[int]
    ) -> None:
        self._container, self._stream = container, stream
        self._rate, self._keys = rate, keys
        self._reformat = VideoReformatter()
        self._written = 0

    def add(self, frame: av.VideoFrame) -> None:
        """Write the next picture."""
        if frame.format.name != "yuv420p":
            frame = self._reformat.reformat(
                frame,
                format="yuv420p",
                src_color_range=ColorRange.JPEG,
                dst_color_range=ColorRange.MPEG,
                dst_colorspace=Colorspace.ITU709,
            )
        frame.pts, frame.time_base = self._written, Fraction(1, 1) / self._rate.fraction
        kinds = av.video.frame.PictureType
        frame.pict_type = kinds.I if self._written in self._keys else kinds.NONE
        self._send(self._stream.encode(frame))
        self._written += 1

    def end(self) -> None:
        """Write what the encoder still holds back."""
        self._send(self._stream.encode(None))

    def _send(self, packets: list[av.Packet]) -> None:
        for packet in packets:
            # The encoder leaves it 0 and the muxer guesses the last frame's.
            packet.duration = round(1 / self._rate.fraction / packet.time_base)
            self._container.mux(packet)


def read_frames(path: Path, *, threads: int = 1) -> Iterator[av.VideoFrame]:
    """Yield the pictures of a video file in order.

    Raises:
        FilmFolderError: If the file is no video.
        OSError: If the file cannot be read.
    """
    with readable(path), av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = threads
        yield from container.decode(stream)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what a broken video raises into an error that names its take.

    Raises:
        FilmFolderError: If the take's file is no video.
    """
    try:
        yield
    except (av.FFmpegError, IndexError) as error:
        if isinstance(error, OSError):
            raise
        raise FilmFolderError(
            f"Take.file must be a video that can be read, got {path} ({error}). "
            f"Delete {path.parent} and run it again."
        ) from None
