"""Render a scene of triangles and lamps with Cycles: run by a Python that has bpy.

`python cycles_scene.py SCENE.npz FEW MANY` prints CPU seconds and version as JSON and
leaves SCENE.out.npz with the pictures.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import bpy
import mathutils
import numpy as np


def build(told: Any) -> None:
    """Make the scene. Its y-up metres are Blender's units; nothing is turned."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.world = bpy.data.worlds.new("dark")
    mesh = bpy.data.meshes.new("set")
    mesh.from_pydata(told["positions"].tolist(), [], told["triangles"].tolist())
    matt = bpy.data.materials.new("clay")
    matt.use_nodes = True
    nodes = matt.node_tree.nodes
    nodes.clear()
    diffuse = nodes.new("ShaderNodeBsdfDiffuse")
    diffuse.inputs["Color"].default_value = (*told["color"].tolist(), 1.0)
    out = nodes.new("ShaderNodeOutputMaterial")
    matt.node_tree.links.new(diffuse.outputs[0], out.inputs["Surface"])
    mesh.materials.append(matt)
    scene.collection.objects.link(bpy.data.objects.new("set", mesh))
    for number, lamp in enumerate(json.loads(str(told["lamps"]))):
        add_lamp(scene, f"lamp{number}", lamp)
    eye = bpy.data.cameras.new("eye")
    eye.sensor_fit, eye.angle_x = "HORIZONTAL", math.radians(float(told["fov_x_deg"]))
    eye.clip_start = 0.01
    held = bpy.data.objects.new("eye", eye)
    held.matrix_world = mathutils.Matrix(told["world_from_camera"].tolist())
    scene.collection.objects.link(held)
    scene.camera = held


def add_lamp(scene: Any, name: str, lamp: dict[str, Any]) -> None:
    """Add a lamp of the same radiance; Blender takes watts."""
    mean = sum(lamp["radiance"]) / 3
    axis = mathutils.Vector(lamp["axis"])
    ball = axis.length == 0
    made = bpy.data.lights.new(name, "POINT" if ball else "AREA")
    made.color = [x / max(mean, 1e-9) for x in lamp["radiance"]]
    if ball:
        made.shadow_soft_size = lamp["radius_m"]
        area = 4 * math.pi * lamp["radius_m"] ** 2
    elif "radius_m" in lamp:
        made.shape, made.size = "DISK", 2 * lamp["radius_m"]
        area = math.pi * lamp["radius_m"] ** 2
    else:
        made.shape = "RECTANGLE"
        made.size = 2 * mathutils.Vector(lamp["half_u"]).length
        made.size_y = 2 * mathutils.Vector(lamp["half_v"]).length
        area = made.size * made.size_y
    made.energy = mean * area * math.pi
    held = bpy.data.objects.new(name, made)
    held.location = lamp["place"]
    if not ball:
        held.rotation_mode = "QUATERNION"
        held.rotation_quaternion = axis.to_track_quat("-Z", "Y")
    scene.collection.objects.link(held)


def render(told: Any, samples: int, seed: int) -> tuple[float, Any]:
    """Return CPU seconds and the picture, shape (h, w, 3)."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x, scene.render.resolution_y = told["size"].tolist()
    scene.render.resolution_percentage = 100
    scene.render.threads_mode, scene.render.threads = "FIXED", 1
    scene.render.filter_size = 0.01
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.seed = "CPU", samples, seed
    cycles.use_adaptive_sampling = cycles.use_denoising = False
    cycles.max_bounces = cycles.diffuse_bounces = int(told["depth"]) - 1
    cycles.pixel_filter_type = "BOX"
    cycles.sample_clamp_indirect = 0.0
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.image_settings.color_depth = "32"
    with tempfile.TemporaryDirectory() as scratch:
        scene.render.filepath = str(Path(scratch) / "out.exr")
        begun = time.process_time()
        bpy.ops.render.render(write_still=True)
        seconds = time.process_time() - begun
        image = bpy.data.images.load(scene.render.filepath)
        image.colorspace_settings.name = "Non-Color"
        pixels = np.array(image.pixels[:], np.float32)
    width, height = told["size"].tolist()
    return seconds, pixels.reshape(height, width, -1)[::-1, :, :3]


def main() -> None:
    """Render few and many samples."""
    path, few, many = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    told = np.load(path)
    build(told)
    render(told, 1, 0)
    seconds, rough = render(told, few, 0)
    _, smooth = render(told, many, 1)
    np.savez(path.with_suffix(".out.npz"), few=rough, many=smooth)
    told_back = {"seconds": seconds, "version": bpy.app.version_string}
    sys.stdout.write("\n" + json.dumps(told_back) + "\n")


if __name__ == "__main__":
    main()
