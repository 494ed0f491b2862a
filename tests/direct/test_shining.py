"""A window that is told to light up: an event of nobody, a picture, and its light."""

from itertools import pairwise

import pytest

from previz.direct import direct
from previz.direct.actions import Event, Recent, read_action
from previz.direct.cast import cast_of
from previz.direct.floor import Floor
from previz.direct.lexicon import Kind
from previz.direct.lit_windows import BOOTH, booth_seen
from previz.direct.places import dress
from previz.direct.shining import shone
from previz.direct.staging import Moment, Staged
from previz.model import Coverage, Matter, Rate, Setting, Slugline
from previz.script import parse_fountain
from previz.stage import Stage

STREET = Slugline(text="STREET", place="STREET", setting=Setting.EXTERIOR)
LENGTH = 120


def events(text):
    script = parse_fountain(f"EXT. STREET - NIGHT\n\nANN (30) waits.\n\n{text}\n")
    found, _ = read_action(text, cast=cast_of(script, seed=0), recent=Recent(("ann",)))
    return found


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Above them, the small square of glass lights up.", "light"),
        ("Across the street, over the roofs, one small window is lit.", "shine"),
        ("The window flickers.", "flicker"),
        ("Then the booth goes dark.", "darken"),
    ],
)
def test_what_glass_does_by_itself_nobody_does(text, verb):
    (event,) = events(text)
    assert (event.kind, event.subjects, event.verb) == (Kind.SHINE, (), verb)


@pytest.mark.parametrize(
    "text",
    ["Ann sits down, the window lit behind her.", "Ann crosses to the window, lit up."],
)
def test_a_window_that_only_is_there_is_no_event_of_its_own(text):
    assert Kind.SHINE not in {event.kind for event in events(text)}


def panes(verb, *, seed=0):
    words = frozenset({"marquee"})
    floor = Floor(dress(STREET, seed=1, id="s", people=2, words=words))
    event = Event(Kind.SHINE, words=("small", "square"), verb=verb)
    moment = Moment(48, LENGTH, "b1", event=event)
    staged = Staged((), (), (moment,), LENGTH, ())
    return shone(staged, floor=floor, rate=Rate(), exposure_ev100=8.0, seed=seed)


def lit_by_frame(staged):
    spans = [(p.from_frame, p.until_frame, p.piece.matter) for p in staged.props]
    assert spans[0][0] == 0
    assert spans[-1][1] == LENGTH
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    return [
        next(m is Matter.EMITTER for a, b, m in spans if a <= frame < b)
        for frame in range(LENGTH)
    ]


def test_what_lights_up_was_dark_and_burns_to_the_end():
    lit = lit_by_frame(panes("light"))
    assert not any(lit[:60])
    assert all(lit[100:])


def test_what_goes_dark_was_lit_and_stays_dark():
    lit = lit_by_frame(panes("darken"))
    assert all(lit[:60])
    assert not any(lit[100:])


def test_what_flickers_is_lit_more_than_dark_and_otherwise_with_another_seed():
    lit = lit_by_frame(panes("flicker"))
    assert all(lit[:48])
    assert 0.5 < sum(lit[48:]) / len(lit[48:]) < 0.95
    assert panes("flicker") == panes("flicker")
    assert lit != lit_by_frame(panes("flicker", seed=1))


def test_a_street_without_a_picture_house_has_no_such_window():
    floor = Floor(dress(STREET, seed=1, id="s", people=2))
    moment = Moment(0, LENGTH, "b", event=Event(Kind.SHINE, words=("square",)))
    staged = Staged((), (), (moment,), LENGTH, ())
    assert shone(staged, floor=floor, rate=Rate(), exposure_ev100=8.0, seed=0) == staged


def test_a_window_that_lights_up_is_looked_up_at_from_the_street():
    film = direct(
        parse_fountain(
            "EXT. STREET - NIGHT\n\nANN (30) waits under the marquee.\n\nANN\nNobody."
            "\n\nAnn exits.\n\nAbove her, the small square of glass lights up.\n"
        )
    )
    (scene,) = film.scenes
    shot = scene.shots[-1]
    assert shot.coverage is Coverage.INSERT
    house = Floor(scene.set).piece_for(BOOTH)
    middle, _ = booth_seen(house)
    camera = Stage(scene, film.characters, rate=film.rate).at(shot, 0).camera
    at, depth = camera.project([middle], width_px=160, height_px=90)
    assert depth[0] > 3.0
    assert 50 < at[0, 0] < 110
    assert 25 < at[0, 1] < 65
    assert camera.position_m[1] < 2.0
    dark = next(p for p in scene.props if p.piece.kind == "pane")
    assert shot.first_frame < dark.until_frame < shot.first_frame + shot.length_frames
