"""Geometry made by hand, for the renderer's tests."""

from types import SimpleNamespace

import numpy as np

from previz.model import Sensor
from previz.stage import MATTERS, CameraState, Geometry, Materials, StageState, join

MATTER_INDEX = {matter.value: i for i, matter in enumerate(MATTERS)}


def quad(
    corners,
    *,
    object_id=1,
    color=(0.5, 0.5, 0.5),
    matter="plaster",
    roughness=0.9,
    metalness=0.0,
    emission=(0.0, 0.0, 0.0),
    surface=None,
):
    """One rectangle, corners counter-clockwise seen from outside."""
    points = np.array(corners, np.float32)
    normal = np.cross(points[1] - points[0], points[3] - points[0])
    normal = normal / np.linalg.norm(normal)
    if surface is None:
        wide = np.linalg.norm(points[1] - points[0])
        high = np.linalg.norm(points[3] - points[0])
        surface = [(0, 0), (wide, 0), (wide, high), (0, high)]
    return Geometry(
        positions=points,
        normals=np.repeat(normal[None], 4, axis=0).astype(np.float32),
        surface=np.array(surface, np.float32),
        triangles=np.array([[0, 1, 2], [0, 2, 3]], np.int32),
        triangle_object=np.full(2, object_id, np.int32),
        triangle_material=np.zeros(2, np.int32),
        materials=Materials(
            base_color=np.array([color], np.float32),
            roughness=np.array([roughness], np.float32),
            metalness=np.array([metalness], np.float32),
            matter=np.array([MATTER_INDEX[matter]], np.uint8),
            emission=np.array([emission], np.float32),
        ),
    )


def facing_quad(depth_m, *, size_m=1.0, center=(0.0, 0.0), **how):
    """A square that faces a camera at the origin."""
    x, y, s = *center, size_m / 2
    return quad(
        [
            (x - s, y - s, -depth_m),
            (x + s, y - s, -depth_m),
            (x + s, y + s, -depth_m),
            (x - s, y + s, -depth_m),
        ],
        **how,
    )


def floor(size_m=10.0, *, height_m=0.0, **how):
    """A square floor that faces up."""
    s = size_m / 2
    return quad(
        [(-s, height_m, s), (s, height_m, s), (s, height_m, -s), (-s, height_m, -s)],
        **how,
    )


def box(center, size, **how):
    """A closed box."""
    cx, cy, cz = center
    x, y, z = (v / 2 for v in size)
    a, b, c, d = (-x, -y, z), (x, -y, z), (x, y, z), (-x, y, z)
    e, f, g, h = (-x, -y, -z), (x, -y, -z), (x, y, -z), (-x, y, -z)
    faces = [(a, b, c, d), (f, e, h, g), (b, f, g, c), (e, a, d, h), (d, c, g, h)]
    faces.append((e, f, b, a))
    shift = np.array([cx, cy, cz])
    return join([quad(np.array(face) + shift, **how) for face in faces])


def camera(position=(0.0, 0.0, 0.0), target=(0.0, 0.0, -1.0), *, focal_mm=24.89):
    """A camera that looks at a point; 24.89 mm on a 24.89 mm gate is 53 degrees."""
    position = np.array(position, float)
    back = position - np.array(target, float)
    back /= np.linalg.norm(back)
    up = (
        np.array([0.0, 1.0, 0.0]) if abs(back[1]) < 0.99 else np.array([0.0, 0.0, -1.0])
    )
    right = np.cross(up, back)
    right /= np.linalg.norm(right)
    matrix = np.eye(4)
    matrix[:3, 0], matrix[:3, 1], matrix[:3, 2] = right, np.cross(back, right), back
    matrix[:3, 3] = position
    return CameraState(
        world_from_camera=matrix,
        sensor=Sensor(),
        focal_length_mm=focal_mm,
        squeeze=1.0,
        t_stop=2.8,
        focus_distance_m=2.0,
    )


def stage(set_geometry=None, *, lights=(), size_m=(6.0, 2.8, 5.0), interior=False):
    """What a renderer reads of a stage."""
    return SimpleNamespace(
        set_geometry=set_geometry if set_geometry is not None else join([]),
        scene=SimpleNamespace(
            lights=tuple(lights),
            set=SimpleNamespace(id="set", size_m=size_m, interior=interior, pieces=()),
        ),
    )


def state(view=None, *, figures=None, before=None, view_before=None, lights=()):
    """One frame: a camera and posed geometry."""
    view = view or camera()
    figures = figures if figures is not None else join([])
    return StageState(
        frame=0,
        scene_frame=0,
        camera=view,
        camera_before=view_before or view,
        figures=(),
        moving=figures,
        moving_before=figures.positions if before is None else before,
        lights=tuple(lights),
    )
