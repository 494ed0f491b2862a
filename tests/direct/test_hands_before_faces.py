"""Hands and props of others do not stand between the lens and a face."""

from dataclasses import replace

import numpy as np
import pytest
from directed import directed

from previz.direct.screen import Screen
from previz.model import Coverage, ShotSize
from previz.stage import Stage, camera_at

FACES = (Coverage.SINGLE, Coverage.OTS, Coverage.REACTION)
FAR = (ShotSize.EWS, ShotSize.LS, ShotSize.FS)
QUARTERS = (0.25, 0.5, 0.75)
FACE_M = [(x, y) for x in (-0.06, -0.02, 0.02, 0.06) for y in (-0.2, 0.1, 0.4, 0.7)]


@pytest.fixture(scope="module")
def film():
    return directed()


def face_points(marks, camera):
    """Return points over a face as a camera sees it: across, and eyes to chin."""
    right = np.cross(marks.eyes - camera, (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right)
    down = marks.chin - marks.eyes
    return np.array([marks.eyes + right * x + down * y for x, y in FACE_M])


def others(stage, frame, but):
    geometry, names = stage.moving_at(frame)
    kept = geometry.triangle_object != names.index(but)
    return Screen(
        replace(
            geometry,
            triangles=geometry.triangles[kept],
            triangle_object=geometry.triangle_object[kept],
            triangle_material=geometry.triangle_material[kept],
        )
    )


def test_less_than_a_tenth_of_a_speaking_face_is_behind_hands_and_props(film):
    hidden = {}
    for scene in film.scenes:
        stage = Stage(scene, film.characters, rate=film.rate)
        for shot in scene.shots:
            if shot.coverage not in FACES or shot.size in FAR:
                continue
            who = shot.subjects[0]
            for share in QUARTERS:
                frame = int(share * shot.length_frames)
                at = shot.first_frame + frame
                state = camera_at(
                    shot.camera, length_frames=shot.length_frames, frame=frame
                )
                camera = np.array(state.position_m)
                points = face_points(stage.landmarks(who, at), camera)
                hits = others(stage, at, who).hides(camera, points)
                hidden[shot.slate, share] = float(hits.mean())
    assert len(hidden) > 60
    assert max(hidden.values()) < 0.1, hidden


def test_what_moves_is_where_the_stage_has_it(film):
    scene = film.scenes[0]
    stage = Stage(scene, film.characters, rate=film.rate)
    shot = next(s for s in scene.shots if len(s.subjects) == 2)
    state = stage.at(shot, 5)
    geometry, names = stage.moving_at(state.scene_frame)
    whole = state.moving
    assert len(geometry.triangles) < len(whole.triangles)
    for figure in state.figures:
        rough = geometry.triangle_object == names.index(figure.character)
        fine = whole.triangle_object == figure.object_id
        low, high = (
            np.stack([p[t].reshape(-1, 3).min(0), p[t].reshape(-1, 3).max(0)])
            for p, t in (
                (geometry.positions, geometry.triangles[rough]),
                (whole.positions, whole.triangles[fine]),
            )
        )
        assert np.allclose(low, high, atol=0.06)
