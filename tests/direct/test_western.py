"""A western with hard lines: what hands bring, a telephone, who hides and who comes."""

import math

import pytest
from directed import directed

from previz.direct import direct
from previz.model import ActKind, Posture
from previz.script import parse_fountain
from previz.stage import Stage


@pytest.fixture(scope="module")
def film():
    return directed("dry_creek")


@pytest.fixture(scope="module")
def saloon(film):
    return film.scenes[0]


@pytest.fixture(scope="module")
def desert(film):
    return film.scenes[1]


def blocking(scene, who):
    return next(b for b in scene.blocking if b.character == who)


def acts(scene, who, kind):
    return [a for a in blocking(scene, who).acts if a.kind is kind]


def prop(scene, name):
    return next(p for p in scene.props if p.id == name)


def beat(scene, words):
    return next(b for b in scene.beats if words in b.element.text)


def at(scene, who, frame):
    marks = [m for m in blocking(scene, who).marks if m.arrive_frame <= frame]
    return marks[-1]


def test_a_nephew_is_a_man_though_he_comes_in_behind_her(film):
    gender = {c.id: c.femininity for c in film.characters}
    assert gender["dell"] < 0.5 < gender["cass"]
    assert gender["lottie"] > 0.5


def test_two_things_that_somebody_enters_with_are_both_in_hand(saloon):
    lantern, bag = prop(saloon, "lantern"), prop(saloon, "saddlebag")
    comes = blocking(saloon, "cass").enter_frame
    for thing in (lantern, bag):
        assert thing.holds[0].character == "cass"
        assert thing.holds[0].frame == comes
    assert lantern.holds[0].hand != bag.holds[0].hand
    assert prop(saloon, "rifle").holds[0].character == "dell"


def test_who_serves_stands_behind_the_bar_and_guests_before_it(saloon):
    bar = next(p for p in saloon.set.pieces if p.kind == "bar-counter")
    front = math.radians(bar.yaw_deg)

    def before_m(who, frame):
        x, _, z = at(saloon, who, frame).position_m
        dx, dz = x - bar.position_m[0], z - bar.position_m[2]
        return dx * math.sin(front) + dz * math.cos(front)

    said = beat(saloon, "closed").start_frame
    assert before_m("amos", said) < -0.4
    assert before_m("cass", said) > 0.4
    assert before_m("dell", said) > 0.4


def test_he_who_lays_the_rifle_down_is_who_has_it(saloon):
    (down,) = acts(saloon, "dell", ActKind.PUT_DOWN)
    assert down.target == "rifle"
    assert acts(saloon, "lottie", ActKind.TOUCH)[0].target == "dell"


def test_a_poster_comes_out_of_the_bag_and_is_shown_across_the_bar(saloon):
    poster = prop(saloon, "poster")
    assert poster.from_frame == poster.holds[0].frame
    (shown,) = acts(saloon, "cass", ActKind.HAND_OVER)
    assert shown.target == "amos"
    assert [h.character for h in poster.holds] == ["cass"]


def test_a_receiver_is_lifted_and_the_telephone_stays(saloon):
    phone, receiver = prop(saloon, "phone"), prop(saloon, "receiver")
    cradle = prop(saloon, "phone-cradle")
    lifted = receiver.holds[0].frame
    assert receiver.holds[0].character == "amos"
    assert phone.until_frame == cradle.from_frame == lifted
    assert cradle.piece.position_m == phone.piece.position_m
    assert not cradle.holds
    (call,) = acts(saloon, "amos", ActKind.PHONE)
    assert call.target == "receiver"
    assert call.frame > lifted


def test_who_ducks_behind_the_bar_is_behind_it(saloon):
    bar = next(p for p in saloon.set.pieces if p.kind == "bar-counter")
    last = blocking(saloon, "amos").marks[-1]
    assert last.posture is Posture.CROUCH
    assert last.position_m[2] < bar.position_m[2] - bar.size_m[2] / 2


def test_a_glove_flies_at_whom_it_is_thrown(saloon):
    (thrown,) = acts(saloon, "cass", ActKind.THROW)
    assert thrown.target == "amos"
    assert len(prop(saloon, "glove").keys) > 6


def test_two_who_walk_side_by_side_end_beside_each_other(film, desert):
    stage = Stage(desert, film.characters, rate=film.rate)
    ends = [blocking(desert, w).marks[1] for w in ("cass", "dell")]
    gap = math.dist(*(m.position_m for m in ends))
    assert gap < 1.3
    kneels = next(
        m for m in blocking(desert, "cass").marks if m.posture is Posture.CROUCH
    )
    frame = kneels.arrive_frame + 20
    a, b = (stage.landmarks(w, frame).hips for w in ("cass", "dell"))
    assert math.hypot(a[0] - b[0], a[2] - b[2]) < 1.2


def test_a_rock_is_sat_on(desert):
    seat = next(m for m in blocking(desert, "dell").marks if m.posture is Posture.SIT)
    rocks = [p for p in desert.set.pieces if p.kind == "rock"]
    x, _, z = seat.position_m
    near = min(math.hypot(x - p.position_m[0], z - p.position_m[2]) for p in rocks)
    assert near < 0.9


def test_a_canteen_goes_there_and_back(desert):
    holders = [h.character for h in prop(desert, "canteen").holds]
    assert holders == ["cass", "dell", "cass"]


def test_who_is_told_of_last_walks_up_from_the_edge(desert):
    said = beat(desert, "Rider").start_frame
    assert blocking(desert, "lottie").enter_frame > said


def test_two_who_reach_for_each_other_wait_for_neither():
    text = (
        "EXT. STREET - DAY\n\nANN and BOB wait.\n\nANN\nHere.\n\n"
        "Ann puts a hand on Bob's shoulder. Bob puts a hand on her shoulder.\n\n"
        "BOB\nThere.\n"
    )
    film = direct(parse_fountain(text))
    (scene,) = film.scenes
    stage = Stage(scene, film.characters, rate=film.rate)
    for frame in range(0, scene.length_frames, 12):
        assert stage.bones("ann", frame) is not None


def test_a_title_ends_no_sentence():
    text = (
        "INT. OFFICE - DAY\n\nANN sits at the desk.\n\nANN\nSo.\n\n"
        "DR. WEBB (40) enters with a book.\n\nDR. WEBB\nYes.\n"
    )
    (scene,) = direct(parse_fountain(text)).scenes
    assert not any(s.coverage == "insert" for s in scene.shots)
