"""How a planned view becomes a camera: moves, rig, focus."""

import numpy as np
import pytest

from previz.camera import camera_at
from previz.direct import direct
from previz.model import Coverage, Move, Rate, RigKind
from previz.script import parse_fountain
from previz.stage import Stage

TEXT = """
EXT. STREET - DAY

A long street, quiet. ANN (30) waits by a lamp. BEN (40) walks up to her.

ANN
You came all this way for a letter that nobody ever opened?

BEN
I came for you. The letter is only paper.

INT. KITCHEN - NIGHT

ANN sits at the table. A LETTER lies before her. BEN stands at the door.

ANN
Read it.
"""


@pytest.fixture(scope="module")
def film():
    return direct(parse_fountain(TEXT), rate=Rate.of(24), seed=0)


def state(shot, frame):
    return camera_at(shot.camera, length_frames=shot.length_frames, frame=frame)


def test_a_place_opens_on_a_crane_outdoors_and_a_glide_indoors(film):
    outdoors, indoors = (scene.shots[0] for scene in film.scenes)
    assert (outdoors.camera.move, outdoors.camera.rig.kind) == (
        Move.CRANE,
        RigKind.CRANE,
    )
    first, last = state(outdoors, 0), state(outdoors, outdoors.length_frames - 1)
    assert first.position_m[1] > last.position_m[1] + 0.2
    if indoors.camera.moves:
        assert indoors.camera.move is Move.TRUCK
        assert indoors.camera.rig.kind is RigKind.DOLLY


def test_an_opening_never_turns_and_ends_within_its_pace(film):
    for scene in film.scenes:
        shot = scene.shots[0]
        first, last = state(shot, 0), state(shot, shot.length_frames - 1)
        np.testing.assert_allclose(
            first.world_from_camera[:3, :3], last.world_from_camera[:3, :3], atol=1e-9
        )
        way = np.linalg.norm(last.position_m - first.position_m)
        assert way <= 0.35 * film.rate.seconds(shot.length_frames)


def test_what_a_picture_is_of_is_sharp(film):
    for scene in film.scenes:
        stage = Stage(scene, film.characters, rate=film.rate)
        for shot in scene.shots:
            if not shot.subjects or shot.coverage is Coverage.GROUP:
                continue
            middle = shot.length_frames // 2
            camera = stage.at(shot, middle).camera
            marks = stage.landmarks(shot.subjects[0], shot.first_frame + middle)
            if marks is None:
                continue
            local = camera.camera_from_world @ np.append(marks.eyes, 1.0)
            wanted = max(-local[2], shot.camera.lens.close_focus_m)
            sharp = [key.subject for key in shot.camera.focus]
            if sharp == [shot.subjects[0]]:
                assert camera.focus_distance_m == pytest.approx(wanted, rel=0.02)


def test_a_shot_of_nobody_is_focused_on_what_stands_in_its_middle(film):
    for scene in film.scenes:
        for shot in scene.shots:
            if not shot.subjects:
                assert 0.3 <= shot.camera.poses[0].focus_distance_m <= 60.0
                assert shot.camera.focus == ()
