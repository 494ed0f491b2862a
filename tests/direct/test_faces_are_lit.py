"""Whoever speaks in a nearer shot is lit: neither lost in the dark nor burnt out."""

import numpy as np
import pytest
from directed import directed

from previz.direct.lighting.faces import Face, reached, stops_on
from previz.model import Coverage, Set, ShotSize, TimeOfDay
from previz.render import Renderer
from previz.stage import Obstacles, Stage

FACES = (Coverage.SINGLE, Coverage.OTS, Coverage.REACTION)
FAR = (ShotSize.EWS, ShotSize.LS, ShotSize.FS)
WIDE, HIGH = 96, 54
LUMA = np.array([0.2126, 0.7152, 0.0722]) / 255.0


def brightness(picture, state, marks):
    """Return the display luminance about the middle of a face."""
    middle = (marks.eyes + marks.chin) / 2
    at, _ = state.camera.project(
        np.stack([middle, marks.eyes, marks.chin]), width_px=WIDE, height_px=HIGH
    )
    reach = max(1.0, 0.4 * float(np.linalg.norm(at[1] - at[2])))
    y, x = np.mgrid[:HIGH, :WIDE] + 0.5
    near = np.hypot(x - at[0, 0], y - at[0, 1]) <= reach
    return float(np.median(picture[near] @ LUMA))


@pytest.fixture(scope="module")
def levels():
    film = directed()
    found = {}
    for scene in film.scenes:
        stage = Stage(scene, film.characters, rate=film.rate)
        renderer = Renderer(
            stage, width_px=WIDE, height_px=HIGH,
            exposure_ev100=scene.exposure_ev100, quality="board",
        )  # fmt: skip
        for shot in scene.shots:
            if shot.coverage not in FACES or shot.size in FAR:
                continue
            state = stage.at(shot, shot.length_frames // 2, width_px=WIDE)
            marks = stage.landmarks(shot.subjects[0], state.scene_frame)
            level = brightness(renderer.picture(state), state, marks)
            found[shot.slate] = level
    return found


def test_no_face_of_the_demo_film_is_lost_in_the_dark(levels):
    assert min(levels.values()) > 0.15, levels


def test_no_face_of_the_demo_film_is_burnt_out(levels):
    assert max(levels.values()) < 0.85, levels


def room():
    return Set(
        id="room", name="Room", template="kitchen", interior=True,
        size_m=(6.0, 2.8, 5.0),
    )  # fmt: skip


def test_a_dark_face_gets_a_lamp_on_the_side_that_is_seen():
    face = Face((0.0, 1.6, 0.0), (0.0, 0.0, 1.0), (0.5, 1.6, 2.0))
    given = {"exposure_ev100": 4.0, "obstacles": Obstacles(room())}
    lights = reached(room(), (), [face], time_of_day=TimeOfDay.NIGHT, **given)
    assert len(lights) == 1
    assert lights[0].position_m[2] > 0.0
    (stops,) = stops_on(room(), lights, [face], **given)
    assert -0.3 < stops < 1.0


def test_faces_that_are_lit_keep_their_light():
    face = Face((0.0, 1.6, 0.0), (0.0, 0.0, 1.0), (0.5, 1.6, 2.0))
    given = {"exposure_ev100": 4.0, "obstacles": Obstacles(room())}
    once = reached(room(), (), [face], time_of_day=TimeOfDay.NIGHT, **given)
    again = reached(room(), once, [face], time_of_day=TimeOfDay.NIGHT, **given)
    assert again == once
