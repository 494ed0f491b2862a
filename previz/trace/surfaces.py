"""Surfaces as Mitsuba's materials. Runs in the process that traces."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.render.gloss import TRAITS
from previz.trace.matter import EDGE, Detail, coarser, detail_of, has_detail
from previz.trace.order import Surface
from previz.trace.paint import BRIGHTEST, GROWN, THIN, matt_color

__all__ = ["VERTEX_COLORS", "Coats", "black", "nothing"]

_LEAST_ROUGHNESS = 0.03
VERTEX_COLORS = "vertex_color"
"""What a mesh calls the colours of its vertices."""


class Coats:
    """The materials of a process: each surface is made once.

    Args:
        mi: The module mitsuba, its variant set.
        edge: Of the pictures of their detail, in texels; a part of `EDGE`. A fourth of
            it is a fifteenth of the work and all that a small picture can show.
    """

    def __init__(self, mi: Any, *, edge: int = EDGE) -> None:
        self._mi = mi
        self.edge = edge
        self._made: dict[Surface, Any] = {}
        self._colors: dict[Surface, Any] = {}
        self._pictures: dict[tuple[str, str], Any] = {}

    def of(self, surface: Surface) -> Any:
        """Return the material of a surface that does not glow."""
        if surface not in self._made:
            self._made[surface] = self._mi.load_dict(self._described(surface))
        return self._made[surface]

    def __len__(self) -> int:
        return len(self._made)

    def _described(self, surface: Surface) -> dict[str, Any]:
        if surface.matter == "glass":
            return {
                "type": "thindielectric",
                "int_ior": 1.5,
                "specular_transmittance": _rgb(
                    [0.75 + 0.25 * c for c in surface.color]
                ),
            }
        if surface.matter in THIN:
            return {"type": "principledthin", "base_color": self._color(surface),
                    **THIN[surface.matter]}  # fmt: skip
        matt = {
            "type": "principled",
            "base_color": self._color(surface),
            "roughness": self._roughness(surface),
            "metallic": surface.metalness,
            **TRAITS.get(surface.matter, {}),
        }
        if not has_detail(surface.matter):
            return {"type": "twosided", "inner": matt}
        relief = {"type": "bumpmap", "height": self._height(surface.matter),
                  "inner": matt}  # fmt: skip
        return {"type": "twosided", "inner": relief}

    def _color(self, surface: Surface) -> Any:
        """Return the texture of a surface's colour."""
        if surface not in self._colors:
            self._colors[surface] = self._mi.load_dict(self._colored(surface))
        return self._colors[surface]

    def _colored(self, surface: Surface) -> dict[str, Any]:
        if surface.matter in GROWN:
            return {"type": "mesh_attribute", "name": VERTEX_COLORS}
        color = matt_color(surface)
        if not has_detail(surface.matter):
            return _rgb(np.clip(color, 0.0, BRIGHTEST))
        detail = self._detail(surface.matter)
        picture = np.clip(detail.color * color, 0.0, BRIGHTEST)
        return self._picture(picture, detail.period_m)

    def _detail(self, matter: str) -> Detail:
        return coarser(detail_of(matter), edge=self.edge)

    def _roughness(self, surface: Surface) -> Any:
        even = max(surface.roughness, _LEAST_ROUGHNESS)
        if not has_detail(surface.matter):
            return even
        detail = self._detail(surface.matter)
        if float(np.ptp(detail.gloss)) == 0.0:
            return even
        name = (surface.matter, f"{surface.roughness:.3f}")
        if name not in self._pictures:
            gloss = np.clip(detail.gloss * even, _LEAST_ROUGHNESS, 1.0)
            made = self._mi.load_dict(self._picture(gloss[..., None], detail.period_m))
            self._pictures[name] = made
        return self._pictures[name]

    def _height(self, matter: str) -> Any:
        name = (matter, "height")
        if name not in self._pictures:
            detail = self._detail(matter)
            picture = self._picture(
                detail.height_m[..., None], detail.period_m, "variant"
            )
            self._pictures[name] = self._mi.load_dict(picture)
        return self._pictures[name]

    def _picture(
        self, values: NDArray[np.floating], period_m: float, kept: str = "fp16"
    ) -> dict[str, Any]:
        mi, scale = self._mi, 1.0 / period_m
        return {
            "type": "bitmap",
            "bitmap": mi.Bitmap(np.ascontiguousarray(values, np.float32)),
            "raw": True,
            "format": kept,
            "to_uv": mi.ScalarTransform4f().scale([scale, scale, 1.0]),
        }


def nothing() -> dict[str, Any]:
    """Return the material of what light passes: lamps stand in nobody's way."""
    return {"type": "null"}


def black() -> dict[str, Any]:
    """Return a material that gives no light back."""
    return {"type": "diffuse", "reflectance": _rgb([0.0] * 3)}


def _rgb(values: Any) -> dict[str, Any]:
    return {"type": "rgb", "value": [float(v) for v in values]}
