"""A shot taken again: what was asked for is what the picture shows."""

import pytest

from previz.check import describe
from previz.direct import direct, reshot
from previz.errors import ModelError, PrevizError, UnknownNameError
from previz.model import Angle, Lens, Move, Rate, RigKind, ShotSize
from previz.script import parse_fountain
from previz.stage import Stage

TEXT = """
EXT. PARK - DAY

ANN (30) and BEN (40) stand on the path.

ANN
You came all this way for a letter that nobody ever opened?

BEN
I came for you. The letter is only paper, and I never wanted to read it.
"""


@pytest.fixture(scope="module")
def film():
    return direct(parse_fountain(TEXT), rate=Rate.of(24), seed=0)


@pytest.fixture(scope="module")
def slate(film):
    return next(s.slate for _, s in film.shots if s.subjects and s.length_frames > 40)


def seen(film, slate, who):
    scene, shot = film.find_shot(slate)
    stage = Stage(scene, film.characters, rate=film.rate)
    told = describe(stage, shot, shot.length_frames // 2)
    return next(one for one in told.people if one.character == who)


@pytest.mark.parametrize("size", [ShotSize.CU, ShotSize.MS, ShotSize.FS])
def test_the_framing_that_was_asked_for_is_seen(film, slate, size):
    again = reshot(film, slate, framing=str(size), on="ann", lens=50, turn_deg=80)
    assert seen(again, slate, "ann").size is size
    _, shot = again.find_shot(slate)
    assert shot.size is size
    assert shot.camera.poses[0].focal_length_mm == 50


def test_a_framing_may_be_said_in_words(film, slate):
    said = reshot(film, slate, framing="Medium close-up", on="ann", lens=50)
    assert said == reshot(film, slate, framing="MCU", on="ann", lens=50)


def test_only_the_named_shot_changes(film, slate):
    again = reshot(film, slate, moves="push in 0.4 m over 1 s, ease out", rig="dolly")
    for (_, before), (_, after) in zip(film.shots, again.shots, strict=True):
        assert (before == after) is (before.slate != slate)
    _, shot = again.find_shot(slate)
    assert (shot.camera.move, shot.camera.rig.kind) == (Move.PUSH_IN, RigKind.DOLLY)
    assert shot.camera.poses == film.find_shot(slate)[1].camera.poses
    assert reshot(again, slate, moves="").find_shot(slate)[1].camera.moves == ()


def test_a_scheme_lights_the_scene_and_the_camera_follows_the_meter(film, slate):
    again = reshot(film, slate, light="golden hour")
    before, _ = film.find_shot(slate)
    after, shot = again.find_shot(slate)
    assert after.lights != before.lights
    assert shot.camera.iso is None


def test_what_cannot_be_taken_says_why(film, slate):
    with pytest.raises(UnknownNameError, match="MCU"):
        reshot(film, slate, framing="nearby")
    with pytest.raises(UnknownNameError, match="dolly"):
        reshot(film, slate, rig="trolley")
    with pytest.raises(UnknownNameError, match="overhead"):
        reshot(film, slate, framing="MCU", angle="worm")
    with pytest.raises(UnknownNameError, match="ben"):
        reshot(film, slate, on="carl")
    with pytest.raises(PrevizError, match="push in"):
        reshot(film, slate, moves="glide 2 m")
    with pytest.raises(UnknownNameError, match="rembrandt"):
        reshot(film, slate, light="nice")
    with pytest.raises(ModelError, match=r"Lens\.t_stop"):
        reshot(film, slate, t_stop=-2)
    with pytest.raises(UnknownNameError, match="1A"):
        reshot(film, "99Z", moves="")


def test_a_camera_behind_a_wall_is_refused_with_the_way_out():
    room = direct(
        parse_fountain(TEXT.replace("EXT. PARK - DAY", "INT. KITCHEN - DAY")),
        rate=Rate.of(24), seed=0,
    )  # fmt: skip
    slate = next(s.slate for _, s in room.shots if s.subjects == ("ann",))
    with pytest.raises(ModelError, match="shorter lens or another turn_deg"):
        reshot(room, slate, framing="FS", on="ann", lens=200)


def test_a_framing_on_an_anamorphic_is_the_one_that_was_asked_for(film, slate):
    scope = Lens(focal_length_mm=75, squeeze=2.0)
    again = reshot(film, slate, framing="MS", on="ann", lens=scope, turn_deg=80)
    assert seen(again, slate, "ann").size is ShotSize.MS
    assert again.find_shot(slate)[1].camera.poses[0].focal_length_mm == 75


def test_the_angle_stays_unless_a_framing_is_asked_for(film, slate):
    low = reshot(film, slate, framing="MS", on="ann", lens=50, turn_deg=80, angle="low")
    assert reshot(low, slate, t_stop=5.6).find_shot(slate)[1].angle is Angle.LOW
    with pytest.raises(ModelError, match="must come with a framing"):
        reshot(film, slate, angle="low")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"lens": "Cooke S4"}, "Lens or a focal length in mm"),
        ({"framing": "MS", "on": "ann", "turn_deg": float("inf")}, "finite angle"),
        ({"framing": "two-shot", "on": ("ann", "ann")}, "everybody once"),
        ({"framing": 3}, "must be one of"),
        (
            {"framing": "MS", "on": ("ann", "ben")},
            "on must name 1 for MS, got ann, ben.*on='ben', or framing=.two-shot",
        ),
        ({"framing": "OTS", "on": "ann"}, "on must name 2 for OTS, got ann.*tuple"),
        ({"moves": "zoom to 900 mm"}, "prime's"),
        ({"moves": "dolly zoom in 40 m"}, "Camera.moves must"),
        ({"moves": "push in 1 m on zzz"}, "must be one of"),
    ],
)
def test_what_no_lens_or_crew_can_do_is_refused_at_once(film, slate, asked, said):
    with pytest.raises(PrevizError, match=said):
        reshot(film, slate, **asked)


def test_a_move_into_a_wall_or_the_floor_says_where():
    room = direct(
        parse_fountain(TEXT.replace("EXT. PARK - DAY", "INT. KITCHEN - DAY")),
        rate=Rate.of(24), seed=0,
    )  # fmt: skip
    slate = next(s.slate for _, s in room.shots if s.subjects == ("ann",))
    for moves in ("push in 30 m", "pedestal down 5 m"):
        with pytest.raises(ModelError, match=r"out of .*, got .* at frame \d+"):
            reshot(room, slate, moves=moves)
