import pytest

from previz.train.varied import HELD_OUT, KINDS, filmed


@pytest.fixture(scope="module")
def scenes():
    return [filmed(n, seed=3, held_out=n >= 4, takes=2) for n in range(8)]


def test_a_number_names_one_scene_for_ever(scenes):
    assert filmed(1, seed=3, held_out=False, takes=2) == scenes[1]


def test_another_number_is_another_scene(scenes):
    again = filmed(5, seed=3, held_out=False, takes=2)
    assert again.kind == scenes[1].kind
    assert again.film != scenes[1].film


def test_kinds_take_turns_and_are_what_they_say(scenes):
    assert [s.kind for s in scenes] == [*KINDS, *KINDS]
    for one in scenes:
        assert one.scene.set.interior == one.kind.endswith("room")
        assert (one.scene.time_of_day == "night") == one.kind.startswith("night")


def test_held_out_places_are_never_learned_from(scenes):
    for one in scenes[:4]:
        assert one.scene.set.template not in HELD_OUT
    for one in scenes[4:]:
        assert one.scene.set.template in HELD_OUT


def test_cameras_have_no_effects_of_the_lens(scenes):
    for one in scenes:
        assert len(one.takes) == 2
        for take in one.takes:
            assert not take.shot.camera.look.depth_of_field
            assert 0 <= take.frame < take.shot.length_frames
