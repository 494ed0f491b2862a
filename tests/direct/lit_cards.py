"""Grey cards in dressed sets, seen by a camera of their own."""

import math

import numpy as np

from previz.direct.places import dress
from previz.direct.places.words import EXTERIORS
from previz.model import Sensor, Setting, Slugline
from previz.stage import CameraState, Geometry, Materials, StageState

GREY = np.array([0.2126, 0.7152, 0.0722])


def slug_of(template):
    place = "XYZZY" if template.startswith("neutral") else template.upper()
    place = "HOUSE" if template == "house front" else place
    setting = Setting.EXTERIOR if template in EXTERIORS else Setting.INTERIOR
    return Slugline(text=place, place=place, setting=setting)


def set_of(template, seed=0):
    return dress(slug_of(template), seed=seed, id="s1", people=2)


def card_before_a_camera(scene, place, turn):
    ahead = np.array([math.sin(turn), 0.0, math.cos(turn)])
    right = np.array([math.cos(turn), 0.0, -math.sin(turn)]) * 0.1
    up = np.array([0.0, 0.1, 0.0])
    corners = np.array(
        [place - right - up, place + right - up, place + right + up, place - right + up]
    )
    world = np.eye(4)
    world[:3, 0], world[:3, 1], world[:3, 2] = right * 10, (0, 1, 0), ahead
    world[:3, 3] = place + 0.75 * ahead
    camera = CameraState(
        world_from_camera=world, sensor=Sensor(), focal_length_mm=120.0, squeeze=1.0,
        t_stop=2.8, focus_distance_m=0.75,
    )  # fmt: skip
    card = Geometry(
        positions=corners.astype(np.float32),
        normals=np.repeat(ahead[None], 4, axis=0).astype(np.float32),
        surface=np.zeros((4, 2), np.float32),
        triangles=np.array([[0, 1, 2], [0, 2, 3]], np.int32),
        triangle_object=np.full(2, 1001, np.int32),
        triangle_material=np.zeros(2, np.int32),
        materials=Materials(
            base_color=np.full((1, 3), 0.18, np.float32),
            # Burley's matt surface is about Lambert's there.
            roughness=np.full(1, 0.75, np.float32),
            metalness=np.zeros(1, np.float32),
            matter=np.zeros(1, np.uint8),
            emission=np.zeros((1, 3), np.float32),
        ),
    )
    return StageState(
        frame=0, scene_frame=0, camera=camera, camera_before=camera, figures=(),
        moving=card, moving_before=card.positions,
        # A card has no body that could stand in its own light.
        moving_parts=np.arange(4, dtype=np.int32),
        lights=scene.lights,
    )  # fmt: skip
