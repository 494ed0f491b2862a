"""How much of the light that meets matter head on its surface mirrors."""

from __future__ import annotations

import numpy as np

from previz.stage import MATTERS

__all__ = ["HEAD_ON", "SOFT", "SPECULAR"]

SPECULAR: dict[str, float] = {
    "cloth": 0.15, "skin": 0.45, "hair": 0.6, "leather": 0.5, "foliage": 0.35,
    "grass": 0.2, "ground": 0.2,
}  # fmt: skip
"""Of what is soft, as in the principled material (Burley 2012)."""

_HARD = 0.5

HEAD_ON = np.array([0.08 * SPECULAR.get(x.value, _HARD) for x in MATTERS])
"""Reflectance at normal incidence of what is no metal, by place in `MATTERS`."""

SOFT = np.array([x.value in SPECULAR for x in MATTERS])
"""Whether the base colour is all that matter reflects, its gloss counted in. What is
hard keeps its colour below the gloss: relief and grazing sight make it brighter in a
trace than even light would, about as much as that."""
