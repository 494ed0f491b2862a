from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from previz.direct import direct
from previz.direct.plan import is_wider
from previz.direct.speeches import LONG_SPEECH_S, pictures
from previz.model import Coverage, Rate
from previz.script import parse_fountain

RATE = Rate()
SENTENCES = st.lists(st.integers(20, 140), min_size=2, max_size=16).filter(
    lambda lengths: sum(lengths) > LONG_SPEECH_S * 24
)


def speech(words: int, sentence: int) -> str:
    said = [
        ("And" if i % sentence == 0 else "then")
        + ("." if i % sentence == sentence - 1 else "")
        for i in range(words)
    ]
    return " ".join(said).rstrip(".") + "."


def told(words: int, sentence: int):
    """Return the shots of one long answer in the middle of a short talk."""
    text = (
        "INT. ROOM - DAY\n\nANN\nWell now.\n\nBOB\nWell what?\n\nANN\n"
        f"{speech(words, sentence)}\n\nBOB\nI see.\n"
    )
    film = direct(parse_fountain(text))
    (scene,) = film.scenes
    beat = scene.beats[2].id
    return film, [s for s in scene.shots if beat in s.beats]


@given(SENTENCES)
def test_pictures_of_a_speech_follow_each_other_without_gap(lengths):
    ends = [100 + sum(lengths[: i + 1]) for i in range(len(lengths))]
    parts = pictures(ends, start=100, rate=RATE)
    assert parts[0].start == 100
    assert parts[-1].end == ends[-1]
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert not any(p.listening or p.both for p in (parts[0], parts[-1]))


@given(SENTENCES)
def test_the_speaker_draws_nearer_and_is_held_longer_than_the_listener(lengths):
    ends = [sum(lengths[: i + 1]) for i in range(len(lengths))]
    parts = pictures(ends, start=0, rate=RATE)
    speaking = [p for p in parts if not p.listening and not p.both]
    glances = [p for p in parts if p.listening]
    sizes = [p.size for p in speaking]
    assert not any(is_wider(b, a) for a, b in pairwise(sizes))
    assert is_wider(sizes[0], sizes[-1])
    seconds = [RATE.seconds(p.end - p.start) for p in glances]
    assert all(1.2 <= s <= 2.0 for s in seconds)
    assert max(seconds) < min(RATE.seconds(p.end - p.start) for p in speaking)
    assert max(RATE.seconds(p.end - p.start) for p in speaking) <= 9.0


@given(SENTENCES)
def test_a_glance_is_as_near_as_the_picture_before_it(lengths):
    ends = [sum(lengths[: i + 1]) for i in range(len(lengths))]
    for before, part in pairwise(pictures(ends, start=0, rate=RATE)):
        assert not part.listening or part.size is before.size


def test_the_speaker_comes_back_where_a_sentence_starts():
    ends = [60, 130, 200, 290, 350, 420]
    parts = pictures(ends, start=0, rate=RATE)
    back = [b.start for a, b in pairwise(parts) if a.listening]
    assert back
    assert set(back) <= set(ends)


@pytest.mark.parametrize(
    ("words", "sentence"), [(40, 8), (60, 40), (80, 10), (110, 6), (150, 12)]
)
def test_a_long_speech_is_cut_with_progress(words, sentence):
    film, shots = told(words, sentence)
    own = [s for s in shots if s.subjects == ("ann",)]
    glances = [s for s in shots if s.coverage is Coverage.REACTION]
    assert len(own) >= 2
    assert glances
    assert is_wider(own[0].size, own[-1].size)
    assert not any(is_wider(b.size, a.size) for a, b in pairwise(own))
    longest = max(s.length_frames for s in glances)
    assert film.rate.seconds(longest) <= 2.0
    for shot in own[:-1]:
        assert shot.length_frames > longest


@pytest.mark.parametrize("words", [40, 80, 110, 150])
def test_no_setup_comes_three_times_in_a_row_of_two(words):
    _, shots = told(words, 9)
    looks = [(s.coverage, s.size, s.subjects, s.camera.move) for s in shots]
    for i in range(len(looks) - 4):
        a, b, c, d, e = looks[i : i + 5]
        assert not (a == c == e and b == d)
