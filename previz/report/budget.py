"""Make pictures and the animatic light enough for a page of a stated size."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from previz.cut import encoded, read_frames, timeline
from previz.model import Film

__all__ = ["Picture", "fit_movie", "fit_panels"]

Progress = Callable[[str, int, int], None]
"""Told what is done, how many frames of how many."""

_STEPS = (
    (640, 82),
    (560, 78),
    (480, 74),
    (400, 70),
    (320, 66),
    (240, 60),
    (160, 52),
    (112, 42),
)
"""Width in pixels and JPEG quality, from good to just readable."""

_PROBES = 12
_LEAST_BITS = 48_000
_HEIGHTS = ((420_000, 360), (160_000, 270), (0, 180))
"""From this many bits a second on, the animatic keeps this many lines."""


@dataclass(frozen=True)
class Picture:
    """A panel ready for a page.

    Attributes:
        jpeg: The file's bytes.
        width_px: Its width.
        height_px: Its height.
    """

    jpeg: bytes
    width_px: int
    height_px: int


def fit_panels(panels: Mapping[str, bytes], *, limit_bytes: int) -> dict[str, Picture]:
    """Return the panels at the best size whose sum is within the limit.

    The smallest size is used where even that is too much.
    """
    files = list(panels.values())
    probes = files[:: max(1, len(files) // _PROBES)]
    for width, quality in _STEPS:
        last = (width, quality) == _STEPS[-1]
        probed = sum(len(_reduced(file, width, quality).jpeg) for file in probes)
        if not last and probed * len(files) / max(len(probes), 1) > limit_bytes:
            continue
        made = {name: _reduced(file, width, quality) for name, file in panels.items()}
        if last or sum(len(picture.jpeg) for picture in made.values()) <= limit_bytes:
            return made
    return {}


def fit_movie(
    film: Film, path: Path, *, limit_bytes: int, report: Progress | None = None
) -> bytes:
    """Return the animatic within the limit, or nothing where it would be unwatchable.

    Args:
        film: The film.
        path: Its MP4.
        limit_bytes: What the MP4 may weigh.
        report: Told of each frame encoded again.
    """
    if path.stat().st_size <= limit_bytes:
        return path.read_bytes()
    seconds = film.rate.seconds(film.length_frames)
    for share in (0.94, 0.8, 0.62):
        bits = int(max(limit_bytes, 0) * 8 * share / max(seconds, 1e-3))
        if bits < _LEAST_BITS:
            return b""
        with tempfile.TemporaryDirectory() as scratch:
            smaller = Path(scratch) / "movie.mp4"
            _encode(film, path, smaller, bits=bits, report=report)
            if smaller.stat().st_size <= limit_bytes:
                return smaller.read_bytes()
    return b""


def _encode(
    film: Film, source: Path, target: Path, *, bits: int, report: Progress | None
) -> None:
    lines = next(height for least, height in _HEIGHTS if bits >= least)
    first = next(read_frames(source))
    height = min(first.height, lines) // 2 * 2
    width = round(first.width * height / first.height / 2) * 2
    options = {
        "preset": "veryfast",
        "b": str(bits),
        "maxrate": str(bits * 2),
        "bufsize": str(bits * 2),
        "g": str(film.rate.nominal * 2),
    }
    with encoded(
        target,
        rate=film.rate,
        width_px=width,
        height_px=height,
        options=options,
        threads=0,
        keys=frozenset(clip.record_frame for clip in timeline(film)),
    ) as add:
        for done, frame in enumerate(read_frames(source), 1):
            add(frame.reformat(width=width, height=height))
            if report is not None:
                report("Film for the report", done, film.length_frames)


def _reduced(file: bytes, width_px: int, quality: int) -> Picture:
    image = Image.open(io.BytesIO(file)).convert("RGB")
    if image.width > width_px:
        height = max(1, round(image.height * width_px / image.width))
        image = image.resize((width_px, height), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
    return Picture(target.getvalue(), image.width, image.height)
