"""Frames and clips of a shot as a model of the user's makes them, with its name."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from previz import model
from previz.errors import PrevizError
from previz.progress import progress_report
from previz.shown import Clip

if TYPE_CHECKING:
    from PIL.Image import Image

    from previz.controls import Footage
    from previz.generate.pipelines import StillGenerator
    from previz.staged import Staged

__all__ = ["generated_clip", "generated_frame"]

_CODEC = {"preset": "fast", "crf": "14"}


def generated_frame(
    generator: StillGenerator,
    film: Staged,
    scene: model.Scene,
    shot: model.Shot,
    frame: int,
    *,
    size: tuple[int, int],
) -> Image:
    """Return one frame as a generator makes it; `info["generator"]` is its name.

    Args:
        generator: The model.
        film: The film.
        scene: The shot's scene.
        shot: The shot.
        frame: Of the shot, from 0.
        size: Width and height in pixels.

    Raises:
        GenerateError: If the model was stopped or made no picture.
    """
    from PIL import Image

    footage = _footage(film, scene, shot)
    with progress_report(generator.label) as told:
        made = generator.still(footage, frame, size=size, report=told)
    picture = Image.fromarray(made)
    picture.info["generator"] = generator.label
    return picture


def generated_clip(
    generator: StillGenerator,
    film: Staged,
    scene: model.Scene,
    shot: model.Shot,
    *,
    size: tuple[int, int],
    **held: Image,
) -> Clip:
    """Return a whole shot as a generator makes it; its name stands below.

    Args:
        generator: The model.
        film: The film.
        scene: The shot's scene.
        shot: The shot.
        size: Even width and height in pixels.
        **held: `first` and `last`: what those frames must be, where the model takes
            such pictures.

    Raises:
        GenerateError: If the model was stopped or made no picture.
        PrevizError: If the generator makes stills alone or the size is odd.
    """
    import av

    from previz import cut

    make = getattr(generator, "clip", None)
    if make is None:
        raise PrevizError(
            f"Film.generator must make clips for a preview, got {generator.label}, "
            "which makes stills. Ask for frames, or set another generator."
        )
    cut.check_size(*size)
    with progress_report(f"{shot.slate} {generator.label}") as told:
        frames = make(_footage(film, scene, shot), size=size, report=told, **held)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "shot.mp4"
        rate = film.value.rate
        with cut.encoded(
            path, rate=rate, width_px=size[0], height_px=size[1], options=_CODEC
        ) as add:
            for picture in frames:
                add(av.VideoFrame.from_ndarray(picture, format="rgb24"))
        return Clip(path.read_bytes(), size=size, label=generator.label)


def _footage(film: Staged, scene: model.Scene, shot: model.Shot) -> Footage:
    from previz.controls import Footage

    return Footage(
        film.value,
        scene,
        shot,
        film.stage_of(scene),
        partial(_renderer, film, scene),
    )


def _renderer(film: Staged, scene: model.Scene, size: tuple[int, int]) -> Any:
    return film.renderer_of(scene, size, "film")
