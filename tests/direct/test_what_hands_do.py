"""How near coverage goes to what hands do, and to what two do with one another."""

from previz.direct.cast import cast_of
from previz.direct.coverage import cover
from previz.direct.floor import Floor
from previz.direct.places import dress
from previz.direct.staging import play_scene
from previz.model import Coverage, Rate, ShotSize
from previz.script import parse_fountain

OPENING = (
    "INT. BAR - NIGHT\n\nANN, BOB and CY stand at the counter. It is late and nobody "
    "has anything to say.\n\nANN\nOne.\n\nBOB\nTwo.\n\nCY\nThree.\n\n"
)


def plans(action):
    script = parse_fountain(f"{OPENING}{action}\n\nCY\nFour.\n")
    cast = cast_of(script, seed=0)
    scene = script.scenes[0]
    floor = Floor(dress(scene.slugline, seed=1, id="bar", people=3))
    staged = play_scene(scene, cast=cast, floor=floor, rate=Rate(), prefix="s")
    beat = next(b for b in staged.beats if b.element.text.strip() == action)
    made = cover(
        staged, rate=Rate(), new_place=True, interior=True, on_set=lambda words: False
    )
    return [p for p in made if beat.id in p.beats and p.start < p.end]


def test_what_two_do_with_one_another_is_a_two_shot_though_a_third_stands_by():
    shown = plans("Ann hands Bob the letter.")
    two = [p for p in shown if p.coverage is Coverage.TWO_SHOT]
    assert two
    assert all(set(p.subjects) == {"ann", "bob"} for p in two)


def test_what_one_does_with_a_thing_is_seen_from_the_waist_up():
    shown = [p for p in plans("Ann wipes the glass.") if p.subjects == ("ann",)]
    assert shown
    assert all(p.size in (ShotSize.MS, ShotSize.MCU, ShotSize.CU) for p in shown)


def test_what_is_dragged_is_seen_whole():
    shown = [p for p in plans("Ann drags the crate.") if p.subjects == ("ann",)]
    assert shown
    assert all(p.size is ShotSize.FS for p in shown)
