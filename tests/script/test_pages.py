"""Pages by the stated rule, and what a feature costs."""

import time

import pytest

from bench.feature import write_feature
from previz.script import parse_fountain
from previz.script.layout import wrapped_lines

HEAD = "INT. A - DAY\n\n"


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("one", 35, 1),
        ("a" * 60, 60, 1),
        ("a" * 61, 60, 2),
        ("aaaa bbbb cccc", 9, 2),
        ("aaaa bbbb cccc", 8, 3),
        ("one\ntwo\n\nthree", 35, 4),
        ("夜" * 30, 60, 1),
        ("夜" * 31, 60, 2),
        ("x " * 40 + "y" * 25, 10, 11),
    ],
)
def test_words_wrap_at_the_column(text, columns, lines):
    assert wrapped_lines(text, columns) == lines


def test_a_page_holds_55_lines():
    # The heading takes line 1, each action its empty line and one line.
    elements = parse_fountain(HEAD + "Rain.\n\n" * 28).scenes[0].elements
    assert [item.page for item in elements] == [1] * 27 + [2]


def test_dialogue_takes_more_lines_than_action():
    words = "word " * 200
    action = parse_fountain(HEAD + (f"{words}\n\n") * 9)
    speech = parse_fountain(HEAD + (f"ANN\n{words}\n\n") * 9)
    assert action.pages < speech.pages


def test_dual_dialogue_stands_side_by_side():
    speech = "ANN\nHi.\n\nBOB{}\nHo.\n\n" * 30
    one = parse_fountain(HEAD + speech.format(*[""] * 30))
    dual = parse_fountain(HEAD + speech.format(*[" ^"] * 30))
    assert (one.pages, dual.pages) == (4, 2)


def test_a_heading_never_ends_a_page():
    text = HEAD + "Rain.\n\n" * 25 + "EXT. B - DAY\n\nSun.\n"
    assert parse_fountain(text).scenes[1].slugline.page == 2


def test_a_page_break_begins_a_page_and_notes_take_no_room():
    text = HEAD + "[[n]]\n\n= s\n\n" * 90 + "Rain.\n\n===\n\nSun.\n"
    elements = parse_fountain(text).scenes[0].elements
    assert [e.page for e in elements if e.text in ("Rain.", "Sun.")] == [1, 2]


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_synthetic_feature_has_the_pages_that_were_asked_for(seed):
    assert 115 <= parse_fountain(write_feature(120, seed=seed)).pages <= 125


def test_a_synthetic_feature_is_the_same_for_a_seed():
    assert write_feature(5, seed=1) == write_feature(5, seed=1)
    assert write_feature(5, seed=1) != write_feature(5, seed=2)


def test_a_feature_reads_well_under_two_seconds():
    text = write_feature(120, seed=1)
    begin = time.process_time()
    play = parse_fountain(text)
    assert time.process_time() - begin < 1.0
    assert len(play.scenes) > 60
