"""What is true: path-traced pictures of varied scenes, the dear part of the data.

A shard holds a scene's pictures and the scene itself, as directed, so that the cheap
part (`previz.train.plates`) can be made again when the renderer has changed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from previz.model import Shot, film_from_json
from previz.trace import Tracer, exposed, order_of
from previz.train.recipe import Recipe
from previz.train.shards import read_shard, shard_path, write_shard
from previz.train.varied import Filmed, Take, filmed

__all__ = ["BRIGHTEST", "make_truth", "read_filmed"]

BRIGHTEST = 4096.0
"""Truth is kept as half floats, up to this."""

_DEPTH = 7

Told = Callable[[str], None]


def make_truth(
    recipe: Recipe,
    folder: Path,
    *,
    held_out: bool,
    part: tuple[int, int] = (0, 1),
    told: Told = lambda line: None,
) -> int:
    """Trace what a recipe asks for and is not in the folder yet.

    Args:
        recipe: How many scenes and pictures, how large, how fine.
        folder: Of the shards.
        held_out: Whether to make what is evaluated on.
        part: Which of how many sharers of the work this is.
        told: Hears a line of progress, with a forecast, after each scene.

    Returns:
        How many scenes it made.

    Raises:
        MissingRuntimeError: If the extra `path` is not installed.
        TraceError: If the tracing process failed.
    """
    count = recipe.held_out_scenes if held_out else recipe.scenes
    mine = range(part[0], count, part[1])
    wanted = [n for n in mine if not shard_path(folder, n).exists()]
    takes = recipe.held_out_takes if held_out else recipe.takes
    tracer = Tracer(recipe.variant)
    began = time.perf_counter()
    try:
        for done, number in enumerate(wanted, start=1):
            _make(recipe, folder, number, held_out=held_out, tracer=tracer)
            spent = time.perf_counter() - began
            left = spent / done * (len(wanted) - done)
            told(
                f"truth {done}/{len(wanted)}, scene {number}: "
                f"{spent / done / takes:.1f} s a picture, "
                f"{left / 60:.0f} min left"
            )
    finally:
        tracer.close()
    return len(wanted)


def _make(
    recipe: Recipe, folder: Path, number: int, *, held_out: bool, tracer: Tracer
) -> None:
    takes = recipe.held_out_takes if held_out else recipe.takes
    made = filmed(number, seed=recipe.seed, held_out=held_out, takes=takes)
    samples = recipe.held_out_samples if held_out else recipe.samples
    stage = made.stage()
    pictures = []
    for index, take in enumerate(made.takes):
        state = stage.at(take.shot, take.frame, width_px=recipe.width_px)
        order = order_of(
            stage, state, width_px=recipe.width_px, height_px=recipe.height_px,
            samples=samples, seed=1000 * number + index, denoise=True,
        )  # fmt: skip
        layers = tracer.layers(replace(order, depth=_DEPTH))
        light = exposed(layers, stage, state, exposure_ev100=stage.scene.exposure_ev100)
        pictures.append(np.clip(light, 0.0, BRIGHTEST))
    write_shard(
        folder, number, truth=np.stack(pictures).astype(np.float16), **_told_by(made)
    )


def _told_by(made: Filmed) -> dict[str, NDArray[np.uint8]]:
    """Return the scene and its takes as bytes of JSON."""
    takes = [[take.shot.to_json(), take.frame] for take in made.takes]
    texts = {"kind": made.kind, "film": made.film.to_json(), "takes": json.dumps(takes)}
    return {
        name: np.frombuffer(text.encode(), np.uint8) for name, text in texts.items()
    }


def read_filmed(folder: Path, number: int) -> tuple[Filmed, NDArray[np.float16]]:
    """Return a shard's scene and its pictures, shape (takes, h, w, 3)."""
    kept = read_shard(folder, number)
    texts = {name: kept[name].tobytes().decode() for name in ("kind", "film", "takes")}
    takes = tuple(
        Take(Shot.from_json(shot), frame) for shot, frame in json.loads(texts["takes"])
    )
    film = film_from_json(texts["film"])
    return Filmed(number, texts["kind"], film, takes), kept["truth"]
