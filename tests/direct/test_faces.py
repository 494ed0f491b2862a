"""Whoever a picture is of is seen in it: the face, and nothing before it."""

from dataclasses import replace

import numpy as np
import pytest
from directed import SCREENPLAYS, directed

from previz.direct import direct
from previz.direct.cast import cast_of
from previz.direct.coverage import cover
from previz.direct.floor import Floor
from previz.direct.places import dress
from previz.direct.screen import Screen
from previz.direct.staging import play_scene
from previz.model import Coverage, Film, Posture, Rate, ShotSize
from previz.script import parse_fountain
from previz.stage import Stage, camera_at

DEMO, *OTHERS = SCREENPLAYS
FILMS = (DEMO, *OTHERS[1::2])
FACES = (Coverage.SINGLE, Coverage.OTS, Coverage.REACTION)
QUARTERS = (0.25, 0.5, 0.75)


@pytest.fixture(scope="module", params=FILMS)
def film(request) -> Film:
    return directed(request.param)


def looks(film, kinds):
    """Yield shot, camera and landmarks of its subject at each quarter, and a screen."""
    for scene in film.scenes:
        stage = Stage(scene, film.characters, rate=film.rate)
        screen = Screen(stage.set_geometry)
        for shot in scene.shots:
            if shot.coverage not in kinds or len(shot.subjects) != 1:
                continue
            for share in QUARTERS:
                frame = int(share * shot.length_frames)
                marks = stage.landmarks(shot.subjects[0], shot.first_frame + frame)
                state = camera_at(
                    shot.camera, length_frames=shot.length_frames, frame=frame
                )
                if marks is not None:
                    yield shot, np.array(state.position_m), marks, screen


def turned_away(film):
    """Return how far each single's face is turned from the lens, by slate, degrees."""
    turned: dict[str, list[float]] = {}
    for shot, camera, marks, _ in looks(film, FACES):
        if shot.size in (ShotSize.FS, ShotSize.LS, ShotSize.EWS):
            continue
        way = camera - marks.eyes
        along = float(marks.face @ way / np.linalg.norm(way))
        turned.setdefault(shot.slate, []).append(np.degrees(np.arccos(along)))
    return {slate: float(np.median(angles)) for slate, angles in turned.items()}


def test_singles_show_the_face():
    films = [directed(name) for name in FILMS]
    middle = {(f.title, s): a for f in films for s, a in turned_away(f).items()}
    assert len(middle) > 50
    angles = np.array(list(middle.values()))
    assert np.mean(angles <= 75.0) >= 0.95, middle
    assert np.mean(angles <= 100.0) >= 0.98, middle


def test_no_thing_stands_before_a_face(film):
    for shot, camera, marks, screen in looks(film, FACES):
        points = [marks.eyes, (marks.eyes + marks.head_top) / 2]
        assert not screen.hides(camera, points).any(), shot.slate


def test_who_is_followed_is_seen_on_most_of_the_way(film):
    hidden: dict[str, list[bool]] = {}
    for shot, camera, marks, screen in looks(film, (Coverage.FOLLOW,)):
        hits = screen.hides(camera, [marks.eyes])
        hidden.setdefault(shot.slate, []).append(bool(hits[0]))
    for slate, hits in hidden.items():
        assert sum(hits) <= 1, slate


def test_one_sits_on_a_bed_turned_to_whoever_lies_in_it():
    text = (
        "INT. HOSPITAL ROOM - NIGHT\n\nPETE lies in the bed.\n\nANN enters. She sits "
        "on the edge of the bed.\n\nANN\nSo.\n\nPETE\nSo.\n"
    )
    film = direct(parse_fountain(text))
    (scene,) = film.scenes
    stage = Stage(scene, film.characters, rate=film.rate)
    at = scene.beats[-1].start_frame
    ann, pete = (stage.landmarks(p, at) for p in ("ann", "pete"))
    last = {b.character: b.marks[-1] for b in scene.blocking}
    assert last["ann"].posture is Posture.SIT
    assert last["pete"].posture is Posture.LIE
    way = pete.eyes - ann.eyes
    bearing = np.degrees(np.arctan2(way[0], way[2]))
    assert abs((bearing - last["ann"].facing_deg + 180) % 360 - 180) < 80.0
    assert float(ann.face @ way / np.linalg.norm(way)) > 0.7


def test_nobody_who_only_stands_about_is_a_subject():
    script = parse_fountain(
        "INT. BAR - NIGHT\n\nANN\nOne.\n\nBOB\nTwo.\n\nCY\nThree.\n\nANN\nFour.\n" * 2
    )
    cast = cast_of(script, seed=0)
    scene = script.scenes[0]
    floor = Floor(dress(scene.slugline, seed=1, id="bar", people=4))
    staged = play_scene(scene, cast=cast, floor=floor, rate=Rate(), prefix="s")
    crowd = staged.blocking[0].changed(character="someone")
    staged = replace(staged, blocking=(*staged.blocking, crowd))
    plans = cover(
        staged,
        rate=Rate(),
        new_place=True,
        interior=True,
        on_set=lambda words: False,
    )
    assert plans
    assert all("someone" not in plan.subjects for plan in plans)
