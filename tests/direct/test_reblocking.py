"""Somebody is put on a mark that is asked for, or told why not."""

import math

import pytest

from previz.errors import ModelError, UnknownNameError
from previz.film import Film

TEXT = """INT. KITCHEN - DAY

ANN stands at the window. BOB stands by the door.

ANN
One long line that takes its time to be said, so that there is time to walk.

BOB
Another line, as long as the first, and said at the same easy pace as that.

ANN
And a third.
"""


@pytest.fixture(scope="module")
def film():
    return Film.from_text(TEXT)


def marks(film, who="ann"):
    scene = film.value.scenes[0]
    return next(b for b in scene.blocking if b.character == who).marks


def test_a_mark_is_reached_at_its_frame(film):
    fresh = film.block("1", "ann", to="bob", at_frame=140, look="bob", feeling="joy")
    (scene,) = fresh.value.scenes
    ann = next(b for b in scene.blocking if b.character == "ann")
    mark = next(m for m in ann.marks if m.arrive_frame == 140)
    bob = marks(fresh, "bob")[0].position_m
    assert 0.7 < math.dist(mark.position_m, bob) < 2.0
    assert ann.gazes[-1].target == "bob" or any(g.frame == 140 for g in ann.gazes)
    assert any(f.frame == 140 and f.emotion == "joy" for f in ann.feelings)
    assert fresh.value.scenes[0].shots == film.value.scenes[0].shots


def test_the_same_question_has_the_same_answer(film):
    asked = {"to": "bob", "at_frame": 140}
    assert (
        film.block("1", "ann", **asked).value == film.block("1", "ann", **asked).value
    )


def test_another_act_at_a_frame_takes_the_place_of_the_first(film):
    asked = {"to": "bob", "at_frame": 140}
    fresh = film.block("1", "ann", act="wave", **asked)
    fresh = fresh.block("1", "ann", act="drink", **asked)
    ann = next(b for b in fresh.value.scenes[0].blocking if b.character == "ann")
    assert [a.kind for a in ann.acts if 140 < a.frame < 160] == ["drink"]


def test_what_others_do_stays(film):
    fresh = film.block("1", "ann", to="bob", at_frame=140)
    assert marks(fresh, "bob") == marks(film, "bob")


def test_a_mark_in_a_wall_is_refused(film):
    wide = film.value.scenes[0].set.size_m[0]
    with pytest.raises(ModelError, match=r"block\.to must be clear of walls"):
        film.block("1", "ann", to=(wide / 2, 0.0), at_frame=140)


def test_a_mark_that_is_no_number_is_refused(film):
    with pytest.raises(ModelError, match=r"block\.to must be \(x, z\)"):
        film.block("1", "ann", to=(math.nan, 0.0), at_frame=140)


def test_nobody_arrives_before_they_can(film):
    with pytest.raises(ModelError, match=r"block\.at_frame must leave time to walk"):
        film.block("1", "ann", to="bob", at_frame=2)


def test_more_people_than_chairs_is_refused(film):
    scene = film.value.scenes[0]
    only = tuple(s for s in scene.set.spots if s.posture == "sit")[:1]
    one_chair = scene.changed(set=scene.set.changed(spots=only))
    fresh = Film(film.value.changed(scenes=(one_chair,)))
    fresh = fresh.block("1", "ann", to=only[0].name, at_frame=200)
    assert marks(fresh)[-1].posture == "sit"
    with pytest.raises(ModelError, match=r"block\.to must be a free seat"):
        fresh.block("1", "bob", to=only[0].name, at_frame=209)


@pytest.mark.parametrize(
    "asked",
    [
        {"to": "moon"},
        {"to": "bob", "look": "moon"},
        {"to": "bob", "posture": "float"},
        {"to": "bob", "act": "sing"},
        {"to": "bob", "feeling": "meh"},
    ],
)
def test_an_unknown_name_lists_those_that_are_known(film, asked):
    with pytest.raises(UnknownNameError, match="must be one of"):
        film.block("1", "ann", at_frame=140, **asked)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"to": None}, "to"),
        ({"to": 5}, "to"),
        ({"to": (math.nan, 0.0)}, "to"),
        ({"to": "bob", "pace_m_s": "fast"}, "pace_m_s"),
        ({"to": "bob", "pace_m_s": math.nan}, "pace_m_s"),
    ],
)
def test_what_is_no_place_or_pace_is_refused(film, asked, field):
    with pytest.raises(ModelError, match=rf"^block\.{field} must be .*, got "):
        film.block("1", "ann", at_frame=140, **asked)


def test_a_frame_after_the_end_is_refused(film):
    with pytest.raises(ModelError, match=r"block\.at_frame must be"):
        film.block("1", "ann", to="bob", at_frame=1_000_000)


TAKES = """INT. KITCHEN - DAY

ANN stands at the window. BOB stands by the door.

ANN
One line.

Ann picks up the cup from the table. She hands it to Bob. Bob puts it on the counter.

BOB
And another.
"""


def test_what_was_done_at_a_mark_that_is_gone_is_not_done_in_the_air():
    film = Film.from_text(TAKES)
    scene = film.value.scenes[0]
    ann = next(b for b in scene.blocking if b.character == "ann")
    take = next(a for a in ann.acts if a.kind == "take")
    old = next(m for m in ann.marks if m.leave_frame >= take.frame > m.arrive_frame)
    far = max(
        (s for s in scene.set.spots if s.posture == "stand" and not s.exit),
        key=lambda s: math.dist(s.position_m, old.position_m),
    )
    fresh = film.block("1", "ann", to=far.name, at_frame=take.frame - 4)
    after = fresh.value.scenes[0]
    (cup,) = (p for p in after.props if p.id == take.target)
    assert (cup.holds, cup.keys) == ((), ())
    acts = [a for b in after.blocking for a in b.acts]
    assert not [a for a in acts if a.kind in ("take", "hand over", "receive")]
    assert not [a for a in acts if a.target == cup.id]
