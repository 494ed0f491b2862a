"""An order as Mitsuba's scenes. Runs in the process that traces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from previz.trace.order import Disc, Lamp, Order, Panel, Patch, Spot, View
from previz.trace.surfaces import VERTEX_COLORS, Coats, black, nothing

__all__ = [
    "blackened",
    "lamps_of",
    "meshes_of",
    "sensor_of",
    "sky_of",
]


def _mesh(mi: Any, patch: Patch, material: Any) -> Any:
    """Return a patch as a mesh."""
    traits = mi.Properties()
    traits["material"] = material
    mesh = mi.Mesh(
        "patch",
        vertex_count=len(patch.positions),
        face_count=len(patch.triangles),
        has_vertex_normals=True,
        has_vertex_texcoords=True,
        props=traits,
    )
    fields = mi.traverse(mesh)
    fields["vertex_positions"] = patch.positions.ravel()
    fields["vertex_normals"] = patch.normals.ravel()
    fields["vertex_texcoords"] = patch.coordinates.ravel()
    fields["faces"] = patch.triangles.ravel()
    fields.update()
    if patch.colors is not None:
        mesh.add_attribute(VERTEX_COLORS, 3, patch.colors.ravel())
    return mesh


def meshes_of(mi: Any, patches: Sequence[Patch], coats: Coats) -> list[Any]:
    """Return what light falls on as meshes under their materials."""
    return [_mesh(mi, x, coats.of(x.surface)) for x in patches if not x.hollow]


def blackened(mi: Any, patches: Sequence[Patch]) -> list[Any]:
    """Return what is not glass as meshes that give no light back."""
    dark = mi.load_dict(black())
    return [
        _mesh(mi, x, dark)
        for x in patches
        if not x.hollow and x.surface.matter != "glass"
    ]


def sky_of(mi: Any, order: Order) -> dict[str, Any]:
    """Return the sky as an emitter."""
    return {"type": "envmap", "bitmap": mi.Bitmap(order.sky)}


def lamps_of(mi: Any, lamps: Sequence[Lamp]) -> dict[str, Any]:
    """Return the lamps as parts of a scene."""
    made = {}
    for number, lamp in enumerate(lamps):
        made[f"lamp{number}"] = _lamp(mi, lamp)
    return made


def _lamp(mi: Any, lamp: Lamp) -> dict[str, Any]:
    if isinstance(lamp, Spot):
        return _spot(mi, lamp)
    shines = {
        "type": "area",
        "radiance": _rgb(lamp.radiance),
        "sampling_weight": lamp.weight,
    }
    shape: dict[str, Any] = {"emitter": shines, "material": nothing()}
    if isinstance(lamp, Panel):
        columns = [-np.array(lamp.half_u), lamp.half_v, lamp.axis]
        return shape | {
            "type": "rectangle",
            "to_world": _placed(mi, columns, lamp.place),
        }
    if any(lamp.axis):
        return shape | {"type": "disk", "to_world": _facing(mi, lamp)}
    return shape | {"type": "sphere", "center": lamp.place, "radius": lamp.radius_m}


def _facing(mi: Any, lamp: Disc) -> Any:
    axis = np.array(lamp.axis)
    side = np.cross(axis, (0.0, 1.0, 0.0) if abs(axis[1]) < 0.9 else (1.0, 0.0, 0.0))
    side /= np.linalg.norm(side)
    up = np.cross(axis, side)
    return _placed(mi, [side * lamp.radius_m, up * lamp.radius_m, axis], lamp.place)


def _placed(mi: Any, columns: Sequence[Any], place: Sequence[float]) -> Any:
    matrix = np.eye(4)
    for k, column in enumerate(columns):
        matrix[:3, k] = column
    matrix[:3, 3] = place
    return mi.ScalarTransform4f(matrix)


def _spot(mi: Any, lamp: Spot) -> dict[str, Any]:
    target = [a + b for a, b in zip(lamp.place, lamp.axis, strict=True)]
    return {
        "type": "spot",
        "to_world": mi.ScalarTransform4f().look_at(
            origin=list(lamp.place), target=target, up=list(lamp.up)
        ),
        "intensity": _rgb(lamp.intensity),
        "cutoff_angle": lamp.cutoff_deg,
        "beam_width": lamp.cutoff_deg * 0.9999,
        "texture": {
            "type": "bitmap", "bitmap": mi.Bitmap(lamp.picture[..., None]), "raw": True,
            "wrap_mode": "clamp",
        },
        "sampling_weight": lamp.weight,
    }  # fmt: skip


def _film(order: Order, view: View) -> dict[str, Any]:
    """Return the film; its box filter is what the denoiser was made for."""
    left, top = view.crop_px
    return {
        "type": "hdrfilm",
        "width": view.film_px[0],
        "height": view.film_px[1],
        "crop_offset_x": left,
        "crop_offset_y": top,
        "crop_width": order.width_px,
        "crop_height": order.height_px,
        "rfilter": {"type": "box"},
        "pixel_format": "rgba",
        "component_format": "float32",
    }


def sensor_of(mi: Any, order: Order, view: View) -> Any:
    """Return the camera."""
    # Mitsuba's camera looks along +z with x to the left.
    turned = view.world_from_camera @ np.diag([-1.0, 1.0, -1.0, 1.0])
    lens = {"type": "perspective"} if view.pupil_m <= 0 else {
        "type": "thinlens",
        "aperture_radius": view.pupil_m,
        "focus_distance": view.focus_m,
    }  # fmt: skip
    return mi.load_dict(
        {
            **lens,
            "fov": view.fov_x_deg,
            "fov_axis": "x",
            "near_clip": 0.001,
            "far_clip": 20_000.0,
            "to_world": mi.ScalarTransform4f(turned),
            "film": _film(order, view),
            "sampler": {"type": order.care.sampler},
        }
    )


def _rgb(values: Sequence[float]) -> dict[str, Any]:
    return {"type": "rgb", "value": [float(v) for v in values]}
