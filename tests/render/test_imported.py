"""Imported furniture beside ours: a picture that was looked at."""

import os

import numpy as np
import pytest
from furniture_files import write_bust, write_chair, write_trunk
from PIL import Image
from places_seen import PEOPLE
from test_references import LIMIT_RMS, REFERENCES, gap_to_reference

from previz.assets import add_piece
from previz.model import (
    Angle,
    Camera,
    CameraPose,
    Coverage,
    Film,
    Light,
    LightKind,
    LightRole,
    Matter,
    Rate,
    Scene,
    Set,
    SetPiece,
    Setting,
    Shot,
    ShotSize,
    Slugline,
)
from previz.render import Renderer
from previz.stage import NO_ASSETS, Stage


def room():
    """A bare room with a table and a chair of ours."""
    pieces = (
        SetPiece(id="floor", kind="floor", size_m=(5, 0.05, 4), matter=Matter.WOOD,
                 position_m=(0, -0.05, 0), color=(0.32, 0.2, 0.11)),
        SetPiece(id="wall", kind="wall", size_m=(5, 2.6, 0.1),
                 position_m=(0, 0, -1.6), color=(0.55, 0.52, 0.44),
                 matter=Matter.PLASTER),
        SetPiece(id="table", kind="table", size_m=(1.1, 0.75, 0.7),
                 position_m=(0.1, 0, -0.7), color=(0.4, 0.25, 0.13)),
        SetPiece(id="chair", kind="chair", size_m=(0.46, 0.92, 0.48), yaw_deg=25,
                 position_m=(-1.25, 0, -0.2), color=(0.35, 0.2, 0.1)),
    )  # fmt: skip
    lamps = (
        Light(id="window", kind=LightKind.AREA, role=LightRole.KEY, intensity=900,
              position_m=(-2.2, 2.2, 1.6), aim_m=(0, 0.6, -0.6), width_m=1.4,
              height_m=1.2, color_temperature_k=5600),
        Light(id="fill", kind=LightKind.AREA, role=LightRole.FILL, intensity=250,
              position_m=(2.2, 1.8, 1.6), aim_m=(0, 0.6, -0.6), width_m=1.6,
              height_m=1.6, color_temperature_k=4600),
    )  # fmt: skip
    pose = CameraPose(
        position_m=(0.1, 1.5, 3.1), target_m=(0.0, 0.6, -0.5), focal_length_mm=26.0
    )
    shot = Shot(
        id="shot", slate="1A", first_frame=0, length_frames=24,
        coverage=Coverage.MASTER, size=ShotSize.LS, angle=Angle.EYE,
        camera=Camera(poses=(pose,)),
    )  # fmt: skip
    set_ = Set(id="set", name="room", template="room", interior=False,
               size_m=(5, 2.6, 4), pieces=pieces)  # fmt: skip
    scene = Scene(
        id="s1", number="1", set=set_, lights=lamps, exposure_ev100=4.6,
        slugline=Slugline(text="INT. ROOM", setting=Setting.INTERIOR, place="ROOM"),
        length_frames=24, shots=(shot,),
    )  # fmt: skip
    return Film(scenes=(scene,), characters=PEOPLE)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    film, assets = add_piece(
        room(), None, "1", write_chair(folder), at=(-0.6, 0.15), yaw_deg=30
    )
    film, assets = add_piece(
        film, assets, "1", write_trunk(folder), at=(1.25, -0.2), yaw_deg=-25
    )
    return add_piece(
        film, assets, "1", write_bust(folder), at=(0.35, 0.75, -0.75), yaw_deg=-15,
        unit_m=0.001,
    )  # fmt: skip


def picture(film, assets):
    scene = film.scenes[0]
    stage = Stage(scene, film.characters, rate=Rate(), assets=assets)
    renderer = Renderer(
        stage, width_px=320, height_px=180, exposure_ev100=scene.exposure_ev100
    )
    return renderer.picture(stage.at(scene.shots[0], 12))


def test_imported_furniture_looks_as_it_did(furnished):
    made = picture(*furnished)
    if os.environ.get("PREVIZ_REGENERATE"):
        Image.fromarray(made).save(REFERENCES / "imported.png", optimize=True)
    gap = gap_to_reference("imported", made)
    assert gap <= LIMIT_RMS, f"imported.png differs by {gap:.1f} RMS: look at diff/."


def test_sizes_and_notes_are_as_the_files_say(furnished):
    film, assets = furnished
    chair, trunk, bust = film.scenes[0].set.pieces[-3:]
    assert chair.size_m == pytest.approx((0.47, 0.95, 0.46), abs=0.02)
    assert trunk.size_m == pytest.approx((0.80, 0.47, 0.46), abs=0.01)
    assert bust.size_m[1] == pytest.approx(0.444, abs=0.01)
    assert [n for n in assets.notes if "left out" in n] == []


def test_a_missing_chair_is_a_grey_box(furnished):
    film, _ = furnished
    away = picture(film, NO_ASSETS).astype(int)
    assert np.abs(away - picture(*furnished)).max() > 60
