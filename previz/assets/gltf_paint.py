"""The materials of a glTF document: metallic-roughness and what previz has of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.assets.parts import Paint
from previz.assets.shelf import picture
from previz.model import RGB

__all__ = ["PaintShop"]


class PaintShop:
    """Makes each material of a document once.

    Args:
        document: The glTF document.
        image_bytes: Gives the bytes of an image by its index; None if missing.
        notes: Told of textures that are left out.
    """

    def __init__(
        self,
        document: dict[str, Any],
        image_bytes: Callable[[Any], bytes | None],
        notes: list[str],
    ) -> None:
        self._document = document
        self._image_bytes = image_bytes
        self._notes = notes
        self._made: dict[int, Paint] = {}
        self._pictures: dict[Any, NDArray[np.uint8] | None] = {}

    def of(self, index: Any) -> Paint:
        """Return the paint of a material; none is glTF's default, a white one."""
        if index is None:
            return Paint(color=(0.8, 0.8, 0.8), roughness=None, metalness=None)
        if index not in self._made:
            self._made[index] = self._paint(self._document["materials"][index])
        return self._made[index]

    def channel(self, index: Any) -> int:
        """Return which set of texture coordinates a material's base colour reads."""
        texture = self._texture(index)
        moved = texture.get("extensions", {}).get("KHR_texture_transform", {})
        return int(moved.get("texCoord", texture.get("texCoord", 0)))

    def moved(self, index: Any, uv: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return texture coordinates as KHR_texture_transform moves them."""
        moved = self._texture(index).get("extensions", {})
        moved = moved.get("KHR_texture_transform")
        if moved is None:
            return uv
        angle = float(moved.get("rotation", 0.0))
        c, s = math.cos(angle), math.sin(angle)
        scaled = uv * np.array(moved.get("scale", (1, 1)), float).reshape(2)
        turned = scaled @ np.array([[c, -s], [s, c]])
        offset = np.array(moved.get("offset", (0, 0)), float).reshape(2)
        return np.asarray(turned + offset)

    def _texture(self, index: Any) -> dict[str, Any]:
        if index is None:
            return {}
        material = self._document["materials"][index]
        return dict(_base_of(material)[1] or {})

    def _paint(self, material: dict[str, Any]) -> Paint:
        factors, texture = _base_of(material)
        metallic = material.get("pbrMetallicRoughness", {})
        extensions = material.get("extensions", {})
        blended = material.get("alphaMode", "OPAQUE") == "BLEND"
        clear = float(
            extensions.get("KHR_materials_transmission", {}).get(
                "transmissionFactor", 0.0
            )
        )
        strength = float(
            extensions.get("KHR_materials_emissive_strength", {}).get(
                "emissiveStrength", 1.0
            )
        )
        r, g, b = _rgb(material.get("emissiveFactor", (0, 0, 0)))
        glossy = "KHR_materials_pbrSpecularGlossiness" in extensions
        return Paint(
            name=str(material.get("name", "")),
            color=_rgb(factors),
            opacity=min(float(factors[3]) if blended else 1.0, 1.0 - clear),
            roughness=None if glossy else float(metallic.get("roughnessFactor", 1.0)),
            metalness=None if glossy else self._metalness(metallic),
            emission=(r * strength, g * strength, b * strength),
            image=self._picture(texture.get("index")) if texture else None,
            double_sided=bool(material.get("doubleSided", False)),
        )

    def _metalness(self, metallic: dict[str, Any]) -> float | None:
        """Return the factor; with a texture it says only what is not metal."""
        factor = float(metallic.get("metallicFactor", 1.0))
        return None if "metallicRoughnessTexture" in metallic and factor else factor

    def _picture(self, index: Any) -> NDArray[np.uint8] | None:
        if index not in self._pictures:
            texture = self._document["textures"][index]
            webp = texture.get("extensions", {}).get("EXT_texture_webp", {})
            source = webp.get("source", texture.get("source"))
            data = None if source is None else self._image_bytes(source)
            found = None if data is None else picture(data)
            if found is None:
                self._notes.append(
                    "A texture is missing or broken; its plain colour is shown."
                )
            self._pictures[index] = found
        return self._pictures[index]


def _base_of(material: dict[str, Any]) -> tuple[list[float], Any]:
    """Return base colour factors (r, g, b, a) and the texture, or None."""
    glossy = material.get("extensions", {}).get("KHR_materials_pbrSpecularGlossiness")
    if glossy is not None:
        factors, texture = glossy.get("diffuseFactor"), glossy.get("diffuseTexture")
    else:
        metallic = material.get("pbrMetallicRoughness", {})
        factors = metallic.get("baseColorFactor")
        texture = metallic.get("baseColorTexture")
    four = [float(v) for v in factors or (1, 1, 1, 1)]
    return [*four, 1.0][:4] if len(four) >= 3 else [1.0] * 4, texture


def _rgb(values: Any) -> RGB:
    r, g, b = (min(max(float(v), 0.0), 1e4) for v in list(values)[:3])
    return r, g, b
