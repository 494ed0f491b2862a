"""Mesh and motion files that the tests write: by trimesh, by pxr, by hand."""

import json
import struct

import numpy as np
import trimesh
from PIL import Image
from pxr import Gf, Sdf, Usd, UsdGeom, UsdShade, UsdUtils

BOX_M = (1.0, 2.0, 0.5)
"""Every file of `box_files` holds a box of this size, with a red knob in front."""

RED = (0.8, 0.05, 0.05)


def knobbed_box():
    """A box with a small one at its front's top right corner (+x, +y, +z)."""
    body = trimesh.creation.box(BOX_M)
    knob = trimesh.creation.box((0.1, 0.1, 0.1))
    knob.apply_translation((0.45, 0.95, 0.3))
    return body, knob


def z_up(mesh, scale=100.0):
    """Return vertices in a space with z up, in centimetres."""
    x, y, z = np.asarray(mesh.vertices).T * scale
    return np.stack([x, -z, y], axis=1)


def write_usd(path, *, textured=False):
    """The box in centimetres, z up, as one USD layer."""
    path.unlink(missing_ok=True)
    stage = Usd.Stage.CreateNew(str(path))
    UsdGeom.SetStageUpAxis(stage, "Z")
    UsdGeom.SetStageMetersPerUnit(stage, 0.01)
    root = UsdGeom.Xform.Define(stage, "/root")
    stage.SetDefaultPrim(root.GetPrim())
    for name, mesh in zip(("body", "knob"), knobbed_box(), strict=True):
        made = UsdGeom.Mesh.Define(stage, f"/root/{name}")
        made.CreatePointsAttr(z_up(mesh).tolist())
        made.CreateFaceVertexCountsAttr([3] * len(mesh.faces))
        made.CreateFaceVertexIndicesAttr(mesh.faces.flatten().tolist())
        if name == "knob":
            made.CreateDisplayColorAttr([RED])
    if textured:
        cover(stage, "/root/body")
    stage.GetRootLayer().Save()
    return path


def cover(stage, target, file="wood.png"):
    """Bind a textured preview surface to a mesh."""
    material = UsdShade.Material.Define(stage, "/root/oak")
    shader = UsdShade.Shader.Define(stage, "/root/oak/surface")
    shader.CreateIdAttr("UsdPreviewSurface")
    shader.CreateInput("roughness", Sdf.ValueTypeNames.Float).Set(0.7)
    image = UsdShade.Shader.Define(stage, "/root/oak/image")
    image.CreateIdAttr("UsdUVTexture")
    image.CreateInput("file", Sdf.ValueTypeNames.Asset).Set(file)
    image.CreateOutput("rgb", Sdf.ValueTypeNames.Float3)
    shader.CreateInput("diffuseColor", Sdf.ValueTypeNames.Color3f).ConnectToSource(
        image.ConnectableAPI(), "rgb"
    )
    material.CreateSurfaceOutput().ConnectToSource(shader.ConnectableAPI(), "surface")
    mesh = stage.GetPrimAtPath(target)
    UsdShade.MaterialBindingAPI.Apply(mesh).Bind(material)
    points = np.array(UsdGeom.Mesh(mesh).GetPointsAttr().Get())
    st = UsdGeom.PrimvarsAPI(mesh).CreatePrimvar(
        "st", Sdf.ValueTypeNames.TexCoord2fArray, UsdGeom.Tokens.vertex
    )
    st.Set([Gf.Vec2f(float(u), float(v)) for u, v in points[:, [0, 2]] / 100 % 1])


def box_files(folder):
    """Write the box in every format; returns paths by ending."""
    body, knob = knobbed_box()
    body.visual = trimesh.visual.TextureVisuals(
        material=trimesh.visual.material.PBRMaterial(
            name="oak", baseColorFactor=(128, 128, 128, 255), metallicFactor=0.0
        )
    )
    knob.visual = trimesh.visual.TextureVisuals(
        material=trimesh.visual.material.PBRMaterial(
            name="lacquer",
            baseColorFactor=[*(np.array(RED) * 255).round().astype(int), 255],
            metallicFactor=0.0,
        )
    )
    scene = trimesh.Scene({"body": body, "knob": knob})
    scene.export(folder / "box.glb")
    (folder / "gltf").mkdir()
    scene.export(folder / "gltf" / "box.gltf")
    plain = trimesh.util.concatenate([trimesh.Trimesh(m.vertices, m.faces)
                                      for m in (body, knob)])  # fmt: skip
    for ending in ("obj", "ply", "stl"):
        plain.export(folder / f"box.{ending}")
    write_usd(folder / "box.usda")
    write_usd(folder / "box.usdc")
    assert UsdUtils.CreateNewUsdzPackage(
        str(folder / "box.usda"), str(folder / "box.usdz")
    )
    endings = ("glb", "obj", "ply", "stl", "usda", "usdc", "usdz")
    found = {ending: folder / f"box.{ending}" for ending in endings}
    return found | {"gltf": folder / "gltf" / "box.gltf"}


def glb(document, binary=b""):
    """Pack a document and its buffer as a .glb file's bytes."""
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    binary += b"\0" * (-len(binary) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text
    if binary:
        chunks += struct.pack("<I4s", len(binary), b"BIN\0") + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def triangle_document(**changed):
    """A glTF document of one triangle, its buffer, and what a test changes of it."""
    points = np.array([(0, 0, 0), (1, 0, 0), (0, 1, 0)], "<f4")
    binary = points.tobytes()
    document = {
        "asset": {"version": "2.0"},
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"}
        ],
        "bufferViews": [{"buffer": 0, "byteLength": len(binary)}],
        "buffers": [{"byteLength": len(binary)}],
    }
    return document | changed, binary


def checks(path, colors=((200, 30, 30), (30, 30, 200)), px=64):
    """Write a picture, left half and right half of one colour each."""
    picture = np.zeros((px, px, 3), np.uint8)
    picture[:, : px // 2], picture[:, px // 2 :] = colors
    Image.fromarray(picture).save(path)
    return path


BVH = """HIERARCHY
ROOT Hips
{
  OFFSET 0 0 0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT LeftLeg
  {
    OFFSET 10 0 0
    CHANNELS 3 Zrotation Xrotation Yrotation
    End Site
    {
      OFFSET 0 -90 0
    }
  }
  JOINT Spine
  {
    OFFSET 0 20 0
    CHANNELS 3 Yrotation Xrotation Zrotation
    End Site
    {
      OFFSET 0 40 0
    }
  }
}
MOTION
Frames: 2
Frame Time: 0.0333333
0 90 0 0 0 0 0 0 0 0 0 0
0 90 100 0 0 90 0 30 0 0 0 45
"""
