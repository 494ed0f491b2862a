"""Pictures to send, and pictures that came: exact to the frame, cut and scaled."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from numpy.typing import NDArray
from PIL import Image

from previz import cut
from previz.errors import GenerateError
from previz.model import Rate
from previz.promote.runway.models import Fit

__all__ = ["MOST_FPS", "Reel", "clip_bytes", "png_bytes", "sent_rate"]

Picture = NDArray[np.uint8]

MOST_FPS = 30
"""Of a clip that is shown to a model."""

_CODEC = {"preset": "fast", "crf": "14"}
_ODD = 0.02
"""How far a returned picture may be from the shape that was asked for."""
_BT601, _FULL = (4, 5, 6), 2
"""Tags of ITU-T H.273: matrices of standard definition, full range."""
_SHORT_FRAMES = 2
"""How many of its own frames a returned clip may lack at its end."""


def png_bytes(picture: Picture) -> bytes:
    """Return a picture, sRGB uint8 of shape (h, w, 3), as PNG."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG", compress_level=4)
    return file.getvalue()


def sent_rate(rate: Rate) -> tuple[Rate, int]:
    """Return at what rate a clip is shown, and each how many frames that is."""
    step = max(1, math.ceil(rate.fraction / MOST_FPS))
    return Rate.of(rate.fraction / step), step


def clip_bytes(
    picture_of: Callable[[int], Picture],
    frames: range,
    *,
    rate: Rate,
    seconds: float,
    path: Path,
) -> bytes:
    """Return frames of a shot as H.264, held on the last one until a length is full.

    Args:
        picture_of: Returns a frame's picture, sRGB, even sides.
        frames: Of the shot.
        rate: Of the shot.
        seconds: Least length of the clip.
        path: A file that may be written and is removed again.
    """
    slow, step = sent_rate(rate)
    shown = frames[::step]
    held = math.ceil(seconds * slow.fraction) - len(shown)
    first = picture_of(shown[0])
    tall, wide = first.shape[:2]
    try:
        with cut.encoded(
            path, rate=slow, width_px=wide, height_px=tall, options=_CODEC
        ) as add:
            picture = first
            for number in shown:
                picture = first if number == shown[0] else picture_of(number)
                add(av.VideoFrame.from_ndarray(picture, format="rgb24"))
            for _ in range(held):
                add(av.VideoFrame.from_ndarray(picture, format="rgb24"))
        return path.read_bytes()
    finally:
        path.unlink(missing_ok=True)


class Reel:
    """A clip that came back, read at the shot's own frames.

    Args:
        path: The clip.
        fit: How the wanted picture lies in it.
        size: Width and height of the pictures wanted.

    Raises:
        GenerateError: If it is no clip, or of another shape than was asked for.
    """

    def __init__(self, path: Path, *, fit: Fit, size: tuple[int, int]) -> None:
        self._path, self._fit, self._size = path, fit, size
        try:
            with av.open(str(path)) as container:
                stream: Any = container.streams.video[0]
                wide, tall = stream.codec_context.width, stream.codec_context.height
                self._times = _times(container, stream)
        except (av.FFmpegError, IndexError) as error:
            raise _broken(path, error) from None
        asked = fit.made[0] / fit.made[1]
        if not tall or abs(wide / tall / asked - 1) > _ODD:
            raise GenerateError(
                f"Service.output must be {fit.made[0]} × {fit.made[1]} or of its "
                f"shape, got {wide} × {tall}. It is paid for and kept: {path}"
            )
        if not self._times:
            raise _broken(path, EOFError("it holds no frames"))
        self._scale = wide / fit.made[0]

    @property
    def length(self) -> int:
        """How many frames it has."""
        return len(self._times)

    @property
    def seconds(self) -> Fraction:
        """How long it is, its last frame held as long as the others."""
        first, last = self._times[0], self._times[-1]
        return last - first + (last - first) / max(1, self.length - 1)

    def picks(self, wanted: Sequence[Fraction]) -> tuple[int, ...]:
        """Return which of its frames stands at each of some times, in seconds.

        Raises:
            GenerateError: If it ends before the last of them.
        """
        frame_s = self.seconds / self.length
        if wanted and wanted[-1] >= self.seconds + _SHORT_FRAMES * frame_s:
            raise GenerateError(
                f"Service.output must be at least {float(wanted[-1]):.2f} s long, got "
                f"{self.length} frames of {float(self.seconds):.2f} s. It is paid for "
                f"and kept: {self._path}"
            )
        first, at, out = self._times[0], 0, []
        for time in wanted:
            while at + 1 < self.length and self._times[at + 1] - first <= time:
                at += 1
            out.append(at)
        return tuple(out)

    def pictures(self, picks: Sequence[int]) -> Iterator[Picture]:
        """Yield some of its frames, by their ascending numbers, cut and scaled.

        Raises:
            GenerateError: If it breaks off.
        """
        reformat, last, made = VideoReformatter(), -1, None
        try:
            decoded = enumerate(cut.read_frames(self._path))
            for pick in picks:
                while last < pick:
                    last, frame = next(decoded)
                    made = frame if last == pick else None
                if made is not None:
                    picture = self._cut(_rgb(reformat, made))
                    made = None
                yield picture
        except StopIteration:
            raise _broken(self._path, EOFError("it breaks off")) from None
        except (av.FFmpegError, ValueError) as error:
            raise _broken(self._path, error) from None

    def _cut(self, picture: Picture) -> Picture:
        box = tuple(side * self._scale for side in self._fit.box)
        tall, wide = picture.shape[:2]
        within = (0.0, max(0.0, box[1]), float(wide), min(float(tall), box[3]))
        if self._size == (wide, tall) and within == (0.0, 0.0, wide, tall):
            return picture
        image = Image.fromarray(picture)
        return np.asarray(
            image.resize(self._size, Image.Resampling.LANCZOS, box=within)
        )


def _times(container: Any, stream: Any) -> tuple[Fraction, ...]:
    """Return when each frame is shown, in seconds, without decoding one."""
    base = Fraction(stream.time_base)
    packets = container.demux(stream)
    return tuple(
        sorted(
            packet.pts * base
            for packet in packets
            if packet.pts is not None and packet.size and not packet.is_discard
        )
    )


def _rgb(reformat: VideoReformatter, frame: Any) -> Picture:
    """Return a decoded frame in sRGB code values; what is not tagged is BT.709."""
    old = frame.colorspace in _BT601
    full = frame.color_range == _FULL
    made = reformat.reformat(
        frame,
        format="rgb24",
        src_colorspace=Colorspace.ITU601 if old else Colorspace.ITU709,
        src_color_range=ColorRange.JPEG if full else ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
    )
    return np.ascontiguousarray(made.to_ndarray())


def _broken(path: Path, error: Exception) -> GenerateError:
    return GenerateError(
        f"Service.output must be a clip, got {path.name} that cannot be read "
        f"({error}). Delete {path} and promote again: it is fetched once more."
    )
