"""What pictures show of people: faces, whole heads, and no leaves before the first."""

from itertools import chain

import numpy as np
import pytest
from directed import directed

from previz.camera.framing import View
from previz.direct import direct
from previz.direct.screen import Screen
from previz.model import Coverage, ShotSize
from previz.script import parse_fountain
from previz.stage import Stage, build_set, camera_at

FILMS = ("the_good_silver", "the_exchange", "gate_nine")
FACES = (Coverage.SINGLE, Coverage.OTS, Coverage.REACTION)
NEAR = (ShotSize.MS, ShotSize.MCU, ShotSize.CU, ShotSize.BCU, ShotSize.ECU)


@pytest.fixture(scope="module")
def films():
    return {name: directed(name) for name in FILMS}


def middles(film):
    """Yield each shot's middle: shot, its view and everybody's landmarks by id."""
    for scene in film.scenes:
        stage = Stage(scene, film.characters, rate=film.rate)
        for shot in scene.shots:
            frame = shot.length_frames // 2
            state = camera_at(
                shot.camera, length_frames=shot.length_frames, frame=frame
            )
            people = [b.character for b in scene.blocking if "crowd" not in b.character]
            found = {p: stage.landmarks(p, shot.first_frame + frame) for p in people}
            bodies = {p: m.body(p) for p, m in found.items() if m is not None}
            yield shot, View.of(state, aspect=16 / 9), bodies


def everything(films):
    return chain.from_iterable(middles(film) for film in films.values())


def test_a_near_single_shows_a_face_and_no_back_of_a_head(films):
    away = [
        bodies[shot.subjects[0]].away_deg(view.position)
        for shot, view, bodies in everything(films)
        if shot.coverage in FACES and shot.size in NEAR and shot.subjects
        if shot.subjects[0] in bodies
    ]
    assert len(away) > 15
    assert max(away) < 100.0, away


def headless(view, body):
    """Whether a trunk stands in the middle of a picture whose top cuts the head off."""
    x, y, depth = view.project(body.eyes)
    low = view.project(body.hips)[1]
    return depth > 0.3 and y > 0.5 and low < 0.4 and abs(x) < 0.8 * view.half_width


def test_hardly_a_picture_has_somebody_without_a_head_in_it(films):
    shots = list(everything(films))
    bad = [
        (shot.id, person)
        for shot, view, bodies in shots
        for person, body in bodies.items()
        if headless(view, body)
    ]
    assert len(bad) <= 0.05 * len(shots), bad


def test_no_picture_is_tighter_than_a_close_up_of_two_who_embrace(films):
    scene = films["gate_nine"].scenes[1]
    said = next(b for b in scene.beats if "Grandma" in b.element.text)
    (shot,) = (s for s in scene.shots if said.id in s.beats)
    assert shot.coverage is Coverage.TWO_SHOT
    assert set(shot.subjects) == {"pete", "ruth"}


def test_an_opening_does_not_begin_behind_leaves(films):
    scene = films["gate_nine"].scenes[1]
    screen = Screen(build_set(scene.set))
    shot = scene.shots[0]
    state = camera_at(shot.camera, length_frames=shot.length_frames, frame=0)
    view = View.of(state, aspect=16 / 9)
    points = [
        view.at(x * view.half_width, y, 4.0)
        for x in np.linspace(-0.9, 0.9, 9)
        for y in np.linspace(-0.3, 0.45, 6)
    ]
    assert screen.hides(view.position, points).mean() < 0.35


def test_a_face_that_smiles_and_a_head_that_nods_are_seen_from_near():
    text = (
        "INT. KITCHEN - DAY\n\nANN stands at the table. BOB stands at the door.\n\n"
        "ANN\nSo you came after all these years.\n\nBOB\nI said that I would come.\n\n"
        "Bob nods.\n\nAnn smiles.\n"
    )
    (scene,) = direct(parse_fountain(text)).scenes
    for words, who in (("nods", "bob"), ("smiles", "ann")):
        beat = next(b for b in scene.beats if words in b.element.text)
        shot = next(s for s in scene.shots if beat.id in s.beats and who in s.subjects)
        assert shot.size in NEAR, (words, shot.size)
