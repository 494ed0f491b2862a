"""Whole pictures of real sets against references that were looked at.

Regenerate them after a wanted change, look at them, and commit them:
`PREVIZ_REGENERATE=1 python -m pytest tests/render/test_references.py`.
"""

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from places_seen import PLACES, picture_of, scene_of

from previz.model import LightRole
from previz.render import renderer
from previz.render.shadow import no_shadows

HERE = Path(__file__).parent
REFERENCES, DIFF = HERE / "references", HERE / "diff"
LIMIT_RMS = 2.0
"""Code values of 255. Float differences between processors move a shadow's edge by a
pixel here and there, far below this; a lost light or shadow lies far above."""


@cache
def scene(name):
    return scene_of(name)


def reference(name):
    with Image.open(REFERENCES / f"{name}.png") as image:
        return np.asarray(image.convert("RGB"))


def rms(a, b):
    return float(np.sqrt(np.mean((a.astype(float) - b.astype(float)) ** 2)))


def gap_to_reference(name, picture):
    """Return the RMS difference; save a picture of it where it is too large."""
    expected = reference(name)
    gap = rms(picture, expected)
    if gap > LIMIT_RMS:
        DIFF.mkdir(exist_ok=True)
        amplified = np.abs(picture.astype(int) - expected) * 4
        sheet = [expected, picture, np.minimum(amplified, 255).astype(np.uint8)]
        Image.fromarray(np.concatenate(sheet, axis=1)).save(DIFF / f"{name}.png")
    return gap


@pytest.mark.parametrize("name", PLACES)
def test_a_place_looks_as_it_did(name):
    picture = picture_of(scene(name))
    if os.environ.get("PREVIZ_REGENERATE"):
        REFERENCES.mkdir(exist_ok=True)
        Image.fromarray(picture).save(REFERENCES / f"{name}.png", optimize=True)
    gap = gap_to_reference(name, picture)
    assert gap <= LIMIT_RMS, (
        f"{name} differs by {gap:.1f} RMS (limit {LIMIT_RMS}); expected, got and "
        f"difference × 4 are in {DIFF / name}.png. If the change is wanted, run "
        "`PREVIZ_REGENERATE=1 python -m pytest tests/render/test_references.py`, "
        "look at the pictures and commit them."
    )


@pytest.mark.parametrize("name", PLACES)
def test_a_lost_key_light_is_noticed(name):
    lights = scene(name).lights
    outside = (LightRole.SKY, LightRole.BACKING)
    lamps = [x for x in lights if x.role not in outside]
    key = max(lamps, key=lambda x: x.intensity)
    rest = tuple(x for x in lights if x is not key)
    assert rms(picture_of(scene(name).changed(lights=rest)), reference(name)) > (
        2 * LIMIT_RMS
    )


def test_lost_shadows_of_figures_are_noticed(monkeypatch):
    def none(*_, **__):
        return no_shadows()

    monkeypatch.setattr(renderer, "shadows_of", none)
    assert rms(picture_of(scene("street-day")), reference("street-day")) > LIMIT_RMS
