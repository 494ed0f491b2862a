"""Moves in words and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.camera import parse_moves, words_of
from previz.errors import PrevizError
from previz.model import LAST_FRAME, MOVE_UNITS, CameraMove, Move, Rate

RATES = [Rate.of(r) for r in (24, 23.976, 25, 29.97, 60)]
ONE_WAY = (Move.PUSH_IN, Move.PULL_OUT, Move.ZOOM, Move.RACK_FOCUS)


@st.composite
def moves(draw):
    kind = draw(st.sampled_from(sorted(MOVE_UNITS)))
    amount = draw(st.floats(1e-3, 1e4))
    if kind not in ONE_WAY and draw(st.booleans()):
        amount = -amount
    begin = draw(st.floats(0, 1))
    return CameraMove(
        kind=kind,
        amount=amount,
        start_frame=draw(st.integers(0, 10**5)),
        length_frames=draw(st.none() | st.integers(1, 10**6)),
        ease_in=begin,
        ease_out=draw(st.floats(0, 1 - begin)),
        subject=draw(st.sampled_from(("", "ann", "mr.x-2"))),
    )


@settings(deadline=None, max_examples=300)
@given(moves(), st.sampled_from(RATES))
def test_a_move_comes_back_from_its_words(move, rate):
    (found,) = parse_moves(words_of(move, rate=rate), rate=rate)
    near = {"ease_in", "ease_out"}
    assert found.model_dump(exclude=near) == move.model_dump(exclude=near)
    assert found.ease_in == pytest.approx(move.ease_in, abs=1e-12)
    assert found.ease_out == pytest.approx(move.ease_out, abs=1e-12)


def test_a_sentence_of_a_set_is_read():
    push, pan = parse_moves(
        "Push in 1.2 m over 3 s, ease out; then pan left 20 deg.", rate=Rate()
    )
    assert (push.kind, push.amount, push.length_frames) == (Move.PUSH_IN, 1.2, 72)
    assert (push.ease_in, push.ease_out) == (0.0, 0.6)
    assert (pan.kind, pan.amount, pan.start_frame) == (Move.PAN, 20.0, 72)
    assert pan.length_frames is None


SENTENCES = [
    ("pan right 20°", -20.0, "pan right 20 deg"),
    ("truck left 50 cm", -0.5, "truck left 0.5 m"),
    ("dolly out 2 meters on ann", -2.0, "dolly back 2 m, on ann"),
    ("arc clockwise 45 degrees over 48 frames", -45.0, "arc clockwise 45 deg over 2 s"),
    ("zoom to 70 mm ease none", 70.0, "zoom to 70 mm, ease none"),
    ("rack focus to ann", 3.0, "rack focus to 3 m, on ann"),
    ("whip pan left 90 deg over 7 frames", 90.0, "whip pan left 90 deg over 0.3 s"),
    ("tilt -5 deg from frame 9", -5.0, "tilt down 5 deg, from frame 9"),
]


@pytest.mark.parametrize(("said", "amount", "plain"), SENTENCES)
def test_what_people_say_is_read_and_said_plainly(said, amount, plain):
    (move,) = parse_moves(said, rate=Rate())
    assert move.amount == amount
    assert words_of(move, rate=Rate()) == plain


def test_and_begins_with_the_move_before():
    first, second = parse_moves(
        "truck right 1 m over 2 s from frame 10; and pan left 9 deg", rate=Rate()
    )
    assert first.start_frame == second.start_frame == 10


@pytest.mark.parametrize("said", ["", "static", " ; ; "])
def test_a_static_camera_makes_no_move(said):
    assert parse_moves(said, rate=Rate()) == ()


WRONG = [
    ("push in", "with an amount in m"),
    ("wander 3 m", "must be one of arc, crane"),
    ("pan left 20 m", "pan in deg"),
    ("push in 1 m, quickly", "not 'quickly'"),
    ("push in 1 m; then pan left 3 deg", "after one that ends"),
    ("push in 1 m over 0 s", "at least a frame"),
    ("push in nan m", "with an amount in m"),
    ("push in 0 m", "> 0 m"),
    ("push in 1e999 m", "finite"),
    ("pan left 1 deg over 1e999 s over 2 s " + "x" * 300, "clauses such as"),
]


@pytest.mark.parametrize(("said", "why"), WRONG)
def test_what_cannot_be_read_is_said(said, why):
    with pytest.raises(PrevizError, match=why) as error:
        parse_moves(said, rate=Rate())
    assert len(str(error.value)) < 500


@pytest.mark.parametrize(
    "said",
    [
        "push in 1 m over 1e999 frames",
        "push in 1 m over 1e999 s",
        "push in 1 m, from frame " + "9" * 5000,
    ],
)
def test_a_time_beyond_all_shots_is_held_to_the_longest(said):
    (move,) = parse_moves(said, rate=RATES[0])
    assert max(move.start_frame, move.length_frames or 0) <= LAST_FRAME
