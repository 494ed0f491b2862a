"""Flare: the ghosts of lamps between the lens's surfaces, and the anamorphic streak."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, lean
from previz.render.lens.iris import STEPS, iris_of
from previz.render.lens.optics import Optics
from previz.render.lens.spread import spread
from previz.render.lens.veil import add_up, bright_cells

__all__ = ["flare"]

_GHOSTS = (
    (-0.32, 0.030, (0.55, 0.80, 1.00)),
    (-0.62, 0.018, (1.00, 0.62, 0.30)),
    (-0.95, 0.055, (0.45, 1.00, 0.60)),
    (0.42, 0.022, (1.00, 0.80, 0.45)),
    (-1.45, 0.085, (0.75, 0.55, 1.00)),
)
"""Place on the line through the axis (1 is the lamp, -1 its mirror), radius as a share
of the picture's width, and the colour of two coatings' reflections."""

_GHOST_SHARE = 0.05
_STREAK_SHARE, _STREAK_LENGTH = 0.25, 0.12
_STREAK = (0.16, 0.38, 1.0)


def flare(
    picture: NDArray[np.float32], *, strength: float, optics: Optics
) -> NDArray[np.float32]:
    """Return the picture with the reflections of lamps in it; itself for 0.

    Light that two surfaces turn back meets the film as the iris's shape, somewhere on
    the line through lamp and axis (Hullin, Eisemann, Seidel and Lee 2011,
    Physically-Based Real-Time Lens Flare Rendering, section 3); here five such ghosts
    of a typical prime. An anamorphic's cylinders draw each lamp out to a level streak,
    blue from its coatings, exponentially fainter with the distance.

    Args:
        picture: Exposed linear Rec.709, shape (h, w, 3).
        strength: 0 to 1; 1 turns a twentieth of a lamp's excess light into each ghost.
        optics: For iris, squeeze and axis.
    """
    cells = bright_cells(picture) if strength > 0.0 else None
    if cells is None:
        return picture
    out = picture.copy()
    add_up(out, _ghosts(cells, optics) * np.float32(strength * _GHOST_SHARE))
    if optics.squeeze > 1.0:
        _streak(
            picture, strength * _STREAK_SHARE * (optics.squeeze - 1.0),
            np.exp(-1.0 / (_STREAK_LENGTH * picture.shape[1])),
            np.empty(picture.shape[1]), out,
        )  # fmt: skip
    return out


def _ghosts(cells: NDArray[np.float32], optics: Optics) -> NDArray[np.float32]:
    """Return all ghosts of the bright cells, shape (rows, cols, 3)."""
    rows, cols = np.nonzero(cells.any(axis=2))
    centre_x, centre_y = optics.centre_px[0] / 4, optics.centre_px[1] / 4
    total = np.zeros_like(cells)
    for place, size, color in _GHOSTS:
        radius = max(size * cells.shape[1], 1.0)
        i = np.rint(centre_y + (rows + 0.5 - centre_y) * place - 0.5).astype(int)
        j = np.rint(centre_x + (cols + 0.5 - centre_x) * place - 0.5).astype(int)
        inside = (i >= 0) & (j >= 0) & (i < cells.shape[0]) & (j < cells.shape[1])
        thrown = np.zeros((*cells.shape[:2], 4), np.float32)
        light = cells[rows[inside], cols[inside]] * np.array(color, np.float32)
        np.add.at(thrown[..., :3], (i[inside], j[inside]), light)
        thrown[..., 3] = thrown[..., :3].any(axis=2)
        iris = iris_of(
            most_px=int(radius) + 2, blades=optics.blades,
            closing=round(optics.closing, 2), squeeze=round(optics.squeeze, 3),
        )  # fmt: skip
        even = np.full(cells.shape[:2], round(radius * STEPS) / STEPS, np.float32)
        total += spread(thrown, even, iris, flipped=place < 0, beyond=False)[:, :-2, :3]
    return np.maximum(total, np.float32(0.0))


@lean
def _streak(picture: Array, share: float, kept: float, line: Array, out: Array) -> None:
    """Add each row's light beyond white, drawn out both ways."""
    width = picture.shape[1]
    fresh = 0.5 * (1.0 - kept) * share
    for row in range(picture.shape[0]):
        run = 0.0
        for col in range(width):
            most = max(picture[row, col, 0], picture[row, col, 1], picture[row, col, 2])
            line[col] = max(min(most, 24.0) - 1.0, 0.0)
            run = run * kept + line[col]
            for c in range(3):
                out[row, col, c] += run * fresh * _STREAK[c]
        run = 0.0
        for at in range(width):
            col = width - 1 - at
            for c in range(3):
                out[row, col, c] += run * fresh * _STREAK[c]
            run = (run + line[col]) * kept
