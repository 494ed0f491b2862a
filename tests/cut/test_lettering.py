import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from previz.cut import clip_text, draw_text, text_width, unwritable, wrap_text

TEXTS = st.text(max_size=120)


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.integers(30, 200), st.integers(1, 4))
def test_wrapped_lines_never_overflow(text, width, lines):
    rows = wrap_text(text, px=12, width_px=width, lines=lines)
    assert len(rows) <= lines
    assert all(text_width(row, px=12) <= width for row in rows)


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.integers(15, 200))
def test_clipped_text_never_overflows(text, width):
    assert text_width(clip_text(text, px=12, width_px=width), px=12) <= width


def test_wrapping_keeps_every_word_when_there_is_room():
    text = "The quick brown fox jumps over the lazy dog " * 5
    rows = wrap_text(text, px=12, width_px=150, lines=100)
    assert " ".join(rows).split() == text.split()


def test_ideographs_break_without_spaces():
    rows = wrap_text("あ" * 60, px=12, width_px=100, lines=99)
    assert len(rows) > 3
    assert "".join(rows) == "あ" * 60


def test_cut_text_says_so():
    assert wrap_text("word " * 90, px=12, width_px=100, lines=2)[-1].endswith("…")


def test_a_character_without_a_font_is_seen_and_named():
    private = "\U000f1234"
    assert unwritable([f"a{private}b", "plain"]) == private
    image = Image.new("L", (60, 30))
    draw_text(ImageDraw.Draw(image), (2, 22), private, px=20, fill=255)
    assert np.asarray(image).max() > 100


@pytest.mark.parametrize("text", ["Żółć", "Привет", "γειά", "שלום", "مرحبا"])
def test_alphabets_are_written_with_their_letters(text):
    assert unwritable([text]) == ""
