"""One panel a shot: the frame that tells it, with the camera's move drawn on it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import av
from PIL import Image

from previz.cut import FramePainter, ScenePainter, render_panels, take_path
from previz.errors import FilmFolderError
from previz.model import Film, Move, Scene, Shot, Take
from previz.report.arrows import draw_move
from previz.report.shots import shot_beats, spoken
from previz.stage import NO_ASSETS, Assets

if TYPE_CHECKING:
    from previz.render import NamedGenerator

__all__ = ["board_pictures", "panel_frame"]

Progress = Callable[[str, int, int], None]
"""Told what is done, how many panels of how many."""

_NO_TAKES: Mapping[str, Take] = MappingProxyType({})


def panel_frame(scene: Scene, shot: Shot) -> int:
    """Return the shot frame that tells the shot best.

    It is the middle of the shot's key beat as far as the shot shows it: its longest
    speech, or else its longest action. In a moving shot it lies in the last two
    thirds, so that the panel shows where the move goes.
    """
    end = shot.first_frame + shot.length_frames
    spans = [
        (
            spoken(beat),
            min(end, beat.start_frame + beat.length_frames)
            - max(shot.first_frame, beat.start_frame),
            -beat.start_frame,
            max(shot.first_frame, beat.start_frame) - shot.first_frame,
        )
        for beat in shot_beats(scene, shot)
    ]
    key = max((span for span in spans if span[1] > 0), default=None)
    middle = key[3] + key[1] // 2 if key else shot.length_frames // 2
    earliest = 0 if shot.camera.move is Move.STATIC else shot.length_frames // 3
    return min(max(middle, earliest), shot.length_frames - 1)


def board_pictures(
    film: Film,
    takes: Mapping[str, Take] = _NO_TAKES,
    takes_folder: Path | None = None,
    *,
    width_px: int = 640,
    height_px: int = 360,
    threads: int = 2,
    arrows: bool = True,
    assets: Assets = NO_ASSETS,
    generator: NamedGenerator | None = None,
    painter: ScenePainter | None = None,
    report: Progress | None = None,
) -> dict[str, bytes]:
    """Make one panel a shot.

    A shot with a take gives a frame of it; other shots are rendered, one frame each.

    Args:
        film: The film.
        takes: Takes by the shot's id.
        takes_folder: The folder of takes.
        width_px: Width of a rendered panel.
        height_px: Height of a rendered panel.
        threads: Panels made at the same time.
        arrows: Whether to draw the camera's move.
        assets: The film's imported meshes and motion.
        generator: What makes panels that are rendered; None leaves them plain.
        painter: Who paints shots without a take; fast and coarse unless told.
        report: Told after each panel: what, panels done, panels in all.

    Returns:
        The panel of each shot as a JPEG file's bytes, by the shot's id.

    Raises:
        FilmFolderError: If a take cannot be read.
    """
    made: dict[str, bytes] = {}
    paint_with = painter or partial(render_panels, assets=assets, generator=generator)
    known = takes if takes_folder is not None else _NO_TAKES
    prepared = _prepared(
        film, known, lambda scene: paint_with(film, scene, width_px, height_px)
    )
    for scene, paint in prepared:

        def picture(shot: Shot, *, scene: Scene = scene, paint: Any = paint) -> bytes:
            frame = panel_frame(scene, shot)
            if shot.id in known and takes_folder is not None:
                image = _frame_of(take_path(takes_folder, known[shot.id]), frame)
            else:
                image = Image.fromarray(paint(shot, frame))
            return _jpeg(draw_move(image, shot) if arrows else image)

        for shot, panel in _mapped(picture, scene.shots, threads=threads):
            made[shot.id] = panel
            if report is not None:
                report("Boards", len(made), len(film.shots))
    return made


def _prepared(
    film: Film, known: Mapping[str, Take], prepare: Callable[[Scene], FramePainter]
) -> Iterator[tuple[Scene, FramePainter | None]]:
    """Yield each scene with its painter; the next is prepared in the meantime."""

    def painter(scene: Scene) -> FramePainter | None:
        wanted = any(shot.id not in known for shot in scene.shots)
        return prepare(scene) if wanted else None

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="scene") as pool:
        ahead = pool.submit(painter, film.scenes[0]) if film.scenes else None
        for i, scene in enumerate(film.scenes):
            assert ahead is not None
            paint = ahead.result()
            if i + 1 < len(film.scenes):
                ahead = pool.submit(painter, film.scenes[i + 1])
            yield scene, paint


def _mapped(
    picture: Callable[[Shot], bytes], shots: tuple[Shot, ...], *, threads: int
) -> Iterator[tuple[Shot, bytes]]:
    with ThreadPoolExecutor(max_workers=threads, thread_name_prefix="panel") as pool:
        try:
            yield from zip(shots, pool.map(picture, shots), strict=True)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _frame_of(path: Path, frame: int) -> Image.Image:
    """Decode one frame of a take."""
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            rate, clock = stream.average_rate, stream.time_base
            if rate is None or clock is None:
                raise ValueError("no rate")
            container.seek(round(frame / rate / clock), stream=stream)
            for picture in container.decode(stream):
                if round((picture.pts or 0) * clock * rate) >= frame:
                    return Image.fromarray(picture.to_ndarray(format="rgb24"))
    except (OSError, ValueError, LookupError, ArithmeticError, av.FFmpegError) as error:
        raise FilmFolderError(
            f"Take.file must be a video that can be read, got {path} ({error}). "
            f"Delete {path.parent} and run it again."
        ) from None
    raise FilmFolderError(
        f"Take.length_frames must be > {frame}, got fewer in {path}. "
        f"Delete {path.parent} and run it again."
    )


def _jpeg(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=92, subsampling=0)
    return target.getvalue()
