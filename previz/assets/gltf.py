"""glTF 2.0 and GLB: the default scene at rest, instances and all (Khronos, 2.0.1).

Metres, y up. Skins and morph targets are shown as they were modelled.
"""

from __future__ import annotations

import base64
import binascii
import json
import struct
from typing import Any
from urllib.parse import unquote_to_bytes

import numpy as np
from numpy.typing import NDArray

from previz.assets.gltf_paint import PaintShop
from previz.assets.parts import Part, Read
from previz.assets.shelf import Shelf, check_triangles
from previz.errors import AssetError

__all__ = ["read_gltf"]

_MOST_NODES = 100_000
_DEEPEST = 64
_KNOWN = ("KHR_materials_", "KHR_texture_transform", "KHR_lights_punctual",
          "KHR_mesh_quantization", "EXT_texture_webp", "KHR_animation_pointer",
          "KHR_node_visibility", "KHR_xmp")  # fmt: skip
_COMPONENTS = {
    5120: "i1",
    5121: "u1",
    5122: "<i2",
    5123: "<u2",
    5125: "<u4",
    5126: "<f4",
}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}


def read_gltf(shelf: Shelf) -> Read:
    """Read a .gltf or .glb file.

    Raises:
        AssetError: If it is broken, names what is missing, or needs an extension
            that previz does not have.
    """
    document, binary = _document(shelf)
    try:
        return _Gltf(shelf, document, binary).read()
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, AssetError):
            raise
        raise _broken(shelf, f"{type(error).__name__}: {error}") from None


def _broken(shelf: Shelf, why: str) -> AssetError:
    return AssetError(
        f"Asset.file must be a whole glTF 2.0 file, got {shelf.path.name} ({why}). "
        "Export it again."
    )


def _document(shelf: Shelf) -> tuple[dict[str, Any], bytes]:
    data = shelf.own()
    binary = b""
    if data[:4] == b"glTF":
        if len(data) < 20 or struct.unpack("<I", data[8:12])[0] > len(data):
            raise _broken(shelf, "it is cut short")
        at, text = 12, b""
        while at + 8 <= len(data):
            size, kind = struct.unpack("<I4s", data[at : at + 8])
            chunk = data[at + 8 : at + 8 + size]
            if len(chunk) < size:
                raise _broken(shelf, "a chunk is cut short")
            if kind == b"JSON" and not text:
                text = chunk
            elif kind == b"BIN\0" and not binary:
                binary = chunk
            at += 8 + size + (-size % 4)
    else:
        text = data
    try:
        document = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _broken(shelf, f"no JSON: {str(error)[:80]}") from None
    if not isinstance(document, dict):
        raise _broken(shelf, "no JSON object")
    version = document.get("asset")
    version = version.get("version") if isinstance(version, dict) else None
    if not str(version).startswith("2"):
        raise _broken(shelf, f"version {version!r}")
    return document, binary


class _Gltf:
    """One document being read."""

    def __init__(self, shelf: Shelf, document: dict[str, Any], binary: bytes) -> None:
        self.shelf = shelf
        self.document = document
        self.binary = binary
        self.notes: list[str] = []
        self.parts: list[Part] = []
        self._buffers: dict[int, bytes] = {}
        self._triangles = 0
        self._visited = 0
        self._shapes: dict[int, list[Part]] = {}
        self._paint = PaintShop(document, self._image, self.notes)

    def read(self) -> Read:
        needed = self.document.get("extensionsRequired", [])
        strange = [str(name) for name in needed if not str(name).startswith(_KNOWN)]
        if strange:
            raise AssetError(
                f"Asset.extensions must be ones that previz reads, got "
                f"{', '.join(strange)[:200]} in {self.shelf.path.name}. Export it "
                "without compression of meshes and textures."
            )
        for root in self._roots():
            self._node(root, np.eye(4), depth=0)
        if any("skin" in node for node in self._list("nodes")):
            self.notes.append("Its skin is shown as it was modelled, without its pose.")
        return Read(self.parts, unit_m=1.0, up="y", notes=self.notes)

    def _list(self, name: str) -> list[Any]:
        found = self.document.get(name, [])
        if not isinstance(found, list):
            raise _broken(self.shelf, f"{name} is no list")
        return found

    def _item(self, name: str, index: Any) -> Any:
        items = self._list(name)
        if not isinstance(index, int) or not 0 <= index < len(items):
            raise _broken(self.shelf, f"there is no {name}[{index!r}]")
        return items[index]

    def _roots(self) -> list[int]:
        if self._list("scenes"):
            scene = self._item("scenes", self.document.get("scene", 0))
            return list(scene.get("nodes", []))
        children = {c for node in self._list("nodes") for c in node.get("children", [])}
        return [k for k in range(len(self._list("nodes"))) if k not in children]

    def _node(self, index: int, above: NDArray[np.float64], *, depth: int) -> None:
        self._visited += 1
        if depth > _DEEPEST or self._visited > _MOST_NODES:
            raise _broken(self.shelf, "its nodes are nested in a circle or too deep")
        node = self._item("nodes", index)
        placed = above @ _matrix(node)
        if not np.isfinite(placed).all():
            raise _broken(self.shelf, f"nodes[{index}] has a transform of no numbers")
        if "mesh" in node:
            for part in self._shape(node["mesh"]):
                self._triangles += len(part.triangles)
                check_triangles(self._triangles, self.shelf.path.name)
                self.parts.append(_placed(part, placed, str(node.get("name", ""))))
        for child in node.get("children", []):
            self._node(child, placed, depth=depth + 1)

    def _shape(self, index: int) -> list[Part]:
        """Return a mesh's parts in its own space; instances share them."""
        if index not in self._shapes:
            mesh = self._item("meshes", index)
            made = [self._primitive(p) for p in mesh.get("primitives", [])]
            name = str(mesh.get("name", ""))
            self._shapes[index] = [_named(part, name) for part in made if part]
        return self._shapes[index]

    def _refuse_packed(self, primitive: dict[str, Any]) -> None:
        """Raise if the points are only there in a packing that is not read."""
        extensions = primitive.get("extensions", {})
        packed = next((n for n in extensions if "draco" in n or "meshopt" in n), None)
        if packed and "POSITION" not in primitive.get("attributes", {}):
            raise AssetError(
                f"Asset.extensions must be ones that previz reads, got {packed} in "
                f"{self.shelf.path.name}. Export it without compression."
            )

    def _like(
        self, points: NDArray[np.float64], name: str, index: int, width: int
    ) -> NDArray[np.float64]:
        """Return an attribute that must have a row for each point."""
        values = self._accessor(index, width)
        if len(values) != len(points):
            raise _broken(self.shelf, f"{name} and POSITION differ in length")
        return values

    def _primitive(self, primitive: dict[str, Any]) -> Part | None:
        attributes = primitive.get("attributes", {})
        self._refuse_packed(primitive)
        mode = primitive.get("mode", 4)
        if mode not in (4, 5, 6):
            self.notes.append("Its points and lines are left out.")
            return None
        if "POSITION" not in attributes:
            return None
        points = self._accessor(attributes["POSITION"], 3)
        order = np.arange(len(points))
        if "indices" in primitive:
            order = self._accessor(primitive["indices"], 1)[:, 0].astype(np.int64)
        triangles = _triangles(order, mode)
        check_triangles(len(triangles), self.shelf.path.name)
        paint = self._paint.of(primitive.get("material"))
        uv_name = f"TEXCOORD_{self._paint.channel(primitive.get('material'))}"

        def attribute(name: str, width: int) -> NDArray[np.float64] | None:
            there = attributes.get(name)
            return None if there is None else self._like(points, name, there, width)

        uv = attribute(uv_name, 2) if paint.image is not None else None
        if uv is not None:
            uv = self._paint.moved(primitive.get("material"), uv)
            uv = np.stack([uv[:, 0], 1.0 - uv[:, 1]], axis=1)
        colors = attribute("COLOR_0", 3)
        return Part(
            points=points,
            triangles=triangles,
            paint=paint,
            normals=attribute("NORMAL", 3),
            uv=uv,
            colors=colors,
        )

    def _accessor(self, index: Any, width: int) -> NDArray[np.float64]:
        """Return an accessor's values, shape (count, width or more cut to width)."""
        accessor = self._item("accessors", index)
        count, own = int(accessor["count"]), _WIDTHS[accessor["type"]]
        if not 0 <= count <= 50_000_000 or own < width:
            raise _broken(self.shelf, f"accessors[{index}] has {count} {own}-vectors")
        kind = np.dtype(_COMPONENTS[accessor["componentType"]])
        if "bufferView" in accessor:
            offset = int(accessor.get("byteOffset", 0))
            values = self._values(accessor["bufferView"], offset, count, own, kind)
        elif count <= 10_000_000:
            values = np.zeros((count, own), kind)
        else:
            raise _broken(self.shelf, f"accessors[{index}] has no buffer")
        if "sparse" in accessor:
            values = self._sparse(accessor["sparse"], values)
        cut = values[:, :width].astype(np.float64)
        if accessor.get("normalized") and kind.kind in "iu":
            cut = np.maximum(cut / np.iinfo(kind).max, -1.0)
        return cut

    def _sparse(self, sparse: dict[str, Any], values: NDArray[Any]) -> NDArray[Any]:
        count = int(sparse["count"])
        where, what = sparse["indices"], sparse["values"]
        rows = self._values(
            where["bufferView"], int(where.get("byteOffset", 0)), count, 1,
            np.dtype(_COMPONENTS[where["componentType"]]),
        )[:, 0]  # fmt: skip
        changed = values.copy()
        changed[rows] = self._values(
            what["bufferView"], int(what.get("byteOffset", 0)), count,
            values.shape[1], values.dtype,
        )  # fmt: skip
        return changed

    def _values(
        self, view: Any, offset: int, count: int, width: int, kind: np.dtype[Any]
    ) -> NDArray[Any]:
        raw, stride = self._view(view)
        item = width * kind.itemsize
        step = stride or item
        needed = offset + (step * (count - 1) + item if count else 0)
        if offset < 0 or count < 0 or step < item or needed > len(raw):
            raise AssetError(
                f"Asset.buffers must hold all that {self.shelf.path.name} names, got "
                f"{len(raw):,} bytes of {needed:,}. Export it again with its .bin."
            )
        if not count:
            return np.zeros((0, width), kind)
        return np.ndarray((count, width), kind, raw, offset, (step, kind.itemsize))

    def _view(self, index: Any) -> tuple[bytes, int]:
        view = self._item("bufferViews", index)
        if "EXT_meshopt_compression" in view.get("extensions", {}):
            raise AssetError(
                "Asset.extensions must be ones that previz reads, got "
                f"EXT_meshopt_compression in {self.shelf.path.name}. Export it "
                "without compression."
            )
        data = self._buffer(view["buffer"])
        first, size = int(view.get("byteOffset", 0)), int(view["byteLength"])
        if first < 0 or size < 0 or first + size > len(data):
            raise AssetError(
                f"Asset.buffers must hold all that {self.shelf.path.name} names, got "
                f"{len(data):,} bytes of {first + size:,}. Export it again with its "
                ".bin."
            )
        return data[first : first + size], int(view.get("byteStride", 0))

    def _buffer(self, index: Any) -> bytes:
        buffer = self._item("buffers", index)
        if index not in self._buffers:
            uri = buffer.get("uri")
            data = self.binary if uri is None else self._bytes(uri)
            if data is None:
                raise AssetError(
                    f"Asset.buffers must lie beside {self.shelf.path.name}, got no "
                    f"{str(uri)[:80]!r}. Put it there or export as .glb."
                )
            self._buffers[index] = data
        return self._buffers[index]

    def _bytes(self, uri: Any) -> bytes | None:
        if not isinstance(uri, str):
            raise _broken(self.shelf, "an address is no text")
        if not uri.startswith("data:"):
            return self.shelf.beside(uri)
        head, _, body = uri.partition(",")
        if not head.endswith(";base64"):
            return unquote_to_bytes(body)
        try:
            return base64.b64decode(body, validate=False)
        except binascii.Error:
            raise _broken(self.shelf, "a data address is no base64") from None

    def _image(self, index: Any) -> bytes | None:
        """Return an image's bytes, or None where its file is missing."""
        image = self._item("images", index)
        if "bufferView" in image:
            return self._view(image["bufferView"])[0]
        return self._bytes(image.get("uri"))


def _matrix(node: dict[str, Any]) -> NDArray[np.float64]:
    """Return a node's transform in its parent, shape (4, 4)."""
    if "matrix" in node:
        return np.array(node["matrix"], float).reshape(4, 4).T
    x, y, z, w = np.array(node.get("rotation", (0, 0, 0, 1)), float).reshape(4)
    placed = np.eye(4)
    placed[:3, :3] = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    placed[:3, :3] *= np.array(node.get("scale", (1, 1, 1)), float).reshape(3)
    placed[:3, 3] = np.array(node.get("translation", (0, 0, 0)), float).reshape(3)
    return placed


def _triangles(order: NDArray[np.int64], mode: int) -> NDArray[np.int64]:
    """Return triangles of a list (4), a strip (5) or a fan (6)."""
    if mode == 4:
        return order[: len(order) // 3 * 3].reshape(-1, 3)
    if len(order) < 3:
        return np.zeros((0, 3), np.int64)
    if mode == 6:
        first = np.full(len(order) - 2, order[0])
        return np.stack([first, order[1:-1], order[2:]], axis=1)
    strip = np.stack([order[:-2], order[1:-1], order[2:]], axis=1)
    strip[1::2] = strip[1::2, [1, 0, 2]]
    return strip


def _named(part: Part, name: str) -> Part:
    return Part(part.points, part.triangles, part.paint, name, part.normals, part.uv,
                part.colors)  # fmt: skip


def _placed(part: Part, placed: NDArray[np.float64], name: str) -> Part:
    """Put a part where its node is; a mirroring turns its triangles round."""
    turn = placed[:3, :3]
    normals = part.normals
    if normals is not None:
        # The cofactors turn normals as the inverse transpose does, of any sign.
        cofactors = np.stack(
            [np.cross(turn[1], turn[2]), np.cross(turn[2], turn[0]),
             np.cross(turn[0], turn[1])]
        )  # fmt: skip
        normals = normals @ cofactors.T * (np.sign(np.linalg.det(turn)) or 1.0)
    mirrored = np.linalg.det(turn) < 0
    return Part(
        points=part.points @ turn.T + placed[:3, 3],
        triangles=part.triangles[:, ::-1] if mirrored else part.triangles,
        paint=part.paint,
        name=f"{name} {part.name}".strip(),
        normals=normals,
        uv=part.uv,
        colors=part.colors,
    )
