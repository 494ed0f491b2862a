"""Which places of the shot's picture are where in the take's, whatever its look.

Pictures are compared by their structure: brightness against its surroundings. Two ways
find matches: features anywhere in the picture (SIFT), and patches near where they are
expected (normalised correlation). Both are wrong often; who uses them has to be robust.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.adherence.compared import Picture
from previz.controls.opencv import opencv

__all__ = ["Matches", "found_near", "matched", "structure"]

_AROUND_PX = 9.0
"""Spread of the surroundings that brightness is measured against."""
_RATIO = 0.82
_MOST = 1200
_PATCH = 8
"""Half width of a patch: 17 by 17 pixels."""
_NEAR_PX = 22
_ALIKE = 0.62
_FLAT = 0.15
"""Standard deviation of a patch's structure below which it shows nothing."""


class Matches(NamedTuple):
    """Pairs of places, from the top left corner, right and down, shape (n, 2) each."""

    here_px: NDArray[np.float64]
    there_px: NDArray[np.float64]


def structure(picture: Picture) -> NDArray[np.float32]:
    """Return brightness against its surroundings, about -2 to 2, shape (h, w).

    The same under another exposure, contrast or tint; noise in flat places stays
    small.
    """
    cv2 = opencv()
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
    grey = cv2.GaussianBlur(grey.astype(np.float32), (0, 0), 0.8)
    mean = cv2.GaussianBlur(grey, (0, 0), _AROUND_PX)
    spread = cv2.GaussianBlur((grey - mean) ** 2, (0, 0), _AROUND_PX) ** 0.5
    return np.asarray((grey - mean) / (spread + 4.0), np.float32)


def matched(here: Picture, there: Picture) -> Matches:
    """Return what is where in another picture, by features and by patches."""
    one, other = structure(here), structure(there)
    far = _featured(one, other)
    corners = _corners(one)
    moved, alike = found_near(one, other, corners)
    kept = alike > _ALIKE
    near = Matches(corners[kept], moved[kept])
    return Matches(
        np.concatenate([far.here_px, near.here_px]),
        np.concatenate([far.there_px, near.there_px]),
    )


def _featured(one: NDArray[np.float32], other: NDArray[np.float32]) -> Matches:
    """Return features that are each other's best match by far."""
    cv2 = opencv()
    sift = cv2.SIFT_create(nfeatures=_MOST, contrastThreshold=0.02)
    found = [sift.detectAndCompute(_codes(x), None) for x in (one, other)]
    if any(places is None or len(places) < 2 for _, places in found):
        return Matches(np.zeros((0, 2)), np.zeros((0, 2)))
    (points, values), (others, theirs) = found
    matcher = cv2.BFMatcher(cv2.NORM_L2)
    back = {m.queryIdx: m.trainIdx for m, *_ in matcher.knnMatch(theirs, values, k=1)}
    pairs = [
        (points[first.queryIdx].pt, others[first.trainIdx].pt)
        for first, second in matcher.knnMatch(values, theirs, k=2)
        if first.distance < _RATIO * second.distance
        and back.get(first.trainIdx) == first.queryIdx
    ]
    both = np.array(pairs, np.float64).reshape(-1, 2, 2) + 0.5
    return Matches(both[:, 0], both[:, 1])


def _codes(values: NDArray[np.float32]) -> Picture:
    return np.asarray(np.clip(values * 50.0 + 128.0, 0, 255), np.uint8)


def _corners(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return places that look different in every direction, shape (n, 2)."""
    found = opencv().goodFeaturesToTrack(
        values, maxCorners=600, qualityLevel=0.01, minDistance=5
    )
    if found is None:
        return np.zeros((0, 2))
    return np.asarray(found.reshape(-1, 2), np.float64) + 0.5


def found_near(
    one: NDArray[np.float32],
    other: NDArray[np.float32],
    places_px: NDArray[np.float64],
    *,
    near_px: int = _NEAR_PX,
    patch_px: int = _PATCH,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Look for patches of one structure near the same places of another.

    Args:
        one: From `structure`.
        other: From `structure`, of the same shape.
        places_px: Middles of the patches, shape (n, 2).
        near_px: How far away they are looked for, in each direction.
        patch_px: Half width of a patch.

    Returns:
        Where each lies, to a fraction of a pixel, shape (n, 2), and how alike it is
        there, -1 to 1, shape (n,); -1 where a patch shows nothing or leaves the
        picture.
    """
    cv2 = opencv()
    reach = near_px + patch_px
    wide = cv2.copyMakeBorder(
        other, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0.0
    )
    height, width = one.shape
    found, alike = places_px.copy(), np.full(len(places_px), -1.0)
    for row, (x, y) in enumerate(places_px):
        col, line = int(x), int(y)
        inside = patch_px <= col < width - patch_px
        if not inside or not patch_px <= line < height - patch_px:
            continue
        patch = one[line - patch_px : line + patch_px + 1,
                    col - patch_px : col + patch_px + 1]  # fmt: skip
        if patch.std() < _FLAT:
            continue
        window = wide[line : line + 2 * reach + 1, col : col + 2 * reach + 1]
        score = cv2.matchTemplate(window, patch, cv2.TM_CCOEFF_NORMED)
        score = np.nan_to_num(score, nan=-1.0, posinf=-1.0, neginf=-1.0)
        best = np.unravel_index(int(score.argmax()), score.shape)
        fine = _peak(score, (int(best[0]), int(best[1])))
        found[row] = (x + fine[1] - near_px, y + fine[0] - near_px)
        alike[row] = score[best]
    return found, alike


def _peak(score: NDArray[np.float32], best: tuple[int, int]) -> tuple[float, float]:
    """Return where a parabola through a peak and its neighbours is highest."""
    out = []
    for axis, at in enumerate(best):
        place = float(at)
        if 0 < at < score.shape[axis] - 1:
            low, high = list(best), list(best)
            low[axis], high[axis] = at - 1, at + 1
            a, b, c = (float(score[tuple(p)]) for p in (low, best, high))
            bend = a - 2.0 * b + c
            place += 0.5 * (a - c) / bend if bend < -1e-6 else 0.0
        out.append(place)
    return out[0], out[1]
