"""Furniture as other programs write it: a textured chair, a trunk, a bust."""

import numpy as np
import trimesh
from PIL import Image
from pxr import Sdf, Usd, UsdGeom, UsdShade


def _wood(px=128):
    """Bands of oak along x, sRGB."""
    x, y = np.meshgrid(np.arange(px) / px, np.arange(px) / px)
    band = 0.5 + 0.5 * np.sin(40 * x + 4 * np.sin(7 * y) + 3 * np.sin(23 * x))
    picture = np.array((120, 74, 38)) + band[..., None] * np.array((48, 36, 22))
    return Image.fromarray(picture.astype(np.uint8))


def _stripes(px=96):
    """Blue and cream stripes across, sRGB."""
    cream = (np.arange(px) // 12) % 2 == 0
    row = np.where(cream[:, None], (226, 214, 182), (36, 62, 118))
    return Image.fromarray(np.repeat(row[:, None], px, axis=1).astype(np.uint8))


def _fine(size, at, rows=1):
    """A box with its top cut into rows, and texture coordinates from x and z."""
    box = trimesh.creation.box(size)
    for _ in range(rows):
        box = box.subdivide()
    points = np.asarray(box.vertices) + np.asarray(at)
    uv = points[:, [0, 2]] + 0.5
    return points, np.asarray(box.faces), uv


def _joined(boxes, name, image):
    parts = []
    material = trimesh.visual.material.PBRMaterial(
        name=name, baseColorTexture=image, metallicFactor=0.0, roughnessFactor=0.6
    )
    for points, faces, uv in boxes:
        visual = trimesh.visual.TextureVisuals(uv=uv, material=material)
        parts.append(trimesh.Trimesh(points, faces, visual=visual, process=False))
    return parts


def write_chair(folder):
    """A ladder-back chair with a striped seat, glTF, 0.95 m high."""
    legs = [_fine((0.05, 0.44, 0.05), (x, 0.22, 0.2)) for x in (-0.2, 0.2)]
    posts = [_fine((0.05, 0.95, 0.05), (x, 0.475, -0.2)) for x in (-0.2, 0.2)]
    rungs = [_fine((0.36, 0.07, 0.025), (0, y, -0.2)) for y in (0.62, 0.75, 0.88)]
    rails = [_fine((0.36, 0.04, 0.03), (0, 0.2, z)) for z in (-0.2, 0.2)]
    seat = [_fine((0.47, 0.06, 0.47), (0, 0.46, 0), rows=4)]
    scene = trimesh.Scene()
    for part in _joined(legs + posts + rungs + rails, "oak", _wood()):
        scene.add_geometry(part)
    for part in _joined(seat, "striped fabric", _stripes()):
        scene.add_geometry(part)
    scene.export(folder / "chair.glb")
    return folder / "chair.glb"


def write_trunk(folder):
    """A trunk with brass bands, USD in centimetres with z up."""
    stage = Usd.Stage.CreateNew(str(folder / "trunk.usda"))
    UsdGeom.SetStageUpAxis(stage, "Z")
    UsdGeom.SetStageMetersPerUnit(stage, 0.01)
    looks = {"leather": ((0.16, 0.05, 0.03), 0.0), "brass": ((0.8, 0.56, 0.22), 1.0)}
    for name, (color, metallic) in looks.items():
        material = UsdShade.Material.Define(stage, f"/looks/{name}")
        shader = UsdShade.Shader.Define(stage, f"/looks/{name}/surface")
        shader.CreateIdAttr("UsdPreviewSurface")
        shader.CreateInput("diffuseColor", Sdf.ValueTypeNames.Color3f).Set(color)
        shader.CreateInput("metallic", Sdf.ValueTypeNames.Float).Set(metallic)
        shader.CreateInput("roughness", Sdf.ValueTypeNames.Float).Set(0.45)
        material.CreateSurfaceOutput().ConnectToSource(
            shader.ConnectableAPI(), "surface"
        )
    bands = [((4, 46, 47), (x, 0, 23.5)) for x in (-28, 28)]
    for number, (size, at) in enumerate([((80, 44, 46), (0, 0, 23)), *bands]):
        box = trimesh.creation.box(size)
        mesh = UsdGeom.Mesh.Define(stage, f"/trunk/part{number}")
        mesh.CreatePointsAttr((np.asarray(box.vertices) + at).tolist())
        mesh.CreateFaceVertexCountsAttr([3] * len(box.faces))
        mesh.CreateFaceVertexIndicesAttr(box.faces.flatten().tolist())
        look = UsdShade.Material.Get(
            stage, "/looks/brass" if number else "/looks/leather"
        )
        UsdShade.MaterialBindingAPI.Apply(mesh.GetPrim()).Bind(look)
    stage.GetRootLayer().Save()
    return folder / "trunk.usda"


def write_bust(folder):
    """A head on a neck and a plinth, STL in millimetres."""
    head = trimesh.creation.icosphere(subdivisions=4, radius=95)
    head.apply_scale((0.85, 1.2, 1.0))
    head.apply_translation((0, 330, 0))
    neck = trimesh.creation.cylinder(55, 120, sections=48)
    neck.apply_transform(trimesh.transformations.rotation_matrix(np.pi / 2, (1, 0, 0)))
    neck.apply_translation((0, 200, 0))
    plinth = trimesh.creation.box((220, 140, 200))
    plinth.apply_translation((0, 70, 0))
    trimesh.util.concatenate([head, neck, plinth]).export(folder / "stone bust.stl")
    return folder / "stone bust.stl"
