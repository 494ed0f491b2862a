import math

import numpy as np
import pytest

from previz.direct.lighting import light
from previz.direct.places import TEMPLATES, dress
from previz.direct.places.words import EXTERIORS
from previz.model import (
    Posture,
    Rate,
    Scene,
    Sensor,
    Setting,
    Slugline,
    TimeOfDay,
)
from previz.render import Renderer
from previz.stage import (
    CameraState,
    Geometry,
    Materials,
    Stage,
    StageState,
)

GREY = np.array([0.2126, 0.7152, 0.0722])
# Linear luminance of a grey card (0.18 is a card under the light it is metered for):
# the median over spots and facings, and the median of each spot's brightest facing.
BANDS = {
    TimeOfDay.DAY: ((0.07, 0.42), (0.18, 1.3)),
    TimeOfDay.NIGHT: ((0.06, 0.36), (0.11, 0.7)),
}


def scene_of(template, hour):
    place = "XYZZY" if template.startswith("neutral") else template.upper()
    place = "HOUSE" if template == "house front" else place
    setting = Setting.EXTERIOR if template in EXTERIORS else Setting.INTERIOR
    slug = Slugline(text=place, place=place, setting=setting)
    set_ = dress(slug, seed=0, id="s1", people=2)
    lights, exposure = light(set_, time_of_day=hour, seed=0)
    return Scene(
        id="s", number="1", slugline=slug, time_of_day=hour, set=set_, lights=lights,
        exposure_ev100=exposure, length_frames=24,
    )  # fmt: skip


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
            roughness=np.ones(1, np.float32),
            metalness=np.zeros(1, np.float32),
            matter=np.zeros(1, np.uint8),
            emission=np.zeros((1, 3), np.float32),
        ),
    )
    return StageState(
        frame=0, scene_frame=0, camera=camera, camera_before=camera, figures=(),
        figure_geometry=card, figure_positions_before=card.positions,
        lights=scene.lights,
    )  # fmt: skip


def cards(template, hour):
    """Luminance of cards at face height, a row a spot, a column a facing."""
    scene = scene_of(template, hour)
    renderer = Renderer(
        Stage(scene, (), rate=Rate()), width_px=16, height_px=9,
        exposure_ev100=scene.exposure_ev100, quality="board",
    )  # fmt: skip
    table = []
    for spot in [s for s in scene.set.spots if not s.exit][:8:2]:
        height = 1.2 if spot.posture is Posture.SIT else 1.55
        place = np.array([spot.position_m[0], height, spot.position_m[2]])
        row = []
        for k in range(4):
            turn = math.radians(spot.facing_deg + 90 * k)
            picture = renderer.linear(card_before_a_camera(scene, place, turn))
            row.append(float(np.median(picture[3:6, 6:10] @ GREY)))
        table.append(row)
    return np.array(table)


@pytest.mark.parametrize("hour", list(BANDS))
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_a_face_reads_wherever_it_turns(template, hour):
    table = cards(template, hour)
    (low, high), (key_low, key_high) = BANDS[hour]
    assert low < np.median(table) < high
    assert key_low < np.median(table.max(axis=1)) < key_high
