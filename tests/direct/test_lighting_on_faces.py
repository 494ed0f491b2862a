import math
from functools import cache

import numpy as np
import pytest
from lit_cards import GREY, card_before_a_camera, set_of, slug_of

from previz.direct.lighting import light
from previz.direct.places import TEMPLATES
from previz.model import Posture, Rate, Scene, TimeOfDay
from previz.render import Renderer
from previz.stage import Stage

# Linear luminance of a grey card (0.18 is a card under the light it is metered for):
# the median over spots and facings, and the median of each spot's brightest facing.
BANDS = {
    TimeOfDay.DAY: ((0.07, 0.42), (0.18, 1.0)),
    TimeOfDay.NIGHT: ((0.06, 0.36), (0.11, 0.5)),
}


def scene_of(template, hour):
    slug, set_ = slug_of(template), set_of(template)
    lights, exposure = light(set_, time_of_day=hour, seed=0)
    return Scene(
        id="s", number="1", slugline=slug, time_of_day=hour, set=set_, lights=lights,
        exposure_ev100=exposure, length_frames=24,
    )  # fmt: skip


@cache
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


@pytest.mark.parametrize("hour", list(BANDS))
@pytest.mark.parametrize("template", ["beach", "desert", "rooftop", "church front"])
def test_in_the_open_no_side_of_a_face_is_lost(template, hour):
    table = cards(template, hour)
    assert np.median(table.max(axis=1) / table.min(axis=1)) < 5.0
