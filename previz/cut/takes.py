"""Takes: each shot rendered once, kept under the hash of what decides its picture.

    takes/<hash>/video.mp4      the pictures
    takes/<hash>/manifest.json  the take, the video's SHA-256, what made it
    takes/<hash>.*.part/        a take being made; removed by the next run

A take's folder appears by one rename when it is whole, so a killed run leaves whole
takes and at most one `.part`.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import stat
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from numpy.typing import NDArray

from previz.cut.painter import FramePainter, ScenePainter, render_scene
from previz.cut.video import check_size, encoded
from previz.errors import FilmFolderError, ModelError
from previz.folder import explain_os_error, put_in_place, remove
from previz.model import ElementKind, Film, Medium, Scene, Shot, Take
from previz.stage import NO_ASSETS, Assets

if TYPE_CHECKING:
    from previz.render import NamedGenerator

__all__ = [
    "RENDER_VERSION", "find_take", "keep_take", "render_takes", "take_hash",
    "take_path",
]  # fmt: skip

RENDER_VERSION = 13
"""Raise it when the same film should give other pictures than before."""

Progress = Callable[[str, int, int], None]
"""Told what is done, how many frames of how many."""

_VIDEO = "video.mp4"
_MANIFEST = "manifest.json"
_SPOKEN = (ElementKind.DIALOGUE, ElementKind.LYRIC)
_TAKE_CODEC = {"crf": "14", "preset": "superfast", "bf": "0", "g": "24"}
"""Near lossless; no B-frames, so that takes join into a cut without re-encoding."""


_OF_SCENE = {
    "id", "time_of_day", "set", "lights", "exposure_ev100", "blocking", "props",
    "swings", "length_frames",
}  # fmt: skip
"""What of a scene decides pictures, besides who speaks."""


def take_hash(
    film: Film,
    scene: Scene,
    shot: Shot,
    *,
    width_px: int,
    height_px: int,
    assets: Assets = NO_ASSETS,
    generator: NamedGenerator | None = None,
) -> str:
    """Return the SHA-256 of everything that decides the shot's pictures.

    Slates, notes, sluglines, reference pictures and the words of speeches are left
    out: editing them renders nothing again. An imported mesh is named by its own
    hash; one that is missing from `assets` gives another take than one that is there.
    """
    medium = film.medium_of(scene, shot)
    on_set = {blocking.character for blocking in scene.blocking}
    decides = {
        "version": [_package_version(), RENDER_VERSION],
        "size_px": [width_px, height_px],
        "rate": [film.rate.numerator, film.rate.denominator],
        "span": [shot.first_frame, shot.length_frames],
        "camera": shot.camera.model_dump(mode="json"),
        "medium": _drawn_by(film, medium, on_set, generator),
        "scene": scene.model_dump(mode="json", include=_OF_SCENE),
        "missing": [name for name in scene.asset_names if name not in assets],
        "speaking": _speaking(scene),
        "characters": [
            character.model_dump(mode="json", exclude={"name", "references"})
            for character in film.characters
            if character.id in on_set
        ],
    }
    text = json.dumps(decides, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _speaking(scene: Scene) -> list[list[object]]:
    """Return who speaks when."""
    return [
        [
            beat.id,
            beat.character,
            beat.element.extension,
            beat.start_frame,
            beat.length_frames,
        ]
        for beat in scene.beats
        if beat.element.kind in _SPOKEN
    ]


def _drawn_by(
    film: Film,
    medium: Medium,
    on_set: Collection[str],
    generator: NamedGenerator | None,
) -> list[Any]:
    """Return what decides strokes and what is invented.

    That is the generator, the film's seed, and the numbers that people go by.
    """
    made_by = generator.key if generator and medium is Medium.NATURAL else "plain"
    if medium is Medium.NATURAL and made_by == "plain":
        return [medium, 0]
    numbers = [i for i, who in enumerate(film.characters) if who.id in on_set]
    return [medium, film.seed, numbers, made_by]


def take_path(takes: Path, take: Take) -> Path:
    """Return where a take's video lies below the folder of takes."""
    return takes / take.id / take.file


def find_take(
    film: Film,
    scene: Scene,
    shot: Shot,
    takes: Path,
    *,
    width_px: int,
    height_px: int,
    assets: Assets = NO_ASSETS,
    generator: NamedGenerator | None = None,
) -> Take | None:
    """Return the shot's take if it lies whole in `takes`, else None."""
    name = take_hash(
        film, scene, shot, width_px=width_px, height_px=height_px, assets=assets,
        generator=generator,
    )  # fmt: skip
    take = _expected(name, film, shot, width_px, height_px)
    found = _whole_take(takes, name)
    same = found is not None and found.changed(shot=shot.id) == take
    return take if same else None


def _whole_take(takes: Path, name: str) -> Take | None:
    """Return the take of a name if it lies whole in `takes`, else None."""
    try:
        if not _is_own(takes / name):
            return None
        manifest = json.loads((takes / name / _MANIFEST).read_text("utf-8"))
        found = Take(**manifest["take"])
        whole = manifest["sha256"] == _file_hash(takes / name / _VIDEO)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, ModelError):
        return None
    return found if whole and found.id == name else None


def keep_take(
    takes: Path,
    take: Take,
    pictures: Iterator[NDArray[np.uint8]],
    *,
    painted: Callable[[int], None] = lambda frame: None,
) -> None:
    """Keep pictures that were made elsewhere as a take, unless it lies there whole.

    Args:
        takes: Folder of takes; made if missing.
        take: What it will be; its id is a hash of what decides the pictures.
        pictures: Its frames in order, sRGB, shape (height, width, 3).
        painted: Told after each frame.

    Raises:
        FilmFolderError: If the folder cannot be written.
    """
    if _whole_take(takes, take.id) == take:
        return
    try:
        takes.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FilmFolderError(explain_os_error(takes, error)) from None
    _record(takes, take, pictures, painted)


def _is_own(place: Path) -> bool:
    """Say whether a take is a folder of plain files, without links out of it."""
    return stat.S_ISDIR(place.lstat().st_mode) and all(
        stat.S_ISREG((place / name).lstat().st_mode) for name in (_VIDEO, _MANIFEST)
    )


def render_takes(
    film: Film,
    takes: Path,
    *,
    width_px: int = 640,
    height_px: int = 360,
    threads: int = 2,
    only: Collection[str] | None = None,
    assets: Assets = NO_ASSETS,
    generator: NamedGenerator | None = None,
    painter: ScenePainter | None = None,
    report: Progress | None = None,
) -> dict[str, Take]:
    """Render every shot that has no whole take yet.

    Args:
        film: The film.
        takes: Folder of takes; made if missing.
        width_px: Even width of the pictures.
        height_px: Even height of the pictures.
        threads: Frames rendered at the same time.
        only: Ids of the shots to render; all by default.
        assets: The film's imported meshes and motion.
        generator: What makes the pictures; None leaves them plain.
        painter: Who paints the frames; the renderer by default.
        report: Told after each frame: what, frames done, frames in all.

    Returns:
        The take of each shot that was asked for, by the shot's id.

    Raises:
        PrevizError: If a size cannot be encoded.
        FilmFolderError: If the folder cannot be written.
    """
    check_size(width_px, height_px)
    _clear_unfinished(takes)
    size: dict[str, Any] = {
        "width_px": width_px, "height_px": height_px, "assets": assets,
        "generator": generator,
    }  # fmt: skip
    painter = painter or partial(render_scene, assets=assets, generator=generator)
    wanted = [(c, s) for c, s in film.shots if only is None or s.id in only]
    found = {s.id: find_take(film, scene, s, takes, **size) for scene, s in wanted}
    total = sum(s.length_frames for _, s in wanted if found[s.id] is None)
    done = 0
    for scene in film.scenes:
        missing = [s for c, s in wanted if c is scene and found[s.id] is None]
        if not missing:
            continue
        paint = painter(film, scene, width_px, height_px)
        with closing(_in_order(paint, missing, threads=threads)) as pictures:
            for shot in missing:
                name = take_hash(film, scene, shot, **size)
                take = _expected(name, film, shot, width_px, height_px)

                _record(takes, take, pictures, _counter(report, shot, done, total))
                done += take.length_frames
                found[shot.id] = take
    return {name: take for name, take in found.items() if take is not None}


def _counter(
    report: Progress | None, shot: Shot, done: int, total: int
) -> Callable[[int], None]:
    def painted(frame: int) -> None:
        if report is not None:
            report(f"Shot {shot.slate}", done + frame + 1, total)

    return painted


def _in_order(
    paint: FramePainter, shots: list[Shot], *, threads: int
) -> Generator[NDArray[np.uint8], None, None]:
    """Yield the frames of `shots` in order while the next ones are being painted."""
    frames = ((shot, frame) for shot in shots for frame in range(shot.length_frames))
    pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="paint")
    ahead: deque[Future[NDArray[np.uint8]]] = deque()
    try:
        for shot, frame in frames:
            ahead.append(pool.submit(paint, shot, frame))
            if len(ahead) > 2 * threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _record(
    takes: Path,
    take: Take,
    pictures: Iterator[NDArray[np.uint8]],
    painted: Callable[[int], None],
) -> None:
    """Encode a take's frames and put the whole take in its place."""
    part = takes / f"{take.id}.{secrets.token_hex(8)}.part"
    try:
        part.mkdir()
        with encoded(
            part / _VIDEO,
            rate=take.rate,
            width_px=take.width_px,
            height_px=take.height_px,
            options=_TAKE_CODEC,
        ) as add:
            for frame in range(take.length_frames):
                add(av.VideoFrame.from_ndarray(next(pictures), format="rgb24"))
                painted(frame)
        _seal(takes, part, take)
    except (OSError, av.FFmpegError) as error:
        raise FilmFolderError(
            f"Film.takes must be writable, got {error}. "
            "Free some space or choose another output folder."
        ) from None
    finally:
        with suppress(OSError):
            remove(part)


def _seal(takes: Path, part: Path, take: Take) -> None:
    manifest: dict[str, Any] = {
        "take": take.model_dump(mode="json"),
        "sha256": _file_hash(part / _VIDEO),
        "made_by": {"previz": _package_version(), "render": RENDER_VERSION},
    }
    (part / _MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
    place = takes / take.id
    remove(place)
    put_in_place(part, place)


def _clear_unfinished(takes: Path) -> None:
    try:
        takes.mkdir(parents=True, exist_ok=True)
        for part in takes.glob("*.part"):
            remove(part)
    except OSError as error:
        raise FilmFolderError(
            f"Film.takes must be a folder that can be written, got {error}. "
            "Choose another output folder."
        ) from None


def _expected(name: str, film: Film, shot: Shot, width_px: int, height_px: int) -> Take:
    return Take(
        id=name,
        shot=shot.id,
        width_px=width_px,
        height_px=height_px,
        length_frames=shot.length_frames,
        rate=film.rate,
        file=_VIDEO,
    )


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _package_version() -> str:
    try:
        return metadata.version("previz")
    except metadata.PackageNotFoundError:
        return "0"
