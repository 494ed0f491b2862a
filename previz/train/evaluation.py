"""The figures of the model card: pictures of places that training never saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from previz.generate import encode
from previz.generate.network import decode
from previz.render import display
from previz.render.plates import Plates
from previz.train.measures import Score, score_of, static_flicker, warp_error
from previz.train.pictures import Pictures
from previz.train.plates import renderer_for
from previz.train.recipe import Recipe
from previz.train.shards import numbers_of
from previz.train.truth import read_filmed
from previz.train.varied import KINDS

__all__ = ["Answer", "figures_of", "motion_of", "picture_of", "plain_answer"]

Answer = Callable[[Tensor], Tensor]
"""From planes to the residual, shape (1, channels, h, w) to (1, 3, h, w)."""


@torch.no_grad()
def picture_of(answer: Answer, planes: Tensor, lit: Tensor) -> NDArray[np.float32]:
    """Return the picture of an answer, exposed linear Rec.709, shape (h, w, 3)."""
    made = decode(lit, answer(planes))[0].permute(1, 2, 0)
    return np.ascontiguousarray(made.numpy(), np.float32)


def figures_of(
    pictures: Pictures, answers: Mapping[str, Answer]
) -> dict[str, dict[str, dict[str, float]]]:
    """Score answers on whole pictures.

    Args:
        pictures: Held out.
        answers: By name; "plain" is added.

    Returns:
        By name, by kind of scene and "all": dB, FLIP, detail and how many pictures.
    """
    scores: dict[str, dict[str, list[Score]]] = {}
    every = {"plain": plain_answer, **answers}
    for index in range(len(pictures)):
        batch = pictures.whole(index)
        truth = np.ascontiguousarray(batch.truth[0].permute(1, 2, 0).numpy())
        for name, answer in every.items():
            made = picture_of(answer, batch.planes, batch.lit)
            found = score_of(made, truth)
            for kind in (pictures.kinds[index], "all"):
                scores.setdefault(name, {}).setdefault(kind, []).append(found)
    return {
        name: {
            kind: _mean(by_kind[kind]) for kind in (*KINDS, "all") if kind in by_kind
        }
        for name, by_kind in scores.items()
    }


def plain_answer(planes: Tensor) -> Tensor:
    """Answer that the plain picture stays as it is."""
    return torch.zeros_like(planes[:, :3])


def _mean(scores: list[Score]) -> dict[str, float]:
    means = np.mean(np.array(scores), axis=0)
    return {
        "psnr_db": round(float(means[0]), 2),
        "flip": round(float(means[1]), 4),
        "detail": round(float(means[2]), 3),
        "pictures": len(scores),
    }


def motion_of(
    recipe: Recipe, truth: Path, answers: Mapping[str, Answer], *, most: int = 12
) -> dict[str, dict[str, float]]:
    """Return warp error and flicker of answers over pairs of frames, by name.

    Args:
        recipe: Of the truth.
        truth: Folder of held-out shards, for their scenes.
        answers: By name; "plain" is added.
        most: How many pairs.
    """
    found: dict[str, list[tuple[float, float]]] = {}
    every = {"plain": plain_answer, **answers}
    for number in numbers_of(truth)[:most]:
        filmed, _ = read_filmed(truth, number)
        stage = filmed.stage()
        renderer = renderer_for(recipe, filmed, stage)
        take = filmed.takes[0]
        first = min(max(take.frame, 1), max(take.shot.length_frames - 1, 0))
        if first < 1:
            continue
        plates = [
            renderer.plates(
                stage.at(take.shot, frame, width_px=recipe.width_px),
                seed=filmed.film.seed,
            )
            for frame in (first - 1, first)
        ]
        for name, answer in every.items():
            before, now = (_shown(answer, x) for x in plates)
            seen_before, seen = plates[0].buffers, plates[1].buffers
            found.setdefault(name, []).append(
                (warp_error(before, now, seen_before, seen),
                 static_flicker(before, now, seen))
            )  # fmt: skip
    return {
        name: {"warp_rms": round(float(np.mean([p[0] for p in pairs])), 3),
               "flicker": round(float(np.mean([p[1] for p in pairs])), 3),
               "pairs": len(pairs)}
        for name, pairs in found.items()
    }  # fmt: skip


def _shown(answer: Answer, plates: Plates) -> NDArray[np.uint8]:
    planes = torch.from_numpy(encode(plates))[None]
    lit = torch.from_numpy(np.nan_to_num(plates.lit)).permute(2, 0, 1)[None]
    return display(picture_of(answer, planes, lit.clamp_min(0.0)), exact=True)
