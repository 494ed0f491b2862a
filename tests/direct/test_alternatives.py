"""Other coverages of a scene: the same acting and light, cut otherwise."""

import pytest

from previz.direct import direct
from previz.direct.alternatives import STYLES, covered
from previz.direct.plan import LADDER, is_wider
from previz.edits import edit_of
from previz.errors import UnknownNameError
from previz.model import ShotSize
from previz.script import parse_fountain
from previz.session import Session

TEXT = """INT. KITCHEN - NIGHT

ANN sits at the table. BOB stands by the window.

ANN
You came back after all these years.

BOB
I said that I would, and I always do what I say.

ANN
You never did! Not once, not for me.

Bob crosses to the table.

BOB
I know it, Ann. That is why I am here now.

ANN
Then sit down and tell me.
"""


@pytest.fixture(scope="module")
def film():
    return direct(parse_fountain(TEXT))


@pytest.fixture(scope="module")
def scenes(film):
    scene = film.scenes[0]
    return {style: covered(film, scene, style) for style in STYLES}


def tightness(scene):
    """Return how tight a scene's mean frame is, in steps of the ladder."""
    known = [LADDER.index(s.size) for s in scene.shots if s.size in LADDER]
    return sum(known) / len(known)


def test_each_coverage_shows_the_whole_scene_and_leaves_its_acting(film, scenes):
    scene = film.scenes[0]
    for other in scenes.values():
        assert sum(s.length_frames for s in other.shots) == scene.length_frames
        assert other.changed(shots=()) == scene.changed(shots=())


def test_close_is_nearer_and_wide_is_cut_less(scenes):
    assert tightness(scenes["close"]) > tightness(scenes["classical"])
    assert tightness(scenes["wide"]) < tightness(scenes["classical"])
    assert len(scenes["wide"].shots) < len(scenes["classical"].shots)
    faces = [s for s in scenes["wide"].shots if len(s.subjects) == 1]
    assert not any(is_wider(ShotSize.MLS, s.size) for s in faces)


def test_a_coverage_is_the_same_every_time(film, scenes):
    from previz.direct.alternatives import _shots

    _shots.cache_clear()
    assert covered(film, film.scenes[0], "close") == scenes["close"]


def test_a_picked_coverage_is_one_step_and_undo_brings_the_film_back(film, scenes):
    session = Session(film)
    edit = edit_of({"kind": "cover_scene", "scene": "1", "style": "close"})
    assert session.apply(edit).scenes[0] == scenes["close"]
    assert [entry.words for entry in session.history] == ["Scene 1: close coverage"]
    assert session.undo().to_json() == film.to_json()


def test_a_style_that_there_is_not_is_refused_with_those_there_are(film):
    with pytest.raises(UnknownNameError, match="classical"):
        covered(film, film.scenes[0], "jazz")
