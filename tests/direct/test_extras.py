import numpy as np
import pytest

from previz.direct import direct
from previz.direct.extras import MOST_EXTRAS, has_crowd
from previz.model import Posture
from previz.script import parse_fountain

BAR = """INT. BAR - NIGHT

{action} ANN (30) sits at the bar. BOB (40) stands behind it.

ANN
Is it always like this?

BOB
Fridays.

Ann crosses to the door.
"""


def film(action):
    return direct(parse_fountain(BAR.format(action=action)), seed=3)


@pytest.mark.parametrize(
    ("action", "crowd"),
    [
        ("A Friday CROWD, three deep.", True),
        ("Customers drink.", True),
        ("Passers-by stare.", True),
        ("No customers.", False),
        ("There is no one.", False),
        ("A crowded shelf.", False),
    ],
)
def test_a_crowd_is_what_the_action_calls_one(action, crowd):
    script = parse_fountain(BAR.format(action=action))
    assert has_crowd(script.scenes[0]) is crowd


def test_background_people_keep_clear_of_the_leads_and_of_each_other():
    scene = film("A Friday CROWD, three deep.").scenes[0]
    extras = [b for b in scene.blocking if b.character.startswith("crowd-")]
    leads = [b for b in scene.blocking if not b.character.startswith("crowd-")]
    assert 4 <= len(extras) <= MOST_EXTRAS
    at = np.array([b.marks[0].position_m for b in extras])
    where = np.array([m.position_m for b in leads for m in b.marks])
    gaps = np.linalg.norm((at[:, None] - where[None])[..., [0, 2]], axis=2)
    assert gaps.min() > 1.4
    among = np.linalg.norm((at[:, None] - at[None])[..., [0, 2]], axis=2)
    assert among[~np.eye(len(at), dtype=bool)].min() >= 0.6
    postures = {b.marks[0].posture for b in extras}
    assert postures == {Posture.SIT, Posture.STAND}


def test_coverage_takes_no_background_person_as_its_subject():
    with_crowd, without = film("A Friday CROWD, three deep."), film("A quiet Friday.")
    assert len(with_crowd.characters) == len(without.characters) + 16
    for shot in with_crowd.scenes[0].shots:
        assert not any(s.startswith("crowd-") for s in shot.subjects)


def test_a_film_without_a_crowd_has_no_background_people():
    assert [c.name for c in film("A quiet Friday.").characters] == ["Ann", "Bob"]
