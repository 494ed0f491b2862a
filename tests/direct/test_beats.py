"""What the action line says happens: who has what, when, and who stands by what."""

import math

import pytest
from directed import directed

from previz.direct import direct
from previz.model import ActKind, Emotion
from previz.script import parse_fountain
from previz.stage import BONES, Stage


@pytest.fixture(scope="module")
def films():
    names = ("the_good_silver", "the_exchange", "gate_nine", "the_last_reel")
    return {name: directed(name) for name in names}


def beat(scene, words):
    return next(b for b in scene.beats if words in b.element.text)


def blocking(scene, who):
    return next(b for b in scene.blocking if b.character == who)


def act(scene, who, kind):
    return next(a for a in blocking(scene, who).acts if a.kind is kind)


def prop(scene, name):
    return next(p for p in scene.props if p.id == name)


def holder(thing, frame):
    """Who holds a prop at a frame; nobody when it lies, flies or is away."""
    last = max((h for h in thing.holds if h.frame <= frame), key=lambda h: h.frame,
               default=None)  # fmt: skip
    laid = [k.frame for k in thing.keys if k.frame <= frame]
    gone = thing.until_frame is not None and frame >= thing.until_frame
    return "" if last is None or gone or max(laid, default=-1) >= last.frame else (
        last.character
    )  # fmt: skip


def embraces(who, frame):
    return any(
        a.kind is ActKind.EMBRACE
        and a.frame - 30 <= frame <= a.frame + a.length_frames + 30
        for a in who.acts
    )


def apart(film, scene, one, other, frame):
    stage = Stage(scene, film.characters, rate=film.rate)
    a, b = (stage.landmarks(who, frame).hips for who in (one, other))
    return math.hypot(a[0] - b[0], a[2] - b[2])


def test_a_letter_changes_hands_when_its_giver_has_walked_up(films):
    film = films["the_good_silver"]
    (scene,) = film.scenes
    letter, gives = prop(scene, "letter"), act(scene, "edmund", ActKind.HAND_OVER)
    assert act(scene, "lady-hampton", ActKind.RECEIVE).frame == gives.frame
    assert holder(letter, gives.frame - 1) == "edmund"
    assert holder(letter, gives.frame) == "lady-hampton"
    told = beat(scene, "hands her a letter")
    assert told.start_frame < gives.frame < told.start_frame + told.length_frames
    assert apart(film, scene, "edmund", "lady-hampton", gives.frame) < 1.25


def test_what_is_put_down_lies_on_the_table(films):
    (scene,) = films["the_good_silver"].scenes
    table = next(p for p in scene.set.pieces if "table" in p.kind.split("-"))
    for name in ("tray", "letter"):
        x, y, z = prop(scene, name).keys[-1].position_m
        top = table.position_m[1] + table.size_m[1]
        assert y == pytest.approx(top, abs=0.01)
        reach = math.hypot(*table.size_m[::2]) / 2
        assert math.hypot(x - table.position_m[0], z - table.position_m[2]) < reach


def test_a_thrown_glass_arcs_to_the_floor(films):
    (scene,) = films["the_good_silver"].scenes
    glass = prop(scene, "glass")
    thrown = act(scene, "lady-hampton", ActKind.THROW).frame
    assert holder(glass, thrown - 1) == "lady-hampton"
    heights = [k.position_m[1] for k in glass.keys if k.frame >= thrown]
    assert heights[0] > 1.0
    assert heights[-1] == pytest.approx(0.0, abs=0.8)


def test_faces_say_what_the_text_says_and_forget_it(films):
    (scene,) = films["the_good_silver"].scenes
    felt = blocking(scene, "edmund").feelings
    said = beat(scene, "Read it, Mother")
    assert felt[0].emotion is Emotion.FEAR
    assert felt[0].frame == said.start_frame
    assert any(f.strength < felt[0].strength for f in felt[1:])


def test_two_shake_hands_at_one_frame(films):
    film = films["the_good_silver"]
    (scene,) = film.scenes
    one, two = (act(scene, w, ActKind.SHAKE_HANDS) for w in ("edmund", "clara"))
    assert one.frame == two.frame
    assert apart(film, scene, "edmund", "clara", one.frame) < 1.4


def test_doors_open_before_those_who_go_through_them_and_shut(films):
    for film in films.values():
        for scene in film.scenes:
            for swing in scene.swings:
                assert swing.keys[0].open in (0.0, 0.9)
                assert max(key.open for key in swing.keys) == 0.9
    (scene,) = films["the_good_silver"].scenes
    (door,) = scene.swings
    comes = blocking(scene, "clara").marks
    opened = min(k.frame for k in door.keys if k.open > 0)
    assert comes[0].leave_frame <= opened < comes[1].arrive_frame


def test_a_drawer_opens_under_the_hand(films):
    (scene,) = films["the_exchange"].scenes
    opens = next(
        a
        for a in blocking(scene, "vera").acts
        if a.kind is ActKind.OPEN and not a.target.startswith("wall")
    )
    swing = next(s for s in scene.swings if s.piece == opens.target)
    assert any(key.frame == opens.frame for key in swing.keys)


def test_keys_that_are_thrown_to_somebody_are_caught(films):
    (scene,) = films["the_exchange"].scenes
    keys = prop(scene, "key")
    thrown = act(scene, "vera", ActKind.THROW).frame
    assert holder(keys, thrown - 1) == "vera"
    assert holder(keys, scene.length_frames) in ("", "miles")
    assert any(h.character == "miles" and h.frame > thrown for h in keys.holds)


def test_a_case_leaves_with_whoever_has_it(films):
    (scene,) = films["the_exchange"].scenes
    case, miles = prop(scene, "briefcase"), blocking(scene, "miles")
    assert case.holds[0].character == "vera"
    assert case.holds[-1].character == "miles"
    assert case.until_frame == miles.exit_frame


def test_a_doctor_is_the_doctor_under_every_name(films):
    film = films["gate_nine"]
    assert [c.id for c in film.characters if "okoro" in c.id] == ["dr-okoro"]
    scene = film.scenes[0]
    touch = act(scene, "dr-okoro", ActKind.TOUCH)
    assert touch.target == "ruth"
    assert apart(film, scene, "dr-okoro", "ruth", touch.frame) < 1.1
    gives = act(scene, "dr-okoro", ActKind.HAND_OVER)
    assert holder(prop(scene, "clipboard"), gives.frame) == "ruth"


def test_ruth_shakes_her_own_head(films):
    scene = films["gate_nine"].scenes[0]
    assert act(scene, "ruth", ActKind.SHAKE_HEAD).target == ""
    assert act(scene, "ruth", ActKind.HEAD_IN_HANDS)


def test_pace_is_as_the_verb_says(films):
    scene = films["gate_nine"].scenes[1]
    paces = {w: [m.pace_m_s for m in blocking(scene, w).marks if m.pace_m_s]
             for w in ("ruth", "pete")}  # fmt: skip
    assert paces["ruth"][0] == 0.9
    assert paces["pete"][0] == 3.2


def test_a_crowd_is_as_large_as_the_text_says(films):
    scene = films["gate_nine"].scenes[1]
    assert sum(b.character.startswith("crowd") for b in scene.blocking) > 30


def test_the_demo_hands_its_folder_about(films):
    scene = films["the_last_reel"].scenes[0]
    folder = prop(scene, "folder")
    down = act(scene, "theo", ActKind.PUT_DOWN).frame
    assert holder(folder, down - 1) == "theo"
    assert holder(folder, down) == ""


def test_those_who_gather_stand_round_the_table():
    text = (
        "INT. KITCHEN - DAY\n\nANN, BOB and CID stand at the door.\n\nANN\nNow.\n\n"
        "BOB\nYes.\n\nCID\nYes.\n\n"
        "The three gather round the table.\n\nBOB\nSo.\n"
    )
    (scene,) = direct(parse_fountain(text)).scenes
    table = next(p for p in scene.set.pieces if p.kind == "table")
    x, _, z = table.position_m
    ends = [blocking(scene, w).marks[-1].position_m for w in ("ann", "bob", "cid")]
    assert all(math.hypot(e[0] - x, e[2] - z) < 2.4 for e in ends)
    assert min(math.dist(a, b) for a in ends for b in ends if a != b) > 0.7


def test_walkers_never_walk_through_each_other(films):
    """Bodies stay 0.4 m apart while one walks, unless they embrace."""
    nearest = 9.0
    for film in films.values():
        for scene in film.scenes:
            stage = Stage(scene, film.characters, rate=film.rate)
            leads = [
                b.character
                for b in scene.blocking
                if not b.character.startswith("crowd")
            ]
            for frame in range(0, scene.length_frames, 6):
                there = [
                    (w, m.hips)
                    for w in leads
                    if (m := stage.landmarks(w, frame)) is not None
                ]
                for k, (w, a) in enumerate(there):
                    for _, b in there[k + 1 :]:
                        if not embraces(blocking(scene, w), frame):
                            gap = math.hypot(a[0] - b[0], a[2] - b[2])
                            nearest = min(nearest, gap)
    assert nearest >= 0.4


def _played(text: str):
    (scene,) = direct(parse_fountain(text)).scenes
    return scene, {b.character: b for b in scene.blocking}


def test_what_lies_there_is_there_before_anybody_touches_it():
    text = (
        "INT. KITCHEN - NIGHT\n\nUnder the lamp, a round film can. ANN sits at the "
        "table.\n\nANN\nNo.\n\nAnn lifts the lid and holds a length of film up.\n"
    )
    scene, people = _played(text)
    can, lid, film = (
        next(p for p in scene.props if p.id == n) for n in ("can", "lid", "film")
    )
    assert can.from_frame == lid.from_frame == 0
    assert can.piece.position_m[1] > 0.6
    assert film.from_frame > lid.holds[0].frame > 24
    taken = [a.target for a in people["ann"].acts if a.kind is ActKind.TAKE]
    assert taken == ["lid", "film"]


def test_an_offer_is_made_to_whoever_looks_at_it_next():
    text = (
        "EXT. STREET - DAY\n\nANN waits. BOB waits. CID waits.\n\nANN\nHere.\n\n"
        "BOB\nHm.\n\nCID\nHm.\n\nAnn holds out the can. Bob looks at it.\n"
    )
    _, people = _played(text)
    (out,) = (a for a in people["ann"].acts if a.kind is ActKind.HAND_OVER)
    assert out.target == "bob"
    assert not [a for a in people["bob"].acts if a.kind is ActKind.RECEIVE]


def test_it_is_what_was_picked_up_last_and_falls_into_the_bin():
    text = (
        "INT. OFFICE - DAY\n\nANN stands at the desk with a pen.\n\nANN\nNo.\n\n"
        "She picks up the folder and drops it in the bin.\n"
    )
    scene, _ = _played(text)
    folder = next(p for p in scene.props if p.id.startswith("folder"))
    heights = [key.position_m[1] for key in folder.keys]
    assert heights[-2] - heights[-1] > 0.3
    assert folder.until_frame is not None


def test_whoever_was_heard_is_the_figure_that_is_seen():
    text = (
        "EXT. STREET - NIGHT\n\nANN waits.\n\nEVE (O.S.)\nWait.\n\nA figure stands "
        "in the dark with a suitcase. It steps into the light.\n\nEVE (60).\n\n"
        "EVE\nHere.\n"
    )
    scene, people = _played(text)
    assert people["eve"].enter_frame > 24
    assert [p.id for p in scene.props] == ["suitcase"]


def test_a_hand_reaches_the_door_that_it_opens():
    text = "INT. KITCHEN - DAY\n\nANN stands.\n\nANN\nBye.\n\nAnn exits.\n"
    film = direct(parse_fountain(text))
    (scene,) = film.scenes
    stage = Stage(scene, film.characters, rate=film.rate)
    (ann,) = scene.blocking
    (act,) = (a for a in ann.acts if a.kind is ActKind.OPEN)
    bones = stage.bones("ann", act.frame)
    up = bones[BONES.index("chest"), :3, 1]
    assert up[1] > 0.8, "bent over to reach the handle"
