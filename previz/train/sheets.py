"""Sheets to look at: what the network reads, what it makes of it, and what is true."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from torch import Tensor

from previz.generate.encode import PLANES
from previz.render import display
from previz.train.evaluation import Answer, picture_of, plain_answer
from previz.train.measures import score_of
from previz.train.pictures import Pictures
from previz.train.truth import read_filmed

__all__ = ["one_of_each_place", "sheet", "write_sheets"]

_ROWS = 6
_LABEL_PX = 13
_NORMAL = [PLANES.index(f"normal {name}") for name in ("right", "up", "toward")]
_BASE = [PLANES.index(f"base {name}") for name in ("red", "green", "blue")]
_DEPTH = PLANES.index("depth")


def one_of_each_place(pictures: Pictures, truth: Path) -> dict[int, str]:
    """Return one picture of every place at every hour, with what to call it.

    Args:
        pictures: Of a folder.
        truth: That folder's shards, for their scenes.
    """
    chosen: dict[str, int] = {}
    for index, (number, _) in enumerate(pictures.numbers):
        scene = read_filmed(truth, number)[0].scene
        chosen.setdefault(f"{scene.set.template}, {pictures.kinds[index]}", index)
    return {index: name for name, index in chosen.items()}


def sheet(
    pictures: Pictures, answers: Mapping[str, Answer], rows: Mapping[int, str]
) -> tuple[Image.Image, dict[str, float]]:
    """Return a labelled sheet, a row a picture, and the first answer's FLIP by row.

    A row shows buffers (colour over normals over depth), the plain picture, each
    answer's and the traced one, with FLIP against that.

    Args:
        pictures: Where the rows are from.
        answers: By name.
        rows: What to call a picture, by its index.
    """
    lines: list[NDArray[np.uint8]] = []
    found: dict[str, float] = {}
    for index, name in rows.items():
        batch = pictures.whole(index)
        true = np.ascontiguousarray(batch.truth[0].permute(1, 2, 0).numpy())
        cells = [(_buffers(batch.planes[0]), name)]
        for label, answer in {"plain": plain_answer, **answers}.items():
            made = picture_of(answer, batch.planes, batch.lit)
            flip = score_of(made, true).flip
            cells.append((display(made, exact=True), f"{label}  FLIP {flip:.3f}"))
            if label in answers:
                found.setdefault(name, flip)
        cells.append((display(true, exact=True), "path-traced"))
        lines.append(np.concatenate([_labelled(*cell) for cell in cells], axis=1))
    return Image.fromarray(np.concatenate(lines, axis=0)), found


def write_sheets(
    pictures: Pictures,
    answers: Mapping[str, Answer],
    rows: Mapping[int, str],
    folder: Path,
    *,
    name: str,
) -> dict[str, float]:
    """Write sheets of six rows each as JPEG and return FLIP by picture.

    Args:
        pictures: Where the rows are from.
        answers: By name.
        rows: What to call a picture, by its index.
        folder: Where the sheets go.
        name: What their files begin with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    indices = list(rows)
    found: dict[str, float] = {}
    for first in range(0, len(indices), _ROWS):
        some = {index: rows[index] for index in indices[first : first + _ROWS]}
        made, flips = sheet(pictures, answers, some)
        made.save(folder / f"{name}-{first // _ROWS + 1:02d}.jpg", quality=88)
        found |= flips
    return found


def _buffers(planes: Tensor) -> NDArray[np.uint8]:
    """Return colour, normals and depth of what is seen, in three bands."""
    seen = planes.numpy()
    height = seen.shape[1]
    third = height // 3
    base = np.clip(seen[_BASE], 0.0, 1.0) ** (1 / 2.2)
    normal = 0.5 + 0.5 * seen[_NORMAL]
    depth = seen[_DEPTH]
    low, high = float(depth.min()), float(depth.max())
    grey = np.repeat((1.0 - (depth - low) / max(high - low, 1e-6))[None], 3, axis=0)
    bands: Any = np.concatenate(
        [base[:, :third], normal[:, third : 2 * third], grey[:, 2 * third :]], axis=1
    )
    return np.asarray(np.clip(bands, 0.0, 1.0).transpose(1, 2, 0) * 255, np.uint8)


def _labelled(picture: NDArray[np.uint8], words: str) -> NDArray[np.uint8]:
    height, width, _ = picture.shape
    cell = Image.new("RGB", (width + 2, height + _LABEL_PX), (20, 20, 20))
    cell.paste(Image.fromarray(picture), (0, _LABEL_PX))
    ImageDraw.Draw(cell).text((2, 1), words, fill=(225, 225, 225))
    return np.asarray(cell)
