"""Laws of the stage: any order, the same bytes; a seed changes its own and no more."""

import random

import numpy as np
import pytest
from directed import directed

from previz.direct import direct
from previz.script import demo_path, read
from previz.stage import BONES, Stage

LOOKING = ("spine", "chest", "neck", "head", "eye", "clavicle", "arm", "hand",
           "thumb",
           "index", "finger")  # fmt: skip
LOWER = [i for i, name in enumerate(BONES) if not any(w in name for w in LOOKING)]


@pytest.fixture(scope="module")
def film():
    return directed()


def staged(film, scene, characters=None):
    return Stage(scene, characters or film.characters, rate=film.rate)


def bytes_at(stage, shot, frame):
    state = stage.at(shot, frame, width_px=256)
    figures = [f.world_from_bone.tobytes() + f.face.tobytes() for f in state.figures]
    return b"".join(
        [
            state.moving.positions.tobytes(),
            state.moving.normals.tobytes(),
            state.moving_before.tobytes(),
            state.camera.world_from_camera.tobytes(),
            *figures,
        ]
    )


@pytest.mark.parametrize("number", ["1", "2", "3", "4"])
def test_a_frame_is_the_same_bytes_in_any_order(film, number):
    scene = next(s for s in film.scenes if s.number == number)
    asked = [
        (shot, frame)
        for shot in scene.shots[:: max(len(scene.shots) // 6, 1)]
        for frame in (0, 1, shot.length_frames // 2, shot.length_frames - 1)
    ]
    forward, shuffled = staged(film, scene), staged(film, scene)
    seen = [bytes_at(forward, *where) for where in asked]
    order = list(range(len(asked)))
    random.Random(7).shuffle(order)
    for i in order:
        assert bytes_at(shuffled, *asked[i]) == seen[i]


def test_the_set_does_not_depend_on_who_plays_in_it(film):
    scene = film.scenes[0]
    others = tuple(c.changed(manner=c.manner + 1) for c in film.characters)
    one, two = staged(film, scene), staged(film, scene, others)
    assert one.set_geometry.positions.tobytes() == two.set_geometry.positions.tobytes()


def test_a_character_s_manner_moves_nobody_else_s_feet(film):
    scene = film.scenes[0]
    theo = next(c for c in film.characters if c.id == "theo")
    changed = tuple(
        c.changed(manner=c.manner + 1) if c is theo else c for c in film.characters
    )
    one, two = staged(film, scene), staged(film, scene, changed)
    differs = False
    for frame in range(0, scene.length_frames, 97):
        mine, yours = one.bones("mara", frame), two.bones("mara", frame)
        if mine is not None:
            assert np.array_equal(mine[LOWER], yours[LOWER])
        theirs, other = one.bones("theo", frame), two.bones("theo", frame)
        differs |= theirs is not None and not np.array_equal(theirs, other)
    assert differs


def test_seeds_of_characters_move_nobody_and_change_no_surface(film):
    scene = film.scenes[0]
    others = tuple(c.changed(seed=c.seed + 1) for c in film.characters)
    one, two = staged(film, scene), staged(film, scene, others)
    for shot in scene.shots[:3]:
        mine, yours = (x.at(shot, shot.length_frames // 2) for x in (one, two))
        assert mine.moving.positions.tobytes() == yours.moving.positions.tobytes()
        colours = [x.moving.materials.base_color.tobytes() for x in (mine, yours)]
        assert colours[0] == colours[1]
        assert mine.object_seeds != yours.object_seeds


def test_the_film_s_seed_dresses_anew_and_tells_the_same_story(film):
    one = film
    again, two = (direct(read(demo_path()), seed=s) for s in (0, 1))
    assert one.to_json() == again.to_json()
    assert one.scenes[0].set != two.scenes[0].set
    for mine, yours in zip(one.scenes, two.scenes, strict=True):
        assert [b.element.text for b in mine.beats] == [
            b.element.text for b in yours.beats
        ]
        assert {b.character for b in mine.blocking} == {
            b.character for b in yours.blocking
        }
