"""Small assets made by hand."""

import numpy as np

from previz.model import Matter
from previz.stage import MATTERS, Materials, Mesh, Motion


def box_mesh(size_m=(1.0, 1.0, 1.0), color=(0.8, 0.1, 0.1)):
    """A box of one colour, solid."""
    corners = np.array(
        [(x, y, z) for x in (-0.5, 0.5) for y in (0.0, 1.0) for z in (-0.5, 0.5)]
    ) * np.asarray(size_m)
    faces = [
        (0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1),
        (2, 3, 7), (2, 7, 6), (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3),
    ]  # fmt: skip
    points = corners[np.array(faces)].reshape(-1, 3)
    a, b, c = points[0::3], points[1::3], points[2::3]
    normals = np.cross(b - a, c - a)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    w, h, d = size_m
    return Mesh(
        positions=points.astype(np.float32),
        normals=np.repeat(normals, 3, axis=0).astype(np.float32),
        surface=points[:, :2].astype(np.float32),
        triangles=np.arange(36, dtype=np.int32).reshape(-1, 3),
        triangle_material=np.zeros(12, np.int32),
        materials=Materials(
            base_color=np.array([color], np.float32),
            roughness=np.array([0.4], np.float32),
            metalness=np.zeros(1, np.float32),
            matter=np.array([MATTERS.index(Matter.PLASTIC)], np.uint8),
            emission=np.zeros((1, 3), np.float32),
        ),
        bulks=np.array([[0.0, h / 2, 0.0, w / 2, h / 2, d / 2]]),
    )


def two_bone_motion():
    """A root that rises while its child turns."""
    rotations = np.zeros((3, 2, 4))
    rotations[..., 3] = 1.0
    return Motion(
        names=("hip", "knee"),
        parents=(-1, 0),
        offsets_m=np.array([(0.0, 0.9, 0.0), (0.0, -0.4, 0.0)]),
        positions_m=np.array([(0.0, 0.9 + 0.1 * f, 0.0) for f in range(3)]),
        rotations=rotations,
        seconds_a_frame=1 / 30,
    )
