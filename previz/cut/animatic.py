"""The animatic: the takes in the order of the cut, as one film."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from previz.cut.slate import Overlay, blend, slate_strip, subtitle, timecode
from previz.cut.takes import take_path
from previz.cut.timeline import Clip, timeline
from previz.cut.video import encoded, mp4_options, read_frames, readable
from previz.errors import FilmFolderError, PrevizError
from previz.folder import new_part, put_in_place
from previz.model import Film, Rate, Take

__all__ = ["shot_clip", "write_animatic"]

Progress = Callable[[str, int, int], None]
"""Told what is done, how many frames of how many."""

_CUT_CODEC = {"crf": "20", "preset": "veryfast", "bf": "1", "rc-lookahead": "10"}


def write_animatic(
    film: Film,
    takes: Mapping[str, Take],
    path: Path,
    *,
    folder: Path,
    slate: bool = True,
    subtitles: bool = True,
    report: Progress | None = None,
) -> None:
    """Write the film as one H.264 MP4 of exactly `film.length_frames` frames.

    With neither slate nor subtitles the takes are joined without encoding again.

    Args:
        film: The film.
        takes: The take of each shot, by the shot's id.
        path: The file; it appears whole or not at all.
        folder: The folder of takes.
        slate: Whether to burn in slate, lens and timecode.
        subtitles: Whether to burn in what is said.
        report: Told after each frame: what, frames done, frames in all.

    Raises:
        PrevizError: If a shot has no take, or the film has no shots.
        FilmFolderError: If the file cannot be written.
    """
    _write(
        film,
        timeline(film),
        takes,
        path,
        folder=folder,
        slate=slate,
        subtitles=subtitles,
        report=report,
    )


def shot_clip(
    film: Film,
    shot: str,
    takes: Mapping[str, Take],
    *,
    folder: Path,
    slate: bool = True,
    subtitles: bool = True,
) -> bytes:
    """Return one shot as an MP4, for showing in a page.

    Args:
        film: The film.
        shot: Id of the shot.
        takes: The take of each shot, by the shot's id.
        folder: The folder of takes.
        slate: Whether to burn in slate, lens and timecode.
        subtitles: Whether to burn in what is said.
    """
    clips = [clip for clip in timeline(film) if clip.shot.id == shot]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "shot.mp4"
        _write(
            film,
            tuple(clips),
            takes,
            path,
            folder=folder,
            slate=slate,
            subtitles=subtitles,
            report=None,
        )
        return path.read_bytes()


def _write(
    film: Film,
    clips: tuple[Clip, ...],
    takes: Mapping[str, Take],
    path: Path,
    *,
    folder: Path,
    slate: bool,
    subtitles: bool,
    report: Progress | None,
) -> None:
    lacking = [clip.shot.slate for clip in clips if clip.shot.id not in takes]
    if lacking or not clips:
        raise PrevizError(
            "Film.shots must each have a take, got none for "
            f"{', '.join(lacking) or 'any'}. Direct the film, then render its takes."
        )
    files = [take_path(folder, takes[clip.shot.id]) for clip in clips]
    part: Path | None = None
    try:
        part = new_part(path)
        if slate or subtitles or not _join(files, clips, film.rate, part):
            size = takes[clips[0].shot.id]
            frames = _burnt(clips, files, size, slate=slate, subtitles=subtitles)
            _encode(clips, frames, size, part, rate=film.rate, report=report)
        put_in_place(part, path)
    except (OSError, av.FFmpegError) as error:
        raise FilmFolderError(
            f"Film.animatic must be a file that can be written, got {error}. "
            "Free some space, choose another folder, or render the takes again."
        ) from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _encode(
    clips: tuple[Clip, ...],
    frames: Iterable[av.VideoFrame],
    size: Take,
    path: Path,
    *,
    rate: Rate,
    report: Progress | None,
) -> None:
    """Write the pictures of the cut; each shot begins with a key frame."""
    total = sum(clip.length_frames for clip in clips)
    with encoded(
        path,
        rate=rate,
        width_px=size.width_px,
        height_px=size.height_px,
        options=_CUT_CODEC | {"g": str(rate.nominal)},
        threads=0,
        keys=frozenset(_starts(clips)),
    ) as add:
        for done, frame in enumerate(frames, 1):
            add(frame)
            if report is not None:
                report("Animatic", done, total)


def _starts(clips: tuple[Clip, ...]) -> list[int]:
    return [clip.record_frame - clips[0].record_frame for clip in clips]


def _burnt(
    clips: tuple[Clip, ...],
    files: list[Path],
    like: Take,
    *,
    slate: bool,
    subtitles: bool,
) -> Iterator[av.VideoFrame]:
    """Yield every frame of the cut with its overlays, sized as `like`."""
    rate = like.rate
    size: dict[str, Any] = {"width_px": like.width_px, "height_px": like.height_px}
    for clip, file in zip(clips, files, strict=True):
        count = 0
        layers = _layers(clip, rate=rate, slate=slate, subtitles=subtitles, **size)
        for frame in read_frames(file):
            if count == clip.length_frames:
                raise _false_take(clip, file, got="more")
            if (frame.width, frame.height) != (like.width_px, like.height_px):
                raise _false_take(clip, file, got=f"{frame.width}×{frame.height} px")
            planes: NDArray[np.uint8] = np.ascontiguousarray(
                frame.to_ndarray(format="yuv420p"), np.uint8
            )
            for layer in layers[count]:
                blend(planes, layer, height_px=frame.height)
            if slate:
                at = timecode(clip.record_frame + count, rate=rate, **size)
                blend(planes, at, height_px=frame.height)
            out = av.VideoFrame.from_ndarray(planes, "yuv420p")
            out.colorspace, out.color_range = 1, 1
            yield out
            count += 1
        if count != clip.length_frames:
            raise _false_take(clip, file, got=str(count))


def _false_take(clip: Clip, file: Path, *, got: str) -> FilmFolderError:
    return FilmFolderError(
        f"Take.file of shot {clip.shot.slate} must be {clip.length_frames} frames of "
        f"the film's size, got {got} in {file}. "
        f"Delete {file.parent} and run it again."
    )


def _layers(
    clip: Clip,
    *,
    rate: Rate,
    slate: bool,
    subtitles: bool,
    width_px: int,
    height_px: int,
) -> list[list[Overlay]]:
    """Return what lies over each frame of a shot, but for the timecode."""
    size = {"width_px": width_px, "height_px": height_px}
    layers: list[list[Overlay]] = [[] for _ in range(clip.length_frames)]
    if slate:
        strip = slate_strip(clip, rate=rate, **size)
        for frame in layers:
            frame.append(strip)
    if subtitles:
        for span, layer in subtitle(clip, above_slate=slate, **size):
            for index in span:
                layers[index].append(layer)
    return layers


def _join(files: list[Path], clips: tuple[Clip, ...], rate: Rate, path: Path) -> bool:
    """Copy the takes' packets one after another; False if their codecs differ."""
    starts = _starts(clips)
    with readable(files[0]), av.open(str(files[0])) as first:
        template: Any = first.streams.video[0]
        header = bytes(template.codec_context.extradata or b"")
        with av.open(str(path), "w", format="mp4", options=mp4_options(rate)) as out:
            stream = out.add_stream_from_template(template)
            stream.time_base = 1 / rate.fraction
            for file, start, clip in zip(files, starts, clips, strict=True):
                with readable(file), av.open(str(file)) as take:
                    source: Any = take.streams.video[0]
                    if bytes(source.codec_context.extradata or b"") != header:
                        return False
                    count = 0
                    for packet in take.demux(source):
                        if packet.dts is None:
                            continue
                        packet.pts = packet.dts = start + count
                        packet.duration = 1
                        packet.time_base = 1 / rate.fraction
                        packet.stream = stream
                        out.mux(packet)
                        count += 1
                    if count != clip.length_frames:
                        return False
    return True
