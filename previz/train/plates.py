"""What the preview sees of the same pictures: the cheap part of the data."""

from __future__ import annotations

import io
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from previz.folder import write_atomic
from previz.generate import encode
from previz.render import Renderer
from previz.stage import Stage
from previz.train.recipe import Recipe
from previz.train.shards import numbers_of
from previz.train.truth import Told, read_filmed
from previz.train.varied import Filmed

__all__ = ["make_plates", "planes_of", "planes_path", "renderer_for"]


def planes_path(folder: Path, number: int) -> Path:
    """Return the file of what the network reads of a scene's pictures."""
    return folder / f"{number:05d}.npy"


def renderer_for(recipe: Recipe, filmed: Filmed, stage: Stage) -> Renderer:
    """Return the renderer that a preview of the scene would use."""
    return Renderer(
        stage, width_px=recipe.width_px, height_px=recipe.height_px,
        exposure_ev100=filmed.scene.exposure_ev100,
    )  # fmt: skip


def planes_of(recipe: Recipe, filmed: Filmed) -> NDArray[np.float16]:
    """Return what the network reads of a scene's pictures, (takes, channels, h, w)."""
    stage = filmed.stage()
    renderer = renderer_for(recipe, filmed, stage)
    made = []
    for take in filmed.takes:
        state = stage.at(take.shot, take.frame, width_px=recipe.width_px)
        made.append(encode(renderer.plates(state, seed=filmed.film.seed)))
    return np.stack(made).astype(np.float16)


def make_plates(
    recipe: Recipe,
    truth: Path,
    folder: Path,
    *,
    part: tuple[int, int] = (0, 1),
    told: Told = lambda line: None,
) -> int:
    """Draw plainly what was traced and is not in the folder yet.

    Args:
        recipe: Of the truth.
        truth: Folder of its shards.
        folder: Of the planes; an array a scene, to be mapped into memory.
        part: Which of how many sharers of the work this is.
        told: Hears a line of progress after each scene.

    Returns:
        How many scenes it drew.
    """
    numbers = numbers_of(truth)[part[0] :: part[1]]
    wanted = [n for n in numbers if not planes_path(folder, n).exists()]
    began = time.perf_counter()
    for done, number in enumerate(wanted, start=1):
        made = planes_of(recipe, read_filmed(truth, number)[0])
        _write(planes_path(folder, number), made)
        spent = (time.perf_counter() - began) / done
        left = spent * (len(wanted) - done) / 60
        told(f"plates {done}/{len(wanted)}: {spent:.1f} s a scene, {left:.0f} min left")
    return len(wanted)


def _write(path: Path, planes: NDArray[np.float16]) -> None:
    raw = io.BytesIO()
    np.save(raw, planes, allow_pickle=False)
    write_atomic(path, raw.getvalue())
