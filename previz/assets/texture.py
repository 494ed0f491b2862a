"""The local colour of a textured face: its texture averaged over what the face shows.

A face reads the level of an image pyramid whose texels are about as far apart as the
places where it is read, so that no detail is missed and none is counted twice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.assets.parts import Part, linear

__all__ = ["face_colors"]

_PLACES = np.array(
    [(1, 1, 1), (4, 1, 1), (1, 4, 1), (1, 1, 4), (3, 3, 1), (1, 3, 3), (3, 1, 3)], float
)
_PLACES /= _PLACES.sum(axis=1, keepdims=True)
_CHUNK = 200_000


def face_colors(part: Part) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each face's linear colour, shape (m, 3), and its opacity, shape (m,)."""
    faces = len(part.triangles)
    color = np.tile(np.asarray(part.paint.color, float), (faces, 1))
    opacity = np.full(faces, 1.0)
    if part.colors is not None:
        color *= np.nan_to_num(part.colors)[part.triangles].mean(axis=1)
    if part.paint.image is not None and part.uv is not None:
        levels = _pyramid(part.paint.image)
        for first in range(0, faces, _CHUNK):
            some = slice(first, first + _CHUNK)
            texel = _sampled(levels, part.uv[part.triangles[some]])
            opacity[some] = texel[:, 3]
            color[some] *= texel[:, :3] / np.maximum(texel[:, 3:], 1e-6)
    return np.clip(color, 0.0, 1.0), opacity


def _pyramid(image: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
    """Return linear, premultiplied images, each half as large as the one before."""
    code = linear(np.arange(256) / 255).astype(np.float32)
    alpha = image[..., 3:].astype(np.float32) / 255
    level = np.concatenate([code[image[..., :3]] * alpha, alpha], axis=2)
    levels = [level]
    while max(level.shape[:2]) > 1:
        high, wide = level.shape[:2]
        level = np.pad(level, ((0, high % 2), (0, wide % 2), (0, 0)), mode="edge")
        level = 0.25 * (
            level[0::2, 0::2]
            + level[1::2, 0::2]
            + level[0::2, 1::2]
            + level[1::2, 1::2]
        )
        levels.append(level)
    return levels


def _sampled(
    levels: list[NDArray[np.float32]], uv: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the mean texel of triangles in texture space, shape (m, 4)."""
    uv = np.clip(np.nan_to_num(uv), -1e4, 1e4)
    high, wide = levels[0].shape[:2]
    a, b = uv[:, 1] - uv[:, 0], uv[:, 2] - uv[:, 0]
    texels = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) / 2 * wide * high
    apart = np.sqrt(np.maximum(texels / len(_PLACES), 1.0))
    level = np.clip(np.rint(np.log2(apart)), 0, len(levels) - 1).astype(int)
    places = np.einsum("pk,mkc->mpc", _PLACES, uv)
    found = np.zeros((len(uv), 4))
    for number in np.unique(level):
        own = level == number
        rows, columns = levels[number].shape[:2]
        x = np.floor(places[own, :, 0] * columns).astype(int) % columns
        # Row 0 of an image is its top, v 0 its bottom.
        y = np.floor((1.0 - places[own, :, 1]) * rows).astype(int) % rows
        found[own] = levels[number][y, x].mean(axis=1)
    return found
