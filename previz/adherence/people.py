"""Whether people stand where the shot has them: outlines and joints, without weights.

What this can do: a figure is cut out of the take by colour alone (GrabCut, begun at
the shot's own matte, which binds it to nothing), and patches of the preview at the
joints are looked for nearby in the take. Both are measured on the preview itself too,
the cut also on the preview as another camera records it: where a coat is as dark as the
wall behind it, that finds little there either, and then nothing is said of the take.
What this cannot do: name a hand that was drawn with six fingers, or find somebody who
stands a metre away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.adherence.compared import Compared, Picture, reseen
from previz.adherence.matching import found_near, structure
from previz.controls import Keypoints, keypoints_of
from previz.controls.opencv import opencv
from previz.model import Character

__all__ = ["PeopleFit", "people_fit"]

_LEAST_PX = 350
_CUT_PX = 160
"""Longer side of what is cut at once: GrabCut takes a second for a whole picture."""
_TELLS = 0.7
"""What the cut must find of the preview's own figure, and of the same recorded anew, to
be believed about a take's."""
_BODY = (0, *range(2, 14))
_ALIKE = 0.45
_NEAR_SHARE = 0.06
_PATCH_PX = 10
_LEAST_JOINTS = 5


@dataclass(frozen=True)
class PeopleFit:
    """How a take's people stand; None where nobody is seen well enough.

    Attributes:
        outline: Overlap (intersection over union) of the figures that are cut out of
            the take with the shot's mattes, over what the same cut finds of the
            preview; median over people and frames, 1 is as in the preview.
        joints_found: Share of the joints that are seen whose surroundings are found
            again near their place, over the same share of the preview.
        joint_pct: How far those moved, in hundredths of the figure's own height in
            the picture: median.
    """

    outline: float | None = None
    joints_found: float | None = None
    joint_pct: float | None = None


def people_fit(
    frames: Sequence[Compared], characters: Sequence[Character]
) -> PeopleFit:
    """Compare people in take and preview.

    Args:
        frames: In order.
        characters: The film's.
    """
    overlaps: list[float] = []
    found: list[bool] = []
    away: list[float] = []
    for one in frames:
        overlaps += _overlaps(one)
        for person in keypoints_of(one.state, characters, one.buffers):
            moved, kept = _joints(one, person)
            found += kept.tolist()
            away += moved[kept].tolist()
    enough = len(found) >= _LEAST_JOINTS
    return PeopleFit(
        outline=float(np.median(overlaps)) if overlaps else None,
        joints_found=float(np.mean(found)) if enough else None,
        joint_pct=float(np.median(away)) if enough and away else None,
    )


def _overlaps(one: Compared) -> list[float]:
    """Return the overlap of each figure that can be cut out, over the preview's."""
    out = []
    for figure in one.state.figures:
        matte = _bent(one, one.buffers.object_id == figure.object_id)
        if matte.sum() < _LEAST_PX:
            continue
        box = _box(matte)
        own = _cut(one.preview[box], matte[box])
        if own < _TELLS:
            continue
        again = _cut(reseen(one.preview, seed=one.frame)[box], matte[box])
        if again >= _TELLS:
            out.append(_cut(one.take[box], matte[box]) / own)
    return out


def _bent(one: Compared, matte: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return a pinhole's matte as the lens shows it."""
    place = np.rint(one.straight_px - 0.5).astype(np.intp)
    cols = np.clip(place[..., 0], 0, one.size[0] - 1)
    rows = np.clip(place[..., 1], 0, one.size[1] - 1)
    return np.asarray(matte[rows, cols])


def _box(matte: NDArray[np.bool_]) -> tuple[slice, slice]:
    """Return a figure's box with as much again around it."""
    rows, cols = np.flatnonzero(matte.any(axis=1)), np.flatnonzero(matte.any(axis=0))
    out = []
    for found, length in ((rows, matte.shape[0]), (cols, matte.shape[1])):
        low, high = int(found[0]), int(found[-1]) + 1
        more = max(round(0.35 * (high - low)), 6)
        out.append(slice(max(low - more, 0), min(high + more, length)))
    return out[0], out[1]


def _cut(picture: Picture, matte: NDArray[np.bool_]) -> float:
    """Return the overlap of a figure that is cut out by colour with its matte.

    Nothing but the box's rim is told to be background for sure, and nothing to be
    the figure: the cut may end anywhere.
    """
    cv2 = opencv()
    share = min(_CUT_PX / max(matte.shape), 1.0)
    size = (
        max(round(matte.shape[1] * share), 4),
        max(round(matte.shape[0] * share), 4),
    )
    small = cv2.resize(
        np.ascontiguousarray(picture), size, interpolation=cv2.INTER_AREA
    )
    wanted = cv2.resize(matte.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    if not 0.02 < wanted.mean() < 0.9:
        return 0.0
    labels = np.where(wanted > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    around = cv2.dilate(wanted, np.ones((3, 3), np.uint8), iterations=max(size) // 8)
    labels[around == 0] = cv2.GC_BGD
    cv2.setRNGSeed(0)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(small, labels, None, *models, 4, cv2.GC_INIT_WITH_MASK)
    cut = (labels == cv2.GC_PR_FGD) | (labels == cv2.GC_FGD)
    both = cut & (wanted > 0)
    either = cut | (wanted > 0)
    return float(both.sum() / either.sum())


def _joints(
    one: Compared, person: Keypoints
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return how far joints moved, % of the figure's height, and which were found.

    Of those whose surroundings the preview shows well enough to be found in it.
    """
    rows = np.array([k for k in _BODY if person.body_seen[k]], np.intp)
    mine = np.flatnonzero((one.buffers.object_id == person.object_id).any(axis=1))
    if len(rows) == 0 or len(mine) == 0:
        return np.zeros(0), np.zeros(0, np.bool_)
    tall = float(mine[-1] - mine[0] + 1)
    places = _bent_places(one, person.body_px[rows])
    here, there = structure(one.preview), structure(one.take)
    near = int(np.clip(_NEAR_SHARE * one.size[0], 6, 40))
    _, own = found_near(here, here, places, near_px=near, patch_px=_PATCH_PX)
    tells = own > 0.99
    moved, alike = found_near(
        here, there, places[tells], near_px=near, patch_px=_PATCH_PX
    )
    gap = np.linalg.norm(moved - places[tells], axis=1)
    return 100.0 * gap / tall, alike > _ALIKE


def _bent_places(one: Compared, px: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where the lens shows what a pinhole puts at these pixels, (n, 2)."""
    out = px.copy()
    for _ in range(3):
        out = px - (one.straightened(out) - out)
    return out
