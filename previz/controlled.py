"""A shot's control signals in a folder, and how true other pictures are to it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from previz import model
from previz.errors import ModelError, UnknownNameError
from previz.given import names_given, path_given
from previz.makers import frame_maker
from previz.progress import progress_report

if TYPE_CHECKING:
    from previz.adherence import Adherence
    from previz.controls import Footage
    from previz.direct.fitting import Fitted
    from previz.staged import Staged
    from previz.widgets.fittings import Fittings

__all__ = ["measured_pictures", "written_controls"]

_TURNS_DEG = tuple(range(0, 360, 45))
_FIGURE_PX, _FACE_PX = 1024, 768


def written_controls(
    film: Staged,
    scene: model.Scene,
    shot: model.Shot,
    folder: Path | str,
    *,
    size: tuple[int, int],
    only: Collection[str] | None,
) -> Path:
    """Write a shot's control signals, with a bar, and return the folder.

    Args:
        film: The film.
        scene: The shot's scene.
        shot: The shot.
        folder: Where.
        size: Width and height in pixels.
        only: Some of `previz.deliver.CONTROLS`; None writes them all.

    Raises:
        PrevizError: As `previz.deliver.write_controls`.
    """
    from previz.deliver import CONTROLS, write_controls
    from previz.widgets.fittings import Fittings

    place = path_given(folder, "Shot.controls.folder")
    asked = CONTROLS if only is None else only
    wanted = names_given(asked, "Shot.controls.only", "['depth', 'pose']")
    footage = _footage(film, scene, shot)
    fittings = Fittings(frame_maker(film.generator))
    with progress_report(f"{shot.slate} controls") as told:
        return write_controls(
            place,
            footage,
            size=size,
            wanted=wanted,
            references=partial(_turned, fittings, film.value),
            report=told,
        )


def measured_pictures(
    film: Staged,
    scene: model.Scene,
    shot: model.Shot,
    frames: Callable[[int], NDArray[np.uint8]],
    quality: str,
) -> Adherence:
    """Return how true pictures are to a shot.

    Args:
        film: The film.
        scene: The shot's scene.
        shot: The shot.
        frames: The pictures by frame of the shot.
        quality: How strict.

    Raises:
        PrevizError: As `previz.adherence.measured`.
    """
    from previz.adherence import TIERS, measured

    if not callable(frames):
        raise ModelError(
            "Shot.measured.frames must be a function that returns the picture of a "
            f"frame, got {type(frames).__name__}. Write lambda n: pictures[n]."
        )
    for tier in TIERS:
        if tier == quality:
            return measured(_footage(film, scene, shot), frames, tier=tier)
    raise UnknownNameError("Shot.measured.quality", quality, TIERS)


def _footage(film: Staged, scene: model.Scene, shot: model.Shot) -> Footage:
    from previz.controls import Footage

    return Footage(
        film.value, scene, shot, film.stage_of(scene), partial(_renderer, film, scene)
    )


def _renderer(film: Staged, scene: model.Scene, size: tuple[int, int]) -> Any:
    return film.renderer_of(scene, size, "film")


def _turned(
    fittings: Fittings, film: model.Film, character: str
) -> dict[str, NDArray[np.uint8]]:
    """Return pictures of a character from all sides, by name."""
    person = film.find_character(character)

    def still(yaw_deg: int, fitted: Fitted, height_px: int) -> NDArray[np.uint8]:
        return fittings.still(
            person, rate=film.rate, yaw_deg=float(yaw_deg), fitted=fitted,
            height_px=height_px, seed=film.seed,
        )  # fmt: skip

    pictures = {
        f"figure_{yaw:03d}": still(yaw, "figure", _FIGURE_PX) for yaw in _TURNS_DEG
    }
    return pictures | {name: still(0, name, _FACE_PX) for name in ("bust", "face")}
