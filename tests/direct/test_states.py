import pytest

from previz.direct import direct
from previz.direct.floor import Floor, apart_m, step
from previz.model import Posture
from previz.script import parse_fountain

SIT, LIE, STAND = Posture.SIT, Posture.LIE, Posture.STAND
LEAN, CROUCH = Posture.LEAN, Posture.CROUCH


def scene_of(place: str, text: str):
    talk = "BOB\nHello.\n\nCLARE\nHi.\n"
    (scene,) = direct(parse_fountain(f"{place} - NIGHT\n\n{text}\n\n{talk}")).scenes
    return scene


def first_mark(scene, character="clare"):
    (blocking,) = (b for b in scene.blocking if b.character == character)
    assert blocking.enter_frame == 0
    return blocking.marks[0]


@pytest.mark.parametrize(
    ("place", "text", "posture", "spot"),
    [
        ("LIVING ROOM", "CLARE (35) is asleep in the armchair.", SIT, "armchair"),
        ("LIVING ROOM", "CLARE (35) is sitting on the sofa.", SIT, "sofa"),
        ("LIVING ROOM", "CLARE (35), slumped in an armchair, snores.", SIT, "armchair"),
        ("LIVING ROOM", "CLARE (35) sleeps on the couch.", SIT, "sofa"),
        ("LIVING ROOM", "On the sofa sits CLARE (35).", SIT, "sofa"),
        ("LIVING ROOM", "We see CLARE (35) sitting on the sofa.", SIT, "sofa"),
        ("LIVING ROOM", "CLARE (35) sits in the armchair, asleep.", SIT, "armchair"),
        ("LIVING ROOM", "In the armchair, CLARE (35) dozes.", SIT, "armchair"),
        ("LIVING ROOM", "CLARE (35) is standing at the window.", STAND, "window"),
        ("LIVING ROOM", "CLARE (35) leans against the wall.", LEAN, ""),
        ("BEDROOM", "CLARE (35) is curled up on the bed.", LIE, "in bed"),
        ("BEDROOM", "CLARE (35), lying on the bed, reads.", LIE, "in bed"),
        ("BEDROOM", "A bed. On it, CLARE (35), fast asleep.", LIE, "in bed"),
        ("BEDROOM", "CLARE (35) is lying on the floor.", LIE, ""),
        ("WAREHOUSE", "CLARE (35) is tied to a chair.", SIT, "chair"),
        ("WAREHOUSE", "CLARE (35), tied up in a chair, struggles.", SIT, "chair"),
        ("WAREHOUSE", "CLARE (35) is kneeling on the floor.", CROUCH, ""),
    ],
)
def test_a_state_sets_the_first_mark(place, text, posture, spot):
    mark = first_mark(scene_of(f"INT. {place}", text))
    assert mark.posture is posture
    assert mark.spot.startswith(spot)
    assert bool(mark.spot) == bool(spot)


def test_a_state_after_a_clause_about_another_is_of_who_was_named_last():
    scene = scene_of(
        "INT. HOSPITAL ROOM",
        "BOB (7) lies in the bed with his eyes open, while his mother, CLARE (35), is "
        "asleep in the chair by the window in yesterday's coat.",
    )
    assert first_mark(scene, "bob").posture is LIE
    assert first_mark(scene).posture is SIT


def test_of_several_chairs_the_one_by_what_is_named_is_taken():
    scene = scene_of(
        "INT. HOSPITAL ROOM", "CLARE (35) sits in the chair by the window."
    )
    taken = first_mark(scene)
    chairs = [s for s in scene.set.spots if "chair" in s.words and s.posture is SIT]
    (window,) = (s for s in scene.set.spots if s.name == "window")
    nearest = min(chairs, key=lambda s: apart_m(s.position_m, window.position_m))
    assert len(chairs) > 1
    assert apart_m(taken.position_m, nearest.position_m) < 0.01


@pytest.mark.parametrize("place", ["INT. LIVING ROOM", "EXT. GAS STATION"])
def test_who_leans_has_something_at_the_back(place):
    scene = scene_of(place, "CLARE (35) leans against the wall.")
    mark = first_mark(scene)
    assert mark.posture is LEAN
    x, _, z = mark.position_m
    behind = step((x, 1.2, z), mark.facing_deg + 180.0, 0.25)
    before = step((x, 1.2, z), mark.facing_deg, 0.5)
    obstacles = Floor(scene.set).obstacles
    assert obstacles.blocked((x, 1.2, z), behind)
    assert not obstacles.blocked((x, 1.2, z), before)


def test_what_is_tucked_or_tied_leaves_people_on_their_feet():
    scene = scene_of("INT. LIVING ROOM", "CLARE (35), hair tied back in a bun, waits.")
    assert first_mark(scene).posture is STAND
