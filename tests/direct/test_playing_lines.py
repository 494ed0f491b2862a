"""Action lines that hands, doors, places and passers-by play."""

import numpy as np
import pytest

from previz.direct import direct
from previz.direct.doors import doorway_at
from previz.direct.floor import apart_m
from previz.model import ActKind
from previz.script import parse_fountain
from previz.stage import Stage
from previz.stage.skeleton import BONE_INDEX


def film(text, *, seed=0):
    return direct(parse_fountain(text), seed=seed)


def played(scene, person):
    return next(b for b in scene.blocking if b.character == person)


def prop(scene, name):
    return next(p for p in scene.props if p.id == name)


def test_what_is_in_the_way_of_a_new_thing_is_laid_down_and_stays():
    (scene,) = film(
        "INT. KITCHEN - DAY\n\nANN (30) stands at the table, a knife in her hand.\n\n"
        "ANN\nNow.\n\nAnn picks up the box.\n\nANN\nThere.\n"
    ).scenes
    knife, box = prop(scene, "knife"), prop(scene, "box")
    assert knife.until_frame is None
    laid = max(key.frame for key in knife.keys)
    assert laid < box.holds[0].frame
    down = [a for a in played(scene, "ann").acts if a.kind is ActKind.PUT_DOWN]
    assert [(a.target, a.frame) for a in down] == [("knife", laid)]


def test_a_thing_held_up_to_the_window_is_before_the_eyes_towards_it():
    whole = film(
        "INT. KITCHEN - DAY\n\nANN (30) sits at the table, a photo in her hand.\n\n"
        "ANN\nLook.\n\nAnn stands. She holds the photo up to the window.\n"
    )
    (scene,) = whole.scenes
    act = next(a for a in played(scene, "ann").acts if a.kind is ActKind.READ)
    stage = Stage(scene, whole.characters, rate=whole.rate)
    marks = stage.landmarks("ann", act.frame + 6)
    photo = stage.prop_at("photo", act.frame + 6)[:3, 3]
    assert photo[1] > marks.eyes[1] - 0.25
    window = next(s for s in scene.set.spots if s.name == act.target)
    to = np.array(window.position_m) - marks.eyes
    gap = photo - marks.eyes
    cosine = (to[[0, 2]] @ gap[[0, 2]]) / np.linalg.norm(to[[0, 2]])
    assert cosine > 0.15


def test_steam_is_wiped_where_the_glass_is():
    (scene,) = film(
        "INT. KITCHEN - NIGHT\n\nANN (30) sits at the table.\n\nANN\nRain.\n\n"
        "Ann crosses to the window. She wipes the steam away with her sleeve.\n"
    ).scenes
    act = next(a for a in played(scene, "ann").acts if a.kind is ActKind.TOUCH)
    assert act.target.startswith("window")


def test_both_hands_hold_what_both_hands_are_round():
    (scene,) = film(
        "INT. CAFÉ - DAY\n\nANN (30) sits at the table, both hands round a cup.\n\n"
        "ANN\nCold.\n"
    ).scenes
    assert [hold.hand for hold in prop(scene, "cup").holds] == ["both"]


def test_they_turn_to_where_somebody_then_appears():
    (scene,) = film(
        "EXT. STREET - NIGHT\n\nANN (30) and BO (32) wait.\n\nCID (O.S.)\nHere.\n\n"
        "They turn. A figure stands in the mouth of the alley, no more than a hat. It "
        "steps into the light of the lamp.\n\nCID (60), a coat.\n\nCID\nIt is me.\n"
    ).scenes
    cid = played(scene, "cid")
    mouth = next(s for s in scene.set.spots if "alley" in s.words)
    assert apart_m(cid.marks[1].position_m, mouth.position_m) < 0.1
    for person in ("ann", "bo"):
        looks = [g.target for g in played(scene, person).gazes]
        assert looks[: looks.index("cid") + 1][-2:] == [mouth.name, "cid"]


def test_a_figure_that_is_a_hat_wears_one():
    whole = film(
        "EXT. STREET - NIGHT\n\nANN (30) waits.\n\nCID (O.S.)\nHere.\n\n"
        "A figure stands in the alley, no more than a hat.\n\nCID (60), a coat.\n"
    )
    cid = next(c for c in whole.characters if c.id == "cid")
    assert cid.wardrobe.hat is not None


def test_who_is_here_looks_at_who_comes_in():
    (scene,) = film(
        "INT. KITCHEN - DAY\n\nANN (30) sits at the table. She reads a letter.\n\n"
        "BO (40) enters. He sits. He drinks his coffee.\n\nBO\nMorning.\n"
    ).scenes
    bo = played(scene, "bo")
    seen = [g.frame for g in played(scene, "ann").gazes if g.target == "bo"]
    assert seen
    assert bo.enter_frame < seen[0] < bo.enter_frame + 40


@pytest.mark.parametrize("seed", range(2))
def test_a_street_is_come_into_by_its_ends_and_a_door_by_those_told_to(seed):
    (scene,) = film(
        "EXT. STREET - DAY\n\nANN (30) waits by the marquee.\n\nBO (30) enters.\n\n"
        "BO\nShall we?\n\nAnn crosses to the doors. Bo follows her in.\n",
        seed=seed,
    ).scenes
    ann, bo = played(scene, "ann"), played(scene, "bo")
    assert doorway_at(scene.set, bo.marks[0].position_m) is None
    for one in (ann, bo):
        assert one.exit_frame is not None
        assert doorway_at(scene.set, one.marks[-1].position_m) is not None
    assert ann.exit_frame <= bo.exit_frame


def test_a_letter_goes_up_on_the_board_at_a_hands_reach():
    whole = film(
        "EXT. STREET - DUSK\n\nANN (30) slides the last letter into the marquee and "
        "steps back. It says TONIGHT.\n\nBO (30) waits.\n"
    )
    (scene,) = whole.scenes
    letter, ann = prop(scene, "letter"), played(scene, "ann")
    act = next(a for a in ann.acts if a.kind is ActKind.PUT_DOWN)
    assert letter.keys[0].frame == act.frame
    stage = Stage(scene, whole.characters, rate=whole.rate)
    bones = stage.bones("ann", act.frame)
    hands = [bones[BONE_INDEX[name], :3, 3] for name in ("hand_l", "hand_r")]
    gap = min(np.linalg.norm(h - letter.keys[0].position_m) for h in hands)
    assert gap < 0.42
    assert letter.until_frame is not None
    (house,) = (p for p in scene.set.pieces if p.kind == "picture-house")
    assert house.lettering == "TONIGHT"
    after = [m for m in ann.marks if m.arrive_frame > act.frame]
    assert apart_m(after[0].position_m, ann.marks[1].position_m) > 0.8


def test_doors_told_open_stand_open_from_the_first_frame():
    (scene,) = film(
        "EXT. STREET - DAY\n\nANN (30) waits by the marquee. The doors stand open.\n"
    ).scenes
    assert {s.part for s in scene.swings} == {"door-1", "door-2"}
    assert all(s.keys[0].open > 0.5 for s in scene.swings)


@pytest.mark.parametrize("seed", range(2))
def test_some_of_a_crowd_walk_past_clear_of_everybody(seed):
    whole = film(
        "EXT. STREET - DAY\n\nTwelve passers-by. ANN (30) waits at the kerb.\n\n"
        "ANN\nTwenty minutes. I have been standing here for twenty minutes.\n",
        seed=seed,
    )
    (scene,) = whole.scenes
    walkers = [b for b in scene.blocking if len(b.marks) > 1 and "crowd" in b.character]
    assert walkers
    stage = Stage(scene, whole.characters, rate=whole.rate)
    others = [b.marks[0].position_m for b in scene.blocking if b not in walkers]
    for walker in walkers:
        first, last = (m.position_m for m in walker.marks)
        assert apart_m(first, last) > 12.0
        for frame in range(walker.enter_frame, scene.length_frames, 12):
            x, _, z = stage.bones(walker.character, frame)[0, :3, 3]
            assert min(apart_m((x, 0, z), o) for o in others) > 0.6
