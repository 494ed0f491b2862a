"""What USD meshes are covered with: preview surfaces, display colours, textures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.assets.parts import Paint, Part
from previz.assets.shelf import Shelf, picture
from previz.model import RGB

__all__ = ["PaintShop"]


class PaintShop:
    """Makes each material of a stage once, and the parts that it covers.

    Args:
        shelf: The asset's folder, which textures must lie in.
        notes: Told of what is left out.
    """

    def __init__(self, shelf: Shelf, notes: list[str]) -> None:
        self._shelf = shelf
        self._notes = notes
        self._made: dict[str, tuple[Paint, str]] = {}

    def leave_out(self, prim: Any) -> None:
        """Note a shape that is no mesh."""
        note = f"{prim.GetTypeName()} shapes are left out; convert them to meshes."
        if note not in self._notes:
            self._notes.append(note)

    def groups(self, prim: Any, faces: int) -> Iterator[tuple[Any, NDArray[np.int64]]]:
        """Yield each material of a mesh with the faces that it covers."""
        from pxr import UsdShade

        binding = UsdShade.MaterialBindingAPI(prim)
        left = np.ones(faces, bool)
        for subset in binding.GetMaterialBindSubsets():
            named = np.array(subset.GetIndicesAttr().Get() or (), np.int64)
            named = named[(named >= 0) & (named < faces)]
            named = named[left[named]]
            left[named] = False
            bound = UsdShade.MaterialBindingAPI(subset.GetPrim())
            yield bound.ComputeBoundMaterial()[0], named
        yield binding.ComputeBoundMaterial()[0], np.flatnonzero(left)

    def part(
        self,
        prim: Any,
        material: Any,
        points: NDArray[np.float64],
        corners: NDArray[np.int64],
        slots: NDArray[np.int64],
        faces: NDArray[np.int64],
    ) -> Part:
        """Return the part of a mesh that one material covers.

        Args:
            prim: The mesh.
            material: What covers it; may be invalid, which is none.
            points: Its vertices in the stage, shape (n, 3).
            corners: Vertex of each face corner, shape (c,).
            slots: Corners of the part's triangles, shape (m, 3).
            faces: Face of each of them, shape (m,).
        """
        from pxr import UsdGeom

        gprim = UsdGeom.Gprim(prim)
        paint, channel = self._paint(material)
        flat = slots.reshape(-1)
        each = np.repeat(faces, 3)
        colors = None
        if not material:
            told = _spread(gprim.GetDisplayColorPrimvar(), corners[flat], flat, each, 3)
            colors = None if told is None else np.clip(told, 0.0, None)
            paint = Paint(color=(1.0, 1.0, 1.0)) if colors is not None else Paint()
        uv = None
        if paint.image is not None:
            primvar = UsdGeom.PrimvarsAPI(prim).GetPrimvar(channel)
            uv = _spread(primvar, corners[flat], flat, each, 2)
        sided = bool(gprim.GetDoubleSidedAttr().Get())
        if sided:
            paint = replace(paint, double_sided=True)
        return Part(
            points=points[corners[flat]],
            triangles=np.arange(len(flat)).reshape(-1, 3),
            paint=paint,
            name=str(prim.GetPath()),
            uv=uv,
            colors=colors,
        )

    def _paint(self, material: Any) -> tuple[Paint, str]:
        """Return a material's paint and the name of its texture coordinates."""
        if not material:
            return Paint(), "st"
        key = str(material.GetPath())
        if key not in self._made:
            shader = material.ComputeSurfaceSource("")[0]
            name = material.GetPrim().GetName()
            self._made[key] = (
                self._surface(shader, name) if shader else (Paint(name=name), "st")
            )
        return self._made[key]

    def _surface(self, shader: Any, name: str) -> tuple[Paint, str]:
        def number(what: str, otherwise: float | None) -> float | None:
            given = shader.GetInput(what)
            value = given.Get() if given and not given.HasConnectedSource() else None
            return float(value) if isinstance(value, (int, float)) else otherwise

        image, channel = self._texture(shader.GetInput("diffuseColor"))
        white = (1.0, 1.0, 1.0) if image is not None else (0.18, 0.18, 0.18)
        return Paint(
            name=name,
            color=_color(shader.GetInput("diffuseColor"), white),
            opacity=min(max(number("opacity", 1.0) or 0.0, 0.0), 1.0),
            roughness=number("roughness", 0.5),
            metalness=number("metallic", 0.0),
            emission=_color(shader.GetInput("emissiveColor"), (0.0, 0.0, 0.0)),
            image=image,
        ), channel

    def _texture(self, given: Any) -> tuple[NDArray[np.uint8] | None, str]:
        if not given or not given.HasConnectedSource():
            return None, "st"
        from pxr import UsdShade

        source = UsdShade.Shader(given.GetConnectedSource()[0].GetPrim())
        file = source.GetInput("file") if source else None
        value = file.Get() if file else None
        if value is None:
            return None, "st"
        data = self._bytes(source, str(value.path))
        image = None if data is None else picture(data)
        if image is None:
            self._notes.append(
                "A texture is missing or broken; its plain colour is shown."
            )
        return image, _channel(source)

    def _bytes(self, shader: Any, name: str) -> bytes | None:
        """Read a texture beside the layer that names it."""
        stack = shader.GetInput("file").GetAttr().GetPropertyStack()
        layer = Path(stack[0].layer.realPath or self._shelf.path) if stack else None
        folder = (layer or self._shelf.path).resolve().parent
        plain = name.removeprefix("./")
        if plain[:1] in "/~" or not folder.is_relative_to(self._shelf.root):
            return self._shelf.beside(name)
        inner = folder.relative_to(self._shelf.root)
        return self._shelf.beside(str(inner / plain))


def _channel(texture: Any) -> str:
    from pxr import UsdShade

    given = texture.GetInput("st")
    if not given or not given.HasConnectedSource():
        return "st"
    reader = UsdShade.Shader(given.GetConnectedSource()[0].GetPrim())
    named = reader.GetInput("varname") if reader else None
    value = named.Get() if named else None
    return str(value) if value else "st"


def _color(given: Any, otherwise: RGB) -> RGB:
    if not given or given.HasConnectedSource():
        return otherwise
    value = given.Get()
    if value is None:
        return otherwise
    r, g, b = (min(max(float(v), 0.0), 1e4) for v in value)
    return r, g, b


def _spread(
    primvar: Any,
    points: NDArray[np.int64],
    slots: NDArray[np.int64],
    faces: NDArray[np.int64],
    width: int,
) -> NDArray[np.float64] | None:
    """Return a primvar's value at each corner, shape (3 m, width), or None."""
    if not primvar or not primvar.HasValue():
        return None
    values = np.array(primvar.ComputeFlattened() or (), float).reshape(-1, width)
    where = {
        "constant": np.zeros_like(slots),
        "uniform": faces,
        "vertex": points,
        "varying": points,
        "faceVarying": slots,
    }.get(str(primvar.GetInterpolation()))
    if where is None or not len(values) or where.max(initial=0) >= len(values):
        return None
    return np.asarray(values[where])
