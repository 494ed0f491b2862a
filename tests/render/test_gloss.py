"""How matter answers light: lamps by formula, even light by a few numbers."""

import numpy as np
import pytest

from previz.render.gloss import (
    SHINES,
    along,
    answer_of,
    matt_towards,
    mirrored_of,
)
from previz.stage import MATTERS

PLACE = {matter.value: i for i, matter in enumerate(MATTERS)}
USUAL_ROUGHNESS = {"wood": 0.5, "tile": 0.25, "leather": 0.45}


def hemisphere(count=4000):
    """Return directions about +z that all bear the same light, shape (n, 3)."""
    k = np.arange(count) + 0.5
    radius, angle = np.sqrt(k / count), np.pi * (3 - np.sqrt(5)) * k
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    return np.stack([x, y, np.sqrt(1 - radius**2)], axis=1)


@pytest.mark.parametrize("matter", USUAL_ROUGHNESS)
def test_even_light_is_mirrored_as_was_measured(matter):
    answer = answer_of(PLACE[matter], USUAL_ROUGHNESS[matter])
    cosines = hemisphere()[:, 2]
    mean = np.mean([along(mu, *answer[:3]) for mu in cosines])
    assert mean == pytest.approx(SHINES[matter], rel=0.15)


@pytest.mark.parametrize("matter", ["plaster", "skin", "cloth"])
@pytest.mark.parametrize("roughness", [0.4, 0.6, 0.9])
@pytest.mark.parametrize("cosine", [0.3, 0.6, 1.0])
def test_a_body_gives_of_lamps_all_round_what_it_does_of_even_light(
    matter, roughness, cosine
):
    flat = {"plaster": 0.0, "skin": 0.7, "cloth": 0.4}[matter]
    view = np.array([np.sqrt(1 - cosine**2), 0.0, cosine])
    ways = hemisphere()
    half = 0.5 + 0.5 * (ways @ view)
    lamps = [
        matt_towards(way[2], cosine, h, roughness, flat)
        for way, h in zip(ways, half, strict=True)
    ]
    even = along(cosine, *answer_of(PLACE[matter], roughness)[7:])
    assert np.mean(lamps) == pytest.approx(even, rel=0.06)


def test_skin_is_darker_towards_its_lamp_and_paler_along_its_outline():
    def lit(cosine):
        return matt_towards(cosine, cosine, 1.0, 0.5, 0.7)

    assert lit(1.0) < 0.8
    assert lit(0.3) > 1.2 * lit(1.0)


@pytest.mark.parametrize("facing", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("roughness", [0.0, 0.5, 1.0])
def test_nothing_mirrors_more_than_there_is(facing, roughness):
    for matter in range(len(MATTERS)):
        answer = answer_of(matter, roughness)
        gloss, edge = along(facing, *answer[:3]), along(facing, *answer[3:6])
        for metal in (0.0, 1.0):
            share = mirrored_of(gloss, edge, answer[6], 0.9, metal)
            assert 0.0 < share <= 1.0
