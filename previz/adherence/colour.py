"""Whether each character keeps their colours, over the frames and against the cast.

A take may be graded otherwise than the preview, and light may change where somebody
walks. So a take's grade is taken off first, as far as the set shows it, and what a
region looks like is compared with the preview's own look at the same frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.adherence.compared import Compared, Picture
from previz.controls.opencv import opencv
from previz.stage import FIGURE_OBJECT_BASE, PROP_OBJECT_BASE, FigureState

__all__ = ["ColourFit", "colour_fit"]

_LEAST_PX = 40
_MOST_REGIONS = 5


@dataclass(frozen=True)
class ColourFit:
    """How a take's people are coloured; None where too little of anybody is seen.

    Differences are CIE 1976's, in which 2 to 3 are just seen.

    Attributes:
        off: Mean difference of what somebody wears and is from the cast, of the
            character who is farthest off.
        wavers: How far that difference strays over the frames, of who strays most.
        worst: The id of who is farthest off.
    """

    off: float | None = None
    wavers: float | None = None
    worst: str = ""


def colour_fit(frames: Sequence[Compared]) -> ColourFit:
    """Compare each character's regions (skin, hair, clothes) in take and preview.

    Args:
        frames: In order.
    """
    seen: dict[str, dict[bytes, list[NDArray[np.float64]]]] = {}
    for one in frames:
        take = _ungraded(one)
        preview = _lab(one.preview)
        for figure in one.state.figures:
            of = seen.setdefault(figure.character, {})
            for name, where in _regions(one, figure):
                gap = np.median(take[where], axis=0) - np.median(preview[where], axis=0)
                of.setdefault(name, []).append(gap)
    offs = {who: _off(regions) for who, regions in seen.items() if regions}
    if not offs:
        return ColourFit()
    worst = max(offs, key=lambda who: offs[who])
    wavers = [_strays(regions) for regions in seen.values() if regions]
    told = [value for value in wavers if value is not None]
    return ColourFit(offs[worst], max(told) if told else None, worst)


def _regions(
    one: Compared, figure: FigureState
) -> list[tuple[bytes, NDArray[np.bool_]]]:
    """Return the largest evenly coloured parts of a figure that are seen, and where."""
    cv2 = opencv()
    mine = one.buffers.object_id == figure.object_id
    # The rim mixes with what is behind.
    inner = cv2.erode(mine.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    if inner.sum() < _LEAST_PX:
        return []
    colours, rows = np.unique(
        one.buffers.base_color[inner], axis=0, return_inverse=True
    )
    counts = np.bincount(rows.ravel(), minlength=len(colours))
    out = []
    for number in np.argsort(-counts)[:_MOST_REGIONS]:
        if counts[number] < _LEAST_PX:
            break
        where = np.zeros(mine.shape, np.bool_)
        where[inner] = rows.ravel() == number
        out.append((colours[number].tobytes(), where))
    return out


def _off(regions: dict[bytes, list[NDArray[np.float64]]]) -> float:
    """Return the mean difference over regions, each at its usual difference."""
    usual = [np.median(gaps, axis=0) for gaps in regions.values()]
    return float(np.mean([np.linalg.norm(gap) for gap in usual]))


def _strays(regions: dict[bytes, list[NDArray[np.float64]]]) -> float | None:
    """Return how far differences lie from their usual one, or None for one frame."""
    apart = [
        np.linalg.norm(np.array(gaps) - np.median(gaps, axis=0), axis=1)
        for gaps in regions.values()
        if len(gaps) > 1
    ]
    if not apart:
        return None
    return float(max(np.quantile(values, 0.8) for values in apart))


def _ungraded(one: Compared) -> NDArray[np.float64]:
    """Return a take in CIE Lab with the grade taken off that the set shows.

    Lightness by its quantiles' straight line, tint by its median.
    """
    take, preview = _lab(one.take), _lab(one.preview)
    ids = one.buffers.object_id
    still = (ids < FIGURE_OBJECT_BASE) | (ids >= PROP_OBJECT_BASE)
    if still.mean() < 0.05:
        return take
    out = take - np.median((take - preview)[still], axis=0)
    spread = np.ptp(np.quantile(take[still][:, 0], (0.1, 0.9)))
    wanted = np.ptp(np.quantile(preview[still][:, 0], (0.1, 0.9)))
    if spread > 5.0:
        share = float(np.clip(wanted / spread, 0.5, 2.0))
        middle = float(np.median(out[still][:, 0]))
        out[..., 0] = middle + share * (out[..., 0] - middle)
    return np.asarray(out, np.float64)


def _lab(picture: Picture) -> NDArray[np.float64]:
    cv2 = opencv()
    values = np.ascontiguousarray(picture).astype(np.float32) / 255.0
    return np.asarray(cv2.cvtColor(values, cv2.COLOR_RGB2LAB), np.float64)
